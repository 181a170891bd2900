//! The public pages on PostgreSQL: who writes them, what waits, what is published and comes back, and what the data say beside.

mod coop;

use backend::error::Error;
use backend::public_page::{self as pages, Kept};
use chrono::Duration;
use coop::{Coop, paris};
use domain::event::ForWhom;
use domain::id::{EventId, MemberId};
use domain::procedures::Fields;
use domain::public_page::{InHand, Mistake, Page, Part, Place, Said, Typed};
use futures::future::join_all;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

const PAGE: Page = Page::Join;

fn said(text: &str) -> Said {
    Said::read(Typed { title: "Devenir membre", description: "Comment venir.", text }).unwrap()
}

fn place(street: &str) -> Place {
    let fields = [("rue", street), ("commune", "Meythet")];
    Place::read(&Fields(fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec())).unwrap()
}

/// Inès and Paul of Communication, Nour of nothing.
struct Press {
    coop: Coop,
    ines: MemberId,
    paul: MemberId,
    nour: MemberId,
}

impl Press {
    async fn new(at: PgConnectOptions) -> Press {
        let coop = Coop::new(at).await;
        let ines = coop.editor().await;
        let (paul, nour) = (coop.member("Paul").await, coop.member("Nour").await);
        coop.in_group(paul, "communication").await;
        Press { coop, ines, paul, nour }
    }

    async fn in_hand(&self, who: MemberId) -> InHand {
        pages::in_hand(&self.coop.backend, who, PAGE).await.unwrap()
    }

    async fn publishes(&self, who: MemberId, base: i32, text: &str) -> Kept {
        pages::publish(&self.coop.backend, who, self.coop.id(), PAGE, base, &said(text)).await.unwrap()
    }

    async fn saves(&self, who: MemberId, base: i32, text: &str) -> usize {
        pages::save_draft(&self.coop.backend, who, PAGE, base, &said(text)).await.unwrap().beside
    }

    /// What anybody reads.
    async fn read(&self) -> String {
        let shown = pages::shown(&self.coop.backend, PAGE).await.unwrap();
        let prose = |part: &Part| match part {
            Part::Prose(html) => html.clone(),
            Part::Live(_) | Part::Amounts(_) => String::new(),
        };
        shown.outline.lead.iter().chain(shown.outline.sections.iter().flat_map(|section| &section.parts)).map(prose).collect()
    }
}

#[sqlx::test(migrations = false)]
async fn every_page_says_what_came_with_the_app_until_somebody_publishes(_: PgPoolOptions, at: PgConnectOptions) {
    let press = Press::new(at).await;
    for page in Page::ALL {
        let shown = pages::shown(&press.coop.backend, page).await.unwrap();
        assert!(!shown.title.is_empty() && !shown.outline.sections.is_empty(), "{page}");
        assert_eq!(shown.published_at, None, "{page}");
    }
    assert!(press.read().await.contains("<strong>3"), "{}", press.read().await);
    assert_eq!(press.publishes(press.ines, 0, "# Viens\n\nC’est **simple**.").await, Ok(()));
    assert_eq!(press.read().await, "<p>C’est <strong>simple</strong>.</p>\n");
    assert_eq!(pages::shown(&press.coop.backend, PAGE).await.unwrap().published_at, Some(press.coop.now()));
    let other = pages::shown(&press.coop.backend, Page::History).await.unwrap();
    assert_eq!(other.outline.sections.first().map(|section| section.heading.as_str()), Some("2016"));
}

