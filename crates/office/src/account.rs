//! Accounts: signing up, in and out, and the password.
//!
//! No answer and no duration tells whether an account exists: the work is the same either way, and what differs goes to
//! the phone or mailbox of whoever owns it.

use crate::error::{AccountProblem, OfficeError, Result};
use crate::{Office, random};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use jiff::{SignedDuration, Timestamp};
use motcua_model::actor::Role;
use motcua_model::identifier::Phone;
use motcua_model::procedure::Lang;
use motcua_model::text::clean_name;
use motcua_store::account::{CodeTry, Password};
use motcua_store::session::TokenHash;
use motcua_store::{NewJob, StoreError};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

pub use motcua_store::account::Account;

/// Fewest characters of a password.
pub const PASSWORD_MIN: usize = 8;
/// How long a session lasts.
const SESSION: SignedDuration = SignedDuration::from_hours(12);
/// How long a one-time code is good.
const CODE: SignedDuration = SignedDuration::from_mins(10);
/// How long another process may go on with a session that was closed here.
const CACHED: SignedDuration = SignedDuration::from_secs(15);
/// Sessions kept in memory; beyond it the memory is emptied and fills again.
const CACHE_MAX: usize = 20_000;

/// Passwords that are tried first by whoever guesses.
const COMMON: [&str; 12] = [
    "12345678",
    "123456789",
    "1234567890",
    "password",
    "matkhau123",
    "11111111",
    "00000000",
    "88888888",
    "qwertyui",
    "iloveyou",
    "thainguyen",
    "66668888",
];

/// The job that sends a one-time code.
pub(crate) const SEND_CODE: &str = "send_code";

/// What a person gives to sign up.
#[derive(Clone, Debug)]
pub struct SignUp {
    /// Full name.
    pub name: String,
    /// Phone number or mail address.
    pub login: String,
    /// Password.
    pub password: String,
    /// Language of messages.
    pub language: Lang,
}

/// What signing in came to.
#[derive(Clone, Debug)]
pub enum SignIn {
    /// Signed in.
    Open {
        /// The session's token, for the cookie.
        token: String,
    },
    /// The phone or mail address was never proved; a new code is on its way.
    CodeNeeded,
}

/// Sessions seen lately, so that a page does not ask the database who is there.
#[derive(Debug, Default)]
pub(crate) struct SessionCache(Mutex<HashMap<TokenHash, (Timestamp, Arc<Account>)>>);

impl SessionCache {
    fn get(&self, token: &TokenHash, now: Timestamp) -> Option<Arc<Account>> {
        let cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        cache
            .get(token)
            .filter(|(at, _)| now.duration_since(*at) < CACHED)
            .map(|(_, account)| account.clone())
    }

    fn put(&self, token: TokenHash, now: Timestamp, account: Arc<Account>) {
        let mut cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.len() >= CACHE_MAX {
            cache.clear();
        }
        cache.insert(token, (now, account));
    }

    pub(crate) fn forget(&self, keep: impl Fn(&TokenHash, &Account) -> bool) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .retain(|token, (_, account)| keep(token, account));
    }
}

/// A way to sign in, as it is kept: a phone in E.164, a mail address in lower case, or an officer's user name.
pub(crate) fn login_of(typed: &str) -> Result<String> {
    let typed = typed.trim();
    if typed.contains('@') {
        let mail = typed.to_lowercase();
        let (name, host) = mail.rsplit_once('@').ok_or(AccountProblem::BadLogin)?;
        let plain = |s: &str| !s.is_empty() && !s.chars().any(|c| c.is_whitespace() || c.is_control());
        return if mail.len() <= 200 && plain(name) && plain(host) && host.contains('.') {
            Ok(mail)
        } else {
            Err(AccountProblem::BadLogin.into())
        };
    }
    Ok(Phone::parse(typed).map_err(|_| AccountProblem::BadLogin)?.e164().to_owned())
}

