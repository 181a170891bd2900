//! The worker's mails: what leaves by the server's mail server, or as files.

use std::sync::Arc;

use backend::jobs::{Delivery, Mail, Mailer as Delivers};

use crate::mail::{Letter, Mailer};

/// The queue's way to the mailer.
#[derive(Debug)]
struct Post(Mailer);

impl Delivers for Post {
    fn send(&self, mail: Mail, job: i64) -> Delivery<'_> {
        let Mail { to, subject, text, html } = mail;
        // Handed over again it is the same mail, and mail programs show it once; its words tell it from one of another database.
        let id = Some(format!("{job} {subject} {text}"));
        let letter = Letter { to, subject, text, html, calendar: None, id, list: None };
        Box::pin(async move { Ok(self.0.send(&letter).await?) })
    }
}

/// What the worker hands mails to.
pub fn mails_by(mailer: Mailer) -> Arc<dyn Delivers> {
    Arc::new(Post(mailer))
}
