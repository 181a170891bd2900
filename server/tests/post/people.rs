//! A hundred members, half of them with a device; some whose mail server or push service has its moods; and the
//! shifts that they are told about.

use std::collections::HashMap;

use backend::notify::devices;
use domain::id::{MemberId, SeatId, ShiftId};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::coop::Coop;
use crate::mail_end::Mood;
use crate::push_end::{Answers, Device, PushEnd};

pub const MEMBERS: usize = 100;
const WITH_DEVICE: usize = 50;
const TEAM: usize = 10;

/// How everything that somebody is told by one channel ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    Sent,
    /// With these words in the reason.
    Failed(&'static str),
    /// There is nobody of that name at the address.
    CameBack,
    /// As one or the other: the device said that it is gone, and what came after it was not for it any more.
    NeverSent,
}

/// Devices by number; the member's own, but for those beyond [`MEMBERS`]: somebody's second.
pub fn answers() -> HashMap<usize, Answers> {
    let mut answers: HashMap<usize, Answers> = (0..WITH_DEVICE).map(|n| (n, Answers::Taken)).collect();
    answers.extend([
        (0, Answers::Always(404)),
        (1, Answers::Always(410)),
        (2, Answers::Always(413)),
        (3, Answers::First(2, 429)),
        (4, Answers::First(2, 500)),
        (5, Answers::Always(500)),
        (MEMBERS + 6, Answers::First(3, 500)),
        (MEMBERS + 7, Answers::Always(410)),
        (MEMBERS + 8, Answers::Always(500)),
    ]);
    answers
}

/// Whose push service never takes anything: what ends that way.
pub fn pushes_end(n: usize) -> Ends {
    match n {
        0 | 1 => Ends::NeverSent,
        2 => Ends::Failed("413"),
        5 => Ends::Failed("500"),
        _ => Ends::Sent,
    }
}

pub fn moods() -> HashMap<String, Mood> {
    let moods = [
        (20, Mood::Unknown),
        (50, Mood::Unknown),
        (21, Mood::Greylists(2)),
        (51, Mood::Greylists(1)),
        (52, Mood::Greylists(3)),
        (22, Mood::ClosesHalfWay(2)),
        (53, Mood::ClosesHalfWay(1)),
        (54, Mood::HangsUp(2)),
        (55, Mood::Silent(1)),
        (56, Mood::Slow),
        (57, Mood::Refuses),
    ];
    moods.into_iter().map(|(n, mood)| (address(n), mood)).collect()
}

pub fn mails_end(n: usize) -> Ends {
    match n {
        20 | 50 => Ends::CameBack,
        57 => Ends::Failed("554"),
        _ => Ends::Sent,
    }
}

pub fn address(n: usize) -> String {
    format!("{n}@example.org")
}

pub struct People {
    pub members: Vec<MemberId>,
    lead: MemberId,
    /// Closed ones, and ones to come, ten people on each.
    closed: Vec<ShiftId>,
    coming: Vec<ShiftId>,
}

impl People {
    /// Their numbers are their places in the list.
    pub async fn of(coop: &Coop) -> People {
        let members = coop.members(MEMBERS).await;
        let lead = coop.member("Solène").await;
        let (mut closed, mut coming) = (Vec::new(), Vec::new());
        for (team, day) in members.chunks(TEAM).zip(40..) {
            let [morning, afternoon] = [coop.shift(day, 9, TEAM).await, coop.shift(day, 14, TEAM + 1).await];
            for (member, position) in team.iter().zip(0..) {
                coop.sits(*member, SeatId::new(morning, position)).await;
                coop.sits(*member, SeatId::new(afternoon, position)).await;
            }
            coop.sits(lead, SeatId::new(afternoon, i16::try_from(TEAM).unwrap())).await;
            coop.sql(&format!(
                "update shift set closed_why = 'Neige', closed_treatment = 'excused' where shift_id = '{morning}'"
            ))
            .await;
            closed.push(morning);
            coming.push(afternoon);
        }
        People { members, lead, closed, coming }
    }

    /// A notice that stays true, with a word by which it is known again: of two kinds by turns.
    pub fn notice(&self, n: usize, nth: usize) -> Value {
        let word = word(nth);
        let (closed, coming) = (self.closed[n / TEAM], self.coming[n / TEAM]);
        if is_closed(nth) {
            json!({ "kind": "shift_closed", "shift": closed, "why": word, "treatment": "excused" })
        } else {
            json!({ "kind": "team_warned", "shift": coming, "by": self.lead, "note": word })
        }
    }

    pub fn number(&self, member: MemberId) -> usize {
        self.members.iter().position(|known| *known == member).expect("one of them")
    }

    /// Each device of [`answers`] asks to be told.
    pub async fn subscribe(&self, coop: &Coop, at: std::net::SocketAddr, end: &PushEnd) {
        for n in answers().into_keys() {
            let token = coop.id().simple().to_string();
            sqlx::query(
                "insert into session (session_id, token_hash, member_id, email, device, created_at, last_seen_on)
                 values ($1, $2, $3, 'x@example.org', 'test', $4, '2026-12-01')",
            )
            .bind(coop.id())
            .bind(Sha256::digest(token.as_bytes()).to_vec())
            .bind(self.members[n % MEMBERS])
            .bind(coop.now())
            .execute(&coop.backend.pool)
            .await
            .unwrap();
            let who = backend::auth::session(&coop.backend, &token).await.unwrap();
            let device = end.device(n);
            let endpoint = format!("http://{at}/device/{n}");
            devices::subscribe(&coop.backend, &who, &endpoint, &device.p256dh(), &device.auth()).await.unwrap();
        }
    }
}

pub fn devices_of_all() -> HashMap<usize, Device> {
    answers().into_iter().map(|(n, answers)| (n, Device::new(answers))).collect()
}

pub fn word(nth: usize) -> String {
    format!("avis-{nth:04}")
}

/// A shift is closed: everybody has a mail of it. Otherwise a mail is for who has no device.
pub fn is_closed(nth: usize) -> bool {
    (nth / MEMBERS + nth % MEMBERS).is_multiple_of(2)
}

pub fn has_device(n: usize) -> bool {
    n < WITH_DEVICE
}

/// Their only device is gone at some point: from then on they are told as who has none.
pub fn loses_device(n: usize) -> bool {
    n < 2
}
