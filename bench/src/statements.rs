//! Which SQL statements the server runs for a request: PostgreSQL's own log says it, on every system alike.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::sql::Sql;

/// What begins a line of the log; continued lines begin with a tab.
const PREFIX: char = '~';
/// What the process does by itself each second, or after an act: it looks for due work and for jobs, and tells people.
const BACKGROUND: [&str; 13] = [
    "from due_work where done_at is null",
    "graphile_worker",
    "LISTEN ",
    "planned_at is null",
    "delivery",
    "as stands",
    "from shift s join assignment a using (shift_id)",
    "from shift s join seat using (shift_id)",
    "cross join lateral",
    "hashtext('openings')",
    "opened join shift",
    "insert into job ",
    "update job set",
];

/// A statement as it ran.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The process that ran it.
    backend: u32,
    /// With `$1`, `$2`, … in it.
    pub text: String,
    /// As PostgreSQL writes values; `None` is null.
    pub values: Vec<Option<String>>,
}

impl Statement {
    fn begins(&self) -> bool {
        self.text.eq_ignore_ascii_case("begin")
    }

    #[cfg(test)]
    pub fn of(text: &str, values: Vec<Option<String>>) -> Statement {
        Statement { backend: 0, text: text.to_owned(), values }
    }

    fn ends(&self) -> bool {
        ["commit", "rollback"].iter().any(|word| self.text.eq_ignore_ascii_case(word))
    }
}

/// A log that statements are written to while somebody listens.
pub struct Ear {
    log: PathBuf,
}

impl Ear {
    pub fn on(log: PathBuf) -> Ear {
        Ear { log }
    }

    /// The statements that the server ran during `work`, in order; not those of its own housekeeping.
    pub fn during<T>(&self, sql: &mut Sql, work: impl FnOnce() -> Result<T>) -> Result<(T, Vec<Statement>)> {
        sql.run(&format!("alter system set log_line_prefix = '{PREFIX}%p{PREFIX}'"))?;
        sql.run("alter system set log_statement = 'all'")?;
        sql.run("select pg_reload_conf()")?;
        let start = self.length()?;
        // Backends read their settings before their next statement; ours shows when they may.
        let done = self.said(sql, start, "'bench: begin'").and_then(|from| {
            let done = work()?;
            let until = self.said(sql, from, "'bench: end'")?;
            Ok((done, self.read(from, until)?))
        });
        sql.run("alter system reset log_statement")?;
        sql.run("alter system reset log_line_prefix")?;
        sql.run("select pg_reload_conf()")?;
        let (done, text) = done?;
        let ours = |statement: &Statement| !statement.text.contains("'bench: ");
        Ok((done, without_background(parsed(&text).into_iter().filter(ours).collect())))
    }

    fn length(&self) -> Result<u64> {
        Ok(self.log.metadata().with_context(|| format!("look at {}", self.log.display()))?.len())
    }

