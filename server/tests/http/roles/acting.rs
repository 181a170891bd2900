//! Whoever tries something, what they try, and what came of it.

use std::cell::Cell;

use domain::command::Command;
use domain::id::{GroupId, MemberId, SeatId, ShiftId};
use uuid::Uuid;

use crate::coop::Coop;
use crate::house::{Device, House, Told, get, post};

/// The working groups that have rights of their own, by their names in addresses.
pub const SLUGS: [&str; 7] =
    ["approvisionnement", "vie-sociale", "distribution", "association", "communication", "animation", "administratif"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A member like others.
    Outside,
    /// Belongs to one of the seven working groups, and does not answer for it.
    OfSupply,
    OfSocial,
    OfDistribution,
    OfAssociation,
    OfCommunication,
    OfAnimation,
    /// Of Administratif et financier.
    Office,
    /// Belongs to the group that it is about, and does not answer for it.
    Belongs,
    Referent,
    /// A referent, of another group.
    OfAnotherGroup,
    /// Belonged to the group and to each of the seven, and has left all of them.
    Former,
    Committee,
    /// Sat on the committee until yesterday.
    Lapsed,
    /// May lead a shift, and leads none here.
    Lead,
    Employee,
    /// Stands in for the employee, who is away.
    StandsIn,
    /// Has left the co-op; their device is still there.
    Left,
    /// Signed this device out.
    SignedOut,
}

use Role::*;

impl Role {
    fn slug(self) -> Option<&'static str> {
        Some(match self {
            OfSupply => "approvisionnement",
            OfSocial => "vie-sociale",
            OfDistribution => "distribution",
            OfAssociation => "association",
            OfCommunication => "communication",
            OfAnimation => "animation",
            Office => "administratif",
            _ => return None,
        })
    }
}

pub enum Attempt {
    Command(Command),
    /// In the name of somebody else.
    For(MemberId, Command),
    Form(String, Vec<(String, String)>),
    /// The same of an act that cannot be done here: whoever may is told what is wrong with it.
    Asked(String, Vec<(String, String)>),
    /// Bytes of this type.
    Sent(String, &'static str, Vec<u8>),
    Page(String),
}

/// The form of an act.
pub fn form(to: &str, act: &str, fields: &[(&str, String)]) -> Attempt {
    let typed = fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    Attempt::Form(to.to_owned(), [("geste".to_owned(), act.to_owned())].into_iter().chain(typed).collect())
}

/// The form of an act that cannot be done here.
pub fn ask(to: &str, act: &str, fields: &[(&str, String)]) -> Attempt {
    match form(to, act, fields) {
        Attempt::Form(to, fields) => Attempt::Asked(to, fields),
        other => other,
    }
}

/// Somebody in a role, beside a working group of its own.
pub struct Actor<'h> {
    pub house: &'h House,
    pub role: Role,
    pub device: Device,
    pub group: GroupId,
    pub slug: String,
    /// Answers for the group, where it is not the actor.
    pub keeper: MemberId,
    /// Belongs to the group, and does not answer for it.
    pub beside: MemberId,
    slots: &'h Cell<u64>,
}

impl Actor<'_> {
    pub fn coop(&self) -> &Coop {
        &self.house.coop
    }

    pub fn me(&self) -> MemberId {
        self.device.member
    }

    pub fn id(&self) -> Uuid {
        self.coop().id()
    }

    /// A member like others.
    pub async fn somebody(&self) -> MemberId {
        self.coop().member("Karim").await
    }

    /// A number that nothing else here has.
    pub fn next(&self) -> u64 {
        let slot = self.slots.get();
        self.slots.set(slot + 1);
        slot
    }

    /// A shift of its own, late enough for everything: no two of one person are on the same day.
    pub async fn shift(&self, seats: usize) -> ShiftId {
        let slot = self.next();
        self.coop().shift(9 + slot % 45, u32::try_from(slot / 45).unwrap(), seats).await
    }

    /// Their seat on such a shift, beside two that are free.
    pub async fn seat_of(&self, member: MemberId) -> SeatId {
        let seat = SeatId::new(self.shift(3).await, 0);
        self.coop().sits(member, seat).await;
        seat
    }

    pub async fn mine(&self) -> SeatId {
        self.seat_of(self.me()).await
    }

    /// The right is over before it is used.
    pub async fn shut_out(&self) {
        let me = self.me();
        match self.role {
            Left => self.coop().sql(&format!("update member set left_on = '2026-12-01' where member_id = '{me}'")).await,
            SignedOut => {
                let at = self.coop().now();
                self.coop().sql(&format!("update session set revoked_at = '{at}' where member_id = '{me}'")).await;
            }
            _ => {}
        }
    }
}

