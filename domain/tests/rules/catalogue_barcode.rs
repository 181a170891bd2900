//! What is printed on a product, and what the scales print.

use domain::catalogue::{
    Barcode, BarcodeMistake, Carried, Carries, Cents, Mistake, Product, Scanned, USUAL_SCALES, WeighedRule, scales_typed,
};
use domain::json;
use proptest::prelude::*;

use super::catalogue_price::product;

fn code(digits: &str) -> Barcode {
    digits.parse().unwrap_or_else(|mistake| panic!("{digits}: {mistake}"))
}

#[test]
fn the_codes_of_the_shelf_are_read() {
    let cases = [
        ("3017620422003", "3017620422003"),
        ("5449000000439", "5449000000439"),
        ("4006381333931", "4006381333931"),
        // As it is printed.
        ("3 760012 345670", "3760012345670"),
        ("  3-760012-345670 ", "3760012345670"),
        ("96385074", "96385074"),
        ("73513537", "73513537"),
        // A UPC-A is the EAN-13 with a leading 0.
        ("036000291452", "0036000291452"),
        // An EAN-8 that a till filled up with zeros.
        ("0000020123451", "20123451"),
        ("000020123451", "20123451"),
    ];
    for (typed, wanted) in cases {
        assert_eq!(code(typed).as_str(), wanted);
        assert_eq!(code(typed).to_string(), wanted);
    }
}

#[test]
fn what_is_no_code_is_refused_with_what_is_wrong() {
    let cases = [
        ("", BarcodeMistake::NotDigits),
        (" ", BarcodeMistake::NotDigits),
        ("pain", BarcodeMistake::NotDigits),
        ("3,01762E+12", BarcodeMistake::NotDigits),
        ("٣٠١٧٦٢٠٤٢٢٠٠٣", BarcodeMistake::NotDigits),
        ("1234567", BarcodeMistake::Length),
        ("123456789", BarcodeMistake::Length),
        ("30176204220033", BarcodeMistake::Length),
        ("3017620422004", BarcodeMistake::CheckDigit),
        ("96385075", BarcodeMistake::CheckDigit),
        ("036000291453", BarcodeMistake::CheckDigit),
        ("0000000000000", BarcodeMistake::CheckDigit),
        ("00000000", BarcodeMistake::CheckDigit),
    ];
    for (typed, mistake) in cases {
        assert_eq!(typed.parse::<Barcode>(), Err(mistake), "{typed:?}");
    }
    assert_eq!(Barcode::closing("12a"), Err(BarcodeMistake::NotDigits));
    assert_eq!(Barcode::closing("9638507").map(|code| code.to_string()), Ok("96385074".into()));
}

