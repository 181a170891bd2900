//! The server: all facts in memory, and what it works on.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::board::Board;
use domain::calendar::Calendar;
use domain::command::Command;
use domain::id::{CommandId, MemberId, ShiftId, WatchId};
use domain::ledger::Entry;
use domain::me::{Me, Profile};
use domain::notice::InboxRow;
use domain::notify::Preferences;
use domain::outbox::Setback;
use domain::outcome::{Answer, Marks, Outcome};
use domain::time::Instant;
use domain::watches::Watch;
use serde_json::Value;

use super::bugs::Bug;
use super::commit::Begun;
use super::network::{self, Body, Packet, Request, Said, SessionId, Slice, Snapshot};
use super::village::Village;
use super::{World, commit};

/// One row of the command log.
#[derive(Debug, Clone)]
pub struct Logged {
    pub by: MemberId,
    pub payload: (Command, Option<MemberId>, Vec<CommandId>),
    pub outcome: Outcome,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionState {
    Active,
    Expired,
    Revoked,
}

/// A request that is being performed.
pub struct Work {
    pub request: Request,
    pub sender: MemberId,
    commands: Vec<Value>,
    next: usize,
    begun: Option<Begun>,
    answers: Vec<Answer>,
}

/// What survives the process is the database; what it works on and has built does not.
pub struct Server {
    pub board: Board,
    pub profiles: BTreeMap<MemberId, Profile>,
    pub ledger: BTreeMap<MemberId, Vec<Entry>>,
    pub inbox: BTreeMap<MemberId, Vec<InboxRow>>,
    pub preferences: BTreeMap<MemberId, Preferences>,
    pub watches: BTreeMap<MemberId, BTreeMap<WatchId, Watch>>,
    /// Since when somebody waits for a shift.
    pub waits_since: BTreeMap<(ShiftId, MemberId), Instant>,
    pub office: MemberId,
    pub log: BTreeMap<CommandId, Logged>,
    pub calendar_mark: i64,
    pub own_marks: BTreeMap<MemberId, i64>,
    pub sessions: BTreeMap<SessionId, (MemberId, SessionState)>,
    pub down: bool,
    pub working: Vec<Work>,
    pub last_calendar: Option<Arc<Calendar>>,
    pub last_me: BTreeMap<MemberId, Arc<Me>>,
    /// Every version that was ever built: a device keeps one of these.
    pub built: BTreeMap<(Option<MemberId>, i64, Instant), Snapshot>,
}

impl Server {
    pub fn of(village: Village) -> Server {
        Server {
            board: village.board,
            profiles: village.profiles,
            ledger: village.ledger,
            inbox: BTreeMap::new(),
            preferences: BTreeMap::new(),
            watches: BTreeMap::new(),
            waits_since: BTreeMap::new(),
            office: village.office,
            log: BTreeMap::new(),
            calendar_mark: 0,
            own_marks: BTreeMap::new(),
            sessions: BTreeMap::new(),
            down: false,
            working: Vec::new(),
            last_calendar: None,
            last_me: BTreeMap::new(),
            built: BTreeMap::new(),
        }
    }

    pub fn own_mark(&self, member: MemberId) -> i64 {
        self.own_marks.get(&member).copied().unwrap_or(0)
    }

    pub fn marks(&self, member: MemberId) -> Marks {
        Marks::from([
            ("briefs".to_owned(), 0),
            ("calendar".to_owned(), self.calendar_mark),
            ("groups".to_owned(), 0),
            ("events".to_owned(), 0),
            ("catalogue".to_owned(), 0),
            ("me".to_owned(), self.own_mark(member)),
        ])
    }

    pub fn people(&self) -> Vec<MemberId> {
        self.profiles.keys().copied().collect()
    }
}

impl World {
    /// A request reaches the server.
    pub fn receive(&mut self, request: Request) {
        if self.server.down {
            return;
        }
        let session = request.cookie.and_then(|cookie| self.server.sessions.get(&cookie).copied());
        let sender = match session {
            Some((member, SessionState::Active)) => member,
            Some((_, SessionState::Revoked)) => return self.reply(&request, Said::Revoked),
            Some((_, SessionState::Expired)) | None => return self.reply(&request, Said::Expired),
        };
        let named = if self.bug == Some(Bug::AnybodysSession) { sender } else { request.member };
        if sender != named {
            self.record.count("request", "for another member");
            return self.reply(&request, Said::OtherMember);
        }
        match request.body.clone() {
            Body::Fetch(slice, known) => {
                let built = match slice {
                    Slice::Calendar => Snapshot::Calendar(self.calendar_now()),
                    Slice::Me => Snapshot::Me(self.me_now(sender)),
                };
                let unchanged = known.is_some_and(|known| known.is(&built));
                self.reply(&request, if unchanged { Said::Unchanged } else { Said::New(built) });
            }
            Body::Commands(commands) => {
                let poison = commands.iter().find_map(|wire| self.poison.get(&commit::id_of(wire)).copied());
                match poison {
                    Some(setback) => self.reply(&request, Said::Trouble(setback)),
                    None => {
                        let (next, begun, answers) = (0, None, Vec::new());
                        self.server.working.push(Work { request, sender, commands, next, begun, answers });
                    }
                }
            }
        }
    }

    pub fn reply(&mut self, request: &Request, said: Said) {
        let ours = !matches!(said, Said::Trouble(Setback::NotReached));
        self.network.push(Packet::Answer(network::Answer {
            to: request.from,
            life: request.life,
            request: request.id,
            said,
            server_time: ours.then_some(self.now),
        }));
    }

    /// The next step of one request: read what it concerns, then lock, decide, write and commit,
    /// then the next command, at last the answer. Other requests take their steps in between.
    pub fn work(&mut self, at: usize) {
        let mut work = self.server.working.swap_remove(at);
        let Some(wire) = work.commands.get(work.next).cloned() else {
            return self.answer(work);
        };
        match work.begun.take() {
            None => work.begun = Some(self.begin()),
            Some(begun) => {
                let early = self.server.marks(work.sender);
                let outcome = self.perform(work.sender, &wire, begun);
                let marks = if self.bug == Some(Bug::MarksBeforeCommit) { early } else { Marks::new() };
                work.answers.push(Answer { id: commit::id_of(&wire), outcome, marks });
                work.next += 1;
            }
        }
        self.server.working.push(work);
    }

    /// The database fails under one request: what is not committed is rolled back.
    pub fn fail(&mut self, at: usize) {
        let work = self.server.working.swap_remove(at);
        self.record.count("server", "failed under a request");
        if work.answers.is_empty() {
            self.reply(&work.request, Said::Trouble(Setback::Unwell));
        } else {
            self.answer(work);
        }
    }

    fn answer(&mut self, mut work: Work) {
        let marks = self.server.marks(work.sender);
        if self.bug != Some(Bug::MarksBeforeCommit) {
            for answer in &mut work.answers {
                answer.marks.clone_from(&marks);
            }
        }
        self.reply(&work.request, Said::Outcomes(work.answers));
    }

    /// The process dies: nobody gets an answer any more.
    pub fn crash(&mut self) {
        let cut_short = self.server.working.iter().any(|work| work.begun.is_some());
        let unanswered = self.server.working.iter().any(|work| !work.answers.is_empty());
        if cut_short {
            self.record.count("server", "crashed before a commit");
        }
        if unanswered {
            self.record.count("server", "crashed between commit and answer");
        }
        self.server.working.clear();
        self.server.last_calendar = None;
        self.server.last_me.clear();
        self.server.down = true;
    }
}
