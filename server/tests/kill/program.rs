//! The real program over real HTTP, and phones that send until they are answered.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::net::SocketAddr;

use backend::clock;
use domain::command::{Command, Envelope};
use domain::id::{CommandId, MemberId};
use domain::outcome::{Answer, Outcome};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::ConnectOptions;
use sqlx::postgres::PgConnectOptions;
use tokio::sync::watch;

use crate::coop::{Coop, today};
pub use crate::serving::pause;
use crate::serving::{ORIGIN, Serving, Told, ask};

/// How PostgreSQL tells the test's own connections from the program's.
const OURS: &str = "the test";

/// A co-op, and the program that serves it, now and then.
pub struct House {
    pub coop: Coop,
    program: Serving,
    /// Where it listens; nowhere while it is down.
    at: watch::Sender<Option<SocketAddr>>,
    /// What phones were answered.
    outcomes: RefCell<BTreeMap<CommandId, Outcome>>,
    acknowledged: watch::Sender<usize>,
    told_to_wait: Cell<usize>,
}

/// A member's device with the acts that it has to send, so many in one request.
pub struct Phone {
    pub member: MemberId,
    pub acts: Vec<Envelope>,
    at_once: usize,
    cookie: String,
}

impl House {
    pub async fn new(at: PgConnectOptions) -> House {
        let database = at.to_url_lossy().to_string();
        let coop = Coop::of(at.application_name(OURS), 8, today()).await;
        // The program's clock goes on from where the test's stands.
        clock::shared(&coop.backend.pool, Some(today())).await.unwrap();
        let folder = std::env::temp_dir().join(format!("alpar-kill-{}", coop.id().simple()));
        House {
            coop,
            program: Serving::new(folder, &database),
            at: watch::Sender::new(None),
            outcomes: RefCell::default(),
            acknowledged: watch::Sender::new(0),
            told_to_wait: Cell::default(),
        }
    }

    /// Starts the program, and waits until it is ready.
    pub async fn start(&self) {
        let at = self.program.start().await;
        self.at.send_replace(Some(at));
    }

    /// SIGKILL: the process learns nothing of it.
    pub fn kill(&self) {
        self.at.send_replace(None);
        self.program.kill();
    }

    pub fn is_running(&self) -> bool {
        self.program.is_running()
    }

    /// PostgreSQL ends every connection of the program, whatever it is in the middle of.
    pub async fn cut(&self) {
        self.coop
            .sql(&format!(
                "select pg_terminate_backend(pid) from pg_stat_activity
                 where datname = current_database() and backend_type = 'client backend' and application_name <> '{OURS}'"
            ))
            .await;
    }

    /// A signed-in device whose acts have their ids, once and for all.
    pub async fn phone(&self, member: MemberId, at_once: usize, acts: Vec<Command>) -> Phone {
        let token = format!("token-{}", self.coop.id().simple());
        sqlx::query(
            "insert into session (session_id, token_hash, member_id, email, device, created_at, last_seen_on)
             values ($1, $2, $3, 'x@example.org', 'test', $4, '2026-12-01')",
        )
        .bind(self.coop.id())
        .bind(Sha256::digest(token.as_bytes()).to_vec())
        .bind(member)
        .bind(self.coop.now())
        .execute(&self.coop.backend.pool)
        .await
        .unwrap();
        let acts = acts.into_iter().map(|command| self.coop.envelope(command)).collect();
        Phone { member, acts, at_once, cookie: format!("alpar_session={}", hex::encode(&token)) }
    }

    /// Sends a phone's acts in order, each until it is answered.
    pub async fn deliver(&self, phone: &Phone) {
        let mut answered = 0;
        while answered < phone.acts.len() {
            let next = &phone.acts[answered..phone.acts.len().min(answered + phone.at_once)];
            answered += self.send(phone, next).await;
        }
    }

    /// One request; gives how many of its acts were answered, and waits before the next try if it was none.
    async fn send(&self, phone: &Phone, acts: &[Envelope]) -> usize {
        let mut listening = self.at.subscribe();
        let at = listening.wait_for(Option::is_some).await.unwrap().unwrap();
        let told = ask(at, "POST", "/api/v1/commands", &phone.headers(), &json!({ "commands": acts }).to_string()).await;
        match told {
            // Cut off: the program is down, or about to be.
            Err(_) => {
                listening.wait_for(|now| now.is_some_and(|now| now != at)).await.unwrap();
                0
            }
            Ok(told) => {
                self.count(&told);
                if told.status == 200 {
                    return self.keep(acts, &told);
                }
                self.until_ready(at).await;
                0
            }
        }
    }

