//! The assembly of June: 58 members there, 13 represented, three votes; it elected half of the committee.

use std::collections::BTreeMap;

use chrono::{Datelike, Duration, NaiveDate, NaiveTime};
use domain::assembly::{Ballot, Channel, Choice, Counted, Majority, OfChannel, Said, Tally, Way};
use domain::id::MemberId;
use domain::time::{Instant, minus_days, paris_day, paris_instant};
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use super::texts::{PAST, PAST_AGENDA, PAST_MINUTES};
use super::{Called, call, roles, row, to_vote_on, write};
use crate::demo::cast::{HUGO, IDRIS, SOLENE, id_of};
use crate::demo::people::Person;
use crate::demo::write::rows;
use crate::error::Error;

/// Who was there, and of those how many carried a voice.
const PRESENT: usize = 58;
const CARRIED: usize = 13;
/// Of the 71 voices, so many voted on paper.
const PAPERS: usize = 8;
const SEATS: u8 = 6;

pub async fn june(conn: &mut PgConnection, people: &[Person], committee: &[MemberId], now: Instant) -> Result<(), Error> {
    let today = paris_day(now);
    let of = |year: i32| NaiveDate::from_ymd_opt(year, 6, 13).unwrap_or(today);
    let day = if of(today.year()) < today { of(today.year()) } else { of(today.year() - 1) };
    let at = |hour: u32, minute: u32| paris_instant(day, NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default());
    let called = Called {
        key: "juin",
        title: "Le budget, la charte et le comité",
        agenda: PAST_AGENDA,
        starts_at: at(14, 0),
        convoked_at: paris_instant(minus_days(day, 21), NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default()),
    };
    let id = id_of("assembly/juin");
    write(conn, row(&called, PAST_MINUTES, Some((at(14, 8), at(16, 40))))).await?;
    roles(conn, called.key, committee).await?;
    let roll = call(conn, &called, people, true).await?;
    let keepers = [IDRIS.id(), SOLENE.id(), HUGO.id()];
    let others: Vec<MemberId> = roll.iter().copied().filter(|member| !keepers.contains(member)).collect();
    let there: Vec<MemberId> = keepers.into_iter().chain(others.iter().copied()).take(PRESENT).collect();
    let away: Vec<MemberId> = others.iter().copied().skip(PRESENT).take(CARRIED).collect();
    let carriers = there.iter().skip(10).copied();
    let proxies: Vec<(MemberId, MemberId)> = away.iter().copied().zip(carriers).collect();
    let signed = there.iter().enumerate().map(|(place, member)| {
        json!({
            "assembly_id": id, "member_id": member, "at": at(13, 40) + Duration::seconds(25 * place as i64),
            "how": if place % 9 == 4 { "list" } else { "card" }, "by_member": keepers[1 + place % 2],
        })
    });
    rows!(conn, "assembly_sign_in", "assembly_id, member_id, at, how, by_member", signed);
    let given = proxies.iter().map(|(from, to)| {
        json!({
            "proxy_id": id_of(&format!("proxy/juin/{from}")), "assembly_id": id, "from_member": from, "to_member": to,
            "at": at(10, 0), "paper": false, "by_member": from,
        })
    });
    rows!(conn, "proxy", "proxy_id, assembly_id, from_member, to_member, at, paper, by_member", given);
    votes(conn, people, committee, (&there, &proxies), at(15, 0)).await
}

/// Who was elected in June stood, and one more.
fn candidates(people: &[Person], committee: &[MemberId], there: &[MemberId]) -> (Vec<MemberId>, Vec<MemberId>) {
    let elected: Vec<MemberId> = committee.iter().copied().step_by(2).take(usize::from(SEATS)).collect();
    let last = there.iter().copied().find(|member| !committee.contains(member));
    let standing: Vec<MemberId> = elected.iter().copied().chain(last).collect();
    // As ballots list them.
    let name = |member: &MemberId| {
        people.iter().find(|person| person.id == *member).map(|person| (person.first.clone(), person.last.clone()))
    };
    let mut by_name = standing.clone();
    by_name.sort_by_key(name);
    (standing, by_name)
}

/// What each of so many voices says of who stands: of the one on the n-th seat, 2 + 4n do not; of the last one, two in three.
fn said_of(standing: &[MemberId], voices: usize) -> Vec<Vec<MemberId>> {
    let (mut missing, mut from): (BTreeMap<MemberId, Vec<usize>>, usize) = (BTreeMap::new(), 0);
    for (at, member) in standing.iter().take(usize::from(SEATS)).enumerate() {
        let count = 2 + 4 * at;
        missing.insert(*member, (from..from + count).map(|place| place % voices).collect());
        from += count;
    }
    let named = |voice: usize, at: usize, member: &MemberId| match missing.get(member) {
        Some(without) => !without.contains(&voice),
        None => at >= usize::from(SEATS) && voice.is_multiple_of(3),
    };
    (0..voices)
        .map(|voice| {
            standing.iter().enumerate().filter(|(at, member)| named(voice, *at, member)).map(|(_, member)| *member).collect()
        })
        .collect()
}

