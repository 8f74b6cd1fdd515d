//! `motcua payment`: what an operator compares with the gateway's own tools while setting one up.

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use motcua_gateways::payment::vietqr::{self, Transfer};
use motcua_gateways::payment::vnpay;
use std::process::ExitCode;

#[derive(Args)]
pub struct Payment {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand)]
enum Kind {
    /// The signature (vnp_SecureHash) of VNPAY 2.1.0 over parameters, in any order; prints it as hex.
    Sign {
        /// The merchant's secret (vnp_HashSecret).
        #[arg(long)]
        secret: String,
        /// Also print the text that is signed, on a line before.
        #[arg(long)]
        query: bool,
        /// Parameters as they are, not encoded: vnp_TxnRef=REF1 "vnp_OrderInfo=Le phi"
        #[arg(required = true)]
        parameters: Vec<String>,
    },
    /// The payload of a VietQR code.
    Vietqr {
        /// Six digits of the bank at NAPAS.
        #[arg(long)]
        bin: String,
        /// Number of the account.
        #[arg(long)]
        account: String,
        /// VND; left out, the payer types it.
        #[arg(long)]
        amount: Option<u64>,
        /// What the payer's app writes into the transfer, ASCII.
        #[arg(long, default_value = "")]
        reference: String,
    },
}

impl Payment {
    pub fn run(self) -> Result<ExitCode> {
        match self.kind {
            Kind::Sign {
                secret,
                query,
                parameters,
            } => {
                let mut pairs = Vec::new();
                for parameter in &parameters {
                    match parameter.split_once('=') {
                        Some(pair) => pairs.push(pair),
                        None => bail!("{parameter:?} is not name=value"),
                    }
                }
                let (text, hash) = vnpay::signature_of(&secret, pairs)?;
                if query {
                    println!("{text}");
                }
                println!("{hash}");
            }
            Kind::Vietqr {
                bin,
                account,
                amount,
                reference,
            } => println!(
                "{}",
                vietqr::payload(&Transfer {
                    bin: &bin,
                    account: &account,
                    amount_vnd: amount,
                    reference: &reference,
                })?
            ),
        }
        Ok(ExitCode::SUCCESS)
    }
}
