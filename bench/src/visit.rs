//! What travels: on a first visit, before the first paint, and on every later start.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::figure::{Budget, Figure, Page, Unit};
use crate::house::House;
use crate::http::{Answer, Client};
use crate::pages::routes;
use crate::people::Person;
use crate::place::Place;

const KIB: f64 = 1024.0;
/// Sizes of an earlier build, which later ones are compared with.
const BASELINE: &str = "bench/baseline.json";

pub fn measure(page: &mut Page, place: &Place, house: &House, somebody: &Person) -> Result<()> {
    page.heading("First visit (bytes over the wire, headers included, brotli)");
    let mut client = house.client()?;
    let mut html: Option<Answer> = None;
    for route in routes(house)? {
        let answer = client.get(&route.path, &somebody.opens())?.expect(200)?;
        if html.as_ref().is_none_or(|largest| answer.wire_bytes() > largest.wire_bytes()) {
            html = Some(answer);
        }
    }
    let html = html.context("a page")?;
    let Files { first: files, chapters, of_chapters } = files(place, &mut client, somebody)?;
    let of = |kinds: &[&str]| -> usize {
        let is_of = |file: &&File| kinds.iter().any(|kind| file.address.ends_with(kind));
        files.iter().filter(is_of).map(|file| file.bytes).sum()
    };
    let kib = |bytes: usize| bytes as f64 / KIB;
    let all: usize = html.wire_bytes() + files.iter().map(|file| file.bytes).sum::<usize>();
    let wasm = of(&[".wasm"]);
    page.figure(Figure::new("all of it", kib(all), Unit::Kib, Budget::AtMost(400.0)).beside(format!(
        "HTML {:.1}, CSS {:.1}, JS {:.1}, WASM {:.1}, fonts {:.1}, icons and manifest {:.1}, shell {:.1}",
        kib(html.wire_bytes()),
        kib(of(&[".css"])),
        kib(of(&[".js"])),
        kib(wasm),
        kib(of(&[".woff2"])),
        kib(of(&[".svg", ".png", ".webmanifest"])),
        kib(of(&[".html"])),
    )));
    page.figure(Figure::new("of it WASM", kib(wasm), Unit::Kib, Budget::AtMost(330.0)).beside(format!(
        "with the largest chapter; the others come once a page is shown: {}",
        chapters.iter().map(|file| format!("{} {:.1}", file.name, kib(file.bytes))).collect::<Vec<_>>().join(", ")
    )));
    page.figure(Figure::new("all chapters", kib(of_chapters), Unit::Kib, Budget::None));
    growth(page, place, wasm)?;

    let text = html.text()?;
    let first = first_paint(&text);
    let before: usize = files.iter().filter(|file| first.contains(&file.address)).map(|file| file.bytes).sum();
    page.figure(
        Figure::new("before the first paint", kib(html.wire_bytes() + before), Unit::Kib, Budget::AtMost(40.0))
            .beside(format!("the largest page's HTML and {} files", first.len())),
    );
    let mut foreign = foreign_hosts(&text);
    for file in files.iter().filter(|file| [".css", ".html", ".webmanifest"].iter().any(|kind| file.address.ends_with(kind))) {
        foreign.extend(foreign_hosts(&file.text));
    }
    page.must(
        "no foreign host in pages, styles and manifest",
        foreign.is_empty(),
        &foreign.into_iter().collect::<Vec<_>>().join(", "),
    );
    later(page, place, &mut client, somebody)
}

/// A file of the site, as it came over the wire.
struct File {
    name: String,
    address: String,
    bytes: usize,
    text: String,
}

struct Files {
    first: Vec<File>,
    /// Those of other pages than the one that is visited, the largest first.
    chapters: Vec<File>,
    /// So many bytes have all chapters.
    of_chapters: usize,
}

/// What a browser asks for besides the page: the build's files but those for whoever writes, the chapter of the page (no page
/// has a larger one), the worker, the manifest with the icons it takes.
fn files(place: &Place, client: &mut Client, somebody: &Person) -> Result<Files> {
    let assets: Value = serde_json::from_slice(&fs::read(place.site.join("assets.json"))?)?;
    let published = assets["files"].as_object().context("assets.json names no files")?;
    let listed = |what: &str| assets[what].as_array().with_context(|| format!("assets.json has no « {what} »"));
    let (later, chapters) = (listed("on_first_use")?, listed("chapters")?);
    let others =
        ["/shell.html", "/sw.js", "/manifest.webmanifest", "/favicon.svg", "/apple-touch-icon.png", "/icons/icon-192.png"];
    let built = published.iter().filter_map(|(name, address)| Some((name.as_str(), address.as_str()?)));
    let built = built.filter(|(name, _)| !later.iter().any(|later| later == name));
    let mut files = Files { first: Vec::new(), chapters: Vec::new(), of_chapters: 0 };
    for (name, address) in built.chain(others.map(|address| (address, address))).collect::<BTreeSet<_>>() {
        let answer = client.get(address, &somebody.opens())?.expect(200)?;
        let text = answer.text().unwrap_or_default();
        let file = File { name: name.to_owned(), bytes: answer.wire_bytes(), text, address: address.to_owned() };
        let is_chapter = chapters.iter().any(|chapter| chapter == name);
        if is_chapter { &mut files.chapters } else { &mut files.first }.push(file);
    }
    files.chapters.sort_by_key(|file| std::cmp::Reverse(file.bytes));
    files.of_chapters = files.chapters.iter().map(|file| file.bytes).sum();
    if !files.chapters.is_empty() {
        files.first.push(files.chapters.remove(0));
    }
    Ok(files)
}

