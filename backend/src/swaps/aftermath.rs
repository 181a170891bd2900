//! What an act leaves to be told: notices, change marks, what falls due, its outcome.

use std::collections::BTreeSet;

use chrono::Duration;
use domain::board::Board;
use domain::calendar::public_kind;
use domain::id::{CommandId, MemberId, ShiftId};
use domain::notice::Notice;
use domain::outcome::Outcome;
use domain::swaps::{Audience, Offer, OfferKind};
use domain::time::Instant;
use serde_json::Value;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::write::json;
use crate::error::Error;
use crate::ids;

/// What an act leaves to be told once its rows are written.
#[derive(Debug, Default)]
pub struct Aftermath {
    pub(crate) told: Vec<(MemberId, Notice)>,
    /// Whose `Me` shows something else now.
    pub(crate) touched: BTreeSet<MemberId>,
    /// Whether the shared calendar shows something else now.
    pub(crate) calendar: bool,
    /// Whether the working groups, the contacts of their people, or who governs show something else now.
    pub(crate) groups: bool,
    /// Whether the briefs that are out show something else now.
    pub(crate) briefs: bool,
    /// Whether the events that are announced show something else now.
    pub(crate) events: bool,
    /// Whether the catalogue shows something else now.
    pub(crate) catalogue: bool,
    /// What falls due later: a key, and when.
    pub(crate) due: Vec<(String, Instant)>,
}

impl Aftermath {
    /// Nothing but that the shared calendar shows something else.
    pub(crate) fn of_calendar() -> Aftermath {
        Aftermath { calendar: true, ..Aftermath::default() }
    }

    /// Nothing but that the briefs that are out show something else.
    pub fn of_briefs() -> Aftermath {
        Aftermath { briefs: true, ..Aftermath::default() }
    }

    /// Nothing but that the events that are announced show something else.
    pub(crate) fn of_events() -> Aftermath {
        Aftermath { events: true, ..Aftermath::default() }
    }

    /// Nothing but that the catalogue shows something else.
    pub(crate) fn of_catalogue() -> Aftermath {
        Aftermath { catalogue: true, ..Aftermath::default() }
    }

    /// Nothing but that the groups show something else.
    pub(crate) fn of_groups() -> Aftermath {
        Aftermath { groups: true, ..Aftermath::default() }
    }

    /// What another part of the same act leaves.
    pub(crate) fn add(&mut self, more: Aftermath) {
        self.told.extend(more.told);
        self.touched.extend(more.touched);
        self.calendar |= more.calendar;
        self.groups |= more.groups;
        self.briefs |= more.briefs;
        self.events |= more.events;
        self.catalogue |= more.catalogue;
        self.due.extend(more.due);
    }

    /// Who waits for a shift sees another place in line.
    pub(super) fn line_moves(&mut self, board: &Board, shift: ShiftId) {
        self.touched.extend(board.waiting.get(&shift).into_iter().flatten());
    }

    /// Something that only their own `Me` shows is new, though nobody acted.
    pub fn of(members: impl IntoIterator<Item = MemberId>) -> Aftermath {
        Aftermath { touched: members.into_iter().collect(), ..Aftermath::default() }
    }

    pub(super) fn offer_shows(&mut self, offer: &Offer) {
        self.touched.insert(offer.member);
        self.calendar |= public_kind(&offer.kind).is_some();
        if let OfferKind::Give { audience: Audience::Named { members } } = &offer.kind {
            self.touched.extend(members);
        }
    }

    /// Writes notices, marks, what falls due, and the outcome of the command that it was, if it
    /// was one. Last of all, and in one order, so that acts wait as shortly as can be.
    pub async fn finish(
        self,
        conn: &mut PgConnection,
        command: Option<(CommandId, &Outcome)>,
        now: Instant,
    ) -> Result<(), Error> {
        let (members, notices): (Vec<Uuid>, Vec<Value>) =
            self.told.iter().map(|(member, notice)| (member.0, json(notice))).unzip();
        let notice_ids: Vec<Uuid> = members.iter().map(|_| ids::at(now)).collect();
        let touched: Vec<Uuid> = self.touched.iter().map(|member| member.0).collect();
        let (due_keys, due_at): (Vec<String>, Vec<Instant>) =
            // A deadline is inclusive: what it ends is over just after.
            self.due.into_iter().map(|(key, at)| (key, at + Duration::milliseconds(1))).unzip();
        let shard = command.map_or(0, |(id, _)| i16::from(id.0.as_bytes()[15] & 15));
        sqlx::query(FINISH)
            .bind(notice_ids)
            .bind(members)
            .bind(notices)
            .bind(now)
            .bind(touched)
            .bind(self.calendar)
            .bind(shard)
            .bind(due_keys)
            .bind(due_at)
            .bind(command.map(|(id, _)| id))
            .bind(command.map(|(_, outcome)| Json(outcome)))
            .bind(self.briefs)
            .bind(self.events)
            .bind(self.catalogue)
            .bind(self.groups)
            .execute(conn)
            .await?;
        Ok(())
    }
}

const FINISH: &str = "
with told as (
    insert into notice (notice_id, member_id, notice, at)
    select n.*, $4 from unnest($1::uuid[], $2::uuid[], $3::jsonb[]) as n
), touched as (
    insert into member_mark (member_id, mark)
    select member_id, 1 from unnest($5::uuid[]) as t (member_id) order by member_id
    on conflict (member_id) do update set mark = member_mark.mark + 1
), changed as (
    update change_mark set mark = mark + 1 where ($6 and slice = 'calendar' or $12 and slice = 'briefs' or $13 and slice = 'events'
        or $14 and slice = 'catalogue' or $15 and slice = 'groups') and shard = $7
), falling_due as (
    insert into due_work (kind, key, due_at)
    select 'expire', d.* from unnest($8::text[], $9::timestamptz[]) as d
    on conflict (kind, key) do nothing
)
update command_log set outcome = $11 where command_id = $10";
