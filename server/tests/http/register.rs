//! The register through HTTP: whose its pages are, what is typed, one share for a member, what is taken away, leaving, arriving.

use axum::http::StatusCode;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{Device, House, Told, get, post};
use crate::pictures::webp;

const MEMBERS: &str = "/bureau/membres";
const ONE: &str = "01939d5e-7b1e-7000-8000-0000000000aa";

/// Margaux and Ugo of the office; Camille is a member.
struct Register {
    house: House,
    margaux: Device,
    ugo: Device,
    camille: Device,
}

impl Register {
    async fn new(at: PgConnectOptions) -> Register {
        let house = House::new(at).await;
        let (margaux, ugo) = (house.signed_in("Margaux").await, house.signed_in("Ugo").await);
        house.coop.in_office(margaux.member).await;
        house.coop.in_office(ugo.member).await;
        let camille = house.signed_in("Camille").await;
        Register { house, margaux, ugo, camille }
    }

    async fn posts(&self, who: &Device, fields: &[(&str, &str)]) -> Told {
        self.house.send(post(MEMBERS).by(who).form(fields)).await
    }

    async fn does(&self, fields: &[(&str, &str)]) -> Told {
        self.posts(&self.margaux, fields).await
    }

    /// Done: the page goes on elsewhere.
    async fn done(&self, fields: &[(&str, &str)]) -> String {
        let told = self.does(fields).await;
        assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.text());
        told.header("location").to_owned()
    }

    async fn page(&self, path: &str) -> String {
        let told = self.house.send(get(path).by(&self.margaux)).await;
        assert_eq!(told.status, 200, "{path}: {}", told.text());
        told.is_well_nested(path);
        plain(&told)
    }

    fn camille_id(&self) -> String {
        self.camille.member.to_string()
    }

    fn card(&self) -> String {
        format!("{MEMBERS}/{}", self.camille.member)
    }

    async fn has_a_share(&self) {
        let id = self.camille_id();
        let fields = [("geste", "souscrire"), ("member", id.as_str()), ("amount", "100"), ("on", "2026-12-01")];
        self.done(&fields).await;
    }

    async fn email_of(&self, device: &Device) -> String {
        sqlx::query_scalar("select email from member where member_id = $1")
            .bind(device.member)
            .fetch_one(&self.house.coop.backend.pool)
            .await
            .unwrap()
    }
}

/// French spaces as they are typed.
fn plain(told: &Told) -> String {
    told.text().replace(['\u{a0}', '\u{202f}'], " ")
}

#[sqlx::test(migrations = false)]
async fn its_pages_are_the_offices_and_a_member_learns_nothing_of_another(_: PgPoolOptions, at: PgConnectOptions) {
    let register = Register::new(at).await;
    let house = &register.house;
    let ugo = register.ugo.member;
    house
        .coop
        .sql(&format!("update member set last_name = 'Blanche', address = '3 rue Dessaix' where member_id = '{ugo}'"))
        .await;
    let card = format!("{MEMBERS}/{ugo}");
    let below = |rest: &str| format!("{card}/{rest}");
    let pages = [
        MEMBERS.to_owned(),
        format!("{MEMBERS}?qui=tous&q=ugo"),
        format!("{MEMBERS}/nouveau"),
        format!("{MEMBERS}/doublons"),
        format!("{MEMBERS}/invitations"),
        format!("{MEMBERS}/effacements"),
        format!("{MEMBERS}/importer"),
        format!("{MEMBERS}/registre.csv"),
        card.clone(),
        below("depart"),
        below("pour"),
        below("journal"),
        "/bureau/arrivees".to_owned(),
    ];
    for path in &pages {
        let told = house.send(get(path).by(&register.margaux)).await;
        assert_eq!(told.status, 200, "{path}: {}", told.text());
        let told = house.send(get(path).by(&register.camille)).await;
        assert_eq!(told.status, 403, "{path}: {}", told.text());
        for secret in ["Blanche", "Dessaix"] {
            assert!(!told.text().contains(secret), "{path} tells {secret}");
        }
        assert_eq!(house.send(get(path)).await.status, 303, "{path}");
    }
    let paper = below("attestation.pdf");
    assert_eq!(house.send(get(&paper).by(&register.camille)).await.status, 403);
    // What is everybody's.
    for path in ["/capital", "/moi/journal", "/moi/photo", "/moi/donnees"] {
        assert_eq!(house.send(get(path).by(&register.camille)).await.status, 200, "{path}");
        assert_eq!(house.send(get(path)).await.status, 303, "{path}");
    }
    for (device, has_it) in [(&register.margaux, true), (&register.camille, false)] {
        let moi = house.send(get("/moi").by(device)).await.text();
        assert_eq!(moi.contains(&format!("href=\"{MEMBERS}\"")), has_it);
    }
}

