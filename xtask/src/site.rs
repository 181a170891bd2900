//! The site folder: everything the server hands out as it is.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::json;

use crate::browser::Bundle;
use crate::place::{Place, step};
use crate::publish::{Publisher, csp_hash, short_hash};
use crate::{browser, css, fonts, pages};

/// For whom a build is.
#[derive(Clone, Copy)]
pub enum Kind {
    /// For members: small, compressed.
    Release,
    /// For the person at the keyboard: quick.
    Dev,
}

impl Kind {
    /// One word.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Release => "release",
            Kind::Dev => "dev",
        }
    }
}

/// Files of `public/` that become part of others, and are not handed out under their own name.
const INGREDIENTS: [&str; 14] = [
    "ahead.js",
    "boot.js",
    "still.js",
    "early.js",
    "edits.js",
    "kept.js",
    "picture.js",
    "scan.js",
    "sending.js",
    "shell.html",
    "sw.js",
    "workshop.js",
    "writing.js",
    "member-pages.json",
];

/// Published files that only those ask for who write, scan or send a file, or who look at the public pages: kept on a device when
/// they are first used there.
const ON_FIRST_USE: [&str; 10] = [
    "edits.js",
    "editor.js",
    "editor_bg.wasm",
    "picture.js",
    "scan.js",
    "scanner.js",
    "scanner_bg.wasm",
    "sending.js",
    "site.css",
    "writing.js",
];

/// The module of acts is no page's: it is kept from the start like the module that starts the app, so that whatever is shown
/// without a network takes them.
const ACTS: &str = "acts";

/// What the browser runs: the app, what helps to write, and what reads barcodes.
struct Programs {
    app: Bundle,
    editor: Bundle,
    scanner: Bundle,
}

/// Builds all of it.
pub fn build(place: &Place, kind: Kind) -> Result<()> {
    step(&format!("build the site ({}) in {}", kind.name(), place.site.display()), || {
        let app = browser::build(place, kind, &browser::APP)?;
        let editor = browser::build(place, kind, &browser::EDITOR)?;
        let programs = Programs { app, editor, scanner: browser::build(place, kind, &browser::SCANNER)? };
        let fonts = fonts::subset(place)?;
        step("lay out the site", || lay_out(place, kind, &programs, &fonts))
    })
}

