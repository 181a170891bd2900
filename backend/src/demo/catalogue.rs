//! The demo shop: five hundred products on ten shelves, by twenty-five suppliers; what members would like, and did not find.

mod pictures;
mod texts;

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate, NaiveTime, Weekday};
use domain::catalogue::import::Facts;
use domain::catalogue::{
    Allergen, Allergens, Availability, Barcode, ByHand, Cents, DayOfYear, Margin, Measure, Net, Presence, Rate, SoldBy,
    WrittenSupplier,
};
use domain::id::{ProductId, RangeId, SupplierId};
use domain::time::{Instant, minus_days, paris_day, paris_instant, plus_days};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::cast::{CAMILLE, HUGO, KARIM, LEA, NOUR, PAUL, id_of};
use super::dice::Dice;
use super::people::Person;
use super::write::rows;
use crate::error::Error;
use texts::{Base, How, SHELVES, SUGGESTIONS, SUPPLIERS, Suggested};

/// Any number would do; this one is kept.
const SEED: u64 = 20_241_116;
/// What the shop adds to what it pays, in hundredths of a per cent.
const MARGIN: Rate = Rate(2_000);
/// Their letter in the texts.
const LETTERS: [(char, Allergen); 14] = [
    ('G', Allergen::Gluten),
    ('C', Allergen::Crustaceans),
    ('E', Allergen::Eggs),
    ('F', Allergen::Fish),
    ('P', Allergen::Peanuts),
    ('S', Allergen::Soya),
    ('M', Allergen::Milk),
    ('N', Allergen::Nuts),
    ('L', Allergen::Celery),
    ('U', Allergen::Mustard),
    ('A', Allergen::Sesame),
    ('I', Allergen::Sulphites),
    ('O', Allergen::Lupin),
    ('K', Allergen::Molluscs),
];
/// Words of a name that say what is in it.
const WORDS: [(&str, Allergen); 10] = [
    ("soja", Allergen::Soya),
    ("amande", Allergen::Nuts),
    ("noix", Allergen::Nuts),
    ("noisette", Allergen::Nuts),
    ("cajou", Allergen::Nuts),
    ("sésame", Allergen::Sesame),
    ("cacahuète", Allergen::Peanuts),
    ("avoine", Allergen::Gluten),
    ("épeautre", Allergen::Gluten),
    ("beaufort", Allergen::Milk),
];

struct Made {
    id: ProductId,
    facts: Facts,
    by_hand: ByHand,
    price_since: NaiveDate,
    /// What it was bought for before, if that was otherwise.
    before: Option<Cents>,
}

pub async fn catalogue(conn: &mut PgConnection, people: &[Person], now: Instant) -> Result<(), Error> {
    let mut dice = Dice::new(SEED);
    let today = paris_day(now);
    let shelf_row = |(rank, shelf): (usize, &texts::Shelf)| json!({ "product_range_id": range(shelf.name), "name": shelf.name, "rank": rank });
    rows!(conn, "product_range", "product_range_id, name, rank", SHELVES.iter().enumerate().map(shelf_row));
    rows!(conn, "supplier", "supplier_id, written, html, revision", SUPPLIERS.iter().map(supplier_row));
    rows!(
        conn,
        "product_picture",
        "product_picture_id, by_member, at, mime, width, height, bytes, thumbnail, thumbnail_mime",
        pictures::rows(now)
    );

    let mut made: Vec<Made> = Vec::new();
    for shelf in &SHELVES {
        for base in shelf.bases {
            for (nth, variant) in base.variants.split('|').enumerate() {
                let at = made.len();
                made.push(product(shelf, base, (nth, variant), at, today, &mut dice));
            }
        }
    }
    rows!(
        conn,
        "product",
        "product_id, facts, by_hand, html, archived, price_since, changed_on, revision",
        made.iter().map(product_row)
    );
    let codes = made.iter().flat_map(|made| made.facts.barcodes.iter().map(move |code| code_row(made.id, code)));
    rows!(conn, "product_barcode", "product_id, barcode", codes);
    let prices = made.iter().flat_map(price_rows);
    rows!(conn, "price_version", "product_id, at, purchase, margin, vat, price, sold_by, by_member", prices);
    lists(conn, &made).await?;
    said(conn, &made, people, now).await
}

fn range(name: &str) -> RangeId {
    RangeId(id_of(&format!("range/{name}")))
}

fn supplier(nth: usize) -> SupplierId {
    SupplierId(id_of(&format!("supplier/{nth}")))
}

