//! What the day sheets are made of: checklists by slot of the day, fridges, keys, deliveries, the alarm.

use chrono::{Datelike, NaiveDate};
use domain::time::{minus_days, plus_days};
use serde_json::json;
use sqlx::PgConnection;

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

/// How far back the records reach. Days.
const PAST_D: u64 = 91;

/// Each closed sheet of the past read its fridges; on one morning the door of one stood open. $1 from.
const READ: &str = "
with kept as (
    select s.shift_id, s.starts_at, sheet.closed_by, row_number() over (order by s.starts_at desc) as back
    from shift s join sheet using (shift_id) where s.on_day >= $1 and sheet.closed_by is not null
), read as (
    select k.*, f.fridge_id, f.low, f.high, f.rank,
        ('x' || substr(md5(k.shift_id::text || f.fridge_id::text), 1, 4))::bit(16)::int as chance
    from kept k cross join fridge f
)
insert into reading (reading_id, shift_id, fridge_id, tenths, note, at, received_at, by_member)
select md5('reading/' || shift_id || fridge_id)::uuid, shift_id, fridge_id,
    case when back = 24 and rank = 0 then 85 else low + (high - low) / 4 + chance % ((high - low) / 2) end,
    case when back = 24 and rank = 0 then 'Porte restée entrouverte : fermée, à relire dans 30 minutes' else '' end,
    starts_at + interval '20 minutes', starts_at + interval '20 minutes', closed_by
from read";

/// Half an hour later it was well.
const READ_AGAIN: &str = "
insert into reading (reading_id, shift_id, fridge_id, tenths, note, at, received_at, by_member)
select md5('again/' || shift_id || fridge_id)::uuid, shift_id, fridge_id, 34, 'Relu : rien à jeter', at + interval '30 minutes',
    at + interval '30 minutes', by_member
from reading join shift using (shift_id) where tenths = 85 and on_day >= $1";

/// What was on their lists was done, all but a line now and then.
const TICKED: &str = "
insert into tick (shift_id, item_id, done, at, received_at, by_member)
select s.shift_id, i.item_id, true, s.starts_at + interval '40 minutes', s.starts_at + interval '40 minutes', sheet.closed_by
from shift s join sheet using (shift_id) join shift_template t using (template_id)
join checklist c on extract(isodow from s.on_day)::int - 1 = any(c.weekdays) and t.from_clock = any(c.clocks)
join checklist_item i using (checklist_id)
where s.on_day >= $1 and sheet.closed_by is not null
    and ('x' || substr(md5(s.shift_id::text || i.item_id::text), 1, 4))::bit(16)::int % 40 > 0
order by s.starts_at, c.rank, i.rank";

/// Deliveries came in the morning, a few of them not whole.
const CAME: &str = "
insert into delivery_receipt (delivery_id, shift_id, state, remarks, at, by_member)
select d.expected_delivery_id, s.shift_id, case when chance % 17 = 0 then 'partial' else 'complete' end,
    case when chance % 17 = 0 then '2 caisses manquent, avoir demandé' else '' end, s.starts_at + interval '1 hour', sheet.closed_by
from expected_delivery d
join lateral (select s.* from shift s where s.on_day = d.on_day order by s.starts_at limit 1) s on true
join sheet on sheet.shift_id = s.shift_id
cross join lateral (select ('x' || substr(md5(d.expected_delivery_id::text), 1, 4))::bit(16)::int as chance) c
where d.on_day >= $1 and sheet.closed_by is not null
order by d.on_day, d.supplier";

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
    // Vegetables every day, bread every other; three months of them have come.
    let first = minus_days(today, PAST_D);
    let expected = (0..PAST_D + 28).flat_map(|ahead| {
        let on = plus_days(first, ahead);
        let what = |supplier: &str, what: &str| {
            json!({
                "expected_delivery_id": id_of(&format!("expected/{on}/{supplier}")), "on_day": on, "supplier": supplier, "what": what,
            })
        };
        let bread = (on.num_days_from_ce() % 2 == 0).then(|| what("Le Fournil des Aravis", "Pain, 40 pièces, vers 10 h"));
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
    for written in [READ, READ_AGAIN, TICKED, CAME] {
        sqlx::query(written).bind(first).execute(&mut *conn).await?;
    }
    Ok(())
}
