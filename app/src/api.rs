//! Server functions, and the one place where an error becomes a status.

use std::collections::BTreeMap;

use domain::coverage::{Figures, Group};
use domain::id::{CommandId, MemberId, ShiftId};
use domain::json::{Unreadable, parse};
use domain::machine::Machine;
use domain::members::{ShortName, Skill};
use domain::office::{AskedOfOffice, Certificate, Found, MemberLedger};
use domain::outcome::Outcome;
use domain::reach::{Letter, ToReach};
use domain::time::Instant;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json, JsonEncoding, Post};
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Why the server did not answer what was asked; never what its database said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiError {
    SignedOut,
    NotAllowed,
    NotFound,
    /// Try again later: the database is away.
    Unavailable,
    /// The network, or something that is not our server, answered.
    NotReached,
}

impl FromServerFnError for ApiError {
    type Encoder = Text;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => ApiError::NotFound,
            _ => ApiError::NotReached,
        }
    }
}

impl ApiError {
    /// The status of an answer that says this.
    pub fn status(&self) -> u16 {
        match self {
            ApiError::SignedOut => 401,
            ApiError::NotAllowed => 403,
            ApiError::NotFound => 404,
            ApiError::Unavailable => 503,
            // What was asked could not be read.
            ApiError::NotReached => 400,
        }
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            ApiError::SignedOut => "signed out",
            ApiError::NotAllowed => "not allowed",
            ApiError::NotFound => "not found",
            ApiError::Unavailable => "unavailable",
            ApiError::NotReached => "not reached",
        })
    }
}

impl std::error::Error for ApiError {}

/// JSON that is read as everything else in the browser is: another way of reading would compile
/// every type a second time.
pub struct Text;

impl ContentType for Text {
    const CONTENT_TYPE: &'static str = JsonEncoding::CONTENT_TYPE;
}

impl FormatType for Text {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for Text {
    type Error = serde_json::Error;

    fn encode(output: &T) -> Result<Bytes, serde_json::Error> {
        serde_json::to_vec(output).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for Text {
    type Error = Unreadable;

    fn decode(bytes: Bytes) -> Result<T, Unreadable> {
        parse(&String::from_utf8_lossy(&bytes))
    }
}

/// Who held a seat, who moved it, when: newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryRow {
    pub position: i16,
    pub at: Instant,
    pub from: Option<ShortName>,
    pub to: Option<ShortName>,
    pub how: domain::effect::How,
    /// Who made the change, where it was neither of them.
    pub by: Option<ShortName>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    pub id: domain::id::SessionId,
    pub name: String,
    pub last_seen_on: chrono::NaiveDate,
    pub here: bool,
}

/// What an invitation shows before anything is decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationPage {
    pub offer: domain::id::OfferId,
    pub from: ShortName,
    pub when: domain::reason::When,
    pub skill: Option<String>,
    pub expires_at: Instant,
    /// The reader's own reason why not, if there is one.
    pub why_not: Option<domain::reason::Reason>,
    /// What taking it counts as.
    pub bearing: Option<domain::view::choices::Bearing>,
    pub now: Instant,
    pub mine: bool,
}

/// Somebody behind an address: « Qui es-tu ? »
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    pub id: domain::id::MemberId,
    pub name: ShortName,
}

/// The history of a shift's seats: network only.
#[server(prefix = "/api", endpoint = "v1/history", input = GetUrl, output = Post<Text>)]
pub async fn history(shift: ShiftId) -> Result<Vec<HistoryRow>, ApiError> {
    let (backend, _) = signed_in()?;
    let rows = backend::swaps::history(&backend, shift).await.map_err(api_error)?;
    Ok(rows
        .into_iter()
        .map(|row| HistoryRow {
            position: row.position,
            at: row.at,
            from: row.from.map(|who| who.name),
            to: row.to.map(|who| who.name),
            how: row.how,
            by: row.by.map(|who| who.name),
        })
        .collect())
}

/// Where I am signed in: network only.
#[server(prefix = "/api", endpoint = "v1/devices", input = GetUrl, output = Post<Text>)]
pub async fn devices() -> Result<Vec<Device>, ApiError> {
    let (backend, who) = signed_in()?;
    let devices = backend::auth::devices(&backend, &who).await.map_err(api_error)?;
    Ok(devices
        .into_iter()
        .map(|device| Device {
            here: device.id == who.session,
            id: device.id,
            name: device.name,
            last_seen_on: device.last_seen_on,
        })
        .collect())
}

