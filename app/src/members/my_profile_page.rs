//! « Mon profil »: what the others see of me, what only the office sees, and what I decide of both.

use std::sync::Arc;

use domain::command::Command;
use domain::id::ErasureId;
use domain::register::{Mine, WHY_CAP};
use domain::time::{Instant, paris_day};
use domain::view::profile::ProfileView;
use leptos::prelude::*;
use leptos_meta::Title;
use uuid::Uuid;
use web_sys::FormData;

use super::card_page::member_number;
use crate::acts::{ActForm, Read, intent_of, value};
use crate::french::dates::{ago, date_with_year};
use crate::french::nb;
use crate::french::shares::euros;
use crate::offline::store::Store;
use crate::page_top::PageTop;
use crate::register::form::{CAPITAL, CERTIFICATE, DATA, PHOTO, TRAIL};
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Field, Frame, Icon, PageHead, RowLink, TextField, Tick, Width};

const PAGE: &str = "/moi/profil";

#[component]
pub fn MyProfilePage() -> impl IntoView {
    view! {
        <Title text="Mon profil · Alpar"/>
        <Screen query=|| Query::Profile title="Mon profil" coming="Ton profil arrive." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(|view: ProfileView| profile(&view).into_any())
}

fn profile(view: &ProfileView) -> impl IntoView + use<> {
    let (mine, now) = (view.register.clone(), view.now);
    let leaving = mine.leaving_on.map(|on| {
        let said =
            format!("Ton départ est noté : plus membre à partir du {}. Pour changer, écris à Administratif.", date_with_year(on));
        view! { <p class="card">{nb(&said)}</p> }
    });
    let (shown, contact) = (shown(view, &mine), contact(view, &mine));
    let (office_only, doors, erasing) = (office_only(view, &mine), doors(&mine), erasing(&mine, now));
    view! {
        <Frame width=Width::Alone>
            <PageHead title="Mon profil" back=("/moi".to_owned(), "Moi".to_owned())/>
            <PageTop/>
            {leaving}
            {shown}
            {contact}
            {office_only}
            {doors}
            {erasing}
        </Frame>
    }
}

/// As the others see me.
fn shown(view: &ProfileView, mine: &Mine) -> impl IntoView + use<> {
    let portrait = match &mine.photo {
        Some(photo) => {
            let src = format!("/pictures/{}", photo.id);
            view! { <img class="register__photo" src=src alt="Ta photo" width=photo.width.to_string() height=photo.height.to_string()/> }
                .into_any()
        }
        None => {
            view! { <span class="avatar avatar--large" aria-hidden="true">{view.profile.name().initials()}</span> }.into_any()
        }
    };
    let name = view.profile.name().to_string();
    let mut seen = Vec::new();
    seen.extend(view.profile.phone.clone().filter(|_| mine.show_phone));
    seen.extend((mine.show_email && !view.profile.email.is_empty()).then(|| view.profile.email.clone()));
    let seen = if seen.is_empty() {
        "Ni téléphone ni e-mail : les autres t’écrivent par la coop.".to_owned()
    } else {
        seen.join(" · ")
    };
    view! {
        <section class="section" aria-labelledby="les-autres">
            <h2 id="les-autres">"Ce que les autres membres voient"</h2>
            <div class="profile">
                {portrait}
                <div>
                    <p>
                        <strong>{name}</strong>
                    </p>
                    <p class="soft">{nb(&seen)}</p>
                </div>
            </div>
            <p>
                <a class="button" href=PHOTO>
                    {if mine.photo.is_some() { "Changer ma photo" } else { "Mettre une photo" }}
                </a>
            </p>
        </section>
    }
}

/// My number, and what I let be seen.
fn contact(view: &ProfileView, mine: &Mine) -> impl IntoView + use<> {
    let store = Store::expect();
    let phone = view.profile.phone.clone().unwrap_or_default();
    let (show_phone, show_email) = (mine.show_phone, mine.show_email);
    let command = Command::SetContact { phone: phone.clone(), show_phone, show_email };
    let read: Read = Arc::new(move |form: &FormData| {
        let ticked = |name: &str| value(form, name).is_some();
        let command = Command::SetContact {
            phone: value(form, "phone").unwrap_or_default(),
            show_phone: ticked("show_phone"),
            show_email: ticked("show_email"),
        };
        let intent = intent_of(store, &command);
        Some((command, intent))
    });
    view! {
        <section class="section section--apart" aria-labelledby="joindre">
            <h2 id="joindre">"Me joindre"</h2>
            <ActForm command=command intent="" back=PAGE read=read class="stack">
                <TextField
                    id="phone"
                    name="phone"
                    kind="tel"
                    label="Téléphone"
                    value=phone
                    autocomplete="tel"
                    hint=nb("Qui anime ta vacation du jour le voit aussi, pour t’appeler")
                />
                <Tick name="show_phone" value="true" title="Les membres voient mon téléphone" checked=show_phone/>
                <Tick name="show_email" value="true" title="Les membres voient mon e-mail" checked=show_email/>
                <button class="button button--fill" type="submit">
                    "Enregistrer"
                </button>
            </ActForm>
        </section>
    }
}

/// What nobody else sees.
fn office_only(view: &ProfileView, mine: &Mine) -> impl IntoView + use<> {
    let profile = &view.profile;
    let mut lines = vec![
        format!("{} {}, n° {}", profile.first_name, profile.last_name, member_number(profile.number)),
        format!("Membre depuis le {}", date_with_year(mine.joined_on)),
    ];
    lines.push(if profile.email.is_empty() { "Sans e-mail".to_owned() } else { profile.email.clone() });
    lines.extend((!mine.address.is_empty()).then(|| mine.address.clone()));
    lines.push(match &mine.share {
        Some(share) if share.paid >= share.cents => format!("Part sociale : {}, payée", euros(share.cents)),
        Some(share) => format!("Part sociale : {} payés sur {}", euros(share.paid), euros(share.cents)),
        None => "Pas de part sociale".to_owned(),
    });
    let year = {
        use chrono::Datelike;
        paris_day(view.now).year()
    };
    let insured = mine.years.contains(&year) || view.rights.employee;
    lines.push(if insured {
        format!("Assuré·e pour {year}")
    } else {
        format!("Pas d’adhésion à l’association pour {year} : non assuré·e en vacation")
    });
    let lines: Vec<_> = lines.into_iter().map(|line| view! { <li>{nb(&line)}</li> }).collect();
    view! {
        <section class="section section--apart" aria-labelledby="bureau">
            <h2 id="bureau">"Ce que le bureau seul voit"</h2>
            <ul class="supply__lines">{lines}</ul>
            <p class="soft">{nb("Tes raisons d’une pause ou d’une dispense aussi. Un nom, un e-mail ou une adresse à corriger ? Dis-le à Administratif.")}</p>
        </section>
    }
}

fn doors(mine: &Mine) -> impl IntoView + use<> {
    let paper = mine.share.is_some().then(|| {
        view! { <RowLink icon="printer" href=CERTIFICATE title="Mon attestation de part sociale" soft="Un PDF" external=true/> }
    });
    view! {
        <nav class="section--apart" aria-label="Mon compte">
            <ul class="list">
                <RowLink icon="bell" href="/moi/prevenir" title="Préviens-moi" soft="Alertes, mails, rappels"/>
                <RowLink icon="smartphone" href="/moi/appareils" title="Mes appareils"/>
                <RowLink icon="list-checks" href=TRAIL title="Ce qui a été fait sur mon compte" soft="Par qui, quand"/>
                <RowLink icon="download" href=DATA title="Mes données" soft="Une copie à garder"/>
                {paper}
                <RowLink icon="scale" href=CAPITAL title="Le capital de la coop" soft="Parts, subventions, aides, prêts"/>
            </ul>
        </nav>
    }
}

/// « Effacer mon compte »: asked, and taken back as long as nobody has answered.
fn erasing(mine: &Mine, now: Instant) -> impl IntoView + use<> {
    let body = match mine.erasure {
        Some(asked) => view! {
            <p>{nb(&format!("Tu l’as demandé {}. Administratif te répond ; rien n’est effacé avant.", ago(asked.at, now)))}</p>
            <ActForm command=Command::WithdrawErasure { erasure: asked.id } intent="Retirer ta demande d’effacement" back=PAGE>
                <button class="button" type="submit">
                    "Retirer ma demande"
                </button>
            </ActForm>
        }
        .into_any(),
        None => ask(),
    };
    view! {
        <section class="section section--apart" aria-labelledby="effacer">
            <h2 id="effacer">"Effacer mon compte"</h2>
            {body}
        </section>
    }
}

fn ask() -> AnyView {
    let nil = ErasureId(Uuid::nil());
    let read: Read = Arc::new(move |form: &FormData| {
        let command = Command::AskErasure { erasure: nil, word: value(form, "word").unwrap_or_default() };
        Some((command, nb("Demander l’effacement de ton compte")))
    });
    view! {
        <details class="history">
            <summary class="history__head">
                "Le demander"
                <Icon name="chevron-down"/>
            </summary>
            <p>
                {nb(
                    "Ton nom, tes coordonnées, tes mots et tes appareils disparaissent, et tu n’es plus membre. Restent, sans nom : les \
                     vacations faites, les sommes comptées, les parts. Ta part t’est d’abord remboursée. Une fois fait, ça ne se défait pas.",
                )}
            </p>
            <ActForm
                command=Command::AskErasure { erasure: nil, word: String::new() }
                intent=""
                back=PAGE
                read=read
                class="stack"
            >
                <Field id="mot" label="Un mot, si tu veux" hint="Pour Administratif seul.">
                    <input class="field__input" id="mot" name="word" maxlength=WHY_CAP.to_string() aria-describedby="mot-aide"/>
                </Field>
                <button class="button" type="submit">
                    "Demander l’effacement"
                </button>
            </ActForm>
        </details>
    }
    .into_any()
}