#[sqlx::test(migrations = false)]
async fn only_communication_and_the_employee_write(_: PgPoolOptions, at: PgConnectOptions) {
    let press = Press::new(at).await;
    let backend = &press.coop.backend;
    let id = press.coop.id();
    let refused = async |who| {
        let said = said("À moi.");
        let acts = [
            pages::overview(backend, who).await.map(drop),
            pages::in_hand(backend, who, PAGE).await.map(drop),
            pages::preview(backend, who, PAGE).await.map(drop),
            pages::save_draft(backend, who, PAGE, 0, &said).await.map(drop),
            pages::publish(backend, who, id, PAGE, 0, &said).await.map(drop),
            pages::publish_draft(backend, who, id, PAGE).await.map(drop),
            pages::restore(backend, who, id, PAGE, 0, 0).await.map(drop),
            pages::keep_draft(backend, who, PAGE, 0).await.map(drop),
            pages::forget_draft(backend, who, PAGE).await,
            pages::set_place(backend, who, 0, &place("Ailleurs")).await.map(drop),
        ];
        acts.iter().filter(|act| matches!(act, Err(Error::NotAllowed))).count()
    };
    assert_eq!(refused(press.nour).await, 10);
    press.coop.sql(&format!("update member set left_on = '2026-11-01' where member_id = '{}'", press.paul)).await;
    assert_eq!(refused(press.paul).await, 10, "who has left writes no more");
    press.coop.sql(&format!("update member set employee = true where member_id = '{}'", press.nour)).await;
    assert_eq!(refused(press.nour).await, 0);
}

#[sqlx::test(migrations = false)]
async fn what_is_published_stays_and_a_form_sent_twice_is_one_act(_: PgPoolOptions, at: PgConnectOptions) {
    let press = Press::new(at).await;
    let backend = &press.coop.backend;
    let form = press.coop.id();
    for _ in 0..2 {
        assert_eq!(pages::publish(backend, press.ines, form, PAGE, 0, &said("Un.")).await.unwrap(), Ok(()));
    }
    assert_eq!(press.publishes(press.paul, 1, "Deux.").await, Ok(()));
    assert_eq!(press.publishes(press.paul, 2, "Deux.").await, Ok(()), "the same again");
    let in_hand = press.in_hand(press.ines).await;
    let told: Vec<(i32, &str, Option<String>)> = in_hand
        .versions
        .iter()
        .map(|version| (version.revision, version.said.text.as_str(), version.signed.by.as_ref().map(ToString::to_string)))
        .collect();
    assert_eq!(told[..2], [(2, "Deux.", Some("Paul T.".to_owned())), (1, "Un.", Some("Inès T.".to_owned()))]);
    assert_eq!((told[2].0, told[2].2.clone(), told.len()), (0, None, 3), "what came with the app is the first");
    assert_eq!((in_hand.revision(), in_hand.draft, in_hand.others.len()), (2, None, 0));
}

#[sqlx::test(migrations = false)]
async fn two_who_write_at_once_lose_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let press = Press::new(at).await;
    let backend = &press.coop.backend;
    assert_eq!(press.saves(press.paul, 0, "Celle de Paul.").await, 0);
    assert_eq!(press.in_hand(press.ines).await.others[0].name.to_string(), "Paul T.");
    assert_eq!(press.publishes(press.ines, 0, "Celle d’Inès.").await, Ok(()));
    // He goes on: his text waits beside hers, and is not published unseen.
    assert_eq!(press.saves(press.paul, 0, "Celle de Paul, plus longue.").await, 1);
    assert_eq!(press.publishes(press.paul, 0, "Celle de Paul, finie.").await, Err(vec![Mistake::Changed]));
    assert_eq!(pages::publish_draft(backend, press.paul, press.coop.id(), PAGE).await.unwrap(), Err(vec![Mistake::Changed]));
    let in_hand = press.in_hand(press.paul).await;
    assert_eq!(in_hand.behind().map(|draft| draft.said.text.as_str()), Some("Celle de Paul, finie."));
    assert_eq!(press.read().await, "<p>Celle d’Inès.</p>\n");
    // He has read hers, and goes on from there.
    assert_eq!(pages::keep_draft(backend, press.paul, PAGE, 0).await.unwrap(), Err(vec![Mistake::Changed]));
    assert_eq!(pages::keep_draft(backend, press.paul, PAGE, 1).await.unwrap(), Ok(()));
    assert_eq!(press.in_hand(press.paul).await.behind(), None);
    let form = press.coop.id();
    for _ in 0..2 {
        assert_eq!(pages::publish_draft(backend, press.paul, form, PAGE).await.unwrap(), Ok(()));
    }
    assert_eq!(press.read().await, "<p>Celle de Paul, finie.</p>\n");
    assert_eq!(press.in_hand(press.paul).await.draft, None);
    for nothing in [
        pages::publish_draft(backend, press.paul, press.coop.id(), PAGE).await.unwrap(),
        pages::keep_draft(backend, press.paul, PAGE, 2).await.unwrap(),
    ] {
        assert_eq!(nothing, Err(vec![Mistake::NoDraft]));
    }
}

