//! Members are called: a row for each, which is the roll and the proof of it. A mail where there is an address, a letter to print
//! where there is none; or it is handed over.

use std::collections::BTreeSet;

use domain::assembly::{Assembly, AssemblyMistake, Called, CalledBy, Convocations, Kind, Letters, Resolution};
use domain::event::local;
use domain::governance::Person;
use domain::id::{AssemblyId, MemberId};
use domain::members::ShortName;
use domain::notice::Notice;
use domain::time::{Instant, paris_day, plus_days};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection};
use uuid::Uuid;

use super::acting::{Acting, Arranged, Held, hold};
use super::planning::tell_called;
use super::row::RESOLUTION;
use crate::Backend;
use crate::auth::Calls;
use crate::error::Error;
use crate::jobs::{self, Mail};

/// Calls every member of that day. `origin`: where the co-op is reached, for the mails' links. From here on, what is voted on
/// changes no more.
pub async fn convoke(backend: &Backend, asking: MemberId, form: Uuid, id: AssemblyId, origin: &str) -> Result<Arranged, Error> {
    let mut acting = Acting::preparing(backend, asking, id).await?;
    if let Some(answer) = acting.ends_at_once(form, ("convoquer", None), Held::is_planned).await? {
        return Ok(answer);
    }
    let mut mistakes = Vec::new();
    if acting.held.agenda.trim().is_empty() {
        mistakes.push(AssemblyMistake::AgendaMissing);
    }
    let notice_d = acting.held.terms().notice_d;
    let first = plus_days(paris_day(acting.now), u64::from(notice_d));
    if paris_day(acting.held.starts_at) < first {
        mistakes.push(AssemblyMistake::TooSoon { notice_d, first });
    }
    if !mistakes.is_empty() {
        return Ok(Err(mistakes));
    }
    sqlx::query("update assembly set convoked_at = $2 where assembly_id = $1")
        .bind(id)
        .bind(acting.now)
        .execute(&mut *acting.tx)
        .await?;
    sqlx::query(
        "insert into assembly_convocation (assembly_id, member_id, channel)
         select $1, m.member_id, case when m.email <> '' and not exists (select from bounced_address b where b.email = m.email)
            then 'mail' else 'letter' end
         from member m where m.joined_on <= $2 and (m.left_on is null or m.left_on > $2)",
    )
    .bind(id)
    .bind(paris_day(acting.now))
    .execute(&mut *acting.tx)
    .await?;
    jobs::enqueue_convocations(&mut acting.tx, id, origin).await?;
    let Held { title, starts_at, place, .. } = &acting.held;
    let (title, starts_at, place) = (title.clone(), *starts_at, place.clone());
    tell_called(&mut acting, &Notice::AssemblyConvoked { assembly: id, title, starts_at, place }).await?;
    acting.end().await
}

/// These were called by a letter that somebody printed, or by hand.
pub async fn mark_called(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: AssemblyId,
    (members, by_hand): (&BTreeSet<MemberId>, bool),
) -> Result<Arranged, Error> {
    let mut acting = Acting::calling(backend, asking, id).await?;
    let what = if by_hand { "remettre" } else { "imprimer" };
    if let Some(answer) = acting.ends_at_once(form, (what, None), Held::goes_on).await? {
        return Ok(answer);
    }
    if acting.held.stage().is_planned() {
        return Ok(Err(vec![AssemblyMistake::NotConvoked]));
    }
    if members.is_empty() {
        return Ok(Err(vec![AssemblyMistake::NobodyChosen]));
    }
    // What has left stays as it was: the first proof counts.
    sqlx::query(
        "update assembly_convocation set channel = $3, done_at = $4, by_member = $5, why = null
         where assembly_id = $1 and member_id = any($2) and done_at is null",
    )
    .bind(id)
    .bind(members.iter().map(|member| member.0).collect::<Vec<Uuid>>())
    .bind(if by_hand { "hand" } else { "letter" })
    .bind(acting.now)
    .bind(acting.by)
    .execute(&mut *acting.tx)
    .await?;
    acting.end().await
}

