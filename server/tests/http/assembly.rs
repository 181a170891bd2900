//! The pages and forms of an assembly through HTTP: for whom they are, what comes back, what is hostile, what is printed.

use domain::command::Command;
use domain::id::{AssemblyId, MemberId};
use futures::future::join_all;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::hall::{Hall, PREPARE, SESSION, lent, plain};
use crate::house::get;

#[sqlx::test(migrations = false)]
async fn each_page_is_for_those_whose_it_is(_: PgPoolOptions, at: PgConnectOptions) {
    let mut hall = Hall::planned(at, 1).await;
    hall.adds("Ouvrir le lundi", "secret", "").await;
    hall.calls().await;
    hall.comes_the_day();
    let (id, resolution) = (hall.id.clone(), hall.resolutions[0].clone());
    let pages = [
        "/ag/preparer".to_owned(),
        format!("/ag/preparer/{id}"),
        format!("/ag/convocations/{id}"),
        format!("/ag/convocations/{id}/lettres"),
        format!("/ag/seance/{id}"),
        format!("/ag/emargement/{id}"),
        format!("/ag/scrutin/{resolution}"),
        format!("/ag/compte-rendu/{id}"),
        format!("/ag/vote/{resolution}"),
        "/ag".to_owned(),
        "/ag/documents".to_owned(),
        "/ag/pouvoir".to_owned(),
    ];
    let who = [&hall.idris, &hall.lea, &hall.hugo, &hall.margaux, &hall.members[0]];
    let mut table = Vec::new();
    for device in who {
        let mut row = Vec::new();
        for path in &pages {
            row.push(match hall.status(path, device).await {
                200 => "x",
                403 => "-",
                other => panic!("{path}: {other}"),
            });
        }
        table.push(row.join(" "));
    }
    assert_eq!(
        table,
        [
            "x x x x x - x x x x x x", // Idris: its chair, on the committee
            "x x x x x x x x x x x x", // Léa: its secretary
            "x x - - x x x x x x x x", // Hugo: a teller
            "- x x x x x - x x x x x", // Margaux: of the office
            "- - - - - - - - x x x x", // a member
        ]
    );
    // And their forms: nothing of what is posted all the same is done.
    let before = hall.house.database().await;
    let member = hall.members[0].member.to_string();
    for (to, act, fields) in [
        (PREPARE, "regles", vec![("preavis", "1"), ("quorum", "1"), ("quorum-extra", "1"), ("pouvoirs", "20")]),
        (PREPARE, "annuler", vec![("mot", "Non")]),
        (PREPARE, "convoquer", vec![]),
        (PREPARE, "roles", vec![("preside", member.as_str())]),
        (PREPARE, "inscrire", vec![]),
        (PREPARE, "installer", vec![]),
        (PREPARE, "remettre", vec![("membre", member.as_str())]),
        (SESSION, "ouvrir", vec![]),
        (SESSION, "emarger", vec![("membre", member.as_str())]),
        (SESSION, "pouvoir", vec![("de", member.as_str()), ("a", member.as_str())]),
        (SESSION, "ouvrir-vote", vec![("resolution", resolution.as_str())]),
        (SESSION, "bulletins", vec![("resolution", resolution.as_str()), ("membre", member.as_str())]),
        (SESSION, "compter", vec![("resolution", resolution.as_str()), ("pour", "60")]),
        (SESSION, "proces-verbal", vec![("base", "1"), ("text", "Faux")]),
    ] {
        let told = hall.posts(to, &hall.members[0], act, &fields).await;
        assert_eq!(told.status, 403, "{act}: {}", told.text());
    }
    assert_eq!(hall.house.database().await, before);
}

