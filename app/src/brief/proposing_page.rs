//! « Écrire pour la brève »: what I contribute, and what became of it.

use chrono::NaiveDate;
use domain::brief::Block;
use domain::id::BlockId;
use domain::time::Instant;
use domain::view::proposing::{Mine, ProposingView, mine};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::contribution::Contribution;
use super::crossing::Crossing;
use super::form::BlockForm;
use crate::french::brief::collecting;
use crate::french::nb;
use crate::offline::store::Store;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Empty, Frame, PageHead, Width};

pub const PAGE: &str = "/breve/proposer";

#[component]
pub fn ProposingPage() -> impl IntoView {
    view! {
        <Title text="Écrire pour la brève · Alpar"/>
        <Screen query=|| Query::Proposing title="Écrire pour la brève" coming="La page arrive." show=|view| show(view, all)/>
    }
}

#[component]
pub fn MyBlockPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("block")).and_then(|id| id.parse::<BlockId>().ok()));
    let one = move |view: ProposingView| {
        // From one contribution to another the page is the same.
        view! { {move || id.get().map_or_else(|| absent().into_any(), |id| one(view.clone(), id))} }.into_any()
    };
    view! {
        <Title text="Ma contribution · Alpar"/>
        <Screen query=|| Query::Proposing title="Ma contribution" coming="Ta contribution arrive." show=move |view| show(view, one)/>
    }
}

fn show(view: View, page: impl Fn(ProposingView) -> AnyView) -> AnyView {
    view.shown(page)
}

/// My contributions as they are now; what is being written under them stays as it is.
fn following(first: Mine) -> Signal<Mine> {
    let store = Store::expect();
    Memo::new(move |_| store.following(mine).unwrap_or_else(|| first.clone())).into()
}

/// The Monday of the issue that is being made, and when its contributions close. The briefs may come after the form: what
/// follows them changes with the issue alone, and neither with the rest of them nor as the clock ticks.
fn collecting_now(first: Option<(NaiveDate, Instant)>) -> Memo<Option<(NaiveDate, Instant)>> {
    let store = Store::expect();
    Memo::new(move |_| {
        store.briefs.with(|briefs| match briefs {
            Some(briefs) => briefs.collecting.as_ref().map(|open| (open.monday, open.closes_at)),
            None => first,
        })
    })
}

fn all(view: ProposingView) -> AnyView {
    let (store, shown_at, open) = (Store::expect(), view.now, collecting_now(view.collecting));
    let monday = Memo::new(move |_| open.get().map(|(monday, _)| monday));
    // It closes while somebody writes: the sentence is another one then, and the same at all other ticks. A page from the
    // server has no clock but its own.
    let until = Memo::new(move |_| {
        let (monday, closes_at) = open.get()?;
        Some(collecting(monday, closes_at, store.now.get().max(shown_at)))
    });
    let until = move || until.get().map(|until| view! { <p class="page__lead">{until}</p> });
    let mine = following(view.mine);
    let cards = move || {
        let (mine, monday) = (mine.get(), monday.get());
        let cards =
            mine.blocks.iter().cloned().map(|block| view! { <Contribution block=block mine=mine.clone() collecting=monday/> });
        (!mine.blocks.is_empty()).then(|| {
            view! {
                <section class="section section--apart" aria-labelledby="miennes">
                    <h2 id="miennes">"Ce que tu as proposé"</h2>
                    {cards.collect_view()}
                </section>
            }
        })
    };
    let writing = if view.groups.is_empty() {
        view! {
            <Empty
                id="sans-groupe"
                icon="users"
                title="Les groupes écrivent la brève"
                text="On y écrit au nom de son groupe de travail. Tu n’es dans aucun : choisis-en un, et dis-le à ses référent·es."
            >
                <a class="button button--main" href="/coop">"Voir les groupes"</a>
            </Empty>
        }
        .into_any()
    } else {
        view! { <BlockForm groups=view.groups block=None/> }.into_any()
    };
    view! {
        <Frame width=Width::Alone>
            <PageHead title="Écrire pour la brève" back=("/breve".to_owned(), "La brève".to_owned())/>
            <PageTop/>
            {until}
            {writing}
            {cards}
        </Frame>
    }
    .into_any()
}

fn one(view: ProposingView, id: BlockId) -> AnyView {
    let Some(block) = view.mine.block(id).cloned() else { return absent().into_any() };
    let (now, open) = (view.now, collecting_now(view.collecting));
    let monday = Memo::new(move |_| open.get().map(|(monday, _)| monday));
    let mine = following(view.mine);
    let current = move || mine.with(|mine| mine.block(id).cloned().map(|block| (block, mine.clone())));
    let over = move || {
        let monday = monday.get();
        current().map(|(block, mine)| {
            view! {
                <Contribution block=block.clone() mine=mine.clone() collecting=monday alone=true/>
                <Crossing closed=monday.is_some_and(|monday| block.monday < monday) block=block mine=mine now=now/>
            }
        })
    };
    let open = Memo::new(move |_| current().is_some_and(|(block, _)| block.is_proposed()));
    let groups = view.groups;
    let form = move || open.get().then(|| view! { <BlockForm groups=of_mine(&groups, &block) block=Some(block.clone())/> });
    view! {
        <Frame width=Width::Alone>
            <PageHead title="Ma contribution" back=(PAGE.to_owned(), "Écrire pour la brève".to_owned())/>
            <PageTop/>
            {over}
            {form}
        </Frame>
    }
    .into_any()
}

/// The groups that it may be in the name of: mine, and the one that it has.
fn of_mine(groups: &[(domain::id::GroupId, String)], block: &Block) -> Vec<(domain::id::GroupId, String)> {
    let mut groups = groups.to_vec();
    if !groups.iter().any(|(group, _)| *group == block.group) {
        groups.insert(0, (block.group, "Le groupe d’avant".to_owned()));
    }
    groups
}

fn absent() -> impl IntoView {
    view! {
        <Frame width=Width::Alone>
            <PageTop/>
            <Empty
                id="absente"
                icon="signpost"
                title="Cette contribution n’est pas là"
                text=nb("Tu l’as retirée, ou elle date de plus de cinq semaines.")
                whole_page=true
            >
                <a class="button button--main" href=PAGE>"Écrire pour la brève"</a>
            </Empty>
        </Frame>
    }
}
