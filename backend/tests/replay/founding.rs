//! The simulation's village as rows.

use chrono::Duration;
use domain::members::{Aptitude, Known};
use domain::shifts::ShiftTemplate;
use serde_json::{Value, json};

use crate::coop::Coop;
use crate::world::World;

/// Everything goes; then the people, their shifts, and who sits where.
pub async fn found(coop: &Coop, day: World) {
    let village = &day.server;
    let tables: Vec<String> = sqlx::query_scalar(
        "select tablename::text from pg_tables where schemaname = 'public'
         and tablename not in ('_sqlx_migrations', 'change_mark', 'skill')",
    )
    .fetch_all(&coop.backend.pool)
    .await
    .unwrap();
    coop.sql(&format!("truncate {} cascade; update change_mark set mark = 0", tables.join(", "))).await;

    insert(coop, "setting", "rules", vec![json!({ "rules": village.board.rules })]).await;
    let members = village.profiles.values().map(|profile| {
        json!({
            "member_id": profile.id, "number": profile.number, "first_name": profile.first_name,
            "last_name": profile.last_name, "email": profile.email, "rhythm": profile.rhythm, "joined_on": "2020-01-01",
            "show_phone": false, "show_email": false, "employee": false,
        })
    });
    let columns = "member_id, number, first_name, last_name, email, rhythm, joined_on, show_phone, show_email, employee";
    insert(coop, "member", columns, members.collect()).await;
    let aptitudes = || village.board.people.values().map(|person| (person.id, known(&person.aptitude)));
    let skills = aptitudes().flat_map(|(id, aptitude)| {
        aptitude.skills.iter().map(move |skill| json!({ "member_id": id, "skill": skill })).collect::<Vec<_>>()
    });
    insert(coop, "member_skill", "member_id, skill", skills.collect()).await;
    let leaves = aptitudes().flat_map(|(id, aptitude)| {
        let row = |days: &domain::time::Days| {
            json!({ "leave_id": coop.id(), "member_id": id, "from_on": days.from, "to_on": days.to, "why": "" })
        };
        aptitude.leaves.iter().map(row).collect::<Vec<_>>()
    });
    insert(coop, "leave", "leave_id, member_id, from_on, to_on, why", leaves.collect()).await;
    for (member, entries) in &village.ledger {
        for entry in entries {
            sqlx::query("insert into ledger_entry (member_id, kind, on_day, shifts, at) values ($1, 'done', $2, $3, $4)")
                .bind(member)
                .bind(entry.on)
                .bind(entry.shifts())
                .bind(day.now)
                .execute(&coop.backend.pool)
                .await
                .unwrap();
        }
    }
    coop.in_office(village.office).await;
    shifts(coop, &day).await;
}

fn known(aptitude: &Known<Aptitude>) -> &Aptitude {
    aptitude.get().expect("the server knows everybody")
}

async fn shifts(coop: &Coop, day: &World) {
    let board = &day.server.board;
    let template = |template: &ShiftTemplate| {
        json!({
            "template_id": template.id, "cycle_week": template.week.index(),
            "weekday": template.weekday.num_days_from_monday(), "from_clock": template.from,
            "to_clock": template.to, "minimum": template.minimum, "tasks": template.tasks,
        })
    };
    let columns = "template_id, cycle_week, weekday, from_clock, to_clock, minimum, tasks";
    insert(coop, "shift_template", columns, board.templates.iter().map(template).collect()).await;
    let rows = board.shifts.values().map(|shift| {
        json!({
            "shift_id": shift.id, "template_id": shift.template, "on_day": shift.on,
            "starts_at": shift.starts_at, "ends_at": shift.ends_at, "minimum": shift.minimum,
        })
    });
    insert(coop, "shift", "shift_id, template_id, on_day, starts_at, ends_at, minimum", rows.collect()).await;
    let (mut seats, mut held) = (Vec::new(), Vec::new());
    for shift in board.shifts.values() {
        for (position, seat) in shift.seats.iter().enumerate() {
            seats.push(json!({ "shift_id": shift.id, "position": position, "lead": seat.lead, "skill": seat.skill }));
            if let Some(holder) = seat.holder {
                let inside = Duration::minutes(15);
                let (from, to) = (shift.starts_at + inside, shift.ends_at - inside);
                held.push(json!({
                    "shift_id": shift.id, "position": position, "member_id": holder, "closed": false,
                    "during": format!("[{},{})", from.to_rfc3339(), to.to_rfc3339()),
                }));
            }
        }
    }
    insert(coop, "seat", "shift_id, position, lead, skill", seats).await;
    insert(coop, "assignment", "shift_id, position, member_id, closed, during", held).await;
}

async fn insert(coop: &Coop, table: &str, columns: &str, rows: Vec<Value>) {
    let statement = format!("insert into {table} ({columns}) select {columns} from jsonb_populate_recordset(null::{table}, $1)");
    sqlx::query(sqlx::AssertSqlSafe(statement)).bind(Value::from(rows)).execute(&coop.backend.pool).await.unwrap();
}
