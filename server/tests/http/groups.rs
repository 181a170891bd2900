//! Groups and governance through HTTP: what everybody reads, what is typed and comes back, what is hostile.

use domain::command::Command;
use domain::id::{GroupId, JoiningId};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{Device, House, Told, get, post};

/// Théo answers for Vie sociale, Idris sits on the committee, Nour is a member like others.
struct Coop {
    house: House,
    group: GroupId,
    theo: Device,
    idris: Device,
    nour: Device,
}

impl Coop {
    async fn new(at: PgConnectOptions) -> Coop {
        let house = House::new(at).await;
        let (theo, idris, nour) = (house.signed_in("Théo").await, house.signed_in("Idris").await, house.signed_in("Nour").await);
        house.coop.in_group(theo.member, "vie-sociale").await;
        let (mandate, sits) = (house.coop.id(), idris.member);
        house
            .coop
            .sql(&format!(
                "update group_member set referent = true;
                 insert into mandate (mandate_id, member_id, from_on, to_on, seat) values ('{mandate}', '{sits}', '2026-06-13', '2028-06-12', 1)"
            ))
            .await;
        let group = house.coop.group("vie-sociale").await;
        Coop { house, group, theo, idris, nour }
    }

    async fn posts(&self, to: &str, who: &Device, fields: &[(&str, &str)]) -> Told {
        self.house.send(post(to).by(who).form(fields)).await
    }

    async fn page(&self, path: &str, who: &Device) -> String {
        let told = self.house.send(get(path).by(who)).await;
        assert_eq!(told.status, 200, "{path}: {}", told.text());
        told.is_well_nested(path);
        plain(&told)
    }
}

/// French spaces as they are typed.
fn plain(told: &Told) -> String {
    told.text().replace(['\u{a0}', '\u{202f}'], " ")
}

#[sqlx::test(migrations = false)]
async fn everybody_reads_the_same_bytes_of_groups(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let joining = JoiningId(coop.house.coop.id());
    coop.house.coop.does(coop.nour.member, Command::AskToJoin { joining, group: coop.group, word: "Un secret".into() }).await;
    let told = coop.house.send(get("/api/v1/groups").by(&coop.theo)).await;
    let other = coop.house.send(get("/api/v1/groups").by(&coop.nour)).await;
    assert_eq!((told.status, &told.body, told.header("etag")), (other.status, &other.body, other.header("etag")));
    assert!(!told.text().contains("Un secret"), "who asks is for those who answer");
    let mine = coop.house.send(get("/api/v1/me").by(&coop.theo)).await;
    assert_eq!(mine.json()["admits"][0]["joining"]["word"], "Un secret");
    let hers = coop.house.send(get("/api/v1/me").by(&coop.nour)).await;
    assert_eq!(hers.json()["joinings"][0]["state"], "pending");
    assert!(hers.json()["admits"].is_null());
}

#[sqlx::test(migrations = false)]
async fn a_plain_form_asks_to_join_and_the_page_says_what_became_of_it(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let page = coop.page("/groupe/vie-sociale", &coop.nour).await;
    assert!(page.contains("Demander à rejoindre") && !page.contains("Nouvelle sortie"), "{page}");
    let id = coop.house.coop.id().to_string();
    let (group, back) = (coop.group.to_string(), "/groupe/vie-sociale");
    let fields = [
        ("id", id.as_str()),
        ("kind", "ask_to_join"),
        ("group", group.as_str()),
        ("word", "<script>x</script>"),
        ("retour", back),
    ];
    for _ in 0..2 {
        let told = coop.posts("/acts", &coop.nour, &fields).await;
        assert_eq!((told.status.as_u16(), told.header("location")), (303, format!("{back}?act={id}").as_str()));
    }
    assert_eq!(coop.house.coop.count("select count(*) from group_joining").await, 1);
    assert!(coop.page(&format!("{back}?act={id}"), &coop.nour).await.contains("Ta demande attend une réponse"));
    let read = coop.page(back, &coop.theo).await;
    assert!(read.contains("Nour T. voudrait venir") && read.contains("&lt;script&gt;") && !read.contains("<script>x"), "{read}");
    // By its id, where a notice leads, it is the same page; another name is none.
    assert!(coop.page(&format!("/groupe/{group}"), &coop.nour).await.contains("Retirer ma demande"));
    assert_eq!(coop.house.send(get("/groupe/rien").by(&coop.nour)).await.status, 404);
}

#[sqlx::test(migrations = false)]
async fn what_is_done_with_a_member_folds_out_beside_their_name(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    coop.house.coop.in_group(coop.nour.member, "vie-sociale").await;
    // `page` looks whether a form has come into a line of text.
    let read = coop.page("/groupe/vie-sociale", &coop.theo).await;
    for said in ["Changer pour Nour T.", "Pourquoi retirer Nour T.", "En faire la personne référente"] {
        assert!(read.contains(said), "{said} is missing: {read}");
    }
    for path in ["/coop", "/groupe/vie-sociale/gerer", "/coordination", "/comite", "/decisions", "/consultations", "/ag"] {
        coop.page(path, &coop.theo).await;
    }
    for path in ["/gouvernance", "/gouvernance/mandats", "/objectifs"] {
        coop.page(path, &coop.idris).await;
    }
}

