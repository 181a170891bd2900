//! The post: takes what is due by one channel, and has it carried.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use domain::notify::Channel;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;
use uuid::Uuid;

use super::{Batch, Came, Waiting, lead_missing, next, not_seen, plan, remind, revive, settle};
use crate::error::Error;
use crate::jobs::Rounds;
use crate::swaps::tell_openings;
use crate::{Backend, brief, event, marks};

/// How often this process looks for what is due, where nobody tells it to.
const TICK: Duration = Duration::from_secs(1);
/// Every so many ticks, what a dead process had in hand is taken up, and shifts to come are reminded of.
const SELDOM: u32 = 15;
/// People who are told at once: few, since the other side limits, too.
const AT_ONCE: usize = 8;

/// Some of a batch, and how its hand-over ended.
#[derive(Debug)]
pub struct Handed {
    pub waiting: Vec<Waiting>,
    pub came: Came,
    /// The devices that have it, where others are still to be tried.
    pub reached: Vec<Uuid>,
}

pub type Carrying<'a> = Pin<Box<dyn Future<Output = Vec<Handed>> + Send + 'a>>;

/// Who carries: the process that serves says how.
pub trait Courier: Send + Sync + Debug + 'static {
    /// Hands a batch over. Every delivery of it is in what comes back, and it comes back well within
    /// the time for which a process may have it in hand.
    fn carry(&self, batch: Batch) -> Carrying<'_>;
}

/// Sends what is due by `channel` until `stopped`.
pub async fn run(backend: Backend, courier: Arc<dyn Courier>, channel: Channel, mut stopped: watch::Receiver<bool>) {
    let mut every = tokio::time::interval(TICK);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // A push is awaited, a mail is not.
    let listens = channel == Channel::Push;
    let mut news = if listens { marks::listen(&backend).await.ok() } else { None };
    let mut ticks = 0_u32;
    let mut rounds = Rounds::of(channel.as_str());
    loop {
        tokio::select! {
            _ = stopped.wait_for(|stopped| *stopped) => return,
            _ = every.tick() => ticks = ticks.wrapping_add(1),
            heard = hear(&mut news) => {
                if !heard {
                    // The connection is lost: the tick goes on without it, and tries again.
                    news = None;
                    continue;
                }
            }
        }
        if listens && news.is_none() && ticks.is_multiple_of(SELDOM) {
            news = marks::listen(&backend).await.ok();
        }
        // The database may be away for a while; what is due then stays due.
        let went = round(&backend, &courier, channel, ticks % SELDOM == 1).await;
        if let Err(error) = &went {
            tracing::warn!(%error, channel = channel.as_str(), "could not look for what is to be told");
        }
        rounds.went(&backend, went.as_ref().err()).await;
    }
}

async fn hear(news: &mut Option<marks::Listener>) -> bool {
    match news {
        Some(listener) => listener.heard().await.is_ok(),
        None => std::future::pending().await,
    }
}

async fn round(backend: &Backend, courier: &Arc<dyn Courier>, channel: Channel, seldom: bool) -> Result<(), Error> {
    if seldom {
        let revived = revive(backend).await?;
        if revived > 0 {
            tracing::warn!(revived, "a process died with these in hand; they may arrive twice");
        }
        remind(backend).await?;
        brief::remind(backend).await?;
        event::remind(backend).await?;
        lead_missing(backend).await?;
        not_seen(backend).await?;
    }
    if channel == Channel::Push {
        tell_openings(backend).await?;
    }
    while plan(backend).await? > 0 {}
    let mut carried = JoinSet::new();
    loop {
        while carried.len() < AT_ONCE {
            let Some(batch) = next(backend, channel).await? else { break };
            carried.spawn(carry(backend.clone(), courier.clone(), batch));
        }
        match carried.join_next().await {
            Some(Ok(ended)) => ended?,
            // It stays in hand, and is taken up when its time is over.
            Some(Err(error)) => tracing::error!(%error, "a courier broke off"),
            None => return Ok(()),
        }
    }
}

async fn carry(backend: Backend, courier: Arc<dyn Courier>, batch: Batch) -> Result<(), Error> {
    for Handed { waiting, came, reached } in courier.carry(batch).await {
        settle(&backend, &waiting, &came, &reached).await?;
    }
    Ok(())
}
