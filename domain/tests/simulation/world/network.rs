//! What is on its way between devices and the server: it may be lost, late, doubled, out of order.

use std::sync::Arc;

use domain::calendar::Calendar;
use domain::id::MemberId;
use domain::me::Me;
use domain::outbox::Setback;
use domain::outcome;
use domain::time::Instant;
use serde_json::Value;

use super::device::Place;

pub type SessionId = u64;
pub type RequestId = u64;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slice {
    Calendar,
    Me,
}

/// A version of one slice.
#[derive(Debug, Clone)]
pub enum Snapshot {
    Calendar(Arc<Calendar>),
    Me(Arc<Me>),
}

impl Snapshot {
    pub fn slice(&self) -> Slice {
        match self {
            Snapshot::Calendar(_) => Slice::Calendar,
            Snapshot::Me(_) => Slice::Me,
        }
    }

    pub fn is(&self, other: &Snapshot) -> bool {
        match (self, other) {
            (Snapshot::Calendar(a), Snapshot::Calendar(b)) => Arc::ptr_eq(a, b) || a == b,
            (Snapshot::Me(a), Snapshot::Me(b)) => Arc::ptr_eq(a, b) || a == b,
            _ => false,
        }
    }

    /// Where it stands in its slice: its mark, then when it was made.
    pub fn version(&self) -> (i64, Instant) {
        match self {
            Snapshot::Calendar(calendar) => (calendar.marks.get("calendar").copied().unwrap_or(0), calendar.as_of),
            Snapshot::Me(me) => (me.marks.get("me").copied().unwrap_or(0), me.as_of),
        }
    }
}

#[derive(Debug, Clone)]
pub enum Body {
    Commands(Vec<Value>),
    /// With the version that the device has.
    Fetch(Slice, Option<Snapshot>),
}

#[derive(Debug, Clone)]
pub struct Request {
    pub id: RequestId,
    pub from: Place,
    /// The page that sent it: another one has no use for the answer.
    pub life: u64,
    pub cookie: Option<SessionId>,
    /// `Alpar-Member`
    pub member: MemberId,
    pub body: Body,
}

#[derive(Debug, Clone)]
pub enum Said {
    Outcomes(Vec<outcome::Answer>),
    Unchanged,
    New(Snapshot),
    /// 401
    Expired,
    /// 401, ended from elsewhere.
    Revoked,
    /// 409
    OtherMember,
    /// Nothing was done, or the answer is not our server's.
    Trouble(Setback),
}

#[derive(Debug, Clone)]
pub struct Answer {
    pub to: Place,
    pub life: u64,
    pub request: RequestId,
    pub said: Said,
    /// `Alpar-Time`; an answer that is not our server's has none.
    pub server_time: Option<Instant>,
}

#[derive(Debug, Clone)]
pub enum Packet {
    Request(Request),
    Answer(Answer),
}
