//! The use cases of the one-stop, one function each. Every change of the world goes through here:
//! authorise → load → decide → commit; the outbox does the rest.
//!
//! Not here: HTML and HTTP types (`motcua-web`), SQL (`motcua-store`), rules of a dossier (`motcua-model`).

pub mod account;
mod act;
pub mod adoption;
pub mod asking;
pub mod assign;
pub mod assisted;
pub mod books;
pub mod bulk;
pub mod campaign;
pub mod changes;
pub mod check;
pub mod clock;
pub mod control;
pub mod counter;
pub mod custody;
pub mod demo;
pub mod desk;
pub mod directive;
pub mod draft;
pub mod error;
pub mod feedback;
pub mod find;
pub mod funnel;
pub mod history;
pub mod index;
pub mod kho;
mod letterhead;
pub mod life;
pub mod mandate;
pub mod missed;
pub mod money;
pub mod open;
pub mod opinion;
pub mod outbox;
pub mod paper;
pub mod payment;
pub mod pin;
pub mod plain_phone;
pub mod post;
pub mod post_view;
pub mod preference;
mod prefill;
pub mod publication;
mod random;
pub mod rating;
pub mod recount;
pub mod register;
pub mod remark;
pub mod reorganise;
pub mod report;
pub mod saved_view;
pub mod seal;
pub mod served;
pub mod sign;
pub mod simulate;
pub mod stand_in;
pub mod stranded;
pub mod submit;
pub mod supplement;
pub mod taken;
pub mod talk;
pub mod template;
pub mod term;
pub mod till;
pub mod track;
pub mod verify;
pub mod version;
pub mod worker;
pub mod working_time;

pub use clock::Clock;
pub use error::OfficeError;

use motcua_catalogue::Catalogue;
use motcua_gateways::payment::vietqr::Bank;
use motcua_gateways::payment::vnpay::Vnpay;
use motcua_gateways::post::Post;
use motcua_papers::Papers;

use motcua_store::Store;
pub use motcua_store::assignment::Colleague;
pub use motcua_store::dossier::{DossierLine, InboxFilter};
pub use motcua_store::draft::Draft;
pub use motcua_store::file::Incoming;
pub use motcua_store::stand_in::StandIn;
use std::sync::Arc;

/// What the use cases work with. Cheap to clone. Pinned to one catalogue: whoever holds it sees the same content from
/// begin to end, also while a publication comes into force; [`Office::current`] gives the one in force now.
#[derive(Clone)]
pub struct Office {
    inner: Arc<Inner>,
    catalogue: Arc<Catalogue>,
}

struct Inner {
    store: Store,
    live: publication::Live,
    missed: missed::Buffer,
    funnel: funnel::Buffer,
    links: campaign::Buffer,
    papers: Papers,
    gateways: Gateways,
    clock: Clock,
    settings: Settings,
    sessions: account::SessionCache,
    hashing: tokio::sync::Semaphore,
    bell: tokio::sync::Notify,
    /// Decisions that change working time, as last read.
    decisions: std::sync::RwLock<Arc<Vec<motcua_store::clock_decision::Published>>>,
    /// When the signing service, which did not answer, is asked again.
    sign_again: std::sync::Mutex<Option<jiff::Timestamp>>,
}

/// The outside world as this installation has it.
pub struct Gateways {
    /// Online payment; none where it is not set up.
    pub vnpay: Option<Vnpay>,
    /// The province's account at its bank, for VietQR and transfers; none where it is not set up.
    pub bank: Option<Bank>,
    /// The post, for results on their way home; none where it is not set up.
    pub post: Option<Post>,
    /// Mail.
    pub mail: motcua_gateways::mail::Mailer,
    /// SMS.
    pub sms: motcua_gateways::sms::Sms,
    /// Digital signatures.
    pub sign: motcua_gateways::sign::Signatures,
    /// SMS that people send; none where nobody can ask by SMS.
    pub inbound: Option<motcua_gateways::sms::Inbound>,
}

/// What an installation decides.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Address under which people reach the program, without a slash at the end: `https://dichvucong.example.vn`.
    pub public_url: String,
    /// Hotline shown to people.
    pub hotline: String,
    /// Origin of the payment gateway's page, such as `https://pay.example.vn`; empty where there is none.
    pub payment_origin: String,
    /// Proxies of ours, whose word on where a request comes from is taken.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Whether this is a demo: demo people, the demo's own mail page.
    pub demo: bool,
}

impl Office {
    /// Puts the parts together.
    #[must_use]
    pub fn new(
        store: Store,
        catalogue: Arc<Catalogue>,
        papers: Papers,
        gateways: Gateways,
        clock: Clock,
        settings: Settings,
    ) -> Self {
        let inner = Inner {
            store,
            live: publication::Live::new(catalogue.clone()),
            missed: missed::Buffer::default(),
            funnel: funnel::Buffer::default(),
            links: campaign::Buffer::default(),
            papers,
            gateways,
            clock,
            settings,
            sessions: account::SessionCache::default(),
            // Two at a time: each takes 19 MiB and tens of milliseconds.
            hashing: tokio::sync::Semaphore::new(2),
            bell: tokio::sync::Notify::new(),
            decisions: std::sync::RwLock::default(),
            sign_again: std::sync::Mutex::default(),
        };
        Self {
            inner: Arc::new(inner),
            catalogue,
        }
    }

    /// The province's content, as this office is pinned to it.
    #[must_use]
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// The same office with the content that is in force now.
    #[must_use]
    pub fn current(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            catalogue: self.inner.live.catalogue(),
        }
    }

    /// What the installation decided.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    /// Now, in whole microseconds.
    #[must_use]
    pub fn now(&self) -> jiff::Timestamp {
        self.inner.clock.now()
    }

    /// The demo's own inbox of mail and SMS; none outside a demo.
    #[must_use]
    pub fn demo_inbox(&self) -> Option<&motcua_gateways::DemoInbox> {
        self.inner.gateways.mail.demo_inbox()
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// The store, when it does not.
    pub async fn healthy(&self) -> error::Result<()> {
        self.store().jobs_waiting().await?;
        Ok(())
    }

    /// Waits until everything acknowledged is written, then closes the store.
    pub async fn close(&self) {
        if let Err(error) = self.keep_missed().await {
            tracing::warn!(%error, "missed searches of the last second are lost");
        }
        if let Err(error) = self.keep_steps().await {
            tracing::warn!(%error, "steps counted in the last seconds are lost");
        }
        self.inner.store.close().await;
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }
}