#[sqlx::test(migrations = false)]
async fn a_groups_page_that_is_wrong_comes_back_with_all_that_was_typed(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let group = coop.group.to_string();
    let hostile = "</textarea><script>alert(1)</script>";
    let wrong =
        [("geste", "page"), ("group", group.as_str()), ("base", "1"), ("role", " "), ("page", hostile), ("appel", "Deux bras")];
    let told = coop.posts("/groupes", &coop.theo, &wrong).await;
    assert_eq!(told.status, 422);
    let html = plain(&told);
    assert!(html.contains("Dis à quoi sert le groupe.") && html.contains("Deux bras"), "{html}");
    assert!(!html.contains("<script>alert"), "{html}");
    assert_eq!(coop.house.coop.count("select count(*) from group_act").await, 0);
    let right =
        [("geste", "page"), ("group", group.as_str()), ("base", "1"), ("role", "La fête"), ("page", hostile), ("appel", "")];
    let told = coop.posts("/groupes", &coop.theo, &right).await;
    assert_eq!(told.status, 303);
    assert!(told.header("location").ends_with("/gerer?fait=page"), "{}", told.header("location"));
    let shown = coop.page("/groupe/vie-sociale", &coop.nour).await;
    assert!(shown.contains("La fête") && !shown.contains("<script>alert"), "{shown}");
    // Somebody else wrote in between: both are shown, and the form goes on from what it is now.
    let told = coop.posts("/groupes", &coop.theo, &right).await;
    assert_eq!(told.status, 422);
    assert!(plain(&told).contains("Quelqu’un l’a changé entre-temps."));
    assert!(plain(&told).contains("name=\"base\" value=\"2\""));
    for nonsense in [vec![("geste", "page")], vec![("geste", "rien"), ("group", group.as_str())], vec![("group", "x")]] {
        let told = coop.posts("/groupes", &coop.theo, &nonsense).await;
        assert!((400..500).contains(&told.status.as_u16()), "{nonsense:?}: {}", told.status);
    }
}

#[sqlx::test(migrations = false)]
async fn what_the_committee_types_comes_back_or_is_done_once(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let id = coop.house.coop.id().to_string();
    let wrong = [("geste", "reunion"), ("debut", "bientôt"), ("fin", ""), ("lieu", "<b>Là</b>")];
    let told = coop.posts("/gouvernance", &coop.idris, &wrong).await;
    assert_eq!(told.status, 422);
    let html = plain(&told);
    assert!(html.contains("Dis quand ça commence") && !html.contains("<b>Là</b>"), "{html}");
    let right =
        [("id", id.as_str()), ("geste", "reunion"), ("debut", "2026-12-20T19:00"), ("fin", "2026-12-20T21:00"), ("lieu", "Là")];
    for _ in 0..2 {
        assert_eq!(coop.posts("/gouvernance", &coop.idris, &right).await.header("location"), "/gouvernance?fait=reunion");
    }
    assert_eq!(coop.house.coop.count("select count(*) from coordination_meeting").await, 1);
    assert!(coop.page("/coordination", &coop.nour).await.contains("Ajouter ce point"));
    let decided = [
        ("geste", "decision"),
        ("title", "Prix libre"),
        ("qui", "coordination"),
        ("comment", "consensus"),
        ("jour", "2026-12-01"),
    ];
    assert_eq!(coop.posts("/gouvernance", &coop.idris, &decided).await.status, 303);
    let found = coop.page("/decisions?q=PRIX", &coop.nour).await;
    assert!(found.contains("Prix libre") && found.contains("Tactique"), "{found}");
    let none = coop.page("/decisions?q=velo", &coop.nour).await;
    assert!(none.contains("Aucune décision ne répond à ces mots.") && !none.contains("Prix libre"), "{none}");
    for nonsense in [
        vec![("geste", "rien")],
        vec![("geste", "ordre"), ("reunion", "x")],
        vec![("geste", "decision"), ("decision", "x")],
        vec![("geste", "finir"), ("mandat", "x")],
        vec![("geste", "presences"), ("reunion", id.as_str()), ("present", "x")],
        vec![("geste", "clore")],
    ] {
        let told = coop.posts("/gouvernance", &coop.idris, &nonsense).await;
        assert!((400..500).contains(&told.status.as_u16()), "{nonsense:?}: {}", told.status);
    }
}

#[sqlx::test(migrations = false)]
async fn an_answer_to_a_consultation_counts_once_and_is_shown_when_it_is_over(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let id = coop.house.coop.id().to_string();
    let asks = [
        ("id", id.as_str()),
        ("geste", "consulter"),
        ("title", "Une boîte à livres ?"),
        ("maniere", "consensus"),
        ("ferme", "2026-12-20T18:00"),
    ];
    assert_eq!(coop.posts("/consultations", &coop.idris, &asks).await.status, 303);
    let page = format!("/consultations/{id}");
    for (stance, word, wanted) in
        [("object", "", 422), ("object", "<i>Trop étroit</i>", 303), ("agree", "", 303), ("peut-être", "", 422)]
    {
        let fields = [("geste", "repondre"), ("consultation", id.as_str()), ("avis", stance), ("mot", word)];
        let told = coop.posts("/consultations", &coop.nour, &fields).await;
        assert_eq!(told.status, wanted, "{stance} {word}: {}", told.text());
    }
    assert_eq!(coop.house.coop.count("select count(*) from consultation_answer").await, 1);
    let open = coop.page(&page, &coop.theo).await;
    assert!(open.contains("1 réponse") && !open.contains("Ce qu’il en ressort") && !open.contains("<i>Trop"), "{open}");
    assert_eq!(coop.posts("/consultations", &coop.idris, &[("geste", "clore"), ("consultation", id.as_str())]).await.status, 303);
    coop.house.coop.turns(coop.house.coop.now() + chrono::Duration::minutes(1));
    let over = coop.page(&page, &coop.theo).await;
    assert!(over.contains("1 d’accord, 0 réserve, aucune objection"), "{over}");
    let late = [("geste", "repondre"), ("consultation", id.as_str()), ("avis", "agree")];
    assert_eq!(coop.posts("/consultations", &coop.nour, &late).await.status, 422);
}
