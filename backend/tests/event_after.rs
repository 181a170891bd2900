//! What is left of an event on real PostgreSQL: photos and what becomes of them, thanks that are said once, and the next one.

mod coop;

use backend::error::Error;
use backend::event::{self, Kept};
use backend::jobs;
use chrono::Duration;
use coop::{Coop, assert_invariants};
use domain::brief::Picture;
use domain::command::Command;
use domain::event::{Answer, Attendee, ForWhom, Mistake, Scope, State, Times, Wanted, local};
use domain::id::{BringItemId, EventId, HelperPostId, MemberId, PictureId};
use domain::notice::Notice;
use domain::reason::Reason;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::types::Json;

/// A supper of Théo's to which Léa said yes, Karim perhaps, and Nour nothing.
struct Supper {
    coop: Coop,
    theo: MemberId,
    lea: MemberId,
    karim: MemberId,
    nour: MemberId,
    event: EventId,
    times: Times,
}

impl Supper {
    async fn new(at: PgConnectOptions) -> Supper {
        let coop = Coop::new(at).await;
        let theo = coop.organiser().await;
        let event = coop.announces(theo, &coop.supper("Soirée soupe", 10, "")).await;
        let (lea, karim, nour) = (coop.member("Léa").await, coop.member("Karim").await, coop.member("Nour").await);
        coop.answers(lea, event, Answer::Yes, 1).await;
        coop.answers(karim, event, Answer::Maybe, 0).await;
        let times = coop.gathering(event).await.event.terms.times;
        Supper { coop, theo, lea, karim, nour, event, times }
    }

    /// It has begun.
    async fn begun(at: PgConnectOptions) -> Supper {
        let supper = Supper::new(at).await;
        supper.coop.turns(supper.times.starts_at);
        supper
    }

    fn adds(&self, picture: PictureId, consent: bool) -> Command {
        Command::AddPhoto { picture, event: self.event, alt: "La tablée".into(), width: 800, height: 600, consent }
    }

    fn picture(&self) -> PictureId {
        PictureId(self.coop.id())
    }

    /// With its bytes.
    async fn added(&self, by: MemberId) -> PictureId {
        let picture = self.picture();
        self.coop.does(by, self.adds(picture, true)).await;
        event::keep_picture(&self.coop.backend, by, picture, &kept(&picture.to_string())).await.unwrap();
        picture
    }

    async fn ticks(&self, who: MemberId, came: bool) {
        let who = Attendee::Member(who);
        self.coop.does(self.theo, Command::TickArrival { event: self.event, who, came, at: None }).await;
    }

    /// The photos that members see: by whom, and whether their bytes are there.
    async fn shown(&self) -> Vec<(MemberId, bool)> {
        let events = self.coop.events().await;
        let photos = &events.find(self.event).unwrap().photos;
        assert!(photos.iter().all(|photo| photo.asked.is_none()), "who asked is nobody's business");
        assert!(photos.iter().all(|photo| events.people.contains_key(&photo.by)));
        photos.iter().map(|photo| (photo.by, photo.sent)).collect()
    }

    async fn sees(&self, who: MemberId, picture: PictureId) -> bool {
        match event::photo(&self.coop.backend, Some(who), picture).await {
            Ok(_) => true,
            Err(Error::NotFound) => false,
            Err(error) => panic!("{error:?}"),
        }
    }

    async fn told(&self, member: MemberId) -> Vec<Notice> {
        let told: Vec<Json<Notice>> = sqlx::query_scalar("select notice from notice where member_id = $1 order by at, notice_id")
            .bind(member)
            .fetch_all(&self.coop.backend.pool)
            .await
            .unwrap();
        told.into_iter().map(|Json(notice)| notice).collect()
    }
}

fn kept(bytes: &str) -> Kept {
    Kept { mime: "image/webp".into(), width: 800, height: 600, bytes: bytes.as_bytes().to_vec() }
}

