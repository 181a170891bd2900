//! « 12 membres passeraient en alerte » : what a policy would change, before it is saved.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use domain::ledger::Level;

use super::dates::{date_with_year, weekday};
use super::nb;
use super::typography::{NO_BREAK, counted};
use crate::api::rules::Moved;

/// « 12 membres passeraient en alerte, 3 en retard, 1 redeviendrait à jour. »
pub fn summary(moved: &[Moved]) -> String {
    let mut said = Vec::new();
    for level in [Level::Alert, Level::Late, Level::UpToDate] {
        let count = moved.iter().filter(|moved| moved.to == level).count();
        if count == 0 {
            continue;
        }
        let who = if said.is_empty() { counted(count, "membre", "membres") } else { count.to_string() };
        let many = count > 1;
        let becomes = match level {
            Level::UpToDate if many => " redeviendraient à jour",
            Level::UpToDate => " redeviendrait à jour",
            Level::Alert if many => " passeraient en alerte",
            Level::Alert => " passerait en alerte",
            // The verb was said just before.
            Level::Late if !said.is_empty() => " en retard",
            Level::Late if many => " passeraient en retard",
            Level::Late => " passerait en retard",
        };
        said.push(format!("{who}{becomes}"));
    }
    if said.is_empty() { "Personne ne changerait de situation.".to_owned() } else { nb(&format!("{}.", said.join(", "))) }
}

/// « Aujourd’hui : 400 à jour, 12 en alerte, 3 en retard. Avec ces règles : … »
pub fn totals(now: &BTreeMap<Level, usize>, then: &BTreeMap<Level, usize>) -> String {
    let count = |levels: &BTreeMap<Level, usize>| {
        let of = |level: Level| levels.get(&level).copied().unwrap_or_default();
        let (fine, alert, late) = (of(Level::UpToDate), of(Level::Alert), of(Level::Late));
        format!("{fine}{NO_BREAK}à jour, {alert}{NO_BREAK}en alerte, {late}{NO_BREAK}en retard")
    };
    nb(&format!("Aujourd’hui : {}. Avec ces règles : {}.", count(now), count(then)))
}

/// Since which day it was tried.
pub fn tried_since(since: NaiveDate) -> String {
    nb(&format!(
        "Essayé comme si ces règles valaient depuis le {} {}. Rien n’est recompté : c’est pour voir ce qui arriverait à qui \
         continue comme aujourd’hui.",
        weekday(since.weekday()),
        date_with_year(since)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(to: &[(Level, usize)]) -> Vec<Moved> {
        let one = |to| Moved { name: "Léa G.".to_owned(), from: Level::UpToDate, to };
        to.iter().flat_map(|(to, count)| vec![one(*to); *count]).collect()
    }

    type Case<'a> = (&'a [(Level, usize)], &'a str);

    #[test]
    fn the_summary_counts_those_whom_the_rules_would_put_elsewhere() {
        use Level::{Alert, Late, UpToDate};
        let cases: [Case<'_>; 6] = [
            (&[(Late, 3), (UpToDate, 1), (Alert, 12)], "12 membres passeraient en alerte, 3 en retard, 1 redeviendrait à jour."),
            (&[(Alert, 1)], "1 membre passerait en alerte."),
            (&[(Late, 2), (UpToDate, 2)], "2 membres passeraient en retard, 2 redeviendraient à jour."),
            (&[(Late, 1)], "1 membre passerait en retard."),
            (&[(UpToDate, 1)], "1 membre redeviendrait à jour."),
            (&[], "Personne ne changerait de situation."),
        ];
        for (to, wanted) in cases {
            assert_eq!(summary(&moved(to)).replace(NO_BREAK, " "), wanted);
        }
    }
}
