//! What the screen shows of acts on their way: the snapshots, with the acts laid over them.
//!
//! A screen is written line by line, and a case says which lines go (`-`) and which come (`+`).

use std::collections::BTreeMap;

use domain::calendar::{Calendar, PublicOffer, SCHEMA, public_kind};
use domain::command::Command;
use domain::effect::Effect;
use domain::id::{CommandId, LoopId, NoticeId, OfferId, ProposalId};
use domain::ledger::standing;
use domain::me::{Me, Profile};
use domain::members::{Rhythm, Rights};
use domain::notice::{InboxRow, Notice};
use domain::outbox::{EntryState, Outbox};
use domain::outcome::{Marks, Outcome};
use domain::overlay::{Touch, laid_over};
use domain::reason::Reason;
use domain::shifts::Treatment;
use domain::swaps::{Audience, Leg, LoopState, OfferKind, SuggestedLoop};
use uuid::Uuid;

use crate::coop::*;

const DAYS: [&str; 5] = ["thu 18h +1", "fri 9h +1", "sat 9h +1", "wed 9h +2", "thu 9h +2"];

fn co_op() -> Coop {
    Coop::new()
        .shift("thu 18h +1", "Hugo* Karim _")
        .shift("fri 9h +1", "Hugo* Léa")
        .shift("sat 9h +1", "Solène* Camille Nour")
        .shift("wed 9h +2", "Solène* Camille _:caisse")
        .shift("thu 9h +2", "Hugo* _")
}

fn id(n: u128) -> CommandId {
    CommandId(Uuid::from_u128(n))
}

fn marks(slice: &str, mark: i64) -> Marks {
    Marks::from([(slice.to_owned(), mark)])
}

/// What the device of somebody holds of it all, at mark 7.
pub fn snapshots(coop: &Coop, name: &str) -> (Calendar, Me) {
    let (board, me) = (&coop.board, member(name));
    let mut shifts: Vec<_> = board.shifts.values().cloned().collect();
    shifts.sort_by_key(|shift| shift.starts_at);
    let public = board.offers.values().filter(|offer| offer.is_open()).filter_map(|offer| {
        let (id, seat, member, note, created_at) = (offer.id, offer.seat, offer.member, offer.note.clone(), offer.created_at);
        Some(PublicOffer { id, seat, member, kind: public_kind(&offer.kind)?, note, created_at })
    });
    let calendar = Calendar {
        schema: SCHEMA,
        marks: marks("calendar", 7),
        as_of: coop.now,
        valid_until: coop.now + hours(1),
        rules: board.rules.clone(),
        opening: Vec::new(),
        skills: Vec::new(),
        people: board.people.values().map(|person| (person.id, person.name.clone())).collect(),
        templates: Vec::new(),
        closures: Vec::new(),
        shifts,
        offers: public.collect(),
        kept: Vec::new(),
    };
    let names_me =
        |kind: &OfferKind| matches!(kind, OfferKind::Give { audience: Audience::Named { members } } if members.contains(&me));
    let told = coop.told.iter().filter(|(to, _)| *to == me).enumerate();
    let inbox = told.map(|(at, (_, notice))| InboxRow {
        id: NoticeId(Uuid::from_u128(at as u128)),
        notice: notice.clone(),
        at: coop.now,
        seen_at: None,
    });
    let of_mine = Me {
        schema: SCHEMA,
        marks: marks("me", 7),
        as_of: coop.now,
        valid_until: coop.now + hours(1),
        profile: Profile {
            id: me,
            number: 1,
            first_name: name.to_owned(),
            last_name: name.to_owned(),
            email: String::new(),
            phone: None,
            rhythm: Rhythm::Floating,
        },
        aptitude: board.aptitude(me).expect("somebody of the cast").clone(),
        rights: Rights { office: board.office, ..Rights::default() },
        standing: standing(&[], &board.rules, coop.now),
        ledger: Vec::new(),
        duty: Vec::new(),
        offers: board.offers.values().filter(|offer| offer.member == me).cloned().collect(),
        offered_to_me: board.offers.values().filter(|offer| offer.is_open() && names_me(&offer.kind)).cloned().collect(),
        proposals: board.proposals.values().filter(|known| [known.from, known.to].contains(&me)).cloned().collect(),
        loops: board.loops.values().filter(|known| known.asks == me && known.is_pending()).cloned().collect(),
        inbox: inbox.collect(),
        preferences: board.preferences.clone(),
        watches: Vec::new(),
        waiting: Vec::new(),
        kept: Vec::new(),
        has_device: false,
        calendar_since: None,
        address_bounced: false,
        sheets: board.sheets.values().cloned().collect(),
        requests: Vec::new(),
        blocks: board.blocks.values().filter(|block| block.by == me).cloned().collect(),
        read_briefs: board.read_briefs.iter().copied().collect(),
        answers: Vec::new(),
        organises: Vec::new(),
        organises_public: Vec::new(),
        arrivals: Vec::new(),
        lists: Default::default(),
        supports: Vec::new(),
        reported: Vec::new(),
        joinings: Vec::new(),
        runs: Vec::new(),
        admits: Vec::new(),
        dossiers: board.dossiers.values().cloned().collect(),
        keeps_dossiers: board.keeps_dossiers.iter().copied().collect(),
        register: Default::default(),
        arriving: None,
        assemblies: Vec::new(),
        groups: board.groups.iter().copied().collect(),
    };
    (calendar, of_mine)
}

