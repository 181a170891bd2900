//! The assembly on a screen: the one that sits or comes next, what I say of it and whose voice I carry; and those that were.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Seen;
use crate::assembly::{Assembly, MyAssembly, Role, Stage, next_of};
use crate::groups::Groups;
use crate::id::{AssemblyId, MemberId};
use crate::members::ShortName;
use crate::time::{Instant, paris_day};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssemblyView {
    pub as_of: Instant,
    pub now: Instant,
    pub me: MemberId,
    /// `None` where no assembly was ever called.
    pub id: Option<AssemblyId>,
    pub moving: AssemblyMoving,
    /// Whom I might ask to vote for me, by name, where a page asks.
    pub others: Vec<(MemberId, ShortName)>,
    /// Others, the last one first.
    pub past: Vec<Assembly>,
    /// Of those who stood at these.
    pub names: BTreeMap<MemberId, ShortName>,
}

/// What changes under an open page, which follows it by itself: what is being typed there stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssemblyMoving {
    pub assembly: Option<Assembly>,
    pub mine: Option<MyAssembly>,
    /// Of those who keep it, stand, carry voices.
    pub names: BTreeMap<MemberId, ShortName>,
    /// The way to what those who keep it do is shown.
    pub doors: Doors,
}

/// What I do for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doors {
    /// On the committee, or its secretary.
    pub prepares: bool,
    /// Its chair, its secretary, or a teller.
    pub sits: bool,
    /// I let in: as a teller, its secretary, or of the office.
    pub admits: bool,
}

impl AssemblyMoving {
    pub fn name(&self, member: MemberId) -> ShortName {
        self.names.get(&member).cloned().unwrap_or_else(|| ShortName::new("Quelqu’un", ""))
    }
}

/// `others`: whether the page asks whom I might have vote for me.
pub fn assembly(seen: Seen<'_>, groups: &Groups, others: bool) -> AssemblyView {
    let today = paris_day(seen.now);
    let shown = next_of(&groups.assemblies, today);
    let id = shown.map(|assembly| assembly.id);
    let others_of = groups.assemblies.iter().filter(|known| Some(known.id) != id).map(|known| of_day(known, today));
    let mut past: Vec<Assembly> = others_of.filter(|known| matches!(known.stage, Stage::Closed { .. } | Stage::Lapsed)).collect();
    crate::order::by_key(&mut past, |known| std::cmp::Reverse(known.starts_at));
    let stood = past.iter().flat_map(|known| known.candidates.iter().map(|candidate| candidate.member));
    let named = |member: MemberId| groups.people.get(&member).map(|name| (member, name.clone()));
    let names = crate::order::map(stood.filter_map(named));
    AssemblyView {
        as_of: groups.as_of.min(seen.me.as_of),
        now: seen.now,
        me: seen.me.id(),
        id,
        moving: moving_of(seen, groups, shown),
        others: if others { all_others(seen) } else { Vec::new() },
        past,
        names,
    }
}

/// As it is on that day.
fn of_day(assembly: &Assembly, today: NaiveDate) -> Assembly {
    Assembly { stage: assembly.stage.on(assembly.starts_at, today), ..assembly.clone() }
}

/// What moves of the one that is shown.
pub fn moving(seen: Seen<'_>, groups: &Groups) -> AssemblyMoving {
    moving_of(seen, groups, next_of(&groups.assemblies, paris_day(seen.now)))
}

fn moving_of(seen: Seen<'_>, groups: &Groups, shown: Option<&Assembly>) -> AssemblyMoving {
    let me = seen.me.id();
    let mine = shown.and_then(|shown| seen.me.assemblies.iter().find(|known| known.assembly == shown.id)).cloned();
    let named = |member: MemberId| {
        let of_proxies = mine.as_ref().and_then(|mine| mine.names.get(&member));
        let known = groups.people.get(&member).or_else(|| seen.calendar.people.get(&member)).or(of_proxies);
        known.map(|name| (member, name.clone()))
    };
    let keepers = shown.into_iter().flat_map(|shown| shown.roles.iter().map(|known| known.member));
    let standing = shown.into_iter().flat_map(|shown| shown.candidates.iter().map(|known| known.member));
    let carried = mine.iter().flat_map(|mine| mine.proxies.iter().flat_map(|proxy| [proxy.from, proxy.to]));
    let returned = mine.iter().filter_map(|mine| mine.returned);
    let names = crate::order::map(keepers.chain(standing).chain(carried).chain(returned).filter_map(named));
    AssemblyMoving {
        doors: doors(seen, groups, shown, me),
        mine,
        names,
        assembly: shown.map(|shown| of_day(shown, paris_day(seen.now))),
    }
}

fn doors(seen: Seen<'_>, groups: &Groups, shown: Option<&Assembly>, me: MemberId) -> Doors {
    let today = paris_day(seen.now);
    let committee =
        seen.me.rights.committee && groups.committee.iter().any(|mandate| mandate.member == me && mandate.is_in_force(today));
    let is = |role: Role| shown.is_some_and(|shown| shown.is(me, role));
    let (secretary, teller) = (is(Role::Secretary), is(Role::Teller));
    Doors {
        prepares: committee || secretary,
        sits: is(Role::Chair) || secretary || teller,
        admits: shown.is_some() && (secretary || teller || seen.me.rights.office),
    }
}

/// Everybody whom the planning names.
fn all_others(seen: Seen<'_>) -> Vec<(MemberId, ShortName)> {
    let others = seen.calendar.people.iter().filter(|(id, _)| **id != seen.me.id());
    let mut others: Vec<(MemberId, ShortName)> = others.map(|(id, name)| (*id, name.clone())).collect();
    crate::order::by_key(&mut others, |(id, name)| (name.clone(), *id));
    others
}
