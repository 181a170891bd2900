//! Giving, claiming, inviting, withdrawing, warning.

use chrono::Duration;
use domain::command::Command;
use domain::decide::Decision;
use domain::effect::{Effect, How};
use domain::eligibility::Missing;
use domain::id::{InvitationId, OfferId, SeatId};
use domain::members::Known;
use domain::notice::Notice;
use domain::reason::Reason;
use domain::swaps::{Audience, OfferState};
use uuid::Uuid;

use crate::coop::*;

fn two_days() -> Coop {
    Coop::new().shift("sat 9h", "Solène* Camille Karim").shift("thu 18h", "Hugo* Léa _")
}

#[test]
fn the_seat_stays_mine_until_somebody_takes_it() {
    let mut coop = two_days();
    coop.gives("Camille", "sat 9h").unwrap();
    assert_eq!(coop.team("sat 9h"), "Solène* Camille Karim");
}

#[test]
fn the_first_eligible_taker_has_it_at_once_and_the_second_learns_who() {
    let mut coop = two_days();
    let seat = coop.seat("Camille", "sat 9h");
    let offer = coop.gives("Camille", "sat 9h").unwrap().offer();
    let came = coop.claims("Léa", offer).expect("she is the first");
    assert_eq!(came.effects.done.seat, Some(seat));
    assert_eq!(coop.team("sat 9h"), "Solène* Léa Karim");
    assert!(coop.was_told("Camille", |notice| *notice == Notice::SeatClaimed { seat, by: member("Léa") }));
    let taken = Reason::AlreadyTaken { by: Some(coop.board.who(member("Léa"))), at: Some(coop.now) };
    assert_eq!(coop.claims("Nour", offer).unwrap_err(), taken);
    assert_eq!(coop.withdraws("Camille", offer).unwrap_err(), taken);
}

#[test]
fn the_lead_sees_the_change_unless_it_is_theirs() {
    let mut coop = two_days();
    let offer = coop.gives("Camille", "sat 9h").unwrap().offer();
    coop.claims("Léa", offer).unwrap();
    let changed =
        |left, joined| Notice::TeamChanged { shift: shift("sat 9h"), left: Some(member(left)), joined: Some(member(joined)) };
    assert!(coop.was_told("Solène", |notice| *notice == changed("Camille", "Léa")));

    let mut coop = two_days().skilled("Nour", "animation");
    let offer = coop.gives("Solène", "sat 9h").unwrap().offer();
    coop.claims("Nour", offer).unwrap();
    assert!(!coop.told.iter().any(|(_, notice)| matches!(notice, Notice::TeamChanged { .. })), "the two leads know");
}

#[test]
fn nobody_gives_another_members_seat() {
    let mut coop = two_days();
    let seat = coop.seat("Karim", "sat 9h");
    let give = Command::GiveSeat { offer: OfferId(Uuid::nil()), seat, audience: Audience::Anyone, note: String::new() };
    let holder = Some(coop.board.who(member("Karim")));
    assert_eq!(coop.does("Camille", give).unwrap_err(), Reason::NotYourSeat { seat, holder });
}

#[test]
fn a_seat_has_one_open_offer_at_a_time() {
    let mut coop = two_days();
    let offer = coop.gives("Camille", "sat 9h").unwrap().offer();
    assert_eq!(coop.gives("Camille", "sat 9h").unwrap_err(), Reason::AlreadyOffered);
    assert_eq!(coop.exchanges("Camille", "sat 9h", &["thu 18h"]).unwrap_err(), Reason::AlreadyOffered);
    coop.withdraws("Camille", offer).unwrap();
    coop.gives("Camille", "sat 9h").expect("it was withdrawn");
}

#[test]
fn a_seat_is_given_and_claimed_until_the_start() {
    let mut coop = two_days().before("sat 9h", Duration::zero());
    let offer = coop.gives("Camille", "sat 9h").expect("at the start itself").offer();
    let mut late = coop.clone();
    coop.claims("Léa", offer).expect("at the start itself");
    let deadline = late.now;
    late.later(Duration::seconds(1));
    assert_eq!(late.claims("Léa", offer).unwrap_err(), Reason::TooLate { deadline });
    assert_eq!(late.gives("Karim", "sat 9h").unwrap_err(), Reason::TooLate { deadline });
}

