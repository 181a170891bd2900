//! « Qui apporte quoi », and who gives a hand: taken on and given back with one tap each.

use domain::command::Command;
use domain::event::What;
use domain::id::EventId;
use domain::view::event::{Moving, Thing};
use leptos::prelude::*;

use crate::acts::ActForm;
use crate::french::events::shared;
use crate::french::nb;
use crate::ui::Icon;

/// Whether I said that I come, or may: whoever does takes things on.
pub fn may_take(moving: &Moving) -> bool {
    moving.on && moving.mine.as_ref().is_some_and(|mine| mine.party.cares())
}

/// Why nothing can be taken on yet.
pub fn answer_first(moving: &Moving) -> Option<&'static str> {
    let cares = moving.mine.as_ref().is_some_and(|mine| mine.party.cares());
    (moving.on && !cares).then_some("Réponds d’abord oui ou peut-être, puis choisis.")
}

/// Things to bring; nothing where the organisers ask for none.
#[component]
pub fn Items(event: EventId, moving: Memo<Moving>) -> impl IntoView {
    let items = Memo::new(move |_| moving.with(|moving| (moving.items.clone(), may_take(moving), answer_first(moving))));
    move || {
        let (items, may, first) = items.get();
        section("apporte", "Qui apporte quoi", items, event, may, first)
    }
}

/// Work to be done there.
#[component]
pub fn Posts(event: EventId, moving: Memo<Moving>) -> impl IntoView {
    let posts = Memo::new(move |_| moving.with(|moving| (moving.posts.clone(), may_take(moving), answer_first(moving))));
    move || {
        let (posts, may, first) = posts.get();
        section("coups-de-main", "Coups de main", posts, event, may, first)
    }
}

fn section(
    id: &'static str,
    title: &'static str,
    things: Vec<Thing>,
    event: EventId,
    may: bool,
    first: Option<&'static str>,
) -> Option<impl IntoView> {
    (!things.is_empty()).then(|| {
        let rows = things.into_iter().map(|thing| row(thing, event, may)).collect_view();
        view! {
            <section class="section section--apart" aria-labelledby=id>
                <h2 id=id>{title}</h2>
                {first.map(|said| view! { <p class="soft">{nb(said)}</p> })}
                <ul class="list">{rows}</ul>
            </section>
        }
    })
}

fn row(thing: Thing, event: EventId, may: bool) -> impl IntoView {
    let said = shared(thing.of, thing.left, thing.mine, &thing.by, thing.unnamed);
    let label = nb(&thing.label);
    let takes = (may && thing.left > 0).then(|| takes(&thing, event)).flatten();
    let releases = (thing.mine > 0).then(|| gives_back(&thing, event)).flatten();
    let class = if thing.left == 0 && thing.mine == 0 { "row row--off event-thing" } else { "row event-thing" };
    view! {
        <li class=class>
            {(thing.mine > 0).then(|| view! { <Icon name="check"/> })}
            <span class="row__body">
                <span class="row__title">{label}</span>
                <span class="row__soft">{said}</span>
            </span>
            <span class="event-thing__acts">{takes} {releases}</span>
        </li>
    }
}

/// One more of it; a post is borne once.
fn takes(thing: &Thing, event: EventId) -> Option<impl IntoView + use<>> {
    let (command, words) = match thing.what {
        What::Item(item) => {
            let words = if thing.mine == 0 { "J’apporte" } else { "Un de plus" };
            (Command::ClaimItem { event, item, quantity: thing.mine.saturating_add(1) }, words)
        }
        What::Post(post) if thing.mine == 0 => (Command::ClaimPost { event, post }, "Je m’en charge"),
        What::Post(_) | What::Carpool(_) => return None,
    };
    let intent = nb(&format!("{words} : {}", thing.label));
    let label = intent.clone();
    Some(view! {
        <ActForm command=command intent=intent back=format!("/sortie/{event}")>
            <button class="button button--fill" type="submit" aria-label=label>{words}</button>
        </ActForm>
    })
}

/// All of it.
fn gives_back(thing: &Thing, event: EventId) -> Option<impl IntoView + use<>> {
    let command = match thing.what {
        What::Item(item) => Command::ReleaseItem { event, item },
        What::Post(post) => Command::ReleasePost { event, post },
        What::Carpool(_) => return None,
    };
    let intent = nb(&format!("Rendre : {}", thing.label));
    let label = intent.clone();
    Some(view! {
        <ActForm command=command intent=intent back=format!("/sortie/{event}")>
            <button class="button button--quiet" type="submit" aria-label=label>"Rendre"</button>
        </ActForm>
    })
}
