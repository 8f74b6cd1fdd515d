//! Joins parts of a long paper into one PDF/A-2b while they are made: what is kept of a part is where its objects begin.
//!
//! Reads only what `typst-pdf` writes: a classic cross-reference table, lengths in place, one `Pages` node.

use crate::PaperError;
use std::io::Write;

const CATALOG: usize = 1;
const PAGES: usize = 2;
const METADATA: usize = 3;

/// Takes parts, gives one PDF.
pub(crate) struct Joiner<W: Write> {
    out: W,
    at: u64,
    /// Where each object begins; zero for those that were left out.
    offsets: Vec<u64>,
    /// The `Pages` node of each part.
    kids: Vec<usize>,
    count: usize,
    intents: Option<usize>,
}

impl<W: Write> Joiner<W> {
    pub(crate) fn new(out: W) -> Result<Self, PaperError> {
        let mut joiner = Self {
            out,
            at: 0,
            offsets: vec![0; METADATA + 1],
            kids: Vec::new(),
            count: 0,
            intents: None,
        };
        joiner.write(b"%PDF-1.7\n%\x80\x80\x80\x80\n\n")?;
        Ok(joiner)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), PaperError> {
        self.out.write_all(bytes)?;
        self.at += bytes.len() as u64;
        Ok(())
    }

    fn object(&mut self, number: usize, body: &str) -> Result<(), PaperError> {
        self.offsets[number] = self.at;
        self.write(format!("{number} 0 obj\n{body}\nendobj\n\n").as_bytes())
    }

    /// Takes the next part.
    pub(crate) fn add(&mut self, part: &[u8]) -> Result<(), PaperError> {
        let table = Table::read(part)?;
        let base = self.offsets.len() - 1;
        let catalog = table.object(part, table.root)?;
        let pages = reference(catalog, b"/Pages ").ok_or(PaperError::Part("no pages"))?;
        let metadata = reference(catalog, b"/Metadata ");
        if self.intents.is_none() {
            self.intents = reference(catalog, b"/OutputIntents ").map(|n| n + base);
        }
        for number in 1..table.offsets.len() {
            self.offsets.push(0);
            if table.offsets[number] == 0 || number == table.root || Some(number) == metadata || Some(number) == table.info {
                continue;
            }
            let body = table.object(part, number)?;
            self.offsets[base + number] = self.at;
            self.write(format!("{} 0 obj\n", base + number).as_bytes())?;
            let (head, stream) = split(body);
            let mut moved = Vec::with_capacity(head.len() + 32);
            shift(head, base, &mut moved);
            if number == pages {
                let count = number_after(head, b"/Count ").ok_or(PaperError::Part("no count of pages"))?;
                self.count += count;
                self.kids.push(base + number);
                let open = find(&moved, b"<<").ok_or(PaperError::Part("pages are no dictionary"))?;
                moved.splice(open + 2..open + 2, format!("\n/Parent {PAGES} 0 R").into_bytes());
            }
            self.write(&moved)?;
            self.write(stream)?;
            self.write(b"\n\n")?;
        }
        Ok(())
    }

