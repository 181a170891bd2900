//! Communication's workshop through HTTP: whose it is, plain forms, a text that saves itself, two editors on one block.

use domain::brief::Written;
use domain::command::Command;
use domain::id::{BlockId, GroupId};
use serde_json::Value;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{Device, House, Told, get, post};

const PAGE: &str = "/communication/breve";

/// Camille of Vie sociale writes, Inès and Paul of Communication make the brief.
struct Press {
    house: House,
    camille: Device,
    ines: Device,
    paul: Device,
    block: BlockId,
    monday: &'static str,
}

impl Press {
    async fn new(at: PgConnectOptions) -> Press {
        let house = House::new(at).await;
        let (camille, ines, paul) =
            (house.signed_in("Camille").await, house.signed_in("Inès").await, house.signed_in("Paul").await);
        house.coop.in_group(camille.member, "vie-sociale").await;
        house.coop.in_group(ines.member, "communication").await;
        house.coop.in_group(paul.member, "communication").await;
        let group: GroupId = sqlx::query_scalar("select group_id from working_group where slug = 'vie-sociale'")
            .fetch_one(&house.coop.backend.pool)
            .await
            .unwrap();
        let block = BlockId(house.coop.id());
        let proposes = Command::ProposeBlock {
            block,
            group,
            title: "La soupe <script>".into(),
            text: "À **18 h**.".into(),
            picture: None,
            alt: String::new(),
            width: 0,
            height: 0,
            href: String::new(),
            label: String::new(),
            ready: true,
            public: false,
        };
        house.coop.does(camille.member, proposes).await;
        Press { house, camille, ines, paul, block, monday: "2026-12-07" }
    }

    fn page(&self) -> String {
        format!("{PAGE}/bloc/{}", self.block)
    }

    async fn written(&self) -> Written {
        backend::brief::written(&self.house.coop.backend, self.ines.member, self.block).await.unwrap()
    }

    async fn posts(&self, who: &Device, fields: &[(&str, &str)]) -> Told {
        let block = self.block.to_string();
        let all: Vec<(&str, &str)> = fields.iter().copied().chain([("block", block.as_str()), ("lundi", self.monday)]).collect();
        self.house.send(post(PAGE).by(who).form(&all)).await
    }

    /// As the page's script does it.
    async fn saves(&self, who: &Device, base: &str, text: &str) -> (u16, Value) {
        let block = self.block.to_string();
        let fields =
            [("geste", "texte"), ("block", &block), ("base", base), ("title", "La soupe"), ("text", text), ("ready", "true")];
        let told = self.house.send(post(PAGE).by(who).with("accept", "application/json").form(&fields)).await;
        (told.status.as_u16(), serde_json::from_str(&told.text()).unwrap_or_default())
    }
}

#[sqlx::test(migrations = false)]
async fn its_pages_and_its_forms_are_communications_alone(_: PgPoolOptions, at: PgConnectOptions) {
    let press = Press::new(at).await;
    let house = &press.house;
    for path in [PAGE.to_owned(), format!("{PAGE}/apercu"), press.page(), "/api/v1/communication/brief?monday=".to_owned()] {
        for (device, status) in [(&press.ines, 200), (&press.paul, 200), (&press.camille, 403)] {
            let told = house.send(get(&path).by(device)).await;
            assert_eq!(told.status, status, "{path}: {}", told.text());
            assert!(status == 200 || !told.text().contains("La soupe"), "{path}");
            assert!(path.starts_with("/api") || !told.text().contains("La soupe <script>"), "{path}");
        }
        assert_eq!(house.send(get(&path)).await.status.as_u16() / 100, if path.starts_with("/api") { 4 } else { 3 }, "{path}");
    }
    for (path, status) in [(format!("{PAGE}?lundi=2020-01-06"), 404), (format!("{PAGE}?lundi=demain"), 404)] {
        assert_eq!(house.send(get(&path).by(&press.ines)).await.status, status, "{path}");
    }
    let missing = format!("{PAGE}/bloc/{}", house.coop.id());
    assert_eq!(house.send(get(&missing).by(&press.ines)).await.status, 404);
    let before = house.database().await;
    for (act, more) in [("approuver", ""), ("refuser", "Non"), ("texte", "x"), ("semaine", ""), ("publier", ""), ("reglages", "")]
    {
        let told = press.posts(&press.camille, &[("geste", act), ("mot", more), ("base", "1"), ("heure", "18:00")]).await;
        assert_eq!(told.status, 403, "{act}");
    }
    assert_eq!(press.saves(&press.camille, "1", "À moi").await.0, 403);
    assert_eq!(house.database().await, before);
    for (device, has_it) in [(&press.ines, true), (&press.camille, false)] {
        let moi = house.send(get("/moi").by(device)).await.text();
        assert_eq!(moi.contains(&format!("href=\"{PAGE}\"")), has_it);
    }
}

