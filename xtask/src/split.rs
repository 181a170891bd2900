//! One compiled module, split into the one that starts the app and one for each chapter of it.
//!
//! `wasm_split_cli_support` finds what each split point (`app/src/chapters/split.rs`) alone reaches. What several of them reach
//! it would lay into a module for each set of chapters, hundreds of them; here it stays in the module that starts the app, so
//! that a page needs two files: it is split once to learn what that is, and again with it held there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::ops::Range;
use std::path::Path;

use anyhow::{Result, anyhow, bail, ensure};
use wasm_encoder::{ConstExpr, DataCountSection, DataSection, ExportKind, ExportSection, RawSection};
use wasm_split_cli_support::{Options, transform};
use wasmparser::{DataKind, ExternalKind, KnownCustom, Name, Operator, Parser, Payload, TypeRef};

/// The script that lets chapters come, beside the glue, which imports from it.
pub const LINK: &str = "./chapters.js";
/// What is held in the first module is exported under such a name, until it is split.
const HELD: &str = "__held_";
/// How the splitter names what it makes.
const CHAPTER: &str = "split_";
const SHARED: &str = "chunk_";
/// What it adds to a module to reach a function of another one.
const SHIMS: [&str; 2] = [" indirect_call_shim", " local_shim"];
/// In a build for whoever writes the app, each chapter takes a number under such a name, by which it knows that it is of the
/// same build.
const CANARY: &str = "__canary_";
/// How long a chapter may take before its network is one that does not answer. Milliseconds.
const PATIENCE_MS: u32 = 20_000;

pub struct Split {
    /// The module that starts the app: still to be bound.
    pub main: Vec<u8>,
    pub chapters: BTreeMap<String, Vec<u8>>,
}

/// `glue`: the name of the script that wasm-bindgen will make. Leaves the link script in `work`.
pub fn split(compiled: &[u8], glue: &str, work: &Path) -> Result<Split> {
    let first = cut(compiled, &work.join("first"))?;
    let mut shared = BTreeSet::new();
    for module in &first.shared {
        shared.extend(own_functions(module)?);
    }
    let held = hold(compiled, &shared)?;
    let Cut { main, chapters, shared } = cut(&held, &work.join("second"))?;
    // Words and tables that several chapters need, and no code any more.
    let mut data = Vec::new();
    for module in &shared {
        // A table may name a function of the first module: the splitter adds a way to call it, and nothing there calls.
        let code: Vec<String> = own_functions(module)?.collect();
        ensure!(code.is_empty(), "two chapters still share code beside the first module: {code:?}");
        data.extend(segments(module)?);
    }
    fs::write(work.join(LINK), link(glue, &chapters)?)?;
    Ok(Split { main: let_go(&main, &data)?, chapters })
}

struct Cut {
    main: Vec<u8>,
    chapters: BTreeMap<String, Vec<u8>>,
    shared: Vec<Vec<u8>>,
}

fn cut(module: &[u8], folder: &Path) -> Result<Cut> {
    let main = folder.join("main.wasm");
    let mut options = Options::new(module);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = LINK;
    options.emit_dwarf = false;
    let made = transform(options).map_err(|error| anyhow!("{error:?}"))?;
    let mut cut = Cut { main: fs::read(&main)?, chapters: BTreeMap::new(), shared: Vec::new() };
    for path in made.split_modules {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = fs::read(&path)?;
        match name.strip_prefix(CHAPTER) {
            Some(chapter) => drop(cut.chapters.insert(chapter.to_owned(), bytes)),
            None if name.starts_with(SHARED) => cut.shared.push(bytes),
            None => bail!("the splitter made {name}"),
        }
    }
    Ok(cut)
}

/// The names of a module's functions, by their index.
fn functions(module: &[u8]) -> Result<BTreeMap<u32, String>> {
    let mut named = BTreeMap::new();
    for payload in Parser::new(0).parse_all(module) {
        let Payload::CustomSection(custom) = payload? else { continue };
        let KnownCustom::Name(names) = custom.as_known() else { continue };
        for part in names {
            if let Name::Function(map) = part? {
                for naming in map {
                    let naming = naming?;
                    named.insert(naming.index, naming.name.to_owned());
                }
            }
        }
    }
    Ok(named)
}

/// The names of those that are its own, and no ways to functions of another module.
fn own_functions(module: &[u8]) -> Result<impl Iterator<Item = String>> {
    Ok(functions(module)?.into_values().filter(|name| !SHIMS.iter().any(|shim| name.ends_with(shim))))
}

/// The sections of a module, as they are; `change` may give another one in the place of one.
fn rewritten(module: &[u8], mut change: impl FnMut(&Payload<'_>, &mut wasm_encoder::Module) -> Result<bool>) -> Result<Vec<u8>> {
    let mut made = wasm_encoder::Module::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload?;
        let Some((id, range)): Option<(u8, Range<usize>)> = payload.as_section() else { continue };
        if !change(&payload, &mut made)? {
            made.section(&RawSection { id, data: &module[range] });
        }
    }
    Ok(made.finish())
}

