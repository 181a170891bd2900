//! Where everything is that anybody may find.

use domain::public_page::Page;
use domain::time::Instant;

use crate::Backend;
use crate::brief::mail::public_mondays;
use crate::error::Error;

/// Public events, and coming to one.
pub const PRESENTATION: &str = "/presentation";
/// The last brief that is open to the public; each of them below.
pub const PUBLIC_BRIEF: &str = "/breve/publique";

/// A page that search engines may keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub path: String,
    /// When what stands there was last written, where that is known.
    pub changed_at: Option<Instant>,
}

/// All of them, the front page first.
pub async fn addresses(backend: &Backend) -> Result<Vec<Address>, Error> {
    let written: Vec<(String, Instant)> =
        sqlx::query_as("select page, max(published_at) from public_page_version group by page").fetch_all(&backend.pool).await?;
    let of_page = |page: Page| Address {
        path: page.path().to_owned(),
        changed_at: written.iter().find(|(slug, _)| slug == page.slug()).map(|(_, at)| *at),
    };
    let mut addresses: Vec<Address> = Page::ALL.into_iter().map(of_page).collect();
    let mondays = public_mondays(backend).await?;
    addresses.push(Address { path: PRESENTATION.to_owned(), changed_at: None });
    addresses.push(Address { path: PUBLIC_BRIEF.to_owned(), changed_at: mondays.last().map(|(_, at)| *at) });
    let of_monday =
        |(monday, at): (chrono::NaiveDate, Instant)| Address { path: format!("{PUBLIC_BRIEF}/{monday}"), changed_at: Some(at) };
    addresses.extend(mondays.into_iter().rev().map(of_monday));
    Ok(addresses)
}
