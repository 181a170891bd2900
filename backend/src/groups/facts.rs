//! The facts of an act about a group, under its row's lock.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use domain::board::Board;
use domain::groups::{Joining, Membership};
use domain::id::{GroupId, JoiningId, MemberId};
use domain::notice::Notice;
use domain::time::{Instant, paris_day};
use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::{JOINING, lock};
use crate::error::Error;
use crate::swaps::scope::Scope;

#[derive(Deserialize)]
struct Row {
    id: GroupId,
    name: String,
    members: BTreeSet<MemberId>,
    referents: BTreeSet<MemberId>,
    joinings: Vec<Joining>,
}

/// Lays what `scope` asks of a working group on the board.
pub(crate) async fn lay_facts(conn: &mut PgConnection, scope: &Scope, board: &mut Board, now: Instant) -> Result<(), Error> {
    let Some(group) = scope.group else { return Ok(()) };
    lock(conn, group).await?;
    lay(conn, board, &[group], scope.joining.as_slice(), now).await
}

/// Lays over a board what notices say of groups.
pub(crate) async fn lay_told(conn: &mut PgConnection, board: &mut Board, notices: &[&Notice], now: Instant) -> Result<(), Error> {
    let mut groups: Vec<GroupId> = notices.iter().filter_map(|notice| notice.working_group()).collect();
    groups.sort();
    groups.dedup();
    let joinings: Vec<JoiningId> = notices.iter().filter_map(|notice| notice.joining()).collect();
    lay(conn, board, &groups, &joinings, now).await
}

/// Groups with what waits, and these requests and invitations whatever became of them.
pub(super) async fn lay(
    conn: &mut PgConnection,
    board: &mut Board,
    groups: &[GroupId],
    joinings: &[JoiningId],
    now: Instant,
) -> Result<(), Error> {
    if groups.is_empty() {
        return Ok(());
    }
    let rows: Vec<Json<Row>> = sqlx::query_scalar(AssertSqlSafe(MEMBERSHIP.as_str()))
        .bind(groups.iter().map(|group| group.0).collect::<Vec<Uuid>>())
        .bind(paris_day(now))
        .bind(joinings.iter().map(|joining| joining.0).collect::<Vec<Uuid>>())
        .fetch_all(conn)
        .await?;
    for Json(row) in rows {
        let Row { id, name, members, referents, joinings } = row;
        board.working.insert(id, Membership { name, members, referents });
        board.joinings.extend(joinings.into_iter().map(|joining| (joining.id, joining)));
    }
    Ok(())
}

/// $1 groups, $2 today, $3 requests and invitations.
static MEMBERSHIP: LazyLock<String> = LazyLock::new(|| {
    let belongs = "from group_member n join member m using (member_id)
        where n.group_id = g.group_id and m.joined_on <= $2 and (m.left_on is null or m.left_on > $2)";
    format!(
        "select jsonb_build_object('id', g.group_id, 'name', g.name,
            'members', (select coalesce(jsonb_agg(n.member_id), '[]') {belongs}),
            'referents', (select coalesce(jsonb_agg(n.member_id), '[]') {belongs} and n.referent),
            'joinings', (select coalesce(jsonb_agg({JOINING}), '[]') from group_joining j
                where j.group_id = g.group_id and (j.state = '\"pending\"' or j.joining_id = any($3))))
         from working_group g where g.group_id = any($1)"
    )
});
