//! The examples of the specification itself.

use crate::clean;

const SPECIFICATION: &str = include_str!("../commonmark/spec.txt");

/// (Markdown, HTML) of each example.
fn examples() -> Vec<(String, String)> {
    let fence = "`".repeat(32);
    let opening = format!("{fence} example\n");
    let blocks = SPECIFICATION.split(&opening).skip(1).filter_map(|rest| rest.split(&format!("\n{fence}\n")).next());
    let block = |block: &str| {
        let (markdown, html) = block.split_once("\n.\n").or_else(|| Some((block.strip_suffix("\n.")?, "")))?;
        Some((markdown.replace('→', "\t") + "\n", html.replace('→', "\t")))
    };
    blocks.filter_map(block).collect()
}

#[test]
fn each_example_of_the_specification_renders_clean() {
    let examples = examples();
    assert_eq!(examples.len(), 652);
    for (markdown, _) in &examples {
        clean::render(markdown);
    }
}

/// Rules stand on a line of their own or not: nobody sees it.
fn without_lines(html: &str) -> String {
    html.replace("\n<hr>", "<hr>").trim_end().to_owned()
}

#[test]
fn what_has_no_html_no_picture_and_no_doubtful_link_is_rendered_as_the_specification_says() {
    let as_we_write_it = |html: &str| {
        let mut html =
            html.replace("<br />", "<br>").replace("<hr />", "<hr>").replace("&quot;", "\"").replace('\u{a0}', "&nbsp;");
        for (theirs, ours) in [("h6", "h6"), ("h5", "h6"), ("h4", "h6"), ("h3", "h5"), ("h2", "h4"), ("h1", "h3")] {
            html = html
                .replace(&format!("<{theirs}>"), &format!("<{ours}>"))
                .replace(&format!("</{theirs}>"), &format!("</{ours}>"));
        }
        without_lines(&html)
    };
    let plain = |markdown: &str, html: &str| {
        !markdown.contains(['<', '&']) && !html.contains("<a ") && !html.contains("<img") && !html.contains("class=")
    };
    // Tables and strikethrough are not in the specification.
    let ours = |markdown: &str| markdown.contains(['|', '~']);
    let mut alike = 0;
    for (markdown, html) in examples().iter().filter(|(markdown, html)| plain(markdown, html) && !ours(markdown)) {
        assert_eq!(without_lines(&prose::html(markdown)), as_we_write_it(html), "{markdown}");
        alike += 1;
    }
    assert!(alike > 300, "{alike} examples are plain");
}
