//! What the server and its PostgreSQL used: CPU time and memory, from `/proc`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// Processes whose work is counted.
#[derive(Clone, Copy, Debug)]
pub struct Watched {
    pub server: u32,
    pub postmaster: u32,
}

/// CPU time used between two looks; « wall » is all there is where there is no `/proc`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Used {
    pub server: Duration,
    pub postgres: Duration,
    pub wall: Duration,
}

impl Used {
    /// Both, in milliseconds for each of `count`.
    pub fn ms_each(&self, count: usize) -> f64 {
        each(self.server + self.postgres, count)
    }

    /// « server 0.71, PostgreSQL 0.20, wall 1.02 ms »
    pub fn parts(&self, count: usize) -> String {
        format!(
            "server {:.2}, PostgreSQL {:.2}, wall {:.2} ms",
            each(self.server, count),
            each(self.postgres, count),
            each(self.wall, count)
        )
    }
}

fn each(time: Duration, count: usize) -> f64 {
    time.as_secs_f64() * 1000.0 / count.max(1) as f64
}

/// CPU time of each process so far.
struct Look {
    server: Duration,
    postgres: BTreeMap<u32, Duration>,
}

impl Watched {
    /// Whether this system tells what processes use.
    pub fn is_known() -> bool {
        Path::new("/proc/self/stat").exists()
    }

    /// Runs `work`, and gives what it cost the server and PostgreSQL.
    pub fn during<T>(&self, work: impl FnOnce() -> T) -> (T, Used) {
        let before = self.look();
        let clock = Instant::now();
        let done = work();
        let wall = clock.elapsed();
        let after = self.look();
        // A process that began meanwhile counts from its start; one that ended takes its last moments along.
        let spent = |(pid, used): (&u32, &Duration)| used.saturating_sub(before.postgres.get(pid).copied().unwrap_or_default());
        let postgres = after.postgres.iter().map(spent).sum();
        (done, Used { server: after.server.saturating_sub(before.server), postgres, wall })
    }

    fn look(&self) -> Look {
        let backends = self.backends().into_iter().map(|pid| (pid, used_by(pid)));
        Look { server: used_by(self.server), postgres: backends.chain([(self.postmaster, used_by(self.postmaster))]).collect() }
    }

    /// PostgreSQL's processes, but for the first.
    fn backends(&self) -> Vec<u32> {
        let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
        let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
        pids.filter(|pid| parent_of(*pid) == Some(self.postmaster)).collect()
    }

    /// Memory in use: the server's, its highest so far, and its backends' own; in bytes.
    pub fn memory(&self) -> Memory {
        let backends = self.backends();
        Memory {
            resident: status(self.server, "VmRSS"),
            highest: status(self.server, "VmHWM"),
            backends: backends.len(),
            // The shared buffers are in each process's map and only once in memory.
            backends_own: backends.iter().map(|pid| status(*pid, "RssAnon")).sum(),
        }
    }
}

/// In bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Memory {
    pub resident: u64,
    pub highest: u64,
    pub backends: usize,
    pub backends_own: u64,
}

/// What stands after the name in `/proc/<pid>/stat`, from the state on: the name itself may hold anything.
fn stat(pid: u32) -> Option<Vec<String>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = text.rsplit_once(") ")?;
    Some(rest.split(' ').map(ToOwned::to_owned).collect())
}

fn parent_of(pid: u32) -> Option<u32> {
    stat(pid)?.get(1)?.parse().ok()
}

/// User and system time of all threads.
fn used_by(pid: u32) -> Duration {
    let threads = fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    let precise: Option<u64> = threads.map(|thread| on_cpu_ns(&thread.path())).sum();
    match precise {
        Some(ns) if ns > 0 => Duration::from_nanos(ns),
        _ => ticks(pid),
    }
}

/// The kernel's own count in nanoseconds, where it keeps one.
fn on_cpu_ns(thread: &Path) -> Option<u64> {
    fs::read_to_string(thread.join("schedstat")).ok()?.split(' ').next()?.parse().ok()
}

/// `utime` and `stime`, in hundredths of a second on every Linux there is.
fn ticks(pid: u32) -> Duration {
    let fields = stat(pid).unwrap_or_default();
    let ticks: u64 = [11, 12].into_iter().filter_map(|at| fields.get(at)?.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// A line of `/proc/<pid>/status` that counts in kB; in bytes.
fn status(pid: u32, name: &str) -> u64 {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() * 1024
}
