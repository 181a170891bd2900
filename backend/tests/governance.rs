//! Who decides, on real PostgreSQL: mandates and what they give, the coordination and its agenda, the register, consultations.

mod coop;

use backend::error::Error;
use backend::governance::{self, Chosen, Governed};
use chrono::{Duration, NaiveDate};
use coop::{Coop, today};
use domain::command::Command;
use domain::governance::{
    Asked, ConsultationMistake, DecidedBy, DecisionMistake, GovernanceMistake, How, MandateMistake, Put, Stance, Tally,
    WrittenConsultation, WrittenDecision, WrittenMeeting, WrittenPoint,
};
use domain::id::{ConsultationId, DecisionId, GroupId, MandateId, MeetingId, MemberId, PointId};
use domain::procedures::Fields;
use domain::reason::Reason;
use domain::time::{Instant, minus_days, paris_day, plus_days};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

/// Idris sits on the committee, Théo answers for Vie sociale, Margaux is of the office, Nour is a member like others.
struct House {
    coop: Coop,
    group: GroupId,
    idris: MemberId,
    theo: MemberId,
    margaux: MemberId,
    nour: MemberId,
}

impl House {
    async fn new(at: PgConnectOptions) -> House {
        let coop = Coop::new(at).await;
        let theo = coop.organiser().await;
        coop.sql(&format!("update group_member set referent = true where member_id = '{theo}'")).await;
        let (idris, margaux, nour) = (coop.member("Idris").await, coop.member("Margaux").await, coop.member("Nour").await);
        coop.in_office(margaux).await;
        let group = coop.group("vie-sociale").await;
        let house = House { coop, group, idris, theo, margaux, nour };
        house.elects(margaux, idris, 1, "2026-06-13").await.unwrap().unwrap();
        house
    }

    async fn elects(&self, by: MemberId, member: MemberId, seat: u8, from: &str) -> Result<Governed, Error> {
        self.elects_as(self.coop.id(), by, member, seat, from).await
    }

    async fn elects_as(&self, form: uuid::Uuid, by: MemberId, member: MemberId, seat: u8, from: &str) -> Result<Governed, Error> {
        let (from, words) = (day(from), "assemblée, 58 voix sur 64".to_owned());
        let chosen = Chosen { member, seat, how: How::Elected, from, other: from, words };
        governance::choose(&self.coop.backend, by, form, &chosen).await
    }

    async fn plans(&self, in_days: i64) -> MeetingId {
        let id = self.coop.id();
        governance::plan_meeting(&self.coop.backend, self.idris, id, &self.evening(in_days)).await.unwrap().unwrap();
        MeetingId(id)
    }

    fn evening(&self, in_days: i64) -> WrittenMeeting {
        let starts_at = self.coop.now() + Duration::days(in_days);
        WrittenMeeting { starts_at, ends_at: starts_at + Duration::hours(2), place: "À la coop".into() }
    }

    async fn adds(&self, who: MemberId, title: &str) -> PointId {
        let point = PointId(self.coop.id());
        self.coop.does(who, Command::AddPoint { point, title: title.into(), text: String::new() }).await;
        point
    }

    async fn meeting_of(&self, point: PointId) -> Option<MeetingId> {
        sqlx::query_scalar("select meeting_id from agenda_point where point_id = $1")
            .bind(point)
            .fetch_one(&self.coop.backend.pool)
            .await
            .unwrap()
    }

    fn decided(&self, by: &str, title: &str, replaces: Option<DecisionId>) -> WrittenDecision {
        let (today, replaces) = (paris_day(self.coop.now()).to_string(), replaces.map(|id| id.to_string()).unwrap_or_default());
        let typed = [
            ("title", title),
            ("text", "**Oui**"),
            ("qui", by),
            ("comment", "consensus"),
            ("jour", today.as_str()),
            ("remplace", replaces.as_str()),
        ];
        WrittenDecision::read(&fields(&typed), paris_day(self.coop.now())).unwrap()
    }

    async fn records(
        &self,
        who: MemberId,
        written: &WrittenDecision,
    ) -> Result<Result<DecisionId, Vec<GovernanceMistake>>, Error> {
        let id = self.coop.id();
        let done = governance::record_decision(&self.coop.backend, who, id, written).await?;
        Ok(done.map(|()| DecisionId(id)))
    }

