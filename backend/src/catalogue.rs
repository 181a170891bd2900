//! Gammes de produits: what the group keeps, what the till's file brings, what members say.
//!
//! Whoever writes products, ranges or suppliers holds the catalogue ([`lock`]); what members say of them does not.

mod deliveries;
mod forgetting;
mod import;
mod keeping;
mod margin;
mod pictures;
mod purge;
mod ranges;
mod row;
mod said;
mod scales;
mod suppliers;
mod together;

use domain::id::MemberId;
use domain::time::Instant;
use sqlx::PgConnection;

use crate::error::Error;
use crate::swaps::aftermath::Aftermath;

pub(crate) use forgetting::forget_person;
pub use import::{
    answer_all_same, answer_file, approve, export, import_file, importing, imports, map_columns, say_words, undo_last,
};
pub use keeping::{archive_product, create_product, edit_product, prices, product_in_hand, product_lines, set_photo};
pub use margin::{margin, set_margin};
pub use pictures::{Kept, Thumbnail, keep_picture, keep_thumbnail, may_keep_pictures, picture, thumbnail};
pub use purge::purge;
pub use ranges::{create_range, move_range, ranges, remove_range, rename_range};
pub(crate) use row::{PRODUCT, ProductRow, SUPPLIER, SupplierRow};
pub(crate) use said::{REPORT, SUGGESTION, follow, lay_facts, lay_told, lists_of};
pub use said::{reports, suggestions};
pub use scales::{scales, set_scales};
pub use suppliers::{create_supplier, edit_supplier, remove_supplier, suppliers};

/// One at a time writes the catalogue. Members are locked before.
pub(crate) async fn lock(conn: &mut PgConnection) -> Result<(), Error> {
    sqlx::query("select pg_advisory_xact_lock(hashtext('catalogue'))").execute(conn).await?;
    Ok(())
}

/// It shows something else from here on; to `reporters`, what they said of it, too.
async fn changed(conn: &mut PgConnection, reporters: Vec<MemberId>, now: Instant) -> Result<(), Error> {
    let mut after = Aftermath::of_catalogue();
    after.touched.extend(reporters);
    after.finish(conn, None, now).await
}
