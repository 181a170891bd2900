//! Who decides: the committee, the coordination, the register of decisions, which members read without a network; and the pages
//! on which those who govern write. The latter, and consultations, are still pages: the server alone has them.

mod agenda;
mod api;
mod committee_page;
mod consultation_page;
mod consultations_page;
mod coordination_page;
mod decision_form;
mod decision_page;
mod decisions_page;
mod desk_page;
pub(crate) mod fields;
mod filled;
pub mod form;
mod mandates_page;
mod meeting_page;
mod meeting_parts;

use domain::time::Instant;
use domain::view::governance::{CommitteeView, CoordinationMoving, CoordinationView, DecisionsView};

use crate::selection::{Selected, selected};

pub use api::{asked_of_members, asked_one, governing_desk, governing_mandates, governing_meeting};
pub use committee_page::CommitteePage;
pub use consultation_page::ConsultationPage;
pub use consultations_page::ConsultationsPage;
pub use coordination_page::CoordinationPage;
pub use decision_page::GoverningDecisionPage;
pub use decisions_page::DecisionsPage;
pub use desk_page::{GoverningDoor, GoverningPage};
pub use filled::{Filled, typed};
pub use mandates_page::MandatesPage;
pub use meeting_page::GoverningMeetingPage;

pub const COMMITTEE: &str = "/comite";
pub const COORDINATION: &str = "/coordination";
pub const DECISIONS: &str = "/decisions";

selected!(CommitteeView, DecisionsView);

impl Selected for CoordinationView {
    fn clocks(&mut self) -> (&mut Instant, Option<&mut Instant>) {
        (&mut self.as_of, Some(&mut self.now))
    }

    /// What is being typed stays: the page follows the agenda by itself.
    fn rest(&mut self) {
        self.moving = CoordinationMoving::default();
    }
}
