//! Search as one types, in the briefs that this device keeps; the server has all the others.

use domain::brief::{Briefs, Searched, Shown, search};
use leptos::prelude::*;

use super::pieces::id_of;
use crate::french::brief::{found, headline, short, source};
use crate::french::dates::iso_day;
use crate::french::nb;
use crate::offline::store::Store;
use crate::ui::TextField;

/// So many answers are read one by one.
const SHOWN: usize = 30;

/// Before the page is alive the form asks the server; then the answers come under it, at each key.
#[component]
pub fn Finding() -> impl IntoView {
    let store = Store::expect();
    let typed = RwSignal::new(String::new());
    let searched = Memo::new(move |_| store.briefs.with(|briefs| briefs.as_deref().map(Searched::of)));
    let answers = move || {
        typed.with(|typed| {
            searched.with(|searched| {
                let hits = search(searched.as_ref()?, typed);
                (!typed.trim().is_empty()).then_some(hits)
            })
        })
    };
    let shown = move || {
        let hits = answers()?;
        let count = hits.len();
        let rows = store.briefs.with_untracked(|briefs| {
            let briefs = briefs.as_deref()?;
            Some(hits.iter().take(SHOWN).filter_map(|hit| row(briefs, hit)).collect_view())
        });
        Some(view! {
            <p role="status">{found(count)}</p>
            <ul class="list">{rows}</ul>
        })
    };
    view! {
        <form
            method="get"
            action="/breve/archives"
            class="stack no-print"
            role="search"
            on:input=move |event| typed.set(event_target_value(&event))
        >
            <TextField id="chercher" name="q" kind="search" label="Chercher dans la brève" autocomplete="off"/>
            {shown}
            <button class="button" type="submit">"Chercher dans toutes les archives"</button>
        </form>
    }
}

fn row(briefs: &Briefs, hit: &domain::brief::Found) -> Option<impl IntoView + use<>> {
    let brief = briefs.briefs.iter().find(|brief| brief.id == hit.brief)?;
    let piece = brief.pieces.get(hit.piece)?;
    let title = match piece {
        Shown::Block { title, .. } => headline(Some(title), brief.monday),
        Shown::Live { source: of, .. } => nb(source(*of)),
    };
    let href = format!("/breve/{}#{}", iso_day(brief.monday), id_of(piece));
    Some(view! {
        <li class="row">
            <span class="row__body">
                <a class="row__link row__title" href=href>{title}</a>
                <span class="row__soft">{short(brief.monday)}</span>
            </span>
        </li>
    })
}
