//! What an editor writes, as members read it: Markdown to HTML.
//!
//! One renderer for the page, the mail, the search and the preview on the device, so that they cannot disagree. Its HTML
//! is safe by construction: what the writer typed becomes text, and elements come from a short list ([`allowed`]). There
//! are no pictures in it: they are a field of their own.

pub mod allowed;
mod html;
mod link;
mod pieces;

pub use html::html;
pub use link::{Link, is_link};

/// The longest text that may be kept, in characters. Whoever keeps it checks; rendering takes any length.
pub const MARKDOWN_CAP: usize = 20_000;