#[sqlx::test(migrations = false)]
async fn what_is_wrong_comes_back_with_all_that_was_typed_and_changes_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::planned(at, 1).await;
    let before = hall.house.database().await;
    let rules = [("preavis", "0"), ("quorum", "cent"), ("quorum-extra", "25"), ("pouvoirs", "21")];
    let told = hall.posts(PREPARE, &hall.idris, "regles", &rules).await;
    assert_eq!(told.status, 422);
    let html = plain(&told);
    for part in ["Le préavis est un nombre de jours, de 1 à 90.", "value=\"cent\"", "de 0 à 20"] {
        assert!(html.contains(part), "{part}: {html}");
    }
    let hostile = "</textarea><script>alert(1)</script>";
    let planned = [("title", "<b>AG</b>"), ("debut", "hier"), ("lieu", ""), ("text", hostile), ("nature", "ordinary")];
    let told = hall.posts(PREPARE, &hall.idris, "prevoir", &planned).await;
    assert_eq!(told.status, 422);
    let html = plain(&told);
    assert!(html.contains("Dis quand elle commence") && html.contains("Dis où elle se tient."), "{html}");
    assert!(!html.contains("<script>alert") && !html.contains("<b>AG"), "{html}");
    let document = [("sur", "nouveau"), ("title", "Comptes"), ("text", ""), ("href", "javascript:alert(1)")];
    hall.is_told_why(PREPARE, &hall.lea, "document", &document, "Cette adresse ne se lit pas").await;
    let election = [("sur", "nouvelle"), ("title", "Élire"), ("comment", "election"), ("sieges", "99")];
    hall.is_told_why(PREPARE, &hall.lea, "resolution", &election, "de 1 à 12").await;
    let alike = [("preside", hall.lea.member.to_string()), ("secretaire", hall.lea.member.to_string())];
    hall.is_told_why(PREPARE, &hall.idris, "roles", &lent(&alike), "Une personne n’a qu’un rôle").await;
    hall.is_told_why(PREPARE, &hall.idris, "annuler", &[("mot", " ")], "Dis pourquoi").await;
    hall.is_told_why(SESSION, &hall.idris, "ouvrir", &[], "Les membres ne sont pas encore convoqués").await;
    for nonsense in [vec![("geste", "rien")], vec![("geste", "roles"), ("assemblee", "x")], vec![]] {
        let told = hall.house.send(crate::house::post(PREPARE).by(&hall.idris).form(&nonsense)).await;
        assert!((400..500).contains(&told.status.as_u16()), "{nonsense:?}: {}", told.status);
    }
    assert_eq!(hall.house.database().await, before);
}

#[sqlx::test(migrations = false)]
async fn what_members_wrote_is_text_everywhere(_: PgPoolOptions, at: PgConnectOptions) {
    let mut hall = Hall::planned(at, 1).await;
    let hostile = "</div><script>alert(1)</script>";
    let document = [("title", hostile), ("text", hostile), ("href", "https://exemple.fr/\"onclick=\"x")];
    let told = hall.posts(PREPARE, &hall.lea, "document", &document).await;
    assert!(matches!(told.status.as_u16(), 303 | 422));
    hall.does(PREPARE, &hall.lea, "document", &[("title", hostile), ("text", hostile), ("href", "")]).await;
    hall.adds(hostile, "secret", "").await;
    hall.adds("Élire", "election", "1").await;
    hall.calls().await;
    let stands = Command::Stand { assembly: AssemblyId(hall.id.parse().unwrap()), words: hostile.into() };
    let told = hall.house.commands(&hall.members[0], &[hall.house.on_the_wire(stands)]).await;
    assert!(told.text().contains("applied"), "{}", told.text());
    let (id, resolution) = (&hall.id, &hall.resolutions[0]);
    for path in [
        "/ag".to_owned(),
        "/ag/documents".to_owned(),
        format!("/ag/vote/{resolution}"),
        format!("/ag/seance/{id}"),
        format!("/ag/preparer/{id}"),
    ] {
        let page = hall.page(&path, &hall.lea).await;
        assert!(!page.contains("<script>alert"), "{path}: {page}");
    }
}

