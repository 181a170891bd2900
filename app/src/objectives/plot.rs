//! How an objective goes: a drawing, and beside it a table with the same figures.

use chrono::NaiveDate;
use domain::objectives::{Amount, Course, Figure, months};
use domain::time::paris_day;
use leptos::prelude::*;

use crate::french::dates::{date_with_year, iso_day};
use crate::french::nb;
use crate::french::objectives::{figure, month, month_brief, target, with_unit};

/// The drawing's own units: as wide as a phone, so that its words are as large as drawn.
const RIGHT: i64 = 350;
const TOP: i64 = 14;
const FLOOR: i64 = 164;
/// A letter of a word, at most.
const LETTER: i64 = 7;
/// So many lines of the grid, at least.
const LINES: i64 = 3;

pub fn course(course: &Course) -> AnyView {
    let unit = &course.objective.unit;
    let rows: Vec<_> = course.figures.iter().map(|figure| row(figure, unit)).collect();
    view! {
        <section class="section section--apart" aria-labelledby="au-fil">
            <h3 id="au-fil">"Mois par mois"</h3>
            <figure class="objective__figure">
                <svg
                    class="plot"
                    viewBox="0 0 360 190"
                    role="img"
                    aria-labelledby="plot-titre plot-desc"
                    inner_html=drawing(course)
                ></svg>
                <figcaption>
                    <ul class="objective__legend">
                        <li>
                            {key("<path class=\"plot__coverage\" d=\"M1 8h26\"/><circle class=\"plot__dot\" cx=\"14\" cy=\"8\" r=\"4\"/>")}
                            {nb(&format!("Chiffre du mois, en {unit}"))}
                        </li>
                        <li>
                            {key("<path class=\"plot__target\" d=\"M1 8h26\"/>")}
                            {nb(&target(&course.objective))}
                        </li>
                    </ul>
                </figcaption>
            </figure>
            <div class="governance__table" role="region" aria-label="Les chiffres, mois par mois" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Mois"</th>
                            <th scope="col">"Chiffre"</th>
                            <th scope="col">"Note"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn key(drawn: &'static str) -> impl IntoView {
    view! { <svg class="plot__key" viewBox="0 0 28 16" aria-hidden="true" inner_html=drawn></svg> }
}

fn row(known: &Figure, unit: &str) -> AnyView {
    let said = known.amount.map_or_else(|| "–".to_owned(), |amount| with_unit(amount, unit));
    let value = known.amount.map(|amount| amount.0.to_string());
    let by = known.by.as_ref().map(|(name, at)| {
        let typed = nb(&format!("Noté par {name} le {}", date_with_year(paris_day(*at))));
        view! { <p class="card__soft">{typed}</p> }
    });
    let note = (!known.note.is_empty()).then(|| view! { <p>{nb(&known.note)}</p> });
    view! {
        <tr data-month=iso_day(known.month)>
            <th scope="row">{month(known.month)}</th>
            <td data-value=value>{nb(&said)}</td>
            <td>{note}{by}</td>
        </tr>
    }
    .into_any()
}

/// The values between which it is drawn, and from one line of the grid to the next: 1, 2 or 5, and noughts.
fn scale(least: i64, most: i64) -> (i64, i64, i64) {
    let wanted = ((most - least) / LINES).max(1);
    let mut ten = 1;
    while ten * 10 <= wanted {
        ten *= 10;
    }
    let step = [1, 2, 5, 10].into_iter().map(|times| times * ten).find(|step| *step >= wanted).unwrap_or(ten * 10);
    let low = least.div_euclid(step) * step;
    let high = (most + step - 1).div_euclid(step) * step;
    if low == high { (low - step, high + step, step) } else { (low, high, step) }
}

/// Where the lines of the grid are.
fn lines(low: i64, high: i64, step: i64) -> Vec<i64> {
    std::iter::successors(Some(low), |value| Some(value + step)).take_while(|value| *value <= high).collect()
}

/// How many units are left for the words beside the grid.
fn left(lines: &[i64]) -> i64 {
    let letters = lines.iter().map(|value| figure(Amount(*value)).chars().count()).max().unwrap_or(0);
    12 + LETTER * i64::try_from(letters).unwrap_or(0)
}

struct Drawing {
    low: i64,
    high: i64,
    left: i64,
    /// All its months, those to come among them.
    months: Vec<NaiveDate>,
}

impl Drawing {
    fn across(&self, month: NaiveDate) -> i64 {
        let at = self.months.iter().position(|known| *known == month).unwrap_or(0);
        let last = self.months.len().saturating_sub(1).max(1);
        let share = |part: usize| i64::try_from(part).unwrap_or(0);
        self.left + share(at) * (RIGHT - self.left) / share(last)
    }

    fn up(&self, amount: i64) -> i64 {
        FLOOR - (amount - self.low) * (FLOOR - TOP) / (self.high - self.low).max(1)
    }
}

/// Only figures and our own words: nothing that anybody typed.
fn drawing(course: &Course) -> String {
    let (least, most) = course.range();
    let (low, high, step) = scale(least.0, most.0);
    let months = months(course.objective.from, course.objective.to);
    let grid = lines(low, high, step);
    let on = Drawing { low, high, left: left(&grid), months };
    let mut svg = format!(
        "<title id=\"plot-titre\">Le chiffre de chaque mois, et la cible</title><desc id=\"plot-desc\">{}</desc>",
        described(course)
    );
    let mut draw = |part: String| svg.push_str(&part);
    let left = on.left;
    for value in grid {
        let y = on.up(value);
        draw(format!("<path class=\"plot__grid\" d=\"M{left} {y}H{RIGHT}\"/>"));
        draw(format!(
            "<text class=\"plot__word\" x=\"{}\" y=\"{y}\" dy=\"3.5\" text-anchor=\"end\">{}</text>",
            left - 6,
            figure(Amount(value))
        ));
    }
    let count = on.months.len();
    for (at, month) in on.months.iter().enumerate() {
        let anchor = match at {
            0 if count > 1 => "start",
            last if last + 1 == count && count > 1 => "end",
            middle if middle == count / 2 && (count >= 5 || count == 1) => "middle",
            _ => continue,
        };
        draw(format!(
            "<text class=\"plot__word\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            on.across(*month),
            FLOOR + 17,
            month_brief(*month)
        ));
    }
    let y = on.up(course.objective.target.0);
    draw(format!("<path class=\"plot__target\" data-value=\"{}\" d=\"M{left} {y}H{RIGHT}\"/>", course.objective.target.0));
    draw(line(&on, &course.figures));
    for known in &course.figures {
        if let Some(Amount(value)) = known.amount {
            let (x, y, day) = (on.across(known.month), on.up(value), iso_day(known.month));
            draw(format!(
                "<circle class=\"plot__dot\" data-month=\"{day}\" data-value=\"{value}\" cx=\"{x}\" cy=\"{y}\" r=\"3\"/>"
            ));
        }
    }
    svg
}

/// A line that is broken where nothing is known.
fn line(on: &Drawing, figures: &[Figure]) -> String {
    let (mut path, mut drawn) = (String::new(), false);
    for known in figures {
        if let Some(Amount(value)) = known.amount {
            path.push_str(&format!("{}{} {}", if drawn { "L" } else { "M" }, on.across(known.month), on.up(value)));
        }
        drawn = known.amount.is_some();
    }
    format!("<path class=\"plot__coverage\" d=\"{path}\"/>")
}

/// What the drawing says, for whoever does not see it.
fn described(course: &Course) -> String {
    let known: Vec<(NaiveDate, Amount)> =
        course.figures.iter().filter_map(|figure| Some((figure.month, figure.amount?))).collect();
    let said = match known.as_slice() {
        [] => "Rien n’est encore compté".to_owned(),
        [(of, amount)] => format!("{} en {}", figure(*amount), month(*of)),
        [(first, from), .., (last, to)] => {
            format!("De {} en {} à {} en {}", figure(*from), month(*first), figure(*to), month(*last))
        }
    };
    let target = figure(course.objective.target);
    nb(&format!("{said} ; la cible est {target}. Tous les chiffres sont dans le tableau qui suit."))
}

#[cfg(test)]
mod tests {
    use domain::id::ObjectiveId;
    use domain::objectives::{Objective, Source, Way};
    use uuid::Uuid;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn course(figures: &[Option<i64>]) -> Course {
        let objective = Objective {
            id: ObjectiveId(Uuid::from_u128(1)),
            label: "</svg><script>".to_owned(),
            measure: String::new(),
            unit: "<b>".to_owned(),
            source: Source::Typed,
            way: Way::AtLeast,
            target: Amount::whole(100),
            from: day("2026-09-01"),
            to: day("2026-11-01"),
            closed: None,
            revision: 1,
        };
        let months = months(objective.from, objective.to);
        let figure = |(month, amount): (NaiveDate, &Option<i64>)| Figure {
            month,
            amount: amount.map(Amount::whole),
            note: String::new(),
            by: None,
        };
        Course { figures: months.into_iter().zip(figures).map(figure).collect(), objective }
    }

    #[test]
    fn the_grid_is_drawn_at_round_figures_that_hold_everything() {
        for (least, most) in [(0, 0), (0, 1), (30_000, 32_000), (-500, 12_345), (99, 101), (7_777, 7_777)] {
            let (low, high, step) = scale(least, most);
            assert!(low <= least && most <= high && low < high, "{least} {most}: {low} {high}");
            assert_eq!(((high - low) % step, (high - low) / step <= 6), (0, true), "{least} {most}: {low} {high} by {step}");
        }
        assert_eq!(scale(30_000, 32_000), (30_000, 32_000, 1_000));
    }

    #[test]
    fn a_month_without_a_figure_breaks_the_line() {
        let on = Drawing { low: 0, high: 10_000, left: 50, months: months(day("2026-09-01"), day("2026-11-01")) };
        let whole = course(&[Some(0), Some(50), Some(100)]);
        assert_eq!(line(&on, &whole.figures), "<path class=\"plot__coverage\" d=\"M50 164L200 89L350 14\"/>");
        let broken = course(&[Some(0), None, Some(100)]);
        assert_eq!(line(&on, &broken.figures), "<path class=\"plot__coverage\" d=\"M50 164M350 14\"/>");
    }

    #[test]
    fn nothing_that_was_typed_is_in_the_drawing() {
        let drawn = drawing(&course(&[Some(10), None, Some(80)]));
        assert!(!drawn.contains("<script>") && !drawn.contains("<b>"), "{drawn}");
        assert_eq!(drawn.matches("plot__dot").count(), 2);
        let told = drawn.replace(['\u{202f}', '\u{a0}'], " ");
        assert!(told.contains("De 10 en septembre 2026 à 80 en novembre 2026 ; la cible est 100."), "{told}");
    }
}
