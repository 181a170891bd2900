//! Members from a file: read, compared, approved as a whole, taken back.
//!
//! Until it is approved its bytes are kept, and everything is made of them anew each time that somebody looks: it is never
//! compared with a register that is no more.

mod approving;
mod undoing;
mod writing;

use std::collections::BTreeSet;

use domain::id::{MemberId, MemberImportId};
use domain::import::{Refused, Table};
use domain::register::import::{
    Answers, Counts, Diff, Field, Given, ImportLine, Importing, Mapping, Problem, Question, Reason, Register, Step, diff, headed,
    table,
};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::row;
use super::together::{Keeping, office};
use crate::Backend;
use crate::error::Error;
use crate::import;
pub use approving::approve;
pub use undoing::undo_last;

/// A file as somebody sends it. The form's id is the import's: sent twice, it is one. Whoever goes back to the form and sends
/// another file, the corrected one, has brought another.
pub async fn import_file(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    file: &str,
    bytes: &[u8],
) -> Result<Result<MemberImportId, Refused>, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    office(&mut tx, asking, now).await?;
    let taken = match import::read(bytes) {
        Ok(taken) => headed(taken),
        Err(refused) => return Ok(Err(refused)),
    };
    let mapping = Mapping::suggested(&taken.header, &remembered(&mut tx).await?);
    let name = import::called(file);
    let new = New { file: &name, bytes, by: asking, at: now, mapping: &mapping };
    let mut id = MemberImportId(form);
    if !new.keep(&mut tx, id).await? && !is_that_file(&mut tx, id, bytes).await? {
        id = MemberImportId(backend.ids.uuid());
        new.keep(&mut tx, id).await?;
    }
    sqlx::query(FORGET)
        .bind(import::forgotten_before(now))
        .bind(asking)
        .bind(import::UNAPPROVED_OF_ONE)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(Ok(id))
}

/// A file that has just come.
struct New<'a> {
    file: &'a str,
    bytes: &'a [u8],
    by: MemberId,
    at: Instant,
    mapping: &'a Mapping,
}

impl New<'_> {
    /// Whether it is kept under that id: none is there yet.
    async fn keep(&self, conn: &mut PgConnection, id: MemberImportId) -> Result<bool, Error> {
        let kept = sqlx::query(
            "insert into member_import (member_import_id, file, bytes, by_member, at, mapping, answers)
             values ($1, $2, $3, $4, $5, $6, $7) on conflict (member_import_id) do nothing",
        )
        .bind(id)
        .bind(self.file)
        .bind(self.bytes)
        .bind(self.by)
        .bind(self.at)
        .bind(Json(self.mapping))
        .bind(Json(Answers::default()))
        .execute(conn)
        .await?;
        Ok(kept.rows_affected() == 1)
    }
}

/// The same again; of one that is approved, the bytes are gone.
async fn is_that_file(conn: &mut PgConnection, id: MemberImportId, bytes: &[u8]) -> Result<bool, Error> {
    let same = sqlx::query_scalar("select coalesce(bytes = $2, false) from member_import where member_import_id = $1");
    Ok(same.bind(id).bind(bytes).fetch_one(conn).await?)
}

/// Personal data are not kept for nothing.
pub(super) async fn forget_unapproved(conn: &mut PgConnection, now: Instant) -> Result<(), Error> {
    sqlx::query("delete from member_import where approved_at is null and at < $1")
        .bind(import::forgotten_before(now))
        .execute(conn)
        .await?;
    Ok(())
}

/// How far a file is: the dry run. Nothing is written.
pub async fn importing(backend: &Backend, asking: MemberId, id: MemberImportId) -> Result<Importing, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    office(&mut tx, asking, now).await?;
    let known = find(&mut tx, id).await?;
    if known.approved_at.is_some() {
        let lines = lines(&mut tx).await?;
        let line = lines.into_iter().find(|line| line.id == id).ok_or(Error::NotFound)?;
        return Ok(shown(known, id, &Table::default(), Step::Approved(line), Vec::new()));
    }
    let taken = headed(known.table()?);
    let (step, names) = match compared(&mut tx, &known, &taken, now).await? {
        Compared::Columns(problems) => (Step::Columns(problems), Vec::new()),
        Compared::Faults(faults) => (Step::Faults(faults), Vec::new()),
        Compared::Diff { diff, seen, with } => {
            let names = named(&diff, &with);
            (Step::Compared { diff, seen }, names)
        }
    };
    Ok(shown(known, id, &taken, step, names))
}

/// Those whom the questions name, each with their number.
fn named(diff: &Diff, register: &Register) -> Vec<(MemberId, String)> {
    let of = |question: &Question| match question {
        Question::Same { people, .. } => people.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
        Question::Shared { people, .. } => people.clone(),
    };
    let ids: BTreeSet<MemberId> = diff.questions.iter().flat_map(of).collect();
    let name = |id: MemberId| {
        let facts = &register.get(&id)?.facts;
        Some((id, format!("{}, n° {:04}", facts.name(), facts.number)))
    };
    ids.into_iter().filter_map(name).collect()
}

