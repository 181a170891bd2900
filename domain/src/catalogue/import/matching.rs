//! Which product a row is about: by our own code or a till id, then by barcode; by name it is only proposed, and so is a product whose till id, or
//! whose code of the shop's own, the till seems to have used again.

use std::collections::{BTreeMap, BTreeSet};

use super::fact::{Fact, Facts};
use super::own_code::of_own_code;
use super::row::Incoming;
use super::shop::{Answers, Archived, Kept, Shop};
use crate::catalogue::search::is_small;
use crate::id::ProductId;
use crate::import::key;
use crate::words::words;

/// The most products of a name that are proposed for a row.
const CANDIDATES_CAP: usize = 10;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Match {
    Known(ProductId),
    /// Of that name, till id or code, and not in the file otherwise: somebody says which one it is, if any.
    Proposed {
        candidates: Vec<ProductId>,
        /// There is one of its very name, for this row alone, and nothing speaks against it.
        same: bool,
    },
    New,
}

/// One for each row. No product is that of two rows. `said`: the products of which somebody said the allergens.
pub(super) fn matched(shop: &Shop, rows: &[Incoming], answers: &Answers, said: &BTreeSet<ProductId>) -> Vec<Match> {
    let mut matches: Vec<Option<Match>> = vec![None; rows.len()];
    let mut taken = BTreeSet::new();

    let with_till_id = |(id, facts): (ProductId, &Facts)| facts.till_id.clone().map(|till_id| (till_id, id));
    let by_till_id: BTreeMap<String, ProductId> = all(shop).filter_map(with_till_id).collect();
    // Whose till id or code a row has, by its line, though it is hardly that product.
    let mut doubts: BTreeMap<u32, Vec<ProductId>> = BTreeMap::new();
    let hardly = |row: &Incoming, id: &ProductId| {
        // A till gives the numbers of what is gone to what comes.
        let kept = shop.get(id).map(|kept| (&kept.facts, said.contains(id) || kept.archived != Archived::No));
        kept.is_some_and(|(facts, with_care)| is_hardly(row, facts, with_care))
    };
    for (row, found) in rows.iter().zip(&mut matches) {
        if let Some(id) = ours(shop, row) {
            *found = taken.insert(id).then_some(Match::Known(id));
            continue;
        }
        let Some(id) = row.till_id.as_ref().and_then(|till_id| by_till_id.get(till_id)).copied() else { continue };
        if hardly(row, &id) {
            doubts.entry(row.line).or_default().push(id);
        } else if taken.insert(id) {
            *found = Some(Match::Known(id));
        }
    }

    let by_barcode: BTreeMap<_, ProductId> =
        all(shop).flat_map(|(id, facts)| facts.barcodes.iter().map(move |barcode| (barcode, id))).collect();
    for (row, found) in rows.iter().zip(&mut matches).filter(|(_, found)| found.is_none()) {
        let known = row.barcodes.iter().filter_map(|barcode| by_barcode.get(barcode).copied()).find(|id| !taken.contains(id));
        let Some(id) = known else { continue };
        if hardly(row, &id) {
            doubts.entry(row.line).or_default().push(id);
        } else {
            taken.insert(id);
            *found = Some(Match::Known(id));
        }
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
    let mut rows_of_name: BTreeMap<String, usize> = BTreeMap::new();
    for (row, _) in rows.iter().zip(&matches).filter(|(_, found)| found.is_none()) {
        *rows_of_name.entry(key(&row.name)).or_default() += 1;
    }
    let proposed = |row: &Incoming| {
        let doubted = doubts.get(&row.line).into_iter().flatten().copied().filter(|id| !taken.contains(id));
        let mut candidates: Vec<ProductId> = Vec::new();
        for id in doubted.chain(by_name.get(&key(&row.name)).into_iter().flatten().copied()) {
            if candidates.len() < CANDIDATES_CAP && !candidates.contains(&id) {
                candidates.push(id);
            }
        }
        let is_alone = !doubts.contains_key(&row.line) && rows_of_name.get(&key(&row.name)) == Some(&1);
        let same = match candidates.as_slice() {
            [] => return Match::New,
            [id] => is_alone && shop.get(id).is_some_and(|kept| nothing_speaks_against(row, kept)),
            _ => false,
        };
        Match::Proposed { candidates, same }
    };
    rows.iter().zip(matches).map(|(row, found)| found.unwrap_or_else(|| proposed(row))).collect()
}

/// The product that our own file calls as the row does, as long as the till has no number for it.
fn ours(shop: &Shop, row: &Incoming) -> Option<ProductId> {
    let id = row.till_id.as_deref().and_then(of_own_code)?;
    shop.get(&id).is_some_and(|kept| kept.facts.till_id.is_none()).then_some(id)
}

/// What the till calls it: nothing, where that is our own code of what is here.
pub(super) fn till_id_of<'a>(shop: &Shop, row: &'a Incoming) -> Option<&'a str> {
    row.till_id.as_deref().filter(|_| ours(shop, row).is_none())
}

/// Whether a row is hardly the product that has its till id, or a code of the shop's own: what was said of the one by hand, its
/// allergens first of all, is not said of the other. A manufacturer's code that both have settles it. Where each has others, it is
/// another name that tells; where there are none to compare, as of what is loose, that tells, or another brand, if it is looked at
/// `with_care`: where somebody said its allergens, or it was gone.
fn is_hardly(row: &Incoming, facts: &Facts, with_care: bool) -> bool {
    let have_in_common =
        |of_the_shop: bool| row.barcodes.iter().any(|code| code.is_in_store() == of_the_shop && facts.barcodes.contains(code));
    if have_in_common(false) {
        return false;
    }
    let have_other_codes = !row.barcodes.is_empty() && !facts.barcodes.is_empty() && !have_in_common(true);
    (with_care || have_other_codes) && are_apart(&row.name, &facts.name) || with_care && is_of_another_brand(row, facts)
}

/// Neither a code nor a brand, and nobody took it away by hand.
fn nothing_speaks_against(row: &Incoming, kept: &Kept) -> bool {
    let facts = &kept.facts;
    (row.barcodes.is_empty() || facts.barcodes.is_empty())
        && !is_of_another_brand(row, facts)
        && kept.archived != Archived::ByHand
}

/// At most half of the words of their names are in common.
fn are_apart(name: &str, other: &str) -> bool {
    let (words, others) = (words_of(name), words_of(other));
    words != others && words.intersection(&others).count() * 2 <= words.len().max(others.len())
}

/// « Noix de cajou » and « noix de coco » have one word of two in common.
fn words_of(name: &str) -> BTreeSet<String> {
    words(name).into_iter().filter(|word| !is_small(word)).collect()
}

fn is_of_another_brand(row: &Incoming, facts: &Facts) -> bool {
    let is_another = |brand: &String| !facts.brand.is_empty() && key(brand) != key(&facts.brand);
    row.rest.iter().any(|fact| matches!(fact, Fact::Brand(brand) if is_another(brand)))
}

fn all(shop: &Shop) -> impl Iterator<Item = (ProductId, &Facts)> {
    shop.iter().map(|(id, kept)| (*id, &kept.facts))
}
