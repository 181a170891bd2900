//! What our renderer wrote as HTML, in a mail: with whole addresses, and as plain text. Made from what was published, so that
//! no part of a mail says something else.

/// A piece of the renderer's HTML, which has no `>` within a tag.
enum Token<'a> {
    /// `p`, `/p`, `a`; with all that stands in it.
    Tag(&'a str, &'a str),
    Text(&'a str),
}

fn tokens(html: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let tag = rest.strip_prefix('<').and_then(|after| after.split_once('>'));
        let tag = tag.filter(|(inside, _)| inside.starts_with(|first: char| first == '/' || first.is_ascii_alphabetic()));
        if let Some((inside, after)) = tag {
            rest = after;
            return Some(Token::Tag(inside.split([' ', '\n']).next().unwrap_or_default(), inside));
        }
        let end = rest.char_indices().skip(1).find(|(_, letter)| *letter == '<').map_or(rest.len(), |(at, _)| at);
        let (text, after) = rest.split_at(end);
        rest = after;
        (!text.is_empty()).then_some(Token::Text(text))
    })
}

/// The same, with paths of the app as whole addresses.
pub fn absolute(html: &str, origin: &str) -> String {
    let mut whole = String::with_capacity(html.len() + 64);
    for token in tokens(html) {
        match token {
            Token::Tag(_, inside) => {
                whole.push('<');
                whole.push_str(&inside.replace("href=\"/", &format!("href=\"{origin}/")));
                whole.push('>');
            }
            Token::Text(text) => whole.push_str(text),
        }
    }
    whole
}

/// The same words without any markup: « - » and numbers for lists, `> ` for quotes, links as `words (address)`.
pub fn plain(html: &str, origin: &str) -> String {
    let html = absolute(html, origin);
    let mut sheet = Sheet::default();
    for token in tokens(&html) {
        match token {
            Token::Tag(name, inside) => sheet.tag(name, inside),
            Token::Text(text) if sheet.is_pre => sheet.write(&read(text)),
            Token::Text(text) => sheet.words(&read(text)),
        }
    }
    sheet.written.truncate(sheet.written.trim_end_matches(' ').len());
    sheet.written
}

#[derive(Default)]
struct Sheet {
    written: String,
    /// Line breaks that are due before what follows.
    due: usize,
    quotes: usize,
    /// The next number of each open list that is numbered.
    lists: Vec<Option<u64>>,
    /// The mark of an item that begins.
    mark: Option<String>,
    /// The open link's address, and where its words begin.
    link: Option<(String, usize)>,
    is_pre: bool,
}

impl Sheet {
    fn tag(&mut self, name: &str, inside: &str) {
        match name {
            "p" | "/p" | "h3" | "/h3" | "h4" | "/h4" | "h5" | "/h5" | "h6" | "/h6" | "table" | "/table" => self.apart(2),
            "pre" | "/pre" => {
                self.apart(2);
                self.is_pre = name == "pre";
            }
            "br" | "br/" | "tr" => self.apart(1),
            "td" | "th" if self.due == 0 => self.write(" | "),
            "hr" | "hr/" => {
                self.apart(2);
                self.write("---");
                self.apart(2);
            }
            "blockquote" => {
                self.apart(2);
                self.quotes += 1;
            }
            "/blockquote" => {
                self.quotes = self.quotes.saturating_sub(1);
                self.apart(2);
            }
            "ul" | "ol" => {
                self.apart(if self.lists.is_empty() { 2 } else { 1 });
                let first = attribute(inside, "start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.lists.push((name == "ol").then_some(first));
            }
            "/ul" | "/ol" => {
                self.lists.pop();
                self.apart(if self.lists.is_empty() { 2 } else { 1 });
            }
            "li" => {
                self.apart(1);
                self.mark = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                });
            }
            "del" | "/del" => self.write("~~"),
            "a" => {
                self.write("");
                self.link = attribute(inside, "href").map(|href| (read(href), self.written.len()));
            }
            "/a" => {
                let Some((href, from)) = self.link.take() else { return };
                let said = self.written.get(from..).unwrap_or_default().trim();
                let bare = href.strip_prefix("mailto:").unwrap_or(&href);
                if said != bare && said != href {
                    self.write(&format!(" ({bare})"));
                }
            }
            _ => {}
        }
    }

    /// What follows stands so many lines lower.
    fn apart(&mut self, lines: usize) {
        self.due = self.due.max(lines);
    }

    /// Text in which any space is one space.
    fn words(&mut self, text: &str) {
        let begins = self.due > 0 || self.written.is_empty();
        let text: String = text.replace('\n', " ");
        let text = if begins { text.trim_start_matches(' ') } else { &text };
        if !text.is_empty() {
            self.write(text);
        }
    }

    fn write(&mut self, text: &str) {
        if self.due > 0 || self.written.is_empty() {
            let kept = self.written.trim_end_matches(' ').len();
            self.written.truncate(kept);
            if kept > 0 {
                self.written.extend(std::iter::repeat_n('\n', self.due));
            }
            self.due = 0;
            self.written.extend(std::iter::repeat_n("> ", self.quotes));
            self.written.extend(std::iter::repeat_n("  ", self.lists.len().saturating_sub(1)));
        }
        if let Some(mark) = self.mark.take() {
            self.written.push_str(&mark);
        }
        self.written.push_str(text);
    }
}

fn attribute<'a>(inside: &'a str, name: &str) -> Option<&'a str> {
    let (_, after) = inside.split_once(&format!("{name}=\""))?;
    after.split_once('"').map(|(value, _)| value)
}

/// Text as it was before it was written as HTML.
fn read(text: &str) -> String {
    let text =
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&#x27;", "'");
    text.replace("&nbsp;", "\u{a0}").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORIGIN: &str = "https://alpar.example";

    #[test]
    fn paths_of_the_app_become_whole_and_text_stays_as_it_is() {
        let html = "<p>href=\"/x\" <a href=\"/vacations\">Vacations</a> <a href=\"https://a.example/b\">ailleurs</a></p>";
        let whole = "<p>href=\"/x\" <a href=\"https://alpar.example/vacations\">Vacations</a> <a href=\"https://a.example/b\">ailleurs</a></p>";
        assert_eq!(absolute(html, ORIGIN), whole);
    }

    #[test]
    fn the_plain_part_says_the_same_words() {
        let html = "<h3>Bonjour</h3>\n<p>Une ligne,<br>\net <strong>une</strong> autre &amp; encore.</p>\n<ul>\n<li>un</li>\n<li>deux\n<ol start=\"3\">\n<li>trois</li>\n<li>quatre</li>\n</ol>\n</li>\n</ul>\n<blockquote>\n<p>Dit quelqu’un</p>\n</blockquote>\n<p><a href=\"/coop\">La coop</a>, <a href=\"https://a.example\">https://a.example</a>, <a href=\"mailto:a@b.fr\">écrire</a></p>";
        let text = "Bonjour\n\nUne ligne,\net une autre & encore.\n\n- un\n- deux\n  3. trois\n  4. quatre\n\n> Dit quelqu’un\n\nLa coop (https://alpar.example/coop), https://a.example, écrire (a@b.fr)";
        assert_eq!(plain(html, ORIGIN), text);
    }

    #[test]
    fn code_keeps_its_lines_and_a_sign_alone_is_text() {
        assert_eq!(plain("<pre><code>a\n  b\n</code></pre>", ORIGIN), "a\n  b\n");
        assert_eq!(plain("<p>1 &lt; 2 < 3</p>", ORIGIN), "1 < 2 < 3");
        assert_eq!(plain("", ORIGIN), "");
    }
}
