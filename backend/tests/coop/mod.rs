//! The language of the tests: a small co-op in a database of its own.
#![allow(dead_code, reason = "each test file speaks a part of it")]

mod briefs;
mod catalogue;
mod events;
mod invariants;

use std::sync::atomic::{AtomicU32, Ordering};

use backend::clock::Clock;
use backend::{Backend, Guards, command, ids};
use domain::command::{Command, Envelope, SCHEMA};
use domain::id::{CommandId, InvitationId, LoopId, MemberId, OfferId, ProposalId, SeatId, ShiftId, TemplateId};
use domain::outcome::{Done, Outcome};
use domain::reason::Reason;
use domain::rules::Rules;
use domain::shifts::shift_id;
use domain::swaps::Audience;
use domain::time::{Cycle, Instant, monday_of, paris_day, paris_instant, plus_days};
use sha2::Digest;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::types::Json;

#[allow(unused_imports, reason = "each test file speaks a part of it")]
pub use events::{answers, paris};
#[allow(unused_imports, reason = "each test file speaks a part of it")]
pub use invariants::assert_invariants;

pub struct Coop {
    pub backend: Backend,
    people: AtomicU32,
}

/// Tuesday 1 December 2026, 8:00 in Paris.
pub fn today() -> Instant {
    paris_instant("2026-12-01".parse().unwrap(), "08:00:00".parse().unwrap())
}

impl Coop {
    /// An empty co-op at `today`; its pool holds up to 60 connections.
    pub async fn new(at: PgConnectOptions) -> Coop {
        Coop::of(at, 60, today()).await
    }

    pub async fn of(at: PgConnectOptions, connections: u32, now: Instant) -> Coop {
        let pool = PgPoolOptions::new().max_connections(connections).connect_with(at).await.unwrap();
        backend::migrate(&pool).await.unwrap();
        let backend = Backend::new(pool, Clock::standing_at(now));
        let anchor = monday_of(paris_day(now));
        let rules = Rules::on(Cycle::anchored_on(anchor).unwrap());
        sqlx::query("insert into setting (rules) values ($1)").bind(Json(rules)).execute(&backend.pool).await.unwrap();
        for skill in ["animation", "caisse"] {
            sqlx::query("insert into skill (skill, label) values ($1, $1)").bind(skill).execute(&backend.pool).await.unwrap();
        }
        Coop { backend, people: AtomicU32::new(0) }
    }

    pub fn without(mut self, guards: Guards) -> Coop {
        self.backend.guards = guards;
        self
    }

    pub fn now(&self) -> Instant {
        self.backend.now()
    }

    pub fn id(&self) -> uuid::Uuid {
        self.backend.ids.uuid()
    }

    pub fn offer_id(&self) -> OfferId {
        OfferId(self.id())
    }

    pub fn proposal_id(&self) -> ProposalId {
        ProposalId(self.id())
    }

    pub fn invitation_id(&self) -> InvitationId {
        InvitationId(self.id())
    }

    /// An experienced member who may work the till.
    pub async fn member(&self, first: &str) -> MemberId {
        let member = self.newcomer(first).await;
        self.knows(member, "caisse").await;
        sqlx::query("insert into ledger_entry (member_id, kind, on_day, shifts, at) values ($1, 'done', '2026-01-10', 1, $2)")
            .bind(member)
            .bind(self.now())
            .execute(&self.backend.pool)
            .await
            .unwrap();
        member
    }

    pub async fn members(&self, count: usize) -> Vec<MemberId> {
        let mut members = Vec::new();
        for n in 0..count {
            members.push(self.member(&format!("M{n}")).await);
        }
        members
    }

    /// Somebody who has not worked yet.
    pub async fn newcomer(&self, first: &str) -> MemberId {
        // What acts have written into the register has its number by then.
        let number = loop {
            let number = i32::try_from(self.people.fetch_add(1, Ordering::Relaxed)).unwrap();
            if self.count(&format!("select count(*) from member where number = {number}")).await == 0 {
                break number;
            }
        };
        let member = MemberId(self.id());
        sqlx::query(
            "insert into member (member_id, number, first_name, last_name, email, rhythm, joined_on)
             values ($1, $2, $3, 'Test', $4, 'floating', '2020-01-01')",
        )
        .bind(member)
        .bind(number)
        .bind(first)
        .bind(format!("{number}@example.org"))
        .execute(&self.backend.pool)
        .await
        .unwrap();
        member
    }

    pub async fn knows(&self, member: MemberId, skill: &str) {
        sqlx::query("insert into member_skill (member_id, skill) values ($1, $2)")
            .bind(member)
            .bind(skill)
            .execute(&self.backend.pool)
            .await
            .unwrap();
    }

