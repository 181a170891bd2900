//! What is read before the assembly: texts that this device keeps, and addresses that lead elsewhere.

use domain::assembly::Document;
use domain::view::assembly::AssemblyView;
use leptos::prelude::*;
use leptos_meta::Title;

use super::form::AG;
use super::page::following;
use crate::french::nb;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Empty, Frame, PageHead, Width};

#[component]
pub fn DocumentsPage() -> impl IntoView {
    view! {
        <Title text="Les documents de l’assemblée · Alpar"/>
        <Screen query=|| Query::Assembly { others: false } title="Les documents" coming="Les documents arrivent." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(page)
}

fn page(view: AssemblyView) -> AnyView {
    let moving = following(view.moving);
    let documents = Memo::new(move |_| {
        moving.with(|moving| moving.assembly.as_ref().map(|known| known.documents.clone()).unwrap_or_default())
    });
    let title = Memo::new(move |_| moving.with(|moving| moving.assembly.as_ref().map(|known| nb(&known.title))));
    let list = move || {
        let documents = documents.get();
        if documents.is_empty() {
            return view! {
                <Empty
                    id="pas-de-document"
                    icon="newspaper"
                    title="Aucun document"
                    text=nb("Ceux d’une assemblée se lisent ici dès la convocation, et un mois après sa clôture.")
                />
            }
            .into_any();
        }
        documents.into_iter().map(one).collect::<Vec<_>>().into_any()
    };
    view! {
        <Frame width=Width::Alone>
            <PageHead title="Les documents" back=(AG.to_owned(), "L’assemblée".to_owned())/>
            <PageTop/>
            {move || title.get().map(|title| view! { <p class="page__lead">{title}</p> })}
            {list}
        </Frame>
    }
    .into_any()
}

fn one(document: Document) -> AnyView {
    let Document { id, title, html, href } = document;
    let (place, labelled) = (format!("document-{id}"), format!("document-{id}"));
    // Of our own renderer.
    let text = (!html.is_empty()).then(|| view! { <div class="prose" inner_html=html></div> });
    let elsewhere = (!href.is_empty()).then(|| {
        let label = nb(&format!("Ouvrir « {title} », ailleurs"));
        view! {
            <p class="no-print">
                <a class="button button--fill" href=href rel="external noopener noreferrer" target="_blank" aria-label=label>
                    "Ouvrir, avec le réseau"
                </a>
            </p>
        }
    });
    view! {
        <article class="section section--apart" aria-labelledby=labelled>
            <h2 id=place>{nb(&title)}</h2>
            {text}
            {elsewhere}
        </article>
    }
    .into_any()
}
