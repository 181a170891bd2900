//! An assembly on real PostgreSQL, in the tests' language: Idris of the committee presides, Léa is its secretary, Hugo and Solène
//! its tellers, Margaux is of the office; and so many members more.
#![allow(dead_code, reason = "each test file speaks a part of it")]

use std::collections::{BTreeMap, BTreeSet};

use backend::Backend;
use backend::assembly::{self, Arranged, Guest};
use backend::governance::{self, Chosen};
use chrono::{Duration, NaiveDate};
use domain::assembly::{
    Assembly, AssemblyMistake, Ballot, Choice, Kind, Majority, Said, Tally, Way, WrittenAssembly, WrittenResolution, WrittenRoles,
};
use domain::command::Command;
use domain::governance::How;
use domain::id::{AssemblyId, BallotId, MemberId, ProxyId, ResolutionId};
use domain::time::Instant;
use sqlx::postgres::PgConnectOptions;
use uuid::Uuid;

use crate::coop::Coop;

pub struct Hall {
    pub coop: Coop,
    pub id: AssemblyId,
    pub idris: MemberId,
    pub lea: MemberId,
    pub hugo: MemberId,
    pub solene: MemberId,
    pub margaux: MemberId,
    pub members: Vec<MemberId>,
    /// In their order.
    pub resolutions: Vec<ResolutionId>,
    pub starts_at: Instant,
}

/// What came of a vote.
pub type Voted = Result<Vec<(MemberId, BallotId)>, Vec<AssemblyMistake>>;

impl Hall {
    /// In twenty days, in the evening; nobody is called yet.
    pub async fn planned(at: PgConnectOptions, members: usize, ways: &[Way]) -> Hall {
        let coop = Coop::new(at).await;
        let (idris, margaux) = (coop.member("Idris").await, coop.member("Margaux").await);
        let (lea, hugo, solene) = (coop.member("Léa").await, coop.member("Hugo").await, coop.member("Solène").await);
        coop.in_office(margaux).await;
        elects(&coop, margaux, idris, 1).await;
        let members = coop.members(members).await;
        let starts_at = coop.now() + Duration::days(20) + Duration::hours(10);
        let id = AssemblyId(coop.id());
        assembly::plan(&coop.backend, idris, id.0, &written(starts_at)).await.unwrap().unwrap();
        let mut hall = Hall { coop, id, idris, lea, hugo, solene, margaux, members, resolutions: Vec::new(), starts_at };
        let roles = WrittenRoles { chair: Some(idris), secretary: Some(lea), tellers: BTreeSet::from([hugo, solene]) };
        assembly::set_roles(hall.backend(), idris, hall.form(), id, &roles).await.unwrap().unwrap();
        for way in ways {
            let resolution = hall.adds(*way).await;
            hall.resolutions.push(resolution);
        }
        hall
    }

    pub async fn convoked(at: PgConnectOptions, members: usize, ways: &[Way]) -> Hall {
        let hall = Hall::planned(at, members, ways).await;
        hall.calls().await.unwrap();
        hall
    }

    /// Half an hour before it begins.
    pub async fn at_the_door(at: PgConnectOptions, members: usize, ways: &[Way]) -> Hall {
        let hall = Hall::convoked(at, members, ways).await;
        hall.coop.backend.clock.set(hall.starts_at - Duration::minutes(30));
        hall
    }

    /// Everybody is there.
    pub async fn sitting(at: PgConnectOptions, members: usize, ways: &[Way]) -> Hall {
        let hall = Hall::at_the_door(at, members, ways).await;
        for member in hall.everybody() {
            hall.signs_in(member).await.unwrap();
        }
        hall.opens().await.unwrap();
        hall
    }

    pub fn backend(&self) -> &Backend {
        &self.coop.backend
    }

    pub fn form(&self) -> Uuid {
        self.coop.id()
    }

    pub fn everybody(&self) -> Vec<MemberId> {
        let keepers = [self.idris, self.lea, self.hugo, self.solene, self.margaux];
        keepers.into_iter().chain(self.members.iter().copied()).collect()
    }

    pub async fn adds(&self, way: Way) -> ResolutionId {
        let id = self.form();
        assembly::add_resolution(self.backend(), self.lea, id, self.id, &resolution(way)).await.unwrap().unwrap();
        ResolutionId(id)
    }

