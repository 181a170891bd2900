//! Who comes to an event: what is announced, what is answered, who brings what, and who is there.

use chrono::Duration;
use domain::command::Command;
use domain::decide::Decision;
use domain::effect::Effect;
use domain::event::{
    Answer, ArrivalWindow, Attendee, BringItem, Carpool, Changed, Claims, Comment, Details, Event, Events, Facts, ForWhom,
    Gathering, HelperPost, Mistake, Place, Placed, Price, Reminded, Shown, State, Terms, Times, Typed, What, clashes, lay_on,
    reminders, tell_at, what_changed, word_of,
};
use domain::id::{BringItemId, CarpoolId, CommentId, EventId, GroupId, HelperPostId, WalkInId};
use domain::notice::Notice;
use domain::outbox::{Outbox, depends, replaces};
use domain::overlay::laid_over_events;
use domain::reason::Reason;
use domain::time::{Instant, paris_instant};
use uuid::Uuid;

use super::overlay::snapshots;
use crate::coop::*;

pub const EVENT: EventId = EventId(Uuid::from_u128(70));
const ITEM: BringItemId = BringItemId(Uuid::from_u128(71));
const POST: HelperPostId = HelperPostId(Uuid::from_u128(72));
const CAR: CarpoolId = CarpoolId(Uuid::from_u128(73));

/// Friday 4 December, 19 h to 22 h; answers close on Thursday at noon.
pub fn supper(capacity: Option<u16>) -> Event {
    let at = |date: u32, hour: u32| paris_instant(day(2026, 12, date), clock(hour, 0));
    Event {
        id: EVENT,
        series: None,
        group: GroupId(Uuid::from_u128(7)),
        terms: Terms {
            details: Details {
                title: "Soirée soupe".into(),
                text: "On épluche à **17 h**.".into(),
                cover: None,
                place: Place { name: "À la coop".into(), map: None },
                guests: 4,
                children: true,
                for_whom: ForWhom::Members,
                price: Price::Open,
                with: None,
            },
            times: Times { starts_at: at(4, 19), ends_at: at(4, 22), closes_at: at(4, 12) },
            capacity,
        },
        state: State::Published { at: at(1, 8) - Duration::days(20) },
        sequence: 0,
        revision: 1,
    }
}

/// With salads to bring, a bar to keep, and Solène among the organisers' friends.
fn co_op(capacity: Option<u16>) -> Coop {
    let mut coop = Coop::new();
    let mut gathering = Gathering::new(supper(capacity));
    gathering.items.push(BringItem { id: ITEM, label: "Salades".into(), claims: Claims::of(3) });
    gathering.posts.push(HelperPost { id: POST, label: "Le bar".into(), claims: Claims::of(1) });
    coop.board.events.insert(EVENT, gathering);
    coop
}

fn says(answer: Answer, guests: u8) -> Command {
    Command::AnswerEvent { event: EVENT, answer, guests, children: 0, note: String::new(), diet: String::new(), hidden: false }
}

fn yes(guests: u8) -> Command {
    says(Answer::Yes, guests)
}

fn no() -> Command {
    says(Answer::No, 0)
}

fn placed(coop: &mut Coop, who: &str, command: Command) -> Result<Placed, Reason> {
    coop.does(who, command).map(|came| came.effects.done.answered.expect("an answer says where it stands"))
}

fn gathering(coop: &mut Coop) -> &mut Gathering {
    coop.board.events.get_mut(&EVENT).unwrap()
}

fn starts_at() -> Instant {
    supper(None).terms.times.starts_at
}

fn told(coop: &Coop, who: &str) -> Vec<Notice> {
    coop.told.iter().filter(|(member, _)| *member == crate::coop::member(who)).map(|(_, notice)| notice.clone()).collect()
}

