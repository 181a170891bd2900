//! A whole assembly of sixty members, through HTTP: from its convocation to the mandates that it leaves.

use domain::assembly::{Tally, Way};
use domain::command::Command;
use domain::id::{AssemblyId, MemberId};
use futures::future::join_all;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::hall::{Hall, PREPARE, SESSION, VOTE, codes, lent, plain, votes_of};
use crate::house::{Device, get, post};

const HANDS: usize = 0;
const EVEN: usize = 1;
const SECRET: usize = 2;
const ELECTION: usize = 3;
/// Who stands: fifteen for twelve seats.
const STANDING: std::ops::Range<usize> = 30..45;
const SEATS: u8 = 12;

/// What somebody votes, by voice: each with its words.
type Said = Vec<(MemberId, Vec<String>)>;

/// Planned, with its rules, its papers, what it votes on; everybody is called.
async fn convoked(at: PgConnectOptions) -> Hall {
    let mut hall = Hall::planned(at, 55).await;
    let rules = [("preavis", "15"), ("quorum", "25"), ("quorum-extra", "25"), ("pouvoirs", "2")];
    hall.does(PREPARE, &hall.idris, "regles", &rules).await;
    // What was planned before keeps its own; typed again, it takes these.
    let again = [
        ("base", "1"),
        ("nature", "ordinary"),
        ("title", "Les comptes et le comité"),
        ("debut", "2026-12-21T18:00"),
        ("lieu", "Meythet"),
        ("text", "1. Les comptes\n2. **Le comité**"),
    ];
    hall.does(PREPARE, &hall.lea, "changer", &again).await;
    let document = [("title", "Les comptes de l’année"), ("text", "- Ventes : 412 300 €"), ("href", "")];
    hall.does(PREPARE, &hall.lea, "document", &document).await;
    hall.adds("Approuver les comptes", "hands", "").await;
    hall.adds("Changer de nom", "hands", "").await;
    hall.adds("Ouvrir le lundi soir", "secret", "").await;
    hall.adds("Élire douze personnes", "election", "12").await;
    assert!(hall.page("/ag", &hall.members[0]).await.contains("Aucune assemblée n’est convoquée"));
    hall.calls().await;
    let page = hall.page("/ag", &hall.members[0]).await;
    for part in ["Les comptes et le comité", "Ouvrir le lundi soir", "<strong>Le comité</strong>", "Je viens", "15 voix sur 60"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    hall
}

/// Twenty proxies, of which one is on paper; a twenty-first is one too many, and one is taken back.
async fn proxies(hall: &Hall) {
    let (givers, holders) = (&hall.members[..20], &hall.members[20..30]);
    let mut given = Vec::new();
    for (at, giver) in givers[..19].iter().enumerate() {
        given.push(hall.gives_proxy(giver, &holders[at / 2]).await);
    }
    let (from, to) = (givers[19].member.to_string(), holders[9].member.to_string());
    hall.does(SESSION, &hall.margaux, "pouvoir", &[("de", from.as_str()), ("a", to.as_str())]).await;
    assert_eq!(hall.count("select count(*) from proxy where ended_at is null").await, 20);
    // By a plain form, as without the app: why not, and the figure.
    let (late, full) = (&hall.members[45], holders[0].member.to_string());
    let id = hall.house.coop.id().to_string();
    let fields = [
        ("id", id.as_str()),
        ("kind", "give_proxy"),
        ("assembly", hall.id.as_str()),
        ("to", full.as_str()),
        ("retour", "/ag/pouvoir"),
    ];
    let told = hall.house.send(post("/acts").by(late).form(&fields)).await;
    assert_eq!(told.header("location"), format!("/ag/pouvoir?act={id}"));
    let page = hall.page(&format!("/ag/pouvoir?act={id}"), late).await;
    assert!(page.contains("M20 T. porte déjà 2 pouvoirs, c’est le maximum."), "{page}");
    let paper = [("de", late.member.to_string()), ("a", full)];
    hall.is_told_why(SESSION, &hall.margaux, "pouvoir", &lent(&paper), "porte déjà 2 pouvoirs").await;
    assert_eq!(hall.count("select count(*) from proxy where ended_at is null").await, 20);
    // The nineteenth comes after all.
    let taken_back = Command::WithdrawProxy { proxy: given[18], assembly: AssemblyId(hall.id.parse().unwrap()) };
    let told = hall.house.commands(&givers[18], &[hall.house.on_the_wire(taken_back)]).await;
    assert!(told.text().contains("applied"), "{}", told.text());
}

/// Who stands, by the app and by a word at the door.
async fn candidates(hall: &Hall) -> Vec<MemberId> {
    let assembly = AssemblyId(hall.id.parse().unwrap());
    for device in &hall.members[STANDING.start..STANDING.end - 1] {
        let stands = hall.house.on_the_wire(Command::Stand { assembly, words: "Pour <b>aider</b>".into() });
        assert!(hall.house.commands(device, &[stands]).await.text().contains("applied"));
    }
    let last = hall.members[STANDING.end - 1].member.to_string();
    hall.does(SESSION, &hall.lea, "candidature", &[("qui", last.as_str())]).await;
    hall.members[STANDING].iter().map(|device| device.member).collect()
}

/// Everybody but those who gave their voice; the first three are not enough.
async fn comes_in(hall: &Hall) {
    hall.comes_the_day();
    for keeper in [&hall.idris, &hall.hugo, &hall.solene] {
        hall.signs_in(keeper.member).await;
    }
    hall.does(SESSION, &hall.idris, "ouvrir", &[]).await;
    let early = [("resolution", hall.resolutions[HANDS].as_str())];
    hall.is_told_why(SESSION, &hall.idris, "ouvrir-vote", &early, "Le quorum n’est pas atteint : 3 voix pour 15").await;
    // By the card: its number, as its QR says it.
    let number: i32 = sqlx::query_scalar("select number from member where member_id = $1")
        .bind(hall.lea.member)
        .fetch_one(&hall.house.coop.backend.pool)
        .await
        .unwrap();
    let card = [("carte", format!("alpar:{number:04}")), ("sur", "carte".to_owned())];
    let card = lent(&card);
    let told = hall.posts(SESSION, &hall.hugo, "emarger", &card).await;
    assert_eq!(told.header("location"), format!("/ag/emargement/{}?fait=emarger&qui={}", hall.id, hall.lea.member));
    assert!(hall.page(told.header("location"), &hall.hugo).await.contains("Léa Test est là"));
    hall.is_told_why(SESSION, &hall.solene, "emarger", &card, "Cette personne a déjà signé").await;
    hall.is_told_why(SESSION, &hall.solene, "emarger", &[("carte", "9999"), ("sur", "carte")], "Aucun membre n’a ce numéro")
        .await;
    for member in [&hall.margaux, &hall.members[18]].into_iter().chain(&hall.members[20..]) {
        hall.signs_in(member.member).await;
    }
    // On each screen the same: 41 there, 19 represented.
    for (path, who) in [("/ag".to_owned(), &hall.members[50]), (format!("{SESSION}/{}", hall.id), &hall.idris)] {
        let page = hall.page(&path, who).await;
        assert!(page.contains("60 voix sur 60 : le quorum, 15 voix, est atteint."), "{path}: {page}");
        assert!(page.contains("41 personnes présentes, 19 représentées"), "{path}");
    }
}

/// The voices that each voter has: their own, then those that they carry.
fn voices(hall: &Hall) -> Vec<(&Device, Vec<MemberId>)> {
    let keepers = [&hall.idris, &hall.lea, &hall.hugo, &hall.solene, &hall.margaux];
    let mut all: Vec<(&Device, Vec<MemberId>)> = keepers.into_iter().map(|device| (device, vec![device.member])).collect();
    all.push((&hall.members[18], vec![hall.members[18].member]));
    for (at, device) in hall.members.iter().enumerate().skip(20) {
        let mut mine = vec![device.member];
        if at < 30 {
            let carried = [2 * (at - 20), 2 * (at - 20) + 1].into_iter().filter(|from| *from != 18);
            mine.extend(carried.map(|from| hall.members[from].member));
        }
        all.push((device, mine));
    }
    all
}

/// What tellers said of a vote, as the API tells it to one of those who keep the assembly.
async fn of_tellers(hall: &Hall, who: &Device, at: usize) -> Vec<serde_json::Value> {
    let told = hall.house.send(get(&format!("/api/v1/assembly?assembly={}", hall.id)).by(who)).await;
    let resolution = &told.json()["resolutions"][at];
    assert_eq!(resolution["resolution"]["id"], hall.resolutions[at].as_str(), "{}", told.text());
    resolution["said"].as_array().expect("what tellers said").clone()
}

async fn by_hands(hall: &Hall) {
    let of = |yes: &'static str, no: &'static str| [("pour", yes), ("contre", no), ("abstention", "4")];
    for (at, yes, no, said) in [(HANDS, "50", "6", "Adoptée"), (EVEN, "28", "28", "Rejetée")] {
        hall.of_vote(&hall.idris, "ouvrir-vote", at).await;
        let resolution = hall.resolutions[at].as_str();
        let mut first = vec![("resolution", resolution)];
        first.extend(of(yes, "7"));
        hall.does(SESSION, &hall.hugo, "compter", &first).await;
        // Solène does not read his figures before she has said hers.
        let poll = hall.page(&format!("/ag/scrutin/{resolution}"), &hall.solene).await;
        assert!(poll.contains("Hugo T. a compté") && !poll.contains("Hugo T. a compté :"), "{poll}");
        // Neither does a program in her name, nor does whoever presides; he reads his own.
        for (who, figures) in [(&hall.solene, false), (&hall.idris, false), (&hall.hugo, true)] {
            let said = of_tellers(hall, who, at).await;
            assert_eq!((said.len(), said[0]["said"].is_object()), (1, figures), "{said:?}");
        }
        let mut second = vec![("resolution", resolution)];
        second.extend(of(yes, no));
        hall.does(SESSION, &hall.solene, "compter", &second).await;
        for who in [&hall.solene, &hall.idris, &hall.hugo] {
            let said = of_tellers(hall, who, at).await;
            assert!(said.len() == 2 && said.iter().all(|said| said["said"].is_object()), "{said:?}");
        }
        hall.of_vote(&hall.idris, "clore-vote", at).await;
        let one = [("resolution", resolution)];
        hall.is_told_why(SESSION, &hall.idris, "proclamer", &one, "Les comptages ne disent pas la même chose").await;
        hall.both_count(at, &of(yes, no)).await;
        hall.of_vote(&hall.lea, "proclamer", at).await;
        assert!(hall.page("/ag", &hall.members[50]).await.contains(said), "{said}");
    }
}

/// Two vote on paper, one twice at once, one while it closes, one for a voice that was taken back.
async fn in_secret(hall: &Hall) {
    hall.of_vote(&hall.idris, "ouvrir-vote", SECRET).await;
    let resolution = hall.resolutions[SECRET].as_str();
    let (paper, last) = ([&hall.margaux, &hall.members[54]], &hall.members[53]);
    for voter in paper {
        let handed = [("resolution", resolution.to_owned()), ("membre", voter.member.to_string())];
        hall.does(SESSION, &hall.hugo, "bulletins", &lent(&handed)).await;
        let told = hall.votes(voter, SECRET, &[(voter.member, vec!["for".into()])]).await;
        assert_eq!(told.status, 422);
        assert!(plain(&told).contains("vote avec lui"), "{}", plain(&told));
    }
    let withdrawn = (hall.members[18].member, vec!["for".to_owned()]);
    let holder = &hall.members[29];
    let told = hall.votes(holder, SECRET, &[(holder.member, vec!["for".into()]), withdrawn]).await;
    assert_eq!(told.status, 422, "{}", plain(&told));
    assert!(plain(&told).contains("ce pouvoir a été retiré"), "{}", plain(&told));

    let all = voices(hall);
    let voters = all.iter().filter(|(device, _)| ![paper[0].member, paper[1].member, last.member].contains(&device.member));
    let said: Vec<(&Device, Said)> = voters
        .enumerate()
        .map(|(at, (device, mine))| {
            let word = ["for", "for", "against", "for", "abstain"][at % 5];
            (*device, mine.iter().map(|voice| (*voice, vec![word.to_owned()])).collect())
        })
        .collect();
    // Each sends it twice at once: it is taken once.
    let both =
        join_all(said.iter().flat_map(|(device, words)| [hall.votes(device, SECRET, words), hall.votes(device, SECRET, words)]))
            .await;
    let mut receipts = Vec::new();
    for (pair, (_, words)) in both.chunks(2).zip(&said) {
        let mut statuses: Vec<u16> = pair.iter().map(|told| told.status.as_u16()).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 422], "{}", plain(&pair[1]));
        let done = pair.iter().find(|told| told.status == 200).unwrap();
        assert!(done.header("cache-control").contains("no-store"), "a receipt is kept nowhere");
        let found = codes(done);
        assert_eq!(found.len(), words.len(), "a code a voice");
        receipts.extend(found);
        let why = pair.iter().find(|told| told.status == 422).unwrap();
        assert!(plain(why).contains("Cette voix a déjà voté"), "{}", plain(why));
    }
    let page = format!("{VOTE}/{resolution}");
    assert!(hall.page(&page, &hall.members[50]).await.contains("Ta voix : a voté"));
    assert_eq!(
        hall.status(&format!("/ag/resultat/{resolution}"), &hall.members[50]).await,
        404,
        "nothing shows before it is over"
    );

    let (one, word) = ([("resolution", resolution)], [(last.member, vec!["for".to_owned()])]);
    let closes = hall.posts(SESSION, &hall.idris, "clore-vote", &one);
    let (closed, voted) = tokio::join!(closes, hall.votes(last, SECRET, &word));
    assert_eq!(closed.status, 303);
    if voted.status == 200 {
        receipts.extend(codes(&voted));
    } else {
        assert!(plain(&voted).contains("vient d’être clos"), "{}", plain(&voted));
    }
    let late = hall.votes(last, SECRET, &word).await;
    assert_eq!(late.status, 422);
    hall.both_count(SECRET, &[("pour", "1"), ("contre", "1"), ("abstention", "0")]).await;
    hall.of_vote(&hall.lea, "proclamer", SECRET).await;

    let tally = hall.recount(SECRET, Way::Secret, &[]).await;
    assert_eq!(usize::try_from(tally.voices()).unwrap(), receipts.len(), "a ballot a receipt");
    let Tally::Resolution { yes, no, abstain } = tally else { panic!("no resolution") };
    let result = hall.page(&format!("/ag/resultat/{resolution}"), &hall.members[0]).await;
    assert!(result.contains(&format!("{} pour, {} contre", yes + 1, no + 1)) && abstain > 0, "{result}");
    assert!(result.contains("le même résultat"), "counted again on the page, too");
    assert!(receipts.iter().all(|code| result.contains(code)), "everybody finds theirs");
    let names = ["M20 T.", "M53 T.", "Idris T."];
    assert!(names.iter().all(|name| !result.contains(name)), "and nobody finds anybody");
}

