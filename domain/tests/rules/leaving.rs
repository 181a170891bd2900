//! Somebody leaves the co-op, or goes on under another card: what they held comes free, or is the other's.

use chrono::NaiveDate;
use domain::command::Command;
use domain::decide::{gives_over, leaves_coop};
use domain::effect::{Effect, How};
use domain::id::WatchId;
use domain::notice::Notice;
use domain::swaps::{OfferState, ProposalState};

use crate::coop::*;

/// Camille sits on two teams; a third one is full without her.
fn autumn() -> Coop {
    Coop::new()
        .shift("sat 9h", "Solène* Camille Karim")
        .shift("thu 18h +1", "Hugo* Camille Léa")
        .shift("sat 9h +2", "Solène* Nour")
        .shift("fri 12h +2", "Hugo* Karim")
}

fn first_day() -> NaiveDate {
    monday()
}

impl Coop {
    fn leaves(&mut self, name: &str, from: NaiveDate) -> Vec<Effect> {
        let list = leaves_coop(&self.board, member(name), from, self.now);
        self.apply(&list);
        list
    }

    fn goes_on_as(&mut self, goes: &str, stays: &str) {
        let list = gives_over(&self.board, member(goes), member(stays), first_day(), self.now);
        self.apply(&list);
    }

    fn sees_gone(&self, lead: &str, name: &str, on: &str) -> bool {
        let gone = Notice::TeamChanged { shift: shift(on), left: Some(member(name)), joined: None };
        self.was_told(lead, |notice| *notice == gone)
    }
}

#[test]
fn their_seats_come_free_and_each_lead_hears_of_it() {
    let mut coop = autumn();
    let list = coop.leaves("Camille", first_day());
    assert_eq!((coop.team("sat 9h"), coop.team("thu 18h +1")), ("Solène* _ Karim".into(), "Hugo* _ Léa".into()));
    assert!(coop.sees_gone("Solène", "Camille", "sat 9h") && coop.sees_gone("Hugo", "Camille", "thu 18h +1"));
    assert!(list.iter().all(|effect| !matches!(effect, Effect::SeatMoved { how, .. } if *how != How::Left)));
    assert!(!coop.told.iter().any(|(to, _)| *to == member("Camille")), "they know");
}

#[test]
fn what_they_offered_and_asked_for_ends_with_them() {
    let mut coop = autumn();
    let asked = coop.proposes("Nour", "sat 9h +2", "Camille", "sat 9h").unwrap().proposal();
    let asks = coop.proposes("Camille", "thu 18h +1", "Nour", "sat 9h +2").unwrap().proposal();
    let offer = coop.gives("Camille", "thu 18h +1").unwrap().offer();
    let others = coop.gives("Léa", "thu 18h +1").unwrap().offer();
    coop.does("Camille", Command::JoinWaitingList { shift: shift("fri 12h +2") }).unwrap();
    let (watch, lacking) = (WatchId(coop.new_id()), Some(shift("fri 12h +2")));
    coop.does("Camille", Command::WatchSeats { watch, shift: lacking, pattern: None, skill: None }).unwrap();

    coop.leaves("Camille", first_day());
    let now = coop.now;
    assert_eq!(coop.offer(offer).state, OfferState::Superseded { at: now });
    for proposal in [asked, asks] {
        assert_eq!(coop.proposal(proposal).state, ProposalState::Superseded { at: now });
    }
    assert!(coop.was_told("Nour", |notice| matches!(notice, Notice::ProposalClosed { .. })), "she waited for an answer");
    assert!(coop.offer(others).is_open(), "nobody else's");
    assert!(coop.board.waiting.values().all(|line| !line.contains(&member("Camille"))));
    assert!(coop.board.watches.is_empty());
}

#[test]
fn they_still_come_until_the_day_itself() {
    let mut coop = autumn();
    let asked = coop.proposes("Nour", "sat 9h +2", "Camille", "sat 9h").unwrap().proposal();
    let offer = coop.gives("Camille", "sat 9h").unwrap().offer();
    let (watch, lacking) = (WatchId(coop.new_id()), Some(shift("fri 12h +2")));
    coop.does("Camille", Command::WatchSeats { watch, shift: lacking, pattern: None, skill: None }).unwrap();

    coop.leaves("Camille", day(2026, 12, 1));
    assert_eq!((coop.team("sat 9h"), coop.team("thu 18h +1")), ("Solène* Camille Karim".into(), "Hugo* _ Léa".into()));
    assert!(coop.offer(offer).is_open() && !coop.board.watches.is_empty(), "they are a member until then");
    assert!(!coop.proposal(asked).is_pending(), "they would come after they left");

    // The day itself frees what begins on it.
    let mut coop = autumn();
    coop.leaves("Camille", day(2026, 12, 3));
    assert_eq!(coop.team("thu 18h +1"), "Hugo* _ Léa");
}

#[test]
fn a_shift_that_has_begun_is_theirs() {
    let mut coop = autumn();
    coop.now = coop.start("sat 9h");
    coop.leaves("Camille", day(2026, 11, 28));
    assert_eq!((coop.team("sat 9h"), coop.team("thu 18h +1")), ("Solène* Camille Karim".into(), "Hugo* _ Léa".into()));
}

#[test]
fn a_team_whose_lead_leaves_has_nobody_to_tell() {
    let mut coop = autumn();
    coop.leaves("Solène", first_day());
    assert_eq!((coop.team("sat 9h"), coop.team("sat 9h +2")), ("_* Camille Karim".into(), "_* Nour".into()));
    assert!(coop.told.is_empty());
}

#[test]
fn the_other_card_has_the_seats_that_it_may_hold() {
    let mut coop = autumn().shift("mon 9h +3", "Solène* Camille:fromage").skilled("Camille", "fromage");
    let offer = coop.gives("Camille", "thu 18h +1").unwrap().offer();
    coop.goes_on_as("Camille", "Karim");
    assert_eq!(coop.team("thu 18h +1"), "Hugo* Karim Léa");
    assert_eq!(coop.team("sat 9h"), "Solène* _ Karim", "Karim sits there already");
    assert_eq!(coop.team("mon 9h +3"), "Solène* _:fromage", "Karim has not learnt it");
    assert!(!coop.offer(offer).is_open(), "whoever goes on offers it again");
    let joined = Notice::TeamChanged { shift: shift("thu 18h +1"), left: Some(member("Camille")), joined: Some(member("Karim")) };
    assert!(coop.was_told("Hugo", |notice| *notice == joined) && coop.sees_gone("Solène", "Camille", "sat 9h"));
}
