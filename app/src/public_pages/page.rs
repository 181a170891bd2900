//! A page that Communication writes, as anybody reads it, or as its editor would publish it.

use domain::public_page::{Live, Outline, Page, Part, Shown};
use leptos::prelude::*;
use serde_json::Value;

use super::article::article;
use super::document::{Head, Site, site_document};
use super::form::POSTED_TO;
use super::ld;
use crate::french::nb;
use crate::visit::Assets;

/// What stands over a page that its editor looks at before it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The id of its form: pressed twice, it is one act.
    pub form: String,
    /// A text of the editor's own is shown.
    pub draft: bool,
    /// Somebody published since it was begun.
    pub behind: bool,
}

/// The whole document.
pub fn public_page(shown: Shown, bar: Option<Bar>, origin: &str, assets: &Assets) -> impl IntoView + use<> {
    let head = Head {
        title: shown.title.clone(),
        description: shown.description.clone(),
        path: shown.page.path().to_owned(),
        data: data(&shown, origin),
        found: bar.is_none(),
    };
    let place = shown.facts.place.clone();
    let over = bar.map(|bar| over(shown.page, bar));
    site_document(head, over, article(shown), Site { origin, assets, place: &place })
}

/// The shop on every page; the presentation where the page tells of it.
fn data(shown: &Shown, origin: &str) -> Vec<Value> {
    let about = (shown.page == Page::Project).then_some(shown.description.as_str());
    let mut data = vec![ld::shop(&shown.facts, about, origin)];
    if tells(&shown.outline, Live::Presentation) {
        data.extend(shown.facts.presentation.as_ref().map(|event| ld::event(event, None, origin)));
    }
    data
}

fn tells(outline: &Outline, live: Live) -> bool {
    let of_sections = outline.sections.iter().flat_map(|section| &section.parts);
    outline.lead.iter().chain(of_sections).any(|part| *part == Part::Live(live))
}

/// « Aperçu », with what can be done from here.
fn over(page: Page, bar: Bar) -> AnyView {
    let back = format!("{POSTED_TO}/{page}");
    let said = match (bar.draft, bar.behind) {
        (false, _) => "Aperçu : c’est ce que tout le monde lit déjà.",
        (true, false) => "Aperçu : toi seul·e vois ce texte. Il n’est pas publié.",
        (true, true) => "Aperçu : toi seul·e vois ce texte. Quelqu’un a publié une autre version depuis que tu l’as commencé.",
    };
    let publishing = (bar.draft && !bar.behind).then(|| {
        view! {
            <form method="post" action=POSTED_TO>
                <input type="hidden" name="geste" value="publier-texte"/>
                <input type="hidden" name="id" value=bar.form/>
                <input type="hidden" name="page" value=page.slug()/>
                <button class="button button--main" type="submit">
                    "Publier"
                </button>
            </form>
        }
    });
    view! {
        <aside class="site__over" aria-label="Aperçu">
            <p>{nb(said)}</p>
            <div class="cluster">
                {publishing}
                <a class="button" href=back>
                    "Continuer à écrire"
                </a>
            </div>
        </aside>
    }
    .into_any()
}
