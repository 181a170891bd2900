//! From a crate to one WebAssembly file and its JavaScript glue.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::place::{Place, program, run, step};
use crate::publish::short_hash;
use crate::site::Kind;

/// The features every browser at our floor has; the module is validated against nothing else.
const OPTIMISE: [&str; 7] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// A module of its own, downloaded by itself.
pub struct Module {
    package: &'static str,
    /// Of its library, and of its files.
    name: &'static str,
}

/// What everybody gets.
pub const APP: Module = Module { package: "frontend", name: "alpar" };
/// What those get who write.
pub const EDITOR: Module = Module { package: "editor", name: "editor" };

/// What the browser runs.
pub struct Bundle {
    pub wasm: Vec<u8>,
    pub glue: Vec<u8>,
}

/// Compiles, binds, and for a release optimises.
pub fn build(place: &Place, kind: Kind, module: &Module) -> Result<Bundle> {
    let compiled = compile(place, kind, module)?;
    // Binding and optimising take longer than all the rest of a second build: their results are kept.
    let key = short_hash(&[&compiled, include_bytes!("browser.rs"), kind.name().as_bytes()]);
    let kept = place.kept.join(format!("browser-{key}"));
    if !kept.exists() {
        let work = place.kept.join("work");
        let _ = fs::remove_dir_all(&work);
        fs::create_dir_all(&work)?;
        bind(place, kind, module, compiled, &work)?;
        fs::rename(&work, &kept)?;
    }
    Ok(Bundle { wasm: fs::read(kept.join(format!("{}_bg.wasm", module.name)))?, glue: fs::read(kept.join("glue.js"))? })
}

fn compile(place: &Place, kind: Kind, module: &Module) -> Result<Vec<u8>> {
    let target = place.target.join("browser");
    step(&format!("compile the {} to WebAssembly", module.package), || {
        let mut cargo = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["build", "--package", module.package, "--target", "wasm32-unknown-unknown", "--target-dir"]);
        cargo.arg(&target).current_dir(&place.root);
        if let Kind::Release = kind {
            cargo.args(["--profile", "wasm"]);
        }
        run(&mut cargo)
    })?;
    let profile = match kind {
        Kind::Release => "wasm",
        Kind::Dev => "debug",
    };
    Ok(fs::read(target.join("wasm32-unknown-unknown").join(profile).join(format!("{}.wasm", module.name)))?)
}

fn bind(place: &Place, kind: Kind, module: &Module, compiled: Vec<u8>, work: &Path) -> Result<()> {
    step("bind WebAssembly and JavaScript", || {
        let mut bindgen = Bindgen::new();
        bindgen.input_bytes(module.name, compiled).typescript(false).omit_default_module_path(true).web(true)?;
        bindgen.generate_output()?.emit(work)
    })?;
    let wasm = work.join(format!("{}_bg.wasm", module.name));
    let mut bundle = place.node("xtask/js/bundle.mjs");
    bundle.arg(work.join(format!("{}.js", module.name))).arg(work.join("glue.js"));
    if let Kind::Release = kind {
        bundle.arg("--minify");
        step("optimise WebAssembly for size", || {
            let small = work.join("small.wasm");
            // Debian's wasm-opt 108 breaks reference types; the npm package is current and locked.
            run(place.node("node_modules/binaryen/bin/wasm-opt").args(OPTIMISE).arg(&wasm).arg("-o").arg(&small))?;
            fs::rename(small, &wasm).context("keep the optimised module")
        })?;
    }
    run(&mut bundle)
}
