//! The register (paper 06): made in parts and joined as it goes, so that a thousand pages need the memory of one part.

use crate::join::Joiner;
use crate::list::{RegisterHead, RegisterPart, RegisterRow};
use crate::{PaperError, Papers, json};
use std::io::Write;

/// Rows that one part is laid out from, with what the part before left over: some twenty pages.
pub const PART: usize = 300;

/// A register that is being made. Rows go in as they are read; pages come out of `W` as they are full.
pub struct Register<W: Write> {
    papers: Papers,
    head: RegisterHead,
    joiner: Joiner<W>,
    waiting: Vec<RegisterRow>,
    pages: usize,
    rows: u64,
}

impl Papers {
    /// Begins paper 06, the register, which is written into `out` as it grows.
    ///
    /// # Errors
    /// [`PaperError::Sink`].
    pub fn register<W: Write>(&self, head: RegisterHead, out: W) -> Result<Register<W>, PaperError> {
        Ok(Register {
            papers: self.clone(),
            head,
            joiner: Joiner::new(out)?,
            waiting: Vec::with_capacity(PART),
            pages: 0,
            rows: 0,
        })
    }
}

impl<W: Write> Register<W> {
    /// Takes the next row.
    ///
    /// # Errors
    /// [`PaperError`]; the register is lost then.
    pub fn push(&mut self, row: RegisterRow) -> Result<(), PaperError> {
        self.waiting.push(row);
        self.rows += 1;
        // One row more than a part holds must wait, so that the last part is known as the last.
        if self.waiting.len() > PART { self.part(false) } else { Ok(()) }
    }

    fn part(&mut self, last: bool) -> Result<(), PaperError> {
        let data = RegisterPart {
            head: &self.head,
            first_page: self.pages + 1,
            rows: &self.waiting,
            last,
            closing: format!("Sổ có {} hồ sơ.", self.rows),
        };
        let shared = &self.papers.shared;
        let source = shared.template("register.typ").unwrap_or_default().to_owned();
        let (data, rows) = (json(&data)?, self.waiting.len());
        let (pdf, pages, shown) = shared.render_part("register.typ", source, data, &self.head.check_url, rows, last)?;
        self.pages += pages;
        self.waiting.drain(..shown);
        self.joiner.add(&pdf)
    }

    /// Ends the register; answers what it was written into and how many pages it has.
    ///
    /// # Errors
    /// [`PaperError`].
    pub fn finish(mut self) -> Result<(W, usize), PaperError> {
        self.part(true)?;
        let numbers: Vec<u32> = self
            .head
            .head
            .place_and_date
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|n| n.parse().ok())
            .collect();
        let date = match numbers[..] {
            [.., day, month, year] => format!("{year:04}-{month:02}-{day:02}"),
            _ => return Err(PaperError::Part("no date")),
        };
        let out = self.joiner.finish(&self.head.head.code, &date)?;
        Ok((out, self.pages))
    }
}