async fn votes(
    conn: &mut PgConnection,
    people: &[Person],
    committee: &[MemberId],
    (there, proxies): (&[MemberId], &[(MemberId, MemberId)]),
    begins: Instant,
) -> Result<(), Error> {
    let (standing, by_name) = candidates(people, committee, there);
    let stood = standing.iter().map(|member| {
        json!({ "assembly_id": id_of("assembly/juin"), "member_id": member, "words": "", "at": begins - Duration::days(5) })
    });
    rows!(conn, "candidacy", "assembly_id, member_id, words, at", stood);
    // Each voice, and who casts it.
    let voices: Vec<(MemberId, MemberId)> =
        there.iter().map(|member| (*member, *member)).chain(proxies.iter().copied()).collect();
    let in_app = voices.len().saturating_sub(PAPERS);
    let names = said_of(&standing, voices.len());
    let choice = |voice: usize| match voice % 12 {
        5 | 9 => Choice::Against,
        11 => Choice::Abstain,
        _ => Choice::For,
    };
    let ballots = |way: Way| -> Vec<Ballot> {
        (0..voices.len())
            .map(|voice| match way {
                Way::Election { .. } => Ballot::Names(by_name.iter().copied().filter(|who| names[voice].contains(who)).collect()),
                Way::Hands | Way::Secret => Ballot::Choice(choice(voice)),
            })
            .collect()
    };
    let hands = Tally::Resolution { yes: 66, no: 2, abstain: 3 };
    let (mut resolutions, mut cast, mut box_of, mut said): (Vec<Value>, Vec<Value>, Vec<Value>, Vec<Value>) = Default::default();
    for (rank, one) in PAST.iter().enumerate() {
        let way = match (one.way, one.seats) {
            ("hands", _) => Way::Hands,
            (_, Some(seats)) => Way::Election { seats },
            _ => Way::Secret,
        };
        let id = id_of(&format!("resolution/{}", one.key));
        let standing: &[MemberId] = if way.seats().is_some() { &by_name } else { &[] };
        let (channels, by_tellers) = if way == Way::Hands {
            (vec![OfChannel { channel: Channel::Hands, tally: hands.clone() }], hands.clone())
        } else {
            let all = ballots(way);
            let (app, paper) = all.split_at(in_app);
            cast.extend(voices.iter().enumerate().map(|(place, (voice, by))| {
                let channel = if place < in_app { Channel::App } else { Channel::Paper };
                json!({ "resolution_id": id, "voice": voice, "by_member": by, "channel": channel.as_str() })
            }));
            let mut inside: Vec<(Uuid, &Ballot)> =
                app.iter().enumerate().map(|(place, ballot)| (id_of(&format!("ballot/{}/{place}", one.key)), ballot)).collect();
            inside.sort_by_key(|(ballot, _)| *ballot);
            box_of.extend(
                inside.iter().map(|(ballot_id, ballot)| json!({ "ballot_id": ballot_id, "resolution_id": id, "ballot": ballot })),
            );
            let on_paper = Tally::of(way, standing, paper);
            let channels = vec![
                OfChannel { channel: Channel::App, tally: Tally::of(way, standing, app) },
                OfChannel { channel: Channel::Paper, tally: on_paper.clone() },
            ];
            (channels, on_paper)
        };
        let counted = Counted::of(way, Majority::Simple, standing, channels);
        let opened = begins + Duration::minutes(30 * rank as i64);
        said.extend([SOLENE.id(), HUGO.id()].map(|teller| {
            let count = Said::Count(by_tellers.clone());
            json!({ "resolution_id": id, "teller": teller, "what": "count", "said": count, "at": opened + Duration::minutes(12) })
        }));
        let mut row = to_vote_on("juin", rank, one);
        row["opened_at"] = json!(opened);
        row["counting_at"] = json!(opened + Duration::minutes(10));
        row["done_at"] = json!(opened + Duration::minutes(15));
        row["result"] = json!(counted);
        resolutions.push(row);
    }
    rows!(
        conn,
        "resolution",
        "resolution_id, assembly_id, title, text, html, way, seats, majority, rank, revision, opened_at, counting_at, done_at, result",
        resolutions
    );
    rows!(conn, "vote_cast", "resolution_id, voice, by_member, channel", cast);
    rows!(conn, "ballot", "ballot_id, resolution_id, ballot", box_of);
    rows!(conn, "teller_said", "resolution_id, teller, what, said, at", said);
    Ok(())
}
