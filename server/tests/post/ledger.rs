//! What was written against what was received, row by row.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::id::MemberId;
use sha2::{Digest, Sha256};
use sqlx::types::Json;

use crate::NOTICES;
use crate::coop::Coop;
use crate::mail_end::MailEnd;
use crate::people::{Ends, MEMBERS, People, address, has_device, is_closed, loses_device, mails_end, pushes_end, word};
use crate::push_end::PushEnd;

/// More than so many at once are one push.
const APART: usize = 2;

pub struct Ledger {
    mails: MailEnd,
    pushes: PushEnd,
}

#[derive(Debug, sqlx::FromRow)]
struct Row {
    delivery_id: i64,
    member_id: MemberId,
    channel: String,
    notice: Json<serde_json::Value>,
    state: String,
    why: Option<String>,
    maybe_twice: bool,
}

impl Row {
    fn word(&self) -> &str {
        self.notice.0["why"].as_str().or(self.notice.0["note"].as_str()).expect("a word")
    }
}

impl Ledger {
    /// A push says how many news there are, not which: the database notes what was taken in hand together.
    pub async fn open(coop: &Coop, mails: MailEnd, pushes: PushEnd) -> Ledger {
        coop.sql(
            "create table hand (act text not null, delivery_id bigint not null, reached uuid[] not null);
             create function note_hand() returns trigger language plpgsql as $$ begin
                insert into hand values (pg_current_xact_id()::text, new.delivery_id,
                    array(select unnest(new.reached) order by 1));
                return null;
             end $$;
             create trigger hand after update on delivery for each row
                when (new.state = 'leaving' and old.state = 'waiting') execute function note_hand();",
        )
        .await;
        Ledger { mails, pushes }
    }

    /// Everything is there, ended as it should, and was received as often as it says. Gives how many were received
    /// twice: each is marked.
    pub async fn balanced(&self, coop: &Coop, people: &People) -> usize {
        let odd = self.pushes.odd.lock().unwrap().clone();
        assert!(odd.is_empty(), "{odd:?}");
        let rows: Vec<Row> = sqlx::query_as(
            "select delivery_id, member_id, channel, notice, state, why, maybe_twice from delivery order by delivery_id",
        )
        .fetch_all(&coop.backend.pool)
        .await
        .unwrap();
        assert_complete(&rows, people);
        let (mailed, pushed) = (self.mailed(), self.pushed(coop, &rows).await);
        let (mut twice, mut wrong) = (0, Vec::new());
        for row in &rows {
            let n = people.number(row.member_id);
            let (ends, got) = match row.channel.as_str() {
                "mail" => (mails_end(n), mailed.get(&(address(n), row.word().to_owned())).copied().unwrap_or(0)),
                // The same on two devices is once.
                _ => {
                    let on = |device| pushed.get(&(device, row.delivery_id)).copied().unwrap_or(0);
                    (pushes_end(n), on(n).max(on(n + MEMBERS)))
                }
            };
            let why = row.why.as_deref().unwrap_or_default();
            let as_it_should = match (row.state.as_str(), ends) {
                ("sent", Ends::Sent) => got >= 1,
                // The first comes back; the others are not tried.
                ("failed", Ends::CameBack) => (why.contains("550") || why == "the address came back") && got == 0,
                ("failed", Ends::Failed(words)) => why.contains(words) && got == 0,
                ("failed" | "dropped", Ends::NeverSent) => !why.is_empty() && got == 0,
                _ => false,
            };
            if !as_it_should || got > 1 && !row.maybe_twice {
                wrong.push(format!("received {got} times, {ends:?}: {row:?}"));
            }
            twice += usize::from(got > 1);
        }
        assert!(wrong.is_empty(), "{} rows are wrong\n{}", wrong.len(), wrong.join("\n"));
        let marked = rows.iter().filter(|row| row.maybe_twice).count();
        assert!(marked > 0, "no kill met a hand-over: this run says nothing");
        // Both devices of one person have it, where one of them was away for a while.
        let mut both = rows.iter().filter(|row| row.channel == "push" && people.number(row.member_id) == 6);
        assert!(both.all(|row| [6, MEMBERS + 6].iter().all(|n| pushed.contains_key(&(*n, row.delivery_id)))));
        twice
    }

    /// How often each address had each word.
    fn mailed(&self) -> HashMap<(String, String), usize> {
        let mut mailed = HashMap::new();
        for (to, mail) in self.mails.taken() {
            // Lines that a quoted-printable mail broke are whole again.
            let mail = mail.replace("=\n", "");
            // As text and as HTML it is the same mail.
            let words: BTreeSet<&str> = mail.match_indices("avis-").map(|(at, _)| &mail[at..at + "avis-0000".len()]).collect();
            assert!(!words.is_empty(), "a mail to {to} says nothing:\n{mail}");
            for word in words {
                *mailed.entry((to.clone(), word.to_owned())).or_default() += 1;
            }
        }
        mailed
    }

    /// How often each device had each delivery, by the topics of its pushes.
    async fn pushed(&self, coop: &Coop, rows: &[Row]) -> HashMap<(usize, i64), usize> {
        let hands: Vec<Vec<i64>> = sqlx::query_scalar(
            "select array_agg(delivery_id order by d.at, delivery_id) from hand join delivery d using (delivery_id)
             where d.channel = 'push' and d.state <> 'dropped' group by act, hand.reached",
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
                *pushed.entry((device, *delivery)).or_default() += 1;
            }
        }
        pushed
    }
}

fn topic(deliveries: &[i64]) -> String {
    let mut all = Sha256::new();
    for id in deliveries {
        all.update(id.to_be_bytes());
    }
    hex::encode(&all.finalize()[..16])
}

/// Each notice went the ways that its person has for it, each once.
fn assert_complete(rows: &[Row], people: &People) {
    let mut found: BTreeMap<(usize, &str), Vec<&str>> = BTreeMap::new();
    for row in rows {
        found.entry((people.number(row.member_id), row.word())).or_default().push(&row.channel);
    }
    assert_eq!(found.len(), NOTICES, "nothing is lost");
    for ((n, said), mut ways) in found {
        ways.sort_unstable();
        let nth: usize = said.trim_start_matches("avis-").parse().unwrap();
        assert_eq!((word(nth).as_str(), nth % MEMBERS), (said, n), "to whom it was for");
        let expected: &[&str] = match (has_device(n), is_closed(nth)) {
            (true, true) => &["mail", "push"],
            (true, false) => &["push"],
            (false, _) => &["mail"],
        };
        let without: &[&str] = &["mail"];
        assert!(ways == expected || loses_device(n) && ways == without, "{said} to {n}: {ways:?}");
    }
}
