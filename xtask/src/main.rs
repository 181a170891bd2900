//! The one build, the developer's loop, and what the tests need around them.

mod bench;
mod browser;
mod css;
mod dev;
mod fonts;
mod icons;
mod pages;
mod place;
mod publish;
mod site;
mod split;
mod with_postgres;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds and serves Alpar from its sources")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Builds everything the browser downloads, into `target/site`
    Build {
        /// Quick to build, large to download: no optimiser, no compression
        #[arg(long)]
        dev: bool,
    },
    /// Builds, serves, and starts again whenever a source changes
    Dev,
    /// Measures the budgets on the release build; fails when one is broken by more than noise
    Bench {
        /// For the bench: parts to measure (all), --quick (without Lighthouse), --record (keep this build's sizes)
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Copies the icons named in `app/icons/list.txt` from the Lucide package
    Icons,
    /// Runs a command with `DATABASE_URL` set to a throwaway PostgreSQL
    WithPostgres {
        /// The command and its arguments, after `--`
        #[arg(last = true, required = true)]
        command: Vec<String>,
    },
}

fn main() -> anyhow::Result<()> {
    let place = place::Place::find()?;
    match Arguments::parse().task {
        Task::Build { dev } => site::build(&place, if dev { site::Kind::Dev } else { site::Kind::Release }),
        Task::Dev => dev::watch(&place),
        Task::Bench { arguments } => bench::run_on_release(&place, &arguments),
        Task::Icons => icons::copy(&place),
        Task::WithPostgres { command } => with_postgres::run(&place, &command),
    }
}
