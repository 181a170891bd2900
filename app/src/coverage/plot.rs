//! How it went: a drawing, and beside it a table with the same figures.

use std::fmt::Write;

use chrono::NaiveDate;
use domain::coverage::{Figures, Week};
use domain::time::{monday_of, paris_day};
use leptos::prelude::*;

use crate::french::coverage::percent;
use crate::french::dates::{date_short, iso_day};
use crate::french::nb;
use crate::ui::Icon;

/// The drawing's own units: as wide as a phone, so that its words are as large as drawn.
const LEFT: usize = 38;
const RIGHT: usize = 350;
const TOP: usize = 14;
/// The line of nought percent; two units are one and two thirds percent.
const FLOOR: usize = 134;
/// Under the bars of seats that changed hands.
const GROUND: usize = 182;
const BAR: u32 = 32;
/// A date stands under every so many weeks.
const DATES: usize = 7;

pub fn how_it_went(figures: &Figures) -> AnyView {
    let this_week = monday_of(paris_day(figures.now));
    let weeks = &figures.weeks;
    let rows = weeks.iter().map(|week| row(week, this_week)).collect_view();
    view! {
        <section class="section section--apart" aria-labelledby="au-fil">
            <h2 id="au-fil">"Au fil des semaines"</h2>
            <figure class="coverage__figure">
                <svg
                    class="plot"
                    viewBox="0 0 360 202"
                    role="img"
                    aria-labelledby="plot-titre plot-desc"
                    inner_html=drawing(weeks, this_week)
                ></svg>
                <figcaption>
                    <ul class="coverage__legend">
                        <li>{key("<path class=\"plot__coverage\" d=\"M1 8h26\"/><circle class=\"plot__dot\" cx=\"14\" cy=\"8\" r=\"4\"/>")} "Places tenues"</li>
                        <li>{key("<path class=\"plot__presence\" d=\"M1 8h26\"/><rect class=\"plot__square\" x=\"10\" y=\"4\" width=\"8\" height=\"8\"/>")} "Présences"</li>
                        <li>{key("<rect class=\"plot__bar\" x=\"10\" y=\"1\" width=\"8\" height=\"14\"/>")} "Places échangées"</li>
                    </ul>
                </figcaption>
            </figure>
            <details class="history">
                <summary class="history__head">
                    "Les mêmes chiffres en tableau"
                    <Icon name="chevron-down"/>
                </summary>
                <table class="coverage__table">
                    <caption class="visually-hidden">"Semaine par semaine, de la plus ancienne à la dernière prévue"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Semaine du"</th>
                            <th scope="col">"Places tenues"</th>
                            <th scope="col">"Présences"</th>
                            <th scope="col">"Échangées"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
            <p class="soft">
                {nb(
                    "Places tenues : au début de la vacation, sur toutes. Présences : venu·es, sur celles et ceux qu’on attendait, \
                     une fois la feuille du jour fermée. Échangées : places passées d’une personne à une autre, ou déplacées.",
                )}
            </p>
        </section>
    }
    .into_any()
}

fn key(drawn: &'static str) -> impl IntoView {
    view! { <svg class="plot__key" viewBox="0 0 28 16" aria-hidden="true" inner_html=drawn></svg> }
}

fn row(week: &Week, this_week: NaiveDate) -> impl IntoView + use<> {
    let note = match week.monday {
        monday if monday == this_week => " (en cours)",
        monday if monday > this_week => " (à venir)",
        _ => "",
    };
    view! {
        <tr data-week=iso_day(week.monday)>
            <th scope="row">{nb(&format!("{}{note}", date_short(week.monday)))}</th>
            <td>{percent(week.coverage())}</td>
            <td>{percent(week.presence())}</td>
            <td>{week.swaps}</td>
        </tr>
    }
}

fn across(at: usize, of: usize) -> usize {
    LEFT + at * (RIGHT - LEFT) / of.saturating_sub(1).max(1)
}