fn lay_out(place: &Place, kind: Kind, programs: &Programs, fonts: &[(&'static str, Vec<u8>)]) -> Result<()> {
    let public = place.root.join("public");
    let read = |name: &str| fs::read_to_string(public.join(name)).with_context(|| format!("public/{name}"));
    let mut site = Publisher::open(place, kind)?;

    for (name, bytes) in fonts {
        site.hashed(name, bytes)?;
    }
    for (sheet, mut style) in [("alpar.css", css::bundle(place, kind)?), ("site.css", css::site(place, kind)?)] {
        for (name, _) in fonts {
            style = style.replace(&format!("fonts/{name}"), &site.files[*name]);
        }
        site.hashed(sheet, style.as_bytes())?;
    }
    site.hashed("alpar_bg.wasm", &programs.app.wasm)?;
    let member_pages = pages::member_pages(read("member-pages.json")?.as_bytes())?;
    let mut glue = String::from_utf8(programs.app.glue.clone())?;
    for (chapter, module) in &programs.app.chapters {
        let address = site.hashed(&format!("{chapter}.wasm"), module)?;
        glue = glue.replace(&pages::named(chapter), &address);
    }
    for chapter in member_pages.iter().filter_map(|page| page.chapter.as_ref()) {
        ensure!(
            programs.app.chapters.contains_key(chapter),
            "public/member-pages.json names a chapter « {chapter} »: there is none"
        );
    }
    site.hashed("alpar.js", glue.as_bytes())?;
    site.hashed("editor_bg.wasm", &programs.editor.wasm)?;
    site.hashed("editor.js", &programs.editor.glue)?;
    site.hashed("scanner_bg.wasm", &programs.scanner.wasm)?;
    site.hashed("scanner.js", &programs.scanner.glue)?;

    let (ahead, app_pages) = (read("ahead.js")?, pages::chapters(&member_pages)?);
    // Each may name those before it.
    for script in ["edits.js", "picture.js", "writing.js", "scan.js", "sending.js", "boot.js", "still.js", "workshop.js"] {
        let filled = pages::fill(&read(script)?, &site, &[("ahead", &ahead), ("pages", &app_pages)])?;
        site.hashed(script, &small(place, kind, script, filled)?)?;
    }
    let ahead = pages::fill(&ahead, &site, &[("pages", &app_pages)])?;
    let early = early(place, kind, [("early.js", read("early.js")?), ("ahead.js", ahead), ("kept.js", read("kept.js")?)])?;
    let shell = pages::fill(&read("shell.html")?, &site, &[("early", &early)])?;
    site.fixed("shell.html", shell.as_bytes())?;

    copy(&public, &public, &mut site)?;

    // The app's name of this build: any published byte that changes, changes it.
    let names = serde_json::to_vec(&(&site.files, &site.integrity))?;
    let build = short_hash(&[&names, read("sw.js")?.as_bytes(), read("member-pages.json")?.as_bytes()]);
    let of_pages = programs.app.chapters.keys().filter(|chapter| *chapter != ACTS);
    let chapters: Vec<String> = of_pages.map(|chapter| format!("{chapter}.wasm")).collect();
    let mut kept = pages::Kept { files: vec!["/shell.html", "/favicon.svg"], chapters: Vec::new(), later: Vec::new() };
    for (name, address) in &site.files {
        match name {
            name if ON_FIRST_USE.contains(&name.as_str()) => kept.later.push(address),
            name if chapters.contains(name) => kept.chapters.push(address),
            _ => kept.files.push(address),
        }
    }
    let worker = pages::worker(&read("sw.js")?, &build, &kept, &site, &member_pages)?;
    site.fixed("sw.js", worker.as_bytes())?;

    let assets = json!({
        "build": build,
        "files": site.files,
        "on_first_use": ON_FIRST_USE,
        "chapters": chapters,
        "early": { "source": early, "csp": csp_hash(&early) },
        "member_pages": member_pages,
    });
    fs::write(place.site.join("assets.json"), serde_json::to_vec_pretty(&assets)?)?;
    site.report(&ON_FIRST_USE, &chapters);
    Ok(())
}

/// The shell's one inline script: how it looks, what a start asks for, and what it reads of the device.
fn early(place: &Place, kind: Kind, parts: [(&str, String); 3]) -> Result<String> {
    let mut script = String::new();
    for (name, source) in parts {
        script.push_str(String::from_utf8(small(place, kind, name, source)?)?.trim());
        script.push('\n');
    }
    Ok(script)
}

/// JavaScript as the browser gets it.
fn small(place: &Place, kind: Kind, name: &str, source: String) -> Result<Vec<u8>> {
    let Kind::Release = kind else { return Ok(source.into_bytes()) };
    let kept = place.kept.join(format!("{}-{name}", short_hash(&[source.as_bytes()])));
    if !kept.exists() {
        fs::create_dir_all(&place.kept)?;
        let whole = kept.with_extension("whole.js");
        fs::write(&whole, source)?;
        crate::place::run(place.node("xtask/js/bundle.mjs").arg(&whole).arg(&kept).arg("--minify"))?;
    }
    Ok(fs::read(kept)?)
}

/// Everything in one folder of `public/` under its own name; folders below it are copied whole, except ingredients.
fn copy(folder: &Path, public: &Path, site: &mut Publisher) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.strip_prefix(public)?.to_string_lossy().into_owned();
        if INGREDIENTS.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            copy(&path, public, site)?;
        } else {
            site.fixed(&name, &fs::read(&path)?)?;
        }
    }
    Ok(())
}
