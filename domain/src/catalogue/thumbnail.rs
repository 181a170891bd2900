//! The small one of a photo, for rows and lists: made with it on the device of whoever chose it, and kept beside it.

use uuid::Uuid;

use super::{Catalogue, Product, Supplier};
use crate::id::{PictureId, ProductId};

/// The longest side, in pixels: a row is 48 high, on screens that have up to three for one.
pub const THUMBNAIL_PIXEL_CAP: u16 = 160;
/// The heaviest, in bytes: a device keeps 333 of them in 4 MB.
pub const THUMBNAIL_CAP: usize = 12_000;

/// The namespace of what a device has fetched.
const NAMESPACE: Uuid = Uuid::from_u128(0x2a41_7d0c_9be5_4f6e_8c11_51d3_0a7f_0008);

/// Where the small one of a photo is.
pub fn thumbnail_address(photo: PictureId) -> String {
    format!("/pictures/{photo}/petite")
}

/// The same as long as neither the shelves nor what is wanted of them changes.
pub fn wanted_of(catalogue: &Catalogue, products: &[ProductId]) -> Uuid {
    let mut named = Vec::new();
    for part in &catalogue.parts {
        named.extend_from_slice(part.hash.as_bytes());
    }
    for product in products {
        named.extend_from_slice(product.0.as_bytes());
    }
    Uuid::new_v5(&NAMESPACE, &named)
}

impl Product {
    /// The photo of which there is a small one.
    pub fn small_photo(&self) -> Option<PictureId> {
        self.photo.as_ref().filter(|_| self.thumbnail).map(|photo| photo.id)
    }
}

impl Supplier {
    /// The photo of which there is a small one.
    pub fn small_photo(&self) -> Option<PictureId> {
        self.photo.as_ref().filter(|_| self.thumbnail).map(|photo| photo.id)
    }
}
