//! Working groups on real PostgreSQL: how one comes in and goes, who answers for them, what comes and vanishes with that.

mod coop;

use backend::error::Error;
use backend::{event, groups};
use coop::Coop;
use domain::command::Command;
use domain::event::Scope;
use domain::groups::{Mistake, Written, WrittenMinutes};
use domain::id::{GroupId, JoiningId, MemberId, MinutesId};
use domain::outcome::Outcome;
use domain::procedures::Fields;
use domain::reason::Reason;
use domain::time::paris_day;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

/// Vie sociale: Théo answers for it, Léa belongs to it; Nour and Hugo do not. Inès answers for Communication.
struct Social {
    coop: Coop,
    group: GroupId,
    other: GroupId,
    theo: MemberId,
    lea: MemberId,
    nour: MemberId,
    hugo: MemberId,
    ines: MemberId,
}

impl Social {
    async fn new(at: PgConnectOptions) -> Social {
        let coop = Coop::new(at).await;
        let theo = coop.organiser().await;
        let (lea, nour, hugo) = (coop.member("Léa").await, coop.member("Nour").await, coop.member("Hugo").await);
        let ines = coop.member("Inès").await;
        coop.in_group(lea, "vie-sociale").await;
        coop.in_group(ines, "communication").await;
        let (group, other) = (coop.group("vie-sociale").await, coop.group("communication").await);
        let social = Social { coop, group, other, theo, lea, nour, hugo, ines };
        social.answers_for(theo).await;
        social.answers_for(ines).await;
        social
    }

    async fn answers_for(&self, member: MemberId) {
        self.coop.sql(&format!("update group_member set referent = true where member_id = '{member}'")).await;
    }

    async fn asks(&self, who: MemberId, word: &str) -> JoiningId {
        let joining = JoiningId(self.coop.id());
        self.coop.does(who, Command::AskToJoin { joining, group: self.group, word: word.into() }).await;
        joining
    }

    async fn belongs(&self, who: MemberId) -> bool {
        let sql = format!("select count(*) from group_member where group_id = '{}' and member_id = '{who}'", self.group);
        self.coop.count(&sql).await == 1
    }

    async fn referents(&self) -> i64 {
        self.coop.count(&format!("select count(*) from group_member where group_id = '{}' and referent", self.group)).await
    }

    async fn mark(&self) -> i64 {
        self.coop.count("select sum(mark)::bigint from change_mark where slice = 'groups'").await
    }
}

fn answer(joining: JoiningId, accepted: bool, word: &str) -> Command {
    Command::AnswerJoining { joining, accepted, word: word.into() }
}

