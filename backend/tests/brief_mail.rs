//! The brief by mail: each address once, whoever addresses it; carried once, but for the moment of a death; ended by one press.

mod coop;
#[path = "brief_mail/copies.rs"]
mod copies;

use backend::brief::mail::{
    Asked, Leaving, Next, address, awaits_yes, come_back, leave, leaving, mail_correction, next, public_brief, purge, retry,
    returned, revive, say_yes, sending, settle, subscribe,
};
use backend::error::Error;
use backend::notify::{Came, bounced};
use chrono::Duration;
use coop::Coop;
use copies::{ANY, again, failed};
use domain::brief::{Corrected, Counts, Shown};
use domain::command::Command;
use domain::id::MemberId;
use domain::notify::{Channel, Topic};
use futures::future::join_all;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::types::Json;

// — for whom —

#[sqlx::test(migrations = false)]
async fn each_address_has_one_copy_whoever_addresses_it_and_however_often(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, paul) = (coop.member("Léa").await, coop.member("Paul").await);
    coop.email(lea, "foyer@example.org").await;
    coop.email(paul, "foyer@example.org").await;
    let gone = coop.member("Zoé").await;
    coop.sql(&format!("update member set left_on = '2026-12-01' where member_id = '{gone}'")).await;
    let silent = coop.member("Karim").await;
    coop.does(silent, Command::SetSwitch { topic: Topic::BriefMail, channel: Channel::Mail, on: false }).await;
    let unreached = coop.member("Omar").await;
    coop.email(unreached, "omar@example.org").await;
    bounced(&coop.backend, "omar@example.org", "550").await.unwrap();
    coop.subscriber("voisine@example.org").await;
    // Whoever is a member too has the whole of it, once.
    coop.subscriber("foyer@example.org").await;
    let editor = coop.editor().await;
    coop.email(editor, "ines@example.org").await;
    let blocks = vec![coop.block(editor, "Portes ouvertes", "<p>Samedi.</p>", true).await];
    coop.publishes(blocks, true).await;
    for done in join_all((0..6).map(|_| address(&coop.backend))).await {
        done.unwrap();
    }
    let addressed = ["foyer@example.org Léa et Paul", "ines@example.org Inès", "voisine@example.org "];
    assert_eq!(coop.copies(0).await, addressed);
    // Decided once: who comes later is not in it.
    coop.member("Nour").await;
    address(&coop.backend).await.unwrap();
    assert_eq!(coop.copies(0).await, addressed);
}

#[sqlx::test(migrations = false)]
async fn the_public_has_nothing_of_a_brief_that_has_nothing_for_it(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let editor = coop.editor().await;
    coop.subscriber("voisine@example.org").await;
    let block = coop.block(editor, "Entre nous", "<p>Mercredi.</p>", false).await;
    coop.publishes(vec![block], true).await;
    address(&coop.backend).await.unwrap();
    assert_eq!(coop.count("select count(*) from brief_copy where member_id is null").await, 0);
    assert!(public_brief(&coop.backend, None).await.unwrap().is_none());
}

#[sqlx::test(migrations = false)]
async fn a_brief_of_which_no_mail_is_due_goes_to_nobody(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let editor = coop.editor().await;
    let block = coop.block(editor, "Jadis", "<p>Mercredi.</p>", false).await;
    coop.publishes(vec![block], true).await;
    coop.sql("delete from due_work").await;
    address(&coop.backend).await.unwrap();
    assert_eq!(coop.count("select count(*) from brief_copy").await, 0);
}

