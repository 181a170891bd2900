//! La coop: the seven groups, their people, the committee.

use domain::groups::{Employed, Groups, REFERENTS, WorkingGroup};
use domain::id::MemberId;
use domain::members::ShortName;
use leptos::prelude::*;
use leptos_meta::Title;

use super::form::GROUP;
use crate::assembly::form::AG;
use crate::french::dates::date_with_year;
use crate::french::groups::wanted;
use crate::french::nb;
use crate::french::typography::{counted, listed};
use crate::governance::form::CONSULTATIONS;
use crate::governance::{COMMITTEE, COORDINATION, DECISIONS};
use crate::objectives::form::OBJECTIVES;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Frame, Icon, PageHead, RowLink};

#[component]
pub fn CoopPage() -> impl IntoView {
    view! {
        <Title text="La coop · Alpar"/>
        <Screen query=|| Query::Groups title="La coop" coming="Les groupes arrivent." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(|groups: Groups| coop(&groups))
}

fn name_in(groups: &Groups, id: MemberId) -> ShortName {
    groups.people.get(&id).cloned().unwrap_or_else(|| ShortName::new("Quelqu’un", ""))
}

fn coop(groups: &Groups) -> AnyView {
    let cards = groups.groups.iter().map(|group| group_card(groups, group)).collect_view();
    let committee = groups
        .committee
        .iter()
        .map(|mandate| {
            let name = name_in(groups, mandate.member);
            view! {
                <li class="row">
                    <span class="seat seat--large" aria-hidden="true">{name.initials()}</span>
                    <span class="row__body">
                        <span class="row__title">{name.to_string()}</span>
                        <span class="row__soft">{format!("mandat jusqu’au {}", date_with_year(mandate.to))}</span>
                    </span>
                </li>
            }
        })
        .collect_view();
    let employees = groups.employees.iter().map(|employed| employee(groups, employed)).collect_view();
    let sits = match groups.committee.len() {
        0 => "un comité à élire".to_owned(),
        some => counted(some, "personne au comité", "personnes au comité"),
    };
    let cells = counted(groups.groups.len(), "groupe de travail", "groupes de travail");
    let lead = format!("{cells}, {sits}, un magasin à Meythet.");
    view! {
        <Frame>
            <PageHead title="La coop" back=("/moi".to_owned(), "Moi".to_owned())/>
            <crate::page_top::PageTop/>
            <p class="page__lead">{lead}</p>
            <section class="section section--apart" aria-labelledby="groupes">
                <h2 id="groupes">"Les groupes"</h2>
                <div class="groups">{cards}</div>
                <ul class="list">
                    <RowLink
                        icon="newspaper"
                        href="/breve/proposer"
                        title="Écrire pour la brève"
                        soft="Chaque groupe y a la parole, le lundi à 7 h"
                    />
                </ul>
            </section>
            <section class="section section--apart" aria-labelledby="decider">
                <h2 id="decider">"Qui décide, et quoi"</h2>
                <ul class="list">
                    <RowLink
                        icon="megaphone"
                        href=AG
                        title="L’assemblée générale"
                        soft="La prochaine : l’ordre du jour, ton pouvoir, les votes ; et celles d’avant"
                    />
                    <RowLink
                        icon="calendar-days"
                        href=COORDINATION
                        title="La coordination"
                        soft="Chaque mois : l’ordre du jour, où tout le monde peut ajouter un point, et les comptes rendus"
                    />
                    <RowLink
                        icon="scale"
                        href=DECISIONS
                        title="Le registre des décisions"
                        soft="Ce qui est décidé, par qui, comment, jusqu’à quand"
                    />
                    <RowLink
                        icon="list-checks"
                        href=CONSULTATIONS
                        title="Les consultations"
                        soft="Ce qu’on te demande entre deux assemblées. Avec le réseau"
                        external=true
                    />
                </ul>
            </section>
            <section class="section section--apart" aria-labelledby="comite">
                <h2 id="comite">"Le comité de gouvernance"</h2>
                <ul class="list">
                    {committee}
                    <RowLink icon="users" href=COMMITTEE title="Les douze sièges" soft="Qui, jusqu’à quand, et comment"/>
                </ul>
            </section>
            <section class="section section--apart" aria-labelledby="salarie">
                <h2 id="salarie">"Qui travaille pour la coop"</h2>
                <ul class="list">
                    {employees}
                    <RowLink
                        icon="scale"
                        href=OBJECTIVES
                        title="Les objectifs"
                        soft="Ce que le comité demande, et comment ça avance. Avec le réseau"
                        external=true
                    />
                </ul>
            </section>
        </Frame>
    }
    .into_any()
}

/// Who works for the co-op; while they are away, until when, and who stands in.
fn employee(groups: &Groups, employed: &Employed) -> AnyView {
    let name = name_in(groups, employed.member);
    let away = employed.away.map(|away| {
        let deputy = name_in(groups, away.deputy);
        let said = format!("Absent·e jusqu’au {}. {deputy} supplée.", date_with_year(away.until));
        view! { <span class="row__soft">{nb(&said)}</span> }
    });
    view! {
        <li class="row">
            <span class="seat seat--large" aria-hidden="true">{name.initials()}</span>
            <span class="row__body">
                <span class="row__title">{name.to_string()}</span>
                {away}
            </span>
        </li>
    }
    .into_any()
}

fn group_card(groups: &Groups, group: &WorkingGroup) -> AnyView {
    let referents = group
        .referents
        .iter()
        .map(|id| {
            let name = name_in(groups, *id);
            let contact = groups.contacts.get(id).cloned();
            let phone = contact.as_ref().and_then(|contact| contact.phone.clone());
            let photo = contact.as_ref().and_then(|contact| contact.photo);
            let email = contact.and_then(|contact| contact.email);
            view! {
                <span class="person">
                    {match photo {
                        Some(photo) => {
                            let src = format!("/pictures/{photo}");
                            view! { <img class="register__photo register__photo--small" src=src alt="" width="44" height="44"/> }.into_any()
                        }
                        None => view! { <span class="seat" aria-hidden="true">{name.initials()}</span> }.into_any(),
                    }}
                    {name.to_string()}
                    {phone.map(|phone| view! { <a href=format!("tel:{}", phone.replace(' ', ""))>{phone.clone()}</a> })}
                    {email.map(|email| view! { <a href=format!("mailto:{email}")>{email.clone()}</a> })}
                </span>
            }
        })
        .collect_view();
    let names: Vec<String> = group.members.iter().map(|id| name_in(groups, *id).to_string()).collect();
    let count = counted(names.len(), "membre", "membres");
    let id = format!("groupe-{}", group.slug);
    let labelled = id.clone();
    let (name, role, href) = (group.name.clone(), group.role.clone(), format!("{GROUP}/{}", group.slug));
    let listed_names = listed(&names, names.len());
    let call = group.call.as_ref().map(|call| {
        view! {
            <p class="group__wanted">
                <Icon name="megaphone"/>
                <span>{nb(&call.text)}</span>
            </p>
        }
    });
    let lacking = wanted(REFERENTS.saturating_sub(group.referents.len()));
    let lacking = lacking.map(|said| view! { <p class="group__wanted"><Icon name="users"/><span>{said}</span></p> });
    view! {
        <article class="card" aria-labelledby=labelled>
            <h3 class="card__title" id=id><a class="group__link" href=href>{name}</a></h3>
            <p>{role}</p>
            {call}
            <div class="group__people" role="group" aria-label="Référent·es">{referents}</div>
            {lacking}
            <details>
                <summary class="card__soft">{format!("Référent·es · {count}")}</summary>
                <p class="card__soft">{listed_names}</p>
            </details>
        </article>
    }
    .into_any()
}