fn on(shift_id: domain::id::ShiftId) -> &'static str {
    DAYS.into_iter().find(|day| shift(day) == shift_id).unwrap_or("?")
}

/// A state's name on the wire.
fn state(state: &impl serde::Serialize) -> String {
    let written = serde_json::to_value(state).expect("a state is JSON");
    written["is"].as_str().unwrap_or("?").to_owned()
}

/// The screen, line by line.
fn screen(calendar: &Calendar, me: &Me) -> Vec<String> {
    let mut lines = Vec::new();
    for shift in &calendar.shifts {
        let names = shift.seats.iter().map(|seat| seat.holder.map_or("_".to_owned(), name_of));
        let closed = if shift.is_planned() { "" } else { " closed" };
        lines.push(format!("{}: {}{closed}", on(shift.id), names.collect::<Vec<_>>().join(" ")));
    }
    for offer in &calendar.offers {
        lines.push(format!("{} offers {} ({:?})", name_of(offer.member), on(offer.seat.shift), offer.kind));
    }
    for offer in &me.offers {
        let wishes = offer.wishes().map_or(0, |wishes| wishes.shifts.len());
        lines.push(format!("my offer of {}, {wishes} wishes: {}", on(offer.seat.shift), state(&offer.state)));
    }
    for offer in me.offered_to_me.iter().filter(|offer| offer.is_open()) {
        lines.push(format!("offered to me: {}", on(offer.seat.shift)));
    }
    for proposal in &me.proposals {
        lines.push(format!("{} for {}: {}", on(proposal.mine.shift), on(proposal.theirs.shift), state(&proposal.state)));
    }
    lines.extend(me.loops.iter().map(|suggested| format!("a loop of {} lacks my yes", suggested.legs.len())));
    let unseen = me.inbox.iter().filter(|row| row.seen_at.is_none()).count();
    lines.push(format!("{unseen} unseen"));
    lines
}

/// The lines that acts on their way change for somebody.
fn changes(coop: &Coop, name: &str, outbox: &Outbox) -> Vec<String> {
    let (calendar, me) = snapshots(coop, name);
    let kept = (calendar.clone(), me.clone());
    let laid = laid_over(&calendar, &me, outbox, coop.now);
    assert_eq!((&calendar, &me), (&kept.0, &kept.1), "the snapshots are what the server said");
    let Some(laid) = laid else { return Vec::new() };
    assert_eq!((&laid.calendar.marks, &laid.me.marks), (&calendar.marks, &me.marks), "an overlay is no newer version");
    let (before, after) = (screen(&calendar, &me), screen(&laid.calendar, &laid.me));
    let gone = before.iter().filter(|line| !after.contains(line)).map(|line| format!("- {line}"));
    let come = after.iter().filter(|line| !before.contains(line)).map(|line| format!("+ {line}"));
    gone.chain(come).collect()
}

fn queued(coop: &Coop, commands: impl IntoIterator<Item = Command>) -> Outbox {
    let mut outbox = Outbox::default();
    for (n, command) in commands.into_iter().enumerate() {
        outbox.enqueue(id(n as u128 + 1), command, String::new(), coop.now);
    }
    outbox
}

