//! The seven working groups of the co-op, as its founding text describes them. Rights come from belonging to them: their slugs
//! stay as they are.

/// Slug, French name, and what it is for.
pub(crate) const CELLS: [(&str, &str, &str); 7] = [
    (
        "approvisionnement",
        "Approvisionnement",
        "Rechercher des nouveaux fournisseurs pour développer les gammes de produits, en répondant aux exigences de notre coopérative Alpar et développer des relations de confiance avec nos fournisseurs, en négociant des conditions respectueuses et responsables.",
    ),
    (
        "vie-sociale",
        "Vie sociale",
        "Créer du lien social entre les coopératrices et les coopérateurs ainsi que nos partenaires en programmant et organisant des événements festifs, culturels et engagés.",
    ),
    (
        "distribution",
        "Distribution",
        "Organiser les flux de la réception à la vente, mettre en valeur les produits et les fournisseurs, organiser les rayons et améliorer l’aménagement du local et veiller à l’application du respect des normes d’hygiène et de sécurité.",
    ),
    (
        "association",
        "Association Alpar",
        "Assurer les vacataires dans l’épicerie, coconstruire le chemin vers la transition en collaborant avec les partenaires de l’Économie Sociale et Solidaire, recruter et suivre les jeunes volontaires, participer au financement des activités des groupes communication et vie sociale, rechercher des financements et des subventions et assurer le tutorat administratif des jeunes en service civique.",
    ),
    (
        "administratif",
        "Administratif et financier",
        "Veiller au bon fonctionnement du logiciel de caisse et gérer les stocks, suivre la comptabilité, être en relation avec les banques et suivre la trésorerie, être en relation avec l’expert-comptable, traiter informatiquement les informations relatives aux coopérateurs, assister à la réception informatique des livraisons, gérer les membres et favoriser la compréhension et le respect de l’engagement coopératif.",
    ),
    (
        "communication",
        "Communication",
        "Développer la notoriété d’Alpar, mettre en place un relationnel privilégié avec la presse, être garant de l’identité visuelle, être force de proposition, recenser les besoins internes et réaliser les supports de communication, rédiger et diffuser la brève du lundi, organiser et participer aux événements extérieurs de communication, animer les réseaux sociaux, animer le site internet et organiser une présentation mensuelle au public intéressé par le projet.",
    ),
    (
        "animation",
        "Animateurs et animatrices de vacation",
        "Ouvrir le magasin et accompagner les vacataires dans leur travail à réaliser en vérifiant le bon respect des procédures.",
    ),
];
