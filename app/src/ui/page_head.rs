//! A page's title, the way back, and the way to « Moi ».

use leptos::prelude::*;

use super::Icon;

/// The way to « Moi », with what waits there.
#[component]
pub fn Avatar(
    /// « CM »
    #[prop(into)]
    initials: String,
    /// Acts that wait for an answer or were refused.
    #[prop(optional, into)]
    waiting: Signal<usize>,
) -> impl IntoView {
    let label = move || match waiting.get() {
        0 => "Moi".to_owned(),
        1 => "Moi, 1 action à voir".to_owned(),
        many => format!("Moi, {many} actions à voir"),
    };
    let count = move || {
        let waiting = waiting.get();
        (waiting > 0).then(|| view! { <span class="avatar__count" aria-hidden="true">{waiting}</span> })
    };
    view! {
        <a class="avatar" href="/moi" aria-label=label>
            {initials}
            {count}
        </a>
    }
}

/// « ‹ Semaine du 23 »
#[component]
pub fn Back(#[prop(into)] href: String, #[prop(into)] label: String) -> impl IntoView {
    view! {
        <a class="page__back" href=href>
            <Icon name="chevron-left"/>
            {label}
        </a>
    }
}

/// The head of a page; a page with a title of its own shape writes its own from [`Back`] and [`Avatar`].
#[component]
pub fn PageHead(
    #[prop(into)] title: String,
    /// Where « back » goes, and its words.
    #[prop(optional, into)]
    back: Option<(String, String)>,
    /// Whose avatar; none on the pages under « Moi ».
    #[prop(optional, into)]
    initials: Option<String>,
    #[prop(optional, into)] waiting: Signal<usize>,
) -> impl IntoView {
    view! {
        <header class="page__head">
            {back.map(|(href, label)| view! { <Back href=href label=label/> })}
            <h1 class="page__title" tabindex="-1">
                {title}
            </h1>
            {initials.map(|initials| view! { <Avatar initials=initials waiting=waiting/> })}
        </header>
    }
}
