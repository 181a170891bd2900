//! One process of the real program: started, asked, and ended without a word.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command as Program};
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub const ORIGIN: &str = "http://alpar.test";
/// A program that is not ready after so long will not be.
const START: Duration = Duration::from_secs(30);

/// A process, now and then, on a folder of its own.
pub struct Serving {
    folder: PathBuf,
    settings: Vec<(&'static str, String)>,
    program: RefCell<Option<Child>>,
}

/// An answer that arrived whole.
#[allow(dead_code, reason = "some tests ask for nothing but whether it is ready")]
pub struct Told {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Serving {
    pub fn new(folder: PathBuf, database: &str) -> Serving {
        fs::create_dir_all(folder.join("site")).unwrap();
        let assets = json!({"build": "b1", "files": {}, "early": {"source": "", "csp": ""}});
        fs::write(folder.join("site/assets.json"), assets.to_string()).unwrap();
        Serving { folder, settings: vec![("DATABASE_URL", database.to_owned())], program: RefCell::default() }
    }

    /// With a setting of its own.
    #[allow(dead_code, reason = "some tests need none")]
    pub fn with(mut self, name: &'static str, value: String) -> Serving {
        self.settings.push((name, value));
        self
    }

    /// Starts the program, and waits until it is ready; gives where it listens: another port at each start.
    pub async fn start(&self) -> SocketAddr {
        let since = Instant::now();
        loop {
            // The kernel names a free port; should somebody else be faster, another one.
            let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let at = free.local_addr().unwrap();
            drop(free);
            let log = File::options().create(true).append(true).open(self.folder.join("log")).unwrap();
            let child = Program::new(env!("CARGO_BIN_EXE_alpar"))
                .arg("serve")
                .env_clear()
                .env("PORT", at.port().to_string())
                .env("PUBLIC_URL", ORIGIN)
                .env("ALPAR_DATA", self.folder.join("data"))
                .env("ALPAR_SITE", self.folder.join("site"))
                .env("ALPAR_LOG", "warn")
                .envs(self.settings.iter().map(|(name, value)| (name, value)))
                .stdout(log.try_clone().unwrap())
                .stderr(log)
                .spawn()
                .unwrap();
            *self.program.borrow_mut() = Some(child);
            while self.is_running() {
                if ask(at, "GET", "/readyz", "", "").await.is_ok_and(|told| told.status == 200) {
                    return at;
                }
                assert!(since.elapsed() < START, "it never became ready:\n{}", self.log());
                pause().await;
            }
            assert!(since.elapsed() < START, "it ended at once:\n{}", self.log());
        }
    }

    /// SIGKILL: the process learns nothing of it.
    pub fn kill(&self) {
        if let Some(mut child) = self.program.take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    pub fn is_running(&self) -> bool {
        self.program.borrow_mut().as_mut().is_some_and(|child| child.try_wait().unwrap().is_none())
    }

    #[allow(dead_code, reason = "some tests look at no file")]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            eprintln!("what the program said:\n{}", self.log());
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Between two looks at something that happens elsewhere.
pub async fn pause() {
    tokio::time::sleep(Duration::from_millis(10)).await;
}

/// One request on a connection of its own.
pub async fn ask(at: SocketAddr, method: &str, path: &str, headers: &str, body: &str) -> io::Result<Told> {
    let cut_off = || io::Error::from(io::ErrorKind::UnexpectedEof);
    let mut stream = TcpStream::connect(at).await?;
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").ok_or_else(cut_off)?;
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let body = answer.split_off(end + 4);
    let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    // Pages are sent as they are made, in chunks of which the last is empty.
    let whole = length.map_or(body.ends_with(b"0\r\n\r\n"), |length: usize| body.len() == length);
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).filter(|_| whole).ok_or_else(cut_off)?;
    Ok(Told { status, head, body })
}
