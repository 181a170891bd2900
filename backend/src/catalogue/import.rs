//! The till's file: read, compared, approved as a whole, taken back.
//!
//! Until it is approved its bytes are kept, and everything is made of them anew each time that somebody looks: it is never
//! compared with a shop that is no more.

mod approving;
mod undoing;
mod words;

use std::collections::BTreeSet;

use domain::catalogue::import::{
    Answers, Counts, Diff, Field, Given, ImportLine, Importing, Mapping, Problem, Reason, Shop, Step, Words, diff, table,
};
use domain::catalogue::{Allergens, MARGIN, Rate};
use domain::id::{ImportId, MemberId, ProductId};
use domain::import::{Refused, Table};
use domain::time::Instant;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::row;
use super::together::{Keeping, keeper};
use crate::Backend;
use crate::error::Error;
use crate::import;
pub use approving::approve;
pub use undoing::undo_last;
pub use words::say_words;

/// A file as somebody sends it. The form's id is the import's: sent twice, it is one. Whoever goes back to the form and sends
/// another file, the corrected one, has brought another.
pub async fn import_file(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    file: &str,
    bytes: &[u8],
) -> Result<Result<ImportId, Refused>, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    keeper(&mut tx, asking, now).await?;
    let taken = match import::read(bytes) {
        Ok(taken) => taken,
        Err(refused) => return Ok(Err(refused)),
    };
    let remembered = remembered(&mut tx).await?;
    let mapping = Mapping::suggested(&taken.header, &remembered.mapping);
    let name = import::called(file);
    let new = New { file: &name, bytes, by: asking, at: now, mapping: &mapping };
    let mut id = ImportId(form);
    if !new.keep(&mut tx, id).await? && !is_that_file(&mut tx, id, bytes).await? {
        id = ImportId(backend.ids.uuid());
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
    async fn keep(&self, conn: &mut PgConnection, id: ImportId) -> Result<bool, Error> {
        let kept = sqlx::query(
            "insert into catalogue_import (catalogue_import_id, file, bytes, by_member, at, mapping, answers)
             values ($1, $2, $3, $4, $5, $6, $7) on conflict (catalogue_import_id) do nothing",
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
async fn is_that_file(conn: &mut PgConnection, id: ImportId, bytes: &[u8]) -> Result<bool, Error> {
    let same = sqlx::query_scalar("select coalesce(bytes = $2, false) from catalogue_import where catalogue_import_id = $1");
    Ok(same.bind(id).bind(bytes).fetch_one(conn).await?)
}

/// How far a file is: the dry run. Nothing is written.
pub async fn importing(backend: &Backend, asking: MemberId, id: ImportId) -> Result<Importing, Error> {
    let mut tx = backend.pool.begin().await?;
    keeper(&mut tx, asking, backend.now()).await?;
    let known = find(&mut tx, id).await?;
    if known.approved_at.is_some() {
        let lines = lines(&mut tx).await?;
        let line = lines.into_iter().find(|line| line.id == id).ok_or(Error::NotFound)?;
        return Ok(shown(known, id, &Table::default(), Step::Approved(line)));
    }
    let taken = known.table()?;
    let step = match compared(&mut tx, &known, &taken).await? {
        Compared::Columns(problems) => Step::Columns(problems),
        Compared::Faults(faults) => Step::Faults(faults),
        Compared::Diff { diff, seen, .. } => {
            let open = diff.open(known.answers.0.shorter);
            Step::Compared { diff, open, seen }
        }
    };
    Ok(shown(known, id, &taken, step))
}

/// Which column is which: of this file, and of the next ones, whatever becomes of this one.
pub async fn map_columns(backend: &Backend, asking: MemberId, id: ImportId, mapping: &Mapping) -> Result<(), Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let mapped = sqlx::query("update catalogue_import set mapping = $2 where catalogue_import_id = $1 and approved_at is null")
        .bind(id)
        .bind(Json(mapping))
        .execute(&mut *keeping.tx)
        .await?;
    if mapped.rows_affected() == 1 {
        let mut kept = remembered(&mut keeping.tx).await?;
        kept.mapping.learn(mapping);
        remember(&mut keeping.tx, &kept).await?;
    }
    keeping.end_unseen().await
}

/// What somebody says about this file alone; what was answered before stays answered.
pub async fn answer_file(backend: &Backend, asking: MemberId, id: ImportId, said: &Answers) -> Result<(), Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let Json(mut answers) = find(&mut keeping.tx, id).await?.answers;
    answers.names.extend(&said.names);
    answers.shorter |= said.shorter;
    answered(&mut keeping.tx, id, answers).await?;
    keeping.end_unseen().await
}

/// « Tous les mêmes »: yes to each row that has one product of its very name, where nothing speaks against it.
pub async fn answer_all_same(backend: &Backend, asking: MemberId, id: ImportId) -> Result<(), Error> {
    let mut keeping = Keeping::of(backend, asking).await?;
    let known = find(&mut keeping.tx, id).await?;
    // It is applied by now, and asks no more.
    if known.approved_at.is_some() {
        return Ok(());
    }
    let taken = known.table()?;
    let Compared::Diff { diff, .. } = compared(&mut keeping.tx, &known, &taken).await? else { return Ok(()) };
    let Json(mut answers) = known.answers;
    answers.names.extend(diff.all_same());
    answered(&mut keeping.tx, id, answers).await?;
    keeping.end_unseen().await
}

async fn answered(conn: &mut PgConnection, id: ImportId, answers: Answers) -> Result<(), Error> {
    sqlx::query("update catalogue_import set answers = $2 where catalogue_import_id = $1 and approved_at is null")
        .bind(id)
        .bind(Json(answers))
        .execute(conn)
        .await?;
    Ok(())
}

/// What was brought in, the newest first.
pub async fn imports(backend: &Backend, asking: MemberId) -> Result<Vec<ImportLine>, Error> {
    let mut tx = backend.pool.begin().await?;
    keeper(&mut tx, asking, backend.now()).await?;
    lines(&mut tx).await
}

/// The catalogue as a file like the till's.
pub async fn export(backend: &Backend, asking: MemberId) -> Result<Table, Error> {
    let mut tx = backend.pool.begin().await?;
    keeper(&mut tx, asking, backend.now()).await?;
    let shop = row::shop(&mut tx).await?;
    let suppliers: Vec<_> = row::suppliers(&mut tx).await?.into_iter().map(row::SupplierRow::shown).collect();
    Ok(table(&shop, &row::ranges(&mut tx).await?, &suppliers))
}

/// An import as it is kept.
type Known = import::Known<Field, Answers, Counts>;
/// What a file comes to.
type Compared = import::Compared<Problem, Reason, Diff, Shop>;

fn shown(known: Known, id: ImportId, taken: &Table, step: Step) -> Importing {
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
    }
}

