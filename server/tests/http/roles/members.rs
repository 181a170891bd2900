//! What any member does with vacations, messages and what they ask of the co-op, and nobody with what is somebody else's.

use domain::command::Command;
use domain::id::{InvitationId, MemberId, NoticeId, OfferId, ProposalId, RequestId, SeatId, ShiftId, WatchId};
use domain::members::Skill;
use domain::notice::Notice;
use domain::notify::{Ahead, Channel, Topic};
use domain::requests::Asked;
use domain::swaps::Audience;
use sqlx::types::Json;

use super::{ANYBODY, Actor, Attempt, Line, NOBODY, OFFICE, line};
use crate::house::House;

/// The solidarity pot is open, and has something in it.
pub async fn ready(house: House) -> House {
    let rich = house.coop.member("Donatrice").await;
    house
        .coop
        .sql(&format!(
            "insert into policy_version (policy_version_id, valid_from, policy, why, at)
             values (gen_random_uuid(), '2026-10-06', '{{\"pot\": {{\"open\": true}}}}', 'la règle de départ', '2026-10-01T08:00Z');
             insert into ledger_entry (member_id, kind, on_day, shifts, at) values
                ('{rich}', 'advance', '2026-11-20', 30, '2026-11-20T08:00Z'),
                ('{rich}', 'solidarity_gift', '2026-11-20', -30, '2026-11-20T08:00Z')"
        ))
        .await;
    house
}

fn command(command: Command) -> Attempt {
    Attempt::Command(command)
}

fn give(a: &Actor<'_>, seat: SeatId) -> Command {
    Command::GiveSeat { offer: OfferId(a.id()), seat, audience: Audience::Anyone, note: String::new() }
}

/// Somebody's seat, which they give to anybody.
async fn given(a: &Actor<'_>, by: MemberId) -> OfferId {
    let seat = a.seat_of(by).await;
    a.coop().gives(by, seat).await
}

/// A seat of tomorrow's: too late to exchange it.
async fn near(a: &Actor<'_>) -> SeatId {
    let hour = a.coop().count("select count(*) from shift where on_day = '2026-12-02'").await;
    let seat = SeatId::new(a.coop().shift(1, u32::try_from(hour).unwrap(), 2).await, 0);
    a.coop().sits(a.me(), seat).await;
    seat
}

/// From one to another, each with a seat.
async fn proposed(a: &Actor<'_>, from: MemberId, to: MemberId) -> ProposalId {
    let (mine, theirs) = (a.seat_of(from).await, a.seat_of(to).await);
    a.coop().proposes(from, mine, theirs).await
}

/// An exchange of two that lacks the yes of this member.
async fn lacking(a: &Actor<'_>, who: MemberId) -> domain::id::LoopId {
    let other = a.somebody().await;
    let (theirs, others, elsewhere) = (a.seat_of(who).await, a.seat_of(other).await, a.shift(1).await);
    a.coop().exchanges(who, theirs, &[elsewhere]).await;
    a.coop().exchanges(other, others, &[theirs.shift]).await;
    a.coop().loop_asking(who, 2).await.expect("an exchange of two")
}

async fn told(a: &Actor<'_>, member: MemberId) -> NoticeId {
    let (id, notice) = (a.id(), Notice::BriefOut { monday: "2026-11-30".parse().unwrap() });
    sqlx::query("insert into notice (notice_id, member_id, notice, at) values ($1, $2, $3, $4)")
        .bind(id)
        .bind(member)
        .bind(Json(notice))
        .bind(a.coop().now())
        .execute(&a.coop().backend.pool)
        .await
        .unwrap();
    NoticeId(id)
}

fn leave(a: &Actor<'_>) -> Command {
    let (from, to) = ("2027-01-04".parse().unwrap(), "2027-02-28".parse().unwrap());
    Command::RequestLeave { request: RequestId(a.id()), what: Asked::Pause, from, to, why: "Chantier".into() }
}