#[test]
fn only_a_yes_takes_seats_one_and_whoever_comes_along() {
    let mut coop = co_op(Some(6));
    assert_eq!(placed(&mut coop, "Camille", yes(2)), Ok(Placed::Seated { seats: 3 }));
    assert_eq!(placed(&mut coop, "Karim", says(Answer::Maybe, 4)), Ok(Placed::Maybe));
    assert_eq!(placed(&mut coop, "Léa", no()), Ok(Placed::No));
    assert_eq!(gathering(&mut coop).seated(), 3);
    assert_eq!(placed(&mut coop, "Hugo", yes(2)), Ok(Placed::Seated { seats: 3 }));
    assert_eq!(gathering(&mut coop).free(), Some(0));
    assert_eq!(placed(&mut coop, "Nour", yes(0)), Ok(Placed::Waiting { at: 1, free: 0 }));
    assert_eq!(placed(&mut coop, "Solène", yes(1)), Ok(Placed::Waiting { at: 2, free: 0 }));
}

#[test]
fn a_seat_that_comes_free_goes_to_the_first_party_that_fits() {
    let mut coop = co_op(Some(3));
    coop.does("Camille", yes(0)).unwrap();
    coop.does("Karim", yes(1)).unwrap();
    coop.does("Léa", yes(3)).unwrap_err();
    coop.does("Léa", yes(2)).unwrap();
    coop.does("Nour", yes(0)).unwrap();
    assert_eq!(placed(&mut coop, "Hugo", yes(0)), Ok(Placed::Waiting { at: 3, free: 0 }));
    coop.does("Camille", no()).unwrap();
    // Léa's three do not fit; Nour comes next.
    let known = gathering(&mut coop);
    assert!(known.party_of(member("Nour")).unwrap().is_seated());
    assert_eq!(known.placed(Attendee::Member(member("Léa"))), Some(Placed::Waiting { at: 1, free: 0 }));
    assert_eq!(known.placed(Attendee::Member(member("Hugo"))), Some(Placed::Waiting { at: 2, free: 0 }));
    assert!(matches!(told(&coop, "Nour")[..], [Notice::EventPromoted { event: EVENT, .. }]));
    assert!(told(&coop, "Hugo").is_empty() && told(&coop, "Léa").is_empty());
}

#[test]
fn within_a_day_what_comes_free_is_for_whoever_of_the_line_takes_it_first() {
    let mut coop = co_op(Some(2));
    coop.board.events.get_mut(&EVENT).unwrap().event.terms.times.closes_at = starts_at();
    for who in ["Camille", "Karim", "Léa", "Nour"] {
        coop.does(who, yes(0)).unwrap();
    }
    coop.now = starts_at() - hours(24);
    coop.does("Camille", no()).unwrap();
    assert_eq!(gathering(&mut coop).free(), Some(1), "nobody has it yet");
    for who in ["Léa", "Nour"] {
        assert!(matches!(told(&coop, who)[..], [Notice::EventSeatsFree { free: 1, .. }]), "{who}");
    }
    // Whoever is not in line comes behind those who are.
    assert_eq!(placed(&mut coop, "Hugo", yes(0)), Ok(Placed::Waiting { at: 3, free: 1 }));
    assert_eq!(placed(&mut coop, "Nour", yes(0)), Ok(Placed::Seated { seats: 1 }));
    assert_eq!(placed(&mut coop, "Léa", yes(0)), Ok(Placed::Waiting { at: 1, free: 0 }));
}

#[test]
fn a_party_that_grows_beyond_what_is_left_keeps_what_it_has() {
    let mut coop = co_op(Some(3));
    coop.does("Camille", yes(0)).unwrap();
    coop.does("Karim", yes(0)).unwrap();
    assert_eq!(coop.does("Camille", yes(2)).unwrap_err(), Reason::EventFull { left: 1 });
    assert_eq!(gathering(&mut coop).party_of(member("Camille")).unwrap().seats(), 1);
    assert_eq!(placed(&mut coop, "Camille", yes(1)), Ok(Placed::Seated { seats: 2 }));
    // The same again changes nothing, and says where it stands.
    let again = coop.does("Camille", yes(1)).unwrap().effects;
    assert!(again.list.is_empty() && again.done.answered == Some(Placed::Seated { seats: 2 }));
}

