//! Pages of the office: whom to reach, what to print for them, how the machine does, what is
//! asked of members. They need the network.

mod apart;
mod door;
mod ledger_page;
mod ledgers_page;
mod letter_page;
mod machine_page;
mod person_card;
mod reach_page;
mod requests_page;
mod rules_change_page;
mod rules_form;
mod rules_page;

pub use door::OfficeDoors;
pub use ledger_page::LedgerPage;
pub use ledgers_page::{LedgersPage, is_called};
pub use letter_page::LetterPage;
pub use machine_page::MachinePage;
pub use reach_page::ReachPage;
pub use requests_page::RequestsPage;
pub use rules_change_page::RulesChangePage;
pub use rules_page::RulesPage;
