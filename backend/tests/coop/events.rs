//! Events, as their organisers announce them.

use backend::event;
use chrono::{NaiveDate, NaiveTime};
use domain::command::Command;
use domain::event::{Answer, Events, Gathering, Mistake, Placed, Scope, Terms, Typed, Wanted, WantedList};
use domain::id::{BringItemId, EventId, GroupId, HelperPostId, MemberId};
use domain::time::{Instant, paris_day, paris_instant, plus_days};

use super::Coop;

impl Coop {
    /// Théo, of Vie sociale.
    pub async fn organiser(&self) -> MemberId {
        let organiser = self.member("Théo").await;
        self.in_group(organiser, "vie-sociale").await;
        organiser
    }

    pub async fn group(&self, slug: &str) -> GroupId {
        sqlx::query_scalar("select group_id from working_group where slug = $1")
            .bind(slug)
            .fetch_one(&self.backend.pool)
            .await
            .unwrap()
    }

    /// From 19 h to 22 h, so many days from now; one may bring three people.
    pub fn supper(&self, title: &str, in_days: u64, capacity: &str) -> Terms {
        let on = plus_days(paris_day(self.now()), in_days);
        Terms::read(Typed {
            title,
            text: "On épluche dès **17 h**.",
            place: "À la coop",
            starts: &format!("{on}T19:00"),
            ends: &format!("{on}T22:00"),
            capacity,
            guests: "3",
            children: true,
            ..Typed::default()
        })
        .unwrap()
    }

    pub async fn draft(&self, organiser: MemberId, terms: &Terms) -> EventId {
        let group = self.group("vie-sociale").await;
        event::create(&self.backend, organiser, self.id(), group, terms, None).await.unwrap().unwrap()
    }

    /// Announced to everybody.
    pub async fn announces(&self, organiser: MemberId, terms: &Terms) -> EventId {
        let event = self.draft(organiser, terms).await;
        self.publishes_event(organiser, event, Scope::This).await;
        event
    }

    pub async fn publishes_event(&self, organiser: MemberId, event: EventId, scope: Scope) {
        event::publish(&self.backend, organiser, event, self.id(), scope, None).await.unwrap().unwrap();
    }

    /// What is asked for, by a form that shows all that was asked for until then.
    pub async fn wants(
        &self,
        organiser: MemberId,
        event: EventId,
        scope: Scope,
        items: &[Wanted<BringItemId>],
        posts: &[Wanted<HelperPostId>],
    ) -> Result<(), Vec<Mistake>> {
        let known = self.gathering(event).await;
        let items = WantedList { lines: items.to_vec(), shown: known.items.iter().map(|item| item.id).collect() };
        let posts = WantedList { lines: posts.to_vec(), shown: known.posts.iter().map(|post| post.id).collect() };
        event::set_wanted(&self.backend, organiser, event, self.id(), scope, &items, &posts).await.unwrap()
    }

    pub async fn answers(&self, member: MemberId, event: EventId, answer: Answer, guests: u8) -> Placed {
        self.does(member, answers(event, answer, guests)).await.answered.expect("an answer says where it stands")
    }

    /// The event with everybody who answered.
    pub async fn gathering(&self, event: EventId) -> Gathering {
        let mut conn = self.backend.pool.acquire().await.unwrap();
        event::find(&mut conn, &[event]).await.unwrap().pop().expect("it is there")
    }

    pub async fn events(&self) -> Events {
        backend::snapshots::events(&self.backend).await.unwrap()
    }

    pub async fn me(&self, member: MemberId) -> domain::me::Me {
        backend::snapshots::me(&self.backend, member).await.unwrap()
    }

    /// It is that time now.
    pub fn turns(&self, at: Instant) {
        self.backend.clock.set(at);
    }

    /// What must be true of an event, whatever happened: seats within the capacity, and as many as are noted; a line without a
    /// gap and without anybody twice.
    pub async fn assert_event_is_sound(&self, event: EventId) {
        let known = self.gathering(event).await;
        let seated = known.seated();
        assert!(known.event.terms.capacity.is_none_or(|capacity| seated <= capacity), "{seated} people");
        // Both in one statement: somebody may answer between two.
        let wrong = format!(
            "select count(*) from event e where event_id = '{event}' and seated <> (select coalesce(sum(1 + guests), 0)
                from event_party p where p.event_id = e.event_id and standing = 'seated')"
        );
        assert_eq!(self.count(&wrong).await, 0, "another number of seats is noted than is taken");
        for (at, party) in known.line().into_iter().enumerate() {
            let place = u16::try_from(at + 1).unwrap();
            assert!(matches!(known.placed(party.who), Some(Placed::Waiting { at, .. }) if at == place));
        }
    }
}

pub fn answers(event: EventId, answer: Answer, guests: u8) -> Command {
    Command::AnswerEvent { event, answer, guests, children: 0, note: String::new(), diet: String::new(), hidden: false }
}

pub fn paris(day: NaiveDate, hour: u32, minute: u32) -> Instant {
    paris_instant(day, NaiveTime::from_hms_opt(hour, minute, 0).unwrap())
}
