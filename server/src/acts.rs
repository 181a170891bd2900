//! `POST /acts`: the same commands as on the wire, from plain forms.

use axum::extract::{Extension, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use backend::auth::SignedIn;
use backend::command;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::CommandId;
use domain::outcome::Outcome;
use domain::reason::Reason;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::cookies::Cookie;
use crate::forms::Form;
use crate::problem::{self, Problem};
use crate::session::{Token, see_other};
use crate::sign_in::same_site_path;
use crate::state::Server;

/// Fields that are not the command's own.
const ABOUT_THE_FORM: [&str; 4] = ["id", "kind", "retour", "schema"];
/// Fields that may come several times.
const LISTS: [&str; 5] = ["wishes", "patterns", "reminders", "settles", "items"];
/// The four fields that say one habit together.
const HABIT: [&str; 4] = ["pattern_weekday", "pattern_moment", "pattern_from", "pattern_to"];
/// Texts that may be empty, or of which the rule says that they are missing.
const TEXTS: [&str; 3] = ["note", "why", "title"];
/// How long the page may show an invitation's link without WASM, in seconds.
const LINK_SHOWN_S: i64 = 600;

/// Runs the command, and sends the browser back to the page, where the outcome is shown.
pub async fn post(
    State(server): State<Server>,
    Extension(who): Extension<SignedIn>,
    Extension(token): Extension<Token>,
    request: Request,
) -> Response {
    act(&server, &who, &token, request).await.unwrap_or_else(IntoResponse::into_response)
}

async fn act(server: &Server, who: &SignedIn, token: &Token, request: Request) -> Result<Response, Problem> {
    let form = Form::read(request).await?;
    let id: CommandId = form.one("id").and_then(|id| id.parse().ok()).ok_or(problem::MALFORMED)?;
    let mut envelope = envelope(&form, id).ok_or(problem::MALFORMED)?;
    let secret = (form.one("kind") == Some("invite")).then(|| secret_of(token, id));
    if let Some(secret) = &secret {
        let hash = hex::encode(Sha256::digest(secret.as_bytes()));
        envelope.insert("secret_hash".into(), hash.into());
    }
    server.limits.commands(who.member, 1)?;
    let answers = command::perform_all(&server.backend, who.member, vec![Value::Object(envelope)]).await?;
    server.live.changed();

    let back = form.one("retour").and_then(same_site_path).unwrap_or("/");
    let outcome = answers.into_iter().next().map(|answer| answer.outcome);
    // Nothing is stored of these: the page would find nothing to say under the act's name.
    if let Some(Outcome::Refused { reason: Reason::NotUnderstood | Reason::AppTooOld | Reason::TooOld }) = outcome {
        return Err(problem::NOT_UNDERSTOOD);
    }
    let again = matches!(outcome, Some(Outcome::Refused { reason: Reason::IdReused }));
    let mut response = see_other(&with_act(back, id, again));
    if let (Some(secret), Some(Outcome::Applied { .. })) = (secret, outcome) {
        let shown = Cookie::Invitation.set(&format!("{id}:{secret}"), LINK_SHOWN_S, server.https());
        response.headers_mut().append(header::SET_COOKIE, shown);
    }
    Ok(response)
}

/// An invitation's secret, made from what only this device and this form know: posting the form
/// again makes the same one, so that it stays one act.
fn secret_of(token: &Token, id: CommandId) -> String {
    let mut hash = Sha256::new();
    hash.update(b"alpar invitation\0");
    hash.update(token.0.as_bytes());
    hash.update(id.0.as_bytes());
    URL_SAFE_NO_PAD.encode(&hash.finalize()[..16])
}

/// The page, with the act whose outcome it shows.
fn with_act(back: &str, id: CommandId, again: bool) -> String {
    let (path, query) = back.split_once('?').unwrap_or((back, ""));
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    let kept = url::form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| !matches!(name.as_ref(), "act" | "encore"));
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(kept).append_pair("act", &id.to_string());
    if again {
        query.append_pair("encore", "1");
    }
    format!("{path}?{}", query.finish())
}

