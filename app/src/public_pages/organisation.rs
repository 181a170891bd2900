//! Who decides what, drawn; and the same in words for whoever does not see it.

use std::fmt::Write;

use domain::public_page::Facts;
use leptos::prelude::*;

use super::html::escaped;
use crate::french::nb;
use crate::french::typography::{counted, listed};
use crate::ui::Icon;

/// The drawing's own units: as wide as a phone, so that its words are as large as drawn.
const WIDE: usize = 360;
const LEFT: usize = 4;
const RIGHT: usize = WIDE - LEFT;
/// A box of two lines.
const BOX: usize = 60;
/// Between two boxes, for an arrow and its word.
const GAP: usize = 36;
/// A line of the list of groups.
const LINE: usize = 24;
/// No name is longer in the drawing, in characters; whole, it is in the words below.
const NAME_CAP: usize = 44;

const ASSEMBLY: usize = LEFT;
const COMMITTEE: usize = ASSEMBLY + BOX + GAP;
const MEETING: usize = COMMITTEE + BOX + GAP;
const GROUPS: usize = MEETING + BOX + GAP;
/// Where the committee's box ends, and the employee's begins.
const SPLIT: [usize; 2] = [188, 216];

pub fn organisation(facts: &Facts) -> AnyView {
    let names: Vec<String> = facts.groups.iter().map(|cell| cell.name.clone()).collect();
    let high = GROUPS + BOX + names.len() * LINE + LEFT;
    let view_box = format!("0 0 {WIDE} {high}");
    let drawing = drawing(&names);
    let words = in_words(&names).into_iter().map(|line| view! { <li>{nb(&line)}</li> }).collect_view();
    view! {
        <figure class="orga">
            <svg class="orga__drawing" viewBox=view_box role="img" aria-labelledby="orga_titre orga_mots" inner_html=drawing></svg>
            <figcaption>
                <details class="history">
                    <summary class="history__head">
                        "La même chose en mots"
                        <Icon name="chevron-down"/>
                    </summary>
                    <ul class="site__list">{words}</ul>
                </details>
            </figcaption>
        </figure>
    }
    .into_any()
}

fn groups_title(names: &[String]) -> String {
    match names.len() {
        0 => "Groupes de travail".to_owned(),
        count => counted(count, "groupe de travail", "groupes de travail"),
    }
}

/// What the drawing says, sentence by sentence.
fn in_words(names: &[String]) -> Vec<String> {
    let groups = match names {
        [] => "Les groupes de travail, autogérés, prennent les décisions opérationnelles.".to_owned(),
        names => format!(
            "{}, autogérés, prennent les décisions opérationnelles : {}.",
            groups_title(names),
            listed(names, names.len())
        ),
    };
    vec![
        "L’assemblée générale, où tous les coopérateurs sont conviés, prend les décisions stratégiques.".to_owned(),
        "Elle élit le comité de gouvernance : 12 membres, pour 2 ans.".to_owned(),
        "La personne salariée, à mi-temps, met en œuvre les objectifs validés par le comité.".to_owned(),
        "Une fois par mois, le comité et les référent·es des groupes se réunissent, et prennent les décisions tactiques."
            .to_owned(),
        groups,
        "Chaque groupe désigne 2 référent·es.".to_owned(),
    ]
}

