//! Which product a row is about: by till id, then by barcode; by name it is only proposed, and so is a product whose till id the
//! till seems to have used again.

use std::collections::{BTreeMap, BTreeSet};

use super::fact::Facts;
use super::row::Incoming;
use super::shop::{Answers, Shop};
use crate::id::ProductId;
use crate::import::key;

/// The most products of a name that are proposed for a row.
const CANDIDATES_CAP: usize = 10;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Match {
    Known(ProductId),
    /// Of that name or till id, and not in the file otherwise: somebody says which one it is, if any.
    Proposed(Vec<ProductId>),
    New,
}

/// One for each row. No product is that of two rows.
pub(super) fn matched(shop: &Shop, rows: &[Incoming], answers: &Answers) -> Vec<Match> {
    let mut matches: Vec<Option<Match>> = vec![None; rows.len()];
    let mut taken = BTreeSet::new();

    let with_till_id = |(id, facts): (ProductId, &Facts)| facts.till_id.clone().map(|till_id| (till_id, id));
    let by_till_id: BTreeMap<String, ProductId> = all(shop).filter_map(with_till_id).collect();
    // Whose till id a row has, by its line, though it is hardly that product.
    let mut doubts: BTreeMap<u32, ProductId> = BTreeMap::new();
    for (row, found) in rows.iter().zip(&mut matches) {
        let Some(id) = row.till_id.as_ref().and_then(|till_id| by_till_id.get(till_id)).copied() else { continue };
        if shop.get(&id).is_some_and(|kept| is_hardly(row, &kept.facts)) {
            doubts.insert(row.line, id);
        } else if taken.insert(id) {
            *found = Some(Match::Known(id));
        }
    }

    let by_barcode: BTreeMap<_, ProductId> =
        all(shop).flat_map(|(id, facts)| facts.barcodes.iter().map(move |barcode| (barcode, id))).collect();
    for (row, found) in rows.iter().zip(&mut matches).filter(|(_, found)| found.is_none()) {
        let known = row.barcodes.iter().filter_map(|barcode| by_barcode.get(barcode).copied()).find(|id| !taken.contains(id));
        *found = known.filter(|id| taken.insert(*id)).map(Match::Known);
    }

    for (row, found) in rows.iter().zip(&mut matches).filter(|(_, found)| found.is_none()) {
        *found = match answers.names.get(&row.line) {
            Some(Some(id)) => shop.contains_key(id).then_some(*id).filter(|id| taken.insert(*id)).map(Match::Known),
            Some(None) => Some(Match::New),
            None => None,
        };
    }

    let mut by_name: BTreeMap<String, Vec<ProductId>> = BTreeMap::new();
    for (id, facts) in all(shop).filter(|(id, _)| !taken.contains(id)) {
        by_name.entry(key(&facts.name)).or_default().push(id);
    }
    let proposed = |row: &Incoming| {
        let doubted = doubts.get(&row.line).copied().filter(|id| !taken.contains(id));
        let of_that_name = by_name.get(&key(&row.name)).into_iter().flatten().copied().filter(|id| Some(*id) != doubted);
        let candidates: Vec<ProductId> = doubted.into_iter().chain(of_that_name).take(CANDIDATES_CAP).collect();
        if candidates.is_empty() { Match::New } else { Match::Proposed(candidates) }
    };
    rows.iter().zip(matches).map(|(row, found)| found.unwrap_or_else(|| proposed(row))).collect()
}

/// Whether a row is hardly the product that has its till id: they have other barcodes, and at most half of the words of their names
/// in common. What was said of the one by hand, its allergens first of all, is not said of the other.
fn is_hardly(row: &Incoming, facts: &Facts) -> bool {
    let have_codes = !row.barcodes.is_empty() && !facts.barcodes.is_empty();
    have_codes && !row.barcodes.iter().any(|code| facts.barcodes.contains(code)) && are_apart(&key(&row.name), &key(&facts.name))
}

fn are_apart(name: &str, other: &str) -> bool {
    let (words, others) = (words_of(name), words_of(other));
    words != others && words.intersection(&others).count() * 2 <= words.len().max(others.len())
}

fn words_of(name: &str) -> BTreeSet<&str> {
    name.split(' ').collect()
}

fn all(shop: &Shop) -> impl Iterator<Item = (ProductId, &Facts)> {
    shop.iter().map(|(id, kept)| (*id, &kept.facts))
}
