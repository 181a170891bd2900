//! The demo co-op's assemblies: one in June that elected half of the committee, and the next one, to which everybody is called.

mod past;
mod texts;

use chrono::{Datelike, Duration, NaiveDate, NaiveTime};
use domain::assembly::{Role, Settings};
use domain::id::MemberId;
use domain::time::{Instant, paris_day, paris_instant};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::cast::{ANNE, CAMILLE, CAST, HUGO, IDRIS, KARIM, LEA, MARGAUX, SOLENE, THEO, YVETTE, id_of};
use super::groups::Cell;
use super::people::Person;
use super::write::rows;
use crate::brief::html;
use crate::error::Error;
use texts::{AGENDA, DOCUMENTS, RESOLUTIONS, Resolution, WORDS};

/// After who governs.
pub async fn assemblies(
    conn: &mut PgConnection,
    people: &[Person],
    cells: &[Cell],
    committee: &[MemberId],
    now: Instant,
) -> Result<(), Error> {
    past::june(conn, people, committee, now).await?;
    next(conn, people, cells, committee, now).await
}

/// A row of it, as everybody was called to it.
struct Called<'a> {
    key: &'a str,
    title: &'a str,
    agenda: &'a str,
    starts_at: Instant,
    convoked_at: Instant,
}

fn row(called: &Called<'_>, minutes: &str, sat: Option<(Instant, Instant)>) -> Value {
    let Settings { notice_d, quorum, proxies, .. } = Settings::default();
    json!({
        "assembly_id": id_of(&format!("assembly/{}", called.key)), "kind": "ordinary", "title": called.title,
        "starts_at": called.starts_at, "place": "Salle des fêtes de Meythet", "agenda": called.agenda,
        "agenda_html": html(called.agenda), "notice_d": notice_d, "quorum": quorum, "proxies": proxies,
        "convoked_at": called.convoked_at, "opened_at": sat.map(|(opened, _)| opened), "closed_at": sat.map(|(_, closed)| closed),
        "revision": 1, "minutes": minutes, "minutes_html": html(minutes), "minutes_revision": 1,
        "by_member": IDRIS.id(), "at": called.convoked_at - Duration::days(10),
    })
}

async fn write(conn: &mut PgConnection, assembly: Value) -> Result<(), Error> {
    rows!(
        conn,
        "assembly",
        "assembly_id, kind, title, starts_at, place, agenda, agenda_html, notice_d, quorum, proxies, convoked_at, opened_at, closed_at, \
         revision, minutes, minutes_html, minutes_revision, by_member, at",
        [assembly]
    );
    Ok(())
}

/// Who keeps it: Idris its secretary, Solène and Hugo its tellers, somebody of the committee its chair.
async fn roles(conn: &mut PgConnection, key: &str, committee: &[MemberId]) -> Result<(), Error> {
    let (secretary, tellers) = (IDRIS.id(), [SOLENE.id(), HUGO.id()]);
    let chair = committee.iter().copied().find(|member| *member != secretary && !tellers.contains(member));
    let all = chair.map(|chair| (chair, Role::Chair)).into_iter().chain([(secretary, Role::Secretary)]);
    let all = all.chain(tellers.map(|teller| (teller, Role::Teller)));
    let rows: Vec<Value> = all
        .map(|(member, role)| {
            json!({ "assembly_id": id_of(&format!("assembly/{key}")), "member_id": member, "role": role.as_str() })
        })
        .collect();
    rows!(conn, "assembly_role", "assembly_id, member_id, role", rows);
    Ok(())
}

/// Everybody of that day, by mail; those without an address by a letter, of which two wait to be printed.
async fn call(conn: &mut PgConnection, called: &Called<'_>, people: &[Person], all_done: bool) -> Result<Vec<MemberId>, Error> {
    let on = paris_day(called.convoked_at);
    let roll: Vec<&Person> = people.iter().filter(|person| person.joined_on <= on).collect();
    let mut letters = 0;
    let rows: Vec<Value> = roll
        .iter()
        .enumerate()
        .map(|(at, person)| {
            let by_letter = person.email.is_empty() || person.id == YVETTE.id() || at % 60 == 7;
            letters += usize::from(by_letter);
            let (channel, by) = match (by_letter, letters % 3) {
                (false, _) => ("mail", None),
                (true, 0) => ("hand", Some(MARGAUX.id())),
                (true, _) => ("letter", Some(MARGAUX.id())),
            };
            let done = all_done || channel != "letter" || letters > 3;
            json!({
                "assembly_id": id_of(&format!("assembly/{}", called.key)), "member_id": person.id, "channel": channel,
                "done_at": done.then(|| called.convoked_at + Duration::seconds(2 * at as i64)),
                "by_member": by.filter(|_| done),
            })
        })
        .collect();
    rows!(conn, "assembly_convocation", "assembly_id, member_id, channel, done_at, by_member", rows);
    Ok(roll.into_iter().map(|person| person.id).collect())
}

/// What is voted on: not yet.
fn to_vote_on(key: &str, rank: usize, resolution: &Resolution) -> Value {
    json!({
        "resolution_id": id_of(&format!("resolution/{}", resolution.key)), "assembly_id": id_of(&format!("assembly/{key}")),
        "title": resolution.title, "text": resolution.text, "html": html(resolution.text), "way": resolution.way,
        "seats": resolution.seats, "majority": "simple", "rank": rank + 1, "revision": 1,
    })
}

