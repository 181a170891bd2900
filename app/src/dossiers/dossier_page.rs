//! One dossier, at an address of its own.

use domain::id::DossierId;
use domain::time::Instant;
use domain::view::dossiers::{DossierMoving, DossierView, KnownDossier, dossier_moving};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::acting::acting;
use super::board_page::WaitingChip;
use super::facts::facts;
use super::form::board_of;
use super::hours::hours;
use crate::french::nb;
use crate::offline::store::Store;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Back, Empty, Frame, Width};

#[component]
pub fn DossierPage() -> impl IntoView {
    let params = use_params_map();
    // What is no id is that of no dossier.
    let id = move || params.with(|params| params.get("dossier")).and_then(|id| id.parse().ok()).unwrap_or(DossierId(Uuid::nil()));
    let query = move || Query::Dossier(id());
    view! {
        <Title text="Un dossier · Alpar"/>
        <Screen query=query title="Un dossier" coming="Le dossier arrive." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(page)
}

fn page(view: DossierView) -> AnyView {
    let DossierView { now, id, known, .. } = view;
    let inside = known.map_or_else(|| not_mine().into_any(), |known| dossier(id, known, now).into_any());
    view! { <Frame width=Width::Alone>{inside}</Frame> }.into_any()
}

/// What moves under the page, as it is now; what is being typed there stays as it is.
fn following(id: DossierId, first: DossierMoving) -> Memo<DossierMoving> {
    let store = Store::expect();
    Memo::new(move |_| {
        // Days pass by the clock.
        store.now.track();
        store.following(|seen| dossier_moving(seen, id)).flatten().unwrap_or_else(|| first.clone())
    })
}

fn dossier(id: DossierId, known: KnownDossier, now: Instant) -> impl IntoView {
    let KnownDossier { slug, name, title, moving, .. } = known;
    // Whoever accompanies a young volunteer without belonging to the group does not read its board.
    let (back, words) =
        if moving.keeps { (board_of(&slug), format!("Dossiers : {name}")) } else { ("/coop".to_owned(), "La coop".to_owned()) };
    let moving = following(id, moving);
    view! {
        <article class="dossier">
            <header class="page__head">
                <Back href=back label=nb(&words)/>
                <h1 class="page__title" tabindex="-1">{nb(&title)}</h1>
            </header>
            <PageTop/>
            <WaitingChip dossier=id/>
            {facts(moving, now)}
            {acting(id, title, moving)}
            {hours(id, moving, now)}
        </article>
    }
}

fn not_mine() -> impl IntoView {
    view! {
        <header class="page__head">
            <Back href="/coop" label="La coop"/>
        </header>
        <PageTop/>
        <Empty
            id="pas-de-dossier"
            icon="signpost"
            title="Ce dossier n’est pas là"
            text=nb("Il est clos depuis plus de trois mois, ou c’est celui d’un groupe dont tu ne fais pas partie.")
            whole_page=true
        >
            <a class="button button--main" href="/coop">"Voir les groupes"</a>
        </Empty>
    }
}
