//! Whom what we send does not reach, for the office; and what it prints for them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Duration;
use domain::board::Board;
use domain::id::{MemberId, NoticeId, ShiftId};
use domain::notice::{InboxRow, Notice};
use domain::notify::{Channel, Topic, entry, is_still_true, kind};
use domain::reach::{Facts, Letter, Rank, ToReach, must_be_told, unreached};
use domain::reason::When;
use domain::time::{Instant, paris_day};
use domain::view::home::SpokenOf;
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::Backend;
use crate::auth::Office;
use crate::error::Error;
use crate::notify::bounced::CAME_BACK;
use crate::notify::facts::spoken_of;
use crate::swaps::load;
use crate::swaps::scope::Scope;

/// What was told longer ago is of a shift that is over. Days.
const TOLD_D: i64 = 90;
/// What left longer ago says nothing of today. Days.
const LEFT_D: i64 = 14;
/// Who is to be helped into the app is shown as far as this: the others' shifts come later.
const WELCOMED: usize = 40;
/// So many shifts stand in a letter.
const IN_LETTER: i64 = 8;

/// The office's list, for `asking`, who must be of the office.
pub async fn to_reach(backend: &Backend, asking: MemberId) -> Result<ToReach, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let office = Office::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
    let (everybody, spoken_of) = everybody(&mut tx, &office, None, now).await?;
    let mut people = unreached(everybody, &spoken_of, now);
    let shown = people.iter().filter(|person| person.rank != Rank::Welcome).count() + WELCOMED;
    let later = people.len().saturating_sub(shown);
    people.truncate(shown);
    Ok(ToReach { now, people, later, spoken_of })
}

/// What the office, of which `asking` must be, prints for a member.
pub async fn letter(backend: &Backend, asking: MemberId, member: MemberId) -> Result<Letter, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let office = Office::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
    let (found, spoken_of) = everybody(&mut tx, &office, Some(member), now).await?;
    let Facts { first_name, last_name, unseen: mut untold, .. } = found.into_iter().next().ok_or(Error::NotFound)?;
    untold.retain(|row| must_be_told(&row.notice, member, &spoken_of, now));
    untold.sort_by_key(|row| (row.at, row.id));
    let next: Vec<(ShiftId, Instant, Instant)> =
        sqlx::query_as(NEXT).bind(member).bind(now).bind(IN_LETTER).fetch_all(&mut *tx).await?;
    let next = next.into_iter().map(|(shift, starts_at, ends_at)| When { shift, starts_at, ends_at }).collect();
    Ok(Letter { now, member, first_name, last_name, untold, next, spoken_of })
}

/// $1 member, $2 now, $3 how many.
const NEXT: &str = "
select s.shift_id, s.starts_at, s.ends_at from assignment a join shift s using (shift_id)
where a.member_id = $1 and s.starts_at > $2 and s.closed_why is null order by s.starts_at limit $3";

/// What is known of how everybody, or one member, can be reached; and what their notices speak of.
async fn everybody(
    conn: &mut PgConnection,
    office: &Office,
    only: Option<MemberId>,
    now: Instant,
) -> Result<(Vec<Facts>, SpokenOf), Error> {
    let rows: Vec<Row> = sqlx::query_as(EVERYBODY)
        .bind(paris_day(now))
        .bind(now)
        .bind(now - Duration::days(LEFT_D))
        .bind(only)
        .bind(CAME_BACK)
        .fetch_all(&mut *conn)
        .await?;
    let told: Vec<Told> = sqlx::query_as(UNSEEN).bind(now - Duration::days(TOLD_D)).bind(only).fetch_all(&mut *conn).await?;
    let told: Vec<Told> = told.into_iter().filter(|told| entry(kind(&told.notice.0)).topic == Topic::MyShifts).collect();
    let board = board(conn, office, &told, now).await?;
    let mut unseen: BTreeMap<MemberId, Vec<InboxRow>> = BTreeMap::new();
    for Told { notice_id, member_id, notice: Json(notice), at } in told {
        if is_still_true(&board, &notice, member_id, now) {
            unseen.entry(member_id).or_default().push(InboxRow { id: notice_id, notice, at, seen_at: None });
        }
    }
    let notices: Vec<&Notice> = unseen.values().flatten().map(|row| &row.notice).collect();
    let spoken_of = spoken_of(&board, &notices);
    let facts = rows.into_iter().map(|row| {
        let unseen = unseen.remove(&row.member_id).unwrap_or_default();
        row.facts(unseen)
    });
    Ok((facts.collect(), spoken_of))
}

