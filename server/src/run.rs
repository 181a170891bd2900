//! What each of the program's tasks does, from start to stop.

use std::fs::{File, OpenOptions, TryLockError};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use backend::founding::{self, NotFounded};
use backend::{Backend, demo};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::assets::{BuiltSite, NotBuilt};
use crate::brief_letter::BriefLetters;
use crate::config::Config;
use crate::courier::Courier;
use crate::database::{Database, DatabaseError};
use crate::letters::Letters;
use crate::mail::{MailError, Mailer};
use crate::postgres::PostgresError;
use crate::push::{PushError, Pusher};
use crate::routes::router;
use crate::state::Server;
use crate::{log, worker};

/// How long requests and jobs may take to end once the process was asked to stop.
const GRACE: Duration = Duration::from_secs(8);
/// How often quiet addresses and members are forgotten.
const TIDY: Duration = Duration::from_secs(60);

/// Why the task did not succeed, in a sentence.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error(transparent)]
    Backend(#[from] backend::error::Error),
    #[error(transparent)]
    NotFounded(#[from] NotFounded),
    #[error(transparent)]
    NotBuilt(#[from] NotBuilt),
    #[error(transparent)]
    Mail(#[from] MailError),
    #[error(transparent)]
    Push(#[from] PushError),
    #[error("{0} cannot be listened on: {1}. Is something else serving there? PORT chooses another.")]
    Taken(SocketAddr, #[source] std::io::Error),
    #[error("Another alpar serves from the folder {0}: stop it first, or set ALPAR_DATA to another folder.")]
    AlreadyServing(String),
    #[error("The folder {0} cannot be used: {1}")]
    Folder(String, #[source] std::io::Error),
    #[error("The server stopped: {0}")]
    Stopped(#[source] std::io::Error),
    #[error("The private PostgreSQL could not be stopped: {0}")]
    Postgres(#[from] PostgresError),
}

/// Brings the database to the schema of this build.
pub async fn migrate(config: Config) -> Result<(), RunError> {
    log::start(&config.log);
    with_database(&config, async |_| {
        println!("The database is at the schema of this build.");
        Ok(())
    })
    .await
}

/// Founds a co-op in an empty database, so that somebody can sign in.
pub async fn found(config: Config, email: &str, name: &str, number: i32) -> Result<(), RunError> {
    log::start(&config.log);
    with_database(&config, async |backend| {
        let made = founding::found(backend, email, name, number).await??;
        println!(
            "The co-op is founded: {} working groups, {} shifts in four weeks, {} planned in the weeks to come.\n\
             Vacations are asked of members from {} on.\n\
             With alpar serve, sign in as {} at {}/connexion: a code is sent there.",
            made.groups, made.recurring, made.shifts, made.counts_from, made.email, config.public_url.origin
        );
        Ok(())
    })
    .await
}

/// Loads the demo co-op into an empty database.
pub async fn demo(config: Config) -> Result<(), RunError> {
    log::start(&config.log);
    with_database(&config, async |backend| {
        if demo::is_empty(&backend.pool).await? {
            load_demo(backend).await?;
        } else {
            println!("The database already holds a co-op: nothing was loaded.");
        }
        Ok(())
    })
    .await
}

async fn with_database(config: &Config, task: impl AsyncFnOnce(&Backend) -> Result<(), RunError>) -> Result<(), RunError> {
    let database = Database::open(config).await?;
    let done = match database.ready(config).await {
        Ok(backend) => task(&backend).await,
        Err(error) => Err(error.into()),
    };
    database.close().await?;
    done
}

async fn load_demo(backend: &Backend) -> Result<(), RunError> {
    println!("Loading the demo co-op…");
    demo::load(&backend.pool, backend.now()).await?;
    Ok(())
}

/// Serves until SIGTERM or Ctrl-C.
pub async fn serve(config: Config, with_demo: bool) -> Result<(), RunError> {
    log::start(&config.log);
    let _only_one = alone(&config.data)?;
    let assets = BuiltSite::read(&config.site)?;
    let mailer = Mailer::new(&config)?;
    let listener = TcpListener::bind(config.listen).await.map_err(|error| RunError::Taken(config.listen, error))?;
    let database = Database::open(&config).await?;
    if let Some(note) = database.note() {
        println!("{note}");
    }
    let served = serve_from(&database, config, with_demo, assets, mailer, listener).await;
    let stopped = database.close().await;
    served?;
    Ok(stopped?)
}

async fn serve_from(
    database: &Database,
    config: Config,
    with_demo: bool,
    assets: BuiltSite,
    mailer: Mailer,
    listener: TcpListener,
) -> Result<(), RunError> {
    let backend = database.ready(&config).await?;
    let demo_wanted = with_demo || config.dev || config.database_url.is_none();
    if demo_wanted && demo::is_empty(&backend.pool).await? {
        load_demo(&backend).await?;
    }
    let greeting = greeting(&config, &backend).await?;
    let pusher = Pusher::new(&backend, &config).await?;
    let courier = Courier {
        backend: backend.clone(),
        mailer: mailer.clone(),
        pusher: pusher.clone(),
        letters: Letters { origin: config.public_url.origin.clone() },
        briefs: BriefLetters { origin: config.public_url.origin.clone() },
        brief_pace: config.brief_pace,
    };
    let server = Server::new(backend.clone(), config, assets, pusher);
    let (stop, stopped) = watch::channel(false);
    let watching = tokio::spawn(server.live.clone().watch());
    let working = tokio::spawn(work(backend, mailer, courier, stopped));
    let tidying = tokio::spawn(tidy(server.clone()));

    let live = server.live.clone();
    let (app, _) = router(server);
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    let mut asked = live.stopping();
    let asked_to_stop = async move {
        signal().await;
        tracing::info!("stopping");
        // Streams first: the server waits for every open answer.
        live.stop();
    };
    println!("{greeting}");
    let serving = axum::serve(listener, app).with_graceful_shutdown(asked_to_stop);
    let served = tokio::select! {
        served = serving.into_future() => served,
        () = async {
            let _ = asked.wait_for(|stop| *stop).await;
            tokio::time::sleep(GRACE).await;
        } => Ok(()),
    };
    stop.send_replace(true);
    tidying.abort();
    ended(watching).await;
    ended(working).await;
    served.map_err(RunError::Stopped)
}

/// Runs jobs until the process stops; a queue that broke starts again.
async fn work(backend: Backend, mailer: Mailer, courier: Courier, stopped: watch::Receiver<bool>) {
    let (mails, courier) = (worker::mails_by(mailer), Arc::new(courier));
    let mut watching = stopped.clone();
    while !*watching.borrow() {
        let mut stopped = stopped.clone();
        let until = async move {
            let _ = stopped.wait_for(|stopped| *stopped).await;
        };
        if let Err(error) =
            backend::jobs::run_worker(backend.clone(), mails.clone(), courier.clone(), courier.clone(), until).await
        {
            tracing::warn!(%error, "the worker stopped, and starts again");
            let _ = tokio::time::timeout(Duration::from_secs(5), watching.wait_for(|stopped| *stopped)).await;
        }
    }
}

async fn tidy(server: Server) {
    let mut every = tokio::time::interval(TIDY);
    loop {
        every.tick().await;
        server.limits.forget_quiet();
    }
}

async fn ended(task: JoinHandle<()>) {
    let stop_it = task.abort_handle();
    if tokio::time::timeout(GRACE, task).await.is_err() {
        stop_it.abort();
    }
}

/// Where to go, as whom, and where the mails are.
async fn greeting(config: &Config, backend: &Backend) -> Result<String, RunError> {
    let mut lines = vec![format!("Alpar serves on {}", config.public_url.origin)];
    if config.smtp_url.is_none() {
        lines.push(format!("Mails are files in {}", config.data.join("mail").display()));
    }
    if founding::is_empty(&backend.pool).await? {
        lines.push("Nobody can sign in yet: run alpar found --email marie@exemple.fr --name \"Marie Dupont\"".into());
    }
    if demo::is_loaded(&backend.pool).await? {
        lines.push("The demo co-op: sign in with one of these addresses, and the code from its mail.".into());
        lines.extend(demo::CAST.iter().map(|person| format!("  {:<28} {}", person.email, person.why)));
    }
    Ok(lines.join("\n"))
}

/// Held while this process serves from the folder; the kernel lets go of it however the process ends.
fn alone(data: &Path) -> Result<File, RunError> {
    let shown = || data.display().to_string();
    let in_folder = |error| RunError::Folder(shown(), error);
    std::fs::create_dir_all(data).map_err(in_folder)?;
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(data.join("serve.lock")).map_err(in_folder)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(RunError::AlreadyServing(shown())),
        Err(TryLockError::Error(error)) => Err(in_folder(error)),
    }
}

/// Completes when the process is asked to stop.
async fn signal() {
    let interrupt = tokio::signal::ctrl_c();
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupt => {}
        () = terminate => {}
    }
}
