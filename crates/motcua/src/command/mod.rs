//! The commands.

mod calendar;
mod catalogue;
mod demo;
mod demo_gateway;
mod demo_post;
mod demo_signer;
mod payment;
mod recount;
mod reindex;
mod serve;
mod simulate;
mod verify;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Một Cửa: a province's whole online public service in one program.
#[derive(Parser)]
#[command(name = "motcua", version)]
pub struct Command {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand)]
enum Kind {
    /// Start everything for a try, with demo people and a payment gateway of its own.
    Demo(demo::Demo),
    /// Serve real people.
    Serve(serve::Serve),
    /// Fill the store with a year of made-up dossiers: for trying out and for benchmarks.
    Simulate(simulate::Simulate),
    /// Prove that nothing was changed: every chain, every fold, every file.
    Verify(verify::Verify),
    /// Count the board's figures again from the journal and name each one that differs.
    Recount(recount::Recount),
    /// Write the words by which older dossiers are found; may be run again and beside a running program.
    Reindex(reindex::Reindex),
    /// Working time.
    Calendar(calendar::Calendar),
    /// The province's content.
    Catalogue(catalogue::Catalogue),
    /// Signatures and QR codes, for setting up a gateway.
    Payment(payment::Payment),
    /// The payment gateway of the demo; started by `demo`.
    #[command(hide = true)]
    DemoGateway(demo_gateway::DemoGateway),
    /// The signing service of the demo; started by `demo`.
    #[command(hide = true)]
    DemoSigner(demo_signer::DemoSigner),
    /// The post of the demo; started by `demo`.
    #[command(hide = true)]
    DemoPost(demo_post::DemoPost),
}

impl Command {
    /// Runs it.
    pub async fn run(self) -> Result<ExitCode> {
        let filter = tracing_subscriber::EnvFilter::try_from_env("MOTCUA_LOG")
            .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(std::io::stderr)
            .init();
        match self.kind {
            Kind::Demo(c) => c.run().await,
            Kind::Serve(c) => c.run().await,
            Kind::Simulate(c) => c.run().await,
            Kind::Verify(c) => c.run().await,
            Kind::Recount(c) => c.run().await,
            Kind::Reindex(c) => c.run().await,
            Kind::Calendar(c) => c.run(),
            Kind::Catalogue(c) => c.run().await,
            Kind::Payment(c) => c.run(),
            Kind::DemoGateway(c) => c.run().await,
            Kind::DemoSigner(c) => c.run().await,
            Kind::DemoPost(c) => c.run().await,
        }
    }
}

/// How a command prints.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Print {
    /// For people.
    Text,
    /// For machines.
    Json,
}
