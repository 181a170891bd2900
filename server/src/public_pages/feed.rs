//! The news for anybody, as feed readers take them (Atom, RFC 4287).

use std::fmt::Write;

use app::french::dates::{date_long, iso};
use app::french::events::at;
use app::french::nb;
use app::organising::public_page::PRESENTATION;
use app::public_pages::document::{FEED, PUBLIC_BRIEF};
use app::public_pages::html::escaped;
use backend::public_page::{Announced, News};
use domain::brief::{Published, Shown};
use domain::event::State;
use domain::time::Instant;
use uuid::Uuid;

/// One of the news.
struct Entry {
    id: Uuid,
    title: String,
    path: String,
    published_at: Instant,
    updated_at: Instant,
    /// Safe HTML of our own.
    html: String,
}

/// The whole feed, the latest first.
pub fn feed(news: &News, origin: &str) -> String {
    let mut entries: Vec<Entry> = news.briefs.iter().map(brief).chain(news.events.iter().filter_map(event)).collect();
    entries.sort_by_key(|entry| (std::cmp::Reverse(entry.published_at), entry.id));
    // Of no news at all, the oldest time there is.
    let updated = entries.iter().map(|entry| entry.updated_at).max().unwrap_or_default();
    let origin = escaped(origin);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"fr\" xml:base=\"{origin}/\">\n\
         <id>{origin}{FEED}</id>\n<title>Les actualités d’Alpar</title>\n\
         <subtitle>La brève du lundi et les sorties ouvertes à tout le monde</subtitle>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{origin}{FEED}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{origin}{PUBLIC_BRIEF}\"/>\n\
         <author><name>Alpar</name></author>\n<icon>{origin}/icons/icon-192.png</icon>\n<updated>{}</updated>\n",
        iso(updated)
    );
    for entry in &entries {
        let _ = write!(
            xml,
            "<entry>\n<id>urn:uuid:{}</id>\n<title>{}</title>\n<link rel=\"alternate\" type=\"text/html\" href=\"{origin}{}\"/>\n\
             <published>{}</published>\n<updated>{}</updated>\n<content type=\"html\">{}</content>\n</entry>\n",
            entry.id,
            escaped(&nb(&entry.title)),
            escaped(&entry.path),
            iso(entry.published_at),
            iso(entry.updated_at),
            escaped(&entry.html)
        );
    }
    xml.push_str("</feed>\n");
    xml
}

fn brief(brief: &Published) -> Entry {
    let mut html = String::new();
    for piece in &brief.pieces {
        if let Shown::Block { title, html: said, .. } = piece {
            let _ = write!(html, "<h2>{}</h2>\n{said}\n", escaped(title));
        }
    }
    Entry {
        id: brief.id.0,
        title: format!("La brève du {}", date_long(brief.monday)),
        path: format!("{PUBLIC_BRIEF}/{}", brief.monday),
        published_at: brief.at,
        updated_at: brief.corrected.iter().map(|word| word.at).fold(brief.at, Instant::max),
        html,
    }
}

/// An event since it was announced; one that was removed is no news.
fn event(announced: &Announced) -> Option<Entry> {
    let Announced { event, html, edited_at } = announced;
    let (details, times) = (&event.terms.details, &event.terms.times);
    let (published_at, off) = match &event.state {
        State::Published { at } => (*at, None),
        State::Cancelled { at, word } => (*at, Some(word)),
        State::Draft | State::Scheduled { .. } | State::Removed { .. } => return None,
    };
    let title = format!("{}, {}", details.title, at(times.starts_at));
    let title = if off.is_some() { format!("N’a pas lieu : {title}") } else { title };
    let word = off.map(|word| format!("<p>{}</p>\n", escaped(word))).unwrap_or_default();
    let place = escaped(&details.place.name);
    Some(Entry {
        id: event.id.0,
        title,
        path: format!("{PRESENTATION}#sortie-{}", event.id),
        published_at,
        updated_at: (*edited_at).max(published_at),
        html: format!("{word}<p>{place}</p>\n{html}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_news_are_a_feed_too() {
        let xml = feed(&News { briefs: Vec::new(), events: Vec::new() }, "https://alpar.example");
        assert!(xml.contains("<updated>1970-01-01T00:00:00Z</updated>") && xml.ends_with("</feed>\n"), "{xml}");
        assert!(xml.contains("<id>https://alpar.example/actualites.atom</id>") && !xml.contains("<entry>"), "{xml}");
    }
}
