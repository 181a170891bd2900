//! A file on its way in: which column is which, what is wrong with it, what it would change, and « Appliquer ».

use domain::catalogue::import::{Importing, Open, Step};
use domain::id::ImportId;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::diff::differences;
use super::form::{FILE, IMPORT, NotDone, apart};
use super::words::{names_to_say, shorter_to_say, words_known, words_to_say};
use super::{FileInHand, supply_file};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::catalogue_import::{fault, open as still_open, problem, summary};
use crate::french::import::called;
use crate::french::nb;
use crate::french::supply::{counts, done};
use crate::import::{Said, applied, applying, faulty, unreadable};
use crate::still::Still;
use crate::ui::{Icon, Width};

const WHERE_TO_CORRECT: &str = "Rien n’est importé. Corrige-les dans la caisse ou dans le fichier, puis envoie-le de nouveau.";

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
    let title = called(&file.importing.file);
    let step = match &file.importing.step {
        Step::Columns(problems) => unreadable(problems.iter().map(problem).collect(), columns(&file.importing, true)),
        Step::Faults(faults) => faulty(IMPORT, faults, fault, WHERE_TO_CORRECT, columns(&file.importing, false)),
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
        Step::Approved(line) => applied(&FILE, line, counts(&line.counts)),
    };
    view! {
        <h2 class="workshop__title">{title}</h2>
        {said}
        <NotDone/>
        {step}
    }
    .into_any()
}

fn columns(importing: &Importing, open: bool) -> AnyView {
    let Importing { id, header, sample, mapping, .. } = importing;
    crate::import::columns(&FILE, &Said { id: id.to_string(), header, sample, mapping }, open)
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

fn approving(importing: &Importing, nothing: bool, open: &[Open], seen: &str) -> AnyView {
    // What is left to say may change something yet.
    if !open.is_empty() {
        return ().into_any();
    }
    if nothing {
        return view! { <p class="card">{nb("Ce fichier ne change rien : le catalogue dit déjà tout cela.")}</p> }.into_any();
    }
    applying(&FILE, importing.id.to_string(), seen, "Tout passe d’un coup, ou rien. On peut l’annuler ensuite.")
}
