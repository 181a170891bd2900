//! Who may do what, both ways, through HTTP: each role × each act, from the tables below this file. Whoever is named by an act's line
//! does it; everybody else is refused, and nothing changes.

mod acting;
mod assembly;
mod brief;
mod desk;
mod events;
mod groups;
mod members;
mod pages;
mod public_pages;
mod register;
mod shop;
mod supply;

use std::cell::Cell;
use std::collections::BTreeSet;

use axum::http::Method;
use domain::command::Command;
use futures::future::LocalBoxFuture;
use serde_json::{from_value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

pub use acting::{Actor, Attempt, Role, ask, form};
use acting::{actor, digest, tries};

use crate::house::House;

use Role::*;

const ROLES: [Role; 19] = [
    Outside,
    OfSupply,
    OfSocial,
    OfDistribution,
    OfAssociation,
    OfCommunication,
    OfAnimation,
    Office,
    Belongs,
    Referent,
    OfAnotherGroup,
    Former,
    Committee,
    Lapsed,
    Lead,
    Employee,
    StandsIn,
    Left,
    SignedOut,
];
/// Whoever belongs to the co-op, and is signed in.
const ANYBODY: &[Role] = &[
    Outside,
    OfSupply,
    OfSocial,
    OfDistribution,
    OfAssociation,
    OfCommunication,
    OfAnimation,
    Office,
    Belongs,
    Referent,
    OfAnotherGroup,
    Former,
    Committee,
    Lapsed,
    Lead,
    Employee,
    StandsIn,
];
const NOBODY: &[Role] = &[];
const OFFICE: &[Role] = &[Office, Employee];

pub type Trying<'a> = LocalBoxFuture<'a, Attempt>;
/// The act's name (a command's kind comes first), by whom it is done, and how it is tried.
pub type Line = (&'static str, &'static [Role], for<'a> fn(&'a Actor<'a>) -> Trying<'a>);

/// A line of a table: `line!("take_seat", ANYBODY, |a| …)`, where what comes last may wait for the database.
macro_rules! line {
    ($name:literal, $by:expr, |$a:pat_param| $how:expr) => {
        ($name, $by, |$a| Box::pin(async move { $how }))
    };
}
pub(crate) use line;

/// Tries each line by each role.
async fn each(house: &House, lines: &[Line]) {
    let slots = Cell::new(0);
    for (name, by, how) in lines {
        let mut refused = Vec::new();
        for role in ROLES.into_iter().filter(|role| !by.contains(role)) {
            let actor = actor(house, &slots, role).await;
            let attempt = how(&actor).await;
            actor.shut_out().await;
            refused.push((actor, attempt));
        }
        let before = digest(house).await;
        for (actor, attempt) in refused {
            let role = actor.role;
            assert!(!tries(&actor, name, attempt).await, "{name} was done by {role:?}");
        }
        assert_eq!(digest(house).await, before, "{name}: somebody who was refused changed something");
        for role in by.iter().copied() {
            let actor = actor(house, &slots, role).await;
            let attempt = how(&actor).await;
            assert!(tries(&actor, name, attempt).await, "{name} was refused to {role:?}");
        }
    }
}

/// A co-op whose working groups have their referents: who merely belongs to one runs nothing.
async fn coop(at: PgConnectOptions) -> House {
    let house = House::new(at).await;
    for slug in acting::SLUGS {
        let keeper = house.coop.member("Garante").await;
        house.coop.in_group(keeper, slug).await;
    }
    house.coop.sql("update group_member set referent = true").await;
    house
}

#[sqlx::test(migrations = false)]
async fn what_any_member_does_with_vacations_and_messages(_: PgPoolOptions, at: PgConnectOptions) {
    each(&members::ready(coop(at).await).await, members::TABLE).await;
}

#[sqlx::test(migrations = false)]
async fn what_is_done_in_groups_and_in_governance(_: PgPoolOptions, at: PgConnectOptions) {
    each(&coop(at).await, groups::TABLE).await;
}

#[sqlx::test(migrations = false)]
async fn what_is_done_with_dossiers_objectives_and_at_the_desk(_: PgPoolOptions, at: PgConnectOptions) {
    each(&coop(at).await, desk::TABLE).await;
}

#[sqlx::test(migrations = false)]
async fn what_is_done_with_assemblies(_: PgPoolOptions, at: PgConnectOptions) {
    each(&coop(at).await, assembly::TABLE).await;
}

#[sqlx::test(migrations = false)]
async fn what_is_done_with_events(_: PgPoolOptions, at: PgConnectOptions) {
    each(&coop(at).await, events::TABLE).await;
}

#[sqlx::test(migrations = false)]
async fn what_is_done_with_the_brief(_: PgPoolOptions, at: PgConnectOptions) {
    let house = coop(at).await;
    // Whoever asks for the issues to come makes them, whatever else is refused.
    let mut conn = house.coop.backend.pool.acquire().await.unwrap();
    backend::brief::ensure(&mut conn, house.coop.now()).await.unwrap();
    drop(conn);
    each(&house, brief::TABLE).await;
}

#[sqlx::test(migrations = false)]
async fn what_is_done_with_the_catalogue(_: PgPoolOptions, at: PgConnectOptions) {
    each(&coop(at).await, supply::TABLE).await;
}

#[sqlx::test(migrations = false)]
async fn what_is_done_in_the_shop_and_in_the_office(_: PgPoolOptions, at: PgConnectOptions) {
    each(&shop::ready(coop(at).await).await, shop::TABLE).await;
}

#[sqlx::test(migrations = false)]
async fn what_is_done_with_members_and_with_ones_own_card(_: PgPoolOptions, at: PgConnectOptions) {
    each(&coop(at).await, register::TABLE).await;
}

#[sqlx::test(migrations = false)]
async fn what_is_written_for_anybody(_: PgPoolOptions, at: PgConnectOptions) {
    each(&coop(at).await, public_pages::TABLE).await;
}

#[sqlx::test(migrations = false)]
async fn which_pages_are_opened(_: PgPoolOptions, at: PgConnectOptions) {
    each(&coop(at).await, pages::TABLE).await;
}

/// All of them.
fn tables() -> impl Iterator<Item = &'static Line> {
    [
        members::TABLE,
        groups::TABLE,
        assembly::TABLE,
        desk::TABLE,
        events::TABLE,
        brief::TABLE,
        supply::TABLE,
        shop::TABLE,
        register::TABLE,
        public_pages::TABLE,
        pages::TABLE,
    ]
    .into_iter()
    .flatten()
}

