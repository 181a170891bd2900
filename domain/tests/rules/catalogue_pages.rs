//! What the shop's pages show.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::brief::Picture;
use domain::catalogue::{
    Allergen, Allergens, Availability, Catalogue, Cents, DayOfYear, ListEdit, Listed, PartOf, Presence, Product, Range, Shelf,
    SoldBy, WHOLE_RANGE, item_of, wanted_of,
};
use domain::id::{PictureId, ProductId};
use domain::me::Me;
use domain::time::minus_days;
use domain::view::Seen;
use domain::view::catalogue::{Filter, Order, ShelfView, Shop, Which, my_lists, my_thumbnails, product as page, ranges, shelf};
use domain::view::leaf::Leaf;

use super::catalogue_price::product;
use crate::coop::*;
use crate::overlay::snapshots;

fn on() -> NaiveDate {
    "2026-11-02".parse().unwrap()
}

fn with(name: &str, of: &[(Allergen, Presence)]) -> Product {
    Product { allergens: Allergens::Said { on: on(), of: of.iter().copied().collect() }, ..product(name) }
}

fn unknown(name: &str) -> Product {
    Product { allergens: Allergens::Unknown, ..product(name) }
}

/// Looks at a shop of one shelf.
fn seen<T>(products: Vec<Product>, change: impl FnOnce(&mut Me), look: impl FnOnce(Seen<'_>, &Shop<'_>) -> T) -> T {
    let coop = Coop::new();
    let (calendar, mut me) = snapshots(&coop, "Camille");
    change(&mut me);
    let range = Range { id: products[0].range, name: "Épicerie".into(), rank: 0 };
    let count = u16::try_from(products.len()).unwrap();
    let shelf = Shelf { range: range.id, piece: WHOLE_RANGE, products };
    let catalogue = Catalogue {
        schema: 1,
        marks: calendar.marks.clone(),
        as_of: coop.now,
        valid_until: coop.now,
        suppliers: Vec::new(),
        stories: String::new(),
        parts: vec![PartOf { range, piece: WHOLE_RANGE, products: count, hash: String::new() }],
        people: BTreeMap::new(),
        suggestions: Vec::new(),
        missing: Vec::new(),
        scales: domain::catalogue::USUAL_SCALES.to_vec(),
    };
    let shop = Shop { catalogue: &catalogue, shelves: vec![&shelf], stories: None, me: &me };
    look(Seen { calendar: &calendar, me: &me, now: coop.now }, &shop)
}

fn without(products: Vec<Product>, allergens: &[Allergen]) -> ShelfView {
    let filter = Filter { without: allergens.to_vec(), ..Filter::default() };
    let range = products[0].range;
    seen(products, |_| (), |seen, shop| shelf(seen, shop, Some(range), &filter, 1))
}

fn names(view: &ShelfView) -> Vec<&str> {
    view.rows.iter().map(|row| row.name.as_str()).collect()
}

#[test]
fn what_nobody_knows_is_never_without_an_allergen_and_is_counted_apart() {
    let products = vec![
        with("Riz", &[]),
        with("Pâtes", &[(Allergen::Gluten, Presence::Contains)]),
        with("Chocolat", &[(Allergen::Gluten, Presence::Traces)]),
        with("Soupe", &[(Allergen::Gluten, Presence::Unknown)]),
        unknown("Biscuit"),
    ];
    let view = without(products.clone(), &[Allergen::Gluten]);
    assert_eq!((names(&view), view.leaf.total, view.unknown), (vec!["Riz"], 1, 2));
    assert_eq!(view.rows[0].said_on, Some(on()), "and of which day that is");
    let all = without(products, &[]);
    assert_eq!((all.leaf.total, all.unknown), (5, 0));
}

#[test]
fn what_surely_has_one_is_not_said_to_be_unknown_of_another() {
    let products = vec![with("Biscuit", &[(Allergen::Gluten, Presence::Contains), (Allergen::Milk, Presence::Unknown)])];
    let view = without(products, &[Allergen::Gluten, Allergen::Milk]);
    assert_eq!((view.leaf.total, view.unknown), (0, 0));
}

