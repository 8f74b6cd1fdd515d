//! Results on their way home, and papers on their way here (Decision 45/2016/QĐ-TTg): what the post is asked through the
//! outbox, and what it tells.
//!
//! A result that is approved and wanted by post is ordered by itself. What the post tells becomes events of the dossier,
//! whatever comes how often and in which order (`motcua_model::dossier`, parcel).

mod desk;
mod notice;
mod order;
mod round;
mod send;
mod settle;
mod told;

pub use desk::{PAGE, Parcels, Quote};
pub use motcua_store::parcel::{ParcelLine, ParcelPlace, month_of};
pub use notice::PostAnswer;
pub use order::TypedAddress;
pub use round::{Outcome, PICTURE_MAX, Round, Stop};
pub use settle::{Invoice, MonthSum};
pub(crate) use told::{tells, text_of};

use crate::Office;
use crate::worker::Failure;
use jiff::SignedDuration;
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::{Dossier, Event, ParcelDifference, ParcelEvent, ReturnWay};
use motcua_model::id::{AccountId, AgencyCode, DossierId};
use motcua_store::NewJob;
use motcua_store::job::Job;
use serde::Deserialize;

/// The job that orders the post for a result that is there.
const ORDER: &str = "post_order";
/// The job that tells the post of an order.
const SEND: &str = "post_send";
/// The job that asks the post where a parcel is.
const TRACK: &str = "post_track";
/// The job that calls a parcel off at the post.
const CALL_OFF: &str = "post_call_off";
/// The job that lets a parcel come back.
const BRING_BACK: &str = "post_bring_back";

/// How long nothing may be told of a parcel before the post is asked.
const SILENCE: SignedDuration = SignedDuration::from_hours(24);
/// How soon the post is asked when it told something that does not fit.
const DOUBT: SignedDuration = SignedDuration::from_mins(1);

/// Why something cannot go by post.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PostProblem {
    /// No post is set up, or the content has no tariff.
    #[error("no post is set up")]
    NotSetUp,
    /// The form has no address.
    #[error("the dossier has no address")]
    NoAddress,
    /// No such commune.
    #[error("there is no such commune")]
    UnknownCommune,
    /// The commune is no more, and its land went to several.
    #[error("{name} was divided")]
    Divided {
        /// Its name.
        name: String,
        /// What took its place, the main part first.
        now: Vec<String>,
    },
    /// No post office serves the commune.
    #[error("no post office serves the commune")]
    NoOffice,
    /// Heavier than the post takes.
    #[error("the post takes at most {max_g} g")]
    TooHeavy {
        /// Grams.
        max_g: u32,
    },
}

#[derive(Deserialize)]
struct OfDossier {
    dossier: DossierId,
}

#[derive(Deserialize)]
struct OfParcel {
    dossier: DossierId,
    parcel: u32,
}

/// Whether a job is of the post.
pub(crate) fn is_job(kind: &str) -> bool {
    matches!(kind, ORDER | SEND | TRACK | CALL_OFF | BRING_BACK)
}

/// The post as the journal names it: cash that it collects goes into its office's till.
pub(crate) fn postal(office: &AgencyCode) -> Actor {
    Actor {
        account: AccountId::SYSTEM,
        name: "Bưu điện".to_owned(),
        role: Role::PostClerk,
        agency: Some(office.clone()),
    }
}

impl Office {
    fn post_job(&self, kind: &'static str, dossier: DossierId, parcel: u32, after: SignedDuration) -> NewJob {
        NewJob {
            id: self.new_job_id(),
            kind,
            body: serde_json::json!({ "dossier": dossier, "parcel": parcel }).to_string(),
            run_at: self.now() + after,
        }
    }

    /// The jobs that follow from what happened to a dossier's parcels.
    pub(crate) fn parcel_jobs<'a>(
        &'a self,
        id: DossierId,
        before: Option<&'a Dossier>,
        events: &'a [Event],
    ) -> impl Iterator<Item = NewJob> + 'a {
        let set_up = self.inner.gateways.post.is_some();
        events.iter().filter(move |_| set_up).filter_map(move |event| match event {
            Event::Approved { .. } if before.is_some_and(|d| d.return_way == ReturnWay::Post) => {
                Some(self.post_job(ORDER, id, 0, SignedDuration::ZERO))
            }
            Event::Parcel { parcel, what } => match what {
                ParcelEvent::Ordered { .. } => Some(self.post_job(SEND, id, *parcel, SignedDuration::ZERO)),
                ParcelEvent::Registered { .. } => Some(self.post_job(TRACK, id, *parcel, SILENCE)),
                ParcelEvent::Differs { why, .. } if *why != ParcelDifference::OtherPrice => {
                    Some(self.post_job(TRACK, id, *parcel, DOUBT))
                }
                ParcelEvent::Cancelled { .. } => Some(self.post_job(CALL_OFF, id, *parcel, SignedDuration::ZERO)),
                _ => None,
            },
            _ => None,
        })
    }

    /// Does a job of the post.
    pub(crate) async fn run_post_job(&self, job: &Job) -> std::result::Result<(), Failure> {
        let unreadable = |e: serde_json::Error| Failure {
            why: format!("body: {e}"),
            again: false,
            note: None,
        };
        if job.kind == ORDER {
            let body: OfDossier = serde_json::from_str(&job.body).map_err(unreadable)?;
            return self.order_result(body.dossier).await;
        }
        let OfParcel { dossier, parcel } = serde_json::from_str(&job.body).map_err(unreadable)?;
        match job.kind.as_str() {
            SEND => self.send_order(dossier, parcel).await,
            TRACK => self.track_parcel(dossier, parcel).await,
            CALL_OFF => self.call_off(dossier, parcel).await,
            _ => self.bring_back_now(dossier, parcel).await,
        }
    }
}
