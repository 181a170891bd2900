//! Optional props that take a thing, or a thing that may not be there, alike.

use leptos::prelude::{AnyView, IntoAny, IntoView};

/// Words that may be missing: `"…"`, a `String`, or an `Option` of either.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(pub Option<String>);

impl From<&str> for Words {
    fn from(words: &str) -> Self {
        Words(Some(words.to_owned()))
    }
}

impl From<String> for Words {
    fn from(words: String) -> Self {
        Words(Some(words))
    }
}

impl From<Option<String>> for Words {
    fn from(words: Option<String>) -> Self {
        Words(words)
    }
}

impl From<Option<&str>> for Words {
    fn from(words: Option<&str>) -> Self {
        Words(words.map(str::to_owned))
    }
}

/// A part of a page that may be missing: a view, or an `Option` of one.
#[derive(Default)]
pub struct Part(pub Option<AnyView>);

impl From<AnyView> for Part {
    fn from(view: AnyView) -> Self {
        Part(Some(view))
    }
}

impl From<Option<AnyView>> for Part {
    fn from(view: Option<AnyView>) -> Self {
        Part(view)
    }
}

impl Part {
    pub fn of(view: impl IntoView + 'static) -> Part {
        Part(Some(view.into_any()))
    }
}
