//! The budgets: builds what members get, then measures it.

use std::process::Command;

use anyhow::{Context, Result};

use crate::place::{Place, program, run, step};
use crate::site::{self, Kind};

/// Runs the bench on the release build, and ends as it ended. What is measured is a crate of its own, so that
/// the build does without it.
pub fn run_on_release(place: &Place, arguments: &[String]) -> Result<()> {
    site::build(place, Kind::Release)?;
    step("compile the server", || run(cargo(place).args(["build", "--release", "--package", "server"])))?;
    step("compile the bench", || run(cargo(place).args(["build", "--release", "--package", "bench"])))?;
    let mut bench = Command::new(place.target.join("release/bench"));
    bench.arg("--root").arg(&place.root).arg("--server").arg(place.target.join("release/alpar"));
    bench.arg("--site").arg(&place.site).arg("--kept").arg(&place.kept).args(arguments).current_dir(&place.root);
    let status = bench.status().context("start the bench")?;
    std::process::exit(status.code().unwrap_or(1))
}

fn cargo(place: &Place) -> Command {
    let mut cargo = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.arg("--quiet").current_dir(&place.root);
    cargo
}