#[sqlx::test(migrations = false)]
async fn a_copy_says_what_is_for_its_reader_and_always_under_the_same_id(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let editor = coop.editor().await;
    coop.email(editor, "a@example.org").await;
    coop.subscriber("z@example.org").await;
    let shift = coop.shift(5, 9, 3).await;
    let open = coop.block(editor, "Portes ouvertes", "<p>Samedi.</p>", true).await;
    let ours = coop.block(editor, "Entre nous", "<p>Mercredi.</p>", false).await;
    coop.publishes(vec![open.clone(), ours.clone(), coop.open_places(shift)], true).await;
    address(&coop.backend).await.unwrap();
    let all = coop.takes_all().await;
    let [member, public] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((member.name.as_str(), member.is_public, member.issue.brief.pieces.len()), ("Inès", false, 3));
    assert_eq!((public.is_public, public.issue.brief.pieces.as_slice()), (true, [open].as_slice()));
    assert!(member.message_id.len() == 32 && member.message_id != public.message_id && member.leaving != public.leaving);
    settle(&coop.backend, member, &again("451")).await.unwrap();
    coop.passes(Duration::minutes(1));
    let once_more = coop.takes().await.unwrap();
    assert_eq!((&once_more.message_id, &once_more.leaving), (&member.message_id, &member.leaving));
}

// — on its way —

#[sqlx::test(migrations = false)]
async fn a_copy_is_in_one_pair_of_hands(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    coop.members(20).await;
    coop.addressed().await;
    let taken = join_all((0..40).map(|_| next(&coop.backend, ANY))).await;
    let mut ids: Vec<i64> = taken
        .into_iter()
        .filter_map(|next| match next.unwrap() {
            Next::Copy(copy) => Some(copy.id),
            Next::Paced | Next::Nothing => None,
        })
        .collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 21);
    assert_eq!(coop.count("select count(*) from brief_copy where state = 'taken' and attempts = 1").await, 21);
}

#[sqlx::test(migrations = false)]
async fn all_processes_together_take_no_more_than_the_pace_in_a_second(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    coop.members(10).await;
    coop.addressed().await;
    let taken = async || {
        let taken = join_all((0..8).map(|_| next(&coop.backend, 4))).await;
        taken.into_iter().filter(|next| matches!(next, Ok(Next::Copy(_)))).count()
    };
    assert_eq!(taken().await, 4);
    assert!(matches!(next(&coop.backend, 4).await.unwrap(), Next::Paced));
    coop.passes(Duration::milliseconds(1_001));
    assert_eq!(taken().await, 4);
    coop.passes(Duration::milliseconds(1_001));
    assert_eq!(taken().await, 3);
    assert!(matches!(next(&coop.backend, 4).await.unwrap(), Next::Nothing));
}

#[sqlx::test(migrations = false)]
async fn a_copy_whose_process_died_is_taken_up_and_marked(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    coop.addressed().await;
    let copy = coop.takes().await.unwrap();
    assert!(!copy.maybe_twice);
    coop.passes(Duration::seconds(119));
    assert_eq!(revive(&coop.backend).await.unwrap(), 0);
    coop.passes(Duration::seconds(2));
    assert_eq!(revive(&coop.backend).await.unwrap(), 1);
    let again = coop.takes().await.unwrap();
    assert!(again.maybe_twice && again.message_id == copy.message_id && again.attempts == 2);
    settle(&coop.backend, &again, &Came::Sent).await.unwrap();
    // The dead one's late word changes nothing.
    settle(&coop.backend, &copy, &failed("554")).await.unwrap();
    assert_eq!(coop.states().await, ["submitted"]);
}

#[sqlx::test(migrations = false)]
async fn what_does_not_leave_is_tried_for_a_day_and_then_ends_with_its_reason(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    coop.addressed().await;
    let mut tried = 0;
    while let Some(copy) = coop.takes().await {
        tried += 1;
        settle(&coop.backend, &copy, &again("the mail server answered 451")).await.unwrap();
        assert!(coop.takes().await.is_none(), "not at once");
        coop.passes(Duration::minutes(61));
    }
    assert!((20..30).contains(&tried), "{tried} tries");
    assert_eq!(coop.states().await, [format!("failed: the mail server answered 451 ({tried} tries)")]);
}

#[sqlx::test(migrations = false)]
async fn nothing_is_carried_to_an_address_that_came_back_in_between(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    coop.addressed().await;
    bounced(&coop.backend, "ines@example.org", "550").await.unwrap();
    assert!(coop.takes().await.is_none());
    assert_eq!(coop.states().await, ["failed: the address came back"]);
}

