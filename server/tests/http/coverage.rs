//! The coverage board on the wire: for whoever answers for the shifts, and nobody else learns a name or a number.

use domain::id::SeatId;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{House, get};

const PHONE: &str = "06 12 34 56 78";

#[sqlx::test(migrations = false)]
async fn a_lead_sees_who_is_missing_and_whom_to_call_and_a_member_that_it_is_not_for_them(
    _: PgPoolOptions,
    at: PgConnectOptions,
) {
    let house = House::new(at).await;
    let (solene, nour, margaux) =
        (house.signed_in("Solène").await, house.signed_in("Nour").await, house.signed_in("Margaux").await);
    house.coop.knows(solene.member, "animation").await;
    house.coop.in_office(margaux.member).await;
    let hugo = house.coop.member("Hugo").await;
    house.coop.sql(&format!("update member set phone = '{PHONE}' where member_id = '{hugo}'")).await;
    let shift = house.coop.shift(4, 9, 3).await;
    house.coop.asks(SeatId::new(shift, 0), true, None).await;
    house.coop.sits(nour.member, SeatId::new(shift, 1)).await;

    let people = format!("/couverture/{shift}");
    let answer = format!("/api/v1/coverage/people?shift={shift}");
    for path in ["/couverture", people.as_str(), "/api/v1/coverage", answer.as_str()] {
        for device in [&solene, &margaux] {
            let told = house.send(get(path).by(device)).await;
            assert_eq!(told.status, 200, "{path}: {}", told.text());
        }
        let told = house.send(get(path).by(&nour)).await;
        assert_eq!(told.status, 403, "{path}");
        for secret in [PHONE, "0612345678", "Hugo"] {
            assert!(!told.text().contains(secret), "{path} tells {secret}");
        }
        let visitor = house.send(get(path)).await;
        assert_eq!(visitor.status.as_u16(), if path.starts_with("/api/") { 401 } else { 303 }, "{path}");
    }
    assert!(house.send(get("/couverture").by(&nour)).await.text().contains("Cette page n’est pas pour toi"));

    let board = house.send(get("/couverture").by(&solene)).await.text();
    for said in
        ["Personne n’anime", "Animation", "Pas assez d’historique", "Au fil des semaines", "class=\"plot\"", people.as_str()]
    {
        assert!(board.contains(said), "{said} is missing: {board}");
    }
    let named = house.send(get(&people).by(&solene)).await.text();
    assert!(named.contains("Hugo T.") && !named.contains("0612345678") && !named.contains(PHONE), "{named}");
    let numbers = house.send(get(&people).by(&margaux)).await.text();
    assert!(numbers.contains("Hugo T.") && numbers.contains("tel:0612345678"), "{numbers}");
    let unknown = house.send(get("/couverture/019ab0c2-0000-7000-8000-000000000001").by(&solene)).await;
    assert_eq!(unknown.status, 404);

    // The doors to it are there for whoever may pass.
    for path in ["/moi", "/vacations"] {
        assert!(house.send(get(path).by(&solene)).await.text().contains("href=\"/couverture\""), "{path}");
        assert!(!house.send(get(path).by(&nour)).await.text().contains("href=\"/couverture\""), "{path}");
    }
}
