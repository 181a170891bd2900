//! What the server knows of a request while it renders: given by its router.

use domain::id::CommandId;

#[derive(Debug, Clone)]
pub struct Visit {
    /// The address a code was just sent to, from its cookie.
    pub email: Option<String>,
    /// Proof of a code just typed, before « Qui es-tu ? ».
    pub ticket: Option<String>,
    /// From which each form of the page derives its act's id.
    pub seed: CommandId,
    /// The secret of an invitation just made without WASM, shown once.
    pub invitation_secret: Option<String>,
}

/// The hashed names of what the page loads.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    /// Paths from the root, `/pkg/…`.
    pub css: String,
    /// The style sheet of the public pages, which is all that they load beside a font.
    pub site: String,
    pub boot: String,
    /// All the script of a still page.
    pub still: String,
    /// What saves a text of the brief while it is typed.
    pub workshop: String,
    pub font: String,
    /// Loaded ahead of the boot script.
    pub js: String,
    pub wasm: String,
    pub build: String,
}

/// For whom a page is rendered, and when.
#[derive(Debug, Clone, Copy)]
pub struct Signed {
    pub member: domain::id::MemberId,
    pub now: domain::time::Instant,
}