#[sqlx::test(migrations = false)]
async fn of_twenty_who_publish_from_the_same_text_one_does(_: PgPoolOptions, at: PgConnectOptions) {
    let press = Press::new(at).await;
    let people = press.coop.members(20).await;
    for member in &people {
        press.coop.in_group(*member, "communication").await;
    }
    let texts: Vec<String> = (0..20).map(|nth| format!("Texte {nth}.")).collect();
    let told = join_all(people.iter().zip(&texts).map(|(member, text)| press.publishes(*member, 0, text))).await;
    assert_eq!(told.iter().filter(|kept| kept.is_ok()).count(), 1);
    assert_eq!(press.coop.count("select count(*) from public_page_version").await, 1);
    assert_eq!(press.coop.count("select count(*) from public_page_draft").await, 19, "the others' texts wait");
}

#[sqlx::test(migrations = false)]
async fn an_earlier_version_comes_back_as_a_new_one(_: PgPoolOptions, at: PgConnectOptions) {
    let press = Press::new(at).await;
    let backend = &press.coop.backend;
    let first = press.read().await;
    assert_eq!(press.publishes(press.ines, 0, "Un.").await, Ok(()));
    assert_eq!(press.publishes(press.ines, 1, "Deux.").await, Ok(()));
    let form = press.coop.id();
    for _ in 0..2 {
        assert_eq!(pages::restore(backend, press.paul, form, PAGE, 2, 1).await.unwrap(), Ok(()));
    }
    assert_eq!(press.read().await, "<p>Un.</p>\n");
    let restores = async |base, wanted| pages::restore(backend, press.paul, press.coop.id(), PAGE, base, wanted).await.unwrap();
    assert_eq!(restores(2, 0).await, Err(vec![Mistake::Changed]), "it is not what was read");
    assert_eq!(restores(3, 0).await, Ok(()));
    assert_eq!(press.read().await, first);
    for nothing in [0, 9, -1] {
        assert_eq!(restores(4, nothing).await, Err(vec![Mistake::NothingToBringBack]), "{nothing}");
    }
    let told: Vec<(i32, Option<i32>)> =
        press.in_hand(press.ines).await.versions.iter().map(|version| (version.revision, version.like)).collect();
    assert_eq!(told, [(4, Some(0)), (3, Some(1)), (2, None), (1, None), (0, None)]);
}

