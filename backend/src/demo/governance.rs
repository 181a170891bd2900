//! Who decides in the demo co-op: the committee and its mandates, the coordination, the register, what members are asked.

mod texts;

use chrono::{Datelike, Duration, NaiveDate, NaiveTime};
use domain::governance::{Asked, Put, Stance, Way};
use domain::id::{MemberId, OptionId};
use domain::time::{Instant, minus_days, paris_day, paris_instant, plus_days};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::cast::{CAMILLE, HUGO, IDRIS, INES, KARIM, LEA, MARGAUX, NOUR, SOLENE, THEO, id_of};
use super::groups::Cell;
use super::write::rows;
use crate::brief::html;
use crate::error::Error;
use texts::{ASKED, DECISIONS, MEETINGS, Question, Text, WAYS};

/// After the groups: who decides is of them, too.
pub async fn governance(conn: &mut PgConnection, cells: &[Cell], committee: &[MemberId], now: Instant) -> Result<(), Error> {
    mandates(conn, cells, committee, paris_day(now)).await?;
    meetings(conn, cells, committee, now).await?;
    decisions(conn, committee, now).await?;
    consultations(conn, cells, committee, now).await
}

/// Half of the twelve seats are elected each June, for two years. Of one, somebody moved away, and another was chosen until the
/// assembly, which elected them.
async fn mandates(conn: &mut PgConnection, cells: &[Cell], committee: &[MemberId], today: NaiveDate) -> Result<(), Error> {
    let june = |year: i32| NaiveDate::from_ymd_opt(year, 6, 13).unwrap_or(today);
    let last = if june(today.year()) <= today { today.year() } else { today.year() - 1 };
    let elected = |key: String, member: &MemberId, seat: usize, year: i32| {
        json!({
            "mandate_id": id_of(&key), "member_id": member, "from_on": june(year), "to_on": minus_days(june(year + 2), 1),
            "seat": seat, "how": "elected", "chosen_on": june(year),
            "words": format!("assemblée générale ordinaire, {} voix sur 71", 71 - 2 * seat), "ended_on": null, "ended_why": null,
        })
    };
    let mut mandates: Vec<Value> = committee
        .iter()
        .enumerate()
        .map(|(at, member)| elected(format!("mandate/{member}"), member, at + 1, if at % 2 == 0 { last } else { last - 1 }))
        .collect();
    if let Some(first) = committee.first() {
        mandates.push(elected("mandate/avant/1".to_owned(), first, 1, last - 2));
    }
    let moved = cells.first().and_then(|cell| cell.members.last());
    if let (Some(moved), Some(chosen)) = (moved, committee.get(10)) {
        let mut gone = elected("mandate/avant/11".to_owned(), moved, 11, last - 2);
        gone["ended_on"] = json!(minus_days(june(last), 120));
        gone["ended_why"] = json!("a déménagé à Lyon");
        mandates.push(gone);
        mandates.push(json!({
            "mandate_id": id_of("mandate/coopte/11"), "member_id": chosen, "from_on": minus_days(june(last), 100),
            "to_on": minus_days(june(last), 1), "seat": 11, "how": "coopted", "chosen_on": minus_days(june(last), 100),
            "words": "choix du comité, sans objection", "ended_on": null, "ended_why": null,
        }));
    }
    rows!(conn, "mandate", "mandate_id, member_id, from_on, to_on, seat, how, chosen_on, words, ended_on, ended_why", mandates);
    Ok(())
}

/// The day of the next meeting: a Tuesday, in five days at least.
fn next_day(today: NaiveDate) -> NaiveDate {
    let from = today + Duration::days(5);
    from + Duration::days((1 - i64::from(from.weekday().num_days_from_monday())).rem_euclid(7))
}

/// The fourth Tuesdays: three that were, and the one that comes.
async fn meetings(conn: &mut PgConnection, cells: &[Cell], committee: &[MemberId], now: Instant) -> Result<(), Error> {
    let next = next_day(paris_day(now));
    let evening = |day, hour| paris_instant(day, NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default());
    let chair = committee.first().copied().unwrap_or(IDRIS.id());
    let referents: Vec<MemberId> = cells.iter().filter_map(|cell| cell.members.first().copied()).collect();
    let (mut held, mut points, mut presences) = (Vec::new(), Vec::new(), Vec::new());
    for (at, text) in MEETINGS.iter().enumerate() {
        let id = id_of(&format!("coordination/{at}"));
        let day = minus_days(next, 28 * text.months_ago);
        held.push(json!({
            "meeting_id": id, "starts_at": evening(day, 19), "ends_at": evening(day, 21), "place": "À la coop, salle du fond",
            "minutes": text.minutes, "minutes_html": html(text.minutes), "revision": 1, "by_member": chair,
            "at": evening(day, 19) - Duration::days(40),
        }));
        for (rank, (title, said, length)) in text.points.iter().enumerate() {
            let by = match (rank, text.months_ago) {
                (0, _) => chair,
                (1, 0) => LEA.id(),
                (_, 0) => THEO.id(),
                _ => referents.get(rank).copied().unwrap_or(chair),
            };
            points.push(json!({
                "point_id": id_of(&format!("point/{at}/{rank}")), "meeting_id": id, "by_member": by, "title": title, "text": said,
                "at": now.min(evening(day, 12)) - Duration::hours(30 * (8 - rank as i64)), "length": length, "rank": rank + 1,
            }));
        }
        if text.months_ago > 0 {
            let there = committee.iter().chain(&referents).enumerate();
            presences.extend(there.map(|(place, member)| {
                let presence = if place % 7 == at + 2 { "excused" } else { "present" };
                json!({ "meeting_id": id, "member_id": member, "presence": presence })
            }));
        }
    }
    rows!(
        conn,
        "coordination_meeting",
        "meeting_id, starts_at, ends_at, place, minutes, minutes_html, revision, by_member, at",
        held
    );
    rows!(conn, "agenda_point", "point_id, meeting_id, by_member, title, text, at, length, rank", points);
    rows!(conn, "meeting_presence", "meeting_id, member_id, presence", presences);
    Ok(())
}

