//! A small language in which the rules' tests are told.
//!
//! It is Monday 23 November 2026, 9 h in Paris. A shift is named by its day, its hour and, unless
//! it is this week's, how many weeks later: `"sat 9h"`, `"thu 18h +1"`. Its team is written seat by
//! seat: `"Solène* Camille _ _:caisse"`, where `*` is the lead's seat, `_` an empty one and `:` the
//! skill that it asks for.
#![allow(dead_code, reason = "each suite speaks a part of the language")]

use std::collections::BTreeSet;

use chrono::{Duration, NaiveDate, NaiveTime, Weekday};
use domain::board::Board;
use domain::command::Command;
use domain::decide::{Decision, Effects, decide};
use domain::effect::Effect;
use domain::eligibility::overlaps;
use domain::id::{MemberId, OfferId, ProposalId, SeatId, ShiftId, TemplateId};
use domain::members::{Aptitude, Known, Person, ShortName, Skill};
use domain::notice::Notice;
use domain::reason::Reason;
use domain::rules::Rules;
use domain::shifts::{Seat, Shift, ShiftState, ShiftTemplate, shift_id};
use domain::swaps::{Audience, Offer, Pattern, Proposal};
use domain::time::{Cycle, CycleWeek, Instant, paris_instant, plus_days};
use uuid::Uuid;

pub const CAST: [&str; 6] = ["Camille", "Karim", "Léa", "Hugo", "Nour", "Solène"];

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

pub fn clock(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).expect("a time of the day")
}

pub fn hours(hours: i64) -> Duration {
    Duration::hours(hours)
}

pub fn monday() -> NaiveDate {
    day(2026, 11, 23)
}

/// A week A begins on our Monday.
pub fn cycle() -> Cycle {
    Cycle::anchored_on(monday()).expect("a Monday")
}

pub fn member(name: &str) -> MemberId {
    MemberId(Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()))
}

/// The shift that a name like `"thu 18h +1"` means.
pub fn shift(name: &str) -> ShiftId {
    let (day, hour, _) = parsed(name);
    shift_id(template(day.format("%a").to_string().as_str(), hour), day)
}

