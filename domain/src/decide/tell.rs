//! What somebody wants to be told, and how.

use super::{Decided, sure};
use crate::board::Board;
use crate::effect::Effect;
use crate::id::MemberId;
use crate::notify::{AHEAD_CAP, Ahead, Channel, Preferences, Switch, Topic};
use crate::reason::Reason;

pub(super) fn set_switch(board: &Board, topic: Topic, channel: Channel, on: bool, actor: MemberId) -> Decided {
    // What moves somebody's shift they must hear.
    if topic == Topic::MyShifts {
        return Err(Reason::CannotBeSwitchedOff);
    }
    set(actor, board.preferences.clone().with(Switch { topic, channel, on }))
}

pub(super) fn set_reminders(board: &Board, reminders: &[Ahead], actor: MemberId) -> Decided {
    let cap = u16::try_from(AHEAD_CAP).unwrap_or(u16::MAX);
    let reminders = Preferences::reminders(reminders.to_vec()).ok_or(Reason::BadReminders { cap })?;
    set(actor, Preferences { reminders, ..board.preferences.clone() })
}

fn set(member: MemberId, preferences: Preferences) -> Decided {
    sure(vec![Effect::PreferencesSet { member, preferences }])
}
