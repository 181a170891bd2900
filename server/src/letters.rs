//! What is said in mails and pushes: the same sentences as in the app.

use app::french::notices::{Told, told};
use app::french::typography::counted;
use app::french::{mail_acts, nb};
use backend::notify::{Batch, Waiting};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::mail::Letter;
use crate::mail_act;

const BUTTON: &str =
    "display:inline-block;padding:12px 20px;border-radius:10px;background:#1f5c3f;color:#ffffff;text-decoration:none";

/// Said where a process died with the mail in hand: it may have gone out.
pub const TWICE: &str = "(Ce message a peut-être déjà été envoyé.)";

/// Where mails lead.
#[derive(Debug, Clone)]
pub struct Letters {
    /// `https://alpar.example`
    pub origin: String,
}

impl Letters {
    /// One mail for the whole batch, as text and as HTML, with its dates for a calendar.
    pub fn mail(&self, batch: &Batch, dates: Option<String>) -> Letter {
        let said = said(batch, &batch.waiting);
        let subject = match said.as_slice() {
            [one] => one.title.trim_end_matches('.').to_owned(),
            many => format!("Alpar : {}", counted(many.len(), "nouvelle", "nouvelles")),
        };
        let mut text = format!("Bonjour {},\n", batch.first_name);
        let mut html = String::new();
        for (told, waiting) in said.iter().zip(&batch.waiting) {
            let link = self.link(&told.link);
            // What can be done from the mail itself comes first.
            let act = waiting.link.as_deref().map(|token| (mail_acts::link(&waiting.notice), self.link(&mail_act::path(token))));
            let (act_text, act_html, look) = match &act {
                Some((words, act)) => (
                    format!("\n{} {act}\n\n{} ", nb(&format!("{words} :")), nb("Voir dans Alpar :")),
                    format!(
                        "<p style=\"margin:0 0 12px\"><a href=\"{}\" style=\"{BUTTON}\">{}</a></p>",
                        escaped(act),
                        escaped(words)
                    ),
                    "color:#1f5c3f",
                ),
                None => (String::new(), String::new(), BUTTON),
            };
            text += &format!("\n{}\n{}\n{act_text}{link}\n", told.title, told.sentence);
            html += &format!(
                "<h2 style=\"margin:24px 0 4px;font-size:18px\">{}</h2>\
                 <p style=\"margin:0 0 12px\">{}</p>{act_html}\
                 <p style=\"margin:0\"><a href=\"{}\" style=\"{look}\">Voir dans Alpar</a></p>",
                escaped(told.title),
                escaped(&told.sentence),
                escaped(&link)
            );
        }
        if batch.waiting.iter().any(|waiting| waiting.maybe_twice) {
            text += &format!("\n{TWICE}\n");
            html += &format!("<p style=\"margin:24px 0 0;font-size:14px;color:#55604f\">{TWICE}</p>");
        }
        let choices = self.link("/moi/prevenir");
        text += &format!("\nTu choisis ce qu’on te dit, et comment : {choices}\n");
        let html = format!(
            "<!DOCTYPE html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>{}</title></head>\
             <body style=\"margin:0;padding:24px;background:#f7f2e8;color:#22301f;font:16px/1.5 sans-serif\">\
             <div style=\"max-width:560px;margin:0 auto\"><p>Bonjour {},</p>{html}\
             <p style=\"margin-top:32px;font-size:14px;color:#55604f\">Tu choisis ce qu’on te dit, et comment : \
             <a href=\"{}\" style=\"color:#1f5c3f\">Préviens-moi</a>.</p></div></body></html>",
            escaped(&subject),
            escaped(&batch.first_name),
            escaped(&choices)
        );
        let ids: Vec<i64> = batch.waiting.iter().map(|waiting| waiting.id).collect();
        Letter {
            to: batch.email.clone(),
            subject: nb(&subject),
            text,
            html: Some(html),
            calendar: dates,
            // The same mail handed over again is the same mail.
            id: Some(format!("{:?}", ids)),
            list: None,
        }
    }

    /// What a device shows, and under which topic it replaces an earlier one.
    pub fn push(&self, batch: &Batch, waiting: &[Waiting]) -> (String, String) {
        let said = said(batch, waiting);
        let topic = topic(waiting);
        let message = match said.as_slice() {
            [one] => json!({ "title": one.title, "body": one.sentence, "url": one.link, "tag": topic }),
            many => {
                let mut titles: Vec<&str> = many.iter().map(|told| told.title.trim_end_matches('.')).collect();
                titles.dedup();
                json!({
                    "title": counted(many.len(), "nouvelle", "nouvelles"),
                    "body": format!("{}.", titles.join(", ")),
                    "url": "/",
                    "tag": topic,
                })
            }
        };
        (message.to_string(), topic)
    }

    fn link(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

fn said(batch: &Batch, waiting: &[Waiting]) -> Vec<Told> {
    waiting.iter().map(|waiting| told(&waiting.notice, &batch.spoken, batch.member)).collect()
}

/// The same for the same deliveries: one that is handed over twice is shown once.
fn topic(waiting: &[Waiting]) -> String {
    let mut all = Sha256::new();
    for waiting in waiting {
        all.update(waiting.id.to_be_bytes());
    }
    hex::encode(&all.finalize()[..16])
}

/// Text as HTML and its attributes hold it.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
