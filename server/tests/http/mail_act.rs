//! A mail's link: one act on a page without a session. Looking changes nothing, one answer counts, and it ends.

use axum::http::Method;
use std::collections::BTreeMap;

use backend::notify::{Batch, Came, Courier as _, next, plan, remind, revive, settle};
use chrono::Duration;
use domain::command::Command;
use domain::id::{MemberId, OfferId, SeatId};
use domain::notify::Channel;
use domain::swaps::Audience;
use server::brief_letter::BriefLetters;
use server::courier::Courier;
use server::letters::Letters;
use server::mail::Mailer;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::coop::claim;
use crate::house::{House, ORIGIN, Told, ask, get, post};

impl House {
    /// What leaves by mail next to this member.
    async fn mail_to(&self, member: MemberId) -> Batch {
        while plan(&self.coop.backend).await.unwrap() > 0 {}
        loop {
            let batch = next(&self.coop.backend, Channel::Mail).await.unwrap().expect("a mail to them");
            settle(&self.coop.backend, &batch.waiting, &Came::Sent, &[]).await.unwrap();
            if batch.member == member {
                return batch;
            }
        }
    }

    /// The link in the one mail to this member.
    async fn link_to(&self, member: MemberId) -> String {
        let batch = self.mail_to(member).await;
        let [waiting] = batch.waiting.as_slice() else { panic!("{:?}", batch.waiting) };
        format!("/acte/{}", waiting.link.as_ref().expect("a link"))
    }

    /// The links in all mails that leave next.
    async fn links(&self) -> BTreeMap<MemberId, String> {
        let mut links = BTreeMap::new();
        while plan(&self.coop.backend).await.unwrap() > 0 {}
        while let Some(batch) = next(&self.coop.backend, Channel::Mail).await.unwrap() {
            settle(&self.coop.backend, &batch.waiting, &Came::Sent, &[]).await.unwrap();
            links.extend(batch.waiting.iter().filter_map(|one| Some((batch.member, format!("/acte/{}", one.link.as_ref()?)))));
        }
        links
    }

    async fn press(&self, link: &str, choice: &str) -> Told {
        self.send(post(link).form(&[("choice", choice)])).await
    }

    /// The page as it reads, with plain spaces.
    async fn reads(&self, link: &str) -> String {
        self.send(get(link)).await.text().replace(['\u{a0}', '\u{202f}'], " ")
    }

    /// Léa asks Karim for his seat against hers, and he is written to.
    async fn proposed(&self) -> (String, SeatId, SeatId) {
        let (lea, karim) = (self.coop.member("Léa").await, self.coop.member("Karim").await);
        let (hers, his) = (self.coop.seat_of(lea, 10, 9).await, self.coop.seat_of(karim, 12, 9).await);
        self.coop.proposes(lea, hers, his).await;
        (self.link_to(karim).await, hers, his)
    }

    /// Hugo offers his seat to these by name.
    async fn offered_to(&self, named: &[MemberId]) -> SeatId {
        let hugo = self.coop.member("Hugo").await;
        let seat = self.coop.seat_of(hugo, 8, 9).await;
        let (offer, audience) = (self.coop.offer_id(), Audience::Named { members: named.to_vec() });
        self.coop.does(hugo, Command::GiveSeat { offer, seat, audience, note: String::new() }).await;
        seat
    }
}

#[sqlx::test(migrations = false)]
async fn whoever_opens_every_link_changes_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (link, ..) = house.proposed().await;
    let before = house.database().await;
    for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
        let plain = || ask(method.clone(), &link);
        for scanner in [
            plain(),
            plain().with("sec-purpose", "prefetch;prerender").with("purpose", "prefetch"),
            plain().with("sec-fetch-site", "none").with("sec-fetch-mode", "navigate"),
            plain().with("user-agent", "Mail link scanner").with("range", "bytes=0-9"),
            ask(method.clone(), &format!("{link}?choice=accept")),
        ] {
            let told = house.send(scanner).await;
            assert_eq!(told.status, if method == Method::OPTIONS { 405 } else { 200 }, "{method}");
            assert!(told.cookies().is_empty());
            assert_eq!(told.header("cache-control"), "no-store");
        }
    }
    assert_eq!(house.database().await, before);
    assert!(house.send(ask(Method::HEAD, &link)).await.body.is_empty());
}

