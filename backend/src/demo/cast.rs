//! The people that everybody knows, and what they are about to do.

use domain::id::MemberId;
use uuid::Uuid;

use super::names::plain;

/// Somebody of the demo co-op with a name that tests, documents and demonstrations use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CastMember {
    pub first: &'static str,
    pub last: &'static str,
    pub email: &'static str,
    /// Why one would sign in as them.
    pub why: &'static str,
}

impl CastMember {
    pub fn id(&self) -> MemberId {
        member_id(self.email, self.first)
    }
}

const fn one(first: &'static str, last: &'static str, email: &'static str, why: &'static str) -> CastMember {
    CastMember { first, last, email, why }
}

pub const CAMILLE: CastMember =
    one("Camille", "Morel", "camille.morel@exemple.fr", "membre, fixe le samedi à 9 h : n’a encore rien proposé");
pub const KARIM: CastMember =
    one("Karim", "Benali", "karim.benali@exemple.fr", "échange son jeudi à 18 h contre le samedi de Camille");
pub const LEA: CastMember = one("Léa", "Girard", "lea.girard@exemple.fr", "échange son lundi contre le mercredi de Nour");
pub const HUGO: CastMember = one("Hugo", "Vidal", "hugo.vidal@exemple.fr", "donne son jeudi midi à qui veut");
pub const NOUR: CastMember = one("Nour", "Lefèvre", "nour.lefevre@exemple.fr", "échange son mercredi contre le vendredi d’Idris");
pub const IDRIS: CastMember =
    one("Idris", "Bakary", "idris.bakary@exemple.fr", "son oui ferme une boucle de trois : Léa → Nour → Idris ; siège au comité");
pub const SOLENE: CastMember =
    one("Solène", "Roux", "solene.roux@exemple.fr", "animatrice de vacation, celle du samedi de Camille");
pub const JEANNE: CastMember =
    one("Jeanne", "Favre", "jeanne.favre@exemple.fr", "nouvelle, jamais venue : déjà inscrite le jeudi de Hugo");
pub const PAUL: CastMember = one("Paul", "Arnaud", "paul.arnaud@alpar.example", "salarié");
pub const INES: CastMember = one("Inès", "Dumont", "ines.dumont@exemple.fr", "référente Communication : la brève");
pub const THEO: CastMember = one("Théo", "Marchand", "theo.marchand@exemple.fr", "référent Vie sociale");
pub const MARGAUX: CastMember = one("Margaux", "Petit", "margaux.petit@exemple.fr", "référente Administratif : le bureau");
pub const ANNE: CastMember = one("Anne", "Mercier", "mercier@exemple.fr", "partage son adresse avec Bruno");
pub const BRUNO: CastMember =
    one("Bruno", "Mercier", "mercier@exemple.fr", "partage son adresse avec Anne ; donne une place de caisse");
pub const YVETTE: CastMember =
    one("Yvette", "Blanc", "yvette.blanc@exemple.fr", "80 ans, sans téléphone : le bureau agit pour elle");

pub const CAST: [CastMember; 15] =
    [CAMILLE, KARIM, LEA, HUGO, NOUR, IDRIS, SOLENE, JEANNE, PAUL, INES, THEO, MARGAUX, ANNE, BRUNO, YVETTE];

/// Something that is one tap from happening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Story {
    pub name: &'static str,
    pub who: &'static [CastMember],
    pub what: &'static str,
}

pub const STORIES: [Story; 5] = [
    Story {
        name: "pair",
        who: &[CAMILLE, KARIM],
        what: "Karim offers his Thursday 18 h and ticked Camille's Saturday 9 h. When Camille exchanges her Saturday and ticks that Thursday, both move.",
    },
    Story {
        name: "loop",
        who: &[LEA, NOUR, IDRIS],
        what: "Léa ticked Nour's Wednesday, Nour ticked Idris's Friday. Idris exchanges too and is asked for Léa's Monday: his yes moves all three.",
    },
    Story { name: "gift", who: &[HUGO], what: "Hugo gives his Thursday 12 h to anybody: the first eligible taker has it." },
    Story {
        name: "already-there",
        who: &[JEANNE, HUGO],
        what: "Jeanne already works that Thursday 12 h: claiming Hugo's seat is refused with already_on_shift.",
    },
    Story {
        name: "no-skill",
        who: &[JEANNE, BRUNO],
        what: "Bruno gives a seat that asks for « caisse »: Jeanne has not learnt it, and is refused with missing_skill.",
    },
];

const NAMESPACE: Uuid = Uuid::from_u128(0x2f6d_0c1e_9b57_4c43_8a10_7e5a_11a9_0430);

/// An id that is the same in every demo co-op.
pub(super) fn id_of(what: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, what.as_bytes())
}

/// The id of a demo member, by address and first name: couples share the address.
pub fn member_id(email: &str, first: &str) -> MemberId {
    MemberId(id_of(&format!("{email}/{}", plain(first))))
}