#[sqlx::test(migrations = false)]
async fn what_cannot_be_done_comes_back_with_why_and_with_all_that_was_typed(_: PgPoolOptions, at: PgConnectOptions) {
    let press = Press::new(at).await;
    let refusing = press.posts(&press.ines, &[("geste", "refuser"), ("page", "bloc"), ("mot", &"é".repeat(300))]).await;
    assert_eq!(refusing.status, 422);
    assert!(
        refusing.text().contains("280 caractères au plus") && refusing.text().contains(&"é".repeat(300)),
        "{}",
        refusing.text()
    );
    let text = "# Titre & <b>gras</b>\n\n- un";
    let base = press.written().await.block.revision.to_string();
    let fields =
        [("geste", "texte"), ("page", "bloc"), ("base", &base), ("title", "🎿🎿"), ("text", text), ("href", "javascript:x")];
    let told = press.posts(&press.ines, &fields).await;
    assert_eq!(told.status, 422);
    let html = told.text();
    for said in ["&lt;b&gt;gras", "value=\"🎿🎿\"", "value=\"javascript:x\"", "Rien n’est fait", "https://"] {
        assert!(html.contains(said), "{said} is missing: {html}");
    }
    let live =
        press.posts(&press.ines, &[("geste", "vif-changer"), ("source", "seats"), ("combien", "99"), ("intro", "Vite !")]).await;
    assert_eq!(live.status, 422);
    assert!(live.text().contains("De 1 à 12 lignes.") && live.text().contains("value=\"Vite !\""), "{}", live.text());
    let hour = press.posts(&press.ines, &[("geste", "reglages"), ("heure", "25:00"), ("deux", "oui")]).await;
    assert_eq!((hour.status.as_u16(), hour.text().contains("value=\"25:00\"")), (422, true));
    for (act, status) in [("rien", 422), ("monter", 400)] {
        assert_eq!(press.posts(&press.ines, &[("geste", act)]).await.status, status, "{act}");
    }
    // A text that is too long is told so, and given back; five megabytes are not even read.
    let long = "é".repeat(20_001);
    let told = press
        .posts(&press.ines, &[("geste", "texte"), ("page", "bloc"), ("base", &base), ("title", "Long"), ("text", &long)])
        .await;
    assert_eq!((told.status.as_u16(), told.text().contains(&long)), (422, true));
    let paste = "é".repeat(900_000);
    assert_eq!(press.posts(&press.ines, &[("geste", "texte"), ("base", &base), ("text", &paste)]).await.status, 413);
}

