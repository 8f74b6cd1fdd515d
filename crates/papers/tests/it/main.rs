//! The papers as a reader sees them: text drawn out of the PDF by poppler's `pdftotext`, and what PDF/A asks of a file.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod archive;
mod leaflet;
mod register;
mod sample;
mod slips;
mod text;
