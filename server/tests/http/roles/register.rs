//! The register: what the office alone does with members, and what anybody does with their own card.

use backend::{register, share};
use domain::catalogue::Cents;
use domain::command::Command;
use domain::id::{ErasureId, MemberId, MemberImportId};
use domain::register::import::Step;
use domain::share::WrittenShare;

use super::{ANYBODY, Actor, Attempt, Line, NOBODY, OFFICE, ask, form, line};
use crate::pictures::webp;

const MEMBERS: &str = "/bureau/membres";
const CAPITAL: &str = "/capital";
const IMPORT: &str = "/bureau/membres/importer";

/// Somebody of the office, who is nobody's actor.
async fn margaux(a: &Actor<'_>) -> MemberId {
    let margaux = a.coop().member("Margaux").await;
    a.coop().in_office(margaux).await;
    margaux
}

/// About somebody, with what most of these forms ask for.
async fn about(a: &Actor<'_>, act: &str) -> Attempt {
    let whom = a.somebody().await;
    let fields = [
        ("member", whom.to_string()),
        ("base", "1".to_owned()),
        ("first_name", "Zoé".to_owned()),
        ("last_name", "Noir".to_owned()),
        ("email", format!("zoe{}@exemple.fr", a.next())),
        ("rhythm", "floating".to_owned()),
        ("joined_on", "2026-12-01".to_owned()),
        ("amount", "10".to_owned()),
        ("how", "cheque".to_owned()),
        ("on", "2026-12-01".to_owned()),
        ("year", "2026".to_owned()),
        ("payment", a.id().to_string()),
    ];
    ask(MEMBERS, act, &fields)
}

fn contact() -> Command {
    Command::SetContact { phone: "06 12 34 56 78".into(), show_phone: true, show_email: false }
}

fn asks(a: &Actor<'_>) -> (ErasureId, Command) {
    let erasure = ErasureId(a.id());
    (erasure, Command::AskErasure { erasure, word: "Je déménage".into() })
}

/// Somebody asks to be erased, and waits.
async fn erasure(a: &Actor<'_>, whose: MemberId) -> ErasureId {
    let (erasure, command) = asks(a);
    a.coop().does(whose, command).await;
    erasure
}

async fn answering(a: &Actor<'_>, act: &str) -> Attempt {
    let asked = erasure(a, a.somebody().await).await;
    let fields =
        [("erasure", asked.to_string()), ("word", "Il reste une part à rembourser".to_owned()), ("sur", "oui".to_owned())];
    form(MEMBERS, act, &fields)
}

/// A file that waits.
async fn brought(a: &Actor<'_>) -> MemberImportId {
    let (by, bytes) = (margaux(a).await, file(a));
    register::import::import_file(&a.coop().backend, by, a.id(), "membres.csv", &bytes).await.unwrap().unwrap()
}

/// What is said of one.
async fn waiting(a: &Actor<'_>, act: &str) -> Attempt {
    ask(MEMBERS, act, &[("import", brought(a).await.to_string()), ("vu", "rien".to_owned())])
}

/// One that is in the register since now, the last of all.
async fn applied(a: &Actor<'_>) -> Attempt {
    let (by, bytes, backend) = (margaux(a).await, file(a), &a.coop().backend);
    let import = register::import::import_file(backend, by, a.id(), "membres.csv", &bytes).await.unwrap().unwrap();
    let Step::Compared { seen, .. } = register::import::importing(backend, by, import).await.unwrap().step else {
        panic!("nothing is wrong with it")
    };
    register::import::approve(backend, by, import, &seen).await.unwrap().unwrap();
    ask(MEMBERS, "defaire", &[("import", import.to_string())])
}

fn file(a: &Actor<'_>) -> Vec<u8> {
    let number = 5_000 + a.next();
    format!("Numero existant;Nom;Prénom;Email;Date inscription\n{number};Blanc{number};Marie;m{number}@exemple.fr;01/03/2020\n")
        .into_bytes()
}

/// The certificate of somebody who has a share.
async fn certificate(a: &Actor<'_>) -> Attempt {
    let (by, whom) = (margaux(a).await, a.somebody().await);
    let written = WrittenShare { cents: Cents(10_000), on: "2026-12-01".parse().unwrap() };
    share::subscribe(&a.coop().backend, by, a.id(), whom, written).await.unwrap().unwrap();
    Attempt::Page(format!("{MEMBERS}/{whom}/attestation.pdf"))
}

fn command(command: Command) -> Attempt {
    Attempt::Command(command)
}

