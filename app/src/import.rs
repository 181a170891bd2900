//! A file that waits, on its pages: what is the same whatever is in it.

mod columns;
mod lists;
mod steps;

pub use columns::{Said, columns};
pub use lists::{brought_in, row, stayed, taken_out, undo};
pub use steps::{applied, applying, faulty, lines, unreadable};

/// A kind of file, as its pages know it.
pub struct Kind<F> {
    /// Where its forms are posted.
    pub posted_to: &'static str,
    /// Where one is brought in; each is below it.
    pub import: &'static str,
    /// What a column holds, in words.
    pub field: fn(F) -> &'static str,
    /// It may take seconds: the page says what goes on meanwhile.
    pub is_long: bool,
}
