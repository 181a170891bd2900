//! The margin of the co-op: whom another one concerns, and what it changes.

use domain::catalogue::import::{Archived, Facts, Kept, Shop};
use domain::catalogue::{Cents, MARGIN, MARGIN_WHY_CAP, Margin, Rate, margin_preview, margin_why, with_margin};
use domain::id::ProductId;
use uuid::Uuid;

use super::catalogue_asks::facts;

fn id(number: u128) -> ProductId {
    ProductId(Uuid::from_u128(number))
}

const COOP: Margin = Margin::OfTheCoop(MARGIN);

/// Two that have the co-op's, one with its own, one so cheap that no price moves, one that is archived, and one whose own is as high
/// as the co-op's.
fn shop() -> Shop {
    let of = |name: &str, cents, margin| Facts { purchase: Cents(cents), margin, ..facts(name) };
    let kept = |facts, archived| Kept { facts, archived };
    Shop::from([
        (id(1), kept(of("Miel", 1_000, COOP), Archived::No)),
        (id(2), kept(of("Huile", 2_000, COOP), Archived::No)),
        (id(3), kept(of("Pain", 1_000, Margin::Own(Rate(1_500))), Archived::No)),
        (id(4), kept(of("Sachet", 1, COOP), Archived::No)),
        (id(5), kept(of("Cidre", 1_000, COOP), Archived::ByImport)),
        (id(6), kept(of("Tomme", 1_000, Margin::Own(MARGIN)), Archived::No)),
    ])
}

#[test]
fn another_margin_is_of_whatever_has_none_of_its_own() {
    let after = with_margin(&shop(), MARGIN, Rate(2_100));
    let margins: Vec<u16> = after.values().map(|kept| kept.facts.margin.rate().0).collect();
    assert_eq!(margins, [2_100, 2_100, 1_500, 2_100, 2_100, 2_000], "what is archived may come back, and what is its own stays");
    assert_eq!(with_margin(&after, Rate(2_100), MARGIN), shop());
}

#[test]
fn a_margin_of_ones_own_never_joins_the_co_ops() {
    let as_high_as_the_bread = with_margin(&shop(), MARGIN, Rate(1_500));
    let back = with_margin(&as_high_as_the_bread, Rate(1_500), MARGIN);
    assert_eq!(back, shop(), "the bread was told apart all the while");
}

#[test]
fn what_was_kept_before_margins_said_whose_they_are_is_read_and_follows_where_it_was_as_high() {
    let read = |text: &str| serde_json::from_str::<Margin>(text).expect("a margin");
    assert_eq!((read("2000"), read("1500")), (COOP, Margin::OfTheCoop(Rate(1_500))));
    assert_eq!(domain::json::parse("2000"), Ok(COOP));
    for margin in [COOP, Margin::Own(MARGIN), Margin::Own(Rate(0))] {
        assert_eq!(read(&serde_json::to_string(&margin).expect("JSON")), margin);
    }
    assert_eq!(serde_json::to_string(&Margin::Own(MARGIN)).expect("JSON"), r#"{"own":2000}"#);
    assert!(serde_json::from_str::<Margin>("\"20 %\"").is_err());

    let mut old = shop();
    old.get_mut(&id(3)).expect("bread").facts.margin = read("1500");
    let preview = margin_preview(&old, MARGIN, Rate(2_100));
    assert_eq!((preview.prices, preview.own), (2, 2), "the bread's was its own then, and the tomme's is");
    let after = with_margin(&old, MARGIN, Rate(2_100));
    assert_eq!(after, with_margin(&shop(), MARGIN, Rate(2_100)), "and it is said from then on");
}

#[test]
fn a_preview_counts_the_prices_that_members_see_change_the_most_first() {
    let preview = margin_preview(&shop(), MARGIN, Rate(2_100));
    assert_eq!((preview.is, preview.prices, preview.own), (Rate(2_100), 2, 2));
    let examples: Vec<(&str, i64, i64)> =
        preview.examples.iter().map(|moved| (moved.name.as_str(), moved.was.0, moved.is.0)).collect();
    // 2 420 and 5,5 % of it, after 2 400 and 5,5 % of it.
    assert_eq!(examples, [("Huile", 2_532, 2_553), ("Miel", 1_266, 1_277)]);
    let same = margin_preview(&shop(), MARGIN, MARGIN);
    assert_eq!((same.prices, same.examples.len()), (0, 0));
}

#[test]
fn why_is_one_line_and_never_too_long() {
    assert_eq!(margin_why("  AG du\n12 mars "), "AG du 12 mars");
    assert_eq!(margin_why(&"é".repeat(MARGIN_WHY_CAP + 1)).chars().count(), MARGIN_WHY_CAP);
}
