//! What was written against what was received, delivery by delivery, mail by mail.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use app::french::notices::told;
use domain::event::Reminded;
use domain::id::{EventId, MemberId};
use domain::notice::Notice;
use domain::view::home::SpokenOf;
use mail_parser::MessageParser;
use sha2::{Digest, Sha256};
use sqlx::types::Json;

use crate::coop::Coop;
use crate::crowd::{Crowd, REFUSES_MAILS, REFUSES_PUSHES, UNKNOWN, address};
use crate::mail_end::MailEnd;
use crate::push_end::PushEnd;

/// More than so many at once are one push.
const APART: usize = 2;

pub struct Received {
    mails: MailEnd,
    pushes: PushEnd,
}

#[derive(Debug, sqlx::FromRow)]
struct Row {
    delivery_id: i64,
    member_id: MemberId,
    channel: String,
    notice: Json<Notice>,
    state: String,
    why: Option<String>,
    maybe_twice: bool,
}

/// A mail of the queue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, sqlx::FromRow)]
struct Queued {
    to_address: String,
    text: String,
}

/// SQL for the reminders of an event that wait to be handed over.
pub fn pending_reminders(event: EventId) -> String {
    format!(
        "select count(*) from delivery where state = 'waiting' and notice->>'kind' = 'event_reminder' and notice->>'event' = '{event}'"
    )
}

/// The mails that were ever put into the queue for an address, as text.
pub async fn queued_to(coop: &Coop, to: &str) -> Vec<String> {
    sqlx::query_scalar("select text from queued where to_address = $1 order by nth")
        .bind(to)
        .fetch_all(&coop.backend.pool)
        .await
        .unwrap()
}

impl Received {
    /// The database notes what was taken in hand together, and each mail that is put into the queue.
    pub async fn open(coop: &Coop, mails: MailEnd, pushes: PushEnd) -> Received {
        coop.sql(
            "create table hand (act text not null, delivery_id bigint not null, reached uuid[] not null);
             create function note_hand() returns trigger language plpgsql as $$ begin
                insert into hand values (pg_current_xact_id()::text, new.delivery_id,
                    array(select unnest(new.reached) order by 1));
                return null;
             end $$;
             create trigger hand after update on delivery for each row
                when (new.state = 'leaving' and old.state = 'waiting') execute function note_hand();
             create function note_drop() returns trigger language plpgsql as $$ begin
                delete from hand where act = pg_current_xact_id()::text and delivery_id = new.delivery_id;
                return null;
             end $$;
             create trigger dropped after update on delivery for each row
                when (new.state in ('dropped', 'failed') and old.state = 'leaving') execute function note_drop();
             create table queued (nth bigint generated always as identity, to_address text not null, text text not null);
             create function note_mail() returns trigger language plpgsql as $$ begin
                insert into queued (to_address, text) values (new.payload->>'to', new.payload->>'text');
                return null;
             end $$;
             create trigger queued after insert on graphile_worker._private_jobs for each row
                when (new.payload->>'to' is not null) execute function note_mail();
             create table freed (to_address text not null, text text not null);",
        )
        .await;
        Received { mails, pushes }
    }

    /// What the dead had in hand is taken up, as the queue does by itself after some minutes; they may have sent it already.
    pub async fn free(&self, coop: &Coop) {
        coop.sql(
            "insert into freed select payload->>'to', payload->>'text' from graphile_worker._private_jobs
                where locked_at is not null and payload->>'to' is not null;
             update graphile_worker._private_jobs set locked_at = null, locked_by = null, run_at = created_at;",
        )
        .await;
    }

