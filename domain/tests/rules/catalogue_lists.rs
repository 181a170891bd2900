//! Favourites and the shopping list: edits of devices that were offline.

use domain::catalogue::{
    FAVOURITES_CAP, LIST_CAP, LIST_TEXT_CAP, ListEdit, ListItem, ListMistake, Listed, Lists, QUANTITY_CAP, item_of,
};
use domain::id::{ListItemId, ProductId};
use domain::json;
use proptest::prelude::*;
use uuid::Uuid;

fn product(number: u128) -> ProductId {
    ProductId(Uuid::from_u128(number))
}

fn line(number: u128) -> ListItemId {
    ListItemId(Uuid::from_u128(number))
}

fn put(number: u128, quantity: u16) -> ListEdit {
    ListEdit::PutOnList { item: item_of(product(number)), what: Listed::Product(product(number)), quantity }
}

fn write(number: u128, text: &str) -> ListEdit {
    ListEdit::PutOnList { item: line(number), what: Listed::Text(text.into()), quantity: 1 }
}

fn after(edits: &[ListEdit]) -> Lists {
    let mut lists = Lists::default();
    for edit in edits {
        lists.edit(edit).expect("a sound edit");
    }
    lists
}

#[test]
fn a_list_is_filled_ticked_and_cleared() {
    let mut lists = after(&[put(1, 2), write(7, "  du  pain\tfrais "), put(3, 1)]);
    assert_eq!(
        lists.shopping,
        [
            ListItem { id: item_of(product(1)), what: Listed::Product(product(1)), quantity: 2, done: false },
            ListItem { id: line(7), what: Listed::Text("du pain frais".into()), quantity: 1, done: false },
            ListItem { id: item_of(product(3)), what: Listed::Product(product(3)), quantity: 1, done: false },
        ]
    );
    lists.edit(&ListEdit::TickListItem { item: line(7), done: true }).unwrap();
    lists.edit(&ListEdit::TickListItem { item: item_of(product(1)), done: true }).unwrap();
    let items = lists.ticked();
    assert_eq!(items, [item_of(product(1)), line(7)]);
    // Wanted again, in its old place.
    lists.edit(&put(1, 5)).unwrap();
    assert_eq!((lists.shopping[0].quantity, lists.shopping[0].done), (5, false));
    lists.edit(&ListEdit::ClearTicked { items }).unwrap();
    assert_eq!(lists.shopping.iter().map(|line| line.id).collect::<Vec<_>>(), [item_of(product(1)), item_of(product(3))]);
    lists.edit(&ListEdit::RemoveListItem { item: item_of(product(1)) }).unwrap();
    assert_eq!(lists.shopping.len(), 1);
}

#[test]
fn clearing_leaves_what_another_device_ticked_meanwhile() {
    let mut phone = after(&[put(1, 1), put(2, 1), ListEdit::TickListItem { item: item_of(product(1)), done: true }]);
    let cleared = ListEdit::ClearTicked { items: phone.ticked() };
    // Before the phone had a network, the tablet ticked the other.
    phone.edit(&ListEdit::TickListItem { item: item_of(product(2)), done: true }).unwrap();
    phone.edit(&cleared).unwrap();
    assert_eq!(phone.ticked(), [item_of(product(2))]);
}

#[test]
fn two_devices_that_put_the_same_product_on_the_list_put_it_there_once() {
    let lists = after(&[put(1, 1), put(1, 3)]);
    assert_eq!(lists.shopping.len(), 1);
    assert_eq!(lists.shopping[0].quantity, 3);
    assert_ne!(item_of(product(1)), item_of(product(2)));
}

#[test]
fn what_is_gone_is_left_alone() {
    let mut lists = Lists::default();
    for edit in [
        ListEdit::TickListItem { item: line(1), done: true },
        ListEdit::RemoveListItem { item: line(1) },
        ListEdit::ClearTicked { items: vec![line(1)] },
        ListEdit::SetFavourite { product: product(1), on: false },
    ] {
        assert_eq!(lists.edit(&edit), Ok(()));
    }
    assert_eq!(lists, Lists::default());
}

