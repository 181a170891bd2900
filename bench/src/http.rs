//! HTTP as a browser speaks it to one server on this machine: one connection, kept open.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// A server that takes longer is broken.
const PATIENCE: Duration = Duration::from_secs(30);

/// What browsers on the road accept.
pub const ENCODINGS: &str = "gzip, deflate, br";

/// An answer as it came over the wire: what is compressed stays compressed.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Status line and headers, in bytes.
    pub head_bytes: usize,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Head and body, in bytes.
    pub fn wire_bytes(&self) -> usize {
        self.head_bytes + self.body.len()
    }

    /// The body as it was before it was compressed.
    pub fn text(&self) -> Result<String> {
        let plain = match self.header("content-encoding") {
            None => self.body.clone(),
            Some("br") => {
                let mut plain = Vec::new();
                brotli::BrotliDecompress(&mut &self.body[..], &mut plain).context("the answer is not brotli")?;
                plain
            }
            Some(other) => bail!("the bench does not read {other}"),
        };
        Ok(String::from_utf8(plain)?)
    }

    /// The pair of a cookie that the answer sets.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let sets = self.headers.iter().filter(|(known, _)| known == "set-cookie");
        let mut pairs = sets.filter_map(|(_, set)| set.split(';').next());
        pairs.find(|pair| pair.strip_prefix(name).is_some_and(|rest| rest.starts_with('='))).map(ToOwned::to_owned)
    }

    /// The status that was wanted, or what came instead.
    pub fn expect(self, status: u16) -> Result<Answer> {
        if self.status == status {
            return Ok(self);
        }
        let said = self.text().unwrap_or_default();
        bail!("wanted {status}, got {}: {}", self.status, said.chars().take(300).collect::<String>())
    }
}

/// One connection to the server.
pub struct Client {
    stream: BufReader<TcpStream>,
    host: String,
}

impl Client {
    pub fn connect(address: SocketAddr) -> Result<Client> {
        let stream = TcpStream::connect(address).with_context(|| format!("connect to {address}"))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Client { stream: BufReader::new(stream), host: address.to_string() })
    }

    pub fn get(&mut self, path: &str, headers: &[(&str, &str)]) -> Result<Answer> {
        self.send("GET", path, headers, None)
    }

    /// A post of one of our own pages.
    pub fn post(&mut self, path: &str, headers: &[(&str, &str)], kind: &str, body: &str) -> Result<Answer> {
        self.send("POST", path, headers, Some((kind, body)))
    }

    fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<(&str, &str)>) -> Result<Answer> {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: same-origin\r\n", self.host);
        for (name, value) in headers {
            request.extend([*name, ": ", *value, "\r\n"]);
        }
        if let Some((kind, body)) = body {
            request.push_str(&format!("Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}", body.len()));
        } else {
            request.push_str("\r\n");
        }
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.read().with_context(|| format!("{method} {path}"))
    }

    fn read(&mut self) -> Result<Answer> {
        let mut line = String::new();
        let mut head_bytes = self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status line")?;
        let mut headers = Vec::new();
        loop {
            line.clear();
            head_bytes += self.stream.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let mut answer = Answer { status, headers, body: Vec::new(), head_bytes };
        if answer.header("transfer-encoding") == Some("chunked") {
            self.chunks(&mut answer.body)?;
        } else if status != 304 && status != 204 {
            let length = answer.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
            answer.body.resize(length, 0);
            self.stream.read_exact(&mut answer.body)?;
        }
        Ok(answer)
    }

    fn chunks(&mut self, body: &mut Vec<u8>) -> Result<()> {
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line)?;
            let length = usize::from_str_radix(line.trim(), 16).context("no chunk")?;
            let start = body.len();
            body.resize(start + length, 0);
            self.stream.read_exact(&mut body[start..])?;
            self.stream.read_line(&mut line)?;
            if length == 0 {
                return Ok(());
            }
        }
    }
}