#[sqlx::test(migrations = false)]
async fn what_waits_is_its_writers_alone_and_not_for_ever(_: PgPoolOptions, at: PgConnectOptions) {
    let press = Press::new(at).await;
    let backend = &press.coop.backend;
    let before = press.read().await;
    press.saves(press.paul, 0, "# Bientôt\n\nPas encore.").await;
    assert_eq!(press.read().await, before);
    assert_eq!(press.in_hand(press.ines).await.draft, None);
    let preview = pages::preview(backend, press.paul, PAGE).await.unwrap();
    assert_eq!(preview.shown.outline.sections[0].heading, "Bientôt");
    assert!(pages::preview(backend, press.ines, PAGE).await.unwrap().draft.is_none());
    let listed = pages::overview(backend, press.paul).await.unwrap().pages;
    assert_eq!(listed.iter().filter(|listed| listed.draft).map(|listed| listed.page).collect::<Vec<_>>(), [PAGE]);
    // As it is read, there is nothing to keep; a base that never was is taken for the first.
    let read = press.in_hand(press.paul).await.versions[0].said.clone();
    pages::save_draft(backend, press.paul, PAGE, 0, &read).await.unwrap();
    assert_eq!(press.in_hand(press.paul).await.draft, None);
    press.saves(press.paul, 77, "Plus tard.").await;
    assert_eq!(press.in_hand(press.paul).await.draft.map(|draft| draft.base), Some(0));
    backend.clock.set(press.coop.now() + Duration::days(181));
    pages::purge(backend, backend.now()).await.unwrap();
    assert_eq!(press.in_hand(press.paul).await.draft, None);
    press.saves(press.paul, 0, "Plus tard.").await;
    pages::forget_draft(backend, press.paul, PAGE).await.unwrap();
    assert_eq!(press.coop.count("select count(*) from public_page_draft").await, 0);
}

#[sqlx::test(migrations = false)]
async fn hostile_text_is_text(_: PgPoolOptions, at: PgConnectOptions) {
    let press = Press::new(at).await;
    let text = "# <img src=x onerror=alert(1)>\n\n<script>alert(1)</script>\n\n\
                [ici](javascript:alert(1)) ![vois](http://a.example/x.png)";
    assert_eq!(press.publishes(press.ines, 0, text).await, Ok(()));
    let read = press.read().await;
    for barred in ["<script", "<img", "href", "src="] {
        assert!(!read.contains(barred), "{barred}: {read}");
    }
    for said in ["&lt;script&gt;", "ici vois"] {
        assert!(read.contains(said), "{said}: {read}");
    }
    let shown = pages::shown(&press.coop.backend, PAGE).await.unwrap();
    assert_eq!(shown.outline.sections[0].heading, "<img src=x onerror=alert(1)>", "a heading is text, and shown as such");
}

/// A public event of a group, so many days from now.
async fn event(press: &Press, title: &str, in_days: u64, slug: &str, for_whom: ForWhom) -> EventId {
    let theo = press.coop.organiser().await;
    let mut terms = press.coop.supper(title, in_days, "");
    terms.details.for_whom = for_whom;
    let event = press.coop.announces(theo, &terms).await;
    press
        .coop
        .sql(&format!(
            "update event set group_id = (select group_id from working_group where slug = '{slug}') where event_id = '{event}'"
        ))
        .await;
    event
}

#[sqlx::test(migrations = false)]
async fn the_data_say_when_it_is_open_who_there_is_and_what_is_next(_: PgPoolOptions, at: PgConnectOptions) {
    let press = Press::new(at).await;
    let facts = async || pages::shown(&press.coop.backend, PAGE).await.unwrap().facts;
    assert_eq!(facts().await.presentation, None);
    press
        .coop
        .sql(
            r#"update setting set opening = '[{"weekday": 2, "from": "10:00:00", "to": "20:30:00"}]';
            insert into closure values ('01939d5e-7b1e-7000-8000-0000000000c1', '2026-12-25', '2026-12-25', 'Noël'),
                ('01939d5e-7b1e-7000-8000-0000000000c2', '2027-05-01', '2027-05-01', 'Plus tard'),
                ('01939d5e-7b1e-7000-8000-0000000000c3', '2026-11-01', '2026-11-01', 'Passé')"#,
        )
        .await;
    event(&press, "Fête", 3, "vie-sociale", ForWhom::Public).await;
    event(&press, "Entre nous", 4, "communication", ForWhom::Members).await;
    let first = event(&press, "Présentation", 10, "communication", ForWhom::Public).await;
    let second = event(&press, "Présentation", 40, "communication", ForWhom::Public).await;
    let known = facts().await;
    assert_eq!(known.opening.len(), 1);
    assert_eq!(known.closures.iter().map(|closure| closure.why.as_str()).collect::<Vec<_>>(), ["Noël"]);
    assert!(known.groups.iter().any(|cell| cell.slug == "communication"));
    assert_eq!(known.presentation.map(|event| event.id), Some(first));
    press
        .coop
        .sql(&format!(
            "update event set state = jsonb_build_object('cancelled', jsonb_build_object('at', edited_at, 'word', 'Neige'))
             where event_id = '{first}'"
        ))
        .await;
    assert_eq!(facts().await.presentation.map(|event| event.id), Some(second));
    press.coop.turns(paris("2027-03-01".parse().unwrap(), 9, 0));
    assert_eq!(facts().await.presentation, None, "it is over");
}

