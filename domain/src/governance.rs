//! Who decides: the committee and its mandates, the coordination meeting, what was decided, what members are asked in between.

mod change;
mod committee;
mod consultation;
mod decision;
mod meeting;
mod typed;

pub use change::Change;
pub use committee::{COOPTED_D, Committee, Ended, How, LAPSES_D, Mandate, MandateMistake, SEATS, Seat, WORDS_CAP, YEARS};
pub use consultation::{
    Answered, Asked, Consultation, ConsultationInHand, ConsultationMistake, Consultations, OPTION_CAP, OPTIONS_CAP, POINTS, Put,
    Stance, Tally, Way, WayCounted, WrittenConsultation, tally,
};
pub use decision::{DecidedBy, Decision, DecisionMistake, Level, Method, WrittenDecision, find_decisions};
pub use meeting::{
    Agenda, LENGTH_CAP, Meeting, POINTS_OF_ONE_CAP, Point, TEXT_CAP, TITLE_CAP, arranged, expected, first_minutes,
};
pub use typed::{
    Desk, GovernanceMistake, MINUTES_CAP, Mandates, MeetingInHand, PLACE_CAP, Person, WORD_CAP, WrittenMeeting, WrittenPoint,
    minutes_of, points_of,
};
