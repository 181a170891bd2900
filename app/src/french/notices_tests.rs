use domain::members::ShortName;
use domain::reason::When;
use uuid::Uuid;

use super::*;

fn member(number: u128) -> MemberId {
    MemberId(Uuid::from_u128(number))
}

fn seat(number: u128) -> SeatId {
    SeatId::new(ShiftId(Uuid::from_u128(number)), 1)
}

/// Wednesday is shift 1, Friday shift 2; Karim is member 2, Léa member 3, I am member 1.
fn spoken() -> SpokenOf {
    let when = |number: u128, from: &str, to: &str| {
        let shift = ShiftId(Uuid::from_u128(number));
        (shift, When { shift, starts_at: from.parse().unwrap(), ends_at: to.parse().unwrap() })
    };
    SpokenOf {
        shifts: [
            when(1, "2026-12-02T08:00:00Z", "2026-12-02T11:00:00Z"),
            when(2, "2026-12-04T17:00:00Z", "2026-12-04T20:00:00Z"),
        ]
        .into(),
        people: [(member(2), ShortName::new("Karim", "Benali")), (member(3), ShortName::new("Léa", "Girard"))].into(),
    }
}

fn read(notice: &Notice) -> String {
    told(notice, &spoken(), member(1)).sentence.replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn a_notice_says_what_changes_for_me() {
    let legs = vec![
        Leg { offer: domain::id::OfferId(Uuid::nil()), member: member(2), gives: seat(1), takes: seat(2) },
        Leg { offer: domain::id::OfferId(Uuid::nil()), member: member(1), gives: seat(2), takes: seat(1) },
    ];
    let cases = [
        (
            Notice::SeatClaimed { seat: seat(1), by: member(2) },
            "Karim B. prend ta place, mer. 2 déc., 9 h – 12 h : tu n’as plus à venir.",
        ),
        (Notice::LoopClosed { legs }, "Tu viens mer. 2 déc., 9 h – 12 h à la place de ven. 4 déc., 18 h – 21 h (Karim B.)."),
        (
            Notice::ProposalReceived { mine: seat(1), theirs: seat(2), from: member(3) },
            "Léa G. te propose un échange : tu laisses ven. 4 déc., 18 h – 21 h, tu prends mer. 2 déc., 9 h – 12 h.",
        ),
        (Notice::SeatOffered { seat: seat(2), from: member(3) }, "Léa G. te propose sa place, ven. 4 déc., 18 h – 21 h."),
        (
            Notice::TeamChanged { shift: seat(1).shift, left: Some(member(2)), joined: Some(member(3)) },
            "Mer. 2 déc., 9 h – 12 h : Léa G. vient à la place de Karim B.",
        ),
        (
            Notice::ShiftClosed { shift: seat(1).shift, why: "Neige".to_owned(), treatment: Treatment::Excused },
            "Mer. 2 déc., 9 h – 12 h : « Neige. » Elle compte comme faite.",
        ),
        (
            Notice::TeamWarned { shift: seat(1).shift, by: member(9), note: String::new() },
            "Quelqu’un ne peut pas venir mer. 2 déc., 9 h – 12 h.",
        ),
    ];
    for (notice, wanted) in cases {
        assert_eq!(read(&notice), wanted);
    }
}

#[test]
fn an_answer_of_approvisionnement_says_to_what_and_why() {
    let answered = |verdict, why: &str| Notice::SuggestionAnswered {
        suggestion: domain::id::SuggestionId(Uuid::from_u128(7)),
        text: "Du tempeh".to_owned(),
        verdict,
        why: why.to_owned(),
    };
    assert_eq!(read(&answered(Verdict::Yes, "")), "Tu aimerais trouver « Du tempeh » : oui.");
    assert_eq!(read(&answered(Verdict::No, "Trop cher")), "Tu aimerais trouver « Du tempeh » : non. « Trop cher. »");
    assert_eq!(told(&answered(Verdict::Later, "À Noël"), &spoken(), member(1)).link, "/envies");
}

#[test]
fn a_notice_leads_where_one_can_act() {
    let link = |notice: &Notice| told(notice, &spoken(), member(1)).link;
    assert_eq!(link(&Notice::ProposalReceived { mine: seat(1), theirs: seat(2), from: member(3) }), "/echanges");
    assert_eq!(
        link(&Notice::SwapAccepted { gave: seat(1), got: seat(2), with: member(3) }),
        format!("/vacation/{}", seat(2).shift)
    );
}

#[test]
fn a_proxy_is_told_to_each_in_their_own_words() {
    let (assembly, starts_at) = (domain::id::AssemblyId(Uuid::nil()), "2026-12-04T18:30:00Z".parse().unwrap());
    let given = |from, to| Notice::ProxyGiven { assembly, starts_at, from, to };
    assert_eq!(
        read(&given(member(1), member(2))),
        "Karim B. vote pour toi à l’assemblée, le ven. 4 déc. à 19 h 30. Si tu viens, ta voix te revient."
    );
    assert!(read(&given(member(3), member(1))).starts_with("Léa G. te confie sa voix pour l’assemblée, le ven. 4 déc."));
    let ended = |from, to, by| Notice::ProxyEnded { assembly, starts_at, from, to, by };
    assert!(read(&ended(member(3), member(1), member(3))).contains("tu ne la portes plus"));
    assert!(read(&ended(member(1), member(2), member(2))).starts_with("Karim B. ne peut pas porter ta voix"));
    let role = Notice::AssemblyRole { assembly, starts_at, role: domain::assembly::Role::Teller };
    assert!(read(&role).contains("tu comptes les votes"));
}