#[test]
fn an_exchange_whose_time_is_over_does_not_keep_the_seat_from_being_given() {
    let mut coop = two_days().before("sat 9h", hours(48));
    let old = coop.exchanges("Camille", "sat 9h", &["thu 18h"]).expect("48 h before").offer();
    assert_eq!(coop.gives("Camille", "sat 9h").unwrap_err(), Reason::AlreadyOffered);
    let at = coop.now;
    coop.later(Duration::seconds(1));
    let offer = coop.gives("Camille", "sat 9h").expect("only giving is left").offer();
    assert_eq!(coop.offer(old).state, OfferState::Expired { at });
    coop.claims("Léa", offer).unwrap();
}

#[test]
fn what_is_offered_to_named_people_is_theirs_to_claim() {
    let mut coop = two_days();
    let members = vec![member("Léa"), member("Camille"), member("Léa")];
    let offer = coop.gives_to("Camille", "sat 9h", Audience::Named { members }).unwrap().offer();
    let told = coop.told.iter().filter(|(_, notice)| matches!(notice, Notice::SeatOffered { .. }));
    assert_eq!(told.map(|(to, _)| *to).collect::<Vec<_>>(), [member("Léa")], "each once, oneself never");
    let holder = coop.board.who(member("Camille"));
    assert_eq!(coop.claims("Nour", offer).unwrap_err(), Reason::NotForYou { holder });
    coop.claims("Léa", offer).expect("she was named");
}

#[test]
fn an_audience_is_people_who_exist_and_not_too_many() {
    let mut coop = two_days();
    let mut named = |members| coop.gives_to("Camille", "sat 9h", Audience::Named { members }).unwrap_err();
    assert_eq!(named(vec![]), Reason::NobodyNamed);
    assert_eq!(named(vec![member("Camille")]), Reason::NobodyNamed);
    assert_eq!(named(vec![member("Nobody")]), Reason::UnknownMember);
    assert_eq!(named((0..31).map(|n| member(&n.to_string())).collect()), Reason::TooManyNamed { cap: 30 });
}

#[test]
fn a_note_is_short() {
    let mut coop = two_days();
    let seat = coop.seat("Camille", "sat 9h");
    let mut with = |note: String| {
        let offer = OfferId(coop.new_id());
        coop.does("Camille", Command::GiveSeat { offer, seat, audience: Audience::Anyone, note })
    };
    assert_eq!(with("é".repeat(281)).unwrap_err(), Reason::NoteTooLong { cap: 280 });
    with(format!("  {}  ", "é".repeat(280))).expect("in characters, spaces around not counted");
}

#[test]
fn nobody_claims_their_own_offer_nor_one_that_is_gone() {
    let mut coop = two_days();
    let offer = coop.gives("Camille", "sat 9h").unwrap().offer();
    assert_eq!(coop.claims("Camille", offer).unwrap_err(), Reason::YourOwnOffer);
    assert_eq!(coop.claims("Nour", OfferId(Uuid::nil())).unwrap_err(), Reason::UnknownOffer);
    assert_eq!(coop.withdraws("Nour", offer).unwrap_err(), Reason::NotYourOffer);
    coop.withdraws("Camille", offer).unwrap();
    assert_eq!(coop.claims("Nour", offer).unwrap_err(), Reason::OfferClosed);
    assert_eq!(coop.withdraws("Camille", offer).unwrap_err(), Reason::OfferClosed);
}

#[test]
fn who_is_not_eligible_does_not_claim() {
    let mut coop = two_days();
    let offer = coop.gives("Camille", "sat 9h").unwrap().offer();
    assert!(matches!(coop.claims("Karim", offer), Err(Reason::AlreadyOnShift { .. })));
    let mut coop = coop.who("Léa", |who| who.active = false);
    assert_eq!(coop.claims("Léa", offer).unwrap_err(), Reason::NotActive);
}

