//! Where a link may lead: the web, a mailbox, a page of the app.

use super::HREF_CAP;

/// Whether a link may lead there: `http` or `https` with a host, `mailto` with a mailbox, or a path of the app. Nothing else:
/// neither a script, nor an address that hides where it goes.
pub fn is_link(href: &str) -> bool {
    if href.len() > HREF_CAP
        || href.chars().any(|letter| letter.is_whitespace() || letter.is_control() || "\\<>\"`".contains(letter))
    {
        return false;
    }
    if let Some(rest) = after(href, "https://").or_else(|| after(href, "http://")) {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        return host.starts_with(char::is_alphanumeric) && !host.contains('@');
    }
    if let Some(rest) = after(href, "mailto:") {
        let mailbox = rest.split('?').next().unwrap_or_default();
        return mailbox.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'));
    }
    href.starts_with('/') && !href.starts_with("//")
}

/// What follows a scheme, however it is spelt.
fn after<'a>(href: &'a str, scheme: &str) -> Option<&'a str> {
    let begins = href.get(..scheme.len())?.eq_ignore_ascii_case(scheme);
    begins.then(|| &href[scheme.len()..])
}
