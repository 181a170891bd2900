//! One PostgreSQL cluster in one folder, without asking anybody for anything.
//!
//! ```text
//! <folder>/cluster/     PostgreSQL's own files
//! <folder>/socket/      where it listens; nobody else may enter
//! <folder>/log          what it said
//! <folder>/start.lock   held while somebody starts or stops it
//! <folder>/users.lock   shared by every process that uses it: the last one out stops it
//! ```
//! Locks are the kernel's: they end with their process, however it ends. So after a `kill -9` the next
//! start finds either a cluster that still runs, and takes it over, or one that PostgreSQL itself repairs.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

#[path = "programs.rs"]
mod programs;

use programs::Programs;

/// Socket addresses end at about 104 bytes on the smallest system; PostgreSQL adds its own file name.
const LONGEST_SOCKET_FOLDER: usize = 80;
/// A cluster that has to replay its journal may take this long.
const PATIENCE: Duration = Duration::from_secs(60);

/// Why there is no PostgreSQL, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum PostgresError {
    #[error(
        "PostgreSQL's programs (initdb, pg_ctl, postgres) were not found. Install them (Debian: apt-get install postgresql; \
         macOS: brew install postgresql@17), say where they are with ALPAR_PG_BIN, or set DATABASE_URL to a server of yours."
    )]
    NoPrograms,
    #[error(
        "The cluster in {folder} was made by PostgreSQL {made_by}, and only {found} was found. Install PostgreSQL {made_by}, \
         or move the folder aside to start anew."
    )]
    OtherVersion { folder: PathBuf, made_by: String, found: String },
    #[error(
        "PostgreSQL refuses to run as root, and there is no user « postgres » or « nobody » to run it as. Create one, or set DATABASE_URL."
    )]
    NoUser,
    #[error("{folder} belongs to somebody else (user {owner}). Remove it, or set ALPAR_DATA to another folder.")]
    Foreign { folder: PathBuf, owner: u32 },
    #[error("{program} did not succeed in {folder}:\n{said}")]
    Failed { program: &'static str, folder: PathBuf, said: String },
    #[error("{what} {path}: {source}. Check that the folder exists, is writable and has room.")]
    Io { what: &'static str, path: PathBuf, source: io::Error },
}

/// How much the data are worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// The co-op's data.
    Kept,
    /// A test's: nothing is synced to disk, and the folder goes at the end.
    Throwaway,
}

/// A running cluster and this process's share in it.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    sockets: PathBuf,
    programs: Programs,
    user: Option<User>,
    care: Care,
    url: String,
    note: Option<String>,
    /// Held shared as long as this process uses the cluster.
    users: File,
}

/// Whom PostgreSQL runs as when we are root.
#[derive(Clone, Copy, Debug)]
struct User {
    uid: u32,
    gid: u32,
}

