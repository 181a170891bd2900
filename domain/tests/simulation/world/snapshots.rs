//! The snapshots, as `backend` builds them from its rows.

use std::sync::Arc;

use chrono::{Duration, NaiveTime};
use domain::calendar::{Calendar, PublicKind, PublicOffer, SCHEMA, SkillLabel, public_kind};
use domain::id::MemberId;
use domain::ledger::standing;
use domain::me::Me;
use domain::members::{Aptitude, Known, Rights, Skill};
use domain::outcome::Marks;
use domain::sheet::Window;
use domain::shifts::Shift;
use domain::swaps::{Audience, Offer, OfferKind, OfferState};
use domain::time::{Instant, minus_days, monday_of, paris_day, paris_instant, plus_days};
use domain::watches::{Kept, Waiting, Watch};

use super::World;
use super::network::Snapshot;
use super::server::Server;

fn next_midnight(now: Instant) -> Instant {
    paris_instant(plus_days(paris_day(now), 1), NaiveTime::MIN)
}

impl Server {
    pub fn calendar(&self, now: Instant) -> Calendar {
        let board = &self.board;
        let monday = monday_of(paris_day(now));
        let (first, last) = (minus_days(monday, 56), plus_days(monday, 62));
        let mut shifts: Vec<_> = board.shifts.values().filter(|shift| (first..=last).contains(&shift.on)).cloned().collect();
        shifts.sort_by_key(|shift| (shift.starts_at, shift.id));
        let start = |offer: &Offer| board.start_of(offer.seat);
        let mut offers: Vec<PublicOffer> = board
            .offers
            .values()
            .filter(|offer| offer.is_open() && start(offer).is_some_and(|start| start >= now))
            .filter_map(|offer| {
                Some(PublicOffer {
                    id: offer.id,
                    seat: offer.seat,
                    member: offer.member,
                    kind: public_kind(&offer.kind)?,
                    note: offer.note.clone(),
                    created_at: offer.created_at,
                })
            })
            .collect();
        offers.sort_by_key(|offer| (offer.created_at, offer.id));
        let notice = Duration::hours(i64::from(board.rules.exchange_notice_h));
        let over = offers.iter().filter_map(|offer| {
            let start = board.start_of(offer.seat)?;
            Some(if offer.kind == PublicKind::Exchange { start - notice } else { start } + Duration::milliseconds(1))
        });
        let label = |skill: &str| SkillLabel { skill: Skill::parse(skill).expect("a skill"), label: skill.to_owned() };
        Calendar {
            schema: SCHEMA,
            marks: Marks::from([("calendar".to_owned(), self.calendar_mark)]),
            as_of: now,
            valid_until: over.filter(|at| *at > now).fold(next_midnight(now), Instant::min),
            rules: board.rules.clone(),
            opening: Vec::new(),
            skills: vec![label("animation"), label("caisse")],
            people: board.people.values().map(|person| (person.id, person.name.clone())).collect(),
            templates: board.templates.clone(),
            closures: Vec::new(),
            shifts,
            offers,
            kept: board.kept.values().map(|kept| Kept { whom: None, ..kept.clone() }).collect(),
        }
    }

    pub fn me(&self, member: MemberId, now: Instant) -> Me {
        let board = &self.board;
        let profile = self.profiles[&member].clone();
        let Known::Known(aptitude) = &board.people[&member].aptitude else { panic!("the server knows everybody") };
        let ended = |state: &OfferState| match state {
            OfferState::Open => None,
            OfferState::Done { at, .. }
            | OfferState::Withdrawn { at }
            | OfferState::Expired { at }
            | OfferState::Superseded { at } => Some(*at),
        };
        let mut offers: Vec<Offer> = board
            .offers
            .values()
            .filter(|offer| offer.member == member)
            .filter(|offer| ended(&offer.state).is_none_or(|at| at > now - Duration::days(28)))
            .cloned()
            .collect();
        offers.sort_by_key(|offer| (offer.created_at, offer.id));
        let mut proposals: Vec<_> = board
            .proposals
            .values()
            .filter(|proposal| [proposal.from, proposal.to].contains(&member))
            .filter(|proposal| proposal_ended(&proposal.state).is_none_or(|at| at > now - Duration::days(14)))
            .cloned()
            .collect();
        proposals.sort_by_key(|proposal| (proposal.created_at, proposal.id));
        let mut loops: Vec<_> =
            board.loops.values().filter(|suggested| suggested.asks == member && suggested.is_pending()).cloned().collect();
        loops.sort_by_key(|suggested| (suggested.created_at, suggested.id));
        let recent = |at: Instant| at > now - Duration::days(14);
        let rows = self.inbox.get(&member).into_iter().flatten();
        let mut inbox: Vec<_> = rows.filter(|row| row.seen_at.is_none() || recent(row.at)).cloned().collect();
        inbox.sort_by_key(|row| std::cmp::Reverse((row.at, row.id)));
        let mut ledger = self.ledger.get(&member).cloned().unwrap_or_default();
        ledger.sort_by_key(|entry| entry.on);
        let mut aptitude = aptitude.clone();
        aptitude.leaves.retain(|leave| leave.to >= paris_day(now));
        let offered_to_me = self.offered_to(member, now);
        let over = proposals.iter().filter(|known| known.is_pending()).map(|known| known.expires_at);
        let over = over.chain(loops.iter().map(|known| known.expires_at));
        let named = offered_to_me.iter().filter_map(|offer| board.start_of(offer.seat));
        let over = over.chain(named).map(|at| at + Duration::milliseconds(1));
        let mine = |shift: &&Shift| member == self.office || shift.seat_of(member).is_some();
        let near = |shift: &&Shift| shift.is_planned() && (shift.on - paris_day(now)).num_days().abs() <= 1;
        let windows = board.shifts.values().filter(near).filter(mine).filter_map(|shift| Window::of(shift).next(now));
        Me {
            schema: SCHEMA,
            marks: Marks::from([("me".to_owned(), self.own_mark(member))]),
            as_of: now,
            valid_until: over.filter(|at| *at > now).chain(windows).fold(next_midnight(now), Instant::min),
            rights: self.rights(member, &aptitude),
            profile,
            aptitude,
            standing: standing(&ledger, &board.rules, now),
            ledger,
            duty: Vec::new(),
            offers,
            offered_to_me,
            proposals,
            loops,
            inbox,
            preferences: self.preferences.get(&member).cloned().unwrap_or_default(),
            watches: self.watches_of(member),
            waiting: self.waiting_of(member),
            kept: board.kept.values().filter(|kept| kept.whom == Some(member)).cloned().collect(),
            has_device: false,
            calendar_since: None,
            address_bounced: false,
            sheets: Vec::new(),
            requests: Vec::new(),
            blocks: Vec::new(),
            read_briefs: Vec::new(),
            answers: Vec::new(),
            organises: Vec::new(),
            organises_public: Vec::new(),
            arrivals: Vec::new(),
            lists: Default::default(),
            supports: Vec::new(),
            reported: Vec::new(),
            joinings: Vec::new(),
            runs: Vec::new(),
            admits: Vec::new(),
            dossiers: Vec::new(),
            keeps_dossiers: Vec::new(),
            register: Default::default(),
            arriving: None,
            assemblies: Vec::new(),
            groups: Vec::new(),
        }
    }

