//! Long and nested texts: rendered in little time, on a small stack.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::clean;

/// Smaller than any thread that will ever render, in bytes.
const STACK: usize = 128 * 1024;
/// For an unoptimised build on a machine that does other things; a member waits a thousandth of it.
const LIMIT: Duration = Duration::from_secs(20);

/// Renders on a small stack, within the limit; gives the page's HTML.
#[track_caller]
fn endures(what: &str, markdown: String) -> String {
    let (done, rendered) = mpsc::channel();
    let start = Instant::now();
    let work = move || {
        let html = prose::html(&markdown);
        drop(done.send(html));
    };
    thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread");
    let html = rendered.recv_timeout(LIMIT);
    assert!(html.is_ok(), "{what}: no end after {:?}", start.elapsed());
    html.unwrap_or_default()
}

/// Repeated up to a length in bytes.
fn long(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes / piece.len())
}

#[test]
fn hostile_nesting_is_rendered_flat() {
    for (what, markdown) in [
        ("quotes", ">".repeat(10_000) + " a"),
        ("quotes of several lines", format!("{} a\n", ">".repeat(2_000)).repeat(20)),
        ("brackets", "[".repeat(50_000)),
        ("brackets that close", "[".repeat(25_000) + "a" + &"](/x)".repeat(25_000)),
        ("pictures", "![".repeat(25_000) + "a" + &"](x)".repeat(25_000)),
        ("lists", (0..2_000).map(|depth| " ".repeat(depth * 2) + "- a\n").collect()),
        ("lists on one line", "- ".repeat(10_000) + "a"),
        ("numbers on one line", "1. ".repeat(10_000) + "a"),
        ("quotes and lists", "> - ".repeat(10_000) + "a"),
        ("emphasis", "*a **a ".repeat(10_000) + &"a** a*".repeat(10_000)),
        ("emphasis that never ends", "*a_".repeat(20_000)),
        ("strikethrough", "~~a *a ".repeat(10_000) + &"a* a~~".repeat(10_000)),
        ("elements", "<div>".repeat(20_000)),
        ("parentheses", "[a](".repeat(20_000)),
    ] {
        let html = endures(what, markdown);
        let (mut depth, mut deepest) = (0_i32, 0);
        for tag in html.split('<').skip(1) {
            depth += match tag {
                _ if tag.starts_with('/') => -1,
                _ if tag.starts_with("br>") || tag.starts_with("hr>") => 0,
                _ => 1,
            };
            deepest = deepest.max(depth);
        }
        assert_eq!(depth, 0, "{what}: balanced");
        assert!(deepest <= 32, "{what}: {deepest} deep");
    }
}

#[test]
fn nesting_that_is_cut_stays_clean() {
    for depth in 8..30 {
        for markdown in [
            "> ".repeat(depth) + "a\n\nb",
            "- ".repeat(depth) + "a\n\nb",
            "> ".to_owned() + &"- ".repeat(depth) + "a\n\nb",
            (0..depth).map(|depth| " ".repeat(depth * 2) + "- a\n").collect::<String>(),
            "> 1. ".repeat(depth) + "*a **b** c*",
            "*a **b ".repeat(depth) + &"c** d*".repeat(depth),
        ] {
            let html = clean::render(&markdown);
            assert!(html.contains('a'), "{html}");
        }
    }
}

/// What Markdown and HTML begin with, each alone.
const PIECES: &[&str] = &[
    "a",
    "a ",
    "a\n",
    "\n",
    " ",
    "\t",
    "\0",
    "\r",
    "*",
    "**a** ",
    "_a_",
    "*_",
    "~~a~~",
    "`",
    "` ``",
    "``` \n",
    "#",
    "# a\n",
    "> a\n",
    ">",
    "- a\n",
    "1. a\n",
    "- - ",
    "a\n---\n",
    "|",
    "|a",
    "|a|\n|-|\n",
    "[",
    "]",
    "[a]",
    "[a](",
    "[a](/b)",
    "![a](b)",
    "[a]: /b\n",
    "[a][b]",
    "<",
    "<a",
    "<a>",
    "</a>",
    "<!--",
    "<!-- -->",
    "<?",
    "<![CDATA[",
    "<!A",
    "<a href=\"",
    "&",
    "&amp;",
    "&#",
    "&#x41;",
    "\\",
    "\\[",
    "!",
    "https://a.example ",
    "<https://a.example>",
    "é",
    "🥕",
    "\u{a0}",
    "\u{202f}",
    "    a\n",
    "a  \n",
    "(",
    ")",
    "\"",
    "~~~\n",
    "+\n",
    "--- ",
    "a*b_c`d[e",
];

#[test]
fn time_grows_with_the_length_whatever_is_repeated() {
    // The square of this length would take hours.
    for piece in PIECES {
        endures(&format!("{piece:?}"), long(piece, 200_000));
    }
}

#[test]
fn five_megabytes_end_soon() {
    for piece in ["[", "*_", "> a\n"] {
        endures(&format!("{piece:?}"), long(piece, 5_000_000));
    }
}

#[test]
fn what_grows_with_its_square_is_held_short() {
    let columns = 5_000;
    let wide = "|a".repeat(columns) + "|\n" + &"|-".repeat(columns) + "|\n" + &"|\n|b\n".repeat(5_000);
    let html = endures("a wide table of short rows", wide);
    assert!(html.len() < 20_000_000, "{}", html.len());
    let far = format!("[a]: https://a.example/{}\n\n", "x".repeat(1_900)) + &"[a] ".repeat(4_000);
    let html = endures("one address, many links", far);
    assert!(html.len() < 20_000_000, "{}", html.len());
    let backticks = (1..1_500).map(|length| "a".to_owned() + &"`".repeat(length)).collect::<String>();
    endures("code that never ends", backticks);
    let definitions = (0..50_000).map(|n| format!("[{n}]: /{n}\n")).collect::<String>()
        + &(0..50_000).map(|n| format!("[{n}] ")).collect::<String>();
    endures("many addresses", definitions);
}

#[test]
fn the_longest_text_that_is_kept_takes_a_moment() {
    let paragraph = "Samedi, **le camion** arrive à 7 h : [prends une place](/vacations) ou écris à <breve@coop.example>.\n\n- un\n- deux\n\n";
    let text: String = paragraph.chars().cycle().take(prose::MARKDOWN_CAP).collect();
    let start = Instant::now();
    let html = prose::html(&text);
    assert!(html.len() > prose::MARKDOWN_CAP);
    assert!(start.elapsed() < Duration::from_millis(500), "{:?}", start.elapsed());
}
