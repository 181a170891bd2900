//! « Échange possible »: loops that lack one yes.

use chrono::Duration;
use domain::command::Command;
use domain::effect::Effect;
use domain::id::LoopId;
use domain::matching::{close_loops, suggest_loops};
use domain::notice::Notice;
use domain::swaps::SuggestedLoop;

use crate::coop::*;

fn week() -> Coop {
    Coop::new()
        .shift("wed 9h +1", "Nour _")
        .shift("thu 18h +1", "Hugo* Karim")
        .shift("fri 9h +1", "Hugo* Léa")
        .shift("sat 9h +1", "Solène* Camille")
        .template("thu 9h +4")
}

/// A wish that nobody can meet: whoever has it only lacks a yes.
const LATER: &str = "thu 9h +4";

fn suggest(coop: &mut Coop) -> Vec<SuggestedLoop> {
    let mut made = coop.board.loops.len() as u128;
    let effects = suggest_loops(&coop.board, coop.now, &mut || {
        made += 1;
        LoopId(uuid::Uuid::from_u128(made))
    });
    coop.apply(&effects);
    let suggested = effects.into_iter().filter_map(|effect| match effect {
        Effect::LoopSuggested(suggested) => Some(suggested),
        _ => None,
    });
    suggested.collect()
}

fn asked(suggested: &[SuggestedLoop]) -> Vec<(String, usize)> {
    suggested.iter().map(|suggested| (name_of(suggested.asks), suggested.legs.len())).collect()
}

fn karim_to_lea_to_camille() -> Coop {
    let mut coop = week();
    coop.exchanges("Karim", "thu 18h +1", &["fri 9h +1"]).unwrap();
    coop.exchanges("Léa", "fri 9h +1", &["sat 9h +1"]).unwrap();
    coop.exchanges("Camille", "sat 9h +1", &[LATER]).unwrap();
    coop
}

#[test]
fn a_loop_that_lacks_one_yes_is_shown_to_who_has_not_ticked_it_and_nothing_moves() {
    let mut coop = karim_to_lea_to_camille();
    let suggested = suggest(&mut coop);
    // Saturday against Friday lacks only Camille's yes as well, and so does Léa's loop with Karim.
    assert_eq!(asked(&suggested), [("Léa".into(), 2), ("Camille".into(), 2), ("Camille".into(), 3)]);
    let three = &suggested[2];
    let leg = three.leg_of(member("Camille")).unwrap();
    assert_eq!(leg.takes, coop.seat("Karim", "thu 18h +1"));
    let notice = Notice::LoopSuggested { gives: leg.gives, takes: leg.takes };
    assert!(coop.was_told("Camille", |told| *told == notice));
    assert_eq!(coop.team("sat 9h +1"), "Solène* Camille");
    coop.does("Camille", Command::AcceptLoop { lacking: three.id }).expect("the yes it lacked");
    assert_eq!((coop.team("thu 18h +1"), coop.team("sat 9h +1")), ("Hugo* Camille".into(), "Solène* Léa".into()));
}

#[test]
fn what_lacks_nobodys_yes_or_two_is_not_suggested() {
    let mut coop = week();
    coop.exchanges("Karim", "thu 18h +1", &["sat 9h +1"]).unwrap();
    coop.exchanges("Camille", "sat 9h +1", &["thu 18h +1"]).unwrap();
    assert_eq!(asked(&suggest(&mut coop)), [], "it closes by itself");
    assert_eq!(close_loops(&coop.board, None, coop.now).loops.len(), 1);
    let mut coop = week();
    coop.exchanges("Karim", "thu 18h +1", &[LATER]).unwrap();
    coop.exchanges("Camille", "sat 9h +1", &[LATER]).unwrap();
    assert_eq!(asked(&suggest(&mut coop)), [], "two yeses are lacking");
}

#[test]
fn only_holders_of_open_exchange_offers_are_asked() {
    let mut coop = week();
    coop.exchanges("Karim", "thu 18h +1", &["sat 9h +1"]).unwrap();
    assert_eq!(asked(&suggest(&mut coop)), [], "Camille offers nothing");
    coop.gives("Camille", "sat 9h +1").unwrap();
    assert_eq!(asked(&suggest(&mut coop)), [], "she gives, and exchanges nothing");
}

#[test]
fn who_could_not_hold_the_seat_is_not_asked() {
    let coop = karim_to_lea_to_camille();
    let mut on_leave = coop.clone().who("Camille", |who| {
        who.leaves = vec![domain::time::Days { from: day(2026, 12, 3), to: day(2026, 12, 3) }];
    });
    assert_eq!(asked(&suggest(&mut on_leave)), [("Léa".into(), 2), ("Camille".into(), 2)], "not for Thursday");
    let mut gone = coop.who("Karim", |who| who.active = false);
    assert_eq!(asked(&suggest(&mut gone)), [("Camille".into(), 2)], "no loop in which Karim gets a seat");
}