#[test]
fn an_exchange_is_not_claimed() {
    let mut coop = two_days();
    let offer = coop.exchanges("Camille", "sat 9h", &["thu 18h"]).unwrap().offer();
    let holder = coop.board.who(member("Camille"));
    assert_eq!(coop.claims("Nour", offer).unwrap_err(), Reason::ExchangeOnly { holder });
}

#[test]
fn instead_of_one_of_mine_is_one_act_with_the_deadline_of_moving() {
    let mut coop =
        Coop::new().shift("sat 9h +1", "Solène* Camille Karim").shift("thu 18h +1", "Hugo* Léa").minimum("thu 18h +1", 1);
    let offer = coop.gives("Camille", "sat 9h +1").unwrap().offer();
    let mine = coop.gives("Léa", "thu 18h +1").unwrap().offer();
    let mut late = coop.clone().before("thu 18h +1", hours(7 * 24));
    let deadline = late.now;
    late.clone().claims_instead_of("Léa", offer, "thu 18h +1").expect("exactly seven days before");
    late.later(Duration::seconds(1));
    let too_late = Reason::TooLateToMove { deadline, notice_h: 168 };
    assert_eq!(late.claims_instead_of("Léa", offer, "thu 18h +1").unwrap_err(), too_late);

    let came = coop.claims_instead_of("Léa", offer, "thu 18h +1").expect("both at once");
    let moved: Vec<How> = came
        .effects
        .list
        .iter()
        .filter_map(|effect| if let Effect::SeatMoved { how, .. } = effect { Some(*how) } else { None })
        .collect();
    assert_eq!(moved, [How::Moved, How::Claimed]);
    assert_eq!(coop.team("sat 9h +1"), "Solène* Léa Karim");
    assert_eq!(coop.team("thu 18h +1"), "Hugo* _");
    assert_eq!(coop.offer(mine).state, OfferState::Superseded { at: coop.now }, "it rested on the seat she left");
    let left = Notice::TeamChanged { shift: shift("thu 18h +1"), left: Some(member("Léa")), joined: None };
    assert!(coop.was_told("Hugo", |notice| *notice == left));
}

#[test]
fn instead_of_leaves_the_team_its_minimum() {
    let mut coop =
        Coop::new().shift("sat 9h +1", "Solène* Camille Karim").shift("thu 18h +1", "Hugo* Léa").minimum("thu 18h +1", 2);
    let offer = coop.gives("Camille", "sat 9h +1").unwrap().offer();
    let when = coop.board.when(shift("thu 18h +1")).unwrap();
    let small = Reason::TeamTooSmall { when, left: 1, minimum: 2 };
    assert_eq!(coop.claims_instead_of("Léa", offer, "thu 18h +1").unwrap_err(), small);
    assert_eq!(coop.claims_instead_of("Léa", offer, "sat 9h +1").unwrap_err(), Reason::SameShift);
}

#[test]
fn a_given_seat_may_be_given_again_without_end() {
    let mut coop = two_days();
    for (from, to) in [("Camille", "Nour"), ("Nour", "Léa"), ("Léa", "Camille"), ("Camille", "Nour")] {
        let offer = coop.gives(from, "sat 9h").unwrap().offer();
        coop.claims(to, offer).unwrap();
    }
    assert_eq!(coop.team("sat 9h"), "Solène* Nour Karim");
}

fn invited(coop: &mut Coop) -> (OfferId, InvitationId) {
    let (offer, invitation) = (OfferId(coop.new_id()), InvitationId(Uuid::from_u128(77)));
    let (seat, secret_hash) = (coop.seat("Camille", "sat 9h"), "AB".repeat(32));
    coop.does("Camille", Command::Invite { offer, invitation, seat, secret_hash }).expect("she may invite");
    (offer, invitation)
}

#[test]
fn whoever_is_shown_the_link_may_claim_once() {
    let mut coop = two_days();
    let (offer, invitation) = invited(&mut coop);
    let claim = || Command::ClaimOffer { offer, instead_of: None, secret: Some("secret".into()) };
    let holder = coop.board.who(member("Camille"));
    assert_eq!(coop.claims("Léa", offer).unwrap_err(), Reason::NotForYou { holder });
    let decision = coop.decide("Léa", &claim());
    assert!(matches!(decision, Decision::Probably(_, missing) if missing == [Missing::Unseen]));
    coop.board.shown = Known::Known(None);
    assert_eq!(coop.does("Léa", claim()).unwrap_err(), Reason::UnknownInvitation);
    coop.board.shown = Known::Known(Some(invitation));
    coop.does("Léa", claim()).expect("she was shown it");
    assert!(coop.board.invitations.is_empty(), "it is used up");
}

