//! Seats that change hands: each act does it, and refuses it.

mod coop;

use coop::{Coop, assert_invariants, claim};
use domain::command::Command;
use domain::effect::How;
use domain::id::SeatId;
use domain::reason::Reason;
use domain::swaps::Audience;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

#[sqlx::test(migrations = false)]
async fn an_empty_seat_is_taken_by_whoever_may(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim, new) = (coop.member("Léa").await, coop.member("Karim").await, coop.newcomer("Nouveau").await);
    let shift = coop.shift(10, 9, 3).await;
    coop.asks(SeatId::new(shift, 1), false, Some("animation")).await;
    let take = |position| Command::TakeSeat { seat: SeatId::new(shift, position) };
    assert!(matches!(coop.refused(lea, take(1)).await, Reason::MissingSkill { skill } if skill.as_str() == "animation"));
    assert!(matches!(coop.refused(new, take(0)).await, Reason::FirstTimerAlone { .. }));
    assert_eq!(coop.does(lea, take(0)).await.seat, Some(SeatId::new(shift, 0)));
    assert!(matches!(coop.refused(karim, take(0)).await, Reason::SeatHeld { by, offered: false } if by.member == lea));
    assert!(matches!(coop.refused(lea, take(2)).await, Reason::AlreadyOnShift { .. }));
    coop.does(new, take(2)).await;
    coop.sql(&format!(
        "insert into leave (leave_id, member_id, from_on, to_on) values (gen_random_uuid(), '{karim}', '2026-12-01', '2026-12-31')"
    ))
    .await;
    coop.knows(karim, "animation").await;
    assert!(matches!(coop.refused(karim, take(1)).await, Reason::OnLeave { .. }));
    assert_invariants(&coop).await;
}

#[sqlx::test(migrations = false)]
async fn shifts_may_touch_but_not_overlap(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let lea = coop.member("Léa").await;
    coop.seat_of(lea, 10, 9).await;
    let overlapping = coop.shift(10, 11, 2).await;
    let following = coop.shift(10, 12, 2).await;
    let take = |shift| Command::TakeSeat { seat: SeatId::new(shift, 0) };
    assert!(matches!(coop.refused(lea, take(overlapping)).await, Reason::Overlaps { .. }));
    coop.does(lea, take(following)).await;
    let third = coop.shift(10, 15, 2).await;
    assert!(matches!(coop.refused(lea, take(third)).await, Reason::TooManyThatDay { has: 2, cap: 2, .. }));
}

#[sqlx::test(migrations = false)]
async fn a_seat_that_is_given_goes_to_the_first_who_claims_it(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim, zoe, lead) =
        (coop.member("Léa").await, coop.member("Karim").await, coop.member("Zoé").await, coop.member("Lead").await);
    let seat = coop.seat_of(lea, 10, 9).await;
    coop.asks(SeatId::new(seat.shift, 1), true, None).await;
    coop.sits(lead, SeatId::new(seat.shift, 1)).await;
    let give = Command::GiveSeat { offer: coop.offer_id(), seat, audience: Audience::Anyone, note: "  voyage ".into() };
    assert!(matches!(coop.refused(karim, give.clone()).await, Reason::NotYourSeat { .. }));
    let offer = coop.gives(lea, seat).await;
    assert_eq!(coop.holder(seat).await, Some(lea));
    assert_eq!(coop.refused(lea, give).await, Reason::AlreadyOffered);
    assert_eq!(coop.refused(lea, claim(offer)).await, Reason::YourOwnOffer);
    assert_eq!(coop.does(karim, claim(offer)).await.seat, Some(seat));
    assert!(matches!(coop.refused(zoe, claim(offer)).await, Reason::AlreadyTaken { by: Some(by), .. } if by.member == karim));
    assert_eq!(coop.told(lea).await, ["seat_claimed"]);
    assert_eq!(coop.told(lead).await, ["team_changed"]);

    // Swapped again, and the whole story is there.
    let again = coop.gives(karim, seat).await;
    coop.does(zoe, claim(again)).await;
    let history = backend::swaps::history(&coop.backend, seat.shift).await.unwrap();
    let story: Vec<_> = history
        .iter()
        .map(|change| (change.from.clone().unwrap().member, change.to.clone().unwrap().member, change.how))
        .collect();
    assert_eq!(story, [(lea, karim, How::Claimed), (karim, zoe, How::Claimed)]);
    assert_eq!(history[1].by.clone().unwrap().member, zoe);
    assert_invariants(&coop).await;
}

