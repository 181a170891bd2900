//! One event, at an address of its own.

use domain::event::State;
use domain::id::EventId;
use domain::time::Instant;
use domain::view::event::{EventView, KnownEvent, Moving, moving as moving_of};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::answer_form::MyAnswer;
use super::arrivals::Arrivals;
use super::cars::Cars;
use super::comments::Comments;
use super::events_page::PAGE;
use super::facts::Facts;
use super::photos::{Photos, Thanks};
use super::things::{Items, Posts};
use crate::french::events::coming;
use crate::french::nb;
use crate::offline::store::Store;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Back, Empty, Frame, Width};

#[component]
pub fn EventPage() -> impl IntoView {
    let params = use_params_map();
    // What is no id is that of no event.
    let id = move || params.with(|params| params.get("event")).and_then(|id| id.parse().ok()).unwrap_or(EventId(Uuid::nil()));
    let query = move || Query::Event(id());
    view! {
        <Title text="Une sortie · Alpar"/>
        <Screen query=query title="Sortie" coming="La sortie arrive." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(page)
}

fn page(view: EventView) -> AnyView {
    let EventView { now, known, .. } = view;
    let inside = known.map_or_else(|| not_kept_here().into_any(), |known| event(known, now).into_any());
    view! { <Frame width=Width::Alone>{inside}</Frame> }.into_any()
}

/// What moves under the page, as it is now; what is being typed there stays as it is.
fn following(id: EventId, first: Moving) -> Memo<Moving> {
    let store = Store::expect();
    Memo::new(move |_| {
        // Answers close, and the door opens, by the clock.
        store.now.track();
        store.following_events(|seen, events| moving_of(seen, events, id)).flatten().unwrap_or_else(|| first.clone())
    })
}

fn event(mut known: KnownEvent, now: Instant) -> impl IntoView {
    let id = known.id;
    // Its parts each have what is left of it, some of them anew.
    let moving = following(id, std::mem::take(&mut known.moving));
    let html = std::mem::take(&mut known.html);
    let title = nb(&known.details.title);
    let takes_place = matches!(known.state, State::Published { .. });
    let of_facts = known.clone();
    // It was written by our renderer and passed the server's allow-list: nothing in it runs.
    let text = (!html.is_empty()).then(|| view! { <div class="prose" inner_html=html></div> });
    let answer = takes_place.then(|| {
        view! {
            <MyAnswer known=known moving=moving now=now/>
            <Coming moving=moving/>
            <Items event=id moving=moving/>
            <Posts event=id moving=moving/>
            <Cars event=id moving=moving/>
        }
    });
    view! {
        <article class="event">
            <header class="page__head">
                <Back href=PAGE label="Sorties"/>
                <h1 class="page__title" tabindex="-1">{title}</h1>
            </header>
            <PageTop/>
            <Thanks moving=moving/>
            <Arrivals event=id moving=moving/>
            <Facts known=of_facts now=now/>
            {text}
            {answer}
            <Photos event=id moving=moving/>
            <Comments event=id moving=moving now=now/>
        </article>
    }
}

/// Who comes, as far as they let it be known.
#[component]
fn Coming(moving: Memo<Moving>) -> impl IntoView {
    let said = move || moving.with(|moving| coming(&moving.coming, moving.seats, moving.children, moving.maybe));
    let on = Memo::new(move |_| moving.with(|moving| moving.on));
    // Once it is over: who had said so, where anybody had.
    let shows = Memo::new(move |_| moving.with(|moving| moving.on || moving.seats > 0));
    move || {
        shows.get().then(|| {
            let title = move || if on.get() { "Qui vient" } else { "Qui avait dit oui" };
            view! {
                <section class="section section--apart" aria-labelledby="qui-vient">
                    <h2 id="qui-vient">{title}</h2>
                    <p>{said}</p>
                </section>
            }
        })
    }
}

fn not_kept_here() -> impl IntoView {
    view! {
        <header class="page__head">
            <Back href=PAGE label="Sorties"/>
        </header>
        <PageTop/>
        <Empty
            id="pas-gardee"
            icon="signpost"
            title="Cette sortie n’est pas là"
            text=nb("Elle est passée depuis plus de huit semaines, ou elle n’est pas, ou plus, annoncée.")
            whole_page=true
        >
            <a class="button button--main" href=PAGE>"Voir les sorties"</a>
        </Empty>
    }
}