#[test]
fn nobody_is_asked_twice_for_the_same_seat_be_it_pending_or_declined() {
    let mut coop = karim_to_lea_to_camille();
    let suggested = suggest(&mut coop);
    assert_eq!(asked(&suggest(&mut coop)), [], "all are pending");
    for one in &suggested {
        coop.does(&name_of(one.asks), Command::DeclineLoop { lacking: one.id }).unwrap();
    }
    assert_eq!(asked(&suggest(&mut coop)), [], "all were declined");
    let mut coop = karim_to_lea_to_camille();
    suggest(&mut coop);
    coop.later(hours(72) + Duration::seconds(1));
    let over = domain::decide::expire(&coop.board, coop.now);
    coop.apply(&over);
    assert_eq!(suggest(&mut coop).len(), 3, "an unanswered one may be asked again");
}

#[test]
fn nobody_has_more_than_three_at_once_the_shortest_first() {
    let mut coop = Coop::new().shift("sat 9h +1", "Camille _").template(LATER);
    let days = ["mon 9h +1", "tue 9h +1", "wed 9h +1", "thu 9h +1", "fri 9h +1"];
    for (on, who) in days.iter().zip(["Karim", "Léa", "Hugo", "Nour", "Solène"]) {
        coop = coop.shift(on, who);
    }
    coop.exchanges("Camille", "sat 9h +1", &[LATER]).unwrap();
    // Karim would take Léa's, and only Léa and the others take Saturday.
    coop.exchanges("Karim", "mon 9h +1", &["tue 9h +1"]).unwrap();
    for (on, who) in days.iter().zip(["Karim", "Léa", "Hugo", "Nour", "Solène"]).skip(1) {
        coop.exchanges(who, on, &["sat 9h +1"]).unwrap();
    }
    let to_camille = |suggested: &[SuggestedLoop]| {
        asked(suggested).into_iter().filter(|(name, _)| name == "Camille").map(|(_, length)| length).collect::<Vec<_>>()
    };
    let suggested = suggest(&mut coop);
    assert_eq!(to_camille(&suggested), [2, 2, 2]);
    assert_eq!(to_camille(&suggest(&mut coop)), [0usize; 0], "three are waiting");
    let first = suggested.iter().find(|one| one.asks == member("Camille")).unwrap().id;
    coop.does("Camille", Command::DeclineLoop { lacking: first }).unwrap();
    assert_eq!(to_camille(&suggest(&mut coop)), [2], "one was answered, the next comes");
}

#[test]
fn an_old_tick_or_a_late_seat_asks_again() {
    let mut coop = Coop::new().shift("sat 9h +6", "Solène* Camille").shift("thu 18h +6", "Hugo* Karim");
    coop.exchanges("Camille", "sat 9h +6", &["thu 18h +6"]).unwrap();
    coop.later(Duration::days(28) + Duration::seconds(1));
    coop.exchanges("Karim", "thu 18h +6", &["sat 9h +6"]).unwrap();
    assert_eq!(asked(&suggest(&mut coop)), [("Camille".into(), 2)], "her tick is older than four weeks");

    let mut coop = week();
    coop.exchanges("Camille", "sat 9h +1", &["thu 18h +1"]).unwrap();
    coop.exchanges("Karim", "thu 18h +1", &["sat 9h +1"]).unwrap();
    let mut coop = coop.before("thu 18h +1", hours(72));
    assert_eq!(asked(&suggest(&mut coop)), [], "exactly 72 h before, it closes by itself");
    coop.later(Duration::seconds(1));
    let suggested = suggest(&mut coop);
    assert_eq!(asked(&suggested), [("Camille".into(), 2)], "she is asked for Thursday again");
    assert_eq!(suggested[0].expires_at, coop.start("thu 18h +1") - hours(48));
    coop.does("Camille", Command::AcceptLoop { lacking: suggested[0].id }).expect("she says yes again");
    let mut late = week();
    late.exchanges("Camille", "sat 9h +1", &["thu 18h +1"]).unwrap();
    late.exchanges("Karim", "thu 18h +1", &["sat 9h +1"]).unwrap();
    let mut late = late.before("thu 18h +1", hours(48));
    late.later(Duration::seconds(1));
    assert_eq!(asked(&suggest(&mut late)), [], "too late to exchange");
}

#[test]
fn a_suggestion_waits_72_hours_and_no_longer_than_the_others_ticks_bind() {
    let mut coop = karim_to_lea_to_camille();
    assert_eq!(suggest(&mut coop)[2].expires_at, coop.now + hours(72));
    let mut near = karim_to_lea_to_camille().before("fri 9h +1", hours(72 + 10));
    let three = suggest(&mut near).into_iter().find(|one| one.legs.len() == 3).unwrap();
    assert_eq!(three.expires_at, near.start("fri 9h +1") - hours(72), "Karim's tick of Friday binds until then");
}

#[test]
fn loops_of_four_are_suggested_and_no_longer_ones() {
    let names = ["mon 9h +1", "tue 9h +1", "wed 9h +1", "thu 9h +1", "fri 9h +1"];
    for (people, found) in [(4, 1), (5, 0)] {
        let mut coop = Coop::new().template(LATER);
        for (name, who) in names.iter().zip(CAST).take(people) {
            coop = coop.shift(name, who);
        }
        for at in 0..people {
            // Each ticks the next one's, but the last ticks nothing that there is.
            let wish = if at + 1 < people { names[at + 1] } else { LATER };
            coop.exchanges(CAST[at], names[at], &[wish]).unwrap();
        }
        let whole = suggest(&mut coop).iter().filter(|one| one.legs.len() == people).count();
        assert_eq!(whole, found, "{people} people");
    }
}
