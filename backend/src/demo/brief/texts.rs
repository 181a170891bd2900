//! What the groups wrote in the last twelve weeks, and what they are writing now.

/// A contribution: the group's slug, the title, the text in Markdown, the address and words of its link.
pub struct Text {
    pub group: &'static str,
    pub title: &'static str,
    pub text: &'static str,
    pub link: Option<(&'static str, &'static str)>,
}

const fn says(group: &'static str, title: &'static str, text: &'static str) -> Text {
    Text { group, title, text, link: None }
}

const fn leads(group: &'static str, title: &'static str, text: &'static str, href: &'static str, words: &'static str) -> Text {
    Text { group, title, text, link: Some((href, words)) }
}

/// An issue that is out: what it says, whether the public may read it.
pub struct Issue {
    pub texts: &'static [Text],
    pub public: bool,
}

/// Newest first.
pub const ISSUES: [Issue; 12] = [
    Issue {
        public: true,
        texts: &[
            leads(
                "vie-sociale",
                "Soirée soupe, vendredi à 18 h 30",
                "On épluche ensemble dès **17 h**, on mange à **18 h 30**, on range à plusieurs et on est rentrés pour 21 h.\n\n\
                 Ce qu’il nous faut encore :\n\n\
                 - deux grandes marmites et leurs couvercles ;\n\
                 - du pain de la veille ;\n\
                 - quatre paires de bras à 17 h.\n\n\
                 Les légumes viennent des invendus de la semaine. Les enfants sont les bienvenus, il y aura un coin dessin.",
                "mailto:vie-sociale@alpar.example",
                "Dire que tu viens, ou ce que tu apportes",
            ),
            says(
                "approvisionnement",
                "Les agrumes de Sicile arrivent",
                "La coopérative Arcobaleno nous livre **mardi** : oranges, citrons et les premières clémentines, non traitées, \
                 à 2,60 € le kilo.\n\n\
                 1. Elles se gardent trois semaines au frais, pas dans un sac fermé.\n\
                 2. La peau se mange : c’est le moment des confitures.\n\
                 3. S’il n’y en a plus jeudi, la prochaine palette arrive dans quinze jours.",
            ),
            leads(
                "association",
                "Trois samedis où l’on manque de monde",
                "Les vacations du samedi à **12 h** manquent de deux personnes chacune. Ce n’est pas grave, mais l’équipe du matin \
                 reste plus tard et la caisse ferme avant l’heure.\n\n\
                 Si tu peux décaler une de tes vacations, c’est le plus beau cadeau du mois.",
                "/vacations",
                "Voir les places à prendre",
            ),
        ],
    },
    Issue {
        public: false,
        texts: &[
            says(
                "distribution",
                "Le frigo du frais est réparé",
                "Le joint de la porte a été changé mercredi. Les relevés sont revenus entre 2 et 4 °C, merci à l’équipe qui a relu \
                 la température toutes les demi-heures pendant deux jours.\n\n\
                 > Un doute sur un produit ? On ne le vend pas, on le pose dans le bac rouge et on le note.",
            ),
            leads(
                "administratif",
                "Ton attestation d’heures est prête",
                "Si ton employeur, une école ou une association te la demande, l’attestation de tes heures à la coop s’imprime \
                 maintenant depuis ton engagement. Elle compte les vacations faites, pas celles à venir.",
                "/moi/engagement",
                "Mon engagement",
            ),
        ],
    },
    Issue {
        public: false,
        texts: &[
            says(
                "vie-sociale",
                "Le loto de l’hiver est fixé",
                "C’est le deuxième dimanche de décembre, à **14 h 30**, dans la salle des Aravis. Deux parties pour les petits, \
                 quatre pour les grands, une pour tout le monde.\n\n\
                 On cherche des lots : un bocal maison, un massage, une heure de jardinage, tout fait plaisir. Dépose-les à la \
                 caisse avec ton prénom.",
            ),
            says(
                "communication",
                "Qui prend des photos ?",
                "Pour le site et pour cette brève, il nous manque des images de la vie de tous les jours : une livraison, un rayon \
                 bien rangé, des mains dans la farine.\n\n\
                 *Toujours* demander à qui est sur la photo, et pas de visages d’enfants.",
            ),
        ],
    },
    Issue {
        public: true,
        texts: &[
            leads(
                "communication",
                "Réunion de présentation, mardi à 19 h",
                "Tu connais quelqu’un qui se demande comment ça marche ? La prochaine présentation a lieu **mardi à 19 h** à \
                 l’épicerie. Une heure, un verre de jus de pomme, et toutes les questions permises :\n\n\
                 - combien coûte une part, et si on peut payer en plusieurs fois ;\n\
                 - ce que c’est qu’une vacation de trois heures ;\n\
                 - pourquoi la marge est de 20 %, la même partout.",
                "mailto:bonjour@alpar.example",
                "Réserver une place",
            ),
            says(
                "approvisionnement",
                "Le pain change de jour",
                "Le Fournil des Aravis cuit désormais le **mardi, jeudi et samedi**. Le seigle reste au jeudi. Les pains réservés \
                 et non repris à 18 h sont vendus : pense à prévenir la caisse.",
            ),
            says(
                "animation",
                "Avant de fermer : les trois gestes",
                "Trois oublis reviennent sur les feuilles du jour.\n\n\
                 1. La porte du congélateur, qu’on pousse jusqu’au clic.\n\
                 2. Le fond de caisse, compté **à deux**.\n\
                 3. La lumière de la réserve.\n\n\
                 Merci ! L’équipe du matin dit bonjour à celle du soir.",
            ),
        ],
    },
    // Nobody approved it: what fills itself went out alone.
    Issue { public: false, texts: &[] },
    Issue {
        public: false,
        texts: &[
            says(
                "administratif",
                "Les comptes du trimestre en quatre chiffres",
                "| | ce trimestre | l’an dernier |\n|---|---|---|\n| ventes | 118 400 € | 109 200 € |\n| adhésions | 14 | 9 |\n\
                 | pertes | 1,9 % | 2,4 % |\n\n\
                 Moins de pertes, c’est surtout la table des invendus du vendredi. Le détail est affiché à l’entrée de la réserve, \
                 et Margaux répond aux questions le mercredi de 17 h à 18 h.",
            ),
            says(
                "distribution",
                "Inventaire : dimanche matin, avec des croissants",
                "On compte tout, en trois heures, à **vingt**. Il faut des gens qui aiment compter, et des gens qui aiment écrire.\n\n\
                 Chacun compte un rayon et *un autre* le recompte : c’est la règle, et c’est ce qui évite de recommencer le soir.",
            ),
        ],
    },
    Issue {
        public: false,
        texts: &[
            leads(
                "association",
                "Bienvenue à Inaya, en service civique",
                "Inaya est avec nous jusqu’en juin. Elle accompagne les nouvelles et les nouveaux le mercredi et le samedi, et \
                 prépare une enquête sur ce qui vous fait venir, ou pas.\n\n\
                 Son tuteur est Paul : passe lui dire bonjour.",
                "/coop",
                "Qui fait quoi à la coop",
            ),
            says(
                "vie-sociale",
                "Merci pour la fête des récoltes",
                "Cent vingt personnes, quarante tartes et **zéro** assiette jetable. Il reste à l’accueil :\n\n\
                 - deux plats ovales, un bleu et un blanc ;\n\
                 - une écharpe de petite taille ;\n\
                 - un couteau à pain qui manque à quelqu’un.",
            ),
        ],
    },
    Issue {
        public: false,
        texts: &[
            says(
                "animation",
                "On cherche des animatrices et des animateurs",
                "Ouvrir, accueillir, veiller à ce que chacun sache quoi faire : ça s’apprend en deux vacations, avec quelqu’un \
                 à côté de toi. Il en manque surtout **le jeudi soir**.\n\n\
                 Solène propose une heure pour essayer, sans engagement, mercredi à 17 h.",
            ),
            says(
                "approvisionnement",
                "Goûter pour choisir : trois fromages",
                "Vendredi de 16 h à 18 h, trois tommes à l’aveugle. La préférée entre en rayon pour l’hiver. On note sur la feuille, \
                 on ne discute qu’après !",
            ),
        ],
    },
    Issue {
        public: true,
        texts: &[
            says(
                "distribution",
                "Le vrac, mode d’emploi",
                "1. Pèse ton bocal **vide** et note la tare au feutre.\n\
                 2. Remplis, sans dépasser le bord : les graines voyagent.\n\
                 3. À la caisse, on retire la tare.\n\n\
                 Les bocaux oubliés sont lavés et mis à disposition sous la table.",
            ),
            says(
                "communication",
                "La coop dans la presse",
                "Un article de deux pages raconte comment une épicerie tient avec 430 personnes qui donnent trois heures. \
                 On y parle des échanges de vacations, des agrumes et de la machine à café. Il est affiché à l’entrée.",
            ),
        ],
    },
    Issue {
        public: false,
        texts: &[
            leads(
                "association",
                "Échanger une vacation, plus simplement",
                "Tu coches tout ce qui t’irait, et dès que les vœux de plusieurs personnes se répondent, l’échange se fait tout seul. \
                 Jusque-là, ta place reste la tienne.\n\n\
                 Un conseil : coche **large**. À deux choix, une chance sur dix ; à six, une sur deux.",
                "/echanges",
                "Les échanges du moment",
            ),
            says(
                "administratif",
                "Adresse de courriel : la bonne ?",
                "Douze messages nous sont revenus ce mois-ci. Si tu as changé d’adresse, dis-le au bureau : une ligne suffit, et \
                 tu ne manqueras pas un changement de ta vacation.",
            ),
        ],
    },
    Issue {
        public: false,
        texts: &[says(
            "vie-sociale",
            "Atelier réparation, samedi de 14 h à 17 h",
            "Grille-pain, vélos, pulls troués : on ne promet rien, on essaie ensemble. Apporte **la notice** si tu l’as, et \
             de quoi goûter.\n\n\
             Trois personnes savent souder, deux savent coudre. Et toi ?",
        )],
    },
    Issue {
        public: false,
        texts: &[
            says(
                "distribution",
                "La rentrée des rayons",
                "Les conserves ont changé de côté et le thé est enfin à hauteur des yeux. Un plan est collé sur la porte \
                 de la réserve. Si tu cherches quelque chose plus d’une minute, écris-le sur l’ardoise : c’est que c’est mal rangé.",
            ),
            leads(
                "communication",
                "Cette brève est aussi la tienne",
                "Chaque groupe peut y écrire : une annonce, un merci, un besoin. On boucle **dimanche à 18 h**, elle sort lundi \
                 à 7 h.\n\n\
                 Un texte court, un titre clair, et c’est lu jusqu’au bout.",
                "/breve/proposer",
                "Proposer une contribution",
            ),
        ],
    },
];

