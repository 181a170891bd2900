//! Where the bench finds what it measures, as `cargo xtask bench` says it.

use std::path::PathBuf;

use clap::Parser;

/// Measures the budgets of the release build on a throwaway database with the demo co-op.
#[derive(Parser)]
#[command(name = "cargo xtask bench")]
pub struct Place {
    /// The checkout
    #[arg(long)]
    pub root: PathBuf,
    /// The server, built for release
    #[arg(long)]
    pub server: PathBuf,
    /// The built site
    #[arg(long)]
    pub site: PathBuf,
    /// Where results of slow steps may be kept
    #[arg(long)]
    pub kept: PathBuf,
    /// Only the parts whose name contains one of these words
    pub only: Vec<String>,
    /// Keeps this run's sizes as what later runs compare with
    #[arg(long)]
    pub record: bool,
    /// Without Lighthouse, which takes minutes
    #[arg(long)]
    pub quick: bool,
}

impl Place {
    pub fn wants(&self, part: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|word| part.contains(word.as_str()))
    }
}
