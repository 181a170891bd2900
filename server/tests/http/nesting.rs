//! What stands in what: HTML that a browser would have to put right is none of ours.

use crate::house::Told;

/// In these stands text, with what may stand in a text.
const OF_TEXT: &str = "span p label button strong em b i small code time h1 h2 h3 h4 h5 h6";
/// What is no part of a text.
const BLOCKS: &str = "div p ul ol li dl dt dd form details section article header footer nav aside main table figure fieldset \
    blockquote pre hr h1 h2 h3 h4 h5 h6";
/// What somebody acts with: nothing of it stands in a link or a button.
const ACTED_WITH: &str = "a button input select textarea label details";
/// What has no end.
const VOID: &str = "area br hr img input link meta source";
/// What is in these is no HTML.
const RAW: &str = "script style textarea title";

fn is_of(names: &str, name: &str) -> bool {
    names.split(' ').any(|known| known == name)
}

impl Told {
    /// Everything of the page stands where HTML has room for it.
    #[track_caller]
    pub fn is_well_nested(&self, path: &str) {
        let wrong = misplaced(&self.text());
        assert!(wrong.is_empty(), "{path}: {wrong:?}");
    }
}

/// « details in span », of all that stands where it may not.
fn misplaced(html: &str) -> Vec<String> {
    let (mut open, mut wrong): (Vec<&str>, Vec<String>) = (Vec::new(), Vec::new());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let Some(end) = end_of(rest) else { break };
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if let Some(at) = open.iter().rposition(|known| *known == name) {
                open.truncate(at);
            }
            continue;
        }
        let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        wrong.extend(open.iter().filter(|outer| is_misplaced(name, outer)).map(|outer| format!("{name} in {outer}")));
        if is_of(RAW, name) {
            rest = rest.split_once(&format!("</{name}>")).map_or("", |(_, after)| after);
        } else if !name.is_empty() && !is_of(VOID, name) && !tag.ends_with('/') {
            open.push(name);
        }
    }
    wrong
}

fn is_misplaced(name: &str, outer: &str) -> bool {
    is_of(OF_TEXT, outer) && is_of(BLOCKS, name)
        || is_of("a button", outer) && is_of(ACTED_WITH, name)
        || is_of("form label", outer) && name == outer
}

/// Where a tag ends: what is quoted in it may say « > ».
fn end_of(tag: &str) -> Option<usize> {
    let mut quote = None;
    tag.char_indices().find_map(|(at, letter)| {
        match (quote, letter) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(letter),
            (Some(quoted), _) if quoted == letter => quote = None,
            _ => {}
        }
        None
    })
}

#[test]
fn what_stands_where_it_may_not_is_found() {
    let fine = "<!DOCTYPE html><ul><li><span title=\"1 > 0\">x<br></span><!--<p>--><details><p>x</p></details></li></ul>";
    assert!(misplaced(fine).is_empty(), "{:?}", misplaced(fine));
    assert!(misplaced("<p><script>if (1<p) {}</script><svg><path d=\"M0\"/></svg></p><p>x</p>").is_empty());
    assert_eq!(misplaced("<span><b>x</b><details><p>x</p></details></span>"), ["details in span", "p in span"]);
    assert_eq!(misplaced("<form><form></form></form><a href=\"/\"><button>x</button></a>"), ["form in form", "button in a"]);
    assert_eq!(misplaced("<label>x<div></div></label>"), ["div in label"]);
}
