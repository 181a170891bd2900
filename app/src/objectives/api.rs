//! What the still pages ask, with the network only.

use domain::id::ObjectiveId;
use domain::objectives::Objectives;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Post};

use crate::api::{ApiError, Text};

/// All of them.
#[server(prefix = "/api", endpoint = "v1/objectives", input = GetUrl, output = Post<Text>)]
pub async fn objective_courses() -> Result<Objectives, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::objectives::objectives(&backend, who.member).await.map_err(api_error)
}

/// One of them.
#[server(prefix = "/api", endpoint = "v1/objectives/one", input = GetUrl, output = Post<Text>)]
pub async fn objective_course(objective: ObjectiveId) -> Result<Objectives, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::objectives::objective(&backend, who.member, objective).await.map_err(api_error)
}
