//! How a member acts on a page: a real form that the outbox takes over once the page is alive.

mod act_form;
mod act_outcome;
mod answered;
mod done;
mod fields;
mod habit;
mod picture_field;
mod refusal;
mod waiting;
mod words;

pub use act_form::{ActForm, PlainAct, Read};
pub use act_outcome::ActOutcome;
pub use answered::{Answered, Noted};
pub use done::sentence as done_sentence;
pub use habit::{MOMENTS, habit};
pub use picture_field::{Chosen, PictureField, bring_to_life, hear_of_pictures, no_room_for_it, said_wrong, typed_line};
pub use refusal::{Refusal, other_seats};
pub use waiting::{Stage, Waiting, to_see, waiting_on};
pub use words::{intent_of, leave_sheet, number, value, values};
