//! Who makes or brings what we sell.

use chrono::Weekday;
use serde::{Deserialize, Serialize};

use crate::brief::Picture;
use crate::id::SupplierId;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplier {
    pub id: SupplierId,
    pub name: String,
    /// Who they are, and what they bring: safe HTML, of our own renderer.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub story: String,
    /// « Thônes »
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// By road, where somebody measured it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance_km: Option<u16>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delivers: Vec<Weekday>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<Picture>,
    /// There is a small one of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub thumbnail: bool,
}
