//! What the demo's coordination speaks of, what was decided, what members are asked.

use domain::governance::Stance;

pub struct Meeting {
    /// Of four weeks, before the next one.
    pub months_ago: u64,
    /// A title, a text, and for how many minutes it is planned.
    pub points: &'static [(&'static str, &'static str, Option<u16>)],
    /// Markdown.
    pub minutes: &'static str,
}

/// The next one first.
pub const MEETINGS: [Meeting; 4] = [
    Meeting {
        months_ago: 0,
        points: &[
            ("Préparer l’assemblée générale", "Date, salle, résolutions : ce qu’il faut lancer maintenant.", Some(30)),
            (
                "Ouvrir le lundi matin ?",
                "Trois demandes au cahier depuis la rentrée. Il faudrait deux vacations de plus par semaine.",
                Some(20),
            ),
            ("Caisse des fêtes", "212 € à ce jour : on les garde ou on achète deux tables ?", None),
        ],
        minutes: "",
    },
    Meeting {
        months_ago: 1,
        points: &[
            ("Tour des groupes", "", Some(25)),
            ("Seuil d’alerte des vacations", "Quatre personnes au lieu de cinq, le mercredi.", Some(20)),
            ("Panneau de la rue", "La mairie demande une réponse avant la fin du mois.", Some(15)),
        ],
        minutes: "## Tour des groupes\n\nApprovisionnement cherche quelqu’un pour les fruits et légumes. Vie sociale lance les soupes du jeudi.\n\n## Seuil d’alerte des vacations\n\nOn essaie **quatre personnes le mercredi** jusqu’à la fin de l’hiver, puis on regarde.\n\n## Panneau de la rue\n\nD’accord pour le panneau en bois ; Communication s’en occupe.",
    },
    Meeting {
        months_ago: 2,
        points: &[
            ("Tour des groupes", "", Some(25)),
            ("Départ au comité", "Un siège était vacant : bilan de la cooptation.", Some(15)),
            ("Prix libre aux événements", "", Some(20)),
        ],
        minutes: "## Tour des groupes\n\nRien de bloquant.\n\n## Départ au comité\n\nLa cooptation a bien marché ; on écrit comment on s’y prend.\n\n## Prix libre aux événements\n\nOn garde le prix libre, avec un prix conseillé affiché.",
    },
    Meeting {
        months_ago: 3,
        points: &[("Rentrée", "Qui reprend quoi.", Some(30)), ("Inventaire", "", Some(20))],
        minutes: "## Rentrée\n\nChaque groupe dit à la coop qui sont ses référents.\n\n## Inventaire\n\nLe 30 décembre, huit personnes.",
    },
];

pub struct Decision {
    /// « coordination », « assembly », or a group's name in addresses.
    pub by: &'static str,
    pub title: &'static str,
    /// Markdown.
    pub text: &'static str,
    pub method: &'static str,
    /// Where it was at no coordination meeting.
    pub days_ago: u64,
    /// One of [`MEETINGS`].
    pub at_meeting: Option<usize>,
    pub for_days: Option<u64>,
    pub superseded_by: Option<&'static str>,
}

