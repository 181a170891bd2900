//! Which day, which moment: two of the fields that say a habit (`crate::acts::habit`).

use chrono::Weekday;
use leptos::prelude::*;

use crate::acts::MOMENTS;
use crate::french::capitalized;
use crate::french::dates::weekday;
use crate::ui::Field;

/// The shop works on these.
const DAYS: [Weekday; 6] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat];

#[component]
pub fn MomentFields(
    /// Before each field's id: a page may ask twice.
    of: &'static str,
) -> impl IntoView {
    let (day, moment) = (format!("{of}-jour"), format!("{of}-moment"));
    let option = |day: Weekday| view! { <option value=day.to_string()>{capitalized(weekday(day))}</option> };
    let days = DAYS.map(option).into_iter().collect_view();
    let moments = MOMENTS.map(|moment| view! { <option value=moment.slug>{moment.label}</option> }).into_iter().collect_view();
    view! {
        <Field id=day.clone() label="Jour">
            <select class="field__input" id=day name="pattern_weekday">
                <option value="">"Tous"</option>
                {days}
            </select>
        </Field>
        <Field id=moment.clone() label="Moment">
            <select class="field__input" id=moment name="pattern_moment">
                <option value="">"N’importe quand"</option>
                {moments}
            </select>
        </Field>
    }
}
