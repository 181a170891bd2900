use domain::id::MemberId;
use domain::members::ShortName;
use domain::reason::Who;
use uuid::Uuid;

use super::*;
use crate::french::assembly_mistakes::mistake;
use crate::french::refusals::title;

fn plain(said: &str) -> String {
    said.replace(['\u{a0}', '\u{202f}'], " ")
}

fn who(number: u128, first: &str) -> Who {
    Who { member: MemberId(Uuid::from_u128(number)), name: ShortName::new(first, "Benali") }
}

#[test]
fn the_quorum_says_how_many_there_are_and_how_many_it_takes() {
    let terms = Terms { notice_d: 15, quorum: 20, proxies: 2 };
    let there = |present, represented| Attendance { called: 60, coming: 30, present, represented };
    assert_eq!(plain(&quorum(&there(9, 2), &terms)), "11 voix sur 60 : il en faut 12 pour décider.");
    assert_eq!(plain(&quorum(&there(9, 3), &terms)), "12 voix sur 60 : le quorum, 12 voix, est atteint.");
    let second = Terms { quorum: 0, ..terms };
    assert!(quorum(&there(1, 0), &second).contains("deuxième convocation"));
}

#[test]
fn a_proxy_that_is_given_says_who_carries_it_and_how_many_they_carry() {
    let given = Carried { by: who(2, "Karim"), voices: 1, cap: 2 };
    assert_eq!(plain(&carried(&given)), "Karim B. porte ta voix : 1 pouvoir sur 2.");
}

#[test]
fn a_refusal_says_the_figures_and_the_next_best_thing() {
    let to = Speaking::at("2026-12-04T18:00:00Z".parse().unwrap());
    let full = Reason::HolderFull { who: who(2, "Karim"), cap: 2 };
    assert_eq!(plain(&refused(&full, &to)), "Karim B. porte déjà 2 pouvoirs, c’est le maximum.");
    assert_eq!(who_can(&full).as_deref(), Some("Demande à un autre membre qui vient."));
    assert_eq!(title(&Reason::AssemblyBegun { since: to.now }), "C’est terminé");
    let absent = Reason::HolderNotComing { who: who(2, "Karim") };
    assert_eq!(plain(&refused(&absent, &to)), "Karim B. a dit ne pas venir : choisis quelqu’un d’autre.");
    assert!(who_can(&absent).is_some_and(|said| said.contains("je viens")));
    let none = Reason::HolderFull { who: who(2, "Karim"), cap: 0 };
    assert_eq!(who_can(&none), None, "nobody else could either");
}

#[test]
fn figures_of_a_vote_are_sentences() {
    assert_eq!(plain(&tally(&Tally::Resolution { yes: 34, no: 5, abstain: 1 })), "34 pour, 5 contre, 1 abstention");
    let tied =
        Verdict::Elected { elected: vec![MemberId(Uuid::nil()); 11], tied: vec![MemberId(Uuid::nil()); 2], left: 1, draw: None };
    assert_eq!(plain(&verdict(&tied)), "11 personnes élues, 1 siège à tirer au sort");
}

#[test]
fn a_mistake_is_a_sentence_of_its_own() {
    use domain::assembly::AssemblyMistake;
    let short = mistake(&AssemblyMistake::NoQuorum { voices: 11, needed: 12 });
    assert!(plain(&short).starts_with("Le quorum n’est pas atteint : 11 voix pour 12 qu’il faut."));
    for other in [
        AssemblyMistake::TitleMissing,
        AssemblyMistake::NotOpen,
        AssemblyMistake::AlreadyVoted,
        AssemblyMistake::CountsDiffer,
        AssemblyMistake::SeatsMissing { free: 2, elected: 12 },
        AssemblyMistake::Refused(Reason::UnknownProxy),
    ] {
        assert_ne!(plain(&mistake(&other)), "Ce n’est pas possible.", "{other:?}");
    }
}
