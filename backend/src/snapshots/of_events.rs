//! What of mine the pages of events look at. It is a fifth of what [`Me`] is read from: PostgreSQL sets up every branch of a
//! statement, whatever it finds there, and of `Me` that is most of the cost.

use std::sync::LazyLock;

use domain::calendar::SCHEMA;
use domain::catalogue::Lists;
use domain::event::{ArrivalList, ArrivalWindow, Mine, Times};
use domain::id::{GroupId, MemberId};
use domain::ledger::Standing;
use domain::me::{Me, Profile};
use domain::members::{Aptitude, Rights};
use domain::notify::Preferences;
use domain::outcome::Marks;
use domain::register::Mine as OnRegister;
use domain::time::{Days, Instant, paris_day};
use sqlx::types::Json;

use super::{marks_of, next_midnight};
use crate::Backend;
use crate::auth::{MAKES_ANY_EVENT, MAKES_EVENTS};
use crate::error::Error;
use crate::event::{AT_THE_DOOR, PARTY};

#[derive(sqlx::FromRow)]
struct Row {
    mark: i64,
    profile: Json<Profile>,
    answers: Json<Vec<Mine>>,
    organises: Json<Vec<GroupId>>,
    organises_public: Json<Vec<GroupId>>,
    arrivals: Json<Vec<ArrivalList>>,
    door: Json<Vec<Times>>,
}

/// `member` as the pages of events see them, and as nobody else may: of all that is not of events it says that there is nothing.
pub async fn me_at_events(backend: &Backend, member: MemberId) -> Result<Me, Error> {
    let now = backend.now();
    let row: Row = sqlx::query_as(sqlx::AssertSqlSafe(STATEMENT.as_str()))
        .bind(member)
        .bind(paris_day(now))
        .bind(now)
        .fetch_one(&backend.pool)
        .await?;
    let valid_until = doors(&row.door.0).filter(|at| *at > now).fold(next_midnight(now), Instant::min);
    Ok(Me {
        marks: marks_of("me", row.mark),
        valid_until,
        answers: row.answers.0,
        organises: row.organises.0,
        organises_public: row.organises_public.0,
        arrivals: row.arrivals.0,
        ..with_card_alone(row.profile.0, now)
    })
}

/// When the lists at these doors open and close.
pub(super) fn doors(times: &[Times]) -> impl Iterator<Item = Instant> {
    times.iter().map(ArrivalWindow::of).flat_map(|window| [window.from, window.until])
}

fn with_card_alone(profile: Profile, now: Instant) -> Me {
    let today = paris_day(now);
    Me {
        schema: SCHEMA,
        marks: Marks::new(),
        as_of: now,
        valid_until: now,
        profile,
        aptitude: Aptitude { active: true, skills: Default::default(), leaves: Vec::new(), experienced: true },
        rights: Rights::default(),
        standing: Standing::clear(Days { from: today, to: today }),
        ledger: Vec::new(),
        duty: Vec::new(),
        offers: Vec::new(),
        offered_to_me: Vec::new(),
        proposals: Vec::new(),
        loops: Vec::new(),
        inbox: Vec::new(),
        preferences: Preferences::default(),
        watches: Vec::new(),
        waiting: Vec::new(),
        kept: Vec::new(),
        has_device: false,
        calendar_since: None,
        address_bounced: false,
        sheets: Vec::new(),
        requests: Vec::new(),
        blocks: Vec::new(),
        read_briefs: Vec::new(),
        groups: Vec::new(),
        answers: Vec::new(),
        organises: Vec::new(),
        organises_public: Vec::new(),
        arrivals: Vec::new(),
        lists: Lists::default(),
        supports: Vec::new(),
        reported: Vec::new(),
        joinings: Vec::new(),
        runs: Vec::new(),
        admits: Vec::new(),
        dossiers: Vec::new(),
        keeps_dossiers: Vec::new(),
        register: OnRegister::default(),
        arriving: None,
        assemblies: Vec::new(),
    }
}