async fn decisions(conn: &mut PgConnection, committee: &[MemberId], now: Instant) -> Result<(), Error> {
    let today = paris_day(now);
    let next = next_day(today);
    let written_by = committee.first().copied().unwrap_or(IDRIS.id());
    let decisions = DECISIONS.iter().map(|decision| {
        let on = match decision.at_meeting {
            Some(meeting) => minus_days(next, 28 * MEETINGS[meeting].months_ago),
            None => minus_days(today, decision.days_ago),
        };
        let (by, group) = match decision.by {
            "coordination" | "assembly" => (decision.by, None),
            slug => ("group", Some(id_of(&format!("group/{slug}")))),
        };
        json!({
            "decision_id": id_of(&format!("decision/{}", decision.title)), "title": decision.title, "text": decision.text,
            "html": html(decision.text), "decided_by": by, "group_id": group, "method": decision.method, "on_day": on,
            "until_on": decision.for_days.map(|days| plus_days(on, days)),
            "superseded_by": decision.superseded_by.map(|title| id_of(&format!("decision/{title}"))),
            "meeting_id": decision.at_meeting.map(|meeting| id_of(&format!("coordination/{meeting}"))),
            "by_member": written_by, "at": now - Duration::days((today - on).num_days()), "revision": 1,
        })
    });
    rows!(
        conn,
        "decision",
        "decision_id, title, text, html, decided_by, group_id, method, on_day, until_on, superseded_by, meeting_id, by_member, at, revision",
        decisions
    );
    Ok(())
}

async fn consultations(conn: &mut PgConnection, cells: &[Cell], committee: &[MemberId], now: Instant) -> Result<(), Error> {
    let by = committee.first().copied().unwrap_or(IDRIS.id());
    let ways: Vec<Way> =
        WAYS.iter().map(|label| Way { id: OptionId(id_of(&format!("way/{label}"))), label: (*label).to_owned() }).collect();
    let asked = |question: &Question| match question.resistance {
        true => Asked::Resistance { ways: ways.clone() },
        false => Asked::Consensus,
    };
    let questions = ASKED.iter().map(|question| {
        json!({
            "consultation_id": id_of(&format!("consultation/{}", question.title)), "title": question.title, "text": question.text,
            "html": html(question.text), "asked": asked(question), "by_member": by,
            "opened_at": now + Duration::days(question.opens), "closes_at": now + Duration::days(question.closes),
        })
    });
    rows!(conn, "consultation", "consultation_id, title, text, html, asked, opened_at, closes_at, by_member", questions);
    // Of each group some answer, and of those whom everybody knows, all but Nour.
    let cast = [KARIM, LEA, HUGO, SOLENE, INES, THEO, MARGAUX, IDRIS].map(|one| one.id());
    let others = cells.iter().flat_map(|cell| cell.members.iter().copied().skip(2).step_by(2));
    let mut who: Vec<MemberId> = others.filter(|member| *member != CAMILLE.id() && *member != NOUR.id()).collect();
    who.extend(cast);
    who.sort();
    who.dedup();
    let mut answers: Vec<Value> = Vec::new();
    for question in &ASKED {
        for (at, member) in who.iter().enumerate() {
            let put = if question.resistance { resists(&ways, at) } else { stands(question, at) };
            answers.push(json!({
                "consultation_id": id_of(&format!("consultation/{}", question.title)), "member_id": member, "put": put,
                "at": now + Duration::days(question.opens) + Duration::hours(1 + at as i64),
            }));
        }
    }
    rows!(conn, "consultation_answer", "consultation_id, member_id, put, at", answers);
    Ok(())
}

/// Most agree; a few say why not quite.
fn stands(question: &Question, at: usize) -> Put {
    let Text { stance, word } = match at {
        3 => question.said[0],
        11 => question.said[1],
        _ => Text { stance: Stance::Agree, word: "" },
    };
    Put::Stance { stance, word: word.to_owned() }
}

fn resists(ways: &[Way], at: usize) -> Put {
    let points = |rank: usize| u8::try_from((at * (rank + 2) + 4 * rank) % (5 + 3 * rank)).unwrap_or(0).min(10);
    Put::Points(ways.iter().enumerate().map(|(rank, way)| (way.id, points(rank))).collect())
}
