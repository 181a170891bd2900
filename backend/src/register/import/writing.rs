//! The register as a file may say it: read as a whole, and written member by member.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::id::{MemberId, PaymentId, ShareId};
use domain::register::Written;
use domain::register::import::{Change, Fact, Facts, Kept, Register, ShareFact, Write};
use domain::time::Instant;
use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};

use crate::error::Error;
use crate::ids::Ids;
use crate::register::editing;
use crate::register::row::SINCE;
use crate::share;

/// Whoever joined so lately is on their way in. Days.
const NEW_D: u64 = 60;

#[derive(Deserialize)]
struct Row {
    id: MemberId,
    facts: Facts,
    since: domain::register::Since,
}

/// Everybody, those who left too.
pub(super) async fn register(conn: &mut PgConnection, today: NaiveDate) -> Result<Register, Error> {
    let rows: Vec<Json<Row>> = sqlx::query_scalar(AssertSqlSafe(format!(
        "select jsonb_build_object('id', m.member_id, 'since', {SINCE}, 'facts', jsonb_build_object('number', m.number,
            'first_name', m.first_name, 'last_name', m.last_name, 'email', m.email, 'phone', m.phone,
            'address', m.address, 'joined_on', m.joined_on, 'rhythm', m.rhythm,
            'share', (select jsonb_build_object('cents', h.cents, 'on', h.subscribed_on,
                    'paid', (select coalesce(sum(p.cents), 0)::bigint from share_payment p
                        where p.share_id = h.share_id and p.cancelled_at is null))
                from share h where h.member_id = m.member_id and h.refunded_on is null),
            'years', (select coalesce(jsonb_agg(y.year order by y.year), '[]') from association_year y
                where y.member_id = m.member_id)))
         from member m where m.merged_into is null and m.erased_at is null order by m.number"
    )))
    .fetch_all(conn)
    .await?;
    let kept = |Json(row): Json<Row>| (row.id, Kept { there: row.since.status(today).is_there(), facts: row.facts });
    Ok(rows.into_iter().map(kept).collect::<BTreeMap<_, _>>())
}

/// The numbers of cards that are none of these any more.
pub(super) async fn gone(conn: &mut PgConnection) -> Result<BTreeSet<i32>, Error> {
    let numbers: Vec<i32> =
        sqlx::query_scalar("select number from member where merged_into is not null or erased_at is not null")
            .fetch_all(conn)
            .await?;
    Ok(numbers.into_iter().collect())
}

/// By whom, when, and where the ids of what comes into being are from.
pub(super) struct Author<'a> {
    pub by: MemberId,
    pub now: Instant,
    pub today: NaiveDate,
    pub ids: &'a Ids,
}

/// Of a plan that its own register takes: `after`, as it is with all of it.
pub(super) async fn write(conn: &mut PgConnection, write: &Write, after: &Register, author: &Author<'_>) -> Result<(), Error> {
    match write {
        Write::Create { id, facts } => create(conn, *id, facts, author).await,
        Write::Change { id, changes } => {
            let facts = &after.get(id).ok_or(Error::Unreadable("a plan that changes nobody"))?.facts;
            change(conn, *id, facts, changes, author).await
        }
        // Only an undo does.
        Write::Remove { .. } => Err(Error::Unreadable("a plan that removes")),
    }
}

fn written(facts: &Facts) -> Written {
    Written {
        first_name: facts.first_name.clone(),
        last_name: facts.last_name.clone(),
        email: facts.email.clone(),
        phone: facts.phone.clone(),
        address: facts.address.clone(),
        rhythm: facts.rhythm,
        joined_on: facts.joined_on,
        skills: Default::default(),
    }
}

async fn create(conn: &mut PgConnection, id: MemberId, facts: &Facts, author: &Author<'_>) -> Result<(), Error> {
    editing::insert(&mut *conn, id, facts.number, &written(facts)).await?;
    if let Some(fact) = &facts.share {
        subscribe(&mut *conn, id, fact, author).await?;
    }
    share::insured_by_file(&mut *conn, id, &facts.years, author.by, author.now).await?;
    if facts.joined_on >= domain::time::minus_days(author.today, NEW_D) {
        editing::arrives(conn, id, facts.joined_on.min(author.today)).await?;
    }
    Ok(())
}

async fn change(
    conn: &mut PgConnection,
    id: MemberId,
    facts: &Facts,
    changes: &[Change],
    author: &Author<'_>,
) -> Result<(), Error> {
    editing::write(&mut *conn, id, &written(facts)).await?;
    for change in changes {
        match (&change.old, &change.new) {
            (Fact::Share(_), Fact::Share(Some(fact))) => subscribe(&mut *conn, id, fact, author).await?,
            (Fact::Share(_), Fact::Share(None)) => share::unsubscribed(&mut *conn, id).await?,
            (_, Fact::Years(years)) => share::insured_by_file(&mut *conn, id, years, author.by, author.now).await?,
            _ => {}
        }
    }
    Ok(())
}

/// A file says what was paid of it, not how.
async fn subscribe(conn: &mut PgConnection, id: MemberId, fact: &ShareFact, author: &Author<'_>) -> Result<(), Error> {
    let (made, paid) = (ShareId(author.ids.uuid()), PaymentId(author.ids.uuid()));
    share::subscribed_by_file(conn, (made, paid), id, fact, (author.by, author.now)).await
}

/// As if they had never been there; nothing where they have done something by now, which stays.
pub(super) async fn remove(conn: &mut PgConnection, id: MemberId) -> Result<bool, Error> {
    sqlx::query("savepoint removing").execute(&mut *conn).await?;
    match removed(&mut *conn, id).await {
        Ok(()) => {
            sqlx::query("release savepoint removing").execute(conn).await?;
            Ok(true)
        }
        Err(error) if error.code().as_deref() == Some("23503") => {
            sqlx::query("rollback to savepoint removing").execute(conn).await?;
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

async fn removed(conn: &mut PgConnection, id: MemberId) -> Result<(), Error> {
    share::forget(&mut *conn, id).await?;
    for gone in [
        "delete from arrival where member_id = $1",
        "delete from welcome_mail where member_id = $1",
        "delete from member_mark where member_id = $1",
        "delete from member where member_id = $1",
    ] {
        sqlx::query(gone).bind(id).execute(&mut *conn).await?;
    }
    Ok(())
}