/// SQL for the mark of what is mine, and for my card, as columns; `m` is I.
pub(super) const CARD: &str = "coalesce((select mark from member_mark where member_id = $1), 0) as mark,
    json_build_object('id', m.member_id, 'number', m.number, 'first_name', m.first_name,
        'last_name', m.last_name, 'email', m.email, 'phone', m.phone, 'rhythm', m.rhythm) as profile";

/// SQL for the groups whose events I make, of which those that are not `any_event` only for everybody, as a table of a statement's
/// `with`: they are looked for once.
pub(super) static MAKES: LazyLock<String> = LazyLock::new(|| {
    format!(
        "makes as materialized (
    select g.group_id, g.rank, {MAKES_ANY_EVENT} as any_event
    from working_group g join member m on m.member_id = $1 where {MAKES_EVENTS}
)"
    )
});

/// SQL for what of mine is of events, as columns; with [`MAKES`]. $1 member, $2 today, $3 now.
pub(super) static OF_EVENTS: LazyLock<String> = LazyLock::new(|| {
    format!(
        "(select coalesce(jsonb_agg(jsonb_build_object('event', p.event_id, 'party', {PARTY},
            'at', case when p.ticket is not null then (select count(*) from event_party b
                where b.event_id = p.event_id and b.ticket <= p.ticket) end,
            'claims', (select coalesce(jsonb_agg(jsonb_build_object('what', jsonb_build_object(c.what, c.thing_id),
                    'quantity', c.quantity) order by c.thing_id), '[]')
                from event_claim c where c.event_id = p.event_id and c.member_id = $1),
            'arrived', exists (select from event_arrival a where a.event_party_id = p.event_party_id))
            order by e.starts_at, e.event_id), '[]')
        from event_party p join event e using (event_id)
        where p.member_id = $1 and e.starts_at > $3 - interval '57 days') as answers,
    (select coalesce(jsonb_agg(g.group_id order by g.rank), '[]') from makes g where g.any_event) as organises,
    (select coalesce(jsonb_agg(g.group_id order by g.rank), '[]') from makes g where not g.any_event) as organises_public,
    (select coalesce(jsonb_agg(jsonb_build_object('event', e.event_id, 'title', e.details->>'title', 'starts_at', e.starts_at,
            'expected', (select coalesce(jsonb_agg(jsonb_build_object(
                    'who', case when p.member_id is null then jsonb_build_object('visitor', p.event_visitor_id)
                        else jsonb_build_object('member', p.member_id) end,
                    'name', coalesce(v.name, w.first_name || ' ' || upper(left(w.last_name, 1)) || '.'),
                    'seats', 1 + p.guests, 'children', p.children, 'note', p.note, 'diet', p.diet)
                    order by coalesce(v.name, w.first_name), p.event_party_id), '[]')
                from event_party p left join member w using (member_id) left join event_visitor v using (event_visitor_id)
                where p.event_id = e.event_id and p.standing = 'seated'),
            {AT_THE_DOOR}) order by e.starts_at, e.event_id), '[]')
        from event e where e.state ? 'published' and e.starts_at between $3 - interval '17 days' and $3 + interval '24 hours'
            and (e.ends_at at time zone 'Europe/Paris')::date + 2 > $2
            and exists (select from makes g where (g.group_id = e.group_id
                or g.group_id::text = e.details->'with'->>'group') and (g.any_event or e.details->>'for_whom' = 'public'))) as arrivals,
    (select coalesce(jsonb_agg(jsonb_build_object('starts_at', e.starts_at, 'ends_at', e.ends_at, 'closes_at', e.closes_at)), '[]')
        from event e where e.state ? 'published' and e.starts_at between $3 - interval '17 days' and $3 + interval '3 days'
            and exists (select from makes)) as door"
    )
});

/// $1 member, $2 today, $3 now.
static STATEMENT: LazyLock<String> = LazyLock::new(|| {
    let (makes, of_events) = (MAKES.as_str(), OF_EVENTS.as_str());
    format!("with {makes} select {CARD}, {of_events} from member m where m.member_id = $1")
});