#[test]
fn an_answer_that_cannot_be_says_why_and_changes_nothing() {
    let children = |guests, children| Command::AnswerEvent {
        event: EVENT,
        answer: Answer::Yes,
        guests,
        children,
        note: String::new(),
        diet: String::new(),
        hidden: false,
    };
    let refused = |change: &dyn Fn(&mut Coop), command: Command| {
        let mut coop = co_op(Some(6));
        change(&mut coop);
        let before = gathering(&mut coop).clone();
        let reason = coop.does("Camille", command).unwrap_err();
        assert_eq!(*gathering(&mut coop), before);
        reason
    };
    let state = |state: State| move |coop: &mut Coop| gathering(coop).event.state = state.clone();
    let at = starts_at();
    assert_eq!(
        refused(
            &|coop| drop(
                coop.board
                    .events
                    .remove(&EVENT)
                    .map(|it| coop.board.events.insert(EventId(Uuid::nil()), it))
                    .map(|_| coop.board.events.insert(EVENT, Gathering::new(Event { state: State::Draft, ..supper(None) })))
            ),
            yes(0)
        ),
        Reason::EventNotOut
    );
    assert_eq!(refused(&state(State::Scheduled { at }), yes(0)), Reason::EventNotOut);
    let cancelled = State::Cancelled { at, word: "Panne de four".into() };
    assert_eq!(refused(&state(cancelled), yes(0)), Reason::EventCancelled { since: at, word: "Panne de four".into() });
    assert_eq!(refused(&state(State::Removed { at, by_rule: true }), no()), Reason::EventRemoved { since: at });
    let closes_at = supper(None).terms.times.closes_at;
    let later = |by: Duration| move |coop: &mut Coop| coop.now = closes_at + by;
    assert_eq!(refused(&later(Duration::milliseconds(1)), yes(0)), Reason::AnswersClosed { since: closes_at });
    let ends_at = supper(None).terms.times.ends_at;
    assert_eq!(refused(&later(hours(11)), yes(0)), Reason::EventOver { since: ends_at });
    assert_eq!(refused(&|_| {}, yes(5)), Reason::TooManyGuests { cap: 4 });
    assert_eq!(refused(&|_| {}, yes(200)), Reason::TooManyGuests { cap: 5 });
    assert_eq!(refused(&|_| {}, children(1, 2)), Reason::MoreChildrenThanGuests);
    let adults = |coop: &mut Coop| gathering(coop).event.terms.details.children = false;
    assert_eq!(refused(&adults, children(2, 1)), Reason::NoChildren);
    let mut unknown = co_op(None);
    unknown.board.events.clear();
    assert_eq!(unknown.does("Camille", yes(0)).unwrap_err(), Reason::UnknownEvent);
}

#[test]
fn answers_count_until_the_closing_time_and_a_seat_may_be_given_up_after_it() {
    let mut coop = co_op(Some(1));
    let closes_at = supper(None).terms.times.closes_at;
    coop.now = closes_at;
    coop.does("Camille", yes(0)).unwrap();
    coop.does("Karim", yes(0)).unwrap();
    coop.now = closes_at + hours(1);
    assert!(matches!(coop.does("Léa", no()).unwrap_err(), Reason::AnswersClosed { .. }));
    assert!(matches!(coop.does("Camille", says(Answer::Maybe, 0)).unwrap_err(), Reason::AnswersClosed { .. }));
    coop.does("Camille", no()).unwrap();
    assert!(matches!(coop.does("Camille", yes(0)).unwrap_err(), Reason::AnswersClosed { .. }));
    assert_eq!(placed(&mut coop, "Karim", yes(0)), Ok(Placed::Seated { seats: 1 }));
}

