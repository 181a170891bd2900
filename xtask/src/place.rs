//! Where things are, and how a step is announced, timed and run.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

/// The folders every step works between.
pub struct Place {
    /// The checkout.
    pub root: PathBuf,
    /// Where cargo builds for this machine (`CARGO_TARGET_DIR`, or `target`).
    pub target: PathBuf,
    /// Where the site for the browser is laid out.
    pub site: PathBuf,
    /// Results of slow steps, by the hash of what went in.
    pub kept: PathBuf,
}

impl Place {
    /// Reads the folders from what cargo says.
    pub fn find() -> Result<Self> {
        let manifest =
            std::env::var("CARGO_MANIFEST_DIR").context("start this with `cargo xtask …`, which says where the sources are")?;
        let root = Path::new(&manifest).parent().context("xtask lies in the workspace")?.to_path_buf();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => root.join("target"),
        };
        Ok(Self { site: target.join("site"), kept: target.join("kept"), root, target })
    }

    /// A program of the npm packages, run by node so that it needs no shell wrapper.
    pub fn node(&self, script: &str) -> Command {
        let mut command = Command::new("node");
        command.arg(self.root.join(script)).current_dir(&self.root);
        command
    }
}

/// A program that hears nothing of the cargo that started us: `ring`'s build script reads
/// `CARGO_MANIFEST_DIR`, and a cargo that finds another one builds it, and what rests on it, anew.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    for (variable, _) in std::env::vars_os() {
        let name = variable.to_string_lossy();
        if name.starts_with("CARGO_MANIFEST_") || name.starts_with("CARGO_PKG_") {
            command.env_remove(&variable);
        }
    }
    command
}

/// Runs one step, and says how long it took.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    eprintln!("→ {name}");
    let result = work().with_context(|| format!("« {name} » did not succeed"))?;
    eprintln!("  {name}: {:.1} s", start.elapsed().as_secs_f32());
    Ok(result)
}

/// Runs a command to its end; anything but success is an error that shows the command.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{} could not be started", command.get_program().display()))?;
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok(())
}
