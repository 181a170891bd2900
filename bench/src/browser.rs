//! The figures that only a browser can tell: Playwright opens Chromium, the bench prints what it found.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::figure::{Budget, Figure, Page, Unit};
use crate::house::House;
use crate::place::Place;

const RUNNER: &str = "node_modules/@playwright/test/cli.js";

pub fn measure(page: &mut Page, place: &Place, house: &House) -> Result<()> {
    page.heading("In the browser (Chromium, a phone's screen)");
    let Some(chromium) = chromium() else {
        page.missing("the browser's figures", "Chromium is missing: install it, or set CHROMIUM to its path");
        return Ok(());
    };
    if !place.root.join(RUNNER).is_file() {
        page.missing("the browser's figures", "the npm packages are missing: run npm ci");
        return Ok(());
    }
    let figures = house.data.join("figures.jsonl");
    let mut runner = Command::new("node");
    runner.arg(place.root.join(RUNNER)).args(["test", "--config", "bench"]).current_dir(place.root.join("end2end"));
    if place.quick {
        runner.args(["--grep-invert", "Lighthouse"]);
    }
    let output = runner
        .env("CHROMIUM", chromium)
        .env("BENCH_ADDRESS", format!("http://{}", house.address))
        .env("BENCH_DATA", &house.data)
        .env("BENCH_FIGURES", &figures)
        .env("BENCH_KEPT", &place.kept)
        // Some of it runs a co-op of its own.
        .env("ALPAR_BINARY", place.root.join(&place.server))
        .env("ALPAR_SITE", place.root.join(&place.site))
        .env("FORCE_COLOR", "0")
        .stdin(Stdio::null())
        .output()
        .context("node could not be started")?;
    let lines = fs::read_to_string(&figures).unwrap_or_default();
    for line in lines.lines() {
        said(page, &serde_json::from_str(line)?);
    }
    let told = String::from_utf8_lossy(&output.stdout);
    page.must("the browser's journeys end well", output.status.success(), "");
    if !output.status.success() {
        println!("{told}{}", String::from_utf8_lossy(&output.stderr));
    }
    if place.quick {
        page.missing("Lighthouse", "left out by --quick");
    }
    Ok(())
}

/// `{"what": …, "value": …, "unit": "ms", "most": 50}`, or `"least"`; `{"what": …, "so": true}`; `{"what": …, "missing": "why"}`.
fn said(page: &mut Page, line: &Value) {
    let word = |name: &str| line[name].as_str().unwrap_or_default();
    let what = word("what");
    if let Some(is_so) = line["so"].as_bool() {
        return page.must(what, is_so, word("beside"));
    }
    let Some(value) = line["value"].as_f64() else { return page.missing(what, word("missing")) };
    let unit = match word("unit") {
        "ms" => Unit::Ms,
        "KiB" => Unit::Kib,
        "points" => Unit::Points,
        _ => Unit::Count,
    };
    let budget = match (line["most"].as_f64(), line["least"].as_f64()) {
        (Some(most), _) => Budget::AtMost(most),
        (None, Some(least)) => Budget::AtLeast(least),
        (None, None) => Budget::None,
    };
    let figure = Figure::new(what, value, unit, budget).beside(word("beside"));
    page.figure(if line["gentle"].as_bool() == Some(true) { figure.gentle() } else { figure });
}

/// `CHROMIUM`, or one under its usual names.
fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from).filter(|path| path.is_file());
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    named
        .or_else(|| names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file()))
}
