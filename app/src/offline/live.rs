//! A change made by anybody shows here: the server names the slice, and it is fetched again.

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::Deserialize;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

use super::acts::Acts;
use super::clock;
use super::store::Store;

#[derive(Deserialize)]
struct Changed {
    slice: String,
}

/// Opens the store, the outbox and the ways in which news arrive. Runs once, in the browser.
pub fn start(store: Store, acts: Acts, signed_in_as: Option<String>) {
    spawn_local(async move {
        store.start(signed_in_as).await;
        acts.start().await;
        listen(store);
    });
    tick(store);
    on_return(store, acts);
}

/// Now moves on, so that « dans 5 jours » and deadlines stay true.
fn tick(store: Store) {
    let every = std::time::Duration::from_secs(30);
    let _ = set_interval_with_handle(
        move || {
            if store.is_live() {
                store.now.set(clock::now());
            }
        },
        every,
    );
}

/// The server tells which slice changed; the stream reconnects by itself.
fn listen(store: Store) {
    if store.member.get_untracked().is_none() {
        return;
    }
    let Ok(source) = EventSource::new("/api/v1/live") else { return };
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        let Some(text) = event.data().as_string() else { return };
        let Ok(changed) = serde_json::from_str::<Changed>(&text) else { return };
        spawn_local(async move {
            store.refresh(&changed.slice).await;
        });
    });
    let _ = source.add_event_listener_with_callback("mark", heard.as_ref().unchecked_ref());
    heard.forget();
}

/// Coming back to the page, or to the network, asks again; leaving it sends what was held.
fn on_return(store: Store, acts: Acts) {
    let again = move || {
        spawn_local(async move {
            store.refresh_all().await;
            acts.pump().await;
        });
    };
    let _ = window_event_listener_untyped("online", move |_| again());
    let _ = window_event_listener_untyped("pageshow", move |_| acts_due(acts));
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
    let every = std::time::Duration::from_secs(60);
    let _ = set_interval_with_handle(
        move || {
            if acts.outbox.with_untracked(|outbox| outbox.waiting() > 0) {
                acts_due(acts);
            }
        },
        every,
    );
}

fn acts_due(acts: Acts) {
    spawn_local(async move { acts.pump().await });
}
