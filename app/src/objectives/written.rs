//! The fields of an objective, and of a month's figure.

use chrono::NaiveDate;
use domain::objectives::{Course, Objective, Source, Way, first_of};
use domain::procedures::Fields;
use domain::time::{Instant, paris_day};
use leptos::prelude::*;

use crate::french::dates::iso_day;
use crate::french::objectives::{as_typed as amount_typed, month, source, way};
use crate::governance::fields::{choice, line, text};
use crate::governance::{Filled, typed};

/// A month's field: « 2026-12 ».
fn month_typed(month: NaiveDate) -> String {
    iso_day(month).chars().take(7).collect()
}

/// An objective as somebody would have typed it.
pub fn as_typed(objective: &Objective) -> Fields {
    typed(vec![
        ("base", objective.revision.to_string()),
        ("label", objective.label.clone()),
        ("mesure", objective.measure.clone()),
        ("source", objective.source.as_str().to_owned()),
        ("unite", objective.unit.clone()),
        ("sens", objective.way.as_str().to_owned()),
        ("cible", amount_typed(objective.target)),
        ("du", month_typed(objective.from)),
        ("au", month_typed(objective.to)),
    ])
}

/// A new one begins this month.
pub fn begun(now: Instant) -> Fields {
    typed(vec![("source", Source::Typed.as_str().to_owned()), ("du", month_typed(first_of(paris_day(now))))])
}

pub fn objective_fields(filled: &Filled, of: &str) -> AnyView {
    let label = line(filled, of, "label", "Ce qu’il s’agit d’atteindre", "text", "En une phrase");
    let measure = text(filled, of, ("mesure", "Comment ça se mesure"), "3", false, "Facultatif");
    let sources = Source::ALL.map(|known| (known.as_str().to_owned(), source(known).to_owned())).to_vec();
    let whence = choice(filled, of, ("source", "D’où viennent les chiffres"), "", sources);
    let unit =
        line(filled, of, "unite", "L’unité", "text", "€, jours, personnes… De ce qui se compte tout seul, elle est connue");
    let ways = [Way::AtLeast, Way::AtMost].map(|known| (known.as_str().to_owned(), way(known).to_owned())).to_vec();
    let side = choice(filled, of, ("sens", "C’est atteint avec"), "", ways);
    let target = line(filled, of, "cible", "La cible", "text", "Un nombre : 320, ou 12,5");
    let from = line(filled, of, "du", "Premier mois", "month", "Année et mois : 2026-12");
    let to = line(filled, of, "au", "Dernier mois", "month", "Celui où la cible doit être atteinte");
    view! {
        {label}
        {measure}
        {whence}
        {unit}
        {side}
        {target}
        {from}
        {to}
    }
    .into_any()
}

/// Of the oldest month whose figure is missing, or of the last one.
pub fn figure_begun(course: &Course, now: Instant) -> Fields {
    let missing = course.missing(paris_day(now)).first().copied();
    let of = missing.or_else(|| course.figures.last().map(|figure| figure.month));
    typed(vec![("mois", of.map(month_typed).unwrap_or_default())])
}

pub fn figure_fields(filled: &Filled, course: &Course) -> AnyView {
    let months = course.figures.iter().rev().map(|figure| (month_typed(figure.month), month(figure.month))).collect();
    let of = choice(filled, "chiffre", ("mois", "Le mois"), "", months);
    let figure = line(filled, "chiffre", "chiffre", "Le chiffre", "text", "Un nombre, avec deux décimales au plus");
    let note = line(filled, "chiffre", "note", "Un mot", "text", "Facultatif. Tous les membres le lisent");
    view! {
        {of}
        {figure}
        {note}
    }
    .into_any()
}
