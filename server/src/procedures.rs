//! What Distribution types, as plain forms; and the records as a file for a spreadsheet.

use app::procedures::form::Typed;
use axum::extract::{Extension, RawQuery, Request, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use backend::auth::SignedIn;
use backend::procedures::{self, Kept};
use domain::id::{DeliveryId, FridgeId};
use domain::procedures::{Fields, Records, period};
use domain::time::paris_day;
use leptos::prelude::provide_context;
use uuid::Uuid;

use crate::download;
use crate::forms::Form;
use crate::pages::{as_read, render_still_with};
use crate::problem::{self, Problem};
use crate::session::see_other;
use crate::state::Server;

pub mod table;

/// `POST /distribution/procedures`: keeps it, or shows the form again with all that was typed.
pub async fn post(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    keep(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn keep(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    let overview = as_read(&request, Uri::from_static(app::procedures::form::POSTED_TO));
    let list = as_read(&request, Uri::from_static("/distribution/procedures/liste"));
    let form = Form::read(request).await?;
    server.limits.commands(who.member, 1)?;
    let fields = Fields(form.0);
    let act = fields.one("geste").to_owned();
    let id: Uuid = fields.one("id").parse().unwrap_or_else(|_| server.backend.ids.uuid());
    let named = |name: &str| fields.one(name).parse::<Uuid>().ok();
    let (backend, member) = (&server.backend, who.member);
    let given = |name: &'static str| named(name).ok_or(problem::MALFORMED);
    let kept: Kept = match act.as_str() {
        "liste" => {
            let slug = Some(fields.one("liste")).filter(|slug| !slug.is_empty());
            procedures::set_list(backend, member, id, slug, &fields).await?
        }
        "liste-fin" => Ok(procedures::end_list(backend, member, id, fields.one("liste")).await?),
        "frigo" => procedures::set_fridge(backend, member, FridgeId(id), named("frigo").map(FridgeId), &fields).await?,
        "frigo-fin" => Ok(procedures::retire_fridge(backend, member, FridgeId(given("frigo")?)).await?),
        "livraison" => procedures::expect_delivery(backend, member, DeliveryId(id), &fields).await?,
        "livraison-fin" => Ok(procedures::no_longer_expect(backend, member, DeliveryId(given("livraison")?)).await?),
        "cle" => procedures::give_key(backend, member, named("laquelle").unwrap_or(id), &fields).await?,
        "cle-fin" => Ok(procedures::take_key_off(backend, member, given("laquelle")?).await?),
        // What is said of the alarm is shown on no page: the form cannot hold more than is kept.
        "alarme" => match procedures::set_alarm(backend, member, &fields).await? {
            Ok(()) => Ok(()),
            Err(_) => return Err(problem::TOO_LARGE),
        },
        _ => return Err(problem::NOT_UNDERSTOOD),
    };
    if kept.is_err() {
        let page = if act == "liste" { list } else { overview };
        return Ok(come_back(server, page, fields).await);
    }
    server.live.changed();
    Ok(see_other(&format!("{}?fait={act}", app::procedures::form::POSTED_TO)))
}

/// The page of the form, with all that was typed.
async fn come_back(server: &Server, page: Request, fields: Fields) -> Response {
    let typed = Typed(Fields(fields.0.into_iter().filter(|(name, _)| name != "id").collect()));
    let mut response = render_still_with(server, page, move || provide_context(typed.clone())).await;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

/// `GET /distribution/releves.csv?du=…&au=…`
pub async fn csv(State(server): State<Server>, Extension(who): Extension<SignedIn>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let fields = Fields(url::form_urlencoded::parse(query.as_bytes()).into_owned().collect());
    let period = period(&fields, paris_day(server.backend.now()));
    match procedures::records(&server.backend, who.member, period).await {
        Ok(records) => file(&records),
        Err(error) => Problem::from(error).into_response(),
    }
}

fn file(records: &Records) -> Response {
    let name = format!("releves-{}-{}.csv", records.from, records.to);
    download::csv(table::of(records), &name)
}
