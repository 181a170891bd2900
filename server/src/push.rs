//! Web push: one request per device (RFC 8030), encrypted for it alone (RFC 8291), signed so that
//! its push service knows whose it is (RFC 8292).

use std::time::Duration;

use backend::Backend;
use backend::notify::devices::{self, Device};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use url::{Host, Url};
use web_push_native::p256::ecdsa::signature::Signer;
use web_push_native::p256::ecdsa::{Signature, SigningKey};
use web_push_native::p256::elliptic_curve::rand_core::OsRng;
use web_push_native::p256::{PublicKey, SecretKey};
use web_push_native::{Auth, WebPushBuilder};

use crate::config::Config;

/// How long a push service may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a push service keeps what a device that is off has not fetched.
const KEPT: Duration = Duration::from_secs(12 * 3600);
/// A signature is good for so long (RFC 8292 allows a day).
const SIGNED_S: u64 = 12 * 3600;

/// What a push service answered for one device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Taken,
    /// The device no longer wants any.
    Gone,
    /// It will never take this one.
    Refused(String),
    /// It may take it later, after what it says.
    Later {
        after: Option<Duration>,
        why: String,
    },
}

/// Sends pushes in the co-op's name.
#[derive(Clone)]
pub struct Pusher {
    http: reqwest::Client,
    key: SigningKey,
    public_key: String,
    subject: String,
    services: Services,
}

impl std::fmt::Debug for Pusher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pusher").field("public_key", &self.public_key).finish_non_exhaustive()
    }
}

/// Why pushes cannot be sent at all.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    #[error(transparent)]
    Backend(#[from] backend::error::Error),
    #[error("The key for push services is unreadable.")]
    Key,
    #[error("The client for push services cannot be made: {0}")]
    Client(#[from] reqwest::Error),
}

impl Pusher {
    /// With the key that this co-op keeps; the first process of all makes it.
    pub async fn new(backend: &Backend, config: &Config) -> Result<Pusher, PushError> {
        let fresh = SecretKey::random(&mut OsRng).to_bytes();
        let kept = devices::push_key(backend, &fresh).await?;
        let secret = SecretKey::from_slice(&kept).map_err(|_| PushError::Key)?;
        let public_key = URL_SAFE_NO_PAD.encode(secret.public_key().to_sec1_bytes_uncompressed());
        // A push service that sends elsewhere is none.
        let http = reqwest::Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build()?;
        Ok(Pusher {
            http,
            key: SigningKey::from(secret),
            public_key,
            subject: config.public_url.origin.clone(),
            services: Services::of(config),
        })
    }

    /// What a browser asks its push service for, in base64url.
    pub fn public_key(&self) -> &str {
        &self.public_key
    }

    pub fn services(&self) -> &Services {
        &self.services
    }

    /// Hands `message` over for one device. `topic`: a later one of the same replaces it while the
    /// device is off; at most 32 letters of base64url.
    pub async fn send(&self, device: &Device, message: &[u8], topic: &str, urgent: bool) -> Answer {
        let Some(request) = self.request(device, message) else {
            return Answer::Refused("the device's keys are unreadable".into());
        };
        let (parts, body) = request.into_parts();
        let sent = self
            .http
            .post(device.endpoint.as_str())
            .headers(parts.headers)
            .header("Urgency", if urgent { "high" } else { "normal" })
            .header("Topic", topic)
            .body(body)
            .send()
            .await;
        match sent {
            Ok(response) => answer(response.status().as_u16(), retry_after(response.headers())),
            Err(error) => Answer::Later { after: None, why: why(&error).into() },
        }
    }

    fn request(&self, device: &Device, message: &[u8]) -> Option<axum::http::Request<Vec<u8>>> {
        let public = PublicKey::from_sec1_bytes(&device.p256dh).ok()?;
        let auth = <[u8; 16]>::try_from(device.auth.as_slice()).ok().map(Auth::from)?;
        let endpoint: axum::http::Uri = device.endpoint.parse().ok()?;
        let mut request = WebPushBuilder::new(endpoint, public, auth).with_valid_duration(KEPT).build(message.to_vec()).ok()?;
        let value = self.authorization(&device.endpoint)?;
        request.headers_mut().insert("authorization", value.parse().ok()?);
        // The client counts the bytes itself.
        request.headers_mut().remove("content-length");
        Some(request)
    }

    /// RFC 8292: a JSON Web Token for the push service's origin, and the key to check it with.
    fn authorization(&self, endpoint: &str) -> Option<String> {
        let audience = Url::parse(endpoint).ok()?.origin().ascii_serialization();
        let claims = json!({ "aud": audience, "exp": real_time_s() + SIGNED_S, "sub": self.subject });
        let part = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&json!({ "typ": "JWT", "alg": "ES256" })), part(&claims));
        let signature: Signature = self.key.sign(signed.as_bytes());
        Some(format!("vapid t={signed}.{}, k={}", URL_SAFE_NO_PAD.encode(signature.to_bytes()), self.public_key))
    }
}

