//! What is asked of members, for the office: read, tried and set by plain forms. The server says it
//! all in French already, so that the browser downloads neither the sentences nor the form's rules.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Post};
use serde::{Deserialize, Serialize};

use super::{ApiError, Text};

/// Where the rules stand, and where they are changed.
pub const RULES: &str = "/bureau/regles";
pub const CHANGE: &str = "/bureau/regles/changer";

/// One side of the rules, in sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aspect {
    pub title: String,
    pub said: Vec<String>,
}

/// What one version says otherwise than the one before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    pub title: String,
    pub before: Vec<String>,
    pub after: Vec<String>,
}

/// Where a version is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    Coming,
    InForce,
    /// Another one was set for the same day.
    Replaced,
    Over,
}

/// A version as the history tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionSaid {
    pub id: String,
    pub stage: Stage,
    /// « À partir du lundi 21 décembre 2026 »
    pub from: String,
    /// « Par Margaux P., le 28 nov. 2026 »
    pub by: String,
    pub why: String,
    /// None: it is the first one.
    pub changes: Option<Vec<Difference>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesView {
    /// Just saved: from when it holds.
    pub saved: Option<String>,
    pub today: Vec<Aspect>,
    pub coming: Vec<VersionSaid>,
    pub history: Vec<VersionSaid>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub value: String,
    pub title: String,
    pub soft: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    Text,
    /// Whole figures.
    Figures,
    /// How much, with a comma.
    Amount,
    Day,
    Tick,
    Radios(Vec<Choice>),
    Select(Vec<Choice>),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormField {
    pub id: String,
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    pub wrong: Option<String>,
    /// As it was typed.
    pub value: String,
    pub kind: Kind,
}

/// Fields that belong together: a row of light days, a week's shifts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub legend: Option<String>,
    pub fields: Vec<FormField>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    pub id: String,
    pub title: String,
    pub soft: String,
    pub open: bool,
    pub wrong: Option<String>,
    pub rows: Vec<Row>,
    /// It takes more rows.
    pub grows: bool,
}

/// Whom a policy would put elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    pub name: String,
    pub from: domain::ledger::Level,
    pub to: domain::ledger::Level,
}

/// What these rules would change, tried and not saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// « 12 membres passeraient en alerte, 3 en retard, 1 redeviendrait à jour. »
    pub summary: String,
    /// « Aujourd’hui : … Avec ces règles : … »
    pub totals: String,
    pub since: String,
    pub moved: Vec<Moved>,
    pub from: String,
    pub changes: Vec<Difference>,
    /// The version's id, and all that was typed: saved as it was seen.
    pub id: String,
    pub fields: Vec<(String, String)>,
}

/// A starting point that is kept as data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    pub slug: String,
    pub title: String,
    pub soft: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeView {
    /// From which rules the form starts.
    pub base: String,
    pub day: String,
    pub starts: Vec<Start>,
    /// The id of a field, and what is wrong with it.
    pub wrong: Vec<(String, String)>,
    pub tried: Option<Tried>,
    pub head: Vec<FormField>,
    pub sections: Vec<Section>,
}

/// What a form of ours posted to [`CHANGE`], while its page is rendered.
#[derive(Debug, Clone, Default)]
pub struct Posted {
    pub fields: Vec<(String, String)>,
    pub step: Step,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Step {
    /// « Voir ce que ça changerait »
    #[default]
    Try,
    /// « Ajouter une période »
    Grow,
    /// It was to be saved, and other rules are saved under its id.
    Reused,
}

impl Step {
    pub fn parse(said: Option<&str>) -> Step {
        if said == Some("periode") { Step::Grow } else { Step::Try }
    }
}

/// What is asked today, what is to come, and every version. `saved` names the one to speak of.
#[server(prefix = "/api", endpoint = "v1/office/rules", input = GetUrl, output = Post<Text>)]
pub async fn rules(#[server(default)] saved: String) -> Result<RulesView, ApiError> {
    use super::on_server::{api_error, of_the_office, signed_in};
    use crate::french::policy_history::{SetVersion, rules_view};

    let (backend, who) = signed_in()?;
    let at = of_the_office(&backend, &who).await?;
    let versions = backend::ledger::history(&backend).await.map_err(api_error)?;
    let versions: Vec<SetVersion> = versions
        .into_iter()
        .map(|version| SetVersion {
            id: version.policy_version_id.to_string(),
            valid_from: version.valid_from,
            policy: version.policy.0,
            by: version.first_name.map(|first| domain::members::ShortName::new(&first, &version.last_name.unwrap_or_default())),
            why: version.why,
            at: version.at,
        })
        .collect();
    let today = domain::time::paris_day(at.now);
    Ok(rules_view(&versions, &at.calendar.rules, &at.calendar.templates, today, &saved))
}

/// The form of a new version: as it is on `day`, as the starting point `start` has it, or as it was posted.
#[server(prefix = "/api", endpoint = "v1/office/rules/change", input = GetUrl, output = Post<Text>)]
pub async fn rules_change(#[server(default)] day: String, #[server(default)] start: String) -> Result<ChangeView, ApiError> {
    use super::on_server::{answer_with, api_error, of_the_office, signed_in};
    use crate::french::policy::{differences, from_day};
    use crate::french::policy_form::{change_form, kept, posted_form};
    use crate::french::policy_preview::{summary, totals, tried_since};

    let posted = use_context::<Posted>();
    let seed = use_context::<crate::visit::Visit>().map(|visit| visit.seed);
    let (backend, who) = signed_in()?;
    let at = of_the_office(&backend, &who).await?;
    let (rules, templates) = (&at.calendar.rules, &at.calendar.templates);
    let today = domain::time::paris_day(at.now);
    let Some(posted) = posted else {
        return Ok(change_form(rules, templates, today, &day, &start));
    };
    let read = domain::ledger::settings::read_settings(&posted.fields, templates, today);
    let mut view = posted_form(&posted, read.as_ref().err().map_or(&[][..], Vec::as_slice), templates);
    let (Ok(draft), true) = (&read, posted.step != Step::Grow) else {
        if posted.step != Step::Grow {
            answer_with(422);
        }
        return Ok(view);
    };
    let preview = backend::ledger::preview(&backend, who.member, &draft.policy).await.map_err(api_error)?;
    let preview = preview.ok_or(ApiError::NotAllowed)?;
    let moved: Vec<Moved> = preview
        .changed
        .iter()
        .map(|changed| Moved { name: changed.name.to_string(), from: changed.from, to: changed.to })
        .collect();
    view.tried = Some(Tried {
        summary: summary(&moved),
        totals: totals(&preview.now, &preview.then),
        since: tried_since(preview.since),
        moved,
        from: from_day(draft.from),
        changes: differences(&rules.policy_on(draft.from), &draft.policy, templates),
        id: seed.map(|seed| seed.to_string()).unwrap_or_default(),
        fields: kept(&posted.fields),
    });
    if posted.step == Step::Reused {
        answer_with(422);
    }
    Ok(view)
}
