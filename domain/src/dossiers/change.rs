//! What an act changes of a dossier.

use super::{Dossier, Hours, State};
use crate::board::Board;
use crate::id::{DossierId, HoursId, MemberId};
use crate::me::Me;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Opened(Box<Dossier>),
    Held { dossier: DossierId, holder: Option<MemberId> },
    Moved { dossier: DossierId, state: State },
    Logged { dossier: DossierId, hours: Hours },
    Unlogged { dossier: DossierId, hours: HoursId },
}

impl Change {
    /// The dossier that it is about.
    pub fn dossier(&self) -> DossierId {
        match self {
            Change::Opened(dossier) => dossier.id,
            Change::Held { dossier, .. }
            | Change::Moved { dossier, .. }
            | Change::Logged { dossier, .. }
            | Change::Unlogged { dossier, .. } => *dossier,
        }
    }

    /// Lays it over the facts of a decision.
    pub(crate) fn lay_on(&self, board: &mut Board) {
        match self {
            Change::Opened(dossier) => {
                board.dossiers.insert(dossier.id, (**dossier).clone());
            }
            other => {
                if let Some(dossier) = board.dossiers.get_mut(&other.dossier()) {
                    other.apply(dossier);
                }
            }
        }
    }

    /// Lays it over what a device shows.
    pub(crate) fn shown(&self, me: &mut Me) {
        match self {
            Change::Opened(dossier) => me.dossiers.push((**dossier).clone()),
            other => {
                if let Some(dossier) = me.dossiers.iter_mut().find(|known| known.id == other.dossier()) {
                    other.apply(dossier);
                }
            }
        }
    }

    fn apply(&self, dossier: &mut Dossier) {
        match self {
            Change::Opened(_) => {}
            Change::Held { holder, .. } => dossier.holder = *holder,
            Change::Moved { state, .. } => dossier.state = state.clone(),
            Change::Logged { hours, .. } => {
                dossier.hours.push(hours.clone());
                crate::order::by_key(&mut dossier.hours, |known| (known.day, known.id));
            }
            Change::Unlogged { hours, .. } => dossier.hours.retain(|known| known.id != *hours),
        }
    }
}
