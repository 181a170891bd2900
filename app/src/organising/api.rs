//! What the pages ask, with the network only.

use domain::event::{BringItem, HelperPost, Overview, Programme};
use domain::id::EventId;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Post};
use serde::{Deserialize, Serialize};

use crate::api::{ApiError, Text};

/// One event with everybody who answered, what is asked for, and whose events I make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventInHand {
    pub overview: Overview,
    pub items: Vec<BringItem>,
    pub posts: Vec<HelperPost>,
    pub programme: Programme,
}

/// Drafts and events of the groups whose events I make.
#[server(prefix = "/api", endpoint = "v1/organising", input = GetUrl, output = Post<Text>)]
pub async fn organised_programme() -> Result<Programme, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::event::programme(&backend, who.member).await.map_err(api_error)
}

/// One of them, as its organisers see it.
#[server(prefix = "/api", endpoint = "v1/organising/event", input = GetUrl, output = Post<Text>)]
pub async fn organised_event(event: EventId) -> Result<EventInHand, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let overview = backend::event::overview(&backend, who.member, event).await.map_err(api_error)?;
    let (items, posts) = backend::event::lists(&backend, who.member, event).await.map_err(api_error)?;
    let programme = backend::event::programme(&backend, who.member).await.map_err(api_error)?;
    Ok(EventInHand { overview, items, posts, programme })
}
