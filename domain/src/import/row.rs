//! A row of a file, read cell by cell: what is wrong with one is noted, and the reading goes on.

use super::{Columns, Fault, Field, Reason};
use crate::cell::is_nothing;

/// How much of a faulty cell is told, in characters.
const SAID_CAP: usize = 40;

pub(crate) struct Row<'a, F, R> {
    pub line: u32,
    cells: &'a [String],
    pub columns: &'a Columns<F>,
    pub faults: &'a mut Vec<Fault<R>>,
}

impl<'a, F: Field, R: Reason> Row<'a, F, R> {
    /// None where its cells have slipped.
    pub fn of(line: u32, cells: &'a [String], columns: &'a Columns<F>, faults: &'a mut Vec<Fault<R>>) -> Option<Self> {
        let (found, wanted) = (cells.len(), columns.width());
        if found < wanted || cells[wanted..].iter().any(|cell| !cell.trim().is_empty()) {
            faults.push(Fault { line, column: None, said: String::new(), reason: R::cells(found, wanted) });
            return None;
        }
        Some(Row { line, cells, columns, faults })
    }

    /// None where there is no such column, nothing in the cell, or a fault.
    pub fn said<T>(&mut self, field: F, read: impl FnOnce(&str) -> Result<T, R>) -> Option<T> {
        let cell = self.cell(field).filter(|cell| !is_nothing(cell))?;
        read(cell).map_err(|reason| self.fault(field, reason)).ok()
    }

    /// Likewise; an empty cell is a fault.
    pub fn needed<T>(&mut self, field: F, read: impl FnOnce(&str) -> Result<T, R>) -> Option<T> {
        if self.cell(field).is_none_or(is_nothing) {
            self.fault(field, R::MISSING);
            return None;
        }
        self.said(field, read)
    }

    pub fn is_blank(&self, field: F) -> bool {
        self.cell(field).is_some_and(is_nothing)
    }

    pub fn fault(&mut self, field: F, reason: R) {
        let said: String = self.cell(field).unwrap_or_default().trim().chars().take(SAID_CAP).collect();
        let column = self.columns.name(field).map(str::to_owned);
        self.faults.push(Fault { line: self.line, column, said, reason });
    }

    fn cell(&self, field: F) -> Option<&'a str> {
        self.columns.cell(field, self.cells)
    }
}
