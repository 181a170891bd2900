//! Whoever makes events: a value that only a query inside the act's transaction makes.

use chrono::NaiveDate;
use domain::event::{ForWhom, Mistake, SOCIAL, Terms};
use domain::id::{EventId, GroupId, MemberId};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;
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
        for public_alone in [false, true] {
            let may: bool = sqlx::query_scalar(ORGANISER)
                .bind(member)
                .bind(paris_day(now))
                .bind(SOCIAL)
                .bind(&groups)
                .bind(public_alone)
                .fetch_one(&mut *conn)
                .await?;
            if may {
                return Ok(Some(Organiser { member, public_alone }));
            }
        }
        Ok(None)
    }

    /// Whether they may announce this.
    pub fn may_make(&self, terms: &Terms) -> Result<(), Vec<Mistake>> {
        let allowed = !self.public_alone || terms.details.for_whom == ForWhom::Public;
        if allowed { Ok(()) } else { Err(vec![Mistake::PublicAlone]) }
    }

    /// `None` too where there is no such event.
    pub async fn of_event(
        conn: &mut PgConnection,
        member: MemberId,
        event: EventId,
        now: Instant,
    ) -> Result<Option<Organiser>, Error> {
        let groups: Vec<GroupId> = sqlx::query_scalar(GROUPS).bind(event).fetch_all(&mut *conn).await?;
        if groups.is_empty() { Ok(None) } else { Organiser::find(conn, member, &groups, now).await }
    }

    pub fn member(&self) -> MemberId {
        self.member
    }

    /// Everybody who organises an event on a day, to be told: no right comes from this.
    pub async fn everybody(conn: &mut PgConnection, event: EventId, today: NaiveDate) -> Result<Vec<MemberId>, Error> {
        let groups: Vec<GroupId> = sqlx::query_scalar(GROUPS).bind(event).fetch_all(&mut *conn).await?;
        let groups: Vec<Uuid> = groups.into_iter().map(|group| group.0).collect();
        Ok(sqlx::query_scalar(EVERYBODY).bind(today).bind(SOCIAL).bind(groups).fetch_all(conn).await?)
    }
}

/// SQL for whether the member `m` makes the events of a working group `g`.
pub const MAKES_EVENTS: &str = "(m.employee
    or exists (select from group_member n join working_group w using (group_id)
        where n.member_id = m.member_id and w.slug = 'vie-sociale')
    or exists (select from group_member n where n.member_id = m.member_id and n.group_id = g.group_id
        and (n.referent or g.slug = 'communication')))";

/// $1 event: its group, and the one that makes it with it.
const GROUPS: &str = "
select g.group_id from event e join working_group g
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

/// $1 today, $2 Vie sociale, $3 groups.
const EVERYBODY: &str = "
select member_id from member m where joined_on <= $1 and (left_on is null or left_on > $1)
    and (employee or exists (select from group_member n join working_group g using (group_id)
        where n.member_id = m.member_id
            and (g.slug = $2 or g.group_id = any($3) and (n.referent or g.slug = 'communication'))))
order by member_id";