/// The push service's clock is the world's, whatever the co-op's says.
#[allow(clippy::disallowed_methods, reason = "a signature that others check by their own clock")]
fn real_time_s() -> u64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

trait Uncompressed {
    fn to_sec1_bytes_uncompressed(&self) -> Vec<u8>;
}

impl Uncompressed for PublicKey {
    fn to_sec1_bytes_uncompressed(&self) -> Vec<u8> {
        use web_push_native::p256::elliptic_curve::sec1::ToEncodedPoint;
        self.to_encoded_point(false).as_bytes().to_vec()
    }
}

/// What a status means (RFC 8030, §5 and §7.3; RFC 8291 for the size).
fn answer(status: u16, after: Option<Duration>) -> Answer {
    match status {
        200..300 => Answer::Taken,
        404 | 410 => Answer::Gone,
        408 | 429 | 500.. => Answer::Later { after, why: format!("the push service answered {status}") },
        413 => Answer::Refused("the push service finds it too long (413)".into()),
        _ => Answer::Refused(format!("the push service answered {status}")),
    }
}

/// In seconds, or as a date (RFC 9110); never more than a day.
fn retry_after(headers: &reqwest::header::HeaderMap) -> Option<Duration> {
    let text = headers.get("retry-after")?.to_str().ok()?;
    let seconds = text.trim().parse::<u64>().ok().or_else(|| {
        let at = chrono::DateTime::parse_from_rfc2822(text).ok()?.timestamp();
        u64::try_from(at).ok()?.checked_sub(real_time_s())
    })?;
    Some(Duration::from_secs(seconds.min(24 * 3600)))
}

/// Without the address, which names the device.
fn why(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "the push service does not answer in time"
    } else if error.is_connect() {
        "the push service cannot be reached"
    } else {
        "the push service broke off"
    }
}

/// The push services to which this server sends: an endpoint is what a member's device says, and
/// must not make the server call its own neighbours.
#[derive(Debug, Clone)]
pub struct Services {
    hosts: Vec<String>,
    /// A developer's own machine, without https.
    loopback: bool,
}

impl Services {
    pub fn of(config: &Config) -> Services {
        Services { hosts: config.push_services.clone(), loopback: config.dev }
    }

    pub fn knows(&self, endpoint: &str) -> bool {
        let Ok(url) = Url::parse(endpoint) else { return false };
        if url.username() != "" || url.password().is_some() {
            return false;
        }
        match url.host() {
            Some(Host::Domain(host)) => {
                let is_of = |known: &String| host == known || host.ends_with(&format!(".{known}"));
                url.scheme() == "https" && url.port().is_none() && self.hosts.iter().any(is_of)
                    || self.loopback && host == "localhost"
            }
            Some(Host::Ipv4(ip)) => self.loopback && ip.is_loopback(),
            Some(Host::Ipv6(ip)) => self.loopback && ip.is_loopback(),
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_is_handled_as_its_standard_says() {
        let later = |status| matches!(answer(status, None), Answer::Later { .. });
        assert_eq!((answer(201, None), answer(200, None)), (Answer::Taken, Answer::Taken));
        assert_eq!((answer(404, None), answer(410, None)), (Answer::Gone, Answer::Gone));
        assert!(matches!(answer(413, None), Answer::Refused(_)) && matches!(answer(400, None), Answer::Refused(_)));
        assert!(later(429) && later(500) && later(503));
    }

    #[test]
    fn a_server_calls_push_services_and_nothing_else() {
        let hosts = vec!["push.example.org".to_owned()];
        let (live, dev) = (Services { hosts: hosts.clone(), loopback: false }, Services { hosts, loopback: true });
        for endpoint in ["https://push.example.org/a", "https://eu.push.example.org/b"] {
            assert!(live.knows(endpoint), "{endpoint}");
        }
        for endpoint in [
            "http://push.example.org/a",
            "https://push.example.org:5432/a",
            "https://push.example.org.evil.org/a",
            "https://evilpush.example.org/",
            "https://me:you@push.example.org/a",
            "http://127.0.0.1:9/a",
            "https://169.254.169.254/latest",
            "http://[::1]/a",
            "file:///etc/passwd",
            "push",
        ] {
            assert!(!live.knows(endpoint), "{endpoint}");
        }
        assert!(dev.knows("http://127.0.0.1:9/a") && !dev.knows("http://10.0.0.1/a"));
    }
}
