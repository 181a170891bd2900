//! A co-op whose brief is made.

use backend::brief;
use chrono::{Duration, NaiveDate, NaiveTime};
use domain::brief::{Arrange, Block, Brief, Mistake, Published, Settings, Shown};
use domain::command::Command;
use domain::id::{BlockId, GroupId, MemberId};
use domain::time::{Instant, paris_instant};
use sqlx::postgres::PgConnectOptions;
use sqlx::types::Json;

use crate::coop::Coop;

/// A co-op on a Wednesday: Camille writes for Vie sociale, Inès and Théo make the brief.
pub struct Paper {
    pub coop: Coop,
    pub camille: MemberId,
    pub ines: MemberId,
    pub theo: MemberId,
    pub group: GroupId,
    pub monday: NaiveDate,
}

impl Paper {
    pub async fn new(at: PgConnectOptions) -> Paper {
        Paper::of(at, "2026-12-07").await
    }

    pub async fn of(at: PgConnectOptions, monday: &str) -> Paper {
        let monday: NaiveDate = monday.parse().unwrap();
        let coop = Coop::of(at, 30, clock(monday - chrono::Days::new(5), 8, 0)).await;
        let (camille, ines, theo) = (coop.member("Camille").await, coop.member("Inès").await, coop.member("Théo").await);
        coop.in_group(camille, "vie-sociale").await;
        coop.in_group(ines, "communication").await;
        coop.in_group(theo, "communication").await;
        let group = sqlx::query_scalar("select group_id from working_group where slug = 'vie-sociale'")
            .fetch_one(&coop.backend.pool)
            .await
            .unwrap();
        Paper { coop, camille, ines, theo, group, monday }
    }

    pub fn at(&self, day: i64, hour: u32, minute: u32) {
        let on = self.monday + Duration::days(day);
        self.coop.backend.clock.set(clock(on, hour, minute));
    }

    pub async fn writes(&self, title: &str, ready: bool) -> BlockId {
        let block = BlockId(self.coop.id());
        self.coop.does(self.camille, said_as(title, |title, text| propose(block, self.group, title, text, ready))).await;
        block
    }

    pub async fn approves(&self) {
        brief::approve(&self.coop.backend, self.ines, self.monday, self.coop.id()).await.unwrap().unwrap();
    }

    pub async fn seven(&self) -> usize {
        self.at(0, 7, 0);
        brief::go_out(&self.coop.backend).await.unwrap()
    }

    pub async fn issue(&self) -> Brief {
        let mut conn = self.coop.backend.pool.acquire().await.unwrap();
        brief::find(&mut conn, self.monday).await.unwrap().unwrap()
    }

    pub async fn read(&self) -> Published {
        let Json(frozen) = sqlx::query_scalar("select frozen from brief where monday = $1")
            .bind(self.monday)
            .fetch_one(&self.coop.backend.pool)
            .await
            .unwrap();
        frozen
    }

    pub async fn titles(&self) -> Vec<String> {
        let title = |shown: Shown| match shown {
            Shown::Block { title, .. } => title,
            Shown::Live { source, .. } => source.as_str().to_owned(),
        };
        self.read().await.pieces.into_iter().map(title).collect()
    }

    pub async fn block(&self, id: BlockId) -> Block {
        brief::written(&self.coop.backend, self.ines, id).await.unwrap().block
    }

    pub async fn due(&self, kind: &str) -> i64 {
        self.coop.count(&format!("select count(*) from due_work where kind = '{kind}' and done_at is null")).await
    }

    pub async fn mark(&self) -> i64 {
        self.coop.count("select coalesce(sum(mark), 0)::bigint from change_mark where slice = 'briefs'").await
    }

    pub async fn settings(&self, settings: Settings) {
        brief::set_settings(&self.coop.backend, self.ines, settings).await.unwrap().unwrap();
    }

    pub async fn arranges(&self, act: Arrange) -> Result<(), Vec<Mistake>> {
        brief::arrange(&self.coop.backend, self.ines, self.monday, self.coop.id(), "test", act).await.unwrap()
    }

    pub async fn deliveries(&self, kind: &str) -> Vec<MemberId> {
        sqlx::query_scalar("select member_id from delivery where notice->>'kind' = $1 order by delivery_id")
            .bind(kind)
            .fetch_all(&self.coop.backend.pool)
            .await
            .unwrap()
    }
}

pub fn clock(on: NaiveDate, hour: u32, minute: u32) -> Instant {
    paris_instant(on, NaiveTime::from_hms_opt(hour, minute, 0).unwrap())
}

pub fn said_as(title: &str, command: impl FnOnce(String, String) -> Command) -> Command {
    command(title.to_owned(), format!("**{title}**, et plus encore."))
}

pub fn propose(block: BlockId, group: GroupId, title: String, text: String, ready: bool) -> Command {
    Command::ProposeBlock {
        block,
        group,
        title,
        text,
        picture: None,
        alt: String::new(),
        width: 0,
        height: 0,
        href: String::new(),
        label: String::new(),
        ready,
        public: false,
    }
}

pub fn edit(block: &Block, base: i32, text: &str) -> Command {
    Command::EditBlock {
        block: block.id,
        base,
        group: block.group,
        title: block.said.title.clone(),
        text: text.to_owned(),
        picture: None,
        alt: String::new(),
        width: 0,
        height: 0,
        href: String::new(),
        label: String::new(),
        ready: true,
        public: false,
        settles: Vec::new(),
    }
}
