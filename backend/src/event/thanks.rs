//! Thanks: a word of the organisers to those who came, said once, which stays on the event's page.

use domain::event::{Attendee, Mistake, who_came, word_of};
use domain::id::{EventId, MemberId};
use domain::notice::Notice;
use uuid::Uuid;

use super::organising::{Organised, Organising};
use super::visitors;
use crate::Backend;
use crate::error::Error;

/// The longest thanks, in characters.
const THANKS_CAP: usize = 1_000;

/// Thanks whoever was there, once it is over; visitors by mail.
pub async fn thank(backend: &Backend, asking: MemberId, event: EventId, form: Uuid, text: &str) -> Result<Organised, Error> {
    let text = match word_of(text, THANKS_CAP) {
        Ok(text) => text,
        Err(mistake) => return Ok(Err(vec![mistake])),
    };
    let mut organising = Organising::of(backend, asking, event).await?;
    let known = &organising.known.event;
    if !known.state.is_published() || organising.now < known.terms.times.ends_at {
        return Ok(Err(vec![Mistake::NotNow]));
    }
    let (title, starts_at) = (known.terms.details.title.clone(), known.terms.times.starts_at);
    if organising.first(form, "remercier").await? {
        let said = sqlx::query(
            "insert into event_thanks (event_id, by_member, text, at) values ($1, $2, $3, $4) on conflict (event_id) do nothing",
        )
        .bind(event)
        .bind(organising.organiser.member())
        .bind(&text)
        .bind(organising.now)
        .execute(&mut *organising.tx)
        .await?;
        if said.rows_affected() == 0 {
            return Ok(Err(vec![Mistake::NotNow]));
        }
        let mut visitors_too = Vec::new();
        let notice = Notice::EventWord { event, title, starts_at, text: text.clone() };
        for who in who_came(&organising.known) {
            match who {
                Attendee::Member(member) => {
                    organising.after.touched.insert(member);
                    organising.after.told.push((member, notice.clone()));
                }
                Attendee::Visitor(visitor) => visitors_too.push(visitor),
            }
        }
        visitors::tell_thanks(&mut organising.tx, &organising.known.event, &text, &visitors_too).await?;
        organising.after.events = true;
    }
    organising.end().await
}