fn case(coop: &Coop, name: &str, commands: impl IntoIterator<Item = Command>, expected: &[&str]) {
    let outbox = queued(coop, commands);
    let said = outbox.entries.iter().map(|entry| format!("{:?}", entry.command())).collect::<Vec<_>>();
    assert_eq!(changes(coop, name, &outbox), expected, "{name}: {said:?}");
}

fn give(coop: &mut Coop, name: &str, on: &str) -> Command {
    let (offer, seat) = (OfferId(coop.new_id()), coop.seat(name, on));
    Command::GiveSeat { offer, seat, audience: Audience::Anyone, note: String::new() }
}

fn exchange(coop: &mut Coop, name: &str, on: &str, wishes: &[&str]) -> Command {
    let (offer, seat) = (OfferId(coop.new_id()), coop.seat(name, on));
    let wishes = wishes.iter().map(|wish| shift(wish)).collect();
    Command::ExchangeSeat { offer, seat, wishes, patterns: Vec::new(), note: String::new() }
}

#[test]
fn each_act_shows_as_it_will_be() {
    let mut coop = co_op();
    let seat = coop.free("thu 9h +2");
    case(&coop, "Léa", [Command::TakeSeat { seat }], &["- thu 9h +2: Hugo _", "+ thu 9h +2: Hugo Léa"]);

    let given = give(&mut coop, "Camille", "sat 9h +1");
    let offered = ["+ Camille offers sat 9h +1 (Give)", "+ my offer of sat 9h +1, 0 wishes: open"];
    case(&coop, "Camille", [given.clone()], &offered);

    let exchanged = exchange(&mut coop, "Camille", "sat 9h +1", &["fri 9h +1", "thu 18h +1"]);
    let offered = ["+ Camille offers sat 9h +1 (Exchange)", "+ my offer of sat 9h +1, 2 wishes: open"];
    case(&coop, "Camille", [exchanged], &offered);

    let (from, to) = (coop.seat("Camille", "wed 9h +2"), coop.free("thu 9h +2"));
    let moved = ["- wed 9h +2: Solène Camille _", "- thu 9h +2: Hugo _", "+ wed 9h +2: Solène _ _", "+ thu 9h +2: Hugo Camille"];
    case(&coop, "Camille", [Command::MoveSeat { from, to }], &moved);

    let (proposal, mine, theirs) = (ProposalId(coop.new_id()), coop.seat("Camille", "sat 9h +1"), coop.seat("Léa", "fri 9h +1"));
    let propose = Command::ProposeSwap { proposal, mine, theirs, note: String::new() };
    case(&coop, "Camille", [propose], &["+ sat 9h +1 for fri 9h +1: pending"]);

    let warned = Command::WarnTeam { seat: mine, note: String::new() };
    case(&coop.clone().before("sat 9h +1", hours(3)), "Camille", [warned], &[]);

    coop.board.office = true;
    let close = Command::CloseShift { shift: shift("sat 9h +1"), why: "Neige".into(), treatment: Treatment::Due };
    let closed = ["- sat 9h +1: Solène Camille Nour", "+ sat 9h +1: Solène Camille Nour closed"];
    case(&coop, "Solène", [close], &closed);
}

#[test]
fn acts_on_an_offer_show_as_they_will_be() {
    let mut coop = co_op();
    let offer = coop.gives("Camille", "sat 9h +1").unwrap().offer();
    let withdrawn = [
        "- Camille offers sat 9h +1 (Give)",
        "- my offer of sat 9h +1, 0 wishes: open",
        "+ my offer of sat 9h +1, 0 wishes: withdrawn",
    ];
    case(&coop, "Camille", [Command::WithdrawOffer { offer }], &withdrawn);

    let claim = |instead_of| Command::ClaimOffer { offer, instead_of, secret: None };
    let claimed = ["- sat 9h +1: Solène Camille Nour", "- Camille offers sat 9h +1 (Give)", "+ sat 9h +1: Solène Léa Nour"];
    case(&coop, "Léa", [claim(None)], &claimed);
    let left = coop.seat("Léa", "fri 9h +1");
    let instead = [
        "- fri 9h +1: Hugo Léa",
        "- sat 9h +1: Solène Camille Nour",
        "- Camille offers sat 9h +1 (Give)",
        "+ fri 9h +1: Hugo _",
        "+ sat 9h +1: Solène Léa Nour",
    ];
    case(&coop, "Léa", [claim(Some(left))], &instead);

    let mut coop = co_op();
    let named = Audience::Named { members: vec![member("Léa")] };
    let offer = coop.gives_to("Camille", "sat 9h +1", named).unwrap().offer();
    let claim = Command::ClaimOffer { offer, instead_of: None, secret: None };
    let claimed = ["- sat 9h +1: Solène Camille Nour", "- offered to me: sat 9h +1", "+ sat 9h +1: Solène Léa Nour"];
    case(&coop, "Léa", [claim], &claimed);

    let mut coop = co_op();
    let offer = coop.exchanges("Camille", "sat 9h +1", &["fri 9h +1"]).unwrap().offer();
    let wishes = vec![shift("fri 9h +1"), shift("thu 18h +1")];
    let ticked = ["- my offer of sat 9h +1, 1 wishes: open", "+ my offer of sat 9h +1, 2 wishes: open"];
    case(&coop, "Camille", [Command::SetWishes { offer, wishes, patterns: Vec::new() }], &ticked);
}

