//! Pages of the office: whom to reach, what to print for them, how the machine does. They need the network.

mod apart;
mod door;
mod letter_page;
mod machine_page;
mod person_card;
mod reach_page;

pub use door::OfficeDoors;
pub use letter_page::LetterPage;
pub use machine_page::MachinePage;
pub use reach_page::ReachPage;
