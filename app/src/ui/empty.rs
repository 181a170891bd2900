//! What would be here, and the first act.

use leptos::prelude::*;

use super::Icon;
use super::given::Words;

/// An empty place: `children` is the act.
#[component]
pub fn Empty(
    /// Unique on the page.
    #[prop(into)]
    id: String,
    icon: &'static str,
    #[prop(into)] title: String,
    #[prop(optional, into)] text: Words,
    /// Alone on its page: the title is the page's own.
    #[prop(optional)]
    whole_page: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let class = if whole_page { "empty empty--page" } else { "empty" };
    let title = if whole_page {
        view! { <h1 id=id.clone() tabindex="-1">{title}</h1> }.into_any()
    } else {
        view! { <h2 class="empty__title" id=id.clone()>{title}</h2> }.into_any()
    };
    view! {
        <section class=class aria-labelledby=id>
            <Icon name=icon/>
            {title}
            {text.0.map(|text| view! { <p class="empty__text">{text}</p> })}
            {children.map(|children| children())}
        </section>
    }
}
