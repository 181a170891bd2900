//! What a device forgets of a snapshot that it keeps, once its time is over.

use serde_json::Value;

use super::Window;
use crate::calendar::Calendar;
use crate::time::Instant;

/// The text of `me` as a device may go on keeping it at `now`: without the day sheets whose window
/// is closed, which hold phones, nor the alarm procedure of a day that is over. None when nothing
/// is to be forgotten.
pub fn without_over(me: &str, calendar: Option<&Calendar>, now: Instant) -> Option<String> {
    let mut me: Value = serde_json::from_str(me).ok()?;
    let sheets = me.get_mut("sheets")?.as_array_mut()?;
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
    forgets.then(|| me.to_string())
}
