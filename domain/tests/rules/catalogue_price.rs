//! What things cost, and why: every figure against exact arithmetic.

use domain::catalogue::{
    Allergens, AmountMistake, Availability, Cents, DayOfYear, MARGIN, Measure, Net, PRICE_CAP, Product, RATE_CAP, Rate, SoldBy,
    VAT_RATES, cheaper_in, composed, per_measure,
};
use domain::id::{ProductId, RangeId};
use proptest::prelude::*;
use uuid::Uuid;

use crate::coop::day;

/// Something of the shelf « épicerie », 500 g of it for 2,00 € of purchase.
pub fn product(name: &str) -> Product {
    let id = |text: &str| Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes());
    Product {
        id: ProductId(id(name)),
        range: RangeId(id("épicerie")),
        supplier: None,
        name: name.into(),
        brand: String::new(),
        origin: String::new(),
        labels: Vec::new(),
        sold_by: SoldBy::Piece,
        net: Some(Net { amount: 500, of: Measure::Gram }),
        purchase: Cents(200),
        margin: MARGIN,
        vat: Rate(550),
        deposit: Cents(0),
        price_since: day(2026, 11, 2),
        allergens: Allergens::Unknown,
        availability: Availability::InRange,
        barcodes: Vec::new(),
        photo: None,
        thumbnail: false,
        story: String::new(),
        changed_on: day(2026, 11, 2),
    }
}

fn grams(amount: u32) -> Option<Net> {
    Some(Net { amount, of: Measure::Gram })
}

#[test]
fn a_price_is_its_purchase_its_margin_and_its_vat() {
    // Purchase, margin and VAT; then margin, before VAT, VAT, price.
    let cases = [
        (200, 2_000, 550, [40, 240, 13, 253]),
        (1_000, 2_000, 550, [200, 1_200, 66, 1_266]),
        (1_000, 2_000, 2_000, [200, 1_200, 240, 1_440]),
        (100, 2_000, 210, [20, 120, 3, 123]),
        // 33,3 and 10,065: each rounded down.
        (333, 1_000, 275, [33, 366, 10, 376]),
        // 0,5 of a cent goes up, in the margin and in the VAT.
        (5, 1_000, 0, [1, 6, 0, 6]),
        (10, 0, 500, [0, 10, 1, 11]),
        (0, 2_000, 2_000, [0, 0, 0, 0]),
    ];
    for (purchase, margin, vat, [wanted_margin, before_vat, wanted_vat, price]) in cases {
        let made = composed(Cents(purchase), Rate(margin), Rate(vat));
        assert_eq!(made.purchase, Cents(purchase));
        assert_eq!((made.margin, made.before_vat), (Cents(wanted_margin), Cents(before_vat)), "{purchase} {margin} {vat}");
        assert_eq!((made.vat, made.price), (Cents(wanted_vat), Cents(price)), "{purchase} {margin} {vat}");
    }
}

#[test]
fn a_kilogram_costs_what_the_label_must_say() {
    let cases = [
        // 3,50 € for 500 g.
        (350, SoldBy::Piece, grams(500), Some((700, Measure::Gram))),
        // 1,99 € for 330 ml: 6,0303… €/L.
        (199, SoldBy::Piece, Some(Net { amount: 330, of: Measure::Millilitre }), Some((603, Measure::Millilitre))),
        // 1 € for 800 g is 1,25 €; 1,01 € is 1,2625 €.
        (100, SoldBy::Piece, grams(800), Some((125, Measure::Gram))),
        (101, SoldBy::Piece, grams(800), Some((126, Measure::Gram))),
        // 0,01 € for 2 kg: half a cent goes up.
        (1, SoldBy::Piece, grams(2_000), Some((1, Measure::Gram))),
        (1, SoldBy::Piece, grams(2_001), Some((0, Measure::Gram))),
        (299, SoldBy::Weight, None, Some((299, Measure::Gram))),
        (299, SoldBy::Weight, grams(500), Some((299, Measure::Gram))),
        (450, SoldBy::Volume, None, Some((450, Measure::Millilitre))),
        (450, SoldBy::Piece, None, None),
        (450, SoldBy::Piece, grams(0), None),
    ];
    for (price, sold_by, net, wanted) in cases {
        let found = per_measure(Cents(price), sold_by, net).map(|per| (per.price.0, per.of));
        assert_eq!(found, wanted, "{price} {sold_by:?} {net:?}");
    }
}

#[test]
fn what_is_weighed_costs_its_share_of_a_kilogram() {
    let cheese = per_measure(Cents(2_190), SoldBy::Weight, None).unwrap();
    assert_eq!(cheese.for_amount(342), Cents(749), "7,4898 €");
    assert_eq!(cheese.for_amount(1_000), Cents(2_190));
    assert_eq!(cheese.for_amount(0), Cents(0));
}

