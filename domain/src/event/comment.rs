//! Words under an event: one after the other, moderated by its group.

use serde::{Deserialize, Serialize};

use crate::id::{CommentId, MemberId};
use crate::time::Instant;

/// The longest comment, in characters.
pub const COMMENT_CAP: usize = 1_000;
/// The most comments that an event takes.
pub const COMMENTS_CAP: usize = 300;
/// And from one person.
pub const COMMENTS_OF_ONE_CAP: usize = 30;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    pub id: CommentId,
    pub by: MemberId,
    pub at: Instant,
    /// Plain text, as it was typed.
    pub text: String,
}
