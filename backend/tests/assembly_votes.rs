//! Votes of an assembly, on real PostgreSQL: each voice once, whatever happens at the same time; and ballots that lead to nobody.

mod coop;
mod hall;

use std::collections::BTreeSet;

use backend::assembly::{self, Guest};
use backend::error::Error;
use backend::register;
use coop::assert_invariants;
use domain::assembly::{
    AssemblyMistake, Ballot, Channel, Choice, Draw, Said, Tally, Verdict, Voting, Way, WrittenRoles, code_of,
};
use domain::id::MemberId;
use domain::time::paris_day;
use futures::future::join_all;
use hall::{AGAINST, FOR, Hall};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

const CAST: &str = "select count(*) from vote_cast";
const BALLOTS: &str = "select count(*) from ballot";

#[sqlx::test(migrations = false)]
async fn a_voice_votes_once_however_often_it_is_sent(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::sitting(at, 3, &[Way::Secret]).await;
    hall.opens_vote(0).await.unwrap();
    let voter = hall.members[0];
    let came = join_all((0..12).map(|n| hall.votes(voter, 0, if n % 2 == 0 { Choice::For } else { Choice::Against }))).await;
    assert_eq!(came.iter().filter(|voted| voted.is_ok()).count(), 1);
    for voted in came.into_iter().filter_map(Result::err) {
        assert_eq!(voted, [AssemblyMistake::AlreadyVoted]);
    }
    assert_eq!((hall.count(CAST).await, hall.count(BALLOTS).await), (1, 1));
    assert_invariants(&hall.coop).await;
}

#[sqlx::test(migrations = false)]
async fn whoever_votes_while_it_closes_is_counted_or_is_told_that_it_was_not(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::sitting(at, 24, &[Way::Secret]).await;
    hall.opens_vote(0).await.unwrap();
    let first = join_all(hall.members[..8].iter().map(|voter| hall.votes(*voter, 0, Choice::For))).await;
    assert!(first.iter().all(Result::is_ok));
    let (closed, came) =
        tokio::join!(hall.closes_vote(0), join_all(hall.members[8..].iter().map(|voter| hall.votes(*voter, 0, Choice::Against))));
    closed.unwrap();
    let counted = u32::try_from(came.iter().filter(|voted| voted.is_ok()).count()).unwrap();
    for voted in came.into_iter().filter_map(Result::err) {
        assert_eq!(voted, [AssemblyMistake::VoteNotOpen]);
    }
    let known = hall.seen().await.resolutions[0].clone();
    let total = known.result.unwrap().total();
    assert_eq!(total, Tally::Resolution { yes: 8, no: counted, abstain: 0 });
    assert_eq!(hall.votes(hall.members[23], 0, Choice::For).await.unwrap_err(), [AssemblyMistake::VoteNotOpen]);
    let published = assembly::published(hall.backend(), hall.members[0], hall.resolutions[0]).await.unwrap();
    assert!(published.is_right(), "counted again from the box it is the same");
    assert_invariants(&hall.coop).await;
}

#[sqlx::test(migrations = false)]
async fn one_votes_for_the_voices_that_one_carries_and_for_no_other(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::at_the_door(at, 4, &[Way::Secret]).await;
    let [from, other, holder, stranger] = hall.members[..] else { panic!("four members") };
    hall.gives_proxy(from, holder).await;
    hall.gives_proxy(other, holder).await;
    for member in [hall.idris, hall.hugo, holder, stranger] {
        hall.signs_in(member).await.unwrap();
    }
    hall.opens().await.unwrap();
    hall.opens_vote(0).await.unwrap();
    assert_eq!(hall.casts(stranger, 0, &[from], &FOR).await.unwrap_err(), [AssemblyMistake::NotYourVoice]);
    assert_eq!(hall.casts(from, 0, &[from], &FOR).await.unwrap_err(), [AssemblyMistake::NotSignedIn]);
    // All of them, or none.
    assert_eq!(hall.casts(holder, 0, &[holder, stranger], &FOR).await.unwrap_err(), [AssemblyMistake::NotYourVoice]);
    assert_eq!(hall.count(CAST).await, 0);
    let codes = hall.casts(holder, 0, &[holder, from], &FOR).await.unwrap();
    assert_eq!(codes.len(), 2);
    assert_eq!(hall.casts(holder, 0, &[from, other], &FOR).await.unwrap_err(), [AssemblyMistake::AlreadyVoted]);
    hall.casts(holder, 0, &[other], &AGAINST).await.unwrap();
    hall.closes_vote(0).await.unwrap();
    let published = assembly::published(hall.backend(), stranger, hall.resolutions[0]).await.unwrap();
    let listed: BTreeSet<String> = published.ballots.iter().map(|(id, _)| code_of(*id)).collect();
    assert!(codes.iter().all(|(_, ballot)| listed.contains(&code_of(*ballot))), "each voter finds theirs");
    assert!(published.is_right());
    assert_eq!(published.recounted.total(), Tally::Resolution { yes: 2, no: 1, abstain: 0 });
}

