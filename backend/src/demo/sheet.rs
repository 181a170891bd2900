//! What the day sheets are made of: checklists by slot of the day, fridges, keys, deliveries, the alarm.

use chrono::NaiveDate;
use domain::time::plus_days;
use serde_json::{Value, json};
use sqlx::PgConnection;
use sqlx::types::Json;

use super::cast::{PAUL, SOLENE, id_of};
use super::write::rows;
use crate::error::Error;

/// Slug, name, weekdays from Monday, hours at which its shifts begin, lines in order.
type List = (&'static str, &'static str, &'static [u8], &'static [u8], &'static [&'static str]);

const WEEK: &[u8] = &[0, 1, 2, 3, 4, 5];

const CHECKLISTS: [List; 5] = [
    (
        "ouverture",
        "Ouverture",
        WEEK,
        &[9],
        &[
            "Couper l’alarme et ouvrir les volets",
            "Contrôler l’alarme incendie : voyant vert, rien devant les issues",
            "Trier les fruits et légumes, sortir l’abîmé",
            "Réceptionner les livraisons, bon signé dans le classeur",
            "Mettre en rayon, les dates les plus courtes devant",
        ],
    ),
    ("caisse", "Caisse", &[0, 2, 3, 4, 5], &[9], &["Compter le fond de caisse", "Ouvrir la caisse, rouleau et terminal prêts"]),
    (
        "journee",
        "Dans la journée",
        WEEK,
        &[12, 15],
        &["Faire le facing", "Passer le relais en caisse", "Nettoyer le sol et les plans de travail"],
    ),
    ("soir", "Le soir", WEEK, &[18], &["Passer le relais en caisse", "Nettoyer le sol, vider les poubelles"]),
    (
        "fermeture",
        "Fermeture",
        WEEK,
        &[18],
        &[
            "Compter la caisse et la fermer",
            "Vérifier que les frigos sont bien fermés",
            "Éteindre, fermer les volets, mettre l’alarme",
        ],
    ),
];

/// Saturday ends at 15 h.
const SATURDAY_CLOSING: List = (
    "fermeture-samedi",
    "Fermeture",
    &[5],
    &[12],
    &[
        "Compter la caisse et la fermer",
        "Vérifier que les frigos sont bien fermés",
        "Éteindre, fermer les volets, mettre l’alarme",
    ],
);

/// Slug, name, limits in tenths of a degree, what to do beyond them.
const FRIDGES: [(&str, &str, i16, i16, &str); 2] = [
    (
        "frais",
        "Frigo du frais",
        0,
        40,
        "Ferme bien la porte, relis dans 30 minutes. Toujours trop chaud : déplace les produits dans l’autre frigo et appelle Paul.",
    ),
    (
        "surgeles",
        "Congélateur",
        -250,
        -180,
        "N’ouvre plus la porte, relis dans 30 minutes. Toujours trop chaud : appelle Paul. Ce qui a décongelé ne se vend plus.",
    ),
];

const ALARM: &str = "Boîtier à gauche de l’entrée : code du jour (enveloppe dans le coffre), puis la touche Arrêt, dans les 30 secondes. \
Pour la mettre : ferme tout, code, puis Marche. Si elle sonne : code, puis appelle la télésurveillance, numéro sous le boîtier.";

pub async fn sheets(conn: &mut PgConnection, today: NaiveDate) -> Result<(), Error> {
    let lists = || CHECKLISTS.iter().chain([&SATURDAY_CLOSING]).enumerate();
    let checklists = lists().map(|(rank, (slug, name, weekdays, hours, _))| {
        json!({
            "checklist_id": id_of(&format!("checklist/{slug}")), "slug": slug, "version": 1, "from_on": "2018-06-08",
            "name": name, "weekdays": weekdays, "clocks": hours.iter().map(|hour| format!("{hour}:00")).collect::<Vec<_>>(),
            "rank": rank,
        })
    });
    rows!(conn, "checklist", "checklist_id, slug, version, from_on, name, weekdays, clocks, rank", checklists);
    let items = lists().flat_map(|(_, (slug, .., labels))| {
        labels.iter().enumerate().map(move |(rank, label)| {
            json!({
                "item_id": id_of(&format!("checklist/{slug}/{rank}")), "checklist_id": id_of(&format!("checklist/{slug}")),
                "rank": rank, "label": label,
            })
        })
    });
    rows!(conn, "checklist_item", "item_id, checklist_id, rank, label", items);
    let fridges = FRIDGES.iter().enumerate().map(|(rank, (slug, name, low, high, advice))| {
        json!({ "fridge_id": id_of(&format!("fridge/{slug}")), "name": name, "low": low, "high": high, "advice": advice, "rank": rank })
    });
    rows!(conn, "fridge", "fridge_id, name, low, high, advice, rank", fridges);
    let keys = [("Clé n° 1", SOLENE), ("Clé n° 2", PAUL)]
        .map(|(label, who)| json!({ "key_id": id_of(&format!("key/{label}")), "label": label, "member_id": who.id() }));
    rows!(conn, "shop_key", "key_id, label, member_id", keys);
    // Vegetables every day, bread every other.
    let expected = (0..28).flat_map(|ahead| {
        let on = plus_days(today, ahead);
        let what = |supplier: &str, what: &str| {
            json!({
                "expected_delivery_id": id_of(&format!("expected/{on}/{supplier}")), "on_day": on, "supplier": supplier, "what": what,
            })
        };
        let bread = (ahead % 2 == 0).then(|| what("Le Fournil des Aravis", "Pain, 40 pièces, vers 10 h"));
        [what("Les Jardins de Gillon", "Légumes, 12 caisses")].into_iter().chain(bread)
    });
    rows!(conn, "expected_delivery", "expected_delivery_id, on_day, supplier, what", expected);
    sqlx::query("update setting set alarm = $1").bind(ALARM).execute(&mut *conn).await?;
    // What is over was closed by its lead, and has been counted.
    sqlx::query(
        "insert into sheet (shift_id, closed_at, closed_by)
         select s.shift_id, s.ends_at, (select a.member_id from seat join assignment a using (shift_id, position)
            where seat.shift_id = s.shift_id and seat.lead)
         from shift s where s.shift_id in (select shift_id from assignment where presence is not null)",
    )
    .execute(&mut *conn)
    .await?;
    Ok(())
}
