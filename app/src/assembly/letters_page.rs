//! What is printed for those whom no mail reaches: a page for each, with a proxy to cut off. On A4, large.

use domain::assembly::{Assembly, Letters, Role};
use domain::governance::Person;
use domain::id::{AssemblyId, MemberId};
use domain::time::paris_day;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::assembly_letters;
use super::form::{AG, PREPARE, apart};
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::assembly::{cap, kind, role, way};
use crate::french::clock::hour;
use crate::french::dates::{date_with_year, day_long};
use crate::french::nb;
use crate::french::typography::counted;
use crate::procedures::form::Posted;
use crate::still::{Print, Still};

#[component]
pub fn LettersPage() -> impl IntoView {
    let params = use_params_map();
    let id =
        move || params.with(|params| params.get("assembly")).and_then(|id| id.parse().ok()).unwrap_or(AssemblyId(Uuid::nil()));
    let asked = Asked::new_blocking(id, assembly_letters);
    view! {
        <Still title="Les lettres de convocation" back=(AG, "L’assemblée") printed=true>
            {move || asked.get().map(page)}
        </Still>
    }
}

fn page(answer: Result<Letters, ApiError>) -> AnyView {
    let letters = match answer {
        Ok(letters) => letters,
        Err(error) => return apart(&error),
    };
    if letters.to.is_empty() {
        return view! { <p>{nb("Aucune lettre n’attend d’être imprimée.")}</p> }.into_any();
    }
    let count = counted(letters.to.len(), "lettre, une page chacune.", "lettres, une page chacune.");
    let id = letters.assembly.id.to_string();
    let mut with = vec![("assemblee", id.clone())];
    with.extend(letters.to.iter().map(|(person, _)| ("membre", person.id.to_string())));
    let pages: Vec<_> = letters.to.iter().map(|(person, number)| letter(&letters, person, *number)).collect();
    view! {
        <div class="stack no-print">
            <p>{nb(&count)}</p>
            <div class="cluster">
                <Print main=true/>
                <Posted to=PREPARE act="imprimer" of=id with=with>
                    <button class="button" type="submit">
                        "Noter comme imprimées"
                    </button>
                </Posted>
            </div>
        </div>
        {pages}
    }
    .into_any()
}

fn names(letters: &Letters, wanted: Role) -> String {
    let full = |member: MemberId| {
        let found = letters.people.iter().find(|person| person.id == member);
        found.map(|person| format!("{} {}", person.first_name, person.last_name))
    };
    letters.assembly.in_role(wanted).filter_map(full).collect::<Vec<String>>().join(", ")
}

fn letter(letters: &Letters, person: &Person, number: i32) -> AnyView {
    let assembly = &letters.assembly;
    let id = format!("pour-{}", person.id);
    let labelled = id.clone();
    let called = format!(
        "Tu es convoqué·e à l’{} de l’épicerie Alpar, « {} », le {} à {}, {}.",
        kind(assembly.kind).to_lowercase(),
        assembly.title,
        day_long(paris_day(assembly.starts_at)),
        hour(assembly.starts_at),
        assembly.place
    );
    let votes: Vec<_> = assembly
        .resolutions
        .iter()
        .map(|resolution| view! { <li>{nb(&format!("{} ({})", resolution.title, way(resolution.way).to_lowercase()))}</li> })
        .collect();
    let votes = (!votes.is_empty()).then(|| {
        view! {
            <h3>"On y vote"</h3>
            <ol class="letter__list">{votes}</ol>
        }
    });
    let standing: Vec<String> = assembly
        .candidates
        .iter()
        .filter_map(|candidate| letters.people.iter().find(|person| person.id == candidate.member))
        .map(|person| format!("{} {}", person.first_name, person.last_name))
        .collect();
    let standing =
        (!standing.is_empty()).then(|| view! { <p>{nb(&format!("Déjà candidat·es au comité : {}.", standing.join(", ")))}</p> });
    let documents: Vec<String> = assembly.documents.iter().map(|document| document.title.clone()).collect();
    let documents = (!documents.is_empty()).then(|| {
        view! { <p>{nb(&format!("À lire au magasin, ou dans l’app : {}.", documents.join(", ")))}</p> }
    });
    let keepers: Vec<_> = [Role::Chair, Role::Secretary]
        .into_iter()
        .map(|wanted| (role(wanted), names(letters, wanted)))
        .filter(|(_, names)| !names.is_empty())
        .map(|(words, names)| view! { <p>{nb(&format!("{words} : {names}."))}</p> })
        .collect();
    // Of our own renderer.
    let agenda = view! { <div class="prose" inner_html=assembly.agenda.clone()></div> };
    view! {
        <article class="letter letter--each" aria-labelledby=labelled>
            <p class="letter__head">"Alpar, l’épicerie participative d’Annecy"</p>
            <p class="letter__head">{nb(&format!("Le {}", date_with_year(paris_day(letters.now))))}</p>
            <h2 class="letter__for" id=id>
                {format!("Pour {} {}, n° {number:04}", person.first_name, person.last_name)}
            </h2>
            <p>{format!("Bonjour {},", person.first_name)}</p>
            <p>{nb(&called)}</p>
            <h3>"L’ordre du jour"</h3>
            {agenda}
            {votes}
            {standing}
            {documents}
            {keepers}
            {proxy(assembly, person, number)}
        </article>
    }
    .into_any()
}

/// To be cut off, signed, and handed to whoever votes for them, or to the office.
fn proxy(assembly: &Assembly, person: &Person, number: i32) -> Option<AnyView> {
    let most = assembly.terms.proxies;
    (most > 0).then(|| {
        let mine = format!(
            "Je soussigné·e {} {}, membre n° {number:04}, donne pouvoir à ……………………………………………………… , membre d’Alpar, pour voter en mon nom à \
             l’assemblée du {}.",
            person.first_name,
            person.last_name,
            date_with_year(paris_day(assembly.starts_at))
        );
        let how = format!("Si tu ne peux pas venir. {} À remettre au magasin, ou à l’entrée avant l’ouverture.", cap(most));
        view! {
            <div class="letter__proxy">
                <h3>"Pouvoir"</h3>
                <p>{nb(&how)}</p>
                <p>{nb(&mine)}</p>
                <p>{nb("Date et signature : ………………………………………………………")}</p>
            </div>
        }
        .into_any()
    })
}