/// One percent is 1.2 units, written in tenths.
fn height(percent: u32) -> String {
    let tenths = FLOOR * 10 - usize::try_from(percent).unwrap_or(0) * 12;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Only figures and our own words: nothing that anybody typed.
fn drawing(weeks: &[Week], this_week: NaiveDate) -> String {
    let mut svg = format!(
        "<title id=\"plot-titre\">Places tenues, présences et échanges, semaine par semaine</title><desc id=\"plot-desc\">{}</desc>",
        described(weeks, this_week)
    );
    let mut draw = |part: String| svg.push_str(&part);
    for percent in [0, 50, 100] {
        let y = height(percent);
        draw(format!("<path class=\"plot__grid\" data-percent=\"{percent}\" d=\"M{LEFT} {y}H{RIGHT}\"/>"));
        draw(format!(
            "<text class=\"plot__word\" x=\"{}\" y=\"{y}\" dy=\"3.5\" text-anchor=\"end\">{percent}\u{a0}%</text>",
            LEFT - 6
        ));
    }
    if let Some(now) = weeks.iter().position(|week| week.monday == this_week) {
        let x = across(now, weeks.len());
        draw(format!("<path class=\"plot__now\" d=\"M{x} {}V{GROUND}\"/>", TOP - 6));
        draw(format!("<text class=\"plot__word\" x=\"{}\" y=\"{}\" text-anchor=\"end\">aujourd’hui</text>", RIGHT, TOP - 4));
    }
    let most = weeks.iter().map(|week| week.swaps).max().unwrap_or(0).max(1);
    for (at, week) in weeks.iter().enumerate() {
        let (x, up) = (across(at, weeks.len()), week.swaps * BAR / most);
        let y = GROUND - usize::try_from(up).unwrap_or(0);
        let day = iso_day(week.monday);
        draw(format!(
            "<rect class=\"plot__bar\" data-week=\"{day}\" data-value=\"{}\" x=\"{}\" y=\"{y}\" width=\"6\" height=\"{up}\"/>",
            week.swaps,
            x - 3
        ));
        if at % DATES == 1 {
            draw(format!(
                "<text class=\"plot__word\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                GROUND + 15,
                date_short(week.monday)
            ));
        }
    }
    draw(format!("<path class=\"plot__grid\" d=\"M{LEFT} {GROUND}H{RIGHT}\"/>"));
    draw(line(weeks, Week::coverage, "plot__coverage"));
    draw(line(weeks, Week::presence, "plot__presence"));
    for (at, week) in weeks.iter().enumerate() {
        let (x, day) = (across(at, weeks.len()), iso_day(week.monday));
        if let Some(value) = week.coverage() {
            let y = height(value);
            draw(format!(
                "<circle class=\"plot__dot\" data-week=\"{day}\" data-value=\"{value}\" cx=\"{x}\" cy=\"{y}\" r=\"2.4\"/>"
            ));
        }
        if let Some(value) = week.presence() {
            let y = height(value);
            draw(format!(
                "<rect class=\"plot__square\" data-week=\"{day}\" data-value=\"{value}\" x=\"{x}\" y=\"{y}\" width=\"5\" height=\"5\" transform=\"translate(-2.5 -2.5)\"/>"
            ));
        }
    }
    svg
}

/// A line that is broken where nothing is known.
fn line(weeks: &[Week], of: fn(&Week) -> Option<u32>, class: &str) -> String {
    let (mut path, mut drawn) = (String::new(), false);
    for (at, week) in weeks.iter().enumerate() {
        if let Some(value) = of(week) {
            let _ = write!(path, "{}{} {}", if drawn { "L" } else { "M" }, across(at, weeks.len()), height(value));
        }
        drawn = of(week).is_some();
    }
    format!("<path class=\"{class}\" d=\"{path}\"/>")
}

/// What the drawing says, for whoever does not see it.
fn described(weeks: &[Week], this_week: NaiveDate) -> String {
    let now = weeks.iter().find(|week| week.monday == this_week).and_then(Week::coverage);
    let known: Vec<u32> = weeks.iter().filter(|week| week.monday < this_week).filter_map(Week::coverage).collect();
    let last = weeks.iter().rev().find_map(Week::presence);
    let range = match (known.iter().min(), known.iter().max()) {
        (Some(least), Some(most)) => {
            format!("Entre {} et {} des places tenues jusqu’ici", percent(Some(*least)), percent(Some(*most)))
        }
        _ => "Rien n’est encore compté".to_owned(),
    };
    nb(&format!(
        "{range}, {} cette semaine ; dernières présences connues : {}. Tous les chiffres sont dans le tableau qui suit.",
        percent(now),
        percent(last)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week(monday: &str, held: u32, came: Option<u32>) -> Week {
        let expected = if came.is_some() { held } else { 0 };
        Week { monday: monday.parse().unwrap(), seats: 10, held, expected, came: came.unwrap_or(0), swaps: held }
    }

    #[test]
    fn a_week_of_which_nothing_is_known_breaks_the_line() {
        let weeks = [week("2026-11-09", 10, Some(10)), week("2026-11-16", 5, None), week("2026-11-23", 8, Some(4))];
        assert_eq!(line(&weeks, Week::coverage, "c"), "<path class=\"c\" d=\"M38 14.0L194 74.0L350 38.0\"/>");
        assert_eq!(line(&weeks, Week::presence, "p"), "<path class=\"p\" d=\"M38 14.0M350 74.0\"/>");
    }

    #[test]
    fn it_is_told_in_words_too() {
        let weeks = [week("2026-11-09", 10, Some(9)), week("2026-11-16", 5, None), week("2026-11-23", 8, None)];
        let told = described(&weeks, "2026-11-23".parse().unwrap()).replace(['\u{202f}', '\u{a0}'], " ");
        assert!(
            told.starts_with(
                "Entre 50 % et 100 % des places tenues jusqu’ici, 80 % cette semaine ; dernières présences connues : 90 %."
            ),
            "{told}"
        );
    }
}
