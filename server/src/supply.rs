//! What Approvisionnement types and brings in: plain forms, the till's file; and the catalogue as a file.

mod margin;

use app::procedures::form::Typed;
use app::supply::form::{
    IMPORT, MARGIN, NEW_PRODUCT, NEW_SUPPLIER, POSTED_TO, PRODUCT, RANGES, Refused, SUPPLIERS, Stays, Told, Why,
};
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use backend::Backend;
use backend::auth::SignedIn;
use backend::catalogue;
use domain::catalogue::import::{Answers, Mapping, Refused as NoFile, SIZE_CAP, Said, SaidRange, SaidSupplier, Since, Undo};
use domain::catalogue::{Mistake, Written, WrittenSupplier, story_html};
use domain::id::{ImportId, MemberId, ProductId, RangeId, SupplierId};
use domain::procedures::Fields;
use domain::time::paris_day;
use leptos::prelude::provide_context;
use uuid::Uuid;

use crate::csv;
use crate::download;
use crate::forms::Form;
use crate::pages::{as_read, render_still_with};
use crate::problem::{self, Problem};
use crate::session::see_other;
use crate::state::Server;
use crate::upload::{self, Sent};

/// The longest form, in bytes: a text that is too long comes back with why, as all the others do.
const FORM_CAP: usize = 512 * 1024;

/// `POST /approvisionnement`: does it, or shows the page again with all that was typed.
pub async fn post(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    act(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

/// `POST /approvisionnement/importer`: the till's file; its page shows what it would change.
pub async fn bring(State(server): State<Server>, Extension(who): Extension<SignedIn>, request: Request) -> Response {
    brought(&server, &who, request).await.unwrap_or_else(IntoResponse::into_response)
}

/// `GET /approvisionnement/catalogue.csv`: the catalogue as a file like the till's.
pub async fn export(State(server): State<Server>, Extension(who): Extension<SignedIn>) -> Response {
    match catalogue::export(&server.backend, who.member).await {
        Ok(table) => download::csv(csv::written(&table), &format!("catalogue-{}.csv", paris_day(server.backend.now()))),
        Err(error) => Problem::from(error).into_response(),
    }
}

async fn act(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    let page = as_read(&request, Uri::from_static(POSTED_TO));
    let form = Form::read_within(request, FORM_CAP).await?;
    server.limits.commands(who.member, 1)?;
    let fields = Fields(form.0);
    let asked = Asked { backend: &server.backend, member: who.member, fields: &fields };
    let back = asked.back()?;
    // A preview: the same page with what is typed, and nothing done.
    if !fields.one("apercu").is_empty() {
        let told = Told(story_html(fields.one("story")));
        return Ok(Shown { told, ..Shown::of(back, fields) }.render(server, page).await);
    }
    match asked.done().await? {
        Ok(Went::To(address)) => {
            server.live.changed();
            Ok(see_other(&format!("{address}?fait={}", fields.one("geste"))))
        }
        Ok(Went::Undone(stays)) => {
            server.live.changed();
            let none = Fields(Vec::new());
            Ok(Shown { stays: Stays(stays), ..Shown::of(IMPORT.to_owned(), none) }.render(server, page).await)
        }
        Err(refused) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(Shown { refused, status, ..Shown::of(back, fields) }.render(server, page).await)
        }
    }
}

async fn brought(server: &Server, who: &SignedIn, request: Request) -> Result<Response, Problem> {
    let page = as_read(&request, Uri::from_static(IMPORT));
    let by_script = request.headers().get(header::ACCEPT).is_some_and(|accepts| accepts == "application/json");
    server.limits.commands(who.member, 1)?;
    // Nobody else's file is even read.
    catalogue::imports(&server.backend, who.member).await?;
    let (why, status) = match upload::read(request, "fichier", SIZE_CAP).await? {
        Sent::TooLarge { bytes } => (NoFile::TooLarge { bytes }, StatusCode::PAYLOAD_TOO_LARGE),
        Sent::File(upload) => {
            let form: Uuid = upload.fields.one("id").parse().unwrap_or_else(|_| server.backend.ids.uuid());
            match catalogue::import_file(&server.backend, who.member, form, &upload.name, &upload.bytes).await? {
                Ok(import) => {
                    let address = format!("{IMPORT}/{import}");
                    return Ok(if by_script { made(&address) } else { see_other(&address) });
                }
                Err(why) => (why, StatusCode::UNPROCESSABLE_ENTITY),
            }
        }
    };
    let refused = Refused(vec![Why::File(why)]);
    Ok(Shown { refused, status, ..Shown::of(IMPORT.to_owned(), Fields(Vec::new())) }.render(server, page).await)
}

/// To the page's own script, which shows how far a file has come (`public/sending.js`): where it is now. Led there, the script
/// would have the file compared once for nothing.
fn made(address: &str) -> Response {
    let mut response = StatusCode::CREATED.into_response();
    if let Ok(address) = HeaderValue::try_from(address) {
        response.headers_mut().insert(header::LOCATION, address);
    }
    response
}

/// A page that answers a form.
struct Shown {
    /// Its path.
    path: String,
    typed: Fields,
    refused: Refused,
    told: Told,
    stays: Stays,
    status: StatusCode,
}

impl Shown {
    fn of(path: String, typed: Fields) -> Shown {
        let (refused, told, stays) = (Refused::default(), Told::default(), Stays::default());
        Shown { path, typed, refused, told, stays, status: StatusCode::OK }
    }

    async fn render(self, server: &Server, page: Request) -> Response {
        let mut page = page;
        if let Ok(address) = Uri::try_from(self.path) {
            *page.uri_mut() = address;
        }
        let is_ours = |name: &str| ["id", "apercu"].contains(&name);
        let typed = Typed(Fields(self.typed.0.into_iter().filter(|(name, _)| !is_ours(name)).collect()));
        let (refused, told, stays) = (self.refused, self.told, self.stays);
        let also = move || {
            provide_context(typed.clone());
            provide_context(refused.clone());
            provide_context(told.clone());
            provide_context(stays.clone());
        };
        let mut response = render_still_with(server, page, also).await;
        // What is not there, or not theirs, says so itself.
        if response.status().is_success() {
            *response.status_mut() = self.status;
        }
        response
    }
}

/// Where somebody goes on.
enum Went {
    To(String),
    /// What the undo left as it was.
    Undone(Vec<Since>),
}

/// What somebody of the group asks with a form.
struct Asked<'a> {
    backend: &'a Backend,
    member: MemberId,
    fields: &'a Fields,
}