    async fn asks(&self, way: &str, choices: &str) -> ConsultationId {
        let closes = self.coop.now() + Duration::days(9);
        let closes = format!("{}T18:00", paris_day(closes));
        let typed = [("title", "Ouvrir le lundi ?"), ("maniere", way), ("choix", choices), ("ferme", closes.as_str())];
        let written = WrittenConsultation::read(&fields(&typed), self.coop.now()).unwrap();
        let id = self.coop.id();
        governance::open_consultation(&self.coop.backend, self.idris, id, &written).await.unwrap().unwrap();
        ConsultationId(id)
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn fields(typed: &[(&str, &str)]) -> Fields {
    Fields(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

fn stands(stance: Stance, word: &str) -> Put {
    Put::Stance { stance, word: word.into() }
}

#[sqlx::test(migrations = false)]
async fn a_mandate_gives_rights_from_its_first_day_to_its_last(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, idris, margaux, nour, .. } = &house;
    assert!(coop.me(*idris).await.rights.committee);
    // Whoever neither sits on it nor is of the office writes none down.
    assert!(matches!(house.elects(*nour, *nour, 2, "2026-11-20").await, Err(Error::NotAllowed)));
    house.elects(*margaux, *nour, 2, "2026-12-03").await.unwrap().unwrap();
    assert!(!coop.me(*nour).await.rights.committee, "it begins the day after tomorrow");
    assert!(matches!(governance::plan_meeting(&coop.backend, *nour, coop.id(), &house.evening(9)).await, Err(Error::NotAllowed)));
    coop.turns(coop.now() + Duration::days(2));
    assert!(coop.me(*nour).await.rights.committee);
    governance::plan_meeting(&coop.backend, *nour, coop.id(), &house.evening(9)).await.unwrap().unwrap();
    // Two years later, on the day after the last.
    coop.turns(coop.now() + Duration::days(730));
    assert_eq!(paris_day(coop.now()), day("2028-12-02"));
    assert!(coop.me(*nour).await.rights.committee);
    coop.turns(coop.now() + Duration::days(1));
    assert!(!coop.me(*nour).await.rights.committee);
    let late = governance::plan_meeting(&coop.backend, *nour, coop.id(), &house.evening(9)).await;
    assert!(matches!(late, Err(Error::NotAllowed)), "{late:?}");
}

#[sqlx::test(migrations = false)]
async fn a_seat_has_one_mandate_also_when_two_are_written_at_once(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, margaux, nour, theo, .. } = &house;
    let (a, b) = tokio::join!(house.elects(*margaux, *nour, 2, "2026-11-20"), house.elects(*margaux, *theo, 2, "2026-11-20"));
    let (a, b) = (a.unwrap(), b.unwrap());
    assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
    let mistakes = a.and(b).unwrap_err();
    assert!(matches!(mistakes[..], [GovernanceMistake::Mandate(MandateMistake::SeatTaken { .. })]), "{mistakes:?}");
    // And the same form twice is one mandate.
    let form = coop.id();
    let others = coop.members(1).await;
    for _ in 0..2 {
        house.elects_as(form, *margaux, others[0], 3, "2026-11-20").await.unwrap().unwrap();
    }
    assert_eq!(coop.count("select count(*) from mandate").await, 3);
}

#[sqlx::test(migrations = false)]
async fn a_mandate_that_ends_early_leaves_a_seat_to_fill_until_the_next_assembly(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, idris, margaux, nour, .. } = &house;
    let id: MandateId = sqlx::query_scalar("select mandate_id from mandate where member_id = $1")
        .bind(idris)
        .fetch_one(&coop.backend.pool)
        .await
        .unwrap();
    let today = paris_day(coop.now());
    let ends = |on: NaiveDate, why: &'static str| governance::end_mandate(&coop.backend, *margaux, coop.id(), id, on, why);
    assert_eq!(ends(today, " ").await.unwrap(), Err(vec![GovernanceMistake::Mandate(MandateMistake::WhyMissing)]));
    ends(today, "Déménagement").await.unwrap().unwrap();
    assert!(!coop.me(*idris).await.rights.committee, "from that day, at once");
    assert_eq!(ends(today, "Encore").await.unwrap(), Err(vec![GovernanceMistake::Mandate(MandateMistake::Over)]));
    let coopt = |to: NaiveDate| {
        let words = "choix du comité".to_owned();
        let chosen = Chosen { member: *nour, seat: 1, how: How::Coopted, from: today, other: to, words };
        async move { governance::choose(&coop.backend, *margaux, coop.id(), &chosen).await.unwrap() }
    };
    let too_long = coopt(plus_days(today, 400)).await;
    assert_eq!(too_long, Err(vec![GovernanceMistake::Mandate(MandateMistake::TooLong { days: 366 })]));
    coopt(day("2027-06-12")).await.unwrap();
    let snapshot = backend::snapshots::groups(&coop.backend).await.unwrap();
    assert_eq!(
        snapshot.committee.iter().map(|mandate| (mandate.member, mandate.how)).collect::<Vec<_>>(),
        [(*nour, How::Coopted)]
    );
    assert_eq!(snapshot.past[0].ended.as_ref().unwrap().why, "Déménagement");
}

#[sqlx::test(migrations = false)]
async fn the_committee_is_warned_once_sixty_days_before(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, idris, margaux, nour, .. } = &house;
    house.elects(*margaux, *nour, 2, "2026-11-20").await.unwrap().unwrap();
    let last = day("2028-06-12");
    let at_noon = |on: NaiveDate| -> Instant { format!("{on}T11:00:00Z").parse().unwrap() };
    coop.turns(at_noon(minus_days(last, 61)));
    assert_eq!(governance::warn(&coop.backend).await.unwrap(), 0);
    coop.turns(at_noon(minus_days(last, 60)));
    assert_eq!(governance::warn(&coop.backend).await.unwrap(), 1);
    assert_eq!(governance::warn(&coop.backend).await.unwrap(), 0, "once");
    for member in [idris, nour] {
        assert_eq!(coop.told(*member).await, ["mandates_lapse"]);
    }
    assert!(coop.told(*margaux).await.is_empty());
}