#[sqlx::test(migrations = false)]
async fn a_letter_a_page_for_whoever_has_no_address_and_it_is_noted(_: PgPoolOptions, at: PgConnectOptions) {
    let mut hall = Hall::planned(at, 2).await;
    hall.adds("Ouvrir le lundi", "hands", "").await;
    hall.house.coop.sql("update member set email = '' where first_name like 'M0%'").await;
    hall.calls().await;
    let letters = format!("/ag/convocations/{}/lettres", hall.id);
    let page = hall.page(&letters, &hall.margaux).await;
    assert_eq!(page.matches("letter--each").count(), 2, "a page each");
    for part in ["Pour M00 Test", "Tu es convoqué·e", "lundi 21 décembre à 18 h", "Ouvrir le lundi", "Je soussigné·e M00 Test"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    let members: Vec<String> = hall.members.iter().map(|device| device.member.to_string()).collect();
    let marked: Vec<(&str, &str)> = members.iter().map(|member| ("membre", member.as_str())).collect();
    hall.does(PREPARE, &hall.margaux, "imprimer", &marked).await;
    let proof = hall.page(&format!("/ag/convocations/{}", hall.id), &hall.idris).await;
    assert!(proof.contains("par Margaux T.") && proof.contains("en route"), "{proof}");
    assert!(hall.page(&letters, &hall.margaux).await.contains("Aucune lettre n’attend d’être imprimée."));
}

#[sqlx::test(migrations = false)]
async fn a_plain_form_says_that_one_comes_and_the_page_shows_it(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::planned(at, 1).await;
    hall.calls().await;
    let (id, who) = (hall.house.coop.id().to_string(), &hall.members[0]);
    let fields =
        [("id", id.as_str()), ("kind", "answer_assembly"), ("assembly", hall.id.as_str()), ("coming", "true"), ("retour", "/ag")];
    for _ in 0..2 {
        let told = hall.house.send(crate::house::post("/acts").by(who).form(&fields)).await;
        assert_eq!(told.header("location"), format!("/ag?act={id}"));
    }
    assert!(hall.page("/ag", who).await.contains("Tu as dit « je viens »"));
    assert!(hall.page("/ag", &hall.idris).await.contains("1 membre a dit « je viens »"));
    // Whoever came to the co-op since has no voice there.
    let late = hall.house.signed_in("Tard").await;
    assert!(hall.page("/ag", &late).await.contains("tu n’as pas de voix à cette assemblée-là"));
    assert_eq!(hall.house.send(get("/ag/vote/01939d5e-7b1e-7000-8000-0000000000aa").by(who)).await.status, 404);
}

#[sqlx::test(migrations = false)]
async fn whoever_does_not_come_gives_back_what_they_carry_and_the_giver_reads_it(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::planned(at, 2).await;
    hall.calls().await;
    let (giver, holder) = (&hall.members[0], &hall.members[1]);
    hall.gives_proxy(giver, holder).await;
    assert!(hall.page("/ag", giver).await.contains("M01 T. vote pour toi."));
    assert!(hall.page("/ag", holder).await.contains("Si tu dis que tu ne viens pas, il lui est rendu"));
    let id = hall.house.coop.id().to_string();
    let fields = [
        ("id", id.as_str()),
        ("kind", "answer_assembly"),
        ("assembly", hall.id.as_str()),
        ("coming", "false"),
        ("retour", "/ag"),
    ];
    let told = hall.house.send(crate::house::post("/acts").by(holder).form(&fields)).await;
    assert_eq!(told.header("location"), format!("/ag?act={id}"));
    for path in ["/ag", "/ag/pouvoir"] {
        assert!(hall.page(path, giver).await.contains("M01 T. ne peut plus porter ta voix."), "{path}");
    }
    let kinds = hall.house.coop.told(giver.member).await;
    assert_eq!(kinds.iter().filter(|kind| *kind == "proxy_ended").count(), 1, "{kinds:?}");
    // Whoever does not come is not on the list; whoever asks them all the same reads what to do.
    let list = hall.page("/ag/pouvoir", giver).await;
    let offers = |who: MemberId| list.contains(&format!("<option value=\"{who}\""));
    assert_eq!((offers(hall.margaux.member), offers(holder.member)), (true, false), "{list}");
    let (id, to) = (hall.house.coop.id().to_string(), holder.member.to_string());
    let fields = [
        ("id", id.as_str()),
        ("kind", "give_proxy"),
        ("assembly", hall.id.as_str()),
        ("to", to.as_str()),
        ("retour", "/ag/pouvoir"),
    ];
    let told = hall.house.send(crate::house::post("/acts").by(giver).form(&fields)).await;
    let why = hall.page(told.header("location"), giver).await;
    assert!(why.contains("M01 T. a dit ne pas venir : choisis quelqu’un d’autre."), "{why}");
    // It is theirs to give to somebody else.
    hall.gives_proxy(giver, &hall.margaux).await;
    assert!(!hall.page("/ag", giver).await.contains("ne peut plus porter"));
}

#[sqlx::test(migrations = false)]
async fn one_that_nobody_opened_says_so_and_another_one_comes_in_its_place(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::planned(at, 1).await;
    hall.calls().await;
    let (who, id) = (&hall.members[0], hall.house.coop.id().to_string());
    hall.house.coop.backend.clock.set(crate::hall::evening() + chrono::Duration::days(1));
    for (path, device) in
        [("/ag".to_owned(), who), (format!("{PREPARE}/{}", hall.id), &hall.idris), (PREPARE.to_owned(), &hall.idris)]
    {
        assert!(hall.page(&path, device).await.contains("N’a pas eu lieu"), "{path}");
    }
    assert!(!hall.page("/ag", who).await.contains("Et toi ?"), "nobody says any more whether they come");
    hall.is_told_why(SESSION, &hall.idris, "ouvrir", &[], "pas avant ni après").await;
    let another = [
        ("assemblee", id.as_str()),
        ("nature", "ordinary"),
        ("title", "Les comptes, enfin"),
        ("debut", "2027-02-01T18:00"),
        ("lieu", "Meythet"),
        ("text", "1. Les comptes"),
    ];
    let planned = hall.posts_as(&id, PREPARE, &hall.idris, "prevoir", &another).await;
    assert_eq!(planned.status, 303, "{}", plain(&planned));
    hall.does(PREPARE, &hall.idris, "convoquer", &[("assemblee", id.as_str())]).await;
    let next = hall.page("/ag", who).await;
    assert!(next.contains("Les comptes, enfin") && next.contains("Et toi ?") && next.contains("Elle n’a pas eu lieu."), "{next}");
}

#[sqlx::test(migrations = false)]
async fn a_voice_that_is_taken_back_while_it_opens_is_its_members_or_still_carried_and_votes_once(
    _: PgPoolOptions,
    at: PgConnectOptions,
) {
    let mut hall = Hall::planned(at, 8).await;
    hall.adds("Ouvrir le lundi", "secret", "").await;
    hall.calls().await;
    let pairs: Vec<_> = hall.members.chunks(2).map(|pair| (&pair[0], &pair[1])).collect();
    let (assembly, mut taken_back) = (AssemblyId(hall.id.parse().unwrap()), Vec::new());
    for (giver, holder) in &pairs {
        let proxy = hall.gives_proxy(giver, holder).await;
        taken_back.push([hall.house.on_the_wire(Command::WithdrawProxy { proxy, assembly })]);
    }
    hall.comes_the_day();
    for (_, holder) in &pairs {
        hall.signs_in(holder.member).await;
    }
    let acts = pairs.iter().zip(&taken_back).map(|((giver, _), act)| hall.house.commands(giver, act));
    let (opened, told) = tokio::join!(hall.posts(SESSION, &hall.idris, "ouvrir", &[]), join_all(acts));
    assert_eq!(opened.status, 303, "{}", plain(&opened));
    hall.of_vote(&hall.idris, "ouvrir-vote", 0).await;
    for ((giver, holder), told) in pairs.iter().zip(&told) {
        let outcome = told.json()["outcomes"][0].clone();
        let voice = [(giver.member, vec!["for".to_owned()])];
        let carried = hall.votes(holder, 0, &voice).await;
        if outcome["status"] == "applied" {
            assert!(carried.status == 422 && plain(&carried).contains("ce pouvoir a été retiré"), "{}", plain(&carried));
            hall.signs_in(giver.member).await;
            let own = hall.votes(giver, 0, &voice).await;
            assert_eq!(own.status, 200, "{}", plain(&own));
        } else {
            assert_eq!(outcome["reason"]["code"], "assembly_begun", "{outcome}");
            assert_eq!(carried.status, 200, "{}", plain(&carried));
            assert_eq!(hall.votes(giver, 0, &voice).await.status, 422, "it has voted");
        }
    }
    assert_eq!(hall.count("select count(*) from vote_cast").await, 4, "each voice once");
    assert_eq!(hall.count("select count(*) from ballot").await, 4);
}
