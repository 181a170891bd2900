//! Sorties: what was, what comes, a supper that is full, a series, and what Vie sociale is still writing.

mod texts;

use chrono::{Datelike, Duration, NaiveDate, NaiveTime};
use domain::event::{
    Answer, Attendee, Change, Details, Event, Facts, ForWhom, Gathering, Given, Hours, Partner, Party, Place, Price, Rhythm,
    Rule, Series, State, Terms, Times, answered, id_of as occurrence, served,
};
use domain::id::{EventId, GroupId, MemberId, SeriesId};
use domain::time::{Instant, paris_day, paris_instant, plus_days};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::cast::{CAMILLE, HUGO, INES, KARIM, LEA, NOUR, THEO, id_of};
use super::dice::Dice;
use super::people::Person;
use super::write::rows;
use crate::brief::html;
use crate::error::Error;
use crate::event::row_of;
use texts::{COMMENTS, EVENTS, ITEMS, POSTS, SOUP, SUPPERS, Stands, Text, When};

/// Any number would do; this one is kept.
const SEED: u64 = 20_261_204;

pub async fn events(conn: &mut PgConnection, people: &[Person], now: Instant) -> Result<(), Error> {
    let mut dice = Dice::new(SEED);
    let today = paris_day(now);
    let mut all: Vec<(Gathering, Option<NaiveDate>)> = EVENTS.iter().map(|text| (one(text, today), None)).collect();
    let (series, suppers) = soup(today);
    all.extend(suppers);
    for (at, text) in EVENTS.iter().enumerate() {
        answer(&mut all[at].0, text.answers, people, &mut dice, now);
        if let Stands::Cancelled(word) = text.stands {
            all[at].0.event.state = State::Cancelled { at: now - Duration::hours(20), word: word.to_owned() };
        }
    }
    // The first supper: the cast, then others until it is full and somebody waits.
    let first = &mut all[EVENTS.len()].0;
    for (who, guests) in [(LEA.id(), 1), (KARIM.id(), 0), (NOUR.id(), 2)] {
        say(first, who, Answer::Yes, guests, now - Duration::days(4));
    }
    answer(first, SOUP.answers, people, &mut dice, now);
    say(first, HUGO.id(), Answer::Yes, 1, now - Duration::hours(3));
    let first = first.clone();
    write(conn, &series, &all, now).await?;
    lists(conn, &first, now).await
}

/// The day on which an event is.
fn day(when: &When, today: NaiveDate) -> NaiveDate {
    let from = today + Duration::days(when.in_days);
    let ahead = (i64::from(when.weekday) - i64::from(from.weekday().num_days_from_monday())).rem_euclid(7);
    from + Duration::days(ahead)
}

fn terms(text: &Text, day: NaiveDate) -> Terms {
    let from = NaiveTime::from_hms_opt(text.when.from.0, text.when.from.1, 0).unwrap_or_default();
    let starts_at = paris_instant(day, from);
    let price = match text.cents {
        None => Price::Open,
        Some(0) => Price::Free,
        Some(cents) => Price::Fixed { cents },
    };
    Terms {
        details: Details {
            title: text.title.to_owned(),
            text: text.text.to_owned(),
            cover: None,
            place: Place { name: text.place.to_owned(), map: None },
            guests: text.guests,
            children: text.children,
            for_whom: if text.public { ForWhom::Public } else { ForWhom::Members },
            price,
            with: text.with.map(|name| Partner::Outside(name.to_owned())),
        },
        times: Times { starts_at, ends_at: starts_at + Duration::minutes(text.when.lasts), closes_at: starts_at },
        capacity: text.capacity,
    }
}

fn one(text: &Text, today: NaiveDate) -> Gathering {
    let terms = terms(text, day(&text.when, today));
    let state = match text.stands {
        Stands::Draft => State::Draft,
        _ => State::Published { at: terms.times.starts_at - Duration::days(40) },
    };
    Gathering::new(Event {
        id: EventId(id_of(&format!("event/{}", text.title))),
        series: None,
        group: GroupId(id_of(&format!("group/{}", text.group))),
        terms,
        state,
        sequence: 0,
        revision: 1,
    })
}

fn soup(today: NaiveDate) -> (Series, Vec<(Gathering, Option<NaiveDate>)>) {
    let first = day(&SOUP.when, today);
    let terms = terms(&SOUP, first);
    let rule = Rule { first, rhythm: Rhythm::Weekly { every: 1 }, until: plus_days(first, 7 * (SUPPERS - 1)) };
    let group = GroupId(id_of(&format!("group/{}", SOUP.group)));
    let series = Series { id: SeriesId(id_of("series/soupe")), group, rule, terms: terms.clone() };
    let hours = Hours::of(first, &terms.times);
    let suppers = (0..SUPPERS).map(|week| {
        let on = plus_days(first, 7 * week);
        let event = Event {
            id: occurrence(series.id, on),
            series: Some(series.id),
            group,
            terms: Terms { times: hours.on(on), ..terms.clone() },
            state: State::Published { at: series.terms.times.starts_at - Duration::days(20) },
            sequence: 0,
            revision: 1,
        };
        (Gathering::new(event), Some(on))
    });
    let suppers = suppers.collect();
    (series, suppers)
}

