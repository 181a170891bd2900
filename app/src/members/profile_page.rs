//! Moi: who I am here, where I stand, and the doors to the rest.

use domain::ledger::EntryKind;
use domain::members::Rhythm;
use domain::reason::When;
use domain::view::profile::ProfileView;
use leptos::prelude::*;
use leptos_meta::Title;

use super::card_page::member_number;
use super::leaving::Leaving;
use super::theme::ThemeChoice;
use crate::brief_workshop::WorkshopDoor;
use crate::desk::DeputyDoor;
use crate::french::nb;
use crate::french::standing::{explanation, headline, level};
use crate::french::typography::listed;
use crate::governance::GoverningDoor;
use crate::office::OfficeDoors;
use crate::offline::acts::Acts;
use crate::organising::OrganisingDoor;
use crate::page_top::PageTop;
use crate::procedures::ProcedureDoors;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::supply::SupplyDoor;
use crate::ui::{Back, Chip, ChipLook, Frame, RowLink, Width};

#[component]
pub fn ProfilePage() -> impl IntoView {
    view! {
        <Title text="Moi · Alpar"/>
        <Screen query=|| Query::Profile title="Moi" coming="Ta page arrive." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(|view| profile(view).into_any())
}

fn profile(view: ProfileView) -> impl IntoView {
    let name = format!("{} {}", view.profile.first_name, view.profile.last_name);
    let rhythm = match view.profile.rhythm {
        Rhythm::Regular => "Fixe",
        Rhythm::Floating => "Volant·e",
    };
    let skills: Vec<String> = view.skills.iter().map(|label| label.label.to_lowercase()).collect();
    let facts = if skills.is_empty() { rhythm.to_owned() } else { format!("{rhythm} · {}", listed(&skills, 6)) };
    let (rights, office) = (rights(&view), view.rights.office);
    let keeps_procedures = view.rights.keeps_procedures();
    let keeps_catalogue = view.rights.keeps_catalogue();
    let (governs, stands_in) = (view.rights.committee, view.rights.stands_in);
    view! {
        <Frame width=Width::Alone>
            <header class="page__head"><Back href="/" label="Accueil"/></header>
            <PageTop/>
            <div class="profile">
                <span class="avatar avatar--large" aria-hidden="true">{view.profile.name().initials()}</span>
                <div>
                    <h1 class="page__title" tabindex="-1">{name}</h1>
                    <p class="soft">{facts}</p>
                </div>
            </div>
            {view.address_bounced.then(|| bounced(&view.profile.email))}
            {commitment(&view)}
            {doors(member_number(view.profile.number))}
            {view.rights.covers().then(coverage_door)}
            {office.then(|| view! { <OfficeDoors/> })}
            {(stands_in && !office).then(|| view! { <DeputyDoor/> })}
            {view.rights.edits_brief.then(|| view! { <WorkshopDoor/> })}
            {view.organises.then(|| view! { <OrganisingDoor/> })}
            {keeps_procedures.then(|| view! { <ProcedureDoors/> })}
            {keeps_catalogue.then(|| view! { <SupplyDoor/> })}
            {governs.then(|| view! { <GoverningDoor/> })}
            {rights.map(|rights| view! {
                <section class="section section--apart" aria-labelledby="droits">
                    <h2 id="droits">"Ce que tu peux faire de plus"</h2>
                    <p>{rights}</p>
                </section>
            })}
            <section class="section section--apart" aria-labelledby="coordonnees">
                <h2 id="coordonnees">"Mes coordonnées"</h2>
                <p class="row__soft">{view.profile.email.clone()}</p>
                {view.profile.phone.clone().map(|phone| view! { <p class="row__soft">{phone}</p> })}
                <p><a class="button button--soft" href="/moi/profil">"Changer"</a></p>
            </section>
            <ThemeChoice/>
            <Leaving/>
        </Frame>
    }
}

/// Mail to the address comes back.
fn bounced(email: &str) -> impl IntoView + use<> {
    let said = format!("Ce qu’on envoie à {email} n’arrive pas : on ne t’écrit plus par mail, sauf tes codes.");
    view! {
        <section class="card card--refused section--apart" aria-labelledby="adresse">
            <h2 class="card__title" id="adresse">"Tes mails nous reviennent"</h2>
            <p>{nb(&said)}</p>
            <p>
                {nb(
                    "Dis-le à Administratif, ou à la personne salariée, avec la bonne adresse. Celle-ci est bonne ? Déconnecte-toi \
                     et entre avec un code : les mails repartent.",
                )}
            </p>
            <div class="card__acts">
                <a class="button button--fill" href="/coop">"Qui prévenir"</a>
            </div>
        </section>
    }
}

fn commitment(view: &ProfileView) -> impl IntoView + use<> {
    let next = view.next.as_ref().map(|card| When { shift: card.id, starts_at: card.starts_at, ends_at: card.ends_at });
    let sum = |kinds: &[EntryKind]| -> i32 {
        view.ledger.iter().filter(|entry| kinds.contains(&entry.kind)).map(|entry| i32::from(entry.shifts())).sum()
    };
    let done = sum(&[EntryKind::Done, EntryKind::Excused, EntryKind::MakeUp, EntryKind::Advance]);
    let due = -sum(&[EntryKind::CycleDue, EntryKind::Leave, EntryKind::Exemption, EntryKind::Missed]);
    let look = match view.standing.level {
        domain::ledger::Level::UpToDate => ChipLook::Done,
        domain::ledger::Level::Alert => ChipLook::Waiting,
        domain::ledger::Level::Late => ChipLook::Missing,
    };
    let (said, told) = (headline(&view.standing), explanation(&view.standing, next.as_ref()));
    let (word, to_do) = (level(view.standing.level), view.standing.to_do);
    view! {
        <section class="card section--apart" aria-labelledby="engagement">
            <div class="card__head">
                <h2 class="card__title" id="engagement">"Mon engagement"</h2>
                <Chip look=look>{word}</Chip>
            </div>
            <p>{said}</p>
            <div class="tally">
                <p class="tally__item">
                    <span class="tally__figure">{done}</span><span class="tally__word">"vacations faites"</span>
                </p>
                <p class="tally__item">
                    <span class="tally__figure">{due}</span><span class="tally__word">"dues à ce jour"</span>
                </p>
                <p class="tally__item">
                    <span class="tally__figure">{to_do}</span>
                    <span class="tally__word">"à faire ce cycle"</span>
                </p>
            </div>
            <p class="card__soft">{told}</p>
            <div class="card__acts"><a class="button button--soft" href="/moi/engagement">"Comment ça se compte"</a></div>
        </section>
    }
}

fn doors(number: String) -> impl IntoView {
    let acts = Acts::expect();
    let waiting = Signal::derive(move || acts.outbox.with(domain::outbox::Outbox::waiting));
    view! {
        <nav aria-label="Moi">
            <ul class="list">
                <RowLink
                    icon="list-checks"
                    href="/moi/actions"
                    title="Mes actions"
                    soft="Ce que tu as fait depuis ce téléphone"
                    waiting=waiting
                />
                <RowLink icon="info" href="/moi/profil" title="Mon profil" soft="Ce que les autres voient, mes données"/>
                <RowLink icon="id-card" href="/moi/carte" title="Ma carte" soft=format!("N° {number}")/>
                <RowLink icon="bell" href="/moi/prevenir" title="Préviens-moi" soft="Alertes, mails, rappels"/>
                <RowLink icon="smartphone" href="/moi/appareils" title="Mes appareils"/>
                <RowLink icon="newspaper" href="/breve/proposer" title="Écrire pour la brève" soft="Au nom de ton groupe"/>
                <RowLink icon="users" href="/coop" title="La coop" soft="Groupes, comité, contacts"/>
                <RowLink icon="square-plus" href="/installer" title="Mettre Alpar sur l’écran d’accueil"/>
            </ul>
        </nav>
    }
}

/// For whoever answers for who comes.
fn coverage_door() -> impl IntoView {
    view! {
        <nav class="section--apart" aria-label="Couverture">
            <ul class="list">
                <RowLink
                    icon="calendar-days"
                    href="/couverture"
                    title="Qui manque où"
                    soft="Les quatre semaines à venir, et qui appeler"
                />
            </ul>
        </nav>
    }
}

/// What one may do because of what one is.
fn rights(view: &ProfileView) -> Option<String> {
    let rights = &view.rights;
    let mut can = Vec::new();
    if rights.employee {
        can.push("tu es salarié·e de la coop : tous les droits de fonctionnement".to_owned());
    } else if rights.office {
        can.push("tu tiens le bureau : fermer une vacation, agir pour quelqu’un".to_owned());
    }
    if rights.stands_in {
        can.push("tu supplées la personne salariée pendant son absence".to_owned());
    }
    if rights.lead {
        can.push("tu peux animer une vacation".to_owned());
    }
    if rights.committee {
        can.push("tu sièges au comité de gouvernance".to_owned());
    }
    if !rights.referent_of.is_empty() {
        can.push("tu es référent·e de ton groupe".to_owned());
    }
    (!can.is_empty()).then(|| crate::french::nb(&format!("{}.", crate::french::capitalized(&can.join(" ; ")))))
}
