//! What members say: their lists, what they would like the shop to have, what they did not find.

use std::sync::LazyLock;

use chrono::Duration;
use domain::board::Board;
use domain::catalogue::{Change, ListEdit, REPORT_BACK_D, Report, Suggestion};
use domain::effect::Effect;
use domain::id::{MemberId, ProductId, SuggestionId};
use domain::members::Known;
use domain::notice::Notice;
use domain::time::Instant;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::row::{PRODUCT, ProductRow};
use super::together::keeper;
use crate::Backend;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;
use crate::swaps::scope::Scope;

/// SQL for the [`domain::catalogue::Lists`] of a member, a parameter such as `$1`, as JSON.
pub(crate) fn lists_of(member: &str) -> String {
    format!(
        "jsonb_build_object(
        'favourites', (select coalesce(jsonb_agg(f.product_id order by f.product_id), '[]') from favourite f
            where f.member_id = {member}),
        'shopping', (select coalesce(jsonb_agg(jsonb_build_object('id', i.item_id, 'what', i.what, 'quantity', i.quantity,
                'done', i.done) order by i.rank), '[]') from shopping_item i where i.member_id = {member}))"
    )
}

/// SQL for a [`Suggestion`] `s`, as JSON.
pub(crate) const SUGGESTION: &str = "jsonb_build_object('id', s.suggestion_id, 'text', s.text, 'by', s.by_member, 'at', s.at,
    'supporters', (select coalesce(jsonb_agg(u.member_id), '[]') from suggestion_support u
        where u.suggestion_id = s.suggestion_id),
    'answer', s.answer)";

/// SQL for a [`Report`] `r`, as JSON.
pub(crate) const REPORT: &str = "jsonb_build_object('product', r.product_id, 'by', r.by_member, 'on', r.on_day, 'at', r.at,
    'closed', r.closed)";

/// All that was suggested, the newest first.
pub async fn suggestions(backend: &Backend, asking: MemberId) -> Result<Vec<Suggestion>, Error> {
    let mut tx = backend.pool.begin().await?;
    keeper(&mut tx, asking, backend.now()).await?;
    let all =
        sqlx::query_scalar(AssertSqlSafe(format!("select {SUGGESTION} from suggestion s order by s.at desc, s.suggestion_id")));
    let rows: Vec<Json<Suggestion>> = all.fetch_all(&mut *tx).await?;
    Ok(rows.into_iter().map(|Json(suggestion)| suggestion).collect())
}

/// What is said to be missing and not ended, the oldest first; what is archived nobody looks for.
pub async fn reports(backend: &Backend, asking: MemberId) -> Result<Vec<Report>, Error> {
    let mut tx = backend.pool.begin().await?;
    keeper(&mut tx, asking, backend.now()).await?;
    let open = sqlx::query_scalar(AssertSqlSafe(format!(
        "select {REPORT} from missing_report r join product p using (product_id)
         where r.closed is null and p.archived = 'no' order by r.at, r.product_id"
    )));
    let rows: Vec<Json<Report>> = open.fetch_all(&mut *tx).await?;
    Ok(rows.into_iter().map(|Json(report)| report).collect())
}

/// Lays what `scope` asks of the catalogue on the board. The actor is locked; one at a time suggests or answers, and one at a
/// time speaks of a product.
pub(crate) async fn lay_facts(conn: &mut PgConnection, scope: &Scope, board: &mut Board, now: Instant) -> Result<(), Error> {
    if scope.lists {
        let lists = sqlx::query_scalar(AssertSqlSafe(LISTS.as_str()));
        let Json(lists) = lists.bind(scope.actor).fetch_one(&mut *conn).await?;
        board.lists = lists;
    }
    if let Some(suggestion) = scope.suggestion {
        sqlx::query("select pg_advisory_xact_lock(hashtext('suggestions'))").execute(&mut *conn).await?;
        board.suggestions = open_and(conn, suggestion).await?;
    }
    if let Some(product) = scope.product {
        sqlx::query("select pg_advisory_xact_lock(hashtextextended($1, 8))")
            .bind(product.to_string())
            .execute(&mut *conn)
            .await?;
        board.product = Known::Known(shown(conn, product).await?);
        let reports = sqlx::query_scalar(AssertSqlSafe(REPORTS.as_str()));
        let reports = reports.bind(product).bind(scope.actor).bind(now - Duration::days(back()));
        let rows: Vec<Json<Report>> = reports.fetch_all(conn).await?;
        board.reports = rows.into_iter().map(|Json(report)| report).collect();
    }
    Ok(())
}

/// Lays over a board what notices say of suggestions.
pub(crate) async fn lay_told(conn: &mut PgConnection, board: &mut Board, notices: &[&Notice]) -> Result<(), Error> {
    let named: Vec<Uuid> = notices.iter().filter_map(|notice| notice.suggestion()).map(|suggestion| suggestion.0).collect();
    if named.is_empty() {
        return Ok(());
    }
    let found =
        sqlx::query_scalar(AssertSqlSafe(format!("select {SUGGESTION} from suggestion s where s.suggestion_id = any($1)")));
    let rows: Vec<Json<Suggestion>> = found.bind(named).fetch_all(conn).await?;
    board.suggestions.extend(rows.into_iter().map(|Json(suggestion)| suggestion));
    Ok(())
}

fn back() -> i64 {
    i64::try_from(REPORT_BACK_D).unwrap_or(7) + 1
}

/// Those that wait for an answer, and this one.
async fn open_and(conn: &mut PgConnection, suggestion: SuggestionId) -> Result<Vec<Suggestion>, Error> {
    let rows: Vec<Json<Suggestion>> =
        sqlx::query_scalar(AssertSqlSafe(SUGGESTIONS.as_str())).bind(suggestion).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|Json(suggestion)| suggestion).collect())
}