#[test]
fn what_does_not_fit_is_refused_and_changes_nothing() {
    let mut lists = Lists::default();
    assert_eq!(lists.edit(&put(1, 0)), Err(ListMistake::BadQuantity { cap: QUANTITY_CAP }));
    assert_eq!(lists.edit(&put(1, QUANTITY_CAP + 1)), Err(ListMistake::BadQuantity { cap: QUANTITY_CAP }));
    assert_eq!(lists.edit(&write(1, " \u{200b}!? ")), Err(ListMistake::TextMissing));
    let long = "é".repeat(LIST_TEXT_CAP + 1);
    assert_eq!(lists.edit(&write(1, &long)), Err(ListMistake::TextTooLong { cap: LIST_TEXT_CAP }));
    assert_eq!(lists.edit(&write(1, &long[2..])), Ok(()));
    assert_eq!(lists.edit(&ListEdit::RemoveListItem { item: line(1) }), Ok(()));
    assert_eq!(lists, Lists::default());
}

#[test]
fn lists_have_an_end() {
    let many = |cap: usize| 0..u128::try_from(cap).unwrap();
    let mut lists = after(&many(LIST_CAP).map(|number| put(number, 1)).collect::<Vec<_>>());
    assert_eq!(lists.edit(&write(9, "du sel")), Err(ListMistake::ListFull { cap: LIST_CAP }));
    assert_eq!(lists.edit(&put(0, 2)), Ok(()), "what is there can change");
    let like = |number: u128| ListEdit::SetFavourite { product: product(number), on: true };
    for number in many(FAVOURITES_CAP) {
        lists.edit(&like(number)).unwrap();
    }
    let one_more = like(u128::MAX);
    assert_eq!(lists.edit(&one_more), Err(ListMistake::TooManyFavourites { cap: FAVOURITES_CAP }));
    assert_eq!(lists.edit(&like(0)), Ok(()));
    lists.edit(&ListEdit::SetFavourite { product: product(0), on: false }).unwrap();
    assert_eq!(lists.edit(&one_more), Ok(()));
}

#[test]
fn lists_cross_the_wire() {
    let lists = after(&[put(1, 2), write(7, "du pain"), ListEdit::SetFavourite { product: product(3), on: true }]);
    let text = serde_json::to_string(&lists).unwrap();
    assert_eq!(json::parse(&text), Ok(lists));
    assert_eq!(serde_json::to_string(&Lists::default()).unwrap(), "{}");
    assert_eq!(json::parse("{}"), Ok(Lists::default()));
}

/// Of one of these lines, or of a favourite.
fn edit(number: u128) -> impl Strategy<Value = ListEdit> {
    prop_oneof![
        (1u16..=QUANTITY_CAP).prop_map(move |quantity| put(number, quantity)),
        any::<bool>().prop_map(move |done| ListEdit::TickListItem { item: item_of(product(number)), done }),
        Just(ListEdit::RemoveListItem { item: item_of(product(number)) }),
        any::<bool>().prop_map(move |on| ListEdit::SetFavourite { product: product(number), on }),
        Just(ListEdit::ClearTicked { items: vec![item_of(product(number))] }),
    ]
}

fn edits() -> impl Strategy<Value = Vec<ListEdit>> {
    proptest::collection::vec((0u128..4).prop_flat_map(edit), 0..12)
}

/// Whatever order its lines were put there in.
fn in_order(mut lists: Lists) -> Lists {
    lists.shopping.sort_by_key(|line| line.id);
    lists
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_that_arrives_twice_is_as_if_it_came_once(before in edits(), edit in (0u128..4).prop_flat_map(edit)) {
        let once = after(&[before.clone(), vec![edit.clone()]].concat());
        let twice = after(&[before, vec![edit.clone(), edit]].concat());
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn edits_of_different_lines_may_come_in_any_order(
        before in edits(),
        first in (0u128..2).prop_flat_map(edit),
        second in (2u128..4).prop_flat_map(edit),
    ) {
        let one = after(&[before.clone(), vec![first.clone(), second.clone()]].concat());
        let other = after(&[before, vec![second, first]].concat());
        prop_assert_eq!(in_order(one), in_order(other));
    }

    #[test]
    fn no_line_is_there_twice(edits in edits()) {
        let lists = after(&edits);
        let mut ids: Vec<ListItemId> = lists.shopping.iter().map(|line| line.id).collect();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), lists.shopping.len());
    }
}
