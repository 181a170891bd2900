//! What is told of events: to whom, while it is true, and what a mail lets its reader do about it; and what a device shows of an
//! answer that is on its way.

use chrono::NaiveTime;
use domain::board::Board;
use domain::command::Command;
use domain::effect::Effect;
use domain::event::{
    Answer, Attendee, Changed, Event, Events, Gathering, Mine, Party, Placed, Reminded, Shown, Standing, State, mine_after,
};
use domain::id::{CommandId, MemberId, OfferId, VisitorId};
use domain::notice::Notice;
use domain::notify::{
    Channel, Choice, Kind, Mailed, Preferences, Switch, Ties, Topic, channels, concerns, goes_out_at, is_still_true, kind,
};
use domain::outbox::Outbox;
use domain::overlay::laid_over_events;
use domain::time::{Instant, paris_instant};
use uuid::Uuid;

use super::event::{EVENT, supper};
use super::overlay::snapshots;
use crate::coop::*;

fn party(who: MemberId, standing: Standing, guests: u8) -> Party {
    Party {
        who: Attendee::Member(who),
        standing,
        guests,
        children: 0,
        note: String::new(),
        diet: "Sans noix".into(),
        hidden: false,
        answered_at: supper(None).terms.times.starts_at - hours(90),
    }
}

fn board(standing: Standing, change: impl FnOnce(&mut Event)) -> Board {
    let mut coop = Coop::new();
    let mut gathering = Gathering::new(supper(Some(4)));
    change(&mut gathering.event);
    let lea = party(member("Léa"), standing, 1);
    gathering.parties.insert(lea.who, lea);
    coop.board.events.insert(EVENT, gathering);
    coop.board
}

fn notices() -> Vec<Notice> {
    let (event, title, starts_at) = (EVENT, "Soirée soupe".to_owned(), supper(None).terms.times.starts_at);
    let title = || title.clone();
    vec![
        Notice::EventChanged { event, title: title(), starts_at, changed: vec![Changed::Back] },
        Notice::EventCancelled { event, title: title(), starts_at, word: "Neige".into() },
        Notice::EventPromoted { event, title: title(), starts_at },
        Notice::EventSeatsFree { event, title: title(), starts_at, free: 2 },
        Notice::EventReminder { event, title: title(), starts_at, place: "À la coop".into(), when: Reminded::SameDay },
        Notice::CarpoolWithdrawn { event, title: title(), starts_at, by: member("Karim") },
        Notice::EventWord { event, title: title(), starts_at, text: "Pense à ton bol".into() },
    ]
}

/// The kinds that Léa may still be told.
fn told(board: &Board, now: Instant) -> Vec<Kind> {
    notices().iter().filter(|notice| is_still_true(board, notice, member("Léa"), now)).map(kind).collect()
}

fn cancelled(event: &mut Event) {
    event.state = State::Cancelled { at: supper(None).terms.times.starts_at, word: "Neige".into() };
}

#[test]
fn a_notice_of_an_event_is_true_while_the_event_is_as_it_says() {
    use Kind::*;
    let now = supper(None).terms.times.starts_at - hours(10);
    let waiting = Standing::Waiting { ticket: 3 };
    let seated = [EventChanged, EventPromoted, EventReminder, CarpoolWithdrawn, EventWord];
    assert_eq!(told(&board(Standing::Seated, |_| {}), now), seated);
    assert_eq!(told(&board(waiting, |_| {}), now), [EventChanged, EventSeatsFree, CarpoolWithdrawn, EventWord]);
    assert_eq!(told(&board(Standing::Maybe, |_| {}), now), [EventChanged, CarpoolWithdrawn, EventWord]);
    assert_eq!(told(&board(Standing::No, |_| {}), now), []);
    // No longer free for two, cancelled, moved, over.
    assert_eq!(told(&board(waiting, |event| event.terms.capacity = Some(1)), now), [EventChanged, CarpoolWithdrawn, EventWord]);
    assert_eq!(told(&board(Standing::Seated, cancelled), now), [EventCancelled, EventWord]);
    let moved = |event: &mut Event| event.terms.times.starts_at += hours(1);
    assert_eq!(told(&board(Standing::Seated, moved), now), [EventPromoted, CarpoolWithdrawn, EventWord]);
    assert_eq!(told(&board(Standing::Seated, |_| {}), now + hours(14)), [EventWord]);
}