#[test]
fn the_cheapest_for_a_kilogram_comes_first_where_that_is_asked() {
    let at = |name: &str, cents| Product { sold_by: SoldBy::Weight, net: None, purchase: Cents(cents), ..product(name) };
    let products = vec![at("Amandes", 2_000), at("Lentilles", 300), at("Riz", 200)];
    let range = products[0].range;
    let filter = Filter { order: Order::PerMeasure, ..Filter::default() };
    let view = seen(products, |_| (), |seen, shop| shelf(seen, shop, Some(range), &filter, 1));
    assert_eq!(names(&view), ["Riz", "Lentilles", "Amandes"]);
}

#[test]
fn a_range_may_stand_on_several_shelves() {
    let products = ["Ail", "Eau", "Miel"].map(product).to_vec();
    let range = products[0].range;
    let look = |seen: Seen<'_>, shop: &Shop<'_>| {
        let [part] = shop.catalogue.parts.as_slice() else { panic!("one part") };
        let part = |piece, products| PartOf { piece, products, ..part.clone() };
        let catalogue = Catalogue { parts: vec![part(2, 2), part(3, 1)], ..shop.catalogue.clone() };
        let first = Shelf { range, piece: 2, products: shop.shelves[0].products[..2].to_vec() };
        let second = Shelf { range, piece: 3, products: shop.shelves[0].products[2..].to_vec() };
        let both = Shop { catalogue: &catalogue, shelves: vec![&first, &second], stories: None, me: shop.me };
        let half = Shop { shelves: vec![&first], ..both.clone() };
        assert!(both.is_whole() && !half.is_whole());
        let tiles: Vec<u16> = ranges(seen, &both).tiles.iter().map(|tile| tile.products).collect();
        assert_eq!(tiles, [3]);
        let all = |shop: &Shop<'_>| shelf(seen, shop, Some(range), &Filter::default(), 1);
        assert_eq!((names(&all(&both)), all(&both).here), (vec!["Ail", "Eau", "Miel"], true));
        assert!(!all(&half).here);
        let last = second.products[0].id;
        assert_eq!(both.product_at(last, 2).map(|product| product.id), Some(last));
    };
    seen(products, |_| (), look);
}

#[test]
fn a_shelf_is_in_the_order_of_the_alphabet_as_people_know_it() {
    let products = ["Œufs", "Riz", "éclairs", "Eau", "Ail", "ananas", "Zeste", "Olives"].map(product).to_vec();
    let range = products[0].range;
    let wanted = ["Ail", "ananas", "Eau", "éclairs", "Œufs", "Olives", "Riz", "Zeste"];
    let view = seen(products.clone(), |_| (), |seen, shop| shelf(seen, shop, Some(range), &Filter::default(), 1));
    assert_eq!(names(&view), wanted);
    // And so it is where two cost the same.
    let filter = Filter { order: Order::PerMeasure, ..Filter::default() };
    let view = seen(products, |_| (), |seen, shop| shelf(seen, shop, None, &filter, 1));
    assert_eq!(names(&view), wanted);
}

#[test]
fn a_long_shelf_is_read_a_leaf_at_a_time_and_nothing_twice() {
    let products: Vec<Product> = (0..130).map(|number| product(&format!("Thé {number:03}"))).collect();
    let range = products[0].range;
    let leaf_of = |page: usize| {
        let look = |seen: Seen<'_>, shop: &Shop<'_>| shelf(seen, shop, Some(range), &Filter::default(), page);
        let view = seen(products.clone(), |_| (), look);
        (view.leaf, names(&view).into_iter().map(str::to_owned).collect::<Vec<_>>())
    };
    let mut met = Vec::new();
    for (page, count) in [(1, 60), (2, 60), (3, 10)] {
        let (leaf, rows) = leaf_of(page);
        assert_eq!((leaf.number, leaf.last(), leaf.total, rows.len()), (page, 3, 130, count));
        met.extend(rows);
    }
    assert_eq!(met, products.iter().map(|product| product.name.clone()).collect::<Vec<_>>());
    // An address may be old: the shelf was longer then.
    for (asked, given) in [(0, 1), (4, 3), (usize::MAX, 3)] {
        assert_eq!(leaf_of(asked), leaf_of(given), "{asked}");
    }
}

#[test]
fn a_leaf_knows_those_beside_it() {
    let beside = |asked, total| {
        let leaf = Leaf::of(asked, 60, total);
        (leaf.before(), leaf.after(), leaf.coming())
    };
    assert_eq!(beside(1, 0), (None, None, 0), "an empty list has one");
    assert_eq!(beside(1, 60), (None, None, 0));
    assert_eq!(beside(1, 61), (None, Some(2), 1));
    assert_eq!(beside(2, 6_000), (Some(1), Some(3), 60));
    assert_eq!(beside(100, 6_000), (Some(99), None, 0));
    assert_eq!(Leaf::of(2, 2, 5).cut(["a", "b", "c", "d", "e"]).collect::<Vec<_>>(), ["c", "d"]);
}

