//! Who is told what, by which channel, when; and what is no longer true is not told.

use chrono::{Duration, NaiveTime};
use domain::command::Command;
use domain::decide::who_can_come;
use domain::id::MemberId;
use domain::notice::Notice;
use domain::notify::{
    Ahead, CATALOGUE, Channel, Kind, Mails, Preferences, Switch, Topic, channels, due_at, entry, is_still_true, remind_at,
    step_at, unseen_too_long,
};
use domain::reason::Reason;
use domain::shifts::Treatment;
use domain::swaps::Audience;
use domain::time::{Days, Instant, paris_clock, paris_day, paris_instant};

use crate::coop::{Coop, hours, member, name_of, shift};

fn paris(day: &str, clock: &str) -> Instant {
    paris_instant(day.parse().unwrap(), NaiveTime::parse_from_str(clock, "%H:%M").unwrap())
}

fn clock(at: Instant) -> String {
    format!("{} {}", paris_day(at), paris_clock(at).format("%H:%M"))
}

// — when —

#[test]
fn the_night_is_quiet_but_for_what_is_urgent() {
    for (at, out) in [
        ("20:59", "2026-12-01 20:59"),
        ("21:00", "2026-12-02 07:30"),
        ("23:59", "2026-12-02 07:30"),
        ("00:00", "2026-12-01 07:30"),
        ("07:29", "2026-12-01 07:30"),
        ("07:30", "2026-12-01 07:30"),
    ] {
        assert_eq!(clock(due_at(Kind::LoopClosed, paris("2026-12-01", at))), out, "{at}");
        assert_eq!(due_at(Kind::UrgentCall, paris("2026-12-01", at)), paris("2026-12-01", at));
    }
    // Both nights on which the clocks change end at half past seven.
    for (evening, morning) in [("2027-03-27", "2027-03-28 07:30"), ("2027-10-30", "2027-10-31 07:30")] {
        assert_eq!(clock(due_at(Kind::SeatClaimed, paris(evening, "22:00"))), morning);
    }
}

#[test]
fn a_reminder_in_days_keeps_the_hour_across_both_changes_of_the_clocks() {
    for start in ["2027-03-28", "2027-03-30", "2027-10-31", "2027-11-02"] {
        for days in [1, 2, 7, 14] {
            let (at, start) = (remind_at(paris(start, "12:00"), Ahead::Days(days)), paris(start, "12:00"));
            assert_eq!(paris_clock(at), paris_clock(start), "{days} before {start}");
            assert_eq!((paris_day(start) - paris_day(at)).num_days(), i64::from(days));
        }
    }
}

#[test]
fn a_reminder_in_hours_counts_them_and_never_wakes_anybody() {
    let at = |start: &str, ahead| clock(remind_at(paris("2026-12-03", start), Ahead::Hours(ahead)));
    assert_eq!(at("15:00", 3), "2026-12-03 12:00");
    // Six in the morning waits for half past seven; a shift that begins then was announced the evening before.
    assert_eq!(at("09:00", 3), "2026-12-03 07:30");
    assert_eq!(at("07:30", 1), "2026-12-02 20:30");
    assert_eq!(at("07:00", 1), "2026-12-02 20:30");
    assert_eq!(at("18:00", 20), "2026-12-03 07:30");
}

// — by which channel —

#[test]
fn the_catalogue_has_each_kind_in_its_place() {
    for (place, line) in CATALOGUE.iter().enumerate() {
        assert_eq!(line.kind as usize, place);
        assert_eq!(entry(line.kind), *line);
        assert_eq!(line.fixed, line.topic == Topic::MyShifts, "{:?}", line.kind);
    }
}

#[test]
fn what_moves_my_shift_reaches_me_whatever_i_chose() {
    let off = Channel::ALL
        .into_iter()
        .fold(Preferences::default(), |chosen, channel| chosen.with(Switch { topic: Topic::MyShifts, channel, on: false }));
    for line in CATALOGUE.iter().filter(|line| line.fixed) {
        for has_device in [true, false] {
            assert!(!channels(line.kind, &off, has_device).is_empty(), "{:?}", line.kind);
        }
    }
    assert_eq!(channels(Kind::LoopClosed, &off, true), Channel::ALL);
}

