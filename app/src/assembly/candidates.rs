//! Who stands for the committee, in their words; and standing oneself. Without a network, too.

use std::sync::Arc;

use domain::assembly::{Candidate, WORDS_CAP};
use domain::command::Command;
use domain::id::{AssemblyId, MemberId};
use domain::view::assembly::AssemblyMoving;
use leptos::prelude::*;
use web_sys::FormData;

use super::form::AG;
use crate::acts::{ActForm, Read, value};
use crate::french::nb;
use crate::french::typography::counted;
use crate::ui::{Icon, in_textarea};

#[component]
pub fn Candidates(me: MemberId, moving: Memo<AssemblyMoving>) -> impl IntoView {
    let seats = Memo::new(move |_| {
        moving.with(|moving| moving.assembly.as_ref().and_then(|known| known.election()).and_then(|known| known.way.seats()))
    });
    let standing = Memo::new(move |_| {
        moving.with(|moving| {
            let all = moving.assembly.iter().flat_map(|known| &known.candidates);
            let row =
                |candidate: &Candidate| (candidate.member, moving.name(candidate.member).to_string(), candidate.words.clone());
            all.map(row).collect::<Vec<_>>()
        })
    });
    // What I type stays while others come and go.
    let mine = Memo::new(move |_| {
        moving.with(|moving| {
            let assembly = moving.assembly.as_ref().filter(|known| known.stage.is_convoked())?;
            let called = moving.mine.as_ref().is_none_or(|known| known.called);
            let words = assembly.candidates.iter().find(|known| known.member == me).map(|known| known.words.clone());
            (called && assembly.election().is_some()).then_some((assembly.id, words))
        })
    });
    let rows = move || {
        let standing = standing.get();
        if standing.is_empty() {
            return view! { <p class="soft">{nb("Personne encore. On peut aussi se présenter sur place.")}</p> }.into_any();
        }
        let rows: Vec<_> = standing.into_iter().map(|(member, name, words)| row(name, words, member == me)).collect();
        view! { <ul class="list">{rows}</ul> }.into_any()
    };
    let form = move || mine.get().map(|(assembly, words)| one(assembly, words));
    move || {
        seats.get().map(|seats| {
            let head = nb(&format!("Le comité : {} à pourvoir", counted(usize::from(seats), "siège", "sièges")));
            view! {
                <section class="section section--apart" aria-labelledby="candidatures">
                    <h2 id="candidatures">{head}</h2>
                    {rows}
                    {form}
                </section>
            }
        })
    }
}

fn row(name: String, words: String, me: bool) -> impl IntoView {
    let said = if me { nb(&format!("{name} (toi)")) } else { name };
    let words = (!words.is_empty()).then(|| view! { <p class="group__words">{words}</p> });
    view! {
        <li class="row">
            <div class="row__body">
                <p class="row__title">{said}</p>
                {words}
            </div>
        </li>
    }
}

/// `words`: mine, where I stand already.
fn one(assembly: AssemblyId, words: Option<String>) -> AnyView {
    let stands = words.is_some();
    let said = nb(if stands { "Changer ta candidature" } else { "Être candidat·e au comité" });
    let read: Read = Arc::new(move |data: &FormData| {
        let words = value(data, "words").unwrap_or_default();
        Some((Command::Stand { assembly, words }, said.clone()))
    });
    let command = Command::Stand { assembly, words: String::new() };
    let typed = words.unwrap_or_default();
    let (head, button) = if stands { ("Ta candidature", "Enregistrer") } else { ("Te présenter", "Me présenter") };
    let down = stands.then(|| {
        let intent = nb("Retirer ta candidature");
        view! {
            <ActForm command=Command::StandDown { assembly } intent=intent back=AG>
                <button class="button" type="submit">"Retirer ma candidature"</button>
            </ActForm>
        }
    });
    view! {
        <details class="history no-print">
            <summary class="history__head">
                {head}
                <Icon name="chevron-down"/>
            </summary>
            <div class="stack">
                <ActForm command=command intent="" back=AG read=read class="stack">
                    <div class="field">
                        <label class="field__label" for="candidature-mot">"Pourquoi toi"</label>
                        <textarea
                            class="field__input"
                            id="candidature-mot"
                            name="words"
                            rows="4"
                            maxlength=WORDS_CAP.to_string()
                            aria-describedby="candidature-aide"
                        >
                            {in_textarea(&typed)}
                        </textarea>
                        <span class="field__hint" id="candidature-aide">{nb("Facultatif. Tous les membres le lisent.")}</span>
                    </div>
                    <button class="button button--main" type="submit">{button}</button>
                </ActForm>
                {down}
            </div>
        </details>
    }
    .into_any()
}