fn supplier_row((name, place, distance, days): &(&str, &str, u16, &str)) -> Value {
    let nth = SUPPLIERS.iter().position(|known| known.0 == *name).unwrap_or_default();
    let story = format!("{name}, à {place} : une maison que nous connaissons depuis l’ouverture.");
    let written = WrittenSupplier {
        name: (*name).to_owned(),
        story: story.clone(),
        place: (*place).to_owned(),
        distance_km: Some(*distance),
        delivers: days.split(' ').filter_map(|day| day.parse::<Weekday>().ok()).collect(),
        photo: pictures::of(name),
    };
    json!({ "supplier_id": supplier(nth), "written": written, "html": format!("<p>{story}</p>"), "revision": 1 })
}

fn product(
    shelf: &texts::Shelf,
    base: &Base,
    (nth, variant): (usize, &str),
    at: usize,
    today: NaiveDate,
    dice: &mut Dice,
) -> Made {
    let name = format!("{} {variant}", base.name);
    let (sold_by, net) = match base.how {
        How::Kilo => (SoldBy::Weight, None),
        How::Litre => (SoldBy::Volume, None),
        How::Grams(amount) => (SoldBy::Piece, Some(Net { amount, of: Measure::Gram })),
        How::Millilitres(amount) => (SoldBy::Piece, Some(Net { amount, of: Measure::Millilitre })),
        How::Each => (SoldBy::Piece, None),
    };
    let alcohol = base.label == "alcool" && !variant.contains("sans alcool");
    // The nth costs a little more than the first, and none costs the same.
    let dearer = i64::try_from(nth * 4 + dice.below(5)).unwrap_or_default();
    let purchase = Cents(base.cents + base.cents * dearer / 100);
    let before = dice.percent(30).then(|| Cents(purchase.0 - (purchase.0 / 20).max(1)));
    let is_label = !base.label.is_empty() && base.label != "alcool";
    let labels: Vec<String> = is_label.then(|| base.label.to_owned()).into_iter().collect();
    let (distance, place) = (SUPPLIERS[base.by].2, SUPPLIERS[base.by].1);
    let facts = Facts {
        till_id: Some(format!("A{:04}", at + 1)),
        barcodes: net.and_then(|_| Barcode::closing(&format!("37600{at:07}")).ok()).into_iter().collect(),
        name: name.clone(),
        brand: if distance < 60 { SUPPLIERS[base.by].0.to_owned() } else { String::new() },
        range: range(shelf.name),
        supplier: Some(supplier(base.by)),
        sold_by,
        net,
        purchase,
        margin: Margin::OfTheCoop(MARGIN),
        vat: Rate(if alcohol { 2_000 } else { shelf.vat }),
        deposit: Cents(if alcohol || base.name == "Limonade" { 20 } else { 0 }),
        availability: availability(shelf.name, today, dice),
        origin: if distance < 60 { "Savoie et Haute-Savoie".to_owned() } else { place.to_owned() },
    };
    let said_on = minus_days(today, 20 + u64::try_from(dice.below(300)).unwrap_or_default());
    let allergens =
        if dice.percent(88) { Allergens::Said { on: said_on, of: allergens(base, &name) } } else { Allergens::Unknown };
    let price_since = minus_days(today, 3 + u64::try_from(dice.below(200)).unwrap_or_default());
    Made {
        id: ProductId(id_of(&format!("product/{at}"))),
        facts,
        by_hand: ByHand { labels, allergens, photo: pictures::of(base.name), ..ByHand::default() },
        price_since,
        before,
    }
}

fn allergens(base: &Base, name: &str) -> BTreeMap<Allergen, Presence> {
    let mut of = BTreeMap::new();
    for letter in base.allergens.chars() {
        let found = LETTERS.iter().find(|(known, _)| *known == letter.to_ascii_uppercase());
        let presence = if letter.is_ascii_uppercase() { Presence::Contains } else { Presence::Traces };
        of.extend(found.map(|(_, allergen)| (*allergen, presence)));
    }
    let name = name.to_lowercase();
    of.extend(WORDS.iter().filter(|(word, _)| name.contains(word)).map(|(_, allergen)| (*allergen, Presence::Contains)));
    of
}

