//! What opens without the server: the static shell and the service worker.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::publish::Publisher;

/// A page of the app, as the service worker matches it.
#[derive(Debug, Deserialize, Serialize)]
pub struct MemberPage {
    /// A path; a segment that starts with `:` stands for any one segment.
    pub pattern: String,
    /// Whether the shell answers for it at once; otherwise the network is asked first.
    pub offline: bool,
    /// Which module has its code, beside the one that starts the app; none of a page that is the server's alone.
    #[serde(default, skip_serializing)]
    pub chapter: Option<String>,
}

/// Fills `{{name}}` in a template with addresses of published files and the given texts.
pub fn fill(template: &str, published: &Publisher, texts: &[(&str, &str)]) -> Result<String> {
    let mut filled = template.to_owned();
    for (name, text) in texts {
        filled = filled.replace(&format!("{{{{{name}}}}}"), text);
    }
    for (name, address) in &published.files {
        filled = filled.replace(&format!("{{{{{name}}}}}"), address);
    }
    if let Some(start) = filled.find("{{") {
        let rest: String = filled[start..].chars().take(40).collect();
        ensure!(false, "nothing is published under the name in « {rest} »");
    }
    Ok(filled)
}

/// Reads `public/member-pages.json`.
pub fn member_pages(json: &[u8]) -> Result<Vec<MemberPage>> {
    let pages: Vec<MemberPage> = serde_json::from_slice(json).context("public/member-pages.json")?;
    ensure!(pages.iter().all(|page| page.pattern.starts_with('/')), "patterns of member-pages.json start with /");
    Ok(pages)
}

/// Pattern, chapter and its module's address, of each page of the app: what the boot script asks for ahead.
pub fn chapters(pages: &[MemberPage]) -> Result<String> {
    let of_the_app = pages.iter().filter_map(|page| Some((&page.pattern, page.chapter.as_ref()?)));
    let listed: Vec<_> = of_the_app.map(|(pattern, chapter)| [pattern.clone(), chapter.clone(), named(chapter)]).collect();
    Ok(serde_json::to_string(&listed)?)
}

/// Where a chapter's address belongs in a template.
pub fn named(chapter: &str) -> String {
    format!("{{{{{chapter}.wasm}}}}")
}

/// What the worker keeps: from the start, once a page is shown, and from its first use on.
pub struct Kept<'a> {
    pub files: Vec<&'a str>,
    pub chapters: Vec<&'a str>,
    pub later: Vec<&'a str>,
}

/// The worker's first lines: its build, what it keeps with their hashes, and the pages it answers for.
pub fn worker(template: &str, build: &str, kept: &Kept<'_>, published: &Publisher, pages: &[MemberPage]) -> Result<String> {
    const MARK: &str = "const BUILD = null, FILES = null, CHAPTERS = null, LATER = null, PAGES = null;";
    ensure!(template.contains(MARK), "public/sw.js has lost the line « {MARK} »");
    let listed = |addresses: &[&str]| {
        let hash = |address: &&str| published.integrity.get(*address).with_context(|| format!("{address} is not published"));
        let files = addresses.iter().map(|address| Ok((*address, hash(address)?))).collect::<Result<BTreeMap<_, _>>>()?;
        anyhow::Ok(serde_json::to_string_pretty(&files)?)
    };
    let head = format!(
        "const BUILD = {};\nconst FILES = {};\nconst CHAPTERS = {};\nconst LATER = {};\nconst PAGES = {};",
        serde_json::to_string(build)?,
        listed(&kept.files)?,
        listed(&kept.chapters)?,
        listed(&kept.later)?,
        serde_json::to_string(pages)?
    );
    Ok(template.replacen(MARK, &head, 1))
}
