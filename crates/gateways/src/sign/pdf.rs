//! A place for a signature in a PDF, as an incremental update: what was there stays byte for byte.
//!
//! Reads what our own papers are: a classic cross-reference table, no object streams. Other files are not signed here.

use super::SignError;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Bytes kept for a container: certificates of a chain, a time-stamp with its own.
const ROOM: usize = 14_000;

/// What stands beside a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Who signs, as shown.
    pub name: String,
    /// Why, as shown.
    pub reason: String,
    /// When, by our clock: `20200330090000+07'00'`.
    pub at: String,
}

/// A file with an empty place for a signature.
#[derive(Debug)]
pub struct Prepared {
    bytes: Vec<u8>,
    /// Where the `<` of the place stands, and how long it is with its `>`.
    place: (usize, usize),
    /// SHA-256 of everything else.
    pub digest: [u8; 32],
}

/// Adds a place for a signature behind the file.
///
/// # Errors
/// [`SignError::Unreadable`] for a file of another kind.
pub fn prepare(pdf: &[u8], field: &Field) -> Result<Prepared, SignError> {
    let file = File::read(pdf)?;
    let catalog = file.object(file.root)?;
    let forms = number_after(catalog, "/AcroForm ");
    let pages = number_after(catalog, "/Pages ").ok_or(SignError::Unreadable("no pages"))?;
    let page = first_page(&file, pages)?;
    let page_text = file.object(page)?;
    let mut next = file.size;
    let mut take = || {
        next += 1;
        next - 1
    };
    let (signature, widget) = (take(), take());
    let mut objects: Vec<(usize, String)> = Vec::new();
    let fields = match forms {
        Some(form) => {
            let text = file.object(form)?;
            let known = between(text, "/Fields [", "]").ok_or(SignError::Unreadable("fields"))?;
            let count = known.split_whitespace().count() / 3;
            objects.push((form, form_object(&format!("{known} {widget} 0 R"))));
            count
        }
        None => {
            let form = take();
            objects.push((form, form_object(&format!("{widget} 0 R"))));
            objects.push((file.root, insert(catalog, &format!("\n/AcroForm {form} 0 R"))?));
            0
        }
    };
    objects.push((page, with_widget(page_text, widget)?));
    objects.push((
        widget,
        format!(
            "<<\n/Type /Annot\n/Subtype /Widget\n/FT /Sig\n/T (Signature{})\n/V {signature} 0 R\n/P {page} 0 R\n/F 132\n\
             /Rect [0 0 0 0]\n>>",
            fields + 1
        ),
    ));
    objects.push((signature, signature_object(field)));
    let mut out = pdf.to_vec();
    out.push(b'\n');
    let mut offsets = BTreeMap::new();
    for (number, body) in &objects {
        offsets.insert(*number, out.len());
        out.extend(format!("{number} 0 obj\n{body}\nendobj\n").into_bytes());
    }
    let start = out.len();
    out.extend(b"xref\n");
    for (number, offset) in &offsets {
        out.extend(format!("{number} 1\n{offset:010} 00000 n\r\n").into_bytes());
    }
    let info = file.info.map_or_else(String::new, |n| format!("\n/Info {n} 0 R"));
    let trailer = format!(
        "trailer\n<<\n/Size {next}\n/Root {} 0 R{info}\n/Prev {}\n/ID{}\n>>\nstartxref\n{start}\n%%EOF\n",
        file.root, file.start, file.id
    );
    out.extend(trailer.into_bytes());
    fill_range(out, offsets[&signature])
}

/// Writes the ranges into the signature at `at` and hashes them.
fn fill_range(mut out: Vec<u8>, at: usize) -> Result<Prepared, SignError> {
    let lost = SignError::Unreadable("the place of the signature");
    let place = at + find(&out[at..], b"/Contents <").ok_or(lost)? + 10;
    let length = ROOM * 2 + 2;
    let behind = place + length;
    let range = format!("[0 {place} {behind} {}]", out.len() - behind);
    let lost = SignError::Unreadable("the ranges of the signature");
    let gap = at + find(&out[at..], b"/ByteRange [").ok_or(lost)? + 11;
    let padded = format!("{range:<RANGE_ROOM$}");
    out[gap..gap + RANGE_ROOM].copy_from_slice(padded.as_bytes());
    let mut hash = Sha256::new();
    hash.update(&out[..place]);
    hash.update(&out[behind..]);
    Ok(Prepared {
        bytes: out,
        place: (place, length),
        digest: hash.finalize().into(),
    })
}

/// Letters kept for the four numbers of the ranges.
const RANGE_ROOM: usize = 48;

impl Prepared {
    /// Puts the container into its place.
    ///
    /// # Errors
    /// [`SignError::TooLarge`] when it does not fit.
    pub fn complete(mut self, container: &[u8]) -> Result<Vec<u8>, SignError> {
        if container.len() > ROOM {
            return Err(SignError::TooLarge);
        }
        let text = hex::encode(container);
        let (at, _) = self.place;
        self.bytes[at + 1..at + 1 + text.len()].copy_from_slice(text.as_bytes());
        Ok(self.bytes)
    }
}

fn form_object(fields: &str) -> String {
    // Signatures exist, and whoever changes the file shall append.
    format!("<<\n/Fields [{fields}]\n/SigFlags 3\n>>")
}

