//! A day of the simulation, run again by the real server side.

mod founding;
mod likeness;

use std::collections::HashMap;

use backend::{command, swaps};
use domain::id::{LoopId, MemberId, NoticeId};
use domain::swaps::Leg;
use domain::time::Instant;
use serde_json::{Value, json};
use sqlx::types::Json;
use uuid::Uuid;

use crate::coop::{Coop, assert_invariants};
use crate::world::World;
use crate::world::record::{Done, What};

/// What the server itself names has other names here: they are found by what they name.
pub struct Replay<'a> {
    coop: &'a Coop,
    day: &'a World,
    names: HashMap<Uuid, Uuid>,
}

impl<'a> Replay<'a> {
    /// The village of the day, as it was founded; whatever the database held is gone.
    pub async fn of(coop: &'a Coop, day: &'a World) -> Replay<'a> {
        founding::found(coop, World::founded(day.seed, None, false)).await;
        Replay { coop, day, names: HashMap::new() }
    }

    pub async fn run(mut self) {
        let (seed, backend) = (self.day.seed, &self.coop.backend);
        for (nth, Done { now, what, suggested }) in self.day.record.done.iter().enumerate() {
            backend.clock.set(*now);
            match what {
                What::Expired => drop(swaps::expire(backend).await.unwrap()),
                What::Night => drop(swaps::match_all(backend).await.unwrap()),
                What::Command { sender, wire, outcome, marks } => {
                    let wire = self.renamed(*sender, wire).await;
                    let answers = command::perform_all(backend, *sender, vec![wire.clone()]).await;
                    let answers = answers.unwrap_or_else(|error| panic!("seed {seed}, command {nth}: {wire}: {error}"));
                    assert_eq!(answers[0].outcome, *outcome, "seed {seed}, command {nth}: {wire}");
                    assert_eq!(answers[0].marks, *marks, "seed {seed}, the marks after command {nth}: {wire}");
                }
            }
            for id in suggested {
                let here = self.same_loop(*id).await;
                let here = here.unwrap_or_else(|| panic!("seed {seed}: {nth} suggests a loop less: {what:?}"));
                self.names.insert(id.0, here);
            }
        }
        backend.clock.set(self.day.now);
        likeness::assert_alike(self.coop, self.day).await;
        assert_invariants(self.coop).await;
    }

    /// The command with the names that this server gave to the same loop or notice.
    async fn renamed(&mut self, sender: MemberId, wire: &Value) -> Value {
        let id = |field: &str| wire.get(field).and_then(Value::as_str).and_then(|id| id.parse::<Uuid>().ok());
        if let Some(notice) = id("notice").filter(|notice| !self.names.contains_key(notice)) {
            let here = self.same_notice(sender, NoticeId(notice)).await;
            self.names.extend(here.map(|here| (notice, here)));
        }
        let mut renamed = wire.clone();
        for field in ["loop", "notice"] {
            if let Some(here) = id(field).and_then(|id| self.names.get(&id)) {
                renamed[field] = json!(here);
            }
        }
        renamed
    }

    /// The loop that was just suggested: the same may have been before, at the same moment, and ended.
    async fn same_loop(&self, id: LoopId) -> Option<Uuid> {
        let wanted = self.day.server.board.loops.get(&id)?;
        let rows: Vec<(Uuid, Instant, Json<Vec<Leg>>)> =
            sqlx::query_as(LOOPS).bind(wanted.asks).fetch_all(&self.coop.backend.pool).await.unwrap();
        let mut rows = rows.into_iter().filter(|(_, at, legs)| *at == wanted.created_at && legs.0 == wanted.legs);
        rows.find(|(here, ..)| !self.is_named(*here)).map(|(here, ..)| here)
    }

    /// Notices that say the same at the same moment are the same to whom they are for.
    async fn same_notice(&self, member: MemberId, id: NoticeId) -> Option<Uuid> {
        let rows = self.day.server.inbox.get(&member)?;
        let wanted = rows.iter().find(|row| row.id == id)?;
        let told: Vec<(Uuid, Value)> =
            sqlx::query_as("select notice_id, notice from notice where member_id = $1 and at = $2 order by notice_id")
                .bind(member)
                .bind(wanted.at)
                .fetch_all(&self.coop.backend.pool)
                .await
                .unwrap();
        let mut same = told.into_iter().filter(|(_, notice)| *notice == json!(wanted.notice)).map(|(here, _)| here);
        same.find(|here| !self.is_named(*here))
    }

    fn is_named(&self, here: Uuid) -> bool {
        self.names.values().any(|named| *named == here)
    }
}

const LOOPS: &str = "
select l.loop_id, l.created_at, (select json_agg(json_build_object(
    'offer', g.offer_id, 'member', g.member_id, 'gives', g.gives_shift || '~' || g.gives_position,
    'takes', g.takes_shift || '~' || g.takes_position) order by g.rank) from loop_leg g where g.loop_id = l.loop_id)
from suggested_loop l where l.asks = $1";