    /// Keeps what was answered; an act that is answered again is answered the same.
    fn keep(&self, acts: &[Envelope], told: &Told) -> usize {
        let mut body: Value = serde_json::from_slice(&told.body).unwrap();
        let answers: Vec<Answer> = serde_json::from_value(body["outcomes"].take()).unwrap();
        for (act, answer) in acts.iter().zip(&answers) {
            assert_eq!(act.id, answer.id, "answers come in order");
            let known = self.outcomes.borrow_mut().insert(answer.id, answer.outcome.clone());
            match known {
                Some(known) => assert_eq!(known, answer.outcome, "{act:?}"),
                None => self.acknowledged.send_modify(|count| *count += 1),
            }
        }
        answers.len()
    }

    pub fn outcome(&self, act: &Envelope) -> Outcome {
        self.outcomes.borrow()[&act.id].clone()
    }

    pub fn acknowledged(&self) -> usize {
        *self.acknowledged.borrow()
    }

    pub async fn until_acknowledged(&self, count: usize) {
        self.acknowledged.subscribe().wait_for(|acknowledged| *acknowledged >= count).await.unwrap();
    }

    async fn until_ready(&self, at: SocketAddr) {
        while !ask(at, "GET", "/readyz", "", "").await.is_ok_and(|told| told.status == 200) {
            pause().await;
        }
    }

    /// Reads a page after every few acts, until so many are acknowledged.
    pub async fn read_until(&self, path: &str, phone: &Phone, acknowledged: usize) {
        let at = (*self.at.subscribe().wait_for(Option::is_some).await.unwrap()).unwrap();
        for few in (0..=acknowledged).step_by(5) {
            self.until_acknowledged(few).await;
            self.count(&ask(at, "GET", path, &phone.headers(), "").await.unwrap());
        }
    }

    /// An answer is what was asked for, or « not now » and when.
    fn count(&self, told: &Told) {
        let says_when = told.head.lines().any(|line| line.to_ascii_lowercase().starts_with("retry-after: "));
        let fine = matches!(told.status, 200 | 303) || told.status == 503 && says_when;
        assert!(fine, "{}\n\n{}", told.head, String::from_utf8_lossy(&told.body));
        self.told_to_wait.update(|times| times + usize::from(told.status == 503));
    }

    /// A plain form that a phone posts, once: an error where it is cut off before its answer.
    pub async fn post(&self, phone: &Phone, path: &str, form: &str) -> io::Result<Told> {
        let at = (*self.at.subscribe().wait_for(Option::is_some).await.unwrap()).unwrap();
        ask(at, "POST", path, &phone.headers_for("application/x-www-form-urlencoded"), form).await
    }

    /// Waits until PostgreSQL has noticed that a killed program is gone, and taken back what it was in the middle of.
    pub async fn until_forgotten(&self) {
        let theirs = format!(
            "select count(*) from pg_stat_activity
             where datname = current_database() and backend_type = 'client backend' and application_name <> '{OURS}'"
        );
        while self.coop.count(&theirs).await > 0 {
            pause().await;
        }
    }

    /// How many answers were « not now ».
    pub fn told_to_wait(&self) -> usize {
        self.told_to_wait.get()
    }

    /// The queue works: the mail with a code is written for whoever asks for one.
    pub async fn until_a_mail_is_written(&self) {
        let at = (*self.at.borrow()).unwrap();
        let headers = "Origin: http://alpar.test\r\nContent-Type: application/x-www-form-urlencoded\r\n";
        loop {
            self.until_ready(at).await;
            let told = ask(at, "POST", "/connexion", headers, "email=0%40example.org").await.unwrap();
            self.count(&told);
            if told.status == 303 {
                break;
            }
        }
        let mails = self.program.folder().join("data/mail");
        while fs::read_dir(&mails).map_or(0, Iterator::count) == 0 {
            pause().await;
        }
    }
}

impl Phone {
    fn headers(&self) -> String {
        self.headers_for("application/json")
    }

    fn headers_for(&self, kind: &str) -> String {
        format!("Origin: {ORIGIN}\r\nCookie: {}\r\nAlpar-Member: {}\r\nContent-Type: {kind}\r\n", self.cookie, self.member)
    }
}
