//! « Entre dans l'application »: who never came, and the mails that ask them in, a wave a day.

use std::collections::BTreeMap;

use domain::id::MemberId;
use domain::register::{Deed, Invitable, Mistake, WavePlan, waves};
use domain::time::{Instant, paris_day};
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::together::{Keeping, Kept, note, office};
use crate::error::Error;
use crate::jobs::{self, Mail, enqueue_mail};
use crate::{Backend, ids};

/// The most mails of one transaction.
const AT_ONCE: i64 = 50;

/// Members who never signed in and have an address, by number.
pub async fn invitables(backend: &Backend, asking: MemberId) -> Result<Vec<Invitable>, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    office(&mut tx, asking, now).await?;
    found(&mut tx, paris_day(now)).await
}

async fn found(conn: &mut PgConnection, today: chrono::NaiveDate) -> Result<Vec<Invitable>, Error> {
    let Json(people) = sqlx::query_scalar(INVITABLES).bind(today).fetch_one(conn).await?;
    Ok(people)
}

const INVITABLES: &str = "
select coalesce(jsonb_agg(jsonb_build_object('id', m.member_id, 'number', m.number, 'first_name', m.first_name,
    'last_name', m.last_name, 'email', m.email,
    'welcomed', (select jsonb_build_object('due_at', w.due_at, 'sent_at', w.sent_at) from welcome_mail w
        where w.member_id = m.member_id and w.dropped is null order by w.due_at desc limit 1),
    'waits', exists (select from welcome_mail w where w.member_id = m.member_id and w.sent_at is null and w.dropped is null))
    order by m.number), '[]')
from member m
where (m.left_on is null or m.left_on > $1) and m.email <> ''
    and not exists (select from session d where d.member_id = m.member_id)";

/// Each wave leaves at ten on its day, one mail an address. Gives to how many people.
pub async fn plan_waves(
    backend: &Backend,
    asking: MemberId,
    form: Uuid,
    plan: WavePlan,
    origin: &str,
) -> Result<Kept<usize>, Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, Some(form), []).await? else { return Ok(Ok(0)) };
    if let Some(planned) = planned(&mut keeping.tx, form).await? {
        return Ok(Ok(planned));
    }
    let people = found(&mut keeping.tx, paris_day(keeping.now)).await?;
    let waves = waves(&people, plan, keeping.now);
    if waves.is_empty() {
        return Ok(Err(vec![Mistake::NobodyToInvite]));
    }
    let by_id: BTreeMap<MemberId, &Invitable> = people.iter().map(|person| (person.id, person)).collect();
    let mut count = 0;
    for wave in &waves {
        for person in wave.people.iter().filter_map(|id| by_id.get(id)) {
            write(&mut keeping, form, person, (wave.number, wave.due_at), origin).await?;
            count += 1;
        }
        jobs::note(&mut keeping.tx, "invite", &wave.due_at.timestamp_millis().to_string(), wave.due_at).await?;
    }
    keeping.end().await?;
    Ok(Ok(count))
}

/// One person, at once; again, where they ask for it.
pub async fn invite(backend: &Backend, asking: MemberId, form: Uuid, member: MemberId, origin: &str) -> Result<Kept<()>, Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, Some(form), [member]).await? else { return Ok(Ok(())) };
    if planned(&mut keeping.tx, form).await?.is_some() {
        return Ok(Ok(()));
    }
    let (now, today) = (keeping.now, paris_day(keeping.now));
    let person = found(&mut keeping.tx, today).await?.into_iter().find(|person| person.id == member && !person.waits);
    let Some(person) = person else { return Ok(Err(vec![Mistake::NobodyToInvite])) };
    write(&mut keeping, form, &person, (0, now), origin).await?;
    jobs::note(&mut keeping.tx, "invite", &form.to_string(), now).await?;
    keeping.end().await?;
    Ok(Ok(()))
}

/// To how many people this form planned a mail, where it was sent before.
async fn planned(conn: &mut PgConnection, form: Uuid) -> Result<Option<usize>, Error> {
    let count: i64 = sqlx::query_scalar("select count(*) from welcome_mail where form = $1").bind(form).fetch_one(conn).await?;
    Ok(usize::try_from(count).ok().filter(|count| *count > 0))
}

