//! What the pages ask, with the network only.

use chrono::NaiveDate;
use domain::board::when;
use domain::brief::Picture;
use domain::calendar::{Calendar, SkillLabel};
use domain::id::{MemberId, MemberImportId, SeatId};
use domain::office::Found;
use domain::reason::When;
use domain::register::import::{ImportLine, Importing};
use domain::register::{
    Alikes, Arrivals, Card, Desk, ErasureInHand, Invitable, LeavingPreview, MergePreview, Mistake, OpenSeat, OwnArrival,
    Settings, Trail,
};
use domain::share::Finances;
use domain::shifts::ShiftState;
use domain::time::Instant;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Post};
use serde::{Deserialize, Serialize};

use crate::api::{ApiError, Text};

/// Somebody's card, the recurring seats that are free, and what a share comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardInHand {
    pub card: Card,
    pub seats: Vec<OpenSeat>,
    pub settings: Settings,
    /// Who could welcome them, by name.
    pub sponsors: Vec<Found>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewMember {
    pub skills: Vec<SkillLabel>,
    pub today: NaiveDate,
}

/// What leaving on a day would end, or why it cannot be that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Departing {
    pub card: Card,
    pub today: NaiveDate,
    pub preview: Option<Result<LeavingPreview, Vec<Mistake>>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duplicates {
    pub alikes: Alikes,
    /// Two cards, beside one another.
    pub merge: Option<MergePreview>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inviting {
    pub now: Instant,
    pub people: Vec<Invitable>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArrivalsInHand {
    pub arrivals: Arrivals,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportsInHand {
    /// The newest first.
    pub imports: Vec<ImportLine>,
    pub as_of: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileInHand {
    pub importing: Importing,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoInHand {
    pub photo: Option<Picture>,
    pub me: MemberId,
}

/// What was done to whose account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailOf {
    pub trail: Trail,
    /// Nothing: my own.
    pub name: Option<String>,
}

/// The register, searched.
#[server(prefix = "/api", endpoint = "v1/register", input = GetUrl, output = Post<Text>)]
pub async fn register_desk(filter: String, typed: String, page: usize) -> Result<Desk, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::register::desk(&backend, who.member, domain::register::Filter::named(&filter), &typed, page).await.map_err(api_error)
}

/// One card.
#[server(prefix = "/api", endpoint = "v1/register/card", input = GetUrl, output = Post<Text>)]
pub async fn register_card(member: MemberId) -> Result<CardInHand, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let card = backend::register::card(&backend, who.member, member).await.map_err(api_error)?;
    let seats = backend::register::open_seats(&backend, who.member).await.map_err(api_error)?;
    let settings = backend::register::settings(&backend, who.member).await.map_err(api_error)?;
    let sponsors = if card.arriving.is_some() {
        backend::register::arrivals(&backend, who.member).await.map_err(api_error)?.sponsors
    } else {
        Vec::new()
    };
    Ok(CardInHand { card, seats, settings, sponsors })
}

/// What a new card begins with.
#[server(prefix = "/api", endpoint = "v1/register/new", input = GetUrl, output = Post<Text>)]
pub async fn register_new() -> Result<NewMember, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let (skills, today) = backend::register::beginning(&backend, who.member).await.map_err(api_error)?;
    Ok(NewMember { skills, today })
}

/// Somebody's departure: noted, or what it would end on that day.
#[server(prefix = "/api", endpoint = "v1/register/leaving", input = GetUrl, output = Post<Text>)]
pub async fn register_leaving(member: MemberId, on: Option<NaiveDate>) -> Result<Departing, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let card = backend::register::card(&backend, who.member, member).await.map_err(api_error)?;
    let preview = match on {
        Some(on) => Some(backend::register::leaving_preview(&backend, who.member, member, on).await.map_err(api_error)?),
        None => None,
    };
    Ok(Departing { card, today: domain::time::paris_day(backend.now()), preview })
}

/// Who may be registered twice; two of them beside one another where both are named, the one that stays by its number too.
#[server(prefix = "/api", endpoint = "v1/register/duplicates", input = GetUrl, output = Post<Text>)]
pub async fn register_alikes(
    keeps: Option<MemberId>,
    goes: Option<MemberId>,
    number: Option<i32>,
) -> Result<Duplicates, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let alikes = backend::register::alikes(&backend, who.member).await.map_err(api_error)?;
    let keeps = match number {
        Some(number) => {
            let people = backend::register::people(&backend, who.member).await.map_err(api_error)?;
            let found = people.into_iter().find(|person| person.number == number).map(|person| person.id);
            Some(found.ok_or_else(|| api_error(backend::error::Error::NotFound))?)
        }
        None => keeps,
    };
    let merge = match keeps.zip(goes) {
        Some((keeps, goes)) => {
            Some(backend::register::merge_preview(&backend, who.member, keeps, goes).await.map_err(api_error)?)
        }
        None => None,
    };
    Ok(Duplicates { alikes, merge })
}