#[test]
fn what_would_be_heard_in_the_morning_too_late_is_said_in_the_evening() {
    let at = |day: &str, clock: &str| paris_instant(day.parse().unwrap(), NaiveTime::parse_from_str(clock, "%H:%M").unwrap());
    let (event, title) = (EVENT, "Soirée soupe".to_owned());
    let title = || title.clone();
    let cancelled = |starts_at| Notice::EventCancelled { event, title: title(), starts_at, word: "Neige".into() };
    let changed = |was, is| Notice::EventChanged {
        event,
        title: title(),
        starts_at: is,
        changed: vec![Changed::Place { was: "Ici".into(), is: "Là".into() }, Changed::Start { was, is }],
    };
    let (evening, morning) = (at("2026-12-04", "21:10"), at("2026-12-05", "07:30"));
    for (notice, out) in [
        // Tonight, and early tomorrow; what begins later is said in the morning.
        (cancelled(at("2026-12-04", "22:00")), evening),
        (cancelled(at("2026-12-05", "08:00")), evening),
        (cancelled(at("2026-12-05", "08:30")), morning),
        // It moves, from there or to there.
        (changed(at("2026-12-04", "22:00"), at("2026-12-11", "19:00")), evening),
        (changed(at("2026-12-05", "14:00"), at("2026-12-05", "08:00")), evening),
        (changed(at("2026-12-05", "14:00"), at("2026-12-05", "15:00")), morning),
        (Notice::EventWord { event, title: title(), starts_at: at("2026-12-04", "22:00"), text: "Par la cour".into() }, evening),
        (Notice::CarpoolWithdrawn { event, title: title(), starts_at: at("2026-12-05", "07:00"), by: member("Karim") }, evening),
        // A word of thanks is no hurry.
        (Notice::EventWord { event, title: title(), starts_at: at("2026-12-04", "19:00"), text: "Merci".into() }, morning),
    ] {
        assert_eq!(goes_out_at(&notice, evening), out, "{notice:?}");
    }
    let by_day = at("2026-12-04", "15:00");
    assert_eq!(goes_out_at(&cancelled(at("2026-12-04", "19:00")), by_day), by_day);
}

#[test]
fn it_concerns_whoever_answered_and_nobody_else() {
    let board = board(Standing::Seated, |_| {});
    for notice in notices() {
        assert!(concerns(&board, &Ties::default(), &notice, member("Léa")), "{notice:?}");
        let everything = Ties { office: true, employee: true, in_group: true, ..Ties::default() };
        assert!(!concerns(&board, &everything, &notice, member("Karim")), "{notice:?}");
        assert_eq!(notice.event(), Some(EVENT));
        let off = |channel| Switch { topic: Topic::Events, channel, on: false };
        let silent = Channel::ALL.into_iter().fold(Preferences::default(), |chosen, channel| chosen.with(off(channel)));
        assert_eq!(channels(kind(&notice), &Preferences::default(), true), [Channel::Push]);
        assert_eq!(channels(kind(&notice), &Preferences::default(), false), [Channel::Mail]);
        assert!(channels(kind(&notice), &silent, true).is_empty());
    }
}

#[test]
fn from_a_mail_one_takes_the_seat_or_gives_it_up_with_what_one_had_said() {
    let at = supper(None).terms.times.starts_at - hours(20);
    let mailed = |notice: &Notice| Mailed { member: member("Léa"), notice: notice.clone(), row: None, at };
    let waits = board(Standing::Waiting { ticket: 3 }, |event| event.terms.times.closes_at = event.terms.times.starts_at);
    let offer = OfferId(Uuid::nil());
    let all = notices();
    let acts = mailed(&all[3]).acts(&waits, offer, at);
    assert_eq!(acts.iter().map(|act| act.choice).collect::<Vec<_>>(), [Choice::Take, Choice::Refuse]);
    assert!(acts.iter().all(|act| act.why_not.is_none()));
    let Command::AnswerEvent { answer: Answer::Yes, guests: 1, diet, .. } = &acts[0].command else { panic!("{acts:?}") };
    assert_eq!(diet, "Sans noix");
    let comes = board(Standing::Seated, |_| {});
    let acts = mailed(&all[4]).acts(&comes, offer, at);
    assert!(matches!(acts[0].command, Command::AnswerEvent { answer: Answer::No, .. }) && acts.len() == 1);
    assert_eq!(mailed(&all[4]).answer_until(&comes), supper(None).terms.times.starts_at);
    for notice in [&all[0], &all[1], &all[2], &all[5], &all[6]] {
        assert!(mailed(notice).acts(&comes, offer, at).is_empty());
    }
}

