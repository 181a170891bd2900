//! Pages, rendered here for a first visit; and the server functions behind them.

use std::future::{Future, ready};
use std::pin::Pin;
use std::time::Duration;

use app::catalogue::is_of_the_shop;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use backend::auth::SignedIn;
use backend::snapshots::Slice;
use domain::id::CommandId;
use futures::stream::{Stream, StreamExt, once};
use leptos::prelude::{IntoView, provide_context};

use crate::cookies::Cookie;
use crate::encoding::{Effort, Encoding};
use crate::headers::{may_scan, page_policy};
use crate::problem;
use crate::state::Server;

/// No page is this long, in bytes.
const PAGE_CAP: usize = 8 * 1024 * 1024;
/// No page takes this long to render: asked again, it comes.
const PATIENCE: Duration = Duration::from_secs(10);

/// The app's pages' paths as axum writes them, from its own routes.
pub fn paths() -> Vec<String> {
    leptos_axum::generate_route_list(app::App).iter().map(|route| route.path().to_owned()).collect()
}

/// The same of the pages that the server alone has.
pub fn still_paths() -> Vec<String> {
    leptos_axum::generate_route_list(app::still::StillPages).iter().map(|route| route.path().to_owned()).collect()
}

/// Still pages with a field whose preview is WebAssembly (`public/writing.js`) are below these.
const WRITING: [&str; 10] = [
    "/communication/breve/bloc/",
    "/communication/pages/",
    "/organiser/",
    "/approvisionnement/produit/",
    "/approvisionnement/fournisseurs/",
    "/groupe/",
    "/gouvernance",
    "/consultations",
    "/ag/preparer",
    "/ag/compte-rendu/",
];

/// Still pages where the camera reads members' cards are below this.
const AT_THE_DOOR: &str = "/ag/emargement/";

/// Renders a page of the app whole, compresses it, and gives it its policy.
pub async fn render(State(server): State<Server>, request: Request) -> Response {
    if let Some(who) = request.extensions().get::<SignedIn>().cloned() {
        fetch_first(&server, &who, request.uri().path()).await;
    }
    let context = context(&server, &request);
    let encoding = Encoding::accepted(request.headers());
    let mut response = runs_wasm(sent(encoding, leptos_axum::handle_response_inner(context, app::shell, request, whole)).await);
    may_scan(&mut response);
    response
}

/// Gives a page its policy, which lets it run WebAssembly of ours.
fn runs_wasm(mut response: Response) -> Response {
    if let Ok(policy) = HeaderValue::try_from(page_policy()) {
        response.headers_mut().entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    response
}

/// Renders a still page: no script but its own small one (and what helps to write), and nothing that the app would need.
pub async fn render_still(State(server): State<Server>, request: Request) -> Response {
    render_still_with(&server, request, || ()).await
}

/// The same, with what a form posted in the page's context.
pub async fn render_still_with(server: &Server, request: Request, also: impl Fn() + Clone + Send + Sync + 'static) -> Response {
    let context = context(server, &request);
    let context = move || {
        context();
        also();
    };
    let encoding = Encoding::accepted(request.headers());
    let writes = WRITING.iter().any(|below| request.uri().path().starts_with(below));
    let scans = request.uri().path().starts_with(AT_THE_DOOR);
    let mut response = sent(encoding, leptos_axum::handle_response_inner(context, app::still::document, request, whole)).await;
    if scans {
        may_scan(&mut response);
    }
    if writes { runs_wasm(response) } else { response }
}

/// The page at an address, as if it were only read: what a form's answer shows.
pub fn as_read(request: &Request, address: Uri) -> Request {
    let mut page = Request::new(Body::empty());
    *page.method_mut() = Method::GET;
    *page.uri_mut() = address;
    *page.headers_mut() = request.headers().clone();
    *page.extensions_mut() = request.extensions().clone();
    for of_the_body in [header::CONTENT_LENGTH, header::CONTENT_TYPE, header::TRANSFER_ENCODING] {
        page.headers_mut().remove(of_the_body);
    }
    page
}

type Html = Pin<Box<dyn Stream<Item = String> + Send>>;

/// The page alone. Leptos would add what hydrating needs; the app takes over instead, and asks for its own data.
fn whole<V: IntoView + 'static>(
    page: V,
    _: Box<dyn FnOnce() -> Html + Send>,
    _: bool,
) -> Pin<Box<dyn Future<Output = Html> + Send>> {
    Box::pin(async move {
        let html: String = page.to_html_stream_in_order().collect().await;
        Box::pin(once(ready(without_marks(&html)))) as Html
    })
}

/// Leptos marks where one text meets another. Nothing looks for the marks on a page that no script continues, and they are no HTML;
/// what somebody typed has no `<` in it.
pub fn without_marks(html: &str) -> String {
    html.replace("<!>", "")
}