#[test]
fn a_deposit_is_beside_the_price() {
    let bottle = Product { deposit: Cents(30), ..product("Jus de pomme") };
    assert_eq!(bottle.price(), Cents(253));
    assert_eq!(bottle.per_measure().map(|per| per.price), Some(Cents(506)));
}

#[test]
fn what_people_and_tills_write_is_read() {
    let read = [
        ("3,50", 350),
        ("3.5 €", 350),
        ("3,5€", 350),
        ("€ 3,50", 350),
        ("3 EUR", 300),
        ("1 234,50", 123_450),
        ("1\u{202f}234,50\u{a0}€", 123_450),
        ("1'234.50", 123_450),
        ("0003,500", 350),
        ("3,5000", 350),
        (",50", 50),
        ("0", 0),
        ("-0,00", 0),
        ("  12  ", 1_200),
        ("10 000,00", 1_000_000),
    ];
    for (typed, cents) in read {
        assert_eq!(Cents::parse(typed), Ok(Cents(cents)), "{typed:?}");
    }
    let refused = [
        ("", AmountMistake::Unreadable),
        ("€", AmountMistake::Unreadable),
        ("gratuit", AmountMistake::Unreadable),
        ("3,", AmountMistake::Unreadable),
        ("3,5,0", AmountMistake::Unreadable),
        ("1.234,50", AmountMistake::Unreadable),
        ("12 34", AmountMistake::Unreadable),
        ("1234 567", AmountMistake::Unreadable),
        ("3 ,50", AmountMistake::Unreadable),
        ("٣,٥", AmountMistake::Unreadable),
        ("=1+1", AmountMistake::Unreadable),
        ("1e3", AmountMistake::Unreadable),
        ("3,505", AmountMistake::TooPrecise),
        ("3,001", AmountMistake::TooPrecise),
        ("-3,50", AmountMistake::Negative),
        ("−0,001", AmountMistake::Negative),
        ("10000,01", AmountMistake::AboveCap),
        ("99999999999999999999999999", AmountMistake::AboveCap),
    ];
    for (typed, mistake) in refused {
        assert_eq!(Cents::parse(typed), Err(mistake), "{typed:?}");
    }
}

#[test]
fn a_purchase_price_may_be_brought_to_the_cent() {
    let cases = [("2,3456", 235), ("2,345", 235), ("2,3449999", 234), ("2,34", 234), ("0,005", 1), ("0,0049", 0)];
    for (typed, cents) in cases {
        assert_eq!(Cents::parse_to_the_cent(typed), Ok(Cents(cents)), "{typed:?}");
    }
    assert_eq!(Cents::parse_to_the_cent("9999,995"), Ok(PRICE_CAP));
    assert_eq!(Cents::parse_to_the_cent("10000,005"), Err(AmountMistake::AboveCap));
    assert_eq!(Cents::parse_to_the_cent("-2,345"), Err(AmountMistake::Negative));
}

#[test]
fn rates_are_read() {
    let read = [("5,5 %", 550), ("20", 2_000), ("5.5", 550), ("2,10\u{202f}%", 210), ("0", 0), ("100 %", 10_000), ("5,500", 550)];
    for (typed, rate) in read {
        assert_eq!(Rate::parse(typed), Ok(Rate(rate)), "{typed:?}");
    }
    let refused = [
        ("", AmountMistake::Unreadable),
        ("%", AmountMistake::Unreadable),
        ("5,555", AmountMistake::TooPrecise),
        ("-5", AmountMistake::Negative),
        ("100,01", AmountMistake::AboveCap),
        ("5000", AmountMistake::AboveCap),
    ];
    for (typed, mistake) in refused {
        assert_eq!(Rate::parse(typed), Err(mistake), "{typed:?}");
    }
    assert!(VAT_RATES.is_sorted() && VAT_RATES.contains(&Rate(550)) && MARGIN < RATE_CAP);
}

#[test]
fn arithmetic_that_would_not_fit_says_so() {
    assert_eq!(Cents(2).checked_add(Cents(3)), Some(Cents(5)));
    assert_eq!(Cents(2).checked_sub(Cents(3)), Some(Cents(-1)));
    assert_eq!(Cents(253).checked_mul(3), Some(Cents(759)));
    assert_eq!(Cents(i64::MAX).checked_add(Cents(1)), None);
    assert_eq!(Cents(i64::MIN).checked_sub(Cents(1)), None);
    assert_eq!(Cents(i64::MAX).checked_mul(2), None);
}

