//! What was written against what was received, address by address.

use std::collections::{BTreeMap, BTreeSet};

use mail_parser::{MessageParser, MimeHeaders};

use crate::coop::Coop;
use crate::mail_end::{MailEnd, Mood};
use crate::moods;

#[derive(Debug, sqlx::FromRow)]
struct Row {
    email: String,
    message_id: String,
    state: String,
    why: Option<String>,
    maybe_twice: bool,
}

/// One row for each address, ended as it should, received as often as it says. Gives how many were received twice.
pub async fn balanced(coop: &Coop, mails: &MailEnd) -> usize {
    assert_eq!(coop.count("select count(*) from brief where published_at is not null").await, 1, "out");
    assert_eq!(coop.count("select count(*) from due_work where kind = 'brief_audience'").await, 1, "once");
    assert_eq!(coop.count("select count(*) from brief_mailing").await, 1, "addressed once");
    let rows: Vec<Row> = sqlx::query_as("select email, message_id, state, why, maybe_twice from brief_copy order by email")
        .fetch_all(&coop.backend.pool)
        .await
        .unwrap();
    let addresses: Vec<String> =
        sqlx::query_scalar("select distinct email from member order by email").fetch_all(&coop.backend.pool).await.unwrap();
    assert_eq!(rows.iter().map(|row| &row.email).collect::<Vec<_>>(), addresses.iter().collect::<Vec<_>>(), "each address once");
    let received = received(mails);
    let moods = moods();
    let (mut twice, mut wrong) = (0, Vec::new());
    for row in &rows {
        let got = received.get(&row.email).cloned().unwrap_or_default();
        let why = row.why.as_deref().unwrap_or_default();
        let as_it_should = match (row.state.as_str(), moods.get(&row.email)) {
            ("failed", Some(Mood::Unknown)) => got.is_empty() && (why.contains("550") || why == "the address came back"),
            ("failed", Some(Mood::Refuses)) => got.is_empty() && why.contains("554"),
            ("submitted", Some(Mood::Unknown | Mood::Refuses)) => false,
            ("submitted", _) => !got.is_empty(),
            _ => false,
        };
        let same = got.iter().all(|id| id.split('@').next() == Some(row.message_id.as_str()));
        if !as_it_should || !same || got.len() > 1 && !row.maybe_twice {
            wrong.push(format!("received {got:?}: {row:?}"));
        }
        twice += usize::from(got.len() > 1);
    }
    assert!(wrong.is_empty(), "{} rows are wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(rows.iter().any(|row| row.maybe_twice), "no kill met a hand-over: this run says nothing");
    twice
}

/// The Message-IDs that each address has, once for each time. Every mail is whole.
fn received(mails: &MailEnd) -> BTreeMap<String, Vec<String>> {
    let mut received: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut links: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (to, raw) in mails.taken() {
        let mail = MessageParser::default().parse(raw.as_bytes()).expect("a mail");
        assert!(mail.parts[0].is_content_type("multipart", "alternative"), "{raw}");
        assert_eq!((mail.text_body_count(), mail.html_body_count(), mail.attachment_count()), (1, 1, 0), "{raw}");
        let [text, html] = [mail.body_text(0), mail.body_html(0)].map(|part| part.expect("both parts").into_owned());
        assert!(
            text.contains("Samedi à la coop, été comme hiver.") && html.contains("<strong>été</strong> comme hiver."),
            "{text}"
        );
        let header = |name: &str| mail.header_raw(name.to_owned()).expect(name).trim().trim_matches(['<', '>']).to_owned();
        links.entry(header("List-Unsubscribe")).or_default().insert(to.clone());
        received.entry(to).or_default().push(header("Message-ID"));
    }
    assert!(links.values().all(|addresses| addresses.len() == 1), "a link is one reader's own");
    received
}
