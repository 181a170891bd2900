//! Choices from below: a native dialog that also reads and works before any script.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;

use super::given::Part;
use super::{Icon, keep_focus};

/// A sheet over the page. The server renders it open; in the browser it becomes modal, and Esc,
/// the veil and « Fermer » all lead to `close`, the page without the sheet.
#[component]
pub fn Sheet(
    #[prop(into)] title: String,
    /// The page without the sheet.
    #[prop(into)]
    close: String,
    /// The effect and the act, kept in sight while the choices scroll.
    #[prop(optional, into)]
    foot: Part,
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            show(&dialog);
        }
    });
    let navigate = use_navigate();
    let leave = {
        let close = close.clone();
        move || {
            if let Some(dialog) = dialog.get_untracked() {
                dialog.close();
            }
            navigate(&close, NavigateOptions { replace: true, scroll: false, ..Default::default() });
            // The dialog gives the focus back to what opened it, unless another sheet did.
            request_animation_frame(keep_focus);
        }
    };
    let on_cancel = {
        let leave = leave.clone();
        move |event: ev::Event| {
            event.prevent_default();
            leave();
        }
    };
    let on_close = {
        let leave = leave.clone();
        move |event: ev::MouseEvent| {
            let other_tab = event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0;
            if !other_tab {
                event.prevent_default();
                leave();
            }
        }
    };
    let on_veil = move |event: ev::MouseEvent| {
        // The veil belongs to the dialog itself; whatever is inside covers the rest of it.
        if event.target().is_some() && event.target() == event.current_target() {
            leave();
        }
    };
    view! {
        <dialog
            class="sheet"
            open
            aria-labelledby="feuille-titre"
            node_ref=dialog
            on:cancel=on_cancel
            on:click=on_veil
        >
            <header class="sheet__head">
                <h2 class="sheet__title" id="feuille-titre" tabindex="-1">
                    {title}
                </h2>
                <a class="sheet__close" href=close on:click=on_close>
                    <Icon name="x" small=true/>
                    "Fermer"
                </a>
            </header>
            <div class="sheet__body">{children()}</div>
            {foot.0.map(|foot| view! { <footer class="sheet__foot">{foot}</footer> })}
        </dialog>
    }
}

/// Closes the sheet that is open, if one is: nothing under a modal dialog can take the focus.
pub fn close_sheet() {
    let open = document().query_selector("dialog:modal").ok().flatten();
    if let Some(open) = open.and_then(|open| open.dyn_into::<web_sys::HtmlDialogElement>().ok()) {
        open.close();
    }
}

/// Makes an open dialog modal: the page behind is out of reach, and focus returns when it closes.
/// One sheet that leads to another becomes it: the dialog is the same, and is read from its title again.
fn show(dialog: &web_sys::HtmlDialogElement) {
    if !dialog.matches(":modal").unwrap_or(false) {
        // « open » alone is not modal, and a dialog that is open cannot be shown.
        let _ = dialog.remove_attribute("open");
        if dialog.show_modal().is_err() {
            let _ = dialog.set_attribute("open", "");
        }
    }
    dialog.set_scroll_top(0);
    let title = dialog.query_selector("#feuille-titre").ok().flatten();
    if let Some(title) = title.and_then(|title| title.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = title.focus();
    }
}
