//! Where objectives are, and where their forms are posted.

/// All of them, and where their forms are posted; one of them is below it.
pub const OBJECTIVES: &str = "/objectifs";
/// The act that sets one.
pub const SET: &str = "fixer";
/// The act that changes one.
pub const EDIT: &str = "changer";
/// The act that closes one.
pub const CLOSE: &str = "clore";
/// The act that notes a month's figure.
pub const FIGURE: &str = "chiffre";