/// The form as the wire would carry it; nothing if it does not name an act.
fn envelope(form: &Form, id: CommandId) -> Option<Map<String, Value>> {
    let kind = form.one("kind")?;
    let schema = form.one("schema").map_or(Some(domain::command::SCHEMA), |schema| schema.parse().ok())?;
    let mut envelope =
        Map::from_iter([("id".to_owned(), json!(id)), ("schema".to_owned(), json!(schema)), ("kind".to_owned(), json!(kind))]);
    let mut named = Vec::new();
    let mut audience = None;
    for (name, value) in &form.0 {
        let value = value.trim();
        match name.as_str() {
            name if ABOUT_THE_FORM.contains(&name) || HABIT.contains(&name) => {}
            "members" => named.push(value),
            "audience" => audience = Some(value),
            name if LISTS.contains(&name) => {
                if let Some(list) = envelope.entry(name).or_insert_with(|| json!([])).as_array_mut() {
                    // A pattern is ticked as a whole, and so is a reminder: its value is the thing itself.
                    let whole = (name != "wishes").then(|| serde_json::from_str(value).ok()).flatten();
                    list.push(whole.unwrap_or_else(|| json!(value)));
                }
            }
            "owed" => drop(envelope.insert(name.clone(), json!(value.parse::<u8>().ok()))),
            // A day, and no tick.
            "on" if kind == "report_missing" => drop(envelope.insert(name.clone(), json!(value))),
            "on" | "done" | "open" | "granted" | "ready" | "public" | "hidden" | "came" | "consent" | "accepted"
            | "show_phone" | "show_email" | "coming" => {
                envelope.insert(name.clone(), json!(value == "true"));
            }
            "base" | "width" | "height" | "guests" | "children" | "quantity" | "seats" | "people" | "minutes" => {
                // A figure that is none is refused with all the rest, not taken for nothing.
                let figure = value.parse::<i32>().map_or_else(|_| json!(value), |figure| json!(figure));
                if !value.is_empty() {
                    envelope.insert(name.clone(), figure);
                }
            }
            // `{"member": …}`, as on the wire.
            "who" => drop(serde_json::from_str(value).map(|who: Value| envelope.insert(name.clone(), who))),
            // A temperature as people write it.
            "tenths" => drop(envelope.insert(name.clone(), json!(domain::sheet::tenths(value)))),
            // In 180ths of a vacation.
            "credit" => drop(value.parse().map(|credit: i32| envelope.insert(name.clone(), json!(credit)))),
            name if value.is_empty() && !TEXTS.contains(&name) => {}
            name => {
                envelope.insert(name.to_owned(), json!(value));
            }
        }
    }
    if let Some(habit) = app::acts::habit(|name| form.one(name).map(str::to_owned))
        && let Some(list) = envelope.entry("patterns").or_insert_with(|| json!([])).as_array_mut()
    {
        list.push(json!(habit));
    }
    // One watches for one habit at a time.
    if kind == "watch_seats"
        && let Some(Value::Array(patterns)) = envelope.remove("patterns")
        && let Some(pattern) = patterns.into_iter().next()
    {
        envelope.insert("pattern".to_owned(), pattern);
    }
    if let Some(to) = audience {
        let audience = if to == "named" { json!({ "to": to, "members": named }) } else { json!({ "to": to }) };
        envelope.insert("audience".to_owned(), audience);
    }
    for (kind_that_creates, created) in [
        ("give_seat", "offer"),
        ("exchange_seat", "offer"),
        ("invite", "offer"),
        ("invite", "invitation"),
        ("propose_swap", "proposal"),
        ("watch_seats", "watch"),
        ("add_walk_in", "walk_in"),
        ("record_reading", "reading"),
        ("leave_note", "note"),
        ("add_delivery", "delivery"),
        ("report_incident", "incident"),
        ("request_leave", "request"),
        ("propose_block", "block"),
        ("offer_carpool", "carpool"),
        ("comment_event", "comment"),
        ("add_event_walk_in", "walk_in"),
        ("suggest", "suggestion"),
        ("put_on_list", "item"),
        ("ask_to_join", "joining"),
        ("invite_to_group", "joining"),
        ("add_point", "point"),
        ("open_dossier", "dossier"),
        ("log_hours", "hours"),
        ("ask_erasure", "erasure"),
        ("give_proxy", "proxy"),
    ] {
        if kind == kind_that_creates {
            envelope.entry(created).or_insert_with(|| json!(CommandId::derive(id, created)));
        }
    }
    Some(envelope)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::command::{Command, Envelope};
    use domain::dossiers::Stage;
    use domain::swaps::Audience;

    const ID: &str = "01939d5e-7b1e-7000-8000-000000000001";
    const SHIFT: &str = "01939d5e-7b1e-7000-8000-0000000000aa";

    fn read(fields: &[(&str, &str)]) -> Envelope {
        let form = Form(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
        let envelope = envelope(&form, ID.parse().unwrap()).unwrap();
        serde_json::from_value(Value::Object(envelope)).unwrap()
    }

    #[test]
    fn a_form_is_the_command_it_names() {
        let seat = format!("{SHIFT}~2");
        let given = read(&[
            ("kind", "give_seat"),
            ("seat", &seat),
            ("audience", "named"),
            ("members", SHIFT),
            ("members", ID),
            ("note", ""),
            ("retour", "/"),
        ]);
        let Command::GiveSeat { audience: Audience::Named { members }, .. } = given.command else { panic!("another command") };
        assert_eq!(members.len(), 2);
        let claimed = read(&[("kind", "claim_offer"), ("offer", ID), ("instead_of", ""), ("secret", "")]);
        assert!(matches!(claimed.command, Command::ClaimOffer { instead_of: None, secret: None, .. }));
    }

    #[test]
    fn ticks_become_wishes_and_patterns() {
        let seat = format!("{SHIFT}~0");
        let pattern = r#"{"weekday":"Thu","from_minute":1020}"#;
        let exchanged =
            read(&[("kind", "exchange_seat"), ("seat", &seat), ("wishes", SHIFT), ("wishes", ID), ("patterns", pattern)]);
        let Command::ExchangeSeat { wishes, patterns, .. } = exchanged.command else { panic!("another command") };
        assert_eq!((wishes.len(), patterns.len()), (2, 1));
        assert_eq!(patterns[0].from_minute, Some(1020));
    }

    #[test]
    fn a_habit_of_four_fields_becomes_a_pattern() {
        let seat = format!("{SHIFT}~0");
        let fields = [("pattern_weekday", "Thu"), ("pattern_moment", "soir"), ("pattern_from", ""), ("pattern_to", "")];
        let exchanged = read(&[[("kind", "exchange_seat"), ("seat", seat.as_str())].as_slice(), &fields].concat());
        let Command::ExchangeSeat { patterns, .. } = exchanged.command else { panic!("another command") };
        assert_eq!((patterns.len(), patterns[0].from_minute), (1, Some(1080)));
    }

    #[test]
    fn a_watch_is_a_shift_or_a_habit_or_a_skill() {
        let shift = read(&[("kind", "watch_seats"), ("shift", SHIFT)]);
        assert!(matches!(shift.command, Command::WatchSeats { shift: Some(_), pattern: None, skill: None, .. }));
        let habit = read(&[("kind", "watch_seats"), ("pattern_weekday", "Thu"), ("pattern_moment", ""), ("skill", "caisse")]);
        let Command::WatchSeats { shift: None, pattern: Some(pattern), skill: Some(_), .. } = habit.command else {
            panic!("another command")
        };
        assert_eq!(pattern.weekday, Some(chrono::Weekday::Thu));
        assert_eq!(read(&[("kind", "watch_seats"), ("shift", SHIFT)]), shift, "the same when it is posted again");
    }

    #[test]
    fn a_forms_temperature_is_read_as_people_write_it() {
        let form = [("kind", "record_reading"), ("shift", SHIFT), ("fridge", ID), ("tenths", "6,2")];
        let Command::RecordReading { tenths, reading, .. } = read(&form).command else { panic!("another command") };
        assert_eq!((tenths, reading.0), (62, CommandId::derive(ID.parse().unwrap(), "reading").0));
        let ticked = read(&[("kind", "tick_item"), ("shift", SHIFT), ("item", ID), ("done", "false")]);
        assert!(matches!(ticked.command, Command::TickItem { done: false, at: None, .. }));
        let left = read(&[("kind", "leave_note"), ("shift", SHIFT), ("text", "Rouleau"), ("open", "true")]);
        assert!(matches!(left.command, Command::LeaveNote { open: true, .. }));
    }

    #[test]
    fn a_figure_that_is_none_is_not_taken_for_nothing() {
        let form = |guests: &'static str| {
            let fields = [("kind", "answer_event"), ("event", SHIFT), ("answer", "yes"), ("guests", guests), ("children", "")];
            Form(fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec())
        };
        let read = |guests| {
            let envelope = envelope(&form(guests), ID.parse().unwrap()).unwrap();
            serde_json::from_value::<Envelope>(Value::Object(envelope))
        };
        for (guests, understood) in [("2", true), ("", true), ("deux", false), ("1,5", false), ("99999999999", false)] {
            assert_eq!(read(guests).is_ok(), understood, "{guests}");
        }
    }

    #[test]
    fn what_an_absence_leaves_owing_is_a_figure() {
        let form = [("kind", "mark_presence"), ("shift", SHIFT), ("member", ID), ("presence", "absent"), ("owed", "1")];
        assert!(matches!(read(&form).command, Command::MarkPresence { owed: Some(1), .. }));
    }

    #[test]
    fn lists_suggestions_and_reports_are_plain_forms_too() {
        let typed = read(&[("kind", "put_on_list"), ("quantity", "1"), ("text", "Ampoules")]);
        let Command::PutOnList { item, product: None, quantity: 1, .. } = typed.command else { panic!("another command") };
        assert_eq!(item.0, CommandId::derive(ID.parse().unwrap(), "item").0);
        let cleared = read(&[("kind", "clear_ticked"), ("items", SHIFT), ("items", ID)]);
        assert!(matches!(cleared.command, Command::ClearTicked { items } if items.len() == 2));
        let liked = read(&[("kind", "set_favourite"), ("product", SHIFT), ("on", "true")]);
        assert!(matches!(liked.command, Command::SetFavourite { on: true, .. }));
        let missing = read(&[("kind", "report_missing"), ("product", SHIFT), ("on", "2026-11-23")]);
        assert!(matches!(missing.command, Command::ReportMissing { on, .. } if on.to_string() == "2026-11-23"));
        let suggested = read(&[("kind", "suggest"), ("text", "Du miel de châtaignier")]);
        assert!(matches!(suggested.command, Command::Suggest { suggestion, .. } if !suggestion.0.is_nil()));
    }

    #[test]
    fn coming_into_a_group_and_a_point_of_the_agenda_are_plain_forms_too() {
        let asked = read(&[("kind", "ask_to_join"), ("group", SHIFT), ("word", "")]);
        let Command::AskToJoin { joining, .. } = asked.command else { panic!("another command") };
        assert_eq!(joining.0, CommandId::derive(ID.parse().unwrap(), "joining").0);
        let invited = read(&[("kind", "invite_to_group"), ("group", SHIFT), ("member", ID), ("word", "Viens !")]);
        assert!(matches!(invited.command, Command::InviteToGroup { word, .. } if word == "Viens !"));
        let answered = read(&[("kind", "answer_joining"), ("joining", ID), ("accepted", "true"), ("word", "")]);
        assert!(matches!(answered.command, Command::AnswerJoining { accepted: true, .. }));
        let named = read(&[("kind", "set_referent"), ("group", SHIFT), ("member", ID), ("on", "false")]);
        assert!(matches!(named.command, Command::SetReferent { on: false, .. }));
        let added = read(&[("kind", "add_point"), ("title", "Le lundi"), ("text", "")]);
        assert!(matches!(added.command, Command::AddPoint { point, .. } if !point.0.is_nil()));
    }

    #[test]
    fn a_dossier_and_a_volunteers_hours_are_plain_forms_too() {
        let opened = read(&[("kind", "open_dossier"), ("group", SHIFT), ("title", "Le congélateur"), ("text", ""), ("due", "")]);
        let Command::OpenDossier { dossier, due: None, .. } = opened.command else { panic!("another command") };
        assert_eq!(dossier.0, CommandId::derive(ID.parse().unwrap(), "dossier").0);
        let dropped = [("kind", "set_dossier_state"), ("dossier", ID), ("state", "dropped"), ("word", "Trop cher")];
        assert!(matches!(read(&dropped).command, Command::SetDossierState { state: Stage::Dropped, .. }));
        let taken = read(&[("kind", "take_dossier"), ("dossier", ID), ("on", "true")]);
        assert!(matches!(taken.command, Command::TakeDossier { on: true, .. }));
        let form = [("kind", "log_hours"), ("dossier", ID), ("day", "2026-11-23"), ("minutes", "90"), ("note", "")];
        assert!(matches!(read(&form).command, Command::LogHours { minutes: 90, hours, .. } if !hours.0.is_nil()));
    }

    #[test]
    fn coming_to_an_assembly_and_having_somebody_vote_are_plain_forms_too() {
        let answered = read(&[("kind", "answer_assembly"), ("assembly", SHIFT), ("coming", "true")]);
        assert!(matches!(answered.command, Command::AnswerAssembly { coming: true, .. }));
        let given = read(&[("kind", "give_proxy"), ("assembly", SHIFT), ("to", ID)]);
        let Command::GiveProxy { proxy, .. } = given.command else { panic!("another command") };
        assert_eq!(proxy.0, CommandId::derive(ID.parse().unwrap(), "proxy").0);
        let stood = read(&[("kind", "stand"), ("assembly", SHIFT), ("words", "")]);
        assert!(matches!(stood.command, Command::Stand { words, .. } if words.is_empty()));
    }

    #[test]
    fn a_contribution_is_flat_fields_and_a_tick_that_is_not_there_is_no() {
        let form = [
            ("kind", "propose_block"),
            ("group", ID),
            ("title", "Loto"),
            ("text", "Samedi\r\n\r\n- apporte un lot"),
            ("picture", ""),
            ("alt", ""),
            ("ready", "true"),
        ];
        let Command::ProposeBlock { block, text, picture: None, ready: true, public: false, .. } = read(&form).command else {
            panic!("another command")
        };
        assert_eq!(block.0, CommandId::derive(ID.parse().unwrap(), "block").0);
        assert!(text.contains("- apporte"));
        let figures = [("base", "7"), ("width", "800"), ("height", "600"), ("settles", "7"), ("settles", "12")];
        let edited =
            [[("kind", "edit_block"), ("block", ID), ("group", ID), ("title", "Loto"), ("picture", ID)].as_slice(), &figures];
        let Command::EditBlock { base: 7, width: 800, height: 600, settles, .. } = read(&edited.concat()).command else {
            panic!("another command")
        };
        assert_eq!(settles, [7, 12]);
    }

    #[test]
    fn what_a_form_creates_is_the_same_when_it_is_posted_again() {
        let seat = format!("{SHIFT}~0");
        let form = [("kind", "give_seat"), ("seat", seat.as_str()), ("audience", "anyone")];
        assert_eq!(read(&form), read(&form));
        let token = Token("t".into());
        assert_eq!(secret_of(&token, ID.parse().unwrap()), secret_of(&token, ID.parse().unwrap()));
        assert_ne!(secret_of(&token, ID.parse().unwrap()), secret_of(&Token("u".into()), ID.parse().unwrap()));
    }

    #[test]
    fn the_way_back_names_the_act_once() {
        let id: CommandId = ID.parse().unwrap();
        assert_eq!(with_act("/echanges", id, false), format!("/echanges?act={ID}"));
        assert_eq!(
            with_act("/vacations?semaine=2026-11-23&act=old&encore=1", id, true),
            format!("/vacations?semaine=2026-11-23&act={ID}&encore=1")
        );
    }
}
