//! Where the queue is, and where its forms are posted.

/// The queue, and its forms.
pub const POSTED_TO: &str = "/bureau/a-traiter";
/// The act that plans an absence.
pub const AWAY: &str = "absence";
/// The act that ends one.
pub const BACK: &str = "retour";
/// The act that notes something as dealt with.
pub const HANDLED: &str = "traite";