pub const DECISIONS: [Decision; 9] = [
    Decision {
        by: "coordination",
        title: "Quatre personnes le mercredi, à l’essai",
        text: "Le seuil d’alerte du mercredi passe de cinq à **quatre**. Bilan à la fin de l’essai.",
        method: "consensus",
        days_ago: 0,
        at_meeting: Some(1),
        for_days: Some(130),
        superseded_by: None,
    },
    Decision {
        by: "coordination",
        title: "Un panneau en bois dans la rue",
        text: "Communication le dessine, budget de 180 €.",
        method: "consensus",
        days_ago: 0,
        at_meeting: Some(1),
        for_days: None,
        superseded_by: None,
    },
    Decision {
        by: "coordination",
        title: "Prix libre aux événements, avec un prix conseillé",
        text: "Le prix conseillé s’affiche à l’entrée ; personne ne contrôle.",
        method: "resistance",
        days_ago: 0,
        at_meeting: Some(2),
        for_days: None,
        superseded_by: None,
    },
    Decision {
        by: "coordination",
        title: "Prix libre aux événements",
        text: "Sans prix conseillé.",
        method: "consensus",
        days_ago: 330,
        at_meeting: None,
        for_days: None,
        superseded_by: Some("Prix libre aux événements, avec un prix conseillé"),
    },
    Decision {
        by: "assembly",
        title: "Trois heures par cycle de quatre semaines",
        text: "Chaque membre tient **une vacation de trois heures** par cycle, comme la charte le dit.",
        method: "majority",
        days_ago: 540,
        at_meeting: None,
        for_days: None,
        superseded_by: None,
    },
    Decision {
        by: "assembly",
        title: "Élire six sièges du comité chaque année",
        text: "Le comité se renouvelle par moitié ; les candidatures se disent une semaine avant l’assemblée.",
        method: "secret_ballot",
        days_ago: 540,
        at_meeting: None,
        for_days: None,
        superseded_by: None,
    },
    Decision {
        by: "vie-sociale",
        title: "Douze places aux soirées soupe",
        text: "La salle du fond n’en tient pas plus assis.",
        method: "consensus",
        days_ago: 16,
        at_meeting: None,
        for_days: None,
        superseded_by: None,
    },
    Decision {
        by: "approvisionnement",
        title: "Arrêter la raclette industrielle",
        text: "On finit le stock, puis on propose celle de la ferme des Aravis.",
        method: "resistance",
        days_ago: 31,
        at_meeting: None,
        for_days: None,
        superseded_by: None,
    },
    Decision {
        by: "distribution",
        title: "Réception à deux, toujours",
        text: "Personne ne réceptionne seul : une personne compte, l’autre range au froid.",
        method: "consensus",
        days_ago: 75,
        at_meeting: None,
        for_days: None,
        superseded_by: None,
    },
];

/// A word that somebody has, and how they stand.
#[derive(Clone, Copy)]
pub struct Text {
    pub stance: Stance,
    pub word: &'static str,
}

pub struct Question {
    pub title: &'static str,
    /// Markdown.
    pub text: &'static str,
    /// How much they resist each of [`WAYS`]; otherwise, whether they agree.
    pub resistance: bool,
    /// Days from now.
    pub opens: i64,
    pub closes: i64,
    pub said: [Text; 2],
}

pub const WAYS: [&str; 3] = ["Lundi matin, de 9 h à 12 h", "Lundi soir, de 17 h à 20 h", "Rien ne change"];

pub const ASKED: [Question; 3] = [
    Question {
        title: "Accepter les chèques-vacances aux sorties",
        text: "Vie sociale propose d’accepter les chèques-vacances pour les sorties payantes. L’encaissement coûte **2,5 %**.",
        resistance: false,
        opens: -4,
        closes: 9,
        said: [
            Text { stance: Stance::Reserve, word: "D’accord si les frais restent à la charge de la caisse des fêtes." },
            Text { stance: Stance::Agree, word: "Beaucoup en ont qui ne servent pas." },
        ],
    },
    Question {
        title: "Quand ouvrir le lundi ?",
        text: "Dites combien vous **résistez** à chaque solution : 0 me va, 10 je ne peux pas vivre avec.",
        resistance: true,
        opens: -40,
        closes: -26,
        said: [Text { stance: Stance::Agree, word: "" }; 2],
    },
    Question {
        title: "Une boîte à livres devant le magasin",
        text: "Association Alpar la construit et la tient.",
        resistance: false,
        opens: -95,
        closes: -80,
        said: [
            Text { stance: Stance::Reserve, word: "Il faut qu’elle ferme : la dernière a pris l’eau." },
            Text {
                stance: Stance::Object,
                word: "Le passage des poussettes est trop étroit à cet endroit ; de l’autre côté de la porte, d’accord.",
            },
        ],
    },
];
