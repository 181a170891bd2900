//! A file on its way in: which column is which, what is wrong with it, what it would change, and « Appliquer ».

use domain::catalogue::import::{FAULTS_CAP, Fault, ImportLine, Importing, Open, Problem, Step};
use domain::id::ImportId;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::columns::columns;
use super::diff::differences;
use super::form::{IMPORT, NotDone, POSTED_TO, apart};
use super::imports_page::undo;
use super::words::{names_to_say, shorter_to_say, words_known, words_to_say};
use super::{FileInHand, supply_file};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::catalogue_import::{fault, open as still_open, problem, summary};
use crate::french::import::faults_counted;
use crate::french::nb;
use crate::french::supply::{counts, done};
use crate::french::typography::counted;
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{Icon, Width};

/// The most faults that a page shows: whoever has more has one that comes back on every line.
const FAULTS_SHOWN: usize = 1_000;

#[component]
pub fn SupplyFilePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id = move || params.with(|params| params.get("import")).and_then(|id| id.parse().ok()).unwrap_or(ImportId(Uuid::nil()));
    let asked = Asked::new_blocking(id, supply_file);
    view! {
        <Still title="Un fichier de la caisse" back=(IMPORT, "La caisse") width=Width::Wide>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<FileInHand, ApiError>, fait: &str) -> AnyView {
    let file = match answer {
        Ok(file) => file,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let name = file.importing.file.clone();
    let title = if name.is_empty() { nb("Un fichier sans nom") } else { name };
    let step = match &file.importing.step {
        Step::Columns(problems) => unreadable(&file.importing, problems),
        Step::Faults(faults) => faulty(&file.importing, faults),
        Step::Compared { diff, open, seen } => view! {
            <p class="supply__summary">{summary(diff)}</p>
            {left_to_say(open)}
            {words_to_say(&file, diff)}
            {names_to_say(&file, diff)}
            {shorter_to_say(&file, diff)}
            {approving(&file.importing, diff.is_empty(), open, seen)}
            {differences(&file, diff)}
            {words_known(&file, diff)}
            {columns(&file.importing, false)}
        }
        .into_any(),
        Step::Approved(line) => approved(line),
    };
    view! {
        <h2 class="workshop__title">{title}</h2>
        {said}
        <NotDone/>
        {step}
    }
    .into_any()
}

/// Some columns are missing: they are said first.
fn unreadable(importing: &Importing, problems: &[Problem]) -> AnyView {
    let lines: Vec<_> = problems.iter().map(|one| view! { <li>{problem(one)}</li> }).collect();
    view! {
        <section class="section" aria-labelledby="colonnes-manquent">
            <h3 id="colonnes-manquent">{nb("Dis d’abord quelle colonne est quoi")}</h3>
            <ul class="supply__lines">{lines}</ul>
        </section>
        {columns(importing, true)}
    }
    .into_any()
}

/// Nothing of such a file is taken.
fn faulty(importing: &Importing, faults: &[Fault]) -> AnyView {
    let lines: Vec<_> = faults.iter().take(FAULTS_SHOWN).map(|one| view! { <li>{fault(one)}</li> }).collect();
    let more = faults.len().saturating_sub(FAULTS_SHOWN);
    let more = (more > 0).then(|| view! { <p class="soft">{nb(&format!("Et {}.", counted(more, "autre", "autres")))}</p> });
    let cut = "La lecture s’est arrêtée là : il y en a sans doute d’autres. Une colonne en dit peut-être une autre.";
    let cut = (faults.len() >= FAULTS_CAP).then(|| view! { <p>{nb(cut)}</p> });
    view! {
        <section class="section" aria-labelledby="fautes">
            <h3 id="fautes">{faults_counted(faults.len())}</h3>
            <p>{nb("Rien n’est importé. Corrige-les dans la caisse ou dans le fichier, puis envoie-le de nouveau.")}</p>
            <ol class="supply__lines supply__faults">{lines}</ol>
            {more}
            {cut}
            <p>
                <a class="button button--fill" href=IMPORT>
                    "Envoyer le fichier corrigé"
                </a>
            </p>
        </section>
        {columns(importing, false)}
    }
    .into_any()
}

fn left_to_say(open: &[Open]) -> AnyView {
    let lines: Vec<_> = open.iter().map(|one| view! { <li>{still_open(*one)}</li> }).collect();
    (!lines.is_empty())
        .then(|| {
            view! {
                <div class="supply__open">
                    <p>
                        <Icon name="circle-alert"/>
                        {nb("Avant d’appliquer :")}
                    </p>
                    <ul class="supply__lines">{lines}</ul>
                </div>
            }
        })
        .into_any()
}

/// The whole of it, in one act.
fn approving(importing: &Importing, nothing: bool, open: &[Open], seen: &str) -> AnyView {
    // What is left to say may change something yet.
    if !open.is_empty() {
        return ().into_any();
    }
    if nothing {
        return view! { <p class="card">{nb("Ce fichier ne change rien : le catalogue dit déjà tout cela.")}</p> }.into_any();
    }
    let id = importing.id.to_string();
    let with = vec![("import", id.clone()), ("vu", seen.to_owned())];
    // Of what is seen: another diff is another act.
    let of = format!("{id} {seen}");
    view! {
        <Posted to=POSTED_TO act="appliquer" of=of with=with class="supply__apply">
            <button class="button button--main" type="submit">
                "Appliquer"
            </button>
            <p class="soft">{nb("Tout passe d’un coup, ou rien. On peut l’annuler ensuite.")}</p>
            <p role="status" data-while-sent=nb("En cours : quelques secondes pour un grand fichier.")></p>
        </Posted>
    }
    .into_any()
}

fn approved(line: &ImportLine) -> AnyView {
    let said = if line.undone_at.is_some() { "Cet import a été annulé." } else { "Cet import est appliqué." };
    view! {
        <p class="card">{nb(said)} " " {counts(&line.counts)}</p>
        {line.may_be_undone.then(|| undo(line))}
    }
    .into_any()
}
