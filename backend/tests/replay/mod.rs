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
use crate::world::record::Done;

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
        let seed = self.day.seed;
        for (nth, done) in self.day.record.done.iter().enumerate() {
            match done {
                Done::Expired { now } => {
                    self.coop.backend.clock.set(*now);
                    swaps::expire(&self.coop.backend).await.unwrap();
                }
                Done::Night { now } => {
                    self.coop.backend.clock.set(*now);
                    swaps::match_all(&self.coop.backend).await.unwrap();
                }
                Done::Command { sender, wire, now, outcome, marks } => {
                    self.coop.backend.clock.set(*now);
                    let wire = self.renamed(*sender, wire).await;
                    let answers = command::perform_all(&self.coop.backend, *sender, vec![wire.clone()]).await.unwrap();
                    assert_eq!(answers[0].outcome, *outcome, "seed {seed}, command {nth}: {wire}");
                    assert_eq!(answers[0].marks, *marks, "seed {seed}, the marks after command {nth}: {wire}");
                }
            }
        }
        self.coop.backend.clock.set(self.day.now);
        likeness::assert_alike(self.coop, self.day).await;
        assert_invariants(self.coop).await;
    }

    /// The command with the names that this server gave to the same loop or notice.
    async fn renamed(&mut self, sender: MemberId, wire: &Value) -> Value {
        let mut wire = wire.clone();
        for field in ["loop", "notice"] {
            let Some(id) = wire.get(field).and_then(Value::as_str).and_then(|id| id.parse::<Uuid>().ok()) else { continue };
            if !self.names.contains_key(&id) {
                let found =
                    if field == "loop" { self.same_loop(LoopId(id)).await } else { self.same_notice(sender, NoticeId(id)).await };
                self.names.extend(found.map(|found| (id, found)));
            }
            if let Some(here) = self.names.get(&id) {
                wire[field] = json!(here);
            }
        }
        wire
    }

    async fn same_loop(&self, id: LoopId) -> Option<Uuid> {
        let wanted = self.day.server.board.loops.get(&id)?;
        let rows: Vec<(Uuid, Instant, Json<Vec<Leg>>)> =
            sqlx::query_as(LOOPS).bind(wanted.asks).fetch_all(&self.coop.backend.pool).await.unwrap();
        rows.into_iter().find(|(_, at, legs)| *at == wanted.created_at && legs.0 == wanted.legs).map(|(id, ..)| id)
    }

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
        let mut same = told.into_iter().filter(|(_, notice)| *notice == json!(wanted.notice)).map(|(id, _)| id);
        same.find(|id| !self.names.values().any(|taken| taken == id))
    }
}

const LOOPS: &str = "
select l.loop_id, l.created_at, (select json_agg(json_build_object(
    'offer', g.offer_id, 'member', g.member_id, 'gives', g.gives_shift || '~' || g.gives_position,
    'takes', g.takes_shift || '~' || g.takes_position) order by g.rank) from loop_leg g where g.loop_id = l.loop_id)
from suggested_loop l where l.asks = $1";
