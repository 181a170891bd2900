//! What a device forgets of a snapshot that it keeps, once its time is over.

use serde_json::Value;

use super::Window;
use crate::calendar::Calendar;
use crate::time::Instant;

/// Leaves of `me`, as it is kept, what a device may go on keeping at `now`: without the day sheets whose window is closed, which
/// hold phones, nor the alarm procedure of a day that is over. Tells whether anything was to be forgotten.
pub fn forget_over(me: &mut Value, calendar: Option<&Calendar>, now: Instant) -> bool {
    let Some(sheets) = me.get_mut("sheets").and_then(Value::as_array_mut) else { return false };
    let window = |sheet: &Value| {
        let shift = sheet.get("shift")?.as_str()?.parse().ok()?;
        Some(Window::of(calendar?.shift(shift)?))
    };
    let kept = sheets.len();
    sheets.retain(|sheet| window(sheet).is_some_and(|window| now < window.until));
    let mut forgets = sheets.len() < kept;
    for sheet in sheets {
        let day_is_over = window(sheet).is_some_and(|window| now >= window.day_ends);
        if let Some(sheet) = sheet.as_object_mut().filter(|_| day_is_over) {
            forgets |= sheet.remove("alarm").is_some();
        }
    }
    forgets
}
