//! PostgreSQL's simple query protocol, as far as a bench needs it: text in, text out, one's own cluster.

use std::io::{BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// Version 3.0 of the protocol.
const PROTOCOL: u32 = 3 << 16;

/// A row: each column's text, or null.
pub type Row = Vec<Option<String>>;

/// One connection, as the cluster's own user.
pub struct Sql(BufReader<UnixStream>);

impl Sql {
    pub fn connect(sockets: &Path) -> Result<Sql> {
        let socket = sockets.join(".s.PGSQL.5432");
        let stream = UnixStream::connect(&socket).with_context(|| format!("connect to {}", socket.display()))?;
        let mut sql = Sql(BufReader::new(stream));
        let words = b"user\0alpar\0database\0alpar\0application_name\0bench\0\0";
        let mut hello = Vec::new();
        hello.extend(u32::try_from(words.len() + 8)?.to_be_bytes());
        hello.extend(PROTOCOL.to_be_bytes());
        hello.extend(words);
        sql.0.get_mut().write_all(&hello)?;
        sql.answer()?;
        Ok(sql)
    }

    /// Runs one statement or several; gives the rows of all of them.
    pub fn rows(&mut self, statements: &str) -> Result<Vec<Row>> {
        let mut message = vec![b'Q'];
        message.extend(u32::try_from(statements.len() + 5)?.to_be_bytes());
        message.extend(statements.as_bytes());
        message.push(0);
        self.0.get_mut().write_all(&message)?;
        self.answer().with_context(|| format!("in « {} »", statements.chars().take(200).collect::<String>()))
    }

    pub fn run(&mut self, statements: &str) -> Result<()> {
        self.rows(statements).map(drop)
    }

    /// The first column of the first row.
    pub fn one(&mut self, statement: &str) -> Result<String> {
        let rows = self.rows(statement)?;
        rows.into_iter().next().and_then(|row| row.into_iter().next()).flatten().context("a value was expected")
    }

    /// Reads until the server is ready for the next query.
    fn answer(&mut self) -> Result<Vec<Row>> {
        let (mut rows, mut wrong) = (Vec::new(), None);
        loop {
            let mut head = [0; 5];
            self.0.read_exact(&mut head)?;
            let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]) as usize;
            let mut body = vec![0; length.saturating_sub(4)];
            self.0.read_exact(&mut body)?;
            match head[0] {
                b'Z' => break,
                b'D' => rows.push(row(&body)?),
                b'E' => wrong = Some(said(&body)),
                b'R' if body != [0; 4] => bail!("PostgreSQL asks for a password"),
                _ => {}
            }
        }
        match wrong {
            Some(wrong) => bail!("PostgreSQL says: {wrong}"),
            None => Ok(rows),
        }
    }
}

fn row(body: &[u8]) -> Result<Row> {
    let (mut columns, mut at) = (Vec::new(), 2);
    while let Some(length) = body.get(at..at + 4) {
        let length = i32::from_be_bytes(length.try_into()?);
        at += 4;
        let Ok(length) = usize::try_from(length) else {
            columns.push(None);
            continue;
        };
        columns.push(Some(String::from_utf8(body.get(at..at + length).context("a row cut short")?.to_vec())?));
        at += length;
    }
    Ok(columns)
}

/// The message and the detail of an error.
fn said(body: &[u8]) -> String {
    let fields = body.split(|byte| *byte == 0).filter_map(|field| field.split_first());
    let told = fields.filter(|(kind, _)| matches!(kind, b'M' | b'D'));
    told.map(|(_, text)| String::from_utf8_lossy(text).into_owned()).collect::<Vec<_>>().join(" · ")
}
