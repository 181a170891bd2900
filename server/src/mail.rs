//! Sending mail: by SMTP over connections that are kept, or as files that anybody can open.

use std::error::Error;
use std::io::ErrorKind;
use std::path::PathBuf;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MessageBuilder, MultiPart};
use lettre::transport::smtp::PoolConfig;
use lettre::{Message, SmtpTransport, Transport};
use sha2::{Digest, Sha256};

use crate::config::Config;
use crate::dsn::is_of_the_address;

/// The most connections kept to the mail server.
const CONNECTIONS: u32 = 4;
/// How long the mail server may take for each step.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

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
    #[error("the sending was broken off")]
    BrokenOff(#[from] tokio::task::JoinError),
}

impl MailError {
    /// Trying again changes nothing.
    pub fn is_for_good(&self) -> bool {
        match self {
            MailError::Address | MailError::Message(_) => true,
            MailError::Smtp(error) => error.is_permanent(),
            MailError::File(_) | MailError::BrokenOff(_) => false,
        }
    }

    /// The mail server does not know the address, or no longer. Where it says why (RFC 3463), that counts: a refused sender is
    /// nothing against the address.
    pub fn is_bounce(&self) -> bool {
        let of_the_address = |error: &lettre::transport::smtp::Error| match enhanced(error) {
            Some(status) => is_of_the_address(&status),
            None => error.status().is_some_and(|code| (550..=553).contains(&u16::from(code))),
        };
        match self {
            MailError::Address => true,
            MailError::Smtp(error) => of_the_address(error),
            _ => false,
        }
    }

    fn code(&self) -> Option<u16> {
        match self {
            MailError::Smtp(error) => error.status().map(u16::from),
            _ => None,
        }
    }

    /// What is kept of it: what the mail server said may name the address.
    pub fn reason(&self) -> String {
        match (self, self.code()) {
            (_, Some(code)) => format!("the mail server answered {code}"),
            (MailError::Smtp(error), None) if is_late(error) => "the mail server does not answer in time".into(),
            (MailError::Smtp(_), None) => "the mail server broke off".into(),
            (other, None) => other.to_string(),
        }
    }
}

/// « 5.1.1 », where a refusal for good begins with one.
fn enhanced(error: &lettre::transport::smtp::Error) -> Option<String> {
    let said = error.source().filter(|_| error.is_permanent())?.to_string();
    let first = said.split([' ', '\n']).next().unwrap_or_default();
    let is_status = first.starts_with("5.")
        && first.split('.').count() == 3
        && first.bytes().all(|byte| byte == b'.' || byte.is_ascii_digit());
    is_status.then(|| first.to_owned())
}

/// A socket that waited too long says that it would have blocked.
fn is_late(error: &lettre::transport::smtp::Error) -> bool {
    let causes = std::iter::successors(error.source(), |cause: &&(dyn std::error::Error + 'static)| (*cause).source());
    let mut kinds = causes.filter_map(|cause| cause.downcast_ref::<std::io::Error>()).map(std::io::Error::kind);
    kinds.any(|kind| matches!(kind, ErrorKind::TimedOut | ErrorKind::WouldBlock))
}

/// A mail as it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: Option<String>,
    /// Dates for the reader's own calendar.
    pub calendar: Option<String>,
    /// What it is, where the same may be handed over twice: mail programs then show it once.
    pub id: Option<String>,
    /// What makes it one issue of the brief.
    pub list: Option<OfList>,
}

/// Of a mail that goes to all who want it (RFC 2919, 2369, 8058).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfList {
    /// What stands before the @ of its Message-ID: the same whenever this copy is sent.
    pub message_id: String,
    /// The whole address where one press ends it.
    pub leaving: String,
}

impl OfList {
    fn add_to(&self, message: MessageBuilder, host: &str) -> MessageBuilder {
        let header = |name, value: String| HeaderValue::new(HeaderName::new_from_ascii_str(name), value);
        message
            .raw_header(header("List-Id", format!("La breve du lundi <breve.{host}>")))
            .raw_header(header("List-Unsubscribe", format!("<{}>", self.leaving)))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".into()))
    }
}

/// Where mails go.
#[derive(Debug, Clone)]
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

#[derive(Debug, Clone)]
enum Way {
    Smtp(SmtpTransport),
    /// Each mail is a file here.
    Folder(PathBuf),
}

/// The connections that an `SMTP_URL` describes. They block, on a thread of their own: lettre's others
/// wait for a silent server for ever, and given up in the middle of a mail they would be used again.
pub fn transport(url: &str) -> Option<SmtpTransport> {
    let builder = SmtpTransport::from_url(url).ok()?;
    Some(builder.timeout(Some(PATIENCE)).pool_config(PoolConfig::new().max_size(CONNECTIONS)).build())
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

    /// Sends one mail.
    pub async fn send(&self, letter: &Letter) -> Result<(), MailError> {
        let to: Mailbox = letter.to.parse().map_err(|_| MailError::Address)?;
        let id = match (&letter.list, &letter.id) {
            (Some(list), _) => list.message_id.clone(),
            (None, Some(what)) => hex::encode(&Sha256::digest(format!("{what} {}", letter.to))[..12]),
            (None, None) => hex::encode(rand::random::<[u8; 12]>()),
        };
        let host = self.from.email.domain();
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject.clone())
            .message_id(Some(format!("<{id}@{host}>")));
        let message = match &letter.list {
            Some(list) => list.add_to(message, host),
            None => message,
        };
        let message = match &letter.html {
            Some(html) => {
                let said = MultiPart::alternative_plain_html(letter.text.clone(), html.clone());
                match &letter.calendar {
                    Some(dates) => {
                        let kind = ContentType::parse("text/calendar; charset=utf-8").unwrap_or(ContentType::TEXT_PLAIN);
                        let file = Attachment::new("alpar.ics".to_owned()).body(dates.clone(), kind);
                        message.multipart(MultiPart::mixed().multipart(said).singlepart(file))?
                    }
                    None => message.multipart(said)?,
                }
            }
            None => message.header(ContentType::TEXT_PLAIN).body(letter.text.clone())?,
        };
        match &self.way {
            Way::Smtp(smtp) => {
                let smtp = smtp.clone();
                let sent = tokio::task::spawn_blocking(move || smtp.send(&message)).await?;
                sent.map(drop).map_err(MailError::Smtp)
            }
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
