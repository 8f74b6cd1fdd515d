//! What typst sees: our fonts, our templates, the data and the QR; no clock, no disk, no network.

use crate::PaperError;
use include_dir::{Dir, include_dir};
use qrcode::QrCode;
use qrcode::render::svg;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
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

    pub(crate) fn render(&self, name: &str, template: String, data: Vec<u8>, url: &str) -> Result<Vec<u8>, PaperError> {
        let qr = QrCode::new(url)?
            .render::<svg::Color<'_>>()
            .quiet_zone(false)
            .min_dimensions(120, 120)
            .build();
        let main = id("main.typ").ok_or_else(|| wrong(name, "the name of the template"))?;
        let paper = Paper {
            shared: self,
            main: Source::new(main, template),
            data: Bytes::new(data),
            qr: Bytes::from_string(qr),
        };
        let document = typst::compile::<PagedDocument>(&paper)
            .output
            .map_err(|errors| diagnostics(name, &errors))?;
        let standards = PdfStandards::new(&[PdfStandard::A_2a]).map_err(|e| wrong(name, e.message()))?;
        let options = PdfOptions {
            standards,
            ..PdfOptions::default()
        };
        let pdf = typst_pdf::pdf(&document, &options).map_err(|errors| diagnostics(name, &errors))?;
        comemo::evict(REMEMBERED);
        Ok(pdf)
    }
}

fn wrong(template: &str, what: &str) -> PaperError {
    PaperError::Template {
        template: template.to_owned(),
        what: what.to_owned(),
    }
}

fn diagnostics(template: &str, errors: &[SourceDiagnostic]) -> PaperError {
    let what: Vec<_> = errors
        .iter()
        .map(|e| {
            format!(
                "{} {}",
                e.message,
                e.hints.iter().map(|h| h.v.as_str()).collect::<Vec<_>>().join(" ")
            )
        })
        .collect();
    wrong(template, &what.join("; "))
}

fn id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}

impl Paper<'_> {
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