fn fields(typed: &[(&str, &str)]) -> Fields {
    Fields(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

fn page(role: &str, text: &str, call: &str) -> Written {
    Written::read(&fields(&[("role", role), ("page", text), ("appel", call)])).unwrap()
}

#[sqlx::test(migrations = false)]
async fn what_comes_with_a_group_comes_and_vanishes_with_it_at_once(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let Social { coop, group, theo, nour, .. } = &social;
    let joining = social.asks(*nour, "J’aime les soupes").await;
    assert_eq!(coop.told(*theo).await, ["join_asked"]);
    let waits = coop.me(*theo).await.admits;
    assert_eq!((waits.len(), waits[0].joining.id, waits[0].joining.word.as_str()), (1, joining, "J’aime les soupes"));
    assert_eq!(coop.me(*nour).await.joinings.len(), 1);
    assert!(coop.me(*nour).await.organises.is_empty());

    let before = social.mark().await;
    coop.does(*theo, answer(joining, true, "Bienvenue")).await;
    assert!(social.mark().await > before, "every device is told that the groups show something else");
    assert_eq!(coop.told(*nour).await, ["join_answered"]);
    let me = coop.me(*nour).await;
    assert!(me.organises.contains(group) && me.groups.contains(group), "{me:?}");
    assert!(coop.me(*theo).await.admits.is_empty());
    let supper = coop.draft(*nour, &coop.supper("Soupe", 9, "12")).await;

    coop.does(*nour, Command::LeaveGroup { group: *group }).await;
    let me = coop.me(*nour).await;
    assert!(me.organises.is_empty() && !me.groups.contains(group));
    let mut told = coop.told(*theo).await;
    told.sort();
    assert_eq!(told, ["group_left", "join_asked"]);
    // Into a form that was open already, too.
    let published = event::publish(&coop.backend, *nour, supper, coop.id(), Scope::This, None).await;
    assert!(matches!(published, Err(Error::NotAllowed)), "{published:?}");
    assert_eq!(coop.count("select count(*) from event where state ? 'published'").await, 0);
}

#[sqlx::test(migrations = false)]
async fn of_two_answers_at_once_one_counts(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let Social { coop, theo, lea, nour, .. } = &social;
    social.answers_for(*lea).await;
    for (first, second) in [(true, true), (true, false)] {
        let joining = social.asks(*nour, "").await;
        let (a, b) = tokio::join!(
            coop.act(*theo, answer(joining, first, "Oui")),
            coop.act(*lea, answer(joining, second, "Pas cette fois"))
        );
        let applied = [&a, &b].iter().filter(|outcome| outcome.is_applied()).count();
        assert_eq!(applied, 1, "{a:?} {b:?}");
        let refused = if a.is_applied() { b } else { a };
        assert_eq!(coop::reason(refused), Reason::JoiningClosed);
        let told = coop.told(*nour).await.iter().filter(|kind| *kind == "join_answered").count();
        let accepted = social.belongs(*nour).await;
        let sql = format!("select count(*) from group_joining where joining_id = '{joining}' and state ? 'accepted'");
        assert_eq!((told, coop.count(&sql).await == 1), (1, accepted));
        coop.sql(&format!("delete from group_member where member_id = '{nour}'; delete from notice where member_id = '{nour}'"))
            .await;
    }
}

#[sqlx::test(migrations = false)]
async fn a_group_never_has_a_third_referent(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let Social { coop, group, theo, lea, nour, .. } = &social;
    coop.in_group(*nour, "vie-sociale").await;
    let named = |member: MemberId| Command::SetReferent { group: *group, member, on: true };
    let (a, b) = tokio::join!(coop.act(*theo, named(*lea)), coop.act(*theo, named(*nour)));
    assert_eq!([&a, &b].iter().filter(|outcome| outcome.is_applied()).count(), 1, "{a:?} {b:?}");
    let refused = if a.is_applied() { b } else { a };
    let Reason::EnoughReferents { referents } = coop::reason(refused) else { panic!("another reason") };
    assert_eq!(referents.len(), 2);
    assert_eq!(social.referents().await, 2);
    // Each ends it for themselves.
    let second = if a_referent(&social, *lea).await { *lea } else { *nour };
    let ends = |member: MemberId| Command::SetReferent { group: *group, member, on: false };
    assert!(matches!(coop.refused(*theo, ends(second)).await, Reason::StepsDownAlone { .. }));
    coop.does(second, ends(second)).await;
    assert_eq!(social.referents().await, 1);
}

async fn a_referent(social: &Social, who: MemberId) -> bool {
    social.coop.count(&format!("select count(*) from group_member where member_id = '{who}' and referent")).await == 1
}

#[sqlx::test(migrations = false)]
async fn once_the_last_referent_has_gone_one_is_wanted_and_the_members_answer(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let Social { coop, group, theo, lea, nour, .. } = &social;
    assert!(coop.me(*lea).await.runs.is_empty());
    let joining = social.asks(*nour, "").await;
    assert!(matches!(coop.refused(*lea, answer(joining, true, "")).await, Reason::NotYourGroupToRun { .. }));
    coop.does(*theo, Command::LeaveGroup { group: *group }).await;
    assert_eq!(coop.told(*lea).await, ["referent_wanted"]);
    let me = coop.me(*lea).await;
    assert_eq!((me.runs.contains(group), me.admits.len()), (true, 1));
    coop.does(*lea, answer(joining, true, "")).await;
    // A member in a group without referents may become one.
    coop.does(*lea, Command::SetReferent { group: *group, member: *lea, on: true }).await;
    assert_eq!(social.referents().await, 1);
    // And with that, the others no longer answer.
    assert!(coop.me(*nour).await.runs.is_empty());
}

#[sqlx::test(migrations = false)]
async fn an_invitation_is_answered_by_whoever_is_invited(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let Social { coop, group, theo, nour, hugo, .. } = &social;
    let invites = |member: MemberId| Command::InviteToGroup {
        joining: JoiningId(coop.id()),
        group: *group,
        member,
        word: "Tu sais chanter".into(),
    };
    coop.does(*theo, invites(*nour)).await;
    assert_eq!(coop.told(*nour).await, ["group_invited"]);
    assert!(matches!(coop.refused(*theo, invites(*nour)).await, Reason::AlreadyAskedToJoin { .. }));
    let joining = coop.me(*nour).await.joinings[0].id;
    assert_eq!(coop.refused(*hugo, answer(joining, true, "")).await, Reason::UnknownJoining);
    coop.does(*nour, answer(joining, false, "")).await;
    assert_eq!(coop.told(*theo).await, ["join_answered"]);
    assert!(!social.belongs(*nour).await);
    // Whoever had been invited and asks, both want it: there is nothing to answer.
    coop.does(*theo, invites(*hugo)).await;
    social.asks(*hugo, "").await;
    assert!(social.belongs(*hugo).await);
    assert!(matches!(coop.refused(*theo, invites(*hugo)).await, Reason::AlreadyInGroup { .. }));
    // Asked for and withdrawn, it is over.
    coop.does(*theo, invites(*nour)).await;
    let again = coop.me(*nour).await.joinings.iter().find(|known| known.is_pending()).unwrap().id;
    coop.does(*theo, Command::WithdrawJoining { joining: again }).await;
    assert_eq!(coop.refused(*nour, answer(again, true, "")).await, Reason::JoiningClosed);
}

#[sqlx::test(migrations = false)]
async fn two_requests_of_one_member_at_once_are_one(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let Social { coop, group, theo, nour, .. } = &social;
    let ask = || Command::AskToJoin { joining: JoiningId(coop.id()), group: *group, word: String::new() };
    let outcomes: [Outcome; 2] = tokio::join!(coop.act(*nour, ask()), coop.act(*nour, ask())).into();
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_applied()).count(), 1, "{outcomes:?}");
    assert_eq!(coop.told(*theo).await.len(), 1);
}

