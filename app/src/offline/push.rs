//! Pushes on this device: whether it shows them, and how it begins and ends to.

use js_sys::{Promise, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Notification, NotificationPermission, PushManager, PushSubscription, PushSubscriptionOptionsInit, ServiceWorkerRegistration,
};

use super::wire::{self, Trouble};

/// Whether this device shows pushes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// Being asked.
    Asking,
    On,
    Off,
    /// Its owner has said no, in the browser's or the system's settings.
    Denied,
    /// An iPhone shows them only to an app on its home screen.
    InstallFirst,
    /// This browser shows none.
    Never,
    /// Known only with the network.
    NotReached,
}

#[derive(Deserialize)]
pub struct Known {
    pub key: String,
    #[serde(default)]
    pub endpoint: Option<String>,
}

/// As the wire has it.
#[derive(Serialize)]
struct Subscription {
    endpoint: String,
    keys: Keys,
}

#[derive(Serialize)]
struct Keys {
    p256dh: String,
    auth: String,
}

async fn registration() -> Option<ServiceWorkerRegistration> {
    let container = Reflect::get(&web_sys::window()?.navigator(), &"serviceWorker".into()).ok().filter(JsValue::is_object)?;
    let container: web_sys::ServiceWorkerContainer = container.dyn_into().ok()?;
    JsFuture::from(container.get_registration()).await.ok()?.dyn_into().ok()
}

/// Whether this browser shows pushes at all.
fn knows_pushes() -> bool {
    let has = |name: &str| web_sys::window().is_some_and(|window| Reflect::has(&window, &name.into()).unwrap_or(false));
    has("PushManager") && has("Notification")
}

/// Where pushes of this device come in; nothing while its worker is not there.
async fn manager() -> Option<PushManager> {
    registration().await?.push_manager().ok()
}

/// Whether this device shows pushes; one that the server does not know any more is told to it again.
pub async fn look(member: &str) -> Shows {
    if !knows_pushes() {
        return if is_apple_browser() { Shows::InstallFirst } else { Shows::Never };
    }
    if Notification::permission() == NotificationPermission::Denied {
        return Shows::Denied;
    }
    let Some(manager) = manager().await else { return Shows::Off };
    let Some(subscription) = subscription(manager.get_subscription()).await else { return Shows::Off };
    match wire::push_known(member).await {
        Ok(known) if known.endpoint.as_deref() == Some(subscription.endpoint().as_str()) => Shows::On,
        Ok(_) => told(&subscription, member).await,
        Err(_) => Shows::NotReached,
    }
}

/// Asks the device's owner, then its push service, and tells the server.
pub async fn begin(member: &str) -> Shows {
    let asked = Notification::request_permission().map(JsFuture::from);
    let Ok(asked) = asked else { return Shows::Never };
    if asked.await.ok().and_then(|answer| answer.as_string()).as_deref() != Some("granted") {
        return if Notification::permission() == NotificationPermission::Denied { Shows::Denied } else { Shows::Off };
    }
    let Some(manager) = manager().await else { return Shows::Never };
    let Ok(known) = wire::push_known(member).await else { return Shows::NotReached };
    let options = PushSubscriptionOptionsInit::new();
    options.set_user_visible_only(true);
    options.set_application_server_key(&JsValue::from_str(&known.key));
    match subscription(manager.subscribe_with_options(&options)).await {
        Some(subscription) => told(&subscription, member).await,
        None => Shows::NotReached,
    }
}

/// None from here on.
pub async fn end(member: &str) -> Shows {
    if wire::push_off(member).await.is_err() {
        return Shows::NotReached;
    }
    if let Some(manager) = manager().await
        && let Some(subscription) = subscription(manager.get_subscription()).await
        && let Ok(ended) = subscription.unsubscribe()
    {
        let _ = JsFuture::from(ended).await;
    }
    Shows::Off
}

/// At each start: a device that shows pushes is known to the server.
pub async fn check(member: &str) {
    if knows_pushes() && Notification::permission() == NotificationPermission::Granted {
        look(member).await;
    }
}

async fn subscription(asked: Result<Promise, JsValue>) -> Option<PushSubscription> {
    JsFuture::from(asked.ok()?).await.ok()?.dyn_into().ok()
}

async fn told(subscription: &PushSubscription, member: &str) -> Shows {
    match written(subscription) {
        Some(written) => match wire::push_on(&written, member).await {
            Ok(()) => Shows::On,
            Err(Trouble::Rejected) => Shows::Never,
            Err(_) => Shows::NotReached,
        },
        None => Shows::Never,
    }
}

fn written(subscription: &PushSubscription) -> Option<String> {
    let json = subscription.to_json().ok()?;
    let keys = Reflect::get(&json, &"keys".into()).ok()?;
    let key = |name: &str| Reflect::get(&keys, &name.into()).ok()?.as_string();
    let subscription =
        Subscription { endpoint: subscription.endpoint(), keys: Keys { p256dh: key("p256dh")?, auth: key("auth")? } };
    serde_json::to_string(&subscription).ok()
}

/// Safari on an iPhone or an iPad, outside the home screen.
fn is_apple_browser() -> bool {
    let Some(window) = web_sys::window() else { return false };
    // Only there does the navigator know whether it stands alone.
    Reflect::get(&window.navigator(), &"standalone".into()).ok().and_then(|alone| alone.as_bool()) == Some(false)
}