/// The people behind my address, to switch to: network only.
#[server(prefix = "/api", endpoint = "v1/behind", input = GetUrl, output = Post<Text>)]
pub async fn behind() -> Result<Vec<Candidate>, ApiError> {
    let (backend, who) = signed_in()?;
    let people = backend::auth::people_behind(&backend, &who).await.map_err(api_error)?;
    Ok(people.into_iter().map(|(id, name)| Candidate { id, name }).collect())
}

/// Who may be chosen after the code; nobody before it.
#[server(prefix = "/api", endpoint = "v1/who", input = GetUrl, output = Post<Text>)]
pub async fn who_are_you() -> Result<Vec<Candidate>, ApiError> {
    let backend = expect_context::<backend::Backend>();
    let ticket = use_context::<crate::visit::Visit>().and_then(|visit| visit.ticket).ok_or(ApiError::SignedOut)?;
    let people = backend::auth::people_of_ticket(&backend, &ticket).await.map_err(api_error)?;
    Ok(people.into_iter().map(|(id, name)| Candidate { id, name }).collect())
}

#[server(prefix = "/api", endpoint = "v1/invitation", input = Json, output = Post<Text>)]
pub async fn invitation(secret: String) -> Result<Option<InvitationPage>, ApiError> {
    let (backend, who) = signed_in()?;
    let Some(shown) = backend::swaps::invitation(&backend, &secret).await.map_err(api_error)? else {
        return Ok(None);
    };
    if !shown.open {
        return Ok(None);
    }
    let shared = expect_context::<std::sync::Arc<backend::snapshots::Shared>>();
    let at = shared.seen(&backend, &who).await.map_err(api_error)?;
    let (skill, why_not) = crate::swaps::seen_by(at.as_seen(), shown.offer, shown.seat, shown.from.member);
    Ok(Some(InvitationPage {
        offer: shown.offer,
        mine: shown.from.member == who.member,
        from: shown.from.name,
        when: shown.when,
        skill,
        expires_at: shown.expires_at,
        why_not,
        bearing: at.calendar.shift(shown.seat.shift).map(|shift| domain::view::choices::if_taken(at.as_seen(), shift)),
        now: at.now,
    }))
}

/// What became of one of my acts: how a page without WASM learns it.
#[server(prefix = "/api", endpoint = "v1/act", input = GetUrl, output = Post<Text>)]
pub async fn act(id: CommandId) -> Result<Option<Outcome>, ApiError> {
    let (backend, who) = signed_in()?;
    backend::command::stored(&backend, who.member, id).await.map_err(api_error)
}

/// Whom closing a shift tells, for the office: its team, then those who had ticked it.
#[server(prefix = "/api", endpoint = "v1/closing", input = GetUrl, output = Post<Text>)]
pub async fn closing(shift: ShiftId) -> Result<Vec<ShortName>, ApiError> {
    let (backend, who) = signed_in()?;
    let shared = expect_context::<std::sync::Arc<backend::snapshots::Shared>>();
    let at = shared.seen(&backend, &who).await.map_err(api_error)?;
    if !at.me.rights.office {
        answer_with(403);
        return Err(ApiError::NotAllowed);
    }
    let team = domain::decide::affected(at.calendar.shift(shift).ok_or(ApiError::NotFound)?);
    let mut told: Vec<ShortName> = team.into_iter().map(|id| at.calendar.name(id)).collect();
    told.extend(backend::swaps::who_ticked(&backend, shift).await.map_err(api_error)?);
    Ok(told)
}

/// Whom what we send does not reach, for the office.
#[server(prefix = "/api", endpoint = "v1/office/reach", input = GetUrl, output = Post<Text>)]
pub async fn unreached() -> Result<ToReach, ApiError> {
    let (backend, who) = signed_in()?;
    backend::reach::to_reach(&backend, who.member).await.map_err(api_error)
}

/// What the office prints for a member.
#[server(prefix = "/api", endpoint = "v1/office/letter", input = GetUrl, output = Post<Text>)]
pub async fn printed_letter(member: MemberId) -> Result<Letter, ApiError> {
    let (backend, who) = signed_in()?;
    backend::reach::letter(&backend, who.member, member).await.map_err(api_error)
}

/// What members ask of the office, for the office.
#[server(prefix = "/api", endpoint = "v1/office/requests", input = GetUrl, output = Post<Text>)]
pub async fn requests() -> Result<AskedOfOffice, ApiError> {
    let (backend, who) = signed_in()?;
    backend::ledger::asked(&backend, who.member).await.map_err(api_error)
}

