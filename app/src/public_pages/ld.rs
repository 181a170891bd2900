//! What the public pages say to machines, in the words of schema.org.

use domain::calendar::OpeningHours;
use domain::event::{Event, Price, State};
use domain::public_page::{Facts, Place};
use domain::shifts::Closure;
use serde_json::{Value, json};

use crate::french::dates::{iso, iso_day};
use crate::organising::public_page::PRESENTATION;

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The JSON as it may stand in a `<script>`: nothing in it is markup, so that nothing ends the element before its end.
pub fn in_script(data: &Value) -> String {
    // Of JSON's own signs, none of these is one: they stand in its texts only.
    data.to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

fn address(place: &Place) -> Value {
    let street = [place.street.as_str(), place.area.as_str()];
    let street = street.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let mut address =
        json!({ "@type": "PostalAddress", "streetAddress": street, "addressLocality": place.town, "addressCountry": "FR" });
    if !place.postal_code.is_empty() {
        address["postalCode"] = json!(place.postal_code);
    }
    if !place.region.is_empty() {
        address["addressRegion"] = json!(place.region);
    }
    address
}

/// The co-op and its shop. `about`: what it is in a sentence, on the page that says so.
pub fn shop(facts: &Facts, about: Option<&str>, origin: &str) -> Value {
    let place = &facts.place;
    let mut shop = json!({
        "@context": "https://schema.org",
        "@type": "GroceryStore",
        "@id": format!("{origin}/#alpar"),
        "name": "Alpar",
        "legalName": "COOP Alpar",
        "url": format!("{origin}/le-projet"),
        "image": format!("{origin}/icons/icon-512.png"),
        "logo": format!("{origin}/icons/icon-512.png"),
        "hasMap": place.map_link(),
        "address": address(place),
        "openingHoursSpecification": facts.opening.iter().filter_map(open).collect::<Vec<Value>>(),
        "specialOpeningHoursSpecification": facts.closures.iter().map(closed).collect::<Vec<Value>>(),
    });
    if let Some(about) = about {
        shop["description"] = json!(about);
    }
    if let Some(email) = &place.email {
        shop["email"] = json!(email);
    }
    if let Some(phone) = place.calls() {
        shop["telephone"] = json!(phone);
    }
    shop
}

fn open(hours: &OpeningHours) -> Option<Value> {
    let day = DAYS.get(usize::from(hours.weekday))?;
    let clock = |clock: chrono::NaiveTime| {
        use chrono::Timelike;
        format!("{:02}:{:02}", clock.hour(), clock.minute())
    };
    Some(json!({
        "@type": "OpeningHoursSpecification", "dayOfWeek": format!("https://schema.org/{day}"),
        "opens": clock(hours.from), "closes": clock(hours.to),
    }))
}

/// Closed all day: it opens and closes at the same time.
fn closed(closure: &Closure) -> Value {
    json!({
        "@type": "OpeningHoursSpecification", "validFrom": iso_day(closure.days.from), "validThrough": iso_day(closure.days.to),
        "opens": "00:00", "closes": "00:00", "description": closure.why,
    })
}

/// A public event. `left`: its seats, where there is a capacity.
pub fn event(event: &Event, left: Option<u16>, origin: &str) -> Value {
    let (details, times) = (&event.terms.details, &event.terms.times);
    let status = match event.state {
        State::Cancelled { .. } | State::Removed { .. } => "EventCancelled",
        State::Published { .. } | State::Draft | State::Scheduled { .. } => "EventScheduled",
    };
    let page = format!("{origin}{PRESENTATION}#sortie-{}", event.id);
    let image = match &details.cover {
        Some(cover) => format!("{origin}/pictures/{}", cover.id),
        None => format!("{origin}/icons/icon-512.png"),
    };
    let mut said = json!({
        "@context": "https://schema.org",
        "@type": "Event",
        "name": details.title,
        "startDate": iso(times.starts_at),
        "endDate": iso(times.ends_at),
        "eventStatus": format!("https://schema.org/{status}"),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": { "@type": "Place", "name": details.place.name, "address": details.place.name },
        "organizer": { "@type": "Organization", "@id": format!("{origin}/#alpar"), "name": "Alpar", "url": format!("{origin}/le-projet") },
        "image": image,
        "url": page,
        "inLanguage": "fr",
        "isAccessibleForFree": details.price == Price::Free,
    });
    let cents = match details.price {
        Price::Free => Some(0),
        Price::Fixed { cents } => Some(cents),
        Price::Open => None,
    };
    if let Some(cents) = cents {
        let availability = if left == Some(0) { "SoldOut" } else { "InStock" };
        said["offers"] = json!({
            "@type": "Offer", "price": format!("{}.{:02}", cents / 100, cents % 100), "priceCurrency": "EUR", "url": page,
            "availability": format!("https://schema.org/{availability}"),
        });
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_typed_ends_the_script() {
        let hostile = "</script><script>alert(1)</script><!-- \u{2028} &amp; \" \\ ]]>";
        let written = in_script(&json!({ "name": hostile }));
        assert!(!written.contains(['<', '>', '&', '\u{2028}']), "{written}");
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap()["name"], hostile);
    }
}
