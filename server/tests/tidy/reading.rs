//! Our sources, read just well enough: Rust taken apart into code and texts, SQL into statements and words, manifests
//! into lines.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::Path;

/// One file of ours.
pub struct Source {
    /// From the checkout's root, with slashes.
    pub path: String,
    pub text: String,
    /// Of a Rust source: the code with every comment and the inside of every text blanked, line by line as it was.
    code: String,
    /// Of a Rust source: where its texts are.
    texts: Vec<Range<usize>>,
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Every file of ours: what is neither git's nor named in `.gitignore`.
pub fn paths() -> Vec<String> {
    let ignored = fs::read_to_string(root().join(".gitignore")).expect("a list of what is not ours");
    let ignored: Vec<&str> = ignored.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let skipped = |path: &str, name: &str| {
        name == ".git" || ignored.iter().any(|line| line.strip_prefix('/').map_or(*line == name, |from_root| from_root == path))
    };
    let (mut found, mut folders) = (Vec::new(), vec![String::new()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(root().join(&folder)).expect("a folder of ours") {
            let entry = entry.expect("something in it");
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            if skipped(&path, &name) {
                continue;
            }
            match entry.file_type().expect("its kind") {
                kind if kind.is_dir() => folders.push(path),
                kind if kind.is_file() => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    assert!(found.iter().any(|path| path == "server/tests/tidy/reading.rs"), "this file was not found: nothing was read");
    found
}

/// The files with one of these endings; `""` is for those without any.
pub fn sources(endings: &[&str]) -> Vec<Source> {
    let ending = |path: &str| -> String {
        let name = path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_owned())
    };
    let wanted = paths().into_iter().filter(|path| endings.contains(&ending(path).as_str()));
    wanted.map(|path| Source::new(fs::read_to_string(root().join(&path)).unwrap_or_default(), path)).collect()
}

impl Source {
    fn new(text: String, path: String) -> Source {
        let (code, texts) = if path.ends_with(".rs") { take_apart(&text) } else { (String::new(), Vec::new()) };
        Source { path, text, code, texts }
    }

    /// Where to look, with what stands there.
    pub fn at(&self, line: usize) -> String {
        format!("{}:{line}: {}", self.path, self.text.lines().nth(line - 1).unwrap_or_default().trim())
    }

    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        numbered(&self.text)
    }

    pub fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        numbered(&self.code)
    }

    /// The texts, each with the line on which it begins.
    pub fn texts(&self) -> impl Iterator<Item = (usize, &str)> {
        self.texts.iter().map(|range| (self.line_of(range.start), &self.text[range.clone()]))
    }

    /// The attributes, each with the line on which it begins.
    pub fn attributes(&self) -> Vec<(usize, String)> {
        let starts = self.code.match_indices("#[").chain(self.code.match_indices("#!["));
        let attribute = |(at, mark): (usize, &str)| {
            let (mut depth, mut end) = (0, self.code.len());
            for (offset, c) in self.code[at + mark.len() - 1..].char_indices() {
                depth += i32::from(c == '[') - i32::from(c == ']');
                if depth == 0 {
                    end = at + mark.len() - 1 + offset;
                    break;
                }
            }
            (self.line_of(at), self.code[at..end].to_owned())
        };
        starts.map(attribute).collect()
    }

    fn line_of(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, line))
}

/// The words of a line: names, and what looks like one.
pub fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// Whether the code asks for a feature.
pub fn asks_for_a_feature(code: &str) -> bool {
    let whole = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    code.match_indices("feature").any(|(at, word)| whole(at) && code[at + word.len()..].trim_start().starts_with('='))
}

// — Rust —

enum Piece {
    Code,
    Comment,
    /// With the length of what opens it, and of what closes it.
    Text(usize, usize),
}

/// The code with comments and texts blanked, byte for byte as long as before, and where the texts are.
fn take_apart(source: &str) -> (String, Vec<Range<usize>>) {
    let (mut code, mut texts, mut at) = (String::with_capacity(source.len()), Vec::new(), 0);
    while at < source.len() {
        let after_word = code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let (piece, length) = piece(&source[at..], after_word);
        let whole = &source[at..at + length];
        match piece {
            Piece::Code => code.push_str(whole),
            Piece::Comment => blank(&mut code, whole),
            Piece::Text(open, close) => {
                code.push_str(&whole[..open]);
                blank(&mut code, &whole[open..length - close]);
                code.push_str(&whole[length - close..]);
                texts.push(at + open..at + length - close);
            }
        }
        at += length;
    }
    (code, texts)
}

fn blank(code: &mut String, text: &str) {
    code.extend(text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
}

/// What the rest of a source begins with, and how long that is.
fn piece(rest: &str, after_word: bool) -> (Piece, usize) {
    let first = rest.chars().next().map_or(0, char::len_utf8);
    if rest.starts_with("//") {
        return (Piece::Comment, rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return (Piece::Comment, block(rest));
    }
    if let Some(hashes) = raw(rest).filter(|_| !after_word) {
        let open = rest.find('"').unwrap_or_default() + 1;
        let closing = format!("\"{}", "#".repeat(hashes));
        let inside = rest[open..].find(&closing).unwrap_or(rest.len() - open - closing.len());
        return (Piece::Text(open, closing.len()), open + inside + closing.len());
    }
    if let Some(after) = rest.strip_prefix('"') {
        let mut escaped = false;
        let close = after.char_indices().find(|(_, c)| {
            let ends = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            ends
        });
        return close.map_or((Piece::Code, rest.len()), |(inside, _)| (Piece::Text(1, 1), inside + 2));
    }
    if let Some(after) = rest.strip_prefix('\'') {
        // A character, or a lifetime, which no quote closes.
        let mut chars = after.char_indices();
        let close = match chars.next() {
            Some((_, '\\')) => rest[3..].find('\'').map(|more| more + 4),
            Some(_) => chars.next().filter(|(_, c)| *c == '\'').map(|(inside, _)| inside + 2),
            None => None,
        };
        return close.map_or((Piece::Code, first), |length| (Piece::Comment, length));
    }
    (Piece::Code, first)
}

/// How many `#` open a raw text, if the source goes on with one.
fn raw(rest: &str) -> Option<usize> {
    let rest = rest.strip_prefix(['b', 'c']).unwrap_or(rest).strip_prefix('r')?;
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    rest[hashes..].starts_with('"').then_some(hashes)
}

/// Comments of this kind hold others.
fn block(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match &rest.as_bytes()[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

// — SQL —

/// SQL without its comments, line by line as it was.
pub fn sql_code(sql: &str) -> String {
    sql.lines().map(|line| line.split("--").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Words in small letters, each with its line from 1; what is written into a statement keeps its braces.
pub fn tokens(sql: &str) -> Vec<(usize, String)> {
    let part = |c: char| c.is_alphanumeric() || "_.{}".contains(c);
    let words = |line: &str| line.split(|c| !part(c)).filter(|word| !word.is_empty()).map(str::to_lowercase).collect::<Vec<_>>();
    numbered(sql).flat_map(|(line, text)| words(text).into_iter().map(move |word| (line, word))).collect()
}

/// The statements of a migration in small letters, each with the line on which it begins.
pub fn statements(sql: &str) -> Vec<(usize, String)> {
    let code = sql_code(sql).to_lowercase();
    let (mut found, mut line) = (Vec::new(), 1);
    // What stands between two `$$` is the body of a function: its semicolons end nothing.
    let mut open = String::new();
    for (at, part) in code.split("$$").enumerate() {
        if at % 2 == 1 {
            open.push_str(part);
            continue;
        }
        let mut ends = part.split(';').peekable();
        while let Some(end) = ends.next() {
            open.push_str(end);
            if ends.peek().is_some() {
                found.push(std::mem::take(&mut open));
            }
        }
    }
    found.push(open);
    let placed = found.into_iter().map(|statement| {
        let begins = line + statement[..statement.len() - statement.trim_start().len()].matches('\n').count();
        line += statement.matches('\n').count();
        (begins, statement.trim().to_owned())
    });
    placed.filter(|(_, statement)| !statement.is_empty()).collect()
}

/// The parts of a statement between commas that stand in no parentheses, each with its line from 0.
pub fn clauses(statement: &str) -> Vec<(usize, String)> {
    let (mut depth, mut line) = (0, 0);
    let mut found = vec![(0, String::new())];
    for c in statement.chars() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        line += usize::from(c == '\n');
        match found.last_mut() {
            Some((begins, clause)) if c != ',' || depth > 0 => {
                if clause.trim().is_empty() {
                    *begins = line;
                }
                clause.push(c);
            }
            _ => found.push((line, String::new())),
        }
    }
    found
}

// — manifests —

pub struct Manifest(Source);

pub struct Dependency {
    pub name: String,
    pub line: usize,
    said: String,
}

impl Dependency {
    pub fn is(&self, said: &str) -> bool {
        self.said.contains(said)
    }
}

/// A `Cargo.toml` of ours: one dependency a line, which the test insists on.
pub fn manifest(path: &str) -> Manifest {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    Manifest(Source::new(text, path.to_owned()))
}

impl Manifest {
    pub fn at(&self, line: usize) -> String {
        self.0.at(line)
    }

    pub fn members(&self) -> BTreeSet<String> {
        let list = self.0.lines().find_map(|(_, line)| line.strip_prefix("members = ")).expect("the members on one line");
        words(list).map(str::to_owned).collect()
    }

    /// Everything that programs are built from; what only tests need is free.
    pub fn dependencies(&self) -> Vec<Dependency> {
        let mut found: Vec<Dependency> = Vec::new();
        for (line, section, said) in self.sectioned() {
            let table = section.trim_start_matches("target.").rsplit_once('.').map_or(section, |(_, last)| last);
            assert!(!section.contains("dependencies."), "{}: a dependency is one line", self.at(line));
            if !["dependencies", "build-dependencies"].contains(&table) {
                continue;
            }
            match said.split(['.', ' ', '=']).next() {
                Some(name) if !name.is_empty() && !said.starts_with([' ', ']', '#']) => {
                    found.push(Dependency { name: name.to_owned(), line, said: said.to_owned() });
                }
                // The list of features goes on.
                _ => found.last_mut().into_iter().for_each(|open| open.said.push_str(said)),
            }
        }
        found
    }

    /// Line, name, and what it turns on.
    pub fn features(&self) -> Vec<(usize, &str, &str)> {
        let lines = self.sectioned().into_iter().filter(|(_, section, said)| *section == "features" && !said.starts_with('#'));
        lines.filter_map(|(line, _, said)| said.split_once(" = ").map(|(name, turns_on)| (line, name, turns_on))).collect()
    }

    fn sectioned(&self) -> Vec<(usize, &str, &str)> {
        let (mut section, mut found) = ("", Vec::new());
        for (line, said) in self.0.lines() {
            match said.strip_prefix('[').and_then(|said| said.trim_end().strip_suffix(']')) {
                Some(name) => section = name,
                None => found.push((line, section, said)),
            }
        }
        found
    }
}

#[test]
fn a_source_is_taken_apart_where_rust_would() {
    let source = r##"let a = "one // \" 'two'"; // three "four"
/* five /* "six" */ seven */ let b = r#"eight " nine"#; let c: &'a str = x('"', '\'', b'"', "ten
eleven"); for<'r> fn(&'r ())"##;
    let (code, texts) = take_apart(source);
    let said: Vec<&str> = texts.into_iter().map(|range| &source[range]).collect();
    assert_eq!(said, ["one // \\\" 'two'", "eight \" nine", "ten\neleven"]);
    let left: Vec<&str> = words(&code).collect();
    assert_eq!(left, ["let", "a", "let", "b", "r", "let", "c", "a", "str", "x", "b", "for", "r", "fn", "r"]);
    assert_eq!(code.len(), source.len());
    assert_eq!(code.lines().count(), source.lines().count());
}
