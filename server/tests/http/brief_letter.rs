//! A copy of the brief as it leaves: read by a library that is not the one that wrote it.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use backend::brief::mail::{BriefCopy, Issue};
use chrono::Duration;
use domain::brief::{Corrected, Link, Picture, Published, Shown, Source, Sourced, id_of};
use domain::id::{BlockId, EventId, PictureId, SeatId, ShiftId};
use domain::reason::When;
use domain::time::paris_instant;
use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use server::brief_letter::BriefLetters;
use server::config::Config;
use server::mail::Mailer;
use uuid::Uuid;

const ORIGIN: &str = "https://alpar.example";

fn block(n: u128, title: &str, html: &str) -> Shown {
    Shown::Block {
        id: BlockId(Uuid::from_u128(n)),
        group: "Vie sociale".into(),
        title: title.into(),
        html: html.into(),
        picture: None,
        link: None,
    }
}

fn copy_of(pieces: Vec<Shown>) -> BriefCopy {
    let monday = "2026-11-30".parse().unwrap();
    let at = paris_instant(monday, "07:00:00".parse().unwrap());
    let brief = Published { id: id_of(monday), monday, at, late: false, automatic: false, pieces, corrected: Vec::new() };
    BriefCopy {
        id: 7,
        corrects: None,
        email: "lea@example.org".into(),
        name: "Léa et Paul".into(),
        is_public: false,
        message_id: "0123456789abcdef0123456789abcdef".into(),
        leaving: "AbC-_123".into(),
        maybe_twice: false,
        attempts: 1,
        tried_from: at,
        issue: Issue { brief, public: BTreeSet::new() },
    }
}

/// The mail as the mail server has it: without one, mails are files.
async fn as_sent(copy: &BriefCopy) -> Vec<u8> {
    static NTH: AtomicUsize = AtomicUsize::new(0);
    let nth = NTH.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("alpar-letter-{}-{nth}", std::process::id()));
    let config = Config::read(|name| match name {
        "PUBLIC_URL" => Some(ORIGIN.into()),
        "ALPAR_DATA" => Some(folder.display().to_string()),
        _ => None,
    });
    let letters = BriefLetters { origin: ORIGIN.into() };
    Mailer::new(&config.unwrap()).unwrap().send(&letters.copy(copy)).await.unwrap();
    let raw = std::fs::read(folder.join("mail").join(format!("{}.eml", copy.message_id))).unwrap();
    std::fs::remove_dir_all(folder).unwrap();
    raw
}

struct Read {
    text: String,
    html: String,
}

/// Two parts, in the order in which mail programs prefer the last, each said to be what it is.
fn parts(mail: &Message<'_>) -> Read {
    assert!(mail.parts[0].is_content_type("multipart", "alternative"));
    let PartType::Multipart(children) = &mail.parts[0].body else { panic!("no parts") };
    assert_eq!(children.len(), 2);
    let part = |at: usize| &mail.parts[children[at] as usize];
    for at in [0, 1] {
        assert!(!part(at).is_encoding_problem);
        let charset = part(at).content_type().and_then(|kind| kind.attribute("charset")).unwrap_or_default();
        assert!(charset.eq_ignore_ascii_case("utf-8"), "{charset}");
    }
    let (PartType::Text(text), PartType::Html(html)) = (&part(0).body, &part(1).body) else { panic!("not text, then HTML") };
    Read { text: text.replace("\r\n", "\n"), html: html.to_string() }
}

/// Words in their order, without what stands between them.
fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// What a reader of the HTML part sees.
fn seen(html: &str) -> String {
    let body = html.split_once("<body>").unwrap().1;
    let mut text = String::new();
    let mut inside = false;
    for letter in body.chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = std::mem::take(&mut inside) && {
                    text.push(' ');
                    false
                }
            }
            letter if !inside => text.push(letter),
            _ => {}
        }
    }
    text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"")
}

/// « Prochaines sorties », with one.
fn outings() -> Shown {
    let line = Sourced::Event {
        event: EventId(Uuid::from_u128(10)),
        title: "Soirée soupe".into(),
        starts_at: paris_instant("2026-12-04".parse().unwrap(), "19:00:00".parse().unwrap()),
        place: "À la coop".into(),
        public: true,
        full: true,
    };
    Shown::Live { source: Source::Events, intro: String::new(), lines: vec![line] }
}

