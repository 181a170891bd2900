//! Who is on their way in, how far, and who is stuck.

use std::sync::LazyLock;

use chrono::NaiveDate;
use domain::governance::Person;
use domain::id::MemberId;
use domain::office::Found;
use domain::register::{Arrivals, Arriving, Deed, Mistake, Newcomer, OnTheirWay, OwnArrival, arriving, proposed};
use domain::time::{Instant, paris_day};
use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::card::regular_seat;
use super::row;
use super::row::newcomer;
use super::seats::{self, RegularPlace};
use super::settings::kept;
use super::together::{Keeping, Kept, note, office, until_won};
use crate::Backend;
use crate::auth::SignedIn;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;
use crate::swaps::scope::Locks;

#[derive(Deserialize)]
struct Row {
    id: MemberId,
    number: i32,
    first_name: String,
    last_name: String,
    phone: Option<String>,
    email: String,
    newcomer: Newcomer,
    sponsor: Option<MemberId>,
}

/// $1 now, $2 today. Those who are members, or soon are.
static ARRIVALS: LazyLock<String> = LazyLock::new(|| {
    let newcomer = newcomer("$1");
    format!(
        "select jsonb_build_object('id', m.member_id, 'number', m.number, 'first_name', m.first_name,
            'last_name', m.last_name, 'phone', m.phone, 'email', m.email, 'newcomer', {newcomer}, 'sponsor', a.sponsor)
        from arrival a join member m using (member_id)
        where a.ended_on is null and (m.left_on is null or m.left_on > $2)
        order by a.requested_on, m.number"
    )
});

async fn rows(conn: &mut PgConnection, now: Instant) -> Result<Vec<Row>, Error> {
    let rows: Vec<Json<Row>> =
        sqlx::query_scalar(AssertSqlSafe(ARRIVALS.as_str())).bind(now).bind(paris_day(now)).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|Json(row)| row).collect())
}

/// All of them, those who are stuck first.
pub async fn arrivals(backend: &Backend, asking: MemberId) -> Result<Arrivals, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    office(&mut tx, asking, now).await?;
    let settings = kept(&mut tx).await?;
    let mut people: Vec<OnTheirWay> = rows(&mut tx, now)
        .await?
        .into_iter()
        .map(|row| OnTheirWay {
            id: row.id,
            number: row.number,
            first_name: row.first_name,
            last_name: row.last_name,
            phone: row.phone,
            email: row.email,
            way: arriving(&row.newcomer, "", now),
            sponsor: row.sponsor,
        })
        .collect();
    people.sort_by_key(|person| (!person.way.stuck, person.way.since, person.number));
    Ok(Arrivals { now, people, settings, sponsors: sponsors(&mut tx, now).await? })
}

/// Those for whom nothing was done for long, with the last day on which something was.
pub(crate) async fn stuck(conn: &mut PgConnection, now: Instant) -> Result<Vec<(Person, NaiveDate)>, Error> {
    let one = |row: Row| {
        let way = arriving(&row.newcomer, "", now);
        way.stuck.then_some((Person { id: row.id, first_name: row.first_name, last_name: row.last_name }, way.since))
    };
    Ok(rows(conn, now).await?.into_iter().filter_map(one).collect())
}

/// Members who have worked a shift, by name.
async fn sponsors(conn: &mut PgConnection, now: Instant) -> Result<Vec<Found>, Error> {
    let rows: Vec<(MemberId, i32, String, String)> = sqlx::query_as(
        "select member_id, number, first_name, last_name from member m
         where joined_on <= $1 and (left_on is null or left_on > $1)
            and not exists (select from arrival a where a.member_id = m.member_id and a.ended_on is null)
         order by lower(last_name), lower(first_name), number",
    )
    .bind(paris_day(now))
    .fetch_all(conn)
    .await?;
    let found = |(member, number, first_name, last_name)| Found { member, number, first_name, last_name };
    Ok(rows.into_iter().map(found).collect())
}

/// They came to a presentation, on that day.
pub async fn presented(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    member: MemberId,
    on: chrono::NaiveDate,
) -> Result<Kept<()>, Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, Some(form), [member]).await? else { return Ok(Ok(())) };
    if on > keeping.today() {
        let last = keeping.today();
        return Ok(Err(vec![Mistake::DayTooLate { last }]));
    }
    let changed = sqlx::query("update arrival set presented_on = $2 where member_id = $1 and ended_on is null");
    if changed.bind(member).bind(on).execute(&mut *keeping.tx).await?.rows_affected() == 0 {
        return Ok(Err(vec![Mistake::NotThere]));
    }
    keeping.deed(member, &Deed::Presented).await?;
    keeping.end().await?;
    Ok(Ok(()))
}