/// The mail that calls somebody; nothing where it has left, where another way was found, where they left, or where it is called off.
pub(crate) async fn convocation_mail(
    backend: &Backend,
    id: AssemblyId,
    member: MemberId,
    origin: &str,
) -> Result<Option<Mail>, Error> {
    let now = backend.now();
    let mut conn = backend.pool.acquire().await?;
    let to: Option<(String, String)> = sqlx::query_as(
        "select m.email, m.first_name from assembly_convocation c join member m using (member_id) join assembly a using (assembly_id)
         where c.assembly_id = $1 and c.member_id = $2 and c.channel = 'mail' and c.done_at is null and a.cancelled is null
            and a.starts_at > $3 and (m.left_on is null or m.left_on > $4)",
    )
    .bind(id)
    .bind(member)
    .bind(now)
    .bind(paris_day(now))
    .fetch_optional(&mut *conn)
    .await?;
    let Some((to, first_name)) = to else { return Ok(None) };
    let held = hold(&mut conn, id, "").await?;
    let sql = format!(
        "select coalesce(jsonb_agg({RESOLUTION} order by r.rank, r.resolution_id), '[]') from resolution r
         where r.assembly_id = $1 and r.removed_at is null"
    );
    let Json(resolutions): Json<Vec<Resolution>> = sqlx::query_scalar(AssertSqlSafe(sql)).bind(id).fetch_one(&mut *conn).await?;
    Ok(Some(mail(to, &first_name, &held, &resolutions, origin)))
}

fn mail(to: String, first_name: &str, held: &Held, resolutions: &[Resolution], origin: &str) -> Mail {
    let kind = match Kind::parse(&held.kind).unwrap_or_default() {
        Kind::Ordinary => "ordinaire",
        Kind::Extraordinary => "extraordinaire",
    };
    let (title, when, place, agenda) = (&held.title, at(held.starts_at), &held.place, held.agenda.trim());
    let votes: String = resolutions.iter().map(|resolution| format!("- {}\n", resolution.title)).collect();
    let votes = if votes.is_empty() { votes } else { format!("\nOn y vote :\n\n{votes}") };
    let proxies = match held.terms().proxies {
        0 => String::new(),
        most => format!(
            "Si tu ne peux pas venir, un membre peut voter pour toi : tu lui donnes un pouvoir sur cette page, ou par écrit avant \
             l’ouverture. Chacun en porte {most} au plus.\n\n"
        ),
    };
    Mail {
        to,
        subject: format!("Convocation : {title}"),
        text: format!(
            "Bonjour {first_name},\n\nTu es convoqué·e à l’assemblée générale {kind} de l’épicerie Alpar : « {title} », {when}, \
             {place}.\n\nL’ordre du jour :\n\n{agenda}\n{votes}\nLes documents, pour dire si tu viens ou donner un pouvoir :\n\n\
             {origin}/ag\n\n{proxies}Chaque membre a une voix. À bientôt,\n\nL’épicerie Alpar\n"
        ),
        html: None,
    }
}

/// « le 4/12/2026 à 19 h 30 »
fn at(at: Instant) -> String {
    let at = local(at);
    let minutes = at.format("%M").to_string();
    let minutes = if minutes == "00" { String::new() } else { format!(" {minutes}") };
    format!("le {} à {} h{minutes}", at.format("%-d/%m/%Y"), at.format("%-H"))
}

/// Notes that the mail has left, or why not.
pub(crate) async fn convocation_left(
    backend: &Backend,
    id: AssemblyId,
    member: MemberId,
    why_not: Option<&str>,
) -> Result<(), Error> {
    sqlx::query(
        "update assembly_convocation set done_at = case when $4::text is null then $3 end, why = $4
         where assembly_id = $1 and member_id = $2 and channel = 'mail' and done_at is null",
    )
    .bind(id)
    .bind(member)
    .bind(backend.now())
    .bind(why_not)
    .execute(&backend.pool)
    .await?;
    Ok(())
}