#[test]
fn an_invitation_ends_after_its_time_and_never_lives_beyond_the_start() {
    let mut coop = two_days();
    let (offer, invitation) = invited(&mut coop);
    assert_eq!(coop.board.invitations[&invitation].expires_at, coop.start("sat 9h"), "5 days away, not 7");
    assert_eq!(coop.board.invitations[&invitation].secret_hash, "ab".repeat(32));
    let mut short = two_days().rules(|rules| rules.invitation_life_h = 24);
    let (offer_2, _) = invited(&mut short);
    let at = short.now + hours(24);
    short.board.shown = Known::Known(Some(invitation));
    short.later(hours(24));
    let claim = |offer| Command::ClaimOffer { offer, instead_of: None, secret: Some("secret".into()) };
    short.clone().does("Léa", claim(offer_2)).expect("24 h later");
    short.later(Duration::seconds(1));
    assert_eq!(short.does("Léa", claim(offer_2)).unwrap_err(), Reason::InvitationExpired { at });
    coop.withdraws("Camille", offer).unwrap();
    coop.board.shown = Known::Known(Some(invitation));
    assert_eq!(coop.does("Léa", claim(offer)).unwrap_err(), Reason::OfferClosed);
}

#[test]
fn an_invitation_opens_no_other_offer() {
    let mut coop = two_days();
    let (_, invitation) = invited(&mut coop);
    let (offer, seat) = (OfferId(coop.new_id()), coop.seat("Karim", "sat 9h"));
    let other = Command::Invite { offer, invitation: InvitationId(Uuid::from_u128(78)), seat, secret_hash: "0".repeat(64) };
    coop.does("Karim", other).unwrap();
    coop.board.shown = Known::Known(Some(invitation));
    let claim = Command::ClaimOffer { offer, instead_of: None, secret: Some("secret".into()) };
    assert_eq!(coop.does("Léa", claim).unwrap_err(), Reason::UnknownInvitation);
}

#[test]
fn a_secret_is_kept_as_its_hash() {
    let mut coop = two_days();
    for secret_hash in ["", "secret", &"g".repeat(64), &"a".repeat(63)] {
        let command = Command::Invite {
            offer: OfferId(coop.new_id()),
            invitation: InvitationId(Uuid::nil()),
            seat: coop.seat("Camille", "sat 9h"),
            secret_hash: secret_hash.to_owned(),
        };
        assert_eq!(coop.does("Camille", command).unwrap_err(), Reason::BadSecret);
    }
}

#[test]
fn the_team_is_warned_only_when_it_is_too_late_to_exchange() {
    let mut coop = two_days().before("sat 9h", hours(48));
    let seat = coop.seat("Camille", "sat 9h");
    let warn = || Command::WarnTeam { seat, note: " Malade ".into() };
    let exchange_until = coop.now;
    assert_eq!(coop.does("Camille", warn()).unwrap_err(), Reason::TooEarlyToWarn { exchange_until });
    coop.later(Duration::seconds(1));
    coop.does("Camille", warn()).expect("it is too late to exchange");
    let warned = Notice::TeamWarned { shift: shift("sat 9h"), by: member("Camille"), note: "Malade".into() };
    let told: Vec<_> = coop.told.iter().filter(|(_, notice)| *notice == warned).map(|(to, _)| *to).collect();
    assert_eq!(told, [member("Solène"), member("Karim")]);
    assert_eq!(coop.team("sat 9h"), "Solène* Camille Karim", "the seat stays hers");
    let nobody = SeatId::new(shift("thu 18h"), 2);
    let refused = coop.does("Camille", Command::WarnTeam { seat: nobody, note: String::new() }).unwrap_err();
    assert_eq!(refused, Reason::NotYourSeat { seat: nobody, holder: None });
}
