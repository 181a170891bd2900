//! Exactly what will be read.

use std::collections::BTreeMap;

use domain::brief::Preview;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::form::{POSTED_TO, asked};
use super::words::of_monday;
use super::workshop_page::apart;
use super::workshop_preview;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::brief::Pieces;
use crate::french::nb;
use crate::still::Still;

#[component]
pub fn WorkshopPreviewPage() -> impl IntoView {
    let query = use_query_map();
    let monday = move || query.with(|query| asked(query, "lundi"));
    let preview = Asked::new_blocking(monday, workshop_preview);
    view! {
        <Still title="Aperçu" back=(POSTED_TO, "Préparer la brève")>
            {move || preview.get().map(page)}
        </Still>
    }
}

fn page(answer: Result<Preview, ApiError>) -> AnyView {
    let Preview { published, is_out, .. } = match answer {
        Ok(preview) => preview,
        Err(error) => return apart(&error),
    };
    let about = if is_out {
        "C’est ce que les membres lisent."
    } else if published.pieces.is_empty() {
        "Rien ne paraîtrait encore : aucun bloc n’est prêt, et les blocs vivants n’ont rien à dire."
    } else {
        "C’est ce qui paraîtrait maintenant. Les blocs vivants se remplissent de nouveau quand elle part."
    };
    view! {
        <p class="soft">{nb(about)}</p>
        <article class="brief">
            <p class="brief__of">{of_monday(published.monday)}</p>
            <Pieces pieces=published.pieces since=BTreeMap::new()/>
        </article>
    }
    .into_any()
}
