//! What the still pages ask, with the network only.

use domain::governance::{ConsultationInHand, Consultations, Desk, Mandates, MeetingInHand};
use domain::id::{ConsultationId, DecisionId, MeetingId};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Post};

use crate::api::{ApiError, Text};

/// What the committee has to do, and what was decided; with one decision in hand, where its id is given.
#[server(prefix = "/api", endpoint = "v1/governing", input = GetUrl, output = Post<Text>)]
pub async fn governing_desk(decision: Option<DecisionId>) -> Result<Desk, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::governance::desk(&backend, who.member, decision).await.map_err(api_error)
}

/// A coordination meeting with its agenda.
#[server(prefix = "/api", endpoint = "v1/governing/meeting", input = GetUrl, output = Post<Text>)]
pub async fn governing_meeting(meeting: MeetingId) -> Result<MeetingInHand, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::governance::meeting(&backend, who.member, meeting).await.map_err(api_error)
}

/// The committee's seats.
#[server(prefix = "/api", endpoint = "v1/governing/mandates", input = GetUrl, output = Post<Text>)]
pub async fn governing_mandates() -> Result<Mandates, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::governance::mandates(&backend, who.member).await.map_err(api_error)
}

/// What members are asked.
#[server(prefix = "/api", endpoint = "v1/consultations", input = GetUrl, output = Post<Text>)]
pub async fn asked_of_members() -> Result<Consultations, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::governance::consultations(&backend, who.member).await.map_err(api_error)
}

/// One of them.
#[server(prefix = "/api", endpoint = "v1/consultations/one", input = GetUrl, output = Post<Text>)]
pub async fn asked_one(consultation: ConsultationId) -> Result<ConsultationInHand, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::governance::consultation(&backend, who.member, consultation).await.map_err(api_error)
}