fn rich() -> BriefCopy {
    let shift = ShiftId(Uuid::from_u128(9));
    let starts_at = paris_instant("2026-12-05".parse().unwrap(), "09:00:00".parse().unwrap());
    let when = When { shift, starts_at, ends_at: starts_at + Duration::hours(3) };
    let picture =
        |n| Some(Picture { id: PictureId(Uuid::from_u128(n)), alt: "Des courges \"bleues\"".into(), width: 800, height: 600 });
    let link = Some(Link { href: "/coop".into(), label: "La coop".into() });
    let open = BlockId(Uuid::from_u128(1));
    let mut copy = copy_of(vec![
        Shown::Block {
            id: open,
            group: "Approvisionnement".into(),
            title: "L’été des courges & le reste".into(),
            html: "<p>Elles sont <strong>là</strong> : <a href=\"/rayons\">les rayons</a>.</p>\n<ul>\n<li>une</li>\n<li>deux</li>\n</ul>\n".into(),
            picture: picture(11),
            link,
        },
        Shown::Block {
            id: BlockId(Uuid::from_u128(2)),
            group: "Vie sociale".into(),
            title: "Entre nous".into(),
            html: "<p>1 &lt; 2, <a href=\"https://autre.example/a?b=1&amp;c=2\" rel=\"noopener noreferrer\">ailleurs</a></p>".into(),
            picture: picture(12),
            link: None,
        },
        Shown::Live {
            source: Source::Seats,
            intro: "Viens !".into(),
            lines: vec![Sourced::Shift { shift, when, seats: vec![SeatId::new(shift, 0), SeatId::new(shift, 1)] }],
        },
        outings(),
        Shown::Live {
            source: Source::Anniversaries,
            intro: String::new(),
            lines: vec![Sourced::Anniversary { name: "Camille M.".into(), years: 5 }],
        },
    ]);
    copy.issue.public.insert(open);
    copy
}

