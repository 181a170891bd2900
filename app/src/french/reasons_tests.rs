use domain::id::{MemberId, SeatId, ShiftId};
use domain::members::ShortName;
use uuid::Uuid;

use super::*;

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

fn who(number: u128, first: &str, last: &str) -> Who {
    Who { member: MemberId(Uuid::from_u128(number)), name: ShortName::new(first, last) }
}

fn me() -> Who {
    who(1, "Camille", "Morel")
}

fn lea() -> Who {
    who(2, "Léa", "Girard")
}

fn saturday() -> When {
    When { shift: ShiftId(Uuid::nil()), starts_at: at("2026-11-28T08:00:00Z"), ends_at: at("2026-11-28T11:00:00Z") }
}

fn thursday() -> When {
    When { shift: ShiftId(Uuid::nil()), starts_at: at("2026-12-03T08:00:00Z"), ends_at: at("2026-12-03T11:00:00Z") }
}

fn read(reason: &Reason) -> String {
    let skills = [SkillLabel { skill: Skill::parse("fromage").unwrap(), label: "Fromage à la coupe".to_owned() }];
    let speaking = Speaking { me: Some(me().member), skills: &skills, now: at("2026-11-26T15:05:00Z") };
    sentence(reason, &speaking).replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn a_refusal_says_the_figures() {
    let day = "2026-12-03".parse().unwrap();
    let cases = [
        (Reason::AlreadyOnShift { when: thursday() }, "Tu as déjà une place jeudi 3 déc., 9 h – 12 h."),
        (
            Reason::Overlaps { with: thursday() },
            "Tu as déjà une place jeudi 3 déc., 9 h – 12 h : les deux vacations se chevauchent.",
        ),
        (Reason::AlreadyTaken { by: Some(lea()), at: Some(at("2026-11-26T14:31:00Z")) }, "Léa G. l’a prise à 15 h 31."),
        (Reason::AlreadyTaken { by: None, at: None }, "Quelqu’un l’a prise avant toi."),
        (
            Reason::TooManyThatDay { has: 2, cap: 2, on: day },
            "Tu as déjà 2 vacations jeudi 3 déc. ; on en fait 2 par jour au plus.",
        ),
        (
            Reason::TooManyThatCycle { has: 5, cap: 5, from: "2026-11-23".parse().unwrap(), to: "2026-12-20".parse().unwrap() },
            "Tu as déjà 5 vacations dans le cycle du 23 nov. au 20 déc. ; on en fait 5 par cycle au plus.",
        ),
        (Reason::OnLeave { from: day, to: day }, "Tu as une pause le 3 déc."),
        (
            Reason::MissingSkill { skill: Skill::parse("fromage").unwrap() },
            "Tu ne peux pas prendre cette place : elle demande la compétence « Fromage à la coupe ».",
        ),
        (
            Reason::MissingSkill { skill: Skill::lead() },
            "Tu ne peux pas prendre cette place : elle est pour quelqu’un qui anime la vacation.",
        ),
        (Reason::TooLate { deadline: at("2026-11-21T08:00:00Z") }, "C’était possible jusqu’au samedi 21, 9 h."),
        (
            Reason::TooLateToExchange { deadline: at("2026-11-26T08:00:00Z"), notice_h: 48 },
            "Trop tard pour échanger : c’était possible jusqu’à 9 h (48 h avant la première des deux vacations).",
        ),
        (
            Reason::TooLateToMove { deadline: at("2026-11-21T08:00:00Z"), notice_h: 168 },
            "Trop tard pour déplacer : c’était possible jusqu’au samedi 21, 9 h (7 jours avant la vacation).",
        ),
        (
            Reason::TeamTooSmall { when: saturday(), left: 3, minimum: 4 },
            "Samedi 28 nov., 9 h – 12 h, l’équipe ne serait plus que de 3 personnes ; il en faut 4.",
        ),
        (
            Reason::ShiftClosed { when: saturday(), why: "Neige, pas de livraison.".to_owned() },
            "La vacation de samedi 28 nov., 9 h – 12 h est fermée : « Neige, pas de livraison ».",
        ),
        (
            Reason::NotYourSeat { seat: SeatId::new(ShiftId(Uuid::nil()), 1), holder: Some(lea()) },
            "Ce n’est pas ta place : Léa G. l’a maintenant.",
        ),
    ];
    for (reason, wanted) in cases {
        assert_eq!(read(&reason), wanted);
    }
}

#[test]
fn an_impossible_leg_names_whose_and_why() {
    let leg = |who: Who, why: Reason| Reason::LegImpossible { who, when: saturday(), why: Box::new(why) };
    let cases = [
        (
            leg(lea(), Reason::Overlaps { with: thursday() }),
            "La place de Léa G., samedi 28 nov., 9 h – 12 h, n’est plus disponible : Léa G. a déjà une place \
             jeudi 3 déc., 9 h – 12 h : les deux vacations se chevauchent. Rien n’a bougé.",
        ),
        (
            leg(lea(), Reason::OtherCannot { who: lea() }),
            "La place de Léa G., samedi 28 nov., 9 h – 12 h, n’est plus disponible : Léa G. ne peut pas prendre celle \
             que l’échange lui donne. Rien n’a bougé.",
        ),
        (
            leg(lea(), Reason::AlreadyTaken { by: Some(who(3, "Karim", "B")), at: None }),
            "La place de Léa G., samedi 28 nov., 9 h – 12 h, n’est plus disponible : Karim B. l’a prise. Rien n’a bougé.",
        ),
        (
            leg(lea(), Reason::OfferClosed),
            "La place de Léa G., samedi 28 nov., 9 h – 12 h, n’est plus disponible : cette proposition est terminée. \
             Rien n’a bougé.",
        ),
        (
            leg(me(), Reason::AlreadyOnShift { when: thursday() }),
            "Ta place, samedi 28 nov., 9 h – 12 h, n’est plus disponible : tu as déjà une place jeudi 3 déc., \
             9 h – 12 h. Rien n’a bougé.",
        ),
    ];
    for (reason, wanted) in cases {
        assert_eq!(read(&reason), wanted);
    }
}

#[test]
fn no_sentence_guesses_a_gender_or_doubles_its_point() {
    let day = "2026-12-01".parse().unwrap();
    let reasons = [
        Reason::OnLeave { from: day, to: "2026-12-20".parse().unwrap() },
        Reason::TooManyThatDay { has: 2, cap: 2, on: day },
        Reason::NotAllowed,
        Reason::YourOwnOffer,
        Reason::FirstTimerAlone { when: saturday() },
        Reason::LeadNeeded { when: saturday() },
    ];
    for reason in reasons {
        let said = read(&reason);
        assert!(!said.contains("..") && said.ends_with('.'), "{said}");
        assert!(!said.contains("inscrit"), "{said}");
    }
}
