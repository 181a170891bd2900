//! What organisers ask for: things to bring, work to be done, each so many times.

use serde::{Deserialize, Serialize};

use super::typed::{line, number};
use super::{CLAIM_CAP, Claims, LABEL_CAP, Mistake};

/// So many things to bring, and so many kinds of work, at most.
pub const WANTED_CAP: usize = 60;

/// One line of the list. `Id` is the thing's where it is known already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted<Id> {
    pub id: Option<Id>,
    pub label: String,
    pub of: u16,
}

impl<Id> Wanted<Id> {
    /// From a line of the form; nothing where neither a name nor a thing is in it.
    pub fn read(id: Option<Id>, label: &str, of: &str) -> Result<Option<Wanted<Id>>, Mistake> {
        let label = line(label);
        if label.is_empty() && id.is_none() {
            return Ok(None);
        }
        if !label.chars().any(char::is_alphanumeric) {
            return Err(Mistake::LabelMissing);
        }
        if label.chars().count() > LABEL_CAP {
            return Err(Mistake::LabelTooLong { cap: LABEL_CAP });
        }
        let unreadable = Mistake::QuantityUnreadable { cap: CLAIM_CAP };
        let of = number(of, 1, u32::from(CLAIM_CAP)).map_err(|()| unreadable.clone())?.unwrap_or(1);
        Ok(Some(Wanted { id, label, of: u16::try_from(of).map_err(|_| unreadable)? }))
    }
}

/// The list of another time of the series, once this one's, which was `was`, is `is`: the same lines, each found by its name.
/// What the other asks for of its own stays.
pub fn likewise<Id: PartialEq + Clone>(other: &[Wanted<Id>], was: &[Wanted<Id>], is: &[Wanted<Id>]) -> Vec<Wanted<Id>> {
    let mut left: Vec<&Wanted<Id>> = other.iter().collect();
    let mut list = Vec::new();
    for line in is {
        let before = was.iter().find(|known| known.id.is_some() && known.id == line.id);
        let named = |label: &str| left.iter().position(|theirs| theirs.label == label);
        let at = before.and_then(|before| named(&before.label)).or_else(|| named(&line.label));
        let id = at.and_then(|at| left.remove(at).id.clone());
        list.push(Wanted { id, label: line.label.clone(), of: line.of });
    }
    let dropped = |theirs: &Wanted<Id>| was.iter().any(|known| known.label == theirs.label);
    list.extend(left.into_iter().filter(|theirs| !dropped(theirs)).cloned());
    list
}

/// Whether a list may stand in the place of what is known: nothing that somebody has taken on goes, or becomes less.
pub fn may_replace<'a, Id: PartialEq + 'a>(
    known: impl IntoIterator<Item = (Id, &'a str, &'a Claims)>,
    wanted: &[Wanted<Id>],
) -> Result<(), Vec<Mistake>> {
    let mut mistakes = Vec::new();
    if wanted.len() > WANTED_CAP {
        mistakes.push(Mistake::TooManyWanted { cap: WANTED_CAP });
    }
    for (id, label, claims) in known {
        let claimed = claims.claimed();
        let of = wanted.iter().find(|wanted| wanted.id.as_ref() == Some(&id)).map_or(0, |wanted| wanted.of);
        if of < claimed {
            mistakes.push(Mistake::FewerThanClaimed { label: label.to_owned(), claimed });
        }
    }
    if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
}
