//! What the demo's committee has set for its employee, and how it goes.

use chrono::NaiveDate;
use domain::id::MemberId;
use domain::objectives::{Amount, first_of, next_month};
use domain::time::{Instant, minus_days, paris_day, paris_instant};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::cast::{IDRIS, PAUL, id_of};
use super::write::rows;
use crate::error::Error;

struct Text {
    label: &'static str,
    measure: &'static str,
    unit: &'static str,
    source: &'static str,
    way: &'static str,
    /// In units.
    target: i64,
    /// Months before this one, and after it.
    months: (u32, u32),
    /// Of each month that is over, in units; the last one may be missing.
    figures: &'static [(i64, &'static str)],
}

const OBJECTIVES: [Text; 5] = [
    Text {
        label: "Réduire ce que le magasin jette",
        measure: "Le prix d’achat de ce qui part à la poubelle, relevé chaque soir au cahier du froid.",
        unit: "€",
        source: "typed",
        way: "at_most",
        target: 250,
        months: (7, 4),
        figures: &[
            (430, ""),
            (395, ""),
            (402, "Panne du frigo du frais, le 12."),
            (350, ""),
            (310, "Étiquettes « à consommer vite » en rayon."),
            (322, ""),
        ],
    },
    Text {
        label: "Former des membres à la caisse",
        measure: "Personnes formées dans le mois, avec une vacation en double.",
        unit: "personnes",
        source: "typed",
        way: "at_least",
        target: 6,
        months: (5, 6),
        figures: &[(2, ""), (4, ""), (3, "Un samedi annulé."), (6, ""), (7, "")],
    },
    Text {
        label: "Compter 450 membres",
        measure: "",
        unit: "membres",
        source: "members",
        way: "at_least",
        target: 450,
        months: (9, 6),
        figures: &[],
    },
    Text {
        label: "Tenir les vacations",
        measure: "De toutes les places du mois, celles que quelqu’un tenait.",
        unit: "%",
        source: "coverage",
        way: "at_least",
        target: 92,
        months: (3, 8),
        figures: &[],
    },
    Text {
        label: "Du monde aux sorties",
        measure: "",
        unit: "places",
        source: "outings",
        way: "at_least",
        target: 40,
        months: (2, 3),
        figures: &[],
    },
];

pub async fn objectives(conn: &mut PgConnection, committee: &[MemberId], now: Instant) -> Result<(), Error> {
    let this = first_of(paris_day(now));
    let by = committee.first().copied().unwrap_or(IDRIS.id());
    let set = OBJECTIVES.iter().map(|text| {
        let from = months_before(this, text.months.0);
        json!({
            "objective_id": id_of(&format!("objective/{}", text.label)), "label": text.label, "measure": text.measure,
            "unit": text.unit, "source": text.source, "way": text.way, "target": Amount::whole(text.target), "from_on": from,
            "to_on": months_after(this, text.months.1), "by_member": by, "at": noon(from), "revision": 1,
        })
    });
    rows!(
        conn,
        "objective",
        "objective_id, label, measure, unit, source, way, target, from_on, to_on, by_member, at, revision",
        set
    );
    let acts = OBJECTIVES.iter().map(|text| {
        json!({
            "objective_act_id": id_of(&format!("objective-act/{}", text.label)),
            "objective_id": id_of(&format!("objective/{}", text.label)), "what": "fixer", "by_member": by,
            "at": noon(months_before(this, text.months.0)),
        })
    });
    rows!(conn, "objective_act", "objective_act_id, objective_id, what, by_member, at", acts);
    let figures: Vec<Value> = OBJECTIVES
        .iter()
        .flat_map(|text| {
            let mut month = months_before(this, text.months.0);
            text.figures.iter().map(move |(figure, note)| {
                let of = month;
                month = next_month(month);
                json!({
                    "objective_id": id_of(&format!("objective/{}", text.label)), "month_on": of,
                    "amount": Amount::whole(*figure), "note": note, "by_member": PAUL.id(), "at": noon(month),
                })
            })
        })
        .collect();
    rows!(conn, "objective_figure", "objective_id, month_on, amount, note, by_member, at", figures);
    Ok(())
}

fn months_before(month: NaiveDate, count: u32) -> NaiveDate {
    (0..count).fold(month, |month, _| first_of(minus_days(month, 1)))
}

fn months_after(month: NaiveDate, count: u32) -> NaiveDate {
    (0..count).fold(month, |month, _| next_month(month))
}

fn noon(day: NaiveDate) -> Instant {
    paris_instant(day, chrono::NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default())
}