#[test]
fn each_filter_lets_through_what_it_says_and_they_narrow_each_other() {
    let label = |name: &str, label: &str| Product { labels: vec![label.into()], ..product(name) };
    let today = monday();
    let summer = Availability::Seasonal { from: DayOfYear { month: 6, day: 1 }, to: DayOfYear { month: 8, day: 31 } };
    let autumn = Availability::Seasonal { from: DayOfYear { month: 9, day: 1 }, to: DayOfYear { month: 12, day: 31 } };
    let products = vec![
        Product { availability: Availability::New { until: today }, ..label("Bière", "AB") },
        Product { availability: Availability::New { until: minus_days(today, 1) }, ..label("Cidre", "AB") },
        Product { availability: Availability::Ending, ..label("Limonade", "IGP") },
        Product { availability: summer, ..product("Fraises") },
        Product { availability: autumn, ..label("Courge", "AB") },
        Product { sold_by: SoldBy::Weight, net: None, ..label("Noix", "AB") },
        Product { sold_by: SoldBy::Volume, net: None, ..product("Lessive") },
        Product { availability: Availability::Out { until: None }, ..product("Miel") },
    ];
    let range = products[0].range;
    let through = |filter: Filter| {
        let view = seen(products.clone(), |_| (), |seen, shop| shelf(seen, shop, Some(range), &filter, 1));
        assert_eq!(view.which, Which::ALL, "what may be asked for is what the shelf has, whatever is asked for");
        assert_eq!(view.labels, [("AB".to_owned(), 4), ("IGP".to_owned(), 1)]);
        names(&view).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let which = |which| Filter { which: Some(which), ..Filter::default() };
    assert_eq!(through(which(Which::New)), ["Bière"]);
    assert_eq!(through(which(Which::Seasonal)), ["Courge"]);
    assert_eq!(through(which(Which::Ending)), ["Limonade"]);
    assert_eq!(through(which(Which::Bulk)), ["Lessive", "Noix"]);
    let organic = |filter: Filter| Filter { label: Some("AB".into()), ..filter };
    assert_eq!(through(organic(Filter::default())), ["Bière", "Cidre", "Courge", "Noix"]);
    assert_eq!(through(organic(which(Which::Bulk))), ["Noix"]);
    assert!(through(organic(which(Which::Ending))).is_empty());
    assert_eq!(through(Filter::default()).len(), 8);
}

#[test]
fn a_shelf_that_there_is_not_is_not_known() {
    let elsewhere = domain::id::RangeId(uuid::Uuid::from_u128(1));
    let view = seen(vec![product("Riz")], |_| (), |seen, shop| shelf(seen, shop, Some(elsewhere), &Filter::default(), 1));
    assert!(!view.known && view.rows.is_empty());
}

#[test]
fn a_list_says_what_it_comes_to_as_far_as_it_can() {
    let jar = Product { sold_by: SoldBy::Piece, ..product("Miel") };
    let (id, price) = (jar.id, jar.price());
    let put = |me: &mut Me| {
        let of = |item, what, quantity| ListEdit::PutOnList { item, what, quantity };
        me.lists.edit(&of(item_of(id), Listed::Product(id), 2)).unwrap();
        me.lists.edit(&ListEdit::SetFavourite { product: id, on: true }).unwrap();
    };
    let mine = seen(vec![jar.clone()], put, my_lists);
    assert_eq!((mine.total.0, mine.total_is_whole, mine.favourites.len()), (2 * price.0, true, 1));
    let typed = |me: &mut Me| {
        put(me);
        let item = domain::id::ListItemId(uuid::Uuid::from_u128(2));
        me.lists.edit(&ListEdit::PutOnList { item, what: Listed::Text("Ampoules".into()), quantity: 1 }).unwrap();
    };
    let mine = seen(vec![jar], typed, my_lists);
    assert_eq!((mine.total.0, mine.total_is_whole, mine.lines.len()), (2 * price.0, false, 2));
}

#[test]
fn a_product_of_a_list_is_not_said_to_be_gone_while_its_shelf_is_on_its_way() {
    let jar = product("Miel");
    let id = jar.id;
    let put = |me: &mut Me| {
        let edit = ListEdit::PutOnList { item: item_of(id), what: Listed::Product(id), quantity: 1 };
        me.lists.edit(&edit).unwrap();
    };
    let look = |seen: Seen<'_>, shop: &Shop<'_>| {
        let bare = Shop { shelves: Vec::new(), ..shop.clone() };
        (my_lists(seen, shop), my_lists(seen, &bare))
    };
    let (whole, bare) = seen(vec![jar], put, look);
    assert!(whole.whole && whole.lines[0].product.is_some());
    assert!(!bare.whole && bare.lines[0].product.is_none() && !bare.total_is_whole);
}

#[test]
fn the_small_photos_of_favourites_come_first_then_those_of_the_list() {
    let photo = |number: u128| PictureId(uuid::Uuid::from_u128(number));
    let pictured = |name: &str, number: u128, thumbnail: bool| {
        let picture = Picture { id: photo(number), alt: name.into(), width: 1600, height: 1200 };
        Product { photo: Some(picture), thumbnail, ..product(name) }
    };
    let shop = vec![
        pictured("Ail", 1, true),
        pictured("Eau", 2, true),
        pictured("Miel", 3, true),
        pictured("Noix", 4, false),
        pictured("Pain", 5, true),
        product("Riz"),
    ];
    let ids: Vec<ProductId> = shop.iter().map(|product| product.id).collect();
    let like = |me: &mut Me| {
        for product in [ids[2], ids[3], ids[5]] {
            me.lists.edit(&ListEdit::SetFavourite { product, on: true }).unwrap();
        }
        // On the list and a favourite; on the list alone; not in the shop.
        for product in [ids[2], ids[0], ProductId(uuid::Uuid::nil())] {
            let edit = ListEdit::PutOnList { item: item_of(product), what: Listed::Product(product), quantity: 1 };
            me.lists.edit(&edit).unwrap();
        }
    };
    let (rows, wanted, (same, other, others)) = seen(shop.clone(), like, |seen, shop| {
        let rows = shelf(seen, shop, None, &Filter::default(), 1).rows;
        let products = shop.me.lists.products();
        let changed = vec![PartOf { hash: "another".into(), ..shop.catalogue.parts[0].clone() }];
        let changed = Catalogue { parts: changed, ..shop.catalogue.clone() };
        let said = wanted_of(shop.catalogue, &products);
        let ways = (said == wanted_of(shop.catalogue, &products), wanted_of(&changed, &products), wanted_of(shop.catalogue, &[]));
        (rows, my_thumbnails(shop), (ways.0, ways.1 != said, ways.2 != said))
    });
    assert_eq!(wanted, [photo(3), photo(1)]);
    assert_eq!(
        rows.iter().map(|row| row.thumbnail).collect::<Vec<_>>(),
        [Some(photo(1)), Some(photo(2)), Some(photo(3)), None, Some(photo(5)), None],
        "a photo without a small one is none for a row"
    );
    assert!(same && other && others);
}

#[test]
fn a_product_is_where_an_index_found_it_or_wherever_it_is_since() {
    let products = ["Ail", "Eau", "Miel"].map(product).to_vec();
    let ids: Vec<ProductId> = products.iter().map(|product| product.id).collect();
    let found = |at: usize, which: usize| {
        let look = |_: Seen<'_>, shop: &Shop<'_>| shop.product_at(ids[which], at).map(|product| product.name.clone());
        seen(products.clone(), |_| (), look)
    };
    for at in [0, 1, 2, 3, usize::MAX] {
        assert_eq!(found(at, 1).as_deref(), Some("Eau"), "{at}");
    }
    let nobody = ProductId(uuid::Uuid::nil());
    assert!(seen(products.clone(), |_| (), |_, shop| shop.product_at(nobody, 1).is_none()));
}

#[test]
fn a_product_says_its_price_and_what_i_did_with_it() {
    let jar = product("Miel");
    let id = jar.id;
    let like = |me: &mut Me| me.lists.edit(&ListEdit::SetFavourite { product: id, on: true }).unwrap();
    let known = seen(vec![jar], like, |seen, shop| page(seen, shop, None, id)).known.unwrap();
    let sum = known.composed.purchase.0 + known.composed.margin.0 + known.composed.vat.0;
    assert_eq!(sum, known.composed.price.0);
    assert!(known.around.favourite && known.around.listed.is_none() && !known.around.reported);
}
