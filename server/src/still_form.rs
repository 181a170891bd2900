//! A plain form of a still page: it is done, or its page comes back with why and with all that was typed.

use app::governance::form::Refused;
use app::procedures::form::Typed;
use axum::extract::Request;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use domain::procedures::Fields;
use leptos::prelude::provide_context;

use crate::pages::render_still_with;
use crate::state::Server;

/// The longest form, in bytes: a text that is too long comes back with why, as all the others do.
pub const FORM_CAP: usize = 512 * 1024;

/// The page at `path`, with all that was typed.
pub async fn come_back(server: &Server, page: Request, path: &str, fields: Fields, refused: Refused) -> Response {
    let mut page = page;
    if let Ok(address) = Uri::try_from(path) {
        *page.uri_mut() = address;
    }
    let typed = Typed(Fields(fields.0.into_iter().filter(|(name, _)| name != "id").collect()));
    let also = move || {
        provide_context(typed.clone());
        provide_context(refused.clone());
    };
    let mut response = render_still_with(server, page, also).await;
    // What is not there, or not theirs, says so itself.
    if response.status().is_success() {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}
