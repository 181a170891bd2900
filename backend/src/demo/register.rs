//! Membres et parts: everybody's share, a few of them being paid, years of the association and who lacks this one, newcomers on
//! their way, where other money comes from, and what was done to a few accounts.

use chrono::{Datelike, Duration, NaiveDate};
use domain::register::{Deed, Part};
use domain::time::{Instant, minus_days, paris_day};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::cast::{CAMILLE, JEANNE, MARGAUX, SOLENE, YVETTE, id_of};
use super::people::Person;
use super::write::rows;
use crate::error::Error;

/// A share, and a year of the association, in cents.
const SHARE: i64 = 10_000;
const YEAR: i64 = 1_000;
/// Of so many, one has paid the first half of their share; and of so many, one is not of the association this year.
const IN_TWO_TIMES: usize = 17;
const UNINSURED: usize = 29;

/// Whom it is from, what kind, how much, how many days ago, and what for.
const FINANCING: [(&str, &str, i64, u64, &str); 6] = [
    ("Programme européen", "subsidy", 4_200_000, 1_900, "L’ouverture du magasin"),
    ("Région", "subsidy", 1_800_000, 1_500, "Le premier poste salarié"),
    ("Commune", "subsidy", 600_000, 320, "Les jeunes en service civique"),
    ("Une fondation", "private", 1_000_000, 900, "Le frigo du frais"),
    ("Dons de sympathisants", "private", 240_000, 400, ""),
    ("La banque de la coop", "loan", 3_500_000, 1_850, "Les travaux, sur sept ans"),
];

pub async fn register(conn: &mut PgConnection, people: &[Person], now: Instant) -> Result<(), Error> {
    let today = paris_day(now);
    shares(&mut *conn, people, now).await?;
    years(&mut *conn, people, today, now).await?;
    arrivals(&mut *conn, people, today).await?;
    money(&mut *conn, today, now).await?;
    accounts(conn, people, now).await
}

/// The second newcomer has not paid yet.
fn is_stuck(person: &Person, people: &[Person]) -> bool {
    people.iter().filter(|known| known.newcomer && !known.in_cast).nth(1).is_some_and(|stuck| stuck.id == person.id)
}

/// How people paid, one after the other.
const HOW: [&str; 3] = ["cheque", "transfer", "card"];

async fn shares(conn: &mut PgConnection, people: &[Person], now: Instant) -> Result<(), Error> {
    let (mut shares, mut payments): (Vec<Value>, Vec<Value>) = (Vec::new(), Vec::new());
    let (today, mut halves) = (paris_day(now), 0);
    for (at, person) in people.iter().enumerate().filter(|(_, person)| !person.employee && !is_stuck(person, people)) {
        let id = id_of(&format!("share/{}", person.id));
        let in_two = !person.in_cast && at % IN_TWO_TIMES == 3;
        // Whoever pays in two times has begun of late: the second half is asked for when its time comes.
        let on = if in_two {
            halves += 1;
            person.joined_on.max(minus_days(today, 40 + 2 * halves))
        } else {
            person.joined_on
        };
        shares.push(json!({
            "share_id": id, "member_id": person.id, "cents": SHARE, "subscribed_on": on,
            "by_member": MARGAUX.id(), "at": now,
        }));
        payments.push(json!({
            "share_payment_id": id_of(&format!("payment/{}", person.id)), "share_id": id,
            "cents": if in_two { SHARE / 2 } else { SHARE },
            "paid_on": on, "how": HOW[at % HOW.len()], "by_member": MARGAUX.id(), "at": now,
        }));
    }
    rows!(conn, "share", "share_id, member_id, cents, subscribed_on, by_member, at", shares);
    rows!(conn, "share_payment", "share_payment_id, share_id, cents, paid_on, how, by_member, at", payments);
    Ok(())
}

