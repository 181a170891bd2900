//! Objectives through HTTP: what the committee sets and the employee types, and that the drawing and its table say the same.

use std::collections::BTreeMap;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{Device, House, Told, get, post};

const HOSTILE: &str = "</svg><script>alert(1)</script>";

/// Idris sits on the committee, Paul works for the co-op, Nour does neither.
struct Coop {
    house: House,
    idris: Device,
    paul: Device,
    nour: Device,
}

impl Coop {
    async fn new(at: PgConnectOptions) -> Coop {
        let house = House::new(at).await;
        let (idris, paul, nour) = (house.signed_in("Idris").await, house.signed_in("Paul").await, house.signed_in("Nour").await);
        let (mandate, sits, works) = (house.coop.id(), idris.member, paul.member);
        house
            .coop
            .sql(&format!(
                "update member set employee = true where member_id = '{works}';
                 insert into mandate (mandate_id, member_id, from_on, to_on, seat) values ('{mandate}', '{sits}', '2026-06-13', '2028-06-12', 1)"
            ))
            .await;
        Coop { house, idris, paul, nour }
    }

    async fn posts(&self, who: &Device, fields: &[(&str, &str)]) -> Told {
        self.house.send(post("/objectifs").by(who).form(fields)).await
    }

    async fn page(&self, path: &str, who: &Device) -> String {
        let told = self.house.send(get(path).by(who)).await;
        assert_eq!(told.status, 200, "{path}: {}", told.text());
        told.is_well_nested(path);
        plain(&told)
    }

    /// Sent twice, it is one.
    async fn set(&self) -> String {
        let id = self.house.coop.id().to_string();
        let fields = [
            ("id", id.as_str()),
            ("geste", "fixer"),
            ("label", "Jeter moins"),
            ("mesure", HOSTILE),
            ("source", "typed"),
            ("unite", "€ <b>"),
            ("sens", "at_most"),
            ("cible", "250,5"),
            ("du", "2026-09"),
            ("au", "2027-02"),
        ];
        for _ in 0..2 {
            assert_eq!(self.posts(&self.idris, &fields).await.header("location"), "/objectifs?fait=fixer");
        }
        assert_eq!(self.house.coop.count("select count(*) from objective").await, 1);
        id
    }

    async fn types(&self, who: &Device, objective: &str, month: &str, figure: &str) -> Told {
        let fields = [
            ("geste", "chiffre"),
            ("sur", objective),
            ("objectif", objective),
            ("mois", month),
            ("chiffre", figure),
            ("note", "Inventaire <i>"),
        ];
        self.posts(who, &fields).await
    }
}

/// French spaces as they are typed.
fn plain(told: &Told) -> String {
    told.text().replace(['\u{a0}', '\u{202f}'], " ")
}

/// What stands between this and that, wherever it does.
fn between<'a>(html: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    html.split(before).skip(1).filter_map(|rest| rest.split_once(after)).map(|(inside, _)| inside).collect()
}

/// The value that an element says.
fn value(of: &str) -> Option<String> {
    between(of, "data-value=\"", "\"").first().map(|value| (*value).to_owned())
}

#[sqlx::test(migrations = false)]
async fn the_drawing_and_the_table_say_the_same(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let id = coop.set().await;
    for (month, figure) in [("2026-09", "320"), ("2026-11", "1 240,75"), ("2026-11", "240,75")] {
        let told = coop.types(&coop.paul, &id, month, figure).await;
        assert_eq!(told.header("location"), format!("/objectifs/{id}?fait=chiffre"), "{}", told.text());
    }
    let html = coop.page(&format!("/objectifs/{id}"), &coop.nour).await;
    assert!(!html.contains("<script>alert") && !html.contains("<b>") && !html.contains("<i>"), "{html}");
    let dots = between(&html, "<circle class=\"plot__dot\" data-month=\"", "/>");
    let drawn: BTreeMap<String, String> =
        dots.iter().map(|dot| (dot.split('"').next().unwrap_or_default().to_owned(), value(dot).unwrap())).collect();
    let rows = between(&html, "<tr data-month=\"", "</tr>");
    let told: BTreeMap<String, String> =
        rows.iter().filter_map(|row| Some((row.split('"').next().unwrap_or_default().to_owned(), value(row)?))).collect();
    let wanted = [("2026-09-01", "32000"), ("2026-11-01", "24075")].map(|(month, value)| (month.to_owned(), value.to_owned()));
    assert_eq!(drawn, BTreeMap::from(wanted));
    assert_eq!(drawn, told);
    assert!(rows.len() >= 3, "a month without a figure has its row: {html}");
    let target = between(&html, "<path class=\"plot__target\" data-value", "/>");
    assert_eq!(target.len(), 1, "{html}");
    assert!(target[0].starts_with("=\"25050\""), "{target:?}");
    assert!(html.contains("Atteint : 240,75 €") && html.contains("Au plus 250,5 €"), "{html}");
}