fn hash_of(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

impl Office {
    /// Makes an account and sends a one-time code. The answer is the same when the login is taken: then its owner is
    /// told that somebody tried.
    ///
    /// # Errors
    /// [`AccountProblem`] about what was typed.
    pub async fn sign_up(&self, new: SignUp) -> Result<()> {
        let login = login_of(&new.login)?;
        let name = clean_name(&new.name).map_err(|_| AccountProblem::BadName)?;
        let password = self.hash_password(new.password).await?;
        let id = self.new_account_id();
        let is_mail = login.contains('@');
        let account = Account {
            id,
            role: Role::Citizen,
            name,
            agency: None,
            phone: if is_mail { String::new() } else { login.clone() },
            email: if is_mail { login.clone() } else { String::new() },
            person_id: String::new(),
            birth_date: String::new(),
            address: String::new(),
            language: new.language.as_str().to_owned(),
            password,
            verified: false,
            created_at: self.now(),
        };
        match self.store().create_account(&account, std::slice::from_ref(&login)).await {
            Ok(()) => self.enqueue_code(id).await,
            Err(StoreError::Conflict) => match self.store().account_by_login(&login).await? {
                Some(owner) => self.enqueue_code(owner.id).await,
                None => Ok(()),
            },
            Err(e) => Err(e.into()),
        }
    }

    /// Proves the phone or mail address with the code that was sent, and signs in.
    ///
    /// # Errors
    /// [`AccountProblem::WrongCode`] or [`AccountProblem::SpentCode`].
    pub async fn confirm(&self, login: &str, code: &str) -> Result<String> {
        let account = self.account_with_code(login, code).await?;
        self.store().set_verified(account.id).await?;
        self.open_session(&account).await
    }

    /// Sends a new code to an account, if there is one.
    ///
    /// # Errors
    /// [`AccountProblem::BadLogin`].
    pub async fn resend_code(&self, login: &str) -> Result<()> {
        let login = login_of(login)?;
        match self.store().account_by_login(&login).await? {
            Some(account) if account.role == Role::Citizen => self.enqueue_code(account.id).await,
            _ => Ok(()),
        }
    }

    /// Sets a new password with a code that was sent; every session of the account is closed and a new one opened.
    ///
    /// # Errors
    /// [`AccountProblem`] about the code or the password.
    pub async fn reset_password(&self, login: &str, code: &str, new: &str) -> Result<String> {
        let password = self.hash_password(new.to_owned()).await?;
        let account = self.account_with_code(login, code).await?;
        self.store().set_password(account.id, &password).await?;
        self.store().set_verified(account.id).await?;
        self.store().close_sessions_of(account.id).await?;
        self.inner.sessions.forget(|_, a| a.id != account.id);
        self.open_session(&account).await
    }

    /// Signs in with a phone number, a mail address or an officer's user name.
    ///
    /// # Errors
    /// [`AccountProblem::WrongPassword`], whatever was wrong.
    pub async fn sign_in(&self, login: &str, password: &str) -> Result<SignIn> {
        let login = login_of(login).unwrap_or_else(|_| login.trim().to_lowercase());
        let account = self.store().account_by_login(&login).await?;
        let hash = account.as_ref().map_or_else(nobody, |a| a.password.0.clone());
        let right = self.verify_password(password.to_owned(), hash).await?;
        match account {
            Some(account) if right && account.verified => Ok(SignIn::Open {
                token: self.open_session(&account).await?,
            }),
            Some(account) if right => {
                self.enqueue_code(account.id).await?;
                Ok(SignIn::CodeNeeded)
            }
            _ => Err(AccountProblem::WrongPassword.into()),
        }
    }

    /// The account behind a session's token, if the session is open.
    ///
    /// # Errors
    /// The store.
    pub async fn session(&self, token: &str) -> Result<Option<Arc<Account>>> {
        let (hash, now) = (hash_of(token), self.now());
        if let Some(account) = self.inner.sessions.get(&hash, now) {
            return Ok(Some(account));
        }
        let account = self.store().session(hash, now).await?.map(Arc::new);
        if let Some(account) = &account {
            self.inner.sessions.put(hash, now, account.clone());
        }
        Ok(account)
    }

    /// Signs out.
    ///
    /// # Errors
    /// The store.
    pub async fn sign_out(&self, token: &str) -> Result<()> {
        let hash = hash_of(token);
        self.inner.sessions.forget(|t, _| *t != hash);
        Ok(self.store().close_session(hash).await?)
    }

    /// Writes what a person says of herself: name, identity number, date of birth, address, language.
    ///
    /// # Errors
    /// [`AccountProblem::BadName`].
    pub async fn save_profile(&self, account: &Account) -> Result<()> {
        let name = clean_name(&account.name).map_err(|_| AccountProblem::BadName)?;
        self.store().set_profile(&Account { name, ..account.clone() }).await?;
        self.inner.sessions.forget(|_, a| a.id != account.id);
        Ok(())
    }

    async fn account_with_code(&self, login: &str, code: &str) -> Result<Account> {
        let login = login_of(login)?;
        let code: String = code.chars().filter(char::is_ascii_digit).take(12).collect();
        let account = self
            .store()
            .account_by_login(&login)
            .await?
            .ok_or(AccountProblem::WrongCode)?;
        match self.store().try_code(account.id, hash_of(&code), self.now()).await? {
            CodeTry::Right => Ok(account),
            CodeTry::Wrong => Err(AccountProblem::WrongCode.into()),
            CodeTry::Spent => Err(AccountProblem::SpentCode.into()),
        }
    }

    async fn enqueue_code(&self, account: motcua_model::id::AccountId) -> Result<()> {
        let body = serde_json::json!({ "account": account }).to_string();
        let job = NewJob {
            id: self.new_job_id(),
            kind: SEND_CODE,
            body,
            run_at: self.now(),
        };
        self.store().enqueue(&job).await?;
        self.inner.bell.notify_one();
        Ok(())
    }

    /// Draws a new code for an account, right before it is sent: it is never written down in the open.
    pub(crate) async fn draw_code(&self, account: motcua_model::id::AccountId) -> Result<String> {
        let code = random::six_digits();
        self.store().open_code(account, hash_of(&code), self.now() + CODE).await?;
        Ok(code)
    }

    pub(crate) async fn open_session(&self, account: &Account) -> Result<String> {
        let token = hex::encode(random::bytes::<32>());
        let now = self.now();
        self.store()
            .open_session(hash_of(&token), account.id, now, now + SESSION)
            .await?;
        Ok(token)
    }

    pub(crate) async fn hash_password(&self, password: String) -> Result<Password> {
        let length = password.chars().count();
        if !(PASSWORD_MIN..=200).contains(&length) || COMMON.contains(&password.to_lowercase().as_str()) {
            return Err(AccountProblem::WeakPassword { min: PASSWORD_MIN }.into());
        }
        let salt = random::bytes::<16>();
        self.hashing(move || {
            Argon2::default()
                .hash_password_with_salt(password.as_bytes(), &salt)
                .map(|hash| Password(hash.to_string()))
                .map_err(|e| OfficeError::Internal(format!("argon2: {e}")))
        })
        .await
    }

    async fn verify_password(&self, password: String, hash: String) -> Result<bool> {
        self.hashing(move || {
            let hash = PasswordHash::new(&hash).map_err(|e| OfficeError::Internal(format!("argon2: {e}")))?;
            Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
        })
        .await
    }

    async fn hashing<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let _permit = self
            .inner
            .hashing
            .acquire()
            .await
            .map_err(|e| OfficeError::Internal(e.to_string()))?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|e| OfficeError::Internal(e.to_string()))?
    }
}

/// A hash that no password has, so that an unknown login takes as long as a wrong password.
fn nobody() -> String {
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned()
}
