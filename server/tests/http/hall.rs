//! An assembly through HTTP: sixty members, five of whom keep it.

use std::collections::BTreeMap;

use chrono::Duration;
use domain::assembly::{Ballot, Tally, Way};
use domain::command::Command;
use domain::id::{AssemblyId, MemberId, ProxyId, ResolutionId};
use domain::time::{Instant, paris_instant};
use sqlx::postgres::PgConnectOptions;
use sqlx::types::Json;

use crate::house::{Device, House, Told, get, post};

pub const PREPARE: &str = "/ag/preparer";
pub const SESSION: &str = "/ag/seance";
pub const VOTE: &str = "/ag/vote";

pub struct Hall {
    pub house: House,
    /// On the committee; its chair.
    pub idris: Device,
    /// Its secretary.
    pub lea: Device,
    /// Its tellers.
    pub hugo: Device,
    pub solene: Device,
    /// Of the office.
    pub margaux: Device,
    pub members: Vec<Device>,
    pub id: String,
    /// In their order.
    pub resolutions: Vec<String>,
}

/// French spaces as they are typed.
pub fn plain(told: &Told) -> String {
    told.text().replace(['\u{a0}', '\u{202f}'], " ")
}

/// Monday 21 December 2026, 18 h in Paris.
pub fn evening() -> Instant {
    paris_instant("2026-12-21".parse().unwrap(), "18:00:00".parse().unwrap())
}

impl Hall {
    /// So many members beside the five; nobody is called yet.
    pub async fn planned(at: PgConnectOptions, others: usize) -> Hall {
        let house = House::new(at).await;
        let (idris, lea) = (house.signed_in("Idris").await, house.signed_in("Léa").await);
        let (hugo, solene) = (house.signed_in("Hugo").await, house.signed_in("Solène").await);
        let margaux = house.signed_in("Margaux").await;
        house.coop.in_office(margaux.member).await;
        let (mandate, sits) = (house.coop.id(), idris.member);
        house
            .coop
            .sql(&format!(
                "insert into mandate (mandate_id, member_id, from_on, to_on, seat, how, chosen_on)
                 values ('{mandate}', '{sits}', '2026-06-13', '2028-06-12', 1, 'elected', '2026-06-13')"
            ))
            .await;
        let mut members = Vec::new();
        for number in 0..others {
            members.push(house.signed_in(&format!("M{number:02}")).await);
        }
        let id = house.coop.id().to_string();
        let hall = Hall { house, idris, lea, hugo, solene, margaux, members, id, resolutions: Vec::new() };
        let fields = [
            ("nature", "ordinary"),
            ("title", "Les comptes et le comité"),
            ("debut", "2026-12-21T18:00"),
            ("lieu", "Meythet"),
            ("text", "1. Les comptes\n2. **Le comité**"),
        ];
        let planned = hall.posts_as(&hall.id, PREPARE, &hall.idris, "prevoir", &fields).await;
        assert_eq!(planned.header("location"), "/ag/preparer?fait=prevoir", "{}", planned.text());
        let [chair, secretary, one, two] =
            [&hall.idris, &hall.lea, &hall.hugo, &hall.solene].map(|device| device.member.to_string());
        let roles = [
            ("preside", chair.as_str()),
            ("secretaire", secretary.as_str()),
            ("scrutateur", one.as_str()),
            ("scrutateur", two.as_str()),
        ];
        hall.does(PREPARE, &hall.idris, "roles", &roles).await;
        hall
    }

    /// Something to vote on.
    pub async fn adds(&mut self, title: &str, how: &str, seats: &str) {
        let id = self.house.coop.id().to_string();
        let fields = [("assemblee", self.id.as_str()), ("title", title), ("text", ""), ("comment", how), ("sieges", seats)];
        let told = self.posts_as(&id, PREPARE, &self.lea, "resolution", &fields).await;
        assert_eq!(told.status, 303, "{}", told.text());
        self.resolutions.push(id);
    }

    pub async fn calls(&self) {
        self.does(PREPARE, &self.idris, "convoquer", &[]).await;
    }

    /// Half an hour before it begins.
    pub fn comes_the_day(&self) {
        self.house.coop.backend.clock.set(evening() - Duration::minutes(30));
    }

    /// A form, with an id of its own.
    pub async fn posts(&self, to: &str, who: &Device, act: &str, fields: &[(&str, &str)]) -> Told {
        self.posts_as(&self.house.coop.id().to_string(), to, who, act, fields).await
    }

    pub async fn posts_as(&self, id: &str, to: &str, who: &Device, act: &str, fields: &[(&str, &str)]) -> Told {
        let mut all = vec![("geste", act), ("id", id)];
        if !fields.iter().any(|(name, _)| *name == "assemblee") {
            all.push(("assemblee", self.id.as_str()));
        }
        all.extend_from_slice(fields);
        self.house.send(post(to).by(who).form(&all)).await
    }

