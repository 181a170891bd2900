//! Signing in: an address, a code typed here, and who one is. Plain forms that need no WASM.

mod code_page;
mod door;
mod email_page;
mod install_page;
mod mistake;
mod who_page;

pub use code_page::CodePage;
pub use door::Door;
pub use email_page::EmailPage;
pub use install_page::InstallPage;
pub use who_page::WhoPage;