#[sqlx::test(migrations = false)]
async fn a_seat_given_to_named_people_is_for_them(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim, zoe) = (coop.member("Léa").await, coop.member("Karim").await, coop.member("Zoé").await);
    let seat = coop.seat_of(lea, 10, 9).await;
    let offer = coop.offer_id();
    let to = |members| Command::GiveSeat { offer, seat, audience: Audience::Named { members }, note: String::new() };
    let stranger = domain::id::MemberId(coop.id());
    assert_eq!(coop.refused(lea, to(vec![stranger])).await, Reason::UnknownMember);
    coop.does(lea, to(vec![karim])).await;
    assert_eq!(coop.told(karim).await, ["seat_offered"]);
    assert!(matches!(coop.refused(zoe, claim(offer)).await, Reason::NotForYou { .. }));
    coop.does(karim, claim(offer)).await;
    // What named people alone see is no change of the shared calendar until the seat moves.
    assert_eq!(coop.count("select sum(mark)::bigint from change_mark where slice = 'calendar'").await, 1);
    assert_eq!(coop.count(&format!("select mark from member_mark where member_id = '{karim}'")).await, 2);
}

#[sqlx::test(migrations = false)]
async fn an_invitation_is_for_whoever_was_shown_the_link(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim, zoe) = (coop.member("Léa").await, coop.member("Karim").await, coop.member("Zoé").await);
    let seat = coop.seat_of(lea, 10, 9).await;
    let offer = coop.offer_id();
    let secret_hash = backend::swaps::hash_of("le secret");
    coop.does(lea, Command::Invite { offer, invitation: coop.invitation_id(), seat, secret_hash }).await;
    let shown = backend::swaps::invitation(&coop.backend, "le secret").await.unwrap().unwrap();
    assert!(shown.open);
    assert_eq!((shown.offer, shown.seat, shown.from.member), (offer, seat, lea));
    assert_eq!(backend::swaps::invitation(&coop.backend, "un autre").await.unwrap(), None);

    let with = |secret: Option<&str>| Command::ClaimOffer { offer, instead_of: None, secret: secret.map(str::to_owned) };
    assert!(matches!(coop.refused(zoe, with(None)).await, Reason::NotForYou { .. }));
    assert_eq!(coop.refused(zoe, with(Some("un autre"))).await, Reason::UnknownInvitation);
    coop.does(karim, with(Some("le secret"))).await;
    assert!(!backend::swaps::invitation(&coop.backend, "le secret").await.unwrap().unwrap().open);
    assert_eq!(coop.count("select count(*) from invitation where used_by is not null").await, 1);
}

#[sqlx::test(migrations = false)]
async fn an_offer_is_claimed_instead_of_ones_own_seat_in_one_act(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim) = (coop.member("Léa").await, coop.member("Karim").await);
    let (hers, his) = (coop.seat_of(lea, 20, 9).await, coop.seat_of(karim, 20, 11).await);
    let offer = coop.gives(lea, hers).await;
    let theirs = coop.gives(karim, his).await;
    assert!(matches!(coop.refused(karim, claim(offer)).await, Reason::Overlaps { .. }));
    let instead = Command::ClaimOffer { offer, instead_of: Some(his), secret: None };
    coop.does(karim, instead).await;
    assert_eq!((coop.holder(hers).await, coop.holder(his).await), (Some(karim), None));
    assert_eq!(coop.offer_state(theirs).await, "superseded");
    assert_invariants(&coop).await;
}