#[sqlx::test(migrations = false)]
async fn a_point_goes_to_the_next_meeting_and_waits_where_there_is_none(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, idris, theo, nour, .. } = &house;
    let first = house.adds(*nour, "Le lundi").await;
    assert_eq!(house.meeting_of(first).await, None);
    let next = house.plans(9).await;
    assert_eq!(house.meeting_of(first).await, Some(next), "what waited goes there");
    assert_eq!(coop.told(*theo).await, ["meeting_set"]);
    assert!(coop.told(*idris).await.is_empty(), "not to whoever set it");
    let second = house.adds(*theo, "Les tables").await;
    let after = house.plans(37).await;
    assert_eq!(house.meeting_of(second).await, Some(next));
    // In another order, the first one put off.
    let point = |id, later| WrittenPoint { id, length: Some(20), later };
    let points = [point(second, false), point(first, true)];
    governance::arrange(&coop.backend, *idris, coop.id(), next, &points).await.unwrap().unwrap();
    assert_eq!((house.meeting_of(first).await, house.meeting_of(second).await), (Some(after), Some(next)));
    // It does not take place: its agenda goes to the one after.
    let off = governance::call_off(&coop.backend, *idris, coop.id(), next, "").await.unwrap();
    assert_eq!(off, Err(vec![GovernanceMistake::WordMissing]));
    governance::call_off(&coop.backend, *idris, coop.id(), next, "Neige").await.unwrap().unwrap();
    assert_eq!(house.meeting_of(second).await, Some(after));
    assert_eq!(coop.told(*theo).await.iter().filter(|kind| *kind == "meeting_cancelled").count(), 1);
}

#[sqlx::test(migrations = false)]
async fn a_point_is_withdrawn_by_whoever_added_it_or_by_the_committee(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, idris, theo, nour, .. } = &house;
    house.plans(1).await;
    let (mine, other) = (house.adds(*nour, "Le lundi").await, house.adds(*nour, "Les tables").await);
    assert!(matches!(coop.refused(*theo, Command::WithdrawPoint { point: mine }).await, Reason::NotYourPoint { .. }));
    coop.does(*nour, Command::WithdrawPoint { point: mine }).await;
    coop.does(*idris, Command::WithdrawPoint { point: other }).await;
    assert_eq!(coop.refused(*nour, Command::WithdrawPoint { point: mine }).await, Reason::UnknownPoint);
    let settled = house.adds(*nour, "Le toit").await;
    for n in 0..4 {
        house.adds(*nour, &format!("Point {n}")).await;
    }
    let one_more = Command::AddPoint { point: PointId(coop.id()), title: "Encore".into(), text: String::new() };
    assert_eq!(coop.refused(*nour, one_more).await, Reason::TooManyPoints { cap: 5 });
    coop.turns(coop.now() + Duration::hours(25));
    assert!(matches!(coop.refused(*nour, Command::WithdrawPoint { point: settled }).await, Reason::PointSettled { .. }));
}

