//! A form that is an act.

use std::sync::Arc;

use domain::command::Command;
use domain::id::{CommandId, MemberId};
use leptos::ev::SubmitEvent;
use leptos::leptos_dom::helpers::is_server;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement};

use super::fields::fields;
use super::words::intent_of;
use crate::offline::acts::Acts;
use crate::offline::store::Store;
use crate::visit::Visit;

/// Where a still page's address names the kind of act that was done.
pub const DONE: &str = "fait";

/// Reads what was ticked and typed into the command; nothing when it is not complete.
pub type Read = Arc<dyn Fn(&FormData) -> Option<(Command, String)> + Send + Sync>;

/// Fields that a form with inputs asks for, instead of carrying them.
const INPUTS: [&str; 50] = [
    "wishes",
    "patterns",
    "pattern",
    "skill",
    "note",
    "members",
    "audience",
    "to",
    "mine",
    "why",
    "treatment",
    "reminders",
    "name",
    "text",
    "open",
    "what",
    "tenths",
    "state",
    "remarks",
    "supplier",
    "word",
    "credit",
    "share",
    "with",
    "group",
    "title",
    "picture",
    "alt",
    "width",
    "height",
    "href",
    "label",
    "ready",
    "public",
    "answer",
    "guests",
    "children",
    "diet",
    "hidden",
    "quantity",
    "seats",
    "place",
    "people",
    "consent",
    "day",
    "minutes",
    "phone",
    "show_phone",
    "show_email",
    "words",
];

/// Posts a command as a plain form before, or without, WASM; once the page is alive, the same
/// act goes through the outbox and the page stays.
#[component]
pub fn ActForm(
    /// What the form does; with [`Read`], the part that is already decided.
    command: Command,
    /// What is wanted, in French, for « Mes actions »; empty, it is worded when the act is done.
    #[prop(into)]
    intent: String,
    /// Where the answer is shown without WASM: a path of the app.
    #[prop(into)]
    back: String,
    /// For a form with inputs: their names are the command's fields.
    #[prop(optional)]
    read: Option<Read>,
    /// After the act was taken, once the page is alive: close a sheet, move the focus.
    #[prop(optional, into)]
    then: Option<Callback<CommandId>>,
    /// The form stays on the page, and is empty again for the next act.
    #[prop(optional)]
    again: bool,
    #[prop(optional, into)] class: String,
    children: Children,
) -> impl IntoView {
    let (acts, store) = (Acts::expect(), Store::expect());
    // Once the page is alive nothing is posted.
    let fields = is_server().then(|| hidden(&command, &back, None, read.is_some()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let wanted = match (&read, &form) {
            (Some(read), Some(form)) => FormData::new_with_form(form).ok().and_then(|data| read(&data)),
            (Some(_), None) => None,
            // A page of many forms does not word each of them beforehand.
            (None, _) if intent.is_empty() => Some((command.clone(), intent_of(store, &command))),
            (None, _) => Some((command.clone(), intent.clone())),
        };
        if let Some((command, intent)) = wanted {
            let id = acts.act(fresh(command), intent);
            if let Some(form) = form.filter(|_| again) {
                form.reset();
            }
            if let Some(then) = then {
                then.run(id);
            }
        }
    };
    view! {
        <form method="post" action="/acts" class=class on:submit=submit>
            {fields}
            {children()}
        </form>
    }
}

/// The same act on a page without the app: posted, and answered where `back` leads.
#[component]
pub fn PlainAct(
    /// What the form does; `typed`, the part that is already decided.
    command: Command,
    #[prop(into)] back: String,
    /// For whom it is done, where the office acts for somebody else.
    #[prop(default = None)]
    on_behalf_of: Option<MemberId>,
    /// The form has inputs: their names are the command's fields.
    #[prop(optional)]
    typed: bool,
    #[prop(optional, into)] class: String,
    children: Children,
) -> impl IntoView {
    // The page to which it comes back says what was done.
    let back = format!("{back}{}{DONE}={}", if back.contains('?') { '&' } else { '?' }, command.kind());
    view! {
        <form method="post" action="/acts" class=class>
            {hidden(&command, &back, on_behalf_of, typed)}
            {children()}
        </form>
    }
}

/// What the form carries unseen.
fn hidden(command: &Command, back: &str, on_behalf_of: Option<MemberId>, typed: bool) -> impl IntoView + use<> {
    let nil = uuid::Uuid::nil().to_string();
    let mut fields = fields(command);
    // What inputs say, and what the act creates, is not hidden beside them.
    fields.retain(|(name, value)| !(typed && INPUTS.contains(&name.as_str())) && *value != nil);
    fields.insert(0, ("id".to_owned(), form_id(command, on_behalf_of)));
    fields.insert(1, ("retour".to_owned(), back.to_owned()));
    fields.extend(on_behalf_of.map(|member| ("on_behalf_of".to_owned(), member.to_string())));
    fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()
}

/// Each form of a rendered page has an id of its own, so that posting it twice acts once. In the
/// browser the id is made at each tap instead.
fn form_id(command: &Command, on_behalf_of: Option<MemberId>) -> String {
    let key = serde_json::to_string(command).unwrap_or_default();
    let key = on_behalf_of.map_or_else(|| key.clone(), |member| format!("{key} {member}"));
    use_context::<Visit>().map(|visit| CommandId::derive(visit.seed, &key).to_string()).unwrap_or_default()
}

/// Things that a command creates take new ids at each tap.
fn fresh(mut command: Command) -> Command {
    use crate::offline::clock::{now, uuid};
    match &mut command {
        Command::GiveSeat { offer, .. } | Command::ExchangeSeat { offer, .. } => offer.0 = uuid(),
        Command::ProposeSwap { proposal, .. } => proposal.0 = uuid(),
        Command::WatchSeats { watch, .. } => watch.0 = uuid(),
        Command::AddWalkIn { walk_in, .. } => walk_in.0 = uuid(),
        Command::LeaveNote { note, .. } => note.0 = uuid(),
        Command::AddDelivery { delivery, .. } => delivery.0 = uuid(),
        Command::ReportIncident { incident, .. } => incident.0 = uuid(),
        Command::RequestLeave { request, .. } => request.0 = uuid(),
        Command::OfferCarpool { carpool, .. } => carpool.0 = uuid(),
        Command::CommentEvent { comment, .. } => comment.0 = uuid(),
        Command::AddEventWalkIn { walk_in, .. } => walk_in.0 = uuid(),
        Command::Suggest { suggestion, .. } => suggestion.0 = uuid(),
        Command::AskToJoin { joining, .. } | Command::InviteToGroup { joining, .. } => joining.0 = uuid(),
        Command::AddPoint { point, .. } => point.0 = uuid(),
        Command::OpenDossier { dossier, .. } => dossier.0 = uuid(),
        Command::LogHours { hours, .. } => hours.0 = uuid(),
        Command::AskErasure { erasure, .. } => erasure.0 = uuid(),
        Command::GiveProxy { proxy, .. } => proxy.0 = uuid(),
        // Of a product the line's id is known; one that is there keeps its own.
        Command::PutOnList { item, .. } if item.0.is_nil() => item.0 = uuid(),
        Command::TickItem { at, .. } | Command::TickArrival { at, .. } => *at = Some(now()),
        Command::RecordReading { reading, at, .. } => {
            reading.0 = uuid();
            *at = Some(now());
        }
        _ => {}
    }
    command
}