    fn rights(&self, member: MemberId, aptitude: &Aptitude) -> Rights {
        let office = member == self.office;
        let groups = if office { vec!["administratif".to_owned()] } else { Vec::new() };
        Rights { office, lead: aptitude.skills.contains(&Skill::lead()), groups, ..Rights::default() }
    }

    fn watches_of(&self, member: MemberId) -> Vec<Watch> {
        let mut watches: Vec<Watch> =
            self.watches.get(&member).into_iter().flat_map(|watches| watches.values().cloned()).collect();
        watches.sort_by_key(|watch| (watch.since, watch.id));
        watches
    }

    fn waiting_of(&self, member: MemberId) -> Vec<Waiting> {
        let in_line = self.board.waiting.iter().filter_map(|(shift, line)| {
            let place = line.iter().position(|known| *known == member)? + 1;
            let since = self.waits_since.get(&(*shift, member)).copied()?;
            Some(Waiting { shift: *shift, since, place: u16::try_from(place).ok()? })
        });
        in_line.collect()
    }

    /// Open offers made to `member` by name; who else is named is none of their business.
    fn offered_to(&self, member: MemberId, now: Instant) -> Vec<Offer> {
        let names = |offer: &&Offer| match &offer.kind {
            OfferKind::Give { audience: Audience::Named { members } } => members.contains(&member),
            _ => false,
        };
        let to_come = |offer: &&Offer| self.board.start_of(offer.seat).is_some_and(|start| start >= now);
        let mut offered: Vec<Offer> = self
            .board
            .offers
            .values()
            .filter(|offer| offer.is_open())
            .filter(names)
            .filter(to_come)
            .map(|offer| Offer { kind: OfferKind::Give { audience: Audience::Named { members: vec![member] } }, ..offer.clone() })
            .collect();
        offered.sort_by_key(|offer| (offer.created_at, offer.id));
        offered
    }
}

fn proposal_ended(state: &domain::swaps::ProposalState) -> Option<Instant> {
    use domain::swaps::ProposalState::{Accepted, Expired, Pending, Refused, Superseded, Withdrawn};
    match state {
        Pending => None,
        Accepted { at } | Refused { at } | Withdrawn { at } | Expired { at } | Superseded { at } => Some(*at),
    }
}

impl World {
    /// The version that the process has, if it is still good; otherwise a new one.
    pub fn calendar_now(&mut self) -> Arc<Calendar> {
        let (now, mark) = (self.now, self.server.calendar_mark);
        if let Some(known) = &self.server.last_calendar
            && now < known.valid_until
            && known.marks.get("calendar") == Some(&mark)
        {
            return known.clone();
        }
        let built = Arc::new(self.server.calendar(now));
        self.server.last_calendar = Some(built.clone());
        self.server.built.insert((None, mark, now), Snapshot::Calendar(built.clone()));
        built
    }

    pub fn me_now(&mut self, member: MemberId) -> Arc<Me> {
        let (now, mark) = (self.now, self.server.own_mark(member));
        if let Some(known) = self.server.last_me.get(&member)
            && now < known.valid_until
            && known.marks.get("me") == Some(&mark)
        {
            return known.clone();
        }
        let built = Arc::new(self.server.me(member, now));
        self.server.last_me.insert(member, built.clone());
        self.server.built.insert((Some(member), mark, now), Snapshot::Me(built.clone()));
        built
    }

    pub fn both_of(&self, member: MemberId, now: Instant) -> (Calendar, Me) {
        (self.server.calendar(now), self.server.me(member, now))
    }
}
