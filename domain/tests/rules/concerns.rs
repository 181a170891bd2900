//! Whose business a notice is: a name, a note or a date is told to nobody else, whoever planned it.

use domain::id::SeatId;
use domain::notice::Notice;
use domain::notify::{Ties, concerns};
use domain::sheet::Mishap;
use domain::shifts::Treatment;
use domain::time::Days;

use crate::coop::{Coop, day, member, shift};

fn may(coop: &Coop, ties: &Ties, notice: &Notice, who: &str) -> bool {
    concerns(&coop.board, ties, notice, member(who))
}

fn seat(coop: &Coop, who: &str, on: &str) -> SeatId {
    coop.board.shifts[&shift(on)].seat_of(member(who)).expect("a seat")
}

#[test]
fn that_a_seat_is_taken_is_told_to_who_had_it() {
    let coop = Coop::new().shift("sat 9h", "Solène* Camille Hugo");
    let seat = seat(&coop, "Camille", "sat 9h");
    let notice = Notice::SeatClaimed { seat, by: member("Camille") };
    let had_it = Ties { held: [seat].into(), ..Ties::default() };
    assert!(may(&coop, &had_it, &notice, "Karim"));
    assert!(!may(&coop, &Ties::default(), &notice, "Nour") && !may(&coop, &Ties::default(), &notice, "Camille"));
}

#[test]
fn an_answer_is_for_who_asked_and_a_question_for_who_is_asked() {
    let coop = Coop::new().shift("sat 9h", "Solène* Camille Hugo").shift("thu 18h", "Karim* Nour");
    let (mine, theirs) = (seat(&coop, "Camille", "sat 9h"), seat(&coop, "Nour", "thu 18h"));
    let none = Ties::default();
    let asked = Notice::ProposalReceived { mine, theirs, from: member("Camille") };
    assert!(may(&coop, &none, &asked, "Nour") && !may(&coop, &none, &asked, "Camille") && !may(&coop, &none, &asked, "Hugo"));
    let refused = Notice::ProposalRefused { mine, theirs, by: member("Nour") };
    assert!(may(&coop, &none, &refused, "Camille") && !may(&coop, &none, &refused, "Hugo"));
    // Her seat has gone by then: she still hears what became of what she asked.
    let closed = Notice::ProposalClosed { mine, theirs };
    assert!(may(&coop, &Ties { held: [mine].into(), ..Ties::default() }, &closed, "Léa"));
}

#[test]
fn a_closed_shift_is_told_to_its_team_and_to_those_who_ticked_it() {
    let coop = Coop::new().shift("sat 9h", "Solène* Camille");
    let (shift, why) = (shift("sat 9h"), "Neige".to_owned());
    let ticked = Ties { ticked: [shift].into(), ..Ties::default() };
    let closed = Notice::ShiftClosed { shift, why: why.clone(), treatment: Treatment::Excused };
    assert!(may(&coop, &Ties::default(), &closed, "Camille") && !may(&coop, &ticked, &closed, "Karim"));
    let wished = Notice::WishClosed { shift, why };
    assert!(may(&coop, &ticked, &wished, "Karim") && !may(&coop, &Ties::default(), &wished, "Karim"));
}

#[test]
fn an_incident_is_told_to_whoever_answers_for_it_and_to_nobody_else() {
    let coop = Coop::new().shift("sat 9h", "Solène* Camille");
    let of = |what| Notice::IncidentReported { shift: shift("sat 9h"), by: member("Solène"), what, text: "Sol mouillé".into() };
    let distribution = Ties { distribution: true, ..Ties::default() };
    let employee = Ties { employee: true, office: true, answers: true, ..Ties::default() };
    let office = Ties { office: true, ..Ties::default() };
    for (what, group, paul, bureau) in
        [(Mishap::Safety, true, true, false), (Mishap::Breakage, true, false, false), (Mishap::Other, false, true, true)]
    {
        assert_eq!(may(&coop, &distribution, &of(what), "Nour"), group, "{what:?}");
        assert_eq!(may(&coop, &employee, &of(what), "Nour"), paul, "{what:?}");
        assert_eq!(may(&coop, &office, &of(what), "Nour"), bureau, "{what:?}");
        assert!(!may(&coop, &Ties::default(), &of(what), "Camille"), "{what:?}");
    }
}

#[test]
fn a_call_for_help_is_for_who_could_come_and_a_missing_lead_for_who_could_lead_or_answers() {
    let saturday = day(2026, 11, 28);
    let leave = Days { from: saturday, to: saturday };
    let coop = Coop::new().shift("sat 9h", "Solène* _").who("Karim", |karim| karim.leaves.push(leave));
    let none = Ties::default();
    let call = Notice::UrgentCall { shift: shift("sat 9h"), by: member("Solène"), note: "06 12 34 56 78".into() };
    assert!(may(&coop, &none, &call, "Nour") && !may(&coop, &none, &call, "Karim"), "he is on leave");
    let missing = Notice::LeadMissing { shift: shift("sat 9h"), within_h: 3 };
    assert!(may(&coop, &none, &missing, "Solène") && !may(&coop, &none, &missing, "Nour"));
    assert!(may(&coop, &Ties { answers: true, ..Ties::default() }, &missing, "Nour"));
}
