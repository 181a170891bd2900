//! Settings: from the environment, checked at start.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use domain::time::Instant;
use ipnet::IpNet;
use url::{Origin, Url};

/// What `--help` says of the environment.
pub const ENVIRONMENT: &str = "\
Settings are environment variables:
  DATABASE_URL     a PostgreSQL database; unset: a private one under $ALPAR_DATA/postgres
  HOST             the address to listen on (127.0.0.1)
  PORT             the port to listen on (3000)
  PUBLIC_URL       the address members type (http://127.0.0.1:$PORT); https makes cookies Secure
  ALPAR_DATA       the folder for what this server keeps (.data)
  ALPAR_SITE       the folder of the built site (target/site)
  SMTP_URL         smtp://user:password@host:port or smtps://…; unset: each mail is an .eml file
                   under $ALPAR_DATA/mail
  MAIL_FROM        the sender of mails (Alpar <alpar@host of PUBLIC_URL>)
  BRIEF_PACE       how many copies of the Monday brief are handed to the mail server in a second (30)
  DSN_SECRET       what a mail server says to hand in mails that came back (POST /mail/dsn): 16 signs at
                   least; unset: there is no such door
  PUSH_SERVICES    hosts to which pushes may be sent, theirs included (those of the browsers' makers)
  TRUSTED_PROXIES  networks whose X-Forwarded-For is believed, as 10.0.0.0/8,::1/128 (none)
  ALPAR_LOG        what to log: error, warn, info, debug, or per module as server=debug (info)
  ALPAR_DEV        1: a developer's server: loads the demo co-op, accepts ALPAR_CLOCK
  ALPAR_CLOCK      with ALPAR_DEV=1, the instant at which the co-op's clock starts, as
                   2026-11-24T08:00:00+01:00; kept in the database as an offset from real time
  ALPAR_SW_KILL    1: the service worker takes itself off every device that asks for it";

/// The push services of Chrome, Firefox, Safari and Edge.
const PUSH_SERVICES: [&str; 4] = ["fcm.googleapis.com", "push.services.mozilla.com", "push.apple.com", "notify.windows.com"];

fn host_name(text: &str) -> Option<String> {
    match url::Host::parse(text).ok()? {
        url::Host::Domain(host) => Some(host),
        _ => None,
    }
}

/// A setting that cannot be meant, and what would be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{name} is « {value} », but {expected}.")]
pub struct WrongSetting {
    pub name: &'static str,
    pub value: String,
    pub expected: &'static str,
}

/// The settings of one process.
#[derive(Debug, Clone)]
pub struct Config {
    /// `None`: a private PostgreSQL under `data`.
    pub database_url: Option<String>,
    pub listen: SocketAddr,
    pub public_url: PublicUrl,
    pub data: PathBuf,
    pub site: PathBuf,
    /// `None`: mails are files.
    pub smtp_url: Option<String>,
    pub mail_from: String,
    /// Copies of the brief in a second, by all processes together.
    pub brief_pace: u32,
    /// `None`: no reports of mails that came back are taken.
    pub dsn_secret: Option<String>,
    /// Hosts of push services.
    pub push_services: Vec<String>,
    pub trusted_proxies: Vec<IpNet>,
    pub log: String,
    pub dev: bool,
    pub clock: Option<Instant>,
    /// The service worker takes itself off.
    pub worker_off: bool,
}

/// Where members reach the co-op.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    /// `https://alpar.example`: scheme, host and port, without a slash at the end.
    pub origin: String,
    pub https: bool,
    pub host: String,
}

impl PublicUrl {
    fn parse(text: &str) -> Option<PublicUrl> {
        let url = Url::parse(text).ok()?;
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        let origin @ Origin::Tuple(..) = url.origin() else { return None };
        let host = url.host_str()?.to_owned();
        let https = url.scheme() == "https";
        (bare && (https || url.scheme() == "http")).then(|| PublicUrl { origin: origin.ascii_serialization(), https, host })
    }
}

impl Config {
    /// Reads and checks every setting; `variable` answers what the environment says.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Config, WrongSetting> {
        let given = |name: &str| variable(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let database_url = given("DATABASE_URL");
        if let Some(value) =
            database_url.as_ref().filter(|url| !url.starts_with("postgres://") && !url.starts_with("postgresql://"))
        {
            // What follows the scheme may be a password: it is not repeated.
            let value = format!("{}…", value.chars().take(8).collect::<String>());
            return Err(WrongSetting { name: "DATABASE_URL", value, expected: "it starts with postgres://" });
        }
        let host: IpAddr = parsed(&given, "HOST", "it is an IP address, as 127.0.0.1 or 0.0.0.0", |text| text.parse().ok())?
            .unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let port =
            parsed(&given, "PORT", "it is a number from 1 to 65535", |text| text.parse::<u16>().ok().filter(|port| *port > 0))?
                .unwrap_or(3000);
        let public_url =
            parsed(&given, "PUBLIC_URL", "it is an address as https://alpar.example, without a path", PublicUrl::parse)?
                .unwrap_or_else(|| PublicUrl {
                    origin: format!("http://127.0.0.1:{port}"),
                    https: false,
                    host: "127.0.0.1".into(),
                });
        let dev = flag(&given, "ALPAR_DEV")?;
        let clock = parsed(&given, "ALPAR_CLOCK", "it is an instant as 2026-11-24T08:00:00+01:00", |text| {
            chrono::DateTime::parse_from_rfc3339(text).ok().map(|at| at.with_timezone(&chrono::Utc))
        })?;
        if let (Some(_), false) = (clock, dev) {
            let value = given("ALPAR_CLOCK").unwrap_or_default();
            return Err(WrongSetting { name: "ALPAR_CLOCK", value, expected: "the clock is moved only with ALPAR_DEV=1" });
        }
        let smtp_url = given("SMTP_URL");
        if smtp_url.as_ref().is_some_and(|url| crate::mail::transport(url).is_none()) {
            return Err(WrongSetting {
                name: "SMTP_URL",
                value: "…".into(),
                expected: "it is written smtp://user:password@host:port or smtps://…",
            });
        }
        let from = |text: &str| text.parse::<lettre::message::Mailbox>().ok().map(|_| text.to_owned());
        let mail_from = parsed(&given, "MAIL_FROM", "it is a sender as Alpar <alpar@example.org>", from)?
            .unwrap_or_else(|| default_sender(&public_url.host));
        let brief_pace = parsed(&given, "BRIEF_PACE", "it is a number from 1 to 1000", |text| {
            text.parse::<u32>().ok().filter(|pace| (1..=1000).contains(pace))
        })?
        .unwrap_or(30);
        let dsn_secret = given("DSN_SECRET");
        if dsn_secret.as_ref().is_some_and(|secret| secret.len() < 16) {
            return Err(WrongSetting { name: "DSN_SECRET", value: "…".into(), expected: "it has 16 signs at least" });
        }
        let push_services = parsed(&given, "PUSH_SERVICES", "it is a list of hosts as push.example.org,other.example", |text| {
            text.split(',').map(|host| host_name(host.trim())).collect()
        })?
        .unwrap_or_else(|| PUSH_SERVICES.map(str::to_owned).to_vec());
        let trusted_proxies = parsed(&given, "TRUSTED_PROXIES", "it is a list of networks as 10.0.0.0/8,::1/128", |text| {
            text.split(',').map(|network| network.trim().parse().ok()).collect()
        })?
        .unwrap_or_default();
        let log = parsed(&given, "ALPAR_LOG", "it is a level (info) or levels per module (server=debug,info)", |text| {
            tracing_subscriber::EnvFilter::try_new(text).ok().map(|_| text.to_owned())
        })?
        .unwrap_or_else(|| "info,sqlx=warn,graphile_worker=warn".into());
        Ok(Config {
            database_url,
            listen: SocketAddr::new(host, port),
            public_url,
            data: given("ALPAR_DATA").unwrap_or_else(|| ".data".into()).into(),
            site: given("ALPAR_SITE").unwrap_or_else(|| "target/site".into()).into(),
            smtp_url,
            mail_from,
            brief_pace,
            dsn_secret,
            push_services,
            trusted_proxies,
            log,
            dev,
            clock,
            worker_off: flag(&given, "ALPAR_SW_KILL")?,
        })
    }
}

/// A host that is a bare IP address cannot stand behind an `@`.
fn default_sender(host: &str) -> String {
    let host = if host.parse::<IpAddr>().is_ok() || host.starts_with('[') { "localhost" } else { host };
    format!("Alpar <alpar@{host}>")
}

fn parsed<T>(
    given: &impl Fn(&str) -> Option<String>,
    name: &'static str,
    expected: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, WrongSetting> {
    match given(name) {
        None => Ok(None),
        Some(value) => match parse(&value) {
            Some(meant) => Ok(Some(meant)),
            None => Err(WrongSetting { name, value, expected }),
        },
    }
}

fn flag(given: &impl Fn(&str) -> Option<String>, name: &'static str) -> Result<bool, WrongSetting> {
    let read = |text: &str| match text {
        "1" | "true" => Some(true),
        "0" | "false" => Some(false),
        _ => None,
    };
    Ok(parsed(given, name, "it is 1 or 0", read)?.unwrap_or(false))
}

/// What `check-config` says: the settings without their secrets.
impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let database = if self.database_url.is_some() { "the one DATABASE_URL names" } else { "a private one" };
        writeln!(f, "listens on     {}", self.listen)?;
        writeln!(f, "members type   {}", self.public_url.origin)?;
        writeln!(f, "database       {database}")?;
        writeln!(f, "keeps files in {}", self.data.display())?;
        writeln!(f, "site           {}", self.site.display())?;
        let mails = if self.smtp_url.is_some() {
            "by SMTP".to_owned()
        } else {
            format!("as files in {}", self.data.join("mail").display())
        };
        writeln!(f, "mails go       {mails}, from {}", self.mail_from)?;
        let proxies: Vec<String> = self.trusted_proxies.iter().map(ToString::to_string).collect();
        writeln!(f, "proxies        {}", if proxies.is_empty() { "none".into() } else { proxies.join(", ") })?;
        write!(f, "developer      {}", if self.dev { "yes" } else { "no" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(settings: &[(&str, &str)]) -> Result<Config, WrongSetting> {
        Config::read(|name| settings.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn nothing_set_is_a_server_on_this_machine() {
        let config = read(&[]).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
        assert_eq!(config.public_url.origin, "http://127.0.0.1:3000");
        assert!(!config.public_url.https && !config.dev && config.trusted_proxies.is_empty());
    }

    #[test]
    fn a_wrong_setting_is_named_in_a_sentence() {
        for (name, value) in [
            ("PORT", "eighty"),
            ("PORT", "0"),
            ("HOST", "localhost"),
            ("PUBLIC_URL", "alpar.example"),
            ("PUBLIC_URL", "https://alpar.example/app"),
            ("ALPAR_DEV", "perhaps"),
            ("ALPAR_CLOCK", "yesterday"),
            ("TRUSTED_PROXIES", "10.0.0.0/64"),
            ("DATABASE_URL", "mysql://x"),
            ("SMTP_URL", "mail.example"),
            ("MAIL_FROM", "nobody"),
            ("BRIEF_PACE", "0"),
            ("DSN_SECRET", "short"),
            ("PUSH_SERVICES", "push.example.org,192.0.2.1"),
        ] {
            let wrong = read(&[(name, value)]).unwrap_err();
            assert_eq!(wrong.name, name);
            assert!(wrong.to_string().starts_with(&format!("{name} is « ")));
        }
    }

    #[test]
    fn the_clock_moves_only_for_developers() {
        let clock = ("ALPAR_CLOCK", "2026-11-24T08:00:00+01:00");
        assert_eq!(read(&[clock]).unwrap_err().name, "ALPAR_CLOCK");
        assert!(read(&[clock, ("ALPAR_DEV", "1")]).unwrap().clock.is_some());
    }

    #[test]
    fn a_password_is_never_repeated() {
        let wrong = read(&[("DATABASE_URL", "mysql://secret:word@host")]).unwrap_err();
        assert!(!wrong.to_string().contains("word"));
        let shown =
            read(&[("DATABASE_URL", "postgres://u:word@host/db"), ("SMTP_URL", "smtp://u:word@host")]).unwrap().to_string();
        assert!(!shown.contains("word"));
    }
}