#[sqlx::test(migrations = false)]
async fn a_seat_is_moved_in_time_and_never_below_the_minimum(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let lea = coop.member("Léa").await;
    let (near, far) = (coop.seat_of(lea, 6, 9).await, coop.seat_of(lea, 12, 9).await);
    let to = SeatId::new(coop.shift(13, 9, 2).await, 0);
    assert!(matches!(coop.refused(lea, Command::MoveSeat { from: near, to }).await, Reason::TooLateToMove { .. }));
    coop.minimum(far.shift, 1).await;
    assert!(matches!(
        coop.refused(lea, Command::MoveSeat { from: far, to }).await,
        Reason::TeamTooSmall { left: 0, minimum: 1, .. }
    ));
    coop.minimum(far.shift, 0).await;
    coop.does(lea, Command::MoveSeat { from: far, to }).await;
    assert_eq!((coop.holder(far).await, coop.holder(to).await), (None, Some(lea)));
}

#[sqlx::test(migrations = false)]
async fn a_swap_is_proposed_and_accepted_and_closes_what_rested_on_the_seats(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim, zoe) = (coop.member("Léa").await, coop.member("Karim").await, coop.member("Zoé").await);
    let (hers, his, other) = (coop.seat_of(lea, 10, 9).await, coop.seat_of(karim, 11, 9).await, coop.seat_of(zoe, 12, 9).await);
    let proposal = coop.proposes(lea, hers, his).await;
    let rival = coop.proposes(zoe, other, his).await;
    let offer = coop.gives(karim, his).await;
    assert_eq!(coop.told(karim).await, ["proposal_received", "proposal_received"]);
    let twice = Command::ProposeSwap { proposal: coop.proposal_id(), mine: hers, theirs: his, note: String::new() };
    assert_eq!(coop.refused(lea, twice).await, Reason::AlreadyProposed);
    assert_eq!(coop.refused(zoe, Command::AcceptProposal { proposal }).await, Reason::NotYourProposal);
    assert_eq!(coop.does(karim, Command::AcceptProposal { proposal }).await.seat, Some(hers));
    assert_eq!((coop.holder(hers).await, coop.holder(his).await), (Some(karim), Some(lea)));
    assert_eq!(coop.proposal_state(proposal).await, "accepted");
    assert_eq!(coop.proposal_state(rival).await, "superseded");
    assert_eq!(coop.offer_state(offer).await, "superseded");
    assert_eq!(coop.told(lea).await, ["swap_accepted"]);
    assert_eq!(coop.told(zoe).await, ["proposal_closed"]);
    assert_eq!(coop.refused(karim, Command::AcceptProposal { proposal }).await, Reason::ProposalClosed);
    assert_invariants(&coop).await;
}

#[sqlx::test(migrations = false)]
async fn two_who_propose_the_same_swap_have_both_said_yes(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim) = (coop.member("Léa").await, coop.member("Karim").await);
    let (hers, his) = (coop.seat_of(lea, 10, 9).await, coop.seat_of(karim, 11, 9).await);
    coop.proposes(lea, hers, his).await;
    coop.proposes(karim, his, hers).await;
    assert_eq!((coop.holder(hers).await, coop.holder(his).await), (Some(karim), Some(lea)));
}

#[sqlx::test(migrations = false)]
async fn a_proposal_is_refused_or_withdrawn(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim) = (coop.member("Léa").await, coop.member("Karim").await);
    let (hers, his) = (coop.seat_of(lea, 10, 9).await, coop.seat_of(karim, 11, 9).await);
    let proposal = coop.proposes(lea, hers, his).await;
    assert_eq!(coop.refused(lea, Command::RefuseProposal { proposal }).await, Reason::NotYourProposal);
    coop.does(karim, Command::RefuseProposal { proposal }).await;
    assert_eq!(coop.told(lea).await, ["proposal_refused"]);
    let again = coop.proposes(lea, hers, his).await;
    assert_eq!(coop.refused(karim, Command::WithdrawProposal { proposal: again }).await, Reason::NotYourProposal);
    coop.does(lea, Command::WithdrawProposal { proposal: again }).await;
    assert_eq!(coop.refused(karim, Command::AcceptProposal { proposal: again }).await, Reason::ProposalClosed);
    assert_eq!(coop.holder(hers).await, Some(lea));
}

