//! What is true of any text.

use proptest::prelude::*;
use prose::Base;

use crate::clean;

const MAIL: Base<'static> = Base::Mail { origin: "https://coop.example" };

/// Texts made of what Markdown, HTML and mischief are made of.
fn typed() -> impl Strategy<Value = String> {
    let pieces = [
        "a",
        "b c",
        "É",
        " ",
        "  ",
        "    ",
        "\n",
        "\n\n",
        "\t",
        "\r",
        "\r\n",
        "\0",
        "*",
        "**",
        "_",
        "__",
        "~~",
        "`",
        "```",
        "~~~",
        "#",
        "## ",
        ">",
        "> ",
        "- ",
        "+ ",
        "1. ",
        "23) ",
        "---",
        "===",
        "|",
        "|-|",
        "|:-:|\n",
        "\\",
        "!",
        "[",
        "]",
        "(",
        ")",
        "](",
        "[a]: /b\n",
        "[a]",
        "<",
        ">",
        "</",
        "/>",
        "<a ",
        "<b>",
        "<!--",
        "-->",
        "<?",
        "<![CDATA[",
        "<https://a.example>",
        "<a@b.example>",
        "&",
        "&amp;",
        "&nbsp;",
        "&#13;",
        "&#0;",
        "&lt;",
        "\u{a0}",
        "\u{202f}",
        "\u{feff}",
        "\u{200b}",
        "\u{85}",
        "/vacations",
        "https://a.example/x?y=1&z",
        "javascript:",
        "onerror=",
        "\"",
        "'",
        "🥕",
    ];
    prop_oneof![
        4 => proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..40).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
        1 => "[ -~\n]{0,80}",
    ]
}

/// Without what a mark-up of theirs is made of.
fn without_angles() -> impl Strategy<Value = String> {
    typed().prop_map(|text| text.replace(['<', '>', '&'], "*"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn any_text_renders_clean_and_the_same_twice(text in typed()) {
        let html = clean::render(&text);
        prop_assert_eq!(&html, &prose::html(&text, Base::App));
        prop_assert_eq!(prose::text(&text, MAIL), prose::text(&text, MAIL));
    }

    #[test]
    fn the_words_of_all_three_are_the_same(text in typed()) {
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        let (_, shown, _) = clean::parse(&prose::html(&text, Base::App));
        let words = prose::words(&text);
        prop_assert_eq!(bare(&shown), bare(&words));
        // Marks and addresses stand between them, never within one.
        let told = prose::text(&text, Base::App);
        let mut told = told.chars();
        prop_assert!(words.chars().filter(|c| !c.is_whitespace()).all(|c| told.any(|there| there == c)), "{:?}", prose::text(&text, Base::App));
    }

    #[test]
    fn plain_text_and_words_hold_no_markup_of_ours(text in without_angles()) {
        let told = prose::text(&text, MAIL);
        prop_assert!(told.lines().all(|line| !line.contains('<') && !line.contains('&')), "{}", told);
        let words = prose::words(&text);
        prop_assert!(!words.contains(['<', '>', '&', '\n', '\u{a0}']) && !words.contains("  "), "{:?}", words);
        prop_assert_eq!(words.trim(), &words);
    }
}
