//! Somebody leaves the co-op, goes on under another card, or is forgotten: what that is to the groups.

use std::collections::BTreeSet;

use domain::decide::leaves_groups;
use domain::id::{GroupId, MemberId};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;

use super::facts::lay;
use super::lock;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;
use crate::swaps::scope::Scope;
use crate::swaps::{load, write};

/// They belong to no group any more, and what waits between a group and them ends; whoever is left hears it. They are locked.
pub(crate) async fn leaves_coop(
    conn: &mut PgConnection,
    member: MemberId,
    by: Option<MemberId>,
    now: Instant,
) -> Result<Aftermath, Error> {
    let groups = theirs(&mut *conn, member).await?;
    if groups.is_empty() {
        return Ok(Aftermath::default());
    }
    let mut board = load::board(&mut *conn, &Scope::new(member), now).await?;
    lay(&mut *conn, &mut board, &groups, &[], now).await?;
    let held: Vec<(GroupId, bool)> = sqlx::query_as("select group_id, referent from group_member where member_id = $1")
        .bind(member)
        .fetch_all(&mut *conn)
        .await?;
    // Whoever is no longer a member is none of those who belong to it today.
    for (group, referent) in held {
        if let Some(known) = board.working.get_mut(&group) {
            known.members.insert(member);
            if referent {
                known.referents.insert(member);
            }
        }
    }
    let list = leaves_groups(&board, member, now);
    board.apply_all(&list);
    write::effects(conn, &board, &list, by, now).await
}

/// Of two cards that are one person's, what the one belongs to, the other does; what waits for the one that goes ends. Both are
/// locked. What those see who belong to these groups may be otherwise.
pub(crate) async fn moved(conn: &mut PgConnection, goes: MemberId, keeps: MemberId, now: Instant) -> Result<Aftermath, Error> {
    let groups = theirs(&mut *conn, goes).await?;
    if groups.is_empty() {
        return Ok(Aftermath::default());
    }
    sqlx::query(
        "insert into group_member (group_id, member_id, referent)
         select group_id, $2, referent from group_member where member_id = $1
         on conflict (group_id, member_id) do update set referent = group_member.referent or excluded.referent",
    )
    .bind(goes)
    .bind(keeps)
    .execute(&mut *conn)
    .await?;
    sqlx::query("delete from group_member where member_id = $1").bind(goes).execute(&mut *conn).await?;
    sqlx::query(
        "update group_joining set state = jsonb_build_object('withdrawn', jsonb_build_object('at', $2::timestamptz))
         where member_id = $1 and state = '\"pending\"'",
    )
    .bind(goes)
    .bind(now)
    .execute(&mut *conn)
    .await?;
    let see: Vec<MemberId> = sqlx::query_scalar(
        "select member_id from group_member where group_id = any($1)
         union select member_id from member where employee and (left_on is null or left_on > $2)",
    )
    .bind(groups.iter().map(|group| group.0).collect::<Vec<_>>())
    .bind(paris_day(now))
    .fetch_all(conn)
    .await?;
    Ok(Aftermath { groups: true, ..Aftermath::of(see) })
}

/// The groups to which somebody belongs, or between which and them something waits; locked, each by id.
async fn theirs(conn: &mut PgConnection, member: MemberId) -> Result<Vec<GroupId>, Error> {
    let groups: Vec<GroupId> = sqlx::query_scalar(
        "select group_id from group_member where member_id = $1
         union select group_id from group_joining where member_id = $1 and state = '\"pending\"'",
    )
    .bind(member)
    .fetch_all(&mut *conn)
    .await?;
    let groups: BTreeSet<GroupId> = groups.into_iter().collect();
    for group in &groups {
        lock(&mut *conn, *group).await?;
    }
    Ok(groups.into_iter().collect())
}

/// What somebody wrote when they asked, invited or answered is not kept once they are forgotten; that they belonged to it is.
pub(crate) async fn forget_person(conn: &mut PgConnection, member: MemberId) -> Result<(), Error> {
    for forgotten in [
        "update group_joining set word = '' where coalesce(invited_by, member_id) = $1",
        "update group_joining set state = state #- '{accepted,word}' #- '{refused,word}'
         where jsonb_typeof(state) = 'object'
            and (member_id = $1 or state->'accepted'->>'by' = $1::text or state->'refused'->>'by' = $1::text)",
    ] {
        sqlx::query(forgotten).bind(member).execute(&mut *conn).await?;
    }
    Ok(())
}
