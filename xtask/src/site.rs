//! The site folder: everything the server hands out as it is.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
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
const INGREDIENTS: [&str; 10] = [
    "boot.js",
    "still.js",
    "early.js",
    "edits.js",
    "picture.js",
    "shell.html",
    "sw.js",
    "workshop.js",
    "writing.js",
    "member-pages.json",
];

/// Published files that only those ask for who write: kept on a device when they are first used there.
const ON_FIRST_USE: [&str; 5] = ["edits.js", "editor.js", "editor_bg.wasm", "picture.js", "writing.js"];

/// What the browser runs: the app, and what helps to write.
struct Programs {
    app: Bundle,
    editor: Bundle,
}

/// Builds all of it.
pub fn build(place: &Place, kind: Kind) -> Result<()> {
    step(&format!("build the site ({}) in {}", kind.name(), place.site.display()), || {
        let app = browser::build(place, kind, &browser::APP)?;
        let programs = Programs { app, editor: browser::build(place, kind, &browser::EDITOR)? };
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
    let mut style = css::bundle(place, kind)?;
    for (name, _) in fonts {
        style = style.replace(&format!("fonts/{name}"), &site.files[*name]);
    }
    site.hashed("alpar.css", style.as_bytes())?;
    site.hashed("alpar_bg.wasm", &programs.app.wasm)?;
    site.hashed("alpar.js", &programs.app.glue)?;
    site.hashed("editor_bg.wasm", &programs.editor.wasm)?;
    site.hashed("editor.js", &programs.editor.glue)?;

    // Each may name those before it.
    for script in ["edits.js", "picture.js", "writing.js", "boot.js", "still.js", "workshop.js"] {
        let filled = pages::fill(&read(script)?, &site, &[])?;
        site.hashed(script, &small(place, kind, script, filled)?)?;
    }
    let early = String::from_utf8(small(place, kind, "early.js", read("early.js")?)?)?.trim().to_owned();
    let shell = pages::fill(&read("shell.html")?, &site, &[("early", &early)])?;
    site.fixed("shell.html", shell.as_bytes())?;

    copy(&public, &public, &mut site)?;

    // The app's name of this build: any published byte that changes, changes it.
    let names = serde_json::to_vec(&(&site.files, &site.integrity))?;
    let build = short_hash(&[&names, read("sw.js")?.as_bytes(), read("member-pages.json")?.as_bytes()]);
    let member_pages = pages::member_pages(read("member-pages.json")?.as_bytes())?;
    let (later, kept): (Vec<_>, Vec<_>) = site.files.iter().partition(|(name, _)| ON_FIRST_USE.contains(&name.as_str()));
    let kept = kept.into_iter().map(|(_, address)| address.as_str()).chain(["/shell.html", "/favicon.svg"]).collect::<Vec<_>>();
    let later = later.into_iter().map(|(_, address)| address.as_str()).collect::<Vec<_>>();
    let worker = pages::worker(&read("sw.js")?, &build, [&kept, &later], &site, &member_pages)?;
    site.fixed("sw.js", worker.as_bytes())?;

    let assets = json!({
        "build": build,
        "files": site.files,
        "on_first_use": ON_FIRST_USE,
        "early": { "source": early, "csp": csp_hash(&early) },
        "member_pages": member_pages,
    });
    fs::write(place.site.join("assets.json"), serde_json::to_vec_pretty(&assets)?)?;
    site.report(&ON_FIRST_USE);
    Ok(())
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
