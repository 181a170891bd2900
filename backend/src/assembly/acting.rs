//! An act about an assembly: one transaction, its row held.

use domain::assembly::{AssemblyMistake, Attendance, Stage, Terms};
use domain::id::{AssemblyId, MemberId};
use domain::time::{Instant, paris_day};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection, Postgres, Transaction};
use uuid::Uuid;

use super::row::attendance;
use crate::Backend;
use crate::auth::{Admits, Calls, Prepares, Presides, Tells};
use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

/// Whether it was done, or why not.
pub type Arranged = Result<(), Vec<AssemblyMistake>>;

/// An assembly as an act finds it.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Held {
    pub assembly_id: AssemblyId,
    pub kind: String,
    pub title: String,
    pub starts_at: Instant,
    pub place: String,
    pub agenda: String,
    notice_d: i16,
    quorum: i16,
    proxies: i16,
    convoked_at: Option<Instant>,
    opened_at: Option<Instant>,
    closed_at: Option<Instant>,
    cancelled: Option<String>,
    pub revision: i32,
    pub minutes_revision: i32,
}

impl Held {
    /// As it is today.
    pub fn stage_now(&self, now: Instant) -> Stage {
        self.stage().on(self.starts_at, paris_day(now))
    }

    pub fn stage(&self) -> Stage {
        match (&self.cancelled, self.closed_at, self.opened_at, self.convoked_at) {
            (Some(word), ..) => Stage::Cancelled { word: word.clone() },
            (None, Some(at), ..) => Stage::Closed { at },
            (None, None, Some(since), _) => Stage::Open { since },
            (None, None, None, Some(at)) => Stage::Convoked { at },
            (None, None, None, None) => Stage::Planned,
        }
    }

    pub fn terms(&self) -> Terms {
        Terms {
            notice_d: u16::try_from(self.notice_d).unwrap_or(0),
            quorum: u8::try_from(self.quorum).unwrap_or(0),
            proxies: u8::try_from(self.proxies).unwrap_or(0),
        }
    }

    /// Nothing of what is voted on has been told to members.
    pub fn is_planned(&self) -> Result<(), AssemblyMistake> {
        match self.stage() {
            Stage::Planned => Ok(()),
            Stage::Cancelled { .. } => Err(AssemblyMistake::Cancelled),
            Stage::Convoked { .. } | Stage::Open { .. } | Stage::Closed { .. } | Stage::Lapsed => {
                Err(AssemblyMistake::AlreadyConvoked)
            }
        }
    }

    /// It neither is over, nor was cancelled.
    pub fn goes_on(&self) -> Result<(), AssemblyMistake> {
        match self.stage() {
            Stage::Closed { at } => Err(AssemblyMistake::Over { at }),
            Stage::Cancelled { .. } => Err(AssemblyMistake::Cancelled),
            Stage::Planned | Stage::Convoked { .. } | Stage::Open { .. } | Stage::Lapsed => Ok(()),
        }
    }

    /// It sits.
    pub fn is_open(&self) -> Result<(), AssemblyMistake> {
        match self.stage() {
            Stage::Open { .. } => Ok(()),
            Stage::Closed { at } => Err(AssemblyMistake::Over { at }),
            Stage::Cancelled { .. } => Err(AssemblyMistake::Cancelled),
            Stage::Planned | Stage::Convoked { .. } | Stage::Lapsed => Err(AssemblyMistake::NotOpen),
        }
    }

    /// Members come in: it is its day, or it sits already.
    pub fn is_at_the_door(&self, now: Instant) -> Result<(), AssemblyMistake> {
        match self.stage() {
            Stage::Planned => Err(AssemblyMistake::NotConvoked),
            Stage::Closed { at } => Err(AssemblyMistake::Over { at }),
            Stage::Cancelled { .. } => Err(AssemblyMistake::Cancelled),
            Stage::Open { .. } => Ok(()),
            Stage::Convoked { .. } | Stage::Lapsed => {
                let on = paris_day(self.starts_at);
                if paris_day(now) == on { Ok(()) } else { Err(AssemblyMistake::NotToday { on }) }
            }
        }
    }
}

