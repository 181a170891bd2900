//! Deliveries of the day: how each came, in two taps; and one that nobody expected.

use std::sync::Arc;

use domain::command::Command;
use domain::id::{DeliveryId, PhotoId};
use domain::sheet::{Arrival, Delivery};
use domain::view::day_sheet::DaySheetView;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;
use web_sys::{FormData, HtmlInputElement};

use super::day_sheet_page::{back, said_by};
use crate::acts::{ActForm, Read, intent_of, value};
use crate::french::intents::arrival_word;
use crate::french::{capitalized, nb};
use crate::offline::acts::Acts;
use crate::offline::photos;
use crate::offline::store::Store;
use crate::ui::{Field, Icon, Tick};

pub const ARRIVALS: [(Arrival, &str); 4] = [
    (Arrival::Complete, "complete"),
    (Arrival::Partial, "partial"),
    (Arrival::Refused, "refused"),
    (Arrival::NotCome, "not_come"),
];

#[component]
pub fn Deliveries(view: DaySheetView, deliveries: Vec<Delivery>) -> impl IntoView {
    let empty = deliveries.is_empty();
    let rows = deliveries.into_iter().enumerate().map(|(at, delivery)| one(&view, delivery, at)).collect_view();
    view! {
        <section class="section" aria-labelledby="livraisons">
            <h2 id="livraisons">"Livraisons du jour"</h2>
            {empty.then(|| view! { <p class="soft">"Aucune n’est attendue aujourd’hui."</p> })}
            {rows}
            {unexpected(&view)}
        </section>
    }
}

fn one(view: &DaySheetView, delivery: Delivery, at: usize) -> impl IntoView + use<> {
    let store = Store::expect();
    let (shift, id) = (view.card.id, delivery.id);
    let photo = RwSignal::new(None::<PhotoId>);
    let command = move |state: Arrival, remarks: String, photo: Option<PhotoId>| Command::ReceiveDelivery {
        shift,
        delivery: id,
        state,
        remarks,
        photo,
    };
    let read: Read = Arc::new(move |form: &FormData| {
        let slug = value(form, "state")?;
        let state = ARRIVALS.into_iter().find(|(_, known)| *known == slug)?.0;
        let command = command(state, value(form, "remarks").unwrap_or_default(), photo.get_untracked());
        photo.set(None);
        let intent = intent_of(store, &command);
        Some((command, intent))
    });
    let said = delivery.last.as_ref().map(|last| {
        let remarks = if last.remarks.is_empty() { String::new() } else { format!(" « {} »", last.remarks) };
        (last.state, nb(&format!("{}.{remarks} {}", capitalized(arrival_word(last.state)), said_by(view, last.said))))
    });
    let is = said.as_ref().map(|(state, _)| *state);
    let word = if is.is_some() { "Corriger" } else { "Noter comment elle est venue" };
    let label = format!("{word} : {}", delivery.supplier);
    let field = format!("livraison-{at}");
    let (described, photo_field) = (format!("{field}-aide"), format!("{field}-photo"));
    let seen = delivery.last.as_ref().and_then(|last| last.photo).map(|photo| {
        let label = format!("Photo de la livraison de {}", delivery.supplier);
        view! {
            <a class="button button--soft" href=format!("/photos/{photo}") rel="external" target="_blank" aria-label=label>
                "Photo"
            </a>
        }
    });
    let states = ARRIVALS
        .into_iter()
        .map(|(state, slug)| {
            let title = capitalized(arrival_word(state));
            let checked = is.unwrap_or(Arrival::Complete) == state;
            view! { <Tick kind="radio" name="state" value=slug title=title checked=checked/> }
        })
        .collect_view();
    let unexpected = delivery.added.map(|said| format!("Pas attendue, notée par {}", said_by(view, said)));
    view! {
        <div class="stack">
            <div class="row">
                <Icon name="truck"/>
                <span class="row__body">
                    <span class="row__title">{nb(&delivery.supplier)}</span>
                    {(!delivery.what.is_empty()).then(|| view! { <span class="row__soft">{nb(&delivery.what)}</span> })}
                    {unexpected.map(|said| view! { <span class="row__soft">{nb(&said)}</span> })}
                    {said.map(|(_, said)| view! { <span class="row__soft">{said}</span> })}
                </span>
                {seen}
            </div>
            <details class="history">
                <summary class="history__head" aria-label=label>
                    {word}
                    <Icon name="chevron-down"/>
                </summary>
                <ActForm command=command(Arrival::Complete, String::new(), None) intent="" back=back(view) read=read class="stack">
                    <fieldset class="stack">
                        <legend class="field__label">"Elle est…"</legend>
                        {states}
                    </fieldset>
                    <Field id=field.clone() label="Remarques" hint="Ce qui manque, ce qui est abîmé. Facultatif">
                        <input class="field__input" id=field name="remarks" maxlength="280" aria-describedby=described/>
                    </Field>
                    <Photo field=photo_field photo=photo/>
                    <button class="button button--fill" type="submit">
                        "Noter"
                    </button>
                </ActForm>
            </details>
        </div>
    }
}

