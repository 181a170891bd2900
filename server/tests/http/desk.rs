//! « À traiter » through HTTP: whoever stands in reads it, what is typed comes back, what was reported is hostile.

use domain::command::Command;
use domain::id::RequestId;
use domain::requests::Asked;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::house::{Device, House, Told, get, post};

const DESK: &str = "/bureau/a-traiter";
const HOSTILE: &str = "</details><script>alert(1)</script>";
const WHY: &str = "Un genou à opérer";

/// Margaux is of the office, Paul works for the co-op, Solène may stand in for him, Nour is a member like others.
struct Coop {
    house: House,
    margaux: Device,
    paul: Device,
    solene: Device,
    nour: Device,
}

impl Coop {
    async fn new(at: PgConnectOptions) -> Coop {
        let house = House::new(at).await;
        let (margaux, paul) = (house.signed_in("Margaux").await, house.signed_in("Paul").await);
        let (solene, nour) = (house.signed_in("Solène").await, house.signed_in("Nour").await);
        house.coop.in_office(margaux.member).await;
        house.coop.sql(&format!("update member set employee = true where member_id = '{}'", paul.member)).await;
        house.coop.all_have_shares().await;
        Coop { house, margaux, paul, solene, nour }
    }

    async fn posts(&self, who: &Device, fields: &[(&str, &str)]) -> Told {
        self.house.send(post(DESK).by(who).form(fields)).await
    }

    async fn page(&self, path: &str, who: &Device) -> String {
        let told = self.house.send(get(path).by(who)).await;
        assert_eq!(told.status, 200, "{path}: {}", told.text());
        told.is_well_nested(path);
        plain(&told)
    }

    async fn status(&self, path: &str, who: &Device) -> u16 {
        self.house.send(get(path).by(who)).await.status.as_u16()
    }

    /// Solène stands in from today until the 11th: sent twice, it is one.
    async fn away(&self) {
        let (id, paul, solene) = (self.house.coop.id().to_string(), self.paul.member.to_string(), self.solene.member.to_string());
        let fields = [
            ("id", id.as_str()),
            ("geste", "absence"),
            ("qui", paul.as_str()),
            ("du", "2026-12-01"),
            ("jusqu", "2026-12-11"),
            ("suppleance", solene.as_str()),
        ];
        for _ in 0..2 {
            let told = self.posts(&self.margaux, &fields).await;
            assert_eq!(told.header("location"), "/bureau/a-traiter?fait=absence", "{}", told.text());
        }
        assert_eq!(self.house.coop.count("select count(*) from absence").await, 1);
    }
}

/// French spaces as they are typed.
fn plain(told: &Told) -> String {
    told.text().replace(['\u{a0}', '\u{202f}'], " ")
}

#[sqlx::test(migrations = false)]
async fn whoever_stands_in_reads_the_queue_and_nothing_more_of_the_office(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (from, to) = ("2027-01-04".parse().unwrap(), "2027-02-28".parse().unwrap());
    let request = RequestId(coop.house.coop.id());
    let asks = Command::RequestLeave { request, what: Asked::Illness, from, to, why: WHY.into() };
    coop.house.coop.does(coop.nour.member, asks).await;
    assert_eq!(coop.status(DESK, &coop.solene).await, 403);
    assert!(!coop.page("/moi", &coop.solene).await.contains("À traiter"));
    let queue = coop.page(DESK, &coop.margaux).await;
    assert!(queue.contains("demande une pause") && queue.contains("/bureau/demandes#demande-"), "{queue}");
    assert!(queue.contains("Noter une absence") && !queue.contains(WHY), "why stands on its own page: {queue}");
    coop.away().await;
    assert!(coop.page("/moi", &coop.solene).await.contains("À traiter"));
    let hers = coop.page(DESK, &coop.solene).await;
    for said in ["Tu supplées Paul", "demande une pause", "Un membre d’Administratif s’en occupe"] {
        assert!(hers.contains(said), "{said} is missing: {hers}");
    }
    for not in [WHY, "/bureau/demandes", "Noter une absence", "Mettre fin à cette absence"] {
        assert!(!hers.contains(not), "{not}: {hers}");
    }
    let answer = coop.house.send(get("/api/v1/office/queue").by(&coop.solene)).await;
    assert_eq!(answer.status, 200);
    for secret in [WHY, "illness", "maladie"] {
        assert!(!answer.text().contains(secret), "{secret}: {}", answer.text());
    }
    for elsewhere in ["/bureau/demandes", "/bureau/joindre", "/bureau/machine", "/bureau/regles", "/api/v1/office/requests"] {
        assert_eq!(coop.status(elsewhere, &coop.solene).await, 403, "{elsewhere}");
    }
    // Everybody reads until when, and who.
    let said = coop.page("/coop", &coop.nour).await;
    assert!(said.contains("Absent·e jusqu’au 11 décembre 2026. Solène"), "{said}");
    coop.house.coop.turns(coop.house.coop.now() + chrono::Duration::days(11));
    assert_eq!(coop.status(DESK, &coop.solene).await, 403, "the day after the last");
}

