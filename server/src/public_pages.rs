//! The pages that anybody reads: rendered whole, without a session or a script, the same for everybody, so that whoever has one
//! is told in a few bytes that it is the same. And what programs read of them: the news, the list of pages, the robots' rules.

mod feed;
mod sitemap;
mod writing;

use app::public_pages::document::Site;
use app::public_pages::page::{Bar, public_page};
use axum::body::Body;
use axum::extract::{Extension, Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use backend::auth::SignedIn;
use backend::public_page::Preview;
use domain::public_page::{Page, Place};
use leptos::prelude::{IntoView, Owner, RenderHtml};
use sha2::{Digest, Sha256};

use crate::encoding::{Effort, Encoding};
use crate::etag::knows;
use crate::headers::still_policy;
use crate::pages::without_marks;
use crate::problem::{self, Problem};
use crate::state::Server;

pub use writing::post;

/// What a page is.
pub const HTML: &str = "text/html; charset=utf-8";
/// Kept by whoever asks, and asked for again each time: the shop may close at any moment.
const ASKED_AGAIN: &str = "public, no-cache";

/// What every public page knows of the site.
pub fn site<'a>(server: &'a Server, place: &'a Place) -> Site<'a> {
    Site { origin: &server.config.public_url.origin, assets: &server.assets.app, place }
}

/// A page's HTML.
pub fn written<V: IntoView>(page: impl FnOnce() -> V) -> String {
    let html = Owner::new_root(None).with(|| page().into_view().to_html());
    without_marks(&html)
}

/// An answer for anybody, or that it is the one that is there already.
pub fn kept(asked: &HeaderMap, kind: &'static str, text: &str) -> Response {
    let encoding = Encoding::accepted(asked);
    let mut hash = Sha256::new();
    hash.update(encoding.name().unwrap_or_default());
    hash.update(text);
    let etag = format!("\"{}\"", hex::encode(&hash.finalize()[..12]));
    let known = knows(asked, &etag);
    let mut response = match known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => Response::new(Body::from(encoding.pack(text.as_bytes(), Effort::Once))),
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(ASKED_AGAIN));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(etag) = HeaderValue::try_from(etag) {
        headers.insert(header::ETAG, etag);
    }
    if !known {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        if let Some(name) = encoding.name() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
    }
    runs_nothing(response)
}

/// An answer that is for whoever asked alone, and not to be found.
pub fn unkept(status: StatusCode, html: String) -> Response {
    let mut response = (status, html).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(HTML));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow"));
    runs_nothing(response)
}

fn runs_nothing(mut response: Response) -> Response {
    if let Ok(policy) = HeaderValue::try_from(still_policy()) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

fn told(answer: Result<Response, Problem>) -> Response {
    answer.unwrap_or_else(IntoResponse::into_response)
}

/// One of the pages, as it is published.
pub async fn show(State(server): State<Server>, page: Page, asked: HeaderMap) -> Response {
    told(published(&server, page, &asked).await)
}

async fn published(server: &Server, page: Page, asked: &HeaderMap) -> Result<Response, Problem> {
    let shown = backend::public_page::shown(&server.backend, page).await?;
    let html = written(|| public_page(shown, None, &server.config.public_url.origin, &server.assets.app));
    Ok(kept(asked, HTML, &html))
}

/// `/communication/pages/{page}/apercu`: the same with its editor's own text, for the editor alone.
pub async fn preview(State(server): State<Server>, Extension(who): Extension<SignedIn>, Path(slug): Path<String>) -> Response {
    let Ok(page) = slug.parse() else { return problem::NOT_FOUND.into_response() };
    told(previewed(&server, &who, page).await)
}

async fn previewed(server: &Server, who: &SignedIn, page: Page) -> Result<Response, Problem> {
    let Preview { shown, revision, draft } = backend::public_page::preview(&server.backend, who.member, page).await?;
    let bar = Bar {
        form: server.backend.ids.uuid().to_string(),
        behind: draft.as_ref().is_some_and(|draft| draft.base != revision),
        draft: draft.is_some(),
    };
    let html = written(|| public_page(shown, Some(bar), &server.config.public_url.origin, &server.assets.app));
    Ok(unkept(StatusCode::OK, html))
}

/// `/actualites.atom`
pub async fn feed(State(server): State<Server>, asked: HeaderMap) -> Response {
    let news = backend::public_page::news(&server.backend).await.map_err(Problem::from);
    told(
        news.map(|news| {
            kept(&asked, "application/atom+xml; charset=utf-8", &feed::feed(&news, &server.config.public_url.origin))
        }),
    )
}

/// `/sitemap.xml`
pub async fn sitemap(State(server): State<Server>, asked: HeaderMap) -> Response {
    let addresses = backend::public_page::addresses(&server.backend).await.map_err(Problem::from);
    let origin = &server.config.public_url.origin;
    told(addresses.map(|addresses| kept(&asked, "application/xml; charset=utf-8", &sitemap::sitemap(&addresses, origin))))
}

/// `/robots.txt`: what is for members has a door; what programs ask for is no page.
pub async fn robots(State(server): State<Server>, asked: HeaderMap) -> Response {
    let origin = &server.config.public_url.origin;
    let rules = format!("User-agent: *\nDisallow: /api/\n\nSitemap: {origin}/sitemap.xml\n");
    kept(&asked, "text/plain; charset=utf-8", &rules)
}