/// Taken or chosen, made small and kept on the phone at once; sent after the form, when there is a network.
/// Only once the page is alive: a plain form carries words.
#[component]
fn Photo(field: String, photo: RwSignal<Option<PhotoId>>) -> impl IntoView {
    let acts = Acts::expect();
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let failed = RwSignal::new(false);
    let take = move |event: leptos::ev::Event| {
        let input: HtmlInputElement = event_target(&event);
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        spawn_local(async move {
            let kept = photos::keep(acts, file).await;
            failed.set(kept.is_none());
            photo.set(kept);
        });
    };
    let said = move || match (photo.get(), failed.get()) {
        (Some(_), _) => "La photo est prête : elle part avec « Noter », ou dès que le réseau revient.",
        (None, true) => "Cette photo n’a pas pu être gardée : essaie une autre, ou décris en remarque.",
        (None, false) => "Facultatif. Elle est réduite sur le téléphone.",
    };
    let hint = format!("{field}-aide");
    move || {
        let (field, hint) = (field.clone(), hint.clone());
        if !alive.get() {
            return view! { <p class="soft">{nb("Une photo s’ajoute une fois l’application chargée.")}</p> }.into_any();
        }
        view! {
            <div class="field">
                <label class="field__label" for=field.clone()>
                    "Une photo"
                </label>
                <input
                    class="field__input"
                    id=field
                    type="file"
                    accept="image/*"
                    capture="environment"
                    aria-describedby=hint.clone()
                    on:change=take
                />
                <span class="field__hint" id=hint role="status">
                    {move || nb(said())}
                </span>
            </div>
        }
        .into_any()
    }
}

fn unexpected(view: &DaySheetView) -> impl IntoView + use<> {
    let store = Store::expect();
    let shift = view.card.id;
    let command =
        move |supplier: String, what: String| Command::AddDelivery { delivery: DeliveryId(Uuid::nil()), shift, supplier, what };
    let read: Read = Arc::new(move |form: &FormData| {
        let command = command(value(form, "supplier")?, value(form, "what").unwrap_or_default());
        let intent = intent_of(store, &command);
        Some((command, intent))
    });
    view! {
        <details class="history">
            <summary class="history__head">
                "Une livraison que personne n’attendait"
                <Icon name="chevron-down"/>
            </summary>
            <ActForm command=command(String::new(), String::new()) intent="" back=back(view) read=read again=true class="stack">
                <Field id="livraison-chez" label="De qui ?">
                    <input class="field__input" id="livraison-chez" name="supplier" required maxlength="60" autocomplete="off"/>
                </Field>
                <Field id="livraison-quoi" label="Quoi ?" hint="Facultatif">
                    <input class="field__input" id="livraison-quoi" name="what" maxlength="280" aria-describedby="livraison-quoi-aide"/>
                </Field>
                <button class="button button--fill" type="submit">
                    "Ajouter la livraison"
                </button>
            </ActForm>
        </details>
    }
}