#[sqlx::test(migrations = false)]
async fn the_page_shows_one_act_and_nothing_else(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (link, ..) = house.proposed().await;
    let told = house.send(get(&link)).await;
    assert_eq!(told.header("x-robots-tag"), "noindex, nofollow");
    assert_eq!(told.header("referrer-policy"), "same-origin");
    assert!(told.header("content-security-policy").contains("script-src 'none'"));
    let page = told.text();
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Bonjour Karim") && page.contains("Léa"), "{page}");
    for absent in ["<script", "<nav", "modulepreload", "manifest", "@example.org", "alpar-member"] {
        assert!(!page.contains(absent), "{absent}: {page}");
    }
    assert_eq!(page.matches("<form").count(), 2);
    assert!(page.contains(&format!("action=\"{link}\"")));
    for choice in ["accept", "refuse"] {
        assert!(page.contains(&format!("value=\"{choice}\"")), "{page}");
    }
}

#[sqlx::test(migrations = false)]
async fn an_answer_needs_no_session_and_gives_none(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (link, hers, his) = house.proposed().await;
    let before = (house.coop.holder(hers).await, house.coop.holder(his).await);
    let told = house.press(&link, "accept").await;
    assert_eq!((told.status.as_u16(), told.header("location")), (303, link.as_str()));
    assert!(told.cookies().is_empty());
    assert_eq!((house.coop.holder(his).await, house.coop.holder(hers).await), before, "they have each other's");
    let page = house.reads(&link).await;
    assert!(page.contains("C’est fait") && page.contains("L’échange est conclu.") && !page.contains("<form"), "{page}");
    assert_eq!(house.coop.count("select count(*) from session").await, 0);
}

#[sqlx::test(migrations = false)]
async fn one_answer_counts_however_often_it_is_pressed(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (link, hers, _) = house.proposed().await;
    let holder = house.coop.holder(hers).await;
    let presses = ["refuse", "accept", "refuse", "accept", "refuse", "refuse"].map(|choice| house.press(&link, choice));
    for told in futures::future::join_all(presses).await {
        assert_eq!(told.status, 303);
    }
    let first: (String,) = sqlx::query_as("select choice from mail_act").fetch_one(&house.coop.backend.pool).await.unwrap();
    let accepted = first.0 == "accept";
    let state = if accepted { "accepted" } else { "refused" };
    let closed = format!("select count(*) from proposal where state = '{state}'");
    assert_eq!(house.coop.count(&closed).await, 1);
    assert_eq!(house.coop.holder(hers).await != holder, accepted);
    let after = house.database().await;
    for choice in ["accept", "refuse", "take"] {
        assert_eq!(house.press(&link, choice).await.status, 303);
    }
    assert_eq!(house.database().await, after);
    assert_eq!(house.coop.count("select count(*) from command_log where kind like '%_proposal'").await, 1);
}

#[sqlx::test(migrations = false)]
async fn a_link_ends_with_the_thing_it_is_about(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (link, ..) = house.proposed().await;
    let before = house.database().await;
    house.coop.backend.clock.set(house.coop.now() + Duration::hours(72));
    assert_eq!(house.send(get(&link)).await.status, 200, "until then, inclusive");
    house.coop.backend.clock.set(house.coop.now() + Duration::milliseconds(1));
    let told = house.send(get(&link)).await;
    assert_eq!(told.status, 410);
    assert!(told.text().contains("Ce lien a pris fin") && !told.text().contains("<form"));
    assert_eq!(house.press(&link, "accept").await.status, 303);
    assert_eq!(house.database().await, before);
}

#[sqlx::test(migrations = false)]
async fn no_link_lasts_longer_than_a_week(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let lea = house.coop.member("Léa").await;
    house.offered_to(&[lea]).await;
    let link = house.link_to(lea).await;
    house.coop.backend.clock.set(house.coop.now() + Duration::days(7));
    assert_eq!(house.send(get(&link)).await.status, 200);
    house.coop.backend.clock.set(house.coop.now() + Duration::milliseconds(1));
    assert_eq!(house.send(get(&link)).await.status, 410);
}

