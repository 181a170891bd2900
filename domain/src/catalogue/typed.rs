//! What somebody types of a product or a supplier, from flat fields, and all of it that is no such thing.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::import::{Facts, Reason, YEARS, net_typed};
use super::{
    Allergen, Allergens, AmountMistake, Availability, Barcode, BarcodeMistake, ByHand, Cents, DayOfYear, MARGIN, Margin, Mistake,
    Net, Presence, Rate, SoldBy, VAT_RATES, Written, WrittenSupplier,
};
use crate::brief::Picture;
use crate::id::{RangeId, SupplierId};
use crate::procedures::Fields;

/// What is no number, no day, no barcode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unread {
    RangeMissing,
    Supplier,
    SoldBy,
    Net(Reason),
    Purchase(AmountMistake),
    Margin(AmountMistake),
    Vat,
    Deposit(AmountMistake),
    Barcode {
        said: String,
        mistake: BarcodeMistake,
    },
    Availability,
    /// « Nouveau » says until when; what is typed is no day.
    Until,
    Season,
    /// Something is said of the allergens, and not of which day it is.
    AllergensDay,
    Distance,
}

/// All that is wrong with what was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wrong {
    pub unread: Vec<Unread>,
    pub mistakes: Vec<Mistake>,
}

/// A story as members will read it: safe HTML, of our own renderer.
pub fn story_html(markdown: &str) -> String {
    prose::html(markdown)
}

/// The days of a week, and what a form calls them.
pub const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "lundi"),
    (Weekday::Tue, "mardi"),
    (Weekday::Wed, "mercredi"),
    (Weekday::Thu, "jeudi"),
    (Weekday::Fri, "vendredi"),
    (Weekday::Sat, "samedi"),
    (Weekday::Sun, "dimanche"),
];

impl Allergen {
    /// What a form calls it.
    pub const fn field(self) -> &'static str {
        match self {
            Allergen::Gluten => "allergene-gluten",
            Allergen::Crustaceans => "allergene-crustaces",
            Allergen::Eggs => "allergene-oeufs",
            Allergen::Fish => "allergene-poisson",
            Allergen::Peanuts => "allergene-arachides",
            Allergen::Soya => "allergene-soja",
            Allergen::Milk => "allergene-lait",
            Allergen::Nuts => "allergene-fruits-a-coque",
            Allergen::Celery => "allergene-celeri",
            Allergen::Mustard => "allergene-moutarde",
            Allergen::Sesame => "allergene-sesame",
            Allergen::Sulphites => "allergene-sulfites",
            Allergen::Lupin => "allergene-lupin",
            Allergen::Molluscs => "allergene-mollusques",
        }
    }
}

impl Presence {
    /// What such a field holds; « sans » where it is not in it.
    pub const fn typed(presence: Option<Presence>) -> &'static str {
        match presence {
            Some(Presence::Contains) => "contient",
            Some(Presence::Traces) => "traces",
            Some(Presence::Unknown) => "inconnu",
            None => "sans",
        }
    }

    /// Whatever does not say « sans » by that very word is not without.
    pub fn read(typed: &str) -> Option<Presence> {
        match typed {
            "contient" => Some(Presence::Contains),
            "traces" => Some(Presence::Traces),
            "sans" => None,
            _ => Some(Presence::Unknown),
        }
    }
}

impl Written {
    /// What was typed, as it is kept; or all that is wrong with it.
    pub fn read(fields: &Fields, today: NaiveDate) -> Result<Written, Wrong> {
        let mut unread = Vec::new();
        let facts = facts(fields, &mut unread);
        let by_hand = ByHand {
            labels: fields.one("labels").split([',', ';', '\n']).map(str::to_owned).collect(),
            allergens: allergens(fields, &mut unread),
            story: fields.one("story").to_owned(),
            photo: photo(fields),
        };
        let checked = Written { facts, by_hand }.checked(today);
        let is_said = |mistake: &Mistake| match mistake {
            Mistake::PurchaseMissing => unread.iter().any(|unread| matches!(unread, Unread::Purchase(_))),
            _ => false,
        };
        match checked {
            Ok(written) if unread.is_empty() => Ok(written),
            Ok(_) => Err(Wrong { unread, mistakes: Vec::new() }),
            Err(mut mistakes) => {
                mistakes.retain(|mistake| !is_said(mistake));
                Err(Wrong { unread, mistakes })
            }
        }
    }
}

impl WrittenSupplier {
    pub fn read(fields: &Fields) -> Result<WrittenSupplier, Wrong> {
        let mut unread = Vec::new();
        let distance_km = match fields.one("distance") {
            "" => None,
            typed => or_unread(typed.trim_end_matches("km").trim().parse().ok(), Unread::Distance, &mut unread),
        };
        let ticked = |name: &str| fields.all("delivers").any(|day| day == name);
        let written = WrittenSupplier {
            name: fields.one("name").to_owned(),
            story: fields.one("story").to_owned(),
            place: fields.one("place").to_owned(),
            distance_km,
            delivers: WEEKDAYS.into_iter().filter(|(_, name)| ticked(name)).map(|(day, _)| day).collect(),
            photo: photo(fields),
        };
        match written.checked() {
            Ok(written) if unread.is_empty() => Ok(written),
            checked => Err(Wrong { unread, mistakes: checked.err().unwrap_or_default() }),
        }
    }
}

/// What was read; where there is nothing, that is said.
fn or_unread<T>(read: Option<T>, otherwise: Unread, unread: &mut Vec<Unread>) -> Option<T> {
    if read.is_none() {
        unread.push(otherwise);
    }
    read
}