#[sqlx::test(migrations = false)]
async fn an_offer_is_withdrawn_by_its_member(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim) = (coop.member("Léa").await, coop.member("Karim").await);
    let seat = coop.seat_of(lea, 10, 9).await;
    let offer = coop.gives(lea, seat).await;
    assert_eq!(coop.refused(karim, Command::WithdrawOffer { offer }).await, Reason::NotYourOffer);
    coop.does(lea, Command::WithdrawOffer { offer }).await;
    assert_eq!(coop.refused(karim, claim(offer)).await, Reason::OfferClosed);
    assert_eq!(coop.holder(seat).await, Some(lea));
}

#[sqlx::test(migrations = false)]
async fn the_team_is_warned_when_it_is_too_late_to_exchange(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim) = (coop.member("Léa").await, coop.member("Karim").await);
    let (soon, later) = (coop.seat_of(lea, 1, 12).await, coop.seat_of(lea, 10, 9).await);
    coop.sits(karim, SeatId::new(soon.shift, 1)).await;
    let warn = |seat| Command::WarnTeam { seat, note: "fièvre".into() };
    assert!(matches!(coop.refused(lea, warn(later)).await, Reason::TooEarlyToWarn { .. }));
    coop.does(lea, warn(soon)).await;
    assert_eq!(coop.told(karim).await, ["team_warned"]);

    let notice = sqlx::query_scalar("select notice_id from notice").fetch_one(&coop.backend.pool).await.unwrap();
    assert_eq!(coop.refused(lea, Command::MarkSeen { notice }).await, Reason::UnknownNotice);
    coop.does(karim, Command::MarkSeen { notice }).await;
    assert_eq!(coop.count("select count(*) from notice where seen_at is not null").await, 1);
    assert_eq!(coop.refused(karim, Command::MarkSeen { notice }).await, Reason::UnknownNotice);
}

#[sqlx::test(migrations = false)]
async fn the_office_closes_a_shift_and_all_are_told_once(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, karim, office) = (coop.member("Léa").await, coop.member("Karim").await, coop.member("Office").await);
    coop.in_office(office).await;
    let (hers, his) = (coop.seat_of(lea, 10, 9).await, coop.seat_of(karim, 11, 9).await);
    let offer = coop.gives(lea, hers).await;
    let (wishing, _) = coop.exchanges(karim, his, &[hers.shift]).await;
    let close = Command::CloseShift { shift: hers.shift, why: "Neige".into(), treatment: domain::shifts::Treatment::Excused };
    assert_eq!(coop.refused(lea, close.clone()).await, Reason::NotAllowed);
    coop.does(office, close.clone()).await;
    assert!(matches!(coop.refused(office, close).await, Reason::ShiftClosed { why, .. } if why == "Neige"));
    assert_eq!(coop.told(lea).await, ["shift_closed"]);
    assert_eq!(coop.told(karim).await, ["wish_closed"]);
    assert_eq!((coop.offer_state(offer).await, coop.offer_state(wishing).await), ("superseded".into(), "open".into()));
    let excused = format!("select count(*) from ledger_entry where kind = 'excused' and shifts = 1 and member_id = '{lea}'");
    assert_eq!(coop.count(&excused).await, 1);
    // She is free at that time.
    let instead = coop.shift(10, 10, 2).await;
    coop.does(lea, Command::TakeSeat { seat: SeatId::new(instead, 0) }).await;
    assert!(matches!(
        coop.refused(karim, Command::TakeSeat { seat: SeatId::new(hers.shift, 1) }).await,
        Reason::ShiftClosed { .. }
    ));
}
