//! A PostgreSQL that lives as long as one command.

use anyhow::{Context, Result};

// The server's own way of running a private cluster; the build needs nothing else of the server.
#[path = "../../server/src/postgres/cluster.rs"]
mod cluster;

use crate::place::{Place, program as started, step};
use crate::publish::short_hash;

/// Starts a cluster, runs the command with its `DATABASE_URL`, throws the cluster away; ends as the command ended.
pub fn run(place: &Place, command: &[String]) -> Result<()> {
    // One folder per checkout: what an interrupted run left behind is found and cleaned by the next.
    let name = format!("alpar-test-{}", short_hash(&[place.root.as_os_str().as_encoded_bytes()]));
    let cluster = step("start a throwaway PostgreSQL", || {
        Ok(cluster::Cluster::start(&std::env::temp_dir().join(name), &place.root, cluster::Care::Throwaway)?)
    })?;
    if let Some(note) = cluster.note() {
        eprintln!("  {note}");
    }
    let (program, arguments) = command.split_first().context("a command after --")?;
    let status = started(program).args(arguments).env("DATABASE_URL", cluster.url()).status();
    let stopped = cluster.stop();
    let status = status.with_context(|| format!("{program} could not be started"))?;
    stopped?;
    std::process::exit(status.code().unwrap_or(1))
}