#[test]
fn everything_else_can_be_switched_off_and_on_by_topic_and_channel() {
    for line in CATALOGUE.iter().filter(|line| !line.fixed) {
        let set = |channel, on| Preferences::default().with(Switch { topic: line.topic, channel, on });
        let by = |chosen: &Preferences, has_device| channels(line.kind, chosen, has_device);
        assert!(!by(&set(Channel::Push, false), true).contains(&Channel::Push));
        assert!(!by(&set(Channel::Mail, false), false).contains(&Channel::Mail));
        let none = set(Channel::Push, false).with(Switch { topic: line.topic, channel: Channel::Mail, on: false });
        assert_eq!((by(&none, true), by(&none, false)), (vec![], vec![]));
        let mails = line.mails != Mails::Never;
        assert_eq!(by(&set(Channel::Mail, true), true).contains(&Channel::Mail), mails);
        // Nobody without a device is left out of what goes by mail.
        assert_eq!(by(&Preferences::default(), false).contains(&Channel::Mail), mails);
        assert!(!by(&Preferences::default(), false).contains(&Channel::Push));
        // The last word counts.
        let twice = set(Channel::Push, false).with(Switch { topic: line.topic, channel: Channel::Push, on: true });
        assert_eq!((by(&twice, true).contains(&Channel::Push), twice.switches.len()), (true, 1));
    }
}

#[test]
fn whoever_silences_their_device_is_not_sent_mails_instead() {
    for line in CATALOGUE.iter().filter(|line| !line.fixed && line.mails == Mails::WithoutDevice) {
        let silenced = Preferences::default().with(Switch { topic: line.topic, channel: Channel::Push, on: false });
        assert_eq!(channels(line.kind, &silenced, true), [], "{:?}", line.kind);
        // Whoever has no device silenced none.
        assert_eq!(channels(line.kind, &silenced, false), [Channel::Mail], "{:?}", line.kind);
        let both = silenced.with(Switch { topic: line.topic, channel: Channel::Mail, on: true });
        assert_eq!(channels(line.kind, &both, true), [Channel::Mail], "{:?}", line.kind);
    }
}

#[test]
fn the_brief_comes_by_mail_unless_it_is_switched_off() {
    let set = |on| Preferences::default().with(Switch { topic: Topic::BriefMail, channel: Channel::Mail, on });
    assert!(Preferences::default().brief_by_mail() && set(true).brief_by_mail() && !set(false).brief_by_mail());
    // Nothing else follows that switch.
    for line in CATALOGUE {
        assert_eq!(channels(line.kind, &set(false), false), channels(line.kind, &Preferences::default(), false));
    }
}

#[test]
fn a_switch_stands_as_what_is_sent() {
    let switches = Channel::ALL.into_iter().flat_map(|channel| [None, Some(true), Some(false)].map(|on| (channel, on)));
    for topic in Topic::ALL.into_iter().filter(|topic| CATALOGUE.iter().any(|line| line.topic == *topic)) {
        for (channel, on) in switches.clone() {
            let chosen = on.map_or_else(Preferences::default, |on| Preferences::default().with(Switch { topic, channel, on }));
            let goes = |channel, has_device| {
                let mut lines = CATALOGUE.iter().filter(|line| line.topic == topic);
                lines.any(|line| channels(line.kind, &chosen, has_device).contains(&channel))
            };
            for has_device in [true, false] {
                assert_eq!(
                    chosen.is_on(topic, Channel::Mail, has_device),
                    goes(Channel::Mail, has_device),
                    "{topic:?} {chosen:?}"
                );
                // One chooses what a device will show before there is one.
                assert_eq!(chosen.is_on(topic, Channel::Push, has_device), goes(Channel::Push, true), "{topic:?} {chosen:?}");
            }
            if topic != Topic::MyShifts
                && topic.goes_by(channel)
                && let Some(on) = on
            {
                assert_eq!(chosen.is_on(topic, channel, false), on, "a tap shows: {topic:?} {channel:?}");
            }
        }
    }
}

