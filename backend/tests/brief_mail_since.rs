//! What happened since a brief's mails were decided: who left, what was closed, what another hand put right. And what was
//! opened in time.

mod coop;
#[path = "brief_mail/copies.rs"]
mod copies;

use backend::brief::mail::{Asked, Second, address, mail_correction, retry, sending, settle, subscribe};
use backend::brief::{go_out, set_public};
use backend::jobs;
use backend::notify::Came;
use chrono::Duration;
use coop::Coop;
use domain::brief::{NOTHING_PUBLIC, Unsent, goes_out_at};
use domain::command::Command;
use domain::id::{BriefId, MemberId};
use domain::notify::{Channel, Topic};
use domain::time::plus_days;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

const ORIGIN: &str = "https://alpar.example";

impl Coop {
    async fn named(&self, first: &str) -> MemberId {
        sqlx::query_scalar("select member_id from member where first_name = $1")
            .bind(first)
            .fetch_one(&self.backend.pool)
            .await
            .unwrap()
    }

    /// The addresses of all copies that leave now.
    async fn reached(&self) -> Vec<String> {
        self.takes_all().await.into_iter().map(|copy| copy.email).collect()
    }

    /// A brief whose one copy, Inès's, has left.
    async fn sent(&self) -> BriefId {
        let brief = self.addressed().await;
        let copy = self.takes().await.unwrap();
        settle(&self.backend, &copy, &Came::Sent).await.unwrap();
        brief
    }
}

// — for whom it was —

#[sqlx::test(migrations = false)]
async fn a_member_who_switched_it_off_since_or_left_the_co_op_has_none(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (silent, gone, one, other) =
        (coop.member("Karim").await, coop.member("Zoé").await, coop.member("Léa").await, coop.member("Paul").await);
    coop.email(silent, "a-silent@example.org").await;
    coop.email(gone, "b-gone@example.org").await;
    for member in [one, other] {
        coop.email(member, "c-home@example.org").await;
    }
    coop.addressed().await;
    assert_eq!(coop.copies(0).await.len(), 4, "each address");
    let off = || Command::SetSwitch { topic: Topic::BriefMail, channel: Channel::Mail, on: false };
    coop.does(silent, off()).await;
    coop.does(one, off()).await;
    coop.sql(&format!("update member set left_on = '2026-12-01' where member_id = '{gone}'")).await;
    assert_eq!(coop.reached().await, ["c-home@example.org", "ines@example.org"], "one of two at home still wants it");
    let no = "failed: switched off since";
    assert_eq!(coop.states().await, [no, no, "taken", "taken"]);
    // Nobody makes them go by trying again.
    let editor = coop.named("Inès").await;
    let monday = coop.monday();
    assert_eq!(retry(&coop.backend, editor, monday, 0, "switched off since").await.unwrap(), 0);
    let seen = sending(&coop.backend, editor, monday).await.unwrap();
    assert!(seen.mailings[0].failures.iter().all(|failure| failure.count == 2 && !failure.may_be_retried()), "{seen:?}");
}

#[sqlx::test(migrations = false)]
async fn somebody_of_the_public_who_left_since_has_none(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (left, stays) = (coop.subscriber("left@example.org").await, coop.subscriber("stays@example.org").await);
    coop.addressed().await;
    sqlx::query("delete from brief_subscriber where brief_subscriber_id = $1")
        .bind(left)
        .execute(&coop.backend.pool)
        .await
        .unwrap();
    assert_eq!(coop.reached().await, ["ines@example.org", "stays@example.org"], "{stays}");
    assert_eq!(coop.count("select count(*) from brief_copy where state = 'failed' and why = 'switched off since'").await, 1);
}

#[sqlx::test(migrations = false)]
async fn a_copy_of_which_nothing_is_public_any_more_is_not_sent_empty(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    coop.subscriber("voisine@example.org").await;
    coop.addressed().await;
    let (editor, monday) = (coop.named("Inès").await, coop.monday());
    let public = async |public| set_public(&coop.backend, editor, monday, coop.id(), public).await.unwrap().unwrap();
    public(false).await;
    assert_eq!(coop.reached().await, ["ines@example.org"]);
    assert_eq!(coop.states().await, ["taken".to_owned(), format!("failed: {NOTHING_PUBLIC}")]);
    // Opened again, it may still go.
    public(true).await;
    assert_eq!(retry(&coop.backend, editor, monday, 0, NOTHING_PUBLIC).await.unwrap(), 1);
    assert_eq!(coop.reached().await, ["voisine@example.org"]);
}

#[sqlx::test(migrations = false)]
async fn opened_before_it_goes_out_it_goes_to_the_public_too(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let editor = coop.editor().await;
    coop.email(editor, "ines@example.org").await;
    coop.subscriber("voisine@example.org").await;
    let monday = plus_days(coop.monday(), 7);
    coop.scheduled(editor, monday, "Portes ouvertes", "Samedi.").await;
    // Approved, it is opened all the same.
    set_public(&coop.backend, editor, monday, coop.id(), true).await.unwrap().unwrap();
    coop.backend.clock.set(goes_out_at(monday));
    assert_eq!(go_out(&coop.backend).await.unwrap(), 1);
    address(&coop.backend).await.unwrap();
    assert_eq!(coop.reached().await, ["ines@example.org", "voisine@example.org"]);
}

// — a second mail —

