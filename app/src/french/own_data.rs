//! « Mes données » as somebody reads them: what each section and each field is called, and what stands there.

use domain::register::Section;
use domain::time::Instant;
use serde_json::Value;

use super::clock::hour;
use super::dates::date_with_year;
use super::shares::{euros, how};
use super::{capitalized, nb};
use crate::french::register::deed;

pub const fn section(section: Section) -> &'static str {
    match section {
        Section::Card => "Ma fiche",
        Section::Share => "Ma part sociale",
        Section::Association => "L’association",
        Section::Seats => "Mes vacations",
        Section::Ledger => "Mon engagement, ligne par ligne",
        Section::Requests => "Mes demandes, mes pauses et mes absences, mon départ",
        Section::Exchanges => "Mes propositions et demandes d’échange",
        Section::Events => "Mes réponses aux sorties",
        Section::Comments => "Mes commentaires",
        Section::Contributions => "Mes contributions à la brève et aux pages publiques",
        Section::Lists => "Mes favoris et ma liste",
        Section::Suggestions => "Ce que j’aimerais trouver",
        Section::Shop => "Ce que j’ai noté au magasin, mes clés",
        Section::Groups => "Mes groupes, mes mandats",
        Section::Governance => "Mes points à l’ordre du jour, mes réponses aux consultations, mes assemblées",
        Section::Notices => "Ce qu’on m’a dit",
        Section::Preferences => "Mes alertes",
        Section::Devices => "Mes appareils",
        Section::Trail => "Ce qui a été fait sur mon compte",
    }
}

/// What a field is called; one that has no words keeps its own name.
pub fn field(name: &str) -> &str {
    match name {
        "number" => "Numéro",
        "first_name" => "Prénom",
        "last_name" => "Nom",
        "email" => "E-mail",
        "phone" => "Téléphone",
        "address" => "Adresse",
        "show_phone" => "Les membres voient mon téléphone",
        "show_email" => "Les membres voient mon e-mail",
        "rhythm" => "Rythme",
        "joined_on" => "Membre depuis",
        "employee" => "Salarié·e de la coop",
        "sponsor" => "Qui m’accueille",
        "sponsored" => "Qui j’accueille",
        "left_on" => "Plus membre depuis",
        "photo" => "Photo",
        "skills" => "Compétences",
        "presented_on" => "Réunion d’accueil",
        "requested_on" => "Demande d’adhésion",
        "chosen_on" => "Fixe ou volant·e, choisi",
        "cents" => "Montant",
        "subscribed_on" => "Souscrite le",
        "payments" => "Paiements",
        "refund_due_on" => "À rembourser depuis",
        "refunded_on" => "Remboursée le",
        "refunded_cents" => "Montant remboursé",
        "year" => "Année",
        "paid_on" => "Payée le",
        "on" => "Jour",
        "starts_at" => "Début",
        "ends_at" => "Fin",
        "presence" => "Présence",
        "replaced_by" => "Remplacé·e par",
        "week" => "Semaine",
        "weekday" => "Jour de la semaine",
        "with" => "Avec",
        "degrees" => "Température",
        "place" => "Où",
        "kind" => "Quoi",
        "what" => "Quoi",
        "shifts" => "Vacations",
        "why" => "Pourquoi",
        "from" => "Du",
        "to" => "Au",
        "asked_at" => "Demandé",
        "state" => "État",
        "word" => "Réponse",
        "note" => "Mot",
        "at" => "Quand",
        "title" => "Titre",
        "standing" => "Ma réponse",
        "guests" => "Personnes avec moi",
        "children" => "Dont enfants",
        "diet" => "Régime",
        "answered_at" => "Répondu",
        "came_at" => "Venu·e",
        "text" => "Texte",
        "monday" => "Brève du",
        "product" => "Produit",
        "favourite" => "Favori",
        "quantity" => "Combien",
        "done" => "Fait",
        "group" => "Groupe",
        "referent" => "Référent·e",
        "ended_on" => "Terminé le",
        "ended_at" => "Terminé",
        "page" => "Page",
        "coming" => "Je viens",
        "signed_at" => "Émargé",
        "left_at" => "Parti·e",
        "role" => "Rôle",
        "channel" => "Par",
        "called_at" => "Convocation faite",
        "sent_at" => "Envoyé",
        "proxies" => "Pouvoirs, donnés ou portés",
        "voted" => "Ma voix a voté",
        "ways" => "Propositions",
        "points" => "Points de résistance",
        "seen_at" => "Vu",
        "switches" => "Choix",
        "reminders" => "Rappels",
        "device" => "Appareil",
        "created_at" => "Depuis",
        "last_seen_on" => "Vu la dernière fois",
        "revoked_at" => "Déconnecté",
        "pushes_since_at" => "Notifications depuis",
        "deed" => "Quoi",
        "by" => "Par",
        "how" => "Comment",
        "cancelled" => "Annulé",
        other => other,
    }
}

