//! The day sheet: what is said on it, read and written around the rules of `domain`.

mod close;
mod follow;
mod load;
mod photos;
mod said;
mod watchers;

pub use close::close_sheets;
pub(crate) use follow::follow;
pub(crate) use load::sheets;
pub use photos::{forget_photos, keep_photo, photo};
pub(crate) use said::say;
pub(crate) use watchers::watchers;