#[sqlx::test(migrations = false)]
async fn a_second_mail_goes_only_where_somebody_chooses_it_and_once(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let brief = coop.sent().await;
    let (editor, monday) = (coop.named("Inès").await, coop.monday());
    let mails = async |shown| mail_correction(&coop.backend, editor, monday, shown).await.unwrap();
    let unsent = async || sending(&coop.backend, editor, monday).await.unwrap().unsent;
    for nothing in [0, 1] {
        assert_eq!(mails(nothing).await, Second::Nothing);
    }
    let correction = coop.corrects(brief, editor, "C’est dimanche.").await;
    address(&coop.backend).await.unwrap();
    assert!(coop.takes().await.is_none(), "nobody chose it");
    assert_eq!(unsent().await, Some(Unsent { correction, word: "C’est dimanche.".into() }));
    for _ in 0..3 {
        assert_eq!(mails(correction).await, Second::Goes, "asked again, it goes all the same");
    }
    assert_eq!(jobs::tick(&coop.backend).await.unwrap(), 2, "the brief's own and this one");
    address(&coop.backend).await.unwrap();
    address(&coop.backend).await.unwrap();
    assert_eq!(coop.copies(correction).await, ["ines@example.org Inès"]);
    let second = coop.takes().await.unwrap();
    let first: Vec<String> = coop.text("select message_id from brief_copy where correction = 0").await;
    assert_eq!(second.corrects.map(|it| it.word).as_deref(), Some("C’est dimanche."));
    assert!(first != [second.message_id]);
    assert_eq!(mails(correction).await, Second::Goes, "it went");
    let seen = sending(&coop.backend, editor, monday).await.unwrap();
    assert_eq!((seen.mailings.len(), seen.mailings[1].word.as_deref(), seen.unsent), (2, Some("C’est dimanche."), None));
    assert!(coop.takes().await.is_none());
}

#[sqlx::test(migrations = false)]
async fn nobody_sends_what_another_hand_put_right_since_unread(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let brief = coop.sent().await;
    let (editor, monday) = (coop.named("Inès").await, coop.monday());
    let other = coop.member("Théo").await;
    coop.in_group(other, "communication").await;
    let mails = async |shown| mail_correction(&coop.backend, editor, monday, shown).await.unwrap();
    let read = coop.corrects(brief, editor, "C’est dimanche.").await;
    coop.passes(Duration::minutes(1));
    let since = coop.corrects(brief, other, "À la cave.").await;
    // Neither the one that she read, which is no longer the last, nor the other one.
    for shown in [0, read] {
        assert_eq!(mails(shown).await, Second::Another);
    }
    address(&coop.backend).await.unwrap();
    assert!(coop.takes().await.is_none());
    assert_eq!(mails(since).await, Second::Goes);
    // Once it goes, what comes after it changes nothing of what it is about.
    coop.passes(Duration::minutes(1));
    coop.corrects(brief, other, "À 15 h.").await;
    assert_eq!(mails(since).await, Second::Goes, "pressed twice");
    address(&coop.backend).await.unwrap();
    let copies = coop.takes_all().await;
    let words: Vec<&str> = copies.iter().filter_map(|copy| copy.corrects.as_ref()).map(|it| it.word.as_str()).collect();
    assert_eq!(words, ["À la cave.", "À la cave."], "to both of them");
    assert_eq!(copies.len(), 2, "and nothing else");
}

#[sqlx::test(migrations = false)]
async fn a_second_mail_that_has_nobody_to_go_to_says_so(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let brief = coop.sent().await;
    let (editor, monday) = (coop.named("Inès").await, coop.monday());
    let correction = coop.corrects(brief, editor, "C’est dimanche.").await;
    coop.does(editor, Command::SetSwitch { topic: Topic::BriefMail, channel: Channel::Mail, on: false }).await;
    let told = mail_correction(&coop.backend, editor, monday, correction).await.unwrap();
    assert_eq!(told, Second::ToNobody);
    assert_eq!(coop.count("select count(*) from due_work where kind = 'brief_correction_mail'").await, 0);
    coop.subscriber("voisine@example.org").await;
    let told = mail_correction(&coop.backend, editor, monday, correction).await.unwrap();
    assert_eq!(told, Second::Goes, "of the whole brief, for all who read it");
}

// — asking for it —

#[sqlx::test(migrations = false)]
async fn no_more_than_sixty_mails_ask_for_a_yes_in_an_hour(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let asks = async |email: &str| subscribe(&coop.backend, email, ORIGIN).await.unwrap();
    let mails = async || coop.count("select count(*) from graphile_worker.jobs where task_identifier = 'mail'").await;
    coop.subscriber("abonnee@example.org").await;
    coop.passes(Duration::hours(2));
    for n in 0..60 {
        assert_eq!(asks(&format!("{n}@example.net")).await, Asked::Sent);
    }
    // Whatever the address, the answer is the same: nobody learns which are known.
    for email in ["60@example.net", "0@example.net", "abonnee@example.org"] {
        assert_eq!(asks(email).await, Asked::TooMany, "{email}");
    }
    assert_eq!(asks("voisine").await, Asked::NotAnAddress);
    assert_eq!(mails().await, 60);
    coop.passes(Duration::minutes(61));
    assert_eq!(asks("60@example.net").await, Asked::Sent);
    assert_eq!(mails().await, 61);
}
