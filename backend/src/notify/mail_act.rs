//! The page behind a mail's link. Looking at it changes nothing; one answer is taken, once.

use domain::command::{Command, Envelope, SCHEMA};
use domain::id::{CommandId, MemberId, NoticeId, OfferId};
use domain::notice::Notice;
use domain::notify::{Choice, Mailed, is_still_true};
use domain::outcome::Outcome;
use domain::time::{Instant, paris_day};
use domain::view::mail_act::{MailAct, Pressed, Stands};
use sqlx::PgConnection;
use sqlx::types::Json;

use super::facts::{facts, spoken_of};
use super::link::{Key, Shown};
use crate::error::Error;
use crate::{Backend, command};

/// The line of the inbox that a delivery is of, by its occasion.
pub(super) fn row_of(occasion: &str) -> Option<NoticeId> {
    occasion.strip_prefix("notice/")?.parse().ok()
}

/// The page, as it stands now; nothing for a link that is not, or no longer, somebody's.
pub async fn mail_act(backend: &Backend, token: &str) -> Result<Option<MailAct>, Error> {
    let mut conn = backend.pool.acquire().await?;
    let Some(found) = find(&mut conn, token, backend.now()).await? else { return Ok(None) };
    let offer = OfferId(uuid::Uuid::nil());
    Ok(Some(look(&mut conn, found, offer, backend.now()).await?))
}

/// Gives the answer, unless one was given before, or it is not offered by now. Whether the link is
/// somebody's.
pub async fn press(backend: &Backend, token: &str, choice: Choice) -> Result<bool, Error> {
    let mut conn = backend.pool.acquire().await?;
    let Some(found) = find(&mut conn, token, backend.now()).await? else { return Ok(false) };
    let (delivery, member) = (found.delivery_id, found.mailed.member);
    let noted = match found.pressed {
        Some(_) => found.pressed,
        None => note(backend, &mut conn, found, choice).await?,
    };
    drop(conn);
    let Some((id, pressed)) = noted.filter(|(_, pressed)| pressed.choice == choice && pressed.outcome.is_none()) else {
        return Ok(true);
    };
    // Whoever presses twice, or again after this broke off, presses the same.
    let envelope = Envelope { id, schema: SCHEMA, depends_on: Vec::new(), on_behalf_of: None, command: pressed.command };
    let outcome = command::perform(backend, member, &envelope).await?;
    tracing::info!(delivery, applied = outcome.is_applied(), "answered from a mail");
    Ok(true)
}

/// Notes the answer, or finds the one that came first; nothing if it is not offered.
async fn note(backend: &Backend, conn: &mut PgConnection, found: Found, choice: Choice) -> Result<Answered, Error> {
    let (delivery, now) = (found.delivery_id, backend.now());
    let id = CommandId(backend.ids.uuid());
    let offer = OfferId(CommandId::derive(id, "offer").0);
    let page = look(conn, found, offer, now).await?;
    let Stands::Open(acts) = page.stands else { return Ok(None) };
    let Some(act) = acts.into_iter().find(|act| act.choice == choice && act.why_not.is_none()) else { return Ok(None) };
    sqlx::query(
        "insert into mail_act (delivery_id, choice, command_id, command, used_at) values ($1, $2, $3, $4, $5)
         on conflict (delivery_id) do nothing",
    )
    .bind(delivery)
    .bind(choice.as_str())
    .bind(id)
    .bind(Json(act.command))
    .bind(now)
    .execute(&mut *conn)
    .await?;
    let first: (String, CommandId, Json<Command>) =
        sqlx::query_as("select choice, command_id, command from mail_act where delivery_id = $1")
            .bind(delivery)
            .fetch_one(conn)
            .await?;
    answered(Some(first), None)
}

/// The id under which the answer runs once, and the answer.
type Answered = Option<(CommandId, Pressed)>;

fn answered(row: Option<(String, CommandId, Json<Command>)>, outcome: Option<Outcome>) -> Result<Answered, Error> {
    let Some((choice, id, Json(command))) = row else { return Ok(None) };
    let choice = Choice::parse(&choice).ok_or(Error::Unreadable("the choice of a mail's act"))?;
    Ok(Some((id, Pressed { choice, command, outcome })))
}

/// A delivery whose link was shown.
struct Found {
    delivery_id: i64,
    first_name: String,
    mailed: Mailed,
    pressed: Answered,
}

#[derive(sqlx::FromRow)]
struct Row {
    member_id: MemberId,
    occasion: String,
    notice: Json<Notice>,
    at: Instant,
    first_name: String,
    email: String,
    key: Key,
    choice: Option<String>,
    command_id: Option<CommandId>,
    command: Option<Json<Command>>,
    outcome: Option<Json<Outcome>>,
}

async fn find(conn: &mut PgConnection, token: &str, now: Instant) -> Result<Option<Found>, Error> {
    let Some(shown) = Shown::read(token) else { return Ok(None) };
    let row: Option<Row> = sqlx::query_as(FIND).bind(shown.delivery).bind(paris_day(now)).fetch_optional(conn).await?;
    let Some(row) = row.filter(|row| shown.is_genuine(&row.key, row.member_id, &row.email)) else { return Ok(None) };
    let pressed = row.choice.zip(row.command_id).zip(row.command).map(|((choice, id), command)| (choice, id, command));
    Ok(Some(Found {
        delivery_id: shown.delivery,
        first_name: row.first_name,
        mailed: Mailed { member: row.member_id, notice: row.notice.0, row: row_of(&row.occasion), at: row.at },
        pressed: answered(pressed, row.outcome.map(|Json(outcome)| outcome))?,
    }))
}

/// $1 delivery, $2 today: a mail to somebody who belongs to the co-op.
const FIND: &str = "
select d.member_id, d.occasion, d.notice, d.at, m.first_name, m.email, k.key,
    a.choice, a.command_id, a.command, l.outcome
from delivery d join member m using (member_id) cross join mail_act_key k
    left join mail_act a using (delivery_id) left join command_log l using (command_id)
where d.delivery_id = $1 and d.channel = 'mail' and m.joined_on <= $2 and (m.left_on is null or m.left_on > $2)";

async fn look(conn: &mut PgConnection, found: Found, offer: OfferId, now: Instant) -> Result<MailAct, Error> {
    let mailed = found.mailed;
    let rows: Vec<NoticeId> = mailed.row.into_iter().collect();
    let board = facts(conn, mailed.member, &[&mailed.notice], &rows, now).await?;
    let until = mailed.answer_until(&board);
    let stands = match found.pressed {
        Some((_, pressed)) => Stands::Pressed(Box::new(pressed)),
        None if now > until => Stands::Expired,
        None if !is_still_true(&board, &mailed.notice, mailed.member, now) => Stands::Over(mailed.why_over(&board)),
        None => match mailed.acts(&board, offer, now) {
            none if none.is_empty() => Stands::Over(mailed.why_over(&board)),
            acts => Stands::Open(acts),
        },
    };
    let spoken = spoken_of(&board, &[&mailed.notice]);
    Ok(MailAct { first_name: found.first_name, mailed, spoken, now, until, stands })
}
