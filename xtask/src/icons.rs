//! `app/icons/`: Lucide's drawings, only those the app names, so that a build needs no npm package for them.

use std::fs;

use anyhow::{Context, Result};

use crate::place::{Place, step};

/// Copies each name of `app/icons/list.txt`; the app includes them with `include_str!`.
pub fn copy(place: &Place) -> Result<()> {
    let package = place.root.join("node_modules/lucide-static");
    let folder = place.root.join("app/icons");
    step("copy the icons", || {
        let list = fs::read_to_string(folder.join("list.txt"))?;
        for name in list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let source = package.join("icons").join(format!("{name}.svg"));
            let drawing =
                fs::read_to_string(&source).with_context(|| format!("Lucide has no icon « {name} » (app/icons/list.txt)"))?;
            fs::write(folder.join(format!("{name}.svg")), inline(&drawing))?;
        }
        fs::copy(package.join("LICENSE"), folder.join("LICENSE"))?;
        Ok(())
    })
}

/// One line, without the comment and the size: the style sheet sizes icons, the licence stands beside them.
fn inline(drawing: &str) -> String {
    let start = drawing.find("<svg").unwrap_or_default();
    let line = drawing[start..].split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.replace("> <", "><").replace(" >", ">").replace(" width=\"24\" height=\"24\"", "");
    line.replacen("<svg ", "<svg aria-hidden=\"true\" focusable=\"false\" ", 1) + "\n"
}