/// What the notices are about, as it is now.
async fn board(conn: &mut PgConnection, office: &Office, told: &[Told], now: Instant) -> Result<Board, Error> {
    let mut scope = Scope::new(office.member());
    scope.locks.shifts = told.iter().flat_map(|told| told.notice.0.shifts()).collect();
    let named: BTreeSet<MemberId> = told.iter().flat_map(|told| told.notice.0.people()).collect();
    scope.named = named.into_iter().collect();
    load::board(conn, &scope, now).await
}

#[derive(sqlx::FromRow)]
struct Told {
    notice_id: NoticeId,
    member_id: MemberId,
    notice: Json<Notice>,
    at: Instant,
}

/// $1 told since then, $2 to whom, if not to anybody.
const UNSEEN: &str = "
select notice_id, member_id, notice, at from notice
where seen_at is null and at > $1 and ($2::uuid is null or member_id = $2) order by at, notice_id";

#[derive(sqlx::FromRow)]
struct Row {
    member_id: MemberId,
    first_name: String,
    last_name: String,
    phone: Option<String>,
    bounced_at: Option<Instant>,
    mail_fails_since: Option<Instant>,
    push_fails_since: Option<Instant>,
    has_device: bool,
    has_signed_in: bool,
    shift_id: Option<ShiftId>,
    starts_at: Option<Instant>,
    ends_at: Option<Instant>,
}

impl Row {
    fn facts(self, unseen: Vec<InboxRow>) -> Facts {
        let failing = [(Channel::Mail, self.mail_fails_since), (Channel::Push, self.push_fails_since)];
        let next = match (self.shift_id, self.starts_at, self.ends_at) {
            (Some(shift), Some(starts_at), Some(ends_at)) => Some(When { shift, starts_at, ends_at }),
            _ => None,
        };
        Facts {
            member: self.member_id,
            first_name: self.first_name,
            last_name: self.last_name,
            phone: self.phone.filter(|phone| !phone.trim().is_empty()),
            bounced_at: self.bounced_at,
            failing: failing.into_iter().filter_map(|(channel, since)| Some((channel, since?))).collect(),
            has_device: self.has_device,
            has_signed_in: self.has_signed_in,
            next,
            unseen,
        }
    }
}

/// $1 today, $2 now, $3 what left since then says how it is, $4 one member only, $5 what is not tried. What was not even tried since the
/// address had come back says nothing of the address that is there now.
const EVERYBODY: &str = "
with left_ as (
    select member_id, channel, state, ended_at,
        max(ended_at) filter (where state = 'sent') over (partition by member_id, channel) as sent_at
    from delivery
    where ended_at > $3 and state in ('sent', 'failed') and why is distinct from $5
        and ($4::uuid is null or member_id = $4)
), failing as (
    select member_id, min(ended_at) filter (where channel = 'mail') as mail, min(ended_at) filter (where channel = 'push') as push
    from left_ where state = 'failed' and ended_at > coalesce(sent_at, '-infinity') group by member_id
)
select m.member_id, m.first_name, m.last_name, m.phone, b.at as bounced_at,
    f.mail as mail_fails_since, f.push as push_fails_since,
    exists (select from push_subscription d join session s using (session_id)
        where d.member_id = m.member_id and s.revoked_at is null) as has_device,
    exists (select from session s where s.member_id = m.member_id) as has_signed_in,
    next.shift_id, next.starts_at, next.ends_at
from member m
left join bounced_address b using (email)
left join failing f using (member_id)
left join lateral (
    select s.shift_id, s.starts_at, s.ends_at from assignment a join shift s using (shift_id)
    where a.member_id = m.member_id and s.starts_at > $2 and s.closed_why is null
    order by s.starts_at limit 1) next on true
where m.joined_on <= $1 and (m.left_on is null or m.left_on > $1) and ($4::uuid is null or m.member_id = $4)";
