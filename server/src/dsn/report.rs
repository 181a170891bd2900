//! What a report says: which mail, and whether it came back for good.

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

/// A delivery status notification, as far as it is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What stands before the @ in the Message-ID of the mail that it is about.
    pub message_id: Option<String>,
    /// The status, where it came back for good: « it came back: 5.1.1 ». A mail that is late or arrived says nothing.
    pub for_good: Option<String>,
}

impl Report {
    /// Nothing for what is no report.
    pub fn read(raw: &[u8]) -> Option<Report> {
        let message = MessageParser::default().parse(raw)?;
        let status = message.parts.iter().find(|part| part.is_content_type("message", "delivery-status"))?;
        let for_good = match &status.body {
            PartType::Text(text) => for_good(text),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => for_good(&String::from_utf8_lossy(bytes)),
            // Its groups of fields, read as a mail: the first is its head, the others its body.
            PartType::Message(inner) => for_good(&String::from_utf8_lossy(inner.raw_message())),
            PartType::Html(_) | PartType::Multipart(_) => None,
        };
        Some(Report { message_id: returned(&message), for_good })
    }
}

/// Of the groups of fields, one for each address, the first that failed with a status of the class 5.
fn for_good(fields: &str) -> Option<String> {
    let unfolded = fields.replace("\r\n", "\n").replace("\n ", " ").replace("\n\t", " ");
    unfolded.split("\n\n").find_map(|group| {
        let field = |wanted: &str| {
            let mut lines = group.lines().filter_map(|line| line.split_once(':'));
            lines.find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim())
        };
        let failed = field("Action").is_some_and(|action| action.eq_ignore_ascii_case("failed"));
        let status = field("Status").and_then(|status| status.split([' ', '(']).next()).unwrap_or_default();
        let known = status.starts_with("5.") && status.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        (failed && known && is_of_the_address(status)).then(|| format!("it came back: {status}"))
    })
}

/// The mailbox is not there, or takes nothing any more (RFC 3463, X.1 and X.2, but for a full one, and for what is wrong with
/// who sends). A refused content or a
/// broken network says nothing of the address.
pub fn is_of_the_address(status: &str) -> bool {
    (status.starts_with("5.1.") || status.starts_with("5.2.")) && !["5.1.7", "5.1.8", "5.2.2", "5.2.3"].contains(&status)
}

/// The Message-ID of the mail that came back, from it or from its head.
fn returned(report: &Message<'_>) -> Option<String> {
    let id = report.parts.iter().find_map(|part| match &part.body {
        PartType::Message(mail) if part.is_content_type("message", "rfc822") => mail.message_id().map(str::to_owned),
        PartType::Text(head) if part.is_content_type("text", "rfc822-headers") => {
            let head = MessageParser::default().parse(head.as_bytes())?;
            head.message_id().map(str::to_owned)
        }
        _ => None,
    })?;
    id.split('@').next().map(str::to_owned).filter(|id| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As Postfix writes one.
    fn report(action: &str, status: &str, last: &str) -> String {
        format!(
            "From: MAILER-DAEMON@mail.example\r\nTo: alpar@alpar.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status;\r\n boundary=\"b1\"\r\n\r\n--b1\r\n\
             Content-Type: text/plain\r\n\r\nI am sorry.\r\n\r\n--b1\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mail.example\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: {action}\r\n\
             Status: {status}\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n    no such user\r\n\r\n--b1\r\n{last}\r\n--b1--\r\n"
        )
    }

    const MAIL: &str = "Content-Type: message/rfc822\r\n\r\nMessage-ID: <abc123@alpar.example>\r\nSubject: x\r\n\r\nhello\r\n";
    const HEAD: &str = "Content-Type: text/rfc822-headers\r\n\r\nMessage-ID: <abc123@alpar.example>\r\nSubject: x\r\n";

    #[test]
    fn a_mail_that_came_back_for_good_is_known_by_its_id_and_its_status() {
        for last in [MAIL, HEAD] {
            let read = Report::read(report("failed", "5.1.1", last).as_bytes()).unwrap();
            let came_back = Report { message_id: Some("abc123".into()), for_good: Some("it came back: 5.1.1".into()) };
            assert_eq!(read, came_back, "{last}");
        }
    }

    #[test]
    fn what_is_late_full_arrived_or_unwanted_says_nothing_of_the_address() {
        for (action, status) in
            [("delayed", "4.4.1"), ("failed", "5.2.2"), ("relayed", "2.1.5"), ("failed", "5.7.1"), ("failed", "5.4.4")]
        {
            let read = Report::read(report(action, status, MAIL).as_bytes()).unwrap();
            assert_eq!(read.for_good, None, "{action} {status}");
        }
    }

    #[test]
    fn what_is_no_report_is_not_read() {
        for wrong in ["", "hello", MAIL, "Subject: x\r\n\r\nStatus: 5.1.1\r\nAction: failed\r\n"] {
            assert_eq!(Report::read(wrong.as_bytes()), None, "{wrong}");
        }
    }
}
