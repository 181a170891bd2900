//! What those of a group write of a dossier at a table: one transaction, in which nobody else changes it.

use domain::dossiers::{Kind, Mistake, OPEN_CAP, Said, State};
use domain::id::{DossierId, GroupId, MemberId};
use domain::notice::Notice;
use domain::time::{Instant, paris_day};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::IS_OPEN;
use super::write::{note, readers};
use crate::Backend;
use crate::auth::KeepsBoard;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// Whether it was done, or why not.
pub type Kept = Result<(), Vec<Mistake>>;

/// The form's id is the dossier's: sent twice, it is opened once.
pub async fn open(backend: &Backend, asking: MemberId, group: GroupId, form: Uuid, said: &Said) -> Result<Kept, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let by = KeepsBoard::find(&mut tx, asking, group, now).await?.ok_or(Error::NotAllowed)?;
    let mistakes = people_mistaken(&mut tx, group, said, now).await?;
    if !mistakes.is_empty() {
        return Ok(Err(mistakes));
    }
    let sql = format!("select count(*) from dossier d where d.group_id = $1 and d.dossier_id <> $2 and {IS_OPEN}");
    let open: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).bind(group).bind(form).fetch_one(&mut *tx).await?;
    if usize::try_from(open).is_ok_and(|open| open >= OPEN_CAP) {
        return Ok(Err(vec![Mistake::BoardFull { cap: OPEN_CAP }]));
    }
    let opened = sqlx::query(
        "insert into dossier (dossier_id, group_id, title, text, matter, holder_id, due_on, papers, by_member, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (dossier_id) do nothing",
    )
    .bind(form)
    .bind(group)
    .bind(&said.title)
    .bind(&said.text)
    .bind(Json(&said.matter))
    .bind(said.holder)
    .bind(said.due)
    .bind(Json(&said.papers))
    .bind(by.member())
    .bind(now)
    .execute(&mut *tx)
    .await?;
    if opened.rows_affected() == 1 {
        let id = DossierId(form);
        note(&mut tx, form, id, "ouvrir", by.member(), now).await?;
        let mut after = Aftermath::of(readers(&mut tx, group, said.matter.tutor(), now).await?);
        hand_over(&mut after, (id, group), said, None, by.member());
        after.finish(&mut tx, None, now).await?;
    }
    tx.commit().await?;
    Ok(Ok(()))
}

#[derive(sqlx::FromRow)]
struct Row {
    group_id: GroupId,
    matter: Json<domain::dossiers::Matter>,
    holder_id: Option<MemberId>,
    state: Json<State>,
    revision: i32,
    hours: i64,
}

/// `base`: the revision from which it was written. Of another group's dossier nobody is told whether it is there.
pub async fn rewrite(
    backend: &Backend,
    asking: MemberId,
    id: DossierId,
    form: Uuid,
    base: i32,
    said: &Said,
) -> Result<Kept, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let group: Option<GroupId> =
        sqlx::query_scalar("select group_id from dossier where dossier_id = $1").bind(id).fetch_optional(&mut *tx).await?;
    let group = group.ok_or(Error::NotFound)?;
    let by = KeepsBoard::find(&mut tx, asking, group, now).await?.ok_or(Error::NotFound)?.member();
    let known: Option<Row> = sqlx::query_as(
        "select group_id, matter, holder_id, state, revision,
            (select count(*) from dossier_hours h where h.dossier_id = d.dossier_id) as hours
         from dossier d where dossier_id = $1 for no key update of d",
    )
    .bind(id)
    .fetch_optional(&mut *tx)
    .await?;
    let known = known.filter(|known| known.group_id == group).ok_or(Error::NotFound)?;
    if !note(&mut tx, form, id, "ecrire", by, now).await? {
        tx.commit().await?;
        return Ok(Ok(()));
    }
    let mut mistakes = people_mistaken(&mut tx, group, said, now).await?;
    if known.revision != base {
        mistakes.push(Mistake::Stale { revision: known.revision });
    }
    if !known.state.0.is_open() {
        mistakes.push(Mistake::Closed);
    }
    // Whoever noted something on the spot says later what it is; hours stay with whom they are of.
    if known.hours > 0 && said.matter.kind() != Kind::Volunteer {
        mistakes.push(Mistake::KindFixed);
    }
    if !mistakes.is_empty() {
        return Ok(Err(mistakes));
    }
    sqlx::query(
        "update dossier set title = $2, text = $3, matter = $4, holder_id = $5, due_on = $6, papers = $7, revision = revision + 1
         where dossier_id = $1",
    )
    .bind(id)
    .bind(&said.title)
    .bind(&said.text)
    .bind(Json(&said.matter))
    .bind(said.holder)
    .bind(said.due)
    .bind(Json(&said.papers))
    .execute(&mut *tx)
    .await?;
    let mut after = Aftermath::of(readers(&mut tx, group, said.matter.tutor(), now).await?);
    // Whoever accompanied somebody no longer sees it.
    after.touched.extend(known.matter.0.tutor());
    let before: Vec<MemberId> = known.holder_id.into_iter().chain(known.matter.0.tutor()).collect();
    hand_over(&mut after, (id, group), said, Some(&before), by);
    after.finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(Ok(()))
}

/// Whoever is named on it anew hears of it, but for whom it comes from.
fn hand_over(
    after: &mut Aftermath,
    (dossier, group): (DossierId, GroupId),
    said: &Said,
    before: Option<&[MemberId]>,
    by: MemberId,
) {
    let named = said.holder.into_iter().chain(said.matter.tutor().filter(|tutor| said.holder != Some(*tutor)));
    let anew = |member: &MemberId| *member != by && !before.unwrap_or_default().contains(member);
    let notice = Notice::DossierHanded { dossier, group, title: said.title.clone(), by };
    after.told.extend(named.filter(anew).map(|member| (member, notice.clone())));
}

/// Who sees to it belongs to the group, or is the employee; who accompanies somebody is a member.
async fn people_mistaken(conn: &mut PgConnection, group: GroupId, said: &Said, now: Instant) -> Result<Vec<Mistake>, Error> {
    let (holder, tutor): (bool, bool) = sqlx::query_as(
        "select $3::uuid is null or exists (select from member m where m.member_id = $3 and m.joined_on <= $2
                and (m.left_on is null or m.left_on > $2)
                and (m.employee or exists (select from group_member n where n.group_id = $1 and n.member_id = $3))),
            $4::uuid is null or exists (select from member m where m.member_id = $4 and m.joined_on <= $2
                and (m.left_on is null or m.left_on > $2))",
    )
    .bind(group)
    .bind(paris_day(now))
    .bind(said.holder)
    .bind(said.matter.tutor())
    .fetch_one(conn)
    .await?;
    let wrong = [(holder, Mistake::HolderElsewhere), (tutor, Mistake::TutorUnknown)];
    Ok(wrong.into_iter().filter(|(right, _)| !right).map(|(_, mistake)| mistake).collect())
}