pub async fn actor<'h>(house: &'h House, slots: &'h Cell<u64>, role: Role) -> Actor<'h> {
    let coop = &house.coop;
    let (me, keeper, beside) = (coop.member("Actrice").await, coop.member("Théo").await, coop.member("Léa").await);
    let (group, other) = (GroupId(coop.id()), GroupId(coop.id()));
    let slug = format!("potager-{group}");
    coop.sql(&format!(
        "insert into working_group (group_id, slug, name, role, rank) values
            ('{group}', '{slug}', 'Potager', 'Jardiner', 1), ('{other}', 'autre-{other}', 'Autre', 'Autre chose', 2);
         insert into group_member (group_id, member_id, referent) values ('{group}', '{beside}', false)"
    ))
    .await;
    let belongs = |group: GroupId, who: MemberId, referent: bool| {
        format!("insert into group_member (group_id, member_id, referent) values ('{group}', '{who}', {referent})")
    };
    if role != Referent {
        coop.sql(&belongs(group, keeper, true)).await;
    }
    if let Some(slug) = role.slug() {
        coop.in_group(me, slug).await;
    }
    let sits = |to: &str| {
        let id = coop.id();
        format!("insert into mandate (mandate_id, member_id, from_on, to_on) values ('{id}', '{me}', '2024-06-13', '{to}')")
    };
    match role {
        Belongs => coop.sql(&belongs(group, me, false)).await,
        Referent => coop.sql(&belongs(group, me, true)).await,
        OfAnotherGroup => coop.sql(&belongs(other, me, true)).await,
        Former => {
            coop.sql(&belongs(group, me, true)).await;
            for slug in SLUGS {
                coop.in_group(me, slug).await;
            }
            let belonged: Vec<GroupId> = sqlx::query_scalar("select group_id from group_member where member_id = $1")
                .bind(me)
                .fetch_all(&coop.backend.pool)
                .await
                .unwrap();
            for group in belonged {
                coop.does(me, Command::LeaveGroup { group }).await;
            }
        }
        Committee => coop.sql(&sits("2027-06-12")).await,
        Lapsed => coop.sql(&sits("2026-11-30")).await,
        Lead => coop.knows(me, "animation").await,
        Employee => coop.sql(&format!("update member set employee = true where member_id = '{me}'")).await,
        StandsIn => {
            let away = coop.member("Paul").await;
            coop.sql(&format!(
                "update member set employee = true where member_id = '{away}';
                 insert into absence (absence_id, employee_id, from_on, until_on, deputy_id, by_member, at)
                 values ('{}', '{away}', '2026-11-30', '2026-12-11', '{me}', '{away}', '{}')",
                coop.id(),
                coop.now()
            ))
            .await;
        }
        _ => {}
    }
    let device = house.device_of(me).await;
    Actor { house, role, device, group, slug, keeper, beside, slots }
}

/// Whether it was done. What is neither done nor refused is no answer.
pub async fn tries(actor: &Actor<'_>, name: &str, attempt: Attempt) -> bool {
    let (house, device, role) = (actor.house, &actor.device, actor.role);
    let (told, done) = match attempt {
        Attempt::Command(command) => {
            assert_eq!(name.split(',').next(), Some(command.kind()));
            return answered(house, device, house.on_the_wire(command), name, role).await;
        }
        Attempt::For(member, command) => {
            assert_eq!(name.split(',').next(), Some(command.kind()));
            let mut envelope = house.coop.envelope(command);
            envelope.on_behalf_of = Some(member);
            return answered(house, device, serde_json::to_value(envelope).unwrap(), name, role).await;
        }
        Attempt::Form(to, fields) => (posted(actor, &to, &fields).await, [303, 303, 303]),
        Attempt::Asked(to, fields) => (posted(actor, &to, &fields).await, [200, 303, 422]),
        Attempt::Sent(to, kind, bytes) => (house.send(post(&to).by(device).text(kind, bytes)).await, [200, 204, 303]),
        Attempt::Page(path) => (house.send(get(&path).by(device)).await, [200, 200, 200]),
    };
    let status = told.status.as_u16();
    let to_the_door = status == 303 && told.header("location").starts_with("/connexion");
    let refused = to_the_door || [401, 403, 404, 429].contains(&status);
    assert!(refused || done.contains(&status), "{name} by {role:?}: {status} {}", told.text());
    !refused
}

async fn posted(actor: &Actor<'_>, to: &str, fields: &[(String, String)]) -> Told {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    actor.house.send(post(to).by(&actor.device).form(&fields)).await
}

async fn answered(house: &House, device: &Device, envelope: serde_json::Value, name: &str, role: Role) -> bool {
    let told = house.commands(device, &[envelope]).await;
    if [401, 403, 429].contains(&told.status.as_u16()) {
        return false;
    }
    let outcome = &told.json()["outcomes"][0];
    let (status, code) = (outcome["status"].as_str().unwrap_or_default(), outcome["reason"]["code"].as_str().unwrap_or_default());
    // Refused for who they are, and not for how it was said.
    let is_read = !["not_understood", "id_reused", "app_too_old", "too_old"].contains(&code);
    assert!(["applied", "refused"].contains(&status) && is_read, "{name} by {role:?}: {}", told.text());
    if status == "refused" {
        println!("{name} by {role:?}: {code}");
    }
    status == "applied"
}

/// What there is, but for what is noted of a refusal: of each table, how many rows, and which act wrote the last one.
pub async fn digest(house: &House) -> String {
    let pool = &house.coop.backend.pool;
    let tables: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
            and table_name not in ('command_log', 'session') order by 1",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let of = |table: &String| {
        format!("select '{table} ' || count(*) || ' ' || coalesce(max(xmin::text::bigint), 0) as line from \"{table}\"")
    };
    let each: Vec<String> = tables.iter().map(of).collect();
    let sql = format!("select string_agg(line, ', ' order by line) from ({}) as each", each.join(" union all "));
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_one(pool).await.unwrap()
}
