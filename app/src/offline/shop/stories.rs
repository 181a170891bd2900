//! What suppliers tell of themselves: kept and read like a shelf.

use std::sync::Arc;

use domain::catalogue::Stories;
use leptos::prelude::*;

use super::{Kept, STORIES, etag_of};
use crate::offline::store::Store;
use crate::offline::{db, wire};

impl Kept {
    pub(super) fn take_stories(self, text: &str) -> bool {
        match domain::json::parse::<Stories>(text) {
            Ok(stories) => {
                self.stories.set(Some(Arc::new(stories)));
                true
            }
            Err(error) => {
                leptos::logging::error!("unreadable stories: {error}");
                false
            }
        }
    }
}

impl Store {
    /// Brings it where it is otherwise; nothing where the server was lost.
    pub(super) async fn bring_stories(self, member: &str, hash: &str) -> Option<bool> {
        let kept = db::snapshots_of(member);
        let known = db::get::<String>(&kept, &etag_of(STORIES)).await;
        if hash.is_empty() || known.as_deref() == Some(hash) {
            return Some(true);
        }
        match wire::stories(hash, member).await {
            Ok(_) if self.member.with_untracked(Option::is_none) => None,
            Ok(text) => {
                let is_read = !self.shop.wanted.get_untracked() || self.shop.take_stories(&text);
                if is_read {
                    self.keep(&kept, STORIES, &text, &etag_of(STORIES), hash).await;
                }
                Some(is_read)
            }
            // They have changed meanwhile: the index says so the next time.
            Err(wire::Trouble::Rejected) => Some(false),
            Err(trouble) => {
                self.met(trouble).await;
                None
            }
        }
    }
}
