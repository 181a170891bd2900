//! `GET /api/v1/live`: server-sent events, one per slice that changed.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Extension, State};
use axum::http::{HeaderValue, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use backend::auth::{self, SignedIn};
use backend::marks;
use futures::Stream;
use futures::stream::unfold;
use serde_json::json;
use tokio::sync::watch;
use tokio::time::{Instant, Interval, interval_at};

use crate::live::{Listening, stopped};
use crate::problem::Problem;
use crate::session::Token;
use crate::state::Server;

/// A comment this often keeps the connection known to whatever stands between.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How soon a device whose stream ended opens another: somewhere in between, so that those of a
/// server that stopped do not all come back at once. Milliseconds.
const AGAIN_MS: std::ops::Range<u64> = 1_000..6_000;
/// How soon a stream notices at the latest that its session was ended elsewhere.
const CHECK: Duration = Duration::from_secs(15);

/// The marks as they are, then each change, until the session or the process ends.
pub async fn live(
    State(server): State<Server>,
    Extension(who): Extension<SignedIn>,
    Extension(token): Extension<Token>,
) -> Response {
    // Listen first, look then: nothing falls between.
    let listening = server.live.listen(who.member);
    let current = match marks::current(&server.backend, &[who.member]).await {
        Ok(current) => current,
        Err(error) => return Problem::from(error).into_response(),
    };
    let mut ear = Ear {
        listening,
        stop: server.live.stopping(),
        check: interval_at(Instant::now() + CHECK, CHECK),
        told: BTreeMap::new(),
        first: Vec::new(),
        server,
        who,
        token,
    };
    let own = current.own.first().map_or(0, |(_, mark)| *mark);
    for (slice, mark) in [
        ("groups", current.groups),
        ("briefs", current.briefs),
        ("events", current.events),
        ("catalogue", current.catalogue),
        ("calendar", current.calendar),
        ("me", own),
    ] {
        let event = ear.hear(slice, mark);
        ear.first.extend(event);
    }
    let again = rand::random_range(AGAIN_MS);
    ear.first.push(Event::default().retry(Duration::from_millis(again)).comment("alpar"));
    let stream = Sse::new(events(ear)).keep_alive(KeepAlive::new().interval(HEARTBEAT).text("alpar"));
    let mut response = stream.into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // A proxy that collects answers would keep the news to itself.
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response
}

/// One open stream.
struct Ear {
    listening: Listening,
    stop: watch::Receiver<bool>,
    check: Interval,
    server: Server,
    who: SignedIn,
    token: Token,
    /// What this device was told last, by slice.
    told: BTreeMap<&'static str, i64>,
    /// The marks as they were when the stream opened: a device that missed something finds out.
    first: Vec<Event>,
}

impl Ear {
    /// The event, unless the device knows.
    fn hear(&mut self, slice: &'static str, mark: i64) -> Option<Event> {
        let news = self.told.insert(slice, mark) != Some(mark);
        news.then(|| Event::default().event("mark").data(json!({ "slice": slice, "mark": mark }).to_string()))
    }

    /// Whether the session was ended, in this process or another.
    async fn is_over(&self) -> bool {
        use auth::SignedOut;
        let session = auth::session(&self.server.backend, &self.token.0).await;
        matches!(session, Err(SignedOut::Expired | SignedOut::Revoked | SignedOut::Unknown))
    }
}

fn events(ear: Ear) -> impl Stream<Item = Result<Event, Infallible>> {
    unfold(ear, |mut ear| async move {
        if let Some(event) = ear.first.pop() {
            return Some((Ok(event), ear));
        }
        loop {
            let heard = tokio::select! {
                () = stopped(&mut ear.stop) => return None,
                _ = ear.check.tick() => None,
                change = ear.listening.next(ear.who.session) => Some(change?),
            };
            match heard {
                // Whoever left, was erased, or is on another card by now, hears of it as news of their own.
                Some(change) if change.member.is_some() && ear.is_over().await => return None,
                Some(change) => {
                    if let Some(event) = ear.hear(change.slice, change.mark) {
                        return Some((Ok(event), ear));
                    }
                }
                None if ear.is_over().await => return None,
                None => {}
            }
        }
    })
}