#[sqlx::test(migrations = false)]
async fn each_of_its_forms_is_the_offices_alone(_: PgPoolOptions, at: PgConnectOptions) {
    let register = Register::new(at).await;
    let (ugo, own) = (register.ugo.member.to_string(), register.camille_id());
    let before = register.house.database().await;
    let acts = [
        "ajouter",
        "modifier",
        "place",
        "presente",
        "marraine",
        "arrive",
        "reglages",
        "souscrire",
        "payer",
        "annuler-paiement",
        "rembourser",
        "assurer",
        "retirer-annee",
        "financement",
        "retirer-financement",
        "partir",
        "rester",
        "inviter",
        "vagues",
        "annuler-vagues",
        "adresse",
        "reunir",
        "refuser-effacement",
        "effacer",
        "colonnes",
        "reponses",
        "appliquer",
        "defaire",
    ];
    for (act, member) in acts.iter().flat_map(|act| [(act, &ugo), (act, &own)]) {
        let fields = [
            ("geste", *act),
            ("member", member.as_str()),
            ("keeps", ugo.as_str()),
            ("goes", own.as_str()),
            ("first_name", "Zoé"),
            ("last_name", "Noir"),
            ("rhythm", "floating"),
            ("joined_on", "2026-12-01"),
            ("amount", "100"),
            ("on", "2026-12-01"),
            ("how", "cheque"),
            ("kind", "subsidy"),
            ("from_whom", "Région"),
            ("year", "2026"),
            ("size", "20"),
            ("from", "2026-12-02"),
            ("email", "a@exemple.fr"),
            ("word", "non"),
            ("sur", "oui"),
            ("payment", ONE),
            ("financing", ONE),
            ("erasure", ONE),
            ("import", ONE),
        ];
        let told = register.posts(&register.camille, &fields).await;
        assert!(matches!(told.status.as_u16(), 403 | 422), "{act}: {} {}", told.status, told.text());
        assert!(told.status != 422 || !told.text().contains("Margaux"), "{act}");
    }
    let brought = post("/bureau/membres/importer").by(&register.camille).text("text/csv", "Nom;Prénom\nBlanc;Marie\n");
    assert_eq!(register.house.send(brought).await.status, 403);
    assert_eq!(register.house.database().await, before);
}

#[sqlx::test(migrations = false)]
async fn a_member_is_added_and_nothing_typed_is_lost(_: PgPoolOptions, at: PgConnectOptions) {
    let register = Register::new(at).await;
    let wrong = [
        ("geste", "ajouter"),
        ("first_name", "Zoé <script>alert(1)</script>"),
        ("last_name", ""),
        ("email", "zoe@"),
        ("rhythm", "floating"),
        ("joined_on", "2026-12-01"),
    ];
    let told = register.does(&wrong).await;
    assert_eq!(told.status, 422);
    for said in ["Rien n’est fait.", "Écris le nom.", "value=\"zoe@\""] {
        assert!(plain(&told).contains(said), "{said}: {}", plain(&told));
    }
    assert!(!told.text().contains("<script>alert"), "typed text ends nothing");

    let id = register.house.coop.id().to_string();
    let good = [
        ("geste", "ajouter"),
        ("id", id.as_str()),
        ("first_name", "Zoé"),
        ("last_name", "Le Goff"),
        ("email", "zoe@exemple.fr"),
        ("rhythm", "floating"),
        ("joined_on", "2026-12-01"),
    ];
    for _ in 0..2 {
        assert_eq!(register.done(&good).await, format!("{MEMBERS}/{id}?fait=ajouter"));
    }
    assert_eq!(register.house.coop.count("select count(*) from member where first_name = 'Zoé'").await, 1);
    assert!(register.page(&format!("{MEMBERS}?q=goff")).await.contains("Le Goff"));
    assert!(register.page(&format!("{MEMBERS}/{id}?fait=ajouter")).await.contains("zoe@exemple.fr"));
    assert!(register.page("/bureau/arrivees").await.contains("Le Goff"));
}

