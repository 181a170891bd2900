//! Events on real PostgreSQL: who has a seat, whoever answers at once; who is told, and how often; what each may see.

mod coop;

use backend::error::Error;
use backend::event::{self, Edit};
use backend::{jobs, notify};
use chrono::Duration;
use coop::{Coop, answers, assert_invariants, paris};
use domain::command::Command;
use domain::event::{Answer, Attendee, Changed, Mistake, Placed, Scope, Standing, State, Terms, Wanted, What};
use domain::id::{BringItemId, CommentId, EventId, HelperPostId, MemberId};
use domain::notice::Notice;
use domain::outcome::Outcome;
use domain::reason::Reason;
use domain::time::{paris_day, plus_days};
use futures::future::join_all;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::types::Json;

async fn edits(coop: &Coop, who: MemberId, event: EventId, terms: Terms) -> Result<(), Vec<Mistake>> {
    let base = coop.gathering(event).await.event.revision;
    let edit = Edit { form: coop.id(), base, scope: Scope::This, terms, rule: None };
    event::edit(&coop.backend, who, event, &edit).await.unwrap()
}

async fn notices(coop: &Coop, member: MemberId) -> Vec<Notice> {
    let told: Vec<Json<Notice>> = sqlx::query_scalar("select notice from notice where member_id = $1 order by at, notice_id")
        .bind(member)
        .fetch_all(&coop.backend.pool)
        .await
        .unwrap();
    told.into_iter().map(|Json(notice)| notice).collect()
}

