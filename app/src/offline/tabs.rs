//! Several tabs of one device: one works at a time, one listens, all hear of it.

use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{BroadcastChannel, MessageEvent};

/// `navigator.locks`, which web-sys does not offer as stable.
fn request(name: &str, held: &Function) -> Option<Promise> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    request.call3(&locks, &name.into(), &Object::new(), held).ok()?.dyn_into().ok()
}

/// Runs `work` while no other tab runs work of this name; waits for its turn. Without locks, which
/// the boot script's floor rules out, it runs all the same: acts are applied once whoever sends them.
pub async fn alone(name: &str, work: impl Future<Output = ()> + 'static) {
    let work = Rc::new(RefCell::new(Some(work)));
    let inside = work.clone();
    let held = Closure::once(move |_lock: JsValue| -> Promise {
        let work = inside.borrow_mut().take();
        future_to_promise(async move {
            if let Some(work) = work {
                work.await;
            }
            Ok(JsValue::UNDEFINED)
        })
    });
    if let Some(done) = request(name, held.as_ref().unchecked_ref()) {
        let _ = JsFuture::from(done).await;
    }
    let left = work.borrow_mut().take();
    if let Some(work) = left {
        work.await;
    }
}

/// Calls `begin` once this tab is the first of its name, and stays it until the tab is gone.
pub fn lead(name: &str, begin: impl FnOnce() + 'static) {
    let held = Closure::once_into_js(move |_lock: JsValue| -> Promise {
        begin();
        // Never done: the lock goes with the page.
        Promise::new(&mut |_, _| {})
    });
    let _ = request(name, held.unchecked_ref());
}

thread_local! {
    /// This page's end of the channel.
    static CHANNEL: RefCell<Option<BroadcastChannel>> = const { RefCell::new(None) };
}

/// Hears every word of the other tabs of this name.
pub fn listen(name: &str, heard: impl Fn(String) + 'static) {
    let Ok(channel) = BroadcastChannel::new(name) else { return };
    let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(word) = event.data().as_string() {
            heard(word);
        }
    });
    channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
    CHANNEL.set(Some(channel));
}

/// Tells the other tabs what is to be read again.
pub fn tell(word: &str) {
    CHANNEL.with_borrow(|channel| {
        if let Some(channel) = channel {
            let _ = channel.post_message(&JsValue::from_str(word));
        }
    });
}
