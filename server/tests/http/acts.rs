//! The same commands as plain forms.

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{House, post};

#[sqlx::test(migrations = false)]
async fn a_form_posted_twice_acts_once(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    let shift = house.coop.shift(5, 9, 3).await;
    let id = house.coop.id().to_string();
    let seat = format!("{shift}~1");
    for _ in 0..2 {
        let form =
            [("id", id.as_str()), ("kind", "take_seat"), ("seat", seat.as_str()), ("retour", "/vacations?semaine=2026-12-01")];
        let told = house.send(post("/acts").by(&device).form(&form)).await;
        assert_eq!(
            (told.status.as_u16(), told.header("location")),
            (303, format!("/vacations?semaine=2026-12-01&act={id}").as_str())
        );
    }
    assert_eq!(house.coop.count("select count(*) from seat_history").await, 1);
    let other = format!("{shift}~2");
    let reused = house.send(post("/acts").by(&device).form(&[("id", &id), ("kind", "take_seat"), ("seat", &other)])).await;
    assert_eq!(reused.header("location"), format!("/?act={id}&encore=1"));
    assert_eq!(house.coop.count("select count(*) from seat_history").await, 1);
}

#[sqlx::test(migrations = false)]
async fn the_way_back_stays_here(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    let id = house.coop.id().to_string();
    for back in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
        let told = house.send(post("/acts").by(&device).form(&[("id", &id), ("kind", "set_reminders"), ("retour", back)])).await;
        assert_eq!(told.header("location"), format!("/?act={id}"));
    }
}

#[sqlx::test(migrations = false)]
async fn a_form_that_nobody_understands_is_told_so_at_once(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    let (id, before) = (house.coop.id().to_string(), house.database().await);
    for form in [
        vec![("kind", "dance")],
        vec![("kind", "take_seat"), ("seat", "nowhere")],
        vec![("kind", "take_seat"), ("schema", "99")],
        vec![("kind", "set_reminders"), ("id", "00000000-0000-4000-8000-000000000000")],
    ] {
        let told = house.send(post("/acts").by(&device).form(&[form.as_slice(), &[("id", id.as_str())]].concat())).await;
        assert_eq!(told.status, 422, "{form:?}");
        assert!(told.text().contains("Cette demande n’a pas pu être lue : rien n’a changé."), "{}", told.text());
    }
    assert_eq!(house.database().await, before);
}

#[sqlx::test(migrations = false)]
async fn an_invitation_keeps_its_secret_out_of_addresses(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let device = house.signed_in("Camille").await;
    let seat = house.coop.seat_of(device.member, 10, 9).await;
    let id = house.coop.id().to_string();
    let invite = || {
        post("/acts").by(&device).form(&[("id", &id), ("kind", "invite"), ("seat", &seat.to_string()), ("retour", "/echanges")])
    };
    let told = house.send(invite()).await;
    assert_eq!(told.header("location"), format!("/echanges?act={id}"));
    let kept = told.cookie("alpar_invitation").unwrap();
    let value = String::from_utf8(hex::decode(kept.split_once('=').unwrap().1).unwrap()).unwrap();
    let secret = value.strip_prefix(&format!("{id}:")).unwrap().to_owned();
    let stored = house.coop.count("select count(*) from invitation").await;
    assert_eq!(stored, 1);
    // Posting it again is the same act with the same link.
    assert_eq!(house.send(invite()).await.cookie("alpar_invitation"), Some(kept));
    let hash = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(secret.as_bytes()));
    assert_eq!(house.coop.count(&format!("select count(*) from invitation where secret_hash = '{hash}'")).await, 1);
}
