//! Who is asking, and what an error becomes: the server's side of every server function.

use backend::Backend;
use backend::auth::SignedIn;
use backend::error::Error;
use leptos::prelude::{expect_context, use_context};

use super::ApiError;

/// Sets the answer's status while rendering.
pub fn answer_with(status: u16) {
    let status = axum::http::StatusCode::from_u16(status);
    if let (Some(response), Ok(status)) = (use_context::<leptos_axum::ResponseOptions>(), status) {
        response.set_status(status);
    }
}

/// The member whose session came with the request.
pub fn signed_in() -> Result<(Backend, SignedIn), ApiError> {
    match use_context::<SignedIn>() {
        Some(who) => Ok((expect_context::<Backend>(), who)),
        None => {
            answer_with(401);
            Err(ApiError::SignedOut)
        }
    }
}

pub fn api_error(error: Error) -> ApiError {
    let (status, told) = match error {
        Error::SignedOut => (401, ApiError::SignedOut),
        Error::NotAllowed => (403, ApiError::NotAllowed),
        Error::NotFound => (404, ApiError::NotFound),
        Error::Unavailable(_) | Error::Unreadable(_) | Error::Conflict => (503, ApiError::Unavailable),
    };
    answer_with(status);
    told
}
