//! An assembly is planned, changed while members are not called to it, called off; who keeps it; what holds for the next ones.

use domain::assembly::{AssemblyMistake, Role, Settings, WrittenAssembly, WrittenRoles};
use domain::governance::Meeting;
use domain::id::{AssemblyId, MemberId};
use domain::notice::Notice;
use domain::time::paris_day;
use sqlx::PgConnection;
use uuid::Uuid;

use super::acting::{Acting, Arranged, Held, note};
use crate::Backend;
use crate::auth::OnCommittee;
use crate::brief::html;
use crate::error::Error;

/// What the statutes ask, as the co-op has set it.
pub(super) async fn settings(conn: &mut PgConnection) -> Result<Settings, Error> {
    let set: Option<(i16, i16, i16, i16)> =
        sqlx::query_as("select notice_d, quorum, quorum_extra, proxies from assembly_setting").fetch_optional(conn).await?;
    let Some((notice, quorum, extra, proxies)) = set else { return Ok(Settings::default()) };
    let percent = |figure: i16| u8::try_from(figure).unwrap_or(0);
    Ok(Settings {
        notice_d: u16::try_from(notice).unwrap_or(0),
        quorum: percent(quorum),
        quorum_extra: percent(extra),
        proxies: percent(proxies),
    })
}

/// By the committee, for the assemblies that are planned from here on.
pub async fn set_settings(backend: &Backend, asking: MemberId, form: Uuid, set: &Settings) -> Result<Arranged, Error> {
    let (now, mut tx) = (backend.now(), backend.pool.begin().await?);
    let by = OnCommittee::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?.member();
    if note(&mut tx, form, None, "regles", None, by, now).await? {
        sqlx::query(
            "insert into assembly_setting (notice_d, quorum, quorum_extra, proxies) values ($1, $2, $3, $4)
             on conflict (only_row) do update set notice_d = $1, quorum = $2, quorum_extra = $3, proxies = $4",
        )
        .bind(i16::try_from(set.notice_d).unwrap_or(i16::MAX))
        .bind(i16::from(set.quorum))
        .bind(i16::from(set.quorum_extra))
        .bind(i16::from(set.proxies))
        .execute(&mut *tx)
        .await?;
    }
    tx.commit().await?;
    Ok(Ok(()))
}

/// By the committee. The form's id is the assembly's.
pub async fn plan(backend: &Backend, asking: MemberId, form: Uuid, written: &WrittenAssembly) -> Result<Arranged, Error> {
    let (now, mut tx) = (backend.now(), backend.pool.begin().await?);
    let by = OnCommittee::find(&mut tx, asking, now).await?.ok_or(Error::NotAllowed)?.member();
    if !is_second(&mut tx, written).await? {
        return Ok(Err(vec![AssemblyMistake::NoFirst]));
    }
    let terms = settings(&mut tx).await?.terms(written.kind, written.second_of.is_some());
    let planned = sqlx::query(
        "insert into assembly (assembly_id, kind, title, starts_at, place, agenda, agenda_html, notice_d, quorum, proxies, second_of,
            by_member, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (assembly_id) do nothing",
    )
    .bind(form)
    .bind(written.kind.as_str())
    .bind(&written.title)
    .bind(written.starts_at)
    .bind(&written.place)
    .bind(&written.agenda)
    .bind(html(&written.agenda))
    .bind(i16::try_from(terms.notice_d).unwrap_or(i16::MAX))
    .bind(i16::from(terms.quorum))
    .bind(i16::from(terms.proxies))
    .bind(written.second_of)
    .bind(by)
    .bind(now)
    .execute(&mut *tx)
    .await?;
    // The same form again is the same assembly.
    if planned.rows_affected() == 1 {
        note(&mut tx, form, Some(AssemblyId(form)), "prevoir", None, by, now).await?;
    }
    tx.commit().await?;
    Ok(Ok(()))
}

/// What it says of itself, until members are called to it. `base`: the revision from which it was written.
pub async fn edit(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    (id, base): (AssemblyId, i32),
    written: &WrittenAssembly,
) -> Result<Arranged, Error> {
    let mut acting = Acting::preparing(backend, asking, id).await?;
    if let Some(answer) = acting.ends_at_once(form, ("changer", None), Held::is_planned).await? {
        return Ok(answer);
    }
    if acting.held.revision != base {
        return Ok(Err(vec![AssemblyMistake::Stale { revision: acting.held.revision }]));
    }
    if !is_second(&mut acting.tx, written).await? {
        return Ok(Err(vec![AssemblyMistake::NoFirst]));
    }
    let terms = settings(&mut acting.tx).await?.terms(written.kind, written.second_of.is_some());
    sqlx::query(
        "update assembly set kind = $2, title = $3, starts_at = $4, place = $5, agenda = $6, agenda_html = $7, notice_d = $8,
            quorum = $9, proxies = $10, second_of = $11, revision = revision + 1
         where assembly_id = $1",
    )
    .bind(id)
    .bind(written.kind.as_str())
    .bind(&written.title)
    .bind(written.starts_at)
    .bind(&written.place)
    .bind(&written.agenda)
    .bind(html(&written.agenda))
    .bind(i16::try_from(terms.notice_d).unwrap_or(i16::MAX))
    .bind(i16::from(terms.quorum))
    .bind(i16::from(terms.proxies))
    .bind(written.second_of)
    .execute(&mut *acting.tx)
    .await?;
    acting.end().await
}