#[sqlx::test(migrations = false)]
async fn a_link_that_is_not_whole_leads_nowhere(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (nour, ines) = (house.coop.member("Nour").await, house.coop.member("Inès").await);
    house.offered_to(&[nour, ines]).await;
    let links = house.links().await;
    let (hers, other) = (links[&nour].clone(), links[&ines].clone());
    let before = house.database().await;
    let token = hers.trim_start_matches("/acte/");
    let mixed = format!("/acte/{}{}", &other.trim_start_matches("/acte/")[..12], &token[12..]);
    let mut wrong = vec!["/acte/abc".to_owned(), format!("/acte/{}", "A".repeat(32)), mixed, format!("{hers}A")];
    wrong.extend((0..token.len()).step_by(5).map(|at| {
        let turned = if &token[at..=at] == "A" { "B" } else { "A" };
        format!("/acte/{}{turned}{}", &token[..at], &token[at + 1..])
    }));
    for link in wrong {
        let told = house.send(get(&link)).await;
        assert_eq!(told.status, 404, "{link}");
        assert!(told.text().contains("Ce lien ne mène à rien"), "{}", told.text());
        assert_eq!(house.press(&link, "take").await.status, 404, "{link}");
    }
    assert_eq!(house.database().await, before);
}

#[sqlx::test(migrations = false)]
async fn a_link_is_its_reader_s_while_they_are_a_member_at_that_address(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (nour, ines) = (house.coop.member("Nour").await, house.coop.member("Inès").await);
    let seat = house.offered_to(&[nour]).await;
    let link = house.link_to(nour).await;
    let holder = house.coop.holder(seat).await;
    let address = format!("select email from member where member_id = '{nour}'");
    let address: String = sqlx::query_scalar(sqlx::AssertSqlSafe(address)).fetch_one(&house.coop.backend.pool).await.unwrap();
    for (change, back) in [
        ("member set email = 'new@example.org'".to_owned(), format!("member set email = '{address}'")),
        ("member set left_on = '2026-12-01'".to_owned(), "member set left_on = null".to_owned()),
        (format!("delivery set member_id = '{ines}'"), format!("delivery set member_id = '{nour}'")),
        ("delivery set channel = 'push'".to_owned(), "delivery set channel = 'mail'".to_owned()),
    ] {
        let whose = |what: &str| match what.starts_with("member") {
            true => format!("update {what} where member_id = '{nour}'"),
            false => format!("update {what} where notice->>'kind' = 'seat_offered'"),
        };
        house.coop.sql(&whose(&change)).await;
        assert_eq!(house.send(get(&link)).await.status, 404, "{change}");
        assert_eq!(house.press(&link, "take").await.status, 404, "{change}");
        house.coop.sql(&whose(&back)).await;
        assert_eq!(house.send(get(&link)).await.status, 200, "{back}");
    }
    assert_eq!(house.coop.holder(seat).await, holder);
}

#[sqlx::test(migrations = false)]
async fn who_comes_second_reads_who_was_first(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (nour, ines) = (house.coop.member("Nour").await, house.coop.member("Inès").await);
    let seat = house.offered_to(&[nour, ines]).await;
    let links = house.links().await;
    let (first, second) = (links[&nour].clone(), links[&ines].clone());
    assert!(house.reads(&second).await.contains("Prendre la place"));
    assert_eq!(house.press(&first, "take").await.status, 303);
    assert_eq!(house.coop.holder(seat).await, Some(nour));
    let after = house.database().await;
    assert_eq!(house.press(&second, "take").await.status, 303);
    let page = house.reads(&second).await;
    assert!(page.contains("Nour T. l’a prise.") && !page.contains("<form"), "{page}");
    assert_eq!(house.database().await, after, "nothing is noted of what was not offered any more");
}