/// Who never signed in.
#[server(prefix = "/api", endpoint = "v1/register/invitations", input = GetUrl, output = Post<Text>)]
pub async fn register_invitations() -> Result<Inviting, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let people = backend::register::invitables(&backend, who.member).await.map_err(api_error)?;
    Ok(Inviting { now: backend.now(), people })
}

/// Who asks to be erased.
#[server(prefix = "/api", endpoint = "v1/register/erasures", input = GetUrl, output = Post<Text>)]
pub async fn register_erasures() -> Result<Vec<ErasureInHand>, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::register::erasures(&backend, who.member).await.map_err(api_error)
}

/// Who is on their way in.
#[server(prefix = "/api", endpoint = "v1/register/arrivals", input = GetUrl, output = Post<Text>)]
pub async fn register_arrivals() -> Result<ArrivalsInHand, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let arrivals = backend::register::arrivals(&backend, who.member).await.map_err(api_error)?;
    Ok(ArrivalsInHand { arrivals })
}

/// My own way in; nothing once I have arrived.
#[server(prefix = "/api", endpoint = "v1/arriving", input = GetUrl, output = Post<Text>)]
pub async fn register_own_arrival() -> Result<Option<OwnArrival>, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::register::own_arrival(&backend, &who).await.map_err(api_error)
}

/// The co-op's capital, and where other money comes from.
#[server(prefix = "/api", endpoint = "v1/capital", input = GetUrl, output = Post<Text>)]
pub async fn register_finances() -> Result<Finances, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::share::finances(&backend, who.member).await.map_err(api_error)
}

/// What was brought in.
#[server(prefix = "/api", endpoint = "v1/register/imports", input = GetUrl, output = Post<Text>)]
pub async fn register_imports() -> Result<ImportsInHand, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let imports = backend::register::import::imports(&backend, who.member).await.map_err(api_error)?;
    Ok(ImportsInHand { imports, as_of: backend.now() })
}

/// A file on its way in.
#[server(prefix = "/api", endpoint = "v1/register/file", input = GetUrl, output = Post<Text>)]
pub async fn register_file(import: MemberImportId) -> Result<FileInHand, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let importing = backend::register::import::importing(&backend, who.member, import).await.map_err(api_error)?;
    Ok(FileInHand { importing })
}

/// What was done to an account: my own, or, for the office, somebody's.
#[server(prefix = "/api", endpoint = "v1/trail", input = GetUrl, output = Post<Text>)]
pub async fn register_trail(member: Option<MemberId>) -> Result<TrailOf, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let whose = member.unwrap_or(who.member);
    let trail = backend::register::trail(&backend, who.member, whose).await.map_err(api_error)?;
    let name = match member {
        Some(member) => Some(backend::register::card(&backend, who.member, member).await.map_err(api_error)?.name()),
        None => None,
    };
    Ok(TrailOf { trail, name })
}

/// My photo.
#[server(prefix = "/api", endpoint = "v1/photo", input = GetUrl, output = Post<Text>)]
pub async fn register_photo() -> Result<PhotoInHand, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let photo = backend::register::photo_of(&backend, &who).await.map_err(api_error)?;
    Ok(PhotoInHand { photo, me: who.member })
}

/// What may be done in somebody's name: who it is, the seats that they hold, and those that are free.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForThem {
    pub card: Card,
    pub held: Vec<(SeatId, When)>,
    /// Each with what it asks for, where it does.
    pub free: Vec<(SeatId, When, Option<String>)>,
}

/// So far ahead seats are chosen for somebody. Days.
const AHEAD_D: i64 = 28;

impl ForThem {
    pub fn of(card: Card, calendar: &Calendar, now: Instant) -> ForThem {
        let to_come = calendar.shifts.iter().filter(|shift| {
            let soon = shift.starts_at > now && shift.starts_at - now < chrono::Duration::days(AHEAD_D);
            soon && shift.state == ShiftState::Planned
        });
        let (mut held, mut free) = (Vec::new(), Vec::new());
        for shift in to_come {
            held.extend(shift.seat_of(card.id).map(|seat| (seat, when(shift))));
            let open = shift.seat_ids().filter(|id| !calendar.kept.iter().any(|kept| kept.seat == *id));
            for (id, seat) in open.filter_map(|id| Some((id, shift.seat(id)?))).filter(|(_, seat)| seat.holder.is_none()) {
                let asks = if seat.lead { Some("animation".to_owned()) } else { None };
                let asks = asks.or_else(|| seat.skill.as_ref().map(|skill| calendar.skill_label(skill)));
                free.push((id, when(shift), asks));
            }
        }
        ForThem { card, held, free }
    }
}

/// For the office, about somebody.
#[server(prefix = "/api", endpoint = "v1/register/for", input = GetUrl, output = Post<Text>)]
pub async fn register_for_them(member: MemberId) -> Result<ForThem, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let card = backend::register::card(&backend, who.member, member).await.map_err(api_error)?;
    let shared = expect_context::<std::sync::Arc<backend::snapshots::Shared>>();
    let at = shared.seen(&backend, &who).await.map_err(api_error)?;
    Ok(ForThem::of(card, &at.calendar, at.now))
}