// — no longer —

/// Which switches of all members stand otherwise than at first.
async fn switches(coop: &Coop) -> Vec<String> {
    coop.text("select switches::text from preference order by member_id").await
}

#[sqlx::test(migrations = false)]
async fn one_press_ends_it_for_all_behind_the_address_and_changes_nothing_else(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (lea, paul) = (coop.member("Léa").await, coop.member("Paul").await);
    coop.email(lea, "foyer@example.org").await;
    coop.email(paul, "foyer@example.org").await;
    coop.does(lea, Command::SetSwitch { topic: Topic::Lacking, channel: Channel::Mail, on: false }).await;
    coop.addressed().await;
    let copy = coop.takes_all().await.remove(0);
    let stands = async || leaving(&coop.backend, &copy.leaving).await.unwrap();
    let receives = |receives| Some(Leaving { address: Some("f…@example.org".into()), is_member: true, receives });
    assert_eq!(stands().await, receives(true));
    for _ in 0..3 {
        assert!(leave(&coop.backend, &copy.leaving).await.unwrap());
        assert_eq!(stands().await, receives(false));
    }
    let off = r#"{"on": false, "topic": "brief_mail", "channel": "mail"}"#;
    let kept = r#"{"on": false, "topic": "lacking", "channel": "mail"}"#;
    let mut found = switches(&coop).await;
    found.sort_by_key(String::len);
    assert_eq!(found, [format!("[{off}]"), format!("[{kept}, {off}]")]);
    assert!(come_back(&coop.backend, &copy.leaving).await.unwrap());
    assert_eq!(stands().await, receives(true));
}

#[sqlx::test(migrations = false)]
async fn a_copy_that_had_not_left_does_not_leave_after_a_no(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    coop.addressed().await;
    let copy = coop.takes().await.unwrap();
    settle(&coop.backend, &copy, &again("451")).await.unwrap();
    leave(&coop.backend, &copy.leaving).await.unwrap();
    coop.passes(Duration::hours(1));
    assert!(coop.takes().await.is_none());
    assert_eq!(coop.states().await, ["failed: switched off since"]);
}

#[sqlx::test(migrations = false)]
async fn a_link_that_is_nobodys_does_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    coop.addressed().await;
    let copy = coop.takes().await.unwrap();
    let other = format!("{}A", &copy.leaving[..43]);
    for wrong in ["", "x", &other, &copy.leaving[1..]] {
        assert_eq!(leaving(&coop.backend, wrong).await.unwrap(), None, "{wrong}");
        assert!(!leave(&coop.backend, wrong).await.unwrap() && !come_back(&coop.backend, wrong).await.unwrap(), "{wrong}");
    }
    // An address that changed since ends the links that went to it.
    coop.sql("update member set email = 'new@example.org'").await;
    assert!(!leave(&coop.backend, &copy.leaving).await.unwrap());
    assert_eq!(coop.count("select count(*) from preference").await, 0);
}

// — the public —

/// The token in the last mail that asks for a yes.
async fn asked(coop: &Coop) -> String {
    let mails = coop.text("select payload->>'text' from graphile_worker._private_jobs order by id desc limit 1").await;
    let text = mails.first().expect("a mail");
    let link = text.lines().find(|line| line.starts_with("https://alpar.example/breve/abonnement/")).expect("a link");
    link.rsplit('/').next().unwrap().to_owned()
}