#[test]
fn what_is_shared_out_is_claimed_and_released_like_seats() {
    let mut coop = co_op(None);
    let claims = |quantity| Command::ClaimItem { event: EVENT, item: ITEM, quantity };
    assert_eq!(coop.does("Camille", claims(1)).unwrap_err(), Reason::AnswerFirst);
    for who in ["Camille", "Karim", "Léa"] {
        coop.does(who, says(Answer::Maybe, 0)).unwrap();
    }
    coop.does("Camille", claims(2)).unwrap();
    assert_eq!(coop.does("Karim", claims(2)).unwrap_err(), Reason::TooFewLeft { left: 1 });
    assert_eq!(coop.does("Karim", claims(0)).unwrap_err(), Reason::BadQuantity { most: 3 });
    // So many instead of what one had.
    coop.does("Camille", claims(3)).unwrap();
    assert_eq!(coop.does("Karim", claims(1)).unwrap_err(), Reason::TooFewLeft { left: 0 });
    coop.does("Camille", Command::ReleaseItem { event: EVENT, item: ITEM }).unwrap();
    coop.does("Karim", claims(1)).unwrap();
    let post = Command::ClaimPost { event: EVENT, post: POST };
    coop.does("Karim", post.clone()).unwrap();
    assert_eq!(coop.does("Léa", post).unwrap_err(), Reason::TooFewLeft { left: 0 });
    let nothing = Command::ClaimItem { event: EVENT, item: BringItemId(Uuid::nil()), quantity: 1 };
    assert_eq!(coop.does("Léa", nothing).unwrap_err(), Reason::UnknownClaim);
    // Whoever does not come leaves what they took on to the others.
    coop.does("Karim", no()).unwrap();
    assert!(gathering(&mut coop).claimed_by(member("Karim")).is_empty());
}

#[test]
fn a_lift_that_goes_away_is_told_to_whoever_was_to_ride() {
    let mut coop = co_op(None);
    for who in ["Camille", "Karim", "Léa", "Hugo"] {
        coop.does(who, yes(0)).unwrap();
    }
    let offers = |id: u128, seats| Command::OfferCarpool {
        carpool: CarpoolId(Uuid::from_u128(id)),
        event: EVENT,
        seats,
        place: "Gare d’Annecy".into(),
        note: "18 h 30".into(),
    };
    assert_eq!(coop.does("Camille", offers(73, 9)).unwrap_err(), Reason::BadQuantity { most: 8 });
    coop.does("Camille", offers(73, 3)).unwrap();
    assert_eq!(coop.does("Camille", offers(74, 3)).unwrap_err(), Reason::AlreadyDriving);
    assert_eq!(coop.does("Karim", offers(73, 3)).unwrap_err(), Reason::IdReused);
    coop.does("Hugo", offers(75, 2)).unwrap();
    let rides = |carpool, seats| Command::ClaimCarpool { event: EVENT, carpool, seats };
    assert_eq!(coop.does("Camille", rides(CAR, 1)).unwrap_err(), Reason::YourOwnCarpool);
    coop.does("Karim", rides(CAR, 2)).unwrap();
    coop.does("Léa", rides(CAR, 1)).unwrap();
    // Nobody sits in two cars.
    coop.does("Léa", rides(CarpoolId(Uuid::from_u128(75)), 1)).unwrap();
    assert_eq!(gathering(&mut coop).claims(What::Carpool(CAR)).unwrap().claimed(), 2);
    let withdraws = Command::WithdrawCarpool { carpool: CAR, event: EVENT };
    assert!(matches!(coop.does("Karim", withdraws).unwrap_err(), Reason::NotYourCarpool { .. }));
    coop.does("Camille", no()).unwrap();
    assert!(matches!(told(&coop, "Karim")[..], [Notice::CarpoolWithdrawn { by, .. }] if by == member("Camille")));
    assert!(told(&coop, "Léa").is_empty());
    assert!(gathering(&mut coop).carpools.iter().all(|carpool| carpool.id != CAR));
}

