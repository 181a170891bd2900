//! Performing commands: each in one transaction, at most once.

mod attempt;
mod authority;
mod log;
mod read;

use chrono::Months;
use domain::command::{Envelope, understands};
use domain::id::{CommandId, MemberId};
use domain::outbox::BATCH_CAP;
use domain::outcome::{Answer, Outcome};
use domain::reason::Reason;
use domain::time::Instant;
use serde_json::Value;

use crate::error::Error;
use crate::swaps::scope::Locks;
use crate::{Backend, Guards, marks};
pub(crate) use attempt::stay_within;
use attempt::{Act, attempt};

/// How often an act that lost against another one is run again.
const RESTARTS: usize = 5;
/// How long the outcome of a command is kept.
const KEPT: Months = Months::new(13);

/// What became of one of `member`'s acts; nothing if it never arrived.
pub async fn stored(backend: &Backend, member: MemberId, id: CommandId) -> Result<Option<Outcome>, Error> {
    log::answer_of(&backend.pool, member, id).await
}

/// Performs the commands of one request of `sender`, in order, each as it came on the wire. The
/// answers may be fewer: what is missing is unanswered and may be sent again.
pub async fn perform_all(backend: &Backend, sender: MemberId, commands: Vec<Value>) -> Result<Vec<Answer>, Error> {
    let mut answers: Vec<Answer> = Vec::with_capacity(commands.len().min(BATCH_CAP));
    for command in commands.into_iter().take(BATCH_CAP) {
        let (id, read) = read::envelope(command);
        let outcome = match read {
            Err(unread) => Outcome::Refused { reason: unread.into() },
            Ok(envelope) => match perform(backend, sender, &envelope).await {
                Ok(outcome) => outcome,
                Err(error) if answers.is_empty() => return Err(error),
                Err(error) => {
                    tracing::warn!(%error, "a batch of commands was cut short");
                    break;
                }
            },
        };
        answers.push(Answer { id, outcome, marks: Default::default() });
    }
    let mut conn = backend.pool.acquire().await?;
    let marks = marks::read(&mut conn, sender).await?;
    for answer in &mut answers {
        answer.marks.clone_from(&marks);
    }
    Ok(answers)
}

/// Performs one command that `sender` sent, for themselves or on behalf of somebody. The same
/// command again gives the same outcome and does nothing.
pub async fn perform(backend: &Backend, sender: MemberId, envelope: &Envelope) -> Result<Outcome, Error> {
    let now = backend.now();
    if let Some(reason) = misshapen(envelope) {
        return Ok(Outcome::Refused { reason });
    }
    let act = Act::new(sender, envelope, now);
    if made_before(envelope, now) {
        let mut conn = backend.pool.acquire().await?;
        let stored = log::stored(&mut conn, &act).await?;
        return Ok(stored.unwrap_or(Outcome::Refused { reason: Reason::TooOld }));
    }
    let mut locks = Locks::default();
    let mut forced = None;
    let mut lost = Error::Conflict;
    for _ in 0..=RESTARTS {
        match attempt(backend, &act, &mut locks, forced.clone()).await {
            Ok(outcome) => return Ok(outcome),
            // An id that the device chose for what it creates belongs to something else.
            Err(error) if forced.is_none() && is_taken_id(&error) => forced = Some(Reason::IdReused),
            Err(error) if error.may_retry() => {
                tracing::debug!(%error, kind = envelope.command.kind(), "run again");
                lost = error;
            }
            Err(error) => return Err(error),
        }
    }
    tracing::warn!(error = %lost, kind = envelope.command.kind(), "kept losing");
    match lost {
        Error::Conflict => Err(Error::Unavailable(sqlx::Error::Protocol("kept losing".into()))),
        shown => Err(shown),
    }
}

/// Forgets the outcomes that have been kept long enough; whoever sends such a command again is
/// told that it is too old.
pub(crate) async fn forget(backend: &Backend, now: Instant) -> Result<(), Error> {
    if let Some(before) = now.checked_sub_months(KEPT) {
        log::forget(&backend.pool, before).await?;
    }
    Ok(())
}

/// What cannot be a command of this build, whoever sends it; nothing is stored of it.
fn misshapen(envelope: &Envelope) -> Option<Reason> {
    if !understands(u64::from(envelope.schema)) {
        return Some(Reason::AppTooOld);
    }
    let understood = envelope.id.made_at_ms().is_some()
        && envelope.depends_on.len() <= BATCH_CAP
        && serde_json::to_value(&envelope.command).is_ok_and(|command| read::is_text(&command));
    (!understood).then_some(Reason::NotUnderstood)
}

/// Whether the command is older than the outcomes that are kept.
fn made_before(envelope: &Envelope, now: Instant) -> bool {
    let kept_from = now.checked_sub_months(KEPT).map_or(0, |from| from.timestamp_millis());
    envelope.id.made_at_ms().is_some_and(|made| i64::try_from(made).is_ok_and(|made| made < kept_from))
}

fn is_taken_id(error: &Error) -> bool {
    const MADE: [&str; 23] = [
        "leave_request_pkey",
        "offer_pkey",
        "proposal_pkey",
        "invitation_pkey",
        "invitation_secret_hash_key",
        "watch_pkey",
        "walk_in_pkey",
        "reading_pkey",
        "hand_over_note_pkey",
        "added_delivery_pkey",
        "incident_pkey",
        "delivery_receipt_photo",
        "carpool_pkey",
        "event_comment_pkey",
        "event_walk_in_pkey",
        "event_photo_pkey",
        "suggestion_pkey",
        "group_joining_pkey",
        "agenda_point_pkey",
        "dossier_pkey",
        "dossier_hours_pkey",
        "erasure_request_pkey",
        "proxy_pkey",
    ];
    error.constraint().is_some_and(|constraint| MADE.contains(&constraint))
}

impl Backend {
    fn keeps_log(&self) -> bool {
        self.guards != Guards::WithoutCommandLog
    }
}