#[sqlx::test(migrations = false)]
async fn an_answer_that_was_broken_off_is_the_same_when_it_is_pressed_again(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let nour = house.coop.member("Nour").await;
    let seat = house.offered_to(&[nour]).await;
    let link = house.link_to(nour).await;
    let offer: OfferId = sqlx::query_scalar("select offer_id from offer").fetch_one(&house.coop.backend.pool).await.unwrap();
    // The process died between noting it and doing it; then Hugo keeps his seat.
    sqlx::query("insert into mail_act select delivery_id, 'take', $1, $2, $3 from delivery where member_id = $4")
        .bind(house.coop.id())
        .bind(serde_json::to_value(claim(offer)).unwrap())
        .bind(house.coop.now())
        .bind(nour)
        .execute(&house.coop.backend.pool)
        .await
        .unwrap();
    let page = house.reads(&link).await;
    assert!(page.contains("Renvoie-la") && page.contains("value=\"take\""), "{page}");
    let hugo = house.coop.holder(seat).await.unwrap();
    house.coop.does(hugo, Command::WithdrawOffer { offer }).await;
    for _ in 0..2 {
        assert_eq!(house.press(&link, "take").await.status, 303);
    }
    let page = house.reads(&link).await;
    assert!(page.contains("Cette proposition est terminée.") && page.contains("Ça n’a pas pu se faire"), "{page}");
    assert!(!page.contains("<form"));
    assert_eq!(house.coop.holder(seat).await, Some(hugo));
    assert_eq!(house.coop.count("select count(*) from command_log where kind = 'claim_offer'").await, 1);
}

#[sqlx::test(migrations = false)]
async fn another_site_cannot_press_and_nobody_can_press_without_end(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (link, ..) = house.proposed().await;
    let before = house.database().await;
    for foreign in [
        ask(Method::POST, &link),
        ask(Method::POST, &link).with("origin", "null"),
        ask(Method::POST, &link).with("origin", "https://mail.example"),
        ask(Method::POST, &link).with("sec-fetch-site", "cross-site"),
    ] {
        assert_eq!(house.send(foreign.form(&[("choice", "accept")])).await.status, 403);
    }
    for wrong in ["", "dance", "ACCEPT"] {
        assert_eq!(house.press(&link, wrong).await.status, 400, "{wrong}");
    }
    let json = post(&link).text("application/json", "{\"choice\":\"accept\"}");
    assert_eq!(house.send(json).await.status, 415);
    let mut statuses = Vec::new();
    for _ in 0..20 {
        statuses.push(house.press(&link, "dance").await.status.as_u16());
    }
    assert_eq!(statuses.last(), Some(&429));
    assert_eq!(house.press(&link, "accept").await.status, 429);
    assert_eq!(house.database().await, before);
}

#[sqlx::test(migrations = false)]
async fn a_reminder_is_answered_with_the_seat_given_away(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let lea = house.coop.member("Léa").await;
    let seat = house.coop.seat_of(lea, 2, 9).await;
    house.coop.backend.clock.set(house.coop.now() + Duration::hours(2));
    assert_eq!(remind(&house.coop.backend).await.unwrap(), 1, "two days before");
    let link = house.link_to(lea).await;
    let page = house.reads(&link).await;
    assert!(page.contains("Donner ma place") && page.contains("Tu donnes :") && page.contains("Prévenir l’équipe"), "{page}");
    assert_eq!(house.press(&link, "give").await.status, 303);
    let open = "select count(*) from offer where state = 'open' and audience = 'anyone'";
    assert_eq!((house.coop.count(open).await, house.coop.holder(seat).await), (1, Some(lea)));
    assert!(house.reads(&link).await.contains("Elle reste la tienne tant que personne ne l’a prise."));
}

#[sqlx::test(migrations = false)]
async fn what_moved_my_shift_is_marked_seen_from_its_mail(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let (lea, karim) = (house.coop.member("Léa").await, house.coop.member("Karim").await);
    let seat = house.coop.seat_of(lea, 11, 12).await;
    let offer = house.coop.gives(lea, seat).await;
    house.coop.does(karim, claim(offer)).await;
    let link = house.link_to(lea).await;
    let seen = format!("select count(*) from notice where member_id = '{lea}' and seen_at is not null");
    assert!(house.reads(&link).await.contains("J’ai vu") && house.coop.count(&seen).await == 0);
    assert_eq!(house.press(&link, "seen").await.status, 303);
    assert_eq!(house.coop.count(&seen).await, 1);
    assert!(house.reads(&link).await.contains("C’est noté."));
}

// — the mails —

fn letters() -> Letters {
    Letters { origin: ORIGIN.to_owned() }
}

