//! Gammes de produits: the ranges, a shelf, a product, who brings it; my list and favourites; what members would like to find.

pub(crate) mod address;
mod allergens;
mod finding;
mod list_line;
mod list_page;
mod made_of;
mod places;
mod product_acts;
mod product_page;
mod product_row;
mod ranges_page;
mod scan_page;
mod selections;
mod shelf_filters;
mod shelf_page;
mod suggesting;
mod supplier_page;
pub(crate) mod thumb;
mod wishes_page;

use leptos::prelude::*;

use self::list_page::ListPage;
use self::product_page::ProductPage;
use self::ranges_page::RangesPage;
use self::scan_page::ScanPage;
use self::shelf_page::ShelfPage;
use self::supplier_page::SupplierPage;
use self::wishes_page::WishesPage;
use crate::chapters::{Contents, PageName};

pub use address::is_of_the_shop;

pub static CHAPTER: Contents = Contents { show, select: selections::select };

fn show(page: PageName) -> AnyView {
    match page {
        PageName::Ranges => view! { <RangesPage/> }.into_any(),
        PageName::Scan => view! { <ScanPage/> }.into_any(),
        PageName::Shelf => view! { <ShelfPage/> }.into_any(),
        PageName::Product => view! { <ProductPage/> }.into_any(),
        PageName::Supplier => view! { <SupplierPage/> }.into_any(),
        PageName::List => view! { <ListPage/> }.into_any(),
        PageName::Wishes => view! { <WishesPage/> }.into_any(),
        _ => ().into_any(),
    }
}
