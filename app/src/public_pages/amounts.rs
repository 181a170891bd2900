//! Amounts of money: drawn, and beside it a table with the same figures.

use std::fmt::Write;

use domain::public_page::Amount;
use leptos::prelude::*;

use super::html::escaped;
use crate::french::nb;
use crate::french::public_pages::euros;

/// The drawing's own units: as wide as a phone.
const WIDE: i64 = 360;
/// A row: its words, then its bar.
const ROW: usize = 46;
/// Something that is not nothing is seen. Units.
const LEAST: i64 = 3;

pub fn drawn(amounts: &[Amount]) -> AnyView {
    let total: i64 = amounts.iter().map(|amount| amount.cents).sum();
    let view_box = format!("0 0 {WIDE} {}", amounts.len() * ROW);
    let drawing = drawing(amounts, total);
    let rows: Vec<_> = amounts
        .iter()
        .map(|amount| {
            view! {
                <tr>
                    <th scope="row">{nb(&amount.label)}</th>
                    <td>{euros(amount.cents)}</td>
                    <td>{share(amount.cents, total)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <figure class="amounts">
            <svg class="amounts__drawing" viewBox=view_box role="img" aria-label="Les montants du tableau qui suit" inner_html=drawing></svg>
            <table class="hours">
                <caption class="visually-hidden">"Les mêmes montants, et leur part du total"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Source"</th>
                        <th scope="col">"Montant"</th>
                        <th scope="col">"Part"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">"Total"</th>
                        <td>{euros(total)}</td>
                        <td>{share(total, total)}</td>
                    </tr>
                </tfoot>
            </table>
        </figure>
    }
    .into_any()
}

/// « 64 % »: to the nearest whole.
fn share(cents: i64, total: i64) -> String {
    let percent = if total == 0 { 0 } else { (cents * 200 + total) / (2 * total) };
    format!("{percent}\u{a0}%")
}

fn drawing(amounts: &[Amount], total: i64) -> String {
    let most = amounts.iter().map(|amount| amount.cents).max().unwrap_or(0).max(1);
    let mut svg = String::new();
    for (at, amount) in amounts.iter().enumerate() {
        let y = at * ROW;
        let wide = if amount.cents == 0 { 0 } else { (amount.cents * WIDE / most).max(LEAST) };
        let _ = write!(
            svg,
            "<text class=\"orga__group\" x=\"0\" y=\"{}\">{}</text>\
             <text class=\"orga__about\" x=\"{WIDE}\" y=\"{}\" text-anchor=\"end\">{}</text>\
             <rect class=\"amounts__bar\" x=\"0\" y=\"{}\" width=\"{wide}\" height=\"16\" rx=\"4\"/>",
            y + 16,
            escaped(&nb(&amount.label)),
            y + 16,
            share(amount.cents, total),
            y + 23
        );
    }
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_the_whole_and_labels_stay_text() {
        assert_eq!((share(1, 3), share(2, 3), share(0, 0)), ("33\u{a0}%".into(), "67\u{a0}%".into(), "0\u{a0}%".into()));
        let amounts = [("Dons <b>", 100), ("Parts", 300), ("Rien", 0)];
        let amounts = amounts.map(|(label, cents)| Amount { label: label.to_owned(), cents });
        let svg = drawing(&amounts, 400);
        assert!(svg.contains("Dons &lt;b&gt;") && svg.contains("width=\"360\"") && svg.contains("width=\"120\""), "{svg}");
        assert!(svg.contains("width=\"0\""), "{svg}");
    }
}
