//! What is asked of members, in sentences; and what one version says otherwise than another.
//!
//! Said on the server: the browser gets the sentences.

use chrono::NaiveDate;
use domain::ledger::settings::{slots, write_amount};
use domain::ledger::{Absence, Ahead, Alarm, Counting, Credit, Light, Policy, Pot};
use domain::shifts::ShiftTemplate;

use super::clock::hours_of;
use super::dates::{date_with_year, weekday};
use super::typography::{counted, finished};
use super::{capitalized, nb};
use crate::api::rules::{Aspect, Difference};

/// Every side of a policy. Two policies that differ say something else.
pub fn aspects(policy: &Policy, templates: &[ShiftTemplate]) -> Vec<Aspect> {
    let counting = policy.counting;
    let all = [
        ("Chaque cycle", cycle(policy)),
        (
            "Congés et pauses",
            vec![format!("Un congé qui couvre au moins {} d’un cycle enlève ce que ce cycle demande.", days(policy.leave_min_d))],
        ),
        ("Périodes allégées", light(policy)),
        ("Ce que compte une vacation", credits(policy, templates)),
        ("Une absence", absence(policy.absence)),
        ("Alerte et retard", alarm(&policy.alarm, counting)),
        ("Avance", ahead(&policy.ahead, counting)),
        (
            "Ce qui reste à rattraper",
            vec![policy.owed_cap.map_or_else(
                || "Il n’y a pas de plafond.".to_owned(),
                |cap| format!("Ça ne dépasse jamais {}.", vacations(cap, counting)),
            )],
        ),
        ("Pot solidaire", pot(&policy.pot, counting)),
    ];
    let said = |said: Vec<String>| said.iter().map(|sentence| finished(sentence)).collect();
    all.into_iter().map(|(title, sentences)| Aspect { title: title.to_owned(), said: said(sentences) }).collect()
}

/// What `after` says and `before` does not, and the other way round, side by side.
pub fn differences(before: &Policy, after: &Policy, templates: &[ShiftTemplate]) -> Vec<Difference> {
    let without = |said: &[String], other: &[String]| -> Vec<String> {
        said.iter().filter(|sentence| !other.contains(sentence)).cloned().collect()
    };
    let sides = aspects(before, templates).into_iter().zip(aspects(after, templates));
    sides
        .filter(|(before, after)| before.said != after.said)
        .map(|(before, after)| Difference {
            title: after.title,
            before: without(&before.said, &after.said),
            after: without(&after.said, &before.said),
        })
        .collect()
}

/// « À partir du lundi 21 décembre 2026 »
pub fn from_day(on: NaiveDate) -> String {
    use chrono::Datelike;
    nb(&format!("À partir du {} {}", weekday(on.weekday()), date_with_year(on)))
}

/// « 1,5 vacation », « 2 vacations », « 1/3 de vacation », « 9 h 01 ».
pub fn vacations(credit: Credit, counting: Counting) -> String {
    let written = write_amount(credit, counting);
    if written.contains('/') {
        format!("{written} de vacation")
    } else if written.ends_with("min") || written.contains('h') {
        written
    } else if credit < Credit::shifts(2) {
        format!("{written} vacation")
    } else {
        format!("{written} vacations")
    }
}

fn days(count: u16) -> String {
    counted(usize::from(count), "jour", "jours")
}

fn cycle(policy: &Policy) -> Vec<String> {
    if policy.due.is_none() {
        return vec!["Rien n’est demandé.".to_owned()];
    }
    let half = Credit(policy.due.0 / 2);
    vec![
        format!("Chaque cycle de 4 semaines demande {}.", vacations(policy.due, policy.counting)),
        format!("À demi-engagement, c’est la moitié : {}.", vacations(half, policy.counting)),
    ]
}

fn light(policy: &Policy) -> Vec<String> {
    let said = |light: &Light| {
        let why = if light.why.is_empty() { String::new() } else { format!(" ({})", light.why) };
        let cost = match light.owed {
            None => String::new(),
            Some(0) => " Une absence n’y coûte rien.".to_owned(),
            Some(owed) => format!(" Une absence y coûte au plus {}.", counted(owed.into(), "vacation", "vacations")),
        };
        let (from, to) = (date_with_year(light.days.from), date_with_year(light.days.to));
        format!("Du {from} au {to}{why} : {} par cycle.{cost}", vacations(light.due, policy.counting))
    };
    if policy.light.is_empty() { vec!["Aucune.".to_owned()] } else { policy.light.iter().map(said).collect() }
}

