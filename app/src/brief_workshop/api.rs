//! What the pages ask, with the network only.

use domain::brief::{Preview, Workshop, Written};
use domain::id::BlockId;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Post};

use crate::api::{ApiError, Text};

/// The issue of a Monday, or the one that is being made where none is named.
#[server(prefix = "/api", endpoint = "v1/communication/brief", input = GetUrl, output = Post<Text>)]
pub async fn brief_workshop(monday: String) -> Result<Workshop, ApiError> {
    use crate::api::on_server::{api_error, monday_named, signed_in};
    let (backend, who) = signed_in()?;
    let monday = monday_named(&monday)?;
    backend::brief::workshop(&backend, who.member, monday).await.map_err(api_error)
}

/// One block, with all that was written for it.
#[server(prefix = "/api", endpoint = "v1/communication/block", input = GetUrl, output = Post<Text>)]
pub async fn workshop_block(block: BlockId) -> Result<Written, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::brief::written(&backend, who.member, block).await.map_err(api_error)
}

/// What is read, or would be.
#[server(prefix = "/api", endpoint = "v1/communication/preview", input = GetUrl, output = Post<Text>)]
pub async fn workshop_preview(monday: String) -> Result<Preview, ApiError> {
    use crate::api::on_server::{api_error, monday_named, signed_in};
    let (backend, who) = signed_in()?;
    let monday = monday_named(&monday)?;
    backend::brief::preview(&backend, who.member, monday).await.map_err(api_error)
}