#[sqlx::test(migrations = false)]
async fn whoever_was_there_adds_photos_that_show_once_their_bytes_have_come(_: PgPoolOptions, at: PgConnectOptions) {
    let supper = Supper::new(at).await;
    let (coop, lea, karim) = (&supper.coop, supper.lea, supper.karim);
    let picture = supper.picture();
    assert!(matches!(coop.refused(lea, supper.adds(picture, true)).await, Reason::PhotosNotYet { .. }));
    coop.turns(supper.times.starts_at);
    assert_eq!(coop.refused(lea, supper.adds(picture, false)).await, Reason::ConsentMissing);
    assert_eq!(coop.refused(karim, supper.adds(picture, true)).await, Reason::WasNotThere);
    assert_eq!(coop.count("select count(*) from event_photo").await, 0);
    coop.does(lea, supper.adds(picture, true)).await;
    assert_eq!(supper.shown().await, [(lea, false)]);
    assert!(!supper.sees(karim, picture).await);
    let before = coop.events().await.marks["events"];
    event::keep_picture(&coop.backend, lea, picture, &kept("soupe")).await.unwrap();
    assert!(coop.events().await.marks["events"] > before, "everybody hears of it");
    assert_eq!(supper.shown().await, [(lea, true)]);
    assert_eq!(event::photo(&coop.backend, Some(karim), picture).await.unwrap(), kept("soupe"));
    assert!(matches!(event::photo(&coop.backend, None, picture).await, Err(Error::NotFound)), "members alone");
    coop.turns(supper.times.ends_at + Duration::days(31));
    assert!(matches!(coop.refused(lea, supper.adds(supper.picture(), true)).await, Reason::PhotosClosed { .. }));
    assert_invariants(coop).await;
}

#[sqlx::test(migrations = false)]
async fn where_the_door_was_kept_it_is_whoever_was_ticked(_: PgPoolOptions, at: PgConnectOptions) {
    let supper = Supper::begun(at).await;
    let (coop, lea, karim) = (&supper.coop, supper.lea, supper.karim);
    let ticked = || async { coop.events().await.find(supper.event).unwrap().ticked };
    assert!(!ticked().await);
    let before = coop.events().await.marks["events"];
    supper.ticks(karim, true).await;
    assert!(ticked().await && coop.events().await.marks["events"] > before);
    assert!(coop.me(karim).await.answers[0].arrived && !coop.me(lea).await.answers[0].arrived);
    assert_eq!(coop.refused(lea, supper.adds(supper.picture(), true)).await, Reason::WasNotThere);
    supper.added(karim).await;
    // Whoever made it.
    supper.added(supper.theo).await;
    supper.ticks(karim, false).await;
    assert!(!ticked().await && !coop.me(karim).await.answers[0].arrived);
    supper.added(lea).await;
    assert_eq!(supper.shown().await.len(), 3);
}

#[sqlx::test(migrations = false)]
async fn a_removal_that_is_asked_for_hides_the_photo_at_once(_: PgPoolOptions, at: PgConnectOptions) {
    let supper = Supper::begun(at).await;
    let (coop, event) = (&supper.coop, supper.event);
    let (theo, lea, karim, nour) = (supper.theo, supper.lea, supper.karim, supper.nour);
    let picture = supper.added(lea).await;
    let asks = Command::AskRemoval { picture, event };
    assert_eq!(coop.refused(nour, Command::RemovePhoto { picture, event }).await, Reason::NotYourPhoto);
    coop.does(nour, asks.clone()).await;
    assert!(supper.shown().await.is_empty());
    assert!(!supper.sees(karim, picture).await && !supper.sees(lea, picture).await && supper.sees(theo, picture).await);
    let overview = event::overview(&coop.backend, theo, event).await.unwrap();
    assert_eq!(overview.photos[0].asked.map(|asked| asked.by), Some(nour));
    assert!(overview.names.contains_key(&nour) && overview.names.contains_key(&lea));

    // Put back, with a word to whoever asked; once, however often the form is sent.
    let form = coop.id();
    let asked_at = Some(coop.now());
    let puts_back = |who, form, word| event::put_photo_back(&coop.backend, who, event, form, picture, asked_at, word);
    assert!(matches!(puts_back(lea, form, "Non").await, Err(Error::NotAllowed)));
    assert_eq!(puts_back(theo, form, " ").await.unwrap(), Err(vec![Mistake::WordMissing]));
    for _ in 0..2 {
        puts_back(theo, form, "On ne voit que la soupe").await.unwrap().unwrap();
    }
    assert_eq!(supper.shown().await, [(lea, true)]);
    let told = supper.told(nour).await;
    assert!(matches!(&told[..], [Notice::PhotoPutBack { word, .. }] if word == "On ne voit que la soupe"), "{told:?}");
    assert!(supper.told(lea).await.is_empty());

    // Nobody has to be shown: she asks again, which a page that was open before does not settle, and it goes for good.
    coop.turns(coop.now() + Duration::minutes(1));
    coop.does(nour, asks).await;
    assert_eq!(puts_back(theo, coop.id(), "Toujours la soupe").await.unwrap(), Err(vec![Mistake::AskedSince]));
    assert!(supper.shown().await.is_empty() && supper.told(nour).await.len() == 1);
    let removes = event::remove_photo(&coop.backend, theo, event, coop.id(), picture);
    removes.await.unwrap().unwrap();
    assert!(!supper.sees(theo, picture).await);
    assert!(event::overview(&coop.backend, theo, event).await.unwrap().photos.is_empty());
    assert_eq!(puts_back(theo, coop.id(), "Si").await.unwrap(), Err(vec![Mistake::NotNow]));

    // One's own goes at once.
    let picture = supper.added(lea).await;
    coop.does(lea, Command::RemovePhoto { picture, event }).await;
    assert_eq!(coop.refused(lea, supper.adds(picture, true)).await, Reason::IdReused, "nor does its id come back");
    assert!(supper.shown().await.is_empty());
    assert_eq!(coop.refused(nour, Command::AskRemoval { picture, event }).await, Reason::UnknownPhoto);
    assert_invariants(coop).await;
}

