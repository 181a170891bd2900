use domain::assembly::{Assembly, Attendance, Called, Cast, Draw, Hands, InRole, Kind, Majority, Resolution, Terms, Voting};
use domain::governance::Person;
use domain::id::{AssemblyId, ResolutionId};
use uuid::Uuid;

use super::*;

fn member(number: u128) -> MemberId {
    MemberId(Uuid::from_u128(number))
}

fn person(number: u128, first: &str) -> Person {
    Person { id: member(number), first_name: first.to_owned(), last_name: "Blanc".to_owned() }
}

/// Held by Théo, Léa, Max and Nour; one resolution, one election of one seat that was drawn.
fn held_already() -> AssemblyInHand {
    let at = |text: &str| text.parse().unwrap();
    let hands = Tally::Resolution { yes: 34, no: 5, abstain: 1 };
    let votes = Tally::Election { votes: [(member(3), 20), (member(4), 20)].into(), ballots: 41, blank: 1 };
    let resolution = |number: u128, title: &str, way: Way, result: Option<Counted>| ResolutionInHand {
        resolution: Resolution {
            id: ResolutionId(Uuid::from_u128(number)),
            title: title.to_owned(),
            html: String::new(),
            way,
            majority: Majority::Simple,
            voting: Voting::Done { at: at("2026-12-04T19:30:00Z") },
            result,
        },
        text: String::new(),
        revision: 1,
        cast: Cast::default(),
        said: Vec::new(),
        recorded: false,
    };
    let adopted = Counted::of(Way::Hands, Majority::Simple, &[], vec![OfChannel { channel: Channel::Hands, tally: hands }]);
    let one = Way::Election { seats: 1 };
    let of_app = vec![OfChannel { channel: Channel::App, tally: votes }];
    let drawn = Counted::of(one, Majority::Simple, &[member(3), member(4)], of_app)
        .drawn(&Draw { names: vec![member(4)], why: "Deux papiers dans un chapeau.".to_owned() })
        .unwrap();
    let role = |number, role| InRole { member: member(number), role };
    AssemblyInHand {
        now: at("2026-12-05T09:00:00Z"),
        me: member(2),
        hands: Hands::default(),
        assembly: Assembly {
            id: AssemblyId(Uuid::from_u128(1)),
            kind: Kind::Ordinary,
            title: "Les comptes et le comité".to_owned(),
            starts_at: at("2026-12-04T18:00:00Z"),
            place: "Salle de Meythet".to_owned(),
            agenda: String::new(),
            stage: Stage::Closed { at: at("2026-12-04T20:12:00Z") },
            terms: Terms { notice_d: 15, quorum: 20, proxies: 2 },
            roles: vec![role(1, Role::Chair), role(2, Role::Secretary), role(5, Role::Teller), role(6, Role::Teller)],
            documents: Vec::new(),
            resolutions: Vec::new(),
            candidates: Vec::new(),
            away: Vec::new(),
            attendance: Attendance { called: 60, coming: 40, present: 34, represented: 7 },
            minutes: String::new(),
        },
        agenda: "- Les comptes".to_owned(),
        revision: 1,
        second_of: None,
        documents: Vec::new(),
        resolutions: vec![
            resolution(1, "Approuver les comptes", Way::Hands, Some(adopted)),
            resolution(2, "Élire une personne", one, Some(drawn)),
            resolution(3, "Changer l’horaire", Way::Secret, None),
        ],
        people: vec![
            person(1, "Théo"),
            person(2, "Léa"),
            person(3, "Max"),
            person(4, "Nour"),
            person(5, "Hugo"),
            person(6, "Inès"),
        ],
        called: Called { mails_sent: 52, letters_printed: 5, handed: 3, ..Called::default() },
        convoked_at: Some(at("2026-11-17T09:00:00Z")),
        opened_at: Some(at("2026-12-04T18:08:00Z")),
        signed: 35,
        carriers: vec![(member(1), 1, true), (member(3), 2, true), (member(4), 1, false)],
        minutes: String::new(),
        minutes_revision: 1,
        seated: Vec::new(),
        free_seats: 1,
    }
}

#[test]
fn the_first_minutes_say_who_was_there_and_what_each_vote_came_to() {
    let said = draft(&held_already());
    for wanted in [
        "Assemblée générale ordinaire de l’épicerie Alpar, « Les comptes et le comité », tenue le 4 décembre 2026 : Salle de Meythet.",
        "Elle a été ouverte à 19 h 08.",
        "Présidence de séance : Théo Blanc. Secrétariat : Léa Blanc. Scrutin : Hugo Blanc et Inès Blanc.",
        "60 membres convoqués le 17 novembre 2026 : 52 par mail, 5 par lettre, 3 en main propre.",
        "35 membres ont signé la feuille d’émargement. 3 pouvoirs ont été portés, par 2 membres.",
        "41 voix sur 60 : le quorum, 12 voix, est atteint.",
        "# 1. Approuver les comptes",
        "À main levée, à la majorité des voix pour et contre : 34 pour, 5 contre, 1 abstention. **Adoptée.**",
        "# 2. Élire une personne",
        "- Nour Blanc : 20 voix, **élu·e**",
        "- Max Blanc : 20 voix\n",
        "Le tirage au sort a désigné Nour Blanc. Deux papiers dans un chapeau.",
        "Elle n’a pas été mise au vote.",
        "l’assemblée est close à 21 h 12.",
    ] {
        assert!(said.contains(wanted), "{wanted}\n\n{said}");
    }
}
