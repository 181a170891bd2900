//! What the archive asks, with the network only.

use domain::brief::{Archive, Archived};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Post};

use crate::api::{ApiError, Text};

/// The briefs of a year, and those in which `asked` stands.
#[server(prefix = "/api", endpoint = "v1/briefs/archive", input = GetUrl, output = Post<Text>)]
pub async fn brief_archive(asked: String, year: Option<i32>) -> Result<Archive, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, _) = signed_in()?;
    backend::brief::archive(&backend, &asked, year).await.map_err(api_error)
}

/// One of them, whole.
#[server(prefix = "/api", endpoint = "v1/briefs/archived", input = GetUrl, output = Post<Text>)]
pub async fn archived_brief(monday: String) -> Result<Archived, ApiError> {
    use crate::api::on_server::{answer_with, api_error, signed_in};
    let (backend, _) = signed_in()?;
    let Ok(monday) = monday.parse() else {
        answer_with(404);
        return Err(ApiError::NotFound);
    };
    backend::brief::archived(&backend, monday).await.map_err(api_error)
}