#[sqlx::test(migrations = false)]
async fn whoever_leaves_does_not_vote_for_anybody_any_more(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::sitting(at, 3, &[Way::Secret]).await;
    hall.opens_vote(0).await.unwrap();
    let voter = hall.members[0];
    let (left, voted) = tokio::join!(hall.leaves(voter), hall.votes(voter, 0, Choice::For));
    left.unwrap();
    match voted {
        Ok(_) => assert_eq!(hall.count(CAST).await, 1),
        Err(mistakes) => assert_eq!(mistakes, [AssemblyMistake::NotSignedIn]),
    }
    let again = hall.votes(voter, 0, Choice::For).await.unwrap_err();
    assert_eq!(again, [AssemblyMistake::NotSignedIn]);
}

#[sqlx::test(migrations = false)]
async fn a_paper_ballot_and_the_app_are_one_vote(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::sitting(at, 6, &[Way::Secret]).await;
    hall.opens_vote(0).await.unwrap();
    let mut papers = 0;
    for voter in hall.members.clone() {
        let of = (hall.resolutions[0], Guest::Listed(voter));
        let handed = assembly::hand_out(hall.backend(), hall.solene, hall.form(), hall.id, of);
        let (handed, voted) = tokio::join!(handed, hall.votes(voter, 0, Choice::For));
        match (handed.unwrap(), voted) {
            (Ok(()), Err(mistakes)) => {
                assert_eq!(mistakes, [AssemblyMistake::OnPaper]);
                papers += 1;
            }
            (Err(mistakes), Ok(_)) => assert_eq!(mistakes, [AssemblyMistake::AlreadyVoted]),
            both => panic!("{both:?}"),
        }
    }
    // One more, so that there is something to count on paper.
    let of = (hall.resolutions[0], Guest::Listed(hall.margaux));
    assembly::hand_out(hall.backend(), hall.hugo, hall.form(), hall.id, of).await.unwrap().unwrap();
    papers += 1;
    assert_eq!(hall.count(CAST).await, 7);
    hall.closes_vote(0).await.unwrap();
    assert!(matches!(hall.seen().await.resolutions[0].voting, Voting::Counting { .. }), "paper is counted by its tellers");
    assert_eq!(hall.proclaims(0).await.unwrap_err(), [AssemblyMistake::CountsMissing { least: 2 }]);
    let too_many = Tally::Resolution { yes: papers + 1, no: 0, abstain: 0 };
    hall.both_count(0, &too_many).await;
    assert_eq!(hall.proclaims(0).await.unwrap_err(), [AssemblyMistake::MoreThanVoices { voices: papers, said: papers + 1 }]);
    let right = Tally::Resolution { yes: 0, no: papers, abstain: 0 };
    hall.says(hall.hugo, 0, Said::Count(right.clone())).await.unwrap();
    assert_eq!(hall.proclaims(0).await.unwrap_err(), [AssemblyMistake::CountsDiffer]);
    hall.says(hall.solene, 0, Said::Count(right)).await.unwrap();
    hall.proclaims(0).await.unwrap();
    let known = hall.seen().await.resolutions[0].clone().result.unwrap();
    let channels: Vec<Channel> = known.channels.iter().map(|of| of.channel).collect();
    assert_eq!(channels, [Channel::App, Channel::Paper]);
    assert_eq!(known.total(), Tally::Resolution { yes: 7 - papers, no: papers, abstain: 0 });
    assert_invariants(&hall.coop).await;
}