/// So many people of the register answer, most of them « oui ».
fn answer(known: &mut Gathering, count: usize, people: &[Person], dice: &mut Dice, now: Instant) {
    let last = now.min(known.event.terms.times.closes_at) - Duration::hours(1);
    for nth in 0..count {
        let Some(person) = dice.pick(people).filter(|person| !person.in_cast && person.joined_on < paris_day(last)) else {
            continue;
        };
        let answer = match dice.below(10) {
            0 => Answer::Maybe,
            1 => Answer::No,
            _ => Answer::Yes,
        };
        let guests = dice.below(usize::from(known.event.terms.details.guests) + 1).min(2);
        let back = Duration::minutes(i64::try_from((count - nth) * 47).unwrap_or(0));
        say(known, person.id, answer, u8::try_from(guests).unwrap_or(0), last - back);
    }
}

/// By the rules: whoever finds no seat waits, in line.
fn say(known: &mut Gathering, member: MemberId, answer: Answer, guests: u8, at: Instant) {
    let given = Given {
        who: Attendee::Member(member),
        answer,
        guests,
        children: 0,
        note: String::new(),
        diet: String::new(),
        hidden: false,
    };
    if let Ok(Some(party)) = answered(known, &given, at) {
        known.apply(&Change::Answered(party));
        for change in served(known, at).changes() {
            known.apply(&change);
        }
    }
}

async fn write(
    conn: &mut PgConnection,
    series: &Series,
    all: &[(Gathering, Option<NaiveDate>)],
    now: Instant,
) -> Result<(), Error> {
    let row = json!({
        "event_series_id": series.id, "group_id": series.group, "rule": series.rule, "terms": series.terms,
        "by_member": THEO.id(), "at": now,
    });
    rows!(conn, "event_series", "event_series_id, group_id, rule, terms, by_member, at", [row]);
    rows!(
        conn,
        "event",
        "event_id, event_series_id, on_day, group_id, details, html, starts_at, ends_at, closes_at, capacity, seated, state, sequence, revision, told, edited_at, by_member",
        all.iter().map(|(known, day)| event_row(known, *day, now))
    );
    let parties = all.iter().flat_map(|(known, _)| known.parties.values().map(|party| party_row(known.event.id, party)));
    rows!(
        conn,
        "event_party",
        "event_id, member_id, standing, ticket, guests, children, note, diet, hidden, answered_at",
        parties
    );
    Ok(())
}

fn event_row(known: &Gathering, day: Option<NaiveDate>, now: Instant) -> Value {
    let Event { id, series, group, terms, state, sequence, revision } = &known.event;
    let by = if terms.details.for_whom == ForWhom::Public { INES.id() } else { THEO.id() };
    json!({
        "event_id": id, "event_series_id": series, "on_day": day, "group_id": group, "details": terms.details,
        "html": html(&terms.details.text), "starts_at": terms.times.starts_at, "ends_at": terms.times.ends_at,
        "closes_at": terms.times.closes_at, "capacity": terms.capacity, "seated": known.seated(), "state": state,
        "sequence": sequence, "revision": revision, "told": (!state.is_draft()).then(|| Facts::of(&known.event)),
        "edited_at": now, "by_member": by,
    })
}

fn party_row(event: EventId, party: &Party) -> Value {
    let member = match party.who {
        Attendee::Member(member) => Some(member),
        Attendee::Visitor(_) => None,
    };
    let (standing, ticket) = row_of(party.standing);
    json!({
        "event_id": event, "member_id": member, "standing": standing, "ticket": ticket, "guests": party.guests,
        "children": party.children, "note": party.note, "diet": party.diet, "hidden": party.hidden,
        "answered_at": party.answered_at,
    })
}

/// What is to be brought to the first supper and done there, and what two people said under it.
async fn lists(conn: &mut PgConnection, first: &Gathering, now: Instant) -> Result<(), Error> {
    let event = first.event.id;
    let id = |what: &str| id_of(&format!("{event}/{what}"));
    let line = |key: &str, (rank, (label, wanted)): (usize, &(&str, u16))| json!({ key: id(label), "event_id": event, "rank": rank, "label": label, "wanted": wanted });
    rows!(
        conn,
        "bring_item",
        "bring_item_id, event_id, rank, label, wanted",
        ITEMS.iter().enumerate().map(|it| line("bring_item_id", it))
    );
    rows!(
        conn,
        "helper_post",
        "helper_post_id, event_id, rank, label, wanted",
        POSTS.iter().enumerate().map(|it| line("helper_post_id", it))
    );
    let car = json!({
        "carpool_id": id("car"), "event_id": event, "driver": KARIM.id(), "place": "Gare d’Annecy", "note": "18 h 30, devant les taxis",
        "seats": 3, "withdrawn": false,
    });
    rows!(conn, "carpool", "carpool_id, event_id, driver, place, note, seats, withdrawn", [car]);
    let claim = |thing: &str, what: &str, member: MemberId, quantity: u8| json!({ "event_id": event, "thing_id": id(thing), "member_id": member, "what": what, "quantity": quantity });
    let claims = [
        claim("Pains", "item", LEA.id(), 2),
        claim("Desserts", "item", NOUR.id(), 1),
        claim("Tenir le bar", "post", KARIM.id(), 1),
        claim("Éplucher, dès 17 h", "post", LEA.id(), 1),
        claim("car", "carpool", NOUR.id(), 1),
    ];
    rows!(conn, "event_claim", "event_id, thing_id, member_id, what, quantity", claims);
    let said = COMMENTS.iter().zip([NOUR.id(), CAMILLE.id()]).enumerate().map(|(nth, (text, by))| {
        let at = now - Duration::hours(30 - 7 * i64::try_from(nth).unwrap_or(0));
        json!({ "event_comment_id": id(text), "event_id": event, "by_member": by, "at": at, "text": text })
    });
    rows!(conn, "event_comment", "event_comment_id, event_id, by_member, at, text", said);
    Ok(())
}
