//! Every route, and who may use it: members only, unless it is listed here.

use axum::Router;
use axum::extract::State;
use axum::handler::Handler;
use axum::http::{HeaderMap, Method};
use axum::middleware::{from_fn_with_state, map_response_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, any_service, on};
use domain::public_page::Page;
use tower_http::catch_panic::CatchPanicLayer;

use crate::state::Server;
use crate::{
    acts, agenda, api, assembling, brief_leaving, brief_public, brief_sending, csrf, desk, dossiers, dsn, governing, groups,
    headers, health, log, mail_act, objectives, organising, pages, photos, pictures, presentation, problem, procedures,
    public_pages, register, rules, session, sign_in, site, supply, thumbnails, workshop,
};

/// Routes for visitors too. Everything else asks for a session.
pub const PUBLIC: &[&str] = &[
    "/healthz",
    "/readyz",
    "/pkg/{*file}",
    "/sw.js",
    "/manifest.webmanifest",
    "/shell.html",
    "/connexion",
    "/connexion/code",
    "/connexion/qui",
    "/installer",
    "/api/v1/who",
    // Whoever has the address: a calendar program has no session.
    "/agenda/{secret}",
    // Whoever has the mail: it opens one act and nothing else.
    "/acte/{secret}",
    // Whoever has a copy of the brief: it ends that, and does nothing else.
    "/desabonner/{secret}",
    // The co-op in its own words, and what programs read of it.
    "/le-projet",
    "/comment-ca-marche",
    "/nous-trouver",
    "/devenir-membre",
    "/histoire",
    "/financement",
    "/actualites.atom",
    "/sitemap.xml",
    "/robots.txt",
    // The brief for anybody, and asking for it.
    "/breve/publique",
    "/breve/publique/{monday}",
    "/breve/abonnement",
    "/breve/abonnement/{secret}",
    // Public events, coming to one, and what was asked for from there.
    "/presentation",
    "/presentation/inscription",
    "/sortie/inscription/{secret}",
    // Whoever left, and has the mail: it opens their own data, to be read.
    "/depart/{secret}",
    "/depart/{secret}/donnees.json",
    // The mail server, which knows a secret.
    "/mail/dsn",
    // Those of what is public alone.
    "/pictures/{id}",
];

/// Of these, the ones that do not even look who is asking.
pub const FOR_ANYBODY: &[&str] = &[
    "/healthz",
    "/readyz",
    "/pkg/{*file}",
    "/sw.js",
    "/manifest.webmanifest",
    "/shell.html",
    "/agenda/{secret}",
    "/acte/{secret}",
    "/desabonner/{secret}",
    "/le-projet",
    "/comment-ca-marche",
    "/nous-trouver",
    "/devenir-membre",
    "/histoire",
    "/financement",
    "/actualites.atom",
    "/sitemap.xml",
    "/robots.txt",
    "/breve/publique",
    "/breve/publique/{monday}",
    "/breve/abonnement",
    "/breve/abonnement/{secret}",
    "/presentation",
    "/presentation/inscription",
    "/sortie/inscription/{secret}",
    "/depart/{secret}",
    "/depart/{secret}/donnees.json",
    "/mail/dsn",
];

/// Routes to which programs post that show no page of ours: a mail program, a mail server. What they do needs a secret, and no
/// cookie has a part in it.
pub const FROM_ANYWHERE: &[&str] = &["/desabonner/{secret}", "/mail/dsn"];

/// A route as it was registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    pub method: Method,
    /// As axum writes it: `/vacation/{id}`.
    pub path: String,
}

impl Route {
    pub fn is_public(&self) -> bool {
        PUBLIC.contains(&self.path.as_str())
    }
}

/// A router that remembers what it was given.
struct Routes {
    router: Router<Server>,
    list: Vec<Route>,
}

impl Routes {
    fn add<H, T>(mut self, method: Method, path: &str, handler: H) -> Routes
    where
        H: Handler<T, Server>,
        T: 'static,
    {
        // Every method we use has a filter; GET answers HEAD too.
        let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET);
        self.router = self.router.route(path, on(filter, handler));
        self.list.push(Route { method, path: path.to_owned() });
        self
    }

    fn get<H: Handler<T, Server>, T: 'static>(self, path: &str, handler: H) -> Routes {
        self.add(Method::GET, path, handler)
    }

    fn post<H: Handler<T, Server>, T: 'static>(self, path: &str, handler: H) -> Routes {
        self.add(Method::POST, path, handler)
    }
}

