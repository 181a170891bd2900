//! Where the pages of an assembly are, and what stands where the server does not show one.

use domain::assembly::{Settings, Stage, VoteInHand, code_of};
use domain::id::{BallotId, MemberId};
use domain::procedures::Fields;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::governance::form::instead;
use crate::governance::typed;
use crate::ui::ChipLook;

/// The one that sits or comes next, as members see it.
pub const AG: &str = "/ag";
pub const DOCUMENTS: &str = "/ag/documents";
pub const PROXY: &str = "/ag/pouvoir";
/// Where what is prepared is posted; an assembly is below it.
pub const PREPARE: &str = "/ag/preparer";
/// How members were called; an assembly is below it.
pub const CALLED: &str = "/ag/convocations";
/// Below [`CALLED`] and an assembly: what is printed.
pub const LETTERS: &str = "lettres";
/// Where what happens on the day is posted; an assembly is below it.
pub const SESSION: &str = "/ag/seance";
/// An assembly is below it.
pub const DOOR: &str = "/ag/emargement";
/// A vote in the hands of its tellers is below it.
pub const POLL: &str = "/ag/scrutin";
/// An assembly is below it.
pub const MINUTES: &str = "/ag/compte-rendu";
/// Where a vote is posted; what is voted on is below it.
pub const VOTE: &str = "/ag/vote";
/// What a vote came to, with all its ballots, is below it.
pub const RESULT: &str = "/ag/resultat";

/// What was just cast: for whoever cast it, this once. It stands in no address and is kept nowhere. The page asks for nothing
/// else: whatever happens then, its voter has it.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The vote as it was before.
    pub vote: VoteInHand,
    pub codes: Vec<(MemberId, BallotId)>,
}

impl Receipt {
    /// The code of the ballot of a voice.
    pub fn code(&self, voice: MemberId) -> Option<String> {
        self.codes.iter().find(|(known, _)| *known == voice).map(|(_, ballot)| code_of(*ballot))
    }
}

/// How far it is, in a word.
pub fn stage_chip(stage: &Stage) -> (ChipLook, &'static str) {
    match stage {
        Stage::Planned => (ChipLook::Neutral, "En préparation"),
        Stage::Convoked { .. } => (ChipLook::Waiting, "Convoquée"),
        Stage::Open { .. } => (ChipLook::Mine, "Elle siège"),
        Stage::Closed { .. } => (ChipLook::Done, "Close"),
        Stage::Cancelled { .. } => (ChipLook::Refused, "N’a pas lieu"),
        Stage::Lapsed => (ChipLook::Neutral, "N’a pas eu lieu"),
    }
}

/// The rules as somebody would have typed them.
pub fn settings_typed(settings: &Settings) -> Fields {
    typed(vec![
        ("preavis", settings.notice_d.to_string()),
        ("quorum", settings.quorum.to_string()),
        ("quorum-extra", settings.quorum_extra.to_string()),
        ("pouvoirs", settings.proxies.to_string()),
    ])
}

/// What stands where the server does not say what somebody asks of an assembly.
pub fn apart(error: &ApiError) -> AnyView {
    instead(
        error,
        (
            "C’est l’affaire de qui tient l’assemblée",
            "Le comité la prépare avec son secrétariat ; la présidence, le secrétariat et le scrutin la tiennent le jour venu. La page \
             de l’assemblée dit qui c’est.",
        ),
        (AG, "Voir l’assemblée"),
    )
}

/// The same of a vote, or of its result.
pub fn no_vote(error: &ApiError) -> AnyView {
    instead(
        error,
        ("Les votes sont pour les membres", "Ce vote est pour les membres de la coop, sur place, le jour de l’assemblée."),
        (AG, "Voir l’assemblée"),
    )
}