#[sqlx::test(migrations = false)]
async fn a_second_share_is_refused_in_a_sentence(_: PgPoolOptions, at: PgConnectOptions) {
    let register = Register::new(at).await;
    register.has_a_share().await;
    let id = register.camille_id();
    let again = [("geste", "souscrire"), ("member", id.as_str()), ("amount", "50"), ("on", "2026-12-01")];
    let told = register.does(&again).await;
    assert_eq!(told.status, 422);
    assert!(plain(&told).contains("Une part par membre, exactement : la sienne est souscrite depuis le 1er décembre 2026."));
    assert_eq!(register.house.coop.count("select count(*) from share").await, 1);

    let typed = [("geste", "payer"), ("member", id.as_str()), ("amount", "60"), ("on", "2026-12-01"), ("how", "cheque")];
    assert_eq!(register.done(&typed).await, format!("{}?fait=payer", register.card()));
    let told = register.does(&typed).await;
    assert_eq!(told.status, 422);
    assert!(plain(&told).contains("C’est plus que ce qui reste à payer : 40"), "{}", plain(&told));
    // Whose money it is does not keep it.
    let own = register.margaux.member.to_string();
    let told = register.does(&[("geste", "souscrire"), ("member", own.as_str()), ("amount", "100"), ("on", "2026-12-01")]).await;
    assert!(told.status == 422 && plain(&told).contains("C’est ton propre compte"));
}

#[sqlx::test(migrations = false)]
async fn a_certificate_is_a_paper_of_their_own_share(_: PgPoolOptions, at: PgConnectOptions) {
    let register = Register::new(at).await;
    let own = "/moi/part/attestation.pdf";
    assert_eq!(register.house.send(get(own).by(&register.camille)).await.status, 404, "no share yet");
    register.has_a_share().await;
    for (path, device) in
        [(own.to_owned(), &register.camille), (format!("{}/attestation.pdf", register.card()), &register.margaux)]
    {
        let told = register.house.send(get(&path).by(device)).await;
        assert_eq!((told.status.as_u16(), told.header("content-type")), (200, "application/pdf"), "{path}");
        assert!(told.body.starts_with(b"%PDF-") && told.body.len() > 1_000);
        assert!(told.header("cache-control").contains("no-store"));
    }
    assert_eq!(register.house.send(get(own)).await.status, 303);
}

#[sqlx::test(migrations = false)]
async fn a_file_is_read_asked_about_applied_once_and_taken_back(_: PgPoolOptions, at: PgConnectOptions) {
    let register = Register::new(at).await;
    let file = "Numero existant;Nom;Prénom;Email;Date inscription\n1001;Mercier;Anne;mercier@exemple.fr;01/03/2020\n\
                1002;Mercier;Bruno;mercier@exemple.fr;01/03/2020\n";
    let brings = async |text: &str| {
        let sent = post("/bureau/membres/importer").by(&register.margaux).text("text/csv", text.to_owned());
        let told = register.house.send(sent).await;
        assert_eq!(told.status, 303, "{}", told.text());
        told.header("location").to_owned()
    };
    let faulty = brings(&file.replace("01/03/2020", "31/02/2020").replace("mercier@", "mercier")).await;
    let html = register.page(&faulty).await;
    for said in ["Ligne 2, colonne « Email »", "Ligne 2, colonne « Date inscription »", "Ligne 3, colonne « Email »"] {
        assert!(html.contains(said), "{said}: {html}");
    }

    let page = brings(file).await;
    let import = page.rsplit('/').next().unwrap().to_owned();
    let html = register.page(&page).await;
    assert!(html.contains("À dire d’abord") && !html.contains("value=\"appliquer\""), "a shared address is a question: {html}");
    let answers = [("geste", "reponses"), ("import", import.as_str()), ("adresse", "mercier@exemple.fr"), ("partage", "foyer")];
    register.done(&answers).await;
    let html = register.page(&page).await;
    let seen = hidden(&html, "vu");
    assert!(html.contains("2 nouveaux membres"), "{html}");
    assert_eq!(register.house.coop.count("select count(*) from member where number > 1000").await, 0, "nothing is written yet");
    let told = register.does(&[("geste", "appliquer"), ("import", import.as_str()), ("vu", "autre")]).await;
    assert_eq!(told.status, 422);
    register.done(&[("geste", "appliquer"), ("import", import.as_str()), ("vu", seen.as_str())]).await;
    assert_eq!(register.house.coop.count("select count(*) from member where email = 'mercier@exemple.fr'").await, 2);
    let again = register.page(&brings(file).await).await;
    assert!(again.contains("Ce fichier ne change rien"), "{again}");

    let undone = register.done(&[("geste", "defaire"), ("import", import.as_str())]).await;
    assert_eq!(undone, "/bureau/membres/importer?fait=defaire");
    assert_eq!(register.house.coop.count("select count(*) from member where number > 1000").await, 0);
    let told = register.does(&[("geste", "defaire"), ("import", import.as_str())]).await;
    assert!(told.status == 422 && plain(&told).contains("déjà annulé"));
    let workbook = post("/bureau/membres/importer").by(&register.margaux).text("text/csv", &b"PK\x03\x04"[..]);
    let told = register.house.send(workbook).await;
    assert!(told.status == 422 && plain(&told).contains("classeur"), "{}", plain(&told));
}