#[sqlx::test(migrations = false)]
async fn somebody_of_the_public_asks_says_yes_reads_and_is_forgotten(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let origin = "https://alpar.example";
    assert_eq!(subscribe(&coop.backend, "voisine", origin).await.unwrap(), Asked::NotAnAddress);
    assert_eq!(subscribe(&coop.backend, " Voisine@Example.org ", origin).await.unwrap(), Asked::Sent);
    let token = asked(&coop).await;
    assert!(awaits_yes(&coop.backend, &token).await.unwrap());
    coop.addressed().await;
    assert_eq!(coop.copies(0).await, ["ines@example.org Inès"], "without a yes, nothing");
    assert!(say_yes(&coop.backend, &token).await.unwrap() && say_yes(&coop.backend, &token).await.unwrap());
    coop.sql("delete from brief_copy; delete from brief_mailing").await;
    address(&coop.backend).await.unwrap();
    assert_eq!(coop.copies(0).await, ["ines@example.org Inès", "voisine@example.org "]);
    let copy = coop.takes_all().await.remove(1);
    settle(&coop.backend, &copy, &Came::Sent).await.unwrap();
    assert_eq!(leaving(&coop.backend, &copy.leaving).await.unwrap().map(|leaving| leaving.receives), Some(true));
    for _ in 0..2 {
        assert!(leave(&coop.backend, &copy.leaving).await.unwrap());
    }
    let forgotten = Some(Leaving { address: None, is_member: false, receives: false });
    assert_eq!(leaving(&coop.backend, &copy.leaving).await.unwrap(), forgotten);
    assert_eq!(coop.count("select count(*) from brief_subscriber").await, 0);
    let known = "select count(*) from brief_copy where email like 'voisine%'";
    assert_eq!((coop.count(known).await, coop.count("select count(*) from brief_copy").await), (0, 2), "the number stays");
}

#[sqlx::test(migrations = false)]
async fn nobodys_mailbox_is_filled_by_others_and_nobody_waits_for_ever(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let origin = "https://alpar.example";
    let mails = async || coop.count("select count(*) from graphile_worker.jobs where task_identifier = 'mail'").await;
    for _ in 0..4 {
        assert_eq!(subscribe(&coop.backend, "a@example.org", origin).await.unwrap(), Asked::Sent);
    }
    assert_eq!(mails().await, 1);
    for _ in 0..5 {
        coop.passes(Duration::minutes(16));
        subscribe(&coop.backend, "a@example.org", origin).await.unwrap();
    }
    assert_eq!(mails().await, 3);
    let token = asked(&coop).await;
    coop.passes(Duration::days(7) + Duration::minutes(1));
    assert!(!awaits_yes(&coop.backend, &token).await.unwrap() && !say_yes(&coop.backend, &token).await.unwrap());
    purge(&coop.backend, coop.now()).await.unwrap();
    assert_eq!(coop.count("select count(*) from brief_subscriber").await, 0);
    // Who reads it already is asked nothing.
    coop.subscriber("b@example.org").await;
    assert_eq!(subscribe(&coop.backend, "b@example.org", origin).await.unwrap(), Asked::Sent);
    assert_eq!(mails().await, 3);
}

#[sqlx::test(migrations = false)]
async fn anybody_reads_what_is_public_of_a_brief_and_nothing_else(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    assert!(public_brief(&coop.backend, None).await.unwrap().is_none());
    let editor = coop.editor().await;
    let open = coop.block(editor, "Portes ouvertes", "<p>Samedi.</p>", true).await;
    let ours = coop.block(editor, "Entre nous", "<p>Mercredi.</p>", false).await;
    let shift = coop.shift(5, 9, 3).await;
    let of = |shown: &Shown| match shown {
        Shown::Block { id, .. } => *id,
        Shown::Live { .. } => unreachable!("a block"),
    };
    let (at, corrected) = (coop.now(), [(of(&ours), "Le code est 4512."), (of(&open), "C’est dimanche.")]);
    let pieces: Vec<Shown> = vec![ours, open.clone(), coop.open_places(shift)];
    coop.publishes(pieces, true).await;
    sqlx::query("update brief set frozen = jsonb_set(frozen, '{corrected}', $1)")
        .bind(Json(corrected.map(|(block, word)| Corrected { at, word: word.into(), block: Some(block) })))
        .execute(&coop.backend.pool)
        .await
        .unwrap();
    let found = public_brief(&coop.backend, Some(coop.monday())).await.unwrap().unwrap();
    assert_eq!((found.issue.brief.pieces, found.before, found.after), (vec![open], None, None));
    let words: Vec<String> = found.issue.brief.corrected.into_iter().map(|corrected| corrected.word).collect();
    assert_eq!(words, ["C’est dimanche."], "what was put right for members is for members");
    coop.sql("update brief set public = false").await;
    assert!(public_brief(&coop.backend, None).await.unwrap().is_none());
}

