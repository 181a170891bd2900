//! An act of the office on the register: one transaction, in which nobody else of it writes.

use std::collections::BTreeSet;
use std::pin::Pin;

use domain::id::{MemberId, ShiftId};
use domain::register::{Deed, Mistake};
use domain::time::{Instant, paris_day};
use sqlx::types::Json;
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;

use crate::Backend;
use crate::auth::Office;
use crate::error::Error;
use crate::jobs::again;
use crate::swaps::aftermath::Aftermath;
use crate::swaps::scope::Locks;

/// Whether it was done, or why not.
pub type Kept<T> = Result<T, Vec<Mistake>>;

/// The register in the hands of somebody of the office.
pub(crate) struct Keeping {
    pub tx: Transaction<'static, Postgres>,
    pub by: MemberId,
    pub now: Instant,
    pub after: Aftermath,
    form: Option<Uuid>,
    /// Those of whom the form already says something.
    said: BTreeSet<MemberId>,
}

impl Keeping {
    /// `about`: whose rows it writes, beside the one who asks. Nothing where this form was done before.
    pub async fn of(
        backend: &Backend,
        asking: MemberId,
        form: Option<Uuid>,
        about: impl IntoIterator<Item = MemberId>,
    ) -> Result<Option<Keeping>, Error> {
        Keeping::over(backend, asking, form, about, &[]).await
    }

    /// And the shifts on which somebody's seat moves.
    pub async fn over(
        backend: &Backend,
        asking: MemberId,
        form: Option<Uuid>,
        about: impl IntoIterator<Item = MemberId>,
        shifts: &[ShiftId],
    ) -> Result<Option<Keeping>, Error> {
        let now = backend.now();
        let mut tx = backend.pool.begin().await?;
        lock(&mut tx).await?;
        // People before shifts, each by id, as every act of members does; whoever asks is one of them.
        let members = about.into_iter().chain([asking]).collect();
        Locks { members, shifts: shifts.iter().copied().collect() }.take(&mut tx).await?;
        let office = office(&mut tx, asking, now).await?;
        let done: bool =
            sqlx::query_scalar("select exists (select from account_act where form = $1)").bind(form).fetch_one(&mut *tx).await?;
        let keeping = Keeping { tx, by: office.member(), now, after: Aftermath::default(), form, said: BTreeSet::new() };
        Ok((!done).then_some(keeping))
    }

    pub fn today(&self) -> chrono::NaiveDate {
        paris_day(self.now)
    }

    /// Notes what is done to an account: whom it concerns reads it.
    pub async fn deed(&mut self, member: MemberId, deed: &Deed) -> Result<(), Error> {
        let form = self.form.filter(|_| self.said.insert(member));
        self.after.touched.insert(member);
        note(&mut self.tx, form, member, deed, Some(self.by), self.now).await
    }

    /// A name, a way to reach somebody, whether they are there: the planning and the groups show it.
    pub fn shows(&mut self) {
        self.after.calendar = true;
        self.after.groups = true;
    }

    pub async fn end(mut self) -> Result<(), Error> {
        sqlx::query("set constraints all immediate").execute(&mut *self.tx).await?;
        self.after.finish(&mut self.tx, None, self.now).await?;
        self.tx.commit().await?;
        Ok(())
    }
}

/// Whoever looks at what only the office sees.
pub(crate) async fn office(conn: &mut PgConnection, asking: MemberId, now: Instant) -> Result<Office, Error> {
    Office::find(conn, asking, now).await?.ok_or(Error::NotAllowed)
}

/// One at a time writes the register. Members are locked after.
pub(super) async fn lock(conn: &mut PgConnection) -> Result<(), Error> {
    sqlx::query("select pg_advisory_xact_lock(hashtext('register'))").execute(conn).await?;
    Ok(())
}

/// Adds to what was done to an account.
pub(crate) async fn note(
    conn: &mut PgConnection,
    form: Option<Uuid>,
    member: MemberId,
    deed: &Deed,
    by: Option<MemberId>,
    now: Instant,
) -> Result<(), Error> {
    sqlx::query("insert into account_act (form, member_id, deed, by_member, at) values ($1, $2, $3, $4, $5)")
        .bind(form)
        .bind(member)
        .bind(Json(deed))
        .bind(by)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(())
}

/// One go at it.
pub(super) type Run<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// Runs an act again that lost against a member's, or whose locks did not suffice.
pub(super) async fn until_won<'a, T>(mut act: impl FnMut() -> Run<'a, T>) -> Result<T, Error> {
    let mut run = 0;
    loop {
        match act().await {
            Err(error) if again(&error, run) => run += 1,
            answer => return answer,
        }
    }
}
