//! The language of these tests: a small co-op behind the real router, in process.

use std::path::PathBuf;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use domain::command::Command;
use domain::id::MemberId;
use serde_json::{Value, json};
use server::assets::BuiltSite;
use server::config::Config;
use server::push::Pusher;
use server::routes::{Route, router};
use server::state::Server;
use sha2::{Digest, Sha256};
use sqlx::postgres::PgConnectOptions;
use tower::ServiceExt;

use crate::coop::Coop;

pub const ORIGIN: &str = "http://alpar.test";

pub struct House {
    pub coop: Coop,
    pub server: Server,
    pub app: Router,
    pub routes: Vec<Route>,
    site: PathBuf,
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Told {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Told {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn cookies(&self) -> Vec<String> {
        self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap().to_owned()).collect()
    }

    /// The pair that a browser sends back.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let pairs = self.cookies();
        pairs
            .iter()
            .filter_map(|set| set.split(';').next())
            .find(|pair| pair.starts_with(&format!("{name}=")))
            .map(ToOwned::to_owned)
    }
}

/// A request in the making.
pub struct Ask(axum::http::request::Builder, Body);

pub fn ask(method: Method, path: &str) -> Ask {
    Ask(Request::builder().method(method).uri(path), Body::empty())
}

pub fn get(path: &str) -> Ask {
    ask(Method::GET, path)
}

/// A post of our own pages.
pub fn post(path: &str) -> Ask {
    ask(Method::POST, path).with("sec-fetch-site", "same-origin")
}

impl Ask {
    pub fn with(self, name: &str, value: &str) -> Ask {
        Ask(self.0.header(name, value), self.1)
    }

    /// As this device of a member.
    pub fn by(self, device: &Device) -> Ask {
        self.with("cookie", &device.cookie).with("alpar-member", &device.member.to_string())
    }

    pub fn json(self, value: &Value) -> Ask {
        self.text("application/json", value.to_string())
    }

    pub fn form(self, fields: &[(&str, &str)]) -> Ask {
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        self.text("application/x-www-form-urlencoded", form.finish())
    }

    pub fn text(self, kind: &str, text: impl Into<Body>) -> Ask {
        let Ask(builder, _) = self.with("content-type", kind);
        Ask(builder, text.into())
    }

    pub fn request(self) -> Request<Body> {
        self.0.body(self.1).unwrap()
    }
}

/// A device that is signed in.
#[derive(Debug, Clone)]
pub struct Device {
    pub member: MemberId,
    pub cookie: String,
}

impl House {
    pub async fn new(at: PgConnectOptions) -> House {
        House::with(at, &[]).await
    }

    /// With settings of its own.
    pub async fn with(at: PgConnectOptions, settings: &[(&str, &str)]) -> House {
        let coop = Coop::new(at).await;
        let site = std::env::temp_dir().join(format!("alpar-site-{}", coop.id().simple()));
        std::fs::create_dir_all(site.join("pkg")).unwrap();
        std::fs::write(site.join("pkg/alpar.0123456789.css"), "body{}").unwrap();
        std::fs::write(site.join("sw.js"), "// worker").unwrap();
        std::fs::write(site.join("sw-kill.js"), "// gone").unwrap();
        std::fs::write(site.join("shell.html"), "<!DOCTYPE html>").unwrap();
        std::fs::write(site.join("favicon.svg"), "<svg/>").unwrap();
        std::fs::write(site.join("manifest.webmanifest"), "{}").unwrap();
        let files = json!({"alpar.css": "/pkg/alpar.0123456789.css", "site.css": "/pkg/site.0123456789.css", "boot.js": "/pkg/boot.0123456789.js", "still.js": "/pkg/still.0123456789.js", "workshop.js": "/pkg/workshop.0123456789.js", "alpar.js": "/pkg/alpar.0123456789.js"});
        let assets = json!({"build": "b1", "files": files, "early": {"source": "", "csp": "sha256-abc"}});
        std::fs::write(site.join("assets.json"), assets.to_string()).unwrap();
        let config = Config::read(|name| {
            let given = settings.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
            given.or_else(|| match name {
                "PUBLIC_URL" => Some(ORIGIN.into()),
                "ALPAR_SITE" => Some(site.display().to_string()),
                _ => None,
            })
        })
        .unwrap();
        let pusher = Pusher::new(&coop.backend, &config).await.unwrap();
        let server = Server::new(coop.backend.clone(), config, BuiltSite::read(&site).unwrap(), pusher);
        let (app, routes) = router(server.clone());
        House { coop, server, app, routes, site }
    }

    pub async fn send(&self, ask: Ask) -> Told {
        let response = self.app.clone().oneshot(ask.request()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Told { status: parts.status, headers: parts.headers, body }
    }

    /// A member with a device that is signed in.
    pub async fn signed_in(&self, first: &str) -> Device {
        let member = self.coop.member(first).await;
        self.device_of(member).await
    }

    pub async fn device_of(&self, member: MemberId) -> Device {
        let token = format!("token-{}", self.coop.id().simple());
        sqlx::query(
            "insert into session (session_id, token_hash, member_id, email, device, created_at, last_seen_on)
             values ($1, $2, $3, 'x@example.org', 'test', $4, '2026-12-01')",
        )
        .bind(self.coop.id())
        .bind(Sha256::digest(token.as_bytes()).to_vec())
        .bind(member)
        .bind(self.coop.now())
        .execute(&self.coop.backend.pool)
        .await
        .unwrap();
        let cookie = format!("alpar_session={}", hex::encode(&token));
        Device { member, cookie }
    }

    /// A command on the wire, as this device sends it.
    pub fn on_the_wire(&self, command: Command) -> Value {
        serde_json::to_value(self.coop.envelope(command)).unwrap()
    }

    pub async fn commands(&self, device: &Device, commands: &[Value]) -> Told {
        self.send(post("/api/v1/commands").by(device).json(&json!({ "commands": commands }))).await
    }

    /// What the database holds, but for the day a session was last seen.
    pub async fn database(&self) -> String {
        let tables: Vec<String> = sqlx::query_scalar(
            "select table_name::text from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1",
        )
        .fetch_all(&self.coop.backend.pool)
        .await
        .unwrap();
        let mut whole = String::new();
        for table in tables {
            let rows = format!(
                "select coalesce(string_agg(row, E'\\n' order by row), '') from (select (to_jsonb(t) - 'last_seen_on')::text as row from \"{table}\" t) rows"
            );
            let rows: String = sqlx::query_scalar(sqlx::AssertSqlSafe(rows)).fetch_one(&self.coop.backend.pool).await.unwrap();
            whole.push_str(&format!("{table}:\n{rows}\n"));
        }
        whole
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.site);
    }
}
