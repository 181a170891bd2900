//! What the group Approvisionnement sees and does: what is to do, products, suppliers, rayons, the till's file. Still pages: the
//! server alone has them.

mod allergens;
mod api;
mod desk_page;
mod diff;
mod door;
mod file_page;
mod filled;
pub mod form;
mod imports_page;
mod margin_page;
mod picture;
mod product_form;
mod product_page;
mod ranges_page;
mod suppliers_page;
mod words;

pub use api::{
    Asking, Asks, Choices, Desk, FileInHand, ImportsInHand, NewProduct, ProductPage, Row, Rows, SupplierPage, Suppliers,
    supply_desk, supply_file, supply_imports, supply_new_product, supply_product, supply_ranges, supply_supplier,
    supply_suppliers,
};
pub use desk_page::SupplyPage;
pub use door::SupplyDoor;
pub use file_page::SupplyFilePage;
pub use imports_page::SupplyImportsPage;
pub use margin_page::SupplyMarginPage;
pub use product_page::{SupplyNewProductPage, SupplyProductPage};
pub use ranges_page::SupplyRangesPage;
pub use suppliers_page::{SupplyNewSupplierPage, SupplySupplierPage, SupplySuppliersPage};