/// A product that members see.
async fn shown(conn: &mut PgConnection, product: ProductId) -> Result<Option<domain::catalogue::Product>, Error> {
    let found = sqlx::query_scalar(AssertSqlSafe(format!(
        "select {PRODUCT} from product p where p.product_id = $1 and p.archived = 'no' for share"
    )));
    let row: Option<Json<ProductRow>> = found.bind(product).fetch_optional(conn).await?;
    Ok(row.map(|Json(row)| row.shown()))
}

/// Writes what `effects` say of the catalogue. `board` holds the facts with the effects applied.
pub(crate) async fn follow(
    conn: &mut PgConnection,
    board: &Board,
    effects: &[Effect],
    after: &mut Aftermath,
) -> Result<(), Error> {
    for effect in effects {
        let Effect::CatalogueChanged(change) = effect else { continue };
        match change {
            Change::Lists { member, edit } => {
                after.touched.insert(*member);
                write_list(conn, board, *member, edit).await?;
            }
            Change::Suggested(suggestion) => {
                after.catalogue = true;
                sqlx::query("insert into suggestion (suggestion_id, text, by_member, at) values ($1, $2, $3, $4)")
                    .bind(suggestion.id)
                    .bind(&suggestion.text)
                    .bind(suggestion.by)
                    .bind(suggestion.at)
                    .execute(&mut *conn)
                    .await?;
            }
            Change::Supported { suggestion, by, on } => {
                after.catalogue = true;
                after.touched.insert(*by);
                let said = if *on {
                    "insert into suggestion_support (suggestion_id, member_id) values ($1, $2) on conflict do nothing"
                } else {
                    "delete from suggestion_support where suggestion_id = $1 and member_id = $2"
                };
                sqlx::query(said).bind(suggestion).bind(by).execute(&mut *conn).await?;
            }
            Change::Answered { suggestion, answer } => {
                after.catalogue = true;
                sqlx::query("update suggestion set answer = $2 where suggestion_id = $1")
                    .bind(suggestion)
                    .bind(Json(answer))
                    .execute(&mut *conn)
                    .await?;
            }
            Change::Reported(report) => {
                after.catalogue = true;
                after.touched.insert(report.by);
                sqlx::query("insert into missing_report (product_id, by_member, on_day, at) values ($1, $2, $3, $4)")
                    .bind(report.product)
                    .bind(report.by)
                    .bind(report.on)
                    .bind(report.at)
                    .execute(&mut *conn)
                    .await?;
            }
            Change::ReportsClosed { product, closed } => {
                after.catalogue = true;
                let by: Vec<MemberId> = sqlx::query_scalar(
                    "update missing_report set closed = $2 where product_id = $1 and closed is null and at <= $3
                     returning by_member",
                )
                .bind(product)
                .bind(Json(closed))
                .bind(closed.at())
                .fetch_all(&mut *conn)
                .await?;
                after.touched.extend(by);
            }
        }
    }
    Ok(())
}

async fn write_list(conn: &mut PgConnection, board: &Board, member: MemberId, edit: &ListEdit) -> Result<(), Error> {
    match edit {
        ListEdit::SetFavourite { product, on } => {
            let said = if *on {
                "insert into favourite (member_id, product_id) values ($1, $2) on conflict do nothing"
            } else {
                "delete from favourite where member_id = $1 and product_id = $2"
            };
            sqlx::query(said).bind(member).bind(product).execute(conn).await?;
        }
        ListEdit::PutOnList { item, .. } => {
            let line = board.lists.shopping.iter().find(|line| line.id == *item).ok_or(Error::Conflict)?;
            sqlx::query(
                "insert into shopping_item (member_id, item_id, what, quantity, done) values ($1, $2, $3, $4, $5)
                 on conflict (member_id, item_id) do update
                 set what = excluded.what, quantity = excluded.quantity, done = excluded.done",
            )
            .bind(member)
            .bind(line.id)
            .bind(Json(&line.what))
            .bind(i16::try_from(line.quantity).unwrap_or(i16::MAX))
            .bind(line.done)
            .execute(conn)
            .await?;
        }
        ListEdit::TickListItem { item, done } => {
            sqlx::query("update shopping_item set done = $3 where member_id = $1 and item_id = $2")
                .bind(member)
                .bind(item)
                .bind(done)
                .execute(conn)
                .await?;
        }
        ListEdit::RemoveListItem { item } => {
            sqlx::query("delete from shopping_item where member_id = $1 and item_id = $2")
                .bind(member)
                .bind(item)
                .execute(conn)
                .await?;
        }
        ListEdit::ClearTicked { items } => {
            let items: Vec<Uuid> = items.iter().map(|item| item.0).collect();
            sqlx::query("delete from shopping_item where member_id = $1 and done and item_id = any($2)")
                .bind(member)
                .bind(items)
                .execute(conn)
                .await?;
        }
    }
    Ok(())
}

/// $1 member.
static LISTS: LazyLock<String> = LazyLock::new(|| format!("select {}", lists_of("$1")));

/// $1 the one that is named.
static SUGGESTIONS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {SUGGESTION} from suggestion s
         where s.suggestion_id = $1 or s.answer is null or s.answer->>'verdict' = 'later' order by s.at, s.suggestion_id"
    )
});

/// $1 product, $2 who acts, $3 since when their reports of others count, and what ended reports of this one.
static REPORTS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {REPORT} from missing_report r
         where r.product_id = $1 and (r.closed is null or r.by_member = $2
                or coalesce(r.closed->'by_group'->>'at', r.closed->'by_delivery'->>'at')::timestamptz > $3)
            or r.by_member = $2 and r.at > $3
         order by r.at, r.product_id, r.on_day"
    )
});
