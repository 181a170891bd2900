//! Seats that change hands between two people, again and again: each on a shift of its own, so that acts differ.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::house::{CLOCK, House};
use crate::http::Client;
use crate::people::{Person, fresh_id};

/// Both may hold the seat: no skill, nobody's first shift, nothing else within these days.
const APART_D: i64 = 2;
/// Nobody comes near the most shifts of a cycle.
const FEW: usize = 2;

/// A seat and the two who pass it to each other.
#[derive(Clone, Debug)]
pub struct Swap {
    /// As the wire names it.
    pub seat: String,
    pub holder: Person,
    pub other: Person,
    /// What the holder's offer of it is called, once there is one.
    pub offer: Option<String>,
}

/// An act that is about to be sent, with who sends it.
pub struct Act {
    pub sender: Person,
    pub command: Value,
    pub ids: Vec<String>,
}

impl Swap {
    /// The next act on the seat: the holder gives it, the other claims it and is the holder.
    pub fn next(&mut self, house: &House) -> Act {
        let id = fresh_id(house);
        match self.offer.take() {
            None => {
                let offer = fresh_id(house);
                let command = json!({
                    "id": id, "schema": 1, "kind": "give_seat", "offer": offer, "seat": self.seat, "audience": { "to": "anyone" },
                });
                self.offer = Some(offer.clone());
                Act { sender: self.holder.clone(), command, ids: vec![id, offer] }
            }
            Some(offer) => {
                let command = json!({ "id": id, "schema": 1, "kind": "claim_offer", "offer": offer });
                std::mem::swap(&mut self.holder, &mut self.other);
                Act { sender: self.holder.clone(), command, ids: vec![id] }
            }
        }
    }
}

/// Sends one command; gives its outcome.
pub fn send(client: &mut Client, sender: &Person, command: &Value) -> Result<Value> {
    let body = json!({ "commands": [command] }).to_string();
    let answer = client.post("/api/v1/commands", &sender.asks(), "application/json", &body)?.expect(200)?;
    let answer: Value = serde_json::from_slice(&answer.body)?;
    Ok(answer["outcomes"][0].clone())
}

/// The same, where nothing but « applied » will do.
pub fn send_applied(client: &mut Client, sender: &Person, command: &Value) -> Result<()> {
    let outcome = send(client, sender, command)?;
    ensure!(outcome["status"] == "applied", "{command} came to {outcome}");
    Ok(())
}

/// A free seat, and somebody who may take it.
#[derive(Clone, Debug)]
pub struct Free {
    pub seat: String,
    pub taker: Person,
}

pub struct Swaps {
    pub swaps: Vec<Swap>,
    pub free: Vec<Free>,
}

/// Who may be asked to hold a seat, and the days on which they work.
type Working = BTreeMap<String, Vec<i64>>;

impl Swaps {
    /// As many as the demo co-op has; nobody is in two of them.
    pub fn find(house: &House, people: &[Person]) -> Result<Swaps> {
        let mut sql = house.sql()?;
        let person: BTreeMap<&str, &Person> = people.iter().map(|person| (person.id.as_str(), person)).collect();
        let mut working = Working::new();
        for row in sql.rows(EXPERIENCED)? {
            working.insert(text(&row, 0), Vec::new());
        }
        for row in sql.rows(DAYS)? {
            if let Some(days) = working.get_mut(&text(&row, 0)) {
                days.push(text(&row, 1).parse()?);
            }
        }
        let (mut busy, mut shifts) = (BTreeSet::new(), BTreeSet::new());
        let mut found = Swaps { swaps: Vec::new(), free: Vec::new() };
        for row in sql.rows(&FREE.replace("$now", CLOCK))? {
            let (shift, position, day) = (text(&row, 0), text(&row, 1), text(&row, 2).parse()?);
            if let Some(taker) = someone(&working, &busy, day) {
                shifts.insert(shift.clone());
                busy.insert(taker.clone());
                found.free.push(Free { seat: format!("{shift}~{position}"), taker: (*person[taker.as_str()]).clone() });
            }
        }
        for row in sql.rows(&HELD.replace("$now", CLOCK))? {
            let (shift, position, holder, day) = (text(&row, 0), text(&row, 1), text(&row, 2), text(&row, 3).parse()?);
            if shifts.contains(&shift) || busy.contains(&holder) || !working.contains_key(&holder) {
                continue;
            }
            busy.insert(holder.clone());
            let Some(other) = someone(&working, &busy, day) else { continue };
            busy.insert(other.clone());
            shifts.insert(shift.clone());
            found.swaps.push(Swap {
                seat: format!("{shift}~{position}"),
                holder: (*person[holder.as_str()]).clone(),
                other: (*person[other.as_str()]).clone(),
                offer: None,
            });
        }
        ensure!(found.swaps.len() >= 60, "the demo co-op has only {} seats to pass on", found.swaps.len());
        ensure!(found.free.len() >= 10, "the demo co-op has only {} free seats to take", found.free.len());
        Ok(found)
    }
}

/// The least busy person who is free around a day.
fn someone(working: &Working, busy: &BTreeSet<String>, day: i64) -> Option<String> {
    let near = |days: &[i64], reach: i64| days.iter().filter(|known| (**known - day).abs() <= reach).count();
    let free = working.iter().filter(|(id, days)| !busy.contains(*id) && near(days, APART_D) == 0 && near(days, 28) <= FEW);
    free.min_by_key(|(_, days)| days.len()).map(|(id, _)| id.clone())
}

fn text(row: &crate::sql::Row, column: usize) -> String {
    row.get(column).cloned().flatten().unwrap_or_default()
}

const EXPERIENCED: &str = "
select m.member_id from member m
where left_on is null and not employee and joined_on <= '2026-09-01'
    and exists (select from assignment a where a.member_id = m.member_id and a.presence = 'present')
    and not exists (select from leave where leave.member_id = m.member_id and to_on >= '2026-11-01')
    and not exists (select from offer where offer.member_id = m.member_id and state = 'open')
order by 1";

const DAYS: &str = "select member_id, on_day - date '2026-01-01' from assignment join shift using (shift_id) where not closed";

/// Seats that ask for nothing, on shifts that nobody offers or wishes: taking them matches nothing.
const FREE: &str = "
select seat.shift_id, seat.position, s.on_day - date '2026-01-01'
from seat join shift s using (shift_id) left join assignment a using (shift_id, position)
where a.member_id is null and seat.skill is null and not seat.lead and s.closed_why is null
    and s.starts_at > timestamptz '$now' + interval '3 days'
    and exists (select from assignment e where e.shift_id = s.shift_id and e.presence is null)
order by s.starts_at, seat.shift_id, seat.position limit 40";

const HELD: &str = "
select a.shift_id, a.position, a.member_id, s.on_day - date '2026-01-01'
from assignment a join shift s using (shift_id) join seat using (shift_id, position)
where seat.skill is null and not seat.lead and s.closed_why is null
    and s.starts_at > timestamptz '$now' + interval '3 days'
    and not exists (select from offer o where o.shift_id = s.shift_id and o.state = 'open')
    and not exists (select from wish w where w.shift_id = s.shift_id)
order by s.starts_at, a.shift_id, a.position";
