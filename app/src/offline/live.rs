//! A change made by anybody shows here: the server names the slice, and it is fetched again.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Deserialize;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

use super::acts::Acts;
use super::restored::{is_brought_back, veil};
use super::store::{Reach, Store};
use super::{clock, desk, device, push, shop, tabs, thumbnails};
use crate::ui::hold_focus;

/// How soon a stream that the server refused is asked for again, before jitter. Milliseconds.
const AGAIN_MS: f64 = 10_000.0;
/// While the server cannot be had, it is asked this often whether it is back.
const PROBE: Duration = Duration::from_secs(20);

#[derive(Deserialize)]
struct Changed {
    slice: String,
}

/// Opens the store, the outbox and the ways in which news arrive. Runs once, in the browser.
pub fn start(store: Store, acts: Acts, signed_in_as: Option<String>) {
    // What takes acts comes beside all that, so that it is here before somebody acts.
    spawn_local(async {
        let _ = desk::come().await;
    });
    spawn_local(async move {
        // What the device keeps is there before anything is asked for: a network may hang.
        let early = store.open(signed_in_as).await;
        acts.open().await;
        let Some(member) = store.member.get_untracked() else { return };
        spawn_local(async move {
            acts.pump().await;
            // What was tapped before it came is kept and sent.
            if desk::here_untracked().is_none() && desk::come().await.is_some() {
                acts.wake().await;
            }
        });
        store.bring_up_to_date(early).await;
        // No tap waits for it. What the worker brings after that need not come twice.
        spawn_local(async move {
            store.chapters.bring_main_job().await;
            say_settled();
        });
        push::check(&member).await;
        // One stream for all tabs of this member: over HTTP/1.1 six would use up the connections.
        tabs::lead(&format!("alpar-live-{member}"), move || listen(store));
        // The shop comes last, and is not read before a page wants it.
        store.refresh(shop::INDEX).await;
        thumbnails::look(store).await;
    });
    thumbnails::follow(store);
    hold_focus();
    tick(store);
    on_return(store, acts);
    Effect::new(move |_| device::badge(crate::acts::to_see(acts).get() + store.unseen()));
}

/// Calls `again` whenever the server is reached after it was not.
pub fn on_reached(store: Store, again: impl Fn() + 'static) {
    Effect::new(move |before: Option<bool>| {
        let reached = store.reach.get() == Reach::Online;
        if reached && before == Some(false) {
            untrack(&again);
        }
        reached
    });
}

/// Whoever brings the rest of the app may go on.
fn say_settled() {
    if let Ok(event) = web_sys::CustomEvent::new("alpar:settled") {
        let _ = window().dispatch_event(&event);
    }
}

/// Now moves on, so that « dans 5 jours » and deadlines stay true.
fn tick(store: Store) {
    let every = Duration::from_secs(30);
    let _ = set_interval_with_handle(
        move || {
            if store.is_live_untracked() {
                store.now.set(clock::now());
            }
        },
        every,
    );
}

/// The server tells which slice changed; the stream reconnects by itself after a while that the
/// server spreads, or is opened anew when the server had refused it.
fn listen(store: Store) {
    let Ok(source) = EventSource::new("/api/v1/live") else { return };
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let Some(text) = event.data().as_string() else { return };
        let Ok(changed) = domain::json::parse::<Changed>(&text) else { return };
        spawn_local(async move {
            store.refresh(&changed.slice).await;
        });
    });
    let _ = source.add_event_listener_with_callback("mark", heard.as_ref().unchecked_ref());
    heard.forget();
    let ended = source.clone();
    let failed = Closure::<dyn Fn()>::new(move || {
        // What the stream's end means, a request tells.
        spawn_local(async move {
            store.refresh("me").await;
        });
        if ended.ready_state() == EventSource::CLOSED {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some seconds")]
            let wait = (AGAIN_MS * (0.5 + js_sys::Math::random())) as u64;
            set_timeout(move || listen(store), Duration::from_millis(wait));
        }
    });
    source.set_onerror(Some(failed.as_ref().unchecked_ref()));
    failed.forget();
}

/// Coming back to the page, or to the network, asks again; leaving it sends what was held.
fn on_return(store: Store, acts: Acts) {
    let again = move || {
        spawn_local(async move {
            store.refresh_all().await;
            acts.wake().await;
            store.refresh(shop::INDEX).await;
        });
    };
    let _ = window_event_listener_untyped("online", move |_| again());
    let _ = window_event_listener_untyped("pageshow", move |event| {
        let is_brought_back = is_brought_back(&event);
        spawn_local(async move {
            if !is_brought_back || store.goes_on().await {
                again();
            }
        });
    });
    // The device says that the network is gone: the server is asked whether that is so.
    let _ = window_event_listener_untyped("offline", move |_| {
        spawn_local(async move {
            store.refresh("me").await;
        });
    });
    let _ = window_event_listener_untyped("pagehide", move |_| {
        acts.send_all_now();
        // Whoever has signed out here is not seen in what may be brought back.
        if store.member.with_untracked(Option::is_none) {
            veil();
        }
    });
    let listener = move |_| {
        if document().hidden() {
            acts.send_all_now();
        } else {
            again();
        }
    };
    let listener = Closure::<dyn Fn(web_sys::Event)>::new(listener);
    let _ = document().add_event_listener_with_callback("visibilitychange", listener.as_ref().unchecked_ref());
    listener.forget();
    let _ = set_interval_with_handle(
        move || {
            let cut_off =
                matches!(store.reach.get_untracked(), Reach::Offline { .. } | Reach::Portal { .. } | Reach::Unwell { .. });
            if cut_off && !document().hidden() {
                again();
            }
        },
        PROBE,
    );
    let _ = set_interval_with_handle(move || spawn_local(async move { acts.wake().await }), Duration::from_secs(60));
}
