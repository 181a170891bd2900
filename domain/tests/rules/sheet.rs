//! The day sheet: who keeps it and until when, what crosses on it, and what it counts.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveTime};
use domain::command::Command;
use domain::decide::close_unclosed;
use domain::effect::Effect;
use domain::id::{FridgeId, ItemId, MemberId, NoteId, ReadingId, SeatId, WalkInId};
use domain::ledger::EntryKind;
use domain::ledger::{Entry, entries_for_presence};
use domain::reason::Reason;
use domain::sheet::{
    Change, Checklist, DaySheet, Fridge, Item, Marked, Note, Presence, Said, Trouble, Window, could_keep, may_keep, tally,
};
use domain::shifts::Treatment;
use domain::time::{Instant, paris_instant};
use proptest::prelude::*;
use uuid::Uuid;

use crate::coop::{Coop, hours, member, shift};

const SAT: &str = "sat 9h";

fn paris(day: &str, clock: &str) -> Instant {
    paris_instant(day.parse().unwrap(), NaiveTime::parse_from_str(clock, "%H:%M").unwrap())
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// Saturday 28 November, 9 h: Solène leads, Camille, Hugo and Karim come, a place is free; Léa leads at noon.
fn saturday() -> Coop {
    let mut coop = Coop::new().shift(SAT, "Solène* Camille Hugo Karim _").shift("sat 12h", "Léa* Nour");
    for on in [SAT, "sat 12h"] {
        let mut sheet = DaySheet::of(shift(on));
        let item = |n, label: &str| Item { id: ItemId(id(n)), label: label.into(), done: None };
        sheet.checklists =
            vec![Checklist { name: "Ouverture".into(), version: 1, items: vec![item(1, "Alarme"), item(2, "Caisse")] }];
        sheet.fridges = vec![Fridge {
            id: FridgeId(id(1)),
            name: "Frais".into(),
            low: 0,
            high: 40,
            advice: "Préviens Paul".into(),
            last: None,
        }];
        coop.board.sheets.insert(shift(on), sheet);
    }
    coop.now = coop.start(SAT);
    coop
}

fn marks(who: &str, presence: Presence) -> Command {
    Command::MarkPresence { shift: shift(SAT), member: member(who), presence, replaced_by: None, owed: None }
}

fn replaced(who: &str, by: &str) -> Command {
    Command::MarkPresence {
        shift: shift(SAT),
        member: member(who),
        presence: Presence::Replaced,
        replaced_by: Some(member(by)),
        owed: None,
    }
}

fn walks_in(n: u128, who: &str) -> Command {
    Command::AddWalkIn { walk_in: WalkInId(id(n)), shift: shift(SAT), member: Some(member(who)), name: String::new() }
}

const CLOSES: fn() -> Command = || Command::CloseSheet { shift: shift(SAT) };

fn sheet(coop: &Coop) -> &DaySheet {
    &coop.board.sheets[&shift(SAT)]
}

/// What the acts entered for each person, in shifts.
fn sums(effects: &[Effect]) -> BTreeMap<MemberId, i16> {
    let mut sums = BTreeMap::new();
    for effect in effects {
        if let Effect::Counted { member, entry } = effect {
            *sums.entry(*member).or_default() += entry.shifts();
        }
    }
    sums
}

// — who, and until when —

#[test]
fn its_lead_keeps_a_sheet_from_the_evening_before_to_the_end_of_the_day_after() {
    for (at, says) in [
        ("2026-11-27 17:59", Err(Reason::SheetTooEarly { from: paris("2026-11-27", "18:00") })),
        ("2026-11-27 18:00", Ok(())),
        ("2026-11-29 23:59", Ok(())),
        ("2026-11-30 00:00", Err(Reason::SheetOver { until: paris("2026-11-30", "00:00") })),
    ] {
        let mut coop = saturday();
        let (day, clock) = at.split_once(' ').unwrap();
        coop.now = paris(day, clock);
        assert_eq!(coop.does("Solène", marks("Hugo", Presence::Excused)).map(drop), says, "{at}");
    }
}

#[test]
fn the_window_is_one_of_the_walls_clock_when_the_clocks_change() {
    for (day, before, after) in [("2027-03-28", "2027-03-27", "2027-03-30"), ("2026-10-25", "2026-10-24", "2026-10-27")] {
        let mut shift = saturday().board.shifts[&shift(SAT)].clone();
        shift.on = day.parse().unwrap();
        let window = Window::of(&shift);
        assert_eq!((window.from, window.until), (paris(before, "18:00"), paris(after, "00:00")));
    }
}

#[test]
fn afterwards_only_the_office_corrects() {
    let mut coop = saturday();
    coop.now = paris("2026-12-03", "10:00");
    assert!(coop.does("Solène", marks("Hugo", Presence::Absent)).is_err());
    coop.board.office = true;
    coop.does("Nour", marks("Hugo", Presence::Absent)).unwrap();
    assert_eq!(sheet(&coop).presence_of(member("Hugo")), Presence::Absent);
}

#[test]
fn nobody_else_writes_on_it_unless_nobody_leads() {
    let mut coop = saturday();
    for who in ["Camille", "Nour", "Léa"] {
        assert_eq!(coop.does(who, marks("Hugo", Presence::Absent)).unwrap_err(), Reason::NotAllowed, "{who}");
    }
    coop.does("Solène", marks("Solène", Presence::Absent)).unwrap();
    coop.does("Camille", marks("Hugo", Presence::Absent)).unwrap();
    assert_eq!(coop.does("Hugo", marks("Camille", Presence::Late)).unwrap_err(), Reason::NotAllowed, "who is not there");
    assert_eq!(coop.does("Nour", marks("Camille", Presence::Late)).unwrap_err(), Reason::NotAllowed);
}

#[test]
fn whoever_may_keep_it_could_by_what_is_known_without_it() {
    let lead = member("Solène");
    for presence in [None].into_iter().chain(Presence::ALL.map(Some)) {
        let mut coop = saturday();
        if let Some(presence) = presence {
            let said = Said { by: lead, at: coop.now };
            let marked = Marked { member: lead, presence, replaced_by: None, owed: None, said };
            coop.board.sheets.get_mut(&shift(SAT)).unwrap().apply(&Change::Marked(marked));
        }
        let (planned, sheet) = (&coop.board.shifts[&shift(SAT)], sheet(&coop));
        for (who, office) in ["Solène", "Camille", "Hugo", "Nour"].into_iter().flat_map(|who| [(who, false), (who, true)]) {
            let could = could_keep(planned, presence, member(who), office);
            assert_eq!(could, may_keep(planned, sheet, member(who), office), "{who}, the lead {presence:?}");
        }
    }
}

#[test]
fn a_closed_shift_has_no_sheet() {
    let mut coop = saturday();
    coop.now = coop.start(SAT) - hours(1);
    coop.board.office = true;
    coop.does("Nour", Command::CloseShift { shift: shift(SAT), why: "neige".into(), treatment: Treatment::Due }).unwrap();
    assert!(matches!(coop.does("Solène", marks("Hugo", Presence::Absent)), Err(Reason::ShiftClosed { .. })));
}

// — what is said —

#[test]
fn somebody_who_is_not_on_the_team_cannot_be_marked() {
    let mut coop = saturday();
    assert!(matches!(coop.does("Solène", marks("Nour", Presence::Absent)), Err(Reason::NotOnSheet { .. })));
    let nameless = Command::MarkPresence {
        shift: shift(SAT),
        member: member("Hugo"),
        presence: Presence::Replaced,
        replaced_by: None,
        owed: None,
    };
    assert_eq!(coop.does("Solène", nameless).unwrap_err(), Reason::NobodyNamed);
    assert!(matches!(coop.does("Solène", replaced("Hugo", "Karim")), Err(Reason::OtherCannot { .. })));
}

#[test]
fn a_walk_in_is_a_member_once_or_a_name() {
    let mut coop = saturday();
    coop.does("Solène", walks_in(1, "Nour")).unwrap();
    coop.does("Solène", walks_in(2, "Nour")).unwrap();
    assert_eq!(sheet(&coop).walk_ins.len(), 1);
    assert!(matches!(coop.does("Solène", walks_in(3, "Karim")), Err(Reason::AlreadyOnShift { .. })));
    let named =
        |name: &str| Command::AddWalkIn { walk_in: WalkInId(id(4)), shift: shift(SAT), member: None, name: name.to_owned() };
    assert_eq!(coop.does("Solène", named("  ")).unwrap_err(), Reason::NobodyNamed);
    let long = "é".repeat(61);
    assert_eq!(coop.does("Solène", named(&long)).unwrap_err(), Reason::NoteTooLong { cap: 60 }, "nothing is cut silently");
    coop.does("Solène", named(" Une amie ")).unwrap();
    assert_eq!(sheet(&coop).walk_ins[1].name, "Une amie");
    coop.does("Solène", Command::RemoveWalkIn { walk_in: WalkInId(id(4)), shift: shift(SAT) }).unwrap();
    assert_eq!(sheet(&coop).walk_ins.len(), 1);
}

#[test]
fn a_free_seat_is_given_to_somebody_who_is_there_and_nowhere_else() {
    let seat = SeatId::new(shift(SAT), 4);
    let gives = |who: &str| Command::GiveSeatTo { seat, member: member(who) };
    let mut coop = saturday();
    coop.now = coop.start(SAT) - hours(1);
    assert!(matches!(coop.does("Solène", gives("Nour")), Err(Reason::SheetTooEarly { .. })));
    coop.now = coop.start(SAT) + hours(1);
    assert!(matches!(coop.does("Solène", gives("Camille")), Err(Reason::AlreadyOnShift { .. })));
    coop.does("Solène", gives("Nour")).unwrap();
    assert_eq!(coop.team(SAT), "Solène* Camille Hugo Karim Nour");
    assert!(matches!(coop.does("Solène", gives("Léa")), Err(Reason::SeatHeld { .. })));
    let mut elsewhere = saturday().shift("sat 10h", "Nour");
    assert!(matches!(elsewhere.does("Solène", gives("Nour")), Err(Reason::OtherCannot { .. })));
    let mut leaderless = Coop::new().shift(SAT, "_* Camille");
    leaderless.board.sheets.insert(shift(SAT), DaySheet::of(shift(SAT)));
    leaderless.now = leaderless.start(SAT);
    let lead = Command::GiveSeatTo { seat: SeatId::new(shift(SAT), 0), member: member("Nour") };
    assert!(matches!(leaderless.does("Camille", lead), Err(Reason::OtherCannot { .. })), "who has not learnt to lead");
}

#[test]
fn a_line_is_ticked_with_who_and_when_it_was_done_not_when_it_arrived() {
    let mut coop = saturday();
    let at = coop.start(SAT) + Duration::minutes(5);
    coop.now = coop.start(SAT) + hours(3);
    let tick = |done, at| Command::TickItem { shift: shift(SAT), item: ItemId(id(1)), done, at };
    let said = |coop: &Coop| sheet(coop).item(ItemId(id(1))).unwrap().done;
    coop.does("Solène", tick(true, Some(at))).unwrap();
    assert_eq!(said(&coop), Some(Said { by: member("Solène"), at }));
    coop.does("Solène", tick(false, None)).unwrap();
    assert_eq!(said(&coop), None);
    // A clock that is ahead, or days behind, is not believed.
    for wrong in [coop.now + hours(1), coop.now - hours(48)] {
        coop.does("Solène", tick(true, Some(wrong))).unwrap();
        assert_eq!(said(&coop).unwrap().at, coop.now);
    }
    let unknown = Command::TickItem { shift: shift(SAT), item: ItemId(id(9)), done: true, at: None };
    assert_eq!(coop.does("Solène", unknown).unwrap_err(), Reason::UnknownItem);
}

#[test]
fn a_temperature_is_kept_whether_or_not_it_is_within_the_limits() {
    let mut coop = saturday();
    let reads = |n, tenths| Command::RecordReading {
        reading: ReadingId(id(n)),
        shift: shift(SAT),
        fridge: FridgeId(id(1)),
        tenths,
        note: String::new(),
        at: None,
    };
    coop.does("Solène", reads(1, 35)).unwrap();
    coop.does("Solène", reads(2, 85)).unwrap();
    let fridge = &sheet(&coop).fridges[0];
    assert_eq!(fridge.last.as_ref().map(|last| (last.tenths, fridge.is_within(last.tenths))), Some((85, false)));
    assert!(fridge.is_within(0) && fridge.is_within(40) && !fridge.is_within(41) && !fridge.is_within(-1));
    assert_eq!(coop.does("Solène", reads(3, 501)).unwrap_err(), Reason::BadReading);
}

#[test]
fn a_word_for_the_next_team_is_acknowledged_once() {
    let mut coop = saturday();
    let note = NoteId(id(1));
    let leaves = |text: &str| Command::LeaveNote { note, shift: shift(SAT), text: text.to_owned(), open: true };
    assert_eq!(coop.does("Solène", leaves(" ")).unwrap_err(), Reason::NothingSaid);
    coop.does("Solène", leaves("Rouleau de caisse à changer")).unwrap();
    // The next team's sheet, as the server makes it.
    let left: Vec<Note> = sheet(&coop).notes.clone();
    coop.board.sheets.get_mut(&shift("sat 12h")).unwrap().handed_over = left;
    let sees = Command::AcknowledgeNote { note, shift: shift("sat 12h") };
    assert_eq!(coop.does("Solène", sees.clone()).unwrap_err(), Reason::NotAllowed);
    coop.does("Léa", sees.clone()).unwrap();
    let first = coop.board.sheets[&shift("sat 12h")].handed_over[0].seen;
    coop.later(hours(1)).does("Léa", sees).unwrap();
    assert_eq!(coop.board.sheets[&shift("sat 12h")].handed_over[0].seen, first);
}

#[test]
fn a_closed_till_is_reported_with_a_word() {
    let mut coop = saturday();
    let report = Command::ReportShop { shift: shift(SAT), what: Trouble::TillClosed, note: " Panne ".into() };
    coop.does("Solène", report).unwrap();
    assert_eq!(sheet(&coop).reports[0].note, "Panne");
}

#[test]
fn a_temperature_is_read_as_people_write_it() {
    use domain::sheet::tenths;
    for (text, read) in [("6,2", 62), (" -18 ", -180), ("−18,5", -185), ("4.0", 40), ("+3", 30), ("0,25", 2)] {
        assert_eq!(tenths(text), Some(read), "{text}");
    }
    for text in ["", "-", "froid", "6,", ",2", "1e3", "9999", "6,2,1", "-+4"] {
        assert_eq!(tenths(text), None, "{text}");
    }
}

// — what it counts —

#[test]
fn a_closed_sheet_counts_everybody_once_and_punishes_nobody_who_was_not_marked() {
    let mut coop = saturday();
    coop.does("Solène", marks("Camille", Presence::Late)).unwrap();
    coop.does("Solène", marks("Hugo", Presence::Absent)).unwrap();
    coop.does("Solène", replaced("Karim", "Nour")).unwrap();
    coop.does("Solène", walks_in(1, "Nour")).unwrap();
    let came = coop.does("Solène", CLOSES()).unwrap();
    let one = |who: &str, shifts| (member(who), shifts);
    assert_eq!(sums(&came.effects.list), BTreeMap::from([one("Solène", 1), one("Camille", 1), one("Hugo", 0), one("Nour", 1)]));
    assert!(coop.does("Solène", CLOSES()).unwrap().effects.list.is_empty(), "it counts once");
}

#[test]
fn it_does_not_close_before_the_shift_and_closes_by_itself_two_days_after() {
    let mut coop = saturday();
    coop.now = coop.start(SAT) - hours(1);
    assert!(matches!(coop.does("Solène", CLOSES()), Err(Reason::SheetTooEarly { .. })));
    coop.does("Solène", marks("Hugo", Presence::Absent)).unwrap();
    let end = coop.start(SAT) + hours(3);
    assert!(close_unclosed(&coop.board, shift(SAT), end + hours(47)).is_empty());
    let closed = close_unclosed(&coop.board, shift(SAT), end + hours(48));
    assert_eq!(sums(&closed)[&member("Hugo")], 0);
    assert_eq!(sums(&closed)[&member("Camille")], 1);
    coop.apply(&closed);
    assert_eq!(sheet(&coop).closed.unwrap().by, None);
    assert!(close_unclosed(&coop.board, shift(SAT), end + hours(50)).is_empty());
}

#[test]
fn a_correction_adds_the_difference_and_takes_nothing_back() {
    let mut coop = saturday();
    coop.does("Solène", CLOSES()).unwrap();
    let late = coop.does("Solène", marks("Hugo", Presence::Absent)).unwrap();
    let kinds: Vec<EntryKind> = late
        .effects
        .list
        .iter()
        .filter_map(|effect| match effect {
            Effect::Counted { entry, .. } => Some(entry.kind),
            _ => None,
        })
        .collect();
    assert_eq!(kinds, [EntryKind::Correction]);
    assert_eq!(sums(&late.effects.list)[&member("Hugo")], -1);
    let back = coop.does("Solène", marks("Hugo", Presence::Present)).unwrap();
    assert_eq!(sums(&back.effects.list)[&member("Hugo")], 1);
    let seat = SeatId::new(shift(SAT), 4);
    let given = coop.does("Solène", Command::GiveSeatTo { seat, member: member("Nour") }).unwrap();
    assert_eq!(sums(&given.effects.list), BTreeMap::from([(member("Nour"), 1)]));
}

// — what crosses —

/// An act on the sheet, of one of two devices.
fn any_act() -> impl Strategy<Value = Command> {
    let presence = prop::sample::select(vec![Presence::Present, Presence::Late, Presence::Absent, Presence::Excused]);
    let who = prop::sample::select(vec!["Solène", "Camille", "Hugo", "Karim"]);
    prop_oneof![
        6 => (who.clone(), presence).prop_map(|(who, presence)| marks(who, presence)),
        1 => who.prop_map(|who| replaced(who, "Nour")),
        1 => (1u128..3).prop_map(|n| walks_in(n, "Nour")),
        1 => (1u128..3).prop_map(|n| Command::RemoveWalkIn { walk_in: WalkInId(id(n)), shift: shift(SAT) }),
        2 => (1u128..3, any::<bool>())
            .prop_map(|(n, done)| Command::TickItem { shift: shift(SAT), item: ItemId(id(n)), done, at: None }),
        1 => Just(CLOSES()),
    ]
}

/// The two devices' acts in the order in which they are received.
fn crossing() -> impl Strategy<Value = Vec<Command>> {
    let device = || prop::collection::vec(any_act(), 0..12);
    (device(), device(), prop::collection::vec(any::<bool>(), 24)).prop_map(|(one, other, turns)| {
        let (mut one, mut other) = (one.into_iter(), other.into_iter());
        let mut received = Vec::new();
        for first in turns {
            received.extend(if first { one.next() } else { other.next() });
        }
        received.extend(one.chain(other));
        received
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_last_word_received_counts_whatever_crosses(received in crossing()) {
        let mut coop = saturday();
        coop.board.office = true;
        let mut marked: BTreeMap<MemberId, Presence> = BTreeMap::new();
        let mut ticked: BTreeMap<ItemId, bool> = BTreeMap::new();
        let mut entered: BTreeMap<MemberId, i16> = BTreeMap::new();
        for command in received {
            let came = coop.does("Nour", command.clone()).unwrap();
            match command {
                Command::MarkPresence { member, presence, .. } => drop(marked.insert(member, presence)),
                Command::TickItem { item, done, .. } => drop(ticked.insert(item, done)),
                _ => {}
            }
            for (member, shifts) in sums(&came.effects.list) {
                *entered.entry(member).or_default() += shifts;
            }
        }
        let sheet = sheet(&coop);
        for who in ["Solène", "Camille", "Hugo", "Karim"] {
            let last = marked.get(&member(who)).copied().unwrap_or_default();
            prop_assert_eq!(sheet.presence_of(member(who)), last, "a closing takes no word back");
        }
        for (item, done) in ticked {
            prop_assert_eq!(sheet.item(item).unwrap().done.is_some(), done);
        }
        // Whatever was corrected, and in what order, what was entered comes to what the sheet says.
        let shift = &coop.board.shifts[&shift(SAT)];
        let mut due: BTreeMap<MemberId, i16> = BTreeMap::new();
        for (member, noted) in tally(shift, sheet) {
            let policy = coop.board.rules.policy_on(shift.on);
            due.insert(member, entries_for_presence(&policy, shift, noted).iter().map(Entry::shifts).sum());
        }
        entered.retain(|_, shifts| *shifts != 0);
        due.retain(|_, shifts| *shifts != 0);
        prop_assert_eq!(entered, due);
    }
}

#[test]
fn a_device_forgets_a_sheet_when_its_time_is_over() {
    use domain::me::Me;
    use domain::sheet::forget_over;
    let mut coop = Coop::new().shift("sat 9h", "Solène* Camille");
    let mut sheet = DaySheet::of(shift("sat 9h"));
    sheet.phones.insert(member("Camille"), "06 00 00 00 00".into());
    sheet.alarm = Some("1234".into());
    coop.board.sheets.insert(sheet.shift, sheet);
    let (calendar, me) = crate::overlay::snapshots(&coop, "Solène");
    let text = serde_json::to_string(&me).unwrap();
    let start = coop.start("sat 9h");
    let kept_by = |calendar, at| {
        let mut me = serde_json::from_str(&text).unwrap();
        forget_over(&mut me, calendar, at).then(|| me.to_string())
    };
    let kept = |at| kept_by(Some(&calendar), at);
    assert_eq!(kept(start), None);
    assert_eq!(kept(start + hours(14)), None, "23 h the same day");
    let evening: Me = serde_json::from_str(&kept(start + hours(15)).unwrap()).unwrap();
    assert_eq!((evening.sheets.len(), evening.sheets[0].alarm.clone()), (1, None));
    let over = kept(start + hours(39)).unwrap();
    assert!(!over.contains("06 00") && !over.contains("1234"));
    assert_eq!(serde_json::from_str::<Me>(&over).unwrap(), Me { sheets: Vec::new(), ..me.clone() });
    assert!(kept_by(None, start).is_some(), "what it cannot place in time it does not keep");
}
