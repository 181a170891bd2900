//! What a plain form posted.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use crate::problem::{self, Problem};

/// The longest form, in bytes: the longest text of the brief, each of its letters written as `%C3%A9`, and more.
const FORM_CAP: usize = 256 * 1024;
/// How long a body may take to arrive: a picture, from a phone in the cellar.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long where a program without a session posts what is short.
const SHORT_PATIENCE: Duration = Duration::from_secs(10);

/// A body of at most `cap` bytes, of the given type.
pub async fn body(request: Request, kind: &str, cap: usize) -> Result<Bytes, Problem> {
    let said = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = said.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case(kind) {
        return Err(problem::WRONG_TYPE);
    }
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > cap) {
        return Err(problem::TOO_LARGE);
    }
    within(request.into_body(), cap, PATIENCE).await
}

/// A short body of at most `cap` bytes, of whatever type, from a program that has no session.
pub async fn bytes(body: Body, cap: usize) -> Result<Bytes, Problem> {
    within(body, cap, SHORT_PATIENCE).await
}

/// Nobody holds a connection by sending slowly.
async fn within(body: Body, cap: usize, patience: Duration) -> Result<Bytes, Problem> {
    match tokio::time::timeout(patience, Limited::new(body, cap).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(problem::TOO_LARGE),
        _ => Err(problem::MALFORMED),
    }
}

/// Names and values, in order.
#[derive(Debug, Clone, Default)]
pub struct Form(pub Vec<(String, String)>);

impl Form {
    pub async fn read(request: Request) -> Result<Form, Problem> {
        Form::read_within(request, FORM_CAP).await
    }

    /// A form that may be of another length, in bytes.
    pub async fn read_within(request: Request, cap: usize) -> Result<Form, Problem> {
        let body = body(request, "application/x-www-form-urlencoded", cap).await?;
        // Text that is not UTF-8, or that no database keeps, was not typed into our forms.
        let fields: Vec<(String, String)> = url::form_urlencoded::parse(&body).into_owned().collect();
        let clean = |text: &String| !text.contains('\0') && !text.contains('\u{fffd}');
        if fields.iter().all(|(name, value)| clean(name) && clean(value)) { Ok(Form(fields)) } else { Err(problem::MALFORMED) }
    }

    /// The first value under a name, unless it is empty.
    pub fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Long enough for what is there already.
    const SOON: Duration = Duration::from_millis(50);

    #[tokio::test]
    async fn a_body_that_does_not_end_is_not_waited_for() {
        let begun = futures::stream::iter([Ok::<Bytes, std::io::Error>(Bytes::from_static(b"geste="))]);
        let never = futures::stream::pending::<Result<Bytes, std::io::Error>>();
        let slow = Body::from_stream(futures::StreamExt::chain(begun, never));
        assert_eq!(within(slow, 100, SOON).await, Err(problem::MALFORMED));
        assert_eq!(within(Body::from("geste=reabonner"), 100, SOON).await, Ok(Bytes::from_static(b"geste=reabonner")));
        assert_eq!(within(Body::from("geste=reabonner"), 5, SOON).await, Err(problem::TOO_LARGE));
    }
}