/// Waits for a page, compresses it, and says what it depends on.
async fn sent(encoding: Encoding, page: impl Future<Output = Response>) -> Response {
    let whole = async {
        let (parts, body) = page.await.into_parts();
        (parts, to_bytes(body, PAGE_CAP).await)
    };
    let Ok((mut parts, html)) = tokio::time::timeout(PATIENCE, whole).await else {
        tracing::error!("a page did not end");
        return problem::AWAY.into_response();
    };
    if parts.status == StatusCode::SERVICE_UNAVAILABLE {
        return problem::AWAY.into_response();
    }
    let Ok(html) = html else { return problem::UNWELL.into_response() };
    parts.headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, cookie"));
    if let Some(name) = encoding.name() {
        parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    Response::from_parts(parts, Body::from(encoding.pack(&html, Effort::Once)))
}

/// Fetches what a member's page is selected from, so that rendering waits for nothing. A resource that becomes ready on
/// another thread while the page is being walked is sometimes never noticed (leptos issues 4673, 4851), and the page
/// then never ends; one that is ready at the first look cannot be missed. It costs less, too.
async fn fetch_first(server: &Server, who: &SignedIn, path: &str) {
    if is_of_the_shop(path) {
        fetch_shop_first(server, who, path).await;
        return;
    }
    // What fails here fails again where the page asks, and becomes its status there.
    if server.shared.bring(&server.backend, who, &slices_of(path)).await.is_ok() {
        let _ = if is_of_events(path) {
            server.shared.me_at_events(&server.backend, who).await
        } else {
            server.shared.me(&server.backend, who).await
        };
    }
}

/// Whether a page is of events: of what is mine, it looks at what concerns them alone.
fn is_of_events(path: &str) -> bool {
    path == "/sorties" || path.starts_with("/sortie/")
}

/// The slices that a page is selected from, besides what is mine.
fn slices_of(path: &str) -> Vec<Slice> {
    let proposing = path.starts_with("/breve/proposer");
    let (brief, group) = (path == "/" || path.starts_with("/breve"), path.starts_with("/groupe/"));
    // An issue says what became of its events.
    let events = brief && !proposing || is_of_events(path) || group;
    let shown = [
        (Slice::Calendar, true),
        (Slice::Groups, app::groups::shows_groups(path)),
        (Slice::Briefs, brief),
        (Slice::Events, events),
    ];
    shown.into_iter().filter(|(_, shown)| *shown).map(|(slice, _)| slice).collect()
}

/// The same for a page of the shop.
async fn fetch_shop_first(server: &Server, who: &SignedIn, path: &str) {
    let (shared, backend) = (&server.shared, &server.backend);
    let seen = shared.seen_apart(backend, who).await;
    if seen.is_ok() && shared.catalogue(backend, who).await.is_ok() && path.starts_with("/produit/") {
        // A product says which brief presented it.
        let _ = shared.last_briefs(backend, who).await;
    }
}

/// Answers a server function over HTTP, for the pages that ask the network.
pub async fn server_function(State(server): State<Server>, request: Request) -> Response {
    let context = context(&server, &request);
    let response = leptos_axum::handle_server_fns_with_context(context, request).await.into_response();
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    // Whatever a server function refuses leaves it as a 500; its own words say what it is.
    let (mut parts, body) = response.into_parts();
    let said = to_bytes(body, PAGE_CAP).await.unwrap_or_default();
    if let Ok(error) = serde_json::from_slice::<app::api::ApiError>(&said) {
        parts.status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    }
    Response::from_parts(parts, Body::from(said))
}

/// What pages and server functions find in their context.
fn context(server: &Server, request: &Request) -> impl Fn() + Clone + Send + Sync + 'static {
    let server = server.clone();
    let who = request.extensions().get::<SignedIn>().cloned();
    let visit = visit(&server, request.headers(), request.uri().query());
    move || {
        provide_context(server.backend.clone());
        provide_context(server.shared.clone());
        provide_context(server.assets.app.clone());
        provide_context(visit.clone());
        provide_context(app::api::on_server::selects());
        if let Some(who) = &who {
            provide_context(who.clone());
            provide_context(app::visit::Signed { member: who.member, now: server.backend.now() });
        }
    }
}

fn visit(server: &Server, headers: &HeaderMap, query: Option<&str>) -> app::visit::Visit {
    let https = server.https();
    // The secret of an invitation belongs to the act that this page shows.
    let shown = query.and_then(|query| {
        url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "act").map(|(_, act)| act.into_owned())
    });
    let invitation = Cookie::Invitation.read(headers, https).and_then(|kept| {
        let (act, secret) = kept.split_once(':')?;
        (shown.as_deref() == Some(act)).then(|| secret.to_owned())
    });
    app::visit::Visit {
        email: Cookie::Email.read(headers, https),
        ticket: Cookie::Ticket.read(headers, https),
        seed: CommandId(server.backend.ids.uuid()),
        invitation_secret: invitation,
    }
}