fn availability(shelf: &str, today: NaiveDate, dice: &mut Dice) -> Availability {
    let season = |from: u8, to: u8| Some((DayOfYear::new(from, 1)?, DayOfYear::end_of(to)?));
    let seasons = [season(9, 3), season(5, 10), season(11, 4), season(3, 6)];
    let season = seasons[dice.below(seasons.len())].filter(|_| shelf == "Fruits et légumes" && dice.percent(60));
    match (season, dice.below(100)) {
        (Some((from, to)), _) => Availability::Seasonal { from, to },
        (None, 0..=5) => Availability::New { until: plus_days(today, 21) },
        (None, 6..=8) => Availability::Out { until: Some(plus_days(today, 5)) },
        (None, 9..=10) => Availability::Out { until: None },
        (None, 11..=13) => Availability::Ending,
        _ => Availability::InRange,
    }
}

fn product_row(made: &Made) -> Value {
    json!({
        "product_id": made.id, "facts": made.facts, "by_hand": made.by_hand, "html": "", "archived": "no",
        "price_since": made.price_since, "changed_on": made.price_since, "revision": 1,
    })
}

fn code_row(product: ProductId, code: &Barcode) -> Value {
    json!({ "product_id": product, "barcode": code })
}

fn price_rows(made: &Made) -> Vec<Value> {
    let version = |purchase: Cents, on: NaiveDate| {
        let facts = Facts { purchase, ..made.facts.clone() };
        json!({
            "product_id": made.id, "at": paris_instant(on, NaiveTime::MIN), "purchase": purchase,
            "margin": facts.margin.rate(), "vat": facts.vat, "price": facts.price(), "sold_by": facts.sold_by,
            "by_member": PAUL.id(),
        })
    };
    let before = made.before.map(|before| version(before, minus_days(made.price_since, 180)));
    before.into_iter().chain([version(made.facts.purchase, made.price_since)]).collect()
}

/// Camille's favourites, and what she is to buy.
async fn lists(conn: &mut PgConnection, made: &[Made]) -> Result<(), Error> {
    let some: Vec<ProductId> = made.iter().step_by(61).map(|made| made.id).collect();
    let favourite = |product: &ProductId| json!({ "member_id": CAMILLE.id(), "product_id": product });
    rows!(conn, "favourite", "member_id, product_id", some.iter().map(favourite));
    let line = |product: &ProductId| {
        json!({
            "member_id": CAMILLE.id(), "item_id": domain::catalogue::item_of(*product), "what": { "product": product },
            "quantity": 1, "done": false,
        })
    };
    let typed = json!({
        "member_id": CAMILLE.id(), "item_id": id_of("list/bougies"), "what": { "text": "Allumettes" }, "quantity": 1, "done": true,
    });
    let lines = some.iter().take(4).map(line).chain([typed]);
    rows!(conn, "shopping_item", "member_id, item_id, what, quantity, done", lines);
    Ok(())
}

async fn said(conn: &mut PgConnection, made: &[Made], people: &[Person], now: Instant) -> Result<(), Error> {
    let authors = [LEA.id(), KARIM.id(), NOUR.id(), HUGO.id(), CAMILLE.id(), LEA.id()];
    let id = |text: &str| id_of(&format!("suggestion/{text}"));
    let suggestion = |((text, days, _, answer), by): (&Suggested, _)| {
        let answer = answer.map(
            |(verdict, why)| json!({ "verdict": verdict, "why": why, "by": PAUL.id(), "at": now - Duration::days(days - 2) }),
        );
        json!({
            "suggestion_id": id(text), "text": text, "by_member": by, "at": now - Duration::days(*days), "answer": answer,
        })
    };
    rows!(conn, "suggestion", "suggestion_id, text, by_member, at, answer", SUGGESTIONS.iter().zip(authors).map(suggestion));
    let others: Vec<&Person> = people.iter().filter(|person| !person.in_cast && !person.newcomer).collect();
    let supports = SUGGESTIONS.iter().flat_map(|(text, _, by, _)| {
        let suggestion = id(text);
        others.iter().take(*by).map(move |person| json!({ "suggestion_id": suggestion, "member_id": person.id }))
    });
    rows!(conn, "suggestion_support", "suggestion_id, member_id", supports);
    let there: Vec<&Made> = made.iter().filter(|made| made.facts.availability == Availability::InRange).collect();
    let missing = |(nth, by): (usize, _)| {
        let product = there.get(nth * 37).map(|made| made.id);
        json!({
            "product_id": product, "by_member": by, "on_day": minus_days(paris_day(now), 1), "at": now - Duration::hours(20),
        })
    };
    let reports = [LEA.id(), NOUR.id(), HUGO.id()].into_iter().enumerate().map(missing);
    rows!(conn, "missing_report", "product_id, by_member, on_day, at", reports);
    Ok(())
}
