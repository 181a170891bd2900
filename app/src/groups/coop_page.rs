//! La coop: the seven groups, their people, the committee.

use domain::groups::{Groups, WorkingGroup};
use domain::id::MemberId;
use domain::members::ShortName;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::french::dates::date_with_year;
use crate::french::typography::{counted, listed};
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Frame, PageHead, RowLink};

#[component]
pub fn CoopPage() -> impl IntoView {
    view! {
        <Title text="La coop · Alpar"/>
        <Screen query=|| Query::Groups title="La coop" coming="Les groupes arrivent." show=show/>
    }
}

fn show(view: View) -> AnyView {
    match view {
        View::Groups(groups) => coop(&groups),
        _ => ().into_any(),
    }
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
    let lead = format!(
        "{}, {}, un magasin à Meythet.",
        counted(groups.groups.len(), "groupe de travail", "groupes de travail"),
        counted(groups.committee.len(), "personne au comité", "personnes au comité"),
    );
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
            <section class="section section--apart" aria-labelledby="comite">
                <h2 id="comite">"Le comité de gouvernance"</h2>
                <ul class="list">{committee}</ul>
            </section>
        </Frame>
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
            let email = contact.and_then(|contact| contact.email);
            view! {
                <span class="person">
                    <span class="seat" aria-hidden="true">{name.initials()}</span>
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
    let (name, role) = (group.name.clone(), group.role.clone());
    let listed_names = listed(&names, names.len());
    view! {
        <article class="card" aria-labelledby=labelled>
            <h3 class="card__title" id=id>{name}</h3>
            <p>{role}</p>
            <div class="group__people" role="group" aria-label="Référent·es">{referents}</div>
            <details>
                <summary class="card__soft">{format!("Référent·es · {count}")}</summary>
                <p class="card__soft">{listed_names}</p>
            </details>
        </article>
    }
    .into_any()
}
