//! Who belongs to a group, and who runs it.

use std::collections::BTreeSet;

use super::Groups;
use crate::board::Board;
use crate::id::MemberId;
use crate::me::Me;
use crate::members::{Known, Person};
use crate::order;

/// The most referents of a group.
pub const REFERENTS: usize = 2;

/// A group as an act about it sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Membership {
    pub name: String,
    /// Those who belong to the co-op today.
    pub members: BTreeSet<MemberId>,
    /// Among them.
    pub referents: BTreeSet<MemberId>,
}

impl Membership {
    /// Who answers for it: its referents; while it has none, whoever belongs to it.
    pub fn runners(&self) -> &BTreeSet<MemberId> {
        if self.referents.is_empty() { &self.members } else { &self.referents }
    }
}

/// Lays what a device knows of groups and of the coordination on its board.
pub fn lay_on(board: &mut Board, groups: &Groups, me: &Me) {
    board.working = order::map(groups.groups.iter().map(|group| {
        let membership = Membership {
            name: group.name.clone(),
            members: order::set(group.members.iter().copied()),
            referents: order::set(group.referents.iter().copied()),
        };
        (group.id, membership)
    }));
    let admits = me.admits.iter().map(|admission| &admission.joining);
    board.joinings = order::map(me.joinings.iter().chain(admits).map(|joining| (joining.id, joining.clone())));
    let named = groups.people.iter().chain(me.admits.iter().map(|admission| (&admission.joining.member, &admission.name)));
    for (id, name) in named {
        board.people.entry(*id).or_insert_with(|| Person { id: *id, name: name.clone(), aptitude: Known::Unknown });
    }
    board.agenda.meetings.clone_from(&groups.meetings);
    board.agenda.points.clone_from(&groups.points);
}