impl Asked<'_> {
    async fn done(&self) -> Result<Result<Went, Refused>, Problem> {
        match self.fields.one("geste") {
            "produit" | "nouveau-produit" => self.product().await,
            "archiver" | "remettre" => {
                let (product, out) = (self.product_id()?, self.fields.one("geste") == "archiver");
                catalogue::archive_product(self.backend, self.member, product, out).await?;
                Ok(Ok(Went::To(format!("{PRODUCT}/{product}"))))
            }
            "rayon" | "nouveau-rayon" | "deplacer-rayon" | "retirer-rayon" => {
                let kept = self.range().await?;
                Ok(kept.map(|()| Went::To(RANGES.to_owned())).map_err(Refused::typed))
            }
            "fournisseur" | "nouveau-fournisseur" | "retirer-fournisseur" => self.supplier().await,
            "marge" => self.margin().await,
            "balances" => self.scales().await,
            _ => self.file().await,
        }
    }

    /// Where the form stood.
    fn back(&self) -> Result<String, Problem> {
        Ok(match self.fields.one("geste") {
            "produit" | "archiver" | "remettre" => format!("{PRODUCT}/{}", self.product_id()?),
            "nouveau-produit" => NEW_PRODUCT.to_owned(),
            "rayon" | "nouveau-rayon" | "deplacer-rayon" | "retirer-rayon" => RANGES.to_owned(),
            "fournisseur" | "retirer-fournisseur" => format!("{SUPPLIERS}/{}", self.supplier_id()?),
            "nouveau-fournisseur" => NEW_SUPPLIER.to_owned(),
            "marge" | "balances" => MARGIN.to_owned(),
            "colonnes" | "mots" | "reponses" | "appliquer" => format!("{IMPORT}/{}", self.import_id()?),
            "defaire" => IMPORT.to_owned(),
            _ => return Err(problem::NOT_UNDERSTOOD),
        })
    }

    async fn product(&self) -> Result<Result<Went, Refused>, Problem> {
        let (backend, member) = (self.backend, self.member);
        let written = match Written::read(self.fields, paris_day(backend.now())) {
            Ok(written) => written,
            Err(wrong) => return Ok(Err(Refused::wrong(wrong))),
        };
        let kept = if self.fields.one("geste") == "nouveau-produit" {
            catalogue::create_product(backend, member, self.form(), written).await?
        } else {
            let id = self.product_id()?;
            catalogue::edit_product(backend, member, id, self.base(), written).await?.map(|()| id)
        };
        Ok(kept.map(|id: ProductId| Went::To(format!("{PRODUCT}/{id}"))).map_err(Refused::typed))
    }

    async fn range(&self) -> Result<Result<(), Vec<Mistake>>, Problem> {
        let (backend, member, name) = (self.backend, self.member, self.fields.one("name"));
        Ok(match self.fields.one("geste") {
            "nouveau-rayon" => catalogue::create_range(backend, member, self.form(), name).await?.map(|_| ()),
            "retirer-rayon" => catalogue::remove_range(backend, member, self.range_id()?).await?,
            "deplacer-rayon" => {
                let place: usize = self.fields.one("place").parse().map_err(|_| problem::MALFORMED)?;
                Ok(catalogue::move_range(backend, member, self.range_id()?, place).await?)
            }
            _ => catalogue::rename_range(backend, member, self.range_id()?, name).await?,
        })
    }

    async fn supplier(&self) -> Result<Result<Went, Refused>, Problem> {
        let (backend, member, act) = (self.backend, self.member, self.fields.one("geste"));
        if act == "retirer-fournisseur" {
            let kept = catalogue::remove_supplier(backend, member, self.supplier_id()?).await?;
            return Ok(kept.map(|()| Went::To(SUPPLIERS.to_owned())).map_err(Refused::typed));
        }
        let written = match WrittenSupplier::read(self.fields) {
            Ok(written) => written,
            Err(wrong) => return Ok(Err(Refused::wrong(wrong))),
        };
        let kept = if act == "nouveau-fournisseur" {
            catalogue::create_supplier(backend, member, self.form(), written).await?
        } else {
            let id = self.supplier_id()?;
            catalogue::edit_supplier(backend, member, id, self.base(), written).await?.map(|()| id)
        };
        Ok(kept.map(|id: SupplierId| Went::To(format!("{SUPPLIERS}/{id}"))).map_err(Refused::typed))
    }

    /// What is said of a file, and what becomes of it.
    async fn file(&self) -> Result<Result<Went, Refused>, Problem> {
        let (backend, member, import) = (self.backend, self.member, self.import_id()?);
        let file = || Went::To(format!("{IMPORT}/{import}"));
        match self.fields.one("geste") {
            "colonnes" => {
                catalogue::map_columns(backend, member, import, &Mapping::typed(self.fields)).await?;
                Ok(Ok(file()))
            }
            "mots" => {
                let kept = catalogue::say_words(backend, member, import, &self.words()?).await?;
                Ok(kept.map(|()| file()).map_err(Refused::typed))
            }
            "reponses" => {
                catalogue::answer_file(backend, member, import, &self.answers()?).await?;
                if !self.fields.one("memes").is_empty() {
                    catalogue::answer_all_same(backend, member, import).await?;
                }
                Ok(Ok(file()))
            }
            "appliquer" => {
                let applied = catalogue::approve(backend, member, import, self.fields.one("vu")).await?;
                Ok(applied.map(|_| file()).map_err(|why| Refused(vec![Why::NotApproved(why)])))
            }
            "defaire" => {
                let undone = catalogue::undo_last(backend, member, import).await?;
                let went =
                    |undo: Undo| if undo.since.is_empty() { Went::To(IMPORT.to_owned()) } else { Went::Undone(undo.since) };
                Ok(undone.map(went).map_err(|why| Refused(vec![Why::NotUndone(why)])))
            }
            _ => Err(problem::NOT_UNDERSTOOD),
        }
    }

    /// Those that were chosen; the others are asked for again.
    fn words(&self) -> Result<Said, Problem> {
        let mut said = Said::default();
        for (word, chosen) in self.fields.all("mot-rayon").zip(self.fields.all("rayon")).filter(|(_, chosen)| !chosen.is_empty())
        {
            let range = match chosen {
                "nouveau" => SaidRange::New,
                id => SaidRange::Is(id.parse::<RangeId>().map_err(|_| problem::MALFORMED)?),
            };
            said.ranges.insert(word.to_owned(), range);
        }
        let suppliers = self.fields.all("mot-fournisseur").zip(self.fields.all("fournisseur"));
        for (word, chosen) in suppliers.filter(|(_, chosen)| !chosen.is_empty()) {
            let supplier = match chosen {
                "nouveau" => SaidSupplier::New,
                "personne" => SaidSupplier::Nobody,
                id => SaidSupplier::Is(id.parse::<SupplierId>().map_err(|_| problem::MALFORMED)?),
            };
            said.suppliers.insert(word.to_owned(), supplier);
        }
        said.others_new = !self.fields.one("manquants").is_empty();
        Ok(said)
    }

    fn answers(&self) -> Result<Answers, Problem> {
        let mut answers = Answers::default();
        for (line, chosen) in self.fields.all("ligne").zip(self.fields.all("produit")).filter(|(_, chosen)| !chosen.is_empty()) {
            let line: u32 = line.parse().map_err(|_| problem::MALFORMED)?;
            let product = match chosen {
                "nouveau" => None,
                id => Some(id.parse::<ProductId>().map_err(|_| problem::MALFORMED)?),
            };
            answers.names.insert(line, product);
        }
        answers.shorter = !self.fields.one("complet").is_empty();
        Ok(answers)
    }

    /// What the form makes has its id: sent twice, it is one.
    fn form(&self) -> Uuid {
        self.fields.one("id").parse().unwrap_or_else(|_| self.backend.ids.uuid())
    }

    /// The revision from which it was written; a page of ours always says it.
    fn base(&self) -> i32 {
        self.fields.one("base").parse().unwrap_or(0)
    }

    fn product_id(&self) -> Result<ProductId, Problem> {
        self.fields.one("product").parse().map_err(|_| problem::MALFORMED)
    }

    fn range_id(&self) -> Result<RangeId, Problem> {
        self.fields.one("range").parse().map_err(|_| problem::MALFORMED)
    }

    fn supplier_id(&self) -> Result<SupplierId, Problem> {
        self.fields.one("supplier").parse().map_err(|_| problem::MALFORMED)
    }

    fn import_id(&self) -> Result<ImportId, Problem> {
        self.fields.one("import").parse().map_err(|_| problem::MALFORMED)
    }
}
