//! Events: what any member does about one, and what is its organisers' alone.

use backend::event;
use domain::command::Command;
use domain::event::{Answer, Attendee, Scope};
use domain::id::{BringItemId, CarpoolId, CommentId, EventId, HelperPostId, MemberId, PictureId, WalkInId};

use super::Role::{self, *};
use super::{ANYBODY, Actor, Attempt, Line, NOBODY, form, line};
use crate::pictures::webp;

/// Make the events of the group that it is about.
const MAKE_IT: &[Role] = &[OfSocial, Referent, Employee];
/// Make events of some group.
const MAKE_ANY: &[Role] = &[OfSocial, OfCommunication, Referent, OfAnotherGroup, Employee];

const PAGE: &str = "/organiser";
const SUPPER: [(&str, &str); 7] = [
    ("title", "La soupe"),
    ("text", "On épluche dès **17 h**."),
    ("place", "À la coop"),
    ("starts", "2026-12-18T19:00"),
    ("ends", "2026-12-18T22:00"),
    ("guests", "3"),
    ("price", "libre"),
];

fn supper(more: &[(&'static str, String)]) -> Vec<(&'static str, String)> {
    SUPPER.iter().map(|(name, value)| (*name, (*value).to_owned())).chain(more.iter().cloned()).collect()
}

/// Of the actor's group, announced by somebody of Vie sociale; nothing of it is the actor's.
async fn draft(a: &Actor<'_>) -> (MemberId, EventId) {
    let theo = a.coop().organiser().await;
    let terms = a.coop().supper("La soupe", 10, "");
    let event = event::create(&a.coop().backend, theo, a.id(), a.group, &terms, None).await.unwrap().unwrap();
    (theo, event)
}

async fn announced(a: &Actor<'_>) -> (MemberId, EventId) {
    let (theo, event) = draft(a).await;
    a.coop().publishes_event(theo, event, Scope::This).await;
    (theo, event)
}

/// The actor and somebody else said yes.
async fn answered(a: &Actor<'_>) -> (MemberId, EventId) {
    let (_, event) = announced(a).await;
    let other = a.somebody().await;
    for who in [a.me(), other] {
        a.coop().answers(who, event, Answer::Yes, 0).await;
    }
    (other, event)
}

/// The same, so many hours after its beginning; it lasts for three.
async fn begun(a: &Actor<'_>, hours: i64) -> (MemberId, EventId) {
    let (other, event) = answered(a).await;
    let starts_at = a.coop().now() - chrono::Duration::hours(hours);
    let ends_at = starts_at + chrono::Duration::hours(3);
    a.coop()
        .sql(&format!(
            "update event set starts_at = '{starts_at}', ends_at = '{ends_at}', closes_at = '{starts_at}' where event_id = '{event}'"
        ))
        .await;
    (other, event)
}

/// Three loaves to bring, and two who wash up.
async fn wanted(a: &Actor<'_>) -> (EventId, BringItemId, HelperPostId) {
    let (_, event) = answered(a).await;
    let (item, post) = (BringItemId(a.id()), HelperPostId(a.id()));
    a.coop()
        .sql(&format!(
            "insert into bring_item (bring_item_id, event_id, rank, label, wanted) values ('{item}', '{event}', 0, 'Pain', 3);
             insert into helper_post (helper_post_id, event_id, rank, label, wanted) values ('{post}', '{event}', 0, 'Vaisselle', 2)"
        ))
        .await;
    (event, item, post)
}

/// Somebody else's car, or the actor's own.
async fn car(a: &Actor<'_>, own: bool) -> (EventId, CarpoolId) {
    let (other, event) = answered(a).await;
    let (carpool, driver) = (CarpoolId(a.id()), if own { a.me() } else { other });
    a.coop().does(driver, drives(carpool, event)).await;
    (event, carpool)
}

fn drives(carpool: CarpoolId, event: EventId) -> Command {
    Command::OfferCarpool { carpool, event, seats: 3, place: "Meythet".into(), note: String::new() }
}

async fn comment(a: &Actor<'_>, own: bool) -> (EventId, CommentId) {
    let (other, event) = answered(a).await;
    let (comment, by) = (CommentId(a.id()), if own { a.me() } else { other });
    a.coop().does(by, Command::CommentEvent { comment, event, text: "Super !".into() }).await;
    (event, comment)
}

fn shows(picture: PictureId, event: EventId) -> Command {
    Command::AddPhoto { picture, event, alt: "La tablée".into(), width: 800, height: 600, consent: true }
}

async fn photo(a: &Actor<'_>, own: bool) -> (EventId, PictureId) {
    let (other, event) = begun(a, 1).await;
    let (picture, by) = (PictureId(a.id()), if own { a.me() } else { other });
    a.coop().does(by, shows(picture, event)).await;
    (event, picture)
}

async fn walk_in(a: &Actor<'_>) -> (EventId, WalkInId) {
    let (other, event) = begun(a, 1).await;
    let walk_in = WalkInId(a.id());
    a.coop()
        .sql(&format!(
            "insert into event_walk_in (event_walk_in_id, event_id, name, people, by_member, at)
             values ('{walk_in}', '{event}', 'Les voisins', 2, '{other}', '{}')",
            a.coop().now()
        ))
        .await;
    (event, walk_in)
}

/// A form about an event.
fn about(act: &str, event: EventId, more: &[(&str, &str)]) -> Attempt {
    let fields: Vec<(&str, String)> = more.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    form(PAGE, act, &[vec![("event", event.to_string())], fields].concat())
}

async fn changed(a: &Actor<'_>) -> Attempt {
    let (_, event) = announced(a).await;
    let base = a.coop().gathering(event).await.event.revision.to_string();
    form(PAGE, "modifier", &supper(&[("event", event.to_string()), ("base", base)]))
}

async fn cancelled(a: &Actor<'_>) -> EventId {
    let (theo, event) = announced(a).await;
    event::cancel(&a.coop().backend, theo, event, a.id(), Scope::This, "Neige").await.unwrap().unwrap();
    event
}

/// One that somebody asked to be removed.
async fn hidden(a: &Actor<'_>) -> (EventId, PictureId) {
    let (event, picture) = photo(a, false).await;
    a.coop().does(a.somebody().await, Command::AskRemoval { picture, event }).await;
    (event, picture)
}

/// Put back by a form that shows which request it settles.
async fn put_back(a: &Actor<'_>) -> Attempt {
    let (event, picture) = hidden(a).await;
    let asked = a.coop().gathering(event).await.photo(picture).and_then(|photo| photo.asked).expect("a request");
    let (photo, at) = (picture.to_string(), asked.at.to_rfc3339());
    about("remettre-photo", event, &[("photo", photo.as_str()), ("demande", at.as_str()), ("mot", "Tout le monde est d’accord")])
}

fn command(command: Command) -> Attempt {
    Attempt::Command(command)
}

#[rustfmt::skip]
pub const TABLE: &[Line] = &[
    // What any member does.
    line!("answer_event", ANYBODY, |a| command(crate::coop::answers(announced(a).await.1, Answer::Yes, 1))),
    line!("answer_event, for somebody else", &[Office, Employee], |a| Attempt::For(a.somebody().await, crate::coop::answers(announced(a).await.1, Answer::Yes, 1))),
    line!("claim_item", ANYBODY, |a| { let (event, item, _) = wanted(a).await; command(Command::ClaimItem { event, item, quantity: 1 }) }),
    line!("release_item", ANYBODY, |a| { let (event, item, _) = wanted(a).await; command(Command::ReleaseItem { event, item }) }),
    line!("claim_post", ANYBODY, |a| { let (event, _, post) = wanted(a).await; command(Command::ClaimPost { event, post }) }),
    line!("release_post", ANYBODY, |a| { let (event, _, post) = wanted(a).await; command(Command::ReleasePost { event, post }) }),
    line!("offer_carpool", ANYBODY, |a| command(drives(CarpoolId(a.id()), answered(a).await.1))),
    line!("claim_carpool", ANYBODY, |a| { let (event, carpool) = car(a, false).await; command(Command::ClaimCarpool { event, carpool, seats: 1 }) }),
    line!("release_carpool", ANYBODY, |a| { let (event, carpool) = car(a, false).await; command(Command::ReleaseCarpool { event, carpool }) }),
    line!("withdraw_carpool", ANYBODY, |a| { let (event, carpool) = car(a, true).await; command(Command::WithdrawCarpool { carpool, event }) }),
    line!("comment_event", ANYBODY, |a| command(Command::CommentEvent { comment: CommentId(a.id()), event: announced(a).await.1, text: "Super !".into() })),
    line!("remove_comment", ANYBODY, |a| { let (event, comment) = comment(a, true).await; command(Command::RemoveComment { comment, event }) }),
    line!("add_photo", ANYBODY, |a| command(shows(PictureId(a.id()), begun(a, 1).await.1))),
    line!("remove_photo", ANYBODY, |a| { let (event, picture) = photo(a, true).await; command(Command::RemovePhoto { picture, event }) }),
    line!("ask_removal", ANYBODY, |a| { let (event, picture) = photo(a, false).await; command(Command::AskRemoval { picture, event }) }),
    line!("the bytes of a picture", ANYBODY, |a| Attempt::Sent(format!("/api/v1/event-pictures/{}", a.id()), "image/webp", webp(800, 600))),
    line!("the bytes of somebody else's picture", NOBODY, |a| {
        let (id, other) = (PictureId(a.id()), a.somebody().await);
        let theirs = event::Kept { mime: "image/webp".into(), width: 40, height: 30, bytes: webp(40, 30) };
        event::keep_picture(&a.coop().backend, other, id, &theirs).await.unwrap();
        Attempt::Sent(format!("/api/v1/event-pictures/{id}"), "image/webp", webp(800, 600))
    }),
    // What is somebody else's, the organisers undo.
    line!("withdraw_carpool, somebody else's", MAKE_IT, |a| { let (event, carpool) = car(a, false).await; command(Command::WithdrawCarpool { carpool, event }) }),
    line!("remove_comment, somebody else's", MAKE_IT, |a| { let (event, comment) = comment(a, false).await; command(Command::RemoveComment { comment, event }) }),
    line!("remove_photo, somebody else's", MAKE_IT, |a| { let (event, picture) = photo(a, false).await; command(Command::RemovePhoto { picture, event }) }),
    line!("tick_arrival", MAKE_IT, |a| { let (other, event) = begun(a, 1).await; command(Command::TickArrival { event, who: Attendee::Member(other), came: true, at: None }) }),
    line!("add_event_walk_in", MAKE_IT, |a| command(Command::AddEventWalkIn { walk_in: WalkInId(a.id()), event: begun(a, 1).await.1, name: "Les voisins".into(), people: 2 })),
    line!("remove_event_walk_in", MAKE_IT, |a| { let (event, walk_in) = walk_in(a).await; command(Command::RemoveEventWalkIn { walk_in, event }) }),
    // What they write at a table.
    line!("creer", MAKE_IT, |a| form(PAGE, "creer", &supper(&[("groupe", a.group.to_string())]))),
    line!("modifier", MAKE_IT, |a| changed(a).await),
    line!("publier an event", MAKE_IT, |a| about("publier", draft(a).await.1, &[("maintenant", "oui")])),
    line!("annuler an event", MAKE_IT, |a| about("annuler", announced(a).await.1, &[("mot", "Neige")])),
    line!("retablir", MAKE_IT, |a| about("retablir", cancelled(a).await, &[])),
    line!("refaire", MAKE_IT, |a| about("refaire", announced(a).await.1, &[])),
    line!("message", MAKE_IT, |a| about("message", announced(a).await.1, &[("mot", "Prenez un bol")])),
    line!("remercier", MAKE_IT, |a| about("remercier", begun(a, 5).await.1, &[("mot", "Merci !")])),
    line!("listes", MAKE_IT, |a| about("listes", announced(a).await.1, &[("item", ""), ("item-nom", "Pain"), ("item-combien", "3")])),
    line!("retirer-photo", MAKE_IT, |a| { let (event, picture) = photo(a, false).await; about("retirer-photo", event, &[("photo", picture.to_string().as_str())]) }),
    line!("remettre-photo", MAKE_IT, |a| put_back(a).await),
    // Pages.
    line!("what one organises", MAKE_ANY, |_| Attempt::Page(PAGE.to_owned())),
    line!("a new event's page", MAKE_ANY, |_| Attempt::Page(format!("{PAGE}/nouvelle"))),
    line!("an event's page for its organisers", MAKE_IT, |a| Attempt::Page(format!("{PAGE}/{}", announced(a).await.1))),
    line!("who answered, as a file", MAKE_IT, |a| Attempt::Page(format!("{PAGE}/{}/liste.csv", announced(a).await.1))),
];