/// The whole server as one service, with the list of its routes.
pub fn router(server: Server) -> (Router, Vec<Route>) {
    let mut routes = Routes { router: Router::new(), list: Vec::new() }
        .get("/healthz", health::process)
        .get("/readyz", health::ready)
        .get("/sw.js", site::worker)
        .get("/shell.html", site::shell)
        .get("/manifest.webmanifest", site::manifest)
        .post("/connexion", sign_in::email)
        .post("/connexion/code", sign_in::code)
        .post("/connexion/qui", sign_in::who)
        .post("/deconnexion", sign_in::out)
        .post("/moi/appareils/revoquer", sign_in::revoke)
        .post("/acts", acts::post)
        .post("/distribution/procedures", procedures::post)
        .get("/distribution/releves.csv", procedures::csv)
        .post(app::api::rules::CHANGE, rules::post)
        .post(app::brief_workshop::form::POSTED_TO, workshop::post)
        .get("/acte/{secret}", mail_act::show)
        .post("/acte/{secret}", mail_act::answer)
        .get("/desabonner/{secret}", brief_leaving::show)
        .post("/desabonner/{secret}", brief_leaving::press)
        .get("/breve/publique", brief_public::latest)
        .get("/breve/publique/{monday}", brief_public::of_monday)
        .post("/breve/abonnement", brief_public::subscribe)
        .get("/breve/abonnement/{secret}", brief_public::ask)
        .post("/breve/abonnement/{secret}", brief_public::yes)
        .post("/communication/breve/envoi/{monday}", brief_sending::post)
        .post(app::organising::form::POSTED_TO, organising::post)
        .get("/organiser/{event}/liste.csv", organising::csv)
        .post(app::supply::form::POSTED_TO, supply::post)
        .post(app::supply::form::IMPORT, supply::bring)
        .get(app::supply::form::EXPORT, supply::export)
        .post(app::groups::form::GROUPS, groups::post)
        .post(app::governance::form::POSTED_TO, governing::post)
        .post(app::governance::form::CONSULTATIONS, governing::post)
        .post(app::dossiers::form::DOSSIERS, dossiers::post)
        .post(app::desk::form::POSTED_TO, desk::post)
        .post(app::objectives::form::OBJECTIVES, objectives::post)
        .get("/actualites.atom", public_pages::feed)
        .get("/sitemap.xml", public_pages::sitemap)
        .get("/robots.txt", public_pages::robots)
        .get("/communication/pages/{page}/apercu", public_pages::preview)
        .post(app::public_pages::form::POSTED_TO, public_pages::post)
        .post(app::register::form::MEMBERS, register::post)
        .post(app::register::form::CAPITAL, register::post)
        .post(app::register::form::IMPORT, register::bring)
        .get(app::register::form::EXPORT, register::export)
        .get("/bureau/membres/{member}/attestation.pdf", register::certificate_of)
        .get(app::register::form::CERTIFICATE, register::certificate)
        .post(app::register::form::ARRIVING, register::choose)
        .post(app::register::form::PHOTO, register::photo)
        .post(app::register::form::DATA, register::own_data)
        .get("/depart/{secret}", register::left)
        .get("/depart/{secret}/donnees.json", register::left_json)
        .post(app::assembly::form::PREPARE, assembling::post)
        .post(app::assembly::form::SESSION, assembling::post)
        .post(app::assembly::form::VOTE, assembling::vote)
        .get("/presentation", presentation::show)
        .post("/presentation/inscription", presentation::register)
        .get("/sortie/inscription/{secret}", presentation::visit)
        .post("/sortie/inscription/{secret}", presentation::say)
        .post("/mail/dsn", dsn::post)
        .get("/vacation/{id}/agenda.ics", agenda::one_shift)
        .get("/sortie/{event}/agenda.ics", agenda::one_event)
        .get("/agenda/{secret}", agenda::feed)
        .post("/api/v1/agenda", agenda::renew)
        .post("/api/v1/commands", api::commands)
        .get("/api/v1/calendar", api::calendar)
        .get("/api/v1/groups", api::groups)
        .get("/api/v1/briefs", api::briefs)
        .get("/api/v1/events", api::events)
        .get("/api/v1/catalogue", api::catalogue)
        .get("/api/v1/catalogue/{range}/{piece}/{hash}", api::shelf)
        .get("/api/v1/catalogue/fournisseurs/{hash}", api::stories)
        .get("/api/v1/me", api::me)
        .get("/api/v1/live", api::live)
        .post("/api/v1/photos/{id}", photos::keep)
        .get("/photos/{id}", photos::show)
        .post("/api/v1/pictures/{id}", pictures::keep)
        .post("/api/v1/event-pictures/{id}", pictures::keep_cover)
        .post("/api/v1/product-pictures/{id}", pictures::keep_of_product)
        .post("/api/v1/product-pictures/{id}/petite", thumbnails::keep)
        .post("/api/v1/member-pictures/{id}", pictures::keep_of_member)
        .get("/pictures/{id}", pictures::show)
        .get("/pictures/{id}/petite", thumbnails::show)
        .get("/api/v1/push", api::push::device)
        .post("/api/v1/push", api::push::subscribe)
        .post("/api/v1/push/off", api::push::unsubscribe);
    for page in Page::ALL {
        routes = routes.get(page.path(), move |server: State<Server>, asked: HeaderMap| public_pages::show(server, page, asked));
    }
    for path in pages::paths() {
        routes = routes.get(&path, pages::render);
    }
    for path in pages::still_paths() {
        routes = routes.get(&path, pages::render_still);
    }
    for (path, method) in server_fn::axum::server_fn_paths() {
        routes = routes.add(method, path, pages::server_function);
    }
    let Routes { mut router, mut list } = routes;
    router = router.route("/pkg/{*file}", any_service(site::hashed_files(&server)));
    list.push(Route { method: Method::GET, path: "/pkg/{*file}".into() });

    // The last layer is the first to see a request.
    let router = router
        .fallback(site::anything_else)
        .layer(from_fn_with_state(server.clone(), session::gate))
        .layer(from_fn_with_state(server.clone(), csrf::ours_only))
        .layer(map_response_with_state(server.clone(), api::sign))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(server.clone(), problem::tell))
        .layer(from_fn_with_state(server.clone(), headers::strict))
        .layer(from_fn_with_state(server.clone(), log::requests))
        .with_state(server);
    (router, list)
}

/// A bug that a test missed: calm outside, loud in the log.
fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("a request panicked");
    problem::UNWELL.into_response()
}
