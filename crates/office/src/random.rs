//! The one place where randomness is drawn.

use crate::Office;
use motcua_model::id::{
    AccountId, ClockDecisionId, DossierId, JobId, MandateId, OrderId, PublicationId, RemarkId, StandInId, TillId,
};

/// Random bytes from the operating system's generator, through the thread's own.
pub(crate) fn bytes<const N: usize>() -> [u8; N]
where
    rand::distr::StandardUniform: rand::distr::Distribution<[u8; N]>,
{
    rand::random()
}

/// A one-time code of six digits.
pub(crate) fn six_digits() -> String {
    format!("{:06}", rand::random_range(0..1_000_000u32))
}

impl Office {
    fn millis(&self) -> u64 {
        self.now().as_millisecond().unsigned_abs()
    }

    pub(crate) fn new_dossier_id(&self) -> DossierId {
        DossierId::new(self.millis(), bytes())
    }

    pub(crate) fn new_account_id(&self) -> AccountId {
        AccountId::new(self.millis(), bytes())
    }

    pub(crate) fn new_job_id(&self) -> JobId {
        JobId::new(self.millis(), bytes())
    }

    pub(crate) fn new_stand_in_id(&self) -> StandInId {
        StandInId::new(self.millis(), bytes())
    }

    pub(crate) fn new_clock_decision_id(&self) -> ClockDecisionId {
        ClockDecisionId::new(self.millis(), bytes())
    }

    pub(crate) fn new_directive_id(&self) -> motcua_model::id::DirectiveId {
        motcua_model::id::DirectiveId::new(self.millis(), bytes())
    }

    /// An identifier for a complaint or suggestion: given with the empty form, so that sending it twice is one.
    #[must_use]
    pub fn new_feedback_id(&self) -> motcua_model::id::FeedbackId {
        motcua_model::id::FeedbackId::new(self.millis(), bytes())
    }

    pub(crate) fn new_order_id(&self) -> OrderId {
        OrderId::new(self.millis(), bytes())
    }

    pub(crate) fn new_publication_id(&self) -> PublicationId {
        PublicationId::new(self.millis(), bytes())
    }

    pub(crate) fn new_mandate_id(&self) -> MandateId {
        MandateId::new(self.millis(), bytes())
    }

    pub(crate) fn new_till_id(&self) -> TillId {
        TillId::new(self.millis(), bytes())
    }

    pub(crate) fn new_remark_id(&self) -> RemarkId {
        RemarkId::new(self.millis(), bytes())
    }
}
