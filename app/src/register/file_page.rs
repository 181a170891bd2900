//! A file of members on its way in: which column is which, what is wrong with it, what it would change, and « Appliquer ».

use domain::id::MemberImportId;
use domain::register::import::{Diff, Fault, ImportLine, Importing, Problem, Step};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::columns::columns;
use super::form::{IMPORT, MEMBERS, NotDone, apart};
use super::imports_page::undo;
use super::questions::questions;
use super::{FileInHand, register_file};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::import::faults_counted;
use crate::french::nb;
use crate::french::register::done;
use crate::french::register_import::{changed, counts, fault, new, problem, summary, warning};
use crate::french::typography::NO_BREAK;
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{Icon, Width};

/// The most faults that a page shows: whoever has more has one that comes back on every line.
const FAULTS_SHOWN: usize = 1_000;
/// The most lines of a kind that a page shows.
const LINES_SHOWN: usize = 2_000;

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
    let title = if importing.file.is_empty() { nb("Un fichier sans nom") } else { importing.file.clone() };
    let step = match &importing.step {
        Step::Columns(problems) => unreadable(&importing, problems),
        Step::Faults(faults) => faulty(&importing, faults),
        Step::Compared { diff, seen } => view! {
            <p class="supply__summary">{summary(diff)}</p>
            {questions(&importing, diff)}
            {approving(&importing, diff, seen)}
            {differences(diff)}
            {columns(&importing, false)}
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
    let more = (more > 0).then(|| view! { <p class="soft">{nb(&format!("Et {more} autres."))}</p> });
    view! {
        <section class="section" aria-labelledby="fautes">
            <h3 id="fautes">{faults_counted(faults.len())}</h3>
            <p>{nb("Rien n’est importé. Corrige-les là d’où vient le fichier, puis envoie-le de nouveau.")}</p>
            <ol class="supply__lines supply__faults">{lines}</ol>
            {more}
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

/// The whole of it, in one act.
fn approving(importing: &Importing, diff: &Diff, seen: &str) -> AnyView {
    if diff.is_empty() {
        return view! { <p class="card">{nb("Ce fichier ne change rien : le registre dit déjà tout cela.")}</p> }.into_any();
    }
    if !diff.questions.is_empty() {
        return ().into_any();
    }
    let id = importing.id.to_string();
    let with = vec![("import", id.clone()), ("vu", seen.to_owned())];
    // Of what is seen: another diff is another act.
    let of = format!("{id} {seen}");
    view! {
        <Posted to=MEMBERS act="appliquer" of=of with=with class="supply__apply">
            <button class="button button--main" type="submit">
                "Appliquer"
            </button>
            <p class="soft">{nb("Tout passe d’un coup, ou rien. On peut l’annuler ensuite. Personne n’est invité par mail : c’est à part.")}</p>
        </Posted>
    }
    .into_any()
}

fn differences(diff: &Diff) -> AnyView {
    view! {
        {lines("nouveaux", "Nouveaux membres", diff.new.iter().map(new).collect(), true)}
        {lines("changes", "Fiches qui changent", diff.changed.iter().map(changed).collect(), true)}
        {lines("attention", "À regarder", diff.warnings.iter().map(warning).collect(), false)}
    }
    .into_any()
}

fn lines(id: &'static str, title: &str, said: Vec<String>, open: bool) -> AnyView {
    if said.is_empty() {
        return ().into_any();
    }
    let more = said.len().saturating_sub(LINES_SHOWN);
    let more = (more > 0).then(|| view! { <p class="soft">{nb(&format!("Et {more} autres."))}</p> });
    let title = format!("{}{NO_BREAK}({})", nb(title), said.len());
    let rows: Vec<_> = said.into_iter().take(LINES_SHOWN).map(|line| view! { <li>{nb(&line)}</li> }).collect();
    view! {
        <details class="history section--apart" open=open id=id>
            <summary class="history__head">
                {title}
                <Icon name="chevron-down"/>
            </summary>
            <ul class="supply__lines supply__diff">{rows}</ul>
            {more}
        </details>
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