fn credits(policy: &Policy, templates: &[ShiftTemplate]) -> Vec<String> {
    let mut sentences = vec![match policy.counting {
        Counting::Shift => "Une vacation faite compte pour 1, quelle que soit sa durée.".to_owned(),
        Counting::Minutes { a_shift } => format!("Le temps compte : {a_shift} minutes font une vacation."),
    }];
    let of =
        |template: &ShiftTemplate| policy.credits.iter().find(|known| known.template == template.id).map(|known| known.credit);
    for slot in slots(templates) {
        let name = format!("{} {}", capitalized(weekday(slot.weekday)), hours_of(slot.from, slot.to));
        let each: Vec<(char, Option<Credit>)> = slot.weeks.iter().map(|(week, template)| (week.letter(), of(template))).collect();
        let first = each.first().and_then(|(_, credit)| *credit);
        if each.iter().all(|(_, credit)| *credit == first) {
            sentences.extend(first.map(|credit| format!("{name} : compte pour {}.", vacations(credit, policy.counting))));
        } else {
            sentences.extend(each.into_iter().filter_map(|(week, credit)| {
                Some(format!("{name}, semaine {week} : compte pour {}.", vacations(credit?, policy.counting)))
            }));
        }
    }
    sentences
}

fn absence(absence: Absence) -> Vec<String> {
    let cost = match absence.owed {
        0 => "Elle ne coûte rien : la vacation compte comme faite.".to_owned(),
        1 => "La vacation manquée reste à faire.".to_owned(),
        owed => format!("La vacation manquée reste à faire, et {} de plus : {owed} en tout.", owed - 1),
    };
    let lead = if absence.lead_may_reduce {
        "L’animateur·rice du jour peut la ramener à la seule vacation manquée."
    } else {
        "L’animateur·rice du jour n’y change rien."
    };
    let excused = if absence.excused_owed == 0 {
        "Excusée, elle compte comme faite."
    } else {
        "Excusée, elle reste à faire, sans rien de plus."
    };
    vec![cost, lead.to_owned(), excused.to_owned()]
}

fn alarm(alarm: &Alarm, counting: Counting) -> Vec<String> {
    let from = match alarm.alert_from {
        Credit(1) => "dès qu’il manque quelque chose".to_owned(),
        from => format!("à partir de {} à rattraper", vacations(from, counting)),
    };
    let delay = match alarm.delay_d {
        0 => String::new(),
        delay => format!(", {} plus tard", days(delay)),
    };
    let lasts = alarm.alert_d.map_or_else(
        || "Une alerte dure jusqu’à ce que ce soit rattrapé.".to_owned(),
        |lasts| format!("Une alerte dure {} ; ensuite, c’est « en retard ».", days(lasts)),
    );
    let grace = match alarm.grace_d {
        0 => "Le bureau n’accorde pas de sursis.".to_owned(),
        grace => format!("Le bureau peut accorder une fois un sursis de {}.", days(grace)),
    };
    let out = alarm.out_from.map_or_else(
        || "Aucun seuil ne met fin à l’engagement.".to_owned(),
        |out| format!("À partir de {} à rattraper, le bureau en parle avec la personne.", vacations(out, counting)),
    );
    vec![
        format!("« En alerte » {from}{delay}."),
        format!("« En retard » d’emblée à partir de {} à rattraper.", vacations(alarm.late_from, counting)),
        lasts,
        grace,
        out,
    ]
}

fn ahead(ahead: &Ahead, counting: Counting) -> Vec<String> {
    let mut sentences = vec![match ahead.cap {
        None => "Tout ce qui est fait d’avance vaut pour les cycles suivants.".to_owned(),
        Some(cap) if cap.is_none() => "Rien ne passe d’avance au cycle suivant.".to_owned(),
        Some(cap) => format!("Au plus {} d’avance au cycle suivant.", vacations(cap, counting)),
    }];
    if ahead.saved {
        let comes = "Le reste est mis de côté, pour un cycle sans absence où il manque quelque chose.";
        sentences.push(comes.to_owned());
    } else if ahead.cap.is_some() {
        sentences.push("Le reste est perdu.".to_owned());
    }
    sentences
}

fn pot(pot: &Pot, counting: Counting) -> Vec<String> {
    let mut sentences = vec![if pot.open { "Ouvert aux dons et aux retraits." } else { "Fermé." }.to_owned()];
    if pot.open || *pot != Pot::default() {
        let draws = counted(pot.draws_a_year.into(), "retrait", "retraits");
        sentences.push(format!("Par personne et par an : au plus {draws}."));
        sentences.push(format!("Un retrait y laisse au moins {}.", vacations(pot.floor, counting)));
    }
    sentences
}

#[cfg(test)]
#[path = "policy_tests.rs"]
mod tests;
