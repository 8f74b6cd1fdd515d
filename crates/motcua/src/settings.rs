//! Settings: the commented defaults that are compiled in, a file, the environment.

use anyhow::{Context, Result, bail};
use figment::Figment;
use figment::providers::{Env, Format, Toml};
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// What an installation sets. See `config.default.toml`.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub listen: SocketAddr,
    pub public_url: String,
    pub data: PathBuf,
    pub postgres: String,
    pub catalogue: String,
    pub organisation_date: String,
    pub trusted_proxies: Vec<std::net::IpAddr>,
    pub hotline: String,
    pub mail_url: String,
    pub mail_from: String,
    pub sms_secret: String,
    pub vnpay_tmn_code: String,
    pub vnpay_secret: String,
    pub vnpay_pay_url: String,
    pub vnpay_api_url: String,
    pub bank_bin: String,
    pub bank_name: String,
    pub bank_account: String,
    pub bank_holder: String,
    pub bank_secret: String,
    pub bank_app_url: String,
    pub bank_payout_url: String,
    pub sign_url: String,
    pub sign_token: String,
    pub sign_time_stamp_url: String,
    pub sign_lists: Vec<String>,
    pub sign_trust: String,
    pub post_url: String,
    pub post_client: String,
    pub post_secret: String,
    /// Set by the `demo` command only.
    #[serde(skip)]
    pub demo: bool,
}

/// Settings of digits that are no numbers: a zero in front counts, and the environment's reader would take it away.
const DIGITS: &[&str] = &["bank_bin", "bank_account"];

impl Settings {
    /// Reads defaults, then the file, then `MOTCUA_*`.
    pub fn read(file: Option<&Path>) -> Result<Self> {
        let mut figment = Figment::from(Toml::string(include_str!("../config.default.toml")));
        if let Some(file) = file {
            if !file.exists() {
                bail!("the settings file {} does not exist", file.display());
            }
            figment = figment.merge(Toml::file_exact(file));
        }
        // MOTCUA_LOG is the log's and MOTCUA_CONFIG names the file: neither is a setting.
        figment = figment.merge(Env::prefixed("MOTCUA_").ignore(&["log", "config"]).ignore(DIGITS));
        for name in DIGITS {
            if let Ok(text) = std::env::var(format!("MOTCUA_{}", name.to_uppercase())) {
                figment = figment.merge((*name, text));
            }
        }
        figment.extract().context("the settings cannot be read")
    }

    /// Refuses what would be unsafe for real people.
    pub fn refuse_unsafe(&self) -> Result<()> {
        let here = self.public_url.starts_with("http://127.0.0.1") || self.public_url.starts_with("http://localhost");
        if !self.public_url.starts_with("https://") && !here {
            bail!(
                "public_url is {:?}: people's sessions would travel in the clear; set an https:// address",
                self.public_url
            );
        }
        if !self.vnpay_tmn_code.is_empty() {
            if self.vnpay_secret.len() < 16 {
                bail!("vnpay_secret is shorter than 16 characters: set the secret that VNPAY gave");
            }
            if !self.vnpay_pay_url.starts_with("https://") && !here {
                bail!("vnpay_pay_url must begin with https://");
            }
        }
        if !self.sign_url.is_empty() {
            if !self.sign_url.starts_with("https://") && !here {
                bail!("sign_url must begin with https://");
            }
            if self.sign_trust.is_empty() {
                bail!("sign_trust is empty: name the folder with the certificates of the authorities that vouch for your keys");
            }
        }
        if !self.sms_secret.is_empty() && self.sms_secret.len() < 16 {
            bail!("sms_secret is shorter than 16 characters: set the secret that signs what the SMS relay tells");
        }
        if !self.bank_account.is_empty() {
            if self.bank_secret.len() < 16 {
                bail!("bank_secret is shorter than 16 characters: set the secret of the bank's notices");
            }
            if self.bank_bin.len() != 6 || !self.bank_bin.bytes().all(|b| b.is_ascii_digit()) {
                bail!("bank_bin must be the bank's six digits at NAPAS");
            }
        }
        if !self.post_url.is_empty() {
            if self.post_secret.len() < 16 {
                bail!("post_secret is shorter than 16 characters: set the secret that the post gave");
            }
            if !self.post_url.starts_with("https://") && !here {
                bail!("post_url must begin with https://: names and addresses travel to it");
            }
        }
        Ok(())
    }

    /// Address of the database.
    pub fn database(&self) -> String {
        if self.postgres.is_empty() {
            format!("sqlite:{}", self.data.join("motcua.db").display())
        } else {
            self.postgres.clone()
        }
    }
}