async fn find(conn: &mut PgConnection, id: ImportId) -> Result<Known, Error> {
    let found = sqlx::query_as(
        "select file, bytes, by_member, at, mapping, answers, counts, approved_at, undone_at
         from catalogue_import where catalogue_import_id = $1",
    );
    Ok(found.bind(id).fetch_one(conn).await?)
}

async fn compared(conn: &mut PgConnection, known: &Known, taken: &Table) -> Result<Compared, Error> {
    let columns = match known.mapping.0.columns(&taken.header) {
        Ok(columns) => columns,
        Err(problems) => return Ok(Compared::Columns(problems)),
    };
    let rows = match domain::catalogue::import::read(taken, &columns) {
        Ok(rows) => rows,
        Err(faults) => return Ok(Compared::Faults(faults)),
    };
    let remembered = remembered(conn).await?;
    let suppliers: Vec<_> = row::suppliers(conn).await?.into_iter().map(row::SupplierRow::shown).collect();
    let words = Words::known(&row::ranges(conn).await?, &suppliers, &remembered.words);
    let shop = row::shop(conn).await?;
    let diff = diff(&Given {
        shop: &shop,
        rows: &rows,
        words: &words,
        answers: &known.answers.0,
        said: &allergens_said(conn).await?,
        margin: remembered.margin,
        by_till_id: columns.has(Field::TillId),
        last: last_rows(conn).await?,
    });
    let seen = import::seen(&diff)?;
    Ok(Compared::Diff { diff: Box::new(diff), seen, with: shop })
}

/// The products of which somebody said the allergens.
async fn allergens_said(conn: &mut PgConnection) -> Result<BTreeSet<ProductId>, Error> {
    let said = sqlx::query_scalar("select product_id from product where by_hand->'allergens' <> $1");
    let ids: Vec<ProductId> = said.bind(Json(Allergens::Unknown)).fetch_all(conn).await?;
    Ok(ids.into_iter().collect())
}

/// What is remembered from one import to the next.
struct Remembered {
    mapping: Mapping,
    words: Words,
    margin: Rate,
}

async fn remembered(conn: &mut PgConnection) -> Result<Remembered, Error> {
    let kept: Option<(Json<Mapping>, Json<Words>, i16)> =
        sqlx::query_as("select mapping, words, margin from catalogue_words").fetch_optional(conn).await?;
    Ok(match kept {
        None => Remembered { mapping: Mapping::default(), words: Words::default(), margin: MARGIN },
        Some((Json(mapping), Json(words), margin)) => {
            Remembered { mapping, words, margin: Rate(u16::try_from(margin).unwrap_or_default()) }
        }
    })
}

async fn remember(conn: &mut PgConnection, what: &Remembered) -> Result<(), Error> {
    sqlx::query(
        "insert into catalogue_words (mapping, words, margin) values ($1, $2, $3)
         on conflict (one) do update set mapping = excluded.mapping, words = excluded.words, margin = excluded.margin",
    )
    .bind(Json(&what.mapping))
    .bind(Json(&what.words))
    .bind(i16::try_from(what.margin.0).unwrap_or(i16::MAX))
    .execute(conn)
    .await?;
    Ok(())
}

/// How many rows the last import had that still counts.
async fn last_rows(conn: &mut PgConnection) -> Result<Option<u32>, Error> {
    let counts: Option<Json<Counts>> = sqlx::query_scalar(
        "select counts from catalogue_import where approved_at is not null and undone_at is null
         order by approved_at desc, catalogue_import_id desc limit 1",
    )
    .fetch_optional(conn)
    .await?;
    Ok(counts.map(|Json(counts)| counts.rows))
}

/// The newest first; only that one may be undone.
async fn lines(conn: &mut PgConnection) -> Result<Vec<ImportLine>, Error> {
    let rows: Vec<import::Line<_, _>> = sqlx::query_as(
        "select catalogue_import_id as id, file, approved_by, approved_at, counts, undone_at from catalogue_import
         where approved_at is not null order by approved_at desc, catalogue_import_id desc",
    )
    .fetch_all(conn)
    .await?;
    Ok(import::lines(rows))
}

/// $1 until when, $2 who brings one, $3 how many of theirs stay.
const FORGET: &str = "
delete from catalogue_import where approved_at is null and (at < $1 or catalogue_import_id in (
    select catalogue_import_id from catalogue_import where approved_at is null and by_member = $2
    order by at desc, catalogue_import_id desc offset $3))";
