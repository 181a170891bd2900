//! La brève du lundi: what Communication does with it, and how it goes out.

mod approving;
mod arranging;
mod correct;
mod editing;
mod publish;
mod remind;
mod workshop;

pub use approving::{approve, ask_for_review, publish_now, set_public, set_settings, take_back};
pub use arranging::{arrange, keep_for_next_week, refuse_block};
pub use correct::{Correction, correct};
pub use editing::Edited;
pub use publish::go_out;
pub use remind::remind;
pub(crate) use workshop::lay_told;
pub use workshop::{draft, preview, workshop, written};