fn template(weekday: &str, hour: u32) -> TemplateId {
    TemplateId(Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{weekday} {hour}").as_bytes()))
}

fn parsed(name: &str) -> (NaiveDate, u32, u32) {
    let mut words = name.split(' ');
    let weekday: Weekday = words.next().expect("a weekday").parse().expect("a weekday");
    let (hour, minute) = words.next().and_then(|word| word.split_once('h')).expect("an hour: 9h or 9h30");
    let weeks: u64 = words.next().map_or(0, |word| word.trim_start_matches('+').parse().expect("+ weeks"));
    let days = 7 * weeks + u64::from(weekday.num_days_from_monday());
    (plus_days(monday(), days), hour.parse().expect("an hour"), minute.parse().unwrap_or(0))
}

#[derive(Clone)]
pub struct Coop {
    pub board: Board,
    pub now: Instant,
    made: u128,
    /// Everything that anybody was told so far.
    pub told: Vec<(MemberId, Notice)>,
}

/// What came of an act that was allowed.
#[derive(Debug)]
pub struct Came {
    pub effects: Effects,
    /// What the act created, if it creates something.
    pub id: Uuid,
}

impl Came {
    pub fn offer(&self) -> OfferId {
        OfferId(self.id)
    }
    pub fn proposal(&self) -> ProposalId {
        ProposalId(self.id)
    }
}

pub type Answer = Result<Came, Reason>;

impl Coop {
    pub fn new() -> Coop {
        let mut board = Board::new(Rules::on(cycle()));
        for name in CAST {
            let aptitude = Aptitude { active: true, skills: BTreeSet::new(), leaves: Vec::new(), experienced: true };
            let person = Person { id: member(name), name: ShortName::new(name, name), aptitude: Known::Known(aptitude) };
            board.people.insert(person.id, person);
        }
        Coop { board, now: paris_instant(monday(), clock(9, 0)), made: 0, told: Vec::new() }
    }

    // — what there is —

    /// Three hours with this team.
    pub fn shift(self, name: &str, team: &str) -> Coop {
        self.shift_until(name, 180, team)
    }

    pub fn shift_until(mut self, name: &str, minutes: i64, team: &str) -> Coop {
        let (on, hour, minute) = parsed(name);
        let starts_at = paris_instant(on, clock(hour, minute));
        let seats: Vec<Seat> = team.split_whitespace().map(seat).collect();
        for (holder, lead) in seats.iter().filter_map(|seat| Some((seat.holder?, seat.lead))) {
            if lead {
                self = self.who(&name_of(holder), |who| {
                    who.skills.insert(Skill::lead());
                });
            }
        }
        let id = shift(name);
        self.board.shifts.insert(
            id,
            Shift {
                id,
                template: template(&on.format("%a").to_string(), hour),
                on,
                starts_at,
                ends_at: starts_at + Duration::minutes(minutes),
                state: ShiftState::Planned,
                minimum: 0,
                seats,
            },
        );
        self
    }

    pub fn minimum(mut self, name: &str, minimum: u8) -> Coop {
        self.board.shifts.get_mut(&shift(name)).expect("a shift").minimum = minimum;
        self
    }

    pub fn who(mut self, name: &str, change: impl FnOnce(&mut Aptitude)) -> Coop {
        let person = self.board.people.get_mut(&member(name)).expect("somebody of the cast");
        let Known::Known(aptitude) = &mut person.aptitude else { panic!("{name} is unknown") };
        change(aptitude);
        self
    }

    pub fn first_timer(self, name: &str) -> Coop {
        self.who(name, |who| who.experienced = false)
    }

    pub fn skilled(self, name: &str, skill: &str) -> Coop {
        let skill = Skill::parse(skill).expect("a skill");
        self.who(name, |who| {
            who.skills.insert(skill);
        })
    }

    /// What a browser knows of somebody else.
    pub fn unknown(mut self, name: &str) -> Coop {
        self.board.people.get_mut(&member(name)).expect("somebody").aptitude = Known::Unknown;
        self
    }

    pub fn rules(mut self, change: impl FnOnce(&mut Rules)) -> Coop {
        change(&mut self.board.rules);
        self
    }

    /// A recurring shift that is not generated yet.
    pub fn template(mut self, name: &str) -> Coop {
        let (on, hour, minute) = parsed(name);
        self.board.templates.push(ShiftTemplate {
            id: template(&on.format("%a").to_string(), hour),
            week: CycleWeek::ALL[usize::from(self.board.rules.cycle.week_of(on).index())],
            weekday: chrono::Datelike::weekday(&on),
            from: clock(hour, minute),
            to: clock(hour + 3, minute),
            minimum: 0,
            tasks: Vec::new(),
            seats: Vec::new(),
        });
        self
    }

    /// It is this long before a shift.
    pub fn before(mut self, name: &str, time: Duration) -> Coop {
        self.now = self.start(name) - time;
        self
    }

    pub fn later(&mut self, time: Duration) -> &mut Coop {
        self.now += time;
        self
    }

    // — what people do —

    pub fn decide(&self, name: &str, command: &Command) -> Decision {
        decide(&self.board, command, member(name), self.now)
    }

    /// Does it, as the server would; the co-op must be sound afterwards.
    pub fn does(&mut self, name: &str, command: Command) -> Answer {
        let effects = match self.decide(name, &command) {
            Decision::Yes(effects) => effects,
            Decision::Probably(_, missing) => panic!("{name} cannot be sure: {missing:?}"),
            Decision::No(reason) => return Err(reason),
        };
        self.apply(&effects.list);
        Ok(Came { effects, id: Uuid::from_u128(self.made) })
    }

    pub fn apply(&mut self, list: &[Effect]) {
        for effect in list {
            if let Effect::SeatMoved { seat, from, .. } = effect {
                let untouched = !list
                    .iter()
                    .any(|other| other != effect && matches!(other, Effect::SeatMoved { seat: same, .. } if same == seat));
                assert!(untouched, "a seat moves once in one act");
                assert_eq!(self.board.holder(*seat), *from, "a seat moves from its holder");
            }
            if let Effect::Told { member, notice } = effect {
                self.told.push((*member, notice.clone()));
            }
        }
        self.board.apply_all(list);
        self.assert_sound();
    }

    pub fn takes(&mut self, name: &str, on: &str) -> Answer {
        let seat = self.free(on);
        self.does(name, Command::TakeSeat { seat })
    }

    pub fn gives(&mut self, name: &str, on: &str) -> Answer {
        self.gives_to(name, on, Audience::Anyone)
    }

    pub fn gives_to(&mut self, name: &str, on: &str, audience: Audience) -> Answer {
        let (offer, seat) = (OfferId(self.new_id()), self.seat(name, on));
        self.does(name, Command::GiveSeat { offer, seat, audience, note: String::new() })
    }

    pub fn exchanges(&mut self, name: &str, on: &str, wishes: &[&str]) -> Answer {
        let (offer, seat) = (OfferId(self.new_id()), self.seat(name, on));
        let wishes = wishes.iter().map(|wish| shift(wish)).collect();
        self.does(name, Command::ExchangeSeat { offer, seat, wishes, patterns: Vec::new(), note: String::new() })
    }

    pub fn exchanges_for(&mut self, name: &str, on: &str, pattern: Pattern) -> Answer {
        let (offer, seat) = (OfferId(self.new_id()), self.seat(name, on));
        let patterns = vec![pattern];
        self.does(name, Command::ExchangeSeat { offer, seat, wishes: Vec::new(), patterns, note: String::new() })
    }

    pub fn ticks(&mut self, name: &str, offer: OfferId, wishes: &[&str]) -> Answer {
        let wishes = wishes.iter().map(|wish| shift(wish)).collect();
        self.does(name, Command::SetWishes { offer, wishes, patterns: Vec::new() })
    }

    pub fn withdraws(&mut self, name: &str, offer: OfferId) -> Answer {
        self.does(name, Command::WithdrawOffer { offer })
    }

    pub fn claims(&mut self, name: &str, offer: OfferId) -> Answer {
        self.does(name, Command::ClaimOffer { offer, instead_of: None, secret: None })
    }

    pub fn claims_instead_of(&mut self, name: &str, offer: OfferId, on: &str) -> Answer {
        let instead_of = Some(self.seat(name, on));
        self.does(name, Command::ClaimOffer { offer, instead_of, secret: None })
    }

    pub fn moves(&mut self, name: &str, from: &str, to: &str) -> Answer {
        let (from, to) = (self.seat(name, from), self.free(to));
        self.does(name, Command::MoveSeat { from, to })
    }

    pub fn proposes(&mut self, name: &str, mine: &str, other: &str, theirs: &str) -> Answer {
        let (mine, theirs) = (self.seat(name, mine), self.seat(other, theirs));
        let proposal = ProposalId(self.new_id());
        self.does(name, Command::ProposeSwap { proposal, mine, theirs, note: String::new() })
    }

    pub fn accepts(&mut self, name: &str, proposal: ProposalId) -> Answer {
        self.does(name, Command::AcceptProposal { proposal })
    }

    // — what is seen —

    pub fn start(&self, name: &str) -> Instant {
        self.board.shifts.get(&shift(name)).expect("a shift").starts_at
    }

    /// Who holds what on a shift, as it was written.
    pub fn team(&self, name: &str) -> String {
        let shift = self.board.shifts.get(&shift(name)).expect("a shift");
        let seats = shift.seats.iter().map(|seat| {
            let holder = seat.holder.map_or("_".to_owned(), name_of);
            let skill = seat.skill.as_ref().map_or(String::new(), |skill| format!(":{skill}"));
            format!("{holder}{}{skill}", if seat.lead { "*" } else { "" })
        });
        seats.collect::<Vec<_>>().join(" ")
    }

    /// The seat of somebody on a shift, or the first one when they hold none.
    pub fn seat(&self, name: &str, on: &str) -> SeatId {
        let held = self.board.shifts.get(&shift(on)).and_then(|shift| shift.seat_of(member(name)));
        held.unwrap_or(SeatId::new(shift(on), 0))
    }

    /// The first empty seat of a shift, or its first one when it has none.
    pub fn free(&self, on: &str) -> SeatId {
        let found = self
            .board
            .shifts
            .get(&shift(on))
            .and_then(|shift| shift.seat_ids().find(|id| shift.seat(*id).is_some_and(|seat| seat.holder.is_none())));
        found.unwrap_or(SeatId::new(shift(on), 0))
    }

    pub fn offer(&self, id: OfferId) -> &Offer {
        self.board.offers.get(&id).expect("an offer")
    }

    pub fn proposal(&self, id: ProposalId) -> &Proposal {
        self.board.proposals.get(&id).expect("a proposal")
    }

    pub fn was_told(&self, name: &str, is: impl Fn(&Notice) -> bool) -> bool {
        self.told.iter().any(|(to, notice)| *to == member(name) && is(notice))
    }

    pub fn new_id(&mut self) -> Uuid {
        self.made += 1;
        Uuid::from_u128(self.made)
    }

    /// What is true of every co-op, whatever happened.
    pub fn assert_sound(&self) {
        let planned: Vec<&Shift> = self.board.shifts.values().filter(|shift| shift.is_planned()).collect();
        for shift in &planned {
            let holders: Vec<_> = shift.holders().collect();
            let once: BTreeSet<_> = holders.iter().collect();
            assert_eq!(holders.len(), once.len(), "somebody sits twice on one shift");
        }
        for person in self.board.people.keys() {
            let held = self.board.held_by(*person);
            for (at, one) in held.iter().enumerate() {
                for other in &held[at + 1..] {
                    assert!(!overlaps(&self.board, one, other), "{} is in two places", name_of(*person));
                }
            }
        }
        let open: Vec<&Offer> = self.board.offers.values().filter(|offer| offer.is_open()).collect();
        for offer in &open {
            assert_eq!(self.board.holder(offer.seat), Some(offer.member), "an open offer is its holder's");
        }
        let seats: BTreeSet<_> = open.iter().map(|offer| offer.seat).collect();
        assert_eq!(seats.len(), open.len(), "a seat has one open offer");
        for proposal in self.board.proposals.values().filter(|proposal| proposal.is_pending()) {
            assert_eq!(self.board.holder(proposal.mine), Some(proposal.from), "a pending proposal is its holder's");
            assert_eq!(self.board.holder(proposal.theirs), Some(proposal.to), "a pending proposal asks the holder");
        }
        for suggested in self.board.loops.values().filter(|suggested| suggested.is_pending()) {
            for leg in &suggested.legs {
                assert_eq!(self.board.holder(leg.gives), Some(leg.member), "a pending loop is of holders");
                assert!(self.offer(leg.offer).is_open(), "a pending loop rests on open offers");
            }
        }
    }
}

pub fn name_of(id: MemberId) -> String {
    CAST.iter().find(|name| member(name) == id).map_or_else(|| id.to_string(), |name| (*name).to_owned())
}

fn seat(word: &str) -> Seat {
    let (who, skill) = word.split_once(':').map_or((word, None), |(who, skill)| (who, Skill::parse(skill)));
    let lead = who.ends_with('*');
    let holder = match who.trim_end_matches('*') {
        "_" => None,
        name => Some(member(name)),
    };
    Seat { lead, skill, holder }
}
