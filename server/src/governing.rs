//! What those who govern type, and what members answer between assemblies, as plain forms.

use std::collections::BTreeSet;

use app::governance::form::{CONSULTATIONS, DECISION, MANDATES, MEETING, POSTED_TO, Refused};
use axum::extract::{Extension, Request, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use backend::Backend;
use backend::auth::SignedIn;
use backend::governance::{self, Chosen, Governed};
use chrono::NaiveDate;
use domain::governance::{
    GovernanceMistake, How, MandateMistake, Put, WrittenConsultation, WrittenDecision, WrittenMeeting, minutes_of, points_of,
};
use domain::id::{ConsultationId, DecisionId, MandateId, MeetingId, MemberId};
use domain::procedures::Fields;
use domain::time::paris_day;
use uuid::Uuid;

use crate::forms::Form;
use crate::pages::as_read;
use crate::problem::{self, Problem};
use crate::session::see_other;
use crate::state::Server;
use crate::still_form::{FORM_CAP, come_back};

/// `POST /gouvernance` and `POST /consultations`: does it, or shows the page again with all that was typed.
pub async fn post(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    act(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn act(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    let page = as_read(&request, Uri::from_static(POSTED_TO));
    let form = Form::read_within(request, FORM_CAP).await?;
    server.limits.commands(who.member, 1)?;
    let fields = Fields(form.0);
    let asked = Asked { backend: &server.backend, member: who.member, fields: &fields };
    let done = asked.done().await?;
    let path = asked.path()?;
    match done {
        Ok(()) => {
            server.live.changed();
            Ok(see_other(&format!("{path}?fait={}", fields.one("geste"))))
        }
        Err(mistakes) => Ok(come_back(server, page, &path, fields, Refused::of_governance(mistakes)).await),
    }
}

struct Asked<'a> {
    backend: &'a Backend,
    member: MemberId,
    fields: &'a Fields,
}

impl Asked<'_> {
    /// Where the form stood, and where somebody goes on.
    fn path(&self) -> Result<String, Problem> {
        Ok(match self.fields.one("geste") {
            "reunion" => POSTED_TO.to_owned(),
            "deplacer" | "annuler" | "ordre" | "presences" | "compte-rendu" => format!("{MEETING}/{}", self.meeting()?),
            "decision" => match self.decision()? {
                None => POSTED_TO.to_owned(),
                Some(id) => format!("{DECISION}/{id}"),
            },
            "elire" | "coopter" | "finir" => MANDATES.to_owned(),
            "consulter" => CONSULTATIONS.to_owned(),
            "repondre" | "clore" => format!("{CONSULTATIONS}/{}", self.consultation()?),
            _ => return Err(problem::NOT_UNDERSTOOD),
        })
    }

    async fn done(&self) -> Result<Governed, Problem> {
        match self.fields.one("geste") {
            "reunion" | "deplacer" | "annuler" | "ordre" | "presences" | "compte-rendu" => self.of_meeting().await,
            "decision" => self.of_decision().await,
            "elire" | "coopter" | "finir" => self.of_mandate().await,
            "consulter" | "repondre" | "clore" => self.of_consultation().await,
            _ => Err(problem::NOT_UNDERSTOOD),
        }
    }

    async fn of_meeting(&self) -> Result<Governed, Problem> {
        let (backend, member, form) = (self.backend, self.member, self.form());
        if self.fields.one("geste") == "reunion" {
            return match WrittenMeeting::read(self.fields) {
                Ok(written) => Ok(governance::plan_meeting(backend, member, form, &written).await?),
                Err(mistakes) => Ok(Err(mistakes)),
            };
        }
        let id = self.meeting()?;
        Ok(match self.fields.one("geste") {
            "deplacer" => match WrittenMeeting::read(self.fields) {
                Ok(written) => governance::move_meeting(backend, member, form, id, &written).await?,
                Err(mistakes) => Err(mistakes),
            },
            "annuler" => governance::call_off(backend, member, form, id, self.fields.one("mot")).await?,
            "ordre" => match points_of(self.fields) {
                Ok(points) => governance::arrange(backend, member, form, id, &points).await?,
                Err(mistakes) => Err(mistakes),
            },
            "presences" => {
                let (present, excused) = (self.members("present")?, self.members("excuse")?);
                governance::mark_presences(backend, member, form, id, (&present, &excused)).await?
            }
            _ => {
                let text = minutes_of(self.fields);
                governance::write_minutes(backend, member, form, (id, self.base()), &text).await?
            }
        })
    }

    async fn of_decision(&self) -> Result<Governed, Problem> {
        let (backend, member, form) = (self.backend, self.member, self.form());
        let written = match WrittenDecision::read(self.fields, paris_day(backend.now())) {
            Ok(written) => written,
            Err(mistakes) => return Ok(Err(mistakes.into_iter().map(GovernanceMistake::Decision).collect())),
        };
        Ok(match self.decision()? {
            None => governance::record_decision(backend, member, form, &written).await?,
            Some(id) => governance::edit_decision(backend, member, form, (id, self.base()), &written).await?,
        })
    }

    async fn of_mandate(&self) -> Result<Governed, Problem> {
        let (backend, member, form) = (self.backend, self.member, self.form());
        let words = self.fields.one("mot");
        if self.fields.one("geste") == "finir" {
            let id: MandateId = self.fields.one("mandat").parse().map_err(|_| problem::MALFORMED)?;
            return match self.day("jour") {
                Some(on) => Ok(governance::end_mandate(backend, member, form, id, on, words).await?),
                None => Ok(Err(vec![bad_day()])),
            };
        }
        let how = if self.fields.one("geste") == "elire" { How::Elected } else { How::Coopted };
        let other = self.day(if how == How::Elected { "jour" } else { "fin" });
        let Ok(chosen) = self.fields.one("qui").parse::<MemberId>() else {
            return Ok(Err(vec![GovernanceMistake::Mandate(MandateMistake::NobodyChosen)]));
        };
        let Ok(seat) = self.fields.one("siege").parse::<u8>() else {
            return Ok(Err(vec![GovernanceMistake::Mandate(MandateMistake::BadSeat)]));
        };
        let (Some(from), Some(other)) = (self.day("debut"), other) else { return Ok(Err(vec![bad_day()])) };
        let chosen = Chosen { member: chosen, seat, how, from, other, words: words.to_owned() };
        Ok(governance::choose(backend, member, form, &chosen).await?)
    }

    async fn of_consultation(&self) -> Result<Governed, Problem> {
        let (backend, member, form) = (self.backend, self.member, self.form());
        let of = |mistakes: Vec<_>| mistakes.into_iter().map(GovernanceMistake::Consultation).collect::<Vec<_>>();
        Ok(match self.fields.one("geste") {
            "consulter" => match WrittenConsultation::read(self.fields, backend.now()) {
                Ok(written) => governance::open_consultation(backend, member, form, &written).await?,
                Err(mistakes) => Err(of(mistakes)),
            },
            "clore" => governance::close_consultation(backend, member, form, self.consultation()?).await?,
            _ => {
                let id = self.consultation()?;
                let known = governance::consultation(backend, member, id).await?;
                match Put::read(&known.consultation.asked, self.fields) {
                    Ok(put) => governance::put(backend, member, id, &put).await?,
                    Err(mistakes) => Err(of(mistakes)),
                }
            }
        })
    }

    /// What the form makes has its id: sent twice, it is one.
    fn form(&self) -> Uuid {
        self.fields.one("id").parse().unwrap_or_else(|_| self.backend.ids.uuid())
    }

    /// The revision from which it was written; a page of ours always says it.
    fn base(&self) -> i32 {
        self.fields.one("base").parse().unwrap_or(0)
    }

    fn day(&self, field: &str) -> Option<NaiveDate> {
        self.fields.one(field).parse().ok()
    }

    fn meeting(&self) -> Result<MeetingId, Problem> {
        self.fields.one("reunion").parse().map_err(|_| problem::MALFORMED)
    }

    /// One that is written again; a new form names none.
    fn decision(&self) -> Result<Option<DecisionId>, Problem> {
        match self.fields.one("decision") {
            "" => Ok(None),
            id => id.parse().map(Some).map_err(|_| problem::MALFORMED),
        }
    }

    fn consultation(&self) -> Result<ConsultationId, Problem> {
        self.fields.one("consultation").parse().map_err(|_| problem::MALFORMED)
    }

    fn members(&self, field: &str) -> Result<BTreeSet<MemberId>, Problem> {
        self.fields.all(field).map(|id| id.parse().map_err(|_| problem::MALFORMED)).collect()
    }
}

fn bad_day() -> GovernanceMistake {
    GovernanceMistake::Mandate(MandateMistake::BadDay)
}
