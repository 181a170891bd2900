//! What the pages ask, with the network only.

use domain::catalogue::import::{Archived, ImportLine, Importing, Mapping, key};
use domain::catalogue::{
    Answered, MissingOf, PriceVersion, ProductInHand, ProductLine, Range, RangeInHand, Rate, Report, Suggestion, Supplier,
    SupplierInHand, missing,
};
use domain::id::{ImportId, MemberId, PictureId, ProductId, SuggestionId, SupplierId};
use domain::time::Instant;
use domain::view::leaf::Leaf;
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Post};
use serde::{Deserialize, Serialize};

use crate::api::{ApiError, Text};
use crate::french::catalogue::money;

/// So many products of a list stand on a leaf.
const ROWS_SHOWN: usize = 30;

/// A product in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub id: ProductId,
    pub name: String,
    pub about: String,
    /// Its photo, where there is a small one of it.
    pub thumbnail: Option<PictureId>,
}

/// A list of products, as far as its leaf goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    pub rows: Vec<Row>,
    pub leaf: Leaf,
}

/// What a member would like to find, and nobody said yes or no to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    pub id: SuggestionId,
    pub text: String,
    pub by: String,
    pub at: Instant,
    pub wanted_by: usize,
    /// Why not yet.
    pub later: Option<String>,
}

/// Which leaf of each list is asked for, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asks {
    pub found: usize,
    pub without_allergens: usize,
    pub without_photo: usize,
}

/// What is to do, and what was searched for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    pub as_of: Instant,
    pub found: Rows,
    /// The most wanted first.
    pub wishes: Vec<Asking>,
    /// Each with its product.
    pub missing: Vec<(MissingOf, Row)>,
    pub without_allergens: Rows,
    pub without_photo: Rows,
    pub last: Option<ImportLine>,
}