    fn read(&self, from: u64, until: u64) -> Result<String> {
        let mut file = File::open(&self.log)?;
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::new();
        file.take(until.saturating_sub(from)).read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Leaves a mark in the log, and gives where the log goes on after it.
    fn said(&self, sql: &mut Sql, from: u64, mark: &str) -> Result<u64> {
        for _ in 0..200 {
            sql.run(&format!("select {mark}"))?;
            let until = self.length()?;
            let text = self.read(from, until)?;
            if let Some(at) = text.rfind(mark) {
                let line_end = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
                return Ok(from + u64::try_from(line_end)?);
            }
            sleep(Duration::from_millis(10));
        }
        bail!("PostgreSQL does not log its statements")
    }
}

/// `~4711~LOG:  execute sqlx_s_3: select …`, then `~4711~DETAIL:  parameters: $1 = '…', $2 = NULL`.
fn parsed(text: &str) -> Vec<Statement> {
    let mut statements: Vec<Statement> = Vec::new();
    for (backend, entry) in entries(text) {
        if let Some(rest) = entry.strip_prefix("LOG:  statement: ") {
            statements.push(Statement { backend, text: rest.trim().to_owned(), values: Vec::new() });
        } else if let Some((_, rest)) = entry.strip_prefix("LOG:  execute ").and_then(|rest| rest.split_once(": ")) {
            statements.push(Statement { backend, text: rest.trim().to_owned(), values: Vec::new() });
        } else if let Some(rest) = entry.strip_prefix("DETAIL:  parameters: ")
            && let Some(statement) = statements.iter_mut().rev().find(|statement| statement.backend == backend)
        {
            statement.values = values(rest);
        }
    }
    statements
}

/// The log's entries, each with its process, continued lines joined.
fn entries(text: &str) -> Vec<(u32, String)> {
    let mut entries: Vec<(u32, String)> = Vec::new();
    for line in text.lines() {
        let head = line.strip_prefix(PREFIX).and_then(|rest| rest.split_once(PREFIX));
        match head.and_then(|(pid, rest)| Some((pid.parse().ok()?, rest))) {
            Some((pid, rest)) => entries.push((pid, rest.to_owned())),
            None => {
                if let Some((_, entry)) = entries.last_mut() {
                    entry.push('\n');
                    entry.push_str(line.strip_prefix('\t').unwrap_or(line));
                }
            }
        }
    }
    entries
}

/// `$1 = 'it''s', $2 = NULL`
fn values(text: &str) -> Vec<Option<String>> {
    let mut values = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once(" = ") {
        let Some(quoted) = after.strip_prefix('\'') else {
            values.push(None);
            rest = after.strip_prefix("NULL").unwrap_or(after);
            continue;
        };
        let (mut value, mut letters) = (String::new(), quoted.char_indices().peekable());
        let mut end = quoted.len();
        while let Some((at, letter)) = letters.next() {
            if letter != '\'' {
                value.push(letter);
            } else if letters.next_if(|(_, next)| *next == '\'').is_some() {
                value.push('\'');
            } else {
                end = at + 1;
                break;
            }
        }
        values.push(Some(value));
        rest = &quoted[end..];
    }
    values
}

/// Leaves out whole transactions of the housekeeping, and its single statements.
fn without_background(statements: Vec<Statement>) -> Vec<Statement> {
    let is_background = |statement: &Statement| BACKGROUND.iter().any(|words| statement.text.contains(words));
    let mut kept = vec![true; statements.len()];
    for (at, statement) in statements.iter().enumerate().filter(|(_, statement)| is_background(statement)) {
        kept[at] = false;
        let same = |other: usize| statements[other].backend == statement.backend;
        let begin = (0..at).rev().filter(|other| same(*other)).take_while(|other| !statements[*other].ends());
        let begin: Vec<usize> = begin.collect();
        // Outside of a transaction nothing around it belongs to it.
        let Some(first) = begin.iter().copied().find(|other| statements[*other].begins()) else { continue };
        for other in (first..statements.len()).filter(|other| same(*other)) {
            kept[other] = false;
            if statements[other].ends() {
                break;
            }
        }
    }
    statements.into_iter().zip(kept).filter_map(|(statement, kept)| kept.then_some(statement)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_becomes_statements() {
        let text = "~7~LOG:  execute sqlx_s_1: \n\tselect $1,\n\t\t$2\n~7~DETAIL:  parameters: $1 = 'it''s, $2 = x', $2 = NULL\n~8~LOG:  statement: BEGIN\n";
        let statements = parsed(text);
        assert_eq!(statements.len(), 2);
        assert_eq!(statements[0].text, "select $1,\n\t$2");
        assert_eq!(statements[0].values, [Some("it's, $2 = x".to_owned()), None]);
        assert!(statements[1].begins() && statements[1].backend == 8);
    }

    #[test]
    fn housekeeping_is_left_out_with_its_transaction() {
        let line = |backend: u32, text: &str| format!("~{backend}~LOG:  statement: {text}\n");
        let text = [
            line(1, "BEGIN"),
            line(2, "select marks"),
            line(1, "select due_work_id, kind from due_work where done_at is null"),
            line(2, "BEGIN"),
            line(1, "ROLLBACK"),
            line(2, "select 2"),
            line(2, "COMMIT"),
            line(1, "select 3"),
        ];
        let texts: Vec<String> = without_background(parsed(&text.concat())).into_iter().map(|statement| statement.text).collect();
        assert_eq!(texts, ["select marks", "BEGIN", "select 2", "COMMIT", "select 3"]);
    }
}
