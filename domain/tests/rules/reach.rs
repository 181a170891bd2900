//! Whom the office calls or writes to, why, and in which order; and what is the matter with the machine.

use chrono::Duration;
use domain::command::Command;
use domain::id::{CommandId, NoticeId};
use domain::machine::{Job, Machine, Trouble, Undelivered, Waiting};
use domain::notice::{InboxRow, Notice};
use domain::notify::Channel;
use domain::outbox::Outbox;
use domain::reach::{Facts, Rank, Unreached, Why, unreached};
use domain::reason::When;
use domain::time::Instant;
use domain::view::home::SpokenOf;
use uuid::Uuid;

use crate::coop::{Coop, hours, member, shift};

/// Somebody whom everything reaches.
fn reached(name: &str) -> Facts {
    Facts {
        member: member(name),
        first_name: name.to_owned(),
        last_name: name.to_owned(),
        phone: None,
        bounced_at: None,
        failing: Default::default(),
        has_device: true,
        has_signed_in: true,
        next: None,
        unseen: Vec::new(),
    }
}

fn now() -> Instant {
    Coop::new().now
}

fn when(name: &str, in_h: i64) -> When {
    When { shift: shift(name), starts_at: now() + hours(in_h), ends_at: now() + hours(in_h + 3) }
}

/// Shifts that begin in so many hours.
fn spoken(shifts: &[(&str, i64)]) -> SpokenOf {
    SpokenOf { shifts: shifts.iter().map(|(name, in_h)| (shift(name), when(name, *in_h))).collect(), ..SpokenOf::default() }
}

/// « Ta vacation est fermée », told so many hours ago.
fn closed(name: &str, ago_h: i64) -> InboxRow {
    let notice = Notice::ShiftClosed { shift: shift(name), why: String::new(), treatment: domain::shifts::Treatment::Excused };
    row(notice, ago_h)
}

fn row(notice: Notice, ago_h: i64) -> InboxRow {
    InboxRow { id: NoticeId(Uuid::from_u128(1)), notice, at: now() - hours(ago_h), seen_at: None }
}

fn only(facts: Facts, spoken: &SpokenOf) -> Option<Unreached> {
    unreached(vec![facts], spoken, now()).pop()
}

