use domain::time::Days;

use super::*;

fn plain(said: &[String]) -> Vec<String> {
    said.iter().map(|sentence| sentence.replace(['\u{a0}', '\u{202f}'], " ")).collect()
}

fn of(policy: &Policy, title: &str) -> Vec<String> {
    plain(&aspects(policy, &[]).into_iter().find(|aspect| aspect.title == title).unwrap().said)
}

fn summer() -> Light {
    let days = Days { from: "2027-07-05".parse().unwrap(), to: "2027-08-29".parse().unwrap() };
    Light { days, due: Credit(90), owed: Some(1), why: "été".to_owned() }
}

#[test]
fn the_products_own_rules_are_said_plainly() {
    let own = Policy::default();
    assert_eq!(
        of(&own, "Chaque cycle"),
        ["Chaque cycle de 4 semaines demande 1 vacation.", "À demi-engagement, c’est la moitié : 0,5 vacation."]
    );
    assert_eq!(
        of(&own, "Congés et pauses"),
        ["Un congé qui couvre au moins 14 jours d’un cycle enlève ce que ce cycle demande."]
    );
    assert_eq!(
        of(&own, "Une absence"),
        [
            "La vacation manquée reste à faire.",
            "L’animateur·rice du jour n’y change rien.",
            "Excusée, elle reste à faire, sans rien de plus."
        ]
    );
    assert_eq!(
        of(&own, "Alerte et retard")[..2],
        [
            "« En alerte » dès qu’il manque quelque chose.".to_owned(),
            "« En retard » d’emblée à partir de 2 vacations à rattraper.".to_owned()
        ]
    );
    assert_eq!(of(&own, "Pot solidaire"), ["Fermé."]);
}

#[test]
fn minutes_savings_and_summer_are_said_as_they_are_set() {
    let mut policy = Policy { counting: Counting::Minutes { a_shift: 180 }, light: vec![summer()], ..Policy::default() };
    policy.ahead = Ahead { cap: Some(Credit::NONE), saved: true };
    policy.alarm.late_from = Credit(541);
    assert_eq!(
        of(&policy, "Périodes allégées"),
        ["Du 5 juillet 2027 au 29 août 2027 (été) : 0,5 vacation par cycle. Une absence y coûte au plus 1 vacation."]
    );
    assert_eq!(of(&policy, "Ce que compte une vacation"), ["Le temps compte : 180 minutes font une vacation."]);
    assert_eq!(of(&policy, "Alerte et retard")[1], "« En retard » d’emblée à partir de 9 h 01 à rattraper.");
    assert_eq!(
        of(&policy, "Avance"),
        [
            "Rien ne passe d’avance au cycle suivant.",
            "Le reste est mis de côté, pour un cycle sans absence où il manque quelque chose."
        ]
    );
}

/// The side on which a change is said.
type Change = (&'static str, fn(&mut Policy));

#[test]
fn each_field_that_changes_is_said_and_nothing_else() {
    let own = Policy::default();
    let changes: [Change; 16] = [
        ("Chaque cycle", |policy| policy.due = Credit(270)),
        ("Congés et pauses", |policy| policy.leave_min_d = 7),
        ("Périodes allégées", |policy| policy.light.push(summer())),
        ("Ce que compte une vacation", |policy| policy.counting = Counting::Minutes { a_shift: 165 }),
        ("Une absence", |policy| policy.absence.owed = 2),
        ("Une absence", |policy| policy.absence.lead_may_reduce = true),
        ("Une absence", |policy| policy.absence.excused_owed = 0),
        ("Alerte et retard", |policy| policy.alarm.alert_from = Credit(90)),
        ("Alerte et retard", |policy| policy.alarm.late_from = Credit(270)),
        ("Alerte et retard", |policy| policy.alarm.delay_d = 7),
        ("Alerte et retard", |policy| policy.alarm.alert_d = Some(28)),
        ("Alerte et retard", |policy| policy.alarm.grace_d = 10),
        ("Alerte et retard", |policy| policy.alarm.out_from = Some(Credit(720))),
        ("Avance", |policy| policy.ahead.saved = true),
        ("Ce qui reste à rattraper", |policy| policy.owed_cap = Some(Credit(360))),
        ("Pot solidaire", |policy| policy.pot.draws_a_year = 3),
    ];
    for (title, change) in changes {
        let mut policy = own.clone();
        change(&mut policy);
        let titles: Vec<String> = differences(&own, &policy, &[]).into_iter().map(|difference| difference.title).collect();
        assert_eq!(titles, [title], "{policy:?}");
    }
    assert!(differences(&own, &own, &[]).is_empty());
}

#[test]
fn a_difference_says_before_and_after() {
    let own = Policy::default();
    let double = Policy { absence: Absence { owed: 2, ..own.absence }, ..own.clone() };
    let changes = differences(&own, &double, &[]);
    let [difference] = &changes[..] else { panic!("one side changes: {changes:?}") };
    assert_eq!(plain(&difference.before), ["La vacation manquée reste à faire."]);
    assert_eq!(plain(&difference.after), ["La vacation manquée reste à faire, et 1 de plus : 2 en tout."]);
}
