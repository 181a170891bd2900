//! What those who run a group type, as plain forms.

use app::governance::form::Refused;
use app::groups::form::{GROUP, GROUPS, HAND};
use axum::extract::{Extension, Request, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use backend::Backend;
use backend::auth::SignedIn;
use backend::groups::{self, Kept};
use domain::groups::{Written, WrittenMinutes};
use domain::id::{GroupId, MemberId, MinutesId};
use domain::procedures::Fields;
use domain::time::paris_day;
use uuid::Uuid;

use crate::forms::Form;
use crate::pages::as_read;
use crate::problem::{self, Problem};
use crate::session::see_other;
use crate::state::Server;
use crate::still_form::{FORM_CAP, come_back};

/// `POST /groupes`: does it, or shows the page again with all that was typed.
pub async fn post(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    act(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn act(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    let page = as_read(&request, Uri::from_static(GROUPS));
    let form = Form::read_within(request, FORM_CAP).await?;
    server.limits.commands(who.member, 1)?;
    let fields = Fields(form.0);
    let asked = Asked { backend: &server.backend, member: who.member, fields: &fields };
    let group = asked.group()?;
    let path = format!("{GROUP}/{group}/{HAND}");
    match asked.done(group).await? {
        Ok(()) => {
            server.live.changed();
            Ok(see_other(&format!("{path}?fait={}", fields.one("geste"))))
        }
        Err(mistakes) => Ok(come_back(server, page, &path, fields, Refused::of_group(mistakes)).await),
    }
}

struct Asked<'a> {
    backend: &'a Backend,
    member: MemberId,
    fields: &'a Fields,
}

impl Asked<'_> {
    async fn done(&self, group: GroupId) -> Result<Kept, Problem> {
        let (backend, member) = (self.backend, self.member);
        let form: Uuid = self.fields.one("id").parse().unwrap_or_else(|_| backend.ids.uuid());
        // A page of ours always says from which revision it was written.
        let base: i32 = self.fields.one("base").parse().unwrap_or(0);
        match self.fields.one("geste") {
            "page" => match Written::read(self.fields) {
                Ok(written) => Ok(groups::set_page(backend, member, group, form, base, &written).await?),
                Err(mistakes) => Ok(Err(mistakes)),
            },
            "compte-rendu" => match (WrittenMinutes::read(self.fields, paris_day(backend.now())), self.minutes()?) {
                (Ok(written), None) => Ok(groups::write_minutes(backend, member, group, form, &written).await?),
                (Ok(written), Some(id)) => Ok(groups::edit_minutes(backend, member, group, form, (id, base), &written).await?),
                (Err(mistakes), _) => Ok(Err(mistakes)),
            },
            _ => Err(problem::NOT_UNDERSTOOD),
        }
    }

    fn group(&self) -> Result<GroupId, Problem> {
        self.fields.one("group").parse().map_err(|_| problem::MALFORMED)
    }

    /// Those that are written again; a new form names none.
    fn minutes(&self) -> Result<Option<MinutesId>, Problem> {
        match self.fields.one("minutes") {
            "" => Ok(None),
            id => id.parse().map(Some).map_err(|_| problem::MALFORMED),
        }
    }
}
