//! What a shelf's address says: the range, the filter, which page of it. Everything is a link, so that it works before any script.

use std::fmt::Write;

use domain::catalogue::Allergen;
use domain::id::{ProductId, RangeId, SupplierId};
use domain::view::catalogue::{Filter, Order, Which};
use leptos_router::params::ParamsMap;

/// Where the ranges are.
pub const RANGES: &str = "/rayons";
pub const LIST: &str = "/liste";
pub const WISHES: &str = "/envies";
/// In the place of a range: the whole shop.
pub const ALL: &str = "tout";
/// Where those who keep it do so.
pub const SUPPLY: &str = "/approvisionnement";
/// Where a code is scanned.
pub const SCAN: &str = "/rayons/scanner";
/// The first words of the addresses of the shop's pages.
const FIRST: [&str; 5] = ["rayons", "produit", "fournisseur", "liste", "envies"];

/// Whether what stands there shows the shop.
pub fn is_of_the_shop(path: &str) -> bool {
    FIRST.contains(&path.trim_start_matches('/').split('/').next().unwrap_or_default())
}

/// `/rayons/6f1c…?etiquette=AB&fournisseur=…&sans=gluten,lait&voir=nouveautes&tri=kilo&page=2`
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ShelfAddress {
    /// None for the whole shop.
    pub range: Option<RangeId>,
    pub filter: Filter,
    /// Which page of its products, from 1.
    pub page: usize,
}

impl ShelfAddress {
    pub fn read(range: Option<RangeId>, params: &ParamsMap) -> ShelfAddress {
        let text = |name: &str| params.get(name).filter(|text| !text.is_empty());
        let without = text("sans").unwrap_or_default();
        let without = Allergen::ALL.into_iter().filter(|allergen| without.split(',').any(|name| name == slug(*allergen)));
        let which = text("voir").and_then(|name| Which::ALL.into_iter().find(|which| name_of(*which) == name));
        ShelfAddress {
            range,
            filter: Filter {
                label: text("etiquette"),
                supplier: text("fournisseur").and_then(|id| id.parse().ok()),
                without: without.collect(),
                which,
                order: if text("tri").as_deref() == Some("kilo") { Order::PerMeasure } else { Order::Name },
            },
            page: page(params),
        }
    }

    /// The same shelf, seen otherwise, from its beginning.
    pub fn with(&self, filter: Filter) -> ShelfAddress {
        ShelfAddress { range: self.range, filter, page: 1 }
    }

    /// Another page of it.
    pub fn at(&self, page: usize) -> ShelfAddress {
        ShelfAddress { page, ..self.clone() }
    }

    pub fn href(&self) -> String {
        let Filter { label, supplier, without, which, order } = &self.filter;
        let mut parts = Vec::new();
        if let Some(label) = label {
            parts.push(format!("etiquette={}", encoded(label)));
        }
        if let Some(supplier) = supplier {
            parts.push(format!("fournisseur={supplier}"));
        }
        if !without.is_empty() {
            let names: Vec<&str> = without.iter().map(|allergen| slug(*allergen)).collect();
            parts.push(format!("sans={}", names.join(",")));
        }
        if let Some(which) = which {
            parts.push(format!("voir={}", name_of(*which)));
        }
        if *order == Order::PerMeasure {
            parts.push("tri=kilo".to_owned());
        }
        if self.page > 1 {
            parts.push(format!("page={}", self.page));
        }
        let path = self.range.map_or_else(|| format!("{RANGES}/{ALL}"), |range| format!("{RANGES}/{range}"));
        if parts.is_empty() { path } else { format!("{path}?{}", parts.join("&")) }
    }
}

/// Which page of a list is asked for, from 1.
pub fn page(params: &ParamsMap) -> usize {
    params.get("page").and_then(|page| page.parse().ok()).unwrap_or(1)
}

/// The whole shop, but for what is otherwise.
pub fn across(filter: Filter) -> String {
    ShelfAddress { filter, ..ShelfAddress::default() }.href()
}

pub fn of_range(range: RangeId) -> String {
    format!("{RANGES}/{range}")
}

pub fn of_product(product: ProductId) -> String {
    format!("/produit/{product}")
}

pub fn of_supplier(supplier: SupplierId) -> String {
    format!("/fournisseur/{supplier}")
}

fn name_of(which: Which) -> &'static str {
    match which {
        Which::New => "nouveautes",
        Which::Seasonal => "saison",
        Which::Ending => "fin",
        Which::Bulk => "vrac",
    }
}

fn slug(allergen: Allergen) -> &'static str {
    match allergen {
        Allergen::Gluten => "gluten",
        Allergen::Crustaceans => "crustaces",
        Allergen::Eggs => "oeufs",
        Allergen::Fish => "poisson",
        Allergen::Peanuts => "arachides",
        Allergen::Soya => "soja",
        Allergen::Milk => "lait",
        Allergen::Nuts => "fruits-a-coque",
        Allergen::Celery => "celeri",
        Allergen::Mustard => "moutarde",
        Allergen::Sesame => "sesame",
        Allergen::Sulphites => "sulfites",
        Allergen::Lupin => "lupin",
        Allergen::Molluscs => "mollusques",
    }
}

/// As it stands in an address.
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_it_was_read_from() {
        let mut params = ParamsMap::new();
        params.insert("etiquette", "Nature & Progrès".to_owned());
        params.insert("sans", "lait,gluten,rien".to_owned());
        params.insert("voir", "vrac".to_owned());
        params.insert("tri", "kilo".to_owned());
        params.insert("page", "2".to_owned());
        let address = ShelfAddress::read(None, &params);
        assert_eq!(
            address.href(),
            "/rayons/tout?etiquette=Nature%20%26%20Progr%C3%A8s&sans=gluten,lait&voir=vrac&tri=kilo&page=2"
        );
        assert_eq!(
            address.at(1).href(),
            "/rayons/tout?etiquette=Nature%20%26%20Progr%C3%A8s&sans=gluten,lait&voir=vrac&tri=kilo"
        );
        assert_eq!(address.with(Filter::default()).href(), "/rayons/tout", "another filter is seen from its beginning");
        params.insert("page", "beaucoup".to_owned());
        assert_eq!(ShelfAddress::read(None, &params).page, 1);
    }
}
