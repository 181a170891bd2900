//! A file from somebody's device: chosen in a plain form, or the body of a request as it is.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::header;
use domain::procedures::Fields;
use http_body_util::BodyExt;

use crate::problem::{self, Problem};

/// What a form writes around its file, in bytes.
const AROUND: usize = 64 * 1024;
/// How long it may take to arrive, over a slow line.
const PATIENCE: Duration = Duration::from_secs(300);
/// What is too large is read all the same, and thrown away, so that whoever sends it reads why; up to here. Bytes.
const THROWN_AWAY_CAP: usize = 256 * 1024 * 1024;
/// What a file says it is where it is the whole body.
const PLAIN: [&str; 4] = ["text/csv", "text/plain", "application/csv", "application/octet-stream"];

/// What came.
pub enum Sent {
    File(Upload),
    /// So many bytes, or more.
    TooLarge {
        bytes: usize,
    },
}

pub struct Upload {
    /// The form's other fields.
    pub fields: Fields,
    /// What the file is called; empty where nothing says it.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The file of a field, at most `cap` bytes of it.
pub async fn read(request: Request, field: &str, cap: usize) -> Result<Sent, Problem> {
    let said = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = said.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let is_form = essence == "multipart/form-data";
    if !is_form && !PLAIN.contains(&essence.as_str()) {
        return Err(problem::WRONG_TYPE);
    }
    let (parts, body) = request.into_parts();
    let bytes = match collected(body, if is_form { cap.saturating_add(AROUND) } else { cap }).await? {
        Ok(bytes) => bytes,
        Err(bytes) => return Ok(Sent::TooLarge { bytes }),
    };
    if !is_form {
        return Ok(Sent::File(Upload { fields: Fields(Vec::new()), name: String::new(), bytes }));
    }
    let upload = taken_apart(Request::from_parts(parts, Body::from(bytes)), field).await?;
    let bytes = upload.bytes.len();
    Ok(if bytes > cap { Sent::TooLarge { bytes } } else { Sent::File(upload) })
}

/// All of it, or how long it is where that is more than `cap`.
async fn collected(mut body: Body, cap: usize) -> Result<Result<Vec<u8>, usize>, Problem> {
    let whole = async {
        let (mut bytes, mut long) = (Vec::new(), 0_usize);
        while let Some(frame) = body.frame().await {
            let Ok(frame) = frame else { return Err(problem::MALFORMED) };
            let Ok(data) = frame.into_data() else { continue };
            long = long.saturating_add(data.len());
            if long <= cap {
                bytes.extend_from_slice(&data);
            } else if long <= THROWN_AWAY_CAP {
                bytes = Vec::new();
            } else {
                break;
            }
        }
        Ok(if long <= cap { Ok(bytes) } else { Err(long) })
    };
    tokio::time::timeout(PATIENCE, whole).await.unwrap_or(Err(problem::MALFORMED))
}

async fn taken_apart(mut request: Request, wanted: &str) -> Result<Upload, Problem> {
    // It is short enough already.
    DefaultBodyLimit::disable().apply(&mut request);
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| problem::MALFORMED)?;
    let (mut fields, mut file) = (Vec::new(), None);
    while let Some(field) = form.next_field().await.map_err(|_| problem::MALFORMED)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == wanted {
            let called = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|_| problem::MALFORMED)?;
            file = Some((called, bytes.to_vec()));
        } else {
            let value = field.text().await.map_err(|_| problem::MALFORMED)?;
            if value.contains('\0') || value.contains('\u{fffd}') {
                return Err(problem::MALFORMED);
            }
            fields.push((name, value));
        }
    }
    let (name, bytes) = file.ok_or(problem::MALFORMED)?;
    Ok(Upload { fields: Fields(fields), name, bytes })
}

#[cfg(test)]
mod tests {
    use axum::http::Method;

    use super::*;

    fn form(file: &str) -> Request {
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\nune fois\r\n\
             --x\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"caisse.csv\"\r\nContent-Type: text/csv\r\n\r\n\
             {file}\r\n--x--\r\n"
        );
        sent("multipart/form-data; boundary=x", body)
    }

    fn sent(kind: &str, body: impl Into<Body>) -> Request {
        Request::builder().method(Method::POST).header("content-type", kind).body(body.into()).unwrap()
    }

    #[tokio::test]
    async fn a_file_comes_in_a_form_or_alone() {
        let Ok(Sent::File(upload)) = read(form("a;b\r\n1;2"), "fichier", 100).await else { panic!("no file") };
        assert_eq!((upload.name.as_str(), upload.bytes.as_slice()), ("caisse.csv", b"a;b\r\n1;2".as_slice()));
        assert_eq!(upload.fields.one("id"), "une fois");
        let Ok(Sent::File(upload)) = read(sent("text/csv; charset=utf-8", "a;b"), "fichier", 3).await else { panic!("no file") };
        assert_eq!((upload.name.as_str(), upload.bytes.as_slice()), ("", b"a;b".as_slice()));
    }

    #[tokio::test]
    async fn what_is_too_large_is_said_so_and_what_is_no_file_is_refused() {
        let long = "x".repeat(200);
        assert!(matches!(read(form(&long), "fichier", 100).await, Ok(Sent::TooLarge { bytes: 200 })));
        assert!(matches!(read(sent("text/csv", long), "fichier", 100).await, Ok(Sent::TooLarge { bytes: 200 })));
        assert!(matches!(read(sent("image/png", "x"), "fichier", 100).await, Err(problem) if problem == problem::WRONG_TYPE));
        let cut = sent("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"fichier\"\r\n\r\nabc");
        assert!(matches!(read(cut, "fichier", 100).await, Err(problem) if problem == problem::MALFORMED));
    }
}