/// Eleven are clear; two come out even for the twelfth seat.
async fn elects(hall: &Hall, standing: &[MemberId]) -> Vec<MemberId> {
    hall.of_vote(&hall.idris, "ouvrir-vote", ELECTION).await;
    let mut spoken = 0_usize;
    for (device, mine) in voices(hall) {
        let said: Said = mine
            .iter()
            .map(|voice| {
                let twelfth = match spoken {
                    ..28 => Some(standing[11]),
                    28..56 => Some(standing[12]),
                    56..58 => Some(standing[13]),
                    _ => None,
                };
                let blank = spoken == 59;
                spoken += 1;
                let names = standing[..11].iter().copied().chain(twelfth).map(|member| member.to_string());
                (*voice, if blank { vec!["blank".to_owned()] } else { names.collect() })
            })
            .collect();
        let told = hall.votes(device, ELECTION, &said).await;
        assert_eq!(told.status, 200, "{}", plain(&told));
    }
    assert_eq!(spoken, 60);
    hall.of_vote(&hall.lea, "clore-vote", ELECTION).await;
    hall.is_told_why(SESSION, &hall.idris, "fermer", &[], "Un vote n’est pas fini").await;
    let resolution = hall.resolutions[ELECTION].as_str();
    let page = hall.page(&format!("/ag/scrutin/{resolution}"), &hall.hugo).await;
    assert!(page.contains("11 personnes élues, 1 siège à tirer au sort"), "{page}");
    let (drawn, neither) = (standing[12].to_string(), standing[13].to_string());
    let draw = |who: &str| [("resolution", resolution.to_owned()), ("tire", who.to_owned()), ("mot", "Deux papiers".to_owned())];
    for (teller, who, done) in [(&hall.hugo, &neither, false), (&hall.hugo, &drawn, true), (&hall.solene, &drawn, true)] {
        let fields = draw(who);
        if done {
            hall.does(SESSION, teller, "tirer", &lent(&fields)).await;
        } else {
            hall.is_told_why(SESSION, teller, "tirer", &lent(&fields), "parmi les personnes à égalité").await;
        }
    }
    let votes = votes_of(&hall.recount(ELECTION, Way::Election { seats: SEATS }, standing).await);
    assert!(standing[..11].iter().all(|member| votes[member] == 59));
    assert_eq!((votes[&standing[11]], votes[&standing[12]], votes[&standing[13]]), (28, 28, 2));
    let result = hall.page(&format!("/ag/resultat/{resolution}"), &hall.members[1]).await;
    assert!(result.contains("12 personnes élues") && result.contains("le même résultat"), "{result}");
    standing[..11].iter().copied().chain([standing[12]]).collect()
}

