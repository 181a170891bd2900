//! The facts of an act about an assembly: who is called, who comes, who carries whose voice, who stands.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Assembly, Candidate, InRole, Role, Stage};
use crate::board::Board;
use crate::groups::Groups;
use crate::id::{AssemblyId, MemberId, ProxyId, ResolutionId};
use crate::me::Me;
use crate::members::{Known, Person, ShortName};
use crate::order;
use crate::reason::{Reason, Who};
use crate::time::{Instant, paris_day};

/// « Pouvoir »: one member votes for another, as long as it is not ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proxy {
    pub id: ProxyId,
    pub assembly: AssemblyId,
    /// Whose voice it is.
    pub from: MemberId,
    /// Who carries it.
    pub to: MemberId,
    pub at: Instant,
    /// It came signed, on paper.
    #[serde(default)]
    pub paper: bool,
}

/// What is mine of an assembly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyAssembly {
    pub assembly: AssemblyId,
    /// I am called to it.
    pub called: bool,
    /// « Je viens », or not; nothing where I have not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coming: Option<bool>,
    /// The one that I gave, and those that I carry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proxies: Vec<Proxy>,
    /// Who was to carry my voice, and gave it back: nobody votes for me.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<MemberId>,
    /// Of the others in those.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<MemberId, ShortName>,
    /// I signed in, and have not left.
    #[serde(default)]
    pub present: bool,
    /// Where my voice was cast, by me or by whoever carries it: what it said stands nowhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub voted: Vec<ResolutionId>,
}

/// An assembly as an act about it sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hall {
    pub assembly: AssemblyId,
    pub starts_at: Instant,
    pub stage: Stage,
    /// So many voices may one person carry beside their own.
    pub cap: u8,
    /// It elects people.
    pub elects: bool,
    pub roles: Vec<InRole>,
    /// Who is called, among those whom the act concerns; a device knows of its own member alone.
    pub called: Known<BTreeSet<MemberId>>,
    /// Those that hold; on a device, those that its member gave or carries.
    pub proxies: Vec<Proxy>,
    /// What they said, among those whom the act concerns; a device knows of its own member, and of those who do not come.
    pub coming: BTreeMap<MemberId, bool>,
    /// Who signed in, among those whom the act concerns.
    pub present: BTreeSet<MemberId>,
    pub candidates: Vec<Candidate>,
}

impl Hall {
    /// The one that they gave.
    pub fn given_by(&self, member: MemberId) -> Option<&Proxy> {
        self.proxies.iter().find(|proxy| proxy.from == member)
    }

    /// How many voices they carry beside their own.
    pub fn carried_by(&self, member: MemberId) -> usize {
        self.proxies.iter().filter(|proxy| proxy.to == member).count()
    }

    pub fn is_called(&self, member: MemberId) -> bool {
        match &self.called {
            Known::Known(called) => called.contains(&member),
            Known::Unknown => true,
        }
    }

    pub fn is(&self, member: MemberId, role: Role) -> bool {
        self.roles.iter().any(|known| known.member == member && known.role == role)
    }

    /// Members still say whether they come, and who votes for them: from the convocation until it opens, or its day is over.
    pub fn is_to_come(&self, now: Instant) -> Result<(), Reason> {
        match self.stage.on(self.starts_at, paris_day(now)) {
            Stage::Planned => Err(Reason::UnknownAssembly),
            Stage::Convoked { .. } => Ok(()),
            Stage::Open { since } => Err(Reason::AssemblyBegun { since }),
            Stage::Closed { at } => Err(Reason::AssemblyOver { since: at }),
            Stage::Cancelled { word } => Err(Reason::AssemblyCancelled { word }),
            Stage::Lapsed => Err(Reason::AssemblyOver { since: self.starts_at }),
        }
    }

    /// Whether `from` may have `to` vote for them. No voice is carried twice: whoever carries one does not hand on their own, and
    /// whoever gave theirs carries none. Nobody votes from home: whoever said that they do not come carries none, either.
    pub fn may_give(&self, (from, to): (MemberId, MemberId), now: Instant, who: impl Fn(MemberId) -> Who) -> Result<(), Reason> {
        self.is_to_come(now)?;
        if from == to {
            return Err(Reason::ProxyToYourself);
        }
        for member in [from, to] {
            if !self.is_called(member) {
                return Err(Reason::NotCalled { who: who(member) });
            }
        }
        if let Some(given) = self.given_by(from) {
            return Err(Reason::ProxyGiven { to: who(given.to) });
        }
        if self.present.contains(&from) {
            return Err(Reason::SignedIn);
        }
        let carries = self.carried_by(from);
        if carries > 0 {
            return Err(Reason::CarriesProxies { count: u16::try_from(carries).unwrap_or(u16::MAX) });
        }
        if self.given_by(to).is_some() {
            return Err(Reason::HolderAway { who: who(to) });
        }
        // Whoever has signed in is there, whatever they said before.
        if self.coming.get(&to) == Some(&false) && !self.present.contains(&to) {
            return Err(Reason::HolderNotComing { who: who(to) });
        }
        if self.carried_by(to) >= usize::from(self.cap) {
            return Err(Reason::HolderFull { who: who(to), cap: self.cap });
        }
        Ok(())
    }
}

/// Lays what a device knows of assemblies on its board.
pub fn lay_on(board: &mut Board, groups: &Groups, me: &Me) {
    let hall = |assembly: &Assembly| {
        let mine = me.assemblies.iter().find(|known| known.assembly == assembly.id);
        let member = me.id();
        let called = mine.map(|mine| mine.called);
        let hall = Hall {
            assembly: assembly.id,
            starts_at: assembly.starts_at,
            stage: assembly.stage.clone(),
            cap: assembly.terms.proxies,
            elects: assembly.election().is_some(),
            roles: assembly.roles.clone(),
            // Of others it is not known here: the server looks.
            called: if called == Some(false) { Known::Known(BTreeSet::new()) } else { Known::Unknown },
            proxies: mine.map(|mine| mine.proxies.clone()).unwrap_or_default(),
            // What I said since stands above what the server knew.
            coming: order::map(
                assembly.away.iter().map(|away| (*away, false)).chain(mine.and_then(|mine| Some((member, mine.coming?)))),
            ),
            present: order::set(mine.filter(|mine| mine.present).map(|_| member)),
            candidates: assembly.candidates.clone(),
        };
        (assembly.id, hall)
    };
    board.assemblies = order::map(groups.assemblies.iter().map(hall));
    for candidate in groups.assemblies.iter().flat_map(|assembly| &assembly.candidates) {
        let name = groups.name(candidate.member);
        board.people.entry(candidate.member).or_insert_with(|| Person { id: candidate.member, name, aptitude: Known::Unknown });
    }
}
