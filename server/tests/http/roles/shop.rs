//! In the shop and in the office: the day sheet, whom to call, procedures, what members ask, what is asked of them.

use domain::command::{Bears, Command};
use domain::id::{
    DeliveryId, FridgeId, IncidentId, ItemId, MemberId, NoteId, PhotoId, ReadingId, RequestId, SeatId, ShiftId, WalkInId,
};
use domain::ledger::{Credit, EntryKind};
use domain::requests::Asked;
use domain::sheet::{Arrival, Mishap, Presence, Trouble};
use domain::shifts::Treatment;
use uuid::Uuid;

use super::Role::{self, *};
use super::{ANYBODY, Actor, Attempt, Line, NOBODY, OFFICE, ask, form, line};
use crate::house::House;

/// Keep the procedures, and read the records.
const KEEP_THEM: &[Role] = &[OfDistribution, Office, Employee];

const ITEM: ItemId = ItemId(Uuid::from_u128(0xa1));
const FRIDGE: FridgeId = FridgeId(Uuid::from_u128(0xf1));
const DELIVERY: DeliveryId = DeliveryId(Uuid::from_u128(0xd1));
const PAGE: &str = "/distribution/procedures";

/// A list, a fridge and a delivery are on every sheet of today.
pub async fn ready(house: House) -> House {
    let list = Uuid::from_u128(0xc1);
    house
        .coop
        .sql(&format!(
            "insert into checklist values ('{list}', 'ouverture', 1, '2026-01-01', 'Ouverture', '{{1}}',
                array(select '00:00'::time + make_interval(mins => n) from generate_series(0, 1439) as n), 0);
             insert into checklist_item values ('{}', '{list}', 0, 'Alarme incendie');
             insert into fridge values ('{}', 'Frais', 0, 40, 'Appelle Paul', 0);
             insert into expected_delivery values ('{}', '2026-12-01', 'Fournil')",
            ITEM.0, FRIDGE.0, DELIVERY.0
        ))
        .await;
    house
}

/// A shift that began so many hours ago, with its lead, somebody else, and two places that are free.
async fn shift(a: &Actor<'_>, lead: MemberId, hours: i64) -> (ShiftId, MemberId) {
    let (shift, template, mate, place) = (ShiftId(a.id()), a.id(), a.somebody().await, a.next());
    let starts_at = a.coop().now() - chrono::Duration::hours(hours);
    let (ends_at, on) = (starts_at + chrono::Duration::hours(3), domain::time::paris_day(starts_at));
    let minute = place % 1_380;
    a.coop()
        .sql(&format!(
            "insert into shift_template (template_id, cycle_week, weekday, from_clock, to_clock, minimum, tasks)
                values ('{template}', 3, 6, '00:00'::time + interval '{minute} minutes', '23:59', 0, '{{}}');
             insert into shift (shift_id, template_id, on_day, starts_at, ends_at, minimum)
                values ('{shift}', '{template}', '{on}', '{starts_at}', '{ends_at}', 0);
             insert into seat (shift_id, position, lead) select '{shift}', n, n = 0 from generate_series(0, 3) as n"
        ))
        .await;
    a.coop().sits(lead, SeatId::new(shift, 0)).await;
    a.coop().sits(mate, SeatId::new(shift, 1)).await;
    (shift, mate)
}

/// Today's, led by somebody else.
async fn led(a: &Actor<'_>) -> (ShiftId, MemberId) {
    let lead = a.coop().member("Solène").await;
    shift(a, lead, 1).await
}

/// Today's, led by whoever acts.
async fn mine(a: &Actor<'_>) -> (ShiftId, MemberId) {
    shift(a, a.me(), 1).await
}

fn absent((shift, member): (ShiftId, MemberId)) -> Command {
    Command::MarkPresence { shift, member, presence: Presence::Absent, replaced_by: None, owed: None }
}

async fn walk_in(a: &Actor<'_>, (shift, mate): (ShiftId, MemberId)) -> Command {
    let walk_in = WalkInId(a.id());
    a.coop()
        .sql(&format!(
            "insert into walk_in (walk_in_id, shift_id, name, at, by_member) values ('{walk_in}', '{shift}', 'Une amie', '{}', '{mate}')",
            a.coop().now()
        ))
        .await;
    Command::RemoveWalkIn { walk_in, shift }
}