#[sqlx::test(migrations = false)]
async fn a_hundred_answers_at_once_to_twelve_seats(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let theo = coop.organiser().await;
    let event = coop.announces(theo, &coop.supper("Soirée soupe", 10, "12")).await;
    let people = coop.members(100).await;
    let guests = |n: usize| u8::try_from(n % 4).unwrap();
    let outcomes =
        join_all(people.iter().enumerate().map(|(n, who)| coop.act(*who, answers(event, Answer::Yes, guests(n))))).await;
    let (mut seated, mut places) = (0, Vec::new());
    for outcome in &outcomes {
        let Outcome::Applied { result } = outcome else { panic!("{outcome:?}") };
        match result.answered.expect("every answer says where it stands") {
            Placed::Seated { seats } => seated += seats,
            Placed::Waiting { at, .. } => places.push(at),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(seated, 12, "as many as there are seats: single people came, too");
    places.sort_unstable();
    assert_eq!(places, (1..=u16::try_from(places.len()).unwrap()).collect::<Vec<_>>(), "no gap and no double");
    coop.assert_event_is_sound(event).await;
    let known = coop.gathering(event).await;
    assert_eq!((known.seated(), known.line().len(), known.parties.len()), (12, places.len(), 100));
    assert_invariants(&coop).await;
}

#[sqlx::test(migrations = false)]
async fn cancellations_and_capacities_meanwhile_leave_everything_true(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let theo = coop.organiser().await;
    let event = coop.announces(theo, &coop.supper("Soirée soupe", 10, "12")).await;
    let people = coop.members(40).await;
    let coop = &coop;
    let changing = async {
        for capacity in ["14", "12", "20", "9", "16", "12"] {
            let terms = coop.supper("Soirée soupe", 10, capacity);
            loop {
                let base = coop.gathering(event).await.event.revision;
                let edit = Edit { form: coop.id(), base, scope: Scope::This, terms: terms.clone(), rule: None };
                match event::edit(&coop.backend, theo, event, &edit).await.unwrap() {
                    Ok(()) => break,
                    Err(mistakes) if matches!(mistakes[..], [Mistake::Stale { .. }]) => {}
                    Err(mistakes) => {
                        assert!(matches!(mistakes[..], [Mistake::FewerThanSeated { .. }]), "{mistakes:?}");
                        break;
                    }
                }
            }
            coop.assert_event_is_sound(event).await;
        }
    };
    let answering = join_all(people.iter().enumerate().map(|(n, who)| async move {
        for round in 0..4 {
            let answer = match (n + round) % 5 {
                0 => Answer::No,
                1 if round > 1 => Answer::Maybe,
                _ => Answer::Yes,
            };
            let outcome = coop.act(*who, answers(event, answer, u8::try_from((n * 7 + round) % 4).unwrap())).await;
            let typed = match &outcome {
                Outcome::Applied { result } => result.answered.is_some(),
                Outcome::Refused { reason } => matches!(reason, Reason::EventFull { .. }),
            };
            assert!(typed, "{outcome:?}");
        }
    }));
    futures::future::join(changing, answering).await;
    coop.assert_event_is_sound(event).await;
    let known = coop.gathering(event).await;
    let free = known.free().unwrap();
    assert!(known.line().iter().all(|party| party.seats() > free), "nobody waits beside a seat that is theirs");
}

#[sqlx::test(migrations = false)]
async fn the_same_answer_again_is_one_answer(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let theo = coop.organiser().await;
    let event = coop.announces(theo, &coop.supper("Soirée soupe", 10, "1")).await;
    let (lea, karim) = (coop.member("Léa").await, coop.member("Karim").await);
    let yes = coop.envelope(answers(event, Answer::Yes, 0));
    let outcomes = join_all((0..12).map(|_| coop.perform(lea, &yes))).await;
    assert!(outcomes.windows(2).all(|pair| pair[0] == pair[1]));
    assert_eq!(coop.answers(karim, event, Answer::Yes, 0).await, Placed::Waiting { at: 1, free: 0 });
    coop.answers(lea, event, Answer::No, 0).await;
    // What was answered once is answered again as it was, and changes nothing.
    assert_eq!(coop.perform(lea, &yes).await, outcomes[0]);
    assert!(coop.gathering(event).await.party_of(karim).unwrap().is_seated());
    coop.assert_event_is_sound(event).await;
}

#[sqlx::test(migrations = false)]
async fn a_seat_that_comes_free_goes_to_the_first_party_that_fits_and_they_are_told(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let theo = coop.organiser().await;
    let event = coop.announces(theo, &coop.supper("Soirée soupe", 10, "2")).await;
    let (lea, karim, hugo, nour) =
        (coop.member("Léa").await, coop.member("Karim").await, coop.member("Hugo").await, coop.member("Nour").await);
    coop.answers(lea, event, Answer::Yes, 0).await;
    coop.answers(karim, event, Answer::Yes, 0).await;
    assert_eq!(coop.answers(hugo, event, Answer::Yes, 1).await, Placed::Waiting { at: 1, free: 0 });
    assert_eq!(coop.answers(nour, event, Answer::Yes, 0).await, Placed::Waiting { at: 2, free: 0 });
    assert_eq!(coop.me(nour).await.answers[0].at, Some(2));
    coop.answers(lea, event, Answer::No, 0).await;
    assert_eq!(coop.told(nour).await, ["event_promoted"]);
    assert!(coop.told(hugo).await.is_empty());
    let (mine, his) = (coop.me(nour).await, coop.me(hugo).await);
    assert_eq!((mine.answers[0].party.standing, mine.answers[0].at), (Standing::Seated, None));
    assert_eq!(his.answers[0].at, Some(1));
    let shown = coop.events().await.events.remove(0);
    assert_eq!((shown.seats, shown.waiting, shown.coming), (2, 1, vec![karim, nour]));
}

#[sqlx::test(migrations = false)]
async fn within_a_day_the_first_tap_of_the_line_wins(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let theo = coop.organiser().await;
    let event = coop.announces(theo, &coop.supper("Soirée soupe", 10, "1")).await;
    let lea = coop.member("Léa").await;
    let line = coop.members(8).await;
    coop.answers(lea, event, Answer::Yes, 0).await;
    for who in &line {
        coop.answers(*who, event, Answer::Yes, 0).await;
    }
    coop.turns(coop.gathering(event).await.event.terms.times.starts_at - Duration::hours(20));
    coop.answers(lea, event, Answer::No, 0).await;
    for who in &line {
        assert_eq!(coop.told(*who).await, ["event_seats_free"]);
    }
    let placed = join_all(line.iter().map(|who| coop.answers(*who, event, Answer::Yes, 0))).await;
    assert_eq!(placed.iter().filter(|placed| matches!(placed, Placed::Seated { .. })).count(), 1);
    coop.assert_event_is_sound(event).await;
}

#[sqlx::test(migrations = false)]
async fn a_draft_is_seen_by_its_organisers_alone_and_comes_out_at_its_hour(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (theo, lea) = (coop.organiser().await, coop.member("Léa").await);
    let event = coop.draft(theo, &coop.supper("Soirée soupe", 10, "12")).await;
    assert!(coop.events().await.events.is_empty());
    assert_eq!(coop.refused(lea, answers(event, Answer::Yes, 0)).await, Reason::EventNotOut);
    assert!(matches!(event::overview(&coop.backend, lea, event).await, Err(Error::NotAllowed)));
    assert_eq!(event::drafts(&coop.backend, theo).await.unwrap().len(), 1);
    assert!(event::drafts(&coop.backend, lea).await.unwrap().is_empty());
    assert!(matches!(event::publish(&coop.backend, lea, event, coop.id(), Scope::This, None).await, Err(Error::NotAllowed)));

    let out = coop.now() + Duration::hours(6);
    event::publish(&coop.backend, theo, event, coop.id(), Scope::This, Some(out)).await.unwrap().unwrap();
    event::due(&coop.backend).await.unwrap();
    assert!(coop.events().await.events.is_empty());
    coop.turns(out);
    join_all((0..4).map(|_| event::due(&coop.backend))).await;
    let shown = coop.events().await.events.remove(0);
    assert_eq!(shown.event.state, State::Published { at: out });
    assert_eq!(shown.html.trim(), "<p>On épluche dès <strong>17 h</strong>.</p>");
    assert!(shown.event.terms.details.text.is_empty(), "what was typed stays with its organisers");
    assert_eq!(coop.count("select count(*) from due_work where kind = 'events'").await, 1);
    let late = event::publish(&coop.backend, theo, event, coop.id(), Scope::This, None).await.unwrap();
    assert_eq!(late, Err(vec![Mistake::NotNow]));
}

#[sqlx::test(migrations = false)]
async fn a_capacity_below_what_is_taken_is_refused_with_the_figure_and_changes_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let theo = coop.organiser().await;
    let event = coop.announces(theo, &coop.supper("Soirée soupe", 10, "4")).await;
    let people = coop.members(7).await;
    for who in &people {
        coop.answers(*who, event, Answer::Yes, 0).await;
    }
    let before = coop.gathering(event).await;
    let fewer = edits(&coop, theo, event, coop.supper("Autre titre", 10, "3")).await;
    assert_eq!(fewer, Err(vec![Mistake::FewerThanSeated { seated: 4 }]));
    assert_eq!(coop.gathering(event).await, before);
    edits(&coop, theo, event, coop.supper("Soirée soupe", 10, "6")).await.unwrap();
    for who in &people[4..6] {
        assert_eq!(coop.told(*who).await, ["event_promoted"]);
    }
    assert!(coop.told(people[6]).await.is_empty());
    coop.assert_event_is_sound(event).await;
    let guard = sqlx::query("update event set capacity = 5 where event_id = $1").bind(event).execute(&coop.backend.pool).await;
    assert!(guard.is_err(), "the database says so, too");
}

#[sqlx::test(migrations = false)]
async fn what_became_otherwise_is_told_once_for_a_burst_of_edits(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let theo = coop.organiser().await;
    let terms = coop.supper("Soirée soupe", 10, "2");
    let event = coop.announces(theo, &terms).await;
    let (yes, maybe, waits, no, stranger) = (
        coop.member("Léa").await,
        coop.member("Karim").await,
        coop.member("Hugo").await,
        coop.member("Nour").await,
        coop.member("Idris").await,
    );
    coop.answers(yes, event, Answer::Yes, 1).await;
    coop.answers(maybe, event, Answer::Maybe, 0).await;
    coop.answers(waits, event, Answer::Yes, 0).await;
    coop.answers(no, event, Answer::No, 0).await;
    let started = coop.now();
    let mut moved = terms.clone();
    moved.times.starts_at += Duration::hours(1);
    moved.times.ends_at += Duration::hours(1);
    moved.times.closes_at += Duration::hours(1);
    edits(&coop, theo, event, moved.clone()).await.unwrap();
    coop.turns(started + Duration::minutes(6));
    moved.details.place.name = "Au parc".into();
    edits(&coop, theo, event, moved.clone()).await.unwrap();
    coop.turns(started + Duration::minutes(12));
    event::due(&coop.backend).await.unwrap();
    assert!(coop.told(yes).await.is_empty(), "somebody is still writing");
    coop.turns(started + Duration::minutes(16));
    join_all((0..4).map(|_| event::due(&coop.backend))).await;
    event::due(&coop.backend).await.unwrap();
    for who in [yes, maybe, waits] {
        let [Notice::EventChanged { starts_at, changed, .. }] = &notices(&coop, who).await[..] else {
            panic!("{:?}", notices(&coop, who).await)
        };
        assert_eq!(*starts_at, moved.times.starts_at);
        assert_eq!(changed.len(), 2, "the start and the place: {changed:?}");
    }
    for who in [no, stranger, theo] {
        assert!(coop.told(who).await.is_empty());
    }
    assert_eq!(coop.gathering(event).await.event.sequence, 2);
    // A text alone is no news; nor is what was put back.
    let mut other = moved.clone();
    other.details.text = "On épluche à 16 h.".into();
    edits(&coop, theo, event, other.clone()).await.unwrap();
    edits(&coop, theo, event, Terms { times: terms.times, ..other.clone() }).await.unwrap();
    edits(&coop, theo, event, other.clone()).await.unwrap();
    coop.turns(started + Duration::hours(2));
    event::due(&coop.backend).await.unwrap();
    assert_eq!(coop.told(yes).await, ["event_changed"]);
    // Cancelled, with a word; it stays to be seen until the day after.
    let cancels = |word: &'static str| event::cancel(&coop.backend, theo, event, coop.id(), Scope::This, word);
    assert_eq!(cancels("").await.unwrap(), Err(vec![Mistake::WordMissing]));
    cancels("Panne de four").await.unwrap().unwrap();
    assert!(
        matches!(coop.refused(maybe, answers(event, Answer::Yes, 0)).await, Reason::EventCancelled { word, .. } if word == "Panne de four")
    );
    coop.turns(started + Duration::hours(3));
    event::due(&coop.backend).await.unwrap();
    assert_eq!(coop.told(waits).await, ["event_changed", "event_cancelled"]);
    assert!(coop.told(no).await.is_empty());
    let day = paris_day(other.times.starts_at);
    coop.turns(paris(plus_days(day, 1), 23, 0));
    assert_eq!(coop.events().await.events.len(), 1);
    coop.turns(paris(plus_days(day, 2), 0, 0));
    assert!(coop.events().await.events.is_empty());
}

#[sqlx::test(migrations = false)]
async fn what_is_back_in_time_is_told_to_nobody_and_what_stays_back_is(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (theo, lea) = (coop.organiser().await, coop.member("Léa").await);
    let event = coop.announces(theo, &coop.supper("Soirée soupe", 10, "2")).await;
    coop.answers(lea, event, Answer::Yes, 0).await;
    event::cancel(&coop.backend, theo, event, coop.id(), Scope::This, "Neige").await.unwrap().unwrap();
    event::restore(&coop.backend, theo, event, coop.id()).await.unwrap().unwrap();
    coop.turns(coop.now() + Duration::hours(1));
    event::due(&coop.backend).await.unwrap();
    assert!(coop.told(lea).await.is_empty());
    event::cancel(&coop.backend, theo, event, coop.id(), Scope::This, "Neige").await.unwrap().unwrap();
    coop.turns(coop.now() + Duration::hours(1));
    event::due(&coop.backend).await.unwrap();
    event::restore(&coop.backend, theo, event, coop.id()).await.unwrap().unwrap();
    coop.turns(coop.now() + Duration::hours(1));
    event::due(&coop.backend).await.unwrap();
    let told = notices(&coop, lea).await;
    assert!(matches!(&told[1], Notice::EventChanged { changed, .. } if *changed == [Changed::Back]), "{told:?}");
}

#[sqlx::test(migrations = false)]
async fn who_comes_is_reminded_once_and_nobody_of_what_does_not_take_place(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let theo = coop.organiser().await;
    let event = coop.announces(theo, &coop.supper("Soirée soupe", 3, "12")).await;
    let other = coop.announces(theo, &coop.supper("Jeux", 3, "12")).await;
    let (lea, karim) = (coop.member("Léa").await, coop.member("Karim").await);
    coop.answers(lea, event, Answer::Yes, 0).await;
    coop.answers(karim, event, Answer::Maybe, 0).await;
    coop.answers(lea, other, Answer::Yes, 0).await;
    let day = plus_days(paris_day(coop.now()), 3);
    let written = "select count(*) from delivery where notice->>'kind' = 'event_reminder'";
    coop.turns(paris(day, 7, 59));
    assert_eq!(event::remind(&coop.backend).await.unwrap(), 0);
    coop.turns(paris(day, 8, 0));
    join_all((0..4).map(|_| event::remind(&coop.backend))).await;
    assert_eq!(coop.count(written).await, 2, "Léa, of each");
    event::cancel(&coop.backend, theo, other, coop.id(), Scope::This, "Neige").await.unwrap().unwrap();
    coop.turns(paris(day, 18, 5));
    event::remind(&coop.backend).await.unwrap();
    event::remind(&coop.backend).await.unwrap();
    assert_eq!(coop.count(written).await, 3, "an hour before, of the one that takes place");
    // What was planned before it was cancelled is not sent.
    let mut told = Vec::new();
    while let Some(batch) = notify::next(&coop.backend, domain::notify::Channel::Mail).await.unwrap() {
        told.extend(batch.waiting.iter().map(|waiting| waiting.notice.event()));
        notify::settle(&coop.backend, &batch.waiting, &notify::Came::Sent, &[]).await.unwrap();
    }
    assert_eq!(told, [Some(event), Some(event)]);
}

#[sqlx::test(migrations = false)]
async fn of_three_salads_three_are_brought_whoever_taps_at_once(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let theo = coop.organiser().await;
    let event = coop.announces(theo, &coop.supper("Soirée soupe", 10, "")).await;
    let wants = |label: &str, of: &str| Wanted::read(None, label, of).unwrap().unwrap();
    let (items, posts) = (vec![wants("Salades", "3")], vec![Wanted::<HelperPostId>::read(None, "Le bar", "2").unwrap().unwrap()]);
    coop.wants(theo, event, Scope::This, &items, &posts).await.unwrap();
    let known = coop.gathering(event).await;
    let (item, post) = (known.items[0].id, known.posts[0].id);
    let people = coop.members(12).await;
    join_all(people.iter().map(|who| coop.answers(*who, event, Answer::Yes, 0))).await;
    let outcomes = join_all(people.iter().map(|who| coop.act(*who, Command::ClaimItem { event, item, quantity: 1 }))).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_applied()).count(), 3);
    let outcomes = join_all(people.iter().map(|who| coop.act(*who, Command::ClaimPost { event, post }))).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_applied()).count(), 2);
    let known = coop.gathering(event).await;
    assert_eq!((known.claims(What::Item(item)).unwrap().claimed(), known.claims(What::Post(post)).unwrap().claimed()), (3, 2));
    // What somebody has taken on does not go from the list.
    let gone: [Wanted<BringItemId>; 0] = [];
    let refused = coop.wants(theo, event, Scope::This, &gone, &posts).await;
    assert!(matches!(&refused.unwrap_err()[0], Mistake::FewerThanClaimed { claimed: 3, .. }));
    let helper = *known.claims(What::Post(post)).unwrap().by.keys().next().unwrap();
    coop.answers(helper, event, Answer::No, 0).await;
    assert_eq!(coop.gathering(event).await.claims(What::Post(post)).unwrap().claimed(), 1);
    assert_invariants(&coop).await;
}

