//! How many SQL statements a page costs: sqlx says each as it ends.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use domain::event::Answer;
use domain::id::SeatId;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

use crate::events::Social;
use crate::house::{Device, House, get};

/// Hears the first words of each statement.
#[derive(Clone, Default)]
struct Ear(Arc<Mutex<Vec<String>>>);

impl<S: Subscriber> Layer<S> for Ear {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            let mut words = Words::default();
            event.record(&mut words);
            self.0.lock().unwrap().push(words.0);
        }
    }
}

#[derive(Default)]
struct Words(String);

impl Visit for Words {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            value.clone_into(&mut self.0);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

/// The statements of a page. A test runs on one thread: whatever renders it is heard.
async fn statements(house: &House, device: &Device, path: &str) -> Vec<String> {
    let ear = Ear::default();
    let listening = tracing::subscriber::set_default(tracing_subscriber::registry().with(ear.clone()));
    let told = house.send(get(path).by(device)).await;
    drop(listening);
    assert_eq!(told.status, 200, "{path}: {}", told.text());
    std::mem::take(&mut *ear.0.lock().unwrap())
}

/// Every snapshot that the server keeps is behind.
async fn everything_changed(house: &House) {
    house.coop.sql("update change_mark set mark = mark + 1").await;
    house
        .coop
        .sql(
            "insert into member_mark (member_id, mark) select member_id, 1 from member
             on conflict (member_id) do update set mark = member_mark.mark + 1",
        )
        .await;
}

#[sqlx::test(migrations = false)]
async fn a_page_costs_the_sessions_statement_and_two_of_what_changed(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let (house, camille) = (&social.house, &social.camille);
    let seat = house.coop.seat_of(camille.member, 5, 9).await;
    let event = social.announced("12").await;
    house.coop.answers(camille.member, event, Answer::Yes, 1).await;
    let (shift, sortie) = (format!("/vacation/{}", seat.shift), format!("/sortie/{event}"));
    for path in ["/", "/vacations", &shift, "/sorties", &sortie, "/coop"] {
        everything_changed(house).await;
        let changed = statements(house, camille, path).await;
        assert_eq!(changed.len(), 3, "{path}: {changed:?}");
        let unchanged = statements(house, camille, path).await;
        assert_eq!(unchanged.len(), 1, "{path}: {unchanged:?}");
    }
}

#[sqlx::test(migrations = false)]
async fn what_is_read_with_another_slice_is_not_read_again(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let event = social.announced("12").await;
    // A page of events reads of what is mine that which it looks at; the next one of anything else reads it whole.
    for (path, count) in
        [(format!("/sortie/{event}"), 3), ("/sorties".to_owned(), 1), ("/coop".to_owned(), 2), ("/".to_owned(), 2)]
    {
        let heard = statements(&social.house, &social.camille, &path).await;
        assert_eq!(heard.len(), count, "{path}: {heard:?}");
    }
    // One slice behind is one slice read.
    social.house.coop.sql("update change_mark set mark = mark + 1 where slice = 'events'").await;
    for (path, count) in [("/coop", 1), ("/vacations", 1), ("/sorties", 2), ("/", 1)] {
        let heard = statements(&social.house, &social.camille, path).await;
        assert_eq!(heard.len(), count, "{path}: {heard:?}");
    }
}

#[sqlx::test(migrations = false)]
async fn whoever_keeps_a_day_sheet_and_what_members_were_asked_cost_pages_of_events_nothing(
    _: PgPoolOptions,
    at: PgConnectOptions,
) {
    let social = Social::new(at).await;
    let (house, camille) = (&social.house, &social.camille);
    let seat = house.coop.seat_of(camille.member, 0, 9).await;
    house.coop.asks(seat, true, None).await;
    let lea = house.signed_in("Léa").await;
    house.coop.sits(lea.member, SeatId::new(seat.shift, 1)).await;
    let sortie = format!("/sortie/{}", social.announced("12").await);
    let sortie = sortie.as_str();
    house
        .coop
        .sql(&format!(
            "insert into consultation (consultation_id, title, asked, opened_at, closes_at, by_member)
             values ('{}', 'Les horaires', '\"consensus\"', '2026-11-01', '2026-11-20', '{}')",
            house.coop.id(),
            camille.member
        ))
        .await;
    // Léa has the same shift, whose lead keeps the sheet.
    let pages: [(&Device, &str); 6] =
        [(camille, "/sorties"), (camille, sortie), (&lea, "/sorties"), (&lea, sortie), (&lea, "/"), (&lea, "/coop")];
    for (device, path) in pages {
        everything_changed(house).await;
        let heard = statements(house, device, path).await;
        assert_eq!(heard.len(), 3, "{path}: {heard:?}");
    }
}