#[sqlx::test(migrations = false)]
async fn what_was_removed_goes_with_its_bytes_and_what_nobody_settles_is_removed(_: PgPoolOptions, at: PgConnectOptions) {
    let supper = Supper::begun(at).await;
    let (coop, event, lea) = (&supper.coop, supper.event, supper.lea);
    let (removed, hidden, stays) = (supper.added(lea).await, supper.added(lea).await, supper.added(lea).await);
    coop.does(lea, Command::RemovePhoto { picture: removed, event }).await;
    coop.does(supper.nour, Command::AskRemoval { picture: hidden, event }).await;
    let photos = || coop.count("select count(*) from event_photo");
    let bytes = || coop.count("select count(*) from event_picture");
    for (days, left) in [(20, 3), (11, 2), (24, 2)] {
        coop.turns(coop.now() + Duration::days(days));
        jobs::purge(&coop.backend).await.unwrap();
        assert_eq!((photos().await, bytes().await), (left, left), "{days} days later");
    }
    let kept = event::overview(&coop.backend, supper.theo, event).await.unwrap().photos;
    assert_eq!(kept.iter().map(|photo| photo.picture.id).collect::<Vec<_>>(), [stays]);
    assert!(supper.sees(supper.karim, stays).await);
    assert_eq!(supper.shown().await, [(lea, true)]);
    // Nobody could ask any more.
    coop.turns(coop.now() + Duration::days(1));
    jobs::purge(&coop.backend).await.unwrap();
    assert!(coop.events().await.find(event).is_none());
    assert_eq!((photos().await, bytes().await), (0, 0));
    assert!(!supper.sees(supper.theo, stays).await);
}

#[sqlx::test(migrations = false)]
async fn a_photo_is_no_cover_whatever_event_names_it_and_its_bytes_go_with_it(_: PgPoolOptions, at: PgConnectOptions) {
    let supper = Supper::begun(at).await;
    let (coop, theo, lea) = (&supper.coop, supper.theo, supper.lea);
    let announces = async |cover: PictureId| {
        let mut terms = coop.supper("Portes ouvertes", 10, "");
        terms.details.for_whom = ForWhom::Public;
        terms.details.cover = Some(Picture { id: cover, alt: "La tablée".into(), width: 800, height: 600 });
        coop.announces(theo, &terms).await
    };
    let served = async |who: Option<MemberId>, picture| event::picture(&coop.backend, who, picture).await.is_ok();
    let photo = supper.added(lea).await;
    announces(photo).await;
    for who in [None, Some(lea), Some(supper.karim), Some(theo)] {
        assert!(!served(who, photo).await, "{who:?}");
    }
    // Nor does whoever sent it see it once it is hidden.
    coop.does(supper.nour, Command::AskRemoval { picture: photo, event: supper.event }).await;
    assert!(!served(Some(lea), photo).await && !supper.sees(lea, photo).await);

    // What somebody calls a photo of theirs takes nobody's cover away.
    let cover = supper.picture();
    event::keep_picture(&coop.backend, theo, cover, &kept("marmites")).await.unwrap();
    announces(cover).await;
    coop.does(lea, supper.adds(cover, true)).await;
    assert!(served(None, cover).await && served(Some(supper.karim), cover).await);

    coop.turns(coop.now() + Duration::days(70));
    jobs::purge(&coop.backend).await.unwrap();
    assert_eq!(coop.count("select count(*) from event_photo").await, 0);
    assert!(!served(None, photo).await && served(None, cover).await);
    assert_eq!(coop.count("select count(*) from event_picture").await, 1, "the cover that is one");
}

