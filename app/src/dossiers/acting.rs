//! What somebody of the group does with a dossier at once: takes it on, moves it on. Without a network, too.

use std::sync::Arc;

use domain::command::Command;
use domain::dossiers::{Stage, WORD_CAP};
use domain::id::DossierId;
use domain::view::dossiers::DossierMoving;
use leptos::prelude::*;
use web_sys::FormData;

use super::form::{address, writing};
use crate::acts::{ActForm, Read, value};
use crate::french::nb;
use crate::ui::{Icon, TextField};

/// What the acts hang on: while it stays, what is being typed does.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Standing {
    keeps: bool,
    stage: Stage,
    held: bool,
    own: bool,
}

pub fn acting(dossier: DossierId, title: String, moving: Memo<DossierMoving>) -> impl IntoView {
    let standing = Memo::new(move |_| {
        moving.with(|moving| Standing {
            keeps: moving.keeps,
            stage: moving.state.stage(),
            held: moving.holder.is_some(),
            own: moving.own,
        })
    });
    move || {
        let standing = standing.get();
        standing.keeps.then(|| kept(dossier, &title, standing))
    }
}

fn kept(dossier: DossierId, title: &str, standing: Standing) -> AnyView {
    let open = matches!(standing.stage, Stage::ToDo | Stage::UnderWay);
    let take = |on: bool| {
        let (words, intent) = if on {
            ("Je m’en charge", format!("S’occuper de « {title} »"))
        } else {
            ("Ne plus m’en charger", format!("Ne plus s’occuper de « {title} »"))
        };
        button(Command::TakeDossier { dossier, on }, words, (title, intent.as_str()), "button button--fill")
    };
    let taking = match (standing.held, standing.own) {
        (false, _) if open => Some(take(true)),
        (_, true) if open => Some(take(false)),
        _ => None,
    };
    let to = |state: Stage, words: &'static str, intent: String, class: &'static str| {
        button(Command::SetDossierState { dossier, state, word: String::new() }, words, (title, intent.as_str()), class)
    };
    let begin =
        (standing.stage == Stage::ToDo).then(|| to(Stage::UnderWay, "Commencer", format!("Commencer « {title} »"), "button"));
    let done = open.then(|| to(Stage::Done, "C’est fait", format!("Noter « {title} » comme fait"), "button"));
    let again = (!open).then(|| to(Stage::ToDo, "Rouvrir", format!("Rouvrir « {title} »"), "button"));
    let rest = open.then(|| {
        let href = writing(dossier, None);
        view! {
            <p>
                <a class="button button--quiet" href=href rel="external">
                    {nb("Changer le dossier : échéance, qui s’en charge, pièces…")}
                </a>
            </p>
            {dropping(dossier, title)}
        }
    });
    view! {
        <section class="section section--apart no-print" aria-labelledby="agir">
            <h2 id="agir">"Où ça en est"</h2>
            <div class="cluster">
                {taking}
                {begin}
                {done}
                {again}
            </div>
            {rest}
        </section>
    }
    .into_any()
}

fn button(command: Command, words: &'static str, (title, intent): (&str, &str), class: &'static str) -> AnyView {
    let Some(dossier) = command.dossier() else { return ().into_any() };
    let (intent, label) = (nb(intent), nb(&format!("{words} : « {title} »")));
    view! {
        <ActForm command=command intent=intent back=address(dossier)>
            <button class=class type="submit" aria-label=label>{words}</button>
        </ActForm>
    }
    .into_any()
}

/// It comes to nothing, with a word.
fn dropping(dossier: DossierId, title: &str) -> AnyView {
    let (said, label) = (nb(&format!("Abandonner « {title} »")), nb(&format!("Abandonner ce dossier : « {title} »")));
    let read: Read = Arc::new(move |data: &FormData| {
        let word = value(data, "word")?;
        Some((Command::SetDossierState { dossier, state: Stage::Dropped, word }, said.clone()))
    });
    let command = Command::SetDossierState { dossier, state: Stage::Dropped, word: String::new() };
    view! {
        <details class="history">
            <summary class="history__head">
                "Abandonner"
                <Icon name="chevron-down"/>
            </summary>
            <ActForm command=command intent="" back=address(dossier) read=read class="stack">
                // Without the app the form says all there is to say.
                <input type="hidden" name="state" value=Stage::Dropped.as_str()/>
                <TextField
                    id="abandon-mot"
                    name="word"
                    label="Pourquoi"
                    hint=nb("Tout le groupe le lit. Un dossier abandonné se rouvre.")
                    maxlength=u16::try_from(WORD_CAP).unwrap_or(u16::MAX)
                    autocomplete="off"
                    required=true
                />
                <button class="button" type="submit" aria-label=label>"Abandonner ce dossier"</button>
            </ActForm>
        </details>
    }
    .into_any()
}
