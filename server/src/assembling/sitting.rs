//! What happens on the day: the door, the votes, what tellers say, the minutes.

use backend::assembly::{self, Guest};
use domain::assembly::{AssemblyMistake, Said, count_typed, draw_typed};
use domain::governance::minutes_of;
use domain::id::MemberId;
use uuid::Uuid;

use super::{Asked, Done, plainly};
use crate::problem::{self, Problem};

impl Asked<'_> {
    pub(super) async fn of_session(&self) -> Result<Done, Problem> {
        let (backend, member, form, id) = (self.backend, self.member, self.form(), self.assembly()?);
        Ok(plainly(match self.fields.one("geste") {
            "ouvrir" => assembly::open(backend, member, form, id).await?,
            "fermer" => assembly::close(backend, member, form, id).await?,
            "ouvrir-vote" => assembly::open_vote(backend, member, form, id, self.resolution()?).await?,
            "clore-vote" => assembly::close_vote(backend, member, form, id, self.resolution()?).await?,
            "proclamer" => assembly::proclaim(backend, member, form, id, self.resolution()?).await?,
            act @ ("candidature" | "retrait") => match self.fields.one("qui").parse::<MemberId>() {
                Ok(who) => assembly::stand_for(backend, member, form, id, who, act == "candidature").await?,
                Err(_) => Err(vec![AssemblyMistake::NobodyChosen]),
            },
            "proces-verbal" => {
                let text = minutes_of(self.fields);
                assembly::write_minutes(backend, member, form, (id, self.base()), &text).await?
            }
            _ => return Err(problem::NOT_UNDERSTOOD),
        }))
    }

    /// One form of the page lets in many: its act is of whoever it names, too.
    fn form_of(&self, guest: Guest) -> Uuid {
        let named = match guest {
            Guest::Card(number) => format!("carte {number}"),
            Guest::Listed(member) => member.to_string(),
        };
        Uuid::new_v5(&self.form(), named.as_bytes())
    }

    pub(super) async fn at_the_door(&self) -> Result<Done, Problem> {
        let (backend, member, id) = (self.backend, self.member, self.assembly()?);
        let act = self.fields.one("geste");
        if act == "pouvoir" {
            let one = |field: &str| self.fields.one(field).parse().ok().map(Guest::Listed);
            let (Some(from), Some(to)) = (one("de"), one("a")) else {
                return Ok(Err(vec![AssemblyMistake::NobodyChosen]));
            };
            return Ok(told(assembly::paper_proxy(backend, member, self.form(), id, (from, to)).await?));
        }
        let Some(guest) = self.guest() else {
            let typed = !self.fields.one("carte").is_empty();
            return Ok(Err(vec![if typed { AssemblyMistake::UnknownNumber } else { AssemblyMistake::NobodyChosen }]));
        };
        let form = self.form_of(guest);
        if act == "emarger" {
            return Ok(told(assembly::sign_in(backend, member, form, id, guest).await?));
        }
        let Guest::Listed(of) = guest else { return Ok(Err(vec![AssemblyMistake::NobodyChosen])) };
        Ok(told(match act {
            "partir" => assembly::sign_out(backend, member, form, id, of).await?,
            _ => assembly::end_proxy(backend, member, form, id, of).await?,
        }))
    }

    pub(super) async fn of_tellers(&self) -> Result<Done, Problem> {
        let (backend, member, id, resolution) = (self.backend, self.member, self.assembly()?, self.resolution()?);
        match self.fields.one("geste") {
            "bulletins" => {
                let Some(guest) = self.guest() else { return Ok(Err(vec![AssemblyMistake::NobodyChosen])) };
                Ok(plainly(assembly::hand_out(backend, member, self.form_of(guest), id, (resolution, guest)).await?))
            }
            "compter" => {
                let poll = assembly::poll(backend, member, resolution).await?;
                let way = poll.resolution().ok_or(problem::NOT_FOUND)?.resolution.way;
                let standing = poll.in_hand.assembly.candidates.iter().map(|candidate| candidate.member);
                let candidates: Vec<MemberId> = if way.seats().is_some() { standing.collect() } else { Vec::new() };
                match count_typed(self.fields, way, &candidates) {
                    Ok(tally) => {
                        Ok(plainly(assembly::say(backend, member, self.form(), id, (resolution, &Said::Count(tally))).await?))
                    }
                    Err(mistakes) => Ok(Err(mistakes)),
                }
            }
            _ => match draw_typed(self.fields) {
                Ok(draw) => Ok(plainly(assembly::say(backend, member, self.form(), id, (resolution, &Said::Draw(draw))).await?)),
                Err(mistakes) => Ok(Err(mistakes)),
            },
        }
    }
}

/// The page says of whom.
fn told(admitted: assembly::Admitted) -> Done {
    admitted.map(|who| format!("&qui={who}"))
}
