//! Taking deliveries in hand: those of one person by one channel, as far as they are still true.

use domain::board::Board;
use domain::id::{MemberId, NoticeId};
use domain::notice::Notice;
use domain::notify::{Channel, Mailed, SWITCHED_OFF, channels, concerns, is_still_true, kind};
use domain::time::Instant;
use domain::view::home::SpokenOf;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::bounced::CAME_BACK;
use super::devices::{Device, of_member};
use super::facts::{facts, spoken_of};
use super::link::{self, Addressed};
use super::mail_act::row_of;
use super::plan::listeners;
use super::settle::{drop_all, fail_all};
use super::ties::ties;
use crate::Backend;
use crate::error::Error;

/// The most that one mail or one push gathers.
const GATHERED: i64 = 20;

/// Something to say to one person.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub id: i64,
    pub notice: Notice,
    pub at: Instant,
    /// The process that had it in hand before died: they may have it already.
    pub maybe_twice: bool,
    /// How often it was tried, this time included.
    pub tries: i16,
    /// Devices that have it.
    pub reached: Vec<Uuid>,
    /// Its line in the inbox, if it has one.
    pub row: Option<NoticeId>,
    /// By mail, where there is something to press: the token of its link.
    pub link: Option<String>,
}

/// What one person is to be told by one channel, now. At least one notice.
#[derive(Debug, Clone)]
pub struct Batch {
    pub member: MemberId,
    pub first_name: String,
    pub channel: Channel,
    pub email: String,
    /// Those that show pushes; by mail, none.
    pub devices: Vec<Device>,
    pub waiting: Vec<Waiting>,
    /// The dates and names that the notices speak of.
    pub spoken: SpokenOf,
}

#[derive(sqlx::FromRow)]
struct Row {
    delivery_id: i64,
    occasion: String,
    member_id: MemberId,
    notice: Json<Notice>,
    at: Instant,
    maybe_twice: bool,
    tries: i16,
    reached: Vec<Uuid>,
}

/// The next deliveries that are due by this channel, in this process's hands from here on; nothing
/// when none is due. What has become untrue, or may no longer be said, is dropped on the way.
pub async fn next(backend: &Backend, channel: Channel) -> Result<Option<Batch>, Error> {
    loop {
        let now = backend.now();
        let mut tx = backend.pool.begin().await?;
        let Some((member, waiting)) = take(&mut tx, channel, now).await? else { return Ok(None) };
        let batch = checked(&mut tx, member, channel, waiting, now).await?;
        tx.commit().await?;
        if batch.is_some() {
            return Ok(batch);
        }
    }
}

async fn take(conn: &mut PgConnection, channel: Channel, now: Instant) -> Result<Option<(MemberId, Vec<Waiting>)>, Error> {
    let rows: Vec<Row> = sqlx::query_as(TAKE).bind(channel.as_str()).bind(now).bind(GATHERED).fetch_all(conn).await?;
    let Some(member) = rows.first().map(|row| row.member_id) else { return Ok(None) };
    let mut waiting: Vec<Waiting> = rows
        .into_iter()
        .map(|row| Waiting {
            id: row.delivery_id,
            notice: row.notice.0,
            at: row.at,
            maybe_twice: row.maybe_twice,
            tries: row.tries,
            reached: row.reached,
            row: row_of(&row.occasion),
            link: None,
        })
        .collect();
    waiting.sort_by_key(|waiting| (waiting.at, waiting.id));
    Ok(Some((member, waiting)))
}

/// $1 channel, $2 now, $3 how many.
const TAKE: &str = "
with first as materialized (
    select member_id from delivery where state = 'waiting' and channel = $1 and due_at <= $2
    order by due_at, delivery_id limit 1 for update skip locked
), taken as materialized (
    select delivery_id from delivery
    where state = 'waiting' and channel = $1 and due_at <= $2 and member_id = (select member_id from first)
    order by due_at, delivery_id limit $3 for update skip locked
)
update delivery set state = 'leaving', handed_at = $2, tries = tries + 1
where delivery_id in (select delivery_id from taken)
returning delivery_id, occasion, member_id, notice, at, maybe_twice, tries, reached";

async fn checked(
    conn: &mut PgConnection,
    member: MemberId,
    channel: Channel,
    waiting: Vec<Waiting>,
    now: Instant,
) -> Result<Option<Batch>, Error> {
    let Some(listener) = listeners(conn, [member].into_iter(), now).await?.remove(&member) else {
        drop_all(conn, &waiting, "the member left", now).await?;
        return Ok(None);
    };
    let wanted =
        |waiting: &Waiting| channels(kind(&waiting.notice), &listener.preferences, listener.has_device).contains(&channel);
    let (waiting, unwanted): (Vec<_>, Vec<_>) = waiting.into_iter().partition(wanted);
    drop_all(conn, &unwanted, SWITCHED_OFF, now).await?;
    let rows: Vec<NoticeId> = waiting.iter().filter_map(|waiting| waiting.row).collect();
    let board = facts(conn, member, &notices(&waiting), &rows, now).await?;
    let ties = ties(conn, member, &board, &notices(&waiting), now).await?;
    let theirs = |waiting: &Waiting| concerns(&board, &ties, &waiting.notice, member);
    let (waiting, others): (Vec<_>, Vec<_>) = waiting.into_iter().partition(theirs);
    drop_all(conn, &others, "not theirs to know", now).await?;
    let (mut waiting, untrue): (Vec<_>, Vec<_>) =
        waiting.into_iter().partition(|waiting| is_still_true(&board, &waiting.notice, member, now));
    drop_all(conn, &untrue, "no longer true", now).await?;
    if waiting.is_empty() {
        return Ok(None);
    }
    let (first_name, email, came_back): (String, String, bool) =
        sqlx::query_as(ADDRESS).bind(member).fetch_one(&mut *conn).await?;
    if email.is_empty() && channel == Channel::Mail {
        drop_all(conn, &waiting, "no address", now).await?;
        return Ok(None);
    }
    if came_back && channel == Channel::Mail {
        fail_all(conn, &waiting, CAME_BACK, now).await?;
        return Ok(None);
    }
    let devices = if channel == Channel::Push { of_member(conn, member).await? } else { Vec::new() };
    if channel == Channel::Mail {
        add_links(conn, member, &email, &board, &mut waiting, now).await?;
    }
    let spoken = spoken_of(&board, &notices(&waiting));
    Ok(Some(Batch { member, first_name, channel, email, devices, waiting, spoken }))
}

const ADDRESS: &str = "
select first_name, email, exists (select from bounced_address b where b.email = m.email)
from member m where member_id = $1";

fn notices(waiting: &[Waiting]) -> Vec<&Notice> {
    waiting.iter().map(|waiting| &waiting.notice).collect()
}

/// Links to those that ask something of their reader.
async fn add_links(
    conn: &mut PgConnection,
    member: MemberId,
    email: &str,
    board: &Board,
    waiting: &mut [Waiting],
    now: Instant,
) -> Result<(), Error> {
    let asks = |waiting: &Waiting| {
        let mailed = Mailed { member, notice: waiting.notice.clone(), row: waiting.row, at: waiting.at };
        mailed.asks(board, now)
    };
    let asking: Vec<&mut Waiting> = waiting.iter_mut().filter(|waiting| asks(waiting)).collect();
    if asking.is_empty() {
        return Ok(());
    }
    let key = link::key(conn).await?;
    for waiting in asking {
        waiting.link = Some(link::token(&key, Addressed { delivery: waiting.id, member, email }));
    }
    Ok(())
}
