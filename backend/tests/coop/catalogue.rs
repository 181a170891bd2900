//! The catalogue, as Approvisionnement keeps it.

use std::sync::Arc;

use backend::catalogue;
use backend::snapshots::Shelves;
use domain::catalogue::import::{Archived, Facts, Kept, Said, SaidRange, SaidSupplier, Shop, Step};
use domain::catalogue::{Availability, ByHand, Cents, MARGIN, Margin, Rate, Shelf, SoldBy, Written};
use domain::id::{ImportId, MemberId, ProductId, RangeId};
use domain::time::paris_day;
use sqlx::types::Json;

use super::Coop;

/// What the till's file begins with.
pub const HEADER: &str = "Code article;Code-barres;Désignation;Rayon;Fournisseur;Prix d’achat HT;TVA\n";

impl Coop {
    /// Odile, of Approvisionnement.
    pub async fn keeper(&self) -> MemberId {
        let keeper = self.member("Odile").await;
        self.in_group(keeper, "approvisionnement").await;
        keeper
    }

    pub async fn range(&self, keeper: MemberId, name: &str) -> RangeId {
        catalogue::create_range(&self.backend, keeper, self.id(), name).await.unwrap().unwrap()
    }

    pub fn written(&self, range: RangeId, name: &str, cents: i64) -> Written {
        let facts = Facts {
            till_id: None,
            barcodes: Vec::new(),
            name: name.to_owned(),
            brand: String::new(),
            range,
            supplier: None,
            sold_by: SoldBy::Piece,
            net: None,
            purchase: Cents(cents),
            margin: Margin::OfTheCoop(MARGIN),
            vat: Rate(550),
            deposit: Cents::ZERO,
            availability: Availability::InRange,
            origin: String::new(),
        };
        Written { facts, by_hand: ByHand::default() }
    }

    pub async fn product(&self, keeper: MemberId, range: RangeId, name: &str, cents: i64) -> ProductId {
        let written = self.written(range, name, cents);
        catalogue::create_product(&self.backend, keeper, self.id(), written).await.unwrap().unwrap()
    }

    pub async fn shelves(&self) -> Arc<Shelves> {
        Arc::new(backend::snapshots::catalogue(&self.backend).await.unwrap())
    }

    pub async fn shelf(&self, range: RangeId) -> Shelf {
        let shelves = self.shelves().await;
        let part = shelves.index.parts.iter().find(|part| part.range.id == range).expect("a shelf");
        Shelf::clone(shelves.shelf(part.shelf(), &part.hash).expect("under its hash"))
    }

    /// So many products like this one, each with a name of its own; the mark is as it was.
    pub async fn stock(&self, like: &Written, count: i32) {
        sqlx::query(
            "insert into product (product_id, facts, by_hand, price_since, changed_on)
             select gen_random_uuid(), jsonb_set($1, '{name}', to_jsonb(($1->>'name') || ' ' || n)), $2, $3, $3
             from generate_series(1, $4) as n",
        )
        .bind(Json(&like.facts))
        .bind(Json(&like.by_hand))
        .bind(paris_day(self.now()))
        .bind(count)
        .execute(&self.backend.pool)
        .await
        .unwrap();
    }

    /// Everything that an import looks at, as it stands.
    pub async fn shop(&self) -> Shop {
        let rows: Vec<(ProductId, Json<Facts>, String)> =
            sqlx::query_as("select product_id, facts, archived from product").fetch_all(&self.backend.pool).await.unwrap();
        let archived = |word: &str| match word {
            "no" => Archived::No,
            "by_import" => Archived::ByImport,
            _ => Archived::ByHand,
        };
        rows.into_iter().map(|(id, facts, word)| (id, Kept { facts: facts.0, archived: archived(&word) })).collect()
    }

    /// A file of these rows is there, and its words mean what they say.
    pub async fn file(&self, keeper: MemberId, rows: &str) -> ImportId {
        let bytes = format!("{HEADER}{rows}");
        let id = catalogue::import_file(&self.backend, keeper, self.id(), "caisse.csv", bytes.as_bytes()).await.unwrap().unwrap();
        let Step::Compared { diff, .. } = self.step(keeper, id).await else { return id };
        let said = Said {
            ranges: diff.unmapped_ranges.iter().map(|word| (word.said.clone(), SaidRange::New)).collect(),
            suppliers: diff.unmapped_suppliers.iter().map(|word| (word.said.clone(), SaidSupplier::New)).collect(),
            others_new: false,
        };
        catalogue::say_words(&self.backend, keeper, id, &said).await.unwrap().unwrap();
        id
    }

    pub async fn step(&self, keeper: MemberId, id: ImportId) -> Step {
        catalogue::importing(&self.backend, keeper, id).await.unwrap().step
    }

    /// What stands for the diff as it is now.
    pub async fn seen(&self, keeper: MemberId, id: ImportId) -> String {
        match self.step(keeper, id).await {
            Step::Compared { seen, .. } => seen,
            other => panic!("{other:?}"),
        }
    }
}