#[sqlx::test(migrations = false)]
async fn thanks_are_said_once_to_those_who_came(_: PgPoolOptions, at: PgConnectOptions) {
    let supper = Supper::begun(at).await;
    let (coop, event, theo) = (&supper.coop, supper.event, supper.theo);
    let thanks = |who, form, text| event::thank(&coop.backend, who, event, form, text);
    assert_eq!(thanks(theo, coop.id(), "Merci !").await.unwrap(), Err(vec![Mistake::NotNow]), "it is not over");
    coop.turns(supper.times.ends_at);
    assert!(matches!(thanks(supper.lea, coop.id(), "Merci !").await, Err(Error::NotAllowed)));
    assert_eq!(thanks(theo, coop.id(), "").await.unwrap(), Err(vec![Mistake::WordMissing]));
    let form = coop.id();
    for _ in 0..2 {
        thanks(theo, form, "Merci à toutes les mains !").await.unwrap().unwrap();
    }
    assert_eq!(thanks(theo, coop.id(), "Encore merci").await.unwrap(), Err(vec![Mistake::NotNow]));
    let told = supper.told(supper.lea).await;
    assert!(matches!(&told[..], [Notice::EventWord { text, .. }] if text == "Merci à toutes les mains !"), "{told:?}");
    // She answered « peut-être », and nobody kept the door.
    assert!(supper.told(supper.karim).await.is_empty() && supper.told(supper.nour).await.is_empty());
    let shown = coop.events().await;
    assert_eq!(shown.find(event).unwrap().thanks.as_deref(), Some("Merci à toutes les mains !"));
    assert_eq!(event::overview(&coop.backend, theo, event).await.unwrap().thanks.as_deref(), Some("Merci à toutes les mains !"));
    assert_invariants(coop).await;
}

#[sqlx::test(migrations = false)]
async fn made_again_it_is_a_draft_on_the_same_weekday_and_hour_with_its_lists(_: PgPoolOptions, at: PgConnectOptions) {
    let supper = Supper::new(at).await;
    let (coop, event, theo) = (&supper.coop, supper.event, supper.theo);
    let items = [Wanted::<BringItemId>::read(None, "Salades", "3").unwrap().unwrap()];
    let posts = [Wanted::<HelperPostId>::read(None, "Le bar", "2").unwrap().unwrap()];
    coop.wants(theo, event, Scope::This, &items, &posts).await.unwrap();
    let item = coop.gathering(event).await.items[0].id;
    coop.does(supper.lea, Command::ClaimItem { event, item, quantity: 2 }).await;
    // Friday 11 December; the clocks have changed since.
    coop.turns(supper.times.ends_at + Duration::weeks(16));
    let form = coop.id();
    let copy = event::duplicate(&coop.backend, theo, event, form).await.unwrap();
    assert_eq!(event::duplicate(&coop.backend, theo, event, form).await.unwrap(), copy, "sent twice, it is one");
    let copied = coop.gathering(copy).await;
    let was = coop.gathering(event).await.event.terms;
    let is = &copied.event.terms;
    assert_eq!(local(is.times.starts_at).format("%a %d/%m %H:%M").to_string(), "Fri 09/04 19:00");
    assert_eq!(is.times.ends_at - is.times.starts_at, was.times.ends_at - was.times.starts_at);
    assert_eq!((&is.details, is.capacity), (&was.details, was.capacity));
    assert_eq!(copied.event.state, State::Draft);
    assert!(copied.parties.is_empty() && copied.photos.is_empty());
    let lists = (copied.items[0].label.as_str(), copied.items[0].claims.left(), copied.posts[0].label.as_str());
    assert_eq!(lists, ("Salades", 3, "Le bar"));
    assert!(coop.events().await.find(copy).is_none());
}
