//! Where I stand with a group: asking to join it, waiting, being invited, leaving it. All of it without a network, too.

use std::sync::Arc;

use domain::command::Command;
use domain::groups::WORD_CAP;
use domain::id::{GroupId, JoiningId, MemberId};
use domain::members::ShortName;
use domain::time::Instant;
use domain::view::groups::{GroupMoving, Standing};
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::FormData;

use crate::acts::{ActForm, Read, value};
use crate::french::dates::moment;
use crate::french::nb;
use crate::offline::acts::Acts;
use crate::ui::{Chip, ChipLook, Icon};

#[component]
pub fn MyStanding(group: GroupId, name: String, back: String, moving: Memo<GroupMoving>, now: Instant) -> impl IntoView {
    let standing = Memo::new(move |_| moving.with(|moving| moving.standing.clone()));
    let me = Memo::new(move |_| moving.with(|moving| moving.members.iter().find(|one| one.me).map(|one| one.id)));
    let inside = move || {
        let (name, back) = (name.clone(), back.clone());
        match standing.get() {
            Standing::Outside => asking(group, &name, back).into_any(),
            Standing::Asked { joining, at } => asked(joining, (at, now), &name, back).into_any(),
            Standing::Invited { joining, by, word } => invited(joining, &by, &word, &name, &back).into_any(),
            Standing::Inside { referent } => belonging(group, me.get(), referent, &name, back).into_any(),
        }
    };
    view! {
        <section class="card section--apart no-print" aria-labelledby="moi-et-lui">
            <h2 class="card__title" id="moi-et-lui">"Toi et ce groupe"</h2>
            {inside}
            <WaitingChip group=group moving=moving/>
        </section>
    }
}

fn asking(group: GroupId, name: &str, back: String) -> impl IntoView + use<> {
    let intent = nb(&format!("Demander à rejoindre « {name} »"));
    let said = intent.clone();
    let read: Read = Arc::new(move |data: &FormData| {
        let word = value(data, "word").unwrap_or_default();
        Some((Command::AskToJoin { joining: JoiningId(Uuid::nil()), group, word }, said.clone()))
    });
    let command = Command::AskToJoin { joining: JoiningId(Uuid::nil()), group, word: String::new() };
    view! {
        <p>{nb("Tu n’en fais pas partie. Ses référent·es répondent à ta demande.")}</p>
        <ActForm command=command intent="" back=back read=read class="stack">
            // Without the app the form says all there is to say.
            <input type="hidden" name="group" value=group.to_string()/>
            <div class="field">
                <label class="field__label" for="rejoindre-mot">"Un mot pour le groupe"</label>
                <textarea
                    class="field__input"
                    id="rejoindre-mot"
                    name="word"
                    rows="2"
                    maxlength=WORD_CAP.to_string()
                    aria-describedby="rejoindre-mot-aide"
                ></textarea>
                <span class="field__hint" id="rejoindre-mot-aide">{nb("Facultatif : ce que tu aimerais y faire.")}</span>
            </div>
            <button class="button button--main" type="submit" aria-label=intent>"Demander à rejoindre"</button>
        </ActForm>
    }
}

fn asked(joining: JoiningId, (at, now): (Instant, Instant), name: &str, back: String) -> impl IntoView + use<> {
    let intent = nb(&format!("Retirer ta demande de rejoindre « {name} »"));
    let label = intent.clone();
    let said = nb(&format!("Ta demande attend une réponse, faite {}.", moment(at, now.max(at))));
    view! {
        <p>{said}</p>
        <ActForm command=Command::WithdrawJoining { joining } intent=intent back=back>
            <button class="button" type="submit" aria-label=label>"Retirer ma demande"</button>
        </ActForm>
    }
}

fn invited(joining: JoiningId, by: &ShortName, word: &str, name: &str, back: &str) -> impl IntoView + use<> {
    let answer = |accepted: bool, said: String| {
        let class = if accepted { "button button--main" } else { "button button--quiet" };
        let words = if accepted { "Rejoindre le groupe" } else { "Non merci" };
        let label = said.clone();
        let command = Command::AnswerJoining { joining, accepted, word: String::new() };
        view! {
            <ActForm command=command intent=said back=back.to_owned()>
                <button class=class type="submit" aria-label=label>{words}</button>
            </ActForm>
        }
    };
    let yes = answer(true, nb(&format!("Rejoindre « {name} »")));
    let no = answer(false, nb(&format!("Décliner l’invitation de « {name} »")));
    let word = (!word.is_empty()).then(|| view! { <p class="group__words">{nb(&format!("« {word} »"))}</p> });
    view! {
        <p>{nb(&format!("{by} t’invite à le rejoindre."))}</p>
        {word}
        <div class="card__acts">
            {yes}
            {no}
        </div>
    }
}

fn belonging(group: GroupId, me: Option<MemberId>, referent: bool, name: &str, back: String) -> impl IntoView + use<> {
    let said = if referent { "Tu réponds de ce groupe." } else { "Tu en fais partie." };
    let intent = nb(&format!("Quitter « {name} »"));
    let label = intent.clone();
    let stepping = me.filter(|_| referent).map(|me| {
        let intent = nb(&format!("Ne plus répondre de « {name} »"));
        let label = intent.clone();
        view! {
            <ActForm command=Command::SetReferent { group, member: me, on: false } intent=intent back=back.clone()>
                <button class="button" type="submit" aria-label=label>"Ne plus en répondre"</button>
            </ActForm>
        }
    });
    view! {
        <p><Chip look=ChipLook::Mine icon="check">{said}</Chip></p>
        <details class="history">
            <summary class="history__head">
                "Changer ça"
                <Icon name="chevron-down"/>
            </summary>
            <div class="stack">
                <p class="soft">{nb("Ce que tu peux faire avec le groupe s’arrête avec lui. Pour revenir, tu redemandes.")}</p>
                {stepping}
                <ActForm command=Command::LeaveGroup { group } intent=intent back=back>
                    <button class="button" type="submit" aria-label=label>"Quitter le groupe"</button>
                </ActForm>
            </div>
        </details>
    }
}

/// « En attente d’envoi », while something of mine about this group has not left the device.
#[component]
fn WaitingChip(group: GroupId, moving: Memo<GroupMoving>) -> impl IntoView {
    let acts = Acts::expect();
    let joining = Memo::new(move |_| {
        moving.with(|moving| match &moving.standing {
            Standing::Asked { joining, .. } | Standing::Invited { joining, .. } => Some(*joining),
            _ => None,
        })
    });
    let about = move |command: &Command| {
        let mine = matches!(
            command,
            Command::AskToJoin { group: of, .. } | Command::LeaveGroup { group: of } | Command::SetReferent { group: of, .. }
                if *of == group
        );
        mine || command.joining().is_some_and(|id| joining.get() == Some(id))
    };
    let waits = Memo::new(move |_| {
        acts.outbox
            .with(|outbox| outbox.entries.iter().any(|entry| entry.state.is_waiting() && entry.command().is_some_and(&about)))
    });
    move || waits.get().then(|| view! { <Chip look=ChipLook::Waiting icon="clock">"En attente d’envoi"</Chip> })
}
