//! The house under measure: the release server on a throwaway PostgreSQL, with the demo co-op in it.

use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::cluster::{Care, Cluster};
use crate::cpu::Watched;
use crate::http::Client;
use crate::place::Place;
use crate::sql::Sql;
use crate::statements::Ear;

/// When the co-op's clock starts: a Tuesday of a whole week, in the milliseconds that ids carry and in words.
pub const CLOCK: &str = "2026-11-24T08:00:00+01:00";
pub const CLOCK_MS: u64 = 1_795_503_600_000;
/// How long the server may take to answer for the first time: it loads the demo co-op before.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct House {
    cluster: Option<Cluster>,
    server: Option<Child>,
    pub address: SocketAddr,
    pub data: PathBuf,
    pub sockets: PathBuf,
    pub watched: Watched,
    started: Instant,
    log: PathBuf,
}

impl House {
    /// Starts all of it and waits until it has come to rest.
    pub fn open(place: &Place) -> Result<House> {
        House::with(place, &[])
    }

    /// The same, with settings of its own.
    pub fn with(place: &Place, settings: &[(&str, &str)]) -> Result<House> {
        // One folder per checkout: what an interrupted run left behind is found and cleaned by the next.
        let name = hex::encode(&Sha256::digest(place.root.as_os_str().as_encoded_bytes())[..5]);
        let data = std::env::temp_dir().join(format!("alpar-bench-{name}"));
        fs::create_dir_all(&data)?;
        for left in ["mail", "serve.lock"] {
            let left = data.join(left);
            let _ = fs::remove_dir_all(&left).or_else(|_| fs::remove_file(&left));
        }
        let cluster = Cluster::start(&data.join("postgres"), &place.root, Care::Throwaway)?;
        if let Some(note) = cluster.note() {
            println!("{note}");
        }
        let sockets = sockets(cluster.url())?;
        let (mut sql, address) = (Sql::connect(&sockets)?, free_address()?);
        let cluster_folder = PathBuf::from(sql.one("show data_directory")?);
        let postmaster = fs::read_to_string(cluster_folder.join("postmaster.pid"))?;
        let postmaster = postmaster.lines().next().and_then(|pid| pid.trim().parse().ok()).context("the postmaster's process")?;
        let log = cluster_folder.with_file_name("log");
        let started = Instant::now();
        let mut house = House {
            address,
            sockets,
            started,
            log,
            watched: Watched { server: 0, postmaster },
            server: None,
            data: data.clone(),
            cluster: Some(cluster),
        };
        let said = File::create(data.join("server.log"))?;
        let server = Command::new(&place.server)
            .arg("serve")
            .env_clear()
            .envs(std::env::vars_os().filter(|(name, _)| name == "PATH" || name == "HOME"))
            .envs([("HOST", "127.0.0.1"), ("ALPAR_DEV", "1"), ("ALPAR_CLOCK", CLOCK), ("TRUSTED_PROXIES", "127.0.0.1/32")])
            .env("PORT", address.port().to_string())
            .env("DATABASE_URL", house.cluster.as_ref().map(Cluster::url).unwrap_or_default())
            .env("ALPAR_DATA", &data)
            .env("ALPAR_SITE", &place.site)
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(said.try_clone()?)
            .stderr(said)
            .spawn()
            .with_context(|| format!("start {}", place.server.display()))?;
        house.watched.server = server.id();
        house.server = Some(server);
        house.wait(&mut sql)?;
        Ok(house)
    }

    /// Until it answers, and until what it does at its first start is done.
    fn wait(&mut self, sql: &mut Sql) -> Result<()> {
        let ready = || Client::connect(self.address)?.get("/readyz", &[])?.expect(200);
        while let Err(error) = ready() {
            let ended = self.server.as_mut().is_some_and(|server| server.try_wait().is_ok_and(|status| status.is_some()));
            if ended || self.started.elapsed() > PATIENCE {
                let said = fs::read_to_string(self.data.join("server.log")).unwrap_or_default();
                bail!("the server did not start: {error:#}\n{said}");
            }
            sleep(Duration::from_millis(100));
        }
        let busy = "select count(*) from due_work where done_at is null and due_at < '2026-11-24 07:30:00+00'";
        let queued = "select count(*) from graphile_worker.jobs";
        while sql.one(busy)? != "0" || sql.one(queued)? != "0" {
            if self.started.elapsed() > PATIENCE {
                bail!("the first night's work does not end");
            }
            sleep(Duration::from_millis(100));
        }
        sql.run("vacuum analyze")
    }

    pub fn sql(&self) -> Result<Sql> {
        Sql::connect(&self.sockets)
    }

    pub fn client(&self) -> Result<Client> {
        Client::connect(self.address)
    }

    pub fn ear(&self) -> Ear {
        Ear::on(self.log.clone())
    }

    /// The co-op's clock, in milliseconds since 1970.
    pub fn now_ms(&self) -> u64 {
        CLOCK_MS + u64::try_from(self.started.elapsed().as_millis()).unwrap_or_default()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if let Some(mut server) = self.server.take() {
            // Asked, so that it lets go of the database.
            let _ = Command::new("kill").arg(server.id().to_string()).status();
            let asked = Instant::now();
            while server.try_wait().is_ok_and(|status| status.is_none()) && asked.elapsed() < Duration::from_secs(20) {
                sleep(Duration::from_millis(50));
            }
            let _ = server.kill();
            let _ = server.wait();
        }
        if let Some(Err(error)) = self.cluster.take().map(Cluster::stop) {
            eprintln!("{error}");
        }
        let _ = fs::remove_dir_all(&self.data);
    }
}

/// An address on this machine that nobody listens on.
fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?)
}

/// The folder of the cluster's socket, from its address.
fn sockets(url: &str) -> Result<PathBuf> {
    let (_, host) = url.split_once("?host=").context("the cluster listens on a socket")?;
    let (mut bytes, mut rest) = (Vec::new(), host.bytes());
    while let Some(byte) = rest.next() {
        let digits: Vec<u8> = if byte == b'%' { rest.by_ref().take(2).collect() } else { Vec::new() };
        bytes.push(if byte == b'%' { u8::from_str_radix(std::str::from_utf8(&digits)?, 16)? } else { byte });
    }
    Ok(PathBuf::from(String::from_utf8(bytes)?))
}
