//! What an act of a member changes of an assembly.

use super::{Assembly, Candidate, Hall, MyAssembly, Proxy};
use crate::board::Board;
use crate::groups::Groups;
use crate::id::{AssemblyId, MemberId, ProxyId};
use crate::me::Me;

/// How a proxy ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndedProxy {
    /// By whoever gave it.
    Withdrawn,
    /// By whoever carried it.
    Returned,
}

impl EndedProxy {
    pub fn as_str(self) -> &'static str {
        match self {
            EndedProxy::Withdrawn => "withdrawn",
            EndedProxy::Returned => "returned",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// « Je viens », or not.
    Answered {
        assembly: AssemblyId,
        member: MemberId,
        coming: bool,
    },
    ProxyGiven(Proxy),
    ProxyEnded {
        proxy: Proxy,
        how: EndedProxy,
    },
    /// Somebody stands for the committee, or says otherwise why.
    Stood {
        assembly: AssemblyId,
        candidate: Candidate,
    },
    StoodDown {
        assembly: AssemblyId,
        member: MemberId,
    },
}

impl Change {
    pub fn assembly(&self) -> AssemblyId {
        match self {
            Change::ProxyGiven(proxy) | Change::ProxyEnded { proxy, .. } => proxy.assembly,
            Change::Answered { assembly, .. } | Change::Stood { assembly, .. } | Change::StoodDown { assembly, .. } => *assembly,
        }
    }

    /// Lays it over the facts of a decision.
    pub(crate) fn lay_on(&self, board: &mut Board) {
        let Some(hall) = board.assemblies.get_mut(&self.assembly()) else { return };
        match self {
            Change::Answered { member, coming, .. } => {
                hall.coming.insert(*member, *coming);
            }
            Change::ProxyGiven(proxy) => {
                hall.coming.insert(proxy.from, false);
                hall.proxies.push(proxy.clone());
            }
            Change::ProxyEnded { proxy, .. } => without(hall, proxy.id),
            Change::Stood { candidate, .. } => stand(&mut hall.candidates, candidate),
            Change::StoodDown { member, .. } => hall.candidates.retain(|known| known.member != *member),
        }
    }

    /// Lays it over what a device shows.
    pub(crate) fn shown(&self, facts: &Board, me: &mut Me, groups: Option<&mut Groups>) {
        let (id, member) = (self.assembly(), me.id());
        match self {
            Change::Answered { member: of, coming, .. } if *of == member => mine(me, id).coming = Some(*coming),
            Change::ProxyGiven(proxy) => {
                let other = if proxy.from == member { proxy.to } else { proxy.from };
                let mine = mine(me, id);
                mine.proxies.push(proxy.clone());
                mine.names.insert(other, facts.who(other).name);
                if proxy.from == member {
                    mine.coming = Some(false);
                    mine.returned = None;
                }
            }
            Change::ProxyEnded { proxy, .. } => mine(me, id).proxies.retain(|known| known.id != proxy.id),
            Change::Stood { candidate, .. } => {
                let Some(groups) = groups else { return };
                groups.people.entry(candidate.member).or_insert_with(|| facts.who(candidate.member).name);
                if let Some(assembly) = in_hand(groups, id) {
                    stand(&mut assembly.candidates, candidate);
                }
            }
            Change::StoodDown { member: of, .. } => {
                if let Some(assembly) = groups.and_then(|groups| in_hand(groups, id)) {
                    assembly.candidates.retain(|known| known.member != *of);
                }
            }
            Change::Answered { .. } => {}
        }
    }
}

fn without(hall: &mut Hall, proxy: ProxyId) {
    hall.proxies.retain(|known| known.id != proxy);
}

fn stand(candidates: &mut Vec<Candidate>, candidate: &Candidate) {
    match candidates.iter_mut().find(|known| known.member == candidate.member) {
        Some(known) => known.words.clone_from(&candidate.words),
        None => candidates.push(candidate.clone()),
    }
}

fn in_hand(groups: &mut Groups, id: AssemblyId) -> Option<&mut Assembly> {
    groups.assemblies.iter_mut().find(|assembly| assembly.id == id)
}

fn mine(me: &mut Me, id: AssemblyId) -> &mut MyAssembly {
    let at = me.assemblies.iter().position(|known| known.assembly == id).unwrap_or_else(|| {
        me.assemblies.push(MyAssembly {
            assembly: id,
            called: true,
            coming: None,
            proxies: Vec::new(),
            returned: None,
            names: Default::default(),
            present: false,
            voted: Vec::new(),
        });
        me.assemblies.len() - 1
    });
    &mut me.assemblies[at]
}
