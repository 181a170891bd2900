//! Who answered, as a table for a spreadsheet. What people wrote stays text, whatever it begins with.

use app::french::organising::standing;
use domain::event::{Attendee, Overview, Standing};
use domain::time::{paris_clock, paris_day};

use crate::csv::{MARK, line};

const HEADS: [&str; 9] = ["Nom", "Membre", "Réponse", "Personnes", "Enfants", "Régime", "Mot", "Jour", "Heure"];

pub fn of(overview: &Overview) -> String {
    let mut text = String::from(MARK);
    line(&mut text, &HEADS.map(str::to_owned));
    for party in &overview.parties {
        let (name, member) = match party.who {
            Attendee::Member(member) => (overview.names.get(&member).map(ToString::to_string), "oui"),
            Attendee::Visitor(visitor) => (overview.visitors.get(&visitor).cloned(), "non"),
        };
        let (day, clock) = (paris_day(party.answered_at), paris_clock(party.answered_at));
        // Somebody who does not come is nobody at the table.
        let people = if party.standing == Standing::No { 0 } else { party.seats() };
        line(
            &mut text,
            &[
                name.unwrap_or_default(),
                member.to_owned(),
                standing(party.standing).to_owned(),
                people.to_string(),
                party.children.to_string(),
                party.diet.clone(),
                party.note.clone(),
                day.format("%d/%m/%Y").to_string(),
                clock.format("%H:%M").to_string(),
            ],
        );
    }
    text
}