    /// Whoever has none has a share that is paid: the office has nothing to ask of them.
    pub async fn all_have_shares(&self) {
        let now = self.now();
        self.sql(&format!(
            "with made as (insert into share (share_id, member_id, cents, subscribed_on, by_member, at)
                select gen_random_uuid(), m.member_id, 10000, m.joined_on, m.member_id, '{now}' from member m
                where not exists (select from share h where h.member_id = m.member_id) returning *)
             insert into share_payment (share_payment_id, share_id, cents, paid_on, how, by_member, at)
             select gen_random_uuid(), share_id, cents, subscribed_on, 'cheque', by_member, at from made"
        ))
        .await;
    }

    pub async fn in_office(&self, member: MemberId) {
        self.in_group(member, "administratif").await;
    }

    pub async fn in_group(&self, member: MemberId, slug: &str) {
        sqlx::query(
            "with grouped as (insert into working_group (group_id, slug, name, role, rank)
                values ($1, $3, initcap($3), '', 0)
                on conflict (slug) do update set rank = 0 returning group_id)
             insert into group_member (group_id, member_id) select group_id, $2 from grouped
             on conflict do nothing",
        )
        .bind(self.id())
        .bind(member)
        .bind(slug)
        .execute(&self.backend.pool)
        .await
        .unwrap();
    }

    /// A shift `in_days` days from now, from `hour` in Paris, for three hours, with `seats` plain
    /// seats (the first is not a lead's) and no minimum.
    pub async fn shift(&self, in_days: u64, hour: u32, seats: usize) -> ShiftId {
        let on = plus_days(paris_day(self.now()), in_days);
        let clock = |hour: u32| chrono::NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        let template = TemplateId(uuid::Uuid::from_u128(u128::from(hour) + 1));
        let week = i16::try_from(hour % 4).unwrap();
        sqlx::query(
            "insert into shift_template (template_id, cycle_week, weekday, from_clock, to_clock, minimum, tasks)
             values ($1, $2, 0, $3, $4, 0, '{}') on conflict do nothing",
        )
        .bind(template)
        .bind(week)
        .bind(clock(hour))
        .bind(clock(hour + 3))
        .execute(&self.backend.pool)
        .await
        .unwrap();
        let id = shift_id(template, on);
        sqlx::query(
            "insert into shift (shift_id, template_id, on_day, starts_at, ends_at, minimum) values ($1, $2, $3, $4, $5, 0)",
        )
        .bind(id)
        .bind(template)
        .bind(on)
        .bind(paris_instant(on, clock(hour)))
        .bind(paris_instant(on, clock(hour + 3)))
        .execute(&self.backend.pool)
        .await
        .unwrap();
        for position in 0..seats {
            sqlx::query("insert into seat (shift_id, position) values ($1, $2)")
                .bind(id)
                .bind(i16::try_from(position).unwrap())
                .execute(&self.backend.pool)
                .await
                .unwrap();
        }
        id
    }

    pub async fn minimum(&self, shift: ShiftId, minimum: i16) {
        self.sql(&format!("update shift set minimum = {minimum} where shift_id = '{shift}'")).await;
    }

    /// The seat asks for a lead, or a skill.
    pub async fn asks(&self, seat: SeatId, lead: bool, skill: Option<&str>) {
        sqlx::query("update seat set lead = $3, skill = $4 where shift_id = $1 and position = $2")
            .bind(seat.shift)
            .bind(seat.position)
            .bind(lead)
            .bind(skill)
            .execute(&self.backend.pool)
            .await
            .unwrap();
    }

    pub async fn sits(&self, member: MemberId, seat: SeatId) {
        sqlx::query(
            "insert into assignment (shift_id, position, member_id, during)
             select shift_id, $2, $3, tstzrange(starts_at + interval '15 minutes', ends_at - interval '15 minutes')
             from shift where shift_id = $1",
        )
        .bind(seat.shift)
        .bind(seat.position)
        .bind(member)
        .execute(&self.backend.pool)
        .await
        .unwrap();
    }

    /// A new shift on which `member` holds place 0, beside an experienced teammate on place 1.
    pub async fn seat_of(&self, member: MemberId, in_days: u64, hour: u32) -> SeatId {
        let shift = self.shift(in_days, hour, 3).await;
        let seat = SeatId::new(shift, 0);
        self.sits(member, seat).await;
        seat
    }

    /// A device of theirs shows pushes.
    pub async fn subscribed(&self, member: MemberId) {
        let who = self.device_of(member).await;
        let endpoint = format!("https://push.example.org/{}", who.session);
        backend::notify::devices::subscribe(&self.backend, &who, &endpoint, &[4; 65], &[1; 16]).await.unwrap();
    }

    pub async fn device_of(&self, member: MemberId) -> backend::auth::SignedIn {
        let token = self.id().simple().to_string();
        sqlx::query(
            "insert into session (session_id, token_hash, member_id, email, device, created_at, last_seen_on)
             values ($1, $2, $3, 'a@example.org', 'Chrome', $4, '2026-12-01')",
        )
        .bind(self.id())
        .bind(sha2::Sha256::digest(token.as_bytes()).to_vec())
        .bind(member)
        .bind(self.now())
        .execute(&self.backend.pool)
        .await
        .unwrap();
        backend::auth::session(&self.backend, &token).await.unwrap()
    }

    pub async fn holder(&self, seat: SeatId) -> Option<MemberId> {
        sqlx::query_scalar("select member_id from assignment where shift_id = $1 and position = $2")
            .bind(seat.shift)
            .bind(seat.position)
            .fetch_optional(&self.backend.pool)
            .await
            .unwrap()
    }

    pub fn envelope(&self, command: Command) -> Envelope {
        let id = CommandId(ids::at(self.now()));
        Envelope { id, schema: SCHEMA, depends_on: Vec::new(), on_behalf_of: None, command }
    }

    pub async fn perform(&self, member: MemberId, envelope: &Envelope) -> Outcome {
        command::perform(&self.backend, member, envelope).await.unwrap()
    }

    /// `member` does it.
    pub async fn act(&self, member: MemberId, command: Command) -> Outcome {
        self.perform(member, &self.envelope(command)).await
    }

    /// `member` does it, and it is applied.
    pub async fn does(&self, member: MemberId, command: Command) -> Done {
        match self.act(member, command).await {
            Outcome::Applied { result } => result,
            Outcome::Refused { reason } => panic!("refused: {reason:?}"),
        }
    }

    /// `member` tries, and is told why not.
    pub async fn refused(&self, member: MemberId, command: Command) -> Reason {
        reason(self.act(member, command).await)
    }

    pub async fn gives(&self, member: MemberId, seat: SeatId) -> OfferId {
        let offer = self.offer_id();
        self.does(member, Command::GiveSeat { offer, seat, audience: Audience::Anyone, note: String::new() }).await;
        offer
    }

    pub async fn exchanges(&self, member: MemberId, seat: SeatId, wishes: &[ShiftId]) -> (OfferId, Done) {
        let offer = self.offer_id();
        let done = self.does(member, exchange(offer, seat, wishes)).await;
        (offer, done)
    }

    pub async fn proposes(&self, member: MemberId, mine: SeatId, theirs: SeatId) -> ProposalId {
        let proposal = self.proposal_id();
        self.does(member, Command::ProposeSwap { proposal, mine, theirs, note: String::new() }).await;
        proposal
    }

    pub async fn offer_state(&self, offer: OfferId) -> String {
        sqlx::query_scalar("select state from offer where offer_id = $1").bind(offer).fetch_one(&self.backend.pool).await.unwrap()
    }

    pub async fn proposal_state(&self, proposal: ProposalId) -> String {
        sqlx::query_scalar("select state from proposal where proposal_id = $1")
            .bind(proposal)
            .fetch_one(&self.backend.pool)
            .await
            .unwrap()
    }

    /// The pending loop of so many people that asks `member` for the yes it lacks.
    pub async fn loop_asking(&self, member: MemberId, people: i64) -> Option<LoopId> {
        sqlx::query_scalar(
            "select loop_id from suggested_loop l where asks = $1 and state = 'pending'
             and (select count(*) from loop_leg g where g.loop_id = l.loop_id) = $2",
        )
        .bind(member)
        .bind(people)
        .fetch_optional(&self.backend.pool)
        .await
        .unwrap()
    }

    /// The kinds of a member's notices, oldest first.
    pub async fn told(&self, member: MemberId) -> Vec<String> {
        sqlx::query_scalar("select notice->>'kind' from notice where member_id = $1 order by at, notice_id")
            .bind(member)
            .fetch_all(&self.backend.pool)
            .await
            .unwrap()
    }

    pub async fn count(&self, query: &str) -> i64 {
        sqlx::query_scalar(sqlx::AssertSqlSafe(query.to_owned())).fetch_one(&self.backend.pool).await.unwrap()
    }

    pub async fn sql(&self, statement: &str) {
        sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned())).execute(&self.backend.pool).await.unwrap();
    }

    /// Waits until `count` statements of this database wait for a lock.
    pub async fn until_waiting(&self, count: i64) {
        loop {
            let waiting = self
                .count("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                .await;
            if waiting >= count {
                return;
            }
            tokio::task::yield_now().await;
        }
    }
}

pub fn exchange(offer: OfferId, seat: SeatId, wishes: &[ShiftId]) -> Command {
    Command::ExchangeSeat { offer, seat, wishes: wishes.to_vec(), patterns: Vec::new(), note: String::new() }
}

pub fn claim(offer: OfferId) -> Command {
    Command::ClaimOffer { offer, instead_of: None, secret: None }
}

pub fn reason(outcome: Outcome) -> Reason {
    match outcome {
        Outcome::Refused { reason } => reason,
        Outcome::Applied { .. } => panic!("it was applied"),
    }
}
