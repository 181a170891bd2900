//! Who answers for a group, and who belongs to it; for whoever runs it, what they do with that.

use std::sync::Arc;

use domain::command::Command;
use domain::groups::WORD_CAP;
use domain::id::{GroupId, MemberId, PictureId};
use domain::view::groups::{GroupMoving, Somebody};
use leptos::prelude::*;
use web_sys::FormData;

use crate::acts::{ActForm, Read, value};
use crate::french::groups::{how_many, wanted};
use crate::french::nb;
use crate::ui::{Chip, ChipLook, Icon, TextField};

#[component]
pub fn People(group: GroupId, name: String, back: String, moving: Memo<GroupMoving>) -> impl IntoView {
    let lacking = Memo::new(move |_| moving.with(GroupMoving::wanted));
    let referents = Memo::new(move |_| moving.with(|moving| moving.referents.clone()));
    let count = Memo::new(move |_| moving.with(|moving| moving.members.len()));
    let rows = Memo::new(move |_| moving.with(rows));
    let (name, back) = (StoredValue::new(name), StoredValue::new(back));
    let who_answers = move || {
        let people = referents.get().into_iter().map(referent).collect::<Vec<_>>();
        (!people.is_empty()).then(|| view! { <ul class="list">{people}</ul> })
    };
    view! {
        <section class="section section--apart" aria-labelledby="referents">
            <h2 id="referents">"Référent·es"</h2>
            {who_answers}
            {move || wanted(lacking.get()).map(|said| view! { <p class="group__wanted"><Icon name="users"/><span>{said}</span></p> })}
        </section>
        <section class="section section--apart" aria-labelledby="membres">
            <h2 id="membres">{move || how_many(count.get())}</h2>
            <ul class="list group__members">
                // What is being typed about one stays while others come and go.
                <For
                    each=move || rows.get()
                    key=Row::clone
                    children=move |row: Row| member(row, group, &name.get_value(), back.get_value())
                />
            </ul>
        </section>
    }
}

fn referent(one: Somebody) -> impl IntoView {
    let Somebody { name, me, phone, email, photo, .. } = one;
    let portrait = portrait(photo, name.initials(), "seat seat--large");
    let said = if me { nb(&format!("{name} (toi)")) } else { name.to_string() };
    view! {
        <li class="row group__referent">
            {portrait}
            <span class="row__body">
                <span class="row__title">{said}</span>
                {reach(phone, email)}
            </span>
        </li>
    }
}

/// Their photo, where they have one, or the sign of a seat with their initials. Their name stands beside it.
fn portrait(photo: Option<PictureId>, initials: String, seat: &'static str) -> AnyView {
    match photo {
        Some(photo) => {
            let src = format!("/pictures/{photo}");
            view! { <img class="register__photo register__photo--small" src=src alt="" width="44" height="44"/> }.into_any()
        }
        None => view! { <span class=seat aria-hidden="true">{initials}</span> }.into_any(),
    }
}

/// The ways to reach them that they opted in for.
fn reach(phone: Option<String>, email: Option<String>) -> Option<AnyView> {
    if phone.is_none() && email.is_none() {
        return None;
    }
    let phone = phone.map(|phone| {
        let href = format!("tel:{}", phone.replace(' ', ""));
        view! { <a class="link-alone" href=href>{phone}</a> }
    });
    let email = email.map(|email| {
        let href = format!("mailto:{email}");
        view! { <a class="link-alone" href=href>{email}</a> }
    });
    Some(view! { <span class="cluster">{phone}{email}</span> }.into_any())
}

/// A member in the list, and what may be done with them.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Row {
    id: MemberId,
    name: String,
    initials: String,
    photo: Option<PictureId>,
    /// Those of referents stand above.
    phone: Option<String>,
    email: Option<String>,
    me: bool,
    referent: bool,
    /// They may be taken out.
    removable: bool,
    /// There is room for another referent.
    namable: bool,
}

fn rows(moving: &GroupMoving) -> Vec<Row> {
    let row = |one: &Somebody| Row {
        id: one.id,
        name: one.name.to_string(),
        initials: one.name.initials(),
        photo: one.photo,
        phone: one.phone.clone().filter(|_| !one.referent && !one.me),
        email: one.email.clone().filter(|_| !one.referent && !one.me),
        me: one.me,
        referent: one.referent,
        removable: moving.runs && !one.me && !one.referent,
        namable: moving.runs && !one.referent && moving.wanted() > 0,
    };
    moving.members.iter().map(row).collect()
}

fn member(row: Row, group: GroupId, of: &str, back: String) -> impl IntoView + use<> {
    let Row { id, name, initials, photo, phone, email, me, referent, removable, namable } = row;
    let naming = namable.then(|| naming(group, id, me, &name, of, back.clone()));
    let removing = removable.then(|| removing(group, id, &name, of, back));
    let acts = (naming.is_some() || removing.is_some()).then(|| {
        let label = nb(&format!("Changer pour {name}"));
        view! {
            <details class="history no-print">
                <summary class="history__head" aria-label=label>
                    "Changer"
                    <Icon name="chevron-down"/>
                </summary>
                <div class="stack">
                    {naming}
                    {removing}
                </div>
            </details>
        }
    });
    let said = if me { nb(&format!("{name} (toi)")) } else { name };
    let (portrait, reach) = (portrait(photo, initials, "seat"), reach(phone, email));
    view! {
        <li class="row group__member">
            {portrait}
            // What folds out is no part of a line of text.
            <div class="row__body">
                <span class="row__title">{said}</span>
                {referent.then(|| view! { <Chip look=ChipLook::Plain>"référent·e"</Chip> })}
                {reach}
                {acts}
            </div>
        </li>
    }
}

fn naming(group: GroupId, member: MemberId, me: bool, name: &str, of: &str, back: String) -> impl IntoView + use<> {
    let intent =
        if me { nb(&format!("Répondre de « {of} »")) } else { nb(&format!("Noter que {name} répond de « {of} »")) };
    let words = if me { "En répondre" } else { "En faire la personne référente" };
    let label = intent.clone();
    view! {
        <ActForm command=Command::SetReferent { group, member, on: true } intent=intent back=back>
            <button class="button" type="submit" aria-label=label>{words}</button>
        </ActForm>
    }
}

fn removing(group: GroupId, member: MemberId, name: &str, of: &str, back: String) -> impl IntoView + use<> {
    let intent = nb(&format!("Retirer {name} de « {of} »"));
    let (said, label) = (intent.clone(), intent);
    let read: Read = Arc::new(move |data: &FormData| {
        let word = value(data, "word")?;
        Some((Command::RemoveFromGroup { group, member, word }, said.clone()))
    });
    let command = Command::RemoveFromGroup { group, member, word: String::new() };
    let why = nb(&format!("Pourquoi retirer {name}"));
    view! {
        <ActForm command=command intent="" back=back read=read class="stack">
            // Without the app the form says all there is to say.
            <input type="hidden" name="group" value=group.to_string()/>
            <TextField
                id=format!("retirer-{member}")
                name="word"
                label=why
                hint=nb("La personne lit ce mot")
                maxlength=u16::try_from(WORD_CAP).unwrap_or(u16::MAX)
                autocomplete="off"
                required=true
            />
            <button class="button" type="submit" aria-label=label>"Retirer du groupe"</button>
        </ActForm>
    }
}
