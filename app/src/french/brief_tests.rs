use domain::id::{BlockId, BriefId, GroupId, MemberId};
use uuid::Uuid;

use super::*;

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// As it reads, whatever the spaces.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

fn issue(late: bool, automatic: bool) -> Published {
    Published {
        id: BriefId(Uuid::nil()),
        monday: on("2026-11-23"),
        at: at("2026-11-23T10:20:00Z"),
        late,
        automatic,
        pieces: Vec::new(),
        corrected: Vec::new(),
    }
}

fn block(ready: bool, state: BlockState) -> Block {
    Block {
        id: BlockId(Uuid::nil()),
        monday: on("2026-11-30"),
        by: MemberId(Uuid::nil()),
        group: GroupId(Uuid::nil()),
        said: domain::brief::Said::default(),
        ready,
        public: false,
        revision: 1,
        state,
        beside: Vec::new(),
    }
}

#[test]
fn an_issue_is_named_by_its_day_and_its_first_title() {
    let now = at("2026-11-28T09:00:00Z");
    assert_eq!(plain(&of_monday(on("2026-11-23"), now)), "La brève du lundi · 23 novembre");
    assert_eq!(plain(&of_monday(on("2025-12-01"), now)), "La brève du lundi · 1er décembre 2025");
    assert_eq!(plain(&headline(Some("Le reblochon est revenu !"), on("2026-11-23"))), "Le reblochon est revenu !");
    assert_eq!(plain(&headline(None, on("2026-11-23"))), "La semaine du 23 novembre");
}

#[test]
fn an_issue_that_is_late_or_made_itself_says_so_and_another_says_nothing() {
    assert_eq!(how_it_came(&issue(false, false)), None);
    assert_eq!(
        how_it_came(&issue(true, false)).map(|said| plain(&said)).as_deref(),
        Some("Parue lundi 23 novembre à 11 h 20, un peu plus tard que d’habitude.")
    );
    let alone = "Cette semaine, la brève n’a pas été relue à temps : voici ce que la coop sait déjà.";
    assert_eq!(how_it_came(&issue(false, true)).map(|said| plain(&said)).as_deref(), Some(alone));
    let late = format!("{alone} Parue lundi 23 novembre à 11 h 20, un peu plus tard que d’habitude.");
    assert_eq!(how_it_came(&issue(true, true)).map(|said| plain(&said)), Some(late));
}

#[test]
fn a_correction_has_its_moment_and_one_full_stop() {
    let now = at("2026-11-28T09:00:00Z");
    let said =
        |word: &str| plain(&corrected(&Corrected { at: at("2026-11-24T08:05:00Z"), word: word.to_owned(), block: None }, now));
    assert_eq!(said("la soupe est vendredi"), "Corrigée le 24 nov. à 9 h 05 : la soupe est vendredi.");
    assert_eq!(said("la soupe est vendredi."), "Corrigée le 24 nov. à 9 h 05 : la soupe est vendredi.");
}

#[test]
fn places_that_were_taken_since_are_counted() {
    assert_eq!(taken_since(0), None);
    assert_eq!(taken_since(1).map(|said| plain(&said)).as_deref(), Some("Depuis, 1 place a été prise."));
    assert_eq!(taken_since(2).map(|said| plain(&said)).as_deref(), Some("Depuis, 2 places ont été prises."));
    assert_eq!(plain(&anniversary("Camille M.", 1)), "Camille M., 1 an à la coop");
    assert_eq!(plain(&anniversary("Camille M.", 5)), "Camille M., 5 ans à la coop");
}

