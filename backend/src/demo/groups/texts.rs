//! What the demo's groups say.

/// What was said at a meeting of a group.
pub struct Minutes {
    pub group: &'static str,
    pub days_ago: u64,
    pub title: &'static str,
    /// Markdown.
    pub text: &'static str,
}

/// A group's page, in Markdown, and whom it looks for.
pub fn says(slug: &str) -> (&'static str, Option<&'static str>) {
    match slug {
        "approvisionnement" => (
            "On se réunit **le premier mardi du mois**, à 18 h 30, au magasin.\n\n- chaque gamme a sa personne, qui connaît ses fournisseurs\n- on goûte avant de référencer, toujours à plusieurs\n- les propositions de produits se traitent tous les mois",
            Some(
                "On cherche quelqu’un pour suivre les fruits et légumes : une heure par semaine, et un tour chez les maraîchers au printemps.",
            ),
        ),
        "vie-sociale" => (
            "On invente les sorties, les soupes et les fêtes, et on les tient **à tour de rôle**.\n\n- un brouillon de sortie se partage avant de partir\n- la caisse des fêtes est à prix libre, ses comptes se lisent au tableau",
            Some("On cherche deux personnes pour l’accueil de la fête de fin d’année, dès 17 h."),
        ),
        "distribution" => (
            "On tient le magasin en état : rayons, froid, hygiène, réception.\n\nLes relevés de température se lisent chaque lundi ; ce qui manque se note au cahier de la réserve.",
            None,
        ),
        "association" => (
            "On répond aux candidatures de volontaires, on cherche les subventions, on assure les vacataires.\n\nUne permanence par mois, le samedi matin.",
            None,
        ),
        "administratif" => (
            "On tient les comptes, la caisse et le registre des membres.\n\n- clôture le 5 de chaque mois\n- les questions d’adhésion ont une réponse en trois jours",
            Some("On cherche quelqu’un qui aime les tableurs, pour l’inventaire de décembre."),
        ),
        "communication" => {
            ("On écrit la brève du lundi, on tient le site et les affiches, on présente la coop **une fois par mois**.", None)
        }
        "animation" => (
            "On ouvre, on montre, on ferme. Chaque animateur et animatrice de vacation a suivi deux vacations avec quelqu’un d’expérience.",
            None,
        ),
        _ => ("", None),
    }
}

pub const MINUTES: [Minutes; 4] = [
    Minutes {
        group: "vie-sociale",
        days_ago: 16,
        title: "Réunion de rentrée d’hiver",
        text: "## Soupes du jeudi\n\nSix soirées, douze places à chaque fois. Théo s’occupe des légumes, Camille de la liste de ce qu’on apporte.\n\n## Sortie raquettes\n\nOn garde la boucle facile ; covoiturage depuis le parking.\n\n## Prochaine réunion\n\nDans un mois, même heure.",
    },
    Minutes {
        group: "vie-sociale",
        days_ago: 47,
        title: "Bilan de l’automne",
        text: "- la projection a fait salle comble : **41 personnes**\n- le pressage de pommes a manqué de bras à 8 h : la prochaine fois, un poste de plus\n- prix libre : 212 € dans la caisse des fêtes",
    },
    Minutes {
        group: "communication",
        days_ago: 23,
        title: "Ligne de la brève",
        text: "Un bloc par sujet, jamais plus de dix lignes. Les photos se demandent **avant** de se prendre.\n\nInès relit le dimanche soir.",
    },
    Minutes {
        group: "approvisionnement",
        days_ago: 31,
        title: "Fromages et œufs",
        text: "## Fromages\n\nDeux fermes visitées ; on garde la tomme des Aravis, on arrête la raclette industrielle.\n\n## Œufs\n\nLe prix monte de 2 centimes en janvier. On l’explique en rayon.",
    },
];