/// What stands in a field; nothing where there is nothing to say.
pub fn value(name: &str, value: &Value) -> Option<String> {
    let said = match value {
        Value::Null => return None,
        Value::String(text) if text.is_empty() => return None,
        Value::String(text) => of_text(name, text),
        Value::Bool(true) => "oui".to_owned(),
        Value::Bool(false) => "non".to_owned(),
        Value::Number(number) if name.ends_with("cents") => {
            number.as_i64().map(|cents| euros(domain::catalogue::Cents(cents))).unwrap_or_default()
        }
        Value::Number(number) if name == "degrees" => nb(&format!("{} °C", number.to_string().replace('.', ","))),
        Value::Number(number) => number.to_string(),
        Value::Array(list) if list.is_empty() => return None,
        Value::Array(list) => list.iter().filter_map(|one| self::value(name, one)).collect::<Vec<_>>().join(" ; "),
        Value::Object(_) if name == "deed" => serde_json::from_value(value.clone()).map(|known| deed(&known)).unwrap_or_default(),
        Value::Object(fields) => {
            let parts = fields
                .iter()
                .filter_map(|(name, one)| Some(format!("{} {}", field(name).to_lowercase(), self::value(name, one)?)));
            parts.collect::<Vec<_>>().join(", ")
        }
    };
    (!said.is_empty()).then_some(said)
}

/// Days and moments as people say them; words that only the machine knows in French.
fn of_text(name: &str, text: &str) -> String {
    if name == "deed" {
        return serde_json::from_value(Value::String(text.to_owned())).map(|known| deed(&known)).unwrap_or_default();
    }
    if (name.ends_with("_on") || ["on", "from", "to", "monday"].contains(&name))
        && let Ok(day) = text.parse()
    {
        return date_with_year(day);
    }
    if (name.ends_with("_at") || name == "at")
        && let Ok(at) = text.parse::<Instant>()
    {
        return nb(&format!("{}, {}", date_with_year(domain::time::paris_day(at)), hour(at)));
    }
    let known = match (name, text) {
        ("rhythm", "regular") => "fixe",
        ("rhythm", "floating") => "volant·e",
        ("presence", "present") => "présent·e",
        ("presence", "absent") => "absent·e",
        ("presence", "excused") => "excusé·e",
        ("presence", "late") => "en retard",
        ("presence", "replaced") => "remplacé·e",
        ("weekday", day) => weekday(day),
        ("role", "chair") => "présidence",
        ("role", "secretary") => "secrétariat",
        ("role", "teller") => "scrutin",
        ("channel", "letter") => "lettre",
        ("channel", "hand") => "remise en main propre",
        ("channel", "push") => "notification",
        ("standing", "seated") => "oui",
        ("standing", "waiting") => "en attente d’une place",
        ("standing", "maybe") => "peut-être",
        ("standing", "no") => "non",
        ("standing", "agree") => "d’accord",
        ("standing", "reserve") => "une réserve",
        ("standing", "object") => "une objection",
        ("how", slug) => match domain::share::How::named(slug) {
            Some(known) => how(known),
            None => slug,
        },
        ("group", "committee") => "comité de gouvernance",
        ("kind" | "what", what) => kind(what),
        ("state", state) => state_of(state),
        _ => text,
    };
    known.to_owned()
}

/// What a row is; a word that is not known stays as it is.
fn kind(what: &str) -> &str {
    match what {
        "give" => "place à donner",
        "exchange" => "place à échanger",
        "proposal" => "demande d’échange",
        "waiting" => "liste d’attente",
        "watch" => "guet d’une place",
        "walk_in" => "venu·e en plus",
        "cycle_due" => "dû du cycle",
        "leave" => "pause",
        "exemption" => "dispense",
        "done" => "vacation faite",
        "excused" => "excusée",
        "missed" => "manquée",
        "make_up" => "rattrapage",
        "advance" => "avance",
        "correction" => "correction",
        "solidarity_gift" => "donnée au pot solidaire",
        "solidarity_draw" => "reçue du pot solidaire",
        "item" => "j’apporte",
        "carpool" => "ma place dans une voiture",
        "post" => "coup de main",
        "car" => "ma voiture",
        "support" => "moi aussi",
        "note" => "relève",
        "till_closed" => "caisse fermée",
        "shop_closed" => "magasin fermé",
        "safety" => "sécurité",
        "breakage" => "casse",
        "other" => "autre",
        "missing" => "plus en rayon",
        "key" => "clé",
        "tick" => "tâche cochée",
        "reading" => "relevé de température",
        "delivery" => "livraison ajoutée",
        "receipt" => "livraison reçue",
        "regular" => "place fixe",
        "said_presence" => "présence notée",
        "replacing" => "remplacement",
        "seat_came" => "place reçue",
        "seat_went" => "place quittée",
        "proposed_to_me" => "demande d’échange reçue",
        "offered_to_me" => "place qu’on m’a proposée",
        "loop" => "échange à plusieurs, proposé",
        "photo_removal" => "retrait d’une photo, demandé",
        "version" => "texte que j’ai écrit",
        "meeting" => "réunion de coordination",
        "welcome" => "invitation à entrer dans l’application",
        "brief" => "brève du lundi",
        "brief_read" => "brève lue",
        "calendar" => "adresse de mon agenda",
        what => of_the_office(what),
    }
}