#[test]
fn what_is_cheaper_beside_it_is_told_three_at_most_and_only_what_is_there() {
    let today = day(2026, 11, 23);
    let pasta = |name: &str, purchase: i64| Product { purchase: Cents(purchase), ..product(name) };
    let mine = pasta("Coquillettes", 300);
    let elsewhere = Product { range: RangeId(Uuid::nil()), ..pasta("Ailleurs", 10) };
    let liquid = Product { net: Some(Net { amount: 500, of: Measure::Millilitre }), ..pasta("Coulis", 10) };
    let countless = Product { net: None, ..pasta("Sans poids", 10) };
    let out = Product { availability: Availability::Out { until: None }, ..pasta("En rupture", 10) };
    let summer = Availability::Seasonal { from: DayOfYear { month: 5, day: 1 }, to: DayOfYear { month: 9, day: 30 } };
    let later = Product { availability: summer, ..pasta("De saison", 10) };
    // Dearer as a piece, cheaper for a kilogram.
    let large = Product { net: grams(5_000), ..pasta("Grand sac", 1_000) };
    let bulk = Product { sold_by: SoldBy::Weight, net: None, ..pasta("Vrac", 250) };
    let ending = Product { availability: Availability::Ending, ..pasta("Fin de série", 150) };
    let shelf = [
        mine.clone(),
        elsewhere,
        liquid,
        countless,
        out,
        later,
        pasta("Penne", 290),
        pasta("Macaronis", 300),
        bulk,
        ending,
        large,
    ];
    let names = |of: &Product| cheaper_in(&shelf, of, today).iter().map(|product| product.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&mine), ["Grand sac", "Vrac", "Fin de série"]);
    assert_eq!(names(&shelf[10]), [""; 0], "nothing is cheaper than the cheapest");
    assert_eq!(names(&shelf[3]), [""; 0], "without a quantity nothing is compared");
}

#[test]
fn what_is_called_alike_comes_before_what_is_only_cheaper() {
    let at = |name: &str, purchase: i64| Product { purchase: Cents(purchase), ..product(name) };
    let mine = at("Tommes de Savoie", 900);
    let shelf =
        [at("Sel de mer", 20), at("Tomme de chèvre", 800), at("Farine", 60), at("Saucisson de Savoie", 700), at("Riz", 90)];
    let names: Vec<&str> =
        cheaper_in(&shelf, &mine, day(2026, 11, 23)).into_iter().map(|product| product.name.as_str()).collect();
    assert_eq!(names, ["Saucisson de Savoie", "Tomme de chèvre", "Sel de mer"]);
}

/// The nearest whole number to `amount` × `by` ÷ `over`, a half going up: what the rules must find, in numbers that hold it all.
fn nearest(amount: i64, by: i64, over: i64) -> i64 {
    let (amount, by, over) = (i128::from(amount), i128::from(by), i128::from(over));
    i64::try_from((2 * amount * by + over).div_euclid(2 * over)).expect("what fits")
}

/// Within half a cent, and the half only upwards: `found` ÷ 1 against `amount` × `by` ÷ `over`.
fn is_half_up(found: i64, amount: i64, by: i64, over: i64) -> bool {
    let twice_off = 2 * (i128::from(found) * i128::from(over) - i128::from(amount) * i128::from(by));
    -i128::from(over) < twice_off && twice_off <= i128::from(over)
}