impl Cluster {
    /// Starts the cluster of `folder`, made if need be; `checkout` is where npm may have put PostgreSQL's programs.
    pub fn start(folder: &Path, checkout: &Path, care: Care) -> Result<Self, PostgresError> {
        let user = unprivileged()?;
        let (folder, note) = reachable(folder, user)?;
        let start = open_lock(&folder.join("start.lock"))?;
        start.lock().map_err(io_error("lock", &folder.join("start.lock")))?;
        let users = open_lock(&folder.join("users.lock"))?;
        let alone = match users.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => false,
            Err(TryLockError::Error(source)) => return Err(io_error("lock", &folder.join("users.lock"))(source)),
        };
        let data = folder.join("cluster");
        let programs = programs::find(checkout, made_by(&data).as_deref(), &folder)?;
        let sockets = socket_folder(&folder, user)?;
        let url = format!("postgres://alpar@localhost:5432/alpar?host={}", percent(&sockets));
        let cluster = Self { folder, sockets, programs, user, care, url, note, users };
        if alone {
            cluster.bring_up(&data)?;
            cluster.users.unlock().map_err(io_error("unlock", &cluster.folder))?;
        }
        cluster.users.lock_shared().map_err(io_error("lock", &cluster.folder))?;
        drop(start);
        Ok(cluster)
    }

    /// What `DATABASE_URL` would say.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Something the person at the keyboard should know, in one sentence.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// Stops the cluster, unless another process still uses it.
    pub fn stop(self) -> Result<(), PostgresError> {
        let path = self.folder.join("start.lock");
        let start = open_lock(&path)?;
        start.lock().map_err(io_error("lock", &path))?;
        self.users.unlock().map_err(io_error("unlock", &self.folder))?;
        if self.users.try_lock().is_err() {
            return Ok(());
        }
        let data = self.folder.join("cluster");
        self.run("pg_ctl", &["stop", "--silent", "--wait", "--mode=fast", "--timeout=60", "-D"], &data)?;
        // Under /tmp when the path beside the cluster is too long.
        let _ = fs::remove_dir(&self.sockets);
        if self.care == Care::Throwaway {
            fs::remove_dir_all(&self.folder).map_err(io_error("remove", &self.folder))?;
        }
        Ok(())
    }

    /// Nobody else uses the folder: whatever is in it is ours to repair.
    fn bring_up(&self, data: &Path) -> Result<(), PostgresError> {
        if self.answers(data) {
            if self.care == Care::Kept {
                return Ok(());
            }
            self.run("pg_ctl", &["stop", "--silent", "--wait", "--mode=immediate", "-D"], data)?;
        }
        if self.care == Care::Throwaway && data.exists() {
            fs::remove_dir_all(data).map_err(io_error("remove", data))?;
        }
        self.clear_stale_pid(data)?;
        if made_by(data).is_none() {
            self.make(data)?;
        }
        self.configure(data)?;
        // Backends of a postmaster that was killed need a moment to notice; until then the memory is in use.
        let start = Instant::now();
        let patience = PATIENCE.as_secs().to_string();
        loop {
            let log = self.folder.join("log");
            let log = log.to_string_lossy();
            match self.run("pg_ctl", &["start", "--silent", "--wait", "--timeout", &patience, "--log", &log, "-D"], data) {
                Ok(()) => return Ok(()),
                Err(_) if self.answers(data) => return Ok(()),
                Err(error) if start.elapsed() > Duration::from_secs(8) => return Err(self.with_log(error)),
                Err(_) => sleep(Duration::from_millis(500)),
            }
        }
    }

    /// Made beside its place and moved there whole, so that an interruption leaves no half cluster.
    fn make(&self, data: &Path) -> Result<(), PostgresError> {
        let fresh = self.folder.join("cluster.new");
        let mut said = Ok(());
        // Not every system has the first locale; both sort by code point.
        for locale in ["--locale=C.UTF-8", "--locale=C"] {
            let _ = fs::remove_dir_all(&fresh);
            let mut flags = vec!["--username=alpar", "--auth=trust", "--encoding=UTF8", locale];
            if self.care == Care::Throwaway {
                flags.push("--no-sync");
            }
            flags.push("-D");
            said = self.run("initdb", &flags, &fresh);
            if said.is_ok() {
                break;
            }
        }
        said?;
        let mut single = self.command("postgres");
        single.args(["--single", "-D"]).arg(&fresh).arg("postgres").stdin(Stdio::piped());
        self.finish("postgres", single, Some("create database alpar;\n"))?;
        fs::rename(&fresh, data).map_err(io_error("move into place", data))
    }

    fn configure(&self, data: &Path) -> Result<(), PostgresError> {
        let (sync, connections) = match self.care {
            Care::Kept => ("on", 60),
            Care::Throwaway => ("off", 200),
        };
        let settings = format!(
            "# Written at every start.\nlisten_addresses = ''\nunix_socket_directories = '{}'\nunix_socket_permissions = 0700\n\
             port = 5432\nmax_connections = {connections}\nshared_buffers = 64MB\nfsync = {sync}\nsynchronous_commit = {sync}\n\
             full_page_writes = {sync}\ntimezone = 'UTC'\nlog_timezone = 'UTC'\nlog_min_messages = warning\nlog_checkpoints = off\n\
             jit = off\n",
            self.sockets.to_string_lossy().replace('\'', "''")
        );
        let path = data.join("postgresql.conf");
        fs::write(&path, settings).map_err(io_error("write", &path))
    }

    /// A `postmaster.pid` whose process is gone, or is something else by now, would keep PostgreSQL from starting.
    fn clear_stale_pid(&self, data: &Path) -> Result<(), PostgresError> {
        let path = data.join("postmaster.pid");
        let Ok(text) = fs::read_to_string(&path) else { return Ok(()) };
        let pid = text.lines().next().unwrap_or_default().trim();
        if Path::new("/proc/self/stat").exists() {
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
            // « 4711 (postgres) S … »: a zombie has ended, whatever its name.
            let alive = stat.contains("(postgres) ") && !stat.contains(") Z ");
            if !alive {
                fs::remove_file(&path).map_err(io_error("remove", &path))?;
            }
        }
        Ok(())
    }

    fn answers(&self, data: &Path) -> bool {
        data.join("postmaster.pid").exists() && UnixStream::connect(self.sockets.join(".s.PGSQL.5432")).is_ok()
    }

    /// Runs one of PostgreSQL's programs whose last argument is the cluster.
    fn run(&self, program: &'static str, arguments: &[&str], data: &Path) -> Result<(), PostgresError> {
        let mut command = self.command(program);
        command.args(arguments).arg(data).stdin(Stdio::null());
        self.finish(program, command, None)
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.folder.join(program));
        // Ctrl-C in the terminal is for the server, which then stops PostgreSQL in good order.
        command.current_dir(&self.folder).process_group(0).env_remove("PGDATA").env_remove("PGPORT").env("LC_ALL", "C");
        if let Some(user) = self.user {
            command.uid(user.uid).gid(user.gid);
        }
        command
    }

    /// Output goes to a file: a pipe would stay open as long as the postmaster that inherits it.
    fn finish(&self, program: &'static str, mut command: Command, input: Option<&str>) -> Result<(), PostgresError> {
        let said_path = self.folder.join("said");
        let said = File::create(&said_path).map_err(io_error("write", &said_path))?;
        let also = said.try_clone().map_err(io_error("write", &said_path))?;
        let mut child =
            command.stdout(said).stderr(also).spawn().map_err(io_error("start", &self.programs.folder.join(program)))?;
        if let (Some(text), Some(mut stdin)) = (input, child.stdin.take()) {
            stdin.write_all(text.as_bytes()).map_err(io_error("write to", Path::new(program)))?;
        }
        let status = child.wait().map_err(io_error("wait for", Path::new(program)))?;
        if status.success() {
            return Ok(());
        }
        let said = fs::read_to_string(&said_path).unwrap_or_default();
        Err(PostgresError::Failed { program, folder: self.folder.clone(), said })
    }

    fn with_log(&self, error: PostgresError) -> PostgresError {
        let PostgresError::Failed { program, folder, mut said } = error else { return error };
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        let last: Vec<&str> = log.lines().rev().take(10).collect();
        said.extend(last.iter().rev().map(|line| format!("\n{line}")));
        PostgresError::Failed { program, folder, said }
    }
}

