//! « Toutes les brèves »: by year, and found by their words, accents and plurals forgiven. A still page.

use domain::brief::{Archive, Hit, Issued, Shown};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::brief_archive;
use super::pieces::id_of;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::brief::{headline, of_monday, short, source};
use crate::french::dates::{date_long, iso_day};
use crate::french::nb;
use crate::french::typography::counted;
use crate::still::Still;
use crate::ui::{Empty, TextField};
use crate::visit::Signed;

pub const PAGE: &str = "/breve/archives";

#[component]
pub fn ArchivePage() -> impl IntoView {
    let query = use_query_map();
    let typed = move || query.with(|query| query.get("q")).unwrap_or_default();
    let year = move || query.with(|query| query.get("annee")).and_then(|year| year.parse().ok());
    let found = Asked::new_blocking(move || (typed(), year()), |(asked, year)| brief_archive(asked, year));
    view! {
        <Still title="Toutes les brèves" back=("/breve", "La brève")>
            <form method="get" action=PAGE class="stack" role="search">
                <TextField id="q" name="q" kind="search" label="Chercher dans toutes les brèves" value=typed() autocomplete="off"/>
                <button class="button button--fill" type="submit">"Chercher"</button>
            </form>
            {move || found.get().map(|answer| page(answer, &typed()))}
        </Still>
    }
}

fn page(answer: Result<Archive, ApiError>, typed: &str) -> AnyView {
    match answer {
        Ok(Archive { hits: Some(hits), .. }) => answers(hits, typed).into_any(),
        Ok(archive) => by_year(archive).into_any(),
        Err(_) => view! { <p role="alert">{nb("Les archives ne répondent pas pour l’instant. Réessaie dans un moment.")}</p> }
            .into_any(),
    }
}

fn answers(hits: Vec<Hit>, typed: &str) -> impl IntoView {
    if hits.is_empty() {
        let text = nb(&format!("Rien ne répond à « {} ». Essaie un autre mot, ou un seul.", typed.trim()));
        return view! {
            <Empty id="rien" icon="newspaper" title="Rien trouvé" text=text>
                <a class="button" href=PAGE>"Voir toutes les brèves"</a>
            </Empty>
        }
        .into_any();
    }
    let said = nb(&format!("{} : le plus proche d’abord.", counted(hits.len(), "passage trouvé", "passages trouvés")));
    let rows = hits.into_iter().map(row).collect_view();
    view! {
        <section class="section" aria-labelledby="trouve">
            <h2 id="trouve">"Trouvé"</h2>
            <p class="soft" role="status">{said}</p>
            <ul class="list">{rows}</ul>
            <p><a href=PAGE>"Voir toutes les brèves"</a></p>
        </section>
    }
    .into_any()
}

fn row(hit: Hit) -> impl IntoView {
    let href = format!("{PAGE}/{}#{}", iso_day(hit.monday), id_of(&hit.piece));
    let title = match &hit.piece {
        Shown::Block { title, .. } => headline(Some(title), hit.monday),
        Shown::Live { source: of, .. } => nb(source(*of)),
    };
    // Each part is a text of its own: whatever was written is shown, and nothing of it runs.
    let snippet = hit
        .snippet
        .into_iter()
        .map(|part| if part.marked { view! { <mark>{part.text}</mark> }.into_any() } else { part.text.into_any() })
        .collect_view();
    view! {
        <li class="row">
            <span class="row__body">
                <a class="row__link row__title" href=href>{title}</a>
                <span class="row__soft">{short(hit.monday)}</span>
                <span class="row__soft">{snippet}</span>
            </span>
        </li>
    }
}

fn by_year(archive: Archive) -> impl IntoView {
    let Some(year) = archive.year else {
        let text = "Elles seront toutes ici, dès que la première est parue.";
        return view! { <Empty id="aucune" icon="newspaper" title="Aucune brève pour l’instant" text=text/> }.into_any();
    };
    let years = archive
        .years
        .into_iter()
        .map(|(known, count)| {
            let label = format!("{known}, {}", counted(usize::try_from(count).unwrap_or(0), "brève", "brèves"));
            let here = (known == year).then_some("page");
            view! {
                <a class="button button--soft" href=format!("{PAGE}?annee={known}") aria-current=here aria-label=nb(&label)>
                    {known}
                </a>
            }
        })
        .collect_view();
    let issues = archive.issues.into_iter().map(issued).collect_view();
    view! {
        <nav class="cluster" aria-label="Années">{years}</nav>
        <section class="section" aria-labelledby="annee">
            <h2 id="annee">{year}</h2>
            <ul class="list">{issues}</ul>
        </section>
    }
    .into_any()
}

fn issued(issue: Issued) -> impl IntoView {
    let (first, rest) = issue.titles.split_first().map_or((None, &[][..]), |(first, rest)| (Some(first.as_str()), rest));
    let rest = rest.join(" · ");
    let label = use_context::<Signed>().map_or_else(|| date_long(issue.monday), |signed| of_monday(issue.monday, signed.now));
    view! {
        <li class="row">
            <span class="row__body">
                <a class="row__link row__title" href=format!("{PAGE}/{}", iso_day(issue.monday))>{headline(first, issue.monday)}</a>
                <span class="row__soft">{label}</span>
                {(!rest.is_empty()).then(|| view! { <span class="row__soft">{nb(&rest)}</span> })}
            </span>
        </li>
    }
}