/// An act in the hands of somebody who may.
pub(super) struct Acting {
    pub tx: Transaction<'static, Postgres>,
    pub by: MemberId,
    pub now: Instant,
    pub after: Aftermath,
    pub held: Held,
}

// People are locked before the assembly, whose roles are written under its lock alone: a right that somebody took away while this
// waited for it is looked for again.
macro_rules! by_right {
    ($($name:ident: $right:ident,)*) => {$(
        pub async fn $name(backend: &Backend, asking: MemberId, id: AssemblyId) -> Result<Acting, Error> {
            let (now, mut tx) = (backend.now(), backend.pool.begin().await?);
            $right::find(&mut tx, asking, id, now).await?.ok_or(Error::NotAllowed)?;
            let held = hold(&mut tx, id, " for no key update").await?;
            let by = $right::find(&mut tx, asking, id, now).await?.ok_or(Error::NotAllowed)?.member();
            Ok(Acting { tx, by, now, after: Aftermath::of_groups(), held })
        }
    )*};
}

impl Acting {
    by_right! {
        preparing: Prepares,
        presiding: Presides,
        telling: Tells,
        admitting: Admits,
        calling: Calls,
    }

    pub fn id(&self) -> AssemblyId {
        self.held.assembly_id
    }

    /// Notes the act. False where the same form has done it already.
    pub async fn first(&mut self, form: Uuid, what: &str, about: Option<Uuid>) -> Result<bool, Error> {
        let id = self.held.assembly_id;
        note(&mut self.tx, form, Some(id), what, about, self.by, self.now).await
    }

    /// Notes the act, or answers it at once: the same form has done it already, or it is not the time for it, by that rule.
    pub async fn ends_at_once(
        &mut self,
        form: Uuid,
        (what, about): (&str, Option<Uuid>),
        in_time: fn(&Held) -> Result<(), AssemblyMistake>,
    ) -> Result<Option<Arranged>, Error> {
        if !self.first(form, what, about).await? {
            return Ok(Some(Ok(())));
        }
        Ok(in_time(&self.held).err().map(|mistake| Err(vec![mistake])))
    }

    /// Who is there, by voices.
    pub async fn attendance(&mut self) -> Result<Attendance, Error> {
        let sql = format!("select {} from assembly a where a.assembly_id = $2", attendance("$1"));
        let Json(attendance) = sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(paris_day(self.now))
            .bind(self.held.assembly_id)
            .fetch_one(&mut *self.tx)
            .await?;
        Ok(attendance)
    }

    pub async fn end(mut self) -> Result<Arranged, Error> {
        self.after.finish(&mut self.tx, None, self.now).await?;
        self.tx.commit().await?;
        Ok(Ok(()))
    }
}

/// The assembly's row, locked as `locking` says.
pub(super) async fn hold(conn: &mut PgConnection, id: AssemblyId, locking: &str) -> Result<Held, Error> {
    let sql = format!(
        "select assembly_id, kind, title, starts_at, place, agenda, notice_d, quorum, proxies, convoked_at, opened_at, closed_at,
            cancelled, revision, minutes_revision
         from assembly where assembly_id = $1{locking}"
    );
    let found: Option<Held> = sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(conn).await?;
    found.ok_or(Error::NotFound)
}

/// False where the same form has done it already.
pub(super) async fn note(
    conn: &mut PgConnection,
    form: Uuid,
    assembly: Option<AssemblyId>,
    what: &str,
    about: Option<Uuid>,
    by: MemberId,
    now: Instant,
) -> Result<bool, Error> {
    let noted = sqlx::query(
        "insert into assembly_act (assembly_act_id, assembly_id, what, about, by_member, at) values ($1, $2, $3, $4, $5, $6)
         on conflict (assembly_act_id) do nothing",
    )
    .bind(form)
    .bind(assembly)
    .bind(what)
    .bind(about)
    .bind(by)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(noted.rows_affected() == 1)
}