    /// It is done.
    pub async fn does(&self, to: &str, who: &Device, act: &str, fields: &[(&str, &str)]) {
        let told = self.posts(to, who, act, fields).await;
        assert_eq!(told.status, 303, "{act} {fields:?}: {}", plain(&told));
        assert!(told.header("location").contains(&format!("fait={act}")), "{act}: {}", told.header("location"));
    }

    /// Its page comes back, and says why.
    pub async fn is_told_why(&self, to: &str, who: &Device, act: &str, fields: &[(&str, &str)], why: &str) {
        let told = self.posts(to, who, act, fields).await;
        assert_eq!(told.status, 422, "{act} {fields:?}: {}", plain(&told));
        assert!(plain(&told).contains(why), "{act} {fields:?}: {}", plain(&told));
    }

    pub async fn of_vote(&self, who: &Device, act: &str, at: usize) {
        self.does(SESSION, who, act, &[("resolution", self.resolutions[at].as_str())]).await;
    }

    pub async fn page(&self, path: &str, who: &Device) -> String {
        let told = self.house.send(get(path).by(who)).await;
        assert_eq!(told.status, 200, "{path}: {}", told.text());
        told.is_well_nested(path);
        plain(&told)
    }

    pub async fn status(&self, path: &str, who: &Device) -> u16 {
        self.house.send(get(path).by(who)).await.status.as_u16()
    }

    pub async fn signs_in(&self, who: MemberId) {
        self.does(SESSION, &self.hugo, "emarger", &[("membre", who.to_string().as_str())]).await;
    }

    pub async fn gives_proxy(&self, from: &Device, to: &Device) -> ProxyId {
        let (proxy, assembly) = (ProxyId(self.house.coop.id()), AssemblyId(self.id.parse().unwrap()));
        let given = self.house.on_the_wire(Command::GiveProxy { proxy, assembly, to: to.member });
        let told = self.house.commands(from, &[given]).await;
        assert!(told.text().contains("applied"), "{}", told.text());
        proxy
    }

    /// What is typed where these voices say this.
    pub async fn votes(&self, voter: &Device, at: usize, said: &[(MemberId, Vec<String>)]) -> Told {
        let mut fields: Vec<(String, String)> = vec![("resolution".to_owned(), self.resolutions[at].clone())];
        for (voice, words) in said {
            fields.push(("voix".to_owned(), voice.to_string()));
            // A name, a word, or that it is blank.
            fields.extend(words.iter().map(|word| match word.as_str() {
                "for" | "against" | "abstain" => (format!("choix-{voice}"), word.clone()),
                "blank" => (format!("blanc-{voice}"), "oui".to_owned()),
                name => (format!("nom-{voice}"), name.to_owned()),
            }));
        }
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.posts(VOTE, voter, "voter", &fields).await
    }

    /// Both tellers count the same.
    pub async fn both_count(&self, at: usize, figures: &[(&str, &str)]) {
        let mut fields = vec![("resolution", self.resolutions[at].as_str())];
        fields.extend_from_slice(figures);
        for teller in [&self.hugo, &self.solene] {
            self.does(SESSION, teller, "compter", &fields).await;
        }
    }

    /// What lies in the box, counted here.
    pub async fn recount(&self, at: usize, way: Way, candidates: &[MemberId]) -> Tally {
        let id: ResolutionId = self.resolutions[at].parse().unwrap();
        let rows: Vec<Json<Ballot>> = sqlx::query_scalar("select ballot from ballot where resolution_id = $1")
            .bind(id)
            .fetch_all(&self.house.coop.backend.pool)
            .await
            .unwrap();
        let ballots: Vec<Ballot> = rows.into_iter().map(|Json(ballot)| ballot).collect();
        Tally::of(way, candidates, &ballots)
    }

    pub async fn count(&self, query: &str) -> i64 {
        self.house.coop.count(query).await
    }
}

/// As a form takes them.
pub fn lent<'a>(fields: &'a [(&'a str, String)]) -> Vec<(&'a str, &'a str)> {
    fields.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

/// The codes on a receipt.
pub fn codes(told: &Told) -> Vec<String> {
    let html = told.text();
    let parts = html.split("receipt__code\">").skip(1);
    parts.filter_map(|rest| rest.split('<').next()).map(str::to_owned).collect()
}

/// How many votes each got.
pub fn votes_of(tally: &Tally) -> BTreeMap<MemberId, u32> {
    match tally {
        Tally::Election { votes, .. } => votes.clone(),
        Tally::Resolution { .. } => BTreeMap::new(),
    }
}