#[test]
fn each_reason_puts_on_the_list_whom_it_should_and_nobody_else() {
    let week = when("sat 9h", 100);
    let far = when("sat 9h +1", 24 * 28 + 1);
    let at = now() - hours(50);
    let seen = InboxRow { seen_at: Some(now()), ..closed("sat 9h", 30) };
    // (what differs from somebody whom everything reaches, their rank and the reasons)
    type Change = Box<dyn Fn(&mut Facts)>;
    type Wanted = Option<(Rank, Vec<Why>)>;
    let cases: Vec<(&str, Change, Wanted)> = vec![
        ("everything reaches them", Box::new(|_| {}), None),
        ("no device alone", Box::new(|facts| facts.has_device = false), None),
        ("their pushes fail, mail arrives", Box::new(move |facts| facts.failing = [(Channel::Push, at)].into()), None),
        ("a bounced address", Box::new(move |facts| facts.bounced_at = Some(at)), Some((Rank::Mend, vec![Why::Bounced { at }]))),
        (
            "a bounced address and no device",
            Box::new(move |facts| (facts.bounced_at, facts.has_device) = (Some(at), false)),
            Some((Rank::Mend, vec![Why::Bounced { at }, Why::NoDevice])),
        ),
        (
            "mails that do not arrive",
            Box::new(move |facts| facts.failing = [(Channel::Mail, at)].into()),
            Some((Rank::Mend, vec![Why::Failing { by: Channel::Mail, since: at }])),
        ),
        ("never in the app, and no shift", Box::new(|facts| facts.has_signed_in = false), None),
        (
            "never in the app, and a shift within a cycle",
            Box::new(move |facts| (facts.has_signed_in, facts.next) = (false, Some(week))),
            Some((Rank::Welcome, vec![Why::NeverSignedIn])),
        ),
        (
            "never in the app, and a shift after that",
            Box::new(move |facts| (facts.has_signed_in, facts.next) = (false, Some(far))),
            None,
        ),
        (
            "unseen for a day, within a week",
            Box::new(|facts| facts.unseen = vec![closed("sat 9h", 24)]),
            Some((Rank::Tell, vec![Why::NotSeen { since: now() - hours(24) }])),
        ),
        ("seen", Box::new(move |facts| facts.unseen = vec![seen.clone()]), None),
        ("unseen for less than a day", Box::new(|facts| facts.unseen = vec![closed("sat 9h", 23)]), None),
        ("unseen, of a shift that is further away", Box::new(|facts| facts.unseen = vec![closed("sat 9h +1", 90)]), None),
        ("unseen, of a shift that is over", Box::new(|facts| facts.unseen = vec![closed("mon 6h", 90)]), None),
        (
            "unseen for two hours, within a day",
            Box::new(|facts| facts.unseen = vec![closed("tue 6h", 2)]),
            Some((Rank::Tell, vec![Why::NotSeen { since: now() - hours(2) }])),
        ),
        ("unseen for an hour, within a day", Box::new(|facts| facts.unseen = vec![closed("tue 6h", 1)]), None),
        (
            "nothing reaches them: at once, however far",
            Box::new(move |facts| {
                (facts.bounced_at, facts.has_device) = (Some(at), false);
                facts.unseen = vec![closed("sat 9h +1", 0)];
            }),
            Some((Rank::Tell, vec![Why::NotSeen { since: now() }, Why::Bounced { at }, Why::NoDevice])),
        ),
        (
            "what may stay unseen: a proposal",
            Box::new(|facts| {
                let seat = domain::id::SeatId::new(shift("sat 9h"), 0);
                facts.unseen = vec![row(Notice::ProposalReceived { mine: seat, theirs: seat, from: member("Léa") }, 90)];
            }),
            None,
        ),
    ];
    let spoken = spoken(&[("sat 9h", 100), ("tue 6h", 21), ("sat 9h +1", 268), ("mon 6h", -3)]);
    for (case, change, wanted) in cases {
        let mut facts = reached("Karim");
        change(&mut facts);
        let found = only(facts, &spoken).map(|person| (person.rank, person.why));
        assert_eq!(found, wanted, "{case}");
    }
}

#[test]
fn who_has_something_to_be_told_soon_comes_first_then_addresses_then_newcomers() {
    let spoken = spoken(&[("sat 9h", 100), ("tue 6h", 21)]);
    let tell = |name, on| Facts { unseen: vec![closed(on, 30)], ..reached(name) };
    let mend = |name, next| Facts { bounced_at: Some(now()), next, ..reached(name) };
    let welcome = |name, in_h| Facts { has_signed_in: false, next: Some(when("sat 9h", in_h)), ..reached(name) };
    let everybody = vec![
        welcome("Nour", 90),
        mend("Hugo", None),
        tell("Camille", "sat 9h"),
        reached("Inès"),
        mend("Solène", Some(when("sat 9h", 90))),
        welcome("Jeanne", 80),
        tell("Léa", "tue 6h"),
        mend("Anne", None),
    ];
    let order: Vec<String> = unreached(everybody, &spoken, now()).into_iter().map(|person| person.first_name).collect();
    assert_eq!(order, ["Léa", "Camille", "Solène", "Anne", "Hugo", "Jeanne", "Nour"]);
}

#[test]
fn the_ways_that_are_left_are_said() {
    let of = |facts| only(facts, &SpokenOf::default()).expect("on the list").ways;
    let bounced = Facts { bounced_at: Some(now()), ..reached("Léa") };
    assert_eq!(of(bounced.clone()), [Channel::Push]);
    assert_eq!(of(Facts { has_device: false, ..bounced.clone() }), []);
    assert_eq!(of(Facts { failing: [(Channel::Push, now())].into(), ..bounced }), []);
    let new = Facts { has_signed_in: false, has_device: false, next: Some(when("sat 9h", 9)), ..reached("Léa") };
    assert_eq!(of(new), [Channel::Mail]);
}

