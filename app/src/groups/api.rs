//! What the still page asks, with the network only.

use domain::groups::GroupInHand;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Post};

use crate::api::{ApiError, Text};

/// A group as those see it who run it. `named`: as its address does, or by its id.
#[server(prefix = "/api", endpoint = "v1/group", input = GetUrl, output = Post<Text>)]
pub async fn the_group(named: String) -> Result<GroupInHand, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let id = match named.parse() {
        Ok(id) => id,
        Err(_) => backend::groups::by_slug(&backend, &named).await.map_err(api_error)?,
    };
    backend::groups::in_hand(&backend, who.member, id).await.map_err(api_error)
}
