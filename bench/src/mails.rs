//! A brief comes out: how long until the mail server has everybody's copy.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::figure::{Budget, Figure, Page, Unit};
use crate::house::House;
use crate::place::Place;

/// Nothing takes this long.
const PATIENCE: Duration = Duration::from_secs(120);

pub fn measure(page: &mut Page, place: &Place) -> Result<()> {
    page.heading("A brief to everybody by mail");
    let (at, taken) = mail_server()?;
    let house = House::with(place, &[("SMTP_URL", &format!("smtp://{at}"))])?;
    let mut sql = house.sql()?;
    // The newest of the demo's, as if it came out now.
    let started = Instant::now();
    sql.run(
        "insert into due_work (kind, key, due_at)
         select 'brief_audience', brief_id::text, published_at from brief where published_at is not null order by monday desc limit 1",
    )?;
    let addressed: usize = loop {
        match sql.one("select count(*) from brief_copy")?.parse()? {
            0 => thread::sleep(Duration::from_millis(20)),
            addressed => break addressed,
        }
        ensure!(started.elapsed() < PATIENCE, "the brief is not addressed");
    };
    while taken.load(Ordering::Relaxed) < addressed {
        ensure!(started.elapsed() < PATIENCE, "{} of {addressed} copies left", taken.load(Ordering::Relaxed));
        thread::sleep(Duration::from_millis(20));
    }
    let took = started.elapsed().as_secs_f64() * 1_000.0;
    page.figure(Figure::new(format!("{addressed} copies handed to the mail server"), took, Unit::Ms, Budget::AtMost(30_000.0)));
    Ok(())
}

/// Takes every mail, and counts them.
fn mail_server() -> Result<(SocketAddr, Arc<AtomicUsize>)> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let (at, taken) = (listener.local_addr()?, Arc::new(AtomicUsize::new(0)));
    let counted = taken.clone();
    thread::spawn(move || {
        for caller in listener.incoming().flatten() {
            let counted = counted.clone();
            // Whoever hangs up has said all.
            thread::spawn(move || converse(caller, &counted));
        }
    });
    Ok((at, taken))
}

fn converse(caller: TcpStream, taken: &AtomicUsize) -> Result<()> {
    let mut say = caller.try_clone()?;
    let mut lines = BufReader::new(caller).lines();
    say.write_all(b"220 here\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        if line.eq_ignore_ascii_case("data") {
            say.write_all(b"354 go on\r\n")?;
            while lines.next().transpose()?.is_some_and(|line| line != ".") {}
            taken.fetch_add(1, Ordering::Relaxed);
        }
        say.write_all(b"250 fine\r\n")?;
    }
    Ok(())
}