// — seen by its editors —

#[sqlx::test(migrations = false)]
async fn editors_see_numbers_and_reasons_and_try_again(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    coop.members(4).await;
    let brief = coop.addressed().await;
    let editor: MemberId =
        sqlx::query_scalar("select member_id from member where first_name = 'Inès'").fetch_one(&coop.backend.pool).await.unwrap();
    let other: MemberId =
        sqlx::query_scalar("select member_id from member where first_name = 'M0'").fetch_one(&coop.backend.pool).await.unwrap();
    sqlx::query("insert into brief_read values ($1, $2, $3)")
        .bind(brief)
        .bind(other)
        .bind(coop.now())
        .execute(&coop.backend.pool)
        .await
        .unwrap();
    let monday = coop.monday();
    let seen = async || sending(&coop.backend, editor, monday).await.unwrap();
    assert_eq!((seen().await.read, seen().await.mailings[0].counts), (1, Counts { prepared: 5, ..Counts::default() }));
    let taken = coop.takes_all().await;
    for (copy, came) in taken.iter().zip([Came::Sent, failed("the mail server answered 554"), again("the mail server broke off")])
    {
        settle(&coop.backend, copy, &came).await.unwrap();
    }
    let counts = Counts { taken: 2, submitted: 1, failed: 1, put_off: 1, ..Counts::default() };
    let mailing = seen().await.mailings.remove(0);
    assert_eq!((mailing.counts, mailing.failures.len()), (counts, 2));
    assert_eq!(retry(&coop.backend, editor, monday, 0, "the mail server answered 554").await.unwrap(), 1);
    let tried = coop.takes().await.unwrap();
    assert_eq!((tried.email.as_str(), tried.attempts), (taken[1].email.as_str(), 1));
    for asking in
        [sending(&coop.backend, other, monday).await.map(drop), retry(&coop.backend, other, monday, 0, "").await.map(drop)]
    {
        assert!(matches!(asking, Err(Error::NotAllowed)), "{asking:?}");
    }
    assert!(matches!(mail_correction(&coop.backend, other, monday, 1).await, Err(Error::NotAllowed)));
}

// — what came back, what is forgotten —

#[sqlx::test(migrations = false)]
async fn a_mail_that_came_back_later_flags_its_address_and_one_that_is_none_of_ours_flags_nobody(
    _: PgPoolOptions,
    at: PgConnectOptions,
) {
    let coop = Coop::new(at).await;
    coop.addressed().await;
    let copy = coop.takes().await.unwrap();
    settle(&coop.backend, &copy, &Came::Sent).await.unwrap();
    assert!(!returned(&coop.backend, "0123456789abcdef0123456789abcdef", "it came back: 5.1.1").await.unwrap());
    assert_eq!(coop.count("select count(*) from bounced_address").await, 0);
    for _ in 0..2 {
        assert!(returned(&coop.backend, &copy.message_id, "it came back: 5.1.1").await.unwrap());
    }
    assert_eq!(coop.text("select email || ': ' || why from bounced_address").await, ["ines@example.org: it came back: 5.1.1"]);
    assert_eq!(coop.states().await, ["failed: sent back"]);
}

#[sqlx::test(migrations = false)]
async fn after_three_months_nobody_knows_to_whom_a_copy_went(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    coop.addressed().await;
    let copy = coop.takes().await.unwrap();
    settle(&coop.backend, &copy, &Came::Sent).await.unwrap();
    coop.passes(Duration::days(91));
    purge(&coop.backend, coop.now()).await.unwrap();
    assert_eq!(
        coop.count("select count(*) from brief_copy where email = brief_copy_id::text and name = '' and member_id is null").await,
        1
    );
}
