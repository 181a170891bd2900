//! The private PostgreSQL through everything that happens to a server on somebody's machine.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use server::postgres::{self, PrivatePostgres};
use sqlx::{Connection, PgConnection};

/// A data folder of one test, removed with what it moved elsewhere.
struct Data(PathBuf);

impl Data {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("alpar-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a temporary folder");
        Self(folder)
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

async fn ask(url: &str, sql: &'static str) -> Result<String, sqlx::Error> {
    let mut connection = PgConnection::connect(url).await?;
    sqlx::query_scalar(sql).fetch_one(&mut connection).await
}

async fn run(url: &str, sql: &'static str) {
    let mut connection = PgConnection::connect(url).await.expect("the cluster answers");
    sqlx::query(sql).execute(&mut connection).await.expect("the statement runs");
}

/// The process id of the cluster whose folder the URL names.
fn postmaster(postgres: &PrivatePostgres) -> String {
    let folder = postgres.url().split("host=").nth(1).expect("a socket folder").to_owned();
    let pid = Path::new(&folder).parent().expect("a parent").join("cluster/postmaster.pid");
    fs::read_to_string(pid).expect("a running cluster").lines().next().expect("a line").trim().to_owned()
}

#[tokio::test]
async fn it_keeps_what_was_written_from_one_start_to_the_next() {
    let data = Data::new("twice");
    let first = postgres::start(&data.0).await.expect("the first start");
    run(first.url(), "create table kept as select 'still here' as word").await;
    first.stop().await.expect("the first stop");
    let second = postgres::start(&data.0).await.expect("the second start");
    assert_eq!(ask(second.url(), "select word from kept").await.expect("an answer"), "still here");
    assert_eq!(ask(second.url(), "show fsync").await.expect("an answer"), "on");
    assert_eq!(ask(second.url(), "show timezone").await.expect("an answer"), "UTC");
    assert_eq!(ask(second.url(), "show server_encoding").await.expect("an answer"), "UTF8");
    second.stop().await.expect("the second stop");
}

#[tokio::test]
async fn the_last_process_out_stops_it() {
    let data = Data::new("shared");
    let serve = postgres::start(&data.0).await.expect("the server's start");
    let demo = postgres::start(&data.0).await.expect("another command's start");
    assert_eq!(serve.url(), demo.url());
    let url = serve.url().to_owned();
    serve.stop().await.expect("a stop");
    assert_eq!(ask(&url, "select 'in use'").await.expect("an answer"), "in use");
    demo.stop().await.expect("a stop");
    assert!(ask(&url, "select 'in use'").await.is_err());
}

#[tokio::test]
async fn a_killed_server_leaves_a_cluster_that_the_next_one_takes_over() {
    let data = Data::new("orphan");
    let killed = postgres::start(&data.0).await.expect("a start");
    let before = postmaster(&killed);
    // What the kernel does for a process that ends without a word: its locks go.
    drop(killed);
    let next = postgres::start(&data.0).await.expect("a start beside the orphan");
    assert_eq!(postmaster(&next), before);
    let url = next.url().to_owned();
    next.stop().await.expect("a stop");
    assert!(ask(&url, "select 'in use'").await.is_err());
}

#[tokio::test]
async fn a_killed_postmaster_loses_nothing_committed() {
    let data = Data::new("killed");
    let first = postgres::start(&data.0).await.expect("a start");
    run(first.url(), "create table kept as select 'committed' as word").await;
    let killed = Command::new("kill").args(["-9", &postmaster(&first)]).status().expect("kill runs");
    assert!(killed.success());
    drop(first);
    let second = postgres::start(&data.0).await.expect("a start after the crash");
    assert_eq!(ask(second.url(), "select word from kept").await.expect("an answer"), "committed");
    second.stop().await.expect("a stop");
}

#[tokio::test]
async fn a_deep_folder_with_spaces_and_quotes_serves() {
    let data = Data::new("deep");
    let deep = data.0.join("l'épicerie d'Annecy et ses données").join("x".repeat(120));
    let started = postgres::start(&deep).await.expect("a start");
    assert_eq!(ask(started.url(), "select 'yes'").await.expect("an answer"), "yes");
    started.stop().await.expect("a stop");
}

#[tokio::test]
async fn a_folder_that_its_user_cannot_enter_serves_too() {
    let data = Data::new("closed");
    fs::set_permissions(&data.0, fs::Permissions::from_mode(0o700)).expect("our folder");
    let inside = data.0.join("data");
    let started = postgres::start(&inside).await.expect("a start");
    run(started.url(), "create table kept as select 'there' as word").await;
    let moved = started.note().map(str::to_owned);
    let url = started.url().to_owned();
    started.stop().await.expect("a stop");
    let again = postgres::start(&inside).await.expect("a second start");
    assert_eq!(again.url(), url);
    assert_eq!(ask(again.url(), "select word from kept").await.expect("an answer"), "there");
    again.stop().await.expect("a stop");
    // Only root, whose data PostgreSQL must not own, needs another place.
    if let Some(note) = moved {
        let sockets = url.split("host=").nth(1).expect("a socket folder");
        let elsewhere = Path::new(sockets).parent().expect("a parent");
        assert!(note.contains(&elsewhere.display().to_string()), "{note}");
        fs::remove_dir_all(elsewhere).expect("our folder");
    }
}