/// The minutes from the figures, the register, the mandates.
async fn leaves(hall: &Hall, elected: &[MemberId]) {
    hall.does(SESSION, &hall.idris, "fermer", &[]).await;
    let minutes = hall.page(&format!("/ag/compte-rendu/{}", hall.id), &hall.lea).await;
    for part in [
        "60 membres convoqués",
        "19 pouvoirs ont été portés",
        "50 pour, 6 contre, 4 abstentions",
        "Le tirage au sort a désigné M42 Test",
    ] {
        assert!(minutes.contains(part), "{part}: {minutes}");
    }
    let text = [("base", "1"), ("text", "Tout s’est bien passé. <script>alert(1)</script>")];
    hall.does(SESSION, &hall.lea, "proces-verbal", &text).await;
    let read = hall.page("/ag", &hall.members[0]).await;
    assert!(read.contains("Tout s’est bien passé.") && !read.contains("<script>alert"), "{read}");
    hall.is_told_why(SESSION, &hall.lea, "proces-verbal", &text, "Quelqu’un l’a changé entre-temps").await;

    hall.does(PREPARE, &hall.idris, "inscrire", &[]).await;
    hall.does(PREPARE, &hall.idris, "inscrire", &[]).await;
    assert_eq!(hall.count("select count(*) from decision where decided_by = 'assembly'").await, 2, "the two that were adopted");
    let register = hall.page("/decisions", &hall.members[0]).await;
    assert!(register.contains("Ouvrir le lundi soir") && !register.contains("Changer de nom"), "{register}");
    hall.is_told_why(PREPARE, &hall.margaux, "installer", &[], "11 sièges libres pour 12 personnes élues").await;
    assert_eq!(hall.count("select count(*) from mandate where chosen_on = '2026-12-21'").await, 0);
    hall.does(PREPARE, &hall.margaux, "installer", &[("sortants", "oui")]).await;
    let seated: Vec<MemberId> = sqlx::query_scalar(
        "select member_id from mandate where how = 'elected' and chosen_on = '2026-12-21' and from_on = '2026-12-21' order by 1",
    )
    .fetch_all(&hall.house.coop.backend.pool)
    .await
    .unwrap();
    let mut wanted = elected.to_vec();
    wanted.sort();
    assert_eq!(seated, wanted);
    assert_eq!(hall.status("/gouvernance", &hall.members[STANDING.start]).await, 200, "the right comes with the mandate");
    assert_eq!(hall.status("/gouvernance", &hall.idris).await, 403, "and goes with it");
}

