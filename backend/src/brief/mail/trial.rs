//! « M'envoyer un essai »: the brief as it would go out now, to the editor who asks and to nobody else.

use chrono::NaiveDate;
use domain::id::MemberId;

use super::issue::Issue;
use crate::Backend;
use crate::auth::Editor;
use crate::brief::{How, find, freeze, material};
use crate::error::Error;
use crate::jobs::{Mail, enqueue_mail};

/// A brief, out or not, and whom it is shown.
#[derive(Debug, Clone)]
pub struct Trial {
    pub email: String,
    pub first_name: String,
    pub issue: Issue,
}

/// What `asking`, who must be an editor, would be sent of a Monday.
pub async fn trial(backend: &Backend, asking: MemberId, monday: NaiveDate) -> Result<Trial, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    Editor::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?;
    let brief = find(&mut tx, monday).await?.ok_or(Error::NotFound)?;
    let issue = if brief.stage.is_published() {
        Issue::load(&mut tx, brief.id).await?
    } else {
        let material = material(&mut tx, &brief, now).await?;
        let published = freeze(&brief, &material, How { at: now, late: false, automatic: false });
        Issue::of(&mut tx, published, brief.public).await?
    };
    let (email, first_name) =
        sqlx::query_as("select email, first_name from member where member_id = $1").bind(asking).fetch_one(&mut *tx).await?;
    Ok(Trial { email, first_name, issue })
}

/// Sends it.
pub async fn send_trial(backend: &Backend, mail: &Mail) -> Result<(), Error> {
    let mut conn = backend.pool.acquire().await?;
    enqueue_mail(&mut conn, mail).await
}
