//! Where a link may lead. Stricter than any reader of addresses, so that none of them reads something else into one.

use std::fmt;

/// The longest address, in bytes.
const CAP: usize = 2_000;

/// An address that may stand in what members read: of the web, of a mailbox, or of a page of the app.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link {
    kind: Kind,
    /// Printable ASCII, without quotes, angle brackets and backslashes; the scheme in small letters.
    address: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Web,
    Mail,
    App,
}

/// Whether a link may lead there.
pub fn is_link(address: &str) -> bool {
    Link::parse(address).is_some()
}

impl Link {
    /// `https://…`, `http://…`, `mailto:…`, or a path of the app, `/vacation/…`; what is typed around it is left out.
    pub fn parse(text: &str) -> Option<Link> {
        let text = text.trim();
        let (kind, address) = if text.starts_with('/') {
            (Kind::App, page_of_the_app(text)?)
        } else {
            let (scheme, rest) = text.split_once(':')?;
            match scheme.to_ascii_lowercase().as_str() {
                scheme @ ("http" | "https") => (Kind::Web, format!("{scheme}://{}", place_on_the_web(rest.strip_prefix("//")?)?)),
                "mailto" => (Kind::Mail, format!("mailto:{}", mailbox(rest)?)),
                _ => return None,
            }
        };
        (address.len() <= CAP).then_some(Link { kind, address })
    }

    /// As it was parsed: of the app's own pages, the path.
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// Whether it leaves the app for a site of somebody else.
    pub fn is_external(&self) -> bool {
        self.kind == Kind::Web
    }

    /// The address as a person says it: of a mailbox, the mailbox.
    pub(crate) fn said(&self) -> &str {
        match self.address.strip_prefix("mailto:") {
            Some(mailbox) => mailbox.split('?').next().unwrap_or_default(),
            None => &self.address,
        }
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.address)
    }
}

/// A path that every browser reads as one of ours: no `//` that names a host, no step back, nothing of it hidden by `%`.
fn page_of_the_app(text: &str) -> Option<String> {
    let address = spelled(text)?;
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let odd = |step: &str| step == "." || step == ".." || hides(step, HIDDEN_IN_PATHS);
    (!path.contains("//") && !path.split('/').any(odd)).then_some(address)
}

/// After `https://`: a host by its name in plain letters, perhaps a port, then anything. Nobody's name or password before
/// an `@`, no number for a host, and none of the letters that look like others: such a host is typed as it truly is.
fn place_on_the_web(rest: &str) -> Option<String> {
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let port_fits = port.is_none_or(|port| port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok());
    (is_host(host) && port_fits).then_some(())?;
    Some(authority.to_ascii_lowercase() + &spelled(rest)?)
}

/// After `mailto:`: one mailbox, perhaps with the subject of the mail.
fn mailbox(rest: &str) -> Option<String> {
    let (mailbox, query) = match rest.split_once('?') {
        Some((mailbox, query)) => (mailbox, Some(query)),
        None => (rest, None),
    };
    let (name, host) = mailbox.split_once('@')?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"._+-'".contains(&b);
    ((1..=64).contains(&name.len()) && name.bytes().all(plain) && is_host(host)).then_some(())?;
    let Some(query) = query else { return Some(mailbox.to_owned()) };
    let subject = spelled(query.strip_prefix("subject=")?)?;
    // Another header of the mail would begin there.
    (!subject.contains(['&', '?', '#']) && !hides(&subject, HIDDEN_CONTROLS)).then(|| format!("{mailbox}?subject={subject}"))
}

/// Two labels or more, of small unaccented letters, digits and hyphens; the last begins with a letter.
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        let plain = label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let disguised = label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--"));
        (1..=63).contains(&label.len()) && plain && !disguised && !label.starts_with('-') && !label.ends_with('-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.len() <= 253
        && host.contains('.')
        && host.split('.').all(is_label)
        && last.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// The address in the characters that an address is made of, others as `%…`; nothing, when one of them has no business in
/// any address.
fn spelled(text: &str) -> Option<String> {
    let mut spelled = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c) => spelled.push(c),
            c if c.is_ascii() || c.is_control() || c.is_whitespace() => return None,
            c => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    spelled.push_str(&format!("%{byte:02X}"));
                }
            }
        }
    }
    Some(spelled)
}

const HIDDEN_CONTROLS: &[&str] = &["0", "1", "7f"];
const HIDDEN_IN_PATHS: &[&str] = &["0", "1", "7f", "2e", "2f", "5c", "25"];

/// Whether one of these is written as `%…`, or a `%` writes nothing at all.
fn hides(text: &str, what: &[&str]) -> bool {
    text.split('%').skip(1).any(|rest| {
        let digits: String = rest.chars().take(2).collect::<String>().to_ascii_lowercase();
        let writes = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        !writes || what.iter().any(|start| digits.starts_with(start))
    })
}
