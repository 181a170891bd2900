//! Sibling views of one place, as links.

use leptos::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    pub label: String,
    pub href: String,
    pub current: bool,
}

impl Segment {
    pub fn new(label: impl Into<String>, href: impl Into<String>, current: bool) -> Segment {
        Segment { label: label.into(), href: href.into(), current }
    }
}

#[component]
pub fn Segmented(#[prop(into)] label: String, segments: Vec<Segment>) -> impl IntoView {
    let items = segments
        .into_iter()
        .map(|Segment { label, href, current }| {
            view! {
                <a class="segmented__item" href=href aria-current=current.then_some("page")>
                    {label}
                </a>
            }
        })
        .collect_view();
    view! {
        <nav class="segmented" aria-label=label>
            {items}
        </nav>
    }
}