#[test]
fn every_command_has_its_line() {
    let Err(error) = from_value::<Command>(json!({ "kind": "?" })) else { panic!("« ? » is no command") };
    let kinds: BTreeSet<String> = error.to_string().split('`').skip(3).step_by(2).map(str::to_owned).collect();
    assert!(kinds.len() > 80, "{error}");
    let named: BTreeSet<String> = tables().filter_map(|(name, ..)| name.split(',').next()).map(str::to_owned).collect();
    let without: Vec<&String> = kinds.difference(&named).collect();
    assert!(without.is_empty(), "no line says who may: {without:?}");
}

/// Where the forms and the bytes of these tables are posted.
const TRIED: [&str; 32] = [
    "/acts",
    "/ag/preparer",
    "/ag/seance",
    "/ag/vote",
    "/api/v1/agenda",
    "/api/v1/commands",
    "/api/v1/event-pictures/{id}",
    "/api/v1/member-pictures/{id}",
    "/api/v1/photos/{id}",
    "/api/v1/pictures/{id}",
    "/api/v1/product-pictures/{id}",
    "/api/v1/product-pictures/{id}/petite",
    "/approvisionnement",
    "/approvisionnement/importer",
    "/arriver",
    "/bureau/a-traiter",
    "/bureau/membres",
    "/bureau/membres/importer",
    "/bureau/regles/changer",
    "/capital",
    "/communication/breve",
    "/communication/breve/envoi/{monday}",
    "/communication/pages",
    "/consultations",
    "/distribution/procedures",
    "/dossiers",
    "/gouvernance",
    "/groupes",
    "/moi/donnees",
    "/moi/photo",
    "/objectifs",
    "/organiser",
];
/// What is only read: the secret of an invitation stays out of addresses.
const READ: [&str; 1] = ["/api/v1/invitation"];
/// Whoever has a device does as they like with it, and nobody with another's: `sign_in.rs` and `telling.rs` tell.
const OF_ONES_OWN_DEVICE: [&str; 4] = ["/api/v1/push", "/api/v1/push/off", "/deconnexion", "/moi/appareils/revoquer"];

#[sqlx::test(migrations = false)]
async fn every_place_to_which_a_member_posts_is_tried(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let posts = house.routes.iter().filter(|route| route.method == Method::POST && !route.is_public());
    let found: BTreeSet<&str> = posts.map(|route| route.path.as_str()).collect();
    let known: BTreeSet<&str> = TRIED.into_iter().chain(READ).chain(OF_ONES_OWN_DEVICE).collect();
    assert_eq!(found, known);
}
