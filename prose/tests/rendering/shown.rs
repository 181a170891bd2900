//! The HTML, as members see it.

use crate::clean;

#[track_caller]
fn shows(markdown: &str, html: &str) {
    assert_eq!(clean::render(markdown).trim_end(), html, "{markdown}");
}

#[test]
fn a_heading_stands_below_the_title_of_its_block() {
    shows("# a", "<h3>a</h3>");
    shows("a\n===", "<h3>a</h3>");
    shows("## a", "<h4>a</h4>");
    shows("### a", "<h5>a</h5>");
    shows("#### a", "<h6>a</h6>");
    shows("###### a", "<h6>a</h6>");
    shows("# a {#b .c}", "<h3>a {#b .c}</h3>");
}

#[test]
fn paragraphs_emphasis_lists_quotes_code_and_rules_are_what_they_are() {
    shows("a\nb  \nc", "<p>a\nb<br>\nc</p>");
    shows("*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>");
    shows("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>");
    shows("3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>");
    shows("> a", "<blockquote>\n<p>a</p>\n</blockquote>");
    shows("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>");
    shows("```rust\na < b\n```", "<pre><code>a &lt; b\n</code></pre>");
}

#[test]
fn a_table_has_no_styles() {
    let html = "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>\n<tr><td>1</td><td>2</td></tr>\n</tbody></table>";
    shows("| a | b |\n|:--|--:|\n| 1 | 2 |", html);
}

#[test]
fn notes_formulas_tasks_and_front_matter_are_text() {
    shows("a[^1]\n\n[^1]: une note", "<p>a[^1]</p>\n<p>[^1]: une note</p>");
    shows("$a$ $$b$$", "<p>$a$ $$b$$</p>");
    shows("- [ ] a", "<ul>\n<li>[ ] a</li>\n</ul>");
    shows("---\na: b\n---", "<hr>\n<h4>a: b</h4>");
}

#[test]
fn a_picture_is_its_words() {
    shows("Voici ![le *camion* `bleu`](https://a.example/x.jpg \"t\") !", "<p>Voici le camion bleu !</p>");
    shows("![](x)", "<p></p>");
    shows("[![le camion](x)](/vacations)", "<p><a href=\"/vacations\">le camion</a></p>");
    shows("![a [b](/c) ![d](e)](f)", "<p>a b d</p>");
}

#[test]
fn html_is_read_as_it_was_typed() {
    shows("a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>");
    shows("<div>\n*a*\n</div>", "<p>&lt;div&gt;\n*a*\n&lt;/div&gt;</p>");
    shows("- <hr>", "<ul>\n<li>\n<p>&lt;hr&gt;</p>\n</li>\n</ul>");
}

#[test]
fn a_link_says_whether_it_leaves_the_app() {
    shows("[a](/vacations?semaine=1&jour=2)", "<p><a href=\"/vacations?semaine=1&amp;jour=2\">a</a></p>");
    shows("[a](https://b.example \"c\")", "<p><a href=\"https://b.example\" rel=\"noopener noreferrer\">a</a></p>");
    shows("<https://b.example>", "<p><a href=\"https://b.example\" rel=\"noopener noreferrer\">https://b.example</a></p>");
    shows("<a@b.example>", "<p><a href=\"mailto:a@b.example\">a@b.example</a></p>");
}

#[test]
fn a_link_that_leads_nowhere_leaves_its_words() {
    shows("[a *b*](javascript:c)", "<p>a <em>b</em></p>");
    shows("[a]\n\n[a]: //b.example", "<p>a</p>");
    shows("<javascript:a>", "<p>javascript:a</p>");
}

#[test]
fn a_link_without_words_says_its_address() {
    shows("[](/vacations)", "<p><a href=\"/vacations\">/vacations</a></p>");
    shows("[![](x)](mailto:a@b.example?subject=c)", "<p><a href=\"mailto:a@b.example?subject=c\">a@b.example</a></p>");
}

#[test]
fn no_link_stands_in_another() {
    shows("[a <https://b.example> c](/d)", "<p><a href=\"/d\">a https://b.example c</a></p>");
    shows("[![<https://b.example>](c)](/d)", "<p><a href=\"/d\">https://b.example</a></p>");
}

#[test]
fn french_spaces_and_odd_characters_survive_or_go() {
    shows("« a » : 9\u{a0}h\u{202f}!", "<p>« a » : 9&nbsp;h\u{202f}!</p>");
    shows("a\0b\r\nc\rd", "<p>a\u{fffd}b\nc\nd</p>");
    shows("a&#13;b&#1;c\u{85}d", "<p>abcd</p>");
}
