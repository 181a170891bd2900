//! A file, taken apart; nothing of it is understood yet.

use serde::{Deserialize, Serialize};

/// The largest file, in bytes.
pub const SIZE_CAP: usize = 20 * 1024 * 1024;
/// The longest line, in bytes; also the longest record, whose quoted cells may go over several lines.
pub const LINE_CAP: usize = 64 * 1024;
/// The most rows.
pub const ROW_CAP: usize = 20_000;
/// The most columns.
pub const COLUMN_CAP: usize = 100;

/// The cells of a CSV file as they stand in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub header: Vec<String>,
    /// Each with the line on which it begins, as a person counts them in the file: the first is 1. Rows of blank cells are left out.
    pub rows: Vec<(u32, Vec<String>)>,
}

/// Why a file is not read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refused {
    TooLarge {
        bytes: usize,
    },
    Empty,
    /// A header, and nothing below.
    NoRows,
    /// A spreadsheet's own format, or an archive.
    Workbook,
    Utf16,
    /// It is no text from that line on.
    Binary {
        line: u32,
    },
    /// It was UTF-8 once: cut, or put together from two encodings.
    Broken {
        line: u32,
    },
    LongLine {
        line: u32,
    },
    /// A cell that begins on that line is never closed, or much later.
    OpenQuote {
        line: u32,
    },
    /// No `;`, `,` or tab in the header.
    NoSeparator,
    TooManyRows,
    TooManyColumns {
        columns: usize,
    },
}
