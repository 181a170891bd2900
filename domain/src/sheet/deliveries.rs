//! What is delivered in the day and how it came; and what goes wrong, with whoever is told of it.

use serde::{Deserialize, Serialize};

use super::Said;
use crate::id::{DeliveryId, IncidentId, PhotoId};

/// How a delivery came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrival {
    Complete,
    Partial,
    Refused,
    NotCome,
}

/// The last word about a delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    pub state: Arrival,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remarks: String,
    /// Once it has arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<PhotoId>,
    pub said: Said,
}

/// A delivery of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    pub id: DeliveryId,
    pub supplier: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub what: String,
    /// By whom it was noted, where nobody expected it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added: Option<Said>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Received>,
}

/// What went wrong, by who answers for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mishap {
    /// Somebody was or could be hurt: Distribution, and the employee.
    Safety,
    /// Something is broken: Distribution.
    Breakage,
    /// The office.
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    pub id: IncidentId,
    pub what: Mishap,
    pub text: String,
    pub said: Said,
}
