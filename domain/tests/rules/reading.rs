//! The brief on a screen: what became of its lines since, and what is found in it.

use chrono::NaiveDate;
use domain::brief::{Briefs, Published, Searched, Shown, Source, Sourced, id_of, search, snippet};
use domain::id::{BlockId, SeatId};
use domain::outcome::Marks;
use domain::view::Seen;
use domain::view::brief::{BriefView, Since, brief, newest};
use uuid::Uuid;

use crate::coop::*;
use crate::overlay::snapshots;

fn monday_of(week: u64) -> NaiveDate {
    day(2026, 11, 23) - chrono::Days::new(7 * week)
}

fn written(n: u128, title: &str, html: &str) -> Shown {
    Shown::Block {
        id: BlockId(Uuid::from_u128(n)),
        group: "Vie sociale".to_owned(),
        title: title.to_owned(),
        html: html.to_owned(),
        picture: None,
        link: None,
    }
}

fn issue(monday: NaiveDate, pieces: Vec<Shown>) -> Published {
    let at = domain::brief::goes_out_at(monday);
    Published { id: id_of(monday), monday, at, late: false, automatic: false, pieces, corrected: Vec::new() }
}

fn briefs(briefs: Vec<Published>) -> Briefs {
    let now = domain::brief::goes_out_at(day(2026, 11, 23));
    Briefs { schema: 1, marks: Marks::new(), as_of: now, valid_until: now + hours(1), briefs, collecting: None }
}

/// The issue as somebody sees it.
fn seen(coop: &Coop, name: &str, briefs: &Briefs, monday: Option<NaiveDate>) -> BriefView {
    let (calendar, me) = snapshots(coop, name);
    brief(Seen { calendar: &calendar, me: &me, now: coop.now }, briefs, None, monday)
}

#[test]
fn a_line_says_how_many_of_its_seats_were_taken_since_and_which_may_be_taken_still() {
    let mut coop = Coop::new().shift("thu 18h +1", "Hugo* _ _").skilled("Léa", "caisse");
    let (thursday, when) = (shift("thu 18h +1"), domain::board::when(&coop.board.shifts[&shift("thu 18h +1")]));
    let line = Sourced::Shift { shift: thursday, when, seats: vec![SeatId::new(thursday, 1), SeatId::new(thursday, 2)] };
    let live = Shown::Live { source: Source::Seats, intro: String::new(), lines: vec![line] };
    let known = briefs(vec![issue(monday_of(0), vec![live])]);
    let since = |coop: &Coop, name: &str| seen(coop, name, &known, None).since[&thursday];
    assert_eq!(since(&coop, "Léa"), Since { taken: 0, free: Some(SeatId::new(thursday, 1)) });
    coop.takes("Léa", "thu 18h +1").unwrap();
    assert_eq!(since(&coop, "Karim"), Since { taken: 1, free: Some(SeatId::new(thursday, 2)) });
    assert_eq!(since(&coop, "Léa"), Since { taken: 1, free: None }, "she is there already");
    coop.later(hours(24 * 21));
    assert_eq!(since(&coop, "Karim").free, None, "it is over");
}

#[test]
fn an_issue_stands_between_the_one_before_and_the_one_after() {
    let coop = Coop::new().shift("thu 18h +1", "Hugo* Karim");
    let known = briefs((0..3).map(|week| issue(monday_of(week), Vec::new())).collect());
    let middle = seen(&coop, "Karim", &known, Some(monday_of(1)));
    assert_eq!((middle.newer, middle.older), (Some(monday_of(0)), Some(monday_of(2))));
    let first = seen(&coop, "Karim", &known, None);
    assert_eq!((first.newer, first.older), (None, Some(monday_of(1))));
    let gone = seen(&coop, "Karim", &known, Some(monday_of(40)));
    assert_eq!((gone.brief, gone.newer, gone.older, gone.any), (None, None, None, true));
}

#[test]
fn accueil_shows_the_first_titles_of_the_newest_and_whether_i_have_read_it() {
    let coop = Coop::new().shift("thu 18h +1", "Hugo* Karim");
    let pieces = (0..5).map(|n| written(n, &format!("Titre {n}"), "")).collect();
    let known = briefs(vec![issue(monday_of(0), pieces), issue(monday_of(1), Vec::new())]);
    let (calendar, mut me) = snapshots(&coop, "Karim");
    let short = newest(Seen { calendar: &calendar, me: &me, now: coop.now }, &known).unwrap();
    assert_eq!((short.titles.len(), short.titles[0].as_str(), short.read), (3, "Titre 0", false));
    me.read_briefs.push(known.briefs[0].id);
    assert!(newest(Seen { calendar: &calendar, me: &me, now: coop.now }, &known).unwrap().read);
}

#[test]
fn accents_ligatures_and_plurals_do_not_matter_and_a_word_begun_is_enough() {
    let known = briefs(vec![issue(
        monday_of(0),
        vec![
            written(
                1,
                "Le reblochon est revenu",
                "<p>La ferme des Aravis livre de <strong>nouveaux</strong> fromages &amp; œufs.</p>",
            ),
            written(2, "Soupe partagée", "<p>Vie sociale vous attend dès 19 h.</p>"),
        ],
    )]);
    let searched = Searched::of(&known);
    let found = |typed: &str| search(&searched, typed).iter().map(|found| found.piece).collect::<Vec<_>>();
    for typed in ["fromage", "FROMAGES", "oeuf", "œufs", "arav", "nouveau fromage"] {
        assert_eq!(found(typed), [0], "{typed}");
    }
    assert_eq!(found("partagee"), [1]);
    assert!(found("strong").is_empty(), "markup is no word");
    assert!(found("soupe reblochon").is_empty(), "all words stand in one piece");
    assert!(found("   ").is_empty());
}

#[test]
fn a_snippet_marks_what_answers_and_keeps_whole_words_around_it() {
    let text = format!("{} La soupe d’été est <b>partagée</b> vendredi {}", "avant ".repeat(40), "après ".repeat(60));
    let parts = snippet(&text, |word| word == "partagée" || word == "été");
    let marked: Vec<&str> = parts.iter().filter(|part| part.marked).map(|part| part.text.as_str()).collect();
    assert_eq!(marked, ["été", "partagée"]);
    let whole: String = parts.iter().map(|part| part.text.as_str()).collect();
    assert!(whole.starts_with("… avant ") && whole.ends_with("après …"), "{whole}");
    assert!(whole.contains("est <b>partagée</b> vendredi"), "{whole}");
    let none = snippet("rien du tout", |_| false);
    assert_eq!(none.iter().map(|part| part.text.as_str()).collect::<String>(), "rien du tout");
}
