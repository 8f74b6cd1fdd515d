//! The chain of custody: papers travel in numbered bags (túi thư), each with a list; at every hand the bag is given by one
//! and taken by another, and both sign (decision 0054).
//!
//! A bag has a journal of its own, chained like a dossier's: [`decide`] is asked what follows from a command, [`evolve`] folds
//! what happened. A paper is in one bag at a time: the store keeps in which.

mod bag;
mod code;
mod decide;
mod event;

pub use bag::{Bag, BagPaper, BagState, Broken, Hand, Offer};
pub use code::{BagCode, CodeProblem, PaperCode, read_bag, read_paper};
pub use decide::{BagCommand, BagContext, BagRefusal, KnownPaper, NO_SEAL, decide};
pub use event::{BagEvent, BagLine, BagRecorded, evolve, fold, signed_list};