#[test]
fn a_snapshot_never_holds_a_code_that_is_none() {
    assert_eq!(json::parse::<Barcode>("\"3017620422003\""), Ok(code("3017620422003")));
    assert_eq!(serde_json::to_string(&code("036000291452")).unwrap(), "\"0036000291452\"");
    for wrong in ["\"3017620422004\"", "\"\"", "12"] {
        assert!(json::parse::<Barcode>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn the_codes_of_a_shop_are_known_from_the_others() {
    for ours in ["2112345015002", "0212345007495", "20123451", "02123455"] {
        assert!(code(ours).is_in_store(), "{ours}");
    }
    for theirs in ["3017620422003", "0036000291452", "96385074"] {
        assert!(!code(theirs).is_in_store(), "{theirs}");
    }
}

const USUALLY: &[WeighedRule] = &USUAL_SCALES;
/// With a digit that checks the value: four of it, or five.
const VERIFIED: &[WeighedRule] = &[
    WeighedRule { prefix: 20, carries: Carries::Price, article: 5, verified: true },
    WeighedRule { prefix: 29, carries: Carries::Weight, article: 4, verified: true },
];

#[test]
fn how_scales_are_set_is_typed_a_prefix_on_a_line() {
    assert_eq!(scales_typed(" 20 PRIX 5 vérifié\r\n\n29 poids 4 Vérifié\n"), Ok(VERIFIED.to_vec()));
    assert_eq!(scales_typed(" \n"), Ok(USUALLY.to_vec()));
    for rules in [USUALLY, VERIFIED] {
        let typed: Vec<String> = rules.iter().map(|rule| rule.typed()).collect();
        assert_eq!(scales_typed(&typed.join("\n")), Ok(rules.to_vec()));
    }
    for wrong in ["30 prix 5", "21 prix", "21 litres 5", "21 prix 9", "21 prix 3 vérifié", "21 prix 5 oui"] {
        assert_eq!(scales_typed(&format!("02 prix 5\n{wrong}")), Err(Mistake::Scales { line: 2 }), "{wrong}");
    }
    assert_eq!(scales_typed("21 prix 5\n21 poids 5"), Err(Mistake::Scales { line: 2 }));
}

#[test]
fn the_scales_are_understood() {
    let cases = [
        // 1,5 kg of what is article 12345.
        ("2112345015002", USUALLY, "12345", Carried::Weight(1_500), "2112345000008"),
        ("2312345012661", USUALLY, "12345", Carried::Price(Cents(1_266)), "2312345000002"),
        ("0212345007495", USUALLY, "12345", Carried::Price(Cents(749)), "0212345000007"),
        // The twelve digits that a scanner of UPC gives of it.
        ("212345007495", USUALLY, "12345", Carried::Price(Cents(749)), "0212345000007"),
        // The examples of the GS1 General Specifications: 28,75 is checked by 9, and 14,685 by 6.
        ("2012345928756", VERIFIED, "12345", Carried::Price(Cents(2_875)), "2012345000001"),
        ("2912346146855", VERIFIED, "1234", Carried::Weight(14_685), "2912340000009"),
    ];
    for (typed, rules, wanted, how_much, own) in cases {
        let scanned = Scanned::read(typed, rules).unwrap();
        let Scanned::Weighed { barcode, article, carried } = &scanned else { panic!("{typed}: {scanned:?}") };
        assert_eq!((article.as_str(), *carried, barcode.as_str()), (wanted, how_much, own), "{typed}");
        assert_eq!(Scanned::read(own, rules), Ok(Scanned::Product(code(own))), "with nothing weighed, it is the article's own");
    }
}

#[test]
fn a_label_that_was_read_wrong_is_refused() {
    assert_eq!(Scanned::read("2112345015003", USUALLY), Err(BarcodeMistake::CheckDigit));
    // The whole is right, its value is not.
    assert_eq!(Scanned::read("2012345828759", VERIFIED), Err(BarcodeMistake::CheckDigit));
    assert_eq!(Scanned::read("2012345828759", &[]), Ok(Scanned::Product(code("2012345828759"))));
}

#[test]
fn what_no_rule_knows_is_a_product() {
    for typed in ["3017620422003", "2500000123450", "02123455", "20123451"] {
        assert_eq!(Scanned::read(typed, USUALLY), Ok(Scanned::Product(code(typed))));
    }
}

#[test]
fn a_label_finds_its_product_however_the_till_keeps_its_code() {
    let with = |own: &str| Product { barcodes: vec![code("3017620422003"), code(own)], ..product("Beaufort") };
    let label = Scanned::read("2112345015002", USUALLY).unwrap();
    assert!(label.is_of(&with("2112345000008"), USUALLY));
    // A label of another piece.
    assert!(label.is_of(&with(Barcode::closing("211234500342").unwrap().as_str()), USUALLY));
    assert!(!label.is_of(&with("2312345000002"), USUALLY));
    assert!(!label.is_of(&product("Beaufort"), USUALLY));
    assert!(Scanned::read("3017620422003", USUALLY).unwrap().is_of(&with("96385074"), USUALLY));
}

#[test]
fn a_label_that_no_rule_knows_may_be_of_whatever_has_its_article() {
    let with = |own: &str| Product { barcodes: vec![code("3017620422003"), code(own)], ..product("Beaufort") };
    let label = |value: &str| Scanned::read(Barcode::closing(&format!("2554321{value}")).unwrap().as_str(), USUALLY).unwrap();
    let own = label("00000");
    for value in ["00342", "07495", "99999", "00000"] {
        assert!(label(value).may_be_of(&with(own.barcode().as_str())), "{value}");
    }
    assert!(!label("00342").may_be_of(&with(Barcode::closing("255432200000").unwrap().as_str())), "another article");
    assert!(!label("00342").may_be_of(&with(Barcode::closing("255432112345").unwrap().as_str())), "it carries something itself");
    assert!(!label("00342").may_be_of(&product("Beaufort")));
    // What a manufacturer's code begins with says nothing of what another one is.
    assert!(
        !Scanned::read("3017620422003", USUALLY).unwrap().may_be_of(&with(Barcode::closing("301762000000").unwrap().as_str()))
    );
    assert!(!Scanned::read("20123451", USUALLY).unwrap().may_be_of(&with(Barcode::closing("201234500000").unwrap().as_str())));
    assert!(!Scanned::read("2112345015002", USUALLY).unwrap().may_be_of(&with("2112345000008")), "a rule knows it");
}

#[test]
fn only_rules_that_a_code_can_follow_are_sound() {
    assert!(USUALLY.iter().chain(VERIFIED).all(|rule| rule.is_sound()));
    let rule = USUALLY[0];
    let unsound = [
        WeighedRule { prefix: 3, ..rule },
        WeighedRule { prefix: 30, ..rule },
        WeighedRule { article: 2, ..rule },
        WeighedRule { article: 8, ..rule },
        WeighedRule { article: 255, ..rule },
        WeighedRule { article: 6, verified: true, ..rule },
    ];
    for rule in unsound {
        assert!(!rule.is_sound(), "{rule:?}");
        assert_eq!(Scanned::read("0212345007495", &[rule]), Ok(Scanned::Product(code("0212345007495"))));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_wrong_digit_is_always_noticed(body in 10_000_000u64..1_000_000_000_000, at in 0usize..13, off in 1u8..10) {
        let right = Barcode::closing(&format!("{body:012}")).unwrap();
        prop_assert_eq!(right.as_str().len(), 13);
        let mut digits = right.as_str().as_bytes().to_vec();
        digits[at] = b'0' + (digits[at] - b'0' + off) % 10;
        let wrong = String::from_utf8(digits).unwrap();
        prop_assert_eq!(wrong.parse::<Barcode>(), Err(BarcodeMistake::CheckDigit));
    }

    #[test]
    fn short_codes_too(body in 1u32..10_000_000, at in 0usize..8, off in 1u8..10) {
        let right = Barcode::closing(&format!("{body:07}")).unwrap();
        let mut digits = right.as_str().as_bytes().to_vec();
        digits[at] = b'0' + (digits[at] - b'0' + off) % 10;
        prop_assert_eq!(String::from_utf8(digits).unwrap().parse::<Barcode>(), Err(BarcodeMistake::CheckDigit));
    }

    #[test]
    fn what_the_scales_print_is_read_back(which in 0usize..3, number in 0u32..100_000, value in 1u32..100_000) {
        let rule = USUALLY[which];
        let label = Barcode::closing(&format!("{:02}{number:05}{value:05}", rule.prefix)).unwrap();
        let own = Barcode::closing(&format!("{:02}{number:05}00000", rule.prefix)).unwrap();
        let carried = match rule.carries {
            Carries::Price => Carried::Price(Cents(i64::from(value))),
            Carries::Weight => Carried::Weight(value),
        };
        let wanted = Scanned::Weighed { barcode: own.clone(), article: format!("{number:05}"), carried };
        prop_assert_eq!(Scanned::of(label, USUALLY), Ok(wanted));
        prop_assert_eq!(Scanned::of(own.clone(), USUALLY), Ok(Scanned::Product(own)));
    }

    #[test]
    fn whatever_is_typed_ends_in_a_code_or_a_mistake(typed in "[0-9 -]{0,16}|.{0,24}") {
        for rules in [USUALLY, VERIFIED, &[]] {
            if let Ok(scanned) = Scanned::read(&typed, rules) {
                prop_assert!([8, 13].contains(&scanned.barcode().as_str().len()));
            }
        }
    }
}
