//! What the house agreed on, held by reading its own sources.
//!
//! Each test prints every line that breaks its rule. What is allowed all the same stands in a list beside the rule,
//! with its reason; a list that names what is no longer there is wrong too.

#[path = "tidy/reading.rs"]
mod reading;
#[path = "tidy/scripts.rs"]
mod scripts;
#[path = "tidy/text_areas.rs"]
mod text_areas;
#[path = "tidy/writers.rs"]
mod writers;

use std::collections::BTreeSet;

use reading::{Source, asks_for_a_feature, clauses, manifest, paths, sources, sql_code, statements, tokens, words};
use writers::{GUESTS, WRITERS};

/// This file says the words that it looks for.
const THIS: &str = "server/tests/tidy.rs";

#[track_caller]
fn holds(rule: &str, mut breaches: Vec<String>) {
    let mut told = BTreeSet::new();
    breaches.retain(|breach| told.insert(breach.clone()));
    assert!(breaches.is_empty(), "{rule}\n  {}", breaches.join("\n  "));
}

/// The sources that a program of ours is made of: no tests.
fn programs() -> Vec<Source> {
    sources(&["rs"]).into_iter().filter(|source| source.path.contains("/src/")).collect()
}

// — what may know what —

#[test]
fn only_the_backend_knows_sqlx() {
    // The ids say how they are columns, behind a feature that only `backend` turns on.
    const ALLOWED: [&str; 1] = ["domain/src/id.rs"];
    let mut breaches = Vec::new();
    let mut used = BTreeSet::new();
    for source in programs().iter().filter(|source| !source.path.starts_with("backend/")) {
        for (line, code) in source.code_lines() {
            if words(code).any(|word| word == "sqlx") {
                match ALLOWED.iter().find(|path| **path == source.path) {
                    Some(path) => drop(used.insert(*path)),
                    None => breaches.push(source.at(line)),
                }
            }
        }
    }
    breaches
        .extend(ALLOWED.iter().filter(|path| !used.contains(*path)).map(|path| format!("{path}: needs no permission any more")));
    holds("SQL and connections are the backend's.", breaches);
}

#[test]
fn features_are_asked_for_in_four_lines() {
    // (file, how often): ids as columns; matching, which no browser runs; what a server function stands on.
    const ALLOWED: [(&str, usize); 3] = [("domain/src/id.rs", 1), ("domain/src/lib.rs", 1), ("app/src/api.rs", 2)];
    let mut breaches = Vec::new();
    let mut found = 0;
    for source in sources(&["rs"]) {
        let asking = source.code_lines().filter(|(_, code)| asks_for_a_feature(code));
        let lines: Vec<usize> = asking.map(|(line, _)| line).collect();
        found += lines.len();
        let allowed = ALLOWED.iter().find(|(path, _)| *path == source.path).map_or(0, |(_, count)| *count);
        if lines.len() > allowed {
            breaches.extend(lines.iter().map(|line| source.at(*line)));
        }
    }
    holds("A feature that turns code on and off is a second program: two crates say it better.", breaches);
    assert_eq!(found, ALLOWED.iter().map(|(_, count)| count).sum::<usize>(), "the list allows more than there is");
}

/// What a crate may use of ours, what it may use only where a feature asks for it, and what it must not know.
struct Place {
    name: &'static str,
    ours: &'static [&'static str],
    optional: &'static [&'static str],
    barred: &'static [&'static str],
}

const PLACES: &[Place] = &[
    Place {
        name: "domain",
        ours: &["prose"],
        optional: &["sqlx", "pathfinding"],
        barred: &["axum", "getrandom", "graphile_worker", "leptos", "leptos_axum", "leptos_router", "rand", "server_fn", "tokio"],
    },
    Place { name: "prose", ours: &[], optional: &[], barred: &["axum", "getrandom", "leptos", "rand", "sqlx", "tokio"] },
    Place {
        name: "backend",
        ours: &["domain", "prose"],
        optional: &[],
        barred: &["axum", "leptos", "leptos_axum", "lettre", "server_fn"],
    },
    Place {
        name: "app",
        ours: &["backend", "domain"],
        optional: &["backend", "axum", "leptos_axum"],
        barred: &["graphile_worker", "lettre", "sqlx", "tokio"],
    },
    Place { name: "server", ours: &["app", "backend", "domain"], optional: &[], barred: &["graphile_worker", "sqlx"] },
    Place { name: "frontend", ours: &["app"], optional: &[], barred: &["axum", "leptos_axum", "sqlx", "tokio"] },
    Place { name: "editor", ours: &["prose"], optional: &[], barred: &["axum", "leptos", "sqlx", "tokio", "web-sys"] },
    Place { name: "scanner", ours: &[], optional: &[], barred: &["axum", "leptos", "sqlx", "tokio", "web-sys"] },
    Place { name: "bench", ours: &["domain", "prose"], optional: &[], barred: &["axum", "leptos", "sqlx", "tokio"] },
    Place { name: "xtask", ours: &[], optional: &[], barred: &["axum", "leptos", "sqlx", "tokio"] },
];

