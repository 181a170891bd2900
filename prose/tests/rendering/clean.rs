//! What a browser's parser makes of a rendering.

use std::collections::{HashMap, HashSet};

use ammonia::UrlRelative;
use html5ever::tendril::TendrilSink;
use html5ever::{QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use prose::{allowed, is_link};
use url::Url;

/// An element as the parser sees it.
pub struct Element {
    pub name: String,
    /// Empty at the top.
    pub parent: String,
    pub attributes: Vec<(String, String)>,
}

/// The elements and the text of a piece of HTML, and what was wrong with it.
pub fn parse(html: &str) -> (Vec<Element>, String, Vec<String>) {
    let body = QualName::new(None, ns!(html), local_name!("body"));
    let dom = parse_fragment(RcDom::default(), Default::default(), body, Vec::new(), true).one(html);
    let (mut elements, mut text) = (Vec::new(), String::new());
    // The fragment stands in an element of the parser's own.
    let root = dom.document.children.borrow()[0].clone();
    let below = |node: &Handle, name: &str| {
        node.children.borrow().iter().rev().map(|child| (child.clone(), name.to_owned())).collect::<Vec<_>>()
    };
    let mut waiting = below(&root, "");
    while let Some((node, parent)) = waiting.pop() {
        match &node.data {
            NodeData::Element { name, attrs, .. } => {
                let attributes = attrs.borrow().iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
                waiting.extend(below(&node, &name.local));
                elements.push(Element { name: name.local.to_string(), parent, attributes });
            }
            NodeData::Text { contents } => {
                let contents = contents.borrow();
                let between = ["ul", "ol", "table", "thead", "tbody", "tr"].contains(&parent.as_str());
                assert!(!between || contents.trim().is_empty(), "{contents:?} stands in <{parent}>: {html}");
                text.push_str(&contents);
            }
            other => panic!("neither an element nor text: {other:?}"),
        }
    }
    let wrong = dom.errors.borrow().iter().map(ToString::to_string).collect();
    (elements, text, wrong)
}

/// A sanitiser that was given nothing but the lists.
pub fn sanitiser() -> ammonia::Builder<'static> {
    let mut attributes: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (element, attribute) in allowed::ATTRIBUTES {
        attributes.entry(element).or_default().insert(attribute);
    }
    // Its value is one of a list of one.
    let rel = attributes.get_mut("a").is_some_and(|of_links| of_links.remove("rel"));
    assert!(rel, "links carry rel");
    let mut builder = ammonia::Builder::empty();
    builder
        .tags(HashSet::from(allowed::ELEMENTS))
        .tag_attributes(attributes)
        .tag_attribute_values(HashMap::from([("a", HashMap::from([("rel", HashSet::from([allowed::REL]))]))]))
        .url_schemes(HashSet::from(allowed::SCHEMES))
        .link_rel(None)
        .url_relative(UrlRelative::PassThrough)
        .attribute_filter(|_, name, value| (name != "href" || is_link(value)).then(|| value.into()));
    builder
}

/// Holds the rendering of a text to all that is promised, and gives it.
#[track_caller]
pub fn render(markdown: &str) -> String {
    let html = prose::html(markdown);
    let (elements, _, wrong) = parse(&html);
    assert_eq!(wrong, Vec::<String>::new(), "well-formed: {html}");
    for element in &elements {
        check(element, &html);
    }
    assert_eq!(sanitiser().clean(&html).to_string(), html, "a sanitiser finds nothing to do");
    html
}

#[track_caller]
fn check(element: &Element, html: &str) {
    assert!(allowed::ELEMENTS.contains(&element.name.as_str()), "<{}> in {html}", element.name);
    let in_a_list = ["ul", "ol"].contains(&element.parent.as_str());
    assert_eq!(element.name == "li", in_a_list, "<{}> in <{}>: {html}", element.name, element.parent);
    for (name, value) in &element.attributes {
        assert!(allowed::ATTRIBUTES.contains(&(&element.name, name)), "{name}={value:?} in {html}");
        match name.as_str() {
            "rel" => assert_eq!(value, allowed::REL),
            "start" => assert!(value.parse::<u32>().is_ok(), "{value}"),
            "href" => leads_where_it_says(value),
            _ => panic!("{name} in {html}"),
        }
    }
    let leaves = element.attributes.iter().any(|(name, value)| name == "href" && value.starts_with("http"));
    let guarded = element.attributes.iter().any(|(name, _)| name == "rel");
    assert!(!leaves || guarded, "an external link without rel: {html}");
}

/// What a browser reads in the address is what stands there.
#[track_caller]
fn leads_where_it_says(address: &str) {
    let here = Url::parse("https://coop.example/breve").expect("where the reader is");
    let there = here.join(address).expect("an address that browsers read");
    if address.starts_with('/') {
        assert_eq!((there.scheme(), there.host_str()), ("https", Some("coop.example")), "{address}");
    } else {
        assert!(allowed::SCHEMES.contains(&there.scheme()), "{address}");
        assert!(address.starts_with(there.scheme()), "{address}");
        let host = there.host_str().map(|host| format!("{}://{host}", there.scheme()));
        assert!(host.is_none_or(|host| address.starts_with(&host)), "{address}");
    }
}
