//! A word of the organisers to those who answered.

use domain::event::{Attendee, Mistake, word_of};
use domain::id::{EventId, MemberId};
use domain::notice::Notice;
use uuid::Uuid;

use super::organising::{Organised, Organising};
use super::visitors;
use crate::Backend;
use crate::error::Error;

/// The longest word, in characters.
const WORD_CAP: usize = 1_000;

/// Tells everybody who answered « oui » or « peut-être », or waits; visitors by mail.
pub async fn write_to_all(
    backend: &Backend,
    asking: MemberId,
    event: EventId,
    form: Uuid,
    text: &str,
) -> Result<Organised, Error> {
    let text = match word_of(text, WORD_CAP) {
        Ok(text) => text,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    let mut organising = Organising::of(backend, asking, event).await?;
    if organising.known.event.state.is_draft() {
        return Ok(Err(vec![Mistake::NotNow]));
    }
    if organising.first(form, "message").await? {
        visitors::tell_word(&mut organising.tx, &organising.known.event, &text).await?;
        let terms = &organising.known.event.terms;
        let notice = Notice::EventWord { event, title: terms.details.title.clone(), starts_at: terms.times.starts_at, text };
        for party in organising.known.parties.values().filter(|party| party.cares()) {
            if let Attendee::Member(member) = party.who {
                organising.after.touched.insert(member);
                organising.after.told.push((member, notice.clone()));
            }
        }
    }
    organising.end().await
}