/// Who welcomes them, or nobody yet.
pub async fn sponsor(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    member: MemberId,
    sponsor: Option<MemberId>,
) -> Result<Kept<()>, Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, Some(form), [member]).await? else { return Ok(Ok(())) };
    if sponsor == Some(member) {
        return Ok(Err(vec![Mistake::SamePerson]));
    }
    let now = keeping.now;
    if let Some(sponsor) = sponsor
        && let Err(mistakes) = row::there(&mut keeping.tx, sponsor, now).await?
    {
        return Ok(Err(mistakes));
    }
    let changed = sqlx::query("update arrival set sponsor = $2 where member_id = $1 and ended_on is null");
    if changed.bind(member).bind(sponsor).execute(&mut *keeping.tx).await?.rows_affected() == 0 {
        return Ok(Err(vec![Mistake::NotThere]));
    }
    keeping.deed(member, &Deed::Sponsored).await?;
    keeping.end().await?;
    Ok(Ok(()))
}

/// Nothing more is asked of them: the office says so.
pub async fn arrived(backend: &Backend, asking: MemberId, form: Uuid, member: MemberId) -> Result<Kept<()>, Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, Some(form), [member]).await? else { return Ok(Ok(())) };
    let today = keeping.today();
    if !end(&mut keeping.tx, member, today).await? {
        return Ok(Err(vec![Mistake::NotThere]));
    }
    keeping.deed(member, &Deed::Arrived).await?;
    keeping.end().await?;
    Ok(Ok(()))
}

async fn end(conn: &mut PgConnection, member: MemberId, on: chrono::NaiveDate) -> Result<bool, Error> {
    let ended = sqlx::query("update arrival set ended_on = $2 where member_id = $1 and ended_on is null");
    Ok(ended.bind(member).bind(on).execute(conn).await?.rows_affected() == 1)
}

/// Those who have done all of it have arrived. Gives how many.
pub(super) async fn end_those_who_arrived(backend: &Backend) -> Result<usize, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let there: Vec<MemberId> = rows(&mut tx, now)
        .await?
        .into_iter()
        .filter(|row| arriving(&row.newcomer, "", now).next.is_none())
        .map(|row| row.id)
        .collect();
    for member in &there {
        end(&mut tx, *member, paris_day(now)).await?;
        note(&mut tx, None, *member, &Deed::Arrived, None, now).await?;
    }
    Aftermath::of(there.iter().copied()).finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(there.len())
}

/// My own way in; nothing once I have arrived.
pub async fn own_arrival(backend: &Backend, who: &SignedIn) -> Result<Option<OwnArrival>, Error> {
    let now = backend.now();
    let mut conn = backend.pool.acquire().await?;
    let Some(way) = way_of(&mut conn, who.member, now).await? else { return Ok(None) };
    let known = row::find(&mut conn, who.member).await?.ok_or(Error::NotFound)?;
    let open = seats::open(&mut conn).await?;
    Ok(Some(OwnArrival {
        now,
        way,
        rhythm: known.written.rhythm,
        regular: regular_seat(&mut conn, who.member).await?,
        proposed: proposed(&open, &known.written.skills),
    }))
}

async fn way_of(conn: &mut PgConnection, member: MemberId, now: Instant) -> Result<Option<Arriving>, Error> {
    let welcome = kept(&mut *conn).await?.first_shift;
    let found = rows(conn, now).await?.into_iter().find(|row| row.id == member);
    Ok(found.map(|row| arriving(&row.newcomer, &welcome, now)))
}

/// I take that recurring seat, on the shifts of it that are planned, too.
pub async fn choose_seat(backend: &Backend, who: &SignedIn, place: RegularPlace) -> Result<Kept<()>, Error> {
    until_won(|| Box::pin(chosen(backend, who.member, Some(place)))).await
}

/// I choose as I go.
pub async fn choose_rhythm(backend: &Backend, who: &SignedIn) -> Result<Kept<()>, Error> {
    until_won(|| Box::pin(chosen(backend, who.member, None))).await
}

/// Whoever is on their way in chooses by themselves, once; the office changes it afterwards.
async fn chosen(backend: &Backend, member: MemberId, place: Option<RegularPlace>) -> Result<Kept<()>, Error> {
    let now = backend.now();
    let shifts = seats::planned(&mut *backend.pool.acquire().await?, place, now).await?;
    let mut tx = backend.pool.begin().await?;
    super::together::lock(&mut tx).await?;
    Locks { members: [member].into(), shifts: shifts.iter().copied().collect() }.take(&mut tx).await?;
    let open: bool =
        sqlx::query_scalar("select exists (select from arrival where member_id = $1 and ended_on is null and chosen_on is null)")
            .bind(member)
            .fetch_one(&mut *tx)
            .await?;
    if !open {
        return Ok(Err(vec![Mistake::NotThere]));
    }
    if let Err(mistake) = seats::seat(&mut tx, member, place).await? {
        return Ok(Err(vec![mistake]));
    }
    let mut after = match place {
        Some((_, position)) => seats::join(&mut tx, member, &shifts, position, member, now).await?,
        None => Aftermath::default(),
    };
    seats::chosen(&mut tx, member, now).await?;
    note(&mut tx, None, member, &Deed::RegularSeat { given: place.is_some() }, Some(member), now).await?;
    after.touched.insert(member);
    sqlx::query("set constraints all immediate").execute(&mut *tx).await?;
    after.finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(Ok(()))
}
