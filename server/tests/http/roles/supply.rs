//! The catalogue: everybody's lists and wishes, and what Approvisionnement keeps.

use backend::catalogue;
use domain::catalogue::import::Answers;
use domain::catalogue::{Verdict, WrittenSupplier, item_of};
use domain::command::Command;
use domain::id::{ListItemId, MemberId, PictureId, ProductId, RangeId, SuggestionId, SupplierId};
use domain::procedures::Fields;

use super::Role::{self, *};
use super::{ANYBODY, Actor, Attempt, Line, NOBODY, ask, form, line};
use crate::pictures::webp;

/// Keep the catalogue.
const KEEP_IT: &[Role] = &[OfSupply, Employee];

const PAGE: &str = "/approvisionnement";
const IMPORT: &str = "/approvisionnement/importer";

/// A range and a product in it, under names of their own.
async fn product(a: &Actor<'_>) -> (RangeId, ProductId) {
    let (coop, keeper) = (a.coop(), a.coop().keeper().await);
    let range = coop.range(keeper, &format!("Rayon {}", a.next())).await;
    (range, coop.product(keeper, range, &format!("Lentilles {}", a.next()), 200).await)
}

async fn supplier(a: &Actor<'_>) -> SupplierId {
    let keeper = a.coop().keeper().await;
    let written = WrittenSupplier::read(&Fields(vec![("name".to_owned(), format!("Ferme {}", a.next()))])).unwrap();
    catalogue::create_supplier(&a.coop().backend, keeper, a.id(), written).await.unwrap().unwrap()
}

fn puts(a: &Actor<'_>) -> (ListItemId, Command) {
    let item = ListItemId(a.id());
    (item, Command::PutOnList { item, product: None, text: "Ampoules".into(), quantity: 1 })
}

/// A line of somebody's list.
async fn listed(a: &Actor<'_>, whose: MemberId) -> ListItemId {
    let (item, command) = puts(a);
    a.coop().does(whose, command).await;
    item
}

fn suggests(a: &Actor<'_>) -> (SuggestionId, Command) {
    let suggestion = SuggestionId(a.id());
    (suggestion, Command::Suggest { suggestion, text: a.id().simple().to_string() })
}

async fn suggested(a: &Actor<'_>) -> SuggestionId {
    let (suggestion, command) = suggests(a);
    a.coop().does(a.somebody().await, command).await;
    suggestion
}

fn missing(product: ProductId) -> Command {
    Command::ReportMissing { product, on: "2026-12-01".parse().unwrap() }
}

