//! The day has come: seats, roles and devices of whoever leaves end, and a mail lets them read what was theirs.

use chrono::{Duration, NaiveDate};
use domain::command::Command;
use domain::decide::{Decision, decide, leaves_coop, serve_waiting};
use domain::event::Answer;
use domain::id::{EventId, MemberId, SessionId, ShiftId};
use domain::register::{Deed, EXPORT_D};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;

use super::together::{lock, note, until_won};
use super::{arrivals, seats};
use crate::Backend;
use crate::assembly;
use crate::auth;
use crate::desk;
use crate::dossiers;
use crate::error::Error;
use crate::governance;
use crate::groups;
use crate::jobs::{Mail, enqueue_mail};
use crate::ledger;
use crate::share::due_on;
use crate::swaps::aftermath::Aftermath;
use crate::swaps::scope::{Locks, Scope};
use crate::swaps::{load, write};

/// Who leaves, from which day on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaving {
    pub member: MemberId,
    pub from: NaiveDate,
    pub now: Instant,
}

impl Leaving {
    /// The shifts on which something of theirs rests: to be locked.
    pub async fn shifts(self, conn: &mut PgConnection) -> Result<Vec<ShiftId>, Error> {
        let shifts = sqlx::query_scalar(RESTS).bind(self.member).bind(self.from).bind(self.now);
        Ok(shifts.fetch_all(conn).await?)
    }

    pub fn scope(self, shifts: &[ShiftId]) -> Scope {
        let mut scope = Scope::new(self.member);
        scope.movers.insert(self.member);
        scope.locks.members.insert(self.member);
        scope.locks.shifts.extend(shifts);
        scope
    }

    /// What rests on these shifts, which are locked, ends; whoever is in line is served.
    pub async fn frees(self, conn: &mut PgConnection, shifts: &[ShiftId], by: Option<MemberId>) -> Result<Aftermath, Error> {
        // Something came in between: the locks do not suffice.
        if self.shifts(&mut *conn).await?.iter().any(|shift| !shifts.contains(shift)) {
            return Err(Error::Conflict);
        }
        let mut board = load::board(&mut *conn, &self.scope(shifts), self.now).await?;
        let mut list = leaves_coop(&board, self.member, self.from, self.now);
        board.apply_all(&list);
        let served = serve_waiting(&board, &list, self.now);
        board.apply_all(&served);
        list.extend(served);
        let mut after = write::effects(&mut *conn, &board, &list, by, self.now).await?;
        after.add(self.answers_no(conn, by).await?);
        Ok(after)
    }

    /// They come to no event from that day on; whoever waits for a place there is served.
    pub async fn answers_no(self, conn: &mut PgConnection, by: Option<MemberId>) -> Result<Aftermath, Error> {
        let mut after = Aftermath::default();
        for (event, _) in answers(&mut *conn, self).await? {
            let command = Command::AnswerEvent {
                event,
                answer: Answer::No,
                guests: 0,
                children: 0,
                note: String::new(),
                diet: String::new(),
                hidden: false,
            };
            let scope = Scope::of(&command, self.member);
            let mut board = load::board(&mut *conn, &scope, self.now).await?;
            // One that takes no more answers keeps theirs: whoever organises it sees that they left.
            let Decision::Yes(effects) = decide(&board, &command, self.member, self.now) else { continue };
            board.apply_all(&effects.list);
            after.add(write::effects(&mut *conn, &board, &effects.list, by, self.now).await?);
        }
        Ok(after)
    }
}

/// $1 member, $2 from, $3 now.
const RESTS: &str = "
select t.shift_id from assignment t join shift s using (shift_id)
    where t.member_id = $1 and s.on_day >= $2 and s.starts_at > $3 and s.closed_why is null
union select w.shift_id from waiting w where w.member_id = $1
union select o.shift_id from offer o where o.member_id = $1 and o.state = 'open'
union select unnest(array[p.from_shift, p.to_shift]) from proposal p
    where p.state = 'pending' and $1 in (p.from_member, p.to_member)
union select unnest(array[g.gives_shift, g.takes_shift]) from suggested_loop l join loop_leg g using (loop_id)
    where l.asks = $1 and l.state = 'pending'
order by 1";

/// The events from that day on to which they said something else than no, and what these are called.
pub(super) async fn answers(conn: &mut PgConnection, leaving: Leaving) -> Result<Vec<(EventId, String)>, Error> {
    let answers = sqlx::query_as(
        "select e.event_id, e.details->>'title' from event_party p join event e using (event_id)
         where p.member_id = $1 and p.standing <> 'no' and e.starts_at > $3
            and (e.starts_at at time zone 'Europe/Paris')::date >= $2 and jsonb_exists(e.state, 'published')
         order by e.event_id",
    );
    Ok(answers.bind(leaving.member).bind(leaving.from).bind(leaving.now).fetch_all(conn).await?)
}

/// Roles, seats of the cycle and devices end, and a mail says so. Gives the sessions that end.
pub(super) async fn goes(
    conn: &mut PgConnection,
    leaving: Leaving,
    by: Option<MemberId>,
) -> Result<(Aftermath, Vec<SessionId>), Error> {
    let ended = ends(&mut *conn, leaving, by).await?;
    say_farewell(conn, leaving.member, leaving.now).await?;
    Ok(ended)
}