#[test]
fn an_event_says_when_and_where_and_what_became_of_it() {
    let starts_at = at("2026-12-04T18:00:00Z");
    assert_eq!(plain(&outing(starts_at, "À la coop", false)), "le ven. 4 déc. à 19 h · À la coop");
    assert_eq!(plain(&outing(starts_at, "À la coop", true)), "le ven. 4 déc. à 19 h · À la coop · complet");
    let said = |since: EventSince, was_full| outing_since(&since, was_full).map(|said| plain(&said));
    let as_it_was = EventSince::default();
    assert_eq!(said(as_it_was.clone(), false), None);
    assert_eq!(said(as_it_was.clone(), true).as_deref(), Some("Des places se sont libérées depuis"));
    let full = EventSince { full: true, ..as_it_was.clone() };
    assert_eq!((said(full.clone(), true), said(full.clone(), false).as_deref()), (None, Some("Complet depuis")));
    let elsewhere = EventSince { place: Some("Au parc".to_owned()), ..as_it_was.clone() };
    assert_eq!(said(elsewhere.clone(), false).as_deref(), Some("À présent : Au parc"));
    let elsewhere = EventSince { full: true, ..elsewhere };
    assert_eq!(said(elsewhere.clone(), false).as_deref(), Some("À présent : Au parc · Complet depuis"));
    let moved = EventSince { moved: Some(starts_at), ..full };
    assert_eq!(said(moved.clone(), false).as_deref(), Some("Déplacée depuis : le ven. 4 déc. à 19 h"));
    let both = EventSince { place: elsewhere.place, ..moved.clone() };
    assert_eq!(said(both.clone(), false).as_deref(), Some("Déplacée depuis : le ven. 4 déc. à 19 h · À présent : Au parc"));
    let off = EventSince { cancelled: true, ..both };
    assert_eq!(said(off, false).as_deref(), Some("Annulée depuis"));
    let gone = |listed| EventSince { listed, ..as_it_was.clone() };
    assert_eq!(said(gone(Listed::NoLonger), true).as_deref(), Some("N’est plus annoncée"));
    assert_eq!(said(gone(Listed::Over), true), None);
}

#[test]
fn a_contribution_says_how_far_it_is() {
    let said = |block: &Block| {
        let (word, said) = state(block, Some(on("2026-11-30")), Some("Inès D."));
        format!("{word} | {}", plain(&said))
    };
    assert_eq!(said(&block(true, BlockState::Proposed)), "Prête | Communication la prend pour le lundi 30 nov.");
    assert!(said(&block(false, BlockState::Proposed)).starts_with("Proposée | "));
    let later = Block { monday: on("2026-12-07"), ..block(true, BlockState::Proposed) };
    assert_eq!(said(&later), "Pour la semaine suivante | Communication la garde pour le lundi 7 déc.");
    let refused = BlockState::Refused {
        at: at("2026-11-28T09:00:00Z"),
        by: MemberId(Uuid::nil()),
        word: "trop tard pour la foire".to_owned(),
    };
    assert_eq!(said(&block(true, refused)), "Pas retenue | Inès D. : « trop tard pour la foire ».");
    assert_eq!(
        said(&block(true, BlockState::Published { at: at("2026-11-30T06:00:00Z") })),
        "Publiée | Dans la brève du 30 nov."
    );
}

#[test]
fn the_closing_is_said_before_and_after_it() {
    let (monday, closes_at) = (on("2026-11-30"), at("2026-11-29T17:00:00Z"));
    let said = |now: &str| plain(&collecting(monday, closes_at, at(now)));
    assert_eq!(
        said("2026-11-28T09:00:00Z"),
        "Tu écris pour la brève du lundi 30 novembre. Ce que tu envoies avant dim. 18 h en fait partie."
    );
    assert!(said("2026-11-29T17:00:00Z").ends_with("ce que tu envoies maintenant est pour la suivante."));
    assert_eq!(plain(&open_until(closes_at)), "Pour celle du 30 nov., tu peux écrire jusqu’à dim. 18 h.");
    assert_eq!(plain(&draft_kept(at("2026-11-28T13:02:00Z"))), "Brouillon gardé sur ce téléphone à 14 h 02");
}

#[test]
fn each_mistake_stands_beside_its_field_and_says_what_to_do() {
    let all = [
        (SaidMistake::TitleMissing, "title"),
        (SaidMistake::TitleWithoutWords, "title"),
        (SaidMistake::TitleTooLong { cap: 90 }, "title"),
        (SaidMistake::NothingSaid, "text"),
        (SaidMistake::TextTooLong { cap: 20_000, long: 5_000_000 }, "text"),
        (SaidMistake::AltMissing, "alt"),
        (SaidMistake::AltTooLong { cap: 300 }, "alt"),
        (SaidMistake::PictureTooLarge { cap: 1600 }, "alt"),
        (SaidMistake::LinkNotAllowed, "href"),
        (SaidMistake::LinkWithoutWords, "label"),
        (SaidMistake::LinkTooLong { cap: 80 }, "label"),
    ];
    for (known, field) in all {
        assert_eq!(field_of(&known), field);
        assert!(mistake(&known).ends_with(['.', '?']), "{}", mistake(&known));
    }
}