#[test]
fn comments_are_flat_and_the_organisers_moderate_them() {
    let mut coop = co_op(None);
    let comment = CommentId(Uuid::from_u128(80));
    let writes = |text: &str| Command::CommentEvent { comment, event: EVENT, text: text.into() };
    assert_eq!(coop.does("Camille", writes(" \n ")).unwrap_err(), Reason::NothingSaid);
    assert_eq!(coop.does("Camille", writes(&"a".repeat(1_001))).unwrap_err(), Reason::NoteTooLong { cap: 1_000 });
    coop.does("Camille", writes("J’apporte\r\nun jeu <script>")).unwrap();
    assert_eq!(gathering(&mut coop).comments[0].text, "J’apporte\nun jeu <script>");
    let removes = Command::RemoveComment { comment, event: EVENT };
    assert!(matches!(coop.does("Karim", removes.clone()).unwrap_err(), Reason::NotYourComment { .. }));
    coop.board.organises.insert(EVENT);
    coop.does("Karim", removes.clone()).unwrap();
    assert_eq!(coop.does("Karim", removes).unwrap_err(), Reason::UnknownComment);
    // « Merci », once it is over; « dommage », where it is cancelled.
    coop.now = starts_at() + hours(40);
    coop.does("Karim", writes("Merci !")).unwrap();
}

#[test]
fn the_list_at_the_door_is_for_its_organisers_around_its_time() {
    let mut coop = co_op(None);
    coop.does("Camille", yes(1)).unwrap();
    let who = Attendee::Member(member("Camille"));
    let ticks = |who, came| Command::TickArrival { event: EVENT, who, came, at: None };
    assert_eq!(coop.does("Solène", ticks(who, true)).unwrap_err(), Reason::NotAllowed);
    coop.board.organises.insert(EVENT);
    let window = ArrivalWindow::of(&supper(None).terms.times);
    assert_eq!(coop.does("Solène", ticks(who, true)).unwrap_err(), Reason::SheetTooEarly { from: window.from });
    coop.now = starts_at();
    coop.does("Solène", ticks(who, true)).unwrap();
    assert!(coop.does("Solène", ticks(who, true)).unwrap().effects.list.is_empty());
    let karim = Attendee::Member(member("Karim"));
    assert_eq!(coop.does("Solène", ticks(karim, true)).unwrap_err(), Reason::NotExpected);
    coop.does("Solène", ticks(who, false)).unwrap();
    assert!(gathering(&mut coop).arrivals.is_empty());
    let walk_in = WalkInId(Uuid::from_u128(90));
    let adds = |people| Command::AddEventWalkIn { walk_in, event: EVENT, name: "Une voisine".into(), people };
    assert_eq!(coop.does("Solène", adds(0)).unwrap_err(), Reason::BadQuantity { most: 20 });
    coop.does("Solène", adds(2)).unwrap();
    assert_eq!(gathering(&mut coop).walk_ins[0].people, 2);
    coop.now = window.until;
    let removes = Command::RemoveEventWalkIn { walk_in, event: EVENT };
    assert_eq!(coop.does("Solène", removes).unwrap_err(), Reason::SheetOver { until: window.until });
}

