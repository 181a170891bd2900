//! What is shown of a text, and that nothing else is.

mod clean;
mod commonmark;
mod endurance;
mod hostile;
mod links;
mod properties;
mod shown;
