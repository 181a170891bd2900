//! What those who prepare an assembly type: what it is, what is read before it, what is voted on.

use domain::assembly::{AssemblyInHand, DocumentInHand, Kind, Majority, ResolutionInHand, SEATS_CAP, Way};
use domain::procedures::Fields;
use leptos::prelude::*;

use super::form::PREPARE;
use crate::french::assembly::{kind, majority, way};
use crate::french::{capitalized, nb};
use crate::governance::fields::{choice, line, text};
use crate::governance::{Filled, typed};
use crate::organising::fields::wall;
use crate::procedures::form::Posted;
use crate::ui::Icon;

/// The fields of an assembly. `seconds`: those that may be called a second time.
pub fn assembly_fields(filled: &Filled, of: &str, seconds: &[(String, String)]) -> AnyView {
    let kinds = [Kind::Ordinary, Kind::Extraordinary].map(|known| (known.as_str().to_owned(), kind(known).to_owned())).to_vec();
    let what = choice(filled, of, ("nature", "Nature"), "", kinds);
    let title = line(filled, of, "title", "Titre", "text", "« Les comptes de l’année, et le comité »");
    let starts = line(filled, of, "debut", "Début", "datetime-local", "À l’heure de Paris");
    let place = line(filled, of, "lieu", "Où", "text", "");
    let agenda = text(filled, of, ("text", "L’ordre du jour"), "10", true, "Il part avec la convocation. ");
    let mut firsts = vec![(String::new(), "Non".to_owned())];
    firsts.extend_from_slice(seconds);
    // One that is chosen stays, whatever is offered.
    let chosen = filled.one("seconde");
    if !firsts.iter().any(|(id, _)| *id == chosen) {
        firsts.push((chosen, "Une assemblée plus ancienne".to_owned()));
    }
    let second = (firsts.len() > 1).then(|| {
        choice(
            filled,
            of,
            ("seconde", "Deuxième convocation"),
            "D’une assemblée qui n’a pas pu décider, faute de quorum : celle-ci décide quel que soit le nombre",
            firsts,
        )
    });
    view! {
        {what}
        {title}
        {starts}
        {place}
        {agenda}
        {second}
    }
    .into_any()
}

/// An assembly as somebody would have typed it.
fn assembly_typed(in_hand: &AssemblyInHand) -> Fields {
    let assembly = &in_hand.assembly;
    typed(vec![
        ("base", in_hand.revision.to_string()),
        ("nature", assembly.kind.as_str().to_owned()),
        ("title", assembly.title.clone()),
        ("debut", wall(assembly.starts_at)),
        ("lieu", assembly.place.clone()),
        ("text", in_hand.agenda.clone()),
        ("seconde", in_hand.second_of.map(|first| first.to_string()).unwrap_or_default()),
    ])
}

