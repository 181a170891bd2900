//! The day sheet on the wire: to whom it shows what, before, during and after its window.

use domain::command::Command;
use domain::id::SeatId;
use domain::sheet::Presence;
use domain::time::paris_instant;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{House, get, post};

const PHONE: &str = "06 99 88 77 66";
const ALARM: &str = "code 4321, touche B";

#[sqlx::test(migrations = false)]
async fn phones_and_the_alarm_are_on_the_wire_only_for_whom_and_when_they_are_due(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (lead, hugo, office, karim) = (
        house.signed_in("Solène").await,
        house.signed_in("Hugo").await,
        house.signed_in("Margaux").await,
        house.signed_in("Karim").await,
    );
    house.coop.in_office(office.member).await;
    let shift = house.coop.shift(4, 9, 3).await;
    house.coop.asks(SeatId::new(shift, 0), true, None).await;
    house.coop.sits(lead.member, SeatId::new(shift, 0)).await;
    house.coop.sits(hugo.member, SeatId::new(shift, 1)).await;
    house.coop.sql(&format!("update member set phone = '{PHONE}' where member_id = '{}'", hugo.member)).await;
    house.coop.sql(&format!("update setting set alarm = '{ALARM}'")).await;
    // Hugo's own phone is his: another's answer is looked at for it.
    for (day, clock, phones, alarm) in [
        ("2026-12-04", "17:59", false, false),
        ("2026-12-04", "18:00", true, true),
        ("2026-12-05", "10:00", true, true),
        ("2026-12-06", "00:00", true, false),
        ("2026-12-06", "23:59", true, false),
        ("2026-12-07", "00:00", false, false),
    ] {
        let clock_at = chrono::NaiveTime::parse_from_str(clock, "%H:%M").unwrap();
        house.coop.backend.clock.set(paris_instant(day.parse().unwrap(), clock_at));
        for (device, who, sees, reads_alarm) in
            [(&lead, "lead", phones, alarm), (&office, "office", phones, false), (&karim, "member", false, false)]
        {
            let feuille = format!("/vacation/{shift}/feuille");
            for path in ["/api/v1/me", "/api/v1/calendar", "/api/v1/groups", "/", &feuille] {
                let told = house.send(get(path).by(device)).await;
                assert_eq!(told.status, 200, "{path}");
                let text = told.text();
                // The page writes it with other spaces, and as a number to call.
                let has_phone = text.contains(PHONE) || text.contains("0699887766");
                let has_alarm = text.contains("4321");
                let shows = path == "/api/v1/me" || path == feuille;
                assert_eq!(has_phone, sees && shows, "phones, {who}, {path}, {day} {clock}");
                assert_eq!(has_alarm, reads_alarm && shows, "alarm, {who}, {path}, {day} {clock}");
            }
        }
        let own = house.send(get("/api/v1/me").by(&hugo)).await.json();
        assert!(own["sheets"].as_array().is_some_and(Vec::is_empty), "a teammate keeps no sheet");
    }
}

#[sqlx::test(migrations = false)]
async fn a_sheet_is_kept_by_plain_forms_too(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (lead, hugo) = (house.signed_in("Solène").await, house.signed_in("Hugo").await);
    let shift = house.coop.shift(0, 9, 3).await;
    house.coop.asks(SeatId::new(shift, 0), true, None).await;
    house.coop.sits(lead.member, SeatId::new(shift, 0)).await;
    house.coop.sits(hugo.member, SeatId::new(shift, 1)).await;
    let page = format!("/vacation/{shift}/feuille");
    let shown = house.send(get(&page).by(&lead)).await.text();
    assert!(shown.contains("Feuille du jour") && shown.contains("name=\"presence\" value=\"absent\""), "{shown}");
    let id = house.coop.id().to_string();
    let (shift_id, member) = (shift.to_string(), hugo.member.to_string());
    let form = [
        ("id", id.as_str()),
        ("kind", "mark_presence"),
        ("shift", &shift_id),
        ("member", &member),
        ("presence", "absent"),
        ("retour", &page),
    ];
    let told = house.send(post("/acts").by(&lead).form(&form)).await;
    assert_eq!(told.header("location"), format!("{page}?act={id}"));
    assert_eq!(house.coop.count("select count(*) from presence where presence = 'absent'").await, 1);
    let marks = Command::MarkPresence { shift, member: lead.member, presence: Presence::Absent, replaced_by: None, owed: None };
    let foreign = house.commands(&hugo, &[house.on_the_wire(marks)]).await;
    assert_eq!(foreign.json()["outcomes"][0]["reason"]["code"], "not_allowed");
}
