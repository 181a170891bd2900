//! Why something could not be read. In a browser nobody is told: a word on each field of each type, and the way back from each of
//! them with that word in hand, weighed as much as the reading itself.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

/// Why a text or a value could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(#[cfg(not(target_family = "wasm"))] String);

impl std::error::Error for Unreadable {}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[cfg(not(target_family = "wasm"))]
        let why = &self.0;
        #[cfg(target_family = "wasm")]
        let why = "it is not what was expected";
        f.write_str(why)
    }
}

#[cfg(not(target_family = "wasm"))]
impl de::Error for Unreadable {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Unreadable(message.to_string())
    }

    // What was expected is not told, here neither.
    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        misplaced()
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        misplaced()
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        misplaced()
    }
}

#[cfg(not(target_family = "wasm"))]
pub(super) fn misplaced() -> Unreadable {
    Unreadable("a value of another type or length than expected".to_owned())
}

#[cfg(target_family = "wasm")]
impl de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Unreadable()
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Unreadable()
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Unreadable()
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Unreadable()
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Unreadable()
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Unreadable()
    }

    fn missing_field(_: &'static str) -> Self {
        Unreadable()
    }

    fn duplicate_field(_: &'static str) -> Self {
        Unreadable()
    }
}

#[cfg(target_family = "wasm")]
pub(super) fn misplaced() -> Unreadable {
    Unreadable()
}
