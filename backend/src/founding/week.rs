//! The week of the shop: nineteen shifts, four times over, what one learns for them, and when the door is open.

use chrono::{NaiveTime, Weekday};
use domain::id::TemplateId;
use domain::members::Skill;
use domain::shifts::{SeatTemplate, ShiftTemplate};
use domain::time::CycleWeek;
use serde_json::{Value, json};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::error::Error;

/// Slug and French name.
pub(super) const SKILLS: [(&str, &str); 6] = [
    ("animation", "animation de vacation"),
    ("caisse", "caisse"),
    ("ouverture", "ouverture"),
    ("fermeture", "fermeture"),
    ("fromage", "fromage à la coupe"),
    ("reception", "réception"),
];

/// When the shop is open to shop: weekday from Monday, from, to.
pub(super) const OPENING: [(u8, &str, &str); 5] =
    [(0, "12:00", "20:30"), (2, "10:00", "20:30"), (3, "10:00", "20:30"), (4, "10:00", "20:30"), (5, "09:30", "14:30")];

/// Fewer people than this cannot keep the shop.
const MINIMUM: u8 = 3;

const WEEK: [(Weekday, &[u32]); 6] = [
    (Weekday::Mon, &[9, 12, 15, 18]),
    (Weekday::Tue, &[9]),
    (Weekday::Wed, &[9, 12, 15, 18]),
    (Weekday::Thu, &[9, 12, 15, 18]),
    (Weekday::Fri, &[9, 12, 15, 18]),
    (Weekday::Sat, &[9, 12]),
];

/// The 76 recurring shifts, nobody on them yet. `id_of` makes an id of a name.
pub(crate) fn templates(id_of: impl Fn(&str) -> Uuid) -> Vec<ShiftTemplate> {
    let mut made = Vec::new();
    for week in CycleWeek::ALL {
        for (weekday, hours) in WEEK {
            for hour in hours {
                let id = TemplateId(id_of(&format!("template/{}/{weekday}/{hour}", week.letter())));
                made.push(template(id, week, weekday, *hour));
            }
        }
    }
    made
}

fn template(id: TemplateId, week: CycleWeek, weekday: Weekday, hour: u32) -> ShiftTemplate {
    ShiftTemplate {
        id,
        week,
        weekday,
        from: clock(hour),
        to: clock(hour + 3),
        minimum: MINIMUM,
        tasks: tasks(weekday, hour).iter().map(|task| (*task).to_owned()).collect(),
        seats: seats(weekday, hour),
    }
}

pub(crate) fn clock(hour: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default()
}

fn tasks(weekday: Weekday, hour: u32) -> &'static [&'static str] {
    match (weekday, hour) {
        (Weekday::Tue, _) => &[
            "Ouverture et contrôle de l’alarme incendie",
            "Réception des livraisons",
            "Fruits et légumes",
            "Mise en rayon",
            "Relevé des frigos",
        ],
        (_, 9) => &[
            "Ouverture et contrôle de l’alarme incendie",
            "Fruits et légumes",
            "Réception des livraisons",
            "Mise en rayon",
            "Ouverture de la caisse",
        ],
        (Weekday::Sat, _) => &["Facing", "Caisse", "Ménage", "Fermeture du magasin"],
        (_, 18) => &["Caisse", "Ménage", "Fermeture du magasin"],
        _ => &["Facing", "Caisse", "Ménage"],
    }
}

/// Five to seven seats, the lead's first.
fn seats(weekday: Weekday, hour: u32) -> Vec<SeatTemplate> {
    let asked: &[&str] = match (weekday, hour) {
        (Weekday::Sat, 9) => &["ouverture", "caisse", "", "", "", ""],
        (Weekday::Tue, _) => &["ouverture", "reception", "", ""],
        (_, 9) => &["ouverture", "caisse", "reception", "", ""],
        (Weekday::Sat, _) | (_, 18) => &["caisse", "fermeture", "", "", ""],
        (Weekday::Fri, 15) => &["caisse", "fromage", "", "", ""],
        _ => &["caisse", "", "", ""],
    };
    let lead = SeatTemplate { lead: true, skill: Some(Skill::lead()), regular: None };
    std::iter::once(lead)
        .chain(asked.iter().map(|skill| SeatTemplate { lead: false, skill: Skill::parse(skill), regular: None }))
        .collect()
}

/// Recurring shifts become rows, each with its seats.
pub(crate) async fn write(conn: &mut PgConnection, templates: &[ShiftTemplate]) -> Result<(), Error> {
    let shifts: Vec<Value> = templates
        .iter()
        .map(|template| {
            json!({
                "template_id": template.id, "cycle_week": template.week.index(),
                "weekday": template.weekday.num_days_from_monday(), "from_clock": template.from,
                "to_clock": template.to, "minimum": template.minimum, "tasks": template.tasks,
            })
        })
        .collect();
    sqlx::query(
        "insert into shift_template (template_id, cycle_week, weekday, from_clock, to_clock, minimum, tasks)
         select template_id, cycle_week, weekday, from_clock, to_clock, minimum, tasks
         from jsonb_populate_recordset(null::shift_template, $1)",
    )
    .bind(Json(shifts))
    .execute(&mut *conn)
    .await?;
    let seats: Vec<Value> = templates
        .iter()
        .flat_map(|template| {
            template.seats.iter().enumerate().map(move |(position, seat)| {
                json!({
                    "template_id": template.id, "position": position, "lead": seat.lead,
                    "skill": seat.skill, "regular": seat.regular,
                })
            })
        })
        .collect();
    sqlx::query(
        "insert into seat_template (template_id, position, lead, skill, regular)
         select template_id, position, lead, skill, regular from jsonb_populate_recordset(null::seat_template, $1)",
    )
    .bind(Json(seats))
    .execute(conn)
    .await?;
    Ok(())
}
