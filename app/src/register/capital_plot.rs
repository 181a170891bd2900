//! The capital's course as a drawing, and where all money comes from as another: beside each, a table with the same figures.

use std::fmt::Write;

use domain::catalogue::Cents;
use domain::share::{Finances, Month, Source};
use leptos::prelude::*;

use crate::french::nb;
use crate::french::shares::{euros, month_of, source};
use crate::ui::Icon;

/// The drawing's own units: as wide as a phone, so that its words are as large as drawn.
const LEFT: usize = 62;
const RIGHT: usize = 350;
const TOP: i64 = 14;
/// The line of nothing.
const FLOOR: i64 = 150;
/// How many dates stand under it.
const DATES: usize = 3;

/// A round figure at or above an amount, for the line at the top: 1, 2 or 5 and noughts.
fn ceiling(most: Cents) -> Cents {
    let mut unit = 10_000_i64;
    loop {
        for step in [1, 2, 5] {
            if most.0 <= unit * step {
                return Cents(unit * step);
            }
        }
        unit = unit.saturating_mul(10);
    }
}

fn across(at: usize, of: usize) -> usize {
    LEFT + at * (RIGHT - LEFT) / of.saturating_sub(1).max(1)
}

fn height(amount: Cents, top: Cents) -> i64 {
    FLOOR - amount.0.max(0).saturating_mul(FLOOR - TOP) / top.0.max(1)
}

