//! What the still page asks, with the network only.

use domain::desk::Queue;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Post};

use crate::api::{ApiError, Text};

/// What waits for the office, for whoever is of it or stands in.
#[server(prefix = "/api", endpoint = "v1/office/queue", input = GetUrl, output = Post<Text>)]
pub async fn office_queue() -> Result<Queue, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::desk::queue(&backend, who.member).await.map_err(api_error)
}