#[test]
fn answers_to_a_proposal_show_as_they_will_be() {
    let mut coop = co_op();
    let proposal = coop.proposes("Camille", "sat 9h +1", "Léa", "fri 9h +1").unwrap().proposal();
    let became =
        |state: &str| vec!["- sat 9h +1 for fri 9h +1: pending".to_owned(), format!("+ sat 9h +1 for fri 9h +1: {state}")];
    let changes = |name: &str, command: Command| changes(&coop, name, &queued(&coop, [command]));
    assert_eq!(changes("Léa", Command::RefuseProposal { proposal }), became("refused"));
    assert_eq!(changes("Camille", Command::WithdrawProposal { proposal }), became("withdrawn"));
    let swapped = [
        "- fri 9h +1: Hugo Léa",
        "- sat 9h +1: Solène Camille Nour",
        "- sat 9h +1 for fri 9h +1: pending",
        "+ fri 9h +1: Hugo Camille",
        "+ sat 9h +1: Solène Léa Nour",
        "+ sat 9h +1 for fri 9h +1: accepted",
    ];
    assert_eq!(changes("Léa", Command::AcceptProposal { proposal }), swapped);
}

/// Karim → Léa → Camille → Karim: only Camille has not said yes.
fn suggested() -> (Coop, LoopId) {
    let mut coop = co_op();
    let parts = [
        ("Karim", "thu 18h +1", coop.exchanges("Karim", "thu 18h +1", &["fri 9h +1"]).unwrap().offer()),
        ("Léa", "fri 9h +1", coop.exchanges("Léa", "fri 9h +1", &["sat 9h +1"]).unwrap().offer()),
        ("Camille", "sat 9h +1", coop.exchanges("Camille", "sat 9h +1", &["wed 9h +2"]).unwrap().offer()),
    ];
    let legs = (0..3).map(|at| {
        let ((name, gives, offer), (next, takes, _)) = (parts[at], parts[(at + 1) % 3]);
        Leg { offer, member: member(name), gives: coop.seat(name, gives), takes: coop.seat(next, takes) }
    });
    let (legs, created_at) = (legs.collect(), coop.now);
    let (id, asks, expires_at) = (LoopId(coop.new_id()), member("Camille"), created_at + hours(72));
    coop.apply(&[Effect::LoopSuggested(SuggestedLoop { id, legs, asks, created_at, expires_at, state: LoopState::Pending })]);
    (coop, id)
}

#[test]
fn the_yes_that_a_loop_lacks_shows_everybody_in_their_new_place() {
    let (coop, lacking) = suggested();
    let closed = [
        "- thu 18h +1: Hugo Karim _",
        "- fri 9h +1: Hugo Léa",
        "- sat 9h +1: Solène Camille Nour",
        "- Karim offers thu 18h +1 (Exchange)",
        "- Léa offers fri 9h +1 (Exchange)",
        "- Camille offers sat 9h +1 (Exchange)",
        "- my offer of sat 9h +1, 1 wishes: open",
        "- a loop of 3 lacks my yes",
        "+ thu 18h +1: Hugo Camille _",
        "+ fri 9h +1: Hugo Karim",
        "+ sat 9h +1: Solène Léa Nour",
        "+ my offer of sat 9h +1, 1 wishes: done",
    ];
    case(&coop, "Camille", [Command::AcceptLoop { lacking }], &closed);
    case(&coop, "Camille", [Command::DeclineLoop { lacking }], &["- a loop of 3 lacks my yes"]);
}

