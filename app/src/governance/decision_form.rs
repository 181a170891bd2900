//! The fields of a decision: what was decided, by whom, how, until when, in whose place.

use domain::governance::{DecidedBy, Decision, Desk, Method};
use domain::id::{DecisionId, GroupId};
use domain::procedures::Fields;
use leptos::prelude::*;

use super::fields::{choice, line, text};
use super::{Filled, typed};
use crate::french::capitalized;
use crate::french::dates::{date_short, date_with_year, iso_day};
use crate::french::governance::{decided_by, method};

/// What a form calls whoever decided.
fn key_of(by: DecidedBy) -> String {
    match by {
        DecidedBy::Group(id) => id.to_string(),
        DecidedBy::Coordination => "coordination".to_owned(),
        DecidedBy::Assembly => "assembly".to_owned(),
    }
}

/// A decision as somebody would have typed it. `replaces`: in whose place it comes.
pub fn as_typed(decision: &Decision, markdown: &str, revision: i32, replaces: Option<DecisionId>) -> Fields {
    typed(vec![
        ("base", revision.to_string()),
        ("title", decision.title.clone()),
        ("text", markdown.to_owned()),
        ("qui", key_of(decision.by)),
        ("comment", decision.method.as_str().to_owned()),
        ("jour", iso_day(decision.on)),
        ("jusque", decision.until.map(iso_day).unwrap_or_default()),
        ("reunion", decision.meeting.map(|meeting| meeting.to_string()).unwrap_or_default()),
        ("remplace", replaces.map(|known| known.to_string()).unwrap_or_default()),
    ])
}

/// `own`: of one that is written down already, its id.
pub fn decision_fields(filled: &Filled, desk: &Desk, own: Option<DecisionId>, of: &str) -> AnyView {
    let group = |id: GroupId| desk.all_groups.iter().find(|(known, _)| *known == id).map(|(_, name)| name.as_str());
    let mut who: Vec<(String, String)> = Vec::new();
    if desk.committee {
        who.extend([DecidedBy::Coordination, DecidedBy::Assembly].map(|by| (key_of(by), decided_by(by, group))));
    }
    who.extend(desk.groups.iter().map(|(id, _)| (id.to_string(), decided_by(DecidedBy::Group(*id), group))));
    let methods = Method::ALL.map(|known| (known.as_str().to_owned(), capitalized(method(known)))).to_vec();
    let mut meetings = vec![(String::new(), "Aucune".to_owned())];
    let held = desk.meetings.iter().filter(|meeting| meeting.starts_at <= desk.now && meeting.cancelled.is_none());
    meetings.extend(held.map(|meeting| (meeting.id.to_string(), date_with_year(domain::time::paris_day(meeting.starts_at)))));
    // One that is chosen may be older than those that are offered.
    let chosen = filled.one("reunion");
    if !meetings.iter().any(|(id, _)| *id == chosen) {
        meetings.push((chosen, "Une réunion plus ancienne".to_owned()));
    }
    let mut others = vec![(String::new(), "Aucune".to_owned())];
    let replaceable = desk
        .decisions
        .iter()
        .map(|(decision, _)| decision)
        .filter(|decision| Some(decision.id) != own && (decision.superseded_by.is_none() || decision.superseded_by == own));
    others.extend(
        replaceable.map(|decision| (decision.id.to_string(), format!("{} ({})", decision.title, date_short(decision.on)))),
    );
    let title = line(filled, of, "title", "Ce qui est décidé", "text", "En une phrase");
    let body = text(filled, of, ("text", "Les détails"), "6", true, "");
    let by = choice(filled, of, ("qui", "Qui a décidé"), "", who);
    let how = choice(filled, of, ("comment", "Comment"), "", methods);
    let on = line(filled, of, "jour", "Le jour", "date", "");
    let until = line(filled, of, "jusque", "Jusqu’au", "date", "Rien : jusqu’à une autre décision");
    let meeting = choice(filled, of, ("reunion", "À quelle réunion de coordination"), "", meetings);
    let replaces = choice(filled, of, ("remplace", "Elle remplace"), "", others);
    view! {
        {title}
        {body}
        {by}
        {how}
        {on}
        {until}
        {meeting}
        {replaces}
    }
    .into_any()
}
