//! Two style sheets out of `style/`, for the browsers of our floor: the app's, and that of the public pages.

use std::path::Path;

use anyhow::{Result, anyhow};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Targets};

use crate::place::Place;
use crate::site::Kind;

/// iOS 16.4, Chrome 109, Firefox 115.
fn floor() -> Targets {
    let version = |major: u32, minor: u32| Some(major << 16 | minor << 8);
    Targets::from(Browsers {
        ios_saf: version(16, 4),
        safari: version(16, 4),
        chrome: version(109, 0),
        edge: version(109, 0),
        firefox: version(115, 0),
        ..Browsers::default()
    })
}

/// The font faces, then `style/main.css` with everything it imports.
pub fn bundle(place: &Place, kind: Kind) -> Result<String> {
    let faces = one(&place.root.join("style/fonts.css"), kind)?;
    Ok(faces + &one(&place.root.join("style/main.css"), kind)?)
}

/// What the public pages need and nothing else: one font, and `style/site.css` with everything it imports.
pub fn site(place: &Place, kind: Kind) -> Result<String> {
    let faces = one(&place.root.join("style/site-fonts.css"), kind)?;
    Ok(faces + &one(&place.root.join("style/site.css"), kind)?)
}

fn one(entry: &Path, kind: Kind) -> Result<String> {
    let files = FileProvider::new();
    let mut sheet = Bundler::new(&files, None, ParserOptions::default()).bundle(entry).map_err(|error| anyhow!("{error}"))?;
    let minify = matches!(kind, Kind::Release);
    sheet.minify(MinifyOptions { targets: floor(), ..MinifyOptions::default() }).map_err(|error| anyhow!("{error}"))?;
    let printed = sheet
        .to_css(PrinterOptions { minify, targets: floor(), ..PrinterOptions::default() })
        .map_err(|error| anyhow!("{error}"))?;
    Ok(printed.code)
}
