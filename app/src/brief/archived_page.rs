//! An issue of any age, as it was published and corrected since. A still page.

use chrono::NaiveDate;
use domain::brief::{Archived, Shown};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::api::archived_brief;
use super::archive_page::PAGE;
use super::pieces::Pieces;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::brief::{corrected, headline, how_it_came, of_monday, short};
use crate::french::dates::iso_day;
use crate::french::nb;
use crate::still::{Print, Still};
use crate::ui::Empty;
use crate::visit::Signed;

#[component]
pub fn ArchivedPage() -> impl IntoView {
    let params = use_params_map();
    let monday = move || params.with(|params| params.get("monday")).unwrap_or_default();
    let found = Asked::new_blocking(monday, archived_brief);
    view! {
        <Still title="La brève du lundi" back=(PAGE, "Toutes les brèves") printed=true>
            {move || found.get().map(page)}
        </Still>
    }
}

fn page(answer: Result<Archived, ApiError>) -> AnyView {
    let Ok(Archived { brief, newer, older }) = answer else {
        let text = "Aucune brève n’est parue ce lundi-là.";
        return view! {
            <Empty id="absente" icon="signpost" title="Cette brève n’existe pas" text=nb(text)>
                <a class="button button--main" href=PAGE>"Toutes les brèves"</a>
            </Empty>
        }
        .into_any();
    };
    let now = use_context::<Signed>().map_or(brief.at, |signed| signed.now);
    let title = brief.pieces.iter().find_map(|piece| match piece {
        Shown::Block { title, .. } => Some(title.as_str()),
        Shown::Live { .. } => None,
    });
    let title = headline(title, brief.monday);
    let way = |monday: Option<NaiveDate>, rel: &'static str, words: &'static str| {
        monday.map(|monday| {
            let label = nb(&format!("{words} : {}", short(monday)));
            view! { <a class="button button--soft" rel=rel href=format!("{PAGE}/{}", iso_day(monday)) aria-label=label>{words}</a> }
        })
    };
    let corrections = brief.corrected.iter().map(|word| view! { <p class="brief__corrected">{corrected(word, now)}</p> });
    let corrections = corrections.collect_view();
    let (of, came) = (of_monday(brief.monday, now), how_it_came(&brief));
    view! {
        <article class="brief">
            <header class="brief__head">
                <p class="brief__of">{of}</p>
                <h2 class="page__title">{title}</h2>
                {came.map(|said| view! { <p class="brief__came">{said}</p> })}
                {corrections}
            </header>
            <Pieces pieces=brief.pieces since=std::collections::BTreeMap::new() headed=true/>
        </article>
        <div class="cluster no-print">
            {way(older, "prev", "La précédente")}
            {way(newer, "next", "La suivante")}
            <Print/>
        </div>
    }
    .into_any()
}