pub fn course(finances: &Finances) -> AnyView {
    let months = &finances.course;
    if months.is_empty() {
        return view! { <p class="soft">{nb("Aucun paiement n’est encore noté.")}</p> }.into_any();
    }
    let rows: Vec<_> = months.iter().rev().map(row).collect();
    view! {
        <figure class="coverage__figure">
            <svg
                class="plot"
                viewBox="0 0 360 172"
                role="img"
                aria-labelledby="capital-titre capital-desc"
                inner_html=drawing(months)
            ></svg>
        </figure>
        <details class="history">
            <summary class="history__head">
                "Les mêmes chiffres en tableau"
                <Icon name="chevron-down"/>
            </summary>
            <table class="coverage__table">
                <caption class="visually-hidden">"Mois par mois, le dernier d’abord"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Mois"</th>
                        <th scope="col">"Capital à la fin"</th>
                        <th scope="col">"Versé"</th>
                        <th scope="col">"Remboursé"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
    .into_any()
}

fn row(month: &Month) -> AnyView {
    view! {
        <tr>
            <th scope="row">{month_of(month.first)}</th>
            <td>{euros(month.capital)}</td>
            <td>{euros(month.came)}</td>
            <td>{euros(month.went)}</td>
        </tr>
    }
    .into_any()
}

/// Only figures and our own words: nothing that anybody typed.
fn drawing(months: &[Month]) -> String {
    let most = months.iter().map(|month| month.capital).max().unwrap_or(Cents::ZERO);
    let top = ceiling(most);
    let mut svg = format!(
        "<title id=\"capital-titre\">Le capital, mois par mois</title><desc id=\"capital-desc\">{}</desc>",
        described(months)
    );
    let mut draw = |part: String| svg.push_str(&part);
    for amount in [Cents::ZERO, Cents(top.0 / 2), top] {
        let y = height(amount, top);
        draw(format!("<path class=\"plot__grid\" d=\"M{LEFT} {y}H{RIGHT}\"/>"));
        draw(format!(
            "<text class=\"plot__word\" x=\"{}\" y=\"{y}\" dy=\"3.5\" text-anchor=\"end\">{}</text>",
            LEFT - 6,
            euros(amount)
        ));
    }
    let mut path = String::new();
    for (at, month) in months.iter().enumerate() {
        let (x, y) = (across(at, months.len()), height(month.capital, top));
        let _ = write!(path, "{}{x} {y}", if at == 0 { "M" } else { "L" });
    }
    draw(format!("<path class=\"plot__coverage\" d=\"{path}\"/>"));
    let last = months.len() - 1;
    let shown = DATES.min(months.len());
    for place in 0..shown {
        let at = place * last / shown.saturating_sub(1).max(1);
        let anchor = match place {
            0 => "start",
            place if place + 1 == shown => "end",
            _ => "middle",
        };
        draw(format!(
            "<text class=\"plot__word\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            across(at, months.len()),
            FLOOR + 16,
            month_of(months[at].first)
        ));
    }
    if let Some(month) = months.last() {
        let (x, y) = (across(last, months.len()), height(month.capital, top));
        draw(format!("<circle class=\"plot__dot\" cx=\"{x}\" cy=\"{y}\" r=\"3\" data-cents=\"{}\"/>", month.capital.0));
    }
    svg
}

/// What the drawing says, for whoever does not see it.
fn described(months: &[Month]) -> String {
    match (months.first(), months.last()) {
        (Some(first), Some(last)) => nb(&format!(
            "De {} en {} à {} en {}. Tous les chiffres sont dans le tableau qui suit.",
            euros(first.capital),
            month_of(first.first),
            euros(last.capital),
            month_of(last.first)
        )),
        _ => nb("Rien n’est encore versé."),
    }
}

/// Where all of it comes from: bars, and the same as a table, which is read first.
pub fn sources(finances: &Finances) -> AnyView {
    let total = finances.total();
    // Of nothing there are no parts.
    if total.0 == 0 {
        return view! { <p class="soft">{nb("Rien n’est encore versé.")}</p> }.into_any();
    }
    let rows: Vec<_> = finances
        .sources()
        .into_iter()
        .map(|(of, cents)| {
            view! {
                <tr>
                    <th scope="row">{nb(source(of))}</th>
                    <td>{euros(cents)}</td>
                    <td>{share_of(cents, total)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <figure class="coverage__figure">
            <svg
                class="plot"
                viewBox="0 0 360 150"
                role="img"
                aria-labelledby="sources-titre sources-desc"
                inner_html=bars(finances)
            ></svg>
        </figure>
        <table class="coverage__table">
            <caption class="visually-hidden">"D’où vient l’argent"</caption>
            <thead>
                <tr>
                    <th scope="col">"Source"</th>
                    <th scope="col">"Montant"</th>
                    <th scope="col">"Part du tout"</th>
                </tr>
            </thead>
            <tbody>
                {rows}
                <tr>
                    <th scope="row">"En tout"</th>
                    <td>{euros(total)}</td>
                    <td></td>
                </tr>
            </tbody>
        </table>
    }
    .into_any()
}

fn percent(cents: Cents, total: Cents) -> i64 {
    (cents.0.max(0) * 100 + total.0 / 2) / total.0.max(1)
}

fn share_of(cents: Cents, total: Cents) -> String {
    nb(&format!("{} %", percent(cents, total)))
}

fn bars(finances: &Finances) -> String {
    let (total, all) = (finances.total(), finances.sources());
    let said: Vec<String> = all.iter().map(|(of, cents)| format!("{} : {}", source(*of), euros(*cents))).collect();
    let mut svg = format!(
        "<title id=\"sources-titre\">D’où vient l’argent</title><desc id=\"sources-desc\">{}.</desc>",
        nb(&said.join(", "))
    );
    for (at, (of, cents)) in all.into_iter().enumerate() {
        let y = at * 36 + 6;
        let wide = 340 * percent(cents, total) / 100;
        let class = if of == Source::Capital { "plot__fill" } else { "plot__bar" };
        let _ = write!(
            svg,
            "<text class=\"plot__word\" x=\"10\" y=\"{}\">{} : {}</text>\
             <rect class=\"{class}\" data-cents=\"{}\" x=\"10\" y=\"{}\" width=\"{}\" height=\"10\"/>",
            y + 8,
            source(of),
            euros(cents),
            cents.0,
            y + 13,
            wide.max(1)
        );
    }
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months() -> Vec<Month> {
        let month = |day: &str, capital: i64| Month {
            first: day.parse().unwrap(),
            capital: Cents(capital),
            came: Cents(capital),
            went: Cents::ZERO,
        };
        vec![month("2024-01-01", 10_000), month("2024-02-01", 25_000), month("2024-03-01", 40_000)]
    }

    #[test]
    fn the_top_line_is_round_and_above_all() {
        for (most, top) in [(0, 10_000), (10_000, 10_000), (10_001, 20_000), (40_000, 50_000), (6_200_000, 10_000_000)] {
            assert_eq!(ceiling(Cents(most)), Cents(top));
        }
    }

    #[test]
    fn the_drawing_says_what_it_shows() {
        let svg = drawing(&months());
        assert!(svg.contains("data-cents=\"40000\"") && svg.contains("400\u{a0}€"), "{svg}");
        assert!(svg.contains("janvier\u{a0}2024"));
    }
}