// — who hears of what nobody answers —

#[test]
fn a_shift_that_nobody_leads_is_told_wider_at_48_24_and_3_hours_until_it_begins() {
    let start = paris("2026-12-05", "09:00");
    let at = |left: Duration| step_at(start, start - left).map(|step| (step.within_h, step.leads, step.group, step.employee));
    let just = Duration::milliseconds(1);
    let (leads, group, employee) = ((48, true, false, false), (24, true, true, false), (3, true, true, true));
    for (left, told) in [
        (hours(48) + just, None),
        (hours(48), Some(leads)),
        (hours(24) + just, Some(leads)),
        (hours(24), Some(group)),
        (hours(3) + just, Some(group)),
        (hours(3), Some(employee)),
        (just, Some(employee)),
        (hours(0), None),
        (hours(-1), None),
    ] {
        assert_eq!(at(left), told, "{left} before");
    }
    // Hours elapse: on the night on which the clocks change, 48 of them are not two days.
    let sunday = paris("2027-03-28", "09:00");
    assert_eq!(step_at(sunday, paris("2027-03-26", "08:00")).map(|step| step.within_h), Some(48));
    assert_eq!(step_at(sunday, paris("2027-03-26", "08:00") - just), None);
}

#[test]
fn a_card_is_unseen_too_long_after_a_day_and_old_news_after_a_week() {
    let now = paris("2026-12-05", "09:00");
    let (after, until) = unseen_too_long(now);
    let told = |age: Duration| now - age > after && now - age <= until;
    let just = Duration::milliseconds(1);
    assert!(!told(hours(24) - just) && told(hours(24)), "a day, inclusive");
    assert!(told(hours(24 * 7) - just) && !told(hours(24 * 7)));
}

// — what a member may choose —

#[test]
fn a_member_chooses_but_not_whether_their_own_shifts_are_told() {
    let mut coop = Coop::new();
    let switch = |topic| Command::SetSwitch { topic, channel: Channel::Mail, on: false };
    assert_eq!(coop.does("Léa", switch(Topic::MyShifts)).unwrap_err(), Reason::CannotBeSwitchedOff);
    coop.does("Léa", switch(Topic::Lacking)).unwrap();
    coop.does("Léa", Command::SetReminders { reminders: vec![Ahead::Hours(3), Ahead::Days(2), Ahead::Hours(3)] }).unwrap();
    assert_eq!(coop.board.preferences.reminders, [Ahead::Days(2), Ahead::Hours(3)], "each once, the longest first");
    assert_eq!(coop.board.preferences.wants(Topic::Lacking, Channel::Mail), Some(false), "and the switch stays");
    coop.does("Léa", Command::SetReminders { reminders: Vec::new() }).unwrap();
    assert!(coop.board.preferences.reminders.is_empty());
}

#[test]
fn reminders_are_few_and_within_reach() {
    let mut coop = Coop::new();
    let mut refused = |reminders| coop.does("Léa", Command::SetReminders { reminders }).unwrap_err();
    for out in [Ahead::Days(0), Ahead::Days(15), Ahead::Hours(0), Ahead::Hours(24)] {
        assert_eq!(refused(vec![out]), Reason::BadReminders { cap: 6 });
    }
    assert_eq!(refused((1..8).map(Ahead::Days).collect()), Reason::BadReminders { cap: 6 });
}

// — while it is true —

fn says(coop: &Coop, notice: &Notice, who: &str) -> bool {
    is_still_true(&coop.board, notice, member(who), coop.now)
}

fn seat(coop: &Coop, who: &str, on: &str) -> domain::id::SeatId {
    coop.board.shifts[&shift(on)].seat_of(member(who)).expect("a seat")
}

