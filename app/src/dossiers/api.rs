//! What the still pages ask, with the network only.

use domain::dossiers::DossierInHand;
use domain::id::DossierId;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Post};

use crate::api::{ApiError, Text};

/// A dossier as those see it who write it.
#[server(prefix = "/api", endpoint = "v1/dossier", input = GetUrl, output = Post<Text>)]
pub async fn the_dossier(dossier: DossierId) -> Result<DossierInHand, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::dossiers::in_hand(&backend, who.member, dossier).await.map_err(api_error)
}

/// A new one of a group. `named`: as its address does, or by its id.
#[server(prefix = "/api", endpoint = "v1/dossier/new", input = GetUrl, output = Post<Text>)]
pub async fn a_new_dossier(named: String) -> Result<DossierInHand, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let id = match named.parse() {
        Ok(id) => id,
        Err(_) => backend::groups::by_slug(&backend, &named).await.map_err(api_error)?,
    };
    backend::dossiers::new_in_hand(&backend, who.member, id).await.map_err(api_error)
}