#[test]
fn a_shift_at_the_same_time_is_said_at_once() {
    let coop = Coop::new().shift("fri 18h +1", "Solène* Camille").shift("fri 15h +1", "Karim* Camille");
    let times = supper(None).terms.times;
    let found = clashes(&times, coop.board.shifts.values(), member("Camille"), 30);
    assert_eq!(found.iter().map(|when| when.shift).collect::<Vec<_>>(), [shift("fri 18h +1")]);
    assert!(clashes(&times, coop.board.shifts.values(), member("Karim"), 30).is_empty());
    // Half an hour at either end does not count.
    let early =
        Times { starts_at: times.starts_at - Duration::minutes(90), ends_at: times.starts_at - Duration::minutes(30), ..times };
    let found = clashes(&early, coop.board.shifts.values(), member("Camille"), 30);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn people_are_told_what_they_plan_by_and_nothing_else() {
    let event = supper(None);
    let was = Facts::of(&event);
    assert!(what_changed(&was, &was.clone()).is_empty());
    let moved = Facts { starts_at: was.starts_at + hours(1), ends_at: was.ends_at + hours(1), ..was.clone() };
    let start = Changed::Start { was: was.starts_at, is: moved.starts_at };
    assert_eq!(what_changed(&was, &moved), [start], "an end that moves with its start is no news");
    let other = Facts { place: "Chez Karim".into(), ends_at: was.ends_at + hours(1), title: "Soupe".into(), ..was.clone() };
    assert_eq!(what_changed(&was, &other).len(), 3);
    let off = Facts { cancelled: Some("Neige".into()), title: "Autre".into(), ..was.clone() };
    assert_eq!(what_changed(&was, &off)[0], Changed::Cancelled { word: "Neige".into() });
    assert_eq!(what_changed(&off, &Facts { cancelled: None, ..off.clone() }), [Changed::Back]);
    assert!(what_changed(&off, &Facts { title: "Encore".into(), ..off.clone() }).is_empty());
    // After a quiet while; at once where it is near.
    let far = was.starts_at - hours(30);
    assert_eq!(tell_at(far, &was, &moved), far + Duration::minutes(10));
    let near = was.starts_at - hours(2);
    assert_eq!(tell_at(near, &was, &moved), near);
}

#[test]
fn reminders_come_at_hours_that_are_of_use() {
    let at = |month, date, hour, minute| paris_instant(day(2026, month, date), clock(hour, minute));
    assert_eq!(reminders(at(12, 4, 19, 0)), [(at(12, 4, 8, 0), Reminded::SameDay), (at(12, 4, 18, 0), Reminded::HourBefore)]);
    assert_eq!(reminders(at(12, 5, 10, 0)), [(at(12, 4, 18, 0), Reminded::DayBefore), (at(12, 5, 9, 0), Reminded::HourBefore)]);
    assert_eq!(reminders(at(12, 5, 7, 30)), [(at(12, 4, 18, 0), Reminded::DayBefore)]);
    // Sunday 25 October, when the clocks go back.
    assert_eq!(reminders(at(10, 25, 14, 0))[0], (at(10, 25, 8, 0), Reminded::SameDay));
}

fn typed() -> Typed<'static> {
    Typed {
        title: " Soirée  soupe ",
        place: "À la coop",
        starts: "2026-12-04T19:00",
        ends: "2026-12-04T22:00",
        ..Typed::default()
    }
}

#[test]
fn what_an_organiser_types_is_read_or_all_that_is_wrong_is_said() {
    let terms = Terms::read(typed()).unwrap();
    assert_eq!((terms.details.title.as_str(), terms.capacity), ("Soirée soupe", None));
    assert_eq!(terms.times.closes_at, terms.times.starts_at);
    let wrong = |typed: Typed<'_>| Terms::read(typed).unwrap_err();
    assert_eq!(wrong(Typed { title: "🎉", ..typed() }), [Mistake::TitleMissing]);
    assert_eq!(wrong(Typed { ends: "2026-12-04T18:00", ..typed() }), [Mistake::EndsBeforeStart]);
    assert_eq!(wrong(Typed { ends: "2026-12-24T18:00", ..typed() }), [Mistake::TooLong { days: 14 }]);
    assert_eq!(wrong(Typed { closes: "2026-12-04T19:01", ..typed() }), [Mistake::ClosesAfterStart]);
    assert_eq!(wrong(Typed { starts: "hier", ends: "", ..typed() }), [Mistake::StartUnreadable, Mistake::EndUnreadable]);
    for capacity in ["-1", "0", "2001", "douze", "1e3", "+5", "99999999999999999999"] {
        assert_eq!(wrong(Typed { capacity, ..typed() }), [Mistake::CapacityUnreadable { cap: 2_000 }], "{capacity}");
    }
    for guests in ["10000", "-1", "11"] {
        assert_eq!(wrong(Typed { guests, ..typed() }), [Mistake::GuestsUnreadable { cap: 10 }], "{guests}");
    }
    for map in ["javascript:alert(1)", "/vacations", "mailto:a@example.org", "carte"] {
        assert_eq!(wrong(Typed { map, ..typed() }), [Mistake::MapNotALink], "{map}");
    }
    for (price, read) in [
        ("", Price::Free),
        ("libre", Price::Open),
        ("4", Price::Fixed { cents: 400 }),
        ("4,5 €", Price::Fixed { cents: 450 }),
        ("0,00", Price::Free),
    ] {
        assert_eq!(Terms::read(Typed { price, ..typed() }).unwrap().details.price, read, "{price}");
    }
    for price in ["-4", "4,505", "gratuit?", "501", "4,,5", "é"] {
        assert_eq!(wrong(Typed { price, ..typed() }), [Mistake::PriceUnreadable { cap: 50_000 }], "{price}");
    }
    assert_eq!(wrong(Typed { place: "", capacity: "x", ..typed() }).len(), 2);
    assert_eq!(word_of(" Neige\u{0} !\r\n", 20), Ok("Neige !".to_owned()));
    assert_eq!(word_of("\u{7}", 20), Err(Mistake::WordMissing));
    assert_eq!(word_of("Neige", 4), Err(Mistake::WordTooLong { cap: 4 }));
}

