//! What the pages of Communication ask, with the network only.

use domain::public_page::{InHand, Overview};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Post};

use crate::api::{ApiError, Text};

/// Every public page, and the shop's place.
#[server(prefix = "/api", endpoint = "v1/communication/pages", input = GetUrl, output = Post<Text>)]
pub async fn public_pages() -> Result<Overview, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::public_page::overview(&backend, who.member).await.map_err(api_error)
}

/// One of them by its slug, with all that was published of it and what waits.
#[server(prefix = "/api", endpoint = "v1/communication/page", input = GetUrl, output = Post<Text>)]
pub async fn public_page_in_hand(page: String) -> Result<InHand, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let page: domain::public_page::Page = page.parse().map_err(|_| api_error(backend::error::Error::NotFound))?;
    backend::public_page::in_hand(&backend, who.member, page).await.map_err(api_error)
}