/// Where a product may stand, and who may bring it: ids and names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    pub ranges: Vec<(String, String)>,
    pub suppliers: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductPage {
    pub product: ProductInHand,
    pub choices: Choices,
    /// Of the last import: it says whose each field is.
    pub mapping: Mapping,
    /// The co-op's.
    pub margin: Rate,
    pub prices: Vec<PriceVersion>,
    pub me: MemberId,
    pub as_of: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewProduct {
    pub choices: Choices,
    /// The co-op's.
    pub margin: Rate,
    pub me: MemberId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppliers {
    pub suppliers: Vec<SupplierInHand>,
    pub me: MemberId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplierPage {
    pub supplier: SupplierInHand,
    pub me: MemberId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportsInHand {
    /// The newest first.
    pub imports: Vec<ImportLine>,
    pub as_of: Instant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileInHand {
    pub importing: Importing,
    pub ranges: Vec<Range>,
    pub suppliers: Vec<Supplier>,
    /// What products are called.
    pub names: Vec<(ProductId, String)>,
}

impl FileInHand {
    pub fn name_of(&self, id: ProductId) -> String {
        self.names.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone()).unwrap_or_default()
    }
}

impl Choices {
    pub fn of(ranges: &[RangeInHand], suppliers: &[SupplierInHand]) -> Choices {
        Choices {
            ranges: ranges.iter().map(|known| (known.range.id.to_string(), known.range.name.clone())).collect(),
            suppliers: suppliers.iter().map(|known| (known.id.to_string(), known.written.name.clone())).collect(),
        }
    }
}

impl Row {
    pub fn of(line: &ProductLine, choices: &Choices) -> Row {
        let range = line.range.to_string();
        let range = choices.ranges.iter().find(|(id, _)| *id == range).map(|(_, name)| name.clone());
        let mut about: Vec<String> = Vec::new();
        about.extend(range);
        about.extend((!line.brand.is_empty()).then(|| line.brand.clone()));
        about.push(money(line.price));
        about.extend((line.archived != Archived::No).then(|| "archivé".to_owned()));
        Row { id: line.id, name: line.name.clone(), about: about.join(" · "), thumbnail: line.thumbnail }
    }
}

impl Rows {
    fn of<'a>(page: usize, lines: impl Iterator<Item = &'a ProductLine>, choices: &Choices) -> Rows {
        let lines: Vec<&ProductLine> = lines.collect();
        let leaf = Leaf::of(page, ROWS_SHOWN, lines.len());
        Rows { rows: leaf.cut(lines).map(|line| Row::of(line, choices)).collect(), leaf }
    }
}

impl Desk {
    /// `lines`: every product.
    pub fn of((typed, asks): (&str, Asks), lines: &[ProductLine], choices: &Choices, reports: &[Report], as_of: Instant) -> Desk {
        let there = || lines.iter().filter(|line| line.archived == Archived::No);
        let words = key(typed);
        let is_found = |line: &&ProductLine| {
            let said = key(&format!("{} {}", line.name, line.brand));
            !words.is_empty() && words.split(' ').all(|word| said.contains(word))
        };
        let mut reported: Vec<ProductId> = Vec::new();
        for report in reports {
            if !reported.contains(&report.product) {
                reported.push(report.product);
            }
        }
        let of_product = |id: ProductId| {
            let line = lines.iter().find(|line| line.id == id)?;
            let told = missing(reports, id)?;
            let count = u16::try_from(told.reports).unwrap_or(u16::MAX);
            let of = MissingOf { product: id, since: told.since, last: told.last, reports: count };
            Some((of, Row::of(line, choices)))
        };
        Desk {
            as_of,
            found: Rows::of(asks.found, lines.iter().filter(is_found), choices),
            wishes: Vec::new(),
            missing: reported.into_iter().filter_map(of_product).collect(),
            without_allergens: Rows::of(asks.without_allergens, there().filter(|line| !line.allergens_said), choices),
            without_photo: Rows::of(asks.without_photo, there().filter(|line| !line.has_photo), choices),
            last: None,
        }
    }
}

impl Asking {
    pub fn of(suggestion: Suggestion, by: String) -> Asking {
        Asking {
            wanted_by: suggestion.wanted_by(),
            id: suggestion.id,
            text: suggestion.text,
            by,
            at: suggestion.at,
            later: suggestion.answer.map(|Answered { why, .. }| why),
        }
    }
}

/// What is to do for whoever keeps the ranges: of the products that answer to what was typed, of those without allergens and of
/// those without a photo, a leaf each.
#[server(prefix = "/api", endpoint = "v1/supply", input = GetUrl, output = Post<Text>)]
pub async fn supply_desk(typed: String, found: usize, without_allergens: usize, without_photo: usize) -> Result<Desk, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let lines = backend::catalogue::product_lines(&backend, who.member).await.map_err(api_error)?;
    let ranges = backend::catalogue::ranges(&backend, who.member).await.map_err(api_error)?;
    let reports = backend::catalogue::reports(&backend, who.member).await.map_err(api_error)?;
    let suggestions = backend::catalogue::suggestions(&backend, who.member).await.map_err(api_error)?;
    let imports = backend::catalogue::imports(&backend, who.member).await.map_err(api_error)?;
    let shared = expect_context::<std::sync::Arc<backend::snapshots::Shared>>();
    let at = shared.seen(&backend, &who).await.map_err(api_error)?;
    let asks = Asks { found, without_allergens, without_photo };
    let mut desk = Desk::of((typed.as_str(), asks), &lines, &Choices::of(&ranges, &[]), &reports, backend.now());
    let open = suggestions.into_iter().filter(Suggestion::is_open);
    desk.wishes =
        open.map(|asked| (at.calendar.name(asked.by).to_string(), asked)).map(|(by, asked)| Asking::of(asked, by)).collect();
    desk.wishes.sort_by_key(|asking| std::cmp::Reverse(asking.wanted_by));
    desk.last = imports.into_iter().next();
    Ok(desk)
}

/// One product, with all that is written of it.
#[server(prefix = "/api", endpoint = "v1/supply/product", input = GetUrl, output = Post<Text>)]
pub async fn supply_product(product: ProductId) -> Result<ProductPage, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let product = backend::catalogue::product_in_hand(&backend, who.member, product).await.map_err(api_error)?;
    let prices = backend::catalogue::prices(&backend, who.member, product.id).await.map_err(api_error)?;
    let ranges = backend::catalogue::ranges(&backend, who.member).await.map_err(api_error)?;
    let suppliers = backend::catalogue::suppliers(&backend, who.member).await.map_err(api_error)?;
    let imports = backend::catalogue::imports(&backend, who.member).await.map_err(api_error)?;
    let mapping = match imports.first() {
        Some(last) => backend::catalogue::importing(&backend, who.member, last.id).await.map_err(api_error)?.mapping,
        None => Mapping::default(),
    };
    let margin = backend::catalogue::margin(&backend, who.member, None).await.map_err(api_error)?.margin;
    let choices = Choices::of(&ranges, &suppliers);
    Ok(ProductPage { product, choices, mapping, margin, prices, me: who.member, as_of: backend.now() })
}

/// What a new product begins with.
#[server(prefix = "/api", endpoint = "v1/supply/new", input = GetUrl, output = Post<Text>)]
pub async fn supply_new_product() -> Result<NewProduct, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let ranges = backend::catalogue::ranges(&backend, who.member).await.map_err(api_error)?;
    let suppliers = backend::catalogue::suppliers(&backend, who.member).await.map_err(api_error)?;
    let margin = backend::catalogue::margin(&backend, who.member, None).await.map_err(api_error)?.margin;
    Ok(NewProduct { choices: Choices::of(&ranges, &suppliers), margin, me: who.member })
}

