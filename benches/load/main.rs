//! Throughput, delay and memory of the program, each as a ratio to a yardstick measured in the same
//! run on the same machine. One binary in several roles, because everything measured, the platform
//! and each yardstick runs as a process of its own. `scripts/bench` starts it; nothing here is a
//! test, and no figure of it means anything on another machine.

#![allow(clippy::disallowed_methods, reason = "a stop-watch asks what time it is")]

mod echo;
mod figures;
mod organisation;
mod paper;
mod platform;
mod process;
mod rows;
mod tables;
mod yardstick;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

#[derive(Parser)]
struct Roles {
    /// Given by cargo; means nothing here.
    #[arg(long, hide = true, global = true)]
    bench: bool,
    #[command(subcommand)]
    role: Role,
}

#[derive(Subcommand)]
enum Role {
    /// Measures everything and writes what was measured as JSON.
    Run(Plan),
    /// Makes the page of measured JSON.
    Paper {
        measured: PathBuf,
        /// The folder of the documents.
        into: PathBuf,
    },
    /// The fake platform; commands come on standard input.
    Platform(platform::Settings),
    /// The hand-written loop.
    Yardstick(yardstick::Settings),
    /// The echo without a database.
    Echo { platform: String },
}

/// What is measured, and how often.
#[derive(Clone, clap::Args)]
pub struct Plan {
    /// The measured JSON.
    #[arg(long)]
    out: PathBuf,
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// A tenth of everything: to see that it works. Its figures mean nothing.
    #[arg(long)]
    quick: bool,
    /// A superuser's URL of a server that keeps its promises of durability.
    #[arg(long)]
    postgres: Option<String>,
    /// Only these rows: letters of the table.
    #[arg(long, default_value = "abcdefg")]
    only: String,
    /// The program to measure.
    #[arg(long, default_value = env!("CARGO_BIN_EXE_diudat"))]
    program: PathBuf,
}

fn main() {
    let role = Roles::parse().role;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        match role {
            Role::Run(plan) => rows::run(plan).await,
            Role::Paper { measured, into } => paper::write(&measured, &into),
            Role::Platform(settings) => platform::serve(settings).await,
            Role::Yardstick(settings) => yardstick::run(settings).await,
            Role::Echo { platform } => echo::run(&platform).await,
        }
    });
}