#[sqlx::test(migrations = false)]
async fn raised_hands_are_what_two_tellers_count_alike(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::sitting(at, 3, &[Way::Hands, Way::Secret]).await;
    let of = |yes, no| Tally::Resolution { yes, no, abstain: 0 };
    assert_eq!(hall.says(hall.hugo, 0, Said::Count(of(1, 0))).await.unwrap_err(), [AssemblyMistake::NothingToCount]);
    hall.opens_vote(0).await.unwrap();
    assert_eq!(hall.opens_vote(1).await.unwrap_err(), [AssemblyMistake::OtherVote]);
    assert_eq!(hall.votes(hall.members[0], 0, Choice::For).await.unwrap_err(), [AssemblyMistake::ByHands]);
    hall.says(hall.hugo, 0, Said::Count(of(5, 2))).await.unwrap();
    hall.says(hall.solene, 0, Said::Count(of(6, 2))).await.unwrap();
    hall.closes_vote(0).await.unwrap();
    assert_eq!(hall.proclaims(0).await.unwrap_err(), [AssemblyMistake::CountsDiffer]);
    assert_eq!(hall.closes().await.unwrap_err(), [AssemblyMistake::VoteUnsettled]);
    hall.both_count(0, &of(9, 0)).await;
    assert_eq!(hall.proclaims(0).await.unwrap_err(), [AssemblyMistake::MoreThanVoices { voices: 8, said: 9 }]);
    hall.both_count(0, &of(6, 2)).await;
    hall.proclaims(0).await.unwrap();
    assert_eq!(hall.seen().await.resolutions[0].result.clone().unwrap().verdict, Verdict::Adopted);
    assert_eq!(hall.opens_vote(0).await.unwrap_err(), [AssemblyMistake::VoteBegun]);
    hall.closes().await.unwrap();
    assert!(matches!(hall.opens_vote(1).await.unwrap_err()[..], [AssemblyMistake::Over { .. }]));
}

#[sqlx::test(migrations = false)]
async fn raised_hands_hold_though_people_left_since_and_the_count_of_whoever_is_no_teller_any_more_does_not(
    _: PgPoolOptions,
    at: PgConnectOptions,
) {
    let hall = Hall::sitting(at, 3, &[Way::Hands]).await;
    let of = |yes, no| Tally::Resolution { yes, no, abstain: 0 };
    hall.opens_vote(0).await.unwrap();
    hall.says(hall.hugo, 0, Said::Count(of(5, 2))).await.unwrap();
    hall.says(hall.solene, 0, Said::Count(of(6, 2))).await.unwrap();
    hall.closes_vote(0).await.unwrap();
    hall.leaves(hall.members[0]).await.unwrap();
    assert_eq!(hall.proclaims(0).await.unwrap_err(), [AssemblyMistake::CountsDiffer]);
    // Hugo had to go.
    let tellers = BTreeSet::from([hall.solene, hall.members[1]]);
    let roles = WrittenRoles { chair: Some(hall.idris), secretary: Some(hall.lea), tellers };
    assembly::set_roles(hall.backend(), hall.lea, hall.form(), hall.id, &roles).await.unwrap().unwrap();
    assert_eq!(hall.proclaims(0).await.unwrap_err(), [AssemblyMistake::CountsMissing { least: 2 }]);
    hall.says(hall.members[1], 0, Said::Count(of(6, 2))).await.unwrap();
    hall.proclaims(0).await.unwrap();
    assert_eq!(hall.seen().await.resolutions[0].result.clone().unwrap().total(), of(6, 2));
}