/// What a page's form carries unseen.
fn hidden(html: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let at = html.find(&mark).unwrap_or_else(|| panic!("no {name} in {html}")) + mark.len();
    html[at..].split('"').next().unwrap_or_default().to_owned()
}

#[sqlx::test(migrations = false)]
async fn what_is_exported_runs_nothing_in_a_spreadsheet(_: PgPoolOptions, at: PgConnectOptions) {
    let register = Register::new(at).await;
    let camille = register.camille.member;
    let evil = "=HYPERLINK(\"http://x\")";
    register
        .house
        .coop
        .sql(&format!("update member set address = '{evil}', phone = '+41223456789' where member_id = '{camille}'"))
        .await;
    let told = register.house.send(get("/bureau/membres/registre.csv").by(&register.margaux)).await;
    assert_eq!(told.header("content-type"), "text/csv; charset=utf-8");
    assert!(told.header("content-disposition").starts_with("attachment; filename=\"membres-2026-12-01"));
    let text = told.text();
    assert!(text.contains("\"'=HYPERLINK(\"\"http://x\"\")\"") && text.contains("\"'+41223456789\""), "{text}");
}

#[sqlx::test(migrations = false)]
async fn whoever_leaves_is_signed_out_and_reads_what_was_theirs_by_the_link(_: PgPoolOptions, at: PgConnectOptions) {
    let register = Register::new(at).await;
    let (house, id) = (&register.house, register.camille_id());
    let page = register.page(&format!("{}/depart?le=2026-12-01", register.card())).await;
    assert!(page.contains("value=\"partir\""), "{page}");
    let leaves = [("geste", "partir"), ("member", id.as_str()), ("on", "2026-12-01"), ("why", "déménage")];
    assert_eq!(register.done(&leaves).await, format!("{}/depart?fait=partir", register.card()));
    assert_eq!(house.send(get("/api/v1/me").by(&register.camille)).await.status, 401, "their devices are signed out");
    let email = register.email_of(&register.camille).await;
    let mail: String = sqlx::query_scalar("select payload->>'text' from graphile_worker._private_jobs where payload->>'to' = $1")
        .bind(email)
        .fetch_one(&house.coop.backend.pool)
        .await
        .unwrap();
    let link = mail.split_whitespace().find_map(|word| word.strip_prefix("http://alpar.test")).expect("a link").to_owned();
    let told = house.send(get(&link)).await;
    assert_eq!((told.status.as_u16(), told.header("cache-control")), (200, "private, no-store"));
    assert!(told.text().contains("Camille") && !told.text().contains("Margaux Test"));
    let told = house.send(get(&format!("{link}/donnees.json"))).await;
    assert!(told.json().is_object());
    assert_eq!(house.send(get("/depart/autre")).await.status, 404);
    house.coop.turns(house.coop.now() + chrono::Duration::days(31));
    assert_eq!(house.send(get(&link)).await.status, 404);
}

