//! `cargo xtask bench`: the budgets of the co-op's app, measured on the release build, one line each.

mod briefs;
mod browser;
#[path = "../../server/src/postgres/cluster.rs"]
mod cluster;
mod commands;
mod cpu;
mod figure;
mod growth;
mod house;
mod http;
mod import;
mod mails;
mod matching;
mod memory;
mod pages;
mod people;
mod pgbench;
mod place;
mod race;
mod slices;
mod sql;
mod statements;
mod swaps;
mod throughput;
mod visit;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use clap::Parser;

use figure::Page;
use house::House;
use place::Place;

fn main() -> Result<ExitCode> {
    let place = Place::parse();
    let start = Instant::now();
    let mut page = Page::default();
    if place.wants("matching") {
        matching::measure(&mut page);
    }
    if place.wants("briefs") {
        briefs::measure(&mut page);
    }
    if place.wants("mails") {
        mails::measure(&mut page, &place)?;
    }
    let in_house = ["visit", "pages", "slices", "commands", "race", "throughput", "memory", "browser", "import", "growth"];
    if in_house.iter().any(|part| place.wants(part)) {
        in_the_house(&place, &mut page)?;
    }
    println!("\nmeasured in {:.0} s", start.elapsed().as_secs_f32());
    Ok(page.close())
}

fn in_the_house(place: &Place, page: &mut Page) -> Result<()> {
    let house = House::open(place)?;
    let people = people::everybody(&house)?;
    let somebody = people.iter().find(|person| person.email == people::SOMEBODY).unwrap_or(&people[0]);
    people::signed_in(&house, people::SOMEBODY)?;
    if !cpu::Watched::is_known() {
        page.note("This system has no /proc: times are on the clock, CPU and memory are not measured.");
    }
    if place.wants("visit") {
        visit::measure(page, place, &house, somebody)?;
    }
    if place.wants("pages") {
        pages::measure(page, &house, &people)?;
    }
    if place.wants("slices") {
        slices::measure(page, &house, &people)?;
    }
    let mut swaps = swaps::Swaps::find(&house, &people)?;
    if place.wants("commands") {
        commands::measure(page, &house, &mut swaps)?;
    }
    if place.wants("race") {
        race::measure(page, &house, &people, &mut swaps)?;
    }
    let mut highest = memory::Highest::default();
    if place.wants("throughput") || place.wants("memory") {
        throughput::measure(page, &house, &mut swaps, &mut highest)?;
    }
    if place.wants("memory") {
        memory::measure(page, &house, &people, &mut highest)?;
    }
    if place.wants("browser") {
        browser::measure(page, place, &house)?;
    }
    // It leaves twelve times as many products: what is measured of the demo's comes before.
    if place.wants("import") {
        import::measure(page, &house, &people)?;
    }
    if place.wants("growth") {
        growth::measure(page, &house, &people, &mut swaps)?;
    }
    Ok(())
}
