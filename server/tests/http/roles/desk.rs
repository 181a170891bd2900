//! The dossier board of a group, the office's desk, objectives.

use domain::command::Command;
use domain::dossiers::Stage;
use domain::id::{DossierId, HoursId};

use super::Role::{self, *};
use super::{ANYBODY, Actor, Attempt, Line, NOBODY, OFFICE, form, line};

/// Belong to the group that it is about, or work for the co-op.
const KEEP_IT: &[Role] = &[Belongs, Referent, Employee];
/// Read the queue, and say what was dealt with.
const AT_THE_DESK: &[Role] = &[Office, Employee, StandsIn];

/// A dossier of the actor's group.
async fn dossier(a: &Actor<'_>, matter: &str) -> DossierId {
    let id = DossierId(a.id());
    a.coop()
        .sql(&format!(
            "insert into dossier (dossier_id, group_id, title, matter, by_member, at)
             values ('{id}', '{}', 'La salle', '{matter}', '{}', '{}');
             update change_mark set mark = mark + 1 where slice = 'groups' and shard = 0",
            a.group,
            a.keeper,
            a.coop().now()
        ))
        .await;
    id
}

async fn task(a: &Actor<'_>) -> DossierId {
    dossier(a, "\"task\"").await
}

async fn volunteer(a: &Actor<'_>) -> DossierId {
    dossier(a, "{\"volunteer\":{}}").await
}

/// One that somebody has: they accompany whom it is about.
async fn accompanied(a: &Actor<'_>) -> DossierId {
    dossier(a, &format!("{{\"volunteer\":{{\"tutor\":\"{}\"}}}}", a.me())).await
}

fn log(a: &Actor<'_>, dossier: DossierId) -> Command {
    Command::LogHours { hours: HoursId(a.id()), dossier, day: "2026-11-30".parse().unwrap(), minutes: 90, note: "Stand".into() }
}

async fn logged(a: &Actor<'_>, dossier: DossierId) -> Attempt {
    let hours = HoursId(a.id());
    a.coop()
        .sql(&format!(
            "insert into dossier_hours (dossier_hours_id, dossier_id, on_day, minutes, by_member)
             values ('{hours}', '{dossier}', '2026-11-30', 90, '{}')",
            a.keeper
        ))
        .await;
    Attempt::Command(Command::RemoveHours { hours, dossier })
}

