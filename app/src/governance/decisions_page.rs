//! The register of decisions: what was decided, by whom, how, until when; searched as one types, without a network too.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::governance::{DecidedBy, Decision, find_decisions};
use domain::id::{DecisionId, GroupId};
use domain::time::paris_day;
use domain::view::governance::DecisionsView;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{DECISIONS, GoverningDoor};
use crate::french::dates::{date_with_year, iso_day};
use crate::french::governance::{decided_by, level, method};
use crate::french::typography::counted;
use crate::french::{capitalized, nb};
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Chip, ChipLook, Frame, PageHead, TextField, Time, Width};

#[component]
pub fn DecisionsPage() -> impl IntoView {
    // By a page that is not alive, in its address.
    let asked = use_query_map().with_untracked(|query| query.get("q")).unwrap_or_default();
    // The page's, and not of what it shows: a decision that comes in the meantime writes the page anew, and what was typed stays.
    let typed = RwSignal::new(asked);
    let show = move |view: View| show(view, typed);
    view! {
        <Title text="Les décisions · Alpar"/>
        <Screen query=|| Query::Decisions title="Les décisions" coming="Le registre arrive." show=show/>
    }
}

fn show(view: View, typed: RwSignal<String>) -> AnyView {
    view.shown(|view| page(view, typed))
}

type Groups = BTreeMap<GroupId, String>;

fn by_whom(by: DecidedBy, groups: &Groups) -> String {
    decided_by(by, |id| groups.get(&id).map(String::as_str))
}

fn page(view: DecisionsView, typed: RwSignal<String>) -> AnyView {
    let DecisionsView { now, decisions, groups, governs, .. } = view;
    let today = paris_day(now);
    let none_at_all = decisions.is_empty();
    let titles: BTreeMap<DecisionId, String> = decisions.iter().map(|known| (known.id, known.title.clone())).collect();
    let known = StoredValue::new((decisions, groups, titles));
    let found = Memo::new(move |_| {
        typed.with(|typed| {
            known.with_value(|(decisions, groups, _)| {
                let who = |by: DecidedBy| format!("{} {}", by_whom(by, groups), level(by.level()));
                find_decisions(decisions, typed, who).into_iter().map(|decision| decision.id).collect::<Vec<DecisionId>>()
            })
        })
    });
    let count = move || {
        let found = found.with(Vec::len);
        typed.with(|typed| !typed.trim().is_empty()).then(|| match found {
            0 => nb("Aucune décision ne répond à ces mots."),
            some => counted(some, "décision trouvée", "décisions trouvées"),
        })
    };
    let card = move |id: DecisionId| {
        known.with_value(|(decisions, groups, titles)| {
            decisions.iter().find(|decision| decision.id == id).map(|decision| one(decision, groups, titles, today))
        })
    };
    let shown = typed.get_untracked();
    view! {
        <Frame width=Width::Alone>
            <PageHead title="Les décisions" back=("/coop".to_owned(), "La coop".to_owned())/>
            <PageTop/>
            <p class="page__lead">
                {nb("Opérationnelles : un groupe décide pour lui. Tactiques : la coordination. Stratégiques : l’assemblée générale.")}
            </p>
            {governs.then(|| view! { <GoverningDoor/> })}
            <form
                method="get"
                action=DECISIONS
                class="stack no-print"
                role="search"
                on:input=move |event| typed.set(event_target_value(&event))
                on:submit=move |event| event.prevent_default()
            >
                <TextField
                    id="chercher"
                    name="q"
                    kind="search"
                    label="Chercher une décision"
                    hint=nb("Un mot, un groupe, un niveau")
                    value=shown
                    autocomplete="off"
                />
                // There from the beginning, so that what changes in it is said.
                <p role="status">{count}</p>
                <noscript><button class="button" type="submit">"Chercher"</button></noscript>
            </form>
            {none_at_all.then(|| view! { <p class="soft">{nb("Aucune décision n’est encore notée.")}</p> })}
            <div class="stack section--apart">
                <For each=move || found.get() key=|id: &DecisionId| *id children=card/>
            </div>
        </Frame>
    }
    .into_any()
}

fn one(decision: &Decision, groups: &Groups, titles: &BTreeMap<DecisionId, String>, today: NaiveDate) -> AnyView {
    let id = format!("decision-{}", decision.id);
    let title = format!("{id}-titre");
    let labelled = title.clone();
    let (look, state) = match (decision.superseded_by, decision.until) {
        (Some(_), _) => (ChipLook::Neutral, "Remplacée"),
        (None, Some(last)) if last < today => (ChipLook::Neutral, "Échue"),
        _ => (ChipLook::Done, "En vigueur"),
    };
    let until = decision.until.map(|last| format!(" · jusqu’au {}", date_with_year(last))).unwrap_or_default();
    let who = nb(&format!("{} {}{until}", by_whom(decision.by, groups), method(decision.method)));
    let after = decision.superseded_by.map(|by| {
        let (href, title) = (format!("#decision-{by}"), titles.get(&by).cloned());
        match title {
            Some(title) => view! {
                <p>"Remplacée par " <a class="group__link" href=href rel="external">{nb(&format!("« {title} »"))}</a></p>
            }
            .into_any(),
            None => view! { <p>"Remplacée par une autre."</p> }.into_any(),
        }
    });
    let html = (!decision.html.is_empty()).then(|| {
        // Of our own renderer.
        view! { <div class="prose" inner_html=decision.html.clone()></div> }
    });
    let level = level(decision.by.level());
    view! {
        <article class="card" id=id aria-labelledby=labelled>
            <div class="card__head card__head--start">
                <Chip look=look>{state}</Chip>
                <Chip look=ChipLook::Plain>{level}</Chip>
            </div>
            <h2 class="card__title" id=title>{nb(&decision.title)}</h2>
            <p class="card__soft">
                <Time datetime=iso_day(decision.on) shown=capitalized(&date_with_year(decision.on))/>
                {nb(" · ")}
                {who}
            </p>
            {html}
            {after}
        </article>
    }
    .into_any()
}
