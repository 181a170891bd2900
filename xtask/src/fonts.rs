//! The two families, cut down to French and to the weights in use.

use std::fs;

use anyhow::Result;

use crate::place::{Place, run, step};
use crate::publish::short_hash;

/// Logical name, where its package keeps the file, and the weights in use.
pub const FONTS: [(&str, &str, &str); 2] = [
    (
        "body.woff2",
        "node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
        "400-700",
    ),
    (
        "heading.woff2",
        "node_modules/@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2",
        "700",
    ),
];

/// The bytes of each font, in the order of [`FONTS`].
pub fn subset(place: &Place) -> Result<Vec<(&'static str, Vec<u8>)>> {
    let script = "xtask/js/subset-font.mjs";
    let recipe = fs::read(place.root.join(script))?;
    let mut fonts = Vec::new();
    for (name, source, weights) in FONTS {
        let source = place.root.join(source);
        let key = short_hash(&[&recipe, weights.as_bytes(), &fs::read(&source)?]);
        let kept = place.kept.join(format!("{key}-{name}"));
        if !kept.exists() {
            fs::create_dir_all(&place.kept)?;
            step(&format!("cut {name} down to French"), || run(place.node(script).arg(&source).arg(&kept).arg(weights)))?;
        }
        fonts.push((name, fs::read(kept)?));
    }
    Ok(fonts)
}
