//! The talk about a dossier, as both sides read it.

use crate::view;
use motcua_office::talk::{IN_A_ROW, SAID_MAX, Said, TalkProblem};
use motcua_words::Words;

/// One message.
pub struct TalkLine {
    /// Who.
    pub by: String,
    /// When.
    pub when: String,
    /// What.
    pub text: String,
    /// Whether the person said it.
    pub from_person: bool,
}

impl TalkLine {
    /// A message in the reader's language.
    pub fn new(w: Words, s: Said) -> Self {
        Self {
            by: s.by_name,
            when: view::moment(w, s.created_at),
            text: s.text,
            from_person: s.from_person,
        }
    }
}

/// Why a message was not sent, and what would be right.
pub fn problem(w: Words, p: TalkProblem) -> String {
    match p {
        TalkProblem::Text => w.talk_problem_text(SAID_MAX),
        TalkProblem::Wait => w.talk_problem_wait(IN_A_ROW),
    }
}
