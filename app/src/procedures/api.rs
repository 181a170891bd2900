//! What the pages ask, with the network only.

use domain::procedures::{Procedures, Records};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Post};

use crate::api::{ApiError, Text};

/// All that Distribution keeps, for Distribution and the office.
#[server(prefix = "/api", endpoint = "v1/distribution/procedures", input = GetUrl, output = Post<Text>)]
pub async fn kept_procedures() -> Result<Procedures, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::procedures::procedures(&backend, who.member).await.map_err(api_error)
}

/// The records of a period: two days as they stand in an address, or the last three months.
#[server(prefix = "/api", endpoint = "v1/distribution/records", input = GetUrl, output = Post<Text>)]
pub async fn kept_records(from: String, to: String) -> Result<Records, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let asked = domain::procedures::Fields(vec![("du".to_owned(), from), ("au".to_owned(), to)]);
    let period = domain::procedures::period(&asked, domain::time::paris_day(backend.now()));
    backend::procedures::records(&backend, who.member, period).await.map_err(api_error)
}
