//! What an act of a member changes of the catalogue, or of their lists.

use super::{Answered, Catalogue, Closed, ListEdit, MissingOf, Report, Suggested, Suggestion, close_reports};
use crate::board::Board;
use crate::id::{MemberId, ProductId, SuggestionId};
use crate::me::Me;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Lists { member: MemberId, edit: ListEdit },
    Suggested(Suggestion),
    Supported { suggestion: SuggestionId, by: MemberId, on: bool },
    Answered { suggestion: SuggestionId, answer: Answered },
    Reported(Report),
    ReportsClosed { product: ProductId, closed: Closed },
}

impl Change {
    /// Lays it over the facts of a decision.
    pub(crate) fn lay_on(&self, board: &mut Board) {
        match self {
            // It was let in.
            Change::Lists { edit, .. } => {
                let _ = board.lists.edit(edit);
            }
            Change::Suggested(suggestion) => board.suggestions.push(suggestion.clone()),
            Change::Supported { suggestion, by, on } => {
                if let Some(known) = board.suggestions.iter_mut().find(|known| known.id == *suggestion) {
                    if *on {
                        known.supporters.insert(*by);
                    } else {
                        known.supporters.remove(by);
                    }
                }
            }
            Change::Answered { suggestion, answer } => {
                if let Some(known) = board.suggestions.iter_mut().find(|known| known.id == *suggestion) {
                    known.answer = Some(answer.clone());
                }
            }
            Change::Reported(report) => board.reports.push(report.clone()),
            Change::ReportsClosed { product, closed } => {
                close_reports(&mut board.reports, *product, *closed);
            }
        }
    }

    /// Lays it over what a device shows.
    pub(crate) fn shown(&self, me: &mut Me, catalogue: Option<&mut Catalogue>) {
        match self {
            Change::Lists { member, edit } if *member == me.id() => {
                let _ = me.lists.edit(edit);
            }
            Change::Supported { suggestion, by, on } if *by == me.id() => {
                me.supports.retain(|known| known != suggestion);
                if *on {
                    me.supports.push(*suggestion);
                }
            }
            Change::Reported(report) if report.by == me.id() => me.reported.push(report.clone()),
            Change::ReportsClosed { product, closed } => {
                close_reports(&mut me.reported, *product, *closed);
            }
            _ => {}
        }
        if let Some(catalogue) = catalogue {
            self.lay_over(catalogue, me);
        }
    }

    fn lay_over(&self, catalogue: &mut Catalogue, me: &Me) {
        match self {
            Change::Lists { .. } => {}
            Change::Suggested(suggestion) => {
                catalogue.people.insert(me.id(), me.profile.name());
                catalogue.suggestions.insert(0, Suggested::of(suggestion));
            }
            Change::Supported { suggestion, on, .. } => {
                if let Some(known) = catalogue.suggestions.iter_mut().find(|known| known.id == *suggestion) {
                    let wanted = known.wanted_by;
                    known.wanted_by = if *on { wanted.saturating_add(1) } else { wanted.saturating_sub(1).max(1) };
                }
            }
            Change::Answered { suggestion, answer } => {
                if let Some(known) = catalogue.suggestions.iter_mut().find(|known| known.id == *suggestion) {
                    catalogue.people.insert(me.id(), me.profile.name());
                    known.answer = Some(answer.clone());
                }
            }
            Change::Reported(report) => match catalogue.missing.iter_mut().find(|known| known.product == report.product) {
                Some(known) => {
                    known.reports = known.reports.saturating_add(1);
                    known.since = known.since.min(report.on);
                    known.last = known.last.max(report.on);
                }
                None => {
                    let Report { product, on, .. } = *report;
                    catalogue.missing.push(MissingOf { product, since: on, last: on, reports: 1 });
                }
            },
            Change::ReportsClosed { product, .. } => catalogue.missing.retain(|known| known.product != *product),
        }
    }
}