#[test]
fn dependencies_follow_the_arrows() {
    let mut breaches = Vec::new();
    let members: BTreeSet<String> = manifest("Cargo.toml").members();
    let placed: BTreeSet<String> = PLACES.iter().map(|place| place.name.to_owned()).collect();
    breaches.extend(
        members.symmetric_difference(&placed).map(|name| format!("Cargo.toml: {name} is no member, or has no place here")),
    );
    for place in PLACES {
        let manifest = manifest(&format!("{}/Cargo.toml", place.name));
        for dependency in manifest.dependencies() {
            let name = dependency.name.as_str();
            let ours = members.contains(name);
            if ours && !place.ours.contains(&name) || place.barred.contains(&name) {
                breaches.push(format!("{}: {} must not know {name}", manifest.at(dependency.line), place.name));
            }
            if place.optional.contains(&name) && !dependency.is("optional = true") {
                breaches.push(format!("{}: {name} comes only with a feature", manifest.at(dependency.line)));
            }
            // Rows become values on the server only; what the server's pages need, no browser gets.
            if name == "domain" && dependency.is("\"sqlx\"") && place.name != "backend" {
                breaches.push(format!("{}: only the backend turns on domain/sqlx", manifest.at(dependency.line)));
            }
            if name == "app" && dependency.is("\"ssr\"") && place.name != "server" {
                breaches.push(format!("{}: only the server turns on app/ssr", manifest.at(dependency.line)));
            }
        }
        for (line, feature, turns_on) in manifest.features() {
            let server_side = ["backend", "leptos_axum", "\"axum", "\"ssr\"", "/ssr"].iter().any(|part| turns_on.contains(part));
            if place.name == "app" && feature != "ssr" && server_side {
                breaches.push(format!("{}: the app reaches the backend by its feature ssr only", manifest.at(line)));
            }
        }
    }
    holds("Dependencies point from the process and the browser to the domain, never back.", breaches);
}

#[test]
fn rules_know_no_clock_no_chance_and_no_machine() {
    const WORDS: [&str; 9] =
        ["SystemTime", "UNIX_EPOCH", "rand", "getrandom", "new_v4", "now_v7", "println", "eprintln", "thread"];
    const PATHS: [&str; 8] = ["::now(", "std::time", "std::fs", "std::net", "std::env", "std::io", "std::process", "std::thread"];
    let mut breaches = Vec::new();
    for source in programs().iter().filter(|source| ["domain/", "prose/"].iter().any(|place| source.path.starts_with(place))) {
        for (line, code) in source.code_lines() {
            if words(code).any(|word| WORDS.contains(&word)) || PATHS.iter().any(|path| code.contains(path)) {
                breaches.push(source.at(line));
            }
        }
    }
    holds("A rule is a function of what it is given, `now` included.", breaches);
}

#[test]
fn nothing_is_built_for_the_whole_workspace_at_once() {
    let mut breaches = Vec::new();
    for source in sources(&["", "sh", "toml", "rs"]).iter().filter(|source| source.path != THIS) {
        let scripts = source.path.starts_with(".ci/") || source.path.starts_with("xtask/") || source.path.starts_with(".cargo/");
        if !scripts && source.path != "Makefile" {
            continue;
        }
        for (line, said) in source.lines() {
            let comment = said.trim_start().starts_with('#') || said.trim_start().starts_with("//");
            if !comment && (said.contains("--workspace") || said.contains("--all-features")) {
                breaches.push(source.at(line));
            }
        }
    }
    holds("It would unify the server's features into the browser's build.", breaches);
}

// — the database —