/// A word of yesterday's team.
async fn word(a: &Actor<'_>, shift_of: ShiftId) -> Command {
    let lead = a.coop().member("Léa").await;
    let (before, mate) = shift(a, lead, 24).await;
    let note = NoteId(a.id());
    a.coop()
        .sql(&format!(
            "insert into hand_over_note (note_id, shift_id, text, at, by_member) values ('{note}', '{before}', 'Rouleau', '{}', '{mate}')",
            a.coop().now() - chrono::Duration::hours(22)
        ))
        .await;
    Command::AcknowledgeNote { note, shift: shift_of }
}

fn came(shift: ShiftId, photo: Option<PhotoId>) -> Command {
    Command::ReceiveDelivery { shift, delivery: DELIVERY, state: Arrival::Partial, remarks: "Deux caisses".into(), photo }
}

/// The bytes of a photo that this member has named on the sheet they keep.
async fn photographed(a: &Actor<'_>, lead: MemberId) -> Attempt {
    let (shift, _) = shift(a, lead, 1).await;
    let photo = PhotoId(a.id());
    a.coop().does(lead, came(shift, Some(photo))).await;
    Attempt::Sent(format!("/api/v1/photos/{photo}"), "image/jpeg", vec![0xff, 0xd8, 0xff, 0, 0, 0])
}

async fn asked(a: &Actor<'_>) -> RequestId {
    let (request, other) = (RequestId(a.id()), a.somebody().await);
    let (from, to) = ("2027-01-04".parse().unwrap(), "2027-02-28".parse().unwrap());
    a.coop().does(other, Command::RequestLeave { request, what: Asked::Pause, from, to, why: "Chantier".into() }).await;
    request
}

async fn bears(a: &Actor<'_>) -> Command {
    let (member, from) = (a.somebody().await, "2026-12-02".parse().unwrap());
    Command::SetDuty { member, share: Bears::Half, with: None, from, why: "Foyer".into() }
}

