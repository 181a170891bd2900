//! What is said of products.

use std::collections::BTreeMap;

use domain::catalogue::{composed, per_measure as per_kilogram};

use super::*;

/// With plain spaces.
fn plain(said: &str) -> String {
    said.replace(['\u{a0}', '\u{202f}'], " ")
}

fn on(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn day(month: u8, day: u8) -> DayOfYear {
    DayOfYear::new(month, day).unwrap()
}

#[test]
fn money_is_written_the_french_way() {
    let cases = [
        (350, "3,50 €"),
        (5, "0,05 €"),
        (0, "0,00 €"),
        (123_450, "1 234,50 €"),
        (1_000_000, "10 000,00 €"),
        (123_456_789, "1 234 567,89 €"),
        (-350, "−3,50 €"),
    ];
    for (cents, wanted) in cases {
        assert_eq!(plain(&money(Cents(cents))), wanted);
        assert_eq!(nb(&money(Cents(cents))), money(Cents(cents)), "it is right already");
    }
    assert_eq!(money(Cents(350)), "3,50\u{a0}€");
}

#[test]
fn a_price_says_what_it_is_for_and_made_of() {
    let per = |of| PerMeasure { price: Cents(1_240), of };
    assert_eq!(plain(&per_measure(per(Measure::Gram))), "12,40 €/kg");
    assert_eq!(plain(&per_measure(per(Measure::Millilitre))), "12,40 €/L");
    let made = composed(Cents(200), Rate(2_000), Rate(550));
    assert_eq!(plain(&made_of(&made)), "achat 2,00 € + marge 0,40 € + TVA 0,13 € = 2,53 €");
    let half = Net { amount: 500, of: Measure::Gram };
    let per = per_kilogram(made.price, domain::catalogue::SoldBy::Piece, Some(half)).unwrap();
    assert_eq!(plain(&per_measure(per)), "5,06 €/kg");
}

/// What is read of an amount as it is shown.
fn cents_of(said: &str) -> i64 {
    said.chars().filter(char::is_ascii_digit).collect::<String>().parse().expect("an amount")
}

#[test]
fn the_sum_that_is_read_is_the_price_that_is_read() {
    // Amounts of every size, with all that is rounded between them.
    for purchase in (0..1_000).chain((1_000..1_000_000).step_by(7_919)) {
        for (margin, vat) in [(2_000, 550), (2_000, 2_000), (2_000, 210), (1_750, 1_000), (0, 0), (3_333, 550)] {
            let made = composed(Cents(purchase), Rate(margin), Rate(vat));
            let said = made_of(&made);
            let (parts, price) = said.split_once('=').expect("a sum");
            let sum: i64 = parts.split('+').map(cents_of).sum();
            assert_eq!(sum, cents_of(price), "{said}");
            assert_eq!(cents_of(&money(made.price)), cents_of(price), "it is the price everywhere else");
        }
    }
}

#[test]
fn rates_and_quantities_are_short() {
    for (typed, wanted) in [(550, "5,5 %"), (2_000, "20 %"), (210, "2,1 %"), (1_005, "10,05 %"), (0, "0 %")] {
        assert_eq!(plain(&rate(Rate(typed))), wanted);
    }
    let cases = [
        (500, Measure::Gram, "500 g"),
        (1_000, Measure::Gram, "1 kg"),
        (1_500, Measure::Gram, "1,5 kg"),
        (1_025, Measure::Gram, "1,025 kg"),
        (750, Measure::Millilitre, "75 cl"),
        (330, Measure::Millilitre, "33 cl"),
        (345, Measure::Millilitre, "345 ml"),
        (50, Measure::Millilitre, "50 ml"),
        (1_000, Measure::Millilitre, "1 L"),
        (1_500, Measure::Millilitre, "1,5 L"),
    ];
    for (amount, of, wanted) in cases {
        assert_eq!(plain(&net(Net { amount, of })), wanted);
    }
    assert_eq!(plain(&carried(Carried::Weight(342))), "342 g");
    assert_eq!(plain(&carried(Carried::Price(Cents(749)))), "7,49 €");
}

#[test]
fn allergens_are_said_by_degree_and_what_is_unknown_is_said_too() {
    let unknown = allergens(&Allergens::Unknown);
    assert_eq!(unknown.len(), 1);
    assert!(unknown[0].starts_with("Allergènes inconnus"));
    assert_eq!(allergens_of(&Allergens::Unknown), None);
    let said = |of: &[(Allergen, Presence)]| Allergens::Said { on: on(2026, 11, 12), of: of.iter().copied().collect() };
    let some = said(&[
        (Allergen::Soya, Presence::Contains),
        (Allergen::Sesame, Presence::Unknown),
        (Allergen::Nuts, Presence::Traces),
        (Allergen::Milk, Presence::Contains),
    ]);
    let lines: Vec<String> = allergens(&some).iter().map(|line| plain(line)).collect();
    assert_eq!(
        lines,
        [
            "Contient : soja, lait.",
            "Traces possibles : fruits à coque.",
            "Inconnu : sésame. Regarde l’étiquette.",
            "Les 10 autres à déclarer n’y sont pas.",
        ]
    );
    let all = said(&Allergen::ALL.map(|allergen| (allergen, Presence::Unknown)));
    assert_eq!(allergens(&all).len(), 1, "nothing is said not to be in it");
    assert_eq!(allergens_of(&some).as_deref().map(plain).as_deref(), Some("Données du 12 novembre 2026."));
    let none = Allergens::Said { on: on(2026, 11, 12), of: BTreeMap::new() };
    assert_eq!(allergens(&none).iter().map(|line| plain(line)).collect::<Vec<_>>(), ["Aucun des 14 allergènes à déclarer."]);
}

#[test]
fn seasons_are_said_by_their_months_where_they_are_whole() {
    let cases = [
        (day(5, 1), day(9, 30), "de mai à septembre"),
        (day(4, 1), day(10, 31), "d’avril à octobre"),
        (day(10, 1), day(2, 29), "d’octobre à février"),
        (day(12, 1), day(2, 28), "du 1er décembre au 28 février"),
        (day(5, 15), day(9, 30), "du 15 mai au 30 septembre"),
        (day(5, 1), day(5, 31), "en mai"),
        (day(6, 24), day(6, 24), "le 24 juin"),
        (day(1, 1), day(12, 31), "toute l’année"),
    ];
    for (from, to, wanted) in cases {
        assert_eq!(plain(&season(from, to)), wanted);
    }
}

#[test]
fn what_is_there_says_so_where_it_matters() {
    let today = on(2026, 11, 23);
    let (from, to) = (day(5, 1), day(9, 30));
    let cases = [
        (Stock::InRange, None),
        (Stock::New { until: on(2026, 12, 31) }, Some("nouveau")),
        (Stock::InSeason { from, to }, Some("de mai à septembre")),
        (Stock::OutOfSeason { from, to }, Some("hors saison : de mai à septembre")),
        (Stock::Ending, Some("fin de série")),
        (Stock::Out { back: Some(on(2026, 12, 12)) }, Some("de retour le 12 décembre")),
        (Stock::Out { back: Some(on(2027, 1, 1)) }, Some("de retour le 1er janvier 2027")),
        (Stock::Out { back: None }, Some("en rupture")),
    ];
    for (what, wanted) in cases {
        assert_eq!(stock(what, today).as_deref().map(plain).as_deref(), wanted);
    }
}

#[test]
fn reports_and_suggestions_are_counted() {
    let reported = |reports, last| Missing { since: on(2026, 11, 20), last: on(2026, 11, last), reports };
    assert_eq!(plain(&missing(&reported(1, 20))), "Signalé absent le 20 nov.");
    assert_eq!(plain(&missing(&reported(2, 20))), "Signalé absent 2 fois le 20 nov.");
    assert_eq!(plain(&missing(&reported(3, 23))), "Signalé absent 3 fois depuis le 20 nov.");
    assert_eq!(plain(&wanted_by(1)), "1 personne aimerait le trouver");
    assert_eq!(plain(&wanted_by(3)), "3 personnes aimeraient le trouver");
}

#[test]
fn mistakes_are_sentences() {
    assert_eq!(plain(&amount_mistake(AmountMistake::AboveCap)), "C’est plus que 10 000,00 € : est-ce une faute de frappe ?");
    assert_eq!(plain(&rate_mistake(AmountMistake::AboveCap)), "Un taux va jusqu’à 100 %.");
    assert_eq!(plain(&barcode_mistake(BarcodeMistake::Length)), "Un code-barres a 8, 12 ou 13 chiffres.");
    let bad = ReportMistake::BadDay { from: on(2026, 11, 16), to: on(2026, 11, 23) };
    assert_eq!(plain(&report_mistake(bad)), "On signale ce qui manquait entre le 16 novembre et le 23 novembre.");
}