#[test]
fn each_table_has_one_writer() {
    let mut breaches = Vec::new();
    let owner_of = |table: &str| WRITERS.iter().find(|(known, _)| *known == table).map(|(_, owner)| *owner);

    let mut tables = BTreeSet::new();
    for source in sources(&["sql"]).iter().filter(|source| source.path.starts_with("migrations/")) {
        let code = sql_code(&source.text);
        let tokens = tokens(&code);
        for (at, (line, token)) in tokens.iter().enumerate() {
            if token == "table" && at > 0 && tokens[at - 1].1 == "create" {
                let name = tokens[at + 1..]
                    .iter()
                    .map(|(_, token)| token.as_str())
                    .find(|token| !["if", "not", "exists"].contains(token));
                let name = name.unwrap_or_default().to_owned();
                if owner_of(&name).is_none() {
                    breaches.push(format!("{}: {name} has no writer in the list", source.at(*line)));
                }
                tables.insert(name);
            }
        }
    }
    breaches
        .extend(WRITERS.iter().filter(|(table, _)| !tables.contains(*table)).map(|(table, _)| format!("{table} is no table")));

    let mut written = BTreeSet::new();
    for source in programs() {
        let Some(file) = source.path.strip_prefix("backend/src/").filter(|file| !file.starts_with("demo/")) else {
            // The demo fills an empty database, once, before anybody acts. Outside the backend there is no SQL.
            continue;
        };
        let slice = |owner: &str| file == format!("{owner}.rs") || file.starts_with(&format!("{owner}/"));
        for (line, table) in source.texts().flat_map(|(line, text)| writes(line, text)) {
            let guest = GUESTS.iter().find(|(known, tables)| *known == file && tables.contains(&table.as_str()));
            match owner_of(&table) {
                Some(owner) if slice(owner) => drop(written.insert((owner.to_owned(), table))),
                _ if guest.is_some() => drop(written.insert((file.to_owned(), table))),
                Some(owner) => breaches.push(format!("{}: {table} is written by {owner}", source.at(line))),
                None => breaches.push(format!("{}: « {table} » is no table of ours", source.at(line))),
            }
        }
    }
    let listed = WRITERS.iter().map(|(table, owner)| (*owner, *table));
    let invited = GUESTS.iter().flat_map(|(file, tables)| tables.iter().map(|table| (*file, *table)));
    for (who, table) in listed.chain(invited) {
        if !written.contains(&(who.to_owned(), table.to_owned())) {
            breaches.push(format!("{who} is said to write {table}, and does not"));
        }
    }
    holds("Whoever wants to know how a table changes reads one folder.", breaches);
}

/// The tables that a statement writes, each with its line.
fn writes(from: usize, sql: &str) -> Vec<(usize, String)> {
    let tokens = tokens(sql);
    let word = |at: usize| tokens.get(at).map_or("", |(_, token)| token.as_str());
    let mut found = Vec::new();
    for (at, (line, token)) in tokens.iter().enumerate() {
        let before = if at == 0 { "" } else { word(at - 1) };
        let table = match (token.as_str(), word(at + 1)) {
            ("insert" | "merge", "into") | ("delete", "from") => at + 2,
            // « for update », « for no key update », « do update set », « on update ».
            ("update", next) if !next.is_empty() && !["for", "key", "do", "on"].contains(&before) => at + 1,
            ("truncate", _) => at + 1,
            _ => continue,
        };
        let table = if ["only", "table"].contains(&word(table)) { table + 1 } else { table };
        found.push((from + line - 1, word(table).to_owned()));
    }
    found
}

