//! What the committee sets for the employee: a figure to reach by a month, and how it goes month by month. Some figures are typed,
//! once a month; others are counted from what the co-op knows already.

mod course;
mod month;
mod objective;
mod typed;

pub use course::{Course, Figure, Objectives, Reached};
pub use month::{first_of, last_of, months, next_month};
pub use objective::{Amount, Closed, Objective, Source, Way};
pub use typed::{
    AMOUNT_CAP, LABEL_CAP, MEASURE_CAP, MONTHS_CAP, Mistake, NOTE_CAP, UNIT_CAP, WORD_CAP, Written, WrittenFigure, closing,
};
