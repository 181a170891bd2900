//! « Qui apporte quoi », and who gives a hand: so many of a thing taken on, changed, given back.

use std::sync::Arc;

use domain::command::Command;
use domain::event::What;
use domain::id::{BringItemId, EventId};
use domain::view::event::{Moving, Thing};
use leptos::prelude::*;
use web_sys::FormData;

use crate::acts::{ActForm, Read, number};
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

/// One of an event's lists.
type List = fn(&Moving) -> &[Thing];

fn items(moving: &Moving) -> &[Thing] {
    &moving.items
}

fn posts(moving: &Moving) -> &[Thing] {
    &moving.posts
}

/// Things to bring; nothing where the organisers ask for none.
#[component]
pub fn Items(event: EventId, moving: Memo<Moving>) -> impl IntoView {
    shared_out("apporte", "Qui apporte quoi", event, moving, items)
}

/// Work to be done there.
#[component]
pub fn Posts(event: EventId, moving: Memo<Moving>) -> impl IntoView {
    shared_out("coups-de-main", "Coups de main", event, moving, posts)
}

/// A list; each row follows what is its own, so that a number that is being typed stays while others take things on.
fn shared_out(id: &'static str, title: &'static str, event: EventId, moving: Memo<Moving>, list: List) -> impl IntoView {
    let things = Memo::new(move |_| moving.with(|moving| list(moving).iter().map(|thing| thing.what).collect::<Vec<What>>()));
    let first = Memo::new(move |_| moving.with(answer_first));
    let hint = move || first.get().map(|said| view! { <p class="soft">{nb(said)}</p> });
    move || {
        let things = things.get();
        (!things.is_empty()).then(|| {
            let rows = things.into_iter().map(|what| row(what, event, moving, list)).collect_view();
            view! {
                <section class="section section--apart" aria-labelledby=id>
                    <h2 id=id>{title}</h2>
                    {hint}
                    <ul class="list">{rows}</ul>
                </section>
            }
        })
    }
}

/// How it is taken on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// With one tap: there is one of it, or it is work, which is borne once.
    One,
    /// So many of it, as somebody chooses.
    Many(BringItemId),
}

impl Takes {
    fn of(thing: &Thing) -> Option<Takes> {
        match thing.what {
            What::Item(item) if most(thing) > 1 => Some(Takes::Many(item)),
            What::Item(_) | What::Post(_) if thing.mine == 0 && thing.left > 0 => Some(Takes::One),
            _ => None,
        }
    }
}

/// So much of it may be mine.
fn most(thing: &Thing) -> u16 {
    thing.mine.saturating_add(thing.left)
}

fn row(what: What, event: EventId, moving: Memo<Moving>, list: List) -> impl IntoView {
    let thing = Memo::new(move |_| moving.with(|moving| list(moving).iter().find(|thing| thing.what == what).cloned()));
    let mine = Memo::new(move |_| thing.with(|thing| thing.as_ref().is_some_and(|thing| thing.mine > 0)));
    let on = Memo::new(move |_| moving.with(|moving| moving.on));
    let may = Memo::new(move |_| moving.with(may_take));
    let takes = Memo::new(move |_| thing.with(|thing| thing.as_ref().and_then(Takes::of)).filter(|_| may.get()));
    let label = Memo::new(move |_| thing.with(|thing| thing.as_ref().map(|thing| nb(&thing.label)).unwrap_or_default()));
    let said = move || {
        let said = |thing: &Thing| shared(thing.of, thing.left, thing.mine, &thing.by, thing.unnamed);
        thing.with(|thing| thing.as_ref().map(said))
    };
    let class = move || {
        let none_left = thing.with(|thing| thing.as_ref().is_some_and(|thing| most(thing) == 0));
        if none_left { "row row--off event-thing" } else { "row event-thing" }
    };
    let take = move || match takes.get()? {
        Takes::One => takes_one(what, event, label.get()),
        Takes::Many(item) => Some(takes_many(item, event, thing, label.get())),
    };
    let give_back = move || (mine.get() && on.get()).then(|| gives_back(what, event, &label.get())).flatten();
    view! {
        <li class=class>
            {move || mine.get().then(|| view! { <Icon name="check"/> })}
            <span class="row__body">
                <span class="row__title">{move || label.get()}</span>
                <span class="row__soft">{said}</span>
            </span>
            <div class="event-thing__acts">{take} {give_back}</div>
        </li>
    }
}

fn takes_one(what: What, event: EventId, label: String) -> Option<AnyView> {
    let (command, words) = match what {
        What::Item(item) => (Command::ClaimItem { event, item, quantity: 1 }, "J’apporte"),
        What::Post(post) => (Command::ClaimPost { event, post }, "Je m’en charge"),
        What::Carpool(_) => return None,
    };
    let intent = nb(&format!("{words} : {label}"));
    let label = intent.clone();
    let button = view! {
        <ActForm command=command intent=intent back=format!("/sortie/{event}")>
            <button class="button button--fill" type="submit" aria-label=label>{words}</button>
        </ActForm>
    };
    Some(button.into_any())
}

/// A number, from one to all that is left besides what is mine; sent again, it stands in the place of what was.
fn takes_many(item: BringItemId, event: EventId, thing: Memo<Option<Thing>>, label: String) -> AnyView {
    let held = move || thing.with(|thing| thing.as_ref().map_or(0, |thing| thing.mine));
    let most = move || thing.with(|thing| thing.as_ref().map_or(1, most));
    let words = move || if held() == 0 { "J’apporte" } else { "Changer" };
    let (id, named) = (format!("combien-{item}"), label.clone());
    let read: Read = Arc::new(move |data: &FormData| {
        let quantity: u16 = number(data, "quantity")?;
        let many = if quantity > 1 { format!(" ({quantity})") } else { String::new() };
        Some((Command::ClaimItem { event, item, quantity }, nb(&format!("J’apporte : {label}{many}"))))
    });
    // Its field is the input.
    let command = Command::ClaimItem { event, item, quantity: 1 };
    let (first, field) = (untrack(held).max(1).to_string(), id.clone());
    let of = nb(&format!(" : {named}"));
    let button = move || nb(&format!("{} : {named}", words()));
    view! {
        <ActForm command=command intent="" back=format!("/sortie/{event}") read=read class="event-thing__claim">
            <label class="event-thing__label" for=field>
                "Combien"
                <span class="visually-hidden">{of}</span>
                <span class="event-thing__most">{move || format!("de 1 à {}", most())}</span>
            </label>
            <input
                class="field__input event-thing__count"
                id=id
                name="quantity"
                type="number"
                inputmode="numeric"
                min="1"
                max=move || most().to_string()
                value=first
                required
            />
            <button class="button button--fill" type="submit" aria-label=button>{words}</button>
        </ActForm>
    }
    .into_any()
}

/// All of it.
fn gives_back(what: What, event: EventId, label: &str) -> Option<AnyView> {
    let command = match what {
        What::Item(item) => Command::ReleaseItem { event, item },
        What::Post(post) => Command::ReleasePost { event, post },
        What::Carpool(_) => return None,
    };
    let intent = nb(&format!("Rendre : {label}"));
    let label = intent.clone();
    let button = view! {
        <ActForm command=command intent=intent back=format!("/sortie/{event}")>
            <button class="button button--quiet" type="submit" aria-label=label>"Rendre"</button>
        </ActForm>
    };
    Some(button.into_any())
}
