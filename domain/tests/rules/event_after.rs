//! What is left of an event: photos by those who were there, and what becomes of one that somebody does not want shown.

use chrono::Duration;
use domain::brief::{Picture, SaidMistake};
use domain::command::Command;
use domain::event::{
    Arrival, Attendee, Events, Gathering, Mine, PHOTOS_CAP, PHOTOS_OF_ONE_CAP, Party, Photo, PhotoWindow, Shown, Standing, State,
    photos_left, who_came,
};
use domain::id::{CommandId, MemberId, PictureId, VisitorId};
use domain::notice::Notice;
use domain::notify::{Ties, concerns, is_still_true};
use domain::outbox::{Outbox, depends};
use domain::overlay::laid_over_events;
use domain::reason::Reason;
use domain::sheet::Said;
use domain::time::Instant;
use domain::view::Seen;
use domain::view::event::{Album, moving};
use uuid::Uuid;

use super::event::{EVENT, supper};
use super::overlay::snapshots;
use crate::coop::*;

const PHOTO: PictureId = PictureId(Uuid::from_u128(700));

fn window() -> PhotoWindow {
    PhotoWindow::of(&supper(None).terms.times)
}

fn party(who: Attendee, standing: Standing) -> Party {
    Party {
        who,
        standing,
        guests: 0,
        children: 0,
        note: String::new(),
        diet: String::new(),
        hidden: false,
        answered_at: window().from - hours(90),
    }
}

/// Camille and Karim have seats, Léa may come, Hugo does not. The supper has just begun.
fn co_op() -> Coop {
    let mut coop = Coop::new();
    let mut known = Gathering::new(supper(None));
    let answers = [("Camille", Standing::Seated), ("Karim", Standing::Seated), ("Léa", Standing::Maybe), ("Hugo", Standing::No)];
    for (who, standing) in answers {
        let who = Attendee::Member(member(who));
        known.parties.insert(who, party(who, standing));
    }
    coop.board.events.insert(EVENT, known);
    coop.now = window().from;
    coop
}

fn known(coop: &mut Coop) -> &mut Gathering {
    coop.board.events.get_mut(&EVENT).unwrap()
}

fn ticks(coop: &mut Coop, who: Attendee) {
    let said = Said { by: member("Solène"), at: window().from };
    known(coop).arrivals.push(Arrival { who, said });
}

fn adds_as(picture: PictureId, alt: &str, consent: bool) -> Command {
    Command::AddPhoto { picture, event: EVENT, alt: alt.into(), width: 1600, height: 1200, consent }
}

fn adds(number: u128) -> Command {
    adds_as(PictureId(Uuid::from_u128(number)), "La tablée", true)
}

fn asks() -> Command {
    Command::AskRemoval { picture: PHOTO, event: EVENT }
}

fn removes() -> Command {
    Command::RemovePhoto { picture: PHOTO, event: EVENT }
}

fn photo(by: &str, number: u128, at: Instant) -> Photo {
    let picture = Picture { id: PictureId(Uuid::from_u128(number)), alt: "La tablée".into(), width: 1600, height: 1200 };
    Photo { picture, by: member(by), at, sent: true, asked: None }
}

#[test]
fn whoever_has_a_seat_was_there_where_nobody_kept_the_door() {
    let mut coop = co_op();
    coop.does("Camille", adds(700)).unwrap();
    coop.does("Karim", adds(701)).unwrap();
    for who in ["Léa", "Hugo", "Nour"] {
        assert_eq!(coop.does(who, adds(702)).unwrap_err(), Reason::WasNotThere, "{who}");
    }
    assert_eq!(known(&mut coop).photos.len(), 2);
    let came = [Attendee::Member(member("Camille")), Attendee::Member(member("Karim"))];
    assert!(who_came(known(&mut coop)).iter().all(|who| came.contains(who)));
}

#[test]
fn where_somebody_kept_the_door_it_is_whoever_was_ticked() {
    let mut coop = co_op();
    ticks(&mut coop, Attendee::Member(member("Léa")));
    coop.does("Léa", adds(700)).unwrap();
    assert_eq!(coop.does("Camille", adds(701)).unwrap_err(), Reason::WasNotThere);
    assert_eq!(who_came(known(&mut coop)), [Attendee::Member(member("Léa"))]);
    // A visitor on the list is enough for there to be one.
    let mut coop = co_op();
    ticks(&mut coop, Attendee::Visitor(VisitorId(Uuid::from_u128(9))));
    assert_eq!(coop.does("Camille", adds(700)).unwrap_err(), Reason::WasNotThere);
}

#[test]
fn organisers_add_photos_of_what_they_made() {
    let mut coop = co_op();
    coop.board.organises.insert(EVENT);
    coop.does("Nour", adds(700)).unwrap();
}

