//! Whoever makes events: a value that only a query inside the act's transaction makes.

use std::sync::LazyLock;

use chrono::NaiveDate;
use domain::event::{ForWhom, Mistake, SOCIAL, Terms};
use domain::id::{EventId, GroupId, MemberId};
use domain::time::{Instant, paris_day};
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use crate::error::Error;

/// Makes the events of a group: Vie sociale and the employee those of all, its referents those of their group, Communication
/// its presentations to the public.
#[derive(Debug)]
pub struct Organiser {
    member: MemberId,
    /// Theirs are for everybody: they are of Communication, and nothing else gives them the right.
    public_alone: bool,
}

impl Organiser {
    /// `None` when `member` makes no events of these groups at `now`.
    pub async fn find(
        conn: &mut PgConnection,
        member: MemberId,
        groups: &[GroupId],
        now: Instant,
    ) -> Result<Option<Organiser>, Error> {
        let groups: Vec<Uuid> = groups.iter().map(|group| group.0).collect();
        Organiser::by(conn, member, &groups, &[false, true], now).await
    }

    /// By the first of these rights that `member` has: whether each is for the public alone.
    async fn by(
        conn: &mut PgConnection,
        member: MemberId,
        groups: &[Uuid],
        rights: &[bool],
        now: Instant,
    ) -> Result<Option<Organiser>, Error> {
        for public_alone in rights.iter().copied() {
            let may: bool = sqlx::query_scalar(ORGANISER)
                .bind(member)
                .bind(paris_day(now))
                .bind(SOCIAL)
                .bind(groups)
                .bind(public_alone)
                .fetch_one(&mut *conn)
                .await?;
            if may {
                return Ok(Some(Organiser { member, public_alone }));
            }
        }
        Ok(None)
    }

    /// Whether theirs are not only those for everybody.
    pub fn makes_any(&self) -> bool {
        !self.public_alone
    }

    /// Whether they may announce this.
    pub fn may_make(&self, terms: &Terms) -> Result<(), Vec<Mistake>> {
        let allowed = !self.public_alone || terms.details.for_whom == ForWhom::Public;
        if allowed { Ok(()) } else { Err(vec![Mistake::PublicAlone]) }
    }

    /// By what the event is now, whatever is to become of it. `None` too where there is no such event.
    pub async fn of_event(
        conn: &mut PgConnection,
        member: MemberId,
        event: EventId,
        now: Instant,
    ) -> Result<Option<Organiser>, Error> {
        let found: Vec<(Uuid, bool)> = sqlx::query_as(GROUPS).bind(event).fetch_all(&mut *conn).await?;
        let groups: Vec<Uuid> = found.iter().map(|(group, _)| *group).collect();
        match found.first() {
            None => Ok(None),
            Some((_, true)) => Organiser::by(conn, member, &groups, &[false, true], now).await,
            Some((_, false)) => Organiser::by(conn, member, &groups, &[false], now).await,
        }
    }

    pub fn member(&self) -> MemberId {
        self.member
    }

    /// Everybody who organises an event on a day, to be told: no right comes from this.
    pub async fn everybody(conn: &mut PgConnection, event: EventId, today: NaiveDate) -> Result<Vec<MemberId>, Error> {
        Ok(sqlx::query_scalar(AssertSqlSafe(EVERYBODY.as_str())).bind(event).bind(today).fetch_all(conn).await?)
    }
}

/// SQL for whether the member `m` makes events of a working group `g`: all of them, or where this holds of Communication.
macro_rules! makes {
    ($communication:literal) => {
        concat!(
            "(m.employee
    or exists (select from group_member n join working_group w using (group_id)
        where n.member_id = m.member_id and w.slug = 'vie-sociale')
    or exists (select from group_member n where n.member_id = m.member_id and n.group_id = g.group_id
        and (n.referent or ",
            $communication,
            ")))"
        )
    };
}

/// SQL for whether the member `m` makes events of a working group `g`: in Communication, those for everybody at least.
pub const MAKES_EVENTS: &str = makes!("g.slug = 'communication'");
/// SQL for whether the member `m` makes any event of a working group `g`, for members alone too.
pub const MAKES_ANY_EVENT: &str = makes!("false");
/// SQL for whether the member `m` makes the event `e`, as it is now, of a working group `g`.
pub const MAKES_THIS_EVENT: &str = makes!("g.slug = 'communication' and e.details->>'for_whom' = 'public'");

/// $1 event: its group, and the one that makes it with it; whether it is for everybody.
const GROUPS: &str = "
select g.group_id, coalesce(e.details->>'for_whom' = 'public', false) from event e join working_group g
    on g.group_id = e.group_id or g.group_id::text = e.details->'with'->>'group'
where e.event_id = $1";

/// $1 member, $2 today, $3 Vie sociale, $4 groups, $5 whether to be of Communication is enough.
const ORGANISER: &str = "
select exists (
    select from member
    where member_id = $1 and employee and joined_on <= $2 and (left_on is null or left_on > $2) for share
) or exists (
    select from group_member n join working_group g using (group_id) join member using (member_id)
    where member_id = $1 and joined_on <= $2 and (left_on is null or left_on > $2)
        and (g.slug = $3 or g.group_id = any($4) and (n.referent or $5 and g.slug = 'communication'))
    for share of n, member
)";

/// $1 event, $2 today.
static EVERYBODY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select m.member_id from member m
         where m.joined_on <= $2 and (m.left_on is null or m.left_on > $2)
            and exists (select from event e join working_group g
                    on g.group_id = e.group_id or g.group_id::text = e.details->'with'->>'group'
                where e.event_id = $1 and {MAKES_THIS_EVENT})
         order by m.member_id"
    )
});
