//! What somebody writes for the brief: real fields that keep their draft on the device, and mistakes beside them.

use std::sync::Arc;

use domain::brief::{Block, SaidMistake};
use domain::command::Command;
use domain::id::{BlockId, GroupId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, CustomEvent, Element, FormData, HtmlElement, HtmlFormElement};

use super::draft::{Chosen, Draft, Keeper, kept, key};
use super::proposing_page::PAGE;
use crate::acts::{ActForm, Read, intent_of};
use crate::french::brief::{draft_kept, field_of, mistake};
use crate::french::nb;
use crate::offline::acts::Acts;
use crate::offline::store::Store;
use crate::offline::{clock, photos};
use crate::ui::{Icon, Tick, in_textarea};

/// What `writing.js` says when a picture was chosen and made small.
const PICTURE: &str = "alpar:picture";

/// Said once a field to write in is shown: `boot.js` brings it to life.
const WRITING: &str = "alpar:writing";

/// A contribution of mine as the device knows it now.
fn known(store: Store, block: Option<BlockId>) -> Option<Block> {
    store.following(|seen| seen.me.blocks.iter().find(|known| Some(known.id) == block).cloned()).flatten()
}

#[component]
pub fn BlockForm(groups: Vec<(GroupId, String)>, #[prop(optional_no_strip)] block: Option<Block>) -> impl IntoView {
    let (store, acts) = (Store::expect(), Acts::expect());
    let id = block.as_ref().map(|block| block.id);
    let first = block.as_ref().map(Draft::of).unwrap_or_default();
    let empty = Draft { group: groups.first().map(|(id, _)| id.to_string()).unwrap_or_default(), ..Draft::default() };
    let given = if block.is_some() { first.clone() } else { empty };
    // What the fields show while nothing was typed: the version that is shown.
    let else_as = given.clone();
    let begins_as = Memo::new(move |_| known(store, id).as_ref().map_or_else(|| else_as.clone(), Draft::of));
    let keeper = Keeper::new(acts, key(id));
    let draft = RwSignal::new(None::<Draft>);
    let picture = RwSignal::new(first.picture);
    let mistakes = RwSignal::new(Vec::<SaidMistake>::new());
    let place = NodeRef::<leptos::html::Div>::new();

    // What stands in the fields becomes the draft, unless it is what was there before.
    let note = {
        let keeper = keeper.clone();
        move || {
            let Some(form) = place.get_untracked().and_then(|place| the_form(&place)) else { return };
            let Ok(data) = FormData::new_with_form(&form) else { return };
            let before = begins_as.get_untracked();
            let base = draft.with_untracked(|draft| draft.as_ref().map_or(before.base, |draft| draft.base));
            let now = Draft::read(&data, picture.get_untracked(), base);
            let changed = Some(now).filter(|now| *now != Draft { base, ..before });
            draft.set(changed.clone());
            keeper.keep(changed);
        }
    };
    // Only once the app keeps it, on its own page.
    let alive = RwSignal::new(false);
    Effect::new(move |_| {
        alive.set(true);
        if let Ok(event) = CustomEvent::new(WRITING) {
            drop(window().dispatch_event(&event));
        }
    });
    restore(&keeper, place, draft, picture, begins_as);
    let no_room = RwSignal::new(false);
    hear_of_pictures(acts, place, picture, no_room, note.clone());

    let read: Read = {
        let keeper = keeper.clone();
        Arc::new(move |data: &FormData| {
            let base = draft.with_untracked(|draft| draft.as_ref().map(|draft| draft.base));
            let now = Draft::read(data, picture.get_untracked(), base.unwrap_or_else(|| begins_as.get_untracked().base));
            let wrong = now.mistakes();
            mistakes.set(wrong.clone());
            if let Some(first) = wrong.first() {
                focus(field_of(first));
                return None;
            }
            // Both versions were on the screen: what is sent stands for both.
            let settles =
                store.with_seen(|seen| seen.me.blocks.iter().find(|known| Some(known.id) == id).map(Block::revisions_beside));
            let settles = settles.flatten().unwrap_or_default();
            let command = now.command(id.unwrap_or_else(|| BlockId(clock::uuid())), id.is_none(), settles)?;
            keeper.keep(None);
            draft.set(None);
            if id.is_none() {
                picture.set(None);
            }
            let intent = intent_of(store, &command);
            Some((command, intent))
        })
    };
    let wrong = move |field: &'static str| {
        Signal::derive(move || {
            mistakes.with(|all| all.iter().find(|known| field_of(known) == field).map(|known| nb(&mistake(known))))
        })
    };
    // Posted plainly, its id is the server's to make, and its fields are the inputs.
    let command = given.command(id.unwrap_or(BlockId(Uuid::nil())), id.is_none(), Vec::new());
    let back = id.map_or_else(|| PAGE.to_owned(), |id| format!("{PAGE}/{id}"));
    let (at, refused) = (keeper.at, keeper.refused);
    let said = move || match (refused.get(), at.get()) {
        (true, _) => nb("Ce téléphone n’a plus de place pour ton brouillon : envoie-le avant de partir."),
        (false, Some(at)) => draft_kept(at),
        (false, None) => String::new(),
    };
    let options = groups
        .into_iter()
        .map(|(group, name)| view! { <option value=group.to_string() selected=first.group == group.to_string()>{name}</option> })
        .collect_view();
    let typed = { move |_| note() };
    let command = command.unwrap_or(Command::WithdrawBlock { block: BlockId(Uuid::nil()) });
    view! {
        <div node_ref=place data-kept=move || alive.get().then_some("") on:input=typed.clone() on:change=typed>
            <ActForm command=command intent="" back=back read=read again=id.is_none() class="stack">
                <div class="field">
                    <label class="field__label" for="bloc-group">"Au nom de"</label>
                    <select class="field__input" id="bloc-group" name="group">{options}</select>
                </div>
                {line("title", "Titre", "", first.title, wrong("title"))}
                {prose(first.text, wrong("text"))}
                <ChosenPicture picture=picture no_room=no_room alt=first.alt wrong=wrong("alt")/>
                {line("href", "Un lien", "Une adresse du web, un mail après mailto:, ou une page d’Alpar. Facultatif", first.href, wrong("href"))}
                {line("label", "Les mots du lien", "« S’inscrire à la soupe »", first.label, wrong("label"))}
                <Tick name="ready" value="true" title="C’est prêt" soft="Communication peut la prendre telle quelle" checked=first.ready/>
                <Tick name="public" value="true" title="Tout le monde peut la lire" soft="Si la brève est publique cette semaine-là" checked=first.public/>
                <p class="field__hint" role="status">{said}</p>
                <button class="button button--main" type="submit">
                    {if id.is_some() { "Enregistrer" } else { "Proposer" }}
                </button>
            </ActForm>
        </div>
    }
}

