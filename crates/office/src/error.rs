//! Why a use case did not go through.

use crate::post::PostProblem;
use motcua_catalogue::Mistake;
use motcua_model::custody::BagRefusal;
use motcua_model::dossier::Refusal;
use motcua_model::form::Problem;
use motcua_model::publication::PublicationRefusal;
use motcua_store::StoreError;

/// What a use case answers when it does not go through.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// The rules say no, with a reason for the person.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The form has problems, each at its field.
    #[error("the form has {} problems", .0.len())]
    Problems(Vec<Problem>),
    /// What was sent as a paper cannot be taken.
    #[error(transparent)]
    Paper(#[from] PaperProblem),
    /// Signing in or up did not work.
    #[error(transparent)]
    Account(#[from] AccountProblem),
    /// The draft was saved from another window meanwhile.
    #[error("the draft was saved elsewhere meanwhile")]
    DraftMoved,
    /// The form has a new version since the page was made; what was typed is kept, the person is shown what changed.
    #[error("the form has a new version")]
    FormChanged,
    /// Online payment is not set up, or the dossier has nothing to pay online.
    #[error("online payment is not possible")]
    NoOnlinePayment,
    /// A publication of the catalogue cannot be had that way.
    #[error(transparent)]
    Publication(#[from] PublicationProblem),
    /// It cannot go by post.
    #[error(transparent)]
    Post(PostProblem),
    /// A bag's rules say no.
    #[error(transparent)]
    Bag(BagRefusal),
    /// The store.
    #[error("the store")]
    Store(#[source] StoreError),
    /// A paper could not be made.
    #[error("a paper could not be made")]
    Print(#[source] motcua_papers::PaperError),
    /// Something that should not happen; logged, never shown.
    #[error("{0}")]
    Internal(String),
}

/// Why a paper cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperProblem {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Larger than allowed.
    #[error("the file is larger than {max_mb} MB")]
    TooLarge {
        /// Allowed size in MB.
        max_mb: u64,
    },
    /// By its content neither PDF nor JPEG nor PNG, whatever its name says.
    #[error("the file is neither PDF nor JPEG nor PNG")]
    WrongType,
    /// A right kind of file, and not one that this paper may be.
    #[error("this paper may be: {types}")]
    NotThisType {
        /// The kinds that it may be.
        types: String,
    },
    /// A PDF that needs a password.
    #[error("the PDF needs a password")]
    Encrypted,
    /// What the person keeps does not serve as this paper: out of date, taken back, or of another kind.
    #[error("it does not serve as this paper")]
    NotReusable,
    /// The form knows no such paper.
    #[error("the form asks for no such paper")]
    Unknown,
    /// More files than the paper may have.
    #[error("at most {max} files for this paper")]
    TooMany {
        /// How many are allowed.
        max: usize,
    },
    /// Nothing was sent.
    #[error("no file was sent")]
    Missing,
}

/// Why signing in or up did not work. Says nothing about whether an account exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountProblem {
    /// Login or password is wrong.
    #[error("login or password is wrong")]
    WrongPassword,
    /// The password is too short or too common.
    #[error("the password must have at least {min} characters and not be a common one")]
    WeakPassword {
        /// Fewest characters.
        min: usize,
    },
    /// Neither a phone number nor a mail address.
    #[error("neither a phone number nor a mail address")]
    BadLogin,
    /// The name cannot be a name.
    #[error("not a name")]
    BadName,
    /// The one-time code is wrong.
    #[error("the code is wrong")]
    WrongCode,
    /// The one-time code is too old or was tried too often.
    #[error("the code is spent")]
    SpentCode,
}

/// Why a change of the catalogue cannot be had that way.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PublicationProblem {
    /// The step may not be taken now.
    #[error(transparent)]
    Refused(#[from] PublicationRefusal),
    /// The catalogue with this change has mistakes.
    #[error("the catalogue would have {} mistakes", .0.len())]
    Mistakes(Vec<Mistake>),
    /// It changes nothing.
    #[error("it changes nothing")]
    Empty,
    /// Somebody else's change of the same files comes into force before: these paths.
    #[error("{} files were changed by somebody else", .0.len())]
    Moved(Vec<String>),
    /// The path cannot name a file of the catalogue.
    #[error("this cannot name a file of the catalogue")]
    BadPath,
    /// The file is too large.
    #[error("the file is larger than {max_mb} MB")]
    TooLarge {
        /// Allowed size in MB.
        max_mb: usize,
    },
}

impl From<PublicationRefusal> for OfficeError {
    fn from(e: PublicationRefusal) -> Self {
        Self::Publication(e.into())
    }
}

impl From<StoreError> for OfficeError {
    fn from(e: StoreError) -> Self {
        match e {
            StoreError::Conflict => Self::Refused(Refusal::Overtaken),
            e => Self::Store(e),
        }
    }
}

impl From<motcua_papers::PaperError> for OfficeError {
    fn from(e: motcua_papers::PaperError) -> Self {
        Self::Print(e)
    }
}

/// What a use case answers.
pub type Result<T> = std::result::Result<T, OfficeError>;
