//! What an event bears: names that are kept back at any time, words of one person, hours at the door, titles of one line.

use domain::command::Command;
use domain::event::{Answer, Arrival, ArrivalWindow, Attendee, COMMENTS_OF_ONE_CAP, Gathering, Party, Standing, Terms, Typed};
use domain::id::CommentId;
use domain::reason::Reason;
use domain::sheet::Said;
use domain::time::Instant;
use uuid::Uuid;

use super::event::{EVENT, supper};
use crate::coop::*;

/// Camille comes, and makes it.
fn co_op() -> Coop {
    let mut coop = Coop::new();
    let mut known = Gathering::new(supper(None));
    let who = Attendee::Member(member("Camille"));
    let answered_at = known.event.terms.times.starts_at - hours(90);
    let (note, diet) = (String::new(), "Sans noix".to_owned());
    known
        .parties
        .insert(who, Party { who, standing: Standing::Seated, guests: 1, children: 0, note, diet, hidden: false, answered_at });
    coop.board.events.insert(EVENT, known);
    coop.board.organises.insert(EVENT);
    coop.now = supper(None).terms.times.starts_at;
    coop
}

fn says(guests: u8, hidden: bool) -> Command {
    let (note, diet) = (String::new(), "Sans noix".to_owned());
    Command::AnswerEvent { event: EVENT, answer: Answer::Yes, guests, children: 0, note, diet, hidden }
}

#[test]
fn whether_one_is_named_is_ones_own_business_after_the_closing_time_and_after_the_event() {
    let mut coop = co_op();
    let times = supper(None).terms.times;
    let before = coop.board.events[&EVENT].clone();
    for (now, refused) in [
        (times.starts_at, Reason::AnswersClosed { since: times.closes_at }),
        (times.ends_at, Reason::EventOver { since: times.ends_at }),
    ] {
        coop.now = now;
        coop.does("Camille", says(1, true)).unwrap();
        assert!(coop.board.events[&EVENT].party_of(member("Camille")).unwrap().hidden);
        assert_eq!(coop.does("Camille", says(0, false)).unwrap_err(), refused);
        coop.does("Camille", says(1, false)).unwrap();
        assert_eq!(coop.board.events[&EVENT], before, "nothing else is otherwise");
    }
}

#[test]
fn nobody_closes_the_comments_for_all() {
    let mut coop = co_op();
    let says = |n: usize| {
        let comment = CommentId(Uuid::from_u128(5_000 + n as u128));
        Command::CommentEvent { comment, event: EVENT, text: "Encore".into() }
    };
    for n in 0..COMMENTS_OF_ONE_CAP {
        coop.does("Camille", says(n)).unwrap();
    }
    assert_eq!(coop.does("Camille", says(900)).unwrap_err(), Reason::TooManyOfYourComments { cap: 30 });
    coop.does("Karim", says(901)).unwrap();
    let comment = CommentId(Uuid::from_u128(5_000));
    coop.does("Camille", Command::RemoveComment { comment, event: EVENT }).unwrap();
    coop.does("Camille", says(902)).unwrap();
}

#[test]
fn nobody_was_at_the_door_before_its_list_was_open_nor_later_than_now() {
    let opens = ArrivalWindow::of(&supper(None).terms.times).from;
    let now = supper(None).terms.times.starts_at;
    let years_ago: Instant = "-5000-01-01T00:00:00Z".parse().unwrap();
    for (at, is) in [(years_ago, now), (opens, opens), (now - hours(1), now - hours(1)), (now + hours(1), now)] {
        let mut coop = co_op();
        let who = Attendee::Member(member("Camille"));
        coop.does("Camille", Command::TickArrival { event: EVENT, who, came: true, at: Some(at) }).unwrap();
        let said = Said { by: member("Camille"), at: is };
        assert_eq!(coop.board.events[&EVENT].arrivals, [Arrival { who, said }]);
    }
}

#[test]
fn a_title_is_one_line_whatever_breaks_it() {
    let title = "Soirée\u{b}soupe\u{c}\u{85}et\u{2028}jeux\u{2029}à\u{a0}la coop\u{7}";
    let (starts, ends) = ("2026-12-04T19:00", "2026-12-04T22:00");
    let terms = Terms::read(Typed { title, place: "Au\u{2028}parc", starts, ends, ..Typed::default() }).unwrap();
    assert_eq!(terms.details.title, "Soirée soupe et jeux à\u{a0}la coop");
    assert_eq!(terms.details.place.name, "Au parc");
}
