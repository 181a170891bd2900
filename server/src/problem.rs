//! An answer that is not what was asked for: one status, one sentence, told to a person as a calm
//! page and to a program as JSON.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::state::Server;

/// Why not. The code is for programs, and part of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    pub status: StatusCode,
    pub code: &'static str,
    /// In French, for whoever reads it.
    pub said: &'static str,
    /// When to try again, in seconds.
    pub retry_after_s: Option<u64>,
}

impl Problem {
    pub const fn new(status: StatusCode, code: &'static str, said: &'static str) -> Problem {
        Problem { status, code, said, retry_after_s: None }
    }

    pub const fn after(mut self, seconds: u64) -> Problem {
        self.retry_after_s = Some(seconds);
        self
    }
}

pub const MALFORMED: Problem = Problem::new(StatusCode::BAD_REQUEST, "malformed", "Cette demande est illisible.");
/// A form of ours that a newer build no longer reads, or that somebody made up.
pub const NOT_UNDERSTOOD: Problem = Problem::new(
    StatusCode::UNPROCESSABLE_ENTITY,
    "not_understood",
    "Cette demande n’a pas pu être lue : rien n’a changé. Reviens à l’accueil, recharge la page et recommence.",
);
pub const NO_MEMBER: Problem =
    Problem::new(StatusCode::BAD_REQUEST, "no_member", "La demande ne dit pas pour qui elle est (Alpar-Member).");
pub const NOT_ALLOWED: Problem = Problem::new(
    StatusCode::FORBIDDEN,
    "not_allowed",
    "C’est réservé à celles et ceux qui s’en occupent : le bureau te dit qui.",
);
pub const FOREIGN: Problem = Problem::new(
    StatusCode::FORBIDDEN,
    "foreign_origin",
    "Cette demande ne vient pas de l’application : rien n’a été fait. Reviens à l’accueil et recommence.",
);
pub const NOT_FOUND: Problem = Problem::new(StatusCode::NOT_FOUND, "not_found", "Il n’y a rien à cette adresse.");
pub const NOT_THAT_WAY: Problem =
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "Cette adresse ne répond pas à cela.");
pub const OTHER_MEMBER: Problem =
    Problem::new(StatusCode::CONFLICT, "other_member", "Quelqu’un d’autre est connecté sur cet appareil.");
pub const TOO_LARGE: Problem = Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "C’est trop long : rien n’a été fait.");
pub const WRONG_TYPE: Problem =
    Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "wrong_type", "Ce n’est pas le type de contenu attendu.");
pub const NOT_A_PICTURE: Problem = Problem::new(
    StatusCode::UNPROCESSABLE_ENTITY,
    "not_a_picture",
    "Ce fichier n’est pas une image que l’application sait montrer : choisis une photo, en JPEG ou en WebP.",
);
pub const PICTURE_TOO_LARGE: Problem = Problem::new(
    StatusCode::PAYLOAD_TOO_LARGE,
    "picture_too_large",
    "Cette image est trop grande : 1 600 pixels de côté et 600 ko au plus.",
);
pub const THUMBNAIL_TOO_LARGE: Problem = Problem::new(
    StatusCode::PAYLOAD_TOO_LARGE,
    "picture_too_large",
    "Cette petite image est trop grande : 160 pixels de côté et 12 ko au plus.",
);
pub const TOO_MANY_COMMANDS: Problem =
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "too_many_commands", "Au plus cinquante actes par demande.");
pub const UNKNOWN_PUSH_SERVICE: Problem = Problem::new(
    StatusCode::UNPROCESSABLE_ENTITY,
    "unknown_push_service",
    "Ce navigateur passe par un service que nous ne connaissons pas : il ne peut pas recevoir d’alertes.",
);
pub const OTHER_VERSION: Problem =
    Problem::new(StatusCode::UPGRADE_REQUIRED, "unsupported_version", "Ce serveur ne parle que la version 1 du protocole.");
pub const UNWELL: Problem = Problem::new(
    StatusCode::INTERNAL_SERVER_ERROR,
    "unwell",
    "Quelque chose s’est mal passé chez nous. Rien n’est perdu : réessaie dans un instant.",
);
pub const AWAY: Problem = Problem::new(
    StatusCode::SERVICE_UNAVAILABLE,
    "unavailable",
    "Le registre ne répond pas pour le moment. Rien n’est perdu : réessaie dans un instant.",
)
.after(5);

/// 429, with the time to wait.
pub const fn too_many(seconds: u64) -> Problem {
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many", "Trop de demandes d’un coup : attends un peu avant de réessayer.")
        .after(seconds)
}

impl IntoResponse for Problem {
    /// Only the status and the sentence's place: [`tell`] writes the body for whoever asked.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<backend::error::Error> for Problem {
    fn from(error: backend::error::Error) -> Problem {
        use backend::error::Error;
        match error {
            Error::NotAllowed => NOT_ALLOWED,
            Error::NotFound => NOT_FOUND,
            Error::SignedOut => UNKNOWN_SESSION,
            Error::Unavailable(ref why) => {
                tracing::warn!(%why, "the database does not answer");
                AWAY
            }
            Error::Conflict => AWAY,
            Error::Unreadable(place) => {
                tracing::error!(place, "unreadable data");
                UNWELL
            }
        }
    }
}

pub const UNKNOWN_SESSION: Problem = Problem::new(StatusCode::UNAUTHORIZED, "unknown", "Tu n’es pas connecté.");
pub const EXPIRED_SESSION: Problem =
    Problem::new(StatusCode::UNAUTHORIZED, "expired", "Ta connexion a expiré : reconnecte-toi, rien n’est perdu.");
pub const REVOKED_SESSION: Problem = Problem::new(StatusCode::UNAUTHORIZED, "revoked", "Cet appareil a été déconnecté.");

/// Writes the bodies of problems.
pub async fn tell(State(server): State<Server>, request: Request, next: Next) -> Response {
    let program = request.uri().path().starts_with("/api/");
    let body_wanted = request.method() != Method::HEAD;
    let mut response = next.run(request).await;
    let problem = response.extensions_mut().remove::<Problem>().or_else(|| unnamed(&response));
    let Some(problem) = problem else { return response };
    let (kind, text) = if program {
        ("application/json", json!({ "error": problem.code, "message": problem.said }).to_string())
    } else {
        ("text/html; charset=utf-8", page(problem, &server.assets.app.css))
    };
    response.headers_mut().remove(header::CONTENT_LENGTH);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    *response.body_mut() = if body_wanted { Body::from(text) } else { Body::empty() };
    response
}

/// Refusals that the router makes by itself.
fn unnamed(response: &Response) -> Option<Problem> {
    match response.status() {
        StatusCode::METHOD_NOT_ALLOWED => Some(NOT_THAT_WAY),
        _ => None,
    }
}

fn page(problem: Problem, css: &str) -> String {
    let title = match problem.status.as_u16() {
        401 => "Connexion",
        404 => "Introuvable",
        429 => "Un instant",
        500.. => "Un instant",
        _ => "Impossible",
    };
    let (href, way) =
        if problem.status == StatusCode::UNAUTHORIZED { ("/connexion", "Se connecter") } else { ("/", "Revenir à l’accueil") };
    format!(
        "<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>{title} · Alpar</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"stylesheet\" href=\"{css}\">\
         <link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\"></head>\
         <body><main class=\"plain\"><h1>{title}</h1><p>{said}</p><p><a href=\"{href}\">{way}</a></p></main></body></html>",
        said = problem.said,
    )
}
