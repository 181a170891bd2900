//! What is said of sorties.

use super::*;

fn at(typed: &str) -> Instant {
    typed.parse().unwrap()
}

fn times(from: &str, to: &str) -> Times {
    Times { starts_at: at(from), ends_at: at(to), closes_at: at(from) }
}

/// With plain spaces.
fn plain(said: &str) -> String {
    said.replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn a_time_is_said_as_people_say_it() {
    let now = at("2026-11-29T10:00:00Z");
    let cases = [
        ("2026-11-29T18:00:00Z", "2026-11-29T21:00:00Z", "Aujourd’hui, de 19 h à 22 h"),
        ("2026-11-30T18:30:00Z", "2026-11-30T21:00:00Z", "Demain, de 19 h 30 à 22 h"),
        ("2026-12-05T19:00:00Z", "2026-12-06T01:00:00Z", "Samedi 5 décembre, de 20 h à 2 h"),
        ("2026-12-04T17:00:00Z", "2026-12-06T11:00:00Z", "Du vendredi 4 décembre, 18 h, au dimanche 6 décembre, 12 h"),
        ("2027-01-09T18:00:00Z", "2027-01-09T20:00:00Z", "Samedi 9 janvier 2027, de 19 h à 21 h"),
    ];
    for (from, to, wanted) in cases {
        assert_eq!(plain(&when(&times(from, to), now)), wanted);
    }
}

#[test]
fn a_price_is_said() {
    let cases = [
        (Price::Free, "Gratuit"),
        (Price::Open, "Prix libre"),
        (Price::Fixed { cents: 400 }, "4 € par personne"),
        (Price::Fixed { cents: 450 }, "4,50 € par personne"),
    ];
    for (cents, wanted) in cases {
        assert_eq!(plain(&price(cents)), wanted);
    }
}

#[test]
fn a_full_event_says_so_and_where_one_stands() {
    assert_eq!(plain(&how_many(12, Some(0), 2)), "Complet : 12 viennent, 2 réponses en attente");
    assert_eq!(plain(&how_many(1, Some(11), 0)), "1 personne vient, 11 places libres");
    assert_eq!(plain(&how_many(0, None, 0)), "Personne pour l’instant");
    assert_eq!(plain(&standing(Placed::Waiting { at: 3, free: 0 })), "Liste d’attente, n° 3");
}

#[test]
fn whoever_waits_beside_seats_that_are_too_few_is_not_told_that_it_is_full() {
    let waits = Placed::Waiting { at: 1, free: 0 };
    let cases = [
        (1, Some(0), "C’est complet : tu es sur la liste d’attente, n° 1."),
        (3, Some(0), "C’est complet : tu es sur la liste d’attente, n° 1."),
        (3, Some(2), "Il reste 2 places, pas assez pour vous 3 : tu es sur la liste d’attente, n° 1."),
        (2, Some(1), "Il reste 1 place, pas assez pour vous 2 : tu es sur la liste d’attente, n° 1."),
        // An outcome does not say how many there are.
        (3, None, "Il n’y a pas assez de places pour vous 3 : tu es sur la liste d’attente, n° 1."),
        (1, None, "C’est complet : tu es sur la liste d’attente, n° 1."),
    ];
    for (party, left, wanted) in cases {
        assert_eq!(plain(&placed(waits, party, left)), wanted);
    }
    let free = plain(&placed(Placed::Waiting { at: 2, free: 3 }, 2, Some(3)));
    assert_eq!(free, "Tu es sur la liste d’attente, n° 2 ; 3 places libres, pour qui répond en premier.");
}

#[test]
fn an_album_that_takes_no_more_says_whose_doing_it_is() {
    assert_eq!(
        album(Album::Mine, false),
        "Tu as ajouté toutes celles que tu peux\u{202f}: retires-en une pour en ajouter une autre."
    );
    assert_eq!(album(Album::Full, false), "Il n’y a plus de place pour d’autres.");
}

#[test]
fn what_is_shared_out_names_who_takes_it() {
    let lea = ShortName::new("Léa", "Girard");
    assert_eq!(plain(&shared(4, 1, 1, &[(lea, 2)], 0)), "3 sur 4 : toi, Léa G. (2)");
    assert_eq!(plain(&shared(3, 3, 0, &[], 0)), "0 sur 3");
}

#[test]
fn an_answer_that_has_not_left_is_not_told_as_settled() {
    let (seat, seats) = (Placed::Seated { seats: 1 }, Placed::Seated { seats: 3 });
    let waits = Placed::Waiting { at: 2, free: 1 };
    let cases = [
        (seat, "Sans doute 1 place pour toi : c’est confirmé dès que ta réponse est partie."),
        (seats, "Sans doute 3 places pour toi : c’est confirmé dès que ta réponse est partie."),
        (waits, "Sans doute la liste d’attente, n° 2 : c’est confirmé dès que ta réponse est partie."),
        (Placed::Maybe, "Peut-être : c’est noté dès que ta réponse est partie. Seul un oui garde une place."),
        (Placed::No, "Tu ne viens pas : c’est noté dès que ta réponse est partie."),
    ];
    for (stands, wanted) in cases {
        assert_eq!(plain(&expected(stands)), wanted);
        assert!(!expected(stands).contains("C’est noté"), "{wanted}");
    }
    let chips = [
        (seat, "Tu viens, sans doute"),
        (seats, "Vous venez à 3, sans doute"),
        (waits, "Liste d’attente, n° 2, sans doute"),
        (Placed::Maybe, "Peut-être"),
        (Placed::No, "Tu ne viens pas"),
    ];
    for (stands, wanted) in chips {
        assert_eq!(plain(&likely(stands)), wanted);
    }
}

#[test]
fn of_what_is_over_only_what_was_said_is_told() {
    let cases = [
        (Placed::Seated { seats: 2 }, "Tu avais dit oui"),
        (Placed::Waiting { at: 1, free: 0 }, "Tu étais en liste d’attente"),
        (Placed::Maybe, "Tu avais dit peut-être"),
        (Placed::No, "Tu avais dit non"),
    ];
    for (stands, wanted) in cases {
        assert_eq!(stood(stands), wanted);
    }
}