#[test]
fn a_notice_that_was_seen_is_no_longer_unseen() {
    let mut coop = co_op();
    coop.proposes("Camille", "sat 9h +1", "Léa", "fri 9h +1").unwrap();
    assert!(coop.was_told("Léa", |notice| matches!(notice, Notice::ProposalReceived { .. })));
    let notice = NoticeId(Uuid::from_u128(0));
    case(&coop, "Léa", [Command::MarkSeen { notice }], &["- 1 unseen", "+ 0 unseen"]);
}

#[test]
fn what_i_do_for_somebody_else_is_not_mine_to_see_done() {
    let coop = co_op();
    let take = Command::TakeSeat { seat: coop.free("thu 9h +2") };
    let mut outbox = Outbox::default();
    outbox.enqueue_for(Some(member("Nour")), id(1), take.clone(), String::new(), coop.now);
    assert_eq!(changes(&coop, "Léa", &outbox), Vec::<String>::new());
    case(&coop, "Léa", [take], &["- thu 9h +2: Hugo _", "+ thu 9h +2: Hugo Léa"]);
}

#[test]
fn acts_are_laid_one_over_the_other() {
    let mut coop = co_op();
    let seat = coop.free("thu 9h +2");
    let offer = OfferId(coop.new_id());
    let given = Command::GiveSeat { offer, seat, audience: Audience::Anyone, note: String::new() };
    let expected = [
        "- thu 9h +2: Hugo _",
        "+ thu 9h +2: Hugo Léa",
        "+ Léa offers thu 9h +2 (Give)",
        "+ my offer of thu 9h +2, 0 wishes: open",
    ];
    case(&coop, "Léa", [Command::TakeSeat { seat }, given], &expected);
}

#[test]
fn an_act_that_would_be_refused_leaves_the_screen_as_it_is_and_the_others_go_on() {
    let coop = co_op();
    let (taken, free) = (coop.seat("Camille", "sat 9h +1"), coop.free("thu 9h +2"));
    let nobodys = Command::WithdrawOffer { offer: OfferId(Uuid::nil()) };
    case(&coop, "Léa", [Command::TakeSeat { seat: taken }, nobodys], &[]);
    let expected = ["- thu 9h +2: Hugo _", "+ thu 9h +2: Hugo Léa"];
    case(&coop, "Léa", [Command::TakeSeat { seat: taken }, Command::TakeSeat { seat: free }], &expected);
}

#[test]
fn nothing_on_its_way_lays_nothing_over() {
    let coop = co_op();
    let (calendar, me) = snapshots(&coop, "Léa");
    assert_eq!(laid_over(&calendar, &me, &Outbox::default(), coop.now), None);
    let mut outbox = queued(&coop, [Command::TakeSeat { seat: coop.free("thu 9h +2") }]);
    outbox.answer(id(1), Outcome::Refused { reason: Reason::NotActive }, marks("calendar", 9), coop.now);
    assert_eq!(laid_over(&calendar, &me, &outbox, coop.now), None, "a refused act is over");
    let mut outbox = queued(&coop, [Command::TakeSeat { seat: coop.free("thu 9h +2") }]);
    outbox.give_up(id(1), coop.now);
    assert_eq!(laid_over(&calendar, &me, &outbox, coop.now), None, "so is one that was given up");
}

#[test]
fn every_state_of_waiting_shows_but_being_paused_with_what_rests_on_it() {
    let mut coop = co_op();
    let seat = coop.free("thu 9h +2");
    let offer = OfferId(coop.new_id());
    let given = Command::GiveSeat { offer, seat, audience: Audience::Anyone, note: String::new() };
    let elsewhere = Command::TakeSeat { seat: coop.free("thu 18h +1") };
    let shown = |state: EntryState| {
        let mut outbox = queued(&coop, [Command::TakeSeat { seat }, given.clone(), elsewhere.clone()]);
        outbox.entries[0].state = state;
        changes(&coop, "Léa", &outbox).into_iter().filter(|line| line.starts_with('+')).collect::<Vec<_>>()
    };
    let all = [
        "+ thu 18h +1: Hugo Karim Léa",
        "+ thu 9h +2: Hugo Léa",
        "+ Léa offers thu 9h +2 (Give)",
        "+ my offer of thu 9h +2, 0 wishes: open",
    ];
    for waiting in [EntryState::Held { until: coop.now + hours(1) }, EntryState::ToSend, EntryState::Sending] {
        assert_eq!(shown(waiting.clone()), all, "{waiting:?}");
    }
    assert_eq!(shown(EntryState::Paused), ["+ thu 18h +1: Hugo Karim Léa"]);
}

