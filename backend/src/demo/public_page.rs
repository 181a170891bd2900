//! The public pages: Inès has rewritten one of them twice, and Paul has a text of another that waits.

use chrono::Duration;
use domain::public_page::{Page, Said};
use domain::time::Instant;
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::cast::{INES, PAUL, id_of};
use super::write::rows;
use crate::error::Error;
use crate::public_page::first;

/// What was written under the text that came with the app: how many days ago, and what.
const REWRITTEN: [(i64, &str); 2] = [
    (40, "# Une question ?\n\nPose-la à la présentation, ou écris-nous."),
    (
        12,
        "# Une question ?\n\nPose-la à la présentation. Tu peux aussi recevoir [la brève du lundi](/breve/publique), qui raconte ce \
         qui se passe à la coop.",
    ),
];

pub async fn pages(conn: &mut PgConnection, now: Instant) -> Result<(), Error> {
    let page = Page::Join;
    let versions = (1..).zip(REWRITTEN).map(|(revision, (days, more))| -> Value {
        json!({
            "public_page_version_id": id_of(&format!("public-page/{page}/{revision}")), "page": page.slug(),
            "revision": revision, "said": with(page, more), "by_member": INES.id(), "published_at": now - Duration::days(days),
        })
    });
    rows!(conn, "public_page_version", "public_page_version_id, page, revision, said, by_member, published_at", versions);
    let waits = json!({
        "page": Page::FindUs.slug(), "member_id": PAUL.id(), "base_revision": 0,
        "said": with(Page::FindUs, "# Venir à vélo\n\nDes arceaux attendent devant la porte."), "saved_at": now - Duration::days(2),
    });
    rows!(conn, "public_page_draft", "page, member_id, base_revision, said, saved_at", [waits]);
    Ok(())
}

fn with(page: Page, more: &str) -> Said {
    let said = first(page);
    Said { text: format!("{}\n\n{more}", said.text), ..said }
}
