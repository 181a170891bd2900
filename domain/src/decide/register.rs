//! What a member changes of their own card, and asks of the office about it.

use super::{Decided, sure};
use crate::board::Board;
use crate::command::Command;
use crate::effect::Effect;
use crate::id::MemberId;
use crate::members::phone_number;
use crate::reason::Reason;
use crate::register::{Change, ErasureAsked, WHY_CAP};
use crate::time::Instant;

pub(super) fn of_card(board: &Board, command: &Command, actor: MemberId, now: Instant) -> Decided {
    let change = match command {
        Command::SetContact { phone, show_phone, show_email } => {
            let phone = match phone.trim() {
                "" => None,
                typed => Some(phone_number(typed).ok_or(Reason::BadPhone)?),
            };
            // What is not there is not shown.
            let show_phone = *show_phone && phone.is_some();
            Change::ContactSet { member: actor, phone, show_phone, show_email: *show_email }
        }
        Command::AskErasure { erasure, word } => {
            if let Some(asked) = board.erasure {
                return Err(Reason::ErasureAsked { at: asked.at });
            }
            let word = word.trim();
            if word.chars().count() > WHY_CAP {
                return Err(Reason::NoteTooLong { cap: 500 });
            }
            let asked = ErasureAsked { id: *erasure, at: now };
            Change::ErasureAsked { member: actor, asked, word: word.to_owned() }
        }
        Command::WithdrawErasure { erasure } => match board.erasure {
            Some(asked) if asked.id == *erasure => Change::ErasureWithdrawn { member: actor, id: *erasure, at: now },
            _ => return Err(Reason::UnknownRequest),
        },
        _ => return Err(Reason::NotUnderstood),
    };
    sure(vec![Effect::CardChanged(change)])
}
