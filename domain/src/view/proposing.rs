//! What a member contributes to the brief, and what became of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Seen;
use crate::brief::{Block, BlockState, Briefs};
use crate::groups::Groups;
use crate::id::{BlockId, GroupId, MemberId};
use crate::members::ShortName;
use crate::order;
use crate::time::Instant;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposingView {
    pub as_of: Instant,
    pub now: Instant,
    /// My groups, by name: in whose name I may write.
    pub groups: Vec<(GroupId, String)>,
    /// The Monday of the issue that is being made, and when its contributions close.
    pub collecting: Option<(NaiveDate, Instant)>,
    pub mine: Mine,
}

/// My contributions, newest first, with the names of whoever changed or answered them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mine {
    pub blocks: Vec<Block>,
    pub people: BTreeMap<MemberId, ShortName>,
}

pub fn proposing(seen: Seen<'_>, groups: &Groups, briefs: Option<&Briefs>) -> ProposingView {
    let of_mine = groups.groups.iter().filter(|group| seen.me.groups.contains(&group.id));
    let collecting = briefs.and_then(|briefs| briefs.collecting.as_ref());
    ProposingView {
        as_of: groups.as_of.min(seen.me.as_of),
        now: seen.now,
        groups: of_mine.map(|group| (group.id, group.name.clone())).collect(),
        collecting: collecting.map(|collecting| (collecting.monday, collecting.closes_at)),
        mine: mine(seen),
    }
}

pub fn mine(seen: Seen<'_>) -> Mine {
    let mut blocks: Vec<Block> =
        seen.me.blocks.iter().filter(|block| !matches!(block.state, BlockState::Withdrawn { .. })).cloned().collect();
    order::by_key(&mut blocks, |block| std::cmp::Reverse((block.monday, block.id)));
    let named = blocks.iter().flat_map(|block| {
        let answered = match &block.state {
            BlockState::Refused { by, .. } => Some(*by),
            _ => None,
        };
        block.beside.iter().map(|version| version.by).chain(answered)
    });
    let people = order::map(named.map(|member| (member, seen.calendar.name(member))));
    Mine { blocks, people }
}

impl Mine {
    pub fn block(&self, id: BlockId) -> Option<&Block> {
        self.blocks.iter().find(|block| block.id == id)
    }
}
