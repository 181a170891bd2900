//! Files under names that say their content: cached for ever, compressed once, kept while an old page may ask.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256, Sha384};

use crate::place::Place;
use crate::site::Kind;

/// A page opened before a deployment may ask for its files this long.
const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);
/// Development builds are many and large.
const KEPT_DEV: Duration = Duration::from_secs(3600);
/// What brotli makes smaller; fonts and pictures are compressed already.
const COMPRESSED: [&str; 7] = ["js", "css", "wasm", "svg", "json", "html", "webmanifest"];

/// The first 10 hexadecimal digits of the SHA-256 of all parts.
pub fn short_hash(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hex::encode(hash.finalize())[..10].to_owned()
}

/// As `integrity` wants it.
pub fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", base64(&Sha384::digest(bytes)))
}

/// As `Content-Security-Policy` wants the hash of an inline script.
pub fn csp_hash(script: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(script.as_bytes())))
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = DIGITS[(word >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

/// The site folder while a build fills it.
pub struct Publisher {
    site: PathBuf,
    kind: Kind,
    /// Logical name → address.
    pub files: BTreeMap<String, String>,
    /// Address → integrity.
    pub integrity: BTreeMap<String, String>,
    sizes: Vec<(String, usize, usize)>,
}

impl Publisher {
    /// Opens the site folder, and forgets what nobody can ask for any more.
    pub fn open(place: &Place, kind: Kind) -> Result<Self> {
        let pkg = place.site.join("pkg");
        fs::create_dir_all(&pkg)?;
        let age = match kind {
            Kind::Release => KEPT,
            Kind::Dev => KEPT_DEV,
        };
        prune(&pkg, age)?;
        Ok(Self { site: place.site.clone(), kind, files: BTreeMap::new(), integrity: BTreeMap::new(), sizes: Vec::new() })
    }

    /// Publishes under `/pkg/`, its hash in its name; returns the address.
    pub fn hashed(&mut self, name: &str, bytes: &[u8]) -> Result<String> {
        let (stem, extension) = name.rsplit_once('.').context("a published file has an extension")?;
        let address = format!("/pkg/{stem}.{}.{extension}", short_hash(&[bytes]));
        self.place(&address, bytes)?;
        self.files.insert(name.to_owned(), address.clone());
        Ok(address)
    }

    /// Publishes under a name that stays.
    pub fn fixed(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        self.place(&format!("/{name}"), bytes)
    }

    fn place(&mut self, address: &str, bytes: &[u8]) -> Result<()> {
        let path = self.site.join(&address[1..]);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let packed = path.with_file_name(format!("{}.br", path.file_name().unwrap_or_default().display()));
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let unchanged = fs::read(&path).is_ok_and(|there| there == bytes);
        match self.kind {
            Kind::Release if COMPRESSED.contains(&extension) => {
                if !unchanged || !packed.exists() {
                    write(&packed, &brotli(bytes)?)?;
                }
                touch(&packed)?;
            }
            _ => {
                let _ = fs::remove_file(&packed);
            }
        }
        if !unchanged {
            write(&path, bytes)?;
        }
        touch(&path)?;
        let wire = fs::metadata(&packed).map_or(bytes.len(), |packed| packed.len() as usize);
        self.sizes.push((address.to_owned(), bytes.len(), wire));
        self.integrity.insert(address.to_owned(), integrity(bytes));
        Ok(())
    }

    /// Prints what a first visit costs, file by file, in bytes; apart from it, the chapters, of which it needs one, and what is
    /// asked for `later`, by their logical names.
    pub fn report(&self, later: &[&str], chapters: &[String]) {
        let later: Vec<&String> = later.iter().filter_map(|name| self.files.get(*name)).collect();
        let chapters: Vec<&String> = chapters.iter().filter_map(|name| self.files.get(name)).collect();
        let mut totals = [0, 0, 0];
        for (address, plain, wire) in self.sizes.iter().filter(|(address, ..)| address.starts_with("/pkg/")) {
            let (when, note) = match address {
                address if later.contains(&address) => (2, ", on first use"),
                address if chapters.contains(&address) => (1, ", a chapter"),
                _ => (0, ""),
            };
            eprintln!("  {address}: {plain} bytes, {wire} on the wire{note}");
            totals[when] += wire;
        }
        let [first, chapters, later] = totals.map(|bytes| bytes as f64 / 1024.0);
        eprintln!(
            "  together: {first:.1} KiB on the wire; {chapters:.1} KiB of chapters; {later:.1} KiB for whoever writes or scans"
        );
    }
}

/// Never half a file under a name that somebody reads.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let part = path.with_extension("part");
    File::create(&part)?.write_all(bytes)?;
    fs::rename(&part, path).with_context(|| format!("write {}", path.display()))
}

/// The age of a published file counts from the last build that wanted it.
#[expect(clippy::disallowed_methods, reason = "the age of a file on this machine is not the co-op's time")]
fn touch(path: &Path) -> Result<()> {
    Ok(File::options().append(true).open(path)?.set_modified(std::time::SystemTime::now())?)
}

fn prune(pkg: &Path, age: Duration) -> Result<()> {
    for entry in fs::read_dir(pkg)? {
        let entry = entry?;
        if entry.metadata()?.modified()?.elapsed().is_ok_and(|since| since > age) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let start = Instant::now();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, size_hint: bytes.len(), ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &parameters)?;
    if start.elapsed() > Duration::from_secs(1) {
        eprintln!("  compressed {} bytes in {:.1} s", bytes.len(), start.elapsed().as_secs_f32());
    }
    Ok(packed)
}
