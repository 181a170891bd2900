//! How far a file is: what is said of it, and what may be done with it now.

use std::fmt::Display;

use domain::import::{FAULTS_CAP, Fault, ImportLine};
use leptos::prelude::*;

use super::{Kind, undo};
use crate::french::import::faults_counted;
use crate::french::nb;
use crate::french::typography::{NO_BREAK, counted};
use crate::procedures::form::Posted;
use crate::ui::Icon;

/// The most faults that a page shows: whoever has more has one that comes back on every line.
const FAULTS_SHOWN: usize = 1_000;
const CUT: &str = "La lecture s’est arrêtée là : il y en a sans doute d’autres. Une colonne en dit peut-être une autre.";

/// Some columns are missing: they are said first.
pub fn unreadable(problems: Vec<String>, columns: AnyView) -> AnyView {
    let lines: Vec<_> = problems.into_iter().map(|one| view! { <li>{one}</li> }).collect();
    view! {
        <section class="section" aria-labelledby="colonnes-manquent">
            <h3 id="colonnes-manquent">{nb("Dis d’abord quelle colonne est quoi")}</h3>
            <ul class="supply__lines">{lines}</ul>
        </section>
        {columns}
    }
    .into_any()
}

/// Nothing of such a file is taken. `what_to_do`: about the faults.
pub fn faulty<R>(
    import: &'static str,
    faults: &[Fault<R>],
    said: fn(&Fault<R>) -> String,
    what_to_do: &'static str,
    columns: AnyView,
) -> AnyView {
    let lines: Vec<_> = faults.iter().take(FAULTS_SHOWN).map(|one| view! { <li>{said(one)}</li> }).collect();
    let more = more(faults.len(), FAULTS_SHOWN);
    let cut = (faults.len() >= FAULTS_CAP).then(|| view! { <p>{nb(CUT)}</p> });
    view! {
        <section class="section" aria-labelledby="fautes">
            <h3 id="fautes">{faults_counted(faults.len())}</h3>
            <p>{nb(what_to_do)}</p>
            <ol class="supply__lines supply__faults">{lines}</ol>
            {more}
            {cut}
            <p>
                <a class="button button--fill" href=import>
                    "Envoyer le fichier corrigé"
                </a>
            </p>
        </section>
        {columns}
    }
    .into_any()
}

/// Lines of a diff, at most `shown` of them.
pub fn lines(id: &'static str, title: &str, said: Vec<String>, shown: usize, open: bool) -> AnyView {
    if said.is_empty() {
        return ().into_any();
    }
    let more = more(said.len(), shown);
    let title = format!("{}{NO_BREAK}({})", nb(title), said.len());
    let rows: Vec<_> = said.into_iter().take(shown).map(|line| view! { <li>{nb(&line)}</li> }).collect();
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

fn more(all: usize, shown: usize) -> Option<AnyView> {
    let left = all.saturating_sub(shown);
    (left > 0).then(|| view! { <p class="soft">{nb(&format!("Et {}.", counted(left, "autre", "autres")))}</p> }.into_any())
}

/// The whole of it, in one act. `seen`: what stands for the diff that is read.
pub fn applying<F>(kind: &Kind<F>, id: String, seen: &str, soft: &'static str) -> AnyView {
    // Of what is seen: another diff is another act.
    let of = format!("{id} {seen}");
    let with = vec![("import", id), ("vu", seen.to_owned())];
    let meanwhile = kind
        .is_long
        .then(|| view! { <p role="status" data-while-sent=nb("En cours : quelques secondes pour un grand fichier.")></p> });
    view! {
        <Posted to=kind.posted_to act="appliquer" of=of with=with class="supply__apply">
            <button class="button button--main" type="submit">
                "Appliquer"
            </button>
            <p class="soft">{nb(soft)}</p>
            {meanwhile}
        </Posted>
    }
    .into_any()
}

/// `counts`: what it came to.
pub fn applied<F, I: Display, C>(kind: &Kind<F>, line: &ImportLine<I, C>, counts: String) -> AnyView {
    let said = if line.undone_at.is_some() { "Cet import a été annulé." } else { "Cet import est appliqué." };
    view! {
        <p class="card">{nb(said)} " " {counts}</p>
        {line.may_be_undone.then(|| undo(kind, line))}
    }
    .into_any()
}
