//! Gammes de produits: what the shop has, what it costs and why, and what is in it.

mod allergen;
mod availability;
mod barcode;
mod change;
pub mod import;
mod keeping;
mod list;
mod margin;
mod measure;
mod money;
mod price;
mod product;
mod range;
mod report;
mod search;
mod snapshot;
mod suggestion;
mod supplier;
mod thumbnail;
mod typed;
mod weighed;

pub use allergen::{Allergen, Allergens, Presence};
pub use availability::{Availability, DayOfYear, NotADay, Stock};
pub use barcode::{Barcode, BarcodeMistake};
pub use change::Change;
pub use keeping::{
    BARCODES_CAP, ByHand, DISTANCE_CAP, LABELS_CAP, Mistake, PriceVersion, ProductInHand, ProductLine, RangeInHand,
    SupplierInHand, Written, WrittenSupplier, range_name,
};
pub use list::{FAVOURITES_CAP, LIST_CAP, LIST_TEXT_CAP, ListEdit, ListItem, ListMistake, Listed, Lists, QUANTITY_CAP, item_of};
pub use margin::{
    MARGIN_WHY_CAP, Margin, MarginInHand, MarginPreview, MarginVersion, MovedPrice, margin_preview, margin_why, with_margin,
};
pub use measure::{Measure, Net, SoldBy};
pub use money::{AmountMistake, Cents, MARGIN, PRICE_CAP, RATE_CAP, Rate, VAT_RATES};
pub use price::{Composed, PerMeasure, cheaper_in, composed, per_measure};
pub use product::{NAME_CAP, Product, STORY_CAP};
pub use range::Range;
pub use report::{
    Closed, Missing, REPORT_BACK_D, REPORTS_OF_ONE_CAP, Report, ReportMistake, close_reports, comes_back, is_back, missing,
    report_missing,
};
pub use search::{Hit, Index, Indexing};
pub use snapshot::{Catalogue, MissingOf, PartOf, Shelf, ShelfOf, Stories, Suggested, WHOLE_RANGE};
pub use suggestion::{
    ANSWER_CAP, Answered, SUGGESTION_CAP, SUGGESTIONS_OF_ONE_CAP, Suggestion, SuggestionMistake, Verdict, suggest,
};
pub use supplier::Supplier;
pub use thumbnail::{THUMBNAIL_CAP, THUMBNAIL_PIXEL_CAP, thumbnail_address, wanted_of};
pub use typed::{Unread, WEEKDAYS, Wrong, story_html};
pub use weighed::{Carried, Carries, Scanned, USUAL_SCALES, WeighedRule, scales_typed};

/// The slug of the group that keeps the ranges.
pub const SUPPLY: &str = "approvisionnement";
