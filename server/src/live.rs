//! News: which slice changed. The database's marks are the truth; a NOTIFY only says to look now.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use backend::Backend;
use backend::error::Error;
use backend::marks::{self, Current, Listener};
use domain::id::{MemberId, SessionId};
use serde::Serialize;
use tokio::sync::{Notify, broadcast, watch};
use tokio::time::{Instant, MissedTickBehavior};

/// Every process looks this often, notified or not.
const POLL: Duration = Duration::from_secs(1);
/// News of acts that follow each other closely are told together.
const COALESCE: Duration = Duration::from_millis(50);
/// News that a slow stream may have waiting.
const WAITING: usize = 256;

/// A slice changed; `member` says whose, if it is somebody's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    pub slice: &'static str,
    pub mark: i64,
    #[serde(skip)]
    pub member: Option<MemberId>,
}

#[derive(Debug, Clone)]
pub enum News {
    Changed(Change),
    /// This session is over: its streams end.
    Ended(SessionId),
}

#[derive(Clone)]
pub struct Live {
    backend: Backend,
    shared: Arc<Shared>,
}

struct Shared {
    news: broadcast::Sender<News>,
    acted: Notify,
    /// True once the process stops.
    stop: watch::Sender<bool>,
    /// How many streams each member has open in this process.
    listeners: Mutex<HashMap<MemberId, usize>>,
}

impl Live {
    pub fn new(backend: Backend) -> Live {
        let shared = Shared {
            news: broadcast::channel(WAITING).0,
            acted: Notify::new(),
            stop: watch::channel(false).0,
            listeners: Mutex::default(),
        };
        Live { backend, shared: Arc::new(shared) }
    }

    /// An act was just committed by this process.
    pub fn changed(&self) {
        self.shared.acted.notify_one();
    }

    /// Ends the streams of a session that was just ended.
    pub fn end(&self, session: SessionId) {
        // Nobody listening is no trouble.
        let _ = self.shared.news.send(News::Ended(session));
    }

    /// Ends every stream, and the watch itself.
    pub fn stop(&self) {
        self.shared.stop.send_replace(true);
    }

    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.shared.stop.subscribe()
    }

    /// What happens from now on, as one member's stream hears it.
    pub fn listen(&self, member: MemberId) -> Listening {
        *self.listeners().entry(member).or_default() += 1;
        Listening { news: self.shared.news.subscribe(), live: self.clone(), member }
    }

    fn listeners(&self) -> std::sync::MutexGuard<'_, HashMap<MemberId, usize>> {
        self.shared.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Watches until the process stops.
    pub async fn watch(self) {
        let mut stop = self.stopping();
        let mut tick = tokio::time::interval(POLL);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut listener: Option<Listener> = None;
        let mut seen = Seen::default();
        let mut told_at = Instant::now();
        loop {
            if listener.is_none() {
                listener = marks::listen(&self.backend).await.ok();
            }
            tokio::select! {
                () = stopped(&mut stop) => return,
                _ = tick.tick() => {}
                () = self.shared.acted.notified() => {
                    tokio::time::sleep_until(told_at + COALESCE).await;
                    told_at = Instant::now();
                    if let Err(error) = marks::tell(&self.backend).await {
                        tracing::debug!(%error, "other processes will see it at their next look");
                    }
                }
                heard = hear(&mut listener) => if heard.is_err() { listener = None },
            }
            if let Err(error) = self.look(&mut seen).await {
                tracing::debug!(%error, "marks cannot be read now");
            }
        }
    }

    /// Reads the marks that somebody here cares about, and tells what moved.
    async fn look(&self, seen: &mut Seen) -> Result<(), Error> {
        let members: Vec<MemberId> = self.listeners().keys().copied().collect();
        if members.is_empty() {
            *seen = Seen::default();
            return Ok(());
        }
        let current = marks::current(&self.backend, &members).await?;
        for change in seen.update(current) {
            let _ = self.shared.news.send(News::Changed(change));
        }
        Ok(())
    }
}

/// Completes once the process stops.
pub async fn stopped(stop: &mut watch::Receiver<bool>) {
    // A sender that is gone has stopped too.
    let _ = stop.wait_for(|stop| *stop).await;
}

async fn hear(listener: &mut Option<Listener>) -> Result<(), Error> {
    match listener {
        Some(listener) => listener.heard().await,
        None => std::future::pending().await,
    }
}

/// The marks as they were last told. What is new here is told too: it may have moved before anybody listened.
#[derive(Default)]
struct Seen {
    shared: BTreeMap<&'static str, i64>,
    own: HashMap<MemberId, i64>,
}

impl Seen {
    fn update(&mut self, current: Current) -> Vec<Change> {
        let mut changes = Vec::new();
        for (slice, mark) in [
            ("calendar", current.calendar),
            ("groups", current.groups),
            ("briefs", current.briefs),
            ("events", current.events),
            ("catalogue", current.catalogue),
        ] {
            if self.shared.insert(slice, mark) != Some(mark) {
                changes.push(Change { slice, mark, member: None });
            }
        }
        let own: HashMap<MemberId, i64> = current.own.into_iter().collect();
        for (member, mark) in &own {
            if self.own.get(member) != Some(mark) {
                changes.push(Change { slice: "me", mark: *mark, member: Some(*member) });
            }
        }
        self.own = own;
        changes
    }
}

/// One stream's ear; counted while it lives.
pub struct Listening {
    news: broadcast::Receiver<News>,
    live: Live,
    member: MemberId,
}

impl Listening {
    /// The next piece of news for this stream; `None` when it is time to reconnect and ask for everything.
    pub async fn next(&mut self, session: SessionId) -> Option<Change> {
        loop {
            match self.news.recv().await.ok()? {
                News::Ended(ended) if ended == session => return None,
                News::Changed(change) if change.member.is_none_or(|member| member == self.member) => return Some(change),
                _ => {}
            }
        }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let mut listeners = self.live.listeners();
        if let Some(count) = listeners.get_mut(&self.member) {
            *count -= 1;
            if *count == 0 {
                listeners.remove(&self.member);
            }
        }
    }
}