fn facts(fields: &Fields, unread: &mut Vec<Unread>) -> Facts {
    let range: Option<RangeId> = or_unread(fields.one("range").parse().ok(), Unread::RangeMissing, unread);
    let supplier: Option<SupplierId> = match fields.one("supplier") {
        "" => None,
        typed => or_unread(typed.parse().ok(), Unread::Supplier, unread),
    };
    let sold_by = or_unread(sold_by(fields.one("sold_by")), Unread::SoldBy, unread);
    let vat = Rate::parse(fields.one("vat")).ok().filter(|vat| VAT_RATES.contains(vat));
    let vat = or_unread(vat, Unread::Vat, unread);
    Facts {
        till_id: Some(fields.one("till_id").to_owned()),
        barcodes: barcodes(fields.one("barcodes"), unread),
        name: fields.one("name").to_owned(),
        brand: fields.one("brand").to_owned(),
        range: range.unwrap_or(RangeId(Uuid::nil())),
        supplier,
        sold_by: sold_by.unwrap_or(SoldBy::Piece),
        net: net(fields.one("net"), unread),
        purchase: amount(fields.one("purchase"), Unread::Purchase, unread),
        margin: margin(fields.one("margin"), unread),
        vat: vat.unwrap_or_default(),
        deposit: amount(fields.one("deposit"), Unread::Deposit, unread),
        availability: availability(fields, unread),
        origin: fields.one("origin").to_owned(),
    }
}

/// Nothing where nothing is typed.
fn amount(typed: &str, otherwise: fn(AmountMistake) -> Unread, unread: &mut Vec<Unread>) -> Cents {
    if typed.is_empty() {
        return Cents::ZERO;
    }
    Cents::parse(typed).unwrap_or_else(|mistake| {
        unread.push(otherwise(mistake));
        Cents::ZERO
    })
}

/// The co-op's where nothing is typed: whoever keeps it knows how high that is, and settles it.
fn margin(typed: &str, unread: &mut Vec<Unread>) -> Margin {
    if typed.is_empty() {
        return Margin::OfTheCoop(MARGIN);
    }
    let own = Rate::parse(typed).unwrap_or_else(|mistake| {
        unread.push(Unread::Margin(mistake));
        MARGIN
    });
    Margin::Own(own)
}

fn net(typed: &str, unread: &mut Vec<Unread>) -> Option<Net> {
    if typed.is_empty() {
        return None;
    }
    net_typed(typed).unwrap_or_else(|reason| {
        unread.push(Unread::Net(reason));
        None
    })
}

fn sold_by(typed: &str) -> Option<SoldBy> {
    match typed {
        "piece" => Some(SoldBy::Piece),
        "weight" => Some(SoldBy::Weight),
        "volume" => Some(SoldBy::Volume),
        _ => None,
    }
}

/// One on a line, or after a comma.
fn barcodes(typed: &str, unread: &mut Vec<Unread>) -> Vec<Barcode> {
    let mut read = Vec::new();
    for said in typed.split(['\n', ',', ';']).map(str::trim).filter(|said| !said.is_empty()) {
        match said.parse() {
            Ok(barcode) => read.push(barcode),
            Err(mistake) => unread.push(Unread::Barcode { said: said.chars().take(40).collect(), mistake }),
        }
    }
    read
}

fn availability(fields: &Fields, unread: &mut Vec<Unread>) -> Availability {
    // Whatever else is a slip of somebody who types a year.
    let until = || fields.one("until").parse::<NaiveDate>().ok().filter(|until| YEARS.contains(&until.year()));
    let read = match fields.one("availability") {
        "in_range" => Some(Availability::InRange),
        "ending" => Some(Availability::Ending),
        "new" => or_unread(until(), Unread::Until, unread).map(|until| Availability::New { until }),
        "out" if fields.one("until").is_empty() => Some(Availability::Out { until: None }),
        "out" => or_unread(until(), Unread::Until, unread).map(|until| Availability::Out { until: Some(until) }),
        "seasonal" => {
            let days = DayOfYear::parse(fields.one("from")).zip(DayOfYear::parse(fields.one("to")));
            or_unread(days, Unread::Season, unread).map(|(from, to)| Availability::Seasonal { from, to })
        }
        _ => or_unread(None, Unread::Availability, unread),
    };
    read.unwrap_or(Availability::InRange)
}

/// Nothing known of any is nobody's word; everything else is of a day.
fn allergens(fields: &Fields, unread: &mut Vec<Unread>) -> Allergens {
    let said = |allergen: Allergen| Presence::read(fields.one(allergen.field())).map(|presence| (allergen, presence));
    let of: BTreeMap<Allergen, Presence> = Allergen::ALL.into_iter().filter_map(said).collect();
    if Allergen::ALL.iter().all(|allergen| of.get(allergen) == Some(&Presence::Unknown)) {
        return Allergens::Unknown;
    }
    let on = or_unread(fields.one("allergens_on").parse().ok(), Unread::AllergensDay, unread);
    on.map_or(Allergens::Unknown, |on| Allergens::Said { on, of })
}

/// The picture, unless it is taken off.
fn photo(fields: &Fields) -> Option<Picture> {
    let id = fields.one("picture").parse().ok().filter(|_| fields.one("without").is_empty())?;
    let side = |name| fields.one(name).parse().unwrap_or(0);
    Some(Picture { id, alt: fields.one("alt").to_owned(), width: side("width"), height: side("height") })
}