/// What it says of itself, until members are called to it.
pub fn itself(in_hand: &AssemblyInHand) -> AnyView {
    let id = in_hand.assembly.id.to_string();
    let filled = Filled::of("changer", "", assembly_typed(in_hand));
    let inside = assembly_fields(&filled, "changer", &[]);
    let with = vec![("assemblee", id.clone()), ("base", filled.one("base"))];
    view! {
        <details class="history" open=filled.back>
            <summary class="history__head">
                "Titre, date, lieu, ordre du jour"
                <Icon name="chevron-down"/>
            </summary>
            <Posted to=PREPARE act="changer" of=id with=with class="stack">
                {inside}
                <button class="button button--main" type="submit">
                    "Enregistrer"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}

/// What is read before it. `changes`: it may still.
pub fn documents(in_hand: &AssemblyInHand, changes: bool) -> AnyView {
    let known: Vec<_> = in_hand.documents.iter().map(|document| document_row(in_hand, document, changes)).collect();
    let none = known.is_empty().then(|| view! { <p class="soft">{nb("Pas encore de document.")}</p> });
    let adding = changes.then(|| {
        let filled = Filled::of("document", "nouveau", typed(Vec::new()));
        document_form(in_hand, "nouveau", &filled, "Ajouter un document")
    });
    view! {
        <section class="section section--apart" aria-labelledby="documents">
            <h3 id="documents">"Les documents"</h3>
            <p class="soft">
                {nb("Un texte se lit sans réseau, sur l’appareil de chaque membre. Une adresse mène ailleurs, avec le réseau.")}
            </p>
            {none}
            {known}
            {adding}
        </section>
    }
    .into_any()
}

fn document_row(in_hand: &AssemblyInHand, known: &DocumentInHand, changes: bool) -> AnyView {
    let (id, title) = (known.document.id.to_string(), known.document.title.clone());
    if !changes {
        return view! { <p class="row__title">{nb(&title)}</p> }.into_any();
    }
    let fields = typed(vec![
        ("base", known.revision.to_string()),
        ("title", title.clone()),
        ("text", known.text.clone()),
        ("href", known.document.href.clone()),
    ]);
    let filled = Filled::of("document", &id, fields);
    let form = document_form(in_hand, &id, &filled, &title);
    let with = vec![("assemblee", in_hand.assembly.id.to_string()), ("document", id.clone())];
    let label = nb(&format!("Retirer ce document : {title}"));
    view! {
        {form}
        <Posted to=PREPARE act="retirer-document" of=id with=with>
            <button class="button button--quiet" type="submit" aria-label=label>
                "Retirer ce document"
            </button>
        </Posted>
    }
    .into_any()
}

/// `of`: its id, or that it is new.
fn document_form(in_hand: &AssemblyInHand, of: &str, filled: &Filled, head: &str) -> AnyView {
    let part = format!("document-{of}");
    let title = line(filled, &part, "title", "Titre", "text", "");
    let body = text(filled, &part, ("text", "Le texte"), "8", true, "");
    let href = line(filled, &part, "href", "Une adresse", "url", "https://… Facultatif, s’il y a un texte");
    let with = vec![
        ("assemblee", in_hand.assembly.id.to_string()),
        ("sur", of.to_owned()),
        ("document", if of == "nouveau" { String::new() } else { of.to_owned() }),
        ("base", filled.one("base")),
    ];
    view! {
        <details class="history" open=filled.back>
            <summary class="history__head">
                {nb(head)}
                <Icon name="chevron-down"/>
            </summary>
            <Posted to=PREPARE act="document" of=format!("{} {of}", in_hand.assembly.id) with=with class="stack">
                {title}
                {body}
                {href}
                <button class="button button--main" type="submit">
                    "Enregistrer le document"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}

/// What it votes on, in order; it changes until members are called to it.
pub fn resolutions(in_hand: &AssemblyInHand) -> AnyView {
    let planned = in_hand.assembly.stage.is_planned();
    let known: Vec<_> =
        in_hand.resolutions.iter().enumerate().map(|(at, known)| resolution_row(in_hand, at + 1, known, planned)).collect();
    let none = known.is_empty().then(|| view! { <p class="soft">{nb("Rien n’est encore mis au vote.")}</p> });
    let adding = planned.then(|| {
        let filled = Filled::of("resolution", "nouvelle", typed(vec![("comment", "hands".to_owned())]));
        resolution_form(in_hand, "nouvelle", &filled, "Ajouter une résolution")
    });
    view! {
        <section class="section section--apart" aria-labelledby="resolutions">
            <h3 id="resolutions">"Ce qui est mis au vote"</h3>
            {none}
            {known}
            {adding}
        </section>
    }
    .into_any()
}

fn resolution_row(in_hand: &AssemblyInHand, number: usize, known: &ResolutionInHand, changes: bool) -> AnyView {
    let (id, title) = (known.resolution.id.to_string(), known.resolution.title.clone());
    let head = format!("{number}. {title}");
    if !changes {
        return view! {
            <p class="row__title">{nb(&head)}</p>
            <p class="row__soft">{way(known.resolution.way)}</p>
        }
        .into_any();
    }
    let filled = Filled::of("resolution", &id, resolution_typed(known));
    let form = resolution_form(in_hand, &id, &filled, &head);
    let with = vec![("assemblee", in_hand.assembly.id.to_string()), ("resolution", id.clone())];
    let label = nb(&format!("Retirer cette résolution : {title}"));
    view! {
        {form}
        <Posted to=PREPARE act="retirer-resolution" of=id with=with>
            <button class="button button--quiet" type="submit" aria-label=label>
                "Retirer cette résolution"
            </button>
        </Posted>
    }
    .into_any()
}

fn resolution_typed(known: &ResolutionInHand) -> Fields {
    let how = match known.resolution.way {
        Way::Hands => "hands",
        Way::Secret => "secret",
        Way::Election { .. } => "election",
    };
    typed(vec![
        ("base", known.revision.to_string()),
        ("title", known.resolution.title.clone()),
        ("text", known.text.clone()),
        ("comment", how.to_owned()),
        ("sieges", known.resolution.way.seats().map(|seats| seats.to_string()).unwrap_or_default()),
        ("majorite", known.resolution.majority.as_str().to_owned()),
    ])
}

/// `of`: its id, or that it is new.
fn resolution_form(in_hand: &AssemblyInHand, of: &str, filled: &Filled, head: &str) -> AnyView {
    let part = format!("resolution-{of}");
    let title = line(filled, &part, "title", "Titre", "text", "Ce qui est décidé, si elle est adoptée");
    let body = text(filled, &part, ("text", "Le texte soumis au vote"), "6", true, "");
    let ways = vec![
        ("hands".to_owned(), way(Way::Hands)),
        ("secret".to_owned(), way(Way::Secret)),
        ("election".to_owned(), "Élection au comité, à bulletin secret".to_owned()),
    ];
    let how = choice(filled, &part, ("comment", "Comment on vote"), "", ways);
    let most = format!("D’une élection : de 1 à {SEATS_CAP}, un bulletin porte autant de noms au plus");
    let seats = line(filled, &part, "sieges", "Sièges à pourvoir", "number", &most);
    let majorities =
        [Majority::Simple, Majority::TwoThirds].map(|known| (known.as_str().to_owned(), capitalized(majority(known)))).to_vec();
    let needs = choice(
        filled,
        &part,
        ("majorite", "Majorité"),
        "Ni les abstentions ni les bulletins blancs ne comptent ; à égalité, elle est rejetée",
        majorities,
    );
    let with = vec![
        ("assemblee", in_hand.assembly.id.to_string()),
        ("sur", of.to_owned()),
        ("resolution", if of == "nouvelle" { String::new() } else { of.to_owned() }),
        ("base", filled.one("base")),
    ];
    view! {
        <details class="history" open=filled.back>
            <summary class="history__head">
                {nb(head)}
                <Icon name="chevron-down"/>
            </summary>
            <Posted to=PREPARE act="resolution" of=format!("{} {of}", in_hand.assembly.id) with=with class="stack">
                {title}
                {body}
                {how}
                {seats}
                {needs}
                <button class="button button--main" type="submit">
                    "Enregistrer la résolution"
                </button>
            </Posted>
        </details>
    }
    .into_any()
}
