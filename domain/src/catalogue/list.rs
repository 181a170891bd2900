//! What a member likes, and what is to be bought. Edits come from devices that were offline, in any order and perhaps twice: each sets
//! something to what it says, those of different lines do not touch, and what is gone is left alone.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{ListItemId, ProductId};
use crate::line::line;

/// The most favourites.
pub const FAVOURITES_CAP: usize = 500;
/// The most lines of a shopping list.
pub const LIST_CAP: usize = 200;
/// The longest line that is typed, in characters.
pub const LIST_TEXT_CAP: usize = 80;
/// The most of one thing.
pub const QUANTITY_CAP: u16 = 99;

/// The namespace of the lines of products: every device makes the same one of a product.
const NAMESPACE: Uuid = Uuid::from_u128(0x6c1f_5a0e_52f1_4d0b_9d35_0b7e_a1be_0008);

/// The line of a product: put on the list by two devices, it is there once.
pub fn item_of(product: ProductId) -> ListItemId {
    ListItemId(Uuid::new_v5(&NAMESPACE, product.0.as_bytes()))
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lists {
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub favourites: BTreeSet<ProductId>,
    /// In the order in which they were put there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shopping: Vec<ListItem>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListItem {
    pub id: ListItemId,
    pub what: Listed,
    pub quantity: u16,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub done: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Listed {
    Product(ProductId),
    /// Whatever else, in one line.
    Text(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListEdit {
    SetFavourite {
        product: ProductId,
        on: bool,
    },
    /// So much of it is wanted from here on: a line that was ticked is wanted again. Of a product, `item` is [`item_of`] it.
    PutOnList {
        item: ListItemId,
        what: Listed,
        quantity: u16,
    },
    TickListItem {
        item: ListItemId,
        done: bool,
    },
    RemoveListItem {
        item: ListItemId,
    },
    /// Those that the member saw ticked: what another device ticks meanwhile stays, and what it wants again, too.
    ClearTicked {
        items: Vec<ListItemId>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListMistake {
    TextMissing,
    TextTooLong {
        cap: usize,
    },
    /// No number from 1 to this.
    BadQuantity {
        cap: u16,
    },
    ListFull {
        cap: usize,
    },
    TooManyFavourites {
        cap: usize,
    },
}

impl Lists {
    pub fn edit(&mut self, edit: &ListEdit) -> Result<(), ListMistake> {
        match edit {
            ListEdit::SetFavourite { product, on } => return self.set_favourite(*product, *on),
            ListEdit::PutOnList { item, what, quantity } => return self.put(*item, what, *quantity),
            ListEdit::TickListItem { item, done } => {
                if let Some(line) = self.shopping.iter_mut().find(|line| line.id == *item) {
                    line.done = *done;
                }
            }
            ListEdit::RemoveListItem { item } => self.shopping.retain(|line| line.id != *item),
            ListEdit::ClearTicked { items } => self.shopping.retain(|line| !line.done || !items.contains(&line.id)),
        }
        Ok(())
    }

    /// What its member likes, then what else is on the list: each once.
    pub fn products(&self) -> Vec<ProductId> {
        let listed = self.shopping.iter().filter_map(|line| match &line.what {
            Listed::Product(product) => Some(*product),
            Listed::Text(_) => None,
        });
        let others = listed.filter(|product| !self.favourites.contains(product));
        self.favourites.iter().copied().chain(others).collect()
    }

    /// What « effacer ce qui est coché » clears.
    pub fn ticked(&self) -> Vec<ListItemId> {
        self.shopping.iter().filter(|line| line.done).map(|line| line.id).collect()
    }

    fn set_favourite(&mut self, product: ProductId, on: bool) -> Result<(), ListMistake> {
        if !on {
            self.favourites.remove(&product);
        } else if self.favourites.len() >= FAVOURITES_CAP && !self.favourites.contains(&product) {
            return Err(ListMistake::TooManyFavourites { cap: FAVOURITES_CAP });
        } else {
            self.favourites.insert(product);
        }
        Ok(())
    }

    fn put(&mut self, item: ListItemId, what: &Listed, quantity: u16) -> Result<(), ListMistake> {
        if !(1..=QUANTITY_CAP).contains(&quantity) {
            return Err(ListMistake::BadQuantity { cap: QUANTITY_CAP });
        }
        let line = ListItem { id: item, what: what.read()?, quantity, done: false };
        let full = self.shopping.len() >= LIST_CAP;
        match self.shopping.iter_mut().find(|line| line.id == item) {
            Some(there) => *there = line,
            None if full => return Err(ListMistake::ListFull { cap: LIST_CAP }),
            None => self.shopping.push(line),
        }
        Ok(())
    }
}

impl Listed {
    fn read(&self) -> Result<Listed, ListMistake> {
        let Listed::Text(typed) = self else { return Ok(self.clone()) };
        let text = line(typed);
        if !text.chars().any(char::is_alphanumeric) {
            return Err(ListMistake::TextMissing);
        }
        if text.chars().count() > LIST_TEXT_CAP {
            return Err(ListMistake::TextTooLong { cap: LIST_TEXT_CAP });
        }
        Ok(Listed::Text(text))
    }
}