fn drawing(names: &[String]) -> String {
    let mut svg = format!(
        "<title id=\"orga_titre\">Qui décide de quoi à Alpar</title><desc id=\"orga_mots\">{}</desc>",
        escaped(&in_words(names).join(" "))
    );
    let middle = WIDE / 2;
    let [committee_ends, employee_begins] = SPLIT;
    let committee_middle = (LEFT + committee_ends) / 2;
    boxed(&mut svg, "orga__box orga__box--first", LEFT, ASSEMBLY, RIGHT, BOX);
    said(&mut svg, LEFT, ASSEMBLY, RIGHT, ["Assemblée générale", "tous les coopérateurs · décisions stratégiques"]);
    arrow(
        &mut svg,
        &format!("M{committee_middle} {}v{}", ASSEMBLY + BOX, GAP - 4),
        "élit",
        committee_middle + 10,
        COMMITTEE - 13,
    );
    boxed(&mut svg, "orga__box", LEFT, COMMITTEE, committee_ends, BOX);
    said(&mut svg, LEFT, COMMITTEE, committee_ends, ["Comité de gouvernance", "12 membres élus, 2 ans"]);
    boxed(&mut svg, "orga__box orga__box--plain", employee_begins, COMMITTEE, RIGHT, BOX);
    said(&mut svg, employee_begins, COMMITTEE, RIGHT, ["Personne salariée", "à mi-temps"]);
    let across = employee_begins - committee_ends - 4;
    arrow(&mut svg, &format!("M{committee_ends} {}h{across}", COMMITTEE + BOX / 2), "", 0, 0);
    arrow(
        &mut svg,
        &format!("M{committee_middle} {}v{}", COMMITTEE + BOX, GAP - 4),
        "s’y réunit",
        committee_middle + 10,
        MEETING - 13,
    );
    boxed(&mut svg, "orga__box", LEFT, MEETING, RIGHT, BOX);
    said(&mut svg, LEFT, MEETING, RIGHT, ["Réunion de coordination", "une fois par mois · décisions tactiques"]);
    arrow(&mut svg, &format!("M{middle} {GROUPS}v-{}", GAP - 4), "avec leurs référent·es", middle + 10, GROUPS - 13);
    boxed(&mut svg, "orga__box", LEFT, GROUPS, RIGHT, BOX + names.len() * LINE);
    said(&mut svg, LEFT, GROUPS, RIGHT, [&groups_title(names), "2 référent·es chacun · décisions opérationnelles"]);
    for (at, name) in names.iter().enumerate() {
        let y = GROUPS + BOX + at * LINE + 8;
        let short: String = match name.chars().count() > NAME_CAP {
            true => name.chars().take(NAME_CAP - 1).chain(['…']).collect(),
            false => name.clone(),
        };
        let _ = write!(
            svg,
            "<circle class=\"orga__dot\" cx=\"{}\" cy=\"{}\" r=\"3\"/><text class=\"orga__group\" x=\"{}\" y=\"{y}\">{}</text>",
            LEFT + 22,
            y - 5,
            LEFT + 34,
            escaped(&nb(&short))
        );
    }
    svg
}

fn boxed(svg: &mut String, class: &str, from: usize, y: usize, to: usize, high: usize) {
    let wide = to - from;
    let _ = write!(svg, "<rect class=\"{class}\" x=\"{from}\" y=\"{y}\" width=\"{wide}\" height=\"{high}\" rx=\"12\"/>");
}

/// A name, and what it is, in the middle of a box.
fn said(svg: &mut String, from: usize, y: usize, to: usize, lines: [&str; 2]) {
    let x = (from + to) / 2;
    let [name, about] = lines.map(|line| escaped(&nb(line)).into_owned());
    let _ = write!(
        svg,
        "<text class=\"orga__name\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{name}</text>\
         <text class=\"orga__about\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{about}</text>",
        y + 26,
        y + 46
    );
}

/// A line with a head, and its word beside it.
fn arrow(svg: &mut String, path: &str, word: &str, x: usize, y: usize) {
    // The head points where the line's last step goes.
    let head = if path.contains('h') {
        "l-7 -5m7 5l-7 5"
    } else if path.contains("v-") {
        "l-5 7m5 -7l5 7"
    } else {
        "l-5 -7m5 7l5 -7"
    };
    let _ = write!(svg, "<path class=\"orga__arrow\" d=\"{path}{head}\"/>");
    if !word.is_empty() {
        let _ = write!(svg, "<text class=\"orga__about\" x=\"{x}\" y=\"{y}\">{}</text>", escaped(&nb(word)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_groups_name_stays_text_in_the_drawing() {
        let svg = drawing(&["</svg><script>".to_owned(), "Vie sociale".to_owned()]);
        assert!(!svg.contains("<script") && !svg.contains("</svg>"), "{svg}");
        for said in ["Vie sociale", "Assemblée générale", "12\u{a0}membres élus", "2\u{a0}groupes de travail"] {
            assert!(svg.contains(said), "{said}: {svg}");
        }
    }

    #[test]
    fn a_long_name_is_whole_in_the_words() {
        let long = "Animateurs et animatrices de vacation et de tout le reste".to_owned();
        let svg = drawing(std::slice::from_ref(&long));
        assert!(svg.contains('…'));
        assert!(in_words(std::slice::from_ref(&long)).join(" ").contains(&long));
    }
}
