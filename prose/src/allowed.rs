//! All that [`html`](crate::html) ever writes, as data: a sanitiser that is given these lists leaves it unchanged, byte
//! for byte. Addresses of the app have no scheme: [`is_link`](crate::is_link) judges them, here and there.

/// The elements, without any attribute but [`ATTRIBUTES`].
pub const ELEMENTS: [&str; 23] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// (element, attribute).
pub const ATTRIBUTES: [(&str, &str); 3] = [("a", "href"), ("a", "rel"), ("ol", "start")];

/// The one value of `rel`, on links that leave the app.
pub const REL: &str = "noopener noreferrer";

/// Of addresses that have a scheme.
pub const SCHEMES: [&str; 3] = ["http", "https", "mailto"];