#[test]
fn from_the_start_until_thirty_days_after_the_end() {
    let mut coop = co_op();
    let PhotoWindow { from, until } = window();
    assert_eq!(until, supper(None).terms.times.ends_at + Duration::days(30));
    coop.now = from - Duration::seconds(1);
    assert_eq!(coop.does("Camille", adds(700)).unwrap_err(), Reason::PhotosNotYet { from });
    coop.now = until;
    coop.does("Camille", adds(700)).unwrap();
    coop.now = until + Duration::seconds(1);
    assert_eq!(coop.does("Camille", adds(701)).unwrap_err(), Reason::PhotosClosed { since: until });
    // What is there may still be taken away.
    coop.does("Nour", asks()).unwrap();
    coop.now = from;
    known(&mut coop).event.state = State::Cancelled { at: from, word: "Neige".into() };
    assert!(matches!(coop.does("Camille", adds(702)).unwrap_err(), Reason::EventCancelled { .. }));
}

#[test]
fn a_photo_says_what_it_shows_and_that_its_people_agree() {
    let mut coop = co_op();
    let wrong = |mistake| Reason::SaidBadly { mistakes: vec![mistake] };
    assert_eq!(coop.does("Camille", adds_as(PHOTO, " … ", true)).unwrap_err(), wrong(SaidMistake::AltMissing));
    let long = "a".repeat(301);
    assert_eq!(coop.does("Camille", adds_as(PHOTO, &long, true)).unwrap_err(), wrong(SaidMistake::AltTooLong { cap: 300 }));
    let large = Command::AddPhoto { picture: PHOTO, event: EVENT, alt: "Oh".into(), width: 1601, height: 10, consent: true };
    assert_eq!(coop.does("Camille", large).unwrap_err(), wrong(SaidMistake::PictureTooLarge { cap: 1600 }));
    assert_eq!(coop.does("Camille", adds_as(PHOTO, "La tablée", false)).unwrap_err(), Reason::ConsentMissing);
    assert!(known(&mut coop).photos.is_empty());
    coop.does("Camille", adds_as(PHOTO, " La\n tablée ", true)).unwrap();
    assert_eq!(known(&mut coop).photos[0].picture.alt, "La tablée");
    assert_eq!(coop.does("Karim", adds_as(PHOTO, "Une autre", true)).unwrap_err(), Reason::IdReused);
}

#[test]
fn so_many_of_one_person_and_so_many_of_all() {
    let mut coop = co_op();
    let at = window().from;
    known(&mut coop).photos = (0..PHOTOS_OF_ONE_CAP).map(|number| photo("Camille", u128::from(number), at)).collect();
    assert_eq!(coop.does("Camille", adds(900)).unwrap_err(), Reason::TooManyPhotos { cap: 20 });
    assert_eq!(photos_left(known(&mut coop), member("Karim"), false, at), Ok(20));
    known(&mut coop).photos = (0..PHOTOS_CAP - 1).map(|number| photo("Hugo", u128::from(number), at)).collect();
    assert_eq!(photos_left(known(&mut coop), member("Karim"), false, at), Ok(1));
    coop.does("Karim", adds(900)).unwrap();
    assert_eq!(coop.does("Karim", adds(901)).unwrap_err(), Reason::AlbumFull { cap: 200 });
}

#[test]
fn anybody_has_a_photo_hidden_at_once_and_its_author_removes_it() {
    let mut coop = co_op();
    coop.does("Camille", adds(700)).unwrap();
    assert_eq!(coop.does("Nour", removes()).unwrap_err(), Reason::NotYourPhoto);
    coop.does("Nour", asks()).unwrap();
    let hidden = known(&mut coop).photo(PHOTO).unwrap().clone();
    assert!(hidden.is_hidden());
    assert_eq!(hidden.asked.map(|asked| asked.by), Some(member("Nour")));
    // Asked again, by somebody else: it is done already.
    assert!(coop.does("Hugo", asks()).unwrap().effects.list.is_empty());
    coop.does("Camille", removes()).unwrap();
    assert_eq!(coop.does("Nour", asks()).unwrap_err(), Reason::UnknownPhoto);
    // Whoever asks it of their own photo has it removed.
    coop.does("Karim", adds(700)).unwrap();
    coop.does("Karim", asks()).unwrap();
    assert!(known(&mut coop).photos.is_empty());
    coop.does("Karim", adds(700)).unwrap();
    coop.board.organises.insert(EVENT);
    coop.does("Solène", removes()).unwrap();
    assert!(known(&mut coop).photos.is_empty());
}

#[test]
fn that_it_is_put_back_is_for_whoever_asked() {
    let mut coop = co_op();
    coop.does("Camille", adds(700)).unwrap();
    coop.does("Nour", asks()).unwrap();
    let notice = Notice::PhotoPutBack {
        event: EVENT,
        picture: PHOTO,
        title: "Soirée soupe".into(),
        starts_at: window().from,
        word: "On ne voit que la soupe".into(),
    };
    let told = |coop: &Coop, who: &str| {
        let who = member(who);
        concerns(&coop.board, &Ties::default(), &notice, who) && is_still_true(&coop.board, &notice, who, coop.now)
    };
    assert!(!told(&coop, "Nour"), "it is still hidden");
    for photo in &mut known(&mut coop).photos {
        if let Some(asked) = &mut photo.asked {
            asked.put_back = true;
        }
    }
    assert!(told(&coop, "Nour") && !told(&coop, "Camille"));
    assert!(!known(&mut coop).photo(PHOTO).unwrap().is_hidden());
    assert_eq!(notice.event(), Some(EVENT));
}

