//! What is taken away as a file: the register as a table, a certificate, one's own data.

use app::french::shares;
use app::register::own_data_document;
use axum::extract::{Extension, Path, Request, State};
use axum::response::{Html, IntoResponse, Response};
use backend::auth::SignedIn;
use backend::error::Error;
use backend::{register, share};
use domain::id::MemberId;
use domain::share::ShareCertificate;
use domain::time::paris_day;

use crate::csv;
use crate::download::{self, file, private};
use crate::forms::Form;
use crate::paper::paper;
use crate::problem::{self, Problem};
use crate::state::Server;

/// `GET /bureau/membres/registre.csv`: the members as a file that may be read again.
pub async fn export(State(server): State<Server>, Extension(who): Extension<SignedIn>) -> Response {
    match register::import::export(&server.backend, who.member).await {
        Ok(table) => download::csv(csv::written(&table), &format!("membres-{}.csv", paris_day(server.backend.now()))),
        Err(error) => Problem::from(error).into_response(),
    }
}

/// `GET /moi/part/attestation.pdf`: my own share, on paper.
pub async fn certificate(State(server): State<Server>, Extension(who): Extension<SignedIn>) -> Response {
    printed(share::certificate(&server.backend, &who).await)
}

/// `GET /bureau/membres/{member}/attestation.pdf`: somebody's, for the office.
pub async fn certificate_of(
    State(server): State<Server>,
    Extension(who): Extension<SignedIn>,
    Path(member): Path<String>,
) -> Response {
    let Ok(member) = member.parse::<MemberId>() else { return problem::NOT_FOUND.into_response() };
    printed(share::certificate_of(&server.backend, who.member, member).await)
}

fn printed(certificate: Result<ShareCertificate, Error>) -> Response {
    let certificate = match certificate {
        Ok(certificate) => certificate,
        Err(error) => return Problem::from(error).into_response(),
    };
    let (title, paragraphs) = shares::certificate(&certificate);
    match paper(&title, &paragraphs) {
        Some(bytes) => file(bytes.into_response(), "application/pdf", &format!("part-sociale-{:04}.pdf", certificate.number)),
        None => problem::UNWELL.into_response(),
    }
}

/// `POST /moi/donnees`: my data, for people or for programs. That it was taken stays readable.
pub async fn own_data(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    taken(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn taken(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    let form = Form::read(request).await?;
    server.limits.commands(who.member, 1)?;
    let data = register::own_data(&server.backend, who).await?;
    Ok(match form.one("forme") {
        Some("json") => file(data.json().to_string().into_response(), "application/json", "mes-donnees-alpar.json"),
        _ => file(own_data_document(&data, None).into_response(), "text/html; charset=utf-8", "mes-donnees-alpar.html"),
    })
}

/// `GET /depart/{secret}`: the data of whoever left, for some time, by the link in their mail.
pub async fn left(State(server): State<Server>, Path(secret): Path<String>) -> Response {
    match register::own_data_of(&server.backend, &secret).await {
        Ok(data) => {
            let json = format!("/depart/{secret}/donnees.json");
            private(Html(own_data_document(&data, Some(&json))).into_response())
        }
        Err(error) => Problem::from(error).into_response(),
    }
}

/// `GET /depart/{secret}/donnees.json`: the same for programs.
pub async fn left_json(State(server): State<Server>, Path(secret): Path<String>) -> Response {
    match register::own_data_of(&server.backend, &secret).await {
        Ok(data) => file(data.json().to_string().into_response(), "application/json", "mes-donnees-alpar.json"),
        Err(error) => Problem::from(error).into_response(),
    }
}