#[sqlx::test(migrations = false)]
async fn whoever_leaves_the_co_op_is_at_no_assembly_and_the_voices_they_carry_come_back(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::at_the_door(at, 3, &[Way::Secret]).await;
    let [from, holder, other] = hall.members[..] else { panic!("three members") };
    hall.gives_proxy(from, holder).await;
    for member in [hall.idris, hall.hugo, holder, other] {
        hall.signs_in(member).await.unwrap();
    }
    hall.opens().await.unwrap();
    hall.opens_vote(0).await.unwrap();
    let (on, origin) = (paris_day(hall.coop.now()), "https://alpar.example");
    register::leave(hall.backend(), hall.margaux, hall.form(), holder, (on, "déménage"), origin).await.unwrap().unwrap();
    let theirs = std::collections::BTreeMap::from([(from, FOR)]);
    assert!(matches!(assembly::cast(hall.backend(), holder, hall.resolutions[0], &theirs).await, Err(Error::NotAllowed)));
    assert_eq!(hall.signs_in(holder).await.unwrap_err(), [AssemblyMistake::UnknownNumber]);
    assert!(hall.coop.told(from).await.contains(&"proxy_ended".to_owned()));
    let attendance = hall.seen().await.attendance;
    assert_eq!((attendance.called, attendance.present, attendance.represented), (7, 3, 0));
    // Nobody carries it any more: whoever comes late votes for themselves.
    hall.signs_in(from).await.unwrap();
    hall.votes(from, 0, Choice::For).await.unwrap();
    assert_invariants(&hall.coop).await;
}

#[sqlx::test(migrations = false)]
async fn the_last_seat_between_equals_is_drawn_by_two_tellers(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::sitting(at, 4, &[Way::Election { seats: 2 }]).await;
    assert_eq!(hall.opens_vote(0).await.unwrap_err(), [AssemblyMistake::NoCandidates]);
    for member in [hall.members[0], hall.members[1], hall.members[2], hall.hugo] {
        assembly::stand_for(hall.backend(), hall.lea, hall.form(), hall.id, member, true).await.unwrap().unwrap();
    }
    assembly::stand_for(hall.backend(), hall.lea, hall.form(), hall.id, hall.hugo, false).await.unwrap().unwrap();
    hall.opens_vote(0).await.unwrap();
    let late = assembly::stand_for(hall.backend(), hall.lea, hall.form(), hall.id, hall.members[3], true).await.unwrap();
    assert_eq!(late.unwrap_err(), [AssemblyMistake::VoteBegun]);
    let names = |of: &[usize]| Ballot::Names(of.iter().map(|at| hall.members[*at]).collect());
    let three = names(&[0, 1, 2]);
    assert_eq!(
        hall.casts(hall.members[3], 0, &[hall.members[3]], &three).await.unwrap_err(),
        [AssemblyMistake::TooManyNames { most: 2 }]
    );
    let stranger = Ballot::Names(vec![hall.hugo]);
    assert_eq!(
        hall.casts(hall.members[3], 0, &[hall.members[3]], &stranger).await.unwrap_err(),
        [AssemblyMistake::UnknownCandidate]
    );
    for (at, of) in [(0, names(&[0, 1])), (1, names(&[0, 2])), (2, names(&[])), (3, names(&[0]))] {
        hall.casts(hall.members[at], 0, &[hall.members[at]], &of).await.unwrap();
    }
    hall.closes_vote(0).await.unwrap();
    assert_eq!(hall.closes().await.unwrap_err(), [AssemblyMistake::VoteUnsettled]);
    let drawn = |who: MemberId| Said::Draw(Draw { names: vec![who], why: "Deux papiers, devant tous".into() });
    hall.says(hall.hugo, 0, drawn(hall.members[2])).await.unwrap();
    hall.says(hall.solene, 0, drawn(hall.members[1])).await.unwrap();
    assert!(!hall.seen().await.resolutions[0].result.clone().unwrap().verdict.is_settled(), "they saw different things");
    hall.says(hall.solene, 0, drawn(hall.members[2])).await.unwrap();
    let known = hall.seen().await.resolutions[0].result.clone().unwrap();
    assert_eq!(known.verdict.elected().0, [hall.members[0], hall.members[2]]);
    hall.closes().await.unwrap();
}