async fn asked(a: &Actor<'_>, member: MemberId) -> RequestId {
    let Command::RequestLeave { request, what, from, to, why } = leave(a) else { unreachable!("it is one") };
    a.coop().does(member, Command::RequestLeave { request, what, from, to, why }).await;
    request
}

/// One that is full.
async fn full(a: &Actor<'_>) -> ShiftId {
    let shift = a.shift(1).await;
    a.coop().sits(a.somebody().await, SeatId::new(shift, 0)).await;
    shift
}

/// So many vacations more, or fewer.
async fn counts(a: &Actor<'_>, kind: &str, shifts: i32) {
    let me = a.me();
    a.coop()
        .sql(&format!(
            "insert into ledger_entry (member_id, kind, on_day, shifts, at) values ('{me}', '{kind}', '2026-12-01', {shifts}, '2026-12-01T06:00Z')"
        ))
        .await;
}

#[rustfmt::skip]
pub const TABLE: &[Line] = &[
    line!("take_seat", ANYBODY, |a| command(Command::TakeSeat { seat: SeatId::new(a.shift(2).await, 0) })),
    line!("take_seat, for somebody else", OFFICE, |a| Attempt::For(a.somebody().await, Command::TakeSeat { seat: SeatId::new(a.shift(2).await, 0) })),
    line!("an act by a plain form", ANYBODY, |a| {
        let fields = [("id", a.id().to_string()), ("kind", "set_switch".to_owned()), ("topic", "exchanges".into()), ("channel", "push".into()), ("on", "false".into()), ("retour", "/moi/prevenir".into())];
        Attempt::Form("/acts".to_owned(), fields.map(|(name, value)| (name.to_owned(), value)).to_vec())
    }),
    // What one has, one gives, exchanges, moves.
    line!("give_seat", ANYBODY, |a| command(give(a, a.mine().await))),
    line!("give_seat, somebody else's", NOBODY, |a| { let other = a.somebody().await; command(give(a, a.seat_of(other).await)) }),
    line!("give_seat, for somebody else", OFFICE, |a| { let other = a.somebody().await; Attempt::For(other, give(a, a.seat_of(other).await)) }),
    line!("exchange_seat", ANYBODY, |a| {
        let (seat, wished) = (a.mine().await, a.shift(1).await);
        command(Command::ExchangeSeat { offer: OfferId(a.id()), seat, wishes: vec![wished], patterns: vec![], note: String::new() })
    }),
    line!("set_wishes", ANYBODY, |a| {
        let (seat, first, then) = (a.mine().await, a.shift(1).await, a.shift(1).await);
        let (offer, _) = a.coop().exchanges(a.me(), seat, &[first]).await;
        command(Command::SetWishes { offer, wishes: vec![then], patterns: vec![] })
    }),
    line!("withdraw_offer", ANYBODY, |a| command(Command::WithdrawOffer { offer: given(a, a.me()).await })),
    line!("withdraw_offer, somebody else's", NOBODY, |a| command(Command::WithdrawOffer { offer: given(a, a.somebody().await).await })),
    line!("claim_offer", ANYBODY, |a| command(Command::ClaimOffer { offer: given(a, a.somebody().await).await, instead_of: None, secret: None })),
    line!("move_seat", ANYBODY, |a| command(Command::MoveSeat { from: a.mine().await, to: SeatId::new(a.shift(2).await, 0) })),
    line!("propose_swap", ANYBODY, |a| {
        let other = a.somebody().await;
        command(Command::ProposeSwap { proposal: ProposalId(a.id()), mine: a.mine().await, theirs: a.seat_of(other).await, note: String::new() })
    }),
    line!("accept_proposal", ANYBODY, |a| command(Command::AcceptProposal { proposal: proposed(a, a.somebody().await, a.me()).await })),
    line!("accept_proposal, between others", NOBODY, |a| command(Command::AcceptProposal { proposal: proposed(a, a.somebody().await, a.somebody().await).await })),
    line!("refuse_proposal", ANYBODY, |a| command(Command::RefuseProposal { proposal: proposed(a, a.somebody().await, a.me()).await })),
    line!("withdraw_proposal", ANYBODY, |a| command(Command::WithdrawProposal { proposal: proposed(a, a.me(), a.somebody().await).await })),
    line!("withdraw_proposal, between others", NOBODY, |a| command(Command::WithdrawProposal { proposal: proposed(a, a.somebody().await, a.somebody().await).await })),
    line!("accept_loop", ANYBODY, |a| command(Command::AcceptLoop { lacking: lacking(a, a.me()).await })),
    line!("accept_loop, between others", NOBODY, |a| command(Command::AcceptLoop { lacking: lacking(a, a.somebody().await).await })),
    line!("decline_loop", ANYBODY, |a| command(Command::DeclineLoop { lacking: lacking(a, a.me()).await })),
    line!("invite", ANYBODY, |a| command(Command::Invite { offer: OfferId(a.id()), invitation: InvitationId(a.id()), seat: a.mine().await, secret_hash: format!("{:064x}", a.next()) })),
    line!("warn_team", ANYBODY, |a| command(Command::WarnTeam { seat: near(a).await, note: "Grippe".into() })),
    // Messages, and how one is told.
    line!("mark_seen", ANYBODY, |a| command(Command::MarkSeen { notice: told(a, a.me()).await })),
    line!("mark_seen, somebody else's", NOBODY, |a| command(Command::MarkSeen { notice: told(a, a.somebody().await).await })),
    line!("mark_seen, for somebody else", OFFICE, |a| { let other = a.somebody().await; Attempt::For(other, Command::MarkSeen { notice: told(a, other).await }) }),
    line!("set_switch", ANYBODY, |_| command(Command::SetSwitch { topic: Topic::Exchanges, channel: Channel::Push, on: false })),
    line!("set_reminders", ANYBODY, |_| command(Command::SetReminders { reminders: vec![Ahead::Days(2)] })),
    line!("watch_seats", ANYBODY, |a| command(Command::WatchSeats { watch: WatchId(a.id()), shift: None, pattern: None, skill: Skill::parse("caisse") })),
    line!("stop_watching", ANYBODY, |a| {
        let watch = WatchId(a.id());
        a.coop().does(a.me(), Command::WatchSeats { watch, shift: None, pattern: None, skill: Skill::parse("caisse") }).await;
        command(Command::StopWatching { watch })
    }),
    line!("stop_watching, somebody else's", NOBODY, |a| {
        let watch = WatchId(a.id());
        a.coop().does(a.somebody().await, Command::WatchSeats { watch, shift: None, pattern: None, skill: Skill::parse("caisse") }).await;
        command(Command::StopWatching { watch })
    }),
    line!("join_waiting_list", ANYBODY, |a| command(Command::JoinWaitingList { shift: full(a).await })),
    line!("leave_waiting_list", ANYBODY, |a| {
        let shift = full(a).await;
        a.coop().does(a.me(), Command::JoinWaitingList { shift }).await;
        command(Command::LeaveWaitingList { shift })
    }),
    // What is asked of the office; the solidarity pot.
    line!("request_leave", ANYBODY, |a| command(leave(a))),
    line!("withdraw_request", ANYBODY, |a| command(Command::WithdrawRequest { request: asked(a, a.me()).await })),
    line!("withdraw_request, somebody else's", NOBODY, |a| command(Command::WithdrawRequest { request: asked(a, a.somebody().await).await })),
    line!("give_solidarity", ANYBODY, |a| { counts(a, "advance", 3).await; command(Command::GiveSolidarity) }),
    line!("draw_solidarity", ANYBODY, |a| { counts(a, "missed", -3).await; command(Command::DrawSolidarity) }),
    // One's own calendar, for a program that reads it.
    line!("another address of one's calendar", ANYBODY, |_| Attempt::Sent("/api/v1/agenda".to_owned(), "application/json", b"{}".to_vec())),
];
