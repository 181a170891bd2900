//! Small steps of every act: its words, what a form holds, where the focus goes afterwards.

use domain::command::Command;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use web_sys::FormData;

use crate::french::intents::{OnDevice, intent};
use crate::offline::store::Store;
use crate::ui::{close_sheet, focus_title};

/// What is wanted, in French, from what this device knows.
pub fn intent_of(store: Store, command: &Command) -> String {
    store.with_seen(|seen| intent(command, &OnDevice::new(seen.calendar, seen.me))).unwrap_or_else(|| command.kind().to_owned())
}

/// What was typed or chosen under a name; nothing when it is empty.
pub fn value(form: &FormData, name: &str) -> Option<String> {
    form.get(name).as_string().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Everything that was ticked under a name, read as ids; what is none is left out.
pub fn values<T: std::str::FromStr>(form: &FormData, name: &str) -> Vec<T> {
    form.get_all(name).iter().filter_map(|value| value.as_string()?.parse().ok()).collect()
}

/// Something readable under a name.
pub fn number<T: std::str::FromStr>(form: &FormData, name: &str) -> Option<T> {
    value(form, name)?.parse().ok()
}

/// After an act in a sheet: the page without it, the focus on its title.
pub fn leave_sheet(close: String) -> Callback<domain::id::CommandId> {
    let navigate = use_navigate();
    Callback::new(move |_| {
        close_sheet();
        navigate(&close, NavigateOptions { replace: true, scroll: false, ..Default::default() });
        request_animation_frame(focus_title);
    })
}
