//! What was brought in, taken back, and taken out again.

use std::fmt::Display;

use domain::import::ImportLine;
use domain::time::Instant;
use leptos::prelude::*;

use super::Kind;
use crate::acts::Noted;
use crate::french::dates::moment;
use crate::french::import::called;
use crate::french::nb;
use crate::procedures::form::Posted;
use crate::ui::Icon;

/// What was brought in before, the newest first.
pub fn brought_in(rows: Vec<AnyView>) -> AnyView {
    let rows = if rows.is_empty() {
        view! { <p class="soft">{nb("Aucun fichier pour l’instant.")}</p> }.into_any()
    } else {
        view! { <ul class="list supply__imports">{rows}</ul> }.into_any()
    };
    view! {
        <section class="section section--apart" aria-labelledby="avant">
            <h2 id="avant">"Déjà importés"</h2>
            {rows}
        </section>
    }
    .into_any()
}

/// `counts`: what it came to.
pub fn row<F, I: Display, C>(kind: &Kind<F>, line: &ImportLine<I, C>, counts: String, as_of: Instant) -> AnyView {
    let undone = line.undone_at.map(|at| format!("Annulé {}", moment(at, as_of)));
    let mut about = vec![moment(line.approved_at, as_of), counts];
    about.extend(undone);
    let href = format!("{}/{}", kind.import, line.id);
    view! {
        <li class="row">
            <span class="row__body">
                <a class="row__link row__title" href=href>
                    {called(&line.file)}
                </a>
                <span class="row__soft">{nb(&about.join(" · "))}</span>
            </span>
            {line.may_be_undone.then(|| undo(kind, line))}
        </li>
    }
    .into_any()
}

/// Takes the last one back.
pub fn undo<F, I: Display, C>(kind: &Kind<F>, line: &ImportLine<I, C>) -> AnyView {
    let id = line.id.to_string();
    let with = vec![("import", id.clone())];
    view! {
        <Posted to=kind.posted_to act="defaire" of=id with=with class="supply__undo">
            <button class="button button--soft" type="submit">
                "Annuler cet import"
            </button>
        </Posted>
    }
    .into_any()
}

/// What the undo that was just done left as it was; nothing where there is nothing.
pub fn stayed(title: &'static str, lines: Vec<String>) -> AnyView {
    if lines.is_empty() {
        return ().into_any();
    }
    let lines: Vec<_> = lines.into_iter().map(|words| view! { <li>{words}</li> }).collect();
    view! {
        <Noted>{nb(title)}</Noted>
        <ul class="supply__lines">{lines}</ul>
    }
    .into_any()
}

/// The same as a file.
pub fn taken_out(export: &'static str, words: &'static str) -> AnyView {
    view! {
        <section class="section section--apart" aria-labelledby="sortir">
            <h2 id="sortir">"Tout sortir"</h2>
            <p class="soft">{nb(words)}</p>
            <p>
                <a class="button" href=export download="" rel="external">
                    <Icon name="download"/>
                    "Exporter en CSV"
                </a>
            </p>
        </section>
    }
    .into_any()
}
