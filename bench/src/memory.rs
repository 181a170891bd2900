//! What the server holds in memory while it works.

use anyhow::Result;

use crate::cpu::{Memory, Watched};
use crate::figure::{Budget, Figure, Page, Unit};
use crate::house::House;
use crate::http::ENCODINGS;
use crate::pages::{everything_changed, routes};
use crate::people::Person;

const MIB: f64 = 1024.0 * 1024.0;

/// The most that was seen.
#[derive(Debug, Default)]
pub struct Highest(Memory);

impl Highest {
    pub fn look(&mut self, house: &House) {
        let now = house.watched.memory();
        if now.resident > self.0.resident {
            self.0 = now;
        }
    }
}

/// After the acts of sixteen people at once: everybody opens every page, and every slice in each encoding.
pub fn measure(page: &mut Page, house: &House, people: &[Person], highest: &mut Highest) -> Result<()> {
    page.heading("Memory (the demo co-op, under load)");
    if !Watched::is_known() {
        page.missing("server, resident", "this system has no /proc");
        return Ok(());
    }
    let mut clients = (0..16).map(|_| house.client()).collect::<Result<Vec<_>>>()?;
    everything_changed(house)?;
    for (at, person) in people.iter().enumerate() {
        let client = &mut clients[at % 16];
        for route in routes(house)? {
            client.get(&route.path, &person.opens())?.expect(200)?;
        }
        for encoding in [ENCODINGS, "gzip", "identity"] {
            let mut headers = person.asks();
            headers.retain(|(name, _)| *name != "Accept-Encoding");
            headers.push(("Accept-Encoding", encoding));
            for slice in ["calendar", "groups", "me"] {
                client.get(&format!("/api/v1/{slice}"), &headers)?.expect(200)?;
            }
        }
        if at % 20 == 0 {
            highest.look(house);
        }
    }
    highest.look(house);
    let Memory { resident, highest: peak, backends, backends_own } = highest.0;
    let peak = peak.max(house.watched.memory().highest);
    page.figure(Figure::new("server, resident", resident as f64 / MIB, Unit::Mib, Budget::AtMost(50.0)).beside(format!(
        "at its highest since the start {:.1} MiB; {backends} PostgreSQL processes, {:.1} MiB of their own together",
        peak as f64 / MIB,
        backends_own as f64 / MIB
    )));
    Ok(())
}
