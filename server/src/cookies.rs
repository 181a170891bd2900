//! Cookies: few, small, never readable by scripts.

use axum::http::{HeaderMap, HeaderValue, header};

/// 180 days, in seconds: how long a device stays signed in after its last visit.
pub const SESSION_S: i64 = 180 * 24 * 3600;
/// How long the steps of signing in may take, in seconds.
pub const STEP_S: i64 = 15 * 60;

/// A cookie of this server. Where members come by https, its name binds it to this host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cookie {
    /// The device's session token.
    Session,
    /// The address a code was sent to.
    Email,
    /// Between the code and « Qui es-tu ? ».
    Ticket,
    /// Where to go once signed in.
    Return,
    /// An invitation's secret, until its page has shown it.
    Invitation,
}

impl Cookie {
    pub fn name(self, https: bool) -> &'static str {
        match (self, https) {
            (Cookie::Session, false) => "alpar_session",
            (Cookie::Session, true) => "__Host-alpar_session",
            (Cookie::Email, false) => "alpar_email",
            (Cookie::Email, true) => "__Host-alpar_email",
            (Cookie::Ticket, false) => "alpar_ticket",
            (Cookie::Ticket, true) => "__Host-alpar_ticket",
            (Cookie::Return, false) => "alpar_return",
            (Cookie::Return, true) => "__Host-alpar_return",
            (Cookie::Invitation, false) => "alpar_invitation",
            (Cookie::Invitation, true) => "__Host-alpar_invitation",
        }
    }

    /// What the browser sent under this name, decoded.
    pub fn read(self, headers: &HeaderMap, https: bool) -> Option<String> {
        let name = self.name(https);
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(known, _)| *known == name)
            .and_then(|(_, value)| hex::decode(value).ok())
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .filter(|value| !value.is_empty())
    }

    /// Keeps `value` for `seconds`. Values are written in hexadecimal: no text can end a cookie.
    pub fn set(self, value: &str, seconds: i64, https: bool) -> HeaderValue {
        self.write(&hex::encode(value), seconds, https)
    }

    pub fn clear(self, https: bool) -> HeaderValue {
        self.write("", 0, https)
    }

    fn write(self, value: &str, seconds: i64, https: bool) -> HeaderValue {
        let secure = if https { "; Secure" } else { "" };
        let line = format!("{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", self.name(https));
        // Hexadecimal digits and our own words: always a header.
        HeaderValue::try_from(line).unwrap_or_else(|_| HeaderValue::from_static(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_inside_its_cookie() {
        let value = "léa@x.fr; Path=/evil\r\nSet-Cookie: a=b";
        let set = Cookie::Email.set(value, 60, true);
        let line = set.to_str().unwrap().to_owned();
        assert!(line.starts_with("__Host-alpar_email=") && line.ends_with("HttpOnly; SameSite=Lax; Secure"));
        let pair = line.split(';').next().unwrap().to_owned();
        let headers = HeaderMap::from_iter([(header::COOKIE, HeaderValue::try_from(format!("x=1; {pair}")).unwrap())]);
        assert_eq!(Cookie::Email.read(&headers, true).as_deref(), Some(value));
        assert_eq!(Cookie::Email.read(&headers, false), None);
    }
}
