//! The seven working groups with their roles, what they live, and the committee.

mod texts;

use chrono::Duration;
use domain::id::{GroupId, MemberId};
use domain::time::{Instant, minus_days, paris_day};
use serde_json::json;
use sqlx::PgConnection;

use super::cast::{self, CastMember, id_of};
use super::dice::Dice;
use super::people::Person;
use super::write::rows;
use crate::brief::html;
use crate::error::Error;
use crate::founding::cells::CELLS;
use texts::MINUTES;
pub use texts::says;

/// A working group; its first two members are its referents.
pub struct Cell {
    pub id: GroupId,
    pub slug: &'static str,
    pub name: &'static str,
    pub role: &'static str,
    pub members: Vec<MemberId>,
}

const COMMITTEE: usize = 12;

fn first_referent(slug: &str) -> Option<CastMember> {
    match slug {
        "vie-sociale" => Some(cast::THEO),
        "administratif" => Some(cast::MARGAUX),
        "communication" => Some(cast::INES),
        "animation" => Some(cast::SOLENE),
        _ => None,
    }
}

/// The groups, and the twelve people of the committee.
pub fn cells(people: &[Person], dice: &mut Dice) -> (Vec<Cell>, Vec<MemberId>) {
    let mut pool: Vec<MemberId> =
        people.iter().filter(|person| !person.in_cast && !person.newcomer && !person.leads()).map(|person| person.id).collect();
    dice.shuffle(&mut pool);
    let mut committee = pool.split_off(pool.len().saturating_sub(COMMITTEE));
    // Somebody whom everybody knows sits on it, too.
    committee[0] = cast::IDRIS.id();
    let leads = || people.iter().filter(|person| person.leads() && !person.in_cast).map(|person| person.id);
    let cells = CELLS
        .iter()
        .map(|(slug, name, role)| {
            let mut members: Vec<MemberId> = first_referent(slug).map(|one| one.id()).into_iter().collect();
            if *slug == "animation" {
                members.extend(leads());
            } else {
                let size = 7 + dice.below(8);
                members.extend(pool.split_off(pool.len().saturating_sub(size)));
            }
            if *slug == "vie-sociale" {
                members.push(cast::CAMILLE.id());
            }
            Cell { id: GroupId(id_of(&format!("group/{slug}"))), slug, name, role, members }
        })
        .collect();
    (cells, committee)
}

/// What was said at their meetings, who wants to come, who is invited.
pub async fn living(conn: &mut PgConnection, cells: &[Cell], now: Instant) -> Result<(), Error> {
    let today = paris_day(now);
    let first = |slug: &str| cells.iter().find(|cell| cell.slug == slug).and_then(|cell| cell.members.first().copied());
    let minutes = MINUTES.iter().map(|minutes| {
        json!({
            "minutes_id": id_of(&format!("minutes/{}/{}", minutes.group, minutes.days_ago)),
            "group_id": id_of(&format!("group/{}", minutes.group)), "on_day": minus_days(today, minutes.days_ago),
            "title": minutes.title, "text": minutes.text, "html": html(minutes.text),
            "by_member": first(minutes.group), "at": now - Duration::days(minutes.days_ago as i64 - 1), "revision": 1,
        })
    });
    rows!(conn, "group_minutes", "minutes_id, group_id, on_day, title, text, html, by_member, at, revision", minutes);
    let joinings = [
        json!({
            "joining_id": id_of("joining/hugo"), "group_id": id_of("group/communication"), "member_id": cast::HUGO.id(),
            "invited_by": null, "word": "Je sais faire des affiches, et j’ai une imprimante A3.",
            "at": now - Duration::hours(30), "state": "pending",
        }),
        json!({
            "joining_id": id_of("joining/camille"), "group_id": id_of("group/distribution"), "member_id": cast::CAMILLE.id(),
            "invited_by": first("distribution"), "word": "On a besoin de quelqu’un le samedi : tu y es déjà !",
            "at": now - Duration::hours(52), "state": "pending",
        }),
    ];
    rows!(conn, "group_joining", "joining_id, group_id, member_id, invited_by, word, at, state", joinings);
    let acts = arrivals(cells, now);
    rows!(conn, "group_act", "group_act_id, group_id, what, about, by_member, at", acts);
    Ok(())
}

/// Who came last into each group, and who let them.
fn arrivals(cells: &[Cell], now: Instant) -> Vec<serde_json::Value> {
    let came = |(at, cell): (usize, &Cell)| {
        let (first, last) = (cell.members.first()?, cell.members.last()?);
        Some(json!({
            "group_act_id": id_of(&format!("group-act/{}", cell.slug)), "group_id": cell.id, "what": "rejoindre",
            "about": last, "by_member": first, "at": now - Duration::days(20 + 11 * at as i64),
        }))
    };
    cells.iter().enumerate().filter_map(came).collect()
}
