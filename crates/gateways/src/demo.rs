//! The demo's own inbox: mail and SMS are kept in memory and shown on a page.

use jiff::Timestamp;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// How many messages are kept.
const KEPT: usize = 200;

/// A message as the demo shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoMessage {
    /// Mail address or phone.
    pub to: String,
    /// Subject; empty for SMS.
    pub subject: String,
    /// Text.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

/// The inbox, shared by mail and SMS.
#[derive(Clone, Debug, Default)]
pub struct DemoInbox(Arc<Mutex<VecDeque<DemoMessage>>>);

impl DemoInbox {
    pub(crate) fn push(&self, message: DemoMessage) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front(message);
        kept.truncate(KEPT);
    }

    /// The latest messages, newest first.
    #[must_use]
    pub fn latest(&self) -> Vec<DemoMessage> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .cloned()
            .collect()
    }
}