#[test]
fn an_applied_act_shows_until_both_snapshots_are_at_its_marks() {
    let coop = co_op();
    let (calendar, me) = snapshots(&coop, "Léa");
    let at = |calendar: i64, me: i64| -> Marks {
        BTreeMap::from([("calendar".into(), calendar), ("groups".into(), 99), ("me".into(), me)])
    };
    for (answered, shows) in [(at(8, 8), true), (at(8, 7), true), (at(7, 8), true), (at(7, 7), false), (at(3, 7), false)] {
        let mut outbox = queued(&coop, [Command::TakeSeat { seat: coop.free("thu 9h +2") }]);
        outbox.answer(id(1), Outcome::applied(), answered.clone(), coop.now);
        let laid = laid_over(&calendar, &me, &outbox, coop.now);
        assert_eq!(laid.is_some(), shows, "{answered:?}");
        assert!(laid.is_none_or(|laid| laid.touches.is_empty()), "it is done, and no longer on its way");
    }
}

#[test]
fn a_shift_says_which_act_on_its_way_touches_it_and_the_seat_that_it_gives_me() {
    let coop = co_op();
    let (from, to) = (coop.seat("Camille", "wed 9h +2"), coop.free("thu 9h +2"));
    let (calendar, me) = snapshots(&coop, "Camille");
    let outbox = queued(&coop, [Command::MoveSeat { from, to }]);
    let laid = laid_over(&calendar, &me, &outbox, coop.now).expect("an act on its way");
    let touch = |shift, takes| Touch { by: id(1), shift, takes };
    assert_eq!(laid.touches, [touch(from.shift, None), touch(to.shift, Some(to))]);
}

// — the day sheet —

#[test]
fn a_sheet_shows_what_is_on_its_way_and_what_crossed_it_once_that_arrives() {
    use domain::sheet::{DaySheet, Presence};
    let mut coop = Coop::new().shift("sat 9h", "Solène* Camille Hugo");
    coop.board.sheets.insert(shift("sat 9h"), DaySheet::of(shift("sat 9h")));
    coop.now = coop.start("sat 9h");
    let marks = |who: &str, presence| Command::MarkPresence {
        shift: shift("sat 9h"),
        member: member(who),
        presence,
        replaced_by: None,
        owed: None,
    };
    let (calendar, me) = snapshots(&coop, "Solène");
    let mut outbox = Outbox::default();
    outbox.enqueue(id(1), marks("Camille", Presence::Absent), String::new(), coop.now);
    outbox.enqueue(id(2), marks("Camille", Presence::Late), String::new(), coop.now);
    assert_eq!(outbox.entries.len(), 1, "only the last word about somebody need be sent");
    assert!(!matches!(outbox.entries[0].state, EntryState::Held { .. }), "it leaves at once");
    let seen = |coop: &Coop, outbox: &Outbox, who: &str| {
        let (calendar, me) = snapshots(coop, "Solène");
        let laid = laid_over(&calendar, &me, outbox, coop.now).map_or(me, |laid| laid.me);
        laid.sheets[0].presence_of(member(who))
    };
    let laid = laid_over(&calendar, &me, &outbox, coop.now).expect("something is on its way");
    assert_eq!(laid.me.sheets[0].presence_of(member("Camille")), Presence::Late);
    assert_eq!(me.sheets[0].presence_of(member("Camille")), Presence::Present);
    // Another device's words arrive first: each person is their own.
    coop.does("Solène", marks("Hugo", Presence::Absent)).unwrap();
    coop.does("Solène", marks("Camille", Presence::Excused)).unwrap();
    assert_eq!(seen(&coop, &outbox, "Hugo"), Presence::Absent);
    assert_eq!(seen(&coop, &outbox, "Camille"), Presence::Late, "mine is still to arrive, and will be the last");
}