/// Without a mail.
pub(super) async fn ends(
    conn: &mut PgConnection,
    leaving: Leaving,
    by: Option<MemberId>,
) -> Result<(Aftermath, Vec<SessionId>), Error> {
    let Leaving { member, from, now } = leaving;
    seats::clear(&mut *conn, member).await?;
    let mut after = groups::leaves_coop(&mut *conn, member, by, now).await?;
    governance::leaves_coop(&mut *conn, member, from).await?;
    after.add(assembly::leaves_coop(&mut *conn, member, now).await?);
    after.add(dossiers::leaves_coop(&mut *conn, member, now).await?);
    desk::leaves_coop(&mut *conn, member, from).await?;
    sqlx::query("update welcome_mail set dropped = 'left' where member_id = $1 and sent_at is null and dropped is null")
        .bind(member)
        .execute(&mut *conn)
        .await?;
    sqlx::query("update arrival set ended_on = $2 where member_id = $1 and ended_on is null")
        .bind(member)
        .bind(from)
        .execute(&mut *conn)
        .await?;
    ledger::withdraw_all(&mut *conn, member, now).await?;
    due_on(&mut *conn, member, from).await?;
    let sessions = auth::end_all(conn, member, now).await?;
    tracing::info!(%member, "no longer a member");
    after.add(Aftermath { groups: true, calendar: true, ..Aftermath::of([member]) });
    Ok((after, sessions))
}

/// A mail whose link opens their own data, to be read, for some time. Whoever has no address asks the office for it.
async fn say_farewell(conn: &mut PgConnection, member: MemberId, now: Instant) -> Result<(), Error> {
    let token = auth::token();
    let (first_name, email, origin, number): (String, String, String, i32) = sqlx::query_as(
        "select m.first_name, m.email, d.origin, m.number from member m join departure d using (member_id)
         where m.member_id = $1",
    )
    .bind(member)
    .fetch_one(&mut *conn)
    .await?;
    let until = now + Duration::days(EXPORT_D);
    sqlx::query("update departure set done_at = $2, export_hash = $3, export_until = $4 where member_id = $1")
        .bind(member)
        .bind(now)
        .bind(auth::hash(&token))
        .bind(until)
        .execute(&mut *conn)
        .await?;
    if email.is_empty() {
        return Ok(());
    }
    let text = format!(
        "Bonjour {first_name},\n\nÀ partir d’aujourd’hui tu n’es plus membre de l’épicerie Alpar (n° {number}). Tes appareils sont \
         déconnectés et tes places sont libérées.\n\nPendant {EXPORT_D} jours, tu peux lire et garder tes données ici, sans te \
         connecter :\n\n{origin}/depart/{token}\n\nCe lien est le tien : ne le donne à personne. Si ta part sociale a été versée, \
         Administratif te la rembourse et te l’écrira.\n\nMerci pour tout ce que tu as fait avec nous.\n\nL’épicerie Alpar\n"
    );
    enqueue_mail(conn, &Mail { to: email, subject: "Tu n’es plus membre d’Alpar : tes données".to_owned(), text, html: None })
        .await
}

/// Those whose day has come, and that of newcomers who have done all of it. Gives how many.
pub async fn every_night(backend: &Backend) -> Result<usize, Error> {
    let arrived = arrivals::end_those_who_arrived(backend).await?;
    Ok(arrived + departures(backend).await?)
}

/// Those who leave today or left before, and hold something still.
pub async fn departures(backend: &Backend) -> Result<usize, Error> {
    let due: Vec<(MemberId, NaiveDate)> = sqlx::query_as(
        "select member_id, on_day from departure where done_at is null and on_day <= $1 order by on_day, member_id",
    )
    .bind(paris_day(backend.now()))
    .fetch_all(&backend.pool)
    .await?;
    for (member, from) in &due {
        until_won(|| Box::pin(depart(backend, *member, *from))).await?;
    }
    Ok(due.len())
}

async fn depart(backend: &Backend, member: MemberId, from: NaiveDate) -> Result<(), Error> {
    let now = backend.now();
    let leaving = Leaving { member, from, now };
    let shifts = leaving.shifts(&mut *backend.pool.acquire().await?).await?;
    let mut tx = backend.pool.begin().await?;
    lock(&mut tx).await?;
    Locks { members: [member].into(), shifts: shifts.iter().copied().collect() }.take(&mut tx).await?;
    let still: bool =
        sqlx::query_scalar("select exists (select from departure where member_id = $1 and on_day = $2 and done_at is null)")
            .bind(member)
            .bind(from)
            .fetch_one(&mut *tx)
            .await?;
    if !still {
        return Ok(());
    }
    let mut after = leaving.frees(&mut tx, &shifts, None).await?;
    let (gone, _) = goes(&mut tx, leaving, None).await?;
    after.add(gone);
    note(&mut tx, None, member, &Deed::Left, None, now).await?;
    sqlx::query("set constraints all immediate").execute(&mut *tx).await?;
    after.finish(&mut tx, None, now).await?;
    tx.commit().await?;
    Ok(())
}

/// Whose data a secret opens, for as long as it does.
pub async fn left_behind(backend: &Backend, secret: &str) -> Result<(MemberId, Instant), Error> {
    let found: Option<(MemberId, Instant)> = sqlx::query_as(
        "select d.member_id, d.export_until from departure d join member m using (member_id)
         where d.export_hash = $1 and d.export_until > $2 and m.erased_at is null",
    )
    .bind(auth::hash(secret))
    .bind(backend.now())
    .fetch_optional(&backend.pool)
    .await?;
    found.ok_or(Error::NotFound)
}
