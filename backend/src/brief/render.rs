//! What an editor writes becomes HTML: by the renderer, and then through a sanitiser that knows nothing of it but its lists.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use prose::{allowed, is_link};

/// A block's Markdown as it is shown in the app and kept in the archive; a mail says where the app's pages are.
pub fn html(markdown: &str) -> String {
    SANITISER.clean(&prose::html(markdown)).to_string()
}

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut attributes: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (element, attribute) in allowed::ATTRIBUTES {
        // Its value is one of a list of one.
        if attribute != "rel" {
            attributes.entry(element).or_default().insert(attribute);
        }
    }
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from(allowed::ELEMENTS))
        .tag_attributes(attributes)
        .tag_attribute_values(HashMap::from([("a", HashMap::from([("rel", HashSet::from([allowed::REL]))]))]))
        .url_schemes(HashSet::from(allowed::SCHEMES))
        .link_rel(None)
        .url_relative(UrlRelative::PassThrough)
        .attribute_filter(|_, name, value| (name != "href" || is_link(value)).then(|| value.into()));
    builder
});