// — on a device —

fn shown(photos: Vec<Photo>, ticked: bool, now: Instant) -> Events {
    let shown = Shown {
        event: supper(None),
        html: String::new(),
        seats: 2,
        waiting: 0,
        maybe: 1,
        children: 0,
        coming: vec![member("Karim")],
        items: Vec::new(),
        carpools: Vec::new(),
        posts: Vec::new(),
        comments: Vec::new(),
        photos,
        thanks: Some("Merci !".into()),
        ticked,
    };
    Events {
        schema: 1,
        marks: [("events".to_owned(), 3)].into(),
        as_of: now,
        valid_until: now,
        people: Default::default(),
        events: vec![shown],
    }
}

fn mine(who: MemberId, arrived: bool) -> Mine {
    let party = party(Attendee::Member(who), Standing::Seated);
    Mine { event: EVENT, party, at: None, claims: Vec::new(), arrived }
}

#[test]
fn a_photo_shows_at_once_on_the_device_that_added_it_and_goes_at_once_where_it_is_not_wanted() {
    let coop = co_op();
    let (calendar, mut me) = snapshots(&coop, "Camille");
    me.answers = vec![mine(member("Camille"), false)];
    let others = photo("Karim", 701, coop.now);
    let events = shown(vec![others.clone(), Photo { sent: false, ..photo("Karim", 703, coop.now) }], false, coop.now);
    let id = |n: u128| CommandId(uuid::Builder::from_u128(n).with_version(uuid::Version::SortRand).into_uuid());
    let mut outbox = Outbox::default();
    outbox.enqueue(id(1), adds(702), "Ajouter une photo".into(), coop.now);
    outbox.enqueue(id(2), Command::AskRemoval { picture: others.picture.id, event: EVENT }, "Demander".into(), coop.now);
    let laid = laid_over_events(&calendar, &me, Some(&events), &outbox, coop.now).unwrap();
    let events = laid.events.unwrap();
    let seen = Seen { calendar: &laid.calendar, me: &laid.me, now: coop.now };
    let moving = moving(seen, &events, EVENT).unwrap();
    // What Karim's own device has not sent yet, nobody else sees.
    assert_eq!(
        moving.photos.iter().map(|shot| (shot.picture.id, shot.sent)).collect::<Vec<_>>(),
        [(PictureId(Uuid::from_u128(702)), false)]
    );
    assert!(moving.photos[0].removable, "it is hers");
    assert_eq!((moving.album, moving.thanks.as_deref()), (Album::Open { left: 19 }, Some("Merci !")));
}

#[test]
fn a_device_knows_whether_its_member_was_there() {
    let coop = co_op();
    let (calendar, mut me) = snapshots(&coop, "Camille");
    let mut album = |ticked: bool, arrived: Option<bool>, now: Instant| {
        me.answers = arrived.map(|arrived| mine(member("Camille"), arrived)).into_iter().collect();
        let events = shown(Vec::new(), ticked, coop.now);
        moving(Seen { calendar: &calendar, me: &me, now }, &events, EVENT).unwrap().album
    };
    let now = window().from;
    assert_eq!(album(false, Some(false), now), Album::Open { left: 20 });
    assert_eq!(album(true, Some(false), now), Album::OfOthers);
    assert_eq!(album(true, Some(true), now), Album::Open { left: 20 });
    assert_eq!(album(false, None, now), Album::OfOthers);
    assert_eq!(album(true, Some(true), now - hours(1)), Album::NotYet);
    assert_eq!(album(true, Some(true), window().until + hours(1)), Album::Closed);
}

#[test]
fn an_album_tells_whether_it_is_full_of_mine_or_of_everybodys() {
    let coop = co_op();
    let (calendar, mut me) = snapshots(&coop, "Camille");
    me.answers = vec![mine(member("Camille"), false)];
    let album = |by: &str, many: u16| {
        let photos = (0..many).map(|number| photo(by, u128::from(number), coop.now)).collect();
        let events = shown(photos, false, coop.now);
        moving(Seen { calendar: &calendar, me: &me, now: coop.now }, &events, EVENT).unwrap().album
    };
    assert_eq!(album("Camille", PHOTOS_OF_ONE_CAP), Album::Mine);
    assert_eq!(album("Hugo", PHOTOS_OF_ONE_CAP), Album::Open { left: 20 });
    assert_eq!(album("Hugo", PHOTOS_CAP), Album::Full);
}

#[test]
fn what_is_done_to_a_photo_rests_on_its_being_added() {
    assert!(depends(&adds(700), &removes()) && depends(&adds(700), &asks()));
    assert!(!depends(&adds(701), &removes()));
}
