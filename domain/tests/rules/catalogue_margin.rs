//! The margin of the co-op: whom another one concerns, and what it changes.

use domain::catalogue::import::{Archived, Facts, Kept, Shop};
use domain::catalogue::{Cents, MARGIN, MARGIN_WHY_CAP, Rate, margin_preview, margin_why, with_margin};
use domain::id::ProductId;
use uuid::Uuid;

use super::catalogue_asks::facts;

fn id(number: u128) -> ProductId {
    ProductId(Uuid::from_u128(number))
}

/// Two that have the co-op's, one with its own, one so cheap that no price moves, and one that is archived.
fn shop() -> Shop {
    let of = |name: &str, cents, margin| Facts { purchase: Cents(cents), margin, ..facts(name) };
    let kept = |facts, archived| Kept { facts, archived };
    Shop::from([
        (id(1), kept(of("Miel", 1_000, MARGIN), Archived::No)),
        (id(2), kept(of("Huile", 2_000, MARGIN), Archived::No)),
        (id(3), kept(of("Pain", 1_000, Rate(1_500)), Archived::No)),
        (id(4), kept(of("Sachet", 1, MARGIN), Archived::No)),
        (id(5), kept(of("Cidre", 1_000, MARGIN), Archived::ByImport)),
    ])
}

#[test]
fn another_margin_is_of_whatever_has_none_of_its_own() {
    let after = with_margin(&shop(), MARGIN, Rate(2_100));
    let margins: Vec<u16> = after.values().map(|kept| kept.facts.margin.0).collect();
    assert_eq!(margins, [2_100, 2_100, 1_500, 2_100, 2_100], "what is archived may come back");
    assert_eq!(with_margin(&after, Rate(2_100), MARGIN), shop());
}

#[test]
fn a_preview_counts_the_prices_that_members_see_change_the_most_first() {
    let preview = margin_preview(&shop(), MARGIN, Rate(2_100));
    assert_eq!((preview.is, preview.prices, preview.own), (Rate(2_100), 2, 1));
    let examples: Vec<(&str, i64, i64)> =
        preview.examples.iter().map(|moved| (moved.name.as_str(), moved.was.0, moved.is.0)).collect();
    // 2 420 and 5,5 % of it, after 2 400 and 5,5 % of it.
    assert_eq!(examples, [("Huile", 2_532, 2_553), ("Miel", 1_266, 1_277)]);
    assert_eq!(preview.join, 0);
    let bread = margin_preview(&shop(), MARGIN, Rate(1_500));
    assert_eq!((bread.own, bread.join), (0, 1), "the bread is told apart no longer");
    let same = margin_preview(&shop(), MARGIN, MARGIN);
    assert_eq!((same.prices, same.examples.len()), (0, 0));
}

#[test]
fn why_is_one_line_and_never_too_long() {
    assert_eq!(margin_why("  AG du\n12 mars "), "AG du 12 mars");
    assert_eq!(margin_why(&"é".repeat(MARGIN_WHY_CAP + 1)).chars().count(), MARGIN_WHY_CAP);
}
