//! Somebody comes to an assembly, has somebody vote for them, or stands for the committee.

use super::requests::short_within;
use super::{Decided, Effects, sure};
use crate::assembly::{Candidate, Change, EndedProxy, Hall, Proxy, WORDS_CAP};
use crate::board::Board;
use crate::command::Command;
use crate::effect::Effect;
use crate::id::{AssemblyId, MemberId, ProxyId};
use crate::line::lines;
use crate::notice::Notice;
use crate::outcome::{Carried, Done};
use crate::reason::Reason;
use crate::time::Instant;

pub(super) fn of_assembly(board: &Board, command: &Command, assembly: AssemblyId, actor: MemberId, now: Instant) -> Decided {
    let hall = board.assemblies.get(&assembly).ok_or(Reason::UnknownAssembly)?;
    match command {
        Command::AnswerAssembly { coming, .. } => answer(board, hall, *coming, actor, now),
        Command::GiveProxy { proxy, to, .. } => give(board, hall, *proxy, *to, actor, now),
        Command::WithdrawProxy { proxy, .. } => withdraw(hall, *proxy, actor, now),
        Command::Stand { words, .. } => stand(board, hall, words, actor, now),
        Command::StandDown { .. } => stand_down(hall, actor, now),
        _ => Err(Reason::NotUnderstood),
    }
}

fn answer(board: &Board, hall: &Hall, coming: bool, actor: MemberId, now: Instant) -> Decided {
    called(board, hall, actor, now)?;
    if let Some(given) = hall.given_by(actor).filter(|_| coming) {
        return Err(Reason::ProxyGiven { to: board.who(given.to) });
    }
    // Whoever has signed in is there, whatever they said before.
    if !coming && hall.present.contains(&actor) {
        return Err(Reason::SignedIn);
    }
    let answered = changed(Change::Answered { assembly: hall.assembly, member: actor, coming });
    let carried = hall.proxies.iter().filter(|proxy| proxy.to == actor && !coming);
    sure([answered].into_iter().chain(carried.flat_map(|proxy| given_back(hall, proxy, actor))).collect())
}

/// Nobody votes from home: what they carry is free to be given to somebody else, and whose it is hears it.
fn given_back(hall: &Hall, proxy: &Proxy, actor: MemberId) -> [Effect; 2] {
    let how = EndedProxy::Returned;
    let told = Effect::Told { member: proxy.from, notice: ended(hall, proxy, actor) };
    [changed(Change::ProxyEnded { proxy: proxy.clone(), how }), told]
}

fn ended(hall: &Hall, proxy: &Proxy, by: MemberId) -> Notice {
    Notice::ProxyEnded { assembly: hall.assembly, starts_at: hall.starts_at, from: proxy.from, to: proxy.to, by }
}

fn give(board: &Board, hall: &Hall, id: ProxyId, to: MemberId, actor: MemberId, now: Instant) -> Decided {
    if !board.people.contains_key(&to) || board.aptitude(to).is_some_and(|aptitude| !aptitude.active) {
        return Err(Reason::UnknownMember);
    }
    hall.may_give((actor, to), now, |member| board.who(member))?;
    let proxy = Proxy { id, assembly: hall.assembly, from: actor, to, at: now, paper: false };
    let voices = u8::try_from(hall.carried_by(to) + 1).unwrap_or(u8::MAX);
    let carried = Carried { by: board.who(to), voices, cap: hall.cap };
    // Both know it, whoever entered it.
    let notice = Notice::ProxyGiven { assembly: hall.assembly, starts_at: hall.starts_at, from: actor, to };
    let told = [actor, to].map(|member| Effect::Told { member, notice: notice.clone() });
    let list = [changed(Change::ProxyGiven(proxy))].into_iter().chain(told).collect();
    Ok((Effects { list, done: Done { carried: Some(carried), ..Done::default() } }, Vec::new()))
}

/// By whoever gave it, or whoever carries it: the other one hears it.
fn withdraw(hall: &Hall, id: ProxyId, actor: MemberId, now: Instant) -> Decided {
    let theirs = |proxy: &&Proxy| proxy.id == id && (proxy.from == actor || proxy.to == actor);
    let proxy = hall.proxies.iter().find(theirs).ok_or(Reason::UnknownProxy)?;
    hall.is_to_come(now)?;
    let (how, other) = if proxy.from == actor { (EndedProxy::Withdrawn, proxy.to) } else { (EndedProxy::Returned, proxy.from) };
    let told = Effect::Told { member: other, notice: ended(hall, proxy, actor) };
    sure(vec![changed(Change::ProxyEnded { proxy: proxy.clone(), how }), told])
}

fn stand(board: &Board, hall: &Hall, words: &str, actor: MemberId, now: Instant) -> Decided {
    let words = short_within(&lines(words), WORDS_CAP)?;
    called(board, hall, actor, now)?;
    if !hall.elects {
        return Err(Reason::NoElection);
    }
    sure(vec![changed(Change::Stood { assembly: hall.assembly, candidate: Candidate { member: actor, words } })])
}

fn stand_down(hall: &Hall, actor: MemberId, now: Instant) -> Decided {
    hall.is_to_come(now)?;
    if !hall.candidates.iter().any(|candidate| candidate.member == actor) {
        return Err(Reason::NotStanding);
    }
    sure(vec![changed(Change::StoodDown { assembly: hall.assembly, member: actor })])
}

/// It is to come, and they are called to it.
fn called(board: &Board, hall: &Hall, actor: MemberId, now: Instant) -> Result<(), Reason> {
    hall.is_to_come(now)?;
    if hall.is_called(actor) { Ok(()) } else { Err(Reason::NotCalled { who: board.who(actor) }) }
}

fn changed(change: Change) -> Effect {
    Effect::AssemblyChanged(change)
}