#[sqlx::test(migrations = false)]
async fn presences_and_minutes_come_with_the_meeting(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, idris, theo, nour, .. } = &house;
    let meeting = house.plans(1).await;
    let marks = async |present: &[MemberId], excused: &[MemberId]| {
        let (present, excused) = (present.iter().copied().collect(), excused.iter().copied().collect());
        governance::mark_presences(&coop.backend, *idris, coop.id(), meeting, (&present, &excused)).await.unwrap()
    };
    assert_eq!(marks(&[*theo], &[]).await, Err(vec![GovernanceMistake::NotBegun]));
    marks(&[], &[*theo]).await.unwrap();
    let early = governance::write_minutes(&coop.backend, *idris, coop.id(), (meeting, 1), "Rien").await.unwrap();
    assert_eq!(early, Err(vec![GovernanceMistake::NotBegun]));
    coop.turns(coop.now() + Duration::hours(26));
    // Somebody who is there is not excused.
    marks(&[*theo, *idris], &[*theo]).await.unwrap();
    let writes = async |base: i32, text: &str| {
        governance::write_minutes(&coop.backend, *idris, coop.id(), (meeting, base), text).await.unwrap()
    };
    writes(1, "## Le lundi\n\n<img src=x onerror=alert(1)> **oui**").await.unwrap();
    assert_eq!(writes(1, "Autre chose").await, Err(vec![GovernanceMistake::Stale { revision: 2 }]));
    let snapshot = backend::snapshots::groups(&coop.backend).await.unwrap();
    let shown = &snapshot.meetings[0];
    let mut present = vec![*theo, *idris];
    present.sort();
    assert_eq!((shown.present.clone(), shown.excused.len()), (present, 0));
    assert!(shown.minutes.contains("<strong>oui</strong>") && !shown.minutes.contains("<img"), "{}", shown.minutes);
    let seen = governance::meeting(&coop.backend, *nour, meeting).await;
    assert!(matches!(seen, Err(Error::NotAllowed)), "{seen:?}");
}

#[sqlx::test(migrations = false)]
async fn each_writes_down_what_they_may_decide(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, group, idris, theo, nour, .. } = &house;
    let of_group = group.to_string();
    let (social, tactical) = (house.decided(&of_group, "Douze places", None), house.decided("coordination", "Prix libre", None));
    assert!(matches!(house.records(*nour, &social).await, Err(Error::NotAllowed)));
    assert!(matches!(house.records(*theo, &tactical).await, Err(Error::NotAllowed)));
    let old = house.records(*idris, &tactical).await.unwrap().unwrap();
    let own = house.records(*theo, &social).await.unwrap().unwrap();
    // A group does not undo what the coordination decided; the coordination may undo both.
    let undo = house.records(*theo, &house.decided(&of_group, "Prix fixe", Some(old))).await.unwrap();
    assert_eq!(undo, Err(vec![GovernanceMistake::Decision(DecisionMistake::MayNotSupersede)]));
    let both = house.decided("coordination", "Prix conseillé", Some(old));
    let (a, b) = tokio::join!(house.records(*idris, &both), house.records(*idris, &both));
    let (a, b) = (a.unwrap(), b.unwrap());
    assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
    let new = a.or(b).unwrap();
    let register = backend::snapshots::groups(&coop.backend).await.unwrap().decisions;
    let shown = |id: DecisionId| register.iter().find(|known| known.id == id).unwrap();
    assert_eq!((shown(old).superseded_by, shown(old).holds(paris_day(today()))), (Some(new), false));
    assert_eq!((shown(own).by, shown(own).html.contains("<strong>")), (DecidedBy::Group(*group), true));
    // Written wrongly, it is written again; by whoever may write both.
    let edits = async |who: MemberId, base: i32, written: &WrittenDecision| {
        governance::edit_decision(&coop.backend, who, coop.id(), (own, base), written).await
    };
    assert!(matches!(edits(*theo, 1, &tactical).await, Err(Error::NotAllowed)));
    edits(*theo, 1, &house.decided(&of_group, "Quatorze places", None)).await.unwrap().unwrap();
    let stale = edits(*theo, 1, &social).await.unwrap();
    assert_eq!(stale, Err(vec![GovernanceMistake::Stale { revision: 2 }]));
    // Of two that come each in the other's place, neither would hold.
    let again = house.decided("coordination", "Prix libre", Some(new));
    let circle = governance::edit_decision(&coop.backend, *idris, coop.id(), (old, 1), &again).await.unwrap();
    assert_eq!(circle, Err(vec![GovernanceMistake::Decision(DecisionMistake::SupersededAlready)]));
}