/// Where it is called a second time, too few had come to that one, of the same kind: it closed without a vote.
async fn is_second(conn: &mut PgConnection, written: &WrittenAssembly) -> Result<bool, Error> {
    let Some(first) = written.second_of else { return Ok(true) };
    Ok(sqlx::query_scalar(
        "select exists (select from assembly a where a.assembly_id = $1 and a.kind = $2 and a.closed_at is not null
            and not exists (select from resolution r where r.assembly_id = a.assembly_id and r.opened_at is not null))",
    )
    .bind(first)
    .bind(written.kind.as_str())
    .fetch_one(conn)
    .await?)
}

/// It does not take place, with a word: members who were called read it.
pub async fn cancel(backend: &Backend, asking: MemberId, form: Uuid, id: AssemblyId, typed: &str) -> Result<Arranged, Error> {
    let mut acting = Acting::preparing(backend, asking, id).await?;
    if let Some(answer) = acting.ends_at_once(form, ("annuler", None), Held::goes_on).await? {
        return Ok(answer);
    }
    let stage = acting.held.stage();
    if stage.is_open() {
        return Ok(Err(vec![AssemblyMistake::Begun]));
    }
    let word = match Meeting::cancelling(typed) {
        Ok(word) => word,
        Err(mistake) => return Ok(Err(vec![AssemblyMistake::Governance(mistake)])),
    };
    sqlx::query("update assembly set cancelled = $2 where assembly_id = $1")
        .bind(id)
        .bind(&word)
        .execute(&mut *acting.tx)
        .await?;
    if stage.is_convoked() {
        let (title, starts_at) = (acting.held.title.clone(), acting.held.starts_at);
        let notice = Notice::AssemblyOff { assembly: id, title, starts_at, word };
        tell_called(&mut acting, &notice).await?;
    }
    acting.end().await
}

/// Tells whoever is called to it.
pub(super) async fn tell_called(acting: &mut Acting, notice: &Notice) -> Result<(), Error> {
    let called: Vec<MemberId> =
        sqlx::query_scalar("select member_id from assembly_convocation where assembly_id = $1 order by member_id")
            .bind(acting.held.assembly_id)
            .fetch_all(&mut *acting.tx)
            .await?;
    acting.after.touched.extend(called.iter().copied());
    acting.after.told.extend(called.into_iter().map(|member| (member, notice.clone())));
    Ok(())
}

/// Who keeps it: the committee names its chair and its secretary, the secretary may name its tellers. Those who are named anew are
/// told.
pub async fn set_roles(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    id: AssemblyId,
    written: &WrittenRoles,
) -> Result<Arranged, Error> {
    let mut acting = Acting::preparing(backend, asking, id).await?;
    if let Some(answer) = acting.ends_at_once(form, ("roles", None), Held::goes_on).await? {
        return Ok(answer);
    }
    let one = |who: Option<MemberId>, role: Role| who.map(|who| (who, role));
    let named: Vec<(MemberId, Role)> = [one(written.chair, Role::Chair), one(written.secretary, Role::Secretary)]
        .into_iter()
        .flatten()
        .chain(written.tellers.iter().map(|teller| (*teller, Role::Teller)))
        .collect();
    let ids: Vec<Uuid> = named.iter().map(|(member, _)| member.0).collect();
    let belong: i64 = sqlx::query_scalar(
        "select count(*) from member where member_id = any($1) and joined_on <= $2 and (left_on is null or left_on > $2)",
    )
    .bind(&ids)
    .bind(paris_day(acting.now))
    .fetch_one(&mut *acting.tx)
    .await?;
    if usize::try_from(belong).ok() != Some(named.len()) {
        return Ok(Err(vec![AssemblyMistake::NobodyChosen]));
    }
    let before: Vec<(MemberId, String)> =
        sqlx::query_as("delete from assembly_role where assembly_id = $1 returning member_id, role")
            .bind(id)
            .fetch_all(&mut *acting.tx)
            .await?;
    let was = |role: Role| before.iter().find(|(_, known)| known == role.as_str()).map(|(member, _)| *member);
    let same = was(Role::Chair) == written.chair && was(Role::Secretary) == written.secretary;
    if !same && OnCommittee::find(&mut acting.tx, asking, acting.now).await?.is_none() {
        return Ok(Err(vec![AssemblyMistake::NamedByCommittee]));
    }
    sqlx::query(
        "insert into assembly_role (assembly_id, member_id, role) select $1, r.* from unnest($2::uuid[], $3::text[]) as r",
    )
    .bind(id)
    .bind(&ids)
    .bind(named.iter().map(|(_, role)| role.as_str().to_owned()).collect::<Vec<String>>())
    .execute(&mut *acting.tx)
    .await?;
    let starts_at = acting.held.starts_at;
    for (member, role) in named {
        acting.after.touched.insert(member);
        if member != acting.by && !before.contains(&(member, role.as_str().to_owned())) {
            acting.after.told.push((member, Notice::AssemblyRole { assembly: id, starts_at, role }));
        }
    }
    acting.after.touched.extend(before.into_iter().map(|(member, _)| member));
    acting.end().await
}