#[test]
fn a_visitor_waits_in_the_same_line_and_is_told_nothing_in_the_app() {
    let mut gathering = Gathering::new(supper(Some(1)));
    let visitor = Attendee::Visitor(VisitorId(Uuid::from_u128(9)));
    for (who, standing) in [
        (Attendee::Member(member("Léa")), Standing::No),
        (visitor, Standing::Waiting { ticket: 1 }),
        (Attendee::Member(member("Hugo")), Standing::Waiting { ticket: 2 }),
    ] {
        gathering.parties.insert(who, Party { who, ..party(member("Léa"), standing, 0) });
    }
    let starts_at = gathering.event.terms.times.starts_at;
    let early = domain::event::served(&gathering, starts_at - hours(48));
    assert_eq!((early.promoted.as_slice(), early.offered.len()), ([visitor].as_slice(), 0));
    assert!(domain::decide::tell_served(&gathering, &early).is_empty());
    let late = domain::event::served(&gathering, starts_at - hours(24));
    assert_eq!((late.promoted.len(), late.offered.as_slice()), (0, [visitor, Attendee::Member(member("Hugo"))].as_slice()));
    // He reads it in the app, she in a mail.
    let told = domain::decide::tell_served(&gathering, &late);
    let hugo =
        matches!(&told[1], Effect::Told { member: told, notice: Notice::EventSeatsFree { .. } } if *told == member("Hugo"));
    assert!(hugo && matches!(told[0], Effect::SeatFreeFor { event: EVENT, visitor: VisitorId(_) }), "{told:?}");
}

// — on a device —

fn shown(seats: u16, waiting: u16, coop: &Coop) -> Events {
    let shown = Shown {
        event: supper(Some(3)),
        html: String::new(),
        seats,
        waiting,
        maybe: 0,
        children: 0,
        coming: vec![member("Karim")],
        items: Vec::new(),
        carpools: Vec::new(),
        posts: Vec::new(),
        comments: Vec::new(),
        photos: Vec::new(),
        thanks: None,
        ticked: false,
    };
    Events {
        schema: 1,
        marks: [("events".to_owned(), 3)].into(),
        as_of: coop.now,
        valid_until: coop.now,
        people: Default::default(),
        events: vec![shown],
    }
}

fn answers(answer: Answer) -> Command {
    Command::AnswerEvent { event: EVENT, answer, guests: 0, children: 0, note: String::new(), diet: String::new(), hidden: false }
}

#[test]
fn coming_into_the_line_and_leaving_it_show_on_the_device() {
    let coop = Coop::new();
    let (calendar, mut me) = snapshots(&coop, "Camille");
    let id = CommandId(uuid::Builder::from_u128(1).with_version(uuid::Version::SortRand).into_uuid());
    let mut joins = Outbox::default();
    joins.enqueue(id, answers(Answer::Yes), "Je viens".into(), coop.now);
    let events = shown(3, 2, &coop);
    let laid = laid_over_events(&calendar, &me, Some(&events), &joins, coop.now).unwrap();
    assert_eq!((laid.me.answers[0].at, laid.events.as_ref().unwrap().events[0].waiting), (Some(3), 3));
    // The server said where; then she leaves.
    let mine = party(member("Camille"), Standing::Waiting { ticket: 8 }, 0);
    me.answers = vec![Mine { event: EVENT, party: mine, at: Some(2), claims: Vec::new(), arrived: false }];
    let mut leaves = Outbox::default();
    leaves.enqueue(id, answers(Answer::No), "Je ne viens pas".into(), coop.now);
    let laid = laid_over_events(&calendar, &me, Some(&shown(3, 3, &coop)), &leaves, coop.now).unwrap();
    assert_eq!((laid.me.answers[0].at, laid.events.unwrap().events[0].waiting), (None, 2));
    // Without the events there is nothing to lay an answer over.
    assert_eq!(laid_over_events(&calendar, &me, None, &leaves, coop.now).unwrap().me, me);
}

#[test]
fn what_is_not_mine_leaves_my_own_as_it_is() {
    let coop = Coop::new();
    let (_, mut me) = snapshots(&coop, "Camille");
    let mut events = shown(1, 0, &coop);
    let mut after = Gathering::new(supper(Some(3)));
    let change = domain::event::Change::Answered(party(member("Karim"), Standing::Seated, 1));
    after.apply(&change);
    let before = me.clone();
    mine_after(&after, &change, &mut events, &mut me);
    assert_eq!(me, before);
    assert_eq!(after.placed(Attendee::Member(member("Karim"))), Some(Placed::Seated { seats: 2 }));
}
