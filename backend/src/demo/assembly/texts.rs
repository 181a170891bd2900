//! What the demo co-op's assemblies say.

/// The one that comes: Markdown.
pub const AGENDA: &str = "1. Le rapport d’activité, et les questions\n2. Les comptes de l’année\n3. Les horaires du lundi\n4. **Le \
                          comité** : six sièges à pourvoir\n5. Verre de l’amitié";

pub const DOCUMENTS: [(&str, &str, &str); 3] = [
    (
        "Le rapport d’activité",
        "# Une année en chiffres\n\n- 430 membres, dont 61 de plus qu’il y a un an\n- 1 940 vacations tenues\n- 24 sorties, dont la \
         fête de l’été\n\n# Ce qui a changé\n\nLe rayon vrac a doublé, et le samedi matin compte six personnes.\n\n# Ce qui nous \
         attend\n\nLe bail se renouvelle en mars : le comité en parle avec le propriétaire.",
        "",
    ),
    (
        "Les comptes de l’année",
        "# Le résultat\n\n- Ventes : 412 300 €\n- Achats : 331 900 €\n- Loyer, énergie, assurances : 41 200 €\n- Salaire et charges : \
         31 600 €\n- **Résultat : 7 600 €**\n\nLe comité propose de le mettre en réserve.",
        "",
    ),
    (
        "Ouvrir le lundi soir : le projet",
        "Le groupe Distribution propose d’ouvrir **le lundi de 17 h à 20 h**, pendant six mois, avec quatre personnes par vacation.\n\nLe \
         détail, semaine par semaine, est ailleurs.",
        "https://exemple.fr/alpar/lundi-soir",
    ),
];

pub struct Resolution {
    pub key: &'static str,
    pub title: &'static str,
    /// Markdown.
    pub text: &'static str,
    pub way: &'static str,
    pub seats: Option<u8>,
}

pub const RESOLUTIONS: [Resolution; 4] = [
    Resolution {
        key: "comptes",
        title: "Approuver les comptes de l’année",
        text: "L’assemblée approuve les comptes tels qu’ils sont présentés.",
        way: "hands",
        seats: None,
    },
    Resolution {
        key: "reserve",
        title: "Mettre le résultat en réserve",
        text: "Le résultat de l’année, **7 600 €**, va aux réserves de la coopérative.",
        way: "hands",
        seats: None,
    },
    Resolution {
        key: "lundi",
        title: "Ouvrir le lundi soir, six mois à l’essai",
        text: "Le magasin ouvre le lundi de 17 h à 20 h à partir de janvier, pour six mois. L’assemblée suivante en fait le bilan.",
        way: "secret",
        seats: None,
    },
    Resolution {
        key: "comite",
        title: "Élire six personnes au comité",
        text: "Leur mandat est de deux ans.",
        way: "election",
        seats: Some(6),
    },
];

/// What those who stand say.
pub const WORDS: [&str; 8] = [
    "Trois ans de vacations, et l’envie de voir comment ça se décide.",
    "Je voudrais que les soirées paient leur buffet, et que le comité le sache.",
    "Comptable de métier : les chiffres ne me font pas peur.",
    "Je viens du groupe Distribution, et je connais les frigos par leur prénom.",
    "Plus de jeunes au comité !",
    "",
    "J’ai du temps depuis septembre, et j’aime écouter.",
    "Pour que le bail se renouvelle bien.",
];

pub const PAST_AGENDA: &str = "1. Le budget\n2. La charte des vacations\n3. Six sièges du comité";

pub const PAST_MINUTES: &str = "L’assemblée s’est tenue à Meythet : 58 membres présents et 13 représentés, 71 voix. Le quorum est \
                                atteint.\n\n# 1. Voter le budget\n\nÀ main levée : 66 pour, 2 contre, 3 abstentions. **Adoptée.**\n\n# 2. \
                                Garder trois heures par vacation\n\nÀ bulletin secret. On a parlé des vacations du matin, trop longues pour qui \
                                travaille.\n\n# 3. Élire six personnes\n\nSept candidatures. Les six premières sont élues pour deux ans.\n\nL’ordre du \
                                jour est épuisé.";

pub const PAST: [Resolution; 3] = [
    Resolution {
        key: "budget",
        title: "Voter le budget",
        text: "Le budget de l’année est celui que le comité présente.",
        way: "hands",
        seats: None,
    },
    Resolution {
        key: "charte",
        title: "Garder trois heures par vacation",
        text: "La charte garde des vacations de trois heures, matin et soir.",
        way: "secret",
        seats: None,
    },
    Resolution { key: "sieges", title: "Élire six personnes au comité", text: "", way: "election", seats: Some(6) },
];
