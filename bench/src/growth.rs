//! Fifteen years later: what a page and an act cost then, over what they cost now.

use std::time::Instant;

use anyhow::Result;

use crate::commands::{Costs, gives_and_claims};
use crate::cpu::Watched;
use crate::figure::{Budget, Figure, Page, Unit};
use crate::house::House;
use crate::pages::{Look, cost, routes};
use crate::people::Person;
use crate::swaps::Swaps;

const YEARS: &str = include_str!("growth.sql");
const ROUNDS: usize = 3;

pub fn measure(page: &mut Page, house: &House, people: &[Person], swaps: &mut Swaps) -> Result<()> {
    page.heading("Growth (43,000 members of whom 430 are active, 15 years of shifts and swaps, the same 16 weeks)");
    if !Watched::is_known() {
        page.missing("CPU, then over now", "this system has no /proc");
        return Ok(());
    }
    let before = all(house, people, swaps)?;
    let clock = Instant::now();
    let mut sql = house.sql()?;
    sql.run(YEARS)?;
    // As PostgreSQL does by itself, sooner or later.
    sql.run("vacuum analyze")?;
    let rows = "select string_agg(n, ', ') from (
        select to_char(count(*), 'FM999,999') || ' members' as n from member
        union all select to_char(count(*), 'FM999,999') || ' shifts' from shift
        union all select to_char(count(*), 'FM999,999') || ' places' from assignment
        union all select to_char(count(*), 'FM999,999') || ' offers' from offer
        union all select to_char(count(*), 'FM999,999') || ' ledger entries' from ledger_entry
        union all select to_char(count(*), 'FM999,999') || ' notices' from notice) as counted";
    page.note(&format!("made in {:.0} s: {}", clock.elapsed().as_secs_f32(), sql.one(rows)?));
    let after = all(house, people, swaps)?;
    for ((what, now), (_, then)) in before.iter().zip(&after) {
        page.figure(
            Figure::new(format!("{what}: CPU, then over now"), then / now, Unit::Ratio, Budget::AtMost(1.3))
                .beside(format!("{now:.2} ms, then {then:.2}")),
        );
    }
    Ok(())
}

/// Milliseconds of CPU of each page and act.
fn all(house: &House, people: &[Person], swaps: &mut Swaps) -> Result<Vec<(String, f64)>> {
    let mut costs = Vec::new();
    for route in routes(house)? {
        let cost = cost(house, people, &route.path, Look::First)?;
        costs.push((route.name.to_owned(), cost.used.ms_each(cost.count)));
    }
    let Costs { give, claim } = gives_and_claims(house, swaps, ROUNDS)?;
    costs.extend([("give_seat".to_owned(), give.0.ms_each(give.1)), ("claim_offer".to_owned(), claim.0.ms_each(claim.1))]);
    Ok(costs)
}