#[sqlx::test(migrations = false)]
async fn an_absence_that_is_wrong_comes_back_with_all_that_was_typed(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let (paul, solene) = (coop.paul.member.to_string(), coop.solene.member.to_string());
    let typed = |from, until, deputy| {
        [("geste", "absence"), ("qui", paul.as_str()), ("du", from), ("jusqu", until), ("suppleance", deputy)]
    };
    for (from, until, deputy, said) in [
        ("bientôt", "2026-12-11", solene.as_str(), "Dis le premier jour."),
        ("2026-12-11", "2026-12-05", solene.as_str(), "vient avant le premier"),
        ("2026-12-05", "2028-12-05", solene.as_str(), "366 jours au plus"),
        ("2026-12-05", "2026-12-11", "", "Choisis qui la supplée"),
        ("2026-12-05", "2026-12-11", paul.as_str(), "Choisis quelqu’un d’autre"),
    ] {
        let told = coop.posts(&coop.margaux, &typed(from, until, deputy)).await;
        assert_eq!(told.status, 422, "{from} {until}");
        let read = plain(&told);
        assert!(read.contains(said), "{said} is missing: {read}");
        assert!(read.contains(&format!("value=\"{until}\"")), "{until} is gone: {read}");
    }
    assert_eq!(coop.house.coop.count("select count(*) from absence").await, 0);
    coop.away().await;
    let meets = coop.posts(&coop.margaux, &typed("2026-12-11", "2026-12-18", solene.as_str())).await;
    assert_eq!(meets.status, 422);
    assert!(plain(&meets).contains("Une absence est déjà notée jusqu’au 11 décembre 2026"), "{}", meets.text());
    for nonsense in [vec![("geste", "rien")], vec![("geste", "retour"), ("absence", "x")], vec![("mot", "x")]] {
        let told = coop.posts(&coop.margaux, &nonsense).await;
        assert!((400..500).contains(&told.status.as_u16()), "{nonsense:?}: {}", told.status);
    }
}

#[sqlx::test(migrations = false)]
async fn what_was_reported_is_dealt_with_once_and_runs_nothing(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let worked = coop.house.coop.shift(0, 6, 1).await;
    sqlx::query("insert into report (shift_id, what, note, at, by_member) values ($1, 'till_closed', $2, $3, $4)")
        .bind(worked)
        .bind(HOSTILE)
        .bind(coop.house.coop.now())
        .bind(coop.nour.member)
        .execute(&coop.house.coop.backend.pool)
        .await
        .unwrap();
    coop.away().await;
    for who in [&coop.margaux, &coop.paul, &coop.solene] {
        let queue = coop.page(DESK, who).await;
        assert!(queue.contains("Caisse fermée") && queue.contains("&lt;script&gt;"), "{queue}");
        assert!(!queue.contains("<script>alert"), "{queue}");
    }
    let thing: String =
        sqlx::query_scalar("select 'report/' || report_id from report").fetch_one(&coop.house.coop.backend.pool).await.unwrap();
    let long = "é".repeat(301);
    let wrong = [("geste", "traite"), ("sur", thing.as_str()), ("quoi", thing.as_str()), ("mot", long.as_str())];
    let told = coop.posts(&coop.solene, &wrong).await;
    assert_eq!(told.status, 422);
    assert!(plain(&told).contains("300 caractères au plus") && told.text().contains(&long), "{}", told.text());
    let unknown = [("geste", "traite"), ("quoi", "report/<b>1</b>"), ("mot", "")];
    let told = coop.posts(&coop.solene, &unknown).await;
    assert_eq!(told.status, 422);
    assert!(plain(&told).contains("Ce signalement n’existe pas, ou plus.") && !told.text().contains("<b>1"), "{}", told.text());
    for who in [&coop.solene, &coop.margaux] {
        let done = [("geste", "traite"), ("quoi", thing.as_str()), ("mot", "Rouleau changé")];
        assert_eq!(coop.posts(who, &done).await.header("location"), "/bureau/a-traiter?fait=traite");
    }
    assert_eq!(coop.house.coop.count("select count(*) from desk_handled").await, 1);
    let queue = coop.page("/bureau/a-traiter?fait=traite", &coop.solene).await;
    assert!(queue.contains("C’est noté comme traité.") && queue.contains("Rien n’attend"), "{queue}");
}

#[sqlx::test(migrations = false)]
async fn a_member_without_a_share_is_one_tap_away_for_the_office_alone(_: PgPoolOptions, at: PgConnectOptions) {
    let coop = Coop::new(at).await;
    let lea = coop.house.coop.newcomer("Léa").await;
    coop.away().await;
    let card = format!("/bureau/membres/{lea}");
    let queue = coop.page(DESK, &coop.margaux).await;
    assert!(queue.contains("Léa Test n’a pas de part sociale") && queue.contains(&format!("href=\"{card}\"")), "{queue}");
    assert!(coop.page(&card, &coop.margaux).await.contains("Sa part sociale"));
    let hers = coop.page(DESK, &coop.solene).await;
    assert!(hers.contains("Léa Test n’a pas de part sociale") && !hers.contains(&card), "{hers}");
}
