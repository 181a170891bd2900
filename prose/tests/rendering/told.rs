//! The plain text of a mail, and the words that are searched.

use prose::Base;

#[track_caller]
fn tells(markdown: &str, text: &str) {
    assert_eq!(prose::text(markdown, Base::Mail { origin: "https://coop.example" }), text, "{markdown}");
}

#[test]
fn headings_and_paragraphs_stand_apart() {
    tells("# Le camion\nIl arrive\n**samedi**.\n\nÀ *7 h*.", "Le camion\n\nIl arrive samedi.\n\nÀ 7 h.");
    tells("a  \nb", "a\nb");
    tells("a\n\n---\n\nb", "a\n\n---\n\nb");
}

#[test]
fn lists_have_dashes_and_numbers() {
    tells(
        "Apporte :\n- un panier\n- un sac\n  - grand\n  - petit\n- du temps",
        "Apporte :\n\n- un panier\n- un sac\n  - grand\n  - petit\n- du temps",
    );
    tells("9. a\n10. b\n\n    c", "9. a\n\n10. b\n\n    c");
    tells("- a\n\n- b\n\nc", "- a\n\n- b\n\nc");
    tells("- a\n-\n- b", "- a\n-\n- b");
}

#[test]
fn quotes_are_marked_on_each_line() {
    tells("> a\n>\n> b\n>\n> > c\n\nd", "> a\n>\n> b\n>\n> > c\n\nd");
    tells("- a\n\n  > b\n  > - c", "- a\n\n  > b\n  >\n  > - c");
    tells("a\n\n> b", "a\n\n> b");
}

#[test]
fn links_are_followed_by_where_they_lead() {
    tells("[prends une place](/vacations) ici", "prends une place (https://coop.example/vacations) ici");
    tells("[écris-nous](mailto:breve@coop.example?subject=a)", "écris-nous (breve@coop.example)");
    tells("<https://a.example/b> <a@b.example> [](/c)", "https://a.example/b a@b.example https://coop.example/c");
    tells("[a](javascript:b)", "a");
}

#[test]
fn tables_code_and_what_is_struck_out_keep_their_shape() {
    tells("| jour | heure |\n|---|---|\n| lundi | 9 h |\n| mardi | |", "jour | heure\nlundi | 9 h\nmardi |");
    tells("a\n\n```\nb\n\n  c\n```\n\nd", "a\n\nb\n\n  c\n\nd");
    tells("le ~~samedi~~ dimanche", "le ~~samedi~~ dimanche");
    tells("![le camion](x)", "le camion");
}

#[test]
fn words_are_words_alone() {
    let words = |markdown: &str, words: &str| assert_eq!(prose::words(markdown), words, "{markdown}");
    words("# Le **cam**ion\n\n- [arrive](https://a.example)\n- à 7\u{a0}h\u{202f}!", "Le camion arrive à 7 h !");
    words("|a|b|\n|-|-|\n|c|d|", "a b c d");
    words("> ![photo](x)\n\n`code` <b>", "photo code <b>");
    words("a  \nb\nc", "a b c");
    words("<a@b.example>", "a@b.example");
    words(" \n", "");
}
