//! From a crate to WebAssembly and its JavaScript glue: one file, or one and its chapters.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::place::{Place, program, run, step};
use crate::publish::short_hash;
use crate::site::Kind;
use crate::split;

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
    /// It is split into chapters.
    split: bool,
}

/// What everybody gets.
pub const APP: Module = Module { package: "frontend", name: "alpar", split: true };
/// What those get who write.
pub const EDITOR: Module = Module { package: "editor", name: "editor", split: false };
/// What those get who scan where the browser reads no barcodes itself.
pub const SCANNER: Module = Module { package: "scanner", name: "scanner", split: false };

/// The folder of a split module's chapters.
const CHAPTERS: &str = "chapters";

/// What the browser runs.
pub struct Bundle {
    pub wasm: Vec<u8>,
    pub glue: Vec<u8>,
    /// By name; in the glue their addresses stand as [`crate::pages::named`].
    pub chapters: BTreeMap<String, Vec<u8>>,
}

/// Compiles, binds, and for a release optimises.
pub fn build(place: &Place, kind: Kind, module: &Module) -> Result<Bundle> {
    let compiled = compile(place, kind, module)?;
    // Binding and optimising take longer than all the rest of a second build: their results are kept.
    // The manifest says of which version what splits and what binds them is.
    let tools: [&[u8]; 3] = [include_bytes!("browser.rs"), include_bytes!("split.rs"), include_bytes!("../Cargo.toml")];
    let key = short_hash(&[&compiled, &tools.concat(), kind.name().as_bytes()]);
    let kept = place.kept.join(format!("browser-{key}"));
    if !kept.exists() {
        let work = place.kept.join("work");
        let _ = fs::remove_dir_all(&work);
        fs::create_dir_all(&work)?;
        bind(place, kind, module, compiled, &work)?;
        fs::rename(&work, &kept)?;
    }
    let mut chapters = BTreeMap::new();
    if module.split {
        for entry in fs::read_dir(kept.join(CHAPTERS))? {
            let path = entry?.path();
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            chapters.insert(name, fs::read(path)?);
        }
    }
    Ok(Bundle { wasm: fs::read(kept.join(format!("{}_bg.wasm", module.name)))?, glue: fs::read(kept.join("glue.js"))?, chapters })
}

fn compile(place: &Place, kind: Kind, module: &Module) -> Result<Vec<u8>> {
    let target = place.target.join("browser");
    step(&format!("compile the {} to WebAssembly", module.package), || {
        let mut cargo = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["rustc", "--lib", "--package", module.package, "--target", "wasm32-unknown-unknown", "--target-dir"]);
        cargo.arg(&target).current_dir(&place.root);
        if let Kind::Release = kind {
            cargo.args(["--profile", "wasm"]);
        }
        if module.split {
            // What refers to what: by that it is split.
            cargo.args(["--", "-Clink-arg=--emit-relocs"]);
        }
        run(&mut cargo)
    })?;
    let profile = match kind {
        Kind::Release => "wasm",
        Kind::Dev => "debug",
    };
    Ok(fs::read(target.join("wasm32-unknown-unknown").join(profile).join(format!("{}.wasm", module.name)))?)
}

fn bind(place: &Place, kind: Kind, module: &Module, mut compiled: Vec<u8>, work: &Path) -> Result<()> {
    let wasm = work.join(format!("{}_bg.wasm", module.name));
    let mut made = vec![wasm];
    if module.split {
        let split = step("split it into chapters", || split::split(&compiled, &format!("{}.js", module.name), work))?;
        let folder = work.join(CHAPTERS);
        fs::create_dir_all(&folder)?;
        for (name, chapter) in split.chapters {
            made.push(folder.join(format!("{name}.wasm")));
            fs::write(&made[made.len() - 1], chapter)?;
        }
        compiled = split.main;
    }
    step("bind WebAssembly and JavaScript", || {
        let mut bindgen = Bindgen::new();
        bindgen.input_bytes(module.name, compiled).typescript(false).omit_default_module_path(true).web(true)?;
        // The chapters take the memory, the table and the stack from the module that starts the app.
        bindgen.keep_lld_exports(module.split).demangle(!module.split);
        bindgen.generate_output()?.emit(work)
    })?;
    let mut bundle = place.node("xtask/js/bundle.mjs");
    bundle.arg(work.join(format!("{}.js", module.name))).arg(work.join("glue.js"));
    if let Kind::Release = kind {
        bundle.arg("--minify");
        step("optimise WebAssembly for size", || {
            let small = work.join("small.wasm");
            for wasm in &made {
                // Debian's wasm-opt 108 breaks reference types; the npm package is current and locked.
                run(place.node("node_modules/binaryen/bin/wasm-opt").args(OPTIMISE).arg(wasm).arg("-o").arg(&small))?;
                fs::rename(&small, wasm).context("keep the optimised module")?;
            }
            Ok(())
        })?;
    }
    run(&mut bundle)
}