#[sqlx::test(migrations = false)]
async fn my_data_are_mine_to_take_for_people_and_for_programs(_: PgPoolOptions, at: PgConnectOptions) {
    let register = Register::new(at).await;
    let camille = register.camille.member;
    let evil = "<script>alert(1)</script>";
    register.house.coop.sql(&format!("update member set address = '{evil}' where member_id = '{camille}'")).await;
    let takes = async |form: &str| register.house.send(post("/moi/donnees").by(&register.camille).form(&[("forme", form)])).await;
    let told = takes("json").await;
    assert_eq!((told.status.as_u16(), told.header("content-type")), (200, "application/json"));
    assert!(told.text().contains("Camille"));
    let told = takes("html").await;
    assert_eq!((told.status.as_u16(), told.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(told.text().contains("Camille") && !told.text().contains(evil));
    assert!(told.header("content-disposition").starts_with("attachment"));
    let trail = register.house.send(get("/moi/journal").by(&register.camille)).await;
    assert!(plain(&trail).contains("données"), "that they were taken is noted");
    assert_eq!(register.house.send(post("/moi/donnees").form(&[("forme", "json")])).await.status, 401);
}

#[sqlx::test(migrations = false)]
async fn a_newcomer_chooses_their_seat_by_themselves(_: PgPoolOptions, at: PgConnectOptions) {
    let register = Register::new(at).await;
    let coop = &register.house.coop;
    let zoe = register.house.device_of(coop.newcomer("Zoé").await).await;
    coop.sql(&format!("insert into arrival (member_id, requested_on) values ('{}', '2026-12-01')", zoe.member)).await;
    let shift = coop.shift(10, 9, 3).await;
    coop.sits(register.margaux.member, domain::id::SeatId::new(shift, 0)).await;
    let template = uuid::Uuid::from_u128(10);
    coop.sql(&format!("insert into seat_template (template_id, position) values ('{template}', 1)")).await;
    let place = format!("{template}~1");
    let page = register.house.send(get("/arriver").by(&zoe)).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains(&place), "{}", page.text());
    let told = register.house.send(post("/arriver").by(&zoe).form(&[("place", place.as_str())])).await;
    assert_eq!((told.status.as_u16(), told.header("location")), (303, "/arriver?fait=choisir"));
    assert_eq!(coop.holder(domain::id::SeatId::new(shift, 1)).await, Some(zoe.member));
    let told = register.house.send(post("/arriver").by(&zoe).form(&[("fixe", "non")])).await;
    assert_eq!(told.status, 422);
    // Whoever is here for long has nothing to choose.
    let told = register.house.send(post("/arriver").by(&register.camille).form(&[("place", place.as_str())])).await;
    assert!(told.status == 422 && told.text().contains("Tu fais partie de la coop"), "{}", told.text());
    let home = register.house.send(get("/").by(&zoe)).await;
    assert!(home.text().contains("href=\"/arriver\""), "the steps are on Accueil");
}

#[sqlx::test(migrations = false)]
async fn my_photo_goes_up_by_itself_and_is_shown_once_it_is_mine(_: PgPoolOptions, at: PgConnectOptions) {
    let register = Register::new(at).await;
    let (house, id) = (&register.house, register.house.coop.id().to_string());
    let bytes = webp(400, 400);
    let sent = post(&format!("/api/v1/member-pictures/{id}")).by(&register.camille).text("image/webp", bytes.clone());
    assert_eq!(house.send(sent).await.status, 204);
    let shown = format!("/pictures/{id}");
    assert_eq!(house.send(get(&shown).by(&register.ugo)).await.status, 404);
    let fields = [("picture", id.as_str()), ("width", "400"), ("height", "400")];
    let stolen = house.send(post("/moi/photo").by(&register.ugo).form(&fields)).await;
    assert_eq!(stolen.status, 404, "it is hers");
    let told = house.send(post("/moi/photo").by(&register.camille).form(&fields)).await;
    assert_eq!((told.status.as_u16(), told.header("location")), (303, "/moi/photo?fait=photo"));
    assert_eq!(house.send(get(&shown).by(&register.ugo)).await.body, bytes);
    assert_eq!(house.send(get(&shown)).await.status, 404);
    let told = house.send(post("/moi/photo").by(&register.camille).form(&[("without", "oui")])).await;
    assert_eq!(told.status, 303);
    assert_eq!(house.send(get(&shown).by(&register.ugo)).await.status, 404);
}

#[sqlx::test(migrations = false)]
async fn what_the_office_does_for_somebody_keeps_both_names(_: PgPoolOptions, at: PgConnectOptions) {
    let register = Register::new(at).await;
    let (house, whom) = (&register.house, register.camille_id());
    let form = async |device: &Device| {
        let id = house.coop.id().to_string();
        let fields = [
            ("id", id.as_str()),
            ("kind", "set_contact"),
            ("phone", "0612345678"),
            ("show_phone", "true"),
            ("show_email", "false"),
            ("on_behalf_of", whom.as_str()),
            ("retour", "/bureau/membres"),
        ];
        house.send(post("/acts").by(device).form(&fields)).await
    };
    let nour = house.signed_in("Nour").await;
    assert_eq!(form(&nour).await.status, 303);
    let phone = format!("select count(*) from member where member_id = '{whom}' and phone = '06 12 34 56 78' and show_phone");
    assert_eq!(house.coop.count(&phone).await, 0, "it is the office's to say");
    assert_eq!(form(&register.margaux).await.status, 303);
    assert_eq!(house.coop.count(&phone).await, 1);
    let trail = plain(&house.send(get("/moi/journal").by(&register.camille)).await);
    assert!(trail.contains("Margaux T."), "{trail}");
    let kept = format!(
        "select count(*) from command_log where kind = 'set_contact' and member_id = '{whom}' and by_member = '{}'
            and outcome->>'status' = 'applied'",
        register.margaux.member
    );
    assert_eq!(house.coop.count(&kept).await, 1);
}