fn the_form(place: &Element) -> Option<HtmlFormElement> {
    place.query_selector("form").ok().flatten()?.dyn_into().ok()
}

/// The focus on a field of the form.
fn focus(field: &str) {
    let field = document().get_element_by_id(&format!("bloc-{field}")).and_then(|field| field.dyn_into::<HtmlElement>().ok());
    if let Some(field) = field {
        drop(field.focus());
    }
}

/// Brings back what this device keeps; afterwards the fields follow the version that is shown, as long as nothing is typed.
fn restore(
    keeper: &Keeper,
    place: NodeRef<leptos::html::Div>,
    draft: RwSignal<Option<Draft>>,
    picture: RwSignal<Option<Chosen>>,
    begins_as: Memo<Draft>,
) {
    let store = Store::expect();
    let (asked, looked) = (RwSignal::new(false), RwSignal::new(false));
    let keeper = keeper.clone();
    Effect::new(move |_| {
        // Whose drafts they are is known once the device is open.
        if asked.get_untracked() || store.member.get().is_none() {
            return;
        }
        asked.set(true);
        let keeper = keeper.clone();
        spawn_local(async move {
            let found = kept(keeper.acts(), keeper.key()).await;
            if let Some(found) = found {
                keeper.at.try_set(Some(found.at));
                picture.try_set(found.draft.picture);
                draft.try_set(Some(found.draft.clone()));
                if let Some(place) = place.try_get_untracked().flatten() {
                    found.draft.fill(&place);
                }
            }
            looked.try_set(true);
        });
    });
    Effect::new(move |_| {
        let shown = begins_as.get();
        if looked.get() && draft.with_untracked(Option::is_none) {
            picture.set(shown.picture);
            if let Some(place) = place.get_untracked() {
                shown.fill(&place);
            }
        }
    });
}

/// A picture that was chosen is kept beside the outbox at once, and named by the draft.
fn hear_of_pictures(
    acts: Acts,
    place: NodeRef<leptos::html::Div>,
    picture: RwSignal<Option<Chosen>>,
    no_room: RwSignal<bool>,
    note: impl Fn() + Clone + 'static,
) {
    Effect::new(move |_| {
        let Some(place) = place.get() else { return };
        let note = note.clone();
        let heard = Closure::<dyn Fn(CustomEvent)>::new(move |event: CustomEvent| {
            let detail = event.detail();
            let part = |name: &str| js_sys::Reflect::get(&detail, &JsValue::from_str(name)).ok();
            let Some(blob) = part("blob").and_then(|blob| blob.dyn_into::<Blob>().ok()) else { return };
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels, 1,600 at most")]
            let pixels = |name: &str| part(name).and_then(|side| side.as_f64()).map_or(0, |side| side as u16);
            let (width, height) = (pixels("width"), pixels("height"));
            let note = note.clone();
            spawn_local(async move {
                let kept = photos::keep_picture(acts, blob).await;
                no_room.try_set(kept.is_none());
                if let Some(id) = kept {
                    picture.try_set(Some(Chosen { id, width, height }));
                    note();
                }
            });
        });
        // Captured: the event belongs to its field.
        let target: &web_sys::EventTarget = &place;
        drop(target.add_event_listener_with_callback_and_bool(PICTURE, heard.as_ref().unchecked_ref(), true));
        heard.forget();
    });
}

