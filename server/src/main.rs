//! `alpar serve | migrate | found | demo | check-config`.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use server::config::{Config, ENVIRONMENT};
use server::run;

/// Rendering a page is tens of thousands of small pieces of memory, and then a few large ones: the system's own
/// allocator took a third of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(name = "alpar", version, about = "The co-op's app: shifts and swaps", after_help = ENVIRONMENT)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Serves until asked to stop (SIGTERM or Ctrl-C)
    Serve {
        /// Loads the demo co-op if the database is empty, even one that DATABASE_URL names
        #[arg(long)]
        demo: bool,
    },
    /// Brings the database to the schema of this build
    Migrate,
    /// Founds a co-op in an empty database: rules, week, working groups, and the first member, who may sign in
    Found {
        /// The first member's address, to which the code goes
        #[arg(long)]
        email: String,
        /// The first member's first name and family name, as in "Marie Dupont"
        #[arg(long)]
        name: String,
        /// The first member's number, as in the register that will be imported
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(i32).range(1..))]
        number: i32,
    },
    /// Loads the demo co-op into an empty database
    Demo,
    /// Reads the settings, says what they mean, and starts nothing
    CheckConfig,
}

#[tokio::main]
async fn main() -> ExitCode {
    let task = Arguments::parse().task;
    let config = match Config::read(|name| std::env::var(name).ok()) {
        Ok(config) => config,
        Err(wrong) => return failed(&wrong.to_string()),
    };
    let done = match task {
        Task::Serve { demo } => run::serve(config, demo).await,
        Task::Migrate => run::migrate(config).await,
        Task::Found { email, name, number } => run::found(config, &email, &name, number).await,
        Task::Demo => run::demo(config).await,
        Task::CheckConfig => {
            println!("{config}");
            Ok(())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error.to_string()),
    }
}

fn failed(why: &str) -> ExitCode {
    eprintln!("alpar: {why}");
    ExitCode::FAILURE
}
