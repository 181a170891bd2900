//! The fields of a dossier: what, who, by when, which papers; and those of its kind alone.

use chrono::NaiveDate;
use domain::dossiers::{Contact, Dossier, DossierInHand, Kind, Matter, REMIND_D, papers_typed};
use domain::governance::Person;
use domain::id::MemberId;
use domain::procedures::Fields;
use leptos::prelude::*;

use super::form::icon;
use crate::french::dates::iso_day;
use crate::french::dossiers::{about, kind as named};
use crate::french::nb;
use crate::governance::fields::{choice, line, text};
use crate::governance::{Filled, typed};
use crate::ui::Icon;

/// A dossier as somebody would have typed it.
pub fn as_typed(dossier: &Dossier) -> Fields {
    let day = |day: Option<NaiveDate>| day.map(iso_day).unwrap_or_default();
    let member = |member: Option<MemberId>| member.map(|id| id.to_string()).unwrap_or_default();
    let mut fields = vec![
        ("base", dossier.revision.to_string()),
        ("title", dossier.title.clone()),
        ("text", dossier.text.clone()),
        ("qui", member(dossier.holder)),
        ("echeance", day(dossier.due)),
        ("pieces", papers_typed(&dossier.papers)),
    ];
    if let Some(Contact { name, phone, email }) = dossier.matter.contact() {
        fields.extend([("contact", name.clone()), ("tel", phone.clone()), ("mail", email.clone())]);
    }
    match &dossier.matter {
        Matter::Task => {}
        Matter::Partner { together: said, .. } | Matter::Press { outlet: said, .. } | Matter::Lead { offers: said, .. } => {
            fields.push(("a-propos", said.clone()));
        }
        Matter::Grant { funder, amount, .. } => {
            fields.push(("a-propos", funder.clone()));
            fields.push(("montant", amount.map(|amount| amount.to_string()).unwrap_or_default()));
        }
        Matter::Material { quantity, whom } => {
            fields.extend([("quantite", quantity.to_string()), ("a-propos", whom.clone())]);
        }
        Matter::Software { href, .. } => fields.push(("lien", href.clone())),
        Matter::Volunteer { tutor, from, to } => {
            fields.extend([("tuteur", member(*tutor)), ("du", day(*from)), ("au", day(*to))]);
        }
    }
    typed(fields)
}

/// As a dossier of this kind.
pub fn dossier_fields(filled: &Filled, hand: &DossierInHand, kind: Kind, of: &str) -> AnyView {
    let title = line(filled, of, "title", "De quoi s’agit-il", "text", "En quelques mots");
    let body = text(filled, of, ("text", "Les détails"), "5", false, "");
    let own = of_its_kind(filled, hand, kind, of);
    let nobody = "Personne pour l’instant";
    let who = choice(filled, of, ("qui", "Qui s’en charge"), "", people(&hand.people, nobody, &filled.one("qui")));
    let warned = format!("Facultatif. {REMIND_D} jours avant, les personnes nommées sont prévenues, une fois");
    let due = line(filled, of, "echeance", "Pour le", "date", &warned);
    let papers = text(
        filled,
        of,
        ("pieces", "Pièces"),
        "4",
        false,
        "Une par ligne : ce que c’est puis, s’il y en a une, son adresse (https://…)",
    );
    view! {
        {title}
        {own}
        {who}
        {due}
        {papers}
        {body}
    }
    .into_any()
}

fn people(people: &[Person], nobody: &str, chosen: &str) -> Vec<(String, String)> {
    let mut options = vec![(String::new(), nobody.to_owned())];
    options.extend(people.iter().map(|person| (person.id.to_string(), format!("{} {}", person.first_name, person.last_name))));
    // Whoever was chosen may have left in the meantime.
    if !options.iter().any(|(id, _)| id == chosen) {
        options.push((chosen.to_owned(), "Quelqu’un qui n’en fait plus partie".to_owned()));
    }
    options
}

/// What belongs to its kind alone.
fn of_its_kind(filled: &Filled, hand: &DossierInHand, kind: Kind, of: &str) -> Vec<AnyView> {
    let mut fields = Vec::new();
    fields.extend(about(kind).map(|label| line(filled, of, "a-propos", label, "text", "Facultatif")));
    match kind {
        Kind::Task => {}
        Kind::Partner | Kind::Press | Kind::Lead => fields.extend(contact(filled, of)),
        Kind::Grant => {
            fields.push(line(filled, of, "montant", "Montant, en euros", "text", "Facultatif. Un nombre entier"));
            fields.extend(contact(filled, of));
        }
        Kind::Material => fields.push(line(filled, of, "quantite", "Combien", "number", "")),
        Kind::Software => {
            fields.push(line(filled, of, "lien", "Adresse", "url", "Facultatif. Elle commence par https://"));
            fields.extend(contact(filled, of));
        }
        Kind::Volunteer => {
            let tutors = people(&hand.members, "Personne pour l’instant", &filled.one("tuteur"));
            let hint = "Lit ce dossier et note les heures, même sans faire partie du groupe";
            fields.push(choice(filled, of, ("tuteur", "Qui accompagne"), hint, tutors));
            fields.push(line(filled, of, "du", "Premier jour", "date", "Facultatif"));
            fields.push(line(filled, of, "au", "Dernier jour", "date", "Facultatif"));
        }
    }
    fields
}

fn contact(filled: &Filled, of: &str) -> [AnyView; 3] {
    [
        line(filled, of, "contact", "Qui contacter", "text", "Facultatif"),
        line(filled, of, "tel", "Son téléphone", "tel", "Facultatif"),
        line(filled, of, "mail", "Son mail", "email", "Facultatif"),
    ]
}

/// « Chose à faire », « Partenaire »…, each a way to the form of its kind.
pub fn kinds_offered(href: impl Fn(Kind) -> String, but: Option<Kind>) -> AnyView {
    let rows: Vec<_> = Kind::ALL
        .into_iter()
        .filter(|kind| Some(*kind) != but)
        .map(|kind| {
            view! {
                <li class="row">
                    <Icon name=icon(kind)/>
                    <span class="row__body">
                        <a class="row__link row__title" href=href(kind)>{nb(named(kind))}</a>
                    </span>
                    <span class="row__end"><Icon name="chevron-right"/></span>
                </li>
            }
        })
        .collect();
    view! { <ul class="list">{rows}</ul> }.into_any()
}