fn said(more: Vec<(&'static str, String)>) -> Vec<(&'static str, String)> {
    [vec![("sorte", "task".to_owned()), ("title", "La sono".to_owned())], more].concat()
}

/// An employee, and their absence: planned, where it is said so.
async fn away(a: &Actor<'_>, planned: bool) -> Vec<(&'static str, String)> {
    let (employee, deputy, id) = (a.coop().member("Pauline").await, a.somebody().await, a.id());
    a.coop().sql(&format!("update member set employee = true where member_id = '{employee}'")).await;
    if planned {
        a.coop()
            .sql(&format!(
                "insert into absence (absence_id, employee_id, from_on, until_on, deputy_id, by_member, at)
                 values ('{id}', '{employee}', '2026-12-20', '2026-12-30', '{deputy}', '{employee}', '{}')",
                a.coop().now()
            ))
            .await;
        return vec![("absence", id.to_string())];
    }
    vec![
        ("qui", employee.to_string()),
        ("du", "2026-12-20".to_owned()),
        ("jusqu", "2026-12-30".to_owned()),
        ("suppleance", deputy.to_string()),
    ]
}

/// What somebody reported from the shop, under its name.
async fn reported(a: &Actor<'_>) -> String {
    let (shift, by) = (a.shift(1).await, a.somebody().await);
    let at = a.coop().now();
    let report: i64 = sqlx::query_scalar(
        "insert into report (shift_id, what, at, by_member) values ($1, 'till_closed', $2, $3) returning report_id",
    )
    .bind(shift)
    .bind(at)
    .bind(by)
    .fetch_one(&a.coop().backend.pool)
    .await
    .unwrap();
    format!("report/{report}")
}

async fn objective(a: &Actor<'_>) -> String {
    let id = a.id();
    a.coop()
        .sql(&format!(
            "insert into objective (objective_id, label, unit, source, way, target, from_on, to_on, by_member, at)
             values ('{id}', 'Jeter moins', '€', 'typed', 'at_most', 25000, '2026-10-01', '2027-03-01', '{}', '{}')",
            a.keeper,
            a.coop().now()
        ))
        .await;
    id.to_string()
}

fn set() -> Vec<(&'static str, String)> {
    [
        ("label", "Jeter moins"),
        ("source", "typed"),
        ("unite", "€"),
        ("sens", "at_most"),
        ("cible", "200"),
        ("du", "2026-10"),
        ("au", "2027-03"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

const BOARD: &str = "/dossiers";
const DESK: &str = "/bureau/a-traiter";
const OBJECTIVES: &str = "/objectifs";

#[rustfmt::skip]
pub const TABLE: &[Line] = &[
    // The board of a group.
    line!("open_dossier", KEEP_IT, |a| Attempt::Command(Command::OpenDossier { dossier: DossierId(a.id()), group: a.group, title: "Le toit".into(), text: String::new(), due: None })),
    line!("take_dossier", KEEP_IT, |a| Attempt::Command(Command::TakeDossier { dossier: task(a).await, on: true })),
    line!("set_dossier_state", KEEP_IT, |a| Attempt::Command(Command::SetDossierState { dossier: task(a).await, state: Stage::Done, word: String::new() })),
    line!("log_hours", KEEP_IT, |a| Attempt::Command(log(a, volunteer(a).await))),
    line!("log_hours, of whom one accompanies", ANYBODY, |a| Attempt::Command(log(a, accompanied(a).await))),
    line!("remove_hours", KEEP_IT, |a| logged(a, volunteer(a).await).await),
    line!("remove_hours, of whom one accompanies", ANYBODY, |a| logged(a, accompanied(a).await).await),
    line!("take_dossier, for somebody else", NOBODY, |a| Attempt::For(a.beside, Command::TakeDossier { dossier: task(a).await, on: true })),
    line!("ouvrir", KEEP_IT, |a| form(BOARD, "ouvrir", &said(vec![("group", a.group.to_string())]))),
    line!("ecrire", KEEP_IT, |a| form(BOARD, "ecrire", &said(vec![("dossier", task(a).await.to_string()), ("base", "1".to_owned())]))),
    line!("a new dossier's page", KEEP_IT, |a| Attempt::Page(format!("/groupe/{}/dossiers/nouveau", a.slug))),
    line!("where a dossier is written", KEEP_IT, |a| Attempt::Page(format!("/dossier/{}/ecrire", task(a).await))),
    line!("a dossier", KEEP_IT, |a| Attempt::Page(format!("/dossier/{}", task(a).await))),
    line!("a dossier, of whom one accompanies", ANYBODY, |a| Attempt::Page(format!("/dossier/{}", accompanied(a).await))),
    line!("a dossier, as the server function tells it", KEEP_IT, |a| Attempt::Page(format!("/api/v1/dossier?dossier={}", task(a).await))),
    // The desk of the office.
    line!("the queue", AT_THE_DESK, |_| Attempt::Page(DESK.to_owned())),
    line!("the queue, as the server function tells it", AT_THE_DESK, |_| Attempt::Page("/api/v1/office/queue".to_owned())),
    line!("traite", AT_THE_DESK, |a| form(DESK, "traite", &[("quoi", reported(a).await), ("mot", "Rouleau changé".to_owned())])),
    line!("absence", OFFICE, |a| form(DESK, "absence", &away(a, false).await)),
    line!("retour", OFFICE, |a| form(DESK, "retour", &away(a, true).await)),
    // Objectives.
    line!("fixer", &[Committee], |_| form(OBJECTIVES, "fixer", &set())),
    line!("changer", &[Committee], |a| form(OBJECTIVES, "changer", &[set(), vec![("objectif", objective(a).await), ("base", "1".to_owned())]].concat())),
    line!("clore an objective", &[Committee], |a| form(OBJECTIVES, "clore", &[("objectif", objective(a).await), ("mot", "Autre mesure".to_owned())])),
    line!("chiffre", &[Employee], |a| form(OBJECTIVES, "chiffre", &[("objectif", objective(a).await), ("mois", "2026-11".to_owned()), ("chiffre", "240".to_owned())])),
    line!("the objectives", ANYBODY, |_| Attempt::Page(OBJECTIVES.to_owned())),
    line!("an objective", ANYBODY, |a| Attempt::Page(format!("{OBJECTIVES}/{}", objective(a).await))),
];
