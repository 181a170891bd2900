//! What is found again in the briefs that a device keeps.

use domain::brief::{Briefs, Published, Searched, Shown, goes_out_at, id_of, search};
use domain::id::BlockId;
use uuid::Uuid;

use crate::coop::day;

#[test]
fn a_search_knows_no_accents_no_plurals_and_no_markup() {
    let shown = |title: &str, html: &str| Shown::Block {
        id: BlockId(Uuid::from_u128(1)),
        group: "Vie sociale".into(),
        title: title.into(),
        html: html.into(),
        picture: None,
        link: None,
    };
    let pieces =
        vec![shown("Les œufs d’été", "<p>Deux <strong>boîtes</strong> &amp; un panier</p>"), shown("Loto", "<p>Des lots</p>")];
    let monday = day(2026, 11, 23);
    let published = Published {
        id: id_of(monday),
        monday,
        at: goes_out_at(monday),
        late: false,
        automatic: false,
        pieces,
        corrected: vec![],
    };
    let now = published.at;
    let briefs =
        Briefs { schema: 1, marks: Default::default(), as_of: now, valid_until: now, briefs: vec![published], collecting: None };
    let searched = Searched::of(&briefs);
    for (typed, wanted) in [
        ("oeuf", vec![0]),
        ("ŒUFS ete", vec![0]),
        ("boite panier", vec![0]),
        ("lot", vec![1]),
        ("vie social", vec![0, 1]),
        ("strong", vec![]),
        ("amp", vec![]),
        ("  ", vec![]),
    ] {
        let found: Vec<usize> = search(&searched, typed).into_iter().map(|found| found.piece).collect();
        assert_eq!(found, wanted, "{typed}");
    }
}