/// How many were called in which way.
pub(super) async fn called(conn: &mut PgConnection, id: AssemblyId) -> Result<Called, Error> {
    let Json(called) = sqlx::query_scalar(
        "select jsonb_build_object(
            'mails_sent', count(*) filter (where channel = 'mail' and done_at is not null),
            'mails_waiting', count(*) filter (where channel = 'mail' and done_at is null and why is null),
            'mails_failed', count(*) filter (where channel = 'mail' and done_at is null and why is not null),
            'letters_printed', count(*) filter (where channel = 'letter' and done_at is not null),
            'letters_to_print', count(*) filter (where channel = 'letter' and done_at is null),
            'handed', count(*) filter (where channel = 'hand'))
         from assembly_convocation where assembly_id = $1",
    )
    .bind(id)
    .fetch_one(conn)
    .await?;
    Ok(called)
}

/// A row of the proof: who, their number, how, when, by whom, why not yet.
type Row = (MemberId, String, String, i32, String, Option<Instant>, Option<String>, Option<String>, Option<String>);

/// The proof that everybody was called, for whoever calls.
pub async fn convocations(backend: &Backend, asking: MemberId, id: AssemblyId) -> Result<Convocations, Error> {
    let now = backend.now();
    let mut conn = backend.pool.acquire().await?;
    Calls::find(&mut conn, asking, id, now).await?.ok_or(Error::NotAllowed)?;
    let held = hold(&mut conn, id, "").await?;
    let called = called(&mut conn, id).await?;
    let rows: Vec<Row> = sqlx::query_as(
        "select m.member_id, m.first_name, m.last_name, m.number, c.channel, c.done_at, b.first_name, b.last_name, c.why
         from assembly_convocation c join member m on m.member_id = c.member_id left join member b on b.member_id = c.by_member
         where c.assembly_id = $1
         order by c.done_at is not null, c.channel = 'mail' and c.why is null, m.first_name, m.last_name, m.number",
    )
    .bind(id)
    .fetch_all(&mut *conn)
    .await?;
    let rows = rows.into_iter().map(|(id, first_name, last_name, number, channel, done_at, by, by_last, why)| CalledBy {
        person: Person { id, first_name, last_name },
        number,
        channel,
        done_at,
        by: by.map(|first| ShortName::new(&first, by_last.as_deref().unwrap_or_default())),
        why,
    });
    let rows = rows.collect();
    Ok(Convocations { now, id, title: held.title.clone(), starts_at: held.starts_at, stage: held.stage_now(now), called, rows })
}

/// What is printed for those whom no mail reaches, and for those whose mail has not left.
pub async fn letters(backend: &Backend, asking: MemberId, id: AssemblyId) -> Result<Letters, Error> {
    let now = backend.now();
    let mut conn = backend.pool.acquire().await?;
    Calls::find(&mut conn, asking, id, now).await?.ok_or(Error::NotAllowed)?;
    let sql = format!("select {} from assembly a where a.assembly_id = $2", super::row("$1", "true"));
    let found: Option<Json<Assembly>> =
        sqlx::query_scalar(AssertSqlSafe(sql)).bind(paris_day(now)).bind(id).fetch_optional(&mut *conn).await?;
    let Json(assembly) = found.ok_or(Error::NotFound)?;
    let to: Vec<(MemberId, String, String, i32)> = sqlx::query_as(
        "select m.member_id, m.first_name, m.last_name, m.number from assembly_convocation c join member m using (member_id)
         where c.assembly_id = $1 and c.done_at is null and (c.channel = 'letter' or c.why is not null)
         order by m.last_name, m.first_name, m.number",
    )
    .bind(id)
    .fetch_all(&mut *conn)
    .await?;
    let named: Vec<Uuid> = assembly
        .roles
        .iter()
        .map(|known| known.member.0)
        .chain(assembly.candidates.iter().map(|candidate| candidate.member.0))
        .collect();
    let people: Vec<(MemberId, String, String)> =
        sqlx::query_as("select member_id, first_name, last_name from member where member_id = any($1)")
            .bind(named)
            .fetch_all(&mut *conn)
            .await?;
    let person = |(id, first_name, last_name)| Person { id, first_name, last_name };
    Ok(Letters {
        now,
        assembly,
        people: people.into_iter().map(person).collect(),
        to: to.into_iter().map(|(id, first, last, number)| (person((id, first, last)), number)).collect(),
    })
}
