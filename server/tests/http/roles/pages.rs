//! Pages that the server alone has, what it says of them to programs, and files: who opens which.

use domain::id::SeatId;

use super::Role::{self, *};
use super::{ANYBODY, Actor, Attempt, Line, OFFICE, line};

const KEEP_PROCEDURES: &[Role] = &[OfDistribution, Office, Employee];
/// Answer for who comes.
const COVER: &[Role] = &[OfAssociation, Office, Lead, Employee];

/// A shift that lacks somebody.
async fn lacking(a: &Actor<'_>) -> String {
    let shift = a.shift(3).await;
    a.coop().sits(a.somebody().await, SeatId::new(shift, 1)).await;
    shift.to_string()
}

fn page(path: &str) -> Attempt {
    Attempt::Page(path.to_owned())
}

#[rustfmt::skip]
pub const TABLE: &[Line] = &[
    // The office's.
    line!("whom to reach", OFFICE, |_| page("/bureau/joindre")),
    line!("what is asked", OFFICE, |_| page("/bureau/demandes")),
    line!("the ledgers", OFFICE, |_| page("/bureau/engagement?nom=L%C3%A9a")),
    line!("somebody's ledger", OFFICE, |a| Attempt::Page(format!("/bureau/engagement/{}", a.beside))),
    line!("somebody's letter", OFFICE, |a| Attempt::Page(format!("/bureau/joindre/{}/lettre", a.beside))),
    line!("the machine", OFFICE, |_| page("/bureau/machine")),
    line!("the rules", OFFICE, |_| page("/bureau/regles")),
    line!("other rules", OFFICE, |_| page("/bureau/regles/changer")),
    line!("how much waits, to a program", OFFICE, |_| page("/api/v1/office/todo")),
    line!("whom to reach, to a program", OFFICE, |_| page("/api/v1/office/reach")),
    line!("what is asked, to a program", OFFICE, |_| page("/api/v1/office/requests")),
    line!("the machine, to a program", OFFICE, |_| page("/api/v1/office/machine")),
    line!("the members, to a program", OFFICE, |_| page("/api/v1/office/members?typed=L%C3%A9a")),
    line!("somebody's ledger, to a program", OFFICE, |a| Attempt::Page(format!("/api/v1/office/ledger?member={}", a.beside))),
    line!("somebody's letter, to a program", OFFICE, |a| Attempt::Page(format!("/api/v1/office/letter?member={}", a.beside))),
    // Distribution's.
    line!("the procedures", KEEP_PROCEDURES, |_| page("/distribution/procedures")),
    line!("a list", KEEP_PROCEDURES, |_| page("/distribution/procedures/liste")),
    line!("the records", KEEP_PROCEDURES, |_| page("/distribution/releves")),
    line!("the records as a file", KEEP_PROCEDURES, |_| page("/distribution/releves.csv")),
    line!("the procedures, to a program", KEEP_PROCEDURES, |_| page("/api/v1/distribution/procedures")),
    // Of those who answer for who comes.
    line!("whom to call", COVER, |a| Attempt::Page(format!("/couverture/{}", lacking(a).await))),
    line!("whom to call, to a program", COVER, |a| Attempt::Page(format!("/api/v1/coverage/people?shift={}", lacking(a).await))),
    line!("how it went, to a program", COVER, |_| page("/api/v1/coverage")),
    // Everybody's.
    line!("one's own certificate", ANYBODY, |_| page("/moi/engagement/attestation?annee=2026")),
    line!("what members are asked", ANYBODY, |_| page("/consultations")),
    line!("one's own snapshot", ANYBODY, |_| page("/api/v1/me")),
    line!("the groups", ANYBODY, |_| page("/api/v1/groups")),
    line!("the calendar", ANYBODY, |_| page("/api/v1/calendar")),
];
