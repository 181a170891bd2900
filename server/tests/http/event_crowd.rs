//! Everybody answers an event at once, through HTTP: each reads where they stand, seats stay within the capacity, the line has no
//! gap and nobody twice, whatever organisers do meanwhile.

use domain::event::Answer;
use domain::id::EventId;
use futures::future::join_all;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::Value;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::coop::{answers, assert_invariants};
use crate::events::{Social, with};
use crate::house::Device;

/// Where an answer stands, as its outcome says it.
#[derive(Debug, PartialEq, Eq)]
enum Said {
    Seated(u64),
    Waiting(u64),
    Maybe,
    No,
    Refused(String),
}

impl Said {
    fn of(outcome: &Value) -> Said {
        let answered = &outcome["result"]["answered"];
        match (outcome["status"].as_str(), answered.as_str()) {
            (Some("refused"), _) => Said::Refused(outcome["reason"]["code"].as_str().expect("why").to_owned()),
            (Some("applied"), Some("maybe")) => Said::Maybe,
            (Some("applied"), Some("no")) => Said::No,
            (Some("applied"), None) => answered["seated"]["seats"].as_u64().map_or_else(
                || Said::Waiting(answered["waiting"]["at"].as_u64().unwrap_or_else(|| panic!("{outcome}"))),
                Said::Seated,
            ),
            _ => panic!("{outcome}"),
        }
    }
}

/// One act of one device, in a request of its own.
async fn says(social: &Social, device: &Device, event: EventId, answer: Answer, guests: u8) -> Said {
    let act = social.house.on_the_wire(answers(event, answer, guests));
    let told = social.house.commands(device, &[act]).await;
    assert_eq!(told.status, 200, "{}", told.text());
    Said::of(&told.json()["outcomes"][0])
}

async fn devices(social: &Social, count: usize) -> Vec<Device> {
    let mut devices = Vec::new();
    for n in 0..count {
        devices.push(social.house.signed_in(&format!("M{n}")).await);
    }
    devices
}

#[sqlx::test(migrations = false)]
async fn a_hundred_answer_at_once_to_twelve_seats_and_each_reads_where_they_stand(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let event = social.announced("12").await;
    let devices = devices(&social, 100).await;
    let guests = |n: usize| u8::try_from(n % 4).unwrap();
    let said = join_all(devices.iter().enumerate().map(|(n, device)| says(&social, device, event, Answer::Yes, guests(n)))).await;
    let (mut seats, mut places) = (0, Vec::new());
    for (n, said) in said.iter().enumerate() {
        match said {
            Said::Seated(people) => {
                assert_eq!(*people, 1 + u64::from(guests(n)), "a party sits together or not at all");
                seats += people;
            }
            Said::Waiting(place) => places.push(*place),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(seats, 12, "as many as there are: single people came, too");
    places.sort_unstable();
    assert_eq!(places, (1..=places.len() as u64).collect::<Vec<_>>(), "no gap and no double");
    let known = social.known(event).await;
    assert_eq!((known.seated(), known.line().len(), known.parties.len()), (12, places.len(), 100));
    social.house.coop.assert_event_is_sound(event).await;
    assert_invariants(&social.house.coop).await;
}

/// What an organiser's form for another capacity came to.
#[derive(Debug, PartialEq, Eq)]
enum Set {
    Done,
    FewerThanSeated,
}

async fn sets(social: &Social, event: EventId, capacity: u16) -> Set {
    let base = social.known(event).await.event.revision.to_string();
    let typed = capacity.to_string();
    let mut fields = with(&[("geste", "modifier"), ("capacity", typed.as_str()), ("children", "oui")]);
    fields.push(("base", &base));
    let told = social.does(event, &fields).await;
    match told.status.as_u16() {
        303 => Set::Done,
        422 if told.text().contains("la capacité ne peut pas être plus basse") => Set::FewerThanSeated,
        other => panic!("{other}: {}", told.text()),
    }
}

#[sqlx::test(migrations = false)]
async fn people_come_leave_and_bring_others_while_the_capacity_goes_up_and_down(_: PgPoolOptions, at: PgConnectOptions) {
    let seed = std::env::var("ALPAR_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(rand::random::<u64>);
    println!("ALPAR_SEED={seed}");
    let social = &Social::new(at).await;
    let event = social.announced("12").await;
    let devices = devices(social, 60).await;
    let answering = join_all(devices.iter().enumerate().map(|(n, device)| async move {
        let mut dice = StdRng::seed_from_u64(seed.wrapping_add(n as u64));
        for _ in 0..5 {
            let answer = match dice.random_range(0..10) {
                0..6 => Answer::Yes,
                6 => Answer::Maybe,
                _ => Answer::No,
            };
            let guests = dice.random_range(0..4);
            let said = says(social, device, event, answer, guests).await;
            let as_asked = match (&said, answer) {
                (Said::Seated(people), Answer::Yes) => *people == 1 + u64::from(guests),
                (Said::Waiting(place), Answer::Yes) => *place >= 1,
                // Whoever has seats and asks for more than there are keeps them.
                (Said::Refused(code), Answer::Yes) => code == "event_full",
                (Said::Maybe, Answer::Maybe) | (Said::No, Answer::No) => true,
                _ => false,
            };
            assert!(as_asked, "{answer:?} for {guests} more: {said:?}");
        }
    }));
    let changing = async {
        let mut dice = StdRng::seed_from_u64(seed.wrapping_sub(1));
        let mut refused = 0;
        for _ in 0..20 {
            refused += usize::from(sets(social, event, dice.random_range(8..30)).await == Set::FewerThanSeated);
            social.house.coop.assert_event_is_sound(event).await;
        }
        refused
    };
    let (_, refused) = futures::future::join(answering, changing).await;
    println!("{refused} of 20 capacities were too low for who had come");

    social.house.coop.assert_event_is_sound(event).await;
    assert_invariants(&social.house.coop).await;
    let known = social.known(event).await;
    let free = known.free().expect("a capacity");
    assert!(known.line().iter().all(|party| party.seats() > free), "nobody waits beside seats that are theirs");
    // Below what is taken is refused whatever else happens, and says so.
    if let Some(low) = known.seated().checked_sub(1).filter(|low| *low > 0) {
        assert_eq!(sets(social, event, low).await, Set::FewerThanSeated);
        assert_eq!(social.known(event).await, known);
    }
    // Everybody leaves at once: nobody is left on a seat or in line.
    let left = join_all(devices.iter().map(|device| says(social, device, event, Answer::No, 0))).await;
    assert!(left.iter().all(|said| *said == Said::No), "{left:?}");
    let known = social.known(event).await;
    assert_eq!((known.seated(), known.line().len()), (0, 0));
    social.house.coop.assert_event_is_sound(event).await;
}
