//! The browser's now and its ids: last server time plus what elapsed, never the bare device clock.

use std::sync::atomic::{AtomicI64, Ordering};

use domain::id::CommandId;
use domain::time::Instant;
use uuid::Uuid;

/// Milliseconds that the server is ahead of this device.
static AHEAD_MS: AtomicI64 = AtomicI64::new(0);

fn device_ms() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a date in milliseconds fits 53 bits")]
    let now = js_sys::Date::now() as i64;
    now
}

/// The server has just said what time it is.
pub fn server_said(ms: i64) {
    AHEAD_MS.store(ms - device_ms(), Ordering::Relaxed);
}

/// What the server was ahead by, to be kept for a start without network.
pub fn ahead_ms() -> i64 {
    AHEAD_MS.load(Ordering::Relaxed)
}

pub fn set_ahead_ms(ms: i64) {
    AHEAD_MS.store(ms, Ordering::Relaxed);
}

pub fn now() -> Instant {
    chrono::DateTime::from_timestamp_millis(device_ms() + ahead_ms()).unwrap_or_default()
}

/// A new UUIDv7, by the server's time and the browser's randomness.
pub fn uuid() -> Uuid {
    let mut random = [0u8; 10];
    if let Some(crypto) = web_sys::window().and_then(|window| window.crypto().ok()) {
        let _ = crypto.get_random_values_with_u8_array(&mut random);
    }
    let ms = u64::try_from(now().timestamp_millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(ms, &random).into_uuid()
}

pub fn command_id() -> CommandId {
    CommandId(uuid())
}
