//! « Donner ma place »: to whoever can come, or to people I name.

use std::sync::Arc;

use domain::command::Command;
use domain::id::{MemberId, OfferId};
use domain::swaps::Audience;
use domain::view::choices::AbsenceChoices;
use domain::view::seats::Holder;
use leptos::html;
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::FormData;

use super::Under;
use super::note::NoteField;
use crate::acts::{ActForm, Read, intent_of, leave_sheet, value, values};
use crate::french::dates::day_and_hours_short;
use crate::french::typography::counted;
use crate::french::{bearing, capitalized};
use crate::offline::store::Store;
use crate::shifts::find::answers;
use crate::ui::{EffectLine, EffectLook, Field, Icon, Tick};

#[component]
pub fn GiveSheet(choices: AbsenceChoices, people: Vec<Holder>, under: Under) -> impl IntoView {
    let store = Store::expect();
    let seat = choices.seat;
    let command = move |audience: Audience, note: String| Command::GiveSeat { offer: OfferId(Uuid::nil()), seat, audience, note };
    let read: Read = Arc::new(move |form: &FormData| {
        let audience = if value(form, "audience").as_deref() == Some("named") {
            Audience::Named { members: values::<MemberId>(form, "members") }
        } else {
            Audience::Anyone
        };
        let command = command(audience, value(form, "note").unwrap_or_default());
        let intent = intent_of(store, &command);
        Some((command, intent))
    });
    let named = RwSignal::new(false);
    let look = effect_look(&choices);
    let effect = bearing::after("Tu donnes", &choices.if_given);
    let lead = capitalized(&day_and_hours_short(&choices.when));
    let (back, then) = (under.page(), leave_sheet(under.page()));
    view! {
        <crate::ui::Sheet title="Donner ma place" close=under.page()>
            <ActForm command=command(Audience::Anyone, String::new()) intent="" back=back read=read then=then class="stack">
                <p class="sheet__lead">
                    <strong>{lead}</strong>
                    ". La première personne qui peut l’a tout de suite."
                </p>
                <fieldset class="stack">
                    <legend class="visually-hidden">"À qui"</legend>
                    <Tick
                        kind="radio"
                        name="audience"
                        value="anyone"
                        title="À qui peut venir"
                        soft="Tous les membres la voient dans les échanges"
                        checked=true
                        on_change=Callback::new(move |on: bool| named.set(!on))
                    />
                    <Tick
                        kind="radio"
                        name="audience"
                        value="named"
                        title="À des personnes que je nomme"
                        soft="Elles seules la voient"
                        on_change=Callback::new(move |on: bool| named.set(on))
                    />
                </fieldset>
                <People people=people wanted=named/>
                <NoteField/>
                <div class="sheet__foot">
                    <EffectLine look=look>{effect}</EffectLine>
                    <button class="button button--main" type="submit">
                        "Donner ma place"
                    </button>
                </div>
            </ActForm>
        </crate::ui::Sheet>
    }
}

pub fn effect_look(choices: &AbsenceChoices) -> EffectLook {
    match bearing::tone(&choices.if_given) {
        bearing::Tone::Plain => EffectLook::Plain,
        bearing::Tone::Less => EffectLook::Less,
    }
}

/// The people one may name: folded until they are wanted, filtered by what is typed.
#[component]
fn People(people: Vec<Holder>, wanted: RwSignal<bool>) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let folded = NodeRef::<html::Details>::new();
    // Chosen or searched: the list opens by itself, and is never folded by it.
    Effect::new(move |_| {
        let open = wanted.get() || typed.with(|typed| !typed.is_empty());
        if let (true, Some(folded)) = (open, folded.get()) {
            let _ = folded.set_attribute("open", "");
        }
    });
    let count = counted(people.len(), "personne", "personnes");
    let rows = people
        .into_iter()
        .map(|person| {
            let name = person.name.to_string();
            let known = name.clone();
            let other = move || typed.with(|typed| !answers(&known, typed));
            view! {
                <li hidden=other>
                    <label class="tick">
                        <input class="tick__box" type="checkbox" name="members" value=person.id.to_string()/>
                        <span class="tick__title">{name}</span>
                    </label>
                </li>
            }
        })
        .collect_view();
    view! {
        <Field id="qui" label="Chercher quelqu’un">
            <input
                class="field__input"
                id="qui"
                type="search"
                autocomplete="off"
                on:input=move |event| typed.set(event_target_value(&event))
            />
        </Field>
        <details class="history" node_ref=folded>
            <summary class="history__head">
                {format!("Toute la liste, {count}")}
                <Icon name="chevron-down"/>
            </summary>
            <ul class="stack">{rows}</ul>
        </details>
    }
}
