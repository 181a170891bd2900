//! Sending mail: by SMTP over connections that are kept, or as files that anybody can open.

use std::path::PathBuf;

use lettre::message::{Mailbox, header::ContentType};
use lettre::transport::smtp::PoolConfig;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::config::Config;

/// The most connections kept to the mail server.
const CONNECTIONS: u32 = 4;

/// Why a mail was not sent; never to whom.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    #[error("the address cannot be written to")]
    Address,
    #[error("the message cannot be written: {0}")]
    Message(#[from] lettre::error::Error),
    #[error("the mail server does not take it")]
    Smtp(#[source] lettre::transport::smtp::Error),
    #[error("the file cannot be written: {0}")]
    File(#[from] std::io::Error),
}

/// Where mails go.
#[derive(Debug, Clone)]
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

#[derive(Debug, Clone)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// Each mail is a file here.
    Folder(PathBuf),
}

/// The connections that an `SMTP_URL` describes.
pub fn transport(url: &str) -> Option<AsyncSmtpTransport<Tokio1Executor>> {
    let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).ok()?;
    Some(builder.pool_config(PoolConfig::new().max_size(CONNECTIONS)).build())
}

impl Mailer {
    pub fn new(config: &Config) -> Result<Mailer, MailError> {
        let from = config.mail_from.parse().map_err(|_| MailError::Address)?;
        let way = match config.smtp_url.as_deref().and_then(transport) {
            Some(smtp) => Way::Smtp(smtp),
            None => Way::Folder(config.data.join("mail")),
        };
        Ok(Mailer { from, way })
    }

    /// Sends a plain text.
    pub async fn send(&self, to: &str, subject: &str, text: &str) -> Result<(), MailError> {
        let to: Mailbox = to.parse().map_err(|_| MailError::Address)?;
        let id = hex::encode(rand::random::<[u8; 12]>());
        let host = self.from.email.domain();
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(subject)
            .message_id(Some(format!("<{id}@{host}>")))
            .header(ContentType::TEXT_PLAIN)
            .body(text.to_owned())?;
        match &self.way {
            Way::Smtp(smtp) => smtp.send(message).await.map(drop).map_err(MailError::Smtp),
            Way::Folder(folder) => {
                tokio::fs::create_dir_all(folder).await?;
                // Nobody finds half a mail.
                let part = folder.join(format!("{id}.part"));
                tokio::fs::write(&part, message.formatted()).await?;
                Ok(tokio::fs::rename(&part, folder.join(format!("{id}.eml"))).await?)
            }
        }
    }
}
