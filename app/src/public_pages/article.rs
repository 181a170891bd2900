//! What a page says, part by part, and where the data speak.

use domain::public_page::{Facts, Live, Outline, Page, Part, Section, Shown, when};
use domain::time::paris_day;
use leptos::prelude::*;

use super::amounts::drawn;
use super::hours::hours;
use super::organisation::organisation;
use super::pieces::{address, groups, presentation};
use crate::french::dates::{date_with_year, iso_day};
use crate::french::nb;

pub fn article(shown: Shown) -> AnyView {
    let Shown { page, outline, published_at, facts, .. } = shown;
    let Outline { lead, sections } = outline;
    let lead = parts(lead, &facts);
    let sections: Vec<AnyView> = match page {
        Page::History => vec![timeline(sections, &facts)],
        _ => sections.into_iter().map(|section| of_page(section, &facts)).collect(),
    };
    let published = published_at.map(|at| {
        let day = paris_day(at);
        view! {
            <p class="site__published">
                "Publié le "
                <time datetime=iso_day(day)>{date_with_year(day)}</time>
            </p>
        }
    });
    view! {
        {lead}
        {sections}
        {published}
    }
    .into_any()
}

fn parts(parts: Vec<Part>, facts: &Facts) -> Vec<AnyView> {
    parts.into_iter().map(|part| shown(part, facts)).collect()
}

fn shown(part: Part, facts: &Facts) -> AnyView {
    match part {
        // It was written by our renderer and passed the server's allow-list: nothing in it runs.
        Part::Prose(html) => view! { <div class="prose" inner_html=html></div> }.into_any(),
        Part::Live(Live::Organisation) => organisation(facts),
        Part::Live(Live::Groups) => groups(facts),
        Part::Live(Live::Hours) => hours(facts),
        Part::Live(Live::Address) => address(&facts.place),
        Part::Live(Live::Presentation) => presentation(facts),
        Part::Amounts(amounts) => drawn(&amounts),
    }
}

fn of_page(section: Section, facts: &Facts) -> AnyView {
    let Section { id, heading, parts: of_section } = section;
    let named_by = id.clone();
    let parts = parts(of_section, facts);
    view! {
        <section class="section section--apart" aria-labelledby=named_by>
            <h2 id=id>{nb(&heading)}</h2>
            {parts}
        </section>
    }
    .into_any()
}

/// Each part is a step: its heading says when.
fn timeline(sections: Vec<Section>, facts: &Facts) -> AnyView {
    let steps: Vec<AnyView> = sections
        .into_iter()
        .map(|Section { id, heading, parts: of_step }| {
            let parts = parts(of_step, facts);
            let said = nb(&heading);
            let said = match when(&heading) {
                Some(date) => view! { <time datetime=date>{said}</time> }.into_any(),
                None => said.into_any(),
            };
            view! {
                <li class="timeline__step">
                    <h2 class="timeline__when" id=id>
                        {said}
                    </h2>
                    {parts}
                </li>
            }
            .into_any()
        })
        .collect();
    view! { <ol class="timeline">{steps}</ol> }.into_any()
}
