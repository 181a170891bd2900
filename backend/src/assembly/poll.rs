//! A vote in the hands of its tellers.

use domain::assembly::PollInHand;
use domain::governance::Person;
use domain::id::{AssemblyId, MemberId, ResolutionId};

use super::desk::in_hand;
use crate::Backend;
use crate::error::Error;

/// For its tellers, and for whoever presides.
pub async fn poll(backend: &Backend, asking: MemberId, id: ResolutionId) -> Result<PollInHand, Error> {
    let of: Option<AssemblyId> =
        sqlx::query_scalar("select assembly_id from resolution where resolution_id = $1 and removed_at is null")
            .bind(id)
            .fetch_optional(&backend.pool)
            .await?;
    let assembly = of.ok_or(Error::NotFound)?;
    let in_hand = in_hand(backend, asking, assembly).await?;
    if !in_hand.hands.tells && !in_hand.hands.presides {
        return Err(Error::NotAllowed);
    }
    let voters: Vec<(MemberId, String, String, i32, i64)> =
        sqlx::query_as(VOTERS).bind(assembly).bind(id).fetch_all(&backend.pool).await?;
    let voters = voters.into_iter().map(|(id, first_name, last_name, number, free)| {
        (Person { id, first_name, last_name }, number, u32::try_from(free).unwrap_or(0))
    });
    let voters = voters.collect();
    Ok(PollInHand { in_hand, resolution: id, voters })
}

/// $1 assembly, $2 vote: whoever is there and has a voice that is not cast.
const VOTERS: &str = "
with voice as (
    select s.member_id as voter, s.member_id as voice from assembly_sign_in s where s.assembly_id = $1 and s.left_at is null
    union all
    select s.member_id, p.from_member from assembly_sign_in s
        join proxy p on p.assembly_id = s.assembly_id and p.to_member = s.member_id and p.ended_at is null
        where s.assembly_id = $1 and s.left_at is null
)
select m.member_id, m.first_name, m.last_name, m.number, count(*)
from voice join member m on m.member_id = voice.voter
where not exists (select from vote_cast v where v.resolution_id = $2 and v.voice = voice.voice)
group by m.member_id order by m.first_name, m.last_name, m.number";