// — on a device —

fn shown(coop: &mut Coop) -> Events {
    let known = gathering(coop).clone();
    let seats = known.seated();
    let waiting = u16::try_from(known.line().len()).unwrap();
    Events {
        schema: 1,
        marks: [("events".to_owned(), 3)].into(),
        as_of: coop.now,
        valid_until: coop.now,
        people: Default::default(),
        events: vec![Shown {
            event: known.event.clone(),
            html: String::new(),
            seats,
            waiting,
            maybe: 0,
            children: 0,
            coming: Vec::new(),
            items: known.items.clone(),
            carpools: Vec::<Carpool>::new(),
            posts: known.posts.clone(),
            comments: Vec::<Comment>::new(),
            photos: Vec::new(),
            thanks: None,
            ticked: false,
        }],
    }
}

#[test]
fn an_answer_shows_at_once_on_the_device_that_gave_it() {
    let mut coop = co_op(Some(3));
    coop.does("Karim", yes(1)).unwrap();
    let events = shown(&mut coop);
    let (calendar, me) = snapshots(&coop, "Camille");
    let mut outbox = Outbox::default();
    let id = |n: u128| domain::id::CommandId(uuid::Builder::from_u128(n).with_version(uuid::Version::SortRand).into_uuid());
    outbox.enqueue(id(1), yes(0), "Je viens".into(), coop.now);
    outbox.enqueue(id(2), Command::ClaimItem { event: EVENT, item: ITEM, quantity: 2 }, "J’apporte".into(), coop.now);
    let laid = laid_over_events(&calendar, &me, Some(&events), &outbox, coop.now).unwrap();
    let mine = &laid.me.answers[0];
    assert!(mine.party.is_seated() && mine.claims.len() == 1);
    let laid = laid.events.unwrap();
    assert_eq!((laid.events[0].seats, laid.events[0].coming.as_slice()), (3, [member("Camille")].as_slice()));
    assert_eq!(laid.events[0].items[0].claims.left(), 1);
}

#[test]
fn a_device_says_perhaps_where_it_does_not_see_the_line() {
    let mut coop = co_op(Some(2));
    for who in ["Karim", "Hugo", "Nour"] {
        coop.does(who, yes(0)).unwrap();
    }
    let events = shown(&mut coop);
    let (calendar, me) = snapshots(&coop, "Camille");
    let mut board = domain::me::board(&calendar, &me);
    lay_on(&mut board, &events, &me);
    match domain::decide::decide(&board, &yes(0), member("Camille"), coop.now) {
        Decision::Probably(effects, _) => {
            assert_eq!(effects.done.answered, Some(Placed::Waiting { at: 2, free: 0 }));
            assert!(matches!(effects.list[..], [Effect::EventChanged { .. }]));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn two_answers_on_their_way_are_one_and_what_is_taken_on_rests_on_it() {
    let claims = Command::ClaimItem { event: EVENT, item: ITEM, quantity: 1 };
    assert!(replaces(&no(), &yes(2)));
    assert!(depends(&yes(0), &claims) && !depends(&claims, &yes(0)) && !depends(&yes(0), &no()));
    let comments = Command::CommentEvent { comment: CommentId(Uuid::nil()), event: EVENT, text: "Oh".into() };
    assert!(!depends(&yes(0), &comments));
}
