//! The dossier boards through HTTP: who reads one, what is typed and comes back, what is hostile.

use domain::command::Command;
use domain::id::{DossierId, GroupId};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{Device, House, Told, get, post};

const HOSTILE: &str = "</h1><script>alert(1)</script>";

/// Théo belongs to Vie sociale and Nour does not.
struct Coop {
    house: House,
    group: GroupId,
    theo: Device,
    nour: Device,
}

impl Coop {
    async fn new(at: PgConnectOptions) -> Coop {
        let house = House::new(at).await;
        let (theo, nour) = (house.signed_in("Théo").await, house.signed_in("Nour").await);
        house.coop.in_group(theo.member, "vie-sociale").await;
        let group = house.coop.group("vie-sociale").await;
        Coop { house, group, theo, nour }
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

    /// Théo notes something on the board.
    async fn noted(&self, title: &str) -> DossierId {
        let dossier = DossierId(self.house.coop.id());
        let (group, title) = (self.group, title.to_owned());
        let command = Command::OpenDossier { dossier, group, title, text: String::new(), due: None };
        self.house.coop.does(self.theo.member, command).await;
        dossier
    }
}

/// French spaces as they are typed.
fn plain(told: &Told) -> String {
    told.text().replace(['\u{a0}', '\u{202f}'], " ")
}

#[sqlx::test(migrations = false)]
async fn a_board_is_its_groups_alone(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let dossier = coop.noted(&format!("{HOSTILE} La salle")).await;
    let (board, page) = ("/groupe/vie-sociale/dossiers", format!("/dossier/{dossier}"));
    for path in [board, page.as_str(), "/groupe/vie-sociale"] {
        let read = coop.page(path, &coop.theo).await;
        assert!(!read.contains("<script>alert"), "{path}: {read}");
    }
    assert!(coop.page(board, &coop.theo).await.contains("&lt;script&gt;alert(1)&lt;/script&gt; La salle"));
    assert!(coop.page(&page, &coop.theo).await.contains("Je m’en charge"));
    let apart = coop.page(board, &coop.nour).await;
    assert!(apart.contains("C’est l’affaire du groupe") && !apart.contains("La salle"), "{apart}");
    // Of a dossier that is another group's, nobody is told more than of one that is not there.
    for id in [dossier, DossierId(coop.house.coop.id())] {
        let told = coop.house.send(get(&format!("/dossier/{id}")).by(&coop.nour)).await;
        assert_eq!(told.status, 404);
        assert!(plain(&told).contains("Ce dossier n’est pas là") && !told.text().contains("La salle"));
    }
    for path in ["/groupe/rien/dossiers", "/groupe/rien/dossiers/nouveau", "/dossier/x", "/dossier/x/ecrire"] {
        assert_eq!(coop.house.send(get(path).by(&coop.theo)).await.status, 404, "{path}");
    }
    for slice in ["/api/v1/groups", "/api/v1/me"] {
        assert!(!coop.house.send(get(slice).by(&coop.nour)).await.text().contains("La salle"), "{slice}");
    }
    assert!(coop.house.send(get("/api/v1/me").by(&coop.theo)).await.text().contains("La salle"));
}

#[sqlx::test(migrations = false)]
async fn what_is_noted_on_the_spot_works_without_a_script(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (id, group, back) = (coop.house.coop.id().to_string(), coop.group.to_string(), "/groupe/vie-sociale/dossiers");
    let fields = [
        ("id", id.as_str()),
        ("kind", "open_dossier"),
        ("group", group.as_str()),
        ("title", "Réserver la salle"),
        ("due", "2026-12-05"),
        ("text", ""),
        ("retour", back),
    ];
    for _ in 0..2 {
        let told = coop.posts("/acts", &coop.theo, &fields).await;
        assert_eq!((told.status.as_u16(), told.header("location")), (303, format!("{back}?act={id}").as_str()));
    }
    assert_eq!(coop.house.coop.count("select count(*) from dossier").await, 1);
    let read = coop.page(&format!("{back}?act={id}"), &coop.theo).await;
    assert!(read.contains("Réserver la salle") && read.contains("Pour le 5 déc. (dans 4 jours)"), "{read}");
    // Nothing to say is said so, and so is a day that is none.
    for (title, due, said) in [(" ", "", "Dis en quelques mots"), ("La salle", "2050-01-01", "Choisis un jour entre")] {
        let id = coop.house.coop.id().to_string();
        let wrong = [
            ("id", id.as_str()),
            ("kind", "open_dossier"),
            ("group", group.as_str()),
            ("title", title),
            ("due", due),
            ("retour", back),
        ];
        let told = coop.posts("/acts", &coop.theo, &wrong).await;
        let read = coop.page(told.header("location"), &coop.theo).await;
        assert!(read.contains(said), "{said} is missing: {read}");
    }
    assert_eq!(coop.house.coop.count("select count(*) from dossier").await, 1);
}

#[sqlx::test(migrations = false)]
async fn what_is_typed_at_a_table_comes_back_or_is_done_once(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (form, group) = (coop.house.coop.id().to_string(), coop.group.to_string());
    let offered = coop.page("/groupe/vie-sociale/dossiers/nouveau", &coop.theo).await;
    assert!(offered.contains("Jeune volontaire") && offered.contains("?sorte=grant"), "{offered}");
    let grant = coop.page("/groupe/vie-sociale/dossiers/nouveau?sorte=grant", &coop.theo).await;
    assert!(grant.contains("Montant, en euros") && grant.contains("Qui finance"), "{grant}");
    let typed = |title, amount, link| {
        [
            ("id", form.as_str()),
            ("geste", "ouvrir"),
            ("group", group.as_str()),
            ("sorte", "grant"),
            ("title", title),
            ("a-propos", HOSTILE),
            ("montant", amount),
            ("pieces", link),
        ]
    };
    let told = coop.posts("/dossiers", &coop.theo, &typed("", "beaucoup", "Le dossier javascript:alert(1)")).await;
    assert_eq!(told.status, 422);
    let read = plain(&told);
    for said in ["Dis en quelques mots", "Un montant est un nombre entier", "beaucoup", "Le dossier javascript:alert(1)"] {
        assert!(read.contains(said), "{said} is missing: {read}");
    }
    assert!(!read.contains("<script>alert"), "{read}");
    assert_eq!(coop.house.coop.count("select count(*) from dossier").await, 0);
    for _ in 0..2 {
        let told = coop.posts("/dossiers", &coop.theo, &typed("Fonds vert", "12000", "L’appel https://exemple.org/appel")).await;
        assert_eq!(told.header("location"), format!("/dossier/{form}/ecrire?fait=ouvrir"), "{}", told.text());
    }
    assert_eq!(coop.house.coop.count("select count(*) from dossier").await, 1);
    let read = coop.page(&format!("/dossier/{form}"), &coop.theo).await;
    assert!(read.contains("12 000 €") && read.contains("href=\"https://exemple.org/appel\""), "{read}");
    assert!(!read.contains("<script>alert") && !read.contains("javascript:"), "{read}");
    let written = coop.page(&format!("/dossier/{form}/ecrire?fait=ouvrir"), &coop.theo).await;
    assert!(written.contains("Le dossier est ouvert") && written.contains("a ouvert le dossier"), "{written}");
    // Somebody changed it in between: what was typed comes back, and goes on from what it is now.
    let again = |id: &'static str, title: &'static str| {
        [
            ("id", id),
            ("geste", "ecrire"),
            ("sur", form.as_str()),
            ("dossier", form.as_str()),
            ("base", "1"),
            ("sorte", "grant"),
            ("title", title),
        ]
    };
    let first = coop.posts("/dossiers", &coop.theo, &again("01a20c58-0000-7a11-8000-0000000000a1", "Fonds bleu")).await;
    assert_eq!(first.status, 303, "{}", first.text());
    let late = coop.posts("/dossiers", &coop.theo, &again("01a20c58-0000-7a11-8000-0000000000a2", "Fonds gris")).await;
    assert_eq!(late.status, 422);
    let read = plain(&late);
    assert!(read.contains("Quelqu’un l’a changé entre-temps.") && read.contains("Fonds gris"), "{read}");
    assert!(read.contains("name=\"base\" value=\"2\""), "{read}");
    for nonsense in [
        vec![("geste", "ouvrir")],
        vec![("geste", "rien"), ("group", group.as_str())],
        vec![("geste", "ecrire"), ("dossier", "x")],
        vec![("group", "x")],
    ] {
        let told = coop.posts("/dossiers", &coop.theo, &nonsense).await;
        assert!((400..500).contains(&told.status.as_u16()), "{nonsense:?}: {}", told.status);
    }
}

#[sqlx::test(migrations = false)]
async fn whoever_accompanies_a_young_volunteer_writes_their_hours(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (form, group, tutor) = (coop.house.coop.id().to_string(), coop.group.to_string(), coop.nour.member.to_string());
    let fields = [
        ("id", form.as_str()),
        ("geste", "ouvrir"),
        ("group", group.as_str()),
        ("sorte", "volunteer"),
        ("title", "Zoé, service civique"),
        ("tuteur", tutor.as_str()),
        ("du", "2026-10-05"),
    ];
    assert_eq!(coop.posts("/dossiers", &coop.theo, &fields).await.status, 303);
    let page = format!("/dossier/{form}");
    let read = coop.page(&page, &coop.nour).await;
    assert!(read.contains("Aucune heure n’est encore notée.") && !read.contains("Je m’en charge"), "{read}");
    for (minutes, said) in [("210", "3 h 30 en tout."), ("5000", "12 h au plus dans une journée")] {
        let id = coop.house.coop.id().to_string();
        let hours = [
            ("id", id.as_str()),
            ("kind", "log_hours"),
            ("dossier", form.as_str()),
            ("day", "2026-11-30"),
            ("minutes", minutes),
            ("note", HOSTILE),
            ("retour", page.as_str()),
        ];
        let told = coop.posts("/acts", &coop.nour, &hours).await;
        let read = coop.page(told.header("location"), &coop.nour).await;
        assert!(read.contains(said) && !read.contains("<script>alert"), "{minutes}: {read}");
    }
    assert_eq!(coop.house.coop.count("select count(*) from dossier_hours").await, 1);
    let apart = coop.page("/groupe/vie-sociale/dossiers", &coop.nour).await;
    assert!(apart.contains("C’est l’affaire du groupe"), "the group's board is not hers for that: {apart}");
    assert_eq!(coop.house.send(get(&format!("{page}/ecrire")).by(&coop.nour)).await.status, 404);
}
