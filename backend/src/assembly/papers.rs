//! What is read before an assembly: texts that devices keep, and addresses.

use domain::assembly::{AssemblyMistake, DOCUMENTS_CAP, WrittenDocument};
use domain::id::{AssemblyId, DocumentId, MemberId};
use uuid::Uuid;

use super::acting::{Acting, Arranged, Held};
use crate::Backend;
use crate::brief::html;
use crate::error::Error;

/// The form's id is the document's. It may come until the assembly is over: what is read changes nothing of what is voted on.
pub async fn add_document(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: AssemblyId,
    written: &WrittenDocument,
) -> Result<Arranged, Error> {
    let mut acting = Acting::preparing(backend, asking, id).await?;
    if let Some(answer) = acting.ends_at_once(form, ("document", Some(form)), Held::goes_on).await? {
        return Ok(answer);
    }
    let (known, last): (i64, Option<i16>) =
        sqlx::query_as("select count(*), max(rank) from assembly_document where assembly_id = $1 and removed_at is null")
            .bind(id)
            .fetch_one(&mut *acting.tx)
            .await?;
    if usize::try_from(known).is_ok_and(|known| known >= DOCUMENTS_CAP) {
        return Ok(Err(vec![AssemblyMistake::TooMany { cap: DOCUMENTS_CAP }]));
    }
    sqlx::query(
        "insert into assembly_document (document_id, assembly_id, title, text, html, href, rank)
         values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(form)
    .bind(id)
    .bind(&written.title)
    .bind(&written.text)
    .bind(html(&written.text))
    .bind(&written.href)
    .bind(last.unwrap_or(0).saturating_add(1))
    .execute(&mut *acting.tx)
    .await?;
    acting.end().await
}

/// `base`: the revision from which it was written.
pub async fn edit_document(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: AssemblyId,
    (document, base): (DocumentId, i32),
    written: &WrittenDocument,
) -> Result<Arranged, Error> {
    let mut acting = Acting::preparing(backend, asking, id).await?;
    if let Some(answer) = acting.ends_at_once(form, ("document", Some(document.0)), Held::goes_on).await? {
        return Ok(answer);
    }
    let revision: Option<i32> = sqlx::query_scalar(
        "select revision from assembly_document where document_id = $1 and assembly_id = $2 and removed_at is null",
    )
    .bind(document)
    .bind(id)
    .fetch_optional(&mut *acting.tx)
    .await?;
    let revision = revision.ok_or(Error::NotFound)?;
    if revision != base {
        return Ok(Err(vec![AssemblyMistake::Stale { revision }]));
    }
    sqlx::query(
        "update assembly_document set title = $2, text = $3, html = $4, href = $5, revision = revision + 1 where document_id = $1",
    )
    .bind(document)
    .bind(&written.title)
    .bind(&written.text)
    .bind(html(&written.text))
    .bind(&written.href)
    .execute(&mut *acting.tx)
    .await?;
    acting.end().await
}

pub async fn remove_document(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: AssemblyId,
    document: DocumentId,
) -> Result<Arranged, Error> {
    let mut acting = Acting::preparing(backend, asking, id).await?;
    if let Some(answer) = acting.ends_at_once(form, ("retirer-document", Some(document.0)), Held::goes_on).await? {
        return Ok(answer);
    }
    let gone = sqlx::query(
        "update assembly_document set removed_at = $3 where document_id = $1 and assembly_id = $2 and removed_at is null",
    )
    .bind(document)
    .bind(id)
    .bind(acting.now)
    .execute(&mut *acting.tx)
    .await?;
    if gone.rows_affected() != 1 {
        return Err(Error::NotFound);
    }
    acting.end().await
}