#[sqlx::test(migrations = false)]
async fn a_group_is_kept_by_those_who_run_it_and_by_nobody_else(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let Social { coop, group, other, theo, lea, nour, ines, .. } = &social;
    let written = page("Faire la fête", "**Le jeudi**, <script>x</script>", "On cherche un accordéon");
    for (who, whose) in [(lea, group), (nour, group), (ines, group), (theo, other)] {
        let kept = groups::set_page(&coop.backend, *who, *whose, coop.id(), 1, &written).await;
        assert!(matches!(kept, Err(Error::NotAllowed)), "{kept:?}");
    }
    let form = coop.id();
    for _ in 0..2 {
        groups::set_page(&coop.backend, *theo, *group, form, 1, &written).await.unwrap().unwrap();
    }
    let stale = groups::set_page(&coop.backend, *theo, *group, coop.id(), 1, &written).await.unwrap();
    assert_eq!(stale, Err(vec![Mistake::Stale { revision: 2 }]));
    let snapshot = backend::snapshots::groups(&coop.backend).await.unwrap();
    let shown = snapshot.group(*group).unwrap();
    assert_eq!((shown.role.as_str(), shown.call.as_ref().unwrap().text.as_str()), ("Faire la fête", "On cherche un accordéon"));
    assert!(shown.page.contains("<strong>Le jeudi</strong>") && !shown.page.contains("<script"), "{}", shown.page);
    // The employee runs every group; whoever stopped being a referent, none.
    coop.sql(&format!("update member set employee = true where member_id = '{nour}'")).await;
    groups::set_page(&coop.backend, *nour, *group, coop.id(), 2, &written).await.unwrap().unwrap();
    coop.does(*theo, Command::LeaveGroup { group: *group }).await;
    let kept = groups::set_page(&coop.backend, *theo, *group, coop.id(), 3, &written).await;
    assert!(matches!(kept, Err(Error::NotAllowed)), "{kept:?}");
    let seen = groups::in_hand(&coop.backend, *nour, *group).await.unwrap();
    let mut done: Vec<&str> = seen.history.iter().map(|past| past.what.as_str()).collect();
    done.sort_unstable();
    assert_eq!(done, ["page", "page", "quitter"]);
}

