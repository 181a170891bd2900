//! Acts, one at a time: what one costs, and how many statements it takes.

use anyhow::Result;

use crate::cpu::{Used, Watched};
use crate::figure::{Budget, Figure, Page, Unit};
use crate::house::House;
use crate::http::Client;
use crate::people::fresh_id;
use crate::swaps::{Free, Swaps, send_applied};

const ROUNDS: usize = 3;
/// How many acts of each kind are looked at statement by statement.
const SHOWN: usize = 8;

/// What an act costs: each kind of them.
pub struct Costs {
    pub give: (Used, usize),
    pub claim: (Used, usize),
}

pub fn measure(page: &mut Page, house: &House, swaps: &mut Swaps) -> Result<()> {
    page.heading("Commands, one at a time (HTTP, JSON, one transaction each)");
    let take = takes(house, &swaps.free)?;
    let Costs { give, claim } = gives_and_claims(house, swaps, ROUNDS)?;
    for (name, (used, count)) in [("take_seat", take), ("give_seat", give), ("claim_offer", claim)] {
        if Watched::is_known() {
            page.figure(Figure::new(name, used.ms_each(count), Unit::CpuMs, Budget::AtMost(1.5)).beside(used.parts(count)));
        } else {
            let wall = used.wall.as_secs_f64() * 1e3 / count.max(1) as f64;
            page.figure(Figure::new(name, wall, Unit::Ms, Budget::None));
        }
    }
    statements(page, house, swaps)
}

/// Every seat is given, then every offer is claimed: as often as it takes to have an undisturbed round.
pub fn gives_and_claims(house: &House, swaps: &mut Swaps, rounds: usize) -> Result<Costs> {
    let mut client = house.client()?;
    let count = swaps.swaps.len();
    let mut costs = [None, None];
    for _ in 0..rounds {
        for cost in &mut costs {
            let (done, used) = house.watched.during(|| all_act(house, &mut client, swaps));
            done?;
            if cost.is_none_or(|known: Used| used.ms_each(1) < known.ms_each(1)) {
                *cost = Some(used);
            }
        }
    }
    let [give, claim] = costs.map(|cost| (cost.unwrap_or_default(), count));
    Ok(Costs { give, claim })
}

fn all_act(house: &House, client: &mut Client, swaps: &mut Swaps) -> Result<()> {
    swaps.swaps.iter_mut().try_for_each(|swap| {
        let act = swap.next(house);
        send_applied(client, &act.sender, &act.command)
    })
}

fn takes(house: &House, free: &[Free]) -> Result<(Used, usize)> {
    let mut client = house.client()?;
    let mut least: Option<Used> = None;
    for _ in 0..ROUNDS {
        let (done, used) = house.watched.during(|| free.iter().try_for_each(|free| take(house, &mut client, free)));
        done?;
        empty_again(house, free)?;
        if least.is_none_or(|least| used.ms_each(1) < least.ms_each(1)) {
            least = Some(used);
        }
    }
    Ok((least.unwrap_or_default(), free.len()))
}

fn take(house: &House, client: &mut Client, free: &Free) -> Result<()> {
    let command = serde_json::json!({ "id": fresh_id(house), "schema": 1, "kind": "take_seat", "seat": free.seat });
    send_applied(client, &free.taker, &command)
}

/// No act leaves a seat empty: the next round starts where this one did.
fn empty_again(house: &House, free: &[Free]) -> Result<()> {
    let mut sql = house.sql()?;
    free.iter().filter_map(|free| free.seat.split_once('~')).try_for_each(|(shift, position)| {
        sql.run(&format!("delete from assignment where shift_id = '{shift}' and position = {position}"))
    })
}

fn statements(page: &mut Page, house: &House, swaps: &mut Swaps) -> Result<()> {
    let (mut sql, mut client) = (house.sql()?, house.client()?);
    let mut most = [("take_seat", 0), ("give_seat", 0), ("claim_offer", 0)];
    for at in 0..SHOWN {
        for (kind, most) in &mut most {
            let (_, seen) = house.ear().during(&mut sql, || match *kind {
                "take_seat" => take(house, &mut client, &swaps.free[at]),
                _ => {
                    let act = swaps.swaps[at].next(house);
                    send_applied(&mut client, &act.sender, &act.command)
                }
            })?;
            // News for other processes are the process's, at most twenty a second.
            let own = seen.iter().filter(|statement| !statement.text.contains("pg_notify")).count();
            *most = own.max(*most);
        }
    }
    empty_again(house, &swaps.free[..SHOWN])?;
    for (kind, most) in most {
        let what = format!("{kind}: statements, at most");
        page.figure(
            Figure::new(what, most as f64, Unit::Count, Budget::AtMost(12.0))
                .beside("begin, commit and the session's among them"),
        );
    }
    Ok(())
}
