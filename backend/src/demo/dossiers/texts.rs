//! What the demo's dossiers say.

use domain::dossiers::Kind;

/// How far it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum At {
    ToDo,
    UnderWay,
    Done,
    Dropped(&'static str),
}

pub struct Text {
    pub group: &'static str,
    pub title: &'static str,
    pub text: &'static str,
    pub kind: Kind,
    /// What belongs to its kind: who pays, what is offered, an address.
    pub about: &'static str,
    /// Euros, or pieces.
    pub figure: u16,
    /// Who, phone, mailbox.
    pub contact: Option<(&'static str, &'static str, &'static str)>,
    /// Which of the group sees to it.
    pub holder: Option<usize>,
    /// Days from today.
    pub due: Option<i64>,
    pub papers: &'static [(&'static str, &'static str)],
    pub at: At,
    /// Days ago.
    pub opened: i64,
}

/// What every dossier of the demo starts from.
const PLAIN: Text = Text {
    group: "vie-sociale",
    title: "",
    text: "",
    kind: Kind::Task,
    about: "",
    figure: 0,
    contact: None,
    holder: None,
    due: None,
    papers: &[],
    at: At::ToDo,
    opened: 12,
};

/// Days ago, minutes, at what.
pub const HOURS: [(u64, u16, &str); 5] = [
    (2, 210, "Mise en rayon du samedi"),
    (5, 180, "Réception du frais"),
    (9, 150, "Stand au marché"),
    (12, 210, "Inventaire des bocaux"),
    (16, 90, "Réunion avec la Mission locale"),
];

pub const DOSSIERS: [Text; 17] = [
    Text {
        title: "Réserver la salle de la fête de fin d’année",
        text: "La mairie garde la date jusqu’au retour de la convention signée.",
        holder: Some(0),
        due: Some(4),
        papers: &[("Convention à signer, classeur bleu", ""), ("Règlement de la salle", "https://salle.example/reglement.pdf")],
        at: At::UnderWay,
        ..PLAIN
    },
    Text {
        title: "La Ressourcerie du lac",
        text: "Ils prêtent la sono et les bancs, on leur tient un stand deux fois par an.",
        kind: Kind::Partner,
        about: "Les soirées soupe, la fête de fin d’année",
        contact: Some(("Mila Ferrand", "04 50 00 00 11", "mila@ressourcerie.example")),
        holder: Some(1),
        ..PLAIN
    },
    Text {
        title: "Vingt gobelets consignés",
        kind: Kind::Material,
        about: "Les soirées soupe",
        figure: 20,
        due: Some(-3),
        opened: 30,
        ..PLAIN
    },
    Text { title: "Trouver quelqu’un pour les photos de la fête", due: Some(18), opened: 5, ..PLAIN },
    Text { title: "Caution de la salle d’automne", holder: Some(0), due: Some(-10), at: At::Done, opened: 60, ..PLAIN },
    Text {
        group: "association",
        title: "Aide de la Région aux épiceries coopératives",
        text: "Il manque le budget prévisionnel et la lettre du comité.",
        kind: Kind::Grant,
        about: "Région Auvergne-Rhône-Alpes",
        figure: 12_000,
        contact: Some(("Service économie sociale", "04 00 00 00 12", "ess@region.example")),
        holder: Some(1),
        due: Some(11),
        papers: &[("Règlement de l’aide", "https://region.example/aides/ess"), ("Budget, version du comité", "")],
        at: At::UnderWay,
        opened: 40,
    },
    Text {
        group: "association",
        title: "Fonds vie associative",
        kind: Kind::Grant,
        about: "Commune d’Annecy",
        figure: 1_500,
        due: Some(26),
        ..PLAIN
    },
    Text {
        group: "association",
        title: "Maël, service civique",
        text: "Seize heures par semaine ; tutorat le mardi à 14 h.",
        kind: Kind::Volunteer,
        holder: Some(0),
        papers: &[("Contrat d’engagement, classeur vert", "")],
        at: At::UnderWay,
        opened: 72,
        ..PLAIN
    },
    Text {
        group: "association",
        title: "Candidature de Jade, service civique",
        kind: Kind::Volunteer,
        due: Some(6),
        opened: 4,
        ..PLAIN
    },
    Text {
        group: "communication",
        title: "Reportage sur les coops du lac",
        text: "Tournage un samedi matin : prévenir l’équipe de la vacation.",
        kind: Kind::Press,
        about: "Radio Semnoz",
        contact: Some(("Basile Roy", "06 00 00 00 13", "redaction@radiosemnoz.example")),
        holder: Some(0),
        due: Some(9),
        opened: 8,
        ..PLAIN
    },
    Text { group: "communication", title: "Affiches de la présentation", holder: Some(2), at: At::Done, opened: 35, ..PLAIN },
    Text {
        group: "approvisionnement",
        title: "Safran des Bauges",
        text: "Goûté en octobre, très bon. Prix à négocier au-delà de 50 g.",
        kind: Kind::Lead,
        about: "Safran, sirops, confits",
        contact: Some(("Ferme des Crocus", "06 00 00 00 14", "")),
        holder: Some(2),
        due: Some(20),
        opened: 25,
        ..PLAIN
    },
    Text {
        group: "approvisionnement",
        title: "Savons du Salève",
        kind: Kind::Lead,
        about: "Savons, shampoings solides",
        at: At::Dropped("Ils ne livrent plus de notre côté."),
        opened: 90,
        ..PLAIN
    },
    Text {
        group: "distribution",
        title: "Deux bacs pour les légumes racines",
        kind: Kind::Material,
        about: "Le rayon frais",
        figure: 2,
        holder: Some(1),
        due: Some(14),
        opened: 10,
        ..PLAIN
    },
    Text {
        group: "administratif",
        title: "Logiciel de caisse",
        text: "Assistance du lundi au samedi, de 8 h à 19 h. Le numéro de contrat est dans le classeur.",
        kind: Kind::Software,
        about: "https://caisse.example/connexion",
        contact: Some(("Assistance", "01 00 00 00 15", "aide@caisse.example")),
        holder: Some(0),
        opened: 200,
        ..PLAIN
    },
    Text {
        group: "administratif",
        title: "Comptes de l’exercice à remettre à l’expert-comptable",
        holder: Some(1),
        due: Some(8),
        papers: &[("Balance, clé USB du classeur", "")],
        opened: 20,
        ..PLAIN
    },
    Text {
        group: "animation",
        title: "Former trois personnes à la fermeture",
        holder: Some(0),
        due: Some(30),
        opened: 15,
        ..PLAIN
    },
];
