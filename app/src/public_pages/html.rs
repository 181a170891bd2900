//! Text as it stands in HTML and XML that is written by hand.

use std::borrow::Cow;

/// Safe between tags and in an attribute's quotation marks. What no XML may hold is left out.
pub fn escaped(text: &str) -> Cow<'_, str> {
    let odd = |letter: char| matches!(letter, '&' | '<' | '>' | '"' | '\'') || is_barred(letter);
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter if is_barred(letter) => {}
            letter => escaped.push(letter),
        }
    }
    Cow::Owned(escaped)
}

/// A control character that is no space, and the two that are no characters at all.
fn is_barred(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\n' | '\t') || matches!(letter, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_typed_becomes_markup() {
        assert_eq!(escaped("L’épicerie"), "L’épicerie");
        assert_eq!(escaped("<b a='\"'>&\u{0}\u{1b}\n"), "&lt;b a=&#39;&quot;&#39;&gt;&amp;\n");
    }
}
