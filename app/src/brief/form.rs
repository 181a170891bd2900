//! What somebody writes for the brief: real fields that keep their draft on the device, and mistakes beside them.

use std::sync::Arc;

use domain::brief::{Block, SaidMistake};
use domain::command::Command;
use domain::id::{BlockId, GroupId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;
use wasm_bindgen::JsCast;
use web_sys::{Element, FormData, HtmlElement, HtmlFormElement};

use super::draft::{Draft, Keeper, kept, key};
use super::proposing_page::PAGE;
use crate::acts::{
    ActForm, Chosen, PictureField, Read, bring_to_life, hear_of_pictures, intent_of, no_room_for_it, said_wrong, typed_line,
};
use crate::french::brief::{draft_kept, field_of, mistake};
use crate::french::nb;
use crate::offline::acts::Acts;
use crate::offline::clock;
use crate::offline::photos::For;
use crate::offline::store::Store;
use crate::ui::{Tick, in_textarea};

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
    let alive = bring_to_life();
    restore(&keeper, place, draft, picture, begins_as);
    let no_room = RwSignal::new(false);
    hear_of_pictures(For::Brief, place, picture, no_room, note.clone());

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
                {typed_line("bloc", "title", "Titre", "", first.title, wrong("title"))}
                {prose(first.text, wrong("text"))}
                <PictureField
                    of="bloc"
                    label="Une image"
                    hint="Facultatif. Elle est réduite sur le téléphone, et part avec le texte."
                    picture=picture
                    refused=no_room_for_it(no_room)
                    alt=first.alt
                    alt_hint="Pour qui ne la voit pas : « trois fromages sur une planche »"
                    wrong=wrong("alt")
                />
                {typed_line("bloc", "href", "Un lien", "Une adresse du web, un mail après mailto:, ou une page d’Alpar. Facultatif", first.href, wrong("href"))}
                {typed_line("bloc", "label", "Les mots du lien", "« S’inscrire à la soupe »", first.label, wrong("label"))}
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
            {said_wrong("bloc-text-faux".to_owned(), wrong)}
        </div>
    }
}
