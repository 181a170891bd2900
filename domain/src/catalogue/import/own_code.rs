//! What our own file calls a product of which the till knows nothing: read again, it is that one.

use uuid::Uuid;

use crate::id::ProductId;

const BEGINS: &str = "alpar-";

/// `alpar-0190f5…`
pub(super) fn own_code(id: ProductId) -> String {
    format!("{BEGINS}{}", id.0.simple())
}

/// The product that is called so.
pub(super) fn of_own_code(code: &str) -> Option<ProductId> {
    let id = Uuid::try_parse(code.strip_prefix(BEGINS)?).map(ProductId).ok()?;
    (own_code(id) == code).then_some(id)
}
