//! The board: who is missing, what is to be expected, how it went.

use domain::coverage::Figures;
use domain::view::coverage::{CoverageView, GapCard as Gap, GapWeek};
use leptos::prelude::*;
use leptos_meta::Title;

use super::apart::not_for_you;
use super::gap_card::gap_card;
use super::plot::how_it_went;
use crate::api::{self, ApiError};
use crate::asked::Asked;
use crate::french::coverage::{by_skill, slot};
use crate::french::dates::week_title_long;
use crate::french::nb;
use crate::french::typography::counted;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Empty, Frame, PageHead, Width};

type Answer = Result<Figures, ApiError>;

#[component]
pub fn CoveragePage() -> impl IntoView {
    // What is free comes from the calendar, which every device keeps; the figures from the server alone.
    let figures = Asked::new_blocking(|| (), |()| api::coverage_figures());
    let show = move |view: View| view.shown(|view| page(view, figures));
    view! {
        <Title text="Qui manque où · Alpar"/>
        <Screen query=|| Query::Coverage title="Qui manque où" coming="Les places libres arrivent." show=show/>
    }
}

fn page(view: CoverageView, figures: Asked<Answer>) -> AnyView {
    let (initials, waiting) = (view.name.initials(), view.clone());
    view! {
        <Frame width=Width::Alone>
            <PageHead title="Qui manque où" back=("/vacations".to_owned(), "Vacations".to_owned()) initials=initials/>
            <PageTop/>
            <Transition fallback=move || board(&waiting, None)>{move || board(&view, figures.get())}</Transition>
        </Frame>
    }
    .into_any()
}

fn board(view: &CoverageView, answer: Option<Answer>) -> AnyView {
    if !view.allowed {
        return not_for_you();
    }
    let (figures, failed) = match answer {
        Some(Ok(figures)) => (Some(figures), false),
        Some(Err(_)) => (None, true),
        None => (None, false),
    };
    let gaps = if view.leaderless.is_empty() && view.weeks.is_empty() {
        view! {
            <Empty
                id="personne-ne-manque"
                icon="circle-check"
                title="Personne ne manque"
                text=nb("Toutes les places des quatre semaines à venir sont tenues. Une place qui se libère viendra ici.")
            />
        }
        .into_any()
    } else {
        lacking(view, figures.as_ref())
    };
    let went = figures.map(|figures| how_it_went(&figures));
    view! {
        {gaps}
        {went}
        {failed
            .then(|| {
                view! {
                    <p class="soft section--apart" role="status">
                        {nb(
                            "Les prévisions, les appels et le graphique demandent le réseau : ils ne sont gardés sur aucun appareil.",
                        )}
                    </p>
                }
            })}
    }
    .into_any()
}

fn lacking(view: &CoverageView, figures: Option<&Figures>) -> AnyView {
    let cards = |gaps: &[Gap]| gaps.iter().map(|gap| gap_card(gap, figures, view.now)).collect_view();
    let leaderless = (!view.leaderless.is_empty()).then(|| {
        view! {
            <section class="section section--apart" aria-labelledby="sans-animation">
                <h2 id="sans-animation">"Personne n’anime"</h2>
                <div class="stack">{cards(&view.leaderless)}</div>
            </section>
        }
    });
    // What presses is read at once; the weeks after it are one tap away.
    let weeks = view.weeks.iter().enumerate().map(|(at, GapWeek { monday, shifts })| {
        let id = format!("semaine-{monday}");
        let labelled = id.clone();
        let stack = view! { <div class="stack">{cards(shifts)}</div> };
        let shown = match at {
            0 => stack.into_any(),
            _ => {
                let many = counted(shifts.len(), "vacation à compléter", "vacations à compléter");
                view! {
                    <details class="history">
                        <summary class="history__head">
                            {many}
                            <crate::ui::Icon name="chevron-down"/>
                        </summary>
                        {stack}
                    </details>
                }
                .into_any()
            }
        };
        view! {
            <section class="section section--apart" aria-labelledby=labelled>
                <h2 id=id>{week_title_long(*monday)}</h2>
                {shown}
            </section>
        }
    });
    let slots = view.by_slot.iter().map(|known| view! { <li>{slot(known)}</li> }).collect_view();
    view! {
        <section class="section section--apart" aria-labelledby="il-manque">
            <h2 id="il-manque">"Il manque, en quatre semaines"</h2>
            <p class="page__lead">{by_skill(&view.by_skill, view.plain)}</p>
            <details class="history">
                <summary class="history__head">
                    "Par jour et par heure"
                    <crate::ui::Icon name="chevron-down"/>
                </summary>
                <ul class="coverage__slots">{slots}</ul>
            </details>
        </section>
        {leaderless}
        {weeks.collect_view()}
    }
    .into_any()
}
