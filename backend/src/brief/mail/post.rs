//! The brief's own post: takes the copies that are due, and has them carried.

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;

use super::hand::{BriefCopy, Next, next};
use super::settle::{revive, settle};
use crate::Backend;
use crate::error::Error;
use crate::jobs::Rounds;
use crate::notify::Came;

/// How often this process looks for what is due.
const TICK: Duration = Duration::from_secs(1);
/// How often while the pace alone keeps it waiting: a part of the second that it counts in.
const PACED: Duration = Duration::from_millis(50);
/// Every so many ticks, what a dead process had in hand is taken up.
const SELDOM: u32 = 15;
/// Copies carried at once: as many as there are connections to the mail server.
const AT_ONCE: usize = 4;

pub type CarryingCopy<'a> = Pin<Box<dyn Future<Output = Came> + Send + 'a>>;

/// Who carries the brief: the process that serves says how.
pub trait Postman: Send + Sync + Debug + 'static {
    /// Hands a copy over, and comes back well within the time for which a process may have it in hand.
    fn carry(&self, copy: BriefCopy) -> CarryingCopy<'_>;

    /// How many copies all processes together may hand over in a second.
    fn pace(&self) -> u32;
}

/// Sends what is due until `stopped`.
pub async fn run(backend: Backend, postman: Arc<dyn Postman>, mut stopped: watch::Receiver<bool>) {
    let mut every = tokio::time::interval(TICK);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut ticks = 0_u32;
    let mut rounds = Rounds::of("brief_mail");
    loop {
        tokio::select! {
            _ = stopped.wait_for(|stopped| *stopped) => return,
            _ = every.tick() => ticks = ticks.wrapping_add(1),
        }
        // The database may be away for a while; what is due then stays due.
        let went = round(&backend, &postman, ticks % SELDOM == 1, &stopped).await;
        if let Err(error) = &went {
            tracing::warn!(%error, "could not look for copies of the brief");
        }
        rounds.went(&backend, went.as_ref().err()).await;
    }
}

async fn round(
    backend: &Backend,
    postman: &Arc<dyn Postman>,
    seldom: bool,
    stopped: &watch::Receiver<bool>,
) -> Result<(), Error> {
    if seldom {
        let revived = revive(backend).await?;
        if revived > 0 {
            tracing::warn!(revived, "a process died with copies of the brief in hand; they may arrive twice");
        }
    }
    let mut carried = JoinSet::new();
    let mut went = Ok(());
    loop {
        let mut paced = false;
        while went.is_ok() && carried.len() < AT_ONCE && !*stopped.borrow() {
            match next(backend, postman.pace()).await {
                Ok(Next::Copy(copy)) => drop(carried.spawn(carry(backend.clone(), postman.clone(), *copy))),
                Ok(Next::Paced) => {
                    paced = true;
                    break;
                }
                Ok(Next::Nothing) => break,
                Err(error) => went = Err(error),
            }
        }
        // Whatever went wrong, those on their way are noted first: dropped, they would be sent again.
        match carried.join_next().await {
            Some(Ok(ended)) => went = went.and(ended),
            // It stays in hand, and is taken up when its time is over.
            Some(Err(error)) => tracing::error!(%error, "the carrying of a brief broke off"),
            None if went.is_err() => return went,
            None if paced => tokio::time::sleep(PACED).await,
            None => return Ok(()),
        }
    }
}

/// How often what became of a copy is noted while the database is away, and after how long again.
const NOTED: usize = 5;
const AGAIN: Duration = Duration::from_secs(2);

async fn carry(backend: Backend, postman: Arc<dyn Postman>, copy: BriefCopy) -> Result<(), Error> {
    let came = postman.carry(copy.clone()).await;
    for _ in 1..NOTED {
        match settle(&backend, &copy, &came).await {
            Ok(()) => return Ok(()),
            Err(error) => tracing::warn!(%error, "could not note what became of a copy"),
        }
        tokio::time::sleep(AGAIN).await;
    }
    settle(&backend, &copy, &came).await
}
