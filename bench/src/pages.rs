//! Pages rendered on the server, signed in, compressed as a browser asks.

use anyhow::Result;

use crate::figure::{Budget, Figure, Page, Unit};
use crate::house::House;
use crate::http::Client;
use crate::people::{Person, SOMEBODY};

/// Rounds of one measure; the least disturbed one counts, since nothing makes a machine faster than it is.
const ROUNDS: usize = 3;

/// A page under measure and what it may cost: milliseconds of CPU.
pub struct Route {
    pub name: &'static str,
    pub path: String,
    budget_ms: f64,
}

/// Accueil, a whole week, a shift of the week with a full team, the events to come, and the one with most answers; the rayons, the
/// fullest shelf, and a product.
pub fn routes(house: &House) -> Result<Vec<Route>> {
    let shift = house.sql()?.one(&format!(
        "select a.shift_id from assignment a join shift s using (shift_id) join member using (member_id)
         where email = '{SOMEBODY}' and s.starts_at > '2026-11-24 07:00:00+00' order by s.starts_at limit 1"
    ))?;
    let event = house.sql()?.one("select event_id from event where state ? 'published' order by seated desc limit 1")?;
    let shelf = house.sql()?.one(
        "select product_range_id from product where archived = 'no' group by product_range_id order by count(*) desc limit 1",
    )?;
    let product = house.sql()?.one("select product_id from product where archived = 'no' order by product_id limit 1")?;
    Ok(vec![
        Route { name: "Accueil", path: "/".into(), budget_ms: 1.5 },
        Route { name: "one shift", path: format!("/vacation/{shift}"), budget_ms: 1.5 },
        Route { name: "Vacations, 19 shifts", path: "/vacations".into(), budget_ms: 3.0 },
        Route { name: "Sorties", path: "/sorties".into(), budget_ms: 1.5 },
        Route { name: "one event", path: format!("/sortie/{event}"), budget_ms: 1.5 },
        Route { name: "Rayons", path: "/rayons".into(), budget_ms: 3.0 },
        Route { name: "one shelf", path: format!("/rayons/{shelf}"), budget_ms: 3.0 },
        Route { name: "one product", path: format!("/produit/{product}"), budget_ms: 1.5 },
    ])
}

pub fn measure(page: &mut Page, house: &House, people: &[Person]) -> Result<()> {
    page.heading("Pages (rendered on the server, signed in, brotli)");
    for route in routes(house)? {
        let Route { name, path, budget_ms } = &route;
        let first = cost(house, people, path, Look::First)?;
        let again = cost(house, people, path, Look::Again)?;
        for (cost, how) in [(&first, "each member's first look"), (&again, "the same members again")] {
            let what = format!("{name}: {how}");
            if crate::cpu::Watched::is_known() {
                page.figure(
                    Figure::new(what, cost.used.ms_each(cost.count), Unit::CpuMs, Budget::AtMost(*budget_ms))
                        .beside(cost.used.parts(cost.count)),
                );
            } else {
                let wall = cost.used.wall.as_secs_f64() * 1e3 / cost.count as f64;
                page.figure(Figure::new(what, wall, Unit::Ms, Budget::None));
            }
        }
        let (most, warm) = statements(house, people, path)?;
        let what = format!("{name}: statements, at most");
        page.figure(
            Figure::new(what, most as f64, Unit::Count, Budget::AtMost(3.0)).beside(format!("{warm} when nothing changed")),
        );
        let sizes = sizes(house, people, path)?;
        page.figure(
            Figure::new(format!("{name}: compressed"), sizes.brotli as f64 / 1e3, Unit::Kb, Budget::AtMost(12.0)).beside(
                format!(
                    "plain {:.1} kB, gzip {:.1} kB; the largest of {}",
                    sizes.plain as f64 / 1e3,
                    sizes.gzip as f64 / 1e3,
                    sizes.of
                ),
            ),
        );
        page.figure(Figure::new(format!("{name}: DOM nodes"), sizes.nodes as f64, Unit::Count, Budget::AtMost(1499.0)));
    }
    Ok(())
}

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Each for the first time since something of theirs changed: what is theirs is read from the database.
    First,
    /// Each again, and nothing changed since.
    Again,
}