fn kind(kind: ExternalKind) -> Result<ExportKind> {
    Ok(match kind {
        ExternalKind::Func => ExportKind::Func,
        ExternalKind::Table => ExportKind::Table,
        ExternalKind::Memory => ExportKind::Memory,
        ExternalKind::Global => ExportKind::Global,
        other => bail!("an export of a kind that nobody expected: {other:?}"),
    })
}

/// Exports functions, so that they and what they reach stay in the first module.
fn hold(module: &[u8], names: &BTreeSet<String>) -> Result<Vec<u8>> {
    let held: Vec<u32> =
        functions(module)?.into_iter().filter(|(_, name)| names.contains(name)).map(|(index, _)| index).collect();
    rewritten(module, |payload, made| {
        let Payload::ExportSection(exports) = payload else { return Ok(false) };
        let mut section = ExportSection::new();
        for export in exports.clone() {
            let export = export?;
            section.export(export.name, kind(export.kind)?, export.index);
        }
        for index in &held {
            section.export(&format!("{HELD}{index}"), ExportKind::Func, *index);
        }
        made.section(&section);
        Ok(true)
    })
}

/// An active data segment: where it is laid in memory, and what.
type Segment = (i32, Vec<u8>);

fn segments(module: &[u8]) -> Result<Vec<Segment>> {
    let mut found = Vec::new();
    for payload in Parser::new(0).parse_all(module) {
        let Payload::DataSection(section) = payload? else { continue };
        for data in section {
            let data = data?;
            let DataKind::Active { memory_index: 0, offset_expr } = &data.kind else { bail!("data that is laid nowhere") };
            let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
                bail!("data at no fixed place")
            };
            if !data.data.is_empty() {
                found.push((value, data.data.to_vec()));
            }
        }
    }
    Ok(found)
}

/// The first module without those exports, and with the data that chapters share.
fn let_go(main: &[u8], data: &[Segment]) -> Result<Vec<u8>> {
    let own = segments(main)?;
    rewritten(main, |payload, made| {
        match payload {
            Payload::ExportSection(exports) => {
                let mut section = ExportSection::new();
                for export in exports.clone() {
                    let export = export?;
                    if !export.name.starts_with(HELD) {
                        section.export(export.name, kind(export.kind)?, export.index);
                    }
                }
                made.section(&section);
            }
            Payload::DataCountSection { .. } => {
                made.section(&DataCountSection { count: u32::try_from(own.len() + data.len())? });
            }
            Payload::DataSection(_) => {
                let mut section = DataSection::new();
                for (at, bytes) in own.iter().chain(data) {
                    section.active(0, &ConstExpr::i32_const(*at), bytes.iter().copied());
                }
                made.section(&section);
            }
            _ => return Ok(false),
        }
        Ok(true)
    })
}

/// What a chapter takes from the first module, by name.
fn taken(chapter: &[u8]) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for payload in Parser::new(0).parse_all(chapter) {
        let Payload::ImportSection(imports) = payload? else { continue };
        for import in imports.into_imports() {
            let import = import?;
            ensure!(import.module == "__wasm_split" && !matches!(import.ty, TypeRef::Func(_)), "a chapter imports {import:?}");
            names.insert(import.name.to_owned());
        }
    }
    Ok(names)
}

/// Each chapter's module is asked for once, unless it did not come; `alparAhead` (`public/ahead.js`) has what was asked for
/// beside the first module, and compiled while that was. The time it may take runs from when the app wants it: what was asked
/// ahead may have waited for the first module.
fn link(glue: &str, chapters: &BTreeMap<String, Vec<u8>>) -> Result<String> {
    // Every loader says what became of it by a function of the first module's table.
    let mut shared = BTreeSet::from(["__indirect_function_table".to_owned()]);
    for module in chapters.values() {
        shared.extend(taken(module)?);
    }
    let (canary, shared): (Vec<_>, Vec<_>) = shared.into_iter().partition(|name| name.starts_with(CANARY));
    let canary: String = canary.iter().map(|name| format!(", {name}: ~0xdead")).collect();
    let shared = shared.join(", ");
    let mut script = format!(
        r#"import {{ initSync }} from "./{glue}";
const first = () => {{
  const {{ {shared} }} = initSync();
  return {{ {shared}{canary} }};
}};
const begin = (address) => {{
  const stop = new AbortController();
  const coming = WebAssembly.compileStreaming(fetch(address, {{ credentials: "same-origin", signal: stop.signal }}));
  return {{ coming, stop }};
}};
const ask = (address) => {{
  const {{ coming, stop }} = self.alparAhead?.get(address) ?? begin(address);
  self.alparAhead?.delete(address);
  setTimeout(() => stop.abort(), {PATIENCE_MS});
  return coming;
}};
const chapter = (address) => {{
  let coming;
  return async (told, by) => {{
    let came = true;
    try {{
      await (coming ??= ask(address).then((module) => WebAssembly.instantiate(module, {{ __wasm_split: first() }})));
    }} catch (error) {{
      console.warn(`${{address}} did not come:`, error);
      coming = undefined;
      came = false;
    }}
    first().__indirect_function_table.get(told)(by, came);
  }};
}};
"#
    );
    for name in chapters.keys() {
        writeln!(script, "export const __wasm_split_load_{name} = chapter(\"{}\");", crate::pages::named(name))?;
    }
    Ok(script)
}
