//! The day sheet: what is said on it, read and written around the rules of `domain`.

mod close;
mod follow;
mod load;
mod said;
mod watchers;

pub use close::close_sheets;
pub(crate) use follow::follow;
pub(crate) use load::sheets;
pub(crate) use said::say;
pub(crate) use watchers::watchers;
