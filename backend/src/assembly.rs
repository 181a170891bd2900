//! The assembly: it is prepared, members are called, come or have somebody vote for them; it sits, votes, elects, and what it
//! leaves is written down.
//!
//! Whoever changes who comes, who carries whose voice, or how far it is, holds the assembly's row, after the people whom the act
//! concerns. A vote shares it, and holds its resolution's row: nobody votes twice, nor while it closes, nor for a voice that
//! somebody takes back.

mod acting;
mod admitting;
mod ballots;
mod convoking;
mod counting;
mod desk;
mod door;
mod facts;
mod leaving;
mod minutes;
mod papers;
mod parting;
mod planning;
mod poll;
mod resolutions;
mod row;
mod session;
mod voting;
mod write;

pub use acting::Arranged;
pub use admitting::{Admitted, Guest, end_proxy, paper_proxy, sign_in, sign_out};
pub use ballots::published;
pub(crate) use convoking::{convocation_left, convocation_mail};
pub use convoking::{convocations, convoke, letters, mark_called};
pub use counting::{hand_out, say};
pub use desk::{assemblies, in_hand};
pub use door::roll;
pub(crate) use facts::{lay_facts, lay_told};
pub use leaving::{install, record};
pub use minutes::write_minutes;
pub use papers::{add_document, edit_document, remove_document};
pub(crate) use parting::{forget_person, leaves_coop, moved};
pub use planning::{cancel, edit, plan, set_roles, set_settings};
pub use poll::poll;
pub use resolutions::{add_resolution, edit_resolution, remove_resolution, stand_for};
pub(crate) use row::{PROXY, assembly as row};
pub use session::{close, close_vote, open, open_vote, proclaim};
pub use voting::{cast, vote};
pub(crate) use write::follow;