#[sqlx::test(migrations = false)]
async fn everybody_sees_the_same_and_what_is_private_is_in_ones_own(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let theo = coop.organiser().await;
    let event = coop.announces(theo, &coop.supper("Soirée soupe", 1, "12")).await;
    let items = [Wanted::<BringItemId>::read(None, "Salades", "3").unwrap().unwrap()];
    coop.wants(theo, event, Scope::This, &items, &[]).await.unwrap();
    let item = coop.gathering(event).await.items[0].id;
    let (lea, karim) = (coop.member("Léa").await, coop.member("Karim").await);
    let hidden = Command::AnswerEvent {
        event,
        answer: Answer::Yes,
        guests: 1,
        children: 1,
        note: "On arrive tard".into(),
        diet: "Sans noix".into(),
        hidden: true,
    };
    coop.does(lea, hidden).await;
    coop.does(lea, Command::ClaimItem { event, item, quantity: 2 }).await;
    coop.answers(karim, event, Answer::Yes, 0).await;
    let shown = coop.events().await;
    let text = serde_json::to_string(&shown).unwrap();
    assert!(!text.contains("noix") && !text.contains("tard") && !text.contains(&lea.to_string()), "{text}");
    let one = &shown.events[0];
    assert_eq!((one.seats, one.children, one.coming.as_slice()), (3, 1, [karim].as_slice()));
    assert_eq!((one.items[0].claims.unnamed, one.items[0].claims.left()), (2, 1));
    let mine = coop.me(lea).await;
    assert_eq!((mine.answers[0].party.diet.as_str(), mine.answers[0].claims[0].quantity), ("Sans noix", 2));
    assert!(mine.arrivals.is_empty() && mine.organises.is_empty());
    // Its organisers have the list at the door, from the day before on.
    assert!(coop.me(theo).await.arrivals.is_empty());
    coop.turns(coop.gathering(event).await.event.terms.times.starts_at - Duration::hours(20));
    let his = coop.me(theo).await;
    let list = &his.arrivals[0];
    assert_eq!(
        list.expected.iter().map(|party| (party.name.as_str(), party.seats)).collect::<Vec<_>>(),
        [("Karim T.", 1), ("Léa T.", 2)]
    );
    assert!(!his.organises.is_empty());
    coop.turns(coop.gathering(event).await.event.terms.times.starts_at);
    let ticks = Command::TickArrival { event, who: Attendee::Member(lea), came: true, at: None };
    assert_eq!(coop.refused(karim, ticks.clone()).await, Reason::NotAllowed);
    coop.does(theo, ticks).await;
    assert_eq!(coop.me(theo).await.arrivals[0].arrivals.len(), 1);
}