/// What stands between the page and its first paint: the style sheet, and the font that is asked for beforehand.
fn first_paint(html: &str) -> BTreeSet<String> {
    let links = html.split("<link").skip(1).filter_map(|rest| rest.split('>').next());
    let blocks = links.filter(|link| link.contains("rel=\"stylesheet\"") || link.contains("as=\"font\""));
    blocks.filter_map(|link| Some(link.split_once("href=\"")?.1.split('"').next()?.to_owned())).collect()
}

/// Hosts that a browser would ask for something: addresses in attributes and styles, not in namespaces.
fn foreign_hosts(text: &str) -> BTreeSet<String> {
    let mut hosts = BTreeSet::new();
    for before in ["src=\"", "href=\"", "url(", "url(\"", "url('", "@import \"", "\"src\": \"", "\"src\":\""] {
        for rest in text.split(before).skip(1) {
            let rest = rest.strip_prefix("https:").or_else(|| rest.strip_prefix("http:")).unwrap_or(rest);
            if let Some(host) = rest.strip_prefix("//") {
                hosts.insert(host.split(['/', '"', '\'', ')', ' ']).next().unwrap_or_default().to_owned());
            }
        }
    }
    hosts
}

/// The growth since the sizes that the repository keeps.
fn growth(page: &mut Page, place: &Place, wasm: usize) -> Result<()> {
    let path = place.root.join(BASELINE);
    let kept: Option<Value> = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let before = kept.as_ref().and_then(|kept| kept["wasm_bytes"].as_u64());
    if place.record || before.is_none() {
        fs::write(&path, format!("{:#}\n", json!({ "wasm_bytes": wasm })))?;
        page.note(&format!("  {BASELINE} keeps this build's {wasm} bytes of WASM"));
    }
    if let Some(before) = before {
        let grown = (wasm as f64 - before as f64) / KIB;
        page.figure(
            Figure::new("WASM: growth since the recorded build", grown, Unit::Kib, Budget::AtMost(25.0))
                .beside(format!("{BASELINE}: {:.1} KiB", before as f64 / KIB)),
        );
    }
    Ok(())
}

/// The shell comes from the device; what is asked for again is answered without a body.
fn later(page: &mut Page, place: &Place, client: &mut Client, somebody: &Person) -> Result<()> {
    page.heading("Every later start");
    let worker = fs::read_to_string(place.site.join("sw.js"))?;
    let assets: Value = serde_json::from_slice(&fs::read(place.site.join("assets.json"))?)?;
    let published = assets["files"].as_object().into_iter().flat_map(|files| files.values()).filter_map(Value::as_str);
    let kept = published.chain(["/shell.html"]).all(|address| worker.contains(&format!("\"{address}\"")));
    page.must(
        "the worker keeps the shell and each file it names: 0 bytes",
        kept,
        "the browser's figures say it too, where there is one",
    );
    for slice in ["me", "calendar", "groups"] {
        let path = format!("/api/v1/{slice}");
        let tag = client.get(&path, &somebody.asks())?.expect(200)?.header("etag").unwrap_or_default().to_owned();
        let mut headers = somebody.asks();
        headers.push(("If-None-Match", &tag));
        let again = client.get(&path, &headers)?;
        let beside = format!("{} bytes of headers, {} of body", again.head_bytes, again.body.len());
        page.must(&format!("{slice}: 304, without a body"), again.status == 304 && again.body.is_empty(), &beside);
    }
    let worker = client.get("/sw.js", &somebody.opens())?.expect(200)?;
    let modified = worker.header("last-modified").unwrap_or_default().to_owned();
    let mut headers = somebody.opens();
    headers.push(("If-Modified-Since", &modified));
    let again = client.get("/sw.js", &headers)?;
    page.must("the worker itself: 304", again.status == 304, &format!("{} bytes otherwise", worker.wire_bytes()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_blocks_the_first_paint_is_found() {
        let html = r#"<link rel="preload" href="/pkg/a.woff2" as="font"><link rel="stylesheet" href="/pkg/b.css"><link rel="icon" href="/c">"#;
        assert_eq!(first_paint(html).into_iter().collect::<Vec<_>>(), ["/pkg/a.woff2", "/pkg/b.css"]);
    }

    #[test]
    fn a_namespace_is_no_host() {
        assert!(foreign_hosts(r#"<svg xmlns="http://www.w3.org/2000/svg"><a href="/x">"#).is_empty());
        let hosts = foreign_hosts(r#"<img src="https://a.example/x">@font-face{src:url(//b.example/y)}"#);
        assert_eq!(hosts.into_iter().collect::<Vec<_>>(), ["a.example", "b.example"]);
    }
}