fn list(name: String) -> [(&'static str, String); 5] {
    [
        ("nom", name),
        ("jour", "5".to_owned()),
        ("heure", "09:00".to_owned()),
        ("lignes", "Volets\nAlarme".to_owned()),
        ("des", "2027-01-02".to_owned()),
    ]
}

/// A row of a table that has an id first.
async fn row(a: &Actor<'_>, table: &str, rest: &str) -> String {
    let id = a.id().to_string();
    a.coop().sql(&format!("insert into {table} values ('{id}', {rest})")).await;
    id
}

/// One that is in force, by its slug.
async fn old_list(a: &Actor<'_>) -> String {
    let slug = format!("liste-{}", a.next());
    row(a, "checklist", &format!("'{slug}', 1, '2026-01-01', 'Liste', '{{5}}', '{{09:00}}', 5")).await;
    slug
}

fn command(command: Command) -> Attempt {
    Attempt::Command(command)
}

#[rustfmt::skip]
pub const TABLE: &[Line] = &[
    // The sheet of a shift that somebody else leads is the office's to correct.
    line!("mark_presence", OFFICE, |a| command(absent(led(a).await))),
    line!("add_walk_in", OFFICE, |a| command(Command::AddWalkIn { walk_in: WalkInId(a.id()), shift: led(a).await.0, member: None, name: "Une amie".into() })),
    line!("remove_walk_in", OFFICE, |a| { let on = led(a).await; command(walk_in(a, on).await) }),
    line!("give_seat_to", OFFICE, |a| { let (shift, _) = led(a).await; command(Command::GiveSeatTo { seat: SeatId::new(shift, 2), member: a.somebody().await }) }),
    line!("tick_item", OFFICE, |a| command(Command::TickItem { shift: led(a).await.0, item: ITEM, done: true, at: None })),
    line!("record_reading", OFFICE, |a| command(Command::RecordReading { reading: ReadingId(a.id()), shift: led(a).await.0, fridge: FRIDGE, tenths: 35, note: String::new(), at: None })),
    line!("leave_note", OFFICE, |a| command(Command::LeaveNote { note: NoteId(a.id()), shift: led(a).await.0, text: "Rouleau".into(), open: true })),
    line!("acknowledge_note", OFFICE, |a| { let (shift, _) = led(a).await; command(word(a, shift).await) }),
    line!("report_shop", OFFICE, |a| command(Command::ReportShop { shift: led(a).await.0, what: Trouble::TillClosed, note: "Panne".into() })),
    line!("receive_delivery", OFFICE, |a| command(came(led(a).await.0, None))),
    line!("add_delivery", OFFICE, |a| command(Command::AddDelivery { delivery: DeliveryId(a.id()), shift: led(a).await.0, supplier: "Ferme du Lac".into(), what: "Œufs".into() })),
    line!("report_incident", OFFICE, |a| command(Command::ReportIncident { incident: IncidentId(a.id()), shift: led(a).await.0, what: Mishap::Other, text: "Sol mouillé".into() })),
    line!("close_sheet", OFFICE, |a| command(Command::CloseSheet { shift: led(a).await.0 })),
    line!("call_for_help", OFFICE, |a| command(Command::CallForHelp { shift: led(a).await.0, note: "Vite".into() })),
    // Whoever leads it keeps it.
    line!("mark_presence, of the shift one leads", ANYBODY, |a| command(absent(mine(a).await))),
    line!("close_sheet, of the shift one leads", ANYBODY, |a| command(Command::CloseSheet { shift: mine(a).await.0 })),
    line!("call_for_help, for the shift one leads", ANYBODY, |a| command(Command::CallForHelp { shift: mine(a).await.0, note: "Vite".into() })),
    line!("the bytes of a photo", ANYBODY, |a| photographed(a, a.me()).await),
    line!("the bytes of a photo that somebody else named", NOBODY, |a| { let lead = a.somebody().await; photographed(a, lead).await }),
    // The office.
    line!("close_shift", OFFICE, |a| command(Command::CloseShift { shift: a.shift(2).await, why: "Neige".into(), treatment: Treatment::Excused })),
    line!("answer_request", OFFICE, |a| command(Command::AnswerRequest { request: asked(a).await, granted: true, word: String::new() })),
    line!("answer_request, in the name of somebody else", NOBODY, |a| Attempt::For(a.beside, Command::AnswerRequest { request: asked(a).await, granted: true, word: String::new() })),
    line!("correct_ledger", OFFICE, |a| command(Command::CorrectLedger { member: a.somebody().await, what: EntryKind::MakeUp, credit: Credit::SHIFT, why: "Inventaire".into() })),
    line!("correct_ledger, one's own", NOBODY, |a| command(Command::CorrectLedger { member: a.me(), what: EntryKind::MakeUp, credit: Credit::SHIFT, why: "Inventaire".into() })),
    line!("set_duty", OFFICE, |a| command(bears(a).await)),
    line!("new rules", OFFICE, |a| Attempt::Asked("/bureau/regles/changer".to_owned(), vec![("faire".to_owned(), "enregistrer".to_owned()), ("id".to_owned(), a.id().to_string())])),
    // What Distribution keeps.
    line!("liste", KEEP_THEM, |a| form(PAGE, "liste", &list(format!("Inventaire {}", a.next())))),
    line!("liste-fin", KEEP_THEM, |a| form(PAGE, "liste-fin", &[("liste", old_list(a).await)])),
    line!("frigo", KEEP_THEM, |a| form(PAGE, "frigo", &[("nom", format!("Frais {}", a.next())), ("min", "0".into()), ("max", "4".into()), ("conseil", "Appelle".into())])),
    line!("frigo-fin", KEEP_THEM, |a| form(PAGE, "frigo-fin", &[("frigo", row(a, "fridge", "'Vieux', 0, 40, 'Appelle', 9").await)])),
    line!("livraison", KEEP_THEM, |_| form(PAGE, "livraison", &[("le", "2026-12-03".into()), ("chez", "Fournil".into()), ("quoi", "Pain".into())])),
    line!("livraison-fin", KEEP_THEM, |a| form(PAGE, "livraison-fin", &[("livraison", row(a, "expected_delivery", "'2026-12-10', 'Fournil'").await)])),
    line!("cle", KEEP_THEM, |a| form(PAGE, "cle", &[("cle", format!("Clé {}", a.next())), ("qui", a.somebody().await.to_string())])),
    line!("cle-fin", KEEP_THEM, |a| { let holder = a.somebody().await; form(PAGE, "cle-fin", &[("laquelle", row(a, "shop_key", &format!("'Clé', '{holder}'")).await)]) }),
    line!("alarme", OFFICE, |_| ask(PAGE, "alarme", &[("alarme", "code 4321".to_owned())])),
];