async fn write(
    keeping: &mut Keeping,
    form: Uuid,
    person: &Invitable,
    (wave, due_at): (i16, Instant),
    origin: &str,
) -> Result<(), Error> {
    let (by, now) = (keeping.by, keeping.now);
    sqlx::query(
        "insert into welcome_mail (welcome_mail_id, form, member_id, email, origin, wave, by_member, planned_at, due_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(ids::at(now))
    .bind(form)
    .bind(person.id)
    .bind(&person.email)
    .bind(origin)
    .bind(wave)
    .bind(by)
    .bind(now)
    .bind(due_at)
    .execute(&mut *keeping.tx)
    .await?;
    Ok(())
}

/// What has not left yet does not leave.
pub async fn take_back_waves(backend: &Backend, asking: MemberId, form: Uuid) -> Result<Kept<()>, Error> {
    let Some(mut keeping) = Keeping::of(backend, asking, Some(form), []).await? else { return Ok(Ok(())) };
    sqlx::query("update welcome_mail set dropped = 'taken_back' where sent_at is null and dropped is null")
        .execute(&mut *keeping.tx)
        .await?;
    keeping.end().await?;
    Ok(Ok(()))
}

/// Sends what is due; whoever came by themselves in the meantime is not asked. Gives how many it dealt with.
pub async fn send_welcomes(backend: &Backend) -> Result<usize, Error> {
    let mut sent = 0;
    loop {
        match some(backend).await? {
            0 => return Ok(sent),
            more => sent += more,
        }
    }
}

#[derive(sqlx::FromRow)]
struct Due {
    welcome_mail_id: Uuid,
    member_id: MemberId,
    by_member: MemberId,
    origin: String,
    first_name: String,
    email: String,
    there: bool,
    signed_in: bool,
}

/// A few addresses: a short transaction.
async fn some(backend: &Backend) -> Result<usize, Error> {
    let now = backend.now();
    let mut tx = backend.pool.begin().await?;
    let due: Vec<Due> = sqlx::query_as(DUE).bind(now).bind(paris_day(now)).bind(AT_ONCE).fetch_all(&mut *tx).await?;
    let mut behind: BTreeMap<&str, Vec<&Due>> = BTreeMap::new();
    for one in &due {
        match (one.there, one.signed_in, one.email.is_empty()) {
            (false, _, _) => drop_it(&mut tx, one, "left").await?,
            (true, true, _) => drop_it(&mut tx, one, "signed_in").await?,
            (true, false, true) => drop_it(&mut tx, one, "no_address").await?,
            (true, false, false) => behind.entry(&one.email).or_default().push(one),
        }
    }
    for (email, people) in behind {
        let names: Vec<&str> = people.iter().map(|one| one.first_name.as_str()).collect();
        let Some(first) = people.first() else { continue };
        enqueue_mail(&mut tx, &welcome(email, &names, &first.origin)).await?;
        for one in people {
            sqlx::query("update welcome_mail set sent_at = $2 where welcome_mail_id = $1")
                .bind(one.welcome_mail_id)
                .bind(now)
                .execute(&mut *tx)
                .await?;
            note(&mut tx, None, one.member_id, &Deed::Invited, Some(one.by_member), now).await?;
        }
    }
    tx.commit().await?;
    Ok(due.len())
}

async fn drop_it(conn: &mut PgConnection, due: &Due, why: &str) -> Result<(), Error> {
    sqlx::query("update welcome_mail set dropped = $2 where welcome_mail_id = $1")
        .bind(due.welcome_mail_id)
        .bind(why)
        .execute(conn)
        .await?;
    Ok(())
}

/// $1 now, $2 today, $3 how many addresses. Those behind one of them together.
const DUE: &str = "
with first as materialized (
    select distinct w.due_at, m.email from welcome_mail w join member m using (member_id)
    where w.sent_at is null and w.dropped is null and w.due_at <= $1 order by 1, 2 limit $3
)
select w.welcome_mail_id, w.member_id, w.by_member, w.origin, m.first_name, m.email,
    (m.left_on is null or m.left_on > $2) as there,
    exists (select from session d where d.member_id = m.member_id) as signed_in
from welcome_mail w join member m using (member_id) join first on first.due_at = w.due_at and first.email = m.email
where w.sent_at is null and w.dropped is null
order by w.due_at, m.email, m.number for update of w skip locked";

/// « Marie », « Marie et Paul », « Marie, Paul et Zoé ».
fn joined(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} et {last}", first.join(", ")),
    }
}

fn welcome(to: &str, names: &[&str], origin: &str) -> Mail {
    let whom = joined(names);
    let several = if names.len() > 1 {
        "\n\nVous êtes plusieurs derrière cette adresse : après le code, l’application demande « Qui es-tu ? »."
    } else {
        ""
    };
    let text = format!(
        "Bonjour {whom},\n\nL’épicerie Alpar a son application : ta prochaine vacation, les échanges, la brève, les sorties et les \
         produits y sont, aussi sans réseau une fois ouverte.\n\nPour y entrer :\n\n{origin}/connexion\n\nTape l’adresse à laquelle tu \
         lis ce message. Tu reçois un code à six chiffres, tu le tapes, et c’est tout : il n’y a pas de mot de passe.{several}\n\nTu \
         n’as pas de téléphone, ou tu es perdu·e ? Passe à l’épicerie : on le fait avec toi.\n\n\
         L’épicerie Alpar\n"
    );
    Mail { to: to.to_owned(), subject: "Entre dans l’application Alpar".to_owned(), text, html: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_behind_one_address_are_greeted_together() {
        assert_eq!(joined(&["Marie"]), "Marie");
        assert_eq!(joined(&["Marie", "Paul"]), "Marie et Paul");
        assert_eq!(joined(&["Marie", "Paul", "Zoé"]), "Marie, Paul et Zoé");
        let mail = welcome("a@exemple.fr", &["Marie", "Paul"], "https://alpar.example");
        assert!(mail.text.contains("https://alpar.example/connexion") && mail.text.contains("Qui es-tu"));
    }
}