/// The major version that made the cluster, if there is one.
fn made_by(data: &Path) -> Option<String> {
    fs::read_to_string(data.join("PG_VERSION")).ok().map(|version| version.trim().to_owned())
}

/// Nobody in particular when we are root, ourselves otherwise.
fn unprivileged() -> Result<Option<User>, PostgresError> {
    let id = |arguments: &[&str]| {
        let output = Command::new("id").args(arguments).stderr(Stdio::null()).output().ok()?;
        String::from_utf8(output.stdout).ok()?.trim().parse::<u32>().ok()
    };
    if id(&["-u"]) != Some(0) {
        return Ok(None);
    }
    ["postgres", "nobody"]
        .into_iter()
        .find_map(|name| Some(User { uid: id(&["-u", name])?, gid: id(&["-g", name])? }))
        .map(Some)
        .ok_or(PostgresError::NoUser)
}

/// The folder wanted, or, where PostgreSQL's user cannot get to it, one under /var/lib named after it.
fn reachable(wanted: &Path, user: Option<User>) -> Result<(PathBuf, Option<String>), PostgresError> {
    let existed = wanted.exists();
    fs::create_dir_all(wanted).map_err(io_error("create", wanted))?;
    let wanted = fs::canonicalize(wanted).map_err(io_error("find", wanted))?;
    let Some(user) = user else {
        private(&wanted, None)?;
        return Ok((wanted, None));
    };
    let elsewhere = ["/var/lib", "/var/tmp"].map(|parent| Path::new(parent).join(format!("alpar-{:016x}", fingerprint(&wanted))));
    let in_use = |folder: &Path| folder.join("cluster/PG_VERSION").exists();
    let moved = elsewhere.iter().find(|folder| in_use(folder));
    if moved.is_none() && (in_use(&wanted) || can_enter(&wanted, user)) {
        private(&wanted, Some(user))?;
        return Ok((wanted, None));
    }
    if !existed {
        let _ = fs::remove_dir(&wanted);
    }
    let candidates = moved.map_or(elsewhere.to_vec(), |moved| vec![moved.clone()]);
    let mut refused = None;
    for folder in candidates {
        match fs::create_dir_all(&folder).map_err(io_error("create", &folder)).and_then(|()| private(&folder, Some(user))) {
            Ok(()) => {
                let note =
                    format!("PostgreSQL's user cannot enter {}: the database is kept in {}.", wanted.display(), folder.display());
                return Ok((folder, Some(note)));
            }
            Err(error) => refused = Some(error),
        }
    }
    Err(refused.unwrap_or(PostgresError::NoUser))
}