#[tokio::test]
async fn a_copy_is_a_well_formed_mail_of_a_list_with_one_address_that_ends_it() {
    let copy = rich();
    let raw = as_sent(&copy).await;
    let mail = MessageParser::default().parse(&raw).unwrap();
    let header = |name: &str| mail.header_raw(name.to_owned()).map(|value| value.trim().to_owned());
    assert_eq!(header("Message-ID").as_deref(), Some("<0123456789abcdef0123456789abcdef@alpar.example>"));
    assert_eq!(header("List-Unsubscribe").as_deref(), Some("<https://alpar.example/desabonner/AbC-_123>"));
    assert_eq!(header("List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
    assert_eq!(header("List-Id").as_deref(), Some("La breve du lundi <breve.alpar.example>"));
    assert_eq!(header("Precedence"), None);
    assert!(mail.subject().unwrap().contains("L’été des courges & le reste"));
    assert_eq!(mail.to().unwrap().first().unwrap().address(), Some("lea@example.org"));
    assert!(mail.date().is_some() && mail.from().is_some() && header("MIME-Version").is_some());
    assert!(raw.iter().all(u8::is_ascii), "any mail server takes it");
    let longest = raw.split(|byte| *byte == b'\n').map(<[u8]>::len).max().unwrap();
    assert!(longest <= 998, "{longest}");
    parts(&mail);
}

#[tokio::test]
async fn both_parts_say_the_same_in_the_same_order() {
    let raw = as_sent(&rich()).await;
    let Read { text, html } = parts(&MessageParser::default().parse(&raw).unwrap());
    let said = words(&text);
    // Each word of the one is found in the other, further on; the text part says addresses, too.
    let mut from = 0;
    for word in words(&seen(&html)).into_iter().filter(|word| word != "voir" && word != "l") {
        let found = said[from..].iter().position(|known| *known == word);
        from += found
            .unwrap_or_else(|| panic!("« {word} » is not in the text part after « {} »:\n{text}", said[..from].join(" ")))
            + 1;
    }
    for address in [
        "https://alpar.example/rayons",
        "https://autre.example/a?b=1&c=2",
        "https://alpar.example/coop",
        "https://alpar.example/sortie/00000000-0000-0000-0000-00000000000a",
        "https://alpar.example/desabonner/AbC-_123",
    ] {
        assert!(text.contains(address), "{address}: {text}");
    }
    assert!(text.contains("Bonjour Léa et Paul,") && text.contains("- une\n- deux"), "{text}");
}

#[tokio::test]
async fn nothing_in_it_tells_who_reads_it_and_it_reads_in_the_dark_and_without_pictures() {
    let raw = as_sent(&rich()).await;
    let Read { html, .. } = parts(&MessageParser::default().parse(&raw).unwrap());
    let pictures: Vec<&str> = html.split("<img ").skip(1).map(|rest| rest.split_once('>').unwrap().0).collect();
    let public = format!(
        "src=\"https://alpar.example/pictures/{}\" alt=\"Des courges &quot;bleues&quot;\" width=\"800\" height=\"600\"",
        Uuid::from_u128(11)
    );
    assert_eq!(pictures, [public], "a picture that anybody may see, by its own address; the other waits in the app");
    assert!(seen(&html).contains("Voir l’image\u{202f}: Des courges \"bleues\""), "{}", seen(&html));
    // Every address is the one that was written, or a page of ours.
    let addresses = html.split("href=\"").skip(1).map(|rest| rest.split_once('"').unwrap().0);
    for address in addresses {
        assert!(address.starts_with("https://alpar.example/") || address == "https://autre.example/a?b=1&amp;c=2", "{address}");
        let personal = address.contains("/desabonner/");
        assert!(personal || !address.contains("AbC"), "{address}");
    }
    for foreign in ["<script", "<link", "<table", "url(", "@import", "<iframe", "onload", "lea@example.org"] {
        assert!(!html.contains(foreign), "{foreign}");
    }
    assert!(html.contains("<meta name=\"color-scheme\" content=\"light dark\">"));
    let (light, dark) = html.split_once("@media (prefers-color-scheme:dark)").unwrap();
    assert!(!light.contains("background") && dark.contains("background:#131914;color:#eef2e6"));
}

#[tokio::test]
async fn the_longest_brief_stays_under_100_kb_and_says_where_the_rest_is() {
    let long = format!("<p>{}</p>", "été à l’épicerie, ".repeat(300));
    let pieces = (0..40_u128).map(|n| block(n, &format!("Bloc {n} {}", "é".repeat(80)), &long)).collect();
    let raw = as_sent(&copy_of(pieces)).await;
    assert!(raw.len() <= 100_000, "{} bytes", raw.len());
    let Read { text, html } = parts(&MessageParser::default().parse(&raw).unwrap());
    for n in 0..40 {
        assert!(text.contains(&format!("Bloc {n} ")) && html.contains(&format!("Bloc {n} ")), "{n}");
    }
    assert!(text.contains("Lire la suite\u{202f}: https://alpar.example/breve/2026-11-30"), "{text}");
    assert!(html.contains("été à l’épicerie") && html.contains(">Lire la suite</a>"));
}

#[tokio::test]
async fn a_copy_for_the_public_leads_to_what_is_public_and_greets_nobody_by_name() {
    let mut copy = copy_of(vec![block(1, "Portes ouvertes", "<p>Samedi.</p>"), outings()]);
    (copy.is_public, copy.name) = (true, String::new());
    let raw = as_sent(&copy).await;
    let Read { text, html } = parts(&MessageParser::default().parse(&raw).unwrap());
    assert!(text.contains("\nBonjour,\n") && text.contains("https://alpar.example/breve/publique/2026-11-30"), "{text}");
    let door = "https://alpar.example/presentation#sortie-00000000-0000-0000-0000-00000000000a";
    assert!(text.contains(door) && html.contains(door) && !html.contains("/sortie/"), "an event leads to where one registers");
    assert!(text.contains("- Soirée soupe\u{a0}· le ven.") && text.contains("· À la coop\u{a0}· complet ("), "{text}");
    assert!(!html.contains("/moi/prevenir") && html.contains("/desabonner/AbC-_123"));
}

#[tokio::test]
async fn what_may_come_twice_and_what_was_corrected_say_so() {
    let mut copy = copy_of(vec![block(1, "Portes ouvertes", "<p>Samedi.</p>")]);
    let at = copy.tried_from + Duration::hours(2);
    copy.issue.brief.corrected = vec![Corrected { at, word: "C’est dimanche.".into(), block: None }];
    copy.maybe_twice = true;
    let raw = as_sent(&copy).await;
    let Read { text, .. } = parts(&MessageParser::default().parse(&raw).unwrap());
    assert!(text.contains("peut-être déjà été envoyé") && text.contains("Corrigé") && text.contains("C’est dimanche."), "{text}");
    // It says what it is about, and what was put right since without being about that.
    copy.corrects = copy.issue.brief.corrected.first().cloned();
    let since = Corrected { at: at + Duration::hours(1), word: "Reportée.".into(), block: None };
    copy.issue.brief.corrected.push(since);
    let raw = as_sent(&copy).await;
    let mail = MessageParser::default().parse(&raw).unwrap();
    assert!(mail.subject().unwrap().starts_with("Corrigé"), "{:?}", mail.subject());
    let text = parts(&mail).text;
    assert!(text.contains("Nous corrigeons la brève de lundi\u{202f}: C’est dimanche."), "{text}");
    assert!(text.contains("Reportée") && !text.contains("lundi\u{202f}: Reportée"), "{text}");
}