#[sqlx::test(migrations = false)]
async fn the_place_is_where_communication_says(_: PgPoolOptions, at: PgConnectOptions) {
    let press = Press::new(at).await;
    let backend = &press.coop.backend;
    assert_eq!(pages::place(backend).await.unwrap().street, "7, rue du Vieux Moulin");
    for _ in 0..2 {
        assert_eq!(pages::set_place(backend, press.ines, 0, &place("8, rue Neuve")).await.unwrap(), Ok(()));
    }
    assert_eq!(pages::set_place(backend, press.paul, 0, &place("9, rue Vieille")).await.unwrap(), Err(vec![Mistake::Changed]));
    assert_eq!(pages::set_place(backend, press.paul, 1, &place("9, rue Vieille")).await.unwrap(), Ok(()));
    let overview = pages::overview(backend, press.ines).await.unwrap();
    assert_eq!((overview.place.street.as_str(), overview.place_revision), ("9, rue Vieille", 2));
    assert_eq!(overview.place_signed.by.map(|by| by.to_string()).as_deref(), Some("Paul T."));
    assert_eq!(pages::shown(backend, PAGE).await.unwrap().facts.place.street, "9, rue Vieille");
}

#[sqlx::test(migrations = false)]
async fn the_news_are_what_is_public_and_nothing_else(_: PgPoolOptions, at: PgConnectOptions) {
    let press = Press::new(at).await;
    let backend = &press.coop.backend;
    let empty = pages::news(backend).await.unwrap();
    assert!(empty.briefs.is_empty() && empty.events.is_empty());
    let open = press.coop.block(press.ines, "Portes ouvertes", "<p>Samedi.</p>", true).await;
    let ours = press.coop.block(press.ines, "Entre nous", "<p>Mercredi.</p>", false).await;
    press.coop.publishes(vec![open, ours], true).await;
    let fete = event(&press, "Fête", 3, "vie-sociale", ForWhom::Public).await;
    event(&press, "Réunion", 4, "vie-sociale", ForWhom::Members).await;
    let news = pages::news(backend).await.unwrap();
    assert_eq!(news.briefs.iter().map(|brief| brief.pieces.len()).collect::<Vec<_>>(), [1]);
    assert_eq!(news.events.iter().map(|announced| announced.event.id).collect::<Vec<_>>(), [fete]);
    let paths: Vec<String> = pages::addresses(backend).await.unwrap().into_iter().map(|address| address.path).collect();
    let monday = press.coop.monday();
    let wanted: Vec<String> = Page::ALL
        .into_iter()
        .map(|page| page.path().to_owned())
        .chain(["/presentation".into(), "/breve/publique".into(), format!("/breve/publique/{monday}")])
        .collect();
    assert_eq!(paths, wanted);
    press.coop.sql("update brief set public = false").await;
    assert!(pages::news(backend).await.unwrap().briefs.is_empty());
    assert_eq!(pages::addresses(backend).await.unwrap().len(), 8);
    assert_eq!(press.publishes(press.ines, 0, "Un.").await, Ok(()));
    let written = pages::addresses(backend).await.unwrap();
    let changed = written.iter().find(|address| address.path == PAGE.path()).and_then(|address| address.changed_at);
    assert_eq!(changed, Some(press.coop.now()));
}