    pub async fn calls(&self) -> Arranged {
        assembly::convoke(self.backend(), self.idris, self.form(), self.id, "https://alpar.example").await.unwrap()
    }

    pub async fn signs_in(&self, member: MemberId) -> Result<MemberId, Vec<AssemblyMistake>> {
        assembly::sign_in(self.backend(), self.hugo, self.form(), self.id, Guest::Listed(member)).await.unwrap()
    }

    pub async fn leaves(&self, member: MemberId) -> Result<MemberId, Vec<AssemblyMistake>> {
        assembly::sign_out(self.backend(), self.solene, self.form(), self.id, member).await.unwrap()
    }

    pub async fn opens(&self) -> Arranged {
        assembly::open(self.backend(), self.idris, self.form(), self.id).await.unwrap()
    }

    pub async fn closes(&self) -> Arranged {
        assembly::close(self.backend(), self.lea, self.form(), self.id).await.unwrap()
    }

    pub async fn opens_vote(&self, at: usize) -> Arranged {
        assembly::open_vote(self.backend(), self.idris, self.form(), self.id, self.resolutions[at]).await.unwrap()
    }

    pub async fn closes_vote(&self, at: usize) -> Arranged {
        assembly::close_vote(self.backend(), self.idris, self.form(), self.id, self.resolutions[at]).await.unwrap()
    }

    pub async fn proclaims(&self, at: usize) -> Arranged {
        assembly::proclaim(self.backend(), self.lea, self.form(), self.id, self.resolutions[at]).await.unwrap()
    }

    pub async fn says(&self, teller: MemberId, at: usize, said: Said) -> Arranged {
        assembly::say(self.backend(), teller, self.form(), self.id, (self.resolutions[at], &said)).await.unwrap()
    }

    /// Both tellers count this.
    pub async fn both_count(&self, at: usize, tally: &Tally) {
        for teller in [self.hugo, self.solene] {
            self.says(teller, at, Said::Count(tally.clone())).await.unwrap();
        }
    }

    /// `voter` says this for these voices.
    pub async fn casts(&self, voter: MemberId, at: usize, voices: &[MemberId], ballot: &Ballot) -> Voted {
        let ballots: BTreeMap<MemberId, Ballot> = voices.iter().map(|voice| (*voice, ballot.clone())).collect();
        assembly::cast(self.backend(), voter, self.resolutions[at], &ballots).await.unwrap()
    }

    pub async fn votes(&self, voter: MemberId, at: usize, choice: Choice) -> Voted {
        self.casts(voter, at, &[voter], &Ballot::Choice(choice)).await
    }

    /// In the app.
    pub async fn gives_proxy(&self, from: MemberId, to: MemberId) -> ProxyId {
        let proxy = ProxyId(self.form());
        self.coop.does(from, Command::GiveProxy { proxy, assembly: self.id, to }).await;
        proxy
    }

    /// As those who keep it see it.
    pub async fn seen(&self) -> Assembly {
        assembly::in_hand(self.backend(), self.lea, self.id).await.unwrap().assembly
    }

    pub async fn count(&self, query: &str) -> i64 {
        self.coop.count(query).await
    }
}

pub async fn elects(coop: &Coop, by: MemberId, member: MemberId, seat: u8) {
    let from: NaiveDate = "2026-06-13".parse().unwrap();
    let chosen = Chosen { member, seat, how: How::Elected, from, other: from, words: "assemblée".to_owned() };
    governance::choose(&coop.backend, by, coop.id(), &chosen).await.unwrap().unwrap();
}

pub fn written(starts_at: Instant) -> WrittenAssembly {
    WrittenAssembly {
        kind: Kind::Ordinary,
        title: "Les comptes et le comité".to_owned(),
        starts_at,
        place: "Meythet".to_owned(),
        agenda: "1. Les comptes".to_owned(),
        second_of: None,
    }
}

pub fn resolution(way: Way) -> WrittenResolution {
    WrittenResolution {
        title: "Ouvrir le lundi".to_owned(),
        text: "Le **lundi** soir.".to_owned(),
        way,
        majority: Majority::Simple,
    }
}

pub const FOR: Ballot = Ballot::Choice(Choice::For);
pub const AGAINST: Ballot = Ballot::Choice(Choice::Against);