#[sqlx::test(migrations = false)]
async fn minutes_are_of_a_meeting_of_the_group_or_of_none(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let Social { coop, group, other, theo, ines, .. } = &social;
    let meeting = coop.announces(*theo, &coop.supper("Réunion", 2, "")).await;
    coop.turns(coop.now() + chrono::Duration::days(3));
    let today = paris_day(coop.now());
    let typed = |title: &str, of: &str| {
        let on = today.to_string();
        let typed = fields(&[("title", title), ("jour", &on), ("text", "- on garde **douze** places"), ("reunion", of)]);
        WrittenMinutes::read(&typed, today).unwrap()
    };
    let theirs = groups::write_minutes(&coop.backend, *ines, *other, coop.id(), &typed("Chez nous", &meeting.to_string())).await;
    assert_eq!(theirs.unwrap(), Err(vec![Mistake::OtherMeeting]));
    let form = coop.id();
    for _ in 0..2 {
        let written = typed("Réunion", &meeting.to_string());
        groups::write_minutes(&coop.backend, *theo, *group, form, &written).await.unwrap().unwrap();
    }
    let id = MinutesId(form);
    let edited = typed("Réunion de rentrée", "");
    groups::edit_minutes(&coop.backend, *theo, *group, coop.id(), (id, 1), &edited).await.unwrap().unwrap();
    let stale = groups::edit_minutes(&coop.backend, *theo, *group, coop.id(), (id, 1), &edited).await.unwrap();
    assert_eq!(stale, Err(vec![Mistake::Stale { revision: 2 }]));
    let elsewhere = groups::edit_minutes(&coop.backend, *ines, *other, coop.id(), (id, 2), &edited).await;
    assert!(matches!(elsewhere, Err(Error::NotFound)), "{elsewhere:?}");
    let snapshot = backend::snapshots::groups(&coop.backend).await.unwrap();
    let minutes = &snapshot.group(*group).unwrap().minutes;
    assert_eq!((minutes.len(), minutes[0].title.as_str(), minutes[0].event), (1, "Réunion de rentrée", None));
    assert!(minutes[0].html.contains("<strong>douze</strong>"));
}

#[sqlx::test(migrations = false)]
async fn whoever_is_taken_out_reads_why_and_loses_it_all(_: PgPoolOptions, at: PgConnectOptions) {
    let social = Social::new(at).await;
    let Social { coop, group, theo, lea, nour, .. } = &social;
    let removes = |member: MemberId, word: &str| Command::RemoveFromGroup { group: *group, member, word: word.into() };
    assert_eq!(coop.refused(*theo, removes(*lea, "")).await, Reason::WhyMissing);
    assert!(matches!(coop.refused(*lea, removes(*theo, "Non")).await, Reason::NotYourGroupToRun { .. }));
    assert!(matches!(coop.refused(*theo, removes(*nour, "Non")).await, Reason::NotInGroup { .. }));
    assert!(matches!(coop.refused(*theo, removes(*theo, "Moi")).await, Reason::IsReferent { .. }));
    coop.does(*theo, removes(*lea, "Plus de nouvelles depuis juin")).await;
    assert_eq!(coop.told(*lea).await, ["removed_from_group"]);
    assert!(coop.me(*lea).await.organises.is_empty());
    let told = coop.count("select count(*) from notice where notice->>'word' like 'Plus de nouvelles%'").await;
    assert_eq!(told, 1);
}
