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

/// The worker's first lines: its build, what it keeps from the start and what it keeps from its first use on, with their
/// hashes, and the pages it answers for.
pub fn worker(template: &str, build: &str, kept: [&[&str]; 2], published: &Publisher, pages: &[MemberPage]) -> Result<String> {
    const MARK: &str = "const BUILD = null, FILES = null, LATER = null, PAGES = null;";
    ensure!(template.contains(MARK), "public/sw.js has lost the line « {MARK} »");
    let listed = |addresses: &[&str]| {
        let hash = |address: &&str| published.integrity.get(*address).with_context(|| format!("{address} is not published"));
        let files = addresses.iter().map(|address| Ok((*address, hash(address)?))).collect::<Result<BTreeMap<_, _>>>()?;
        anyhow::Ok(serde_json::to_string_pretty(&files)?)
    };
    let [files, later] = kept;
    let head = format!(
        "const BUILD = {};\nconst FILES = {};\nconst LATER = {};\nconst PAGES = {};",
        serde_json::to_string(build)?,
        listed(files)?,
        listed(later)?,
        serde_json::to_string(pages)?
    );
    Ok(template.replacen(MARK, &head, 1))
}