/// Members whose name or number answers to what was typed; nobody where nothing was. For the office.
#[server(prefix = "/api", endpoint = "v1/office/members", input = GetUrl, output = Post<Text>)]
pub async fn find_members(typed: String) -> Result<Vec<Found>, ApiError> {
    let (backend, who) = signed_in()?;
    let mut people = backend::ledger::find(&backend, who.member).await.map_err(api_error)?;
    people.retain(|found| crate::office::is_called(found, &typed));
    Ok(people)
}

/// A member's count, for the office.
#[server(prefix = "/api", endpoint = "v1/office/ledger", input = GetUrl, output = Post<Text>)]
pub async fn ledger_of_member(member: MemberId) -> Result<MemberLedger, ApiError> {
    let (backend, who) = signed_in()?;
    backend::ledger::of_member(&backend, who.member, member).await.map_err(api_error)
}

/// My own hours of a year, from the whole ledger.
#[server(prefix = "/api", endpoint = "v1/certificate", input = GetUrl, output = Post<Text>)]
pub async fn certificate_of_year(year: Option<i32>) -> Result<Certificate, ApiError> {
    let (backend, who) = signed_in()?;
    backend::ledger::hours(&backend, who.member, year).await.map_err(api_error)
}

/// What could not be delivered, what waits, and how the periodic work goes, for the office.
#[server(prefix = "/api", endpoint = "v1/office/machine", input = GetUrl, output = Post<Text>)]
pub async fn machine_state() -> Result<Machine, ApiError> {
    let (backend, who) = signed_in()?;
    backend::jobs::machine(&backend, who.member).await.map_err(api_error)
}

/// How much waits for the office behind each of its doors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Todo {
    pub to_reach: usize,
    pub machine: usize,
    #[serde(default)]
    pub requests: usize,
    /// Of the whole queue, what is for today at the latest.
    #[serde(default)]
    pub pressing: usize,
    /// Who asks to be erased.
    #[serde(default)]
    pub erasures: usize,
    /// Newcomers for whom nothing was done for long.
    #[serde(default)]
    pub stuck: usize,
}

#[server(prefix = "/api", endpoint = "v1/office/todo", input = GetUrl, output = Post<Text>)]
pub async fn office_todo() -> Result<Todo, ApiError> {
    use domain::register::ErasureState;
    let (backend, who) = signed_in()?;
    let list = backend::reach::to_reach(&backend, who.member).await.map_err(api_error)?;
    let machine = backend::jobs::machine(&backend, who.member).await.map_err(api_error)?;
    let asked = backend::ledger::asked(&backend, who.member).await.map_err(api_error)?;
    let requests = asked.pending.iter().filter(|asking| !asking.own).count();
    let erasures = backend::register::erasures(&backend, who.member).await.map_err(api_error)?;
    let erasures = erasures.iter().filter(|asked| !asked.own && asked.erasure.state == ErasureState::Pending).count();
    let arrivals = backend::register::arrivals(&backend, who.member).await.map_err(api_error)?;
    let stuck = arrivals.people.iter().filter(|person| person.way.stuck).count();
    let queue = backend::desk::queue(&backend, who.member).await.map_err(api_error)?;
    let pressing = queue.pressing(domain::time::paris_day(queue.now));
    Ok(Todo { to_reach: list.urgent(), machine: machine.troubles(), requests, pressing, erasures, stuck })
}

/// What the coverage board shows beyond the calendar, for whoever answers for the shifts.
#[server(prefix = "/api", endpoint = "v1/coverage", input = GetUrl, output = Post<Text>)]
pub async fn coverage_figures() -> Result<Figures, ApiError> {
    let (backend, who) = signed_in()?;
    backend::coverage::figures(&backend, who.member).await.map_err(api_error)
}

/// Whom to call for a shift, and for when it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Callable {
    pub when: domain::reason::When,
    pub groups: Vec<Group>,
    pub labels: BTreeMap<Skill, String>,
}

#[server(prefix = "/api", endpoint = "v1/coverage/people", input = GetUrl, output = Post<Text>)]
pub async fn whom_to_call(shift: ShiftId) -> Result<Callable, ApiError> {
    let (backend, who) = signed_in()?;
    let backend::coverage::Callable { when, groups, labels } =
        backend::coverage::callable(&backend, who.member, shift).await.map_err(api_error)?;
    Ok(Callable { when, groups, labels })
}

/// While rendering a page that does not exist: the answer is a 404.
#[server(prefix = "/api", endpoint = "v1/nothing", input = GetUrl, output = Post<Text>)]
pub async fn nothing_here() -> Result<(), ApiError> {
    answer_with(404);
    Ok(())
}

pub mod rules;

#[cfg(feature = "ssr")]
pub mod on_server;
#[cfg(feature = "ssr")]
use on_server::{answer_with, api_error, signed_in};