/// Far beyond what is let in.
fn amount() -> impl Strategy<Value = i64> {
    prop_oneof![0..=PRICE_CAP.0, -1_000_000_000_000i64..1_000_000_000_000]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_share_is_exact_to_half_a_cent(amount in amount(), rate in any::<u16>()) {
        let found = Rate(rate).of(Cents(amount)).0;
        prop_assert_eq!(found, nearest(amount, i64::from(rate), 10_000));
        prop_assert!(is_half_up(found, amount, i64::from(rate), 10_000));
    }

    #[test]
    fn the_sum_that_is_shown_is_the_price(purchase in 0..=PRICE_CAP.0, margin in 0..=RATE_CAP.0, vat in 0..=RATE_CAP.0) {
        let made = composed(Cents(purchase), Rate(margin), Rate(vat));
        prop_assert_eq!(made.purchase, Cents(purchase));
        prop_assert_eq!(made.price.0, made.purchase.0 + made.margin.0 + made.vat.0);
        prop_assert_eq!(made.before_vat.0, made.purchase.0 + made.margin.0);
        prop_assert!(is_half_up(made.margin.0, purchase, i64::from(margin), 10_000));
        prop_assert!(is_half_up(made.vat.0, made.before_vat.0, i64::from(vat), 10_000));
        // Two roundings are at most a cent and a half from the exact price, for a VAT up to 100 %.
        let exact = i128::from(purchase) * (10_000 + i128::from(margin)) * (10_000 + i128::from(vat));
        prop_assert!((2 * (i128::from(made.price.0) * 100_000_000 - exact)).abs() <= 300_000_000);
    }

    #[test]
    fn a_price_never_falls_where_a_part_grows(purchase in 0..PRICE_CAP.0, margin in 0..RATE_CAP.0, vat in 0..RATE_CAP.0) {
        let price = composed(Cents(purchase), Rate(margin), Rate(vat)).price;
        prop_assert!(composed(Cents(purchase + 1), Rate(margin), Rate(vat)).price > price);
        prop_assert!(composed(Cents(purchase), Rate(margin + 1), Rate(vat)).price >= price);
        prop_assert!(composed(Cents(purchase), Rate(margin), Rate(vat + 1)).price >= price);
    }

    #[test]
    fn a_kilogram_is_exact_to_half_a_cent(price in amount(), net in 1..=u32::MAX) {
        let found = per_measure(Cents(price), SoldBy::Piece, grams(net)).map(|per| per.price.0);
        prop_assert_eq!(found, Some(nearest(price, 1_000, i64::from(net))));
        prop_assert!(is_half_up(found.unwrap(), price, 1_000, i64::from(net)));
    }

    #[test]
    fn a_whole_kilogram_costs_what_a_kilogram_costs(price in 0..=PRICE_CAP.0, times in 1u32..=500) {
        let per = |price: i64, net: u32| per_measure(Cents(price), SoldBy::Piece, grams(net)).unwrap();
        prop_assert_eq!(per(price, 1_000).price, Cents(price));
        // However it is packed: so many kilograms for so many times the price.
        prop_assert_eq!(per(price * i64::from(times), 1_000 * times).price, Cents(price));
        // And what a scale says of it is what was paid.
        prop_assert_eq!(per(price, 1_000).for_amount(1_000), Cents(price));
        prop_assert_eq!(per(price, 1_000).for_amount(1_000 * times), Cents(price * i64::from(times)));
    }

    #[test]
    fn more_of_it_for_the_same_is_never_dearer(price in 0..=PRICE_CAP.0, net in 1u32..100_000, more in 1u32..100_000) {
        let per = |net: u32| per_measure(Cents(price), SoldBy::Piece, grams(net)).unwrap().price;
        prop_assert!(per(net + more) <= per(net));
        let cheese = per_measure(Cents(price), SoldBy::Weight, None).unwrap();
        prop_assert!(cheese.for_amount(net + more) >= cheese.for_amount(net));
        // Two pieces that are weighed apart cost what they cost together, to the cent.
        let apart = cheese.for_amount(net).0 + cheese.for_amount(more).0;
        prop_assert!((apart - cheese.for_amount(net + more).0).abs() <= 1);
    }

    #[test]
    fn what_is_weighed_is_exact_to_half_a_cent(price in 0..=PRICE_CAP.0, weight in any::<u32>()) {
        let found = per_measure(Cents(price), SoldBy::Weight, None).unwrap().for_amount(weight).0;
        prop_assert_eq!(found, nearest(price, i64::from(weight), 1_000));
    }

    #[test]
    fn an_amount_that_is_written_is_read_back(cents in 0..=PRICE_CAP.0, zeros in 0usize..4) {
        let zeros = "0".repeat(zeros);
        let (euros, rest) = (cents / 100, cents % 100);
        prop_assert_eq!(Cents::parse(&format!("{euros},{rest:02}{zeros} €")), Ok(Cents(cents)));
        prop_assert_eq!(Cents::parse(&format!("{euros}.{rest:02}{zeros}")), Ok(Cents(cents)));
        prop_assert_eq!(Cents::parse_to_the_cent(&format!("{euros},{rest:02}4{zeros}")), Ok(Cents(cents)));
    }

    #[test]
    fn whatever_is_typed_ends_in_an_amount_or_a_mistake(typed in "[-0-9 ,.€%'\u{a0}]{0,24}|.{0,24}") {
        let within = |read: Cents| (Cents::ZERO..=PRICE_CAP).contains(&read);
        prop_assert!(Cents::parse(&typed).is_ok_and(within) || Cents::parse(&typed).is_err());
        prop_assert!(Cents::parse_to_the_cent(&typed).is_ok_and(within) || Cents::parse_to_the_cent(&typed).is_err());
        prop_assert!(Rate::parse(&typed).is_ok_and(|read| read <= RATE_CAP) || Rate::parse(&typed).is_err());
    }
}
