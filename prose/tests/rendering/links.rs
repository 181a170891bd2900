//! Where a link may lead.

use proptest::prelude::*;
use prose::{Link, is_link};
use url::Url;

#[track_caller]
fn leads_to(typed: &str, address: &str) {
    assert_eq!(Link::parse(typed).as_ref().map(Link::as_str), Some(address), "{typed}");
}

#[test]
fn sites_mailboxes_and_pages_of_the_app_may_be_linked() {
    leads_to("https://alpar.example", "https://alpar.example");
    leads_to("HTTPS://Alpar.Example:8443/Prix?a=1&b=2#bas", "https://alpar.example:8443/Prix?a=1&b=2#bas");
    leads_to("  http://sub.alpar-74.example/a//b/../c ", "http://sub.alpar-74.example/a//b/../c");
    leads_to("https://fr.example/wiki/Épicerie_(commerce)", "https://fr.example/wiki/%C3%89picerie_(commerce)");
    leads_to("mailto:breve@alpar.example", "mailto:breve@alpar.example");
    leads_to("MAILTO:d'arc+breve@alpar.example?subject=La%20brève", "mailto:d'arc+breve@alpar.example?subject=La%20br%C3%A8ve");
    leads_to("/", "/");
    leads_to("/vacations", "/vacations");
    leads_to(
        "/vacation/019ab0c2-0000-7000-8000-000000000001?feuille=donner#equipe",
        "/vacation/019ab0c2-0000-7000-8000-000000000001?feuille=donner#equipe",
    );
    leads_to("/coop/", "/coop/");
}

#[test]
fn nothing_else_may_be_linked() {
    for typed in [
        "",
        " ",
        "#bas",
        "?a=1",
        "vacations",
        "./vacations",
        "../vacations",
        "alpar.example",
        "www.alpar.example",
        "breve@alpar.example",
        "javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///x",
        "tel:+33450",
        "ftp://a.example",
        "//a.example",
        "///a.example",
        "/\\a.example",
        "\\/a.example",
        "/vacation//x",
        "/./x",
        "/../x",
        "/x/..",
        "/%2e%2e/x",
        "/%2E/x",
        "/x%2fy",
        "/x%5cy",
        "/x%00",
        "/x%0a",
        "/x%7f",
        "/x%252e",
        "/x%",
        "/x%zz",
        "/a b",
        "/a\tb",
        "/a\nb",
        "/a\"b",
        "/a<b",
        "/a`b",
        "/a{b}",
        "https:a.example",
        "https:/a.example",
        "https:///a.example",
        "https:\\\\a.example",
        "https://",
        "https://a",
        "https://localhost",
        "https://.example",
        "https://a..example",
        "https://a.example.",
        "https://-a.example",
        "https://a-.example",
        "https://a_b.example",
        "https://127.0.0.1",
        "https://0x7f.1",
        "https://1.2.3",
        "https://[::1]",
        "https://a@b.example",
        "https://a:b@c.example",
        "https://a.example:",
        "https://a.example:x",
        "https://a.example:65536",
        "https://a.example:1:2",
        "https://é.example",
        "https://xn--9ca.example",
        "https://a.XN--9ca.example",
        "https://a。example",
        "https://a.example/\\x",
        "https://a.example/ x",
        "https://a.example/\"x",
        "https://a.example/<x",
        "https://a.example/\u{a0}x",
        "https://a.example/\u{2028}x",
        "https ://a.example",
        "mailto:",
        "mailto:a",
        "mailto:@a.example",
        "mailto:a@b",
        "mailto:a@b@c.example",
        "mailto:a@b.example,c@d.example",
        "mailto:a b@c.example",
        "mailto:a@b.example?body=x",
        "mailto:a@b.example?subject=x&bcc=c",
        "mailto:a@b.example?subject=x%0aBcc:c",
        "mailto:a@b.example#x",
        "mailto:\"a\"@b.example",
    ] {
        assert!(!is_link(typed), "{typed:?}");
    }
    assert!(!is_link(&format!("https://a.example/{}", "x".repeat(2_000))));
    assert!(!is_link(&format!("https://{}.example", "x".repeat(64))));
}

#[test]
fn what_leaves_the_app_is_known() {
    let leaves = |typed: &str| Link::parse(typed).is_some_and(|link| link.is_external());
    assert!(leaves("https://a.example") && leaves("http://a.example"));
    assert!(!leaves("/vacations") && !leaves("mailto:a@b.example"));
}

/// Addresses, nearly addresses, and what is made of their pieces.
fn typed() -> impl Strategy<Value = String> {
    let pieces = [
        "http",
        "https",
        "HTTPS",
        "mailto",
        "javascript",
        ":",
        "/",
        "//",
        "\\",
        "a.example",
        "b",
        "@",
        ".",
        "..",
        "-",
        "xn--a",
        "%",
        "%2e",
        "%0a",
        "?",
        "subject=",
        "#",
        "[",
        "]",
        "é",
        " ",
        "\t",
        "\n",
        "\"",
        "'",
        "<",
        "&",
        "1",
        "0x1",
        "65535",
        "\u{ad}",
        "\u{202e}",
        "。",
    ];
    prop_oneof![
        proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..9).prop_map(|pieces| pieces.concat()),
        "https?://[a-zA-Z0-9.-]{1,12}\\.[a-z]{2,4}(:[0-9]{1,5})?(/[ -~é]{0,12})?",
        "/[ -~é]{0,16}",
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn what_may_be_linked_reads_the_same_everywhere(typed in typed()) {
        let Some(link) = Link::parse(&typed) else { return Ok(()) };
        prop_assert!(link.as_str().bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\`{}|^".contains(&b)), "{}", link);
        prop_assert_eq!(Link::parse(link.as_str()), Some(link.clone()));
        let here = Url::parse("https://coop.example/breve").expect("where the reader is");
        let there = here.join(link.as_str());
        prop_assert!(there.is_ok(), "{}: {:?}", link, there);
        let there = there.expect("an address that browsers read");
        if link.as_str().starts_with('/') {
            prop_assert_eq!(there.origin(), here.origin());
            prop_assert!(!there.path().starts_with("//"));
        } else if link.is_external() {
            let host = there.host_str().expect("a host");
            prop_assert!(link.as_str().starts_with(&format!("{}://{host}", there.scheme())), "{} is read as {}", link, there);
            prop_assert!(there.username().is_empty() && there.password().is_none());
        } else {
            prop_assert_eq!(there.scheme(), "mailto");
        }
    }
}
