//! The hashed names of the built site, from its `assets.json`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

/// What the pages need to know of the build.
#[derive(Debug, Clone, Default)]
pub struct BuiltSite {
    pub app: app::visit::Assets,
    /// The hash of the static shell's inline script, as a content security policy writes it.
    pub early_script: Option<String>,
}

#[derive(Deserialize)]
struct Listed {
    build: String,
    files: BTreeMap<String, String>,
    early: Early,
}

#[derive(Deserialize)]
struct Early {
    csp: String,
}

/// Why pages would come without their looks.
#[derive(Debug, thiserror::Error)]
pub enum NotBuilt {
    #[error("There is no built site in {0} (assets.json is missing): run « cargo xtask build », or set ALPAR_SITE.")]
    Missing(String),
    #[error("{0}/assets.json cannot be read ({1}): build the site again with « cargo xtask build ».")]
    Unreadable(String, String),
}

impl BuiltSite {
    pub fn read(site: &Path) -> Result<BuiltSite, NotBuilt> {
        let shown = || site.display().to_string();
        let json = std::fs::read(site.join("assets.json")).map_err(|_| NotBuilt::Missing(shown()))?;
        let listed: Listed = serde_json::from_slice(&json).map_err(|error| NotBuilt::Unreadable(shown(), error.to_string()))?;
        let file = |wanted: &dyn Fn(&str) -> bool| {
            listed.files.iter().find(|(name, _)| wanted(name)).map(|(_, address)| address.clone()).unwrap_or_default()
        };
        Ok(BuiltSite {
            app: app::visit::Assets {
                css: file(&|name| name == "alpar.css"),
                site: file(&|name| name == "site.css"),
                boot: file(&|name| name == "boot.js"),
                still: file(&|name| name == "still.js"),
                workshop: file(&|name| name == "workshop.js"),
                font: file(&|name| name.ends_with(".woff2")),
                js: file(&|name| name == "alpar.js"),
                wasm: file(&|name| name == "alpar_bg.wasm"),
                build: listed.build,
            },
            early_script: Some(listed.early.csp).filter(|hash| !hash.is_empty()),
        })
    }
}
