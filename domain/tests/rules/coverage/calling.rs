//! Whom to call: only who may come, where they are needed most, in an order that says why to nobody.

use domain::coverage::{CALL_SHOWN, Group, Known, Need, who_to_call};
use domain::members::{ShortName, Skill};
use domain::time::Days;

use crate::coop::{CAST, Coop, member, monday, shift};

fn known(name: &str, owes: bool, habit: u16) -> Known {
    Known { member: member(name), name: ShortName::new(name, name), phone: None, owes, habit }
}

fn everybody() -> Vec<Known> {
    CAST.iter().map(|name| known(name, false, 0)).collect()
}

fn named(groups: &[Group]) -> Vec<(Need, Vec<&str>)> {
    groups.iter().map(|group| (group.need.clone(), group.people.iter().map(|one| one.name.first.as_str()).collect())).collect()
}

#[test]
fn each_is_called_where_they_are_needed_most_and_whoever_may_not_come_is_not_called() {
    let till = Skill::parse("caisse").unwrap();
    let coop = Coop::new()
        .shift("thu 9h", "Solène* Karim")
        .shift("thu 10h", "Nour _")
        .shift("sat 9h", "_* Camille _:caisse _")
        .skilled("Karim", "caisse")
        .skilled("Solène", "caisse")
        .shift("sat 10h", "Hugo _")
        .who("Léa", |who| who.leaves.push(Days { from: monday(), to: domain::time::plus_days(monday(), 9) }));
    let groups = who_to_call(&coop.board, shift("sat 9h"), everybody(), coop.now);
    // Camille is there, Hugo works at that time, Léa is away.
    assert_eq!(named(&groups), [(Need::Lead, vec!["Solène"]), (Need::Skill(till), vec!["Karim"]), (Need::Anybody, vec!["Nour"])]);
}

#[test]
fn whoever_has_something_to_make_up_comes_first_then_whoever_often_comes_then() {
    let coop = Coop::new().shift("sat 9h", "Solène* _ _");
    let mut list = vec![known("Camille", false, 0), known("Karim", false, 3), known("Léa", true, 0), known("Hugo", true, 2)];
    let called = |list: Vec<Known>| who_to_call(&coop.board, shift("sat 9h"), list, coop.now);
    let order = called(list.clone());
    assert_eq!(named(&order), [(Need::Anybody, vec!["Hugo", "Léa", "Karim", "Camille"])]);
    list.reverse();
    assert_eq!(called(list), order);
}

#[test]
fn a_full_shift_calls_nobody_and_a_long_list_is_cut() {
    let full = Coop::new().shift("sat 9h", "Solène* Camille");
    assert_eq!(who_to_call(&full.board, shift("sat 9h"), everybody(), full.now), []);
    let coop = Coop::new().shift("sat 9h", "Solène* Camille _");
    let crowd: Vec<Known> = (0..CALL_SHOWN + 3).map(|habit| known("Karim", false, u16::try_from(habit).unwrap())).collect();
    let groups = who_to_call(&coop.board, shift("sat 9h"), crowd, coop.now);
    assert_eq!((groups[0].people.len(), groups[0].others), (CALL_SHOWN, 3));
}
