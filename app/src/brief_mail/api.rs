//! What the editors' page asks, with the network only.

use domain::brief::Sending;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Post};

use crate::api::{ApiError, Text};

/// How the mails of a Monday go.
#[server(prefix = "/api", endpoint = "v1/communication/sending", input = GetUrl, output = Post<Text>)]
pub async fn brief_sending(monday: String) -> Result<Sending, ApiError> {
    use crate::api::on_server::{api_error, monday_named, signed_in};
    let (backend, who) = signed_in()?;
    let monday = monday_named(&monday)?.ok_or_else(|| api_error(backend::error::Error::NotFound))?;
    backend::brief::mail::sending(&backend, who.member, monday).await.map_err(api_error)
}
