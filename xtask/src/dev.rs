//! The loop: build, serve, look for changes, again.

use std::fs;
use std::path::Path;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use anyhow::Result;

use crate::place::{Place, program, run, step};
use crate::site::{self, Kind};

/// What the server is made of, and what the browser is made of.
const SERVER: [&str; 6] = ["domain", "prose", "backend", "app", "server", "migrations"];
const BROWSER: [&str; 8] = ["domain", "prose", "app", "frontend", "editor", "scanner", "style", "public"];

/// Serves until interrupted. A build that fails leaves the last good server running.
pub fn watch(place: &Place) -> Result<()> {
    let mut server: Option<Child> = None;
    let (mut seen_server, mut seen_browser) = (None, None);
    loop {
        let (now_server, now_browser) = (newest(place, &SERVER), newest(place, &BROWSER));
        let (stale_server, stale_browser) = (now_server != seen_server, now_browser != seen_browser);
        (seen_server, seen_browser) = (now_server, now_browser);
        if stale_server || stale_browser {
            match rebuild(place, stale_server, stale_browser) {
                Ok(()) => server = Some(restart(place, server.take())?),
                Err(error) => eprintln!("{error:#}\nWaiting for the next change."),
            }
        }
        sleep(Duration::from_millis(400));
    }
}

fn rebuild(place: &Place, server: bool, browser: bool) -> Result<()> {
    if browser {
        site::build(place, Kind::Dev)?;
    }
    if server {
        step("compile the server", || run(program("cargo").args(["build", "--package", "server"]).current_dir(&place.root)))?;
    }
    Ok(())
}

fn restart(place: &Place, server: Option<Child>) -> Result<Child> {
    if let Some(mut child) = server {
        // Asked, not killed: it stops its private PostgreSQL.
        run(Command::new("kill").arg(child.id().to_string()))?;
        child.wait()?;
    }
    let mut command = Command::new(place.target.join("debug/alpar"));
    command.arg("serve").env("ALPAR_SITE", &place.site).env("ALPAR_DEV", "1").current_dir(&place.root);
    Ok(command.spawn()?)
}

/// When any file of these folders last changed.
fn newest(place: &Place, folders: &[&str]) -> Option<SystemTime> {
    folders.iter().filter_map(|folder| newest_in(&place.root.join(folder))).max()
}

fn newest_in(folder: &Path) -> Option<SystemTime> {
    let entries = fs::read_dir(folder).ok()?.flatten();
    entries
        .filter_map(|entry| {
            let metadata = entry.metadata().ok()?;
            if metadata.is_dir() { newest_in(&entry.path()) } else { metadata.modified().ok() }
        })
        .max()
}