#[rustfmt::skip]
pub const TABLE: &[Line] = &[
    // One's own card.
    line!("set_contact", ANYBODY, |_| command(contact())),
    line!("set_contact, for somebody else", OFFICE, |a| Attempt::For(a.somebody().await, contact())),
    line!("ask_erasure", ANYBODY, |a| command(asks(a).1)),
    line!("withdraw_erasure", ANYBODY, |a| command(Command::WithdrawErasure { erasure: erasure(a, a.me()).await })),
    line!("withdraw_erasure, somebody else's", NOBODY, |a| { let other = a.somebody().await; command(Command::WithdrawErasure { erasure: erasure(a, other).await }) }),
    line!("the bytes of a photo of oneself", ANYBODY, |a| Attempt::Sent(format!("/api/v1/member-pictures/{}", a.id()), "image/webp", webp(400, 400))),
    line!("a photo taken off", ANYBODY, |_| form("/moi/photo", "photo", &[("without", "oui".to_owned())])),
    line!("one's own data", ANYBODY, |_| ask("/moi/donnees", "prendre", &[("forme", "json".to_owned())])),
    // Whoever is here for long is told that there is nothing to choose.
    line!("a recurring seat", ANYBODY, |_| ask("/arriver", "choisir", &[("fixe", "non".to_owned())])),
    // The office's forms.
    line!("ajouter", OFFICE, |a| about(a, "ajouter").await),
    line!("modifier a card", OFFICE, |a| about(a, "modifier").await),
    line!("place", OFFICE, |a| about(a, "place").await),
    line!("presente", OFFICE, |a| about(a, "presente").await),
    line!("marraine", OFFICE, |a| about(a, "marraine").await),
    line!("arrive", OFFICE, |a| about(a, "arrive").await),
    line!("reglages of arriving", OFFICE, |_| form(MEMBERS, "reglages", &[("first_shift", "Viens tôt".to_owned()), ("share", "100".into()), ("association", "10".into())])),
    line!("souscrire", OFFICE, |a| about(a, "souscrire").await),
    line!("payer", OFFICE, |a| about(a, "payer").await),
    line!("annuler-paiement", OFFICE, |a| about(a, "annuler-paiement").await),
    line!("rembourser", OFFICE, |a| about(a, "rembourser").await),
    line!("assurer", OFFICE, |a| about(a, "assurer").await),
    line!("retirer-annee", OFFICE, |a| about(a, "retirer-annee").await),
    line!("financement", OFFICE, |_| form(CAPITAL, "financement", &[("kind", "subsidy".to_owned()), ("from_whom", "Région".into()), ("amount", "100".into()), ("on", "2026-12-01".into())])),
    line!("retirer-financement", OFFICE, |a| ask(CAPITAL, "retirer-financement", &[("financing", a.id().to_string())])),
    line!("partir", OFFICE, |a| about(a, "partir").await),
    line!("rester", OFFICE, |a| about(a, "rester").await),
    line!("inviter", OFFICE, |a| about(a, "inviter").await),
    line!("vagues", OFFICE, |_| ask(MEMBERS, "vagues", &[("size", "20".to_owned()), ("from", "2026-12-02".into())])),
    line!("annuler-vagues", OFFICE, |_| ask(MEMBERS, "annuler-vagues", &[])),
    line!("adresse", OFFICE, |a| about(a, "adresse").await),
    line!("reunir", OFFICE, |a| ask(MEMBERS, "reunir", &[("keeps", a.somebody().await.to_string()), ("goes", a.somebody().await.to_string())])),
    line!("refuser-effacement", OFFICE, |a| answering(a, "refuser-effacement").await),
    line!("effacer", OFFICE, |a| answering(a, "effacer").await),
    line!("a file of members", OFFICE, |a| Attempt::Sent(IMPORT.to_owned(), "text/csv", file(a))),
    line!("colonnes of members", OFFICE, |a| waiting(a, "colonnes").await),
    line!("reponses of members", OFFICE, |a| waiting(a, "reponses").await),
    line!("appliquer members", OFFICE, |a| waiting(a, "appliquer").await),
    line!("defaire members", OFFICE, |a| applied(a).await),
    // Pages.
    line!("the members", OFFICE, |_| Attempt::Page(MEMBERS.to_owned())),
    line!("somebody's card", OFFICE, |a| Attempt::Page(format!("{MEMBERS}/{}", a.somebody().await))),
    line!("what was done to somebody's account", OFFICE, |a| Attempt::Page(format!("{MEMBERS}/{}/journal", a.somebody().await))),
    line!("what leaving would end", OFFICE, |a| Attempt::Page(format!("{MEMBERS}/{}/depart", a.somebody().await))),
    line!("the register as a file", OFFICE, |_| Attempt::Page(format!("{MEMBERS}/registre.csv"))),
    line!("somebody's certificate", OFFICE, |a| certificate(a).await),
    line!("a new member's page", OFFICE, |_| Attempt::Page(format!("{MEMBERS}/nouveau"))),
    line!("who may be there twice", OFFICE, |_| Attempt::Page(format!("{MEMBERS}/doublons"))),
    line!("whom to ask in", OFFICE, |_| Attempt::Page(format!("{MEMBERS}/invitations"))),
    line!("what is done in somebody's name", OFFICE, |a| Attempt::Page(format!("{MEMBERS}/{}/pour", a.somebody().await))),
    line!("a file of members that waits", OFFICE, |a| Attempt::Page(format!("{IMPORT}/{}", brought(a).await))),
    line!("the files of members", OFFICE, |_| Attempt::Page(IMPORT.to_owned())),
    line!("who is on their way in", OFFICE, |_| Attempt::Page("/bureau/arrivees".to_owned())),
    line!("who asks to be erased", OFFICE, |_| Attempt::Page(format!("{MEMBERS}/effacements"))),
    line!("the register, to a program", OFFICE, |_| Attempt::Page("/api/v1/register?filter=&typed=&page=1".to_owned())),
    line!("somebody's card, to a program", OFFICE, |a| Attempt::Page(format!("/api/v1/register/card?member={}", a.somebody().await))),
    line!("what was done to somebody's account, to a program", OFFICE, |a| Attempt::Page(format!("/api/v1/trail?member={}", a.somebody().await))),
    line!("one's own way in", ANYBODY, |_| Attempt::Page("/arriver".to_owned())),
    line!("one's own photo", ANYBODY, |_| Attempt::Page("/moi/photo".to_owned())),
    line!("where one's own data are", ANYBODY, |_| Attempt::Page("/moi/donnees".to_owned())),
    line!("the capital", ANYBODY, |_| Attempt::Page(CAPITAL.to_owned())),
    line!("what was done to one's own account", ANYBODY, |_| Attempt::Page("/moi/journal".to_owned())),
];
