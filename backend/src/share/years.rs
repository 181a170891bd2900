//! Who is of the association, year by year: it insures whoever works in the shop.

use domain::catalogue::Cents;
use domain::id::MemberId;
use domain::register::{Deed, Mistake};
use domain::time::Instant;
use sqlx::PgConnection;
use uuid::Uuid;

use super::keeping::may_keep;
use crate::Backend;
use crate::auth::Office;
use crate::error::Error;
use crate::register::together::{Keeping, Kept};

/// SQL for a [`domain::share::AssociationYear`] `y`, as JSON.
pub(crate) const YEAR: &str = "jsonb_build_object('year', y.year, 'cents', y.cents, 'paid_on', y.paid_on)";

/// Paid for that year, so much, on that day.
pub async fn insure(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    member: MemberId,
    (year, cents, on): (i16, Cents, chrono::NaiveDate),
) -> Result<Kept<()>, Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, Some(form), [member]).await? else { return Ok(Ok(())) };
    if let Err(mistake) = may_keep(&mut keeping, member).await? {
        return Ok(Err(vec![mistake]));
    }
    let (by, now) = (keeping.by, keeping.now);
    let new = sqlx::query(
        "insert into association_year (member_id, year, cents, paid_on, by_member, at) values ($1, $2, $3, $4, $5, $6)
         on conflict (member_id, year) do nothing",
    )
    .bind(member)
    .bind(year)
    .bind(cents.0)
    .bind(on)
    .bind(by)
    .bind(now)
    .execute(&mut *keeping.tx)
    .await?;
    if new.rows_affected() == 0 {
        return Ok(Err(vec![Mistake::AlreadyInsured { year: i32::from(year) }]));
    }
    keeping.deed(member, &Deed::Insured { year: i32::from(year) }).await?;
    shows(&mut keeping, member).await?;
    keeping.end().await?;
    Ok(Ok(()))
}

/// Entered by mistake.
pub async fn take_back_year(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    member: MemberId,
    year: i16,
) -> Result<Kept<()>, Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, Some(form), [member]).await? else { return Ok(Ok(())) };
    if let Err(mistake) = may_keep(&mut keeping, member).await? {
        return Ok(Err(vec![mistake]));
    }
    let gone = sqlx::query("delete from association_year where member_id = $1 and year = $2");
    if gone.bind(member).bind(year).execute(&mut *keeping.tx).await?.rows_affected() == 0 {
        return Ok(Err(vec![Mistake::YearUnreadable]));
    }
    keeping.deed(member, &Deed::InsuranceTakenBack { year: i32::from(year) }).await?;
    shows(&mut keeping, member).await?;
    keeping.end().await?;
    Ok(Ok(()))
}

/// The day sheets of these days say whether somebody is insured: their leads' and the office's.
async fn shows(keeping: &mut Keeping, member: MemberId) -> Result<(), Error> {
    let (today, near) = (keeping.today(), keeping.now);
    let leads: Vec<MemberId> = sqlx::query_scalar(
        "select distinct l.member_id from assignment a join shift s using (shift_id)
            join seat using (shift_id) join assignment l on l.shift_id = seat.shift_id and l.position = seat.position
         where a.member_id = $1 and seat.lead and s.starts_at between $2 - interval '3 days' and $2 + interval '3 days'",
    )
    .bind(member)
    .bind(near)
    .fetch_all(&mut *keeping.tx)
    .await?;
    keeping.after.touched.extend(leads);
    let office = Office::everybody(&mut keeping.tx, today).await?;
    keeping.after.touched.extend(office);
    Ok(())
}

/// Years that another card had, or that a file says: those that are known stay.
pub(crate) async fn insured(
    conn: &mut PgConnection,
    member: MemberId,
    years: &[(i16, i64, chrono::NaiveDate)],
    by: MemberId,
    now: Instant,
) -> Result<(), Error> {
    for (year, cents, on) in years {
        sqlx::query(
            "insert into association_year (member_id, year, cents, paid_on, by_member, at) values ($1, $2, $3, $4, $5, $6)
             on conflict (member_id, year) do nothing",
        )
        .bind(member)
        .bind(year)
        .bind(cents)
        .bind(on)
        .bind(by)
        .bind(now)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// The years become these, as a file says them: what was paid for those that are new is not told by it.
pub(crate) async fn insured_by_file(
    conn: &mut PgConnection,
    member: MemberId,
    years: &std::collections::BTreeSet<i32>,
    by: MemberId,
    now: Instant,
) -> Result<(), Error> {
    let years: Vec<i16> = years.iter().filter_map(|year| i16::try_from(*year).ok()).collect();
    sqlx::query("delete from association_year where member_id = $1 and year <> all($2)")
        .bind(member)
        .bind(&years)
        .execute(&mut *conn)
        .await?;
    let today = domain::time::paris_day(now);
    let rows: Vec<(i16, i64, chrono::NaiveDate)> = years.into_iter().map(|year| (year, 0, today)).collect();
    insured(conn, member, &rows, by, now).await
}