/// Which column is which: of this file, and of the next ones, whatever becomes of this one.
pub async fn map_columns(backend: &Backend, asking: MemberId, id: MemberImportId, mapping: &Mapping) -> Result<(), Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, None, []).await? else { return Ok(()) };
    let mapped = sqlx::query("update member_import set mapping = $2 where member_import_id = $1 and approved_at is null")
        .bind(id)
        .bind(Json(mapping))
        .execute(&mut *keeping.tx)
        .await?;
    if mapped.rows_affected() == 1 {
        learn(&mut keeping.tx, mapping).await?;
    }
    keeping.end().await
}

/// What somebody says about this file alone; what was answered before stays answered.
pub async fn answer_file(backend: &Backend, asking: MemberId, id: MemberImportId, said: &Answers) -> Result<(), Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, None, []).await? else { return Ok(()) };
    let Json(mut answers) = find(&mut keeping.tx, id).await?.answers;
    answers.people.extend(&said.people);
    answers.addresses.extend(said.addresses.iter().map(|(email, shared)| (email.clone(), *shared)));
    sqlx::query("update member_import set answers = $2 where member_import_id = $1 and approved_at is null")
        .bind(id)
        .bind(Json(answers))
        .execute(&mut *keeping.tx)
        .await?;
    keeping.end().await
}

/// What was brought in, the newest first.
pub async fn imports(backend: &Backend, asking: MemberId) -> Result<Vec<ImportLine>, Error> {
    let mut tx = backend.pool.begin().await?;
    office(&mut tx, asking, backend.now()).await?;
    lines(&mut tx).await
}

/// The register as a file that may be read again.
pub async fn export(backend: &Backend, asking: MemberId) -> Result<Table, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    office(&mut tx, asking, now).await?;
    Ok(table(&writing::register(&mut tx, paris_day(now)).await?, paris_day(now)))
}

/// An import as it is kept.
type Known = import::Known<Field, Answers, Counts>;
/// What a file comes to.
type Compared = import::Compared<Problem, Reason, Diff, Register>;

fn shown(known: Known, id: MemberImportId, taken: &Table, step: Step, names: Vec<(MemberId, String)>) -> Importing {
    Importing {
        id,
        file: known.file,
        by: known.by_member,
        at: known.at,
        header: taken.header.clone(),
        sample: import::sample(taken),
        mapping: known.mapping.0,
        answers: known.answers.0,
        step,
        names,
    }
}

async fn find(conn: &mut PgConnection, id: MemberImportId) -> Result<Known, Error> {
    let found = sqlx::query_as(
        "select file, bytes, by_member, at, mapping, answers, counts, approved_at, undone_at
         from member_import where member_import_id = $1",
    );
    Ok(found.bind(id).fetch_one(conn).await?)
}

async fn compared(conn: &mut PgConnection, known: &Known, taken: &Table, now: Instant) -> Result<Compared, Error> {
    let today = paris_day(now);
    let columns = match known.mapping.0.columns(&taken.header) {
        Ok(columns) => columns,
        Err(problems) => return Ok(Compared::Columns(problems)),
    };
    let rows = match domain::register::import::read(taken, &columns, today) {
        Ok(rows) => rows,
        Err(faults) => return Ok(Compared::Faults(faults)),
    };
    let register = writing::register(&mut *conn, today).await?;
    let settled = row::settled(&mut *conn).await?;
    let gone = writing::gone(conn).await?;
    let answers = &known.answers.0;
    let diff = diff(&Given { register: &register, rows: &rows, answers, settled: &settled, gone: &gone, today });
    let seen = import::seen(&diff)?;
    Ok(Compared::Diff { diff: Box::new(diff), seen, with: register })
}

/// Which column is which, from one file to the next.
async fn remembered(conn: &mut PgConnection) -> Result<Mapping, Error> {
    let kept: Option<Json<Mapping>> = sqlx::query_scalar("select mapping from member_import_words").fetch_optional(conn).await?;
    Ok(kept.map(|Json(mapping)| mapping).unwrap_or_default())
}

/// What was said of the columns of other files stays.
async fn learn(conn: &mut PgConnection, mapping: &Mapping) -> Result<(), Error> {
    let mut kept = remembered(&mut *conn).await?;
    kept.learn(mapping);
    sqlx::query(
        "insert into member_import_words (mapping) values ($1) on conflict (only_row) do update set mapping = excluded.mapping",
    )
    .bind(Json(kept))
    .execute(conn)
    .await?;
    Ok(())
}

/// The newest first; only that one may be undone.
async fn lines(conn: &mut PgConnection) -> Result<Vec<ImportLine>, Error> {
    let rows: Vec<import::Line<_, _>> = sqlx::query_as(
        "select member_import_id as id, file, approved_by, approved_at, counts, undone_at from member_import
         where approved_at is not null order by approved_at desc, member_import_id desc",
    )
    .fetch_all(conn)
    .await?;
    Ok(import::lines(rows))
}

/// $1 until when, $2 who brings one, $3 how many of theirs stay.
const FORGET: &str = "
delete from member_import where approved_at is null and (at < $1 or member_import_id in (
    select member_import_id from member_import where approved_at is null and by_member = $2
    order by at desc, member_import_id desc offset $3))";
