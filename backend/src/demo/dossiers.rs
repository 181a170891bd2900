//! What the demo's groups have before them: dossiers of every kind.

mod texts;

use chrono::{Duration, NaiveDate};
use domain::dossiers::{Contact, Kind, Matter, Paper, REMIND_D};
use domain::id::MemberId;
use domain::time::{Instant, minus_days, paris_day, plus_days};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::cast::{SOLENE, id_of};
use super::groups::Cell;
use super::write::rows;
use crate::error::Error;
use texts::{At, DOSSIERS, HOURS, Text};

pub async fn dossiers(conn: &mut PgConnection, cells: &[Cell], now: Instant) -> Result<(), Error> {
    let today = paris_day(now);
    let soon = i64::try_from(REMIND_D).unwrap_or(0);
    let (mut dossiers, mut acts) = (Vec::new(), Vec::new());
    for text in &DOSSIERS {
        let Some(cell) = cells.iter().find(|cell| cell.slug == text.group) else { continue };
        let first = cell.members.first().copied().unwrap_or(SOLENE.id());
        let holder = text.holder.map(|place| cell.members.get(place).copied().unwrap_or(first));
        let (id, at) = (id_of(&format!("dossier/{}", text.title)), now - Duration::days(text.opened));
        dossiers.push(json!({
            "dossier_id": id, "group_id": cell.id, "title": text.title, "text": text.text, "matter": matter(text, now),
            "holder_id": holder, "due_on": text.due.map(|days| day(now, days)),
            // Those who are named have heard of what is near.
            "reminded_on": text.due.filter(|days| *days <= soon).map(|days| day(now, days)), "papers": papers(text),
            "state": state(text.at, holder.unwrap_or(first), now), "by_member": first, "at": at, "revision": 1,
        }));
        let act = |what: &str, by: MemberId, at: Instant| {
            json!({
                "dossier_act_id": id_of(&format!("dossier-act/{}/{what}", text.title)), "dossier_id": id, "what": what,
                "by_member": by, "at": at,
            })
        };
        acts.push(act("ouvrir", first, at));
        acts.extend(holder.map(|holder| act("prendre", holder, at + Duration::hours(20))));
    }
    rows!(
        conn,
        "dossier",
        "dossier_id, group_id, title, text, matter, holder_id, due_on, reminded_on, papers, state, by_member, at, revision",
        dossiers
    );
    rows!(conn, "dossier_act", "dossier_act_id, dossier_id, what, by_member, at", acts);
    let volunteers = DOSSIERS.iter().filter(|text| text.kind == Kind::Volunteer && text.at == At::UnderWay);
    let hours: Vec<Value> = volunteers
        .flat_map(|text| {
            HOURS.iter().map(move |(ago, minutes, note)| {
                json!({
                    "dossier_hours_id": id_of(&format!("hours/{}/{ago}", text.title)),
                    "dossier_id": id_of(&format!("dossier/{}", text.title)), "on_day": minus_days(today, *ago),
                    "minutes": minutes, "note": note, "by_member": SOLENE.id(),
                })
            })
        })
        .collect();
    rows!(conn, "dossier_hours", "dossier_hours_id, dossier_id, on_day, minutes, note, by_member", hours);
    Ok(())
}

/// So many days from today.
fn day(now: Instant, days: i64) -> NaiveDate {
    let today = paris_day(now);
    if days < 0 { minus_days(today, days.unsigned_abs()) } else { plus_days(today, days.unsigned_abs()) }
}

fn matter(text: &Text, now: Instant) -> Matter {
    let contact = text.contact.map_or_else(Contact::default, |(name, phone, email)| Contact {
        name: name.to_owned(),
        phone: phone.to_owned(),
        email: email.to_owned(),
    });
    let about = text.about.to_owned();
    match text.kind {
        Kind::Task => Matter::Task,
        Kind::Partner => Matter::Partner { contact, together: about },
        Kind::Volunteer => Matter::Volunteer { tutor: Some(SOLENE.id()), from: Some(day(now, -70)), to: Some(day(now, 110)) },
        Kind::Grant => Matter::Grant { funder: about, amount: Some(u32::from(text.figure)), contact },
        Kind::Press => Matter::Press { outlet: about, contact },
        Kind::Lead => Matter::Lead { offers: about, contact },
        Kind::Material => Matter::Material { quantity: text.figure, whom: about },
        Kind::Software => Matter::Software { href: about, contact },
    }
}

fn papers(text: &Text) -> Vec<Paper> {
    let paper =
        |(label, href): &(&str, &str)| Paper { label: (*label).to_owned(), href: (!href.is_empty()).then(|| (*href).to_owned()) };
    text.papers.iter().map(paper).collect()
}

fn state(at: At, by: MemberId, now: Instant) -> Value {
    match at {
        At::ToDo => json!("to_do"),
        At::UnderWay => json!({ "under_way": { "since": now - Duration::days(3) } }),
        At::Done => json!({ "done": { "at": now - Duration::days(6), "by": by } }),
        At::Dropped(word) => json!({ "dropped": { "at": now - Duration::days(9), "by": by, "word": word } }),
    }
}