#[sqlx::test(migrations = false)]
async fn an_act_leads_back_to_where_the_focus_was_and_a_form_sent_twice_is_one_act(_: PgPoolOptions, at: PgConnectOptions) {
    let press = Press::new(at).await;
    let piece = format!("bloc-{}", press.block);
    let id = press.house.coop.id().to_string();
    for _ in 0..2 {
        let told = press.posts(&press.ines, &[("geste", "descendre"), ("id", &id), ("piece", &piece)]).await;
        let back = format!("{PAGE}?lundi={}&fait=descendre#{piece}", press.monday);
        assert_eq!((told.status.as_u16(), told.header("location").to_owned()), (303, back));
    }
    let pieces: Value = sqlx::query_scalar("select pieces from brief where monday = $1::date")
        .bind(press.monday)
        .fetch_one(&press.house.coop.backend.pool)
        .await
        .unwrap();
    assert_eq!(pieces[1]["written"]["block"], press.block.to_string());
    let html = press.house.send(get(&format!("{PAGE}?lundi={}&fait=descendre", press.monday)).by(&press.ines)).await.text();
    assert!(html.contains("L’ordre a changé.") && html.contains(&format!("id=\"{piece}\" tabindex=\"-1\"")), "{html}");
    assert!(html.contains("aria-label=\"Monter «\u{202f}La soupe &lt;script&gt;\u{202f}»\""), "{html}");
    assert_eq!(press.house.coop.count("select count(*) from brief_act").await, 1);
}

#[sqlx::test(migrations = false)]
async fn a_text_saves_itself_and_two_editors_lose_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let press = Press::new(at).await;
    let base = press.written().await.block.revision.to_string();
    let (status, first) = press.saves(&press.ines, &base, "À 19 h.").await;
    assert_eq!((status, first["beside"].as_u64()), (200, Some(0)));
    // The answer was lost: the same again is the same.
    assert_eq!(press.saves(&press.ines, &base, "À 19 h.").await, (200, first.clone()));
    // She goes on from what the answer says.
    let next = first["revision"].to_string();
    let (_, second) = press.saves(&press.ines, &next, "À 19 h, salle B.").await;
    assert_eq!(second["beside"], 0);
    // Paul had the page open since the beginning: his text stands beside hers, and grows as he types.
    let (_, his) = press.saves(&press.paul, &base, "À 20 h").await;
    assert_eq!(his["beside"], 1);
    let (_, his) = press.saves(&press.paul, &his["revision"].to_string(), "À 20 h précises.").await;
    assert_eq!(his["beside"], 1, "one version of his, not one for each pause");
    let written = press.written().await;
    assert_eq!(
        (written.block.said.text.as_str(), written.block.beside[0].said.text.as_str()),
        ("À 19 h, salle B.", "À 20 h précises.")
    );
    assert_eq!(written.drafts.len(), 5, "every text is in its history");
    let html = press.house.send(get(&press.page()).by(&press.ines)).await.text();
    for said in ["Deux versions", "<del>19<", "<ins>20<", "<ins>précises<"] {
        assert!(html.contains(said), "{said} is missing: {html}");
    }
    // What cannot be kept is told to the script.
    let (status, wrong) = press.saves(&press.paul, &base, "").await;
    assert_eq!((status, wrong["wrong"].as_array().map(Vec::len)), (422, Some(1)));
    // Somebody who has not read what is shown settles nothing.
    let draft = written.drafts.iter().find(|draft| draft.beside).unwrap().id.to_string();
    let seen = written.block.revisions_beside()[0].to_string();
    let settle = |base: String| {
        let (act, page) = (("geste", "garder".to_owned()), ("page", "bloc".to_owned()));
        [act, page, ("base", base), ("version", draft.clone()), ("vues", seen.clone())]
    };
    let stale = settle(base.clone());
    let fields: Vec<(&str, &str)> = stale.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(press.posts(&press.paul, &fields).await.status, 422);
    let now = settle(written.block.revision.to_string());
    let fields: Vec<(&str, &str)> = now.iter().map(|(name, value)| (*name, value.as_str())).collect();
    // Pressed twice, it is done.
    for _ in 0..2 {
        let told = press.posts(&press.ines, &fields).await;
        assert_eq!(told.header("location"), format!("{}?fait=garder", press.page()));
    }
    let settled = press.written().await.block;
    assert_eq!((settled.said.text.as_str(), settled.beside.len()), ("À 20 h précises.", 0));
}

