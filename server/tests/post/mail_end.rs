//! A mail server that keeps what it takes, and has its moods: by address, as real ones.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

use crate::heard::Heard;

/// What becomes of mails to an address. Where there is a number, so often; then they are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Takes,
    /// 550, there is nobody of this name.
    Unknown,
    /// 451, come back later.
    Greylists(u32),
    /// Hears the whole mail, and closes without a word.
    ClosesHalfWay(u32),
    /// Hears for whom it is, and closes.
    HangsUp(u32),
    /// Hears for whom it is, and says nothing until the other side gives up.
    Silent(u32),
    /// Takes its time at each step, and takes the mail.
    Slow,
    /// 554, once it has heard the whole mail.
    Refuses,
}

#[derive(Clone)]
pub struct MailEnd {
    moods: Arc<HashMap<String, Mood>>,
    met: Arc<Mutex<HashMap<String, u32>>>,
    /// To whom, and the mail as it came.
    taken: Arc<Mutex<Vec<(String, String)>>>,
    /// The next so many who call are sent away: 421.
    busy: Arc<Mutex<u32>>,
    heard: Heard,
}

impl MailEnd {
    /// Gives what `SMTP_URL` says, too.
    pub async fn open(moods: HashMap<String, Mood>, busy: u32, heard: Heard) -> (String, MailEnd) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let end = MailEnd {
            moods: Arc::new(moods),
            met: Arc::default(),
            taken: Arc::default(),
            busy: Arc::new(Mutex::new(busy)),
            heard,
        };
        let here = end.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let end = here.clone();
                // A caller who dies in the middle of it leaves nothing.
                tokio::spawn(async move { end.converse(stream).await });
            }
        });
        (url, end)
    }

    pub fn taken(&self) -> Vec<(String, String)> {
        self.taken.lock().unwrap().clone()
    }

    fn mood(&self, to: &str) -> Mood {
        self.moods.get(to).copied().unwrap_or(Mood::Takes)
    }

    /// Whether this is one of the first so many times.
    fn once_more(&self, to: &str, times: u32) -> bool {
        let mut met = self.met.lock().unwrap();
        let met = met.entry(to.to_owned()).or_default();
        *met += 1;
        *met <= times
    }

    fn is_busy(&self) -> bool {
        let mut busy = self.busy.lock().unwrap();
        let is_busy = *busy > 0;
        *busy = busy.saturating_sub(1);
        is_busy
    }

    async fn converse(&self, stream: TcpStream) -> Option<()> {
        let (read, write) = stream.into_split();
        let mut caller = Caller { lines: BufReader::new(read).lines(), write };
        if self.is_busy() {
            return caller.say("421 busy, come back").await;
        }
        caller.say("220 here").await?;
        let mut to = String::new();
        while let Some(line) = caller.hear().await {
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            if self.mood(&to) == Mood::Slow {
                tokio::time::sleep(Duration::from_millis(300)).await;
            }
            match verb.as_str() {
                "RCPT" => {
                    to = line.split(['<', '>']).nth(1)?.to_owned();
                    match self.mood(&to) {
                        Mood::Unknown => caller.say("550 no such user").await?,
                        Mood::Greylists(times) if self.once_more(&to, times) => caller.say("451 try again later").await?,
                        Mood::HangsUp(times) if self.once_more(&to, times) => return None,
                        Mood::Silent(times) if self.once_more(&to, times) => return caller.hear().await.map(drop),
                        _ => caller.say("250 to").await?,
                    }
                }
                "DATA" => {
                    caller.say("354 go on").await?;
                    let mail = caller.hear_mail().await?;
                    match self.mood(&to) {
                        Mood::ClosesHalfWay(times) if self.once_more(&to, times) => return None,
                        Mood::Refuses => caller.say("554 not this").await?,
                        _ => {
                            self.taken.lock().unwrap().push((to.clone(), mail));
                            self.heard.one_more().await;
                            caller.say("250 taken").await?;
                        }
                    }
                }
                "QUIT" => return caller.say("221 bye").await,
                _ => caller.say("250 fine").await?,
            }
        }
        None
    }
}

struct Caller {
    lines: Lines<BufReader<OwnedReadHalf>>,
    write: OwnedWriteHalf,
}

impl Caller {
    async fn say(&mut self, line: &str) -> Option<()> {
        self.write.write_all(format!("{line}\r\n").as_bytes()).await.ok()
    }

    async fn hear(&mut self) -> Option<String> {
        self.lines.next_line().await.ok().flatten()
    }

    async fn hear_mail(&mut self) -> Option<String> {
        let mut mail = String::new();
        loop {
            let line = self.hear().await?;
            if line == "." {
                return Some(mail);
            }
            // A line that begins with a point has two on the wire.
            mail.extend([line.strip_prefix('.').unwrap_or(&line), "\n"]);
        }
    }
}