    /// Everything ended as it should, and was received as often as it says. Gives how much was received twice: each in the moment
    /// of a kill.
    pub async fn balanced(&self, coop: &Coop, crowd: &Crowd) -> usize {
        let odd = self.pushes.odd.lock().unwrap().clone();
        assert!(odd.is_empty(), "{odd:?}");
        self.assert_told_once(coop, crowd).await;
        let rows: Vec<Row> = sqlx::query_as(
            "select delivery_id, member_id, channel, notice, state, why, maybe_twice from delivery order by delivery_id",
        )
        .fetch_all(&coop.backend.pool)
        .await
        .unwrap();
        let (mut twice, mut wrong) = (0, Vec::new());
        let (mailed, pushed) = (self.mailed(), self.pushed(coop, &rows).await);
        let mut seen: BTreeSet<(usize, String)> = BTreeSet::new();
        for row in &rows {
            let (Some(n), Some(_)) = (crowd.number(row.member_id), row.notice.0.event()) else { continue };
            let sentence = told(&row.notice.0, &SpokenOf::default(), row.member_id).sentence;
            let way = if row.channel == "mail" { &mailed } else { &pushed };
            let key = if row.channel == "mail" { sentence.clone() } else { row.delivery_id.to_string() };
            let got = way.get(&(n, key)).copied().unwrap_or(0);
            let why = row.why.as_deref().unwrap_or_default();
            let as_it_should = match (row.state.as_str(), row.channel.as_str(), n) {
                ("failed", "push", REFUSES_PUSHES) => got == 0 && why.contains("413"),
                ("failed", "mail", UNKNOWN) => got == 0 && (why.contains("550") || why == "the address came back"),
                ("failed", "mail", REFUSES_MAILS) => got == 0 && why.contains("554"),
                (_, "push", REFUSES_PUSHES) | (_, "mail", UNKNOWN | REFUSES_MAILS) => row.state == "dropped" && got == 0,
                ("sent", ..) => got >= 1,
                // It was no longer true; a server that died may have handed it over before that.
                ("dropped", ..) => !why.is_empty() && (got == 0 || row.maybe_twice),
                _ => false,
            };
            if !as_it_should || got > 1 && !row.maybe_twice || !seen.insert((n, sentence)) && row.state == "sent" {
                wrong.push(format!("received {got} times: {row:?}"));
            }
            if is_of_what_is_off(row, crowd) && (row.state != "dropped" || got > 0) {
                wrong.push(format!("reminded of what does not take place, {got} times: {row:?}"));
            }
            twice += usize::from(got > 1);
        }
        assert!(wrong.is_empty(), "{} rows are wrong\n{}", wrong.len(), wrong.join("\n"));
        assert!(rows.iter().any(|row| is_of_what_is_off(row, crowd)), "nothing was pending when it was cancelled");
        assert!(rows.iter().any(|row| row.maybe_twice), "no kill met a hand-over: this run says nothing");
        twice + self.visitors_balanced(coop).await
    }

    /// Each is told of one change once, whoever was killed while it was noted.
    async fn assert_told_once(&self, coop: &Coop, crowd: &Crowd) {
        let told = "select count(*) from notice where notice->>'kind' = $1 and notice->>'event' = $2";
        let people = i64::try_from(crowd.members.len()).unwrap();
        for (kind, event, count) in [
            ("event_changed", crowd.moves, people),
            ("event_changed", crowd.stays, 0),
            ("event_changed", crowd.off, 0),
            ("event_cancelled", crowd.off, people),
        ] {
            let noted: i64 =
                sqlx::query_scalar(told).bind(kind).bind(event.to_string()).fetch_one(&coop.backend.pool).await.unwrap();
            assert_eq!(noted, count, "{kind}");
        }
        let double = "select count(*) from (select 1 from notice group by member_id, notice having count(*) > 1) twice";
        assert_eq!(coop.count(double).await, 0, "somebody has the same line twice");
        let double = "select count(*) from (select 1 from queued group by to_address, text having count(*) > 1) twice";
        assert_eq!(coop.count(double).await, 0, "a visitor is written to twice");
    }

    /// How often each member had each sentence by mail.
    fn mailed(&self) -> HashMap<(usize, String), usize> {
        let mut mailed = HashMap::new();
        for (to, raw) in self.mails.taken() {
            let Some(n) = (0..crate::crowd::MEMBERS).find(|n| address(*n) == to) else { continue };
            let text = text_of(&raw);
            // Each is a title, then its sentence.
            let lines: Vec<&str> = text.lines().collect();
            for pair in lines.windows(2).filter(|pair| TITLES.contains(&pair[0])) {
                *mailed.entry((n, pair[1].to_owned())).or_default() += 1;
            }
        }
        mailed
    }