#[sqlx::test(migrations = false)]
async fn what_is_typed_of_an_objective_comes_back_with_why(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let wrong = [("geste", "fixer"), ("label", ""), ("mesure", HOSTILE), ("source", "typed"), ("cible", "beaucoup"), ("du", "x")];
    let told = coop.posts(&coop.idris, &wrong).await;
    assert_eq!(told.status, 422);
    let read = plain(&told);
    for said in
        ["Dis ce qu’il s’agit d’atteindre", "Dis en quoi ça se compte", "Écris un nombre", "Choisis le premier mois", "beaucoup"]
    {
        assert!(read.contains(said), "{said} is missing: {read}");
    }
    assert!(!read.contains("<script>alert"), "{read}");
    assert_eq!(coop.house.coop.count("select count(*) from objective").await, 0);
    let id = coop.set().await;
    for (month, figure, said) in [
        ("2026-11", "peut-être", "Écris un nombre"),
        ("2027-01", "12", "Choisis un mois de l’objectif qui a déjà commencé."),
        ("demain", "12", "Choisis un mois"),
    ] {
        let told = coop.types(&coop.paul, &id, month, figure).await;
        assert_eq!(told.status, 422, "{month} {figure}");
        let read = plain(&told);
        assert!(read.contains(said) && read.contains(&format!("value=\"{figure}\"")), "{said} is missing: {read}");
        assert!(read.contains("Inventaire &lt;i&gt;"), "{read}");
    }
    assert_eq!(coop.house.coop.count("select count(*) from objective_figure").await, 0);
    // Each has its own forms on the page.
    let path = format!("/objectifs/{id}");
    let (sets, types) = ("Clore l’objectif avant son terme", "Noter ce chiffre");
    for (who, governs, notes) in [(&coop.idris, true, false), (&coop.paul, false, true), (&coop.nour, false, false)] {
        let read = coop.page(&path, who).await;
        assert_eq!((read.contains(sets), read.contains(types)), (governs, notes), "{read}");
    }
    let wordless = [("geste", "clore"), ("sur", id.as_str()), ("objectif", id.as_str()), ("mot", " ")];
    let told = coop.posts(&coop.idris, &wordless).await;
    assert_eq!(told.status, 422);
    assert!(plain(&told).contains("Dis pourquoi l’objectif s’arrête."), "{}", told.text());
    let closes = [("geste", "clore"), ("objectif", id.as_str()), ("mot", "Autre mesure")];
    assert_eq!(coop.posts(&coop.idris, &closes).await.header("location"), format!("{path}?fait=clore"));
    let read = coop.page(&path, &coop.paul).await;
    assert!(read.contains("Clos le 1er décembre 2026 : Autre mesure") && !read.contains(types), "{read}");
    assert_eq!(coop.types(&coop.paul, &id, "2026-11", "12").await.status, 422);
    for nonsense in [vec![("geste", "rien")], vec![("geste", "chiffre"), ("objectif", "x")], vec![("mot", "x")]] {
        let told = coop.posts(&coop.idris, &nonsense).await;
        assert!((400..500).contains(&told.status.as_u16()), "{nonsense:?}: {}", told.status);
    }
    let nothing = coop.house.send(get("/objectifs/rien").by(&coop.nour)).await;
    assert_eq!(nothing.status, 404);
    assert!(plain(&nothing).contains("Ce n’est pas là"));
}
