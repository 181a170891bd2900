//! « J'aimerais trouver… »: what members would like, and what the group says of it.

use super::Shop;
use crate::catalogue::{Suggested, Verdict};
use crate::id::{MemberId, SuggestionId};
use crate::members::ShortName;
use crate::time::Instant;
use crate::view::Seen;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WishesView {
    pub as_of: Instant,
    pub now: Instant,
    pub name: ShortName,
    pub wishes: Wishes,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wishes {
    /// That wait for a yes or a no: what most would like first.
    pub open: Vec<Wish>,
    /// What was said last first.
    pub answered: Vec<Wish>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub id: SuggestionId,
    pub text: String,
    pub by: ShortName,
    /// I made it.
    pub own: bool,
    pub at: Instant,
    /// Whoever made it among them.
    pub wanted_by: usize,
    /// I said « moi aussi ».
    pub supported: bool,
    pub open: bool,
    pub answer: Option<(Verdict, String, Instant)>,
}

pub fn wishes(seen: Seen<'_>, shop: &Shop<'_>) -> WishesView {
    WishesView {
        as_of: shop.catalogue.as_of.min(seen.me.as_of),
        now: seen.now,
        name: seen.me.profile.name(),
        wishes: wishes_of(seen, shop),
    }
}

pub fn wishes_of(seen: Seen<'_>, shop: &Shop<'_>) -> Wishes {
    let me = seen.me.id();
    let name = |member: MemberId| match shop.catalogue.people.get(&member) {
        _ if member == me => seen.me.profile.name(),
        Some(name) => name.clone(),
        None => seen.calendar.name(member),
    };
    let wish = |suggested: &Suggested| Wish {
        id: suggested.id,
        text: suggested.text.clone(),
        by: name(suggested.by),
        own: suggested.by == me,
        at: suggested.at,
        wanted_by: usize::from(suggested.wanted_by),
        supported: seen.me.supports.contains(&suggested.id),
        open: is_open(suggested),
        answer: suggested.answer.as_ref().map(|answer| (answer.verdict, answer.why.clone(), answer.at)),
    };
    let (mut open, mut answered): (Vec<Wish>, Vec<Wish>) =
        shop.catalogue.suggestions.iter().map(wish).partition(|wish| wish.open);
    crate::order::by(&mut open, |a, b| b.wanted_by.cmp(&a.wanted_by).then(b.at.cmp(&a.at)));
    crate::order::by(&mut answered, |a, b| {
        b.answer.as_ref().map(|answer| answer.2).cmp(&a.answer.as_ref().map(|answer| answer.2))
    });
    Wishes { open, answered }
}

/// The group has still to say yes or no.
pub(super) fn is_open(suggested: &Suggested) -> bool {
    suggested.answer.as_ref().is_none_or(|answer| answer.verdict == Verdict::Later)
}