#[sqlx::test(migrations = false)]
async fn a_mail_that_is_sent_again_carries_the_same_link_first_in_both_its_forms(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let nour = house.coop.member("Nour").await;
    house.offered_to(&[nour]).await;
    plan(&house.coop.backend).await.unwrap();
    let lost = next(&house.coop.backend, Channel::Mail).await.unwrap().unwrap();
    house.coop.backend.clock.set(house.coop.now() + Duration::seconds(121));
    assert_eq!(revive(&house.coop.backend).await.unwrap(), 1);
    let again = next(&house.coop.backend, Channel::Mail).await.unwrap().unwrap();
    let [one, two] = [&lost, &again].map(|batch| letters().mail(batch, None));
    let but_for_that = |html: &Option<String>| {
        html.as_ref().unwrap().split("<p").filter(|part| !part.contains("peut-être déjà")).collect::<String>()
    };
    assert_eq!(but_for_that(&one.html), but_for_that(&two.html));
    assert_eq!((&one.id, &one.subject), (&two.id, &two.subject));
    let link = format!("{ORIGIN}/acte/{}", lost.waiting[0].link.as_ref().unwrap());
    for text in [&one.text, &two.text, one.html.as_ref().unwrap()] {
        assert_eq!(text.matches("/acte/").count(), 1, "{text}");
        assert!(text.find(&link).unwrap() < text.find("/vacation/").unwrap(), "{text}");
        assert!(text.contains("Prendre la place") && text.contains("Voir dans Alpar"), "{text}");
    }
}

#[sqlx::test(migrations = false)]
async fn each_act_has_a_mail_of_its_own_unless_too_many_wait_at_once(_: PgPoolOptions, at: PgConnectOptions) {
    let house = House::new(at).await;
    let folder = std::env::temp_dir().join(format!("alpar-mails-{}", house.coop.id().simple()));
    let config = server::config::Config::read(|name| match name {
        "PUBLIC_URL" => Some(ORIGIN.into()),
        "ALPAR_DATA" => Some(folder.display().to_string()),
        _ => None,
    })
    .unwrap();
    let courier = Courier {
        backend: house.coop.backend.clone(),
        mailer: Mailer::new(&config).unwrap(),
        pusher: house.server.pusher.clone(),
        letters: letters(),
        briefs: BriefLetters { origin: ORIGIN.into() },
        brief_pace: 30,
    };
    /// Sends what waits; how many links stand in each of its mails.
    async fn sent(house: &House, courier: &Courier, folder: &std::path::Path) -> Vec<usize> {
        let _ = std::fs::remove_dir_all(folder);
        while plan(&house.coop.backend).await.unwrap() > 0 {}
        let batch = next(&house.coop.backend, Channel::Mail).await.unwrap().unwrap();
        let told = batch.waiting.len();
        let handed = courier.carry(batch).await;
        assert_eq!(handed.iter().map(|handed| handed.waiting.len()).sum::<usize>(), told);
        for handed in handed {
            assert_eq!(handed.came, Came::Sent);
            settle(&house.coop.backend, &handed.waiting, &handed.came, &handed.reached).await.unwrap();
        }
        let files = std::fs::read_dir(folder.join("mail")).unwrap();
        let mut links: Vec<usize> = files
            .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap().replace("=\r\n", ""))
            // Once as text, once as HTML.
            .map(|mail| mail.matches("/acte/").count() / 2)
            .collect();
        links.sort_unstable();
        links
    }
    let nour = house.coop.member("Nour").await;
    let offer = async |day: u64, hour: u32| {
        let giver = house.coop.member("Hugo").await;
        let seat = house.coop.seat_of(giver, day, hour).await;
        let (offer, audience) = (house.coop.offer_id(), Audience::Named { members: vec![nour] });
        house.coop.does(giver, Command::GiveSeat { offer, seat, audience, note: String::new() }).await;
    };
    // Two that only tell: what she proposed was refused.
    for day in [10, 11] {
        let karim = house.coop.member("Karim").await;
        let (hers, his) = (house.coop.seat_of(nour, day, 9).await, house.coop.seat_of(karim, day + 2, 15).await);
        let proposal = house.coop.proposes(nour, hers, his).await;
        house.coop.does(karim, Command::RefuseProposal { proposal }).await;
    }
    house.coop.sql(&format!("update notice set planned_at = at where member_id <> '{nour}'")).await;
    offer(8, 9).await;
    offer(8, 12).await;
    assert_eq!(sent(&house, &courier, &folder).await, [0, 1, 1]);
    for hour in [9, 12, 15, 18] {
        offer(9, hour).await;
    }
    assert_eq!(sent(&house, &courier, &folder).await, [0], "together, and to the app");
    let _ = std::fs::remove_dir_all(&folder);
}
