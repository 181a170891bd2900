//! What members change of their own card, as commands do.

use domain::board::Board;
use domain::effect::Effect;
use domain::id::{ErasureId, MemberId};
use domain::register::{Change, Deed, ErasureAsked, Part};
use domain::time::Instant;
use sqlx::PgConnection;

use super::together::note;
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;
use crate::swaps::scope::Scope;

/// Lays what `scope` asks of the actor's card on the board. The actor is locked.
pub(crate) async fn lay_facts(conn: &mut PgConnection, scope: &Scope, board: &mut Board) -> Result<(), Error> {
    if scope.card {
        let asked: Option<(ErasureId, Instant)> =
            sqlx::query_as("select erasure_request_id, asked_at from erasure_request where member_id = $1 and state = 'pending'")
                .bind(scope.actor)
                .fetch_optional(conn)
                .await?;
        board.erasure = asked.map(|(id, at)| ErasureAsked { id, at });
    }
    Ok(())
}

/// Writes what `effects` say of cards, in the name of `sender`.
pub(crate) async fn follow(
    conn: &mut PgConnection,
    effects: &[Effect],
    sender: Option<MemberId>,
    now: Instant,
    after: &mut Aftermath,
) -> Result<(), Error> {
    for effect in effects {
        let Effect::CardChanged(change) = effect else { continue };
        match change {
            Change::ContactSet { member, phone, show_phone, show_email } => {
                after.touched.insert(*member);
                let (differs, shows) = set_contact(conn, *member, phone.as_deref(), (*show_phone, *show_email)).await?;
                let parts: Vec<Part> = [(differs, Part::Phone), (shows, Part::Shown)]
                    .into_iter()
                    .filter(|(is, _)| *is)
                    .map(|(_, part)| part)
                    .collect();
                if !parts.is_empty() {
                    after.groups = true;
                    note(conn, None, *member, &Deed::Edited { parts }, sender, now).await?;
                }
            }
            Change::ErasureAsked { member, asked, word } => {
                after.touched.insert(*member);
                sqlx::query(
                    "insert into erasure_request (erasure_request_id, member_id, word, asked_at, asked_by, state)
                     values ($1, $2, $3, $4, $5, 'pending')",
                )
                .bind(asked.id)
                .bind(member)
                .bind(word)
                .bind(asked.at)
                .bind(sender)
                .execute(&mut *conn)
                .await?;
                note(conn, None, *member, &Deed::ErasureAsked, sender, now).await?;
            }
            Change::ErasureWithdrawn { member, id, at } => {
                after.touched.insert(*member);
                let ended = sqlx::query(
                    "update erasure_request set state = 'withdrawn', ended_at = $2, by_member = $3
                     where erasure_request_id = $1 and state = 'pending'",
                );
                if ended.bind(id).bind(at).bind(sender).execute(&mut *conn).await?.rows_affected() != 1 {
                    return Err(Error::Conflict);
                }
                note(conn, None, *member, &Deed::ErasureWithdrawn, sender, now).await?;
            }
        }
    }
    Ok(())
}

/// Whether the number is another one now, and whether the others see something else.
async fn set_contact(
    conn: &mut PgConnection,
    member: MemberId,
    phone: Option<&str>,
    (show_phone, show_email): (bool, bool),
) -> Result<(bool, bool), Error> {
    let (old_phone, old_shows): (Option<String>, (bool, bool)) = {
        let row: (Option<String>, bool, bool) =
            sqlx::query_as("select phone, show_phone, show_email from member where member_id = $1 for no key update")
                .bind(member)
                .fetch_one(&mut *conn)
                .await?;
        (row.0, (row.1, row.2))
    };
    let (differs, shows) = (old_phone.as_deref() != phone, old_shows != (show_phone, show_email));
    if differs || shows {
        sqlx::query(
            "update member set phone = $2, show_phone = $3, show_email = $4, revision = revision + 1 where member_id = $1",
        )
        .bind(member)
        .bind(phone)
        .bind(show_phone)
        .bind(show_email)
        .execute(conn)
        .await?;
    }
    Ok((differs, shows))
}
