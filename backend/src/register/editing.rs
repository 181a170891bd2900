//! Somebody is added to the register, and what it says of them is changed.

use chrono::NaiveDate;
use domain::calendar::SkillLabel;
use domain::id::MemberId;
use domain::members::{Rhythm, Skill};
use domain::procedures::Fields;
use domain::register::{Deed, Mistake, Written};
use domain::time::paris_day;
use sqlx::PgConnection;
use uuid::Uuid;

use super::row;
use super::together::{Keeping, Kept, office};
use crate::Backend;
use crate::error::Error;

/// What a new card begins with: the skills that the co-op teaches, and today.
pub async fn beginning(backend: &Backend, asking: MemberId) -> Result<(Vec<SkillLabel>, NaiveDate), Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    office(&mut tx, asking, now).await?;
    Ok((row::skills(&mut tx).await?, paris_day(now)))
}

/// The form's id is the member's; sent twice, it is one. They are on their way in.
pub async fn create(backend: &Backend, asking: MemberId, form: Uuid, fields: &Fields) -> Result<Kept<MemberId>, Error> {
    let id = MemberId(form);
    let Some(mut keeping) = Keeping::of(backend, asking, Some(form), []).await? else { return Ok(Ok(id)) };
    let known = row::known_skills(&mut keeping.tx).await?;
    let written = match Written::read(fields, &known, keeping.today()) {
        Ok(written) => written,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    let number = next_number(&mut keeping.tx).await?;
    insert(&mut keeping.tx, id, number, &written).await?;
    skills(&mut keeping.tx, id, &written).await?;
    let today = keeping.today();
    arrives(&mut keeping.tx, id, today).await?;
    keeping.deed(id, &Deed::Added).await?;
    keeping.shows();
    keeping.end().await?;
    Ok(Ok(id))
}

/// What the office writes of them, as it was seen at that revision.
pub async fn edit(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    member: MemberId,
    revision: i32,
    fields: &Fields,
) -> Result<Kept<()>, Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, Some(form), [member]).await? else { return Ok(Ok(())) };
    let known = row::known_skills(&mut keeping.tx).await?;
    let written = match Written::read(fields, &known, keeping.today()) {
        Ok(written) => written,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    let now = keeping.now;
    let before = match row::there(&mut keeping.tx, member, now).await? {
        Ok(before) => before,
        Err(mistakes) => return Ok(Err(mistakes)),
    };
    if before.revision != revision {
        return Ok(Err(vec![Mistake::Stale { revision: before.revision }]));
    }
    let parts = before.written.differing(&written);
    if parts.is_empty() {
        return Ok(Ok(()));
    }
    write(&mut keeping.tx, member, &written).await?;
    skills(&mut keeping.tx, member, &written).await?;
    keeping.deed(member, &Deed::Edited { parts }).await?;
    keeping.shows();
    keeping.end().await?;
    Ok(Ok(()))
}

/// The one after the highest.
pub(super) async fn next_number(conn: &mut PgConnection) -> Result<i32, Error> {
    Ok(sqlx::query_scalar("select coalesce(max(number), 0) + 1 from member").fetch_one(conn).await?)
}

pub(super) async fn insert(conn: &mut PgConnection, id: MemberId, number: i32, written: &Written) -> Result<(), Error> {
    sqlx::query(
        "insert into member (member_id, number, first_name, last_name, email, phone, address, rhythm, joined_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(id)
    .bind(number)
    .bind(&written.first_name)
    .bind(&written.last_name)
    .bind(&written.email)
    .bind(&written.phone)
    .bind(&written.address)
    .bind(rhythm(written.rhythm))
    .bind(written.joined_on)
    .execute(conn)
    .await?;
    Ok(())
}

/// Everything but their skills.
pub(super) async fn write(conn: &mut PgConnection, id: MemberId, written: &Written) -> Result<(), Error> {
    sqlx::query(
        "update member set first_name = $2, last_name = $3, email = $4, phone = $5, address = $6, rhythm = $7,
            joined_on = $8, show_phone = show_phone and $5 is not null, revision = revision + 1
         where member_id = $1",
    )
    .bind(id)
    .bind(&written.first_name)
    .bind(&written.last_name)
    .bind(&written.email)
    .bind(&written.phone)
    .bind(&written.address)
    .bind(rhythm(written.rhythm))
    .bind(written.joined_on)
    .execute(conn)
    .await?;
    Ok(())
}

/// What they have learnt is this, and nothing else.
pub(super) async fn skills(conn: &mut PgConnection, id: MemberId, written: &Written) -> Result<(), Error> {
    let skills: Vec<&str> = written.skills.iter().map(Skill::as_str).collect();
    sqlx::query("delete from member_skill where member_id = $1 and skill <> all($2)")
        .bind(id)
        .bind(&skills)
        .execute(&mut *conn)
        .await?;
    sqlx::query("insert into member_skill (member_id, skill) select $1, unnest($2::text[]) on conflict do nothing")
        .bind(id)
        .bind(&skills)
        .execute(conn)
        .await?;
    Ok(())
}

/// Their way in begins.
pub(super) async fn arrives(conn: &mut PgConnection, id: MemberId, on: NaiveDate) -> Result<(), Error> {
    sqlx::query("insert into arrival (member_id, requested_on) values ($1, $2) on conflict (member_id) do nothing")
        .bind(id)
        .bind(on)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) fn rhythm(rhythm: Rhythm) -> &'static str {
    match rhythm {
        Rhythm::Regular => "regular",
        Rhythm::Floating => "floating",
    }
}
