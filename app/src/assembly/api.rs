//! What the still pages ask, with the network only.

use domain::assembly::{Assemblies, AssemblyInHand, Convocations, Letters, PollInHand, Published, Roll, VoteInHand};
use domain::id::{AssemblyId, ResolutionId};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Post};

use crate::api::{ApiError, Text};

/// All of them, for whoever prepares one.
#[server(prefix = "/api", endpoint = "v1/assemblies", input = GetUrl, output = Post<Text>)]
pub async fn all_assemblies() -> Result<Assemblies, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::assembly::assemblies(&backend, who.member).await.map_err(api_error)
}

/// One, whole, for whoever has something to do there.
#[server(prefix = "/api", endpoint = "v1/assembly", input = GetUrl, output = Post<Text>)]
pub async fn one_assembly(assembly: AssemblyId) -> Result<AssemblyInHand, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::assembly::in_hand(&backend, who.member, assembly).await.map_err(api_error)
}

/// The proof that everybody was called.
#[server(prefix = "/api", endpoint = "v1/assembly/calls", input = GetUrl, output = Post<Text>)]
pub async fn assembly_calls(assembly: AssemblyId) -> Result<Convocations, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::assembly::convocations(&backend, who.member, assembly).await.map_err(api_error)
}

/// What is printed for those whom no mail reaches.
#[server(prefix = "/api", endpoint = "v1/assembly/letters", input = GetUrl, output = Post<Text>)]
pub async fn assembly_letters(assembly: AssemblyId) -> Result<Letters, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::assembly::letters(&backend, who.member, assembly).await.map_err(api_error)
}

/// The list at the door.
#[server(prefix = "/api", endpoint = "v1/assembly/roll", input = GetUrl, output = Post<Text>)]
pub async fn assembly_roll(assembly: AssemblyId) -> Result<Roll, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::assembly::roll(&backend, who.member, assembly).await.map_err(api_error)
}

/// A vote in the hands of its tellers.
#[server(prefix = "/api", endpoint = "v1/assembly/poll", input = GetUrl, output = Post<Text>)]
pub async fn assembly_poll(resolution: ResolutionId) -> Result<PollInHand, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::assembly::poll(&backend, who.member, resolution).await.map_err(api_error)
}

/// A vote as a voter sees it.
#[server(prefix = "/api", endpoint = "v1/assembly/vote", input = GetUrl, output = Post<Text>)]
pub async fn assembly_vote(resolution: ResolutionId) -> Result<VoteInHand, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::assembly::vote(&backend, who.member, resolution).await.map_err(api_error)
}

/// All ballots of a vote that is over.
#[server(prefix = "/api", endpoint = "v1/assembly/ballots", input = GetUrl, output = Post<Text>)]
pub async fn assembly_published(resolution: ResolutionId) -> Result<Published, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::assembly::published(&backend, who.member, resolution).await.map_err(api_error)
}