#[test]
fn sql_never_asks_the_time() {
    const BARE: [&str; 6] = ["current_timestamp", "current_date", "current_time", "localtime", "localtimestamp", "'now'"];
    const CALLED: [&str; 5] = ["now", "clock_timestamp", "statement_timestamp", "transaction_timestamp", "timeofday"];
    let asks = |sql: &str| -> Vec<usize> {
        let sql = sql.to_lowercase();
        let line_of = |at: usize| sql[..at].matches('\n').count() + 1;
        let bare = BARE.iter().flat_map(|word| sql.match_indices(word));
        let called = CALLED.iter().flat_map(|word| sql.match_indices(word)).filter(|(at, word)| {
            let whole = !sql[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.' || c == ':');
            whole && sql[at + word.len()..].trim_start().starts_with('(')
        });
        bare.chain(called).map(|(at, _)| line_of(at)).collect()
    };
    let mut breaches = Vec::new();
    for source in sources(&["rs", "sql"]).iter().filter(|source| source.path != THIS) {
        if source.path.ends_with(".sql") {
            breaches.extend(asks(&sql_code(&source.text)).into_iter().map(|line| source.at(line)));
        } else {
            let texts = source.texts().flat_map(|(from, text)| asks(text).into_iter().map(move |line| from + line - 1));
            breaches.extend(texts.map(|line| source.at(line)));
        }
    }
    holds("There is one clock, and it belongs to the program: bind `backend.now()`.", breaches);
}

/// Migrations that take away what an earlier one replaced, once no build that is still running reads it.
const CONTRACTS: &[&str] = &[];

#[test]
fn migrations_destroy_nothing() {
    let mut breaches = Vec::new();
    for source in migrations() {
        for (line, statement) in statements(&source.text) {
            let tokens = tokens(&statement);
            let word = |at: usize| tokens.get(at).map_or("", |(_, token)| token.as_str());
            let altered = word(0) == "alter";
            for (at, (offset, token)) in tokens.iter().enumerate() {
                let destroys = match (token.as_str(), word(at + 1)) {
                    // A column that may be empty from now on, or that says nothing by itself, loses nothing.
                    ("drop", next) => !["not", "default"].contains(&next),
                    // A new table's rows that go with what they refer to are nobody's yet.
                    ("cascade", _) => at == 0 || word(at - 1) != "delete",
                    ("truncate", _) | ("delete", "from") => true,
                    ("rename" | "type", _) | ("set", "not") | ("set", "schema") => altered,
                    _ => false,
                };
                if destroys {
                    breaches.push(source.at(line + offset - 1));
                }
            }
        }
    }
    holds("The build before this one still runs while a migration does: expand now, contract in a listed one.", breaches);
}

#[test]
fn a_new_column_suits_the_rows_that_are_there() {
    let mut breaches = Vec::new();
    for source in migrations() {
        for (line, statement) in statements(&source.text).into_iter().filter(|(_, sql)| sql.starts_with("alter table")) {
            for (offset, clause) in clauses(&statement) {
                let tokens = tokens(&clause);
                let has = |wanted: &str| tokens.iter().any(|(_, token)| token == wanted);
                let pair = |a: &str, b: &str| tokens.windows(2).any(|two| two[0].1 == a && two[1].1 == b);
                let adds = has("add") && !pair("add", "constraint") && !pair("add", "check") && !pair("add", "foreign");
                let filled = has("default") || has("generated");
                if adds && (pair("not", "null") || pair("primary", "key")) && !filled {
                    breaches.push(source.at(line + offset));
                }
            }
        }
    }
    holds("`not null` without a default fails on a table with rows.", breaches);
}

fn migrations() -> Vec<Source> {
    let all = sources(&["sql"]).into_iter().filter(|source| source.path.starts_with("migrations/")).collect::<Vec<_>>();
    for listed in CONTRACTS {
        assert!(all.iter().any(|source| source.path == *listed), "{listed} is no migration");
    }
    all.into_iter().filter(|source| !CONTRACTS.contains(&source.path.as_str())).collect()
}

// — files and lines —

#[test]
fn no_file_is_longer_than_500_lines() {
    let long = sources(&["rs", "ts", "js", "css", "sql"]).into_iter().filter(|source| source.lines().count() > 500);
    let breaches = long.map(|source| format!("{}: {} lines", source.path, source.lines().count())).collect();
    holds("What is longer is about two things.", breaches);
}

#[test]
fn no_file_is_named_after_a_kind_of_code() {
    const NAMES: [&str; 12] = [
        "service",
        "services",
        "repository",
        "repositories",
        "manager",
        "managers",
        "util",
        "utils",
        "helper",
        "helpers",
        "common",
        "misc",
    ];
    let named = |path: &str| path.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|part| NAMES.contains(&part));
    holds("A file is named after the thing that is in it.", paths().into_iter().filter(|path| named(path)).collect());
}

#[test]
fn nothing_is_left_for_later_in_the_sources() {
    const WORDS: [&str; 5] = ["TODO", "FIXME", "XXX", "HACK", "WIP"];
    let mut breaches = Vec::new();
    let ours = ["rs", "ts", "js", "css", "sql", "html", "sh", "toml", "md", "webmanifest", ""];
    for source in sources(&ours).iter().filter(|source| source.path != THIS) {
        for (line, said) in source.lines() {
            let macros = ["todo!", "unimplemented!"].iter().any(|name| said.contains(name));
            if macros || words(said).any(|word| WORDS.contains(&word)) {
                breaches.push(source.at(line));
            }
        }
    }
    holds("What is missing is said to whoever plans, not to whoever reads.", breaches);
}

#[test]
fn each_lint_that_is_off_says_why() {
    let mut breaches = Vec::new();
    for source in sources(&["rs"]) {
        for (line, attribute) in source.attributes() {
            let says = |wanted: &str| words(&attribute).any(|word| word == wanted);
            if (says("allow") || says("expect")) && !says("reason") {
                breaches.push(source.at(line));
            }
        }
    }
    holds("`reason = \"…\"` is part of it.", breaches);
}