#[sqlx::test(migrations = false)]
async fn comments_are_written_moderated_and_gone(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (theo, lea, karim) = (coop.organiser().await, coop.member("Léa").await, coop.member("Karim").await);
    let event = coop.announces(theo, &coop.supper("Soirée soupe", 10, "12")).await;
    let comment = CommentId(coop.id());
    coop.does(lea, Command::CommentEvent { comment, event, text: "<b>Super</b>".into() }).await;
    assert_eq!(coop.events().await.events[0].comments[0].text, "<b>Super</b>");
    let other = Command::CommentEvent { comment, event, text: "Autre".into() };
    assert_eq!(coop.refused(karim, other).await, Reason::IdReused);
    let removes = Command::RemoveComment { comment, event };
    assert!(matches!(coop.refused(karim, removes.clone()).await, Reason::NotYourComment { .. }));
    coop.does(theo, removes.clone()).await;
    assert_eq!(coop.refused(theo, removes).await, Reason::UnknownComment);
    assert!(coop.events().await.events[0].comments.is_empty());
}

#[sqlx::test(migrations = false)]
async fn only_its_organisers_touch_an_event_and_nobody_overwrites_anybody(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (theo, lea) = (coop.organiser().await, coop.member("Léa").await);
    coop.in_group(lea, "distribution").await;
    let event = coop.announces(theo, &coop.supper("Soirée soupe", 10, "12")).await;
    let terms = coop.supper("À moi", 10, "12");
    let edit = Edit { form: coop.id(), base: 2, scope: Scope::This, terms: terms.clone(), rule: None };
    assert!(matches!(event::edit(&coop.backend, lea, event, &edit).await, Err(Error::NotAllowed)));
    let word = event::write_to_all(&coop.backend, lea, event, coop.id(), "Coucou").await;
    assert!(matches!(word, Err(Error::NotAllowed)));
    let group = coop.group("distribution").await;
    let created = event::create(&coop.backend, lea, coop.id(), group, &terms, None).await;
    assert!(matches!(created, Err(Error::NotAllowed)), "a member of a group is not its referent");
    coop.sql(&format!("update group_member set referent = true where member_id = '{lea}'")).await;
    let theirs = event::create(&coop.backend, lea, coop.id(), group, &terms, None).await.unwrap().unwrap();
    assert_eq!(coop.gathering(theirs).await.event.group, group);
    // Two organisers at once: the second is shown what the first wrote.
    let base = coop.gathering(event).await.event.revision;
    let one = Edit { form: coop.id(), base, scope: Scope::This, terms: coop.supper("Un", 10, "12"), rule: None };
    let two = Edit { form: coop.id(), base, scope: Scope::This, terms: coop.supper("Deux", 10, "12"), rule: None };
    event::edit(&coop.backend, theo, event, &one).await.unwrap().unwrap();
    // A form sent twice is one act.
    event::edit(&coop.backend, theo, event, &one).await.unwrap().unwrap();
    let stale = event::edit(&coop.backend, theo, event, &two).await.unwrap();
    assert_eq!(stale, Err(vec![Mistake::Stale { revision: base + 1 }]));
    assert_eq!(coop.gathering(event).await.event.terms.details.title, "Un");
}

#[sqlx::test(migrations = false)]
async fn an_event_that_is_over_forgets_what_was_for_its_organisers(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (theo, lea) = (coop.organiser().await, coop.member("Léa").await);
    let event = coop.announces(theo, &coop.supper("Soirée soupe", 1, "12")).await;
    let tells = Command::AnswerEvent {
        event,
        answer: Answer::Yes,
        guests: 0,
        children: 0,
        note: "On arrive tard".into(),
        diet: "Sans noix".into(),
        hidden: false,
    };
    coop.does(lea, tells).await;
    coop.turns(coop.now() + Duration::days(20));
    jobs::purge(&coop.backend).await.unwrap();
    assert_eq!(coop.gathering(event).await.party_of(lea).unwrap().diet, "Sans noix");
    coop.turns(coop.now() + Duration::days(20));
    jobs::purge(&coop.backend).await.unwrap();
    let party = coop.gathering(event).await.party_of(lea).unwrap().clone();
    assert_eq!((party.note.as_str(), party.diet.as_str(), party.is_seated()), ("", "", true));
}
