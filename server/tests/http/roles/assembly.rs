//! Assemblies: what members do of them, who prepares one, keeps it, lets in, counts. Its chair, its secretary and its tellers are
//! whoever was named, whatever else they are.

use chrono::Duration;
use domain::command::Command;
use domain::id::{AssemblyId, DocumentId, MemberId, ProxyId, ResolutionId};

use super::Role::{self, *};
use super::{ANYBODY, Actor, Attempt, Line, NOBODY, OFFICE, ask, form, line};

const COMMITTEE: &[Role] = &[Committee];
/// See what is in the hands of those who keep one.
const SEE: &[Role] = &[Committee, Office, Employee];

/// How far it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Planned,
    /// In five days.
    Called,
    /// In an hour.
    Today,
    Sits,
}

use At::*;

/// An assembly of its own.
struct Hall<'a> {
    a: &'a Actor<'a>,
    id: AssemblyId,
    /// In secret; another one elects two people.
    vote: ResolutionId,
    document: DocumentId,
    /// Has not signed in, and somebody carries their voice.
    away: MemberId,
    /// Has not signed in.
    other: MemberId,
}

impl Hall<'_> {
    async fn sql(&self, sql: &str) {
        self.a.coop().sql(sql).await;
    }

    /// Its vote is open, in this way.
    async fn opens(&self, way: &str) {
        let (vote, now) = (self.vote, self.a.coop().now());
        self.sql(&format!("update resolution set way = '{way}', opened_at = '{now}' where resolution_id = '{vote}'")).await;
    }

    async fn is_counted(&self) {
        let (vote, now) = (self.vote, self.a.coop().now());
        self.sql(&format!(
            "update resolution set opened_at = '{now}', counting_at = '{now}', done_at = '{now}', result = '{{\"channels\": [
                {{\"channel\": \"app\", \"tally\": {{\"resolution\": {{\"yes\": 0, \"no\": 0, \"abstain\": 0}}}}}}], \"verdict\": \"rejected\"}}'
             where resolution_id = '{vote}'"
        ))
        .await;
    }

    async fn stands(&self, member: MemberId) {
        let (id, now) = (self.id, self.a.coop().now());
        self.sql(&format!("insert into candidacy (assembly_id, member_id, at) values ('{id}', '{member}', '{now}')")).await;
    }

    /// The actor's voice is carried by whoever is beside them.
    async fn gave(&self) -> ProxyId {
        let (proxy, id, me, beside) = (self.a.id(), self.id, self.a.me(), self.a.beside);
        let now = self.a.coop().now();
        self.sql(&format!(
            "insert into proxy (proxy_id, assembly_id, from_member, to_member, at, by_member)
             values ('{proxy}', '{id}', '{me}', '{beside}', '{now}', '{me}')"
        ))
        .await;
        ProxyId(proxy)
    }

    fn prepares(&self, act: &str, more: &[(&'static str, String)]) -> Attempt {
        form("/ag/preparer", act, &[vec![("assemblee", self.id.to_string())], more.to_vec()].concat())
    }

    fn sits(&self, act: &str, more: &[(&'static str, String)]) -> Attempt {
        form("/ag/seance", act, &self.about(more))
    }

    /// The same of an act that cannot be done here.
    fn asks(&self, act: &str, more: &[(&'static str, String)]) -> Attempt {
        ask("/ag/seance", act, &self.about(more))
    }

    fn about(&self, more: &[(&'static str, String)]) -> Vec<(&'static str, String)> {
        let known = vec![("assemblee", self.id.to_string()), ("resolution", self.vote.to_string())];
        [known, more.to_vec()].concat()
    }

    fn page(&self, below: &str) -> Attempt {
        Attempt::Page(format!("{below}/{}", self.id))
    }
}

fn written() -> Vec<(&'static str, String)> {
    vec![
        ("base", "1".to_owned()),
        ("title", "Les comptes".to_owned()),
        ("debut", "2026-12-30T18:00".to_owned()),
        ("lieu", "Meythet".to_owned()),
        ("text", "Les comptes".to_owned()),
    ]
}

/// A line whose attempt is about an assembly, at which the actor has this role, or none.
macro_rules! hall {
    ($name:literal, $by:expr, $at:expr, $role:expr, |$h:pat_param| $how:expr) => {
        line!($name, $by, |a| {
            let $h = hall(a, $at, $role).await;
            $how
        })
    };
}

#[rustfmt::skip]
pub const TABLE: &[Line] = &[
    // Commands.
    hall!("answer_assembly", ANYBODY, Called, "", |h| Attempt::Command(Command::AnswerAssembly { assembly: h.id, coming: true })),
    hall!("give_proxy", ANYBODY, Called, "", |h| Attempt::Command(Command::GiveProxy { proxy: ProxyId(h.a.id()), assembly: h.id, to: h.a.beside })),
    hall!("withdraw_proxy", ANYBODY, Called, "", |h| Attempt::Command(Command::WithdrawProxy { proxy: h.gave().await, assembly: h.id })),
    hall!("withdraw_proxy, of others", NOBODY, Called, "", |h| Attempt::Command(Command::WithdrawProxy { proxy: ProxyId(h.away.0), assembly: h.id })),
    hall!("withdraw_proxy, once it sits", NOBODY, Sits, "", |h| Attempt::Command(Command::WithdrawProxy { proxy: h.gave().await, assembly: h.id })),
    hall!("stand", ANYBODY, Called, "", |h| Attempt::Command(Command::Stand { assembly: h.id, words: "Les comptes".into() })),
    hall!("stand_down", ANYBODY, Called, "", |h| {
        h.stands(h.a.me()).await;
        Attempt::Command(Command::StandDown { assembly: h.id })
    }),
    // It is prepared.
    line!("prevoir", COMMITTEE, |_| form("/ag/preparer", "prevoir", &written())),
    line!("regles", COMMITTEE, |_| form("/ag/preparer", "regles", &[("preavis", "15".into()), ("quorum", "20".into()), ("quorum-extra", "25".into()), ("pouvoirs", "2".into())])),
    hall!("changer", COMMITTEE, Planned, "", |h| h.prepares("changer", &written())),
    hall!("changer, as its secretary", ANYBODY, Planned, "secretary", |h| h.prepares("changer", &written())),
    hall!("changer, as a teller", COMMITTEE, Planned, "teller", |h| h.prepares("changer", &written())),
    hall!("annuler", COMMITTEE, Called, "", |h| h.prepares("annuler", &[("mot", "Neige".into())])),
    hall!("roles", COMMITTEE, Planned, "", |h| h.prepares("roles", &[("preside", h.a.beside.to_string()), ("secretaire", h.a.keeper.to_string()), ("scrutateur", h.other.to_string())])),
    hall!("document", COMMITTEE, Called, "", |h| h.prepares("document", &[("title", "Les comptes".into()), ("text", "3 €".into())])),
    hall!("retirer-document", COMMITTEE, Called, "", |h| h.prepares("retirer-document", &[("document", h.document.to_string())])),
    hall!("resolution", COMMITTEE, Planned, "", |h| h.prepares("resolution", &[("title", "Le lundi".into()), ("comment", "hands".into())])),
    hall!("retirer-resolution", COMMITTEE, Planned, "", |h| h.prepares("retirer-resolution", &[("resolution", h.vote.to_string())])),
    hall!("convoquer", COMMITTEE, Planned, "", |h| h.prepares("convoquer", &[])),
    hall!("imprimer", SEE, Called, "", |h| h.prepares("imprimer", &[("membre", h.other.to_string())])),
    hall!("remettre", SEE, Called, "", |h| h.prepares("remettre", &[("membre", h.other.to_string())])),
    hall!("inscrire", COMMITTEE, Sits, "", |h| ask("/ag/preparer", "inscrire", &h.about(&[]))),
    hall!("installer", SEE, Sits, "", |h| ask("/ag/preparer", "installer", &h.about(&[]))),
    // It sits, in the hands of its chair and its secretary.
    hall!("ouvrir", NOBODY, Today, "", |h| h.sits("ouvrir", &[])),
    hall!("ouvrir, as its chair", ANYBODY, Today, "chair", |h| h.sits("ouvrir", &[])),
    hall!("fermer", NOBODY, Sits, "", |h| h.sits("fermer", &[])),
    hall!("fermer, as its secretary", ANYBODY, Sits, "secretary", |h| h.sits("fermer", &[])),
    hall!("ouvrir-vote", NOBODY, Sits, "teller", |h| h.sits("ouvrir-vote", &[])),
    hall!("ouvrir-vote, as its chair", ANYBODY, Sits, "chair", |h| h.sits("ouvrir-vote", &[])),
    hall!("clore-vote", NOBODY, Sits, "teller", |h| {
        h.opens("secret").await;
        h.sits("clore-vote", &[])
    }),
    hall!("clore-vote, as its chair", ANYBODY, Sits, "chair", |h| {
        h.opens("secret").await;
        h.sits("clore-vote", &[])
    }),
    hall!("proclamer", NOBODY, Sits, "teller", |h| h.asks("proclamer", &[])),
    hall!("proclamer, as its chair", ANYBODY, Sits, "chair", |h| h.asks("proclamer", &[])),
    hall!("candidature", NOBODY, Sits, "teller", |h| h.sits("candidature", &[("qui", h.other.to_string())])),
    hall!("candidature, as its secretary", ANYBODY, Sits, "secretary", |h| h.sits("candidature", &[("qui", h.other.to_string())])),
    hall!("retrait, as its secretary", ANYBODY, Sits, "secretary", |h| {
        h.stands(h.other).await;
        h.sits("retrait", &[("qui", h.other.to_string())])
    }),
    hall!("proces-verbal", NOBODY, Sits, "teller", |h| h.sits("proces-verbal", &[("base", "1".into()), ("text", "Oui".into())])),
    hall!("proces-verbal, as its secretary", ANYBODY, Sits, "secretary", |h| h.sits("proces-verbal", &[("base", "1".into()), ("text", "Oui".into())])),
    // The door: its tellers, its secretary, the office.
    hall!("emarger", OFFICE, Today, "", |h| h.sits("emarger", &[("membre", h.other.to_string())])),
    hall!("emarger, as a teller", ANYBODY, Today, "teller", |h| h.sits("emarger", &[("membre", h.other.to_string())])),
    hall!("partir", OFFICE, Sits, "", |h| h.sits("partir", &[("membre", h.a.beside.to_string())])),
    hall!("pouvoir", OFFICE, Called, "chair", |h| h.sits("pouvoir", &[("de", h.other.to_string()), ("a", h.a.keeper.to_string())])),
    hall!("rendre", OFFICE, Called, "", |h| h.sits("rendre", &[("membre", h.away.to_string())])),
    // Its tellers count.
    hall!("bulletins", NOBODY, Sits, "chair", |h| {
        h.opens("secret").await;
        h.sits("bulletins", &[("membre", h.a.beside.to_string())])
    }),
    hall!("bulletins, as a teller", ANYBODY, Sits, "teller", |h| {
        h.opens("secret").await;
        h.sits("bulletins", &[("membre", h.a.beside.to_string())])
    }),
    hall!("compter", NOBODY, Sits, "", |h| {
        h.opens("hands").await;
        h.sits("compter", &[("pour", "1".into())])
    }),
    hall!("compter, as a teller", ANYBODY, Sits, "teller", |h| {
        h.opens("hands").await;
        h.sits("compter", &[("pour", "1".into())])
    }),
    hall!("tirer", NOBODY, Sits, "chair", |h| h.asks("tirer", &[("tire", h.other.to_string()), ("mot", "Deux papiers".into())])),
    hall!("tirer, as a teller", ANYBODY, Sits, "teller", |h| h.asks("tirer", &[("tire", h.other.to_string()), ("mot", "Deux papiers".into())])),
    // Whoever signed in votes, once.
    hall!("voter", ANYBODY, Sits, "", |h| {
        h.opens("secret").await;
        let me = h.a.me();
        let said = [("resolution", h.vote.to_string()), ("voix", me.to_string())].map(|(name, value)| (name.to_owned(), value));
        Attempt::Asked("/ag/vote".into(), said.into_iter().chain([(format!("choix-{me}"), "for".to_owned())]).collect())
    }),
    // Pages.
    line!("where assemblies are prepared", COMMITTEE, |_| Attempt::Page("/ag/preparer".into())),
    hall!("one that is prepared", SEE, Planned, "", |h| h.page("/ag/preparer")),
    hall!("how members were called", SEE, Called, "", |h| h.page("/ag/convocations")),
    hall!("what is printed", SEE, Called, "", |h| Attempt::Page(format!("/ag/convocations/{}/lettres", h.id))),
    hall!("how it sits", SEE, Sits, "", |h| h.page("/ag/seance")),
    hall!("the list at the door", OFFICE, Today, "", |h| h.page("/ag/emargement")),
    hall!("a vote in its tellers' hands", NOBODY, Sits, "", |h| Attempt::Page(format!("/ag/scrutin/{}", h.vote))),
    hall!("a vote in its tellers' hands, as one", ANYBODY, Sits, "teller", |h| Attempt::Page(format!("/ag/scrutin/{}", h.vote))),
    hall!("a vote", ANYBODY, Sits, "", |h| Attempt::Page(format!("/ag/vote/{}", h.vote))),
    hall!("all ballots while it is open", NOBODY, Sits, "teller", |h| {
        h.opens("secret").await;
        Attempt::Page(format!("/ag/resultat/{}", h.vote))
    }),
    hall!("all ballots once it is counted", ANYBODY, Sits, "", |h| {
        h.is_counted().await;
        Attempt::Page(format!("/ag/resultat/{}", h.vote))
    }),
    hall!("all ballots while it is open, to a program", NOBODY, Sits, "chair", |h| {
        h.opens("secret").await;
        Attempt::Page(format!("/api/v1/assembly/ballots?resolution={}", h.vote))
    }),
    hall!("the list at the door, to a program", OFFICE, Today, "", |h| Attempt::Page(format!("/api/v1/assembly/roll?assembly={}", h.id))),
    hall!("how members were called, to a program", SEE, Called, "", |h| Attempt::Page(format!("/api/v1/assembly/calls?assembly={}", h.id))),
];

async fn hall<'a>(a: &'a Actor<'a>, at: At, role: &'static str) -> Hall<'a> {
    let coop = a.coop();
    let (away, other, fourth) = (a.somebody().await, a.somebody().await, a.somebody().await);
    let (id, vote, document) = (AssemblyId(a.id()), ResolutionId(a.id()), DocumentId(a.id()));
    let (me, beside, keeper, now, election) = (a.me(), a.beside, a.keeper, coop.now(), a.id());
    let starts_at = match at {
        Planned => now + Duration::days(20),
        Called => now + Duration::days(5),
        Today | Sits => now + Duration::hours(1),
    };
    let when = |so: bool| if so { format!("'{now}'") } else { "null".to_owned() };
    let (called, open) = (when(at != Planned), when(at == Sits));
    coop.sql(&format!(
        "insert into assembly (assembly_id, kind, title, starts_at, place, agenda, notice_d, quorum, proxies, convoked_at, opened_at,
            by_member, at)
         values ('{id}', 'ordinary', 'Les comptes', '{starts_at}', 'Meythet', 'Les comptes', 15, 20, 2, {called}, {open}, '{keeper}',
            '{now}');
         insert into resolution (resolution_id, assembly_id, title, way, seats, majority, rank) values
            ('{vote}', '{id}', 'Ouvrir le lundi', 'secret', null, 'simple', 1),
            ('{election}', '{id}', 'Le comité', 'election', 2, 'simple', 2);
         insert into assembly_document (document_id, assembly_id, title, text, rank) values ('{document}', '{id}', 'Les comptes', '3 €', 1)"
    ))
    .await;
    let named = |wanted: &str, otherwise: MemberId| if role == wanted { me } else { otherwise };
    let roles = [
        ("chair", named("chair", keeper)),
        ("secretary", named("secretary", fourth)),
        ("teller", named("teller", away)),
        ("teller", beside),
    ];
    for (role, member) in roles {
        coop.sql(&format!("insert into assembly_role values ('{id}', '{member}', '{role}')")).await;
    }
    if at != Planned {
        for member in [me, beside, keeper, away, other, fourth] {
            coop.sql(&format!(
                "insert into assembly_convocation (assembly_id, member_id, channel) values ('{id}', '{member}', 'letter')"
            ))
            .await;
        }
        // Whoever is away is known by their proxy, too.
        coop.sql(&format!(
            "insert into proxy (proxy_id, assembly_id, from_member, to_member, at, by_member)
             values ('{}', '{id}', '{away}', '{keeper}', '{now}', '{away}')",
            away.0
        ))
        .await;
    }
    if at == Sits {
        for member in [me, beside] {
            coop.sql(&format!(
                "insert into assembly_sign_in (assembly_id, member_id, at, how, by_member) values ('{id}', '{member}', '{now}', 'list',
                    '{beside}')"
            ))
            .await;
        }
    }
    Hall { a, id, vote, document, away, other }
}
