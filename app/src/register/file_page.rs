//! A file of members on its way in: which column is which, what is wrong with it, what it would change, and « Appliquer ».

use domain::id::MemberImportId;
use domain::register::import::{Diff, Importing, Step};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::form::{FILE, IMPORT, NotDone, apart};
use super::questions::questions;
use super::{FileInHand, register_file};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::import::called;
use crate::french::nb;
use crate::french::register::done;
use crate::french::register_import::{changed, counts, fault, new, problem, summary, warning};
use crate::import::{Said, applied, applying, faulty, lines, unreadable};
use crate::still::Still;
use crate::ui::Width;

/// The most lines of a kind that a page shows.
const LINES_SHOWN: usize = 2_000;
const WHERE_TO_CORRECT: &str = "Rien n’est importé. Corrige-les là d’où vient le fichier, puis envoie-le de nouveau.";
const APPLIED_HOW: &str =
    "Tout passe d’un coup, ou rien. On peut l’annuler ensuite. Personne n’est invité par mail : c’est à part.";

#[component]
pub fn MemberFilePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let id =
        move || params.with(|params| params.get("import")).and_then(|id| id.parse().ok()).unwrap_or(MemberImportId(Uuid::nil()));
    let asked = Asked::new_blocking(id, register_file);
    view! {
        <Still title="Un fichier de membres" back=(IMPORT, "Importer") width=Width::Wide>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<FileInHand, ApiError>, fait: &str) -> AnyView {
    let importing = match answer {
        Ok(file) => file.importing,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let title = called(&importing.file);
    let step = match &importing.step {
        Step::Columns(problems) => unreadable(problems.iter().map(problem).collect(), columns(&importing, true)),
        Step::Faults(faults) => faulty(IMPORT, faults, fault, WHERE_TO_CORRECT, columns(&importing, false)),
        Step::Compared { diff, seen } => view! {
            <p class="supply__summary">{summary(diff)}</p>
            {questions(&importing, diff)}
            {approving(&importing, diff, seen)}
            {differences(diff)}
            {columns(&importing, false)}
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

fn approving(importing: &Importing, diff: &Diff, seen: &str) -> AnyView {
    if diff.is_empty() {
        return view! { <p class="card">{nb("Ce fichier ne change rien : le registre dit déjà tout cela.")}</p> }.into_any();
    }
    if !diff.questions.is_empty() {
        return ().into_any();
    }
    applying(&FILE, importing.id.to_string(), seen, APPLIED_HOW)
}

fn differences(diff: &Diff) -> AnyView {
    view! {
        {lines("nouveaux", "Nouveaux membres", diff.new.iter().map(new).collect(), LINES_SHOWN, true)}
        {lines("changes", "Fiches qui changent", diff.changed.iter().map(changed).collect(), LINES_SHOWN, true)}
        {lines("attention", "À regarder", diff.warnings.iter().map(warning).collect(), LINES_SHOWN, false)}
    }
    .into_any()
}