/// Columns of a table, by name.
async fn columns(hall: &Hall, table: &str) -> Vec<String> {
    sqlx::query_scalar(
        "select column_name::text from information_schema.columns where table_schema = 'public' and table_name = $1 order by 1",
    )
    .bind(table)
    .fetch_all(&hall.house.coop.backend.pool)
    .await
    .unwrap()
}

#[sqlx::test(migrations = false)]
async fn a_whole_assembly_of_sixty_members(_: PgPoolOptions, at: PgConnectOptions) {
    let hall = convoked(at).await;
    proxies(&hall).await;
    let standing = candidates(&hall).await;
    comes_in(&hall).await;
    by_hands(&hall).await;
    in_secret(&hall).await;
    let elected = elects(&hall, &standing).await;
    leaves(&hall, &elected).await;

    // What the tables keep: who voted, and what was said, and nothing between the two.
    assert_eq!(columns(&hall, "ballot").await, ["ballot", "ballot_id", "resolution_id"]);
    assert_eq!(columns(&hall, "vote_cast").await, ["by_member", "channel", "resolution_id", "voice"]);
    let app = hall.count("select count(*) from vote_cast where channel = 'app'").await;
    assert_eq!(hall.count("select count(*) from ballot").await, app);
    // Everybody reads the same bytes of it, and of themselves only that they voted.
    let groups = hall.house.send(get("/api/v1/groups").by(&hall.idris)).await;
    let others = hall.house.send(get("/api/v1/groups").by(&hall.members[0])).await;
    assert_eq!(groups.body, others.body);
    assert!(!groups.text().contains("ballot_id") && !groups.text().contains("voted"));
    let mine = hall.house.send(get("/api/v1/me").by(&hall.members[0])).await;
    assert_eq!(mine.json()["assemblies"][0]["voted"].as_array().unwrap().len(), 2, "by whoever carried it: {}", mine.text());
}
