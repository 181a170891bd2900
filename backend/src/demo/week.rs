//! The real week: nineteen shifts, four times over.

use chrono::{NaiveTime, Weekday};
use domain::id::TemplateId;
use domain::members::Skill;
use domain::shifts::{SeatTemplate, ShiftTemplate};
use domain::time::CycleWeek;

use super::cast::id_of;

/// Slug and French name.
pub const SKILLS: [(&str, &str); 6] = [
    ("animation", "animation de vacation"),
    ("caisse", "caisse"),
    ("ouverture", "ouverture"),
    ("fermeture", "fermeture"),
    ("fromage", "fromage à la coupe"),
    ("reception", "réception"),
];

/// When the shop is open to shop: weekday from Monday, from, to.
pub const OPENING: [(u8, &str, &str); 5] =
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

/// The 76 recurring shifts, nobody on them yet.
pub fn templates() -> Vec<ShiftTemplate> {
    CycleWeek::ALL
        .into_iter()
        .flat_map(|week| WEEK.into_iter().flat_map(move |(day, hours)| hours.iter().map(move |hour| template(week, day, *hour))))
        .collect()
}

fn template(week: CycleWeek, weekday: Weekday, hour: u32) -> ShiftTemplate {
    ShiftTemplate {
        id: TemplateId(id_of(&format!("template/{}/{weekday}/{hour}", week.letter()))),
        week,
        weekday,
        from: clock(hour),
        to: clock(hour + 3),
        minimum: MINIMUM,
        tasks: tasks(weekday, hour).iter().map(|task| (*task).to_owned()).collect(),
        seats: seats(weekday, hour),
    }
}

pub fn clock(hour: u32) -> NaiveTime {
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