#[sqlx::test(migrations = false)]
async fn what_is_in_the_way_of_an_approval_is_one_link_away(_: PgPoolOptions, at: PgConnectOptions) {
    let press = Press::new(at).await;
    let told = async || {
        let told = press.posts(&press.ines, &[("geste", "approuver")]).await;
        assert_eq!(told.status, 422);
        told.text()
    };
    let picture = r#"{"picture": {"id": "01890000-0000-7000-8000-000000000001", "alt": "Un bol", "width": 8, "height": 8}}"#;
    press.house.coop.sql(&format!("update brief_block set said = said || '{picture}'")).await;
    let html = told().await;
    assert!(
        html.contains("Une image manque") && html.contains(&format!("<a href=\"{}#ecrire\">Ouvrir ce bloc", press.page())),
        "{html}"
    );
    press.house.coop.sql("update brief_block set said = said - 'picture'").await;
    let base = press.written().await.block.revision.to_string();
    for (who, text) in [(&press.ines, "À 19 h."), (&press.paul, "À 20 h.")] {
        assert_eq!(press.saves(who, &base, text).await.0, 200);
    }
    let html = told().await;
    assert!(html.contains(&format!("<a href=\"{}#versions\">Ouvrir ce bloc", press.page())), "{html}");
}

#[sqlx::test(migrations = false)]
async fn it_is_approved_taken_back_published_by_hand_and_corrected_by_plain_forms(_: PgPoolOptions, at: PgConnectOptions) {
    let press = Press::new(at).await;
    let stage = async || -> String {
        sqlx::query_scalar("select coalesce((select min(key) from jsonb_each(case jsonb_typeof(stage) when 'object' then stage else '{}' end)), stage #>> '{}') from brief where monday = $1::date")
            .bind(press.monday)
            .fetch_one(&press.house.coop.backend.pool)
            .await
            .unwrap()
    };
    for (who, act, after) in
        [(&press.ines, "relire", "review"), (&press.paul, "approuver", "scheduled"), (&press.ines, "reprendre", "collecting")]
    {
        assert_eq!(press.posts(who, &[("geste", act)]).await.status, 303, "{act}");
        assert_eq!(stage().await, after);
    }
    let html = press.house.send(get(PAGE).by(&press.ines)).await.text();
    assert!(html.contains("Qui a fait quoi") && html.contains("a approuvé") && !html.contains("Publier maintenant"), "{html}");
    // To whom it goes is said before it goes.
    assert!(html.contains("L’ouvrir au public") && html.contains("Seuls les membres la liront."), "{html}");
    assert_eq!(press.posts(&press.ines, &[("geste", "public")]).await.status, 303);
    assert!(press.house.send(get(PAGE).by(&press.ines)).await.text().contains("La réserver aux membres"));
    press.house.coop.backend.clock.set("2026-12-07T07:30:00Z".parse().unwrap());
    assert_eq!(press.posts(&press.ines, &[("geste", "publier")]).await.status, 303);
    assert_eq!(stage().await, "published");
    let page = press.house.send(get(&press.page()).by(&press.ines)).await.text();
    assert!(page.contains("Ce que tu corriges") && page.contains("Envoyer un second mail"), "{page}");
    let base = press.written().await.block.revision.to_string();
    let mut fields =
        vec![("geste", "corriger"), ("page", "bloc"), ("base", base.as_str()), ("title", "La soupe"), ("text", "À 19 h.")];
    let no_word = press.posts(&press.ines, &fields).await;
    assert_eq!((no_word.status.as_u16(), no_word.text().contains("Écris un mot.")), (422, true));
    fields.push(("mot", "19 h, pas 18 h"));
    assert_eq!(press.posts(&press.ines, &fields).await.status, 303);
    assert_eq!(press.house.coop.count("select count(*) from brief_correction").await, 1);
    assert_eq!(press.house.coop.count("select count(*) from due_work where kind = 'brief_correction_mail'").await, 0);
    let preview = press.house.send(get(&format!("{PAGE}/apercu?lundi={}", press.monday)).by(&press.ines)).await.text();
    assert!(preview.contains("<p>À 19 h.</p>") && preview.contains("C’est ce que les membres lisent."), "{preview}");
}