#[test]
fn of_a_loop_only_ones_own_shifts_count() {
    let leg = |who: &str, gives: &str, takes: &str| domain::swaps::Leg {
        offer: domain::id::OfferId(Uuid::nil()),
        member: member(who),
        gives: domain::id::SeatId::new(shift(gives), 0),
        takes: domain::id::SeatId::new(shift(takes), 0),
    };
    let legs = vec![leg("Karim", "sat 9h +1", "fri 9h +1"), leg("Léa", "fri 9h +1", "sat 9h +1")];
    let near = vec![leg("Karim", "sat 9h +1", "tue 6h"), leg("Léa", "tue 6h", "sat 9h +1")];
    let spoken = spoken(&[("tue 6h", 21), ("sat 9h +1", 268), ("fri 9h +1", 250)]);
    let told = |legs| Facts { unseen: vec![row(Notice::LoopClosed { legs }, 30)], ..reached("Karim") };
    assert!(only(told(legs), &spoken).is_none());
    assert_eq!(only(told(near), &spoken).map(|person| person.rank), Some(Rank::Tell));
}

#[test]
fn what_one_does_for_somebody_else_names_them_and_leaves_ones_own_acts_alone() {
    let id = |n| CommandId(Uuid::from_u128(n));
    let seen = Command::MarkSeen { notice: NoticeId(Uuid::from_u128(9)) };
    let mut outbox = Outbox::default();
    outbox.enqueue(id(1), seen.clone(), String::new(), now());
    outbox.enqueue_for(Some(member("Léa")), id(2), seen.clone(), String::new(), now());
    outbox.enqueue_for(Some(member("Karim")), id(3), seen.clone(), String::new(), now());
    outbox.enqueue_for(Some(member("Karim")), id(4), seen, String::new(), now());
    let sent: Vec<_> = outbox.next_batch(now()).into_iter().map(|parcel| (parcel.id, parcel.on_behalf_of)).collect();
    assert_eq!(sent, [(id(1), None), (id(2), Some(member("Léa"))), (id(4), Some(member("Karim")))]);
}

#[test]
fn a_job_that_keeps_failing_or_is_late_is_told_and_chance_is_not() {
    let job = |name: &str, failures, ago: Duration| Job {
        name: name.to_owned(),
        last_started_at: now(),
        last_ok_at: Some(now() - ago),
        failures,
        failing_since: None,
        why: None,
    };
    for (name, failures, ago, trouble) in [
        ("purge", 0, Duration::hours(26), None),
        ("purge", 0, Duration::hours(27), Some(Trouble::Late)),
        ("purge", 2, Duration::hours(1), None),
        ("purge", 3, Duration::hours(1), Some(Trouble::Failing)),
        ("push", 0, Duration::minutes(16), Some(Trouble::Late)),
        // It runs when there is something to do.
        ("expire", 0, Duration::days(9), None),
    ] {
        assert_eq!(job(name, failures, ago).trouble(now()), trouble, "{name}, {failures}, {ago}");
    }
    let undelivered = |ago_h, still_tried| Undelivered {
        channel: Channel::Mail,
        why: String::new(),
        count: 1,
        since: now() - hours(100),
        last: now() - hours(ago_h),
        still_tried,
    };
    let mut machine = Machine { now: now(), ..Machine::default() };
    assert_eq!(machine.troubles(), 0);
    machine.jobs = vec![job("purge", 3, Duration::zero()), job("purge", 0, Duration::zero())];
    machine.undelivered = vec![undelivered(25, false), undelivered(24, false), undelivered(25, true)];
    machine.codes = Waiting { count: 1, since: Some(now()) };
    assert_eq!(machine.troubles(), 4);
}
