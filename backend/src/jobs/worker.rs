//! The worker: runs the queue's jobs in this process, beside any other processes that do.

use std::error::Error as StdError;
use std::fmt::Debug;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use domain::id::{AssemblyId, MemberId};
use domain::notify::Channel;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext, WorkerOptions, WorkerRecoveryConfig};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use super::record::{Rounds, recorded};
use super::{Mail, due, purge};
use crate::Backend;
use crate::brief::mail::{self, Postman};
use crate::error::Error;
use crate::notify::{self, Courier};
use crate::{assembly, brief, dossiers, event, governance, ledger, register, sheet, shifts, swaps};

/// What sending came to; a failure is tried again, later and later.
pub type Delivery<'a> = Pin<Box<dyn Future<Output = Result<(), Box<dyn StdError + Send + Sync>>> + Send + 'a>>;

/// How mails leave; the process that serves says it.
pub trait Mailer: Send + Sync + Debug + 'static {
    /// `job` is the same whenever the same mail is handed over: again after a failure, or after a process died with it.
    fn send(&self, mail: Mail, job: i64) -> Delivery<'_>;
}

/// How often this process looks for what is due.
const TICK: Duration = Duration::from_secs(1);
/// How long a running job may go on after `shutdown`.
const GRACE: Duration = Duration::from_secs(5);
/// Jobs at once: few, since members come first.
const AT_ONCE: usize = 2;

/// Runs due work and the queue until `shutdown`.
pub async fn run_worker(
    backend: Backend,
    mailer: Arc<dyn Mailer>,
    courier: Arc<dyn Courier>,
    postman: Arc<dyn Postman>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Box<dyn StdError + Send + Sync>> {
    due::plan(&backend).await?;
    let (stop, stopped) = watch::channel(false);
    let [pushes, mails] = Channel::ALL.map(|channel| notify::run(backend.clone(), courier.clone(), channel, stopped.clone()));
    let briefs = mail::run(backend.clone(), postman, stopped.clone());
    let worker = WorkerOptions::default()
        .pg_pool(backend.pool.clone())
        .schema("graphile_worker")
        .concurrency(AT_ONCE)
        .worker_recovery(WorkerRecoveryConfig { enabled: true, ..WorkerRecoveryConfig::default() })
        .listen_os_shutdown_signals(false)
        .shutdown_grace_period(GRACE)
        .shutdown_signal(async move {
            shutdown.await;
            stop.send_replace(true);
        })
        .add_extension(Hands { backend: backend.clone(), mailer })
        .define_job::<SendMail>()
        .define_job::<Convoke>()
        .define_job::<Expire>()
        .define_job::<FallDue>()
        .define_job::<Briefs>()
        .define_job::<Generate>()
        .define_job::<Match>()
        .define_job::<Purge>()
        .define_job::<CloseSheets>()
        .define_job::<Mandates>()
        .define_job::<Dossiers>()
        .define_job::<GoOut>()
        .define_job::<Events>()
        .define_job::<Register>()
        .define_job::<Invite>()
        .define_job::<BriefAudience>()
        .define_job::<BriefCorrectionMail>()
        .init()
        .await?;
    let mut running = pin!(worker.run());
    // A queue that broke ends the whole: whoever called starts it again. One that is asked to stop finishes its jobs.
    tokio::select! {
        ran = &mut running => ran?,
        ((), (), (), ()) = async { tokio::join!(tick(backend, stopped), pushes, mails, briefs) } => running.await?,
    }
    Ok(())
}

async fn tick(backend: Backend, mut stopped: watch::Receiver<bool>) {
    let mut every = tokio::time::interval(TICK);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut rounds = Rounds::of("due");
    loop {
        tokio::select! {
            _ = stopped.wait_for(|stopped| *stopped) => return,
            _ = every.tick() => {}
        }
        // The database may be away for a while; what is due then stays due.
        let looked = due::tick(&backend).await;
        if let Err(error) = &looked {
            tracing::warn!(%error, "could not look for what is due");
        }
        rounds.went(&backend, looked.as_ref().err()).await;
    }
}

/// What jobs work with.
#[derive(Clone, Debug)]
struct Hands {
    backend: Backend,
    mailer: Arc<dyn Mailer>,
}

fn hands(ctx: &WorkerContext) -> Result<Hands, Error> {
    ctx.get_ext::<Hands>().cloned().ok_or(Error::Unreadable("the worker's extension"))
}

#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct SendMail(Mail);

impl TaskHandler for SendMail {
    const IDENTIFIER: &'static str = "mail";
    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let hands = hands(&ctx).map_err(told)?;
        hands.mailer.send(self.0, *ctx.job().id()).await.map_err(|error| error.to_string())
    }
}

/// One member is called to an assembly, by mail; what became of it stands in the proof.
#[derive(Serialize, Deserialize)]
struct Convoke {
    assembly: AssemblyId,
    member: MemberId,
    origin: String,
}

impl TaskHandler for Convoke {
    const IDENTIFIER: &'static str = "convocation";
    async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
        let hands = hands(&ctx).map_err(told)?;
        self.carried(&hands, *ctx.job().id()).await
    }
}

impl Convoke {
    async fn carried(&self, hands: &Hands, job: i64) -> Result<(), String> {
        let Convoke { assembly, member, origin } = self;
        let mail = assembly::convocation_mail(&hands.backend, *assembly, *member, origin).await.map_err(told)?;
        let Some(mail) = mail else { return Ok(()) };
        let sent = hands.mailer.send(mail, job).await.map_err(|error| error.to_string());
        let why_not = sent.as_ref().err().map(String::as_str);
        assembly::convocation_left(&hands.backend, *assembly, *member, why_not).await.map_err(told)?;
        sent
    }
}

macro_rules! due_job {
    ($name:ident, $kind:literal, $run:expr) => {
        #[derive(Serialize, Deserialize)]
        struct $name {}

        impl TaskHandler for $name {
            const IDENTIFIER: &'static str = $kind;
            async fn run(self, ctx: WorkerContext) -> impl IntoTaskHandlerResult {
                let backend = hands(&ctx).map_err(told)?.backend;
                recorded(&backend, $kind, $run(&backend)).await.map(drop).map_err(told)
            }
        }
    };
}

due_job!(Expire, "expire", swaps::expire);
due_job!(FallDue, "fall_due", ledger::fall_due);
due_job!(Briefs, "briefs", brief::every_night);
due_job!(Generate, "generate", shifts::generate);
due_job!(Match, "match", swaps::match_all);
due_job!(Purge, "purge", purge::purge);
due_job!(CloseSheets, "close_sheets", sheet::close_sheets);
due_job!(Mandates, "mandates", governance::warn);
due_job!(Dossiers, "dossiers", dossiers::remind);
due_job!(GoOut, "brief", brief::go_out);
due_job!(Events, "events", event::due);
due_job!(Register, "register", register::every_night);
due_job!(Invite, "invite", register::send_welcomes);
due_job!(BriefAudience, "brief_audience", mail::address);
due_job!(BriefCorrectionMail, "brief_correction_mail", mail::address);

/// What the queue keeps of a failure.
fn told(error: Error) -> String {
    error.to_string()
}