/// What was asked of the office, and what a group's referents did.
fn of_the_office(what: &str) -> &str {
    match what {
        "parental" => "congé parental",
        "illness" => "maladie",
        "duty" => "part de l’engagement",
        "whole" => "engagement entier",
        "half" => "moitié de l’engagement",
        "exempt" => "dispense",
        "with" => "engagement commun, dans le foyer",
        "absence" => "absence",
        "standing_in" => "suppléance",
        "erasure" => "demande d’effacement",
        "departure" => "départ de la coop",
        "demander" => "demande pour venir",
        "inviter" => "invitation",
        "refuser" => "réponse : non",
        "rejoindre" => "entrée dans le groupe",
        "quitter" => "départ du groupe",
        "retirer" => "retrait du groupe",
        "nommer" => "référent·e",
        "rendre" => "plus référent·e",
        what => what,
    }
}

fn weekday(day: &str) -> &str {
    match day {
        "monday" => "lundi",
        "tuesday" => "mardi",
        "wednesday" => "mercredi",
        "thursday" => "jeudi",
        "friday" => "vendredi",
        "saturday" => "samedi",
        "sunday" => "dimanche",
        day => day,
    }
}

/// How something stands, or ended.
fn state_of(state: &str) -> &str {
    match state {
        "open" => "ouverte",
        "pending" => "en attente",
        "done" => "conclue",
        "accepted" => "acceptée",
        "granted" => "accordée",
        "refused" => "refusée",
        "withdrawn" => "retirée",
        "expired" => "expirée",
        "superseded" => "plus d’actualité",
        "declined" => "refusée",
        "sent" | "submitted" => "envoyé",
        "failed" => "pas parti",
        "dropped" => "plus utile",
        "waiting" | "leaving" | "prepared" | "taken" => "en route",
        "complete" => "complète",
        "partial" => "incomplète",
        "not_come" => "pas venue",
        state => state,
    }
}

/// « Nom : Dupont », one field of a row.
pub fn line(name: &str, said: &Value) -> Option<(String, String)> {
    Some((capitalized(field(name)), value(name, said)?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_kept_is_told_as_people_say_it() {
        let said = |name: &str, one: Value| value(name, &one).map(|said| said.replace(['\u{a0}', '\u{202f}'], " "));
        assert_eq!(said("joined_on", json!("2024-03-02")).as_deref(), Some("2 mars 2024"));
        assert_eq!(said("cents", json!(10_000)).as_deref(), Some("100 €"));
        assert_eq!(said("phone", Value::Null), None);
        assert_eq!(said("kind", json!("walk_in")).as_deref(), Some("venu·e en plus"));
        assert_eq!(said("state", json!("granted")).as_deref(), Some("accordée"));
        assert_eq!(said("kind", json!("standing_in")).as_deref(), Some("suppléance"));
        assert_eq!(said("what", json!("illness")).as_deref(), Some("maladie"));
        assert_eq!(said("presence", json!("late")).as_deref(), Some("en retard"));
        assert_eq!(said("degrees", json!(4.5)).as_deref(), Some("4,5 °C"));
        assert_eq!(said("starts_at", json!("09:00")).as_deref(), Some("09:00"));
        assert_eq!(said("deed", json!("added")).as_deref(), Some("La fiche est créée."));
        assert_eq!(said("skills", json!(["Caisse", "Réception"])).as_deref(), Some("Caisse ; Réception"));
        let paid = json!([{ "cents": 5000, "on": "2024-03-02", "how": "cash", "cancelled": false }]);
        assert!(said("payments", paid).unwrap().contains("montant 50 €"));
    }
}
