//! What the demo's events say.

/// When an event is: so many days from today at least, on the next such weekday (0 is Monday), on the clocks of Paris.
pub struct When {
    pub in_days: i64,
    pub weekday: u8,
    pub from: (u32, u32),
    /// Minutes.
    pub lasts: i64,
}

/// How far it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    Out,
    Cancelled(&'static str),
    Draft,
}

pub struct Text {
    pub group: &'static str,
    pub title: &'static str,
    pub text: &'static str,
    pub place: &'static str,
    pub when: When,
    pub capacity: Option<u16>,
    pub guests: u8,
    pub children: bool,
    pub public: bool,
    /// Euro cents; 0 is free, nothing « prix libre ».
    pub cents: Option<u32>,
    pub with: Option<&'static str>,
    pub stands: Stands,
    /// So many answer.
    pub answers: usize,
}

/// Thursdays, six times; the first one is full.
pub const SOUP: Text = Text {
    group: "vie-sociale",
    title: "Soirée soupe",
    text: "On épluche ensemble dès **17 h**, on mange à 19 h.\n\n- apporte ton bol et ta cuillère\n- les légumes viennent des invendus de la semaine",
    place: "À la coop, salle du fond",
    when: When { in_days: 3, weekday: 3, from: (19, 0), lasts: 180 },
    capacity: Some(12),
    guests: 3,
    children: true,
    public: false,
    cents: None,
    with: None,
    stands: Stands::Out,
    answers: 11,
};

/// How often the soup comes back.
pub const SUPPERS: u64 = 6;

/// What is to be brought to the first soup, and how many of each.
pub const ITEMS: [(&str, u16); 4] = [("Pains", 3), ("Desserts", 3), ("Fromages", 2), ("Jus de pomme", 4)];
/// What is to be done there.
pub const POSTS: [(&str, u16); 3] = [("Éplucher, dès 17 h", 4), ("Tenir le bar", 1), ("Ranger, 22 h", 2)];

pub const COMMENTS: [&str; 2] = ["J’apporte un jeu de tarot pour après.", "Est-ce qu’il y aura une soupe sans lait ?"];

pub const EVENTS: [Text; 8] = [
    Text {
        group: "communication",
        title: "Présentation de la coop",
        text: "Une heure pour comprendre comment la coop marche, et visiter le magasin. **Ouvert à tout le monde**, sans engagement.",
        place: "À la coop",
        when: When { in_days: 6, weekday: 1, from: (18, 30), lasts: 90 },
        capacity: Some(30),
        guests: 4,
        children: true,
        public: true,
        cents: Some(0),
        with: None,
        stands: Stands::Out,
        answers: 4,
    },
    Text {
        group: "vie-sociale",
        title: "Sortie raquettes au Semnoz",
        text: "Boucle facile de trois heures. On part ensemble du parking de la coop ; pense au covoiturage.",
        place: "Parking de la coop",
        when: When { in_days: 12, weekday: 5, from: (9, 0), lasts: 420 },
        capacity: Some(20),
        guests: 2,
        children: true,
        public: false,
        cents: Some(600),
        with: Some("Club alpin d’Annecy"),
        stands: Stands::Out,
        answers: 9,
    },
    Text {
        group: "vie-sociale",
        title: "Concert de la chorale",
        text: "Vingt voix dans les rayons, et une buvette. Le bénéfice va au pot des paniers suspendus.",
        place: "Au magasin, entre les rayons",
        when: When { in_days: 16, weekday: 4, from: (20, 0), lasts: 120 },
        capacity: None,
        guests: 5,
        children: true,
        public: true,
        cents: None,
        with: None,
        stands: Stands::Out,
        answers: 26,
    },
    Text {
        group: "distribution",
        title: "Réunion de la cellule Distribution",
        text: "À l’ordre du jour : le rangement de la réserve, les températures, le planning des livraisons.",
        place: "À la coop, salle du fond",
        when: When { in_days: 8, weekday: 2, from: (18, 30), lasts: 90 },
        capacity: None,
        guests: 0,
        children: false,
        public: false,
        cents: Some(0),
        with: None,
        stands: Stands::Out,
        answers: 7,
    },
    Text {
        group: "vie-sociale",
        title: "Atelier pain au levain",
        text: "On pétrit, on attend, on cuit.",
        place: "Fournil du Thiou",
        when: When { in_days: 5, weekday: 6, from: (10, 0), lasts: 180 },
        capacity: Some(8),
        guests: 1,
        children: false,
        public: false,
        cents: Some(800),
        with: Some("Fournil du Thiou"),
        stands: Stands::Cancelled("Le four du fournil est en panne ; on cherche une autre date."),
        answers: 6,
    },
    Text {
        group: "vie-sociale",
        title: "Fête du printemps",
        text: "À écrire : la programmation, les stands, la buvette.",
        place: "Dans la cour",
        when: When { in_days: 70, weekday: 5, from: (14, 0), lasts: 480 },
        capacity: None,
        guests: 5,
        children: true,
        public: true,
        cents: None,
        with: None,
        stands: Stands::Draft,
        answers: 0,
    },
    Text {
        group: "vie-sociale",
        title: "Soirée jeux",
        text: "Des jeux de plateau, des jeux de cartes, et ceux que tu apportes.",
        place: "À la coop, salle du fond",
        when: When { in_days: -12, weekday: 4, from: (19, 30), lasts: 180 },
        capacity: Some(24),
        guests: 3,
        children: true,
        public: false,
        cents: Some(0),
        with: None,
        stands: Stands::Out,
        answers: 14,
    },
    Text {
        group: "vie-sociale",
        title: "Visite de la ferme des Aravis",
        text: "Traite, cave d’affinage, goûter.",
        place: "Ferme des Aravis",
        when: When { in_days: -33, weekday: 6, from: (14, 0), lasts: 180 },
        capacity: Some(25),
        guests: 4,
        children: true,
        public: false,
        cents: Some(300),
        with: None,
        stands: Stands::Out,
        answers: 12,
    },
];
