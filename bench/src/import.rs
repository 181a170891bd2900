//! The till's file: six thousand rows compared, applied and taken back.

use std::fmt::Write;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::figure::{Budget, Figure, Page, Unit};
use crate::house::House;
use crate::http::Client;
use crate::people::Person;

/// Who keeps the catalogue.
const KEEPER: &str = "paul.arnaud@alpar.example";
const ROWS: u32 = 6_000;
/// What an import may take, in milliseconds on the clock: somebody waits for it.
const PATIENCE_MS: f64 = 3_000.0;
/// However many rows there are.
const STATEMENTS: f64 = 40.0;
const FORM: &str = "application/x-www-form-urlencoded";
const PAGE: &str = "/approvisionnement";
const IMPORT: &str = "/approvisionnement/importer";

pub fn measure(page: &mut Page, house: &House, people: &[Person]) -> Result<()> {
    page.heading("The till's file (6,000 rows)");
    let paul = people.iter().find(|person| person.email == KEEPER).context("nobody keeps the catalogue")?;
    let mut bench = Bench { house, paul, client: house.client()?, page };
    let (range, supplier) = {
        let mut sql = house.sql()?;
        (
            sql.one("select name from product_range order by rank limit 1")?,
            sql.one("select name from supplier order by name limit 1")?,
        )
    };

    let new = bench.compared("brought in, and compared", &shop(&range, &supplier, 100)?)?;
    bench.applied("6,000 new products applied", &new)?;

    let dearer = bench.compared("brought in, and compared with as many", &shop(&range, &supplier, 120)?)?;
    bench.applied("6,000 other prices applied", &dearer)?;
    let undo = format!("geste=defaire&import={}", dearer.id);
    bench.timed("an import taken back", Budget::AtMost(PATIENCE_MS), |client, paul| {
        client.post(PAGE, &paul.opens(), FORM, &undo)?.expect(303).map(drop)
    })?;

    // Writing down what each statement is given takes longer than running it: it is done once more.
    let again = bench.compared("the same again", &shop(&range, &supplier, 120)?)?;
    let mut sql = house.sql()?;
    let (_, statements) =
        house.ear().during(&mut sql, || bench.client.post(PAGE, &paul.opens(), FORM, &again.form())?.expect(303).map(drop))?;
    let own = statements.iter().filter(|statement| !statement.text.contains("pg_notify")).count();
    bench.page.figure(
        Figure::new("statements of an import, however many rows it has", own as f64, Unit::Count, Budget::AtMost(STATEMENTS))
            .beside("begin, commit and the session's among them"),
    );
    Ok(())
}

/// A file that was brought in, and what stands for its differences.
struct Brought {
    id: String,
    seen: String,
}

impl Brought {
    /// What « Appliquer » posts.
    fn form(&self) -> String {
        format!("geste=appliquer&import={}&vu={}", self.id, self.seen)
    }
}

struct Bench<'a> {
    house: &'a House,
    paul: &'a Person,
    client: Client,
    page: &'a mut Page,
}

impl Bench<'_> {
    fn timed<T>(&mut self, what: &str, budget: Budget, work: impl FnOnce(&mut Client, &Person) -> Result<T>) -> Result<T> {
        let (client, paul) = (&mut self.client, self.paul);
        let clock = Instant::now();
        let (done, used) = self.house.watched.during(|| work(client, paul));
        let took = clock.elapsed().as_secs_f64() * 1e3;
        let figure = Figure::new(what, took, Unit::Ms, budget);
        let known = crate::cpu::Watched::is_known();
        self.page.figure(if known { figure.beside(used.parts(1)) } else { figure });
        done
    }

    /// Until its page shows what it would change.
    fn compared(&mut self, what: &str, file: &str) -> Result<Brought> {
        self.timed(what, Budget::AtMost(PATIENCE_MS), |client, paul| {
            let answer = client.post(IMPORT, &paul.opens(), "text/csv", file)?.expect(303)?;
            let address = answer.header("location").context("nowhere to go on")?.to_owned();
            let html = client.get(&address, &paul.opens())?.expect(200)?.text()?;
            let id = address.rsplit('/').next().unwrap_or_default().to_owned();
            Ok(Brought { id, seen: hidden(&html, "vu")? })
        })
    }

    fn applied(&mut self, what: &str, brought: &Brought) -> Result<()> {
        self.timed(what, Budget::AtMost(PATIENCE_MS), |client, paul| {
            client.post(PAGE, &paul.opens(), FORM, &brought.form())?.expect(303).map(drop)
        })
    }
}

/// What a page's form carries unseen.
fn hidden(html: &str, name: &str) -> Result<String> {
    let mark = format!("name=\"{name}\" value=\"");
    let (_, rest) = html.split_once(&mark).with_context(|| format!("the page has no {name}"))?;
    Ok(rest.split('"').next().unwrap_or_default().to_owned())
}

/// A row for each product, from that price on.
fn shop(range: &str, supplier: &str, cents: u32) -> Result<String> {
    let mut rows = "Code article;Désignation;Marque;Rayon;Fournisseur;Prix d’achat HT;TVA;Origine\n".to_owned();
    for n in 0..ROWS {
        let price = cents + n % 500;
        let (euros, cents) = (price / 100, price % 100);
        writeln!(rows, "BANC-{n};Essai du banc {n};Marque {n};\"{range}\";\"{supplier}\";{euros},{cents:02};5,5;Vallée {n}")?;
    }
    Ok(rows)
}