/// The rayons, in their order.
#[server(prefix = "/api", endpoint = "v1/supply/ranges", input = GetUrl, output = Post<Text>)]
pub async fn supply_ranges() -> Result<Vec<RangeInHand>, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    backend::catalogue::ranges(&backend, who.member).await.map_err(api_error)
}

/// Who brings what.
#[server(prefix = "/api", endpoint = "v1/supply/suppliers", input = GetUrl, output = Post<Text>)]
pub async fn supply_suppliers() -> Result<Suppliers, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let suppliers = backend::catalogue::suppliers(&backend, who.member).await.map_err(api_error)?;
    Ok(Suppliers { suppliers, me: who.member })
}

/// One of them.
#[server(prefix = "/api", endpoint = "v1/supply/supplier", input = GetUrl, output = Post<Text>)]
pub async fn supply_supplier(supplier: SupplierId) -> Result<SupplierPage, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let suppliers = backend::catalogue::suppliers(&backend, who.member).await.map_err(api_error)?;
    let found = suppliers.into_iter().find(|known| known.id == supplier);
    let supplier = found.ok_or_else(|| api_error(backend::error::Error::NotFound))?;
    Ok(SupplierPage { supplier, me: who.member })
}

/// What was brought in.
#[server(prefix = "/api", endpoint = "v1/supply/imports", input = GetUrl, output = Post<Text>)]
pub async fn supply_imports() -> Result<ImportsInHand, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let imports = backend::catalogue::imports(&backend, who.member).await.map_err(api_error)?;
    Ok(ImportsInHand { imports, as_of: backend.now() })
}

/// A file on its way in.
#[server(prefix = "/api", endpoint = "v1/supply/file", input = GetUrl, output = Post<Text>)]
pub async fn supply_file(import: ImportId) -> Result<FileInHand, ApiError> {
    use crate::api::on_server::{api_error, signed_in};
    let (backend, who) = signed_in()?;
    let importing = backend::catalogue::importing(&backend, who.member, import).await.map_err(api_error)?;
    let ranges = backend::catalogue::ranges(&backend, who.member).await.map_err(api_error)?;
    let suppliers = backend::catalogue::suppliers(&backend, who.member).await.map_err(api_error)?;
    let lines = backend::catalogue::product_lines(&backend, who.member).await.map_err(api_error)?;
    Ok(FileInHand {
        importing,
        ranges: ranges.into_iter().map(|known| known.range).collect(),
        suppliers: suppliers.into_iter().map(|known| known.written.shown(known.id, String::new())).collect(),
        names: lines.into_iter().map(|line| (line.id, line.name)).collect(),
    })
}