pub struct Cost {
    pub used: crate::cpu::Used,
    pub count: usize,
}

/// One request of each member, one after the other.
pub fn cost(house: &House, people: &[Person], path: &str, look: Look) -> Result<Cost> {
    let mut client = house.client()?;
    let mut least: Option<Cost> = None;
    for _ in 0..ROUNDS {
        match look {
            Look::First => everything_changed(house)?,
            // Seen once by everybody.
            Look::Again => people.iter().try_for_each(|person| open(&mut client, person, path))?,
        }
        // The shared calendar is built by whoever comes first, once for all.
        open(&mut client, &people[0], path)?;
        let (done, used) = house.watched.during(|| people[1..].iter().try_for_each(|person| open(&mut client, person, path)));
        done?;
        let cost = Cost { used, count: people.len() - 1 };
        if least.as_ref().is_none_or(|least| cost.used.ms_each(cost.count) < least.used.ms_each(least.count)) {
            least = Some(cost);
        }
    }
    least.ok_or_else(|| anyhow::anyhow!("no round"))
}

fn open(client: &mut Client, person: &Person, path: &str) -> Result<()> {
    client.get(path, &person.opens())?.expect(200).map(drop)
}

/// Every snapshot that this process keeps is behind.
pub fn everything_changed(house: &House) -> Result<()> {
    house.sql()?.run(
        "update change_mark set mark = mark + 1;
         insert into member_mark (member_id, mark) select member_id, 1 from member where left_on is null
         on conflict (member_id) do update set mark = member_mark.mark + 1",
    )
}

/// Statements of a request when everything changed, and of the next one.
fn statements(house: &House, people: &[Person], path: &str) -> Result<(usize, usize)> {
    let (mut sql, mut client) = (house.sql()?, house.client()?);
    everything_changed(house)?;
    let (_, most) = house.ear().during(&mut sql, || open(&mut client, &people[0], path))?;
    let (_, warm) = house.ear().during(&mut sql, || open(&mut client, &people[0], path))?;
    Ok((most.len(), warm.len()))
}

/// The largest of some members' pages, in bytes and nodes.
struct Sizes {
    plain: usize,
    brotli: usize,
    gzip: usize,
    nodes: usize,
    of: usize,
}

fn sizes(house: &House, people: &[Person], path: &str) -> Result<Sizes> {
    let mut client = house.client()?;
    let mut most = Sizes { plain: 0, brotli: 0, gzip: 0, nodes: 0, of: people.len() };
    for person in people {
        let answer = client.get(path, &person.opens())?.expect(200)?;
        if answer.body.len() <= most.brotli {
            continue;
        }
        let html = answer.text()?;
        let mut headers = person.opens();
        headers.retain(|(name, _)| *name != "Accept-Encoding");
        headers.push(("Accept-Encoding", "gzip"));
        let gzip = client.get(path, &headers)?.expect(200)?;
        most = Sizes { plain: html.len(), brotli: answer.body.len(), gzip: gzip.body.len(), nodes: elements(&html), ..most };
    }
    Ok(most)
}

/// How many elements a page has: tags that open one, outside of scripts and comments.
pub fn elements(html: &str) -> usize {
    let (mut count, mut rest) = (0, html);
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix("!--") {
            rest = after.split_once("-->").map_or("", |(_, after)| after);
        } else if rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
            count += 1;
            if rest.starts_with("script") {
                rest = rest.split_once("</script").map_or("", |(_, after)| after);
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    #[test]
    fn elements_are_counted_and_nothing_else() {
        let html = "<!DOCTYPE html><html><body><!-- <p> --><p>1 < 2</p><br/><script>if (a<b) '<i>'</script></body></html>";
        assert_eq!(super::elements(html), 5);
    }
}
