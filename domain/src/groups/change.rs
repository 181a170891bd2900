//! What an act changes of a working group.

use super::{Admission, Groups, Joining, JoiningState, OFFICE, WorkingGroup};
use crate::board::Board;
use crate::brief::COMMUNICATION;
use crate::event::SOCIAL;
use crate::id::{GroupId, JoiningId, MemberId};
use crate::me::Me;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Somebody asks, or is invited.
    Asked(Joining),
    Ended {
        joining: JoiningId,
        state: JoiningState,
    },
    Joined {
        group: GroupId,
        member: MemberId,
    },
    Left {
        group: GroupId,
        member: MemberId,
    },
    ReferentSet {
        group: GroupId,
        member: MemberId,
        on: bool,
    },
}

impl Change {
    /// Lays it over the facts of a decision.
    pub(crate) fn lay_on(&self, board: &mut Board) {
        match self {
            Change::Asked(joining) => {
                board.joinings.insert(joining.id, joining.clone());
            }
            Change::Ended { joining, state } => {
                if let Some(joining) = board.joinings.get_mut(joining) {
                    joining.state = state.clone();
                }
            }
            Change::Joined { group, member } => {
                if let Some(known) = board.working.get_mut(group) {
                    known.members.insert(*member);
                }
            }
            Change::Left { group, member } => {
                if let Some(known) = board.working.get_mut(group) {
                    known.members.remove(member);
                    known.referents.remove(member);
                }
            }
            Change::ReferentSet { group, member, on } => {
                if let Some(known) = board.working.get_mut(group) {
                    if *on {
                        known.referents.insert(*member);
                    } else {
                        known.referents.remove(member);
                    }
                }
            }
        }
    }

    /// Lays it over what a device shows.
    pub(crate) fn shown(&self, facts: &Board, me: &mut Me, groups: Option<&mut Groups>) {
        match self {
            Change::Asked(joining) if joining.member == me.id() => me.joinings.insert(0, joining.clone()),
            Change::Asked(joining) => {
                let name = facts.who(joining.member).name;
                me.admits.push(Admission { joining: joining.clone(), name });
            }
            Change::Ended { joining, state } => {
                me.admits.retain(|admission| admission.joining.id != *joining);
                if let Some(joining) = me.joinings.iter_mut().find(|known| known.id == *joining) {
                    joining.state = state.clone();
                }
            }
            // What one may do from then on comes with the server's word.
            Change::Joined { group, member } => {
                let name = facts.who(*member).name;
                if let Some(groups) = groups {
                    groups.people.entry(*member).or_insert(name);
                    if let Some(known) = in_hand(groups, *group).filter(|known| !known.members.contains(member)) {
                        known.members.push(*member);
                    }
                }
            }
            Change::Left { group, member } => {
                let Some(known) = groups.and_then(|groups| in_hand(groups, *group)) else { return };
                known.members.retain(|other| other != member);
                known.referents.retain(|other| other != member);
                if *member == me.id() {
                    no_longer(me, known);
                }
            }
            Change::ReferentSet { group, member, on } => {
                let Some(known) = groups.and_then(|groups| in_hand(groups, *group)) else { return };
                known.referents.retain(|other| other != member);
                if *on {
                    known.referents.push(*member);
                }
                if *member == me.id() && !on {
                    me.rights.referent_of.retain(|slug| *slug != known.slug);
                }
            }
        }
    }
}

fn in_hand(groups: &mut Groups, id: GroupId) -> Option<&mut WorkingGroup> {
    groups.groups.iter_mut().find(|group| group.id == id)
}

/// What came with the group goes with it, at once.
fn no_longer(me: &mut Me, group: &WorkingGroup) {
    me.rights.groups.retain(|slug| *slug != group.slug);
    me.rights.referent_of.retain(|slug| *slug != group.slug);
    me.groups.retain(|known| *known != group.id);
    me.runs.retain(|known| *known != group.id || me.rights.employee);
    if me.rights.employee {
        return;
    }
    me.admits.retain(|admission| admission.joining.group != group.id);
    let mine = me.id();
    me.keeps_dossiers.retain(|known| *known != group.id);
    me.dossiers.retain(|dossier| dossier.group != group.id || dossier.matter.tutor() == Some(mine));
    me.organises.retain(|known| group.slug != SOCIAL && *known != group.id);
    me.organises_public.retain(|known| *known != group.id);
    match group.slug.as_str() {
        OFFICE => me.rights.office = false,
        COMMUNICATION => me.rights.edits_brief = false,
        _ => {}
    }
}
