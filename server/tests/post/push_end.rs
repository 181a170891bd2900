//! A push service with many devices behind it: each decrypts what is for it, and some have their moods.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::Value;
use tokio::net::TcpListener;
use web_push_native::p256::SecretKey;
use web_push_native::p256::elliptic_curve::rand_core::OsRng;
use web_push_native::p256::elliptic_curve::sec1::ToEncodedPoint;
use web_push_native::{Auth, decrypt};

use crate::heard::Heard;

/// What a device's push service answers: always, or so often and then 201.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers {
    Taken,
    Always(u16),
    First(u32, u16),
}

/// A device, as its browser knows it.
pub struct Device {
    secret: SecretKey,
    auth: [u8; 16],
    answers: Answers,
    asked: Mutex<u32>,
}

impl Device {
    pub fn new(answers: Answers) -> Device {
        Device { secret: SecretKey::random(&mut OsRng), auth: rand::random(), answers, asked: Mutex::default() }
    }

    pub fn p256dh(&self) -> Vec<u8> {
        self.secret.public_key().to_encoded_point(false).as_bytes().to_vec()
    }

    pub fn auth(&self) -> [u8; 16] {
        self.auth
    }

    fn answer(&self) -> u16 {
        let mut asked = self.asked.lock().unwrap();
        *asked += 1;
        match self.answers {
            Answers::Taken => 201,
            Answers::Always(status) => status,
            Answers::First(times, status) => {
                if *asked <= times {
                    status
                } else {
                    201
                }
            }
        }
    }

    /// What its screen shows, and the topic under which it came.
    fn shows(&self, headers: &HeaderMap, body: &[u8]) -> Result<String, String> {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let topic = header("topic").to_owned();
        let signed = header("authorization").strip_prefix("vapid t=").and_then(|rest| rest.split_once(", k="));
        let fits = header("content-encoding") == "aes128gcm"
            && header("ttl").parse::<u32>().is_ok_and(|ttl| ttl > 0)
            && ["normal", "high"].contains(&header("urgency"))
            && (1..=32).contains(&topic.len())
            && signed.is_some_and(|(token, key)| token.split('.').count() == 3 && key.len() == 87);
        let text = decrypt(body.to_vec(), &self.secret, &Auth::from(self.auth)).map_err(|error| format!("{error:?}"))?;
        let shown: Value = serde_json::from_slice(&text).map_err(|error| error.to_string())?;
        if fits && shown["tag"] == topic.as_str() { Ok(topic) } else { Err(format!("{headers:?} {shown}")) }
    }
}

#[derive(Clone)]
pub struct PushEnd {
    devices: Arc<HashMap<usize, Device>>,
    /// Which device, and the topic.
    taken: Arc<Mutex<Vec<(usize, String)>>>,
    /// What no device could make sense of.
    pub odd: Arc<Mutex<Vec<String>>>,
    heard: Heard,
}

impl PushEnd {
    pub async fn open(devices: HashMap<usize, Device>, heard: Heard) -> (SocketAddr, PushEnd) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let end = PushEnd { devices: Arc::new(devices), taken: Arc::default(), odd: Arc::default(), heard };
        let router = Router::new().route("/device/{n}", post(pushed)).with_state(end.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (at, end)
    }

    pub fn device(&self, n: usize) -> &Device {
        &self.devices[&n]
    }

    pub fn taken(&self) -> Vec<(usize, String)> {
        self.taken.lock().unwrap().clone()
    }
}

async fn pushed(State(end): State<PushEnd>, Path(n): Path<usize>, headers: HeaderMap, body: Bytes) -> Response {
    let device = end.device(n);
    let status = device.answer();
    match device.shows(&headers, &body) {
        Ok(topic) if status == 201 => {
            end.taken.lock().unwrap().push((n, topic));
            end.heard.one_more().await;
        }
        Ok(_) => {}
        Err(why) => end.odd.lock().unwrap().push(why),
    }
    let status = StatusCode::from_u16(status).unwrap();
    if status == StatusCode::TOO_MANY_REQUESTS {
        (status, [("retry-after", "2")]).into_response()
    } else {
        status.into_response()
    }
}