/// Whether the user may pass through every folder above, as the system itself sees it.
fn can_enter(folder: &Path, user: User) -> bool {
    let parent = folder.parent().unwrap_or(folder);
    let mut test = Command::new("/bin/sh");
    test.args(["-c", "cd \"$0\""]).arg(parent).uid(user.uid).gid(user.gid).current_dir("/");
    test.stdin(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Makes a folder PostgreSQL's alone; one that somebody else prepared is refused.
fn private(folder: &Path, user: Option<User>) -> Result<(), PostgresError> {
    let metadata = fs::symlink_metadata(folder).map_err(io_error("look at", folder))?;
    if let Some(user) = user {
        if !metadata.is_dir() || (metadata.uid() != 0 && metadata.uid() != user.uid) {
            return Err(PostgresError::Foreign { folder: folder.to_path_buf(), owner: metadata.uid() });
        }
        chown(folder, Some(user.uid), Some(user.gid)).map_err(io_error("hand over", folder))?;
    }
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(io_error("protect", folder))
}

/// Beside the cluster, or, where that path is too long for a socket, a private folder under /tmp.
fn socket_folder(folder: &Path, user: Option<User>) -> Result<PathBuf, PostgresError> {
    let mut sockets = folder.join("socket");
    if sockets.as_os_str().len() > LONGEST_SOCKET_FOLDER {
        sockets = Path::new("/tmp").join(format!("alpar-{:016x}", fingerprint(folder)));
    }
    match fs::create_dir(&sockets) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(io_error("create", &sockets)(error)),
        _ => private(&sockets, user)?,
    }
    Ok(sockets)
}

fn open_lock(path: &Path) -> Result<File, PostgresError> {
    File::options().create(true).truncate(false).write(true).open(path).map_err(io_error("open", path))
}

fn io_error(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> PostgresError {
    let path = path.to_path_buf();
    move |source| PostgresError::Io { what, path, source }
}

/// FNV-1a: the same name for the same path on every start and in every build.
fn fingerprint(path: &Path) -> u64 {
    path.as_os_str()
        .as_encoded_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// A path as the value of a URL's parameter.
fn percent(path: &Path) -> String {
    path.as_os_str()
        .as_encoded_bytes()
        .iter()
        .map(|&byte| match byte {
            b'/' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
