//! One scene per kind of notice: the co-op as it is when that notice is true for somebody.

#[path = "assemblies.rs"]
mod assemblies;
#[path = "desk_scenes.rs"]
mod desk_scenes;

use chrono::NaiveDate;
use domain::brief::id_of;
use domain::catalogue::Verdict;
use domain::event::{Changed, Reminded};
use domain::id::{
    BlockId, EventId, GroupId, JoiningId, MeetingId, MemberId, OfferId, PictureId, RequestId, SeatId, ShiftId, SuggestionId,
};
use domain::notice::Notice;
use domain::notify::Kind;
use domain::sheet::{Mishap, Trouble};
use domain::shifts::Treatment;
use domain::swaps::Leg;
use domain::time::{Instant, plus_days};
use uuid::Uuid;

use crate::coop::{Coop, today};

const PUBLISHED: &str = "{\"published\":{\"at\":\"2026-12-01T07:00:00Z\"}}";

/// Days on which nothing has been played yet.
pub struct Stage<'a> {
    coop: &'a Coop,
    lead: MemberId,
    /// With whom everything is played.
    other: MemberId,
    day: u64,
}

impl<'a> Stage<'a> {
    pub async fn new(coop: &'a Coop, lead: MemberId) -> Stage<'a> {
        Stage { coop, lead, other: coop.member("Karim").await, day: 1 }
    }

    /// Plays what this kind is about, with `who` in it; gives what they are told.
    pub async fn scene(&mut self, kind: Kind, who: MemberId) -> Notice {
        self.day += 1;
        let (coop, other, lead) = (self.coop, self.other, self.lead);
        // A morning with a place for the lead, and an afternoon: `mine` and `theirs` by habit.
        let (morning, afternoon) = (coop.shift(self.day, 9, 4).await, coop.shift(self.day, 14, 2).await);
        let (mine, theirs) = (SeatId::new(morning, 0), SeatId::new(afternoon, 0));
        let (beside, leads, free) = (SeatId::new(morning, 1), SeatId::new(morning, 2), SeatId::new(morning, 3));
        coop.asks(leads, true, None).await;
        if !matches!(kind, Kind::TeamChanged | Kind::NotSeenYet | Kind::LeadMissing) {
            coop.sits(lead, leads).await;
        }
        match kind {
            Kind::SeatClaimed => {
                coop.sits(other, mine).await;
                self.moved(mine, who, other).await;
                Notice::SeatClaimed { seat: mine, by: other }
            }
            Kind::LoopClosed => {
                self.swapped(who, mine, theirs).await;
                let offer = OfferId(Uuid::nil());
                Notice::LoopClosed {
                    legs: vec![
                        Leg { offer, member: who, gives: theirs, takes: mine },
                        Leg { offer, member: other, gives: mine, takes: theirs },
                    ],
                }
            }
            Kind::SwapAccepted => {
                self.swapped(who, mine, theirs).await;
                Notice::SwapAccepted { gave: theirs, got: mine, with: other }
            }
            Kind::ShiftClosed => {
                coop.sits(who, mine).await;
                self.closed(morning).await;
                Notice::ShiftClosed { shift: morning, why: "Neige".into(), treatment: Treatment::Excused }
            }
            Kind::OfferExpired => {
                coop.sits(who, mine).await;
                Notice::OfferExpired { seat: mine }
            }
            Kind::ProposalReceived => {
                self.both(who, mine, theirs).await;
                self.proposes(theirs, who, mine).await;
                Notice::ProposalReceived { mine: theirs, theirs: mine, from: other }
            }
            Kind::ProposalRefused => {
                self.both(who, mine, theirs).await;
                Notice::ProposalRefused { mine, theirs, by: other }
            }
            Kind::ProposalClosed => {
                self.both(who, mine, theirs).await;
                Notice::ProposalClosed { mine, theirs }
            }
            Kind::SeatOffered => {
                coop.sits(other, theirs).await;
                let offer = self.offers(other, theirs, "give").await;
                coop.sql(&format!("insert into offer_named values ('{offer}', '{who}')")).await;
                Notice::SeatOffered { seat: theirs, from: other }
            }
            Kind::LoopSuggested => {
                self.both(who, mine, theirs).await;
                self.lacks_a_yes(who, mine, theirs).await;
                Notice::LoopSuggested { gives: mine, takes: theirs }
            }
            Kind::WishClosed => {
                coop.sits(who, mine).await;
                let offer = self.offers(who, mine, "exchange").await;
                coop.sql(&format!("insert into wish values ('{offer}', '{afternoon}', '{}')", today())).await;
                self.closed(afternoon).await;
                Notice::WishClosed { shift: afternoon, why: "Neige".into() }
            }
            Kind::TeamChanged => {
                coop.sits(who, leads).await;
                coop.sits(other, mine).await;
                Notice::TeamChanged { shift: morning, left: None, joined: Some(other) }
            }
            Kind::TeamWarned => {
                coop.sits(who, mine).await;
                coop.sits(other, beside).await;
                Notice::TeamWarned { shift: morning, by: other, note: "Mon fils a 39".into() }
            }
            Kind::LeadMissing => Notice::LeadMissing { shift: morning, within_h: 24 },
            Kind::NotSeenYet => {
                coop.sits(who, leads).await;
                coop.sits(other, mine).await;
                Notice::NotSeenYet { shift: morning, who: other }
            }
            Kind::UrgentCall => {
                for seat in [mine, beside, free] {
                    coop.asks(seat, false, Some("caisse")).await;
                }
                Notice::UrgentCall { shift: morning, by: lead, note: "Appelle-moi au 06 12 34 56 78".into() }
            }
            Kind::ShopReported => {
                coop.in_office(who).await;
                Notice::ShopReported { shift: morning, by: other, what: Trouble::TillClosed, note: String::new() }
            }
            Kind::IncidentReported => {
                coop.in_group(who, "distribution").await;
                Notice::IncidentReported { shift: morning, by: other, what: Mishap::Breakage, text: "Porte du frigo".into() }
            }
            Kind::RequestReceived => {
                coop.in_office(who).await;
                Notice::RequestReceived { request: self.asks(other).await, from: other }
            }
            Kind::RequestAnswered => {
                let request = self.asks(who).await;
                coop.sql(&format!(
                    "insert into leave_request_answer (request_id, state, by_member, at)
                     values ('{request}', 'granted', '{other}', '{}')",
                    today()
                ))
                .await;
                Notice::RequestAnswered { request }
            }
            Kind::BriefWanted => {
                coop.in_group(who, "distribution").await;
                let monday = self.brief("\"collecting\"").await;
                Notice::BriefWanted { monday, until: today() + chrono::Duration::days(5) }
            }
            Kind::BriefToReview => {
                coop.in_group(who, "communication").await;
                let asked = format!("{{\"review\":{{\"asked\":{{\"by\":\"{other}\",\"at\":\"2026-12-01T07:00:00Z\"}}}}}}");
                Notice::BriefToReview { monday: self.brief(&asked).await, by: Some(other) }
            }
            Kind::BriefMissed => {
                coop.in_group(who, "communication").await;
                Notice::BriefMissed { monday: self.brief("{\"missed\":{\"at\":\"2026-12-01T07:00:00Z\"}}").await }
            }
            Kind::BriefOut => Notice::BriefOut { monday: self.brief("{\"published\":{\"at\":\"2026-12-01T07:00:00Z\"}}").await },
            Kind::BlockRefused => {
                let state =
                    format!("{{\"refused\":{{\"at\":\"2026-12-01T07:00:00Z\",\"by\":\"{other}\",\"word\":\"Trop tôt\"}}}}");
                let (block, _) = self.writes(who, &state).await;
                Notice::BlockRefused { block, title: "La fête".into(), word: "Trop tôt".into() }
            }
            Kind::BlockKept => {
                let (block, monday) = self.writes(who, "\"proposed\"").await;
                Notice::BlockKept { block, title: "La fête".into(), monday }
            }
            Kind::EventChanged => {
                let (event, title, starts_at) = self.event(who, PUBLISHED, "'maybe', null").await;
                let changed = vec![Changed::Place { was: "Au parc".into(), is: "À la coop".into() }];
                Notice::EventChanged { event, title, starts_at, changed }
            }
            Kind::EventCancelled => {
                let cancelled = "{\"cancelled\":{\"at\":\"2026-12-01T07:00:00Z\",\"word\":\"Neige\"}}";
                let (event, title, starts_at) = self.event(who, cancelled, "'seated', null").await;
                Notice::EventCancelled { event, title, starts_at, word: "Neige".into() }
            }
            Kind::EventPromoted => {
                let (event, title, starts_at) = self.event(who, PUBLISHED, "'seated', null").await;
                Notice::EventPromoted { event, title, starts_at }
            }
            Kind::EventSeatsFree => {
                let (event, title, starts_at) = self.event(who, PUBLISHED, "'waiting', 1").await;
                Notice::EventSeatsFree { event, title, starts_at, free: 2 }
            }
            Kind::EventReminder => {
                let (event, title, starts_at) = self.event(who, PUBLISHED, "'seated', null").await;
                Notice::EventReminder { event, title, starts_at, place: "À la coop".into(), when: Reminded::SameDay }
            }
            Kind::CarpoolWithdrawn => {
                let (event, title, starts_at) = self.event(who, PUBLISHED, "'seated', null").await;
                Notice::CarpoolWithdrawn { event, title, starts_at, by: other }
            }
            Kind::EventWord => {
                let (event, title, starts_at) = self.event(who, PUBLISHED, "'maybe', null").await;
                Notice::EventWord { event, title, starts_at, text: "Pense à ton bol".into() }
            }
            Kind::PhotoPutBack => {
                let (event, title, starts_at) = self.event(who, PUBLISHED, "'no', null").await;
                let (picture, word) = (PictureId(coop.id()), "On ne voit que la soupe".to_owned());
                coop.sql(&format!(
                    "insert into event_photo (event_picture_id, event_id, by_member, at, alt, width, height, asked_by, asked_at,
                        back_by, back_at, word)
                     values ('{picture}', '{event}', '{other}', '{now}', 'La soupe', 800, 600, '{who}', '{now}',
                        '{other}', '{now}', '{word}')",
                    now = today()
                ))
                .await;
                Notice::PhotoPutBack { event, picture, title, starts_at, word }
            }
            Kind::SuggestionAnswered => {
                let (suggestion, why) = (SuggestionId(coop.id()), "Trop cher".to_owned());
                coop.sql(&format!(
                    "insert into suggestion (suggestion_id, text, by_member, at, answer) values ('{suggestion}', 'Du tempeh', '{who}',
                        '{now}', jsonb_build_object('verdict', 'no', 'why', '{why}', 'by', '{other}', 'at', '{now}'))",
                    now = today().to_rfc3339()
                ))
                .await;
                Notice::SuggestionAnswered { suggestion, text: "Du tempeh".into(), verdict: Verdict::No, why }
            }
            Kind::JoinAsked => {
                let (group, name) = self.group_of(who, Some(true)).await;
                let joining = self.joining(group, other, None, "\"pending\"").await;
                Notice::JoinAsked { joining, group, name, from: other }
            }
            Kind::JoinAnswered => {
                let (group, name) = self.group_of(other, Some(true)).await;
                let accepted = format!("{{\"accepted\":{{\"at\":\"2026-12-01T07:00:00Z\",\"by\":\"{other}\"}}}}");
                let joining = self.joining(group, who, None, &accepted).await;
                Notice::JoinAnswered { joining, group, name, who, accepted: true, word: "Bienvenue".into() }
            }
            Kind::GroupInvited => {
                let (group, name) = self.group_of(other, Some(true)).await;
                let joining = self.joining(group, who, Some(other), "\"pending\"").await;
                Notice::GroupInvited { joining, group, name, by: other, word: String::new() }
            }
            Kind::GroupLeft => {
                let (group, name) = self.group_of(who, Some(true)).await;
                Notice::GroupLeft { group, name, who: other }
            }
            Kind::RemovedFromGroup => {
                let (group, name) = self.group_of(who, None).await;
                coop.sql(&format!(
                    "insert into group_act (group_act_id, group_id, what, about, by_member, at)
                     values ('{}', '{group}', 'retirer', '{who}', '{other}', '{}')",
                    coop.id(),
                    today()
                ))
                .await;
                Notice::RemovedFromGroup { group, name, by: other, word: "Plus de nouvelles".into() }
            }
            Kind::ReferentNamed => {
                let (group, name) = self.group_of(who, Some(true)).await;
                Notice::ReferentNamed { group, name, by: other }
            }
            Kind::ReferentWanted => {
                let (group, name) = self.group_of(who, Some(false)).await;
                Notice::ReferentWanted { group, name }
            }
            Kind::MandatesLapse => {
                let on = self.seated(who).await;
                Notice::MandatesLapse { on, members: vec![who] }
            }
            Kind::MeetingSet => {
                self.seated(who).await;
                let (meeting, starts_at) = self.meeting("null").await;
                Notice::MeetingSet { meeting, starts_at, place: "À la coop".into() }
            }
            Kind::MeetingCancelled => {
                self.seated(who).await;
                let (meeting, starts_at) = self.meeting("'Neige'").await;
                Notice::MeetingCancelled { meeting, starts_at, word: "Neige".into() }
            }
            Kind::DossierHanded | Kind::DossierDue | Kind::Deputised | Kind::ObjectiveSet => self.of_desk(kind, who).await,
            Kind::DoneForYou => Notice::DoneForYou { whom: who, by: other, act: "take_seat".into() },
            Kind::AssemblyConvoked | Kind::AssemblyOff | Kind::AssemblyRole | Kind::ProxyGiven | Kind::ProxyEnded => {
                self.of_assembly(kind, who).await
            }
            Kind::SeatOpened => Notice::SeatOpened { shift: morning },
            Kind::SeatHeld => {
                let until = today() + chrono::Duration::hours(2);
                coop.sql(&format!(
                    "insert into waiting (shift_id, member_id, since) values ('{morning}', '{who}', '{}');
                     insert into kept_seat values ('{morning}', {}, '{who}', '{until}')",
                    today(),
                    free.position
                ))
                .await;
                Notice::SeatHeld { seat: free, until }
            }
            Kind::Reminder => {
                coop.sits(who, mine).await;
                Notice::Reminder { shift: morning }
            }
        }
    }

    async fn asks(&self, who: MemberId) -> RequestId {
        let request = RequestId(self.coop.id());
        self.coop
            .sql(&format!(
                "insert into leave_request (request_id, member_id, what, from_on, to_on, why, asked_at)
                 values ('{request}', '{who}', 'pause', '2026-12-21', '2027-01-17', 'Un chantier', '{}')",
                today()
            ))
            .await;
        request
    }

    /// A Monday of its own, whose brief is so far.
    async fn brief(&self, stage: &str) -> NaiveDate {
        let monday = plus_days("2027-01-04".parse().unwrap(), 7 * self.day);
        self.coop
            .sql(&format!("insert into brief (brief_id, monday, stage) values ('{}', '{monday}', '{stage}')", id_of(monday)))
            .await;
        monday
    }

    /// A contribution of theirs.
    async fn writes(&self, who: MemberId, state: &str) -> (BlockId, NaiveDate) {
        let (block, monday) = (BlockId(self.coop.id()), "2026-12-07".parse().unwrap());
        self.coop.in_group(self.other, "sociale").await;
        self.coop
            .sql(&format!(
                "insert into brief_block (block_id, monday, by_member, group_id, said, state, proposed_at)
                 select '{block}', '{monday}', '{who}', group_id, '{{\"title\":\"La fête\"}}', '{state}', '{}'
                 from working_group where slug = 'sociale'",
                today()
            ))
            .await;
        (block, monday)
    }

    /// An event of three weeks later with two seats, to which they answered so.
    async fn event(&self, who: MemberId, state: &str, standing: &str) -> (EventId, String, Instant) {
        let (event, title) = (EventId(self.coop.id()), "Soirée soupe".to_owned());
        let starts_at = today() + chrono::Duration::days(21);
        self.coop.in_group(self.other, "sociale").await;
        let details =
            format!("{{\"title\":\"{title}\",\"place\":{{\"name\":\"À la coop\"}},\"for_whom\":\"members\",\"price\":\"free\"}}");
        self.coop
            .sql(&format!(
                "insert into event (event_id, group_id, details, starts_at, ends_at, closes_at, capacity, state, edited_at, by_member)
                 select '{event}', group_id, '{details}', '{starts_at}', '{}', '{starts_at}', 2, '{state}', '{}', '{}'
                 from working_group where slug = 'sociale';
                 insert into event_party (event_id, member_id, standing, ticket, answered_at)
                 values ('{event}', '{who}', {standing}, '{}')",
                starts_at + chrono::Duration::hours(3),
                today(),
                self.other,
                today()
            ))
            .await;
        (event, title, starts_at)
    }

    /// A working group of its own, to which they belong where it is said how: whether they answer for it.
    async fn group_of(&self, who: MemberId, referent: Option<bool>) -> (GroupId, String) {
        let (group, name) = (GroupId(self.coop.id()), "Potager".to_owned());
        self.coop
            .sql(&format!(
                "insert into working_group (group_id, slug, name, role, rank) values ('{group}', 'potager-{group}', '{name}', '', 0)"
            ))
            .await;
        if let Some(referent) = referent {
            self.coop
                .sql(&format!("insert into group_member (group_id, member_id, referent) values ('{group}', '{who}', {referent})"))
                .await;
        }
        (group, name)
    }

    async fn joining(&self, group: GroupId, who: MemberId, invited_by: Option<MemberId>, state: &str) -> JoiningId {
        let joining = JoiningId(self.coop.id());
        let invited_by = invited_by.map_or_else(|| "null".to_owned(), |by| format!("'{by}'"));
        self.coop
            .sql(&format!(
                "insert into group_joining (joining_id, group_id, member_id, invited_by, at, state)
                 values ('{joining}', '{group}', '{who}', {invited_by}, '{}', '{state}')",
                today()
            ))
            .await;
        joining
    }

    /// They sit on the committee until the day that it gives.
    async fn seated(&self, who: MemberId) -> NaiveDate {
        let until = plus_days("2027-01-20".parse().unwrap(), self.day);
        self.coop
            .sql(&format!(
                "insert into mandate (mandate_id, member_id, from_on, to_on) values ('{}', '{who}', '2026-06-13', '{until}')",
                self.coop.id()
            ))
            .await;
        until
    }

    async fn meeting(&self, cancelled: &str) -> (MeetingId, Instant) {
        let (meeting, starts_at) = (MeetingId(self.coop.id()), today() + chrono::Duration::days(9));
        self.coop
            .sql(&format!(
                "insert into coordination_meeting (meeting_id, starts_at, ends_at, place, cancelled, by_member, at)
                 values ('{meeting}', '{starts_at}', '{}', 'À la coop', {cancelled}, '{}', '{}')",
                starts_at + chrono::Duration::hours(2),
                self.other,
                today()
            ))
            .await;
        (meeting, starts_at)
    }

    async fn both(&self, who: MemberId, mine: SeatId, theirs: SeatId) {
        self.coop.sits(who, mine).await;
        self.coop.sits(self.other, theirs).await;
    }

    /// `who` had `theirs`, and has `mine`.
    async fn swapped(&self, who: MemberId, mine: SeatId, theirs: SeatId) {
        self.both(who, mine, theirs).await;
        self.moved(theirs, who, self.other).await;
        self.moved(mine, self.other, who).await;
    }

    async fn moved(&self, seat: SeatId, from: MemberId, to: MemberId) {
        let (shift, position) = (seat.shift, seat.position);
        self.coop
            .sql(&format!(
                "insert into seat_history (shift_id, position, at, from_member, to_member, how)
                 values ('{shift}', {position}, '{}', '{from}', '{to}', 'claimed')",
                today()
            ))
            .await;
    }

    async fn closed(&self, shift: ShiftId) {
        self.coop
            .sql(&format!("update shift set closed_why = 'Neige', closed_treatment = 'excused' where shift_id = '{shift}'"))
            .await;
    }

    async fn offers(&self, who: MemberId, seat: SeatId, how: &str) -> OfferId {
        let (offer, shift, position) = (self.coop.offer_id(), seat.shift, seat.position);
        let audience = if how == "give" { "'named'" } else { "null" };
        self.coop
            .sql(&format!(
                "insert into offer (offer_id, shift_id, position, member_id, kind, audience, created_at, state)
                 values ('{offer}', '{shift}', {position}, '{who}', '{how}', {audience}, '{}', 'open')",
                today()
            ))
            .await;
        offer
    }

    async fn proposes(&self, mine: SeatId, to: MemberId, theirs: SeatId) {
        self.coop
            .sql(&format!(
                "insert into proposal (proposal_id, from_member, from_shift, from_position, to_member, to_shift, to_position,
                    created_at, expires_at, state)
                 values ('{}', '{}', '{}', {}, '{to}', '{}', {}, '{}', '2026-12-09', 'pending')",
                self.coop.id(),
                self.other,
                mine.shift,
                mine.position,
                theirs.shift,
                theirs.position,
                today()
            ))
            .await;
    }

    async fn lacks_a_yes(&self, asks: MemberId, mine: SeatId, theirs: SeatId) {
        let found = self.coop.id();
        self.coop
            .sql(&format!("insert into suggested_loop values ('{found}', '{asks}', '{}', '2026-12-09', 'pending')", today()))
            .await;
        for (rank, member, gives, takes) in [(0, asks, mine, theirs), (1, self.other, theirs, mine)] {
            let offer = self.offers(member, gives, "exchange").await;
            self.coop
                .sql(&format!(
                    "insert into loop_leg values ('{found}', {rank}, '{offer}', '{member}', '{}', {}, '{}', {})",
                    gives.shift, gives.position, takes.shift, takes.position
                ))
                .await;
        }
    }
}
