//! A member's lists, what they would like the shop to have, and what they did not find.

use super::{Decided, Effects, sure};
use crate::board::Board;
use crate::catalogue::{
    Answered, Change, Closed, ListEdit, ListMistake, Listed, Report, ReportMistake, Suggestion, SuggestionMistake, item_of,
    report_missing, suggest,
};
use crate::command::Command;
use crate::effect::Effect;
use crate::eligibility::Missing;
use crate::id::{MemberId, SuggestionId};
use crate::members::Known;
use crate::notice::Notice;
use crate::outcome::Done;
use crate::reason::Reason;
use crate::time::Instant;

pub(super) fn of_catalogue(board: &Board, command: &Command, actor: MemberId, now: Instant) -> Decided {
    match command {
        Command::SetFavourite { product, on } => edit(board, actor, ListEdit::SetFavourite { product: *product, on: *on }),
        Command::PutOnList { item, product, text, quantity } => {
            let what = match product {
                Some(product) if item_of(*product) == *item && text.is_empty() => Listed::Product(*product),
                Some(_) => return Err(Reason::NotUnderstood),
                None => Listed::Text(text.clone()),
            };
            edit(board, actor, ListEdit::PutOnList { item: *item, what, quantity: *quantity })
        }
        Command::TickListItem { item, done } => edit(board, actor, ListEdit::TickListItem { item: *item, done: *done }),
        Command::RemoveListItem { item } => edit(board, actor, ListEdit::RemoveListItem { item: *item }),
        Command::ClearTicked { items } => edit(board, actor, ListEdit::ClearTicked { items: items.clone() }),
        Command::Suggest { suggestion, text } => {
            if board.suggestions.iter().any(|known| known.id == *suggestion) {
                return Err(Reason::IdReused);
            }
            changes([Change::Suggested(suggest(&board.suggestions, *suggestion, text, actor, now)?)])
        }
        Command::Support { suggestion } => support(board, *suggestion, actor, true),
        Command::Unsupport { suggestion } => support(board, *suggestion, actor, false),
        Command::AnswerSuggestion { suggestion, verdict, why } => {
            if !board.keeps_catalogue {
                return Err(Reason::NotAllowed);
            }
            let known = suggestion_of(board, *suggestion)?;
            let mut after = known.clone();
            after.answer(*verdict, why, actor, now)?;
            match &after.answer {
                Some(answer) if known.answer != after.answer => sure(answered(&after, answer)),
                _ => changes([]),
            }
        }
        Command::ReportMissing { product, on } => match &board.product {
            Known::Known(Some(known)) => changes(report_missing(&board.reports, known, actor, *on, now)?.map(Change::Reported)),
            Known::Known(None) => Err(Reason::UnknownProduct),
            // A device has its shelves elsewhere.
            Known::Unknown => {
                let report = Report { product: *product, by: actor, on: *on, at: now, closed: None };
                Ok((effects([Change::Reported(report)]), vec![Missing::Unseen]))
            }
        },
        Command::CloseReport { product } => {
            if !board.keeps_catalogue {
                return Err(Reason::NotAllowed);
            }
            let closed = Change::ReportsClosed { product: *product, closed: Closed::ByGroup { by: actor, at: now } };
            let open = board.reports.iter().any(|report| report.product == *product && report.is_open());
            // Whatever became of the product: archived, it may have been said to be missing.
            match &board.product {
                Known::Known(_) => changes(open.then_some(closed)),
                Known::Unknown => changes([closed]),
            }
        }
        _ => Err(Reason::NotUnderstood),
    }
}

fn effects(changes: impl IntoIterator<Item = Change>) -> Effects {
    Effects { list: changes.into_iter().map(Effect::CatalogueChanged).collect(), done: Done::default() }
}

fn changes(changes: impl IntoIterator<Item = Change>) -> Decided {
    sure(effects(changes).list)
}

fn edit(board: &Board, member: MemberId, edit: ListEdit) -> Decided {
    let mut after = board.lists.clone();
    after.edit(&edit)?;
    changes((after != board.lists).then_some(Change::Lists { member, edit }))
}

fn suggestion_of(board: &Board, id: SuggestionId) -> Result<&Suggestion, Reason> {
    board.suggestions.iter().find(|known| known.id == id).ok_or(Reason::UnknownSuggestion)
}

/// The answer, told to whoever waits for it.
fn answered(suggestion: &Suggestion, answer: &Answered) -> Vec<Effect> {
    let change = Change::Answered { suggestion: suggestion.id, answer: answer.clone() };
    let notice = || Notice::SuggestionAnswered {
        suggestion: suggestion.id,
        text: suggestion.text.clone(),
        verdict: answer.verdict,
        why: answer.why.clone(),
    };
    let told = suggestion.awaited_by().map(|member| Effect::Told { member, notice: notice() });
    std::iter::once(Effect::CatalogueChanged(change)).chain(told).collect()
}

fn support(board: &Board, id: SuggestionId, by: MemberId, on: bool) -> Decided {
    let known = suggestion_of(board, id)?;
    let mut after = known.clone();
    after.support(by, on)?;
    changes((after != *known).then_some(Change::Supported { suggestion: id, by, on }))
}

fn small(cap: usize) -> u16 {
    u16::try_from(cap).unwrap_or(u16::MAX)
}

impl From<ListMistake> for Reason {
    fn from(mistake: ListMistake) -> Reason {
        match mistake {
            ListMistake::TextMissing => Reason::NothingSaid,
            ListMistake::TextTooLong { cap } => Reason::NoteTooLong { cap: small(cap) },
            ListMistake::BadQuantity { cap } => Reason::BadQuantity { most: cap },
            ListMistake::ListFull { cap } => Reason::ListFull { cap: small(cap) },
            ListMistake::TooManyFavourites { cap } => Reason::TooManyFavourites { cap: small(cap) },
        }
    }
}

impl From<SuggestionMistake> for Reason {
    fn from(mistake: SuggestionMistake) -> Reason {
        match mistake {
            SuggestionMistake::TextMissing => Reason::NothingSaid,
            SuggestionMistake::TextTooLong { cap } | SuggestionMistake::WhyTooLong { cap } => {
                Reason::NoteTooLong { cap: small(cap) }
            }
            SuggestionMistake::AlreadySuggested { suggestion } => Reason::AlreadySuggested { suggestion },
            SuggestionMistake::TooManyOpen { cap } => Reason::TooManySuggestions { cap: small(cap) },
            SuggestionMistake::YourOwn => Reason::YourOwnSuggestion,
            SuggestionMistake::AlreadyAnswered => Reason::SuggestionAnswered,
            SuggestionMistake::WhyMissing => Reason::WhyMissing,
        }
    }
}

impl From<ReportMistake> for Reason {
    fn from(mistake: ReportMistake) -> Reason {
        match mistake {
            ReportMistake::KnownMissing => Reason::KnownMissing,
            ReportMistake::BadDay { from, to } => Reason::BadReportDay { from, to },
            ReportMistake::TooMany { cap } => Reason::TooManyReports { cap: small(cap) },
        }
    }
}
