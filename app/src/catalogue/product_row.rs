//! A product in a list.

use chrono::NaiveDate;
use domain::catalogue::{Cents, PerMeasure, SoldBy, Stock};
use domain::view::catalogue::ProductRow as Row;
use leptos::prelude::*;

use super::address::of_product;
use super::thumb::thumb;
use crate::french::catalogue::{missing, money, net, per_measure, stock};
use crate::french::dates::date_with_year;
use crate::french::nb;
use crate::ui::{Chip, ChipLook, Icon};

/// « 3,20 € », « 4,50 €/kg »
pub fn price_of(price: Cents, sold_by: SoldBy, per: Option<PerMeasure>) -> String {
    match per.filter(|_| sold_by != SoldBy::Piece) {
        Some(per) => per_measure(per),
        None => money(price),
    }
}

/// « 6,40 €/kg », where the price is for something else.
pub fn beside_price(row: &Row) -> Option<String> {
    row.per.filter(|_| row.sold_by == SoldBy::Piece).map(per_measure)
}

/// « Ferme du Mont · 500 g », « vrac »
pub fn soft_of(row: &Row) -> String {
    let mut parts = Vec::new();
    if !row.brand.is_empty() {
        parts.push(row.brand.clone());
    }
    match row.sold_by {
        SoldBy::Piece => parts.extend(row.net.map(net)),
        SoldBy::Weight | SoldBy::Volume => parts.push("en vrac".to_owned()),
    }
    nb(&parts.join(" · "))
}

/// Whether it is there, where there is something to say.
pub fn stock_chip(now: Stock, today: NaiveDate) -> Option<impl IntoView> {
    let look = match now {
        Stock::New { .. } => ChipLook::Proposed,
        Stock::InSeason { .. } | Stock::InRange => ChipLook::Done,
        Stock::Ending => ChipLook::Waiting,
        Stock::OutOfSeason { .. } | Stock::Out { .. } => ChipLook::Missing,
    };
    stock(now, today).map(|said| view! { <Chip look=look>{said}</Chip> })
}

#[component]
pub fn ProductRow(
    row: Row,
    today: NaiveDate,
    /// It is there for what is not in it: of which day that is stands beside it.
    #[prop(optional)]
    dated: bool,
) -> impl IntoView {
    let href = of_product(row.id);
    let (soft, beside) = (soft_of(&row), beside_price(&row));
    let class = if row.stock.is_there() { "row product-row" } else { "row row--off product-row" };
    let price = price_of(row.price, row.sold_by, row.per);
    let reported = row.missing.as_ref().map(missing);
    let said_on = row.said_on.filter(|_| dated).map(|on| nb(&format!("Allergènes : données du {}", date_with_year(on))));
    view! {
        <li class=class>
            {thumb(&row.name, row.thumbnail)}
            <span class="row__body">
                <a class="row__link row__title" href=href>
                    {nb(&row.name)}
                </a>
                {(!soft.is_empty()).then(|| view! { <span class="row__soft">{soft}</span> })}
                {said_on.map(|said| view! { <span class="row__soft">{said}</span> })}
                <span class="product-row__chips">
                    {stock_chip(row.stock, today)}
                    {reported.map(|said| view! { <Chip look=ChipLook::Waiting>{said}</Chip> })}
                    {row.favourite.then(|| view! { <Chip look=ChipLook::Mine icon="check">"Favori"</Chip> })}
                </span>
            </span>
            <span class="product-row__price">
                <strong>{price}</strong>
                {beside.map(|said| view! { <span class="row__soft">{said}</span> })}
            </span>
            <Icon name="chevron-right"/>
        </li>
    }
}

/// Rows, and the ways to the others.
#[component]
pub fn ProductRows(
    rows: Vec<Row>,
    today: NaiveDate,
    /// Nothing where these are all of them.
    others: Option<AnyView>,
    #[prop(optional)] dated: bool,
) -> impl IntoView {
    let rows = rows.into_iter().map(|row| view! { <ProductRow row=row today=today dated=dated/> }).collect_view();
    view! {
        <ul class="list" role="list">{rows}</ul>
        {others}
    }
}