    /// Writes what holds the parts together.
    pub(crate) fn finish(mut self, title: &str, date: &str) -> Result<W, PaperError> {
        let kids: Vec<String> = self.kids.iter().map(|k| format!("{k} 0 R")).collect();
        let body = format!("<<\n/Type /Pages\n/Count {}\n/Kids [{}]\n>>", self.count, kids.join(" "));
        self.object(PAGES, &body)?;
        let xmp = xmp(title, date);
        let body = format!(
            "<<\n/Type /Metadata\n/Subtype /XML\n/Length {}\n>>\nstream\n{xmp}\nendstream",
            xmp.len()
        );
        self.object(METADATA, &body)?;
        let intents = self.intents.ok_or(PaperError::Part("no output intent"))?;
        let body = format!(
            "<<\n/Type /Catalog\n/Pages {PAGES} 0 R\n/Metadata {METADATA} 0 R\n/OutputIntents {intents} 0 R\n/Lang (vi)\n>>"
        );
        self.object(CATALOG, &body)?;
        let start = self.at;
        let size = self.offsets.len();
        let offsets = std::mem::take(&mut self.offsets);
        self.write(format!("xref\n0 {size}\n0000000000 65535 f\r\n").as_bytes())?;
        for offset in &offsets[1..] {
            let line = if *offset == 0 {
                "0000000000 65535 f\r\n".to_owned()
            } else {
                format!("{offset:010} 00000 n\r\n")
            };
            self.write(line.as_bytes())?;
        }
        // PDF/A wants an identifier of the file; where its objects end tells one register from another.
        let id = format!("{start:016x}{size:016x}");
        let trailer =
            format!("trailer\n<<\n/Size {size}\n/Root {CATALOG} 0 R\n/ID [<{id}> <{id}>]\n>>\nstartxref\n{start}\n%%EOF");
        self.write(trailer.as_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Where the objects of a part are.
struct Table {
    offsets: Vec<usize>,
    ends: Vec<usize>,
    root: usize,
    info: Option<usize>,
}

impl Table {
    fn read(pdf: &[u8]) -> Result<Self, PaperError> {
        let bad = |what| move || PaperError::Part(what);
        let tail = pdf.len().saturating_sub(64);
        let mark = find(&pdf[tail..], b"startxref").ok_or_else(bad("no cross-reference"))?;
        let start = number_after(&pdf[tail + mark..], b"startxref\n").ok_or_else(bad("no cross-reference"))?;
        let table = pdf
            .get(start..)
            .and_then(|t| t.strip_prefix(b"xref\n0 "))
            .ok_or_else(bad("not a classic cross-reference"))?;
        let size = number_after(table, b"").ok_or_else(bad("no size"))?;
        let lines = find(table, b"\n").ok_or_else(bad("no lines"))? + 1;
        let mut offsets = Vec::with_capacity(size);
        for line in table[lines..].chunks(20).take(size) {
            let free = line.get(17) != Some(&b'n');
            let offset = number_after(line, b"").ok_or_else(bad("a line of the cross-reference"))?;
            offsets.push(if free { 0 } else { offset });
        }
        let trailer = &pdf[find(&pdf[start..], b"trailer").ok_or_else(bad("no trailer"))? + start..];
        let mut order: Vec<usize> = offsets.iter().copied().filter(|o| *o > 0).collect();
        order.push(start);
        order.sort_unstable();
        let end = |from: usize| order.iter().copied().find(|o| *o > from).unwrap_or(start);
        Ok(Self {
            ends: offsets.iter().map(|o| end(*o)).collect(),
            root: reference(trailer, b"/Root ").ok_or_else(bad("no root"))?,
            info: reference(trailer, b"/Info "),
            offsets,
        })
    }

    /// The bytes of an object from behind `N 0 obj` to `endobj`.
    fn object<'a>(&self, pdf: &'a [u8], number: usize) -> Result<&'a [u8], PaperError> {
        let missing = PaperError::Part("an object is missing");
        let (Some(from), Some(to)) = (self.offsets.get(number), self.ends.get(number)) else {
            return Err(missing);
        };
        let whole = pdf.get(*from..*to).ok_or(missing)?;
        let begin = find(whole, b"obj").ok_or(PaperError::Part("an object does not begin"))? + 3;
        let end = rfind(whole, b"endobj").ok_or(PaperError::Part("an object does not end"))? + 6;
        Ok(&whole[begin..end])
    }
}

/// An object's dictionary or value, and its stream, which must not be looked into.
fn split(body: &[u8]) -> (&[u8], &[u8]) {
    find(body, b"\nstream\n").map_or((body, &[]), |at| body.split_at(at))
}

/// Copies tokens; numbers of references grow by `base`. Text in strings is left alone.
fn shift(body: &[u8], base: usize, out: &mut Vec<u8>) {
    let mut at = 0;
    while at < body.len() {
        let c = body[at];
        let from = at;
        if c == b'(' {
            at = string_end(body, at);
        } else if c.is_ascii_digit() && (from == 0 || !is_regular(body[from - 1])) {
            while at < body.len() && body[at].is_ascii_digit() {
                at += 1;
            }
            if body[at..].starts_with(b" 0 R")
                && let Some(number) = number_after(&body[from..], b"")
            {
                out.extend_from_slice((number + base).to_string().as_bytes());
                continue;
            }
        } else {
            at += 1;
        }
        out.extend_from_slice(&body[from..at]);
    }
}

fn is_regular(c: u8) -> bool {
    !c.is_ascii_whitespace() && !b"()<>[]{}/%".contains(&c)
}

fn string_end(body: &[u8], from: usize) -> usize {
    let (mut at, mut depth) = (from, 0);
    while at < body.len() {
        match body[at] {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            break;
        }
    }
    at.min(body.len())
}

fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).position(|w| w == needle)
}

fn rfind(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).rposition(|w| w == needle)
}

fn number_after(hay: &[u8], name: &[u8]) -> Option<usize> {
    let at = if name.is_empty() { 0 } else { find(hay, name)? + name.len() };
    let digits = hay[at..].iter().take_while(|c| c.is_ascii_digit()).count();
    std::str::from_utf8(&hay[at..at + digits]).ok()?.parse().ok()
}

fn reference(dictionary: &[u8], name: &[u8]) -> Option<usize> {
    number_after(dictionary, name)
}

fn xmp(title: &str, date: &str) -> String {
    let title = title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\
         <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\
         <xmp:CreateDate>{date}</xmp:CreateDate><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\
         </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>"
    )
}
