//! What is asked for: things to bring, and work to be done.

use domain::event::{BringItem, Gathering, HelperPost, Mistake, Scope, Wanted, WantedList, likewise, may_replace};
use domain::id::{BringItemId, EventId, HelperPostId, MemberId};
use sqlx::PgConnection;
use uuid::Uuid;

use super::organising::Organised;
use super::together::Together;
use crate::Backend;
use crate::auth::Organiser;
use crate::error::Error;
use crate::ids::Ids;

/// Things to bring, and work to be done.
pub type Lists = (Vec<BringItem>, Vec<HelperPost>);

/// Both lists as they stand, for an organiser.
pub async fn lists(backend: &Backend, asking: MemberId, event: EventId) -> Result<Lists, Error> {
    let mut tx = backend.pool.begin().await?;
    Organiser::of_event(&mut tx, asking, event, backend.now()).await?.ok_or(Error::NotAllowed)?;
    let known = super::find(&mut tx, &[event]).await?.pop().ok_or(Error::NotFound)?;
    Ok((known.items, known.posts))
}

/// Both lists as they are from here on, of an event and of those of its series that `scope` names. Nothing that somebody has
/// taken on goes, or becomes less; what somebody added while the form was open stays.
pub async fn set_wanted(
    backend: &Backend,
    asking: MemberId,
    event: EventId,
    form: Uuid,
    scope: Scope,
    items: &WantedList<BringItemId>,
    posts: &WantedList<HelperPostId>,
) -> Result<Organised, Error> {
    let Some(mut together) = Together::of(backend, asking, event, scope).await? else {
        return Ok(Err(vec![Mistake::OthersNotTheirs]));
    };
    if together.did(form).await? {
        return together.end().await;
    }
    let (items_were, posts_were) = lines(together.one());
    let (items_are, posts_are) = (items.over(&items_were), posts.over(&posts_were));
    let mut mistakes: Vec<Mistake> = Vec::new();
    let mut lists = Vec::new();
    for known in &together.known {
        let (items, posts) = if known.event.id == event {
            (items_are.clone(), posts_are.clone())
        } else if known.event.state.is_draft() || known.event.state.is_published() {
            let (items, posts) = lines(known);
            (likewise(&items, &items_were, &items_are), likewise(&posts, &posts_were, &posts_are))
        } else {
            continue;
        };
        let brought = may_replace(known.items.iter().map(|item| (item.id, item.label.as_str(), &item.claims)), &items);
        let done = may_replace(known.posts.iter().map(|post| (post.id, post.label.as_str(), &post.claims)), &posts);
        for mistake in [brought, done].into_iter().filter_map(Result::err).flatten() {
            let mistake = together.said_of(&known.event, mistake);
            if !mistakes.contains(&mistake) {
                mistakes.push(mistake);
            }
        }
        lists.push((known.clone(), items, posts));
    }
    if !mistakes.is_empty() {
        return Ok(Err(mistakes));
    }
    together.first(form, "listes").await?;
    for (known, items, posts) in lists {
        let to = known.event.id;
        let items = items.iter().map(|item| (item.id.map(|id| id.0), &item.label, item.of));
        keep(&mut together.tx, ITEMS, to, items, &backend.ids).await?;
        let posts = posts.iter().map(|post| (post.id.map(|id| id.0), &post.label, post.of));
        keep(&mut together.tx, POSTS, to, posts, &backend.ids).await?;
        together.after.events |= !known.event.state.is_draft();
    }
    together.end().await
}

/// Both lists as they would be typed.
fn lines(known: &Gathering) -> (Vec<Wanted<BringItemId>>, Vec<Wanted<HelperPostId>>) {
    let items = known.items.iter().map(|item| Wanted { id: Some(item.id), label: item.label.clone(), of: item.claims.of });
    let posts = known.posts.iter().map(|post| Wanted { id: Some(post.id), label: post.label.clone(), of: post.claims.of });
    (items.collect(), posts.collect())
}

/// The lists of `known`, for another event, with nothing taken on.
pub(super) async fn copy(conn: &mut PgConnection, known: &Gathering, to: EventId, ids: &Ids) -> Result<(), Error> {
    let items = known.items.iter().map(|item| (None, &item.label, item.claims.of));
    keep(conn, ITEMS, to, items, ids).await?;
    let posts = known.posts.iter().map(|post| (None, &post.label, post.claims.of));
    keep(conn, POSTS, to, posts, ids).await
}

/// How one of the two lists is kept: what it drops, and what it writes.
type Kept = (&'static str, &'static str);

const ITEMS: Kept = (
    "delete from bring_item where event_id = $1 and bring_item_id <> all($2)",
    "insert into bring_item (bring_item_id, event_id, rank, label, wanted) values ($1, $2, $3, $4, $5)
     on conflict (bring_item_id) do update set rank = excluded.rank, label = excluded.label, wanted = excluded.wanted",
);
const POSTS: Kept = (
    "delete from helper_post where event_id = $1 and helper_post_id <> all($2)",
    "insert into helper_post (helper_post_id, event_id, rank, label, wanted) values ($1, $2, $3, $4, $5)
     on conflict (helper_post_id) do update set rank = excluded.rank, label = excluded.label, wanted = excluded.wanted",
);

/// Ids are those of the event's own lines, each once; a line without any is a new one.
async fn keep<'a>(
    conn: &mut PgConnection,
    (drops, writes): Kept,
    event: EventId,
    wanted: impl Iterator<Item = (Option<Uuid>, &'a String, u16)>,
    ids: &Ids,
) -> Result<(), Error> {
    let wanted: Vec<_> = wanted.map(|(id, label, of)| (id.unwrap_or_else(|| ids.uuid()), label, of)).collect();
    let stay: Vec<Uuid> = wanted.iter().map(|(id, ..)| *id).collect();
    sqlx::query(drops).bind(event).bind(stay).execute(&mut *conn).await?;
    for (rank, (id, label, of)) in wanted.into_iter().enumerate() {
        sqlx::query(writes)
            .bind(id)
            .bind(event)
            .bind(i16::try_from(rank).unwrap_or(i16::MAX))
            .bind(label)
            .bind(i16::try_from(of).unwrap_or(i16::MAX))
            .execute(&mut *conn)
            .await?;
    }
    Ok(())
}