// — the secret —

/// Columns of a table, by name.
async fn columns(hall: &Hall, table: &str) -> Vec<String> {
    sqlx::query_scalar(
        "select column_name::text from information_schema.columns where table_schema = 'public' and table_name = $1 order by 1",
    )
    .bind(table)
    .fetch_all(&hall.backend().pool)
    .await
    .unwrap()
}

#[sqlx::test(migrations = false)]
async fn no_row_leads_from_a_ballot_to_anybody(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::sitting(at, 9, &[Way::Secret]).await;
    assert_eq!(columns(&hall, "ballot").await, ["ballot", "ballot_id", "resolution_id"]);
    assert_eq!(columns(&hall, "vote_cast").await, ["by_member", "channel", "resolution_id", "voice"]);
    let keys = "select count(*) from pg_constraint where contype = 'f' and (conrelid = 'ballot'::regclass and confrelid <> 'resolution'::regclass
        or confrelid = 'ballot'::regclass)";
    assert_eq!(hall.count(keys).await, 0, "nothing refers to a ballot, and a ballot to nobody");
    hall.opens_vote(0).await.unwrap();
    let acts = hall.count("select count(*) from assembly_act").await;
    let mut codes = Vec::new();
    for (place, voter) in hall.members.iter().enumerate() {
        let choice = Choice::ALL[place % 3];
        codes.extend(hall.votes(*voter, 0, choice).await.unwrap());
        // Each time, all of them are written anew by the one transaction, in the order of their ids, whoever came last.
        assert_eq!(hall.count("select count(distinct xmin::text) from ballot").await, 1);
        let lying: Vec<uuid::Uuid> =
            sqlx::query_scalar("select ballot_id from ballot order by ctid").fetch_all(&hall.backend().pool).await.unwrap();
        assert!(lying.is_sorted(), "rows lie in the order of their ids");
    }
    assert_eq!(hall.count("select count(*) from assembly_act").await, acts, "no vote is noted among the acts");
    // No id of a ballot stands anywhere else, in whatever column.
    let tables: Vec<String> =
        sqlx::query_scalar("select tablename::text from pg_tables where schemaname = 'public' and tablename <> 'ballot'")
            .fetch_all(&hall.backend().pool)
            .await
            .unwrap();
    for table in tables {
        let everything: String =
            sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select coalesce(string_agg(t::text, ' '), '') from \"{table}\" t")))
                .fetch_one(&hall.backend().pool)
                .await
                .unwrap();
        for (_, ballot) in &codes {
            assert!(!everything.contains(&ballot.to_string()), "{table} knows a ballot");
        }
    }
}

#[sqlx::test(migrations = false)]
async fn nothing_of_a_vote_shows_before_it_is_closed(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = Hall::sitting(at, 2, &[Way::Secret]).await;
    hall.opens_vote(0).await.unwrap();
    hall.votes(hall.members[0], 0, Choice::For).await.unwrap();
    let (backend, resolution) = (hall.backend(), hall.resolutions[0]);
    assert!(matches!(assembly::published(backend, hall.members[0], resolution).await, Err(Error::NotFound)));
    assert!(hall.seen().await.resolutions[0].result.is_none());
    let poll = assembly::poll(backend, hall.hugo, resolution).await.unwrap();
    let known = poll.resolution().unwrap();
    assert_eq!((known.cast.app, known.cast.paper), (1, 0), "how many, never what");
    let mine = assembly::vote(backend, hall.members[0], resolution).await.unwrap();
    assert_eq!(mine.voices[0].cast, Some(Channel::App));
    assert!(matches!(assembly::poll(backend, hall.members[0], resolution).await, Err(Error::NotAllowed)));
    hall.coop.sql(&format!("update member set left_on = '2026-12-20' where member_id = '{}'", hall.members[1])).await;
    let choice = std::collections::BTreeMap::from([(hall.members[1], FOR)]);
    assert!(matches!(assembly::cast(backend, hall.members[1], resolution, &choice).await, Err(Error::NotAllowed)));
}
