//! What is left of an event: the organisers' thanks, and photos by those who were there. Anybody has one hidden with one tap.

use std::sync::Arc;

use domain::brief::{Picture, SaidMistake};
use domain::command::Command;
use domain::event::photo_of;
use domain::id::{CommandId, EventId, PictureId};
use domain::reason::Reason;
use domain::view::event::{Album, Moving, Shot};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlElement};

use crate::acts::{ActForm, Chosen, PictureField, Read, bring_to_life, hear_of_pictures, intent_of, no_room_for_it, value};
use crate::french::brief::mistake;
use crate::french::events::album as said_of;
use crate::french::nb;
use crate::offline::acts::Acts;
use crate::offline::photos::{self, For};
use crate::offline::store::Store;
use crate::ui::{Tick, focus_title};

/// A word of the organisers, once it is over.
#[component]
pub fn Thanks(moving: Memo<Moving>) -> impl IntoView {
    let thanks = Memo::new(move |_| moving.with(|moving| moving.thanks.clone()));
    move || {
        thanks.get().map(|thanks| {
            view! {
                <section class="card" aria-labelledby="merci">
                    <h2 id="merci">"Merci !"</h2>
                    <p class="event-word__text">{thanks}</p>
                </section>
            }
        })
    }
}

/// Nothing before it begins.
#[component]
pub fn Photos(event: EventId, moving: Memo<Moving>) -> impl IntoView {
    let album = Memo::new(move |_| moving.with(|moving| moving.album));
    let shots = Memo::new(move |_| moving.with(|moving| moving.photos.clone()));
    let none = Memo::new(move |_| shots.with(|shots| shots.is_empty()));
    let shown = Memo::new(move |_| album.get() != Album::NotYet || !none.get());
    let open = Memo::new(move |_| matches!(album.get(), Album::Open { .. }));
    // Each photo that is sent leaves an empty form.
    let nth = RwSignal::new(0_u32);
    let said = move || said_of(album.get(), none.get());
    let grid = move || {
        let figures: Vec<_> = shots.get().into_iter().map(|shot| figure(shot, event)).collect();
        (!figures.is_empty()).then(|| view! { <ul class="event-words event-photos">{figures}</ul> })
    };
    let form = move || {
        nth.track();
        open.get().then(|| adding(event, nth))
    };
    move || {
        shown.get().then(|| {
            view! {
                <section class="section section--apart" aria-labelledby="photos">
                    <h2 id="photos">"Photos"</h2>
                    <p class="soft">{said}</p>
                    {grid}
                    {form}
                </section>
            }
        })
    }
}

fn figure(shot: Shot, event: EventId) -> impl IntoView {
    let Shot { picture, by, sent, removable } = shot;
    let Picture { id, alt, width, height } = picture;
    let address = address(id, sent);
    let act = act(event, id, &alt, removable);
    let image = move || {
        let (alt, width, height) = (alt.clone(), width.to_string(), height.to_string());
        address.get().map(|address| {
            view! {
                <img
                    class="brief__picture"
                    src=address
                    alt=alt
                    width=width
                    height=height
                    loading="lazy"
                    decoding="async"
                />
            }
        })
    };
    view! {
        <li class="stack">
            <figure class="event-photo__figure">
                {image}
                <figcaption class="soft">{nb(&format!("ajoutée par {}", by.first))}</figcaption>
            </figure>
            {act}
        </li>
    }
}

/// Where it is to be seen: on this device, until it has left it.
fn address(id: PictureId, sent: bool) -> RwSignal<Option<String>> {
    let address = RwSignal::new(sent.then(|| format!("/pictures/{id}")));
    if !sent {
        let acts = Acts::expect();
        Effect::new(move |_| {
            spawn_local(async move {
                address.try_set(Some(photos::address_of(acts, id).await));
            });
        });
    }
    address
}

/// One tap, and nobody sees it.
fn act(event: EventId, picture: PictureId, alt: &str, removable: bool) -> impl IntoView + use<> {
    let (command, words) = if removable {
        (Command::RemovePhoto { picture, event }, "Retirer")
    } else {
        (Command::AskRemoval { picture, event }, "Demander le retrait")
    };
    let label = nb(&format!("{words} : {alt}"));
    let then = Callback::new(|_: CommandId| focus_title());
    view! {
        <ActForm command=command intent="" back=format!("/sortie/{event}") then=then>
            <button class="button button--quiet" type="submit" aria-label=label>{words}</button>
        </ActForm>
    }
}

/// Only once the page is alive: a photo is made small on the device.
fn adding(event: EventId, nth: RwSignal<u32>) -> impl IntoView {
    let store = Store::expect();
    let (picture, no_room) = (RwSignal::new(None::<Chosen>), RwSignal::new(false));
    let (missing, wrong) = (RwSignal::new(false), RwSignal::new(None::<SaidMistake>));
    let place = NodeRef::<leptos::html::Div>::new();
    let alive = bring_to_life();
    let chosen = move || {
        missing.try_set(false);
    };
    hear_of_pictures(For::Event, place, picture, no_room, chosen);
    let full = no_room_for_it(no_room);
    let refused = Signal::derive(move || full.get().or_else(|| missing.get().then(|| nb("Choisis une photo."))));
    let wrong_alt = Signal::derive(move || wrong.get().map(|known| nb(&mistake(&known))));
    let read: Read = Arc::new(move |data: &FormData| {
        let Some(Chosen { id, width, height }) = picture.get_untracked() else {
            missing.set(true);
            focus("photo-image");
            return None;
        };
        let alt = value(data, "alt").unwrap_or_default();
        let consent = value(data, "consent").is_some();
        // As the server reads it.
        let read = photo_of(Picture { id, alt: alt.clone(), width, height }, consent);
        if let Err(Reason::SaidBadly { mistakes }) = read {
            wrong.set(mistakes.first().copied());
            focus("photo-alt");
            return None;
        }
        let command = Command::AddPhoto { picture: id, event, alt, width, height, consent };
        let intent = intent_of(store, &command);
        Some((command, intent))
    });
    let then = Callback::new(move |_: CommandId| {
        nth.update(|nth| *nth += 1);
        request_animation_frame(|| focus("photo-image"));
    });
    // Its fields are the inputs.
    let (nothing, alt) = (PictureId(Uuid::nil()), String::new());
    let command = Command::AddPhoto { picture: nothing, event, alt, width: 0, height: 0, consent: false };
    view! {
        <div node_ref=place hidden=move || !alive.get()>
            <ActForm command=command intent="" back=format!("/sortie/{event}") read=read then=then class="stack">
                <PictureField
                    of="photo"
                    label="Ajouter une photo"
                    hint="Elle est réduite sur le téléphone, sans le lieu ni l’heure, et part dès qu’il y a du réseau."
                    picture=picture
                    refused=refused
                    alt=String::new()
                    alt_hint="Pour qui ne la voit pas : « la grande tablée, vue de la cuisine »"
                    wrong=wrong_alt
                />
                <Tick
                    name="consent"
                    value="true"
                    title=nb("Les personnes que l’on reconnaît sont d’accord")
                    soft=nb("Qui change d’avis fait retirer la photo d’un geste, sans dire pourquoi")
                    required=true
                />
                <button class="button button--fill" type="submit">"Ajouter la photo"</button>
            </ActForm>
        </div>
    }
}

fn focus(id: &str) {
    let field = document().get_element_by_id(id).and_then(|field| field.dyn_into::<HtmlElement>().ok());
    if let Some(field) = field {
        drop(field.focus());
    }
}