/// What is proposed for the issue that is being made: who, what, whether it is ready, whether the public may read it.
pub const PROPOSED: [(Writer, Text, bool, bool); 5] = [
    (
        Writer::Camille,
        says(
            "vie-sociale",
            "Un potluck pour les nouvelles et les nouveaux",
            "Et si on mangeait ensemble, un midi de janvier, avec celles et ceux qui sont arrivés cet automne ? Chacun apporte un \
             plat, la coop offre le café.\n\n\
             Je m’occupe de la salle, il me manque **deux personnes** pour l’accueil.",
        ),
        true,
        false,
    ),
    (
        Writer::Referent,
        says(
            "vie-sociale",
            "Loto de l’hiver : les lots",
            "On a déjà 32 lots, merci ! Il en faut **50**. Dernier dépôt samedi à midi, à la caisse.\n\n\
             - des bocaux maison ;\n\
             - des heures d’aide : jardin, vélo, couture ;\n\
             - des livres d’enfants en bon état.",
        ),
        true,
        true,
    ),
    (
        Writer::Referent,
        says(
            "approvisionnement",
            "Les paniers de fin d’année",
            "Trois paniers à commander avant le 12 : le salé, le sucré, et celui des petits producteurs. Les prix arrivent \
             mercredi, je complète ici.",
        ),
        false,
        false,
    ),
    (
        Writer::Referent,
        leads(
            "association",
            "Les équipes des jours de fête",
            "Les 24 et 31 décembre, le magasin ferme à 16 h. Les vacations du soir sont déplacées : regarde la tienne, et donne-la \
             maintenant si tu pars.",
            "/vacations/miennes",
            "Mes vacations",
        ),
        true,
        false,
    ),
    (
        Writer::Referent,
        says(
            "distribution",
            "Balances : on les étalonne jeudi",
            "La caisse 2 sera fermée de 9 h à 10 h. Le vrac se pèse sur celle de l’accueil.",
        ),
        true,
        false,
    ),
];

/// Who writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writer {
    Camille,
    /// A referent of its group.
    Referent,
}

/// The contribution of which there are two versions, by its place above, as Communication wrote it in the meantime.
pub const BESIDE: (usize, &str) = (
    1,
    "32 lots sont là, il en faut 50 ! Dépose le tien à la caisse **avant samedi midi**, avec ton prénom : un bocal maison, une \
     heure de jardin, un livre d’enfant en bon état.",
);

/// The issue that was put right, counted from the newest; what it had said, what it says, and the word about it.
pub const CORRECTED: (usize, &str, &str, &str) = (2, "à **14 h 30**", "à **14 h**", "Le loto commence à 14 h 30, et non à 14 h.");
/// The issue that went out late, and by how much. Minutes.
pub const LATE: (usize, i64) = (7, 132);