#[sqlx::test(migrations = false)]
async fn the_last_word_of_each_member_counts_until_it_closes(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, idris, theo, margaux, nour, .. } = &house;
    let asked = house.asks("consensus", "").await;
    let puts = async |who: MemberId, put: Put| governance::put(&coop.backend, who, asked, &put).await;
    puts(*nour, stands(Stance::Object, "Trop tôt")).await.unwrap().unwrap();
    puts(*nour, stands(Stance::Agree, "")).await.unwrap().unwrap();
    puts(*theo, stands(Stance::Reserve, "Le bruit")).await.unwrap().unwrap();
    let seen = governance::consultation(&coop.backend, *margaux, asked).await.unwrap();
    assert_eq!((seen.consultation.answered, seen.consultation.tally.clone(), seen.closes), (2, None, false));
    assert_eq!(
        seen.said.iter().map(|said| (said.stance, said.word.as_str())).collect::<Vec<_>>(),
        [(Stance::Reserve, "Le bruit")]
    );
    assert!(matches!(governance::close_consultation(&coop.backend, *nour, coop.id(), asked).await, Err(Error::NotAllowed)));
    governance::close_consultation(&coop.backend, *idris, coop.id(), asked).await.unwrap().unwrap();
    coop.turns(coop.now() + Duration::minutes(1));
    let late = puts(*margaux, stands(Stance::Agree, "")).await.unwrap();
    assert!(matches!(late.unwrap_err()[..], [GovernanceMistake::Consultation(ConsultationMistake::Closed { .. })]));
    let snapshot = backend::snapshots::groups(&coop.backend).await.unwrap();
    assert_eq!(snapshot.consultations[0].tally, Some(Tally::Consensus { agree: 1, reserve: 1, object: 0 }));
    // Whoever has left the co-op answers nothing.
    let again = house.asks("consensus", "").await;
    coop.sql(&format!("update member set left_on = '2026-12-01' where member_id = '{nour}'")).await;
    let gone = governance::put(&coop.backend, *nour, again, &stands(Stance::Agree, "")).await;
    assert!(matches!(gone, Err(Error::NotAllowed)), "{gone:?}");
}

#[sqlx::test(migrations = false)]
async fn the_way_with_the_least_resistance_is_kept(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let House { coop, idris, theo, nour, .. } = &house;
    let asked = house.asks("resistance", "Lundi matin\nLundi soir\nRien ne change").await;
    let seen = governance::consultation(&coop.backend, *nour, asked).await.unwrap();
    let Asked::Resistance { ways } = seen.consultation.asked else { panic!("ways are asked of") };
    let points = |figures: [u8; 3]| Put::Points(ways.iter().map(|way| way.id).zip(figures).collect());
    for (who, figures) in [(*nour, [2, 9, 5]), (*theo, [4, 0, 7]), (*idris, [1, 3, 9])] {
        governance::put(&coop.backend, who, asked, &points(figures)).await.unwrap().unwrap();
    }
    coop.turns(coop.now() + Duration::days(10));
    let seen = governance::consultations(&coop.backend, *nour).await.unwrap();
    let Some(Tally::Resistance { ways }) = &seen.all[0].tally else { panic!("it is over") };
    let came: Vec<(&str, u32, bool)> = ways.iter().map(|way| (way.label.as_str(), way.points, way.fewest)).collect();
    assert_eq!(came, [("Lundi matin", 7, true), ("Lundi soir", 12, false), ("Rien ne change", 21, false)]);
    assert_eq!((seen.answered, seen.opens), (vec![asked], false));
}
