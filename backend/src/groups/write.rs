//! What an act about a working group leaves in the tables, and whom it lets know.

use domain::board::Board;
use domain::effect::Effect;
use domain::groups::{Change, Joining, JoiningState};
use domain::id::{GroupId, JoiningId, MemberId};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use crate::error::Error;
use crate::ids;
use crate::swaps::aftermath::Aftermath;

/// Writes what `effects` say of working groups. `board` holds the facts with the effects applied.
pub(crate) async fn follow(
    conn: &mut PgConnection,
    board: &Board,
    effects: &[Effect],
    sender: Option<MemberId>,
    now: Instant,
    after: &mut Aftermath,
) -> Result<(), Error> {
    for effect in effects {
        let Effect::GroupChanged(change) = effect else { continue };
        match change {
            Change::Asked(joining) => {
                after.touched.insert(joining.member);
                shows_otherwise(conn, board, joining.group, now, after).await?;
                ask(conn, joining).await?;
                let what = if joining.is_invitation() { "inviter" } else { "demander" };
                let by = joining.invited_by.unwrap_or(joining.member);
                note(conn, ids::at(now), joining.group, what, Some(joining.member), by, now).await.map(drop)?;
            }
            Change::Ended { joining, state } => {
                let known = board.joinings.get(joining).ok_or(Error::Conflict)?;
                after.touched.insert(known.member);
                shows_otherwise(conn, board, known.group, now, after).await?;
                end(conn, *joining, state).await?;
                if let JoiningState::Refused { by, .. } = state {
                    note(conn, ids::at(now), known.group, "refuser", Some(known.member), *by, now).await.map(drop)?;
                }
            }
            Change::Joined { group, member } => {
                sqlx::query("insert into group_member (group_id, member_id) values ($1, $2) on conflict do nothing")
                    .bind(group)
                    .bind(member)
                    .execute(&mut *conn)
                    .await?;
                changed(conn, board, (*group, *member), "rejoindre", sender, now, after).await?;
            }
            Change::Left { group, member } => {
                let gone = sqlx::query("delete from group_member where group_id = $1 and member_id = $2")
                    .bind(group)
                    .bind(member)
                    .execute(&mut *conn)
                    .await?;
                if gone.rows_affected() != 1 {
                    return Err(Error::Conflict);
                }
                let what = if sender == Some(*member) { "quitter" } else { "retirer" };
                changed(conn, board, (*group, *member), what, sender, now, after).await?;
            }
            Change::ReferentSet { group, member, on } => {
                sqlx::query("update group_member set referent = $3 where group_id = $1 and member_id = $2")
                    .bind(group)
                    .bind(member)
                    .bind(on)
                    .execute(&mut *conn)
                    .await?;
                let what = if *on { "nommer" } else { "rendre" };
                changed(conn, board, (*group, *member), what, sender, now, after).await?;
            }
        }
    }
    Ok(())
}

async fn ask(conn: &mut PgConnection, joining: &Joining) -> Result<(), Error> {
    sqlx::query(
        "insert into group_joining (joining_id, group_id, member_id, invited_by, word, at) values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(joining.id)
    .bind(joining.group)
    .bind(joining.member)
    .bind(joining.invited_by)
    .bind(&joining.word)
    .bind(joining.at)
    .execute(conn)
    .await?;
    Ok(())
}

/// What another act answered in the meantime is a conflict.
async fn end(conn: &mut PgConnection, joining: JoiningId, state: &JoiningState) -> Result<(), Error> {
    let ended = sqlx::query("update group_joining set state = $2 where joining_id = $1 and state = '\"pending\"'")
        .bind(joining)
        .bind(Json(state))
        .execute(conn)
        .await?;
    if ended.rows_affected() == 1 { Ok(()) } else { Err(Error::Conflict) }
}

/// Somebody belongs to it, or answers for it, otherwise than before: everybody sees it, and those concerned may do other things.
async fn changed(
    conn: &mut PgConnection,
    board: &Board,
    (group, member): (GroupId, MemberId),
    what: &str,
    sender: Option<MemberId>,
    now: Instant,
    after: &mut Aftermath,
) -> Result<(), Error> {
    after.groups = true;
    after.touched.insert(member);
    shows_otherwise(conn, board, group, now, after).await?;
    note(conn, ids::at(now), group, what, Some(member), sender.unwrap_or(member), now).await.map(drop)
}

/// Whoever belongs to it, and the employee, who runs every group: what waits there, and what they may do, may be otherwise.
async fn shows_otherwise(
    conn: &mut PgConnection,
    board: &Board,
    group: GroupId,
    now: Instant,
    after: &mut Aftermath,
) -> Result<(), Error> {
    after.touched.extend(board.working.get(&group).into_iter().flat_map(|known| known.members.iter().copied()));
    let employees: Vec<MemberId> =
        sqlx::query_scalar("select member_id from member where employee and (left_on is null or left_on > $1)")
            .bind(paris_day(now))
            .fetch_all(conn)
            .await?;
    after.touched.extend(employees);
    Ok(())
}

/// Notes what was done; false where the same form has done it already.
pub(super) async fn note(
    conn: &mut PgConnection,
    id: Uuid,
    group: GroupId,
    what: &str,
    about: Option<MemberId>,
    by: MemberId,
    now: Instant,
) -> Result<bool, Error> {
    let noted = sqlx::query(
        "insert into group_act (group_act_id, group_id, what, about, by_member, at) values ($1, $2, $3, $4, $5, $6)
         on conflict (group_act_id) do nothing",
    )
    .bind(id)
    .bind(group)
    .bind(what)
    .bind(about)
    .bind(by)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(noted.rows_affected() == 1)
}