    /// How often each device had each delivery, by the topics of its pushes.
    async fn pushed(&self, coop: &Coop, rows: &[Row]) -> HashMap<(usize, String), usize> {
        let hands: Vec<Vec<i64>> = sqlx::query_scalar(
            "select array_agg(delivery_id order by d.at, delivery_id) from hand join delivery d using (delivery_id)
             where d.channel = 'push' group by act, hand.reached",
        )
        .fetch_all(&coop.backend.pool)
        .await
        .unwrap();
        let mut topics: BTreeMap<String, Vec<i64>> =
            rows.iter().map(|row| (topic(&[row.delivery_id]), vec![row.delivery_id])).collect();
        topics.extend(hands.into_iter().filter(|hand| hand.len() > APART).map(|hand| (topic(&hand), hand)));
        let mut pushed = HashMap::new();
        for (device, topic) in self.pushes.taken() {
            let gathered = topics.get(&topic).unwrap_or_else(|| panic!("a push to device {device} is of no delivery"));
            for delivery in gathered {
                *pushed.entry((device, delivery.to_string())).or_default() += 1;
            }
        }
        pushed
    }

    /// Each mail that was put into the queue was received: twice only where a server died with it in hand, and then under the same
    /// Message-ID.
    async fn visitors_balanced(&self, coop: &Coop) -> usize {
        let pool = &coop.backend.pool;
        let all: Vec<Queued> = sqlx::query_as("select to_address, text from queued").fetch_all(pool).await.unwrap();
        let freed: Vec<Queued> = sqlx::query_as("select to_address, text from freed").fetch_all(pool).await.unwrap();
        let mut received: BTreeMap<Queued, Vec<String>> = BTreeMap::new();
        for (to, raw) in self.mails.taken().into_iter().filter(|(to, _)| to.ends_with("@example.net")) {
            let mail = MessageParser::default().parse(raw.as_bytes()).expect("a mail");
            let id = mail.message_id().expect("an id").to_owned();
            let text = text_of(&raw).trim().to_owned();
            received.entry(Queued { to_address: to, text }).or_default().push(id);
        }
        assert!(all.iter().any(|mail| mail.text.contains("n’a pas lieu")) && all.iter().any(|mail| mail.text.contains("change")));
        let mut twice = 0;
        for mail in all {
            let mail = Queued { text: mail.text.trim().to_owned(), ..mail };
            let ids = received.remove(&mail).unwrap_or_default();
            let in_hand = freed.iter().any(|known| known.to_address == mail.to_address && known.text.trim() == mail.text);
            assert!(ids.len() == 1 || ids.len() > 1 && in_hand, "received {ids:?}: {mail:?}");
            assert!(ids.windows(2).all(|pair| pair[0] == pair[1]), "not the same mail: {ids:?}");
            twice += usize::from(ids.len() > 1);
        }
        assert!(received.is_empty(), "nobody wrote {received:?}");
        twice
    }
}

/// What mails of events begin with.
const TITLES: [&str; 4] = ["Ta sortie approche.", "Une sortie change.", "Une sortie est annulée.", "Un mot pour ta sortie."];

fn text_of(raw: &str) -> String {
    let mail = MessageParser::default().parse(raw.as_bytes()).expect("a mail");
    mail.body_text(0).expect("a text").replace("\r\n", "\n")
}

/// The last reminder, by its new hour, of the supper that was cancelled while that reminder waited.
fn is_of_what_is_off(row: &Row, crowd: &Crowd) -> bool {
    match &row.notice.0 {
        Notice::EventReminder { event, when: Reminded::HourBefore, .. } => *event == crowd.off,
        _ => false,
    }
}

fn topic(deliveries: &[i64]) -> String {
    let mut all = Sha256::new();
    for id in deliveries {
        all.update(id.to_be_bytes());
    }
    hex::encode(&all.finalize()[..16])
}
