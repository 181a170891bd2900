//! What waits for whoever runs a group: requests to answer with a word, invitations that are out, and inviting somebody.

use std::sync::Arc;

use domain::command::Command;
use domain::groups::{Admission, WORD_CAP};
use domain::id::{GroupId, JoiningId, MemberId};
use domain::members::ShortName;
use domain::time::Instant;
use domain::view::groups::GroupMoving;
use leptos::prelude::*;
use uuid::Uuid;
use web_sys::FormData;

use crate::acts::{ActForm, Read, number, value};
use crate::french::dates::moment;
use crate::french::nb;
use crate::ui::{Field, Icon, TextField};

#[component]
pub fn Admitting(group: GroupId, name: String, back: String, moving: Memo<GroupMoving>, now: Instant) -> impl IntoView {
    let runs = Memo::new(move |_| moving.with(|moving| moving.runs));
    let waiting = Memo::new(move |_| moving.with(|moving| moving.admits.clone()));
    let none = Memo::new(move |_| waiting.with(|all| !all.iter().any(|one| !one.joining.is_invitation())));
    let (name, back) = (StoredValue::new(name), StoredValue::new(back));
    move || {
        runs.get().then(|| {
            view! {
                <section class="section section--apart no-print" aria-labelledby="demandes">
                    <h2 id="demandes">"Demandes"</h2>
                    {move || none.get().then(|| view! { <p class="soft">{nb("Aucune demande n’attend.")}</p> })}
                    <div class="stack">
                        // What is being typed in one stays while others come and go.
                        <For
                            each=move || waiting.get()
                            key=|one: &Admission| one.joining.id
                            children=move |one: Admission| admission(&one, &name.get_value(), &back.get_value(), now)
                        />
                    </div>
                    {inviting(group, name.get_value(), back.get_value(), moving)}
                </section>
            }
        })
    }
}

fn admission(one: &Admission, group: &str, back: &str, now: Instant) -> AnyView {
    let (id, who) = (one.joining.id, one.name.to_string());
    let title = format!("demande-{id}");
    let labelled = title.clone();
    let asked = moment(one.joining.at, now.max(one.joining.at));
    let word = (!one.joining.word.is_empty()).then(|| {
        let said = nb(&format!("« {} »", one.joining.word));
        view! { <p class="group__words">{said}</p> }
    });
    if one.joining.is_invitation() {
        let intent = nb(&format!("Retirer l’invitation de {who} dans « {group} »"));
        let label = intent.clone();
        return view! {
            <article class="card card--waiting" aria-labelledby=labelled>
                <h3 class="card__title" id=title>{nb(&format!("{who} est dans la liste des invitations"))}</h3>
                <p class="card__soft">{nb(&format!("Invitation faite {asked}"))}</p>
                {word}
                <ActForm command=Command::WithdrawJoining { joining: id } intent=intent back=back.to_owned()>
                    <button class="button button--quiet" type="submit" aria-label=label>"Retirer l’invitation"</button>
                </ActForm>
            </article>
        }
        .into_any();
    }
    let (yes, no) = (answering(id, true, &who, group, back), answering(id, false, &who, group, back));
    view! {
        <article class="card" aria-labelledby=labelled>
            <h3 class="card__title" id=title>{nb(&format!("{who} voudrait venir"))}</h3>
            <p class="card__soft">{nb(&format!("Demande faite {asked}"))}</p>
            {word}
            {yes}
            <details class="history">
                <summary class="history__head">
                    "Répondre non"
                    <Icon name="chevron-down"/>
                </summary>
                {no}
            </details>
        </article>
    }
    .into_any()
}

/// Yes, with a word or without; no, with one.
fn answering(joining: JoiningId, accepted: bool, who: &str, group: &str, back: &str) -> AnyView {
    let intent = if accepted {
        nb(&format!("Accueillir {who} dans « {group} »"))
    } else {
        nb(&format!("Répondre non à {who} pour « {group} »"))
    };
    let said = intent.clone();
    let read: Read = Arc::new(move |data: &FormData| {
        let word = value(data, "word").unwrap_or_default();
        Some((Command::AnswerJoining { joining, accepted, word }, said.clone()))
    });
    let (id, hint, words, class) = if accepted {
        (format!("oui-{joining}"), "Facultatif", "Accueillir", "button button--main")
    } else {
        (format!("non-{joining}"), "La personne lit ce mot", "Envoyer le non", "button")
    };
    let command = Command::AnswerJoining { joining, accepted, word: String::new() };
    let cap = u16::try_from(WORD_CAP).unwrap_or(u16::MAX);
    let word = nb(&format!("Un mot pour {who}"));
    view! {
        <ActForm command=command intent="" back=back.to_owned() read=read class="stack">
            <TextField
                id=id
                name="word"
                label=word
                hint=hint
                maxlength=cap
                autocomplete="off"
                required=!accepted
            />
            <button class=class type="submit" aria-label=intent>{words}</button>
        </ActForm>
    }
    .into_any()
}

/// Somebody whom the planning names.
fn inviting(group: GroupId, name: String, back: String, moving: Memo<GroupMoving>) -> impl IntoView {
    let others = Memo::new(move |_| moving.with(|moving| moving.others.clone()));
    let read: Read = Arc::new(move |data: &FormData| {
        let member: MemberId = number(data, "member")?;
        let who = others.with_untracked(|others| others.iter().find(|(id, _)| *id == member).map(|(_, who)| who.to_string()))?;
        let word = value(data, "word").unwrap_or_default();
        let intent = nb(&format!("Inviter {who} dans « {name} »"));
        Some((Command::InviteToGroup { joining: JoiningId(Uuid::nil()), group, member, word }, intent))
    });
    // Whom, the form says; its id is made when it is sent.
    let (joining, nobody) = (JoiningId(Uuid::nil()), MemberId(Uuid::nil()));
    let command = Command::InviteToGroup { joining, group, member: nobody, word: String::new() };
    let options = move || {
        let option = |(id, who): (MemberId, ShortName)| view! { <option value=id.to_string()>{who.to_string()}</option> };
        others.get().into_iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <details class="history">
            <summary class="history__head">
                "Inviter quelqu’un"
                <Icon name="chevron-down"/>
            </summary>
            <ActForm command=command intent="" back=back read=read again=true class="stack">
                // Without the app the form says all there is to say.
                <input type="hidden" name="group" value=group.to_string()/>
                <Field id="inviter-qui" label="Qui">
                    <select class="field__input" id="inviter-qui" name="member" required>
                        <option value="">
                            {move || if others.with(Vec::is_empty) { "Personne n’est encore au planning" } else { "Choisis une personne" }}
                        </option>
                        {options}
                    </select>
                </Field>
                <TextField
                    id="inviter-mot"
                    name="word"
                    label="Ton mot"
                    hint=nb("Facultatif : pourquoi tu penses à elle ou à lui")
                    maxlength=u16::try_from(WORD_CAP).unwrap_or(u16::MAX)
                    autocomplete="off"
                />
                <button class="button button--fill" type="submit">"Inviter"</button>
            </ActForm>
        </details>
    }
}
