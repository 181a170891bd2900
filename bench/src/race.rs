//! One offer, and many who claim it in the same moment: exactly one has it.

use std::sync::Barrier;
use std::thread;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::figure::Page;
use crate::house::House;
use crate::people::{Person, fresh_id};
use crate::swaps::{Swap, Swaps, send, send_applied};

/// How often each race is run.
const RACES: usize = 5;

pub fn measure(page: &mut Page, house: &House, people: &[Person], swaps: &mut Swaps) -> Result<()> {
    page.heading("One offer, many claims at once");
    for claimants in [8, 50] {
        let (mut sound, mut refused) = (true, 0);
        for _ in 0..RACES {
            let swap = swaps.swaps.pop().context("a seat to race for")?;
            let race = run(house, people, swap, claimants)?;
            sound &= race.won == 1 && race.holds && race.won + race.refused == claimants;
            refused += race.refused;
        }
        let what = format!("{claimants} claims at once: one applied, the others refused");
        page.must(&what, sound, &format!("{RACES} races, {refused} refusals"));
    }
    Ok(())
}

struct Race {
    won: usize,
    refused: usize,
    /// The database says so too: the seat has one holder, and it is the winner.
    holds: bool,
}

fn run(house: &House, people: &[Person], mut swap: Swap, claimants: usize) -> Result<Race> {
    let mut client = house.client()?;
    let act = swap.next(house);
    send_applied(&mut client, &act.sender, &act.command)?;
    let offer = swap.offer.clone().context("an open offer")?;
    let others = people.iter().filter(|person| person.id != swap.holder.id && person.id != swap.other.id);
    let claimants: Vec<&Person> = std::iter::once(&swap.other).chain(others).take(claimants).collect();
    let start = Barrier::new(claimants.len());
    let outcomes = thread::scope(|scope| {
        let claim = |person: &&Person| -> Result<serde_json::Value> {
            let mut client = house.client()?;
            let command = json!({ "id": fresh_id(house), "schema": 1, "kind": "claim_offer", "offer": offer });
            start.wait();
            send(&mut client, person, &command)
        };
        let running: Vec<_> = claimants.iter().map(|person| scope.spawn(move || claim(person))).collect();
        running
            .into_iter()
            .map(|claim| claim.join().unwrap_or_else(|_| Err(anyhow::anyhow!("a claim broke"))))
            .collect::<Result<Vec<_>>>()
    })?;
    let winners: Vec<&str> = claimants
        .iter()
        .zip(&outcomes)
        .filter(|(_, outcome)| outcome["status"] == "applied")
        .map(|(person, _)| person.id.as_str())
        .collect();
    let refused = outcomes.iter().filter(|outcome| outcome["status"] == "refused").count();
    let (shift, position) = swap.seat.split_once('~').context("a seat")?;
    let holders =
        house.sql()?.rows(&format!("select member_id from assignment where shift_id = '{shift}' and position = {position}"))?;
    ensure!(holders.len() <= 1, "a seat has {} holders", holders.len());
    let holds = holders.first().and_then(|row| row.first()?.as_deref()) == winners.first().copied();
    Ok(Race { won: winners.len(), refused, holds })
}