#[test]
fn somebody_who_gave_their_seat_is_told_unless_they_are_back() {
    let mut coop = Coop::new().shift("sat 9h", "Solène* Camille Hugo");
    let hers = seat(&coop, "Camille", "sat 9h");
    let notice = Notice::SeatClaimed { seat: hers, by: member("Karim") };
    assert!(!says(&coop, &notice, "Camille"), "she is still on it");
    let offer = coop.gives("Camille", "sat 9h").unwrap().offer();
    coop.claims("Karim", offer).unwrap();
    assert!(says(&coop, &notice, "Camille"));
}

#[test]
fn a_reminder_is_for_who_comes_to_a_shift_that_takes_place() {
    let coop = || Coop::new().shift("sat 9h", "Solène* Camille Hugo");
    let notice = Notice::Reminder { shift: shift("sat 9h") };
    assert!(says(&coop(), &notice, "Camille") && !says(&coop(), &notice, "Karim"));
    let mut moved = coop();
    let offer = moved.gives("Camille", "sat 9h").unwrap().offer();
    moved.claims("Karim", offer).unwrap();
    assert!(!says(&moved, &notice, "Camille") && says(&moved, &notice, "Karim"));
    let mut closed = coop();
    closed.board.office = true;
    let why = "Neige".to_owned();
    closed.does("Nour", Command::CloseShift { shift: shift("sat 9h"), why, treatment: Treatment::Excused }).unwrap();
    assert!(!says(&closed, &notice, "Camille"));
    let over = coop().before("sat 9h", hours(0));
    assert!(!says(&over, &notice, "Camille"), "it begins");
}

#[test]
fn a_seat_that_is_offered_by_name_is_told_to_those_named_while_it_is() {
    let mut coop = Coop::new().shift("sat 9h", "Solène* Camille Hugo");
    let seat = seat(&coop, "Camille", "sat 9h");
    let notice = Notice::SeatOffered { seat, from: member("Camille") };
    let audience = Audience::Named { members: vec![member("Karim")] };
    let offer = coop.gives_to("Camille", "sat 9h", audience).unwrap().offer();
    assert!(says(&coop, &notice, "Karim") && !says(&coop, &notice, "Nour"));
    coop.withdraws("Camille", offer).unwrap();
    assert!(!says(&coop, &notice, "Karim"));
}

#[test]
fn a_call_for_help_ends_with_the_last_free_seat_or_the_shift() {
    let mut coop = Coop::new().shift("sat 9h", "Solène* Camille _");
    let call = Notice::UrgentCall { shift: shift("sat 9h"), by: member("Solène"), note: String::new() };
    assert!(says(&coop, &call, "Nour") && !says(&coop, &call, "Camille"), "who is there need not be called");
    coop.takes("Karim", "sat 9h").unwrap();
    assert!(!says(&coop, &call, "Nour"));
    let during = Coop::new().shift("sat 9h", "Solène* _").before("sat 9h", hours(-1));
    let after = Coop::new().shift("sat 9h", "Solène* _").before("sat 9h", hours(-3) - Duration::seconds(1));
    assert!(says(&during, &call, "Nour") && !says(&after, &call, "Nour"));
}

#[test]
fn the_lead_or_the_office_calls_from_the_day_before_until_the_end_while_somebody_is_missing() {
    let coop = || Coop::new().shift("sat 9h", "Solène* Camille _");
    let call = Command::CallForHelp { shift: shift("sat 9h"), note: "Livraison double".into() };
    let called = |coop: Coop, who| {
        let mut coop = coop;
        coop.does(who, call.clone()).map(|came| came.effects.list.len())
    };
    let friday = || coop().before("sat 9h", hours(33));
    assert_eq!(called(friday(), "Solène"), Ok(1), "Friday at midnight");
    let early = called(coop().before("sat 9h", hours(33) + Duration::milliseconds(1)), "Solène").unwrap_err();
    assert_eq!(early, Reason::TooEarlyToCall { from: friday().now });
    assert_eq!(called(friday(), "Camille"), Err(Reason::NotAllowed));
    let mut office = friday();
    office.board.office = true;
    assert_eq!(called(office, "Camille"), Ok(1));
    assert_eq!(called(coop().before("sat 9h", hours(-3)), "Solène"), Ok(1), "until its end, inclusive");
    assert!(matches!(called(coop().before("sat 9h", hours(-4)), "Solène"), Err(Reason::TooLate { .. })));
    let mut full = friday();
    full.takes("Hugo", "sat 9h").unwrap();
    assert!(matches!(called(full.clone(), "Solène"), Err(Reason::NobodyMissing { .. })));
    full.gives("Camille", "sat 9h").unwrap();
    assert_eq!(called(full, "Solène"), Ok(1), "Camille looks for somebody");
}

