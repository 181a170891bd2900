//! What is true of any text.

use proptest::prelude::*;

use crate::clean;

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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn any_text_renders_clean_and_the_same_twice(text in typed()) {
        let html = clean::render(&text);
        prop_assert_eq!(&html, &prose::html(&text));
    }
}
