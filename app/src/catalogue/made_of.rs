//! What a price is, and what it is made of: the sum of the table is what is paid.

use chrono::{Datelike, NaiveDate};
use domain::catalogue::{Cents, Composed, Measure, Product, SoldBy};
use leptos::prelude::*;

use crate::french::catalogue::{money, net, per_measure, rate};
use crate::french::dates::{date_long, date_with_year};
use crate::french::nb;

/// « 3,20 € la pièce, 6,40 €/kg »
pub fn price(product: &Product, composed: Composed) -> impl IntoView + use<> {
    let unit = match product.sold_by {
        SoldBy::Piece => product.net.map_or_else(|| "la pièce".to_owned(), |known| format!("les {}", net(known))),
        SoldBy::Weight => "le kilo".to_owned(),
        SoldBy::Volume => "le litre".to_owned(),
    };
    let per = product.per_measure().filter(|_| product.sold_by == SoldBy::Piece).map(per_measure);
    let deposit = (product.deposit != Cents::ZERO)
        .then(|| nb(&format!("+ {} de consigne, rendus avec la bouteille", money(product.deposit))));
    view! {
        <p class="product__price">
            <strong class="product__cents">{money(composed.price)}</strong>
            <span>{unit}</span>
            {per.map(|said| view! { <span class="product__per">{said}</span> })}
        </p>
        {deposit.map(|said| view! { <p class="soft">{said}</p> })}
    }
}

pub fn table(product: &Product, composed: Composed, today: NaiveDate) -> impl IntoView + use<> {
    let of = match product.per_measure().filter(|_| product.sold_by != SoldBy::Piece).map(|per| per.of) {
        Some(Measure::Gram) => " pour un kilo",
        Some(Measure::Millilitre) => " pour un litre",
        None => "",
    };
    let since = product.price_since;
    let since = if since.year() == today.year() { date_long(since) } else { date_with_year(since) };
    let row = |part: &'static str, words: String, amount: Cents, sign: &'static str| {
        let key = format!("made-of__key made-of__key--{part}");
        view! {
            <tr>
                <th scope="row">
                    <span class=key aria-hidden="true"></span>
                    {nb(&words)}
                </th>
                <td>{sign} {money(amount)}</td>
            </tr>
        }
    };
    view! {
        <section class="section section--apart" aria-labelledby="fait-de">
            <h2 id="fait-de">"De quoi est fait le prix"</h2>
            <div class="made-of__strip" aria-hidden="true" inner_html=strip(composed)></div>
            <table class="made-of">
                <caption class="visually-hidden">{format!("Du prix d’achat au prix payé{of}")}</caption>
                <tbody>
                    {row("purchase", "Achat au fournisseur".to_owned(), composed.purchase, "")}
                    {row("margin", format!("Marge de la coop ({})", rate(product.margin)), composed.margin, "+ ")}
                    {row("vat", format!("TVA ({})", rate(product.vat)), composed.vat, "+ ")}
                </tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{format!("Prix payé{of}")}</th>
                        <td>"= " {money(composed.price)}</td>
                    </tr>
                </tfoot>
            </table>
            <p class="soft">{nb(&format!("Ce prix depuis le {since}."))}</p>
        </section>
    }
}

/// The same as a strip as long as the price, which the table beside it tells in words and figures.
fn strip(composed: Composed) -> String {
    let mut from = 0;
    let mut parts = String::new();
    for (name, part) in [("purchase", composed.purchase), ("margin", composed.margin), ("vat", composed.vat)] {
        let long = part.0.max(0);
        parts += &format!(r#"<rect class="made-of__{name}" x="{from}" width="{long}" height="1"/>"#);
        from += long;
    }
    format!(r#"<svg viewBox="0 0 {} 1" preserveAspectRatio="none">{parts}</svg>"#, from.max(1))
}

#[cfg(test)]
mod tests {
    use domain::catalogue::{Rate, composed};

    use super::*;

    #[test]
    fn a_strip_is_as_long_as_the_price() {
        let drawn = strip(composed(Cents(200), Rate(2_000), Rate(550)));
        assert!(drawn.contains(r#"viewBox="0 0 253 1""#), "{drawn}");
        assert!(drawn.contains(r#"<rect class="made-of__margin" x="200" width="40" height="1"/>"#), "{drawn}");
        assert!(drawn.contains(r#"<rect class="made-of__vat" x="240" width="13" height="1"/>"#), "{drawn}");
        assert!(strip(composed(Cents(0), Rate(0), Rate(0))).contains(r#"viewBox="0 0 1 1""#));
    }
}
