//! The bare statements of the same acts, by PostgreSQL's own load generator: what the database alone would do.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::house::House;
use crate::statements::Statement;
use crate::swaps::{Swap, send_applied};

/// One run of a client's script: each of two people gives the seat, and the other claims it.
const ACTS: usize = 4;

pub struct Pgbench {
    program: PathBuf,
    script: PathBuf,
    sockets: PathBuf,
}

impl Pgbench {
    /// Nothing where the program is not installed.
    pub fn find(house: &House, script: &str) -> Result<Option<Pgbench>> {
        let said = Command::new("pg_config").arg("--bindir").output().ok();
        let bindir = said.map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
        let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::env::split_paths(&path).chain(bindir).chain(versions.map(|version| version.path().join("bin")));
        let Some(program) = folders.map(|folder| folder.join("pgbench")).find(|program| program.is_file()) else {
            return Ok(None);
        };
        let acts = house.data.join("acts.sql");
        fs::write(&acts, script)?;
        Ok(Some(Pgbench { program, script: acts, sockets: house.sockets.clone() }))
    }

    /// Acts per second of so many clients.
    pub fn run(&self, clients: usize, time: Duration) -> Result<f64> {
        let output = Command::new(&self.program)
            .args(["--no-vacuum", "--protocol=prepared", "--jobs=2"])
            .arg(format!("--client={clients}"))
            .arg(format!("--time={}", time.as_secs()))
            .arg("--file")
            .arg(&self.script)
            .arg("--host")
            .arg(&self.sockets)
            .args(["--username=alpar", "alpar"])
            .env("LC_ALL", "C")
            .output()?;
        let said = String::from_utf8_lossy(&output.stdout);
        let failed = said.lines().find_map(|line| line.strip_prefix("number of failed transactions: "));
        let tps = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse::<f64>().ok());
        match tps {
            Some(tps) if output.status.success() && failed.is_none_or(|failed| failed.starts_with('0')) => Ok(tps * ACTS as f64),
            _ => bail!("pgbench did not succeed:\n{said}{}", String::from_utf8_lossy(&output.stderr)),
        }
    }
}

/// What the server runs for the acts of each client's seat, with new ids each time: one branch per client.
pub fn script(house: &House, swaps: &mut [Swap]) -> Result<String> {
    let (mut sql, mut client) = (house.sql()?, house.client()?);
    let mut script = String::from("\\set n random(1, 4000000000000000000)\n");
    for (at, swap) in swaps.iter_mut().enumerate() {
        script.push_str(&format!("\\{} :client_id = {at}\n", if at == 0 { "if" } else { "elif" }));
        let mut ids = Ids::default();
        for _ in 0..ACTS {
            let act = swap.next(house);
            ids.known.extend(act.ids);
            let (_, statements) = house.ear().during(&mut sql, || send_applied(&mut client, &act.sender, &act.command))?;
            // News for other processes are told at most twenty times a second, however many acts there are.
            for statement in statements.iter().filter(|statement| !statement.text.contains("pg_notify")) {
                script.push_str(&written(statement, &mut ids)?);
                script.push_str(";\n");
            }
        }
    }
    script.push_str("\\endif\n");
    Ok(script)
}

/// Ids that must be new each time the script runs.
#[derive(Default)]
struct Ids {
    known: Vec<String>,
    made: usize,
}

impl Ids {
    /// A UUID of this run of the script.
    fn expression(&self, nth: usize) -> String {
        format!("lpad(to_hex(:n::bigint + {nth}), 32, '0')::uuid")
    }

    /// One that the server made: nobody else names it.
    fn another(&mut self) -> String {
        self.made += 1;
        self.expression(1000 + self.made)
    }
}

/// The statement with its values in it.
fn written(statement: &Statement, ids: &mut Ids) -> Result<String> {
    let (mut text, mut rest) = (String::new(), statement.text.as_str());
    let tells = statement.text.contains("insert into notice ");
    while let Some((before, after)) = rest.split_once('$') {
        let digits = after.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(after.len());
        text.push_str(before);
        let Ok(number) = after[..digits].parse::<usize>() else {
            text.push('$');
            rest = after;
            continue;
        };
        let value = statement.values.get(number - 1).with_context(|| format!("${number} of « {} »", statement.text))?;
        text.push_str(&match value {
            None => "null".to_owned(),
            Some(list) if tells && number == 1 => {
                let fresh: Vec<String> = list.matches('-').step_by(4).map(|_| ids.another()).collect();
                format!("array[{}]::uuid[]", fresh.join(", "))
            }
            Some(value) => literal(value, ids),
        });
        rest = &after[digits..];
    }
    text.push_str(rest);
    Ok(text)
}

/// A value as SQL, its known ids made anew. Without colons, which pgbench would take for its variables.
fn literal(value: &str, ids: &Ids) -> String {
    let plain = |text: &str| format!("E'{}'", text.replace('\\', "\\\\").replace('\'', "''").replace(':', "\\x3a"));
    let Some((nth, id)) = ids.known.iter().enumerate().find(|(_, id)| value.contains(id.as_str())) else {
        return plain(value);
    };
    if value == id {
        return ids.expression(nth);
    }
    let kind = if value.starts_with("{\"") { "jsonb" } else { "uuid[]" };
    let parts: Vec<String> = value.split(id.as_str()).map(plain).collect();
    format!("({})::{kind}", parts.join(&format!(" || {}::text || ", ids.expression(nth))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_ids_are_made_anew_and_the_rest_is_said_as_it_was() {
        let id = "01a20c5a-b180-7000-8000-000000000001";
        let ids = Ids { known: vec![id.to_owned()], made: 0 };
        assert_eq!(literal("2026-11-24 07:00", &ids), "E'2026-11-24 07\\x3a00'");
        assert_eq!(literal(id, &ids), "lpad(to_hex(:n::bigint + 0), 32, '0')::uuid");
        let list = literal(&format!("{{{id}}}"), &ids);
        assert_eq!(list, "(E'{' || lpad(to_hex(:n::bigint + 0), 32, '0')::uuid::text || E'}')::uuid[]");
    }

    #[test]
    fn notices_get_ids_of_their_own() {
        let id = "01a20c5a-b180-7000-8000-000000000001";
        let statement = Statement::of("insert into notice select $1, $2", vec![Some(format!("{{{id},{id}}}")), None]);
        let text = written(&statement, &mut Ids::default()).unwrap();
        assert_eq!(text.matches("lpad").count(), 2);
        assert!(text.ends_with("null"));
    }
}