#[test]
fn those_are_called_who_may_have_the_seat() {
    let coop = || Coop::new().shift("sat 9h", "Solène* _:caisse").skilled("Karim", "caisse").skilled("Nour", "caisse");
    let called = |coop: &Coop| who_can_come(&coop.board, shift("sat 9h"), coop.now).into_iter().map(name_of).collect::<Vec<_>>();
    let sorted = |mut names: Vec<&'static str>| {
        names.sort_by_key(|name| member(name));
        names
    };
    assert_eq!(called(&coop()), sorted(vec!["Karim", "Nour"]), "the others have not learnt the till");
    let saturday = paris_day(coop().start("sat 9h"));
    let away = coop().who("Nour", |who| who.leaves.push(Days { from: saturday, to: saturday }));
    assert_eq!(called(&away), ["Karim"]);
    let busy = |minutes: i64| coop().shift_until("sat 7h", minutes, "Nour");
    assert_eq!(called(&busy(151)), ["Karim"], "half an hour at most may overlap");
    assert_eq!(called(&busy(150)), sorted(vec!["Karim", "Nour"]));
    let twice = coop().shift_until("sat 6h", 60, "Nour").shift_until("sat 20h", 60, "Nour");
    assert_eq!(called(&twice), ["Karim"], "a third shift that day is one too many");
    let alone = coop().first_timer("Solène").first_timer("Karim").first_timer("Nour");
    assert_eq!(called(&alone), sorted(vec!["Karim", "Nour"]), "the team is no worse for it");
    let left = coop().who("Nour", |who| who.active = false);
    assert_eq!(called(&left), ["Karim"]);
    // A seat that is given away counts, but not for whoever gives it; one that is held does not.
    let mut full = Coop::new().shift("sat 9h", "Solène* Hugo:caisse").skilled("Hugo", "caisse").skilled("Karim", "caisse");
    assert_eq!(called(&full), Vec::<String>::new());
    full.gives("Hugo", "sat 9h").unwrap();
    assert_eq!(called(&full), ["Karim"]);
    // It has begun: help is still welcome.
    assert_eq!(called(&coop().before("sat 9h", hours(-1))).len(), 2);
}

#[test]
fn a_first_timer_is_not_called_to_be_alone() {
    let coop = Coop::new().shift("sat 9h", "_ _").first_timer("Léa");
    let called = who_can_come(&coop.board, shift("sat 9h"), coop.now);
    assert!(!called.contains(&member("Léa")) && called.contains(&member("Karim")));
}

#[test]
fn a_team_s_change_is_its_leads_while_it_stands() {
    let mut coop = Coop::new().shift("sat 9h", "Solène* Camille Hugo");
    let offer = coop.gives("Camille", "sat 9h").unwrap().offer();
    coop.claims("Karim", offer).unwrap();
    let changed = |left, joined: &str| Notice::TeamChanged {
        shift: shift("sat 9h"),
        left: Some(MemberId(member(left).0)),
        joined: Some(member(joined)),
    };
    assert!(says(&coop, &changed("Camille", "Karim"), "Solène"));
    assert!(!says(&coop, &changed("Camille", "Karim"), "Hugo"), "Hugo does not lead it");
    assert!(!says(&coop, &changed("Karim", "Camille"), "Solène"), "it is the other way round by now");
}