async fn years(conn: &mut PgConnection, people: &[Person], today: NaiveDate, now: Instant) -> Result<(), Error> {
    let mut known: Vec<Value> = Vec::new();
    for (at, person) in people.iter().enumerate().filter(|(_, person)| !person.employee) {
        for year in [today.year() - 1, today.year()] {
            let lacks = year == today.year() && !person.in_cast && at % UNINSURED == 7;
            if person.joined_on.year() > year || lacks {
                continue;
            }
            let paid_on = NaiveDate::from_ymd_opt(year, 1, 15).unwrap_or(today).max(person.joined_on).min(today);
            known.push(json!({
                "member_id": person.id, "year": year, "cents": YEAR, "paid_on": paid_on, "by_member": MARGAUX.id(), "at": now,
            }));
        }
    }
    rows!(conn, "association_year", "member_id, year, cents, paid_on, by_member, at", known);
    Ok(())
}

/// Jeanne is welcomed by Solène; one of the others does not move on.
async fn arrivals(conn: &mut PgConnection, people: &[Person], today: NaiveDate) -> Result<(), Error> {
    let arrival = |person: &Person| {
        let is_jeanne = person.is(&JEANNE);
        let requested = if is_stuck(person, people) { minus_days(today, 40) } else { person.joined_on };
        json!({
            "member_id": person.id, "requested_on": requested, "presented_on": minus_days(requested, 6),
            "chosen_on": is_jeanne.then_some(person.joined_on), "sponsor": is_jeanne.then(|| SOLENE.id()),
        })
    };
    let rows: Vec<Value> = people.iter().filter(|person| person.newcomer).map(arrival).collect();
    rows!(conn, "arrival", "member_id, requested_on, presented_on, chosen_on, sponsor", rows);
    Ok(())
}

async fn money(conn: &mut PgConnection, today: NaiveDate, now: Instant) -> Result<(), Error> {
    let rows = FINANCING.map(|(from_whom, kind, cents, ago, note)| {
        json!({
            "financing_id": id_of(&format!("financing/{from_whom}")), "kind": kind, "from_whom": from_whom, "cents": cents,
            "on_day": minus_days(today, ago), "note": note, "by_member": MARGAUX.id(), "at": now,
        })
    });
    rows!(conn, "financing", "financing_id, kind, from_whom, cents, on_day, note, by_member, at", rows);
    Ok(())
}

/// What was done to a few accounts; and somebody who asks to be erased.
async fn accounts(conn: &mut PgConnection, people: &[Person], now: Instant) -> Result<(), Error> {
    let done = |member: domain::id::MemberId, deed: Deed, days: i64| json!({ "member_id": member, "deed": deed, "by_member": MARGAUX.id(), "at": now - Duration::days(days) });
    let insured = Deed::Insured { year: paris_day(now).year() };
    let mut deeds = vec![
        done(CAMILLE.id(), Deed::Edited { parts: vec![Part::Skills] }, 60),
        done(CAMILLE.id(), insured.clone(), 40),
        done(YVETTE.id(), Deed::DoneForThem { act: "request_leave".to_owned() }, 200),
        done(YVETTE.id(), insured, 35),
        done(JEANNE.id(), Deed::Added, 2),
        done(JEANNE.id(), Deed::SharePaid { cents: domain::catalogue::Cents(SHARE) }, 2),
    ];
    let asks = people.iter().rfind(|person| !person.in_cast && !person.newcomer && !person.leads());
    if let Some(person) = asks {
        let asked = json!({
            "erasure_request_id": id_of("erasure"), "member_id": person.id, "word": "Je quitte la région.",
            "asked_at": now - Duration::days(3), "state": "pending", "answer": "",
        });
        rows!(conn, "erasure_request", "erasure_request_id, member_id, word, asked_at, state, answer", [asked]);
        deeds.push(json!({
            "member_id": person.id, "deed": Deed::ErasureAsked, "by_member": person.id, "at": now - Duration::days(3),
        }));
    }
    rows!(conn, "account_act", "member_id, deed, by_member, at", deeds);
    Ok(())
}