fn signature_object(field: &Field) -> String {
    let text = |t: &str| {
        let wide: Vec<String> = t.encode_utf16().map(|u| format!("{u:04X}")).collect();
        format!("<FEFF{}>", wide.concat())
    };
    format!(
        "<<\n/Type /Sig\n/Filter /Adobe.PPKLite\n/SubFilter /ETSI.CAdES.detached\n/ByteRange {:<RANGE_ROOM$}\n/Contents <{}>\n\
         /M (D:{})\n/Name {}\n/Reason {}\n>>",
        "[0 ",
        "0".repeat(ROOM * 2),
        field.at,
        text(&field.name),
        text(&field.reason)
    )
}

fn with_widget(page: &str, widget: usize) -> Result<String, SignError> {
    let list = page
        .find("/Annots[")
        .map(|at| at + 8)
        .or_else(|| page.find("/Annots [").map(|at| at + 9));
    match list {
        Some(at) => Ok(format!("{}{widget} 0 R {}", &page[..at], &page[at..])),
        None => insert(page, &format!("\n/Annots [{widget} 0 R]")),
    }
}

/// Adds an entry to a dictionary.
fn insert(dictionary: &str, entry: &str) -> Result<String, SignError> {
    let end = dictionary.rfind(">>").ok_or(SignError::Unreadable("a dictionary"))?;
    Ok(format!("{}{entry}\n{}", &dictionary[..end], &dictionary[end..]))
}

fn first_page(file: &File<'_>, mut node: usize) -> Result<usize, SignError> {
    for _ in 0..16 {
        let text = file.object(node)?;
        let Some(kids) = between(text, "/Kids[", "]").or_else(|| between(text, "/Kids [", "]")) else {
            return Ok(node);
        };
        let first = kids.split_whitespace().next().and_then(|n| n.parse().ok());
        node = first.ok_or(SignError::Unreadable("no page"))?;
    }
    Err(SignError::Unreadable("pages without end"))
}

/// Where the objects of a file are, its updates included.
struct File<'a> {
    pdf: &'a [u8],
    offsets: BTreeMap<usize, usize>,
    start: usize,
    root: usize,
    info: Option<usize>,
    size: usize,
    id: String,
}

impl<'a> File<'a> {
    fn read(pdf: &'a [u8]) -> Result<Self, SignError> {
        let bad = SignError::Unreadable;
        let tail = &pdf[pdf.len().saturating_sub(256)..];
        let mark = rfind(tail, b"startxref").ok_or(bad("no cross-reference"))?;
        let text = std::str::from_utf8(&tail[mark + 9..]).map_err(|_| bad("no cross-reference"))?;
        let start: usize = text
            .split_whitespace()
            .next()
            .and_then(|n| n.parse().ok())
            .ok_or(bad("no cross-reference"))?;
        let (mut offsets, mut at, mut newest) = (BTreeMap::new(), Some(start), None);
        // Each update points to the one before it; a file that points in a circle is none of ours.
        for _ in 0..64 {
            let Some(here) = at else { break };
            let section = pdf.get(here..).ok_or(bad("a cross-reference outside the file"))?;
            let end = find(section, b"startxref").ok_or(bad("a trailer"))?;
            let section = std::str::from_utf8(&section[..end]).map_err(|_| bad("a cross-reference"))?;
            let (table, trailer) = section
                .strip_prefix("xref")
                .and_then(|s| s.split_once("trailer"))
                .ok_or(bad("not a classic cross-reference"))?;
            let mut words = table.split_whitespace();
            while let Some(first) = words.next() {
                let (first, count) = (number(first)?, number(words.next().unwrap_or(""))?);
                for n in first..first.saturating_add(count) {
                    let (Some(offset), Some(_), Some(kind)) = (words.next(), words.next(), words.next()) else {
                        return Err(bad("a line of the cross-reference"));
                    };
                    if kind == "n" {
                        offsets.entry(n).or_insert(number(offset)?);
                    }
                }
            }
            at = number_after(trailer, "/Prev ");
            newest.get_or_insert(trailer);
        }
        let trailer = newest.ok_or(bad("no trailer"))?;
        Ok(Self {
            pdf,
            offsets,
            start,
            root: number_after(trailer, "/Root ").ok_or(bad("no root"))?,
            info: number_after(trailer, "/Info "),
            size: number_after(trailer, "/Size ").ok_or(bad("no size"))?,
            id: between(trailer, "/ID", "]").map_or_else(|| "[<00> <00>]".to_owned(), |id| format!("{id}]")),
        })
    }

    /// An object's dictionary as text; those that are looked at have no stream.
    fn object(&self, wanted: usize) -> Result<&'a str, SignError> {
        let missing = SignError::Unreadable("an object is missing");
        let at = *self.offsets.get(&wanted).ok_or(missing)?;
        let bytes = self
            .pdf
            .get(at..)
            .ok_or(SignError::Unreadable("an object outside the file"))?;
        let end = find(bytes, b"endobj").ok_or(SignError::Unreadable("an object without end"))?;
        let text = std::str::from_utf8(&bytes[..end]).map_err(|_| SignError::Unreadable("an object"))?;
        let (head, body) = text.split_once("obj").ok_or(SignError::Unreadable("an object"))?;
        if number(head.split_whitespace().next().unwrap_or(""))? != wanted {
            return Err(SignError::Unreadable("an object at another's place"));
        }
        Ok(body.trim())
    }
}

fn number(word: &str) -> Result<usize, SignError> {
    word.parse().map_err(|_| SignError::Unreadable("a number"))
}

fn number_after(text: &str, name: &str) -> Option<usize> {
    let rest = text.split_once(name)?.1;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    rest[..digits].parse().ok()
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    Some(text.split_once(from)?.1.split_once(to)?.0)
}

pub(crate) fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).position(|w| w == needle)
}

fn rfind(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).rposition(|w| w == needle)
}