/// The picture, and what it shows for whoever does not see it.
#[component]
fn ChosenPicture(
    picture: RwSignal<Option<Chosen>>,
    no_room: RwSignal<bool>,
    alt: String,
    wrong: Signal<Option<String>>,
) -> impl IntoView {
    let acts = Acts::expect();
    let alive = RwSignal::new(false);
    Effect::new(move |_| alive.set(true));
    let address = RwSignal::new(None::<String>);
    Effect::new(move |_| match picture.get() {
        None => address.set(None),
        Some(chosen) => spawn_local(async move {
            address.try_set(Some(photos::address_of(acts, chosen.id).await));
        }),
    });
    let side = |of: fn(&Chosen) -> u16| move || picture.get().as_ref().map(of).unwrap_or_default().to_string();
    let none = move || picture.get().is_none();
    view! {
        <input type="hidden" name="picture" prop:value=move || picture.get().map(|chosen| chosen.id.to_string()).unwrap_or_default()
            value=picture.get_untracked().map(|chosen| chosen.id.to_string()).unwrap_or_default()/>
        <input type="hidden" name="width" prop:value=side(|chosen| chosen.width) value=side(|chosen| chosen.width)()/>
        <input type="hidden" name="height" prop:value=side(|chosen| chosen.height) value=side(|chosen| chosen.height)()/>
        <div class="field" hidden=move || !alive.get()>
            <label class="field__label" for="bloc-image">"Une image"</label>
            <input class="field__input" id="bloc-image" type="file" accept="image/*" data-picture aria-describedby="bloc-image-aide"/>
            <span class="field__hint" id="bloc-image-aide">
                {nb("Facultatif. Elle est réduite sur le téléphone, et part avec le texte.")}
            </span>
            <p class="field__error" role="alert" hidden=move || !no_room.get()>
                <Icon name="circle-alert"/>
                {nb("Ce téléphone n’a plus de place pour garder l’image : fais-en un peu, puis choisis-la de nouveau.")}
            </p>
        </div>
        <div class="stack" hidden=none>
            {move || address.get().map(|address| view! { <img class="brief__picture" src=address alt=""/> })}
            <button class="button button--quiet" type="button" on:click=move |event| {
                picture.set(None);
                // As if it had been typed: the draft hears of it.
                if let Ok(changed) = web_sys::Event::new("change") {
                    let place = event_target::<Element>(&event).closest("form").ok().flatten();
                    drop(place.map(|form| form.parent_element().map(|place| place.dispatch_event(&changed))));
                }
            }>
                "Retirer l’image"
            </button>
            {line("alt", "Ce que l’image montre", "Pour qui ne la voit pas : « trois fromages sur une planche »", alt, wrong)}
        </div>
    }
}

/// One line, with its hint and what is wrong with it; what is typed stays whatever is said of it.
fn line(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    value: String,
    wrong: Signal<Option<String>>,
) -> impl IntoView {
    let id = format!("bloc-{name}");
    let described = format!("{id}-aide {id}-faux");
    view! {
        <div class="field" class=("field--wrong", move || wrong.get().is_some())>
            <label class="field__label" for=id.clone()>{label}</label>
            <input
                class="field__input"
                id=id.clone()
                name=name
                value=value
                autocomplete="off"
                aria-describedby=described
                aria-invalid=move || wrong.get().map(|_| "true")
            />
            <span class="field__hint" id=format!("{id}-aide")>{nb(hint)}</span>
            {said(format!("{id}-faux"), wrong)}
        </div>
    }
}

fn prose(value: String, wrong: Signal<Option<String>>) -> impl IntoView {
    view! {
        <div class="field" class=("field--wrong", move || wrong.get().is_some())>
            <label class="field__label" for="bloc-text">"Texte"</label>
            <textarea
                class="field__input"
                id="bloc-text"
                name="text"
                rows="8"
                data-prose
                aria-describedby="bloc-text-faux"
                aria-invalid=move || wrong.get().map(|_| "true")
            >
                {in_textarea(&value)}
            </textarea>
            {said("bloc-text-faux".to_owned(), wrong)}
        </div>
    }
}

fn said(id: String, wrong: Signal<Option<String>>) -> impl IntoView {
    view! {
        <p class="field__error" id=id role="alert" hidden=move || wrong.get().is_none()>
            <Icon name="circle-alert"/>
            {move || wrong.get()}
        </p>
    }
}
