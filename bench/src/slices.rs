//! The snapshots: a conditional request per slice, compressed once per version.

use anyhow::{Result, ensure};

use crate::cpu::Used;
use crate::figure::{Budget, Figure, Page, Unit};
use crate::house::House;
use crate::http::Client;
use crate::pages::everything_changed;
use crate::people::Person;

const ROUNDS: usize = 3;
const CALENDAR: &str = "/api/v1/calendar";

pub fn measure(page: &mut Page, house: &House, people: &[Person]) -> Result<()> {
    page.heading("Snapshots (GET /api/v1/…, brotli)");
    let (mut client, mut sql) = (house.client()?, house.sql()?);
    let tag = ask(&mut client, &people[0], CALENDAR, None, 200)?;

    let unchanged =
        least(house, || people.iter().try_for_each(|person| ask(&mut client, person, CALENDAR, Some(&tag), 304).map(drop)))?;
    // Refused right after the session was found: what finding it costs.
    let stranger = &people[1];
    let only_session = least(house, || people.iter().try_for_each(|person| other_member(&mut client, person, stranger)))?;
    let count = people.len();
    if crate::cpu::Watched::is_known() {
        let beyond = unchanged.ms_each(count) - only_session.ms_each(count);
        page.figure(
            Figure::new("calendar unchanged (304), beyond the session's", beyond.max(0.0), Unit::CpuMs, Budget::AtMost(0.08))
                .beside(format!("all of it {:.3}, the session {:.3}", unchanged.ms_each(count), only_session.ms_each(count))),
        );
    }
    let (_, statements) = house.ear().during(&mut sql, || ask(&mut client, &people[0], CALENDAR, Some(&tag), 304))?;
    let beyond = statements.len().saturating_sub(1);
    page.figure(Figure::new(
        "calendar unchanged: statements beyond the session's",
        beyond as f64,
        Unit::Count,
        Budget::AtMost(0.0),
    ));

    changed(page, house, &mut client, people)?;

    everything_changed(house)?;
    let (_, statements) = house.ear().during(&mut sql, || ask(&mut client, &people[0], CALENDAR, Some(&tag), 200))?;
    let (_, next) = house.ear().during(&mut sql, || ask(&mut client, &people[1], CALENDAR, Some(&tag), 200))?;
    page.note(&format!(
        "  statements after a change: {} for the first who asks, {} for the next (the session's among them)",
        statements.len(),
        next.len()
    ));
    page.must("two members are sent the same bytes", same_bytes(&mut client, people)?, "");
    Ok(())
}

/// One change, then every device asks: the first answer is written and compressed, the others are sent.
fn changed(page: &mut Page, house: &House, client: &mut Client, people: &[Person]) -> Result<()> {
    let (mut best_first, mut best_rest): (Option<Used>, Option<Used>) = (None, None);
    for _ in 0..ROUNDS {
        everything_changed(house)?;
        let (done, first) = house.watched.during(|| ask(client, &people[0], CALENDAR, None, 200));
        done?;
        let (done, rest) =
            house.watched.during(|| people[1..].iter().try_for_each(|person| ask(client, person, CALENDAR, None, 200).map(drop)));
        done?;
        keep(&mut best_first, first);
        keep(&mut best_rest, rest);
    }
    let (first, rest) = (best_first.unwrap_or_default(), best_rest.unwrap_or_default());
    let others = people.len() - 1;
    if !crate::cpu::Watched::is_known() {
        page.missing("calendar changed: CPU", "this system has no /proc");
        return Ok(());
    }
    let each = (first.ms_each(1) + rest.ms_each(1)) / people.len() as f64;
    page.figure(
        Figure::new(format!("calendar changed, each of {} who ask", people.len()), each, Unit::CpuMs, Budget::AtMost(0.3))
            .beside(format!("the first {:.1}, each other {:.3}", first.ms_each(1), rest.ms_each(others))),
    );
    // Written and compressed again, another answer would cost about what the first did.
    let ratio = rest.ms_each(others) / first.ms_each(1);
    page.figure(
        Figure::new("calendar changed: another answer over the first", ratio, Unit::Ratio, Budget::AtMost(0.2))
            .beside("compressed once per version"),
    );
    Ok(())
}

fn keep(best: &mut Option<Used>, used: Used) {
    if best.is_none_or(|best| used.ms_each(1) < best.ms_each(1)) {
        *best = Some(used);
    }
}

fn least(house: &House, mut work: impl FnMut() -> Result<()>) -> Result<Used> {
    work()?;
    let mut best = None;
    for _ in 0..ROUNDS {
        let (done, used) = house.watched.during(&mut work);
        done?;
        keep(&mut best, used);
    }
    Ok(best.unwrap_or_default())
}

/// Asks for a slice; gives its tag.
fn ask(client: &mut Client, person: &Person, path: &str, known: Option<&str>, wanted: u16) -> Result<String> {
    let mut headers = person.asks();
    headers.extend(known.map(|tag| ("If-None-Match", tag)));
    let answer = client.get(path, &headers)?.expect(wanted)?;
    Ok(answer.header("etag").unwrap_or_default().to_owned())
}

fn other_member(client: &mut Client, person: &Person, other: &Person) -> Result<()> {
    let mut headers = person.asks();
    headers.retain(|(name, _)| *name != "Alpar-Member");
    headers.push(("Alpar-Member", if person.id == other.id { "00000000-0000-0000-0000-000000000000" } else { &other.id }));
    let answer = client.get(CALENDAR, &headers)?;
    ensure!(answer.status == 409, "a request for another member came to {}", answer.status);
    Ok(())
}

fn same_bytes(client: &mut Client, people: &[Person]) -> Result<bool> {
    let one = client.get(CALENDAR, &people[0].asks())?.expect(200)?;
    let other = client.get(CALENDAR, &people[1].asks())?.expect(200)?;
    Ok(one.body == other.body && one.header("etag") == other.header("etag"))
}
