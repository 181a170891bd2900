//! What people have typed to make somebody else's browser act.

use std::collections::BTreeSet;

use crate::clean;

const ATTEMPTS: &str = include_str!("../hostile.txt");

/// The attempts, with their invisible characters.
fn attempts() -> Vec<String> {
    let lines = ATTEMPTS.lines().filter(|line| !line.starts_with("# ") || line.contains('{'));
    let text: Vec<&str> = lines.collect();
    let attempts = text.split(|line| *line == "%").map(|lines| lines.join("\n")).filter(|attempt| !attempt.trim().is_empty());
    attempts.map(|attempt| with_numbered_characters(&attempt)).collect()
}

fn with_numbered_characters(attempt: &str) -> String {
    let mut pieces = attempt.split('⟨');
    let mut whole = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (number, rest) = piece.split_once('⟩').expect("the end of a number");
        let number = u32::from_str_radix(number, 16).expect("a hexadecimal number");
        whole.push(char::from_u32(number).expect("a character"));
        whole.push_str(rest);
    }
    whole
}

#[test]
fn there_are_many_attempts_and_all_are_different() {
    let attempts = attempts();
    let different: BTreeSet<&String> = attempts.iter().collect();
    assert_eq!(different.len(), attempts.len());
    assert!(attempts.len() >= 200, "{}", attempts.len());
}

#[test]
fn no_attempt_becomes_an_element_a_handler_a_style_or_an_address_of_its_own() {
    for attempt in attempts() {
        clean::render(&attempt);
        // Quoted, listed, emphasised, in a heading, in a table and in a link's words, too.
        let one_line = attempt.replace('\n', " ");
        for around in [
            format!("> {one_line}"),
            format!("1. {one_line}"),
            format!("*{one_line}*"),
            format!("# {one_line}"),
            format!("|a|\n|-|\n|{one_line}|"),
            format!("[{one_line}](/vacations)"),
            format!("![{one_line}](x)"),
            format!("{attempt}\n\n{attempt}"),
        ] {
            clean::render(&around);
        }
    }
}

#[test]
fn none_of_the_attempts_leads_to_their_host() {
    let elsewhere = ["xss.example", "javascript", "vbscript", "data:", "blob:", "file:"];
    for attempt in attempts() {
        let (elements, ..) = clean::parse(&prose::html(&attempt));
        for (name, value) in elements.into_iter().flat_map(|element| element.attributes) {
            assert!(name != "href" || !elsewhere.iter().any(|word| value.to_lowercase().contains(word)), "{attempt}: {value}");
        }
    }
}

#[test]
fn what_was_typed_as_html_is_read_as_text() {
    for attempt in ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)//", "<!-- secret -->"] {
        let (_, text, _) = clean::parse(&prose::html(attempt));
        assert_eq!(text.trim(), attempt);
    }
}