/// A product as its form says it.
fn typed(range: RangeId, name: &str, more: &[(&'static str, String)]) -> Vec<(&'static str, String)> {
    let fields = [
        ("name", name.to_owned()),
        ("range", range.to_string()),
        ("sold_by", "piece".to_owned()),
        ("purchase", "2,00".to_owned()),
        ("margin", "20".to_owned()),
        ("vat", "5,5".to_owned()),
        ("availability", "in_range".to_owned()),
    ];
    fields.into_iter().chain(more.iter().cloned()).collect()
}

/// The till's file, as a browser sends it.
fn file(a: &Actor<'_>) -> Attempt {
    let head = "Code article;Désignation;Rayon;Fournisseur;Prix d'achat HT;TVA\n";
    let row = format!("A{};Lentilles {};Vrac;;2,00;5,5\n", a.next(), a.next());
    let body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n{}\r\n--x\r\nContent-Disposition: form-data; \
         name=\"fichier\"; filename=\"caisse.csv\"\r\nContent-Type: text/csv\r\n\r\n{head}{row}\r\n--x--\r\n",
        a.id()
    );
    Attempt::Sent(IMPORT.to_owned(), "multipart/form-data; boundary=x", body.into_bytes())
}

/// A file that waits, and what is said of it.
async fn waiting(a: &Actor<'_>, act: &str) -> Attempt {
    let (coop, keeper) = (a.coop(), a.coop().keeper().await);
    let import = coop.file(keeper, &format!("A{};;Lentilles {};Vrac;;2,00;5,5\n", a.next(), a.next())).await;
    ask(PAGE, act, &[("import", import.to_string()), ("vu", "rien".to_owned())])
}

/// One that is in the catalogue since now, the last of all.
async fn applied(a: &Actor<'_>) -> Attempt {
    let (coop, keeper) = (a.coop(), a.coop().keeper().await);
    let import = coop.file(keeper, &format!("A{};;Lentilles {};Vrac;;2,00;5,5\n", a.next(), a.next())).await;
    // It is something new, and all of this file: what the ones before had is gone.
    let answers = Answers { names: [(2, None)].into(), shorter: true };
    catalogue::answer_file(&coop.backend, keeper, import, &answers).await.unwrap();
    let seen = coop.seen(keeper, import).await;
    catalogue::approve(&coop.backend, keeper, import, &seen).await.unwrap().unwrap();
    ask(PAGE, "defaire", &[("import", import.to_string())])
}

/// The small one of a photo that they sent before, where they may send one.
async fn small(a: &Actor<'_>) -> Attempt {
    let id = PictureId(a.id());
    let photo = catalogue::Kept { mime: "image/webp".into(), width: 800, height: 600, bytes: webp(800, 600) };
    drop(catalogue::keep_picture(&a.coop().backend, a.me(), id, &photo).await);
    Attempt::Sent(format!("/api/v1/product-pictures/{id}/petite"), "image/webp", webp(160, 120))
}

fn command(command: Command) -> Attempt {
    Attempt::Command(command)
}

#[rustfmt::skip]
pub const TABLE: &[Line] = &[
    // Everybody's own.
    line!("set_favourite", ANYBODY, |a| command(Command::SetFavourite { product: product(a).await.1, on: true })),
    line!("put_on_list", ANYBODY, |a| command(puts(a).1)),
    line!("put_on_list, a product", ANYBODY, |a| { let (_, product) = product(a).await; command(Command::PutOnList { item: item_of(product), product: Some(product), text: String::new(), quantity: 2 }) }),
    line!("tick_list_item", ANYBODY, |a| command(Command::TickListItem { item: listed(a, a.me()).await, done: true })),
    line!("remove_list_item", ANYBODY, |a| command(Command::RemoveListItem { item: listed(a, a.me()).await })),
    line!("clear_ticked", ANYBODY, |a| command(Command::ClearTicked { items: vec![listed(a, a.me()).await] })),
    line!("suggest", ANYBODY, |a| command(suggests(a).1)),
    line!("support", ANYBODY, |a| command(Command::Support { suggestion: suggested(a).await })),
    line!("unsupport", ANYBODY, |a| {
        let suggestion = suggested(a).await;
        a.coop().does(a.me(), Command::Support { suggestion }).await;
        command(Command::Unsupport { suggestion })
    }),
    line!("report_missing", ANYBODY, |a| command(missing(product(a).await.1))),
    // What the group answers.
    line!("answer_suggestion", KEEP_IT, |a| command(Command::AnswerSuggestion { suggestion: suggested(a).await, verdict: Verdict::Yes, why: "Au printemps".into() })),
    line!("answer_suggestion, in the name of somebody else", NOBODY, |a| Attempt::For(a.beside, Command::AnswerSuggestion { suggestion: suggested(a).await, verdict: Verdict::Yes, why: "Au printemps".into() })),
    line!("close_report", KEEP_IT, |a| {
        let (_, product) = product(a).await;
        a.coop().does(a.somebody().await, missing(product)).await;
        command(Command::CloseReport { product })
    }),
    // What it writes.
    line!("nouveau-rayon", KEEP_IT, |a| ask(PAGE, "nouveau-rayon", &[("name", format!("Rayon {}", a.next()))])),
    line!("rayon", KEEP_IT, |a| ask(PAGE, "rayon", &[("range", product(a).await.0.to_string()), ("name", format!("Rayon {}", a.next())), ("rank", "0".to_owned())])),
    line!("deplacer-rayon", KEEP_IT, |a| form(PAGE, "deplacer-rayon", &[("range", product(a).await.0.to_string()), ("place", "0".to_owned())])),
    line!("retirer-rayon", KEEP_IT, |a| ask(PAGE, "retirer-rayon", &[("range", product(a).await.0.to_string())])),
    line!("nouveau-produit", KEEP_IT, |a| { let (range, _) = product(a).await; ask(PAGE, "nouveau-produit", &typed(range, &format!("Miel {}", a.next()), &[])) }),
    line!("produit", KEEP_IT, |a| { let (range, product) = product(a).await; ask(PAGE, "produit", &typed(range, &format!("Miel {}", a.next()), &[("product", product.to_string()), ("base", "1".to_owned())])) }),
    line!("archiver", KEEP_IT, |a| form(PAGE, "archiver", &[("product", product(a).await.1.to_string())])),
    line!("remettre", KEEP_IT, |a| form(PAGE, "remettre", &[("product", product(a).await.1.to_string())])),
    line!("nouveau-fournisseur", KEEP_IT, |a| ask(PAGE, "nouveau-fournisseur", &[("name", format!("Ferme {}", a.next()))])),
    line!("fournisseur", KEEP_IT, |a| ask(PAGE, "fournisseur", &[("supplier", supplier(a).await.to_string()), ("base", "1".to_owned()), ("name", format!("Ferme {}", a.next()))])),
    line!("retirer-fournisseur", KEEP_IT, |a| form(PAGE, "retirer-fournisseur", &[("supplier", supplier(a).await.to_string())])),
    line!("marge", KEEP_IT, |_| ask(PAGE, "marge", &[("base", "0".to_owned()), ("margin", "21".into()), ("why", "Le loyer".into())])),
    line!("balances", KEEP_IT, |_| form(PAGE, "balances", &[("scales", "20 prix 5 vérifié".to_owned())])),
    line!("the bytes of a photo of a product", KEEP_IT, |a| Attempt::Sent(format!("/api/v1/product-pictures/{}", a.id()), "image/webp", webp(800, 600))),
    line!("the bytes of its small one", KEEP_IT, |a| small(a).await),
    // The till's file.
    line!("a file of the till", KEEP_IT, |a| file(a)),
    line!("colonnes", KEEP_IT, |a| waiting(a, "colonnes").await),
    line!("mots", KEEP_IT, |a| waiting(a, "mots").await),
    line!("reponses", KEEP_IT, |a| waiting(a, "reponses").await),
    line!("appliquer", KEEP_IT, |a| waiting(a, "appliquer").await),
    line!("defaire", KEEP_IT, |a| applied(a).await),
    // Pages.
    line!("what the group has to do", KEEP_IT, |_| Attempt::Page(PAGE.to_owned())),
    line!("a new product's page", KEEP_IT, |_| Attempt::Page(format!("{PAGE}/produit/nouveau"))),
    line!("a product's page for the group", KEEP_IT, |a| Attempt::Page(format!("{PAGE}/produit/{}", product(a).await.1))),
    line!("the suppliers", KEEP_IT, |_| Attempt::Page(format!("{PAGE}/fournisseurs"))),
    line!("a new supplier's page", KEEP_IT, |_| Attempt::Page(format!("{PAGE}/fournisseurs/nouveau"))),
    line!("a supplier's page for the group", KEEP_IT, |a| Attempt::Page(format!("{PAGE}/fournisseurs/{}", supplier(a).await))),
    line!("the ranges", KEEP_IT, |_| Attempt::Page(format!("{PAGE}/rayons"))),
    line!("the files of the till", KEEP_IT, |_| Attempt::Page(IMPORT.to_owned())),
    line!("a file of the till that waits", KEEP_IT, |a| Attempt::Page(format!("{IMPORT}/{}", a.coop().file(a.coop().keeper().await, &format!("A{};;Lentilles {};Vrac;;2,00;5,5\n", a.next(), a.next())).await))),
    line!("the margin", KEEP_IT, |_| Attempt::Page(format!("{PAGE}/marge"))),
    line!("the catalogue as a file", KEEP_IT, |_| Attempt::Page(format!("{PAGE}/catalogue.csv"))),
];
