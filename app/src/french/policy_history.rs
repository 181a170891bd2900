//! What is asked today, what is to come, and every version with what it changed. Said on the server.

use chrono::NaiveDate;
use domain::ledger::{Policies, Policy, Version};
use domain::members::ShortName;
use domain::rules::Rules;
use domain::shifts::ShiftTemplate;
use domain::time::{Instant, minus_days, paris_day};

use super::dates::date_with_year;
use super::nb;
use super::policy::{aspects, differences, from_day};
use crate::api::rules::{Difference, RulesView, Stage, VersionSaid};

/// A version as it was set.
#[derive(Debug, Clone)]
pub struct SetVersion {
    pub id: String,
    pub valid_from: NaiveDate,
    pub policy: Policy,
    /// None: as the co-op was when it came.
    pub by: Option<ShortName>,
    pub why: String,
    pub at: Instant,
}

/// `versions`: the last one set first. `saved`: the one just set, by its id.
pub fn rules_view(
    versions: &[SetVersion],
    rules: &Rules,
    templates: &[ShiftTemplate],
    today: NaiveDate,
    saved: &str,
) -> RulesView {
    let stages = stages(versions, today);
    let history: Vec<VersionSaid> = versions
        .iter()
        .zip(&stages)
        .enumerate()
        .map(|(at, (version, stage))| {
            let earlier = in_force(&versions[at + 1..], version.valid_from);
            said(version, *stage, earlier.map(|earlier| differences(&earlier, &version.policy, templates)))
        })
        .collect();
    // What is to come is compared with what holds until then, whenever that was set.
    let mut coming: Vec<(&SetVersion, VersionSaid)> = versions
        .iter()
        .zip(&stages)
        .filter(|(_, stage)| **stage == Stage::Coming)
        .map(|(version, stage)| {
            let until = rules.policy_on(minus_days(version.valid_from, 1));
            (version, said(version, *stage, Some(differences(&until, &version.policy, templates))))
        })
        .collect();
    coming.sort_by_key(|(version, _)| version.valid_from);
    let just = versions.iter().find(|version| version.id == saved);
    RulesView {
        saved: just.map(|version| {
            let from = from_day(version.valid_from);
            nb(&format!("C’est enregistré. {from}, ces règles valent. Ce qui est déjà compté ne change pas."))
        }),
        today: aspects(&rules.policy_on(today), templates),
        coming: coming.into_iter().map(|(_, said)| said).collect(),
        history,
    }
}

/// The policy in force on a day, of versions of which the last one set comes first.
fn in_force(versions: &[SetVersion], day: NaiveDate) -> Option<Policy> {
    let set = |version: &SetVersion| Version { valid_from: version.valid_from, policy: version.policy.clone() };
    let policies = versions.iter().rev().fold(Policies::default(), |known, version| known.with(set(version)));
    policies.on(day).cloned()
}

fn stages(versions: &[SetVersion], today: NaiveDate) -> Vec<Stage> {
    let begun = versions.iter().map(|version| version.valid_from).filter(|from| *from <= today).max();
    versions
        .iter()
        .enumerate()
        .map(|(at, version)| {
            if versions[..at].iter().any(|later| later.valid_from == version.valid_from) {
                Stage::Replaced
            } else if version.valid_from > today {
                Stage::Coming
            } else if Some(version.valid_from) == begun {
                Stage::InForce
            } else {
                Stage::Over
            }
        })
        .collect()
}

fn said(version: &SetVersion, stage: Stage, changes: Option<Vec<Difference>>) -> VersionSaid {
    let by = version.by.as_ref().map_or_else(|| "À l’arrivée d’Alpar".to_owned(), |by| format!("Par {by}"));
    VersionSaid {
        id: version.id.clone(),
        stage,
        from: from_day(version.valid_from),
        by: nb(&format!("{by}, le {}", date_with_year(paris_day(version.at)))),
        why: nb(&version.why),
        changes,
    }
}
