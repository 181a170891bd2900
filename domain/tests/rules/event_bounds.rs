//! What an event bears: names that are kept back at any time, words of one person, hours at the door, titles of one line.

use domain::command::Command;
use domain::event::{
    Answer, Arrival, ArrivalWindow, Attendee, COMMENTS_OF_ONE_CAP, ForWhom, Gathering, Partner, Party, Placed, Standing, Terms,
    Typed,
};
use domain::id::{CommentId, GroupId};
use domain::reason::Reason;
use domain::sheet::Said;
use domain::time::Instant;
use uuid::Uuid;

use super::event::{EVENT, supper};
use super::overlay::snapshots;
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

/// Karim waits with one more beside two seats that are free: it is late.
fn in_line() -> Coop {
    let mut coop = co_op();
    let known = coop.board.events.get_mut(&EVENT).unwrap();
    known.event.terms.capacity = Some(4);
    known.event.terms.times.closes_at = known.event.terms.times.starts_at;
    let who = Attendee::Member(member("Karim"));
    let diet = "Sans noix".to_owned();
    let answered_at = known.event.terms.times.starts_at - hours(80);
    let standing = Standing::Waiting { ticket: 3 };
    let party = Party { who, standing, guests: 1, children: 0, note: String::new(), diet, hidden: false, answered_at };
    known.parties.insert(who, party);
    coop.now = supper(None).terms.times.starts_at - hours(2);
    coop
}

#[test]
fn no_more_than_the_name_changes_where_that_alone_was_asked() {
    let mut coop = in_line();
    let karim = member("Karim");
    coop.does("Karim", says(1, true)).unwrap();
    let party = coop.board.events[&EVENT].party_of(karim).unwrap();
    assert_eq!((party.hidden, party.standing), (true, Standing::Waiting { ticket: 3 }), "two seats are free, and stay so");
    coop.does("Karim", says(1, true)).unwrap();
    assert!(coop.board.events[&EVENT].party_of(karim).unwrap().is_seated(), "now they are asked for");
}

#[test]
fn what_is_free_is_said_to_those_who_fit() {
    let mut coop = in_line();
    let who = Attendee::Member(member("Karim"));
    assert_eq!(coop.board.events[&EVENT].placed(who), Some(Placed::Waiting { at: 1, free: 2 }));
    coop.board.events.get_mut(&EVENT).unwrap().event.terms.capacity = Some(3);
    assert_eq!(coop.board.events[&EVENT].placed(who), Some(Placed::Waiting { at: 1, free: 0 }));
}

#[test]
fn whoever_does_not_come_brings_nobody_whatever_was_typed() {
    let mut coop = in_line();
    let (note, diet) = (String::new(), String::new());
    let no = Command::AnswerEvent { event: EVENT, answer: Answer::No, guests: 0, children: 2, note, diet, hidden: false };
    coop.does("Karim", no).unwrap();
    let party = coop.board.events[&EVENT].party_of(member("Karim")).unwrap();
    assert_eq!((party.standing, party.children), (Standing::No, 0));
}

#[test]
fn whoever_makes_what_is_for_everybody_does_not_organise_the_rest() {
    let (_, mut me) = snapshots(&Coop::new(), "Camille");
    let mut event = supper(None);
    let (group, other) = (event.group, GroupId(Uuid::from_u128(8)));
    assert!(!me.makes_events() && !me.organises(&event));
    me.organises_public = vec![group];
    assert!(me.makes_events() && !me.organises(&event));
    event.terms.details.for_whom = ForWhom::Public;
    assert!(me.organises(&event));
    (me.organises, me.organises_public) = (vec![other], Vec::new());
    assert!(!me.organises(&event));
    event.terms.details.with = Some(Partner::Group(other));
    event.terms.details.for_whom = ForWhom::Members;
    assert!(me.organises(&event));
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
