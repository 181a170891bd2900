mod coop;
use backend::{Backend, clock::Clock, command, ids};
use domain::command::*;
use domain::id::*;
use domain::outcome::Outcome;
use domain::swaps::Audience;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

#[sqlx::test(migrations = false)]
async fn perf(_: PgPoolOptions, at: PgConnectOptions) {
    let pool = PgPoolOptions::new().max_connections(4).connect_with(at).await.unwrap();
    backend::migrate(&pool).await.unwrap();
    let b = Backend::new(pool.clone(), Clock::standing_at(coop::today()));
    backend::demo::load(&pool, coop::today()).await.unwrap();
    sqlx::query("analyze").execute(&pool).await.unwrap();
    sqlx::query("create extension pg_stat_statements").execute(&pool).await.unwrap();
    sqlx::query("select pg_stat_statements_reset()").execute(&pool).await.unwrap();
    let seats: Vec<(ShiftId, i16, MemberId)> = sqlx::query_as(
        "select shift_id, position, member_id from assignment join shift using (shift_id) join seat using (shift_id, position)
         where starts_at > $1 and seat.skill is null and not lead and not exists (select from offer o where o.state='open' and (o.shift_id,o.position)=(assignment.shift_id,assignment.position)) order by md5(shift_id::text || position) limit 200")
        .bind(coop::today()).fetch_all(&pool).await.unwrap();
    let people: Vec<MemberId> =
        sqlx::query_scalar("select member_id from member order by md5(member_id::text)").fetch_all(&pool).await.unwrap();
    let env = |command| Envelope { id: CommandId(ids::at(b.now())), schema: 1, depends_on: vec![], on_behalf_of: None, command };
    let start = std::time::Instant::now();
    let (mut gave, mut claimed, mut refused) = (0, 0, 0);
    let mut offers = vec![];
    for (s, p, m) in &seats {
        let offer = OfferId(b.ids.uuid());
        match command::perform(
            &b,
            *m,
            &env(Command::GiveSeat { offer, seat: SeatId::new(*s, *p), audience: Audience::Anyone, note: String::new() }),
        )
        .await
        .unwrap()
        {
            Outcome::Applied { .. } => {
                gave += 1;
                offers.push(offer)
            }
            o => println!("{o:?}"),
        }
    }
    println!("give: {gave} in {:?}", start.elapsed());
    show(&pool).await;
    sqlx::query("select pg_stat_statements_reset()").execute(&pool).await.unwrap();
    let start = std::time::Instant::now();
    for (n, offer) in offers.iter().enumerate() {
        match command::perform(
            &b,
            people[n * 2 % people.len()],
            &env(Command::ClaimOffer { offer: *offer, instead_of: None, secret: None }),
        )
        .await
        .unwrap()
        {
            Outcome::Applied { .. } => claimed += 1,
            Outcome::Refused { .. } => refused += 1,
        }
    }
    println!("claim: {claimed} refused {refused} in {:?}", start.elapsed());
    show(&pool).await;
    sqlx::query("select pg_stat_statements_reset()").execute(&pool).await.unwrap();
    let seats: Vec<(ShiftId, i16, MemberId)> = sqlx::query_as(
        "select shift_id, position, member_id from assignment join shift using (shift_id) join seat using (shift_id, position)
         where starts_at > $1 and not lead and not exists (select from offer o where o.state='open' and (o.shift_id,o.position)=(assignment.shift_id,assignment.position)) order by md5(shift_id::text || position) limit 70")
        .bind(coop::today() + chrono::Duration::days(4)).fetch_all(&pool).await.unwrap();
    let start = std::time::Instant::now();
    let mut closed = 0;
    for (n, (s, p, m)) in seats.iter().enumerate() {
        let offer = OfferId(b.ids.uuid());
        let wishes: Vec<ShiftId> = (1..11).map(|k| seats[(n * 7 + k * 13) % seats.len()].0).filter(|w| w != s).collect();
        match command::perform(
            &b,
            *m,
            &env(Command::ExchangeSeat { offer, seat: SeatId::new(*s, *p), wishes, patterns: vec![], note: String::new() }),
        )
        .await
        .unwrap()
        {
            Outcome::Applied { result } => closed += usize::from(!result.closed_loop.is_empty()),
            o => println!("{o:?}"),
        }
    }
    println!("exchange: {} closed {closed} in {:?}", seats.len(), start.elapsed());
    show(&pool).await;
}
async fn show(pool: &sqlx::PgPool) {
    let rows: Vec<(String, i64, f64, f64)> = sqlx::query_as("select left(regexp_replace(query, '\\s+', ' ', 'g'), 60), calls, mean_exec_time, mean_plan_time from pg_stat_statements where query not like '%pg_stat%' order by total_exec_time + total_plan_time desc limit 14").fetch_all(pool).await.unwrap();
    for r in rows {
        println!("{:62} {:6} exec {:.3} plan {:.3}", r.0, r.1, r.2, r.3)
    }
}