/// A Friday evening, in ten days at least.
fn next_friday(today: NaiveDate) -> NaiveDate {
    let from = today + Duration::days(10);
    from + Duration::days((4 - i64::from(from.weekday().num_days_from_monday())).rem_euclid(7))
}

async fn next(
    conn: &mut PgConnection,
    people: &[Person],
    cells: &[Cell],
    committee: &[MemberId],
    now: Instant,
) -> Result<(), Error> {
    let evening = NaiveTime::from_hms_opt(19, 0, 0).unwrap_or_default();
    let starts_at = paris_instant(next_friday(paris_day(now)), evening);
    let called = Called {
        key: "prochaine",
        title: "Les comptes, le lundi soir et le comité",
        agenda: AGENDA,
        starts_at,
        convoked_at: now - Duration::days(8),
    };
    let id = id_of("assembly/prochaine");
    write(conn, row(&called, "", None)).await?;
    roles(conn, called.key, committee).await?;
    let roll = call(conn, &called, people, false).await?;
    let documents = DOCUMENTS.iter().enumerate().map(|(rank, (title, text, href))| {
        json!({
            "document_id": id_of(&format!("document/{title}")), "assembly_id": id, "title": title, "text": text,
            "html": html(text), "href": href, "rank": rank + 1, "revision": 1,
        })
    });
    rows!(conn, "assembly_document", "document_id, assembly_id, title, text, html, href, rank, revision", documents);
    let resolutions = RESOLUTIONS.iter().enumerate().map(|(rank, one)| to_vote_on(called.key, rank, one));
    rows!(conn, "resolution", "resolution_id, assembly_id, title, text, html, way, seats, majority, rank, revision", resolutions);
    candidacies(conn, cells, committee, now).await?;
    answers(conn, &roll, now).await
}

/// Léa, Théo, and one more of each group.
async fn candidacies(conn: &mut PgConnection, cells: &[Cell], committee: &[MemberId], now: Instant) -> Result<(), Error> {
    let mut standing = vec![LEA.id(), THEO.id()];
    for cell in cells {
        let new = |member: &&MemberId| !committee.contains(member) && !standing.contains(member);
        let found = cell.members.iter().skip(3).find(new).copied();
        standing.extend(found.filter(|member| ![SOLENE.id(), HUGO.id(), CAMILLE.id()].contains(member)));
    }
    let rows = standing.iter().zip(WORDS).enumerate().map(|(at, (member, words))| {
        json!({
            "assembly_id": id_of("assembly/prochaine"), "member_id": member, "words": words,
            "at": now - Duration::hours(150 - 12 * at as i64),
        })
    });
    rows!(conn, "candidacy", "assembly_id, member_id, words, at", rows);
    Ok(())
}

/// A third say that they come; a few have somebody vote for them, Anne has Karim, Yvette has Margaux. Jeanne has come since.
async fn answers(conn: &mut PgConnection, roll: &[MemberId], now: Instant) -> Result<(), Error> {
    let id = id_of("assembly/prochaine");
    let known = CAST.map(|one| one.id());
    let others: Vec<MemberId> = roll.iter().copied().filter(|member| !known.contains(member)).collect();
    let mut proxies = vec![(ANNE.id(), KARIM.id(), false), (YVETTE.id(), MARGAUX.id(), true)];
    // The first of five gives theirs to the fourth, who comes.
    proxies.extend(others.chunks_exact(5).take(16).map(|five| (five[0], five[3], false)));
    let gone: Vec<MemberId> = proxies.iter().map(|(from, ..)| *from).collect();
    let at = |place: usize| now - Duration::minutes(11_000 - 25 * place as i64);
    let coming = [KARIM.id(), MARGAUX.id(), IDRIS.id(), SOLENE.id(), HUGO.id(), THEO.id()];
    let comes = others.iter().copied().enumerate().filter(|(place, _)| place % 5 > 2 && place % 3 != 0).map(|(_, member)| member);
    let answers: Vec<(MemberId, bool)> = coming.into_iter().chain(comes).map(|member| (member, true)).collect();
    let answers: Vec<(MemberId, bool)> = answers
        .into_iter()
        .filter(|(member, _)| !gone.contains(member))
        .chain(gone.iter().map(|member| (*member, false)))
        .collect();
    let rows = answers
        .iter()
        .enumerate()
        .map(|(place, (member, coming))| json!({ "assembly_id": id, "member_id": member, "coming": coming, "at": at(place) }));
    rows!(conn, "assembly_answer", "assembly_id, member_id, coming, at", rows);
    let rows = proxies.iter().enumerate().map(|(place, (from, to, paper))| {
        json!({
            "proxy_id": id_of(&format!("proxy/{from}")), "assembly_id": id, "from_member": from, "to_member": to, "at": at(place),
            "paper": paper, "by_member": if *paper { MARGAUX.id() } else { *from },
        })
    });
    rows!(conn, "proxy", "proxy_id, assembly_id, from_member, to_member, at, paper, by_member", rows);
    Ok(())
}
