//! What organisers ask for: things to bring, work to be done, each so many times.

use serde::{Deserialize, Serialize};

use super::typed::number;
use super::{CLAIM_CAP, Claims, LABEL_CAP, Mistake};
use crate::line::line;

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

/// A list as a form posts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedList<Id> {
    pub lines: Vec<Wanted<Id>>,
    /// What is known that the form showed: of that, what is not among the lines is to go.
    pub shown: Vec<Id>,
}

impl<Id: Copy + PartialEq> WantedList<Id> {
    /// The list from here on, where `known` is what there is. What the form did not show was added since, and stays. A thing that is
    /// none of these, or stands in a second line, is a new one there.
    pub fn over(&self, known: &[Wanted<Id>]) -> Vec<Wanted<Id>> {
        let has = |list: &[Wanted<Id>], id: Id| list.iter().any(|line| line.id == Some(id));
        let mut list: Vec<Wanted<Id>> = Vec::new();
        for line in &self.lines {
            let id = line.id.filter(|id| has(known, *id) && !has(&list, *id));
            list.push(Wanted { id, ..line.clone() });
        }
        for line in known {
            if line.id.is_some_and(|id| !self.shown.contains(&id) && !has(&list, id)) {
                list.push(line.clone());
            }
        }
        list
    }
}

/// The list of another time of the series, once this one's, which was `was`, is `is`: what became otherwise does there too,
/// each line found by its name. What the other has of its own stays, and what it has not does not come by itself.
pub fn likewise<Id: PartialEq + Clone>(other: &[Wanted<Id>], was: &[Wanted<Id>], is: &[Wanted<Id>]) -> Vec<Wanted<Id>> {
    let mut theirs = counterparts(other, was);
    let mut own: Vec<&Wanted<Id>> =
        other.iter().enumerate().filter(|(at, _)| !theirs.contains(&Some(*at))).map(|(_, line)| line).collect();
    let mut becomes: Vec<Option<usize>> =
        is.iter().map(|line| was.iter().position(|known| known.id.is_some() && known.id == line.id)).collect();
    // What was taken off and written again is the same.
    for (line, before) in is.iter().enumerate() {
        if becomes[line].is_none() {
            becomes[line] = (0..was.len()).find(|at| was[*at].label == before.label && !becomes.contains(&Some(*at)));
        }
    }
    let mut list = Vec::new();
    for (line, before) in is.iter().zip(becomes) {
        match before {
            Some(before) => {
                if let Some(at) = theirs[before].take() {
                    list.push(changed(&other[at], &was[before], line));
                }
            }
            None => match own.iter().position(|known| known.label == line.label) {
                Some(at) => list.push(own.remove(at).clone()),
                None => list.push(Wanted { id: None, ..line.clone() }),
            },
        }
    }
    list.extend(own.into_iter().cloned());
    list
}

/// Which line of `other` each line of `was` is: of the same name, and first of all of the same number.
fn counterparts<Id>(other: &[Wanted<Id>], was: &[Wanted<Id>]) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; was.len()];
    for exactly in [true, false] {
        for (nth, line) in was.iter().enumerate() {
            if found[nth].is_none() {
                let same = |at: &usize| other[*at].label == line.label && (!exactly || other[*at].of == line.of);
                found[nth] = (0..other.len()).find(|at| same(at) && !found.contains(&Some(*at)));
            }
        }
    }
    found
}

/// A line of another time, once this one's, which was `was`, is `is`: its name, and its number where it had no other.
fn changed<Id: Clone>(theirs: &Wanted<Id>, was: &Wanted<Id>, is: &Wanted<Id>) -> Wanted<Id> {
    let label = if is.label == was.label { &theirs.label } else { &is.label };
    let of = if theirs.of == was.of { is.of } else { theirs.of };
    Wanted { id: theirs.id.clone(), label: label.clone(), of }
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
