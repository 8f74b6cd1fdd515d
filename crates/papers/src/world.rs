//! What typst sees: our fonts, our templates, the data and the QR; no clock, no disk, no network.

use crate::{Fault, PaperError};
use include_dir::{Dir, include_dir};
use qrcode::QrCode;
use qrcode::render::svg;
use std::num::NonZeroUsize;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, NativeElement, Selector};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::PageRanges;
use typst::syntax::{DiagSpan, FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

static FONTS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/fonts");
static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Results of typst that are older than this many papers are forgotten, so that memory stays small.
const REMEMBERED: usize = 5;

pub(crate) struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

struct Paper<'a> {
    shared: &'a Shared,
    main: Source,
    data: Bytes,
    qr: Bytes,
}

impl Shared {
    pub(crate) fn new() -> Self {
        let fonts: Vec<Font> = FONTS
            .files()
            .filter(|f| f.path().extension().is_some_and(|e| e == "ttf"))
            .filter_map(|f| Font::new(Bytes::new(f.contents()), 0))
            .collect();
        Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
        }
    }

    pub(crate) fn template(&self, name: &str) -> Option<&'static str> {
        TEMPLATES.get_file(name)?.contents_utf8()
    }

    /// A paper as PDF/A-2a: archival, and readable aloud.
    pub(crate) fn render(&self, name: &str, template: String, data: Vec<u8>, url: &str) -> Result<Vec<u8>, PaperError> {
        let document = self.compile(name, template, data, url)?;
        let pdf = export(name, &document, PdfStandard::A_2a, None)?;
        comemo::evict(REMEMBERED);
        Ok(pdf)
    }

    /// A part of a long paper as PDF/A-2b, to be joined with others. Answers the PDF of its pages, how many they are,
    /// and how many rows stand on them; unless the part is the last, its last page is left to the next part.
    pub(crate) fn render_part(
        &self,
        name: &str,
        template: String,
        data: Vec<u8>,
        url: &str,
        rows: usize,
        last: bool,
    ) -> Result<(Vec<u8>, usize, usize), PaperError> {
        let document = self.compile(name, template, data, url)?;
        let all = document.pages().len();
        let (mut pages, mut shown) = (all, rows);
        if !last && all > 1 {
            let introspector = document.introspector();
            // Each row carries one mark, in order.
            let marks = introspector.query(&Selector::Elem(MetadataElem::ELEM, None));
            let before = marks
                .iter()
                .filter(|m| m.location().and_then(|l| introspector.page(l)).is_some_and(|p| p.get() < all))
                .count();
            if before > 0 {
                (pages, shown) = (all - 1, before);
            }
        }
        let range = PageRanges::new(vec![NonZeroUsize::new(1)..=NonZeroUsize::new(pages)]);
        let pdf = export(name, &document, PdfStandard::A_2b, Some(range))?;
        drop(document);
        comemo::evict(0);
        Ok((pdf, pages, shown))
    }

    /// What is wrong with a template: a paper is made of it, and thrown away.
    pub(crate) fn faults(&self, name: &str, template: String, data: Vec<u8>, url: &str) -> Result<Vec<Fault>, PaperError> {
        let paper = self.paper(name, template, data, url)?;
        let options = options(name, PdfStandard::A_2a, None)?;
        // Written as PDF/A too: a letter that no font of ours has is refused only there.
        let made = typst::compile::<PagedDocument>(&paper)
            .output
            .and_then(|document| typst_pdf::pdf(&document, &options));
        comemo::evict(REMEMBERED);
        let errors = made.err().unwrap_or_default();
        let fault = |e: &SourceDiagnostic| Fault {
            line: paper.line(e),
            what: said(e),
        };
        Ok(errors.iter().map(fault).collect())
    }

    fn compile(&self, name: &str, template: String, data: Vec<u8>, url: &str) -> Result<PagedDocument, PaperError> {
        let paper = self.paper(name, template, data, url)?;
        typst::compile::<PagedDocument>(&paper)
            .output
            .map_err(|errors| diagnostics(name, &errors))
    }

    fn paper(&self, name: &str, template: String, data: Vec<u8>, url: &str) -> Result<Paper<'_>, PaperError> {
        let qr = QrCode::new(url)?
            .render::<svg::Color<'_>>()
            .quiet_zone(false)
            .min_dimensions(120, 120)
            .build();
        let main = id("main.typ").ok_or_else(|| wrong(name, "the name of the template"))?;
        Ok(Paper {
            shared: self,
            main: Source::new(main, template),
            data: Bytes::new(data),
            qr: Bytes::from_string(qr),
        })
    }
}

fn export(
    name: &str,
    document: &PagedDocument,
    standard: PdfStandard,
    page_ranges: Option<PageRanges>,
) -> Result<Vec<u8>, PaperError> {
    let options = options(name, standard, page_ranges)?;
    typst_pdf::pdf(document, &options).map_err(|errors| diagnostics(name, &errors))
}

fn options(name: &str, standard: PdfStandard, page_ranges: Option<PageRanges>) -> Result<PdfOptions, PaperError> {
    let standards = PdfStandards::new(&[standard]).map_err(|e| wrong(name, e.message()))?;
    Ok(PdfOptions {
        standards,
        tagged: page_ranges.is_none(),
        page_ranges,
        ..PdfOptions::default()
    })
}

fn wrong(template: &str, what: &str) -> PaperError {
    PaperError::Template {
        template: template.to_owned(),
        what: what.to_owned(),
    }
}

fn diagnostics(template: &str, errors: &[SourceDiagnostic]) -> PaperError {
    let what: Vec<_> = errors.iter().map(said).collect();
    wrong(template, &what.join("; "))
}

fn said(error: &SourceDiagnostic) -> String {
    let hints = error.hints.iter().map(|h| h.v.as_str());
    std::iter::once(error.message.as_str())
        .chain(hints)
        .collect::<Vec<_>>()
        .join(" ")
}

fn id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}

impl Paper<'_> {
    /// The line of the template, from 1, that an error is about: its own, or the one that calls what the error is in.
    fn line(&self, error: &SourceDiagnostic) -> usize {
        let callers = error.trace.iter().map(|t| DiagSpan::from(t.span));
        std::iter::once(error.span)
            .chain(callers)
            .filter(|span| span.id() == Some(self.main.id()))
            .find_map(|span| self.main.lines().byte_to_line(self.range(span)?.start))
            .map_or(0, |line| line + 1)
    }

    fn bytes(&self, wanted: FileId) -> FileResult<Bytes> {
        if id("data.json") == Some(wanted) {
            return Ok(self.data.clone());
        }
        if id("qr.svg") == Some(wanted) {
            return Ok(self.qr.clone());
        }
        let file = TEMPLATES.files().find(|f| f.path().to_str().and_then(id) == Some(wanted));
        file.map(|f| Bytes::new(f.contents()))
            .ok_or_else(|| FileError::NotFound("no such file".into()))
    }
}

impl World for Paper<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shared.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, wanted: FileId) -> FileResult<Source> {
        if wanted == self.main.id() {
            return Ok(self.main.clone());
        }
        let bytes = self.bytes(wanted)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| FileError::InvalidUtf8)?;
        Ok(Source::new(wanted, text.to_owned()))
    }

    fn file(&self, wanted: FileId) -> FileResult<Bytes> {
        self.bytes(wanted)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        // A paper says the time that it is given.
        None
    }
}
