//! The bytes of a file become a table: UTF-8 with or without its mark, or Windows-1252; `;`, `,` or tab between cells.
//!
//! A pure function of the bytes. What is no such file is refused as a whole, before anything of it is understood.

use csv::{ReaderBuilder, StringRecord};
use domain::catalogue::NAME_CAP;
use domain::import::{COLUMN_CAP, LINE_CAP, ROW_CAP, Refused, SIZE_CAP, Table, told_apart};
use encoding_rs::WINDOWS_1252;

/// What UTF-8 may begin with.
const MARK: &[u8] = b"\xef\xbb\xbf";
/// An archive, which new workbooks are, too; an empty one; an old workbook; what gzip makes.
const WORKBOOKS: [&[u8]; 4] = [b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"\x1f\x8b"];
/// In the order in which they are preferred.
const SEPARATORS: [u8; 3] = *b";\t,";
/// The most lines: rows, those whose cells go over several, and empty ones. More are no co-op's, whatever they hold.
const LINES_CAP: u32 = 200_000;
/// How many records say which of them it is.
const LOOKED_AT: usize = 20;
/// A record of ours after the last one: where it does not come out alone, a quote is open.
const END: &str = "\u{1}";
/// What old systems end a file with.
const END_OF_FILE: char = '\u{1a}';

pub fn read(bytes: &[u8]) -> Result<Table, Refused> {
    if bytes.len() > SIZE_CAP {
        return Err(Refused::TooLarge { bytes: bytes.len() });
    }
    let text = lines(&decoded(bytes)?)?;
    let separator = separator(&text)?;
    table(&text, separator)
}

fn decoded(bytes: &[u8]) -> Result<String, Refused> {
    if WORKBOOKS.iter().any(|magic| bytes.starts_with(magic)) {
        return Err(Refused::Workbook);
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || has_every_second_byte_zero(bytes) {
        return Err(Refused::Utf16);
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(Refused::Binary { line: line_of(&bytes[..at]) });
    }
    let bare = bytes.strip_prefix(MARK).unwrap_or(bytes);
    match str::from_utf8(bare) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) if bare.len() < bytes.len() || was_utf8(bare) => {
            Err(Refused::Broken { line: line_of(&bare[..error.valid_up_to()]) })
        }
        Err(_) => Ok(WINDOWS_1252.decode_without_bom_handling(bare).0.into_owned()),
    }
}

/// UTF-16 without its mark: a header is Latin letters, of which every other byte is 0.
fn has_every_second_byte_zero(bytes: &[u8]) -> bool {
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).take(8).filter(|byte| **byte == 0).count();
    zeros(0) == 8 || zeros(1) == 8
}

/// More letters of it than slips: in Windows-1252, two letters with accents that would be one in UTF-8 hardly ever meet.
fn was_utf8(bytes: &[u8]) -> bool {
    let (mut letters, mut slips) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        slips += usize::from(!chunk.invalid().is_empty());
    }
    letters > slips
}

/// The same text with one kind of line's end, and lines that are text.
fn lines(text: &str) -> Result<String, Refused> {
    let text = text.trim_end_matches(END_OF_FILE).replace("\r\n", "\n").replace('\r', "\n");
    if text.trim().is_empty() {
        return Err(Refused::Empty);
    }
    for (line, said) in (1..).zip(text.split('\n')) {
        if said.len() > LINE_CAP {
            return Err(Refused::LongLine { line });
        }
        if line > LINES_CAP {
            return Err(Refused::TooManyRows);
        }
        if said.chars().any(|letter| letter.is_control() && !letter.is_whitespace()) {
            return Err(Refused::Binary { line });
        }
    }
    Ok(text)
}

/// The one with which most of the first records are as wide as the header.
fn separator(text: &str) -> Result<u8, Refused> {
    let fits = |separator: u8| {
        let first: Vec<StringRecord> = records(text, separator).map(|(_, record)| record).take(LOOKED_AT).collect();
        let header = first.iter().position(names_columns)?;
        let width = first[header].len();
        Some(first[header + 1..].iter().filter(|record| record.len() == width).count())
    };
    let best = SEPARATORS.into_iter().rev().filter_map(|separator| Some((fits(separator)?, separator)));
    best.max_by_key(|(fits, _)| *fits).map(|(_, separator)| separator).ok_or(Refused::NoSeparator)
}

/// The first such record is the header. What stands before is a title, or what a spreadsheet says to itself, « sep=; ».
fn names_columns(record: &StringRecord) -> bool {
    record.iter().filter(|cell| !cell.trim().is_empty()).count() > 1
}

fn table(text: &str, separator: u8) -> Result<Table, Refused> {
    let closed = format!("{text}\n{END}\n");
    let mut header: Option<Vec<String>> = None;
    let mut rows = Vec::new();
    let mut last = 1;
    let mut ended = false;
    for (line, record) in records(&closed, separator) {
        ended = record.iter().eq([END]);
        last = line;
        if record.as_slice().len() > LINE_CAP {
            return Err(Refused::OpenQuote { line });
        }
        if ended || record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if header.is_none() {
            header = Some(&record).filter(|record| names_columns(record)).map(titles).transpose()?;
        } else if rows.len() == ROW_CAP {
            return Err(Refused::TooManyRows);
        } else {
            rows.push((line, record.iter().map(str::to_owned).collect()));
        }
    }
    if !ended {
        return Err(Refused::OpenQuote { line: last });
    }
    let header = header.ok_or(Refused::Empty)?;
    if rows.is_empty() { Err(Refused::NoRows) } else { Ok(Table { header, rows }) }
}

/// A header's cells on one line each, no two alike, without the empty ones after the last.
fn titles(record: &StringRecord) -> Result<Vec<String>, Refused> {
    let mut titles: Vec<String> = record.iter().map(title).collect();
    let named = titles.iter().rposition(|title| !title.is_empty()).map_or(0, |last| last + 1);
    titles.truncate(named);
    if named > COLUMN_CAP { Err(Refused::TooManyColumns { columns: named }) } else { Ok(told_apart(titles)) }
}

/// As a form can send it back: one line, not too long, and letters that were lost as a mark that is none of theirs.
fn title(said: &str) -> String {
    let line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(NAME_CAP).map(|letter| if letter == char::REPLACEMENT_CHARACTER { '?' } else { letter }).collect()
}

/// Each with the line on which it begins; empty lines are left out, and counted.
fn records(text: &str, separator: u8) -> impl Iterator<Item = (u32, StringRecord)> {
    let reader = ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let (mut line, mut counted) = (1, 0);
    // What is text, in memory, and of any width is read without an error.
    reader.into_records().map_while(Result::ok).map(move |record| {
        let at = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(counted);
        let begins = at + text.as_bytes()[at..].iter().take_while(|byte| **byte == b'\n').count();
        line += ends(&text.as_bytes()[counted..begins]);
        counted = begins;
        (line, record)
    })
}

/// On which line somebody looks for what comes after these bytes.
fn line_of(before: &[u8]) -> u32 {
    let lone = before.windows(2).filter(|two| two[0] == b'\r' && two[1] != b'\n').count();
    1 + ends(before) + u32::try_from(lone).unwrap_or(u32::MAX)
}

fn ends(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table_of(bytes: impl AsRef<[u8]>) -> Table {
        read(bytes.as_ref()).expect("a table")
    }

    fn refused(bytes: impl AsRef<[u8]>) -> Refused {
        read(bytes.as_ref()).expect_err("no table")
    }

    fn rows(table: &Table) -> Vec<(u32, Vec<&str>)> {
        table.rows.iter().map(|(line, cells)| (*line, cells.iter().map(String::as_str).collect())).collect()
    }

    #[test]
    fn one_file_is_one_table_however_it_is_written() {
        let wanted = Table {
            header: vec!["Désignation".into(), "Prix".into()],
            rows: vec![(2, vec!["Œufs à 3 €".into(), "3,20".into()]), (3, vec!["Thé".into(), "4".into()])],
        };
        let text = "Désignation;Prix\nŒufs à 3 €;3,20\nThé;4\n";
        let windows = |text: &str| WINDOWS_1252.encode(text).0.into_owned();
        assert_eq!(table_of(text), wanted);
        assert_eq!(table_of(format!("\u{feff}{text}")), wanted);
        assert_eq!(table_of(windows(text)), wanted);
        assert_eq!(table_of(text.replace('\n', "\r\n")), wanted);
        assert_eq!(table_of(text.replace('\n', "\r")), wanted);
        assert_eq!(table_of(windows(&text.replace('\n', "\r\n"))), wanted);
        assert_eq!(table_of(text.trim_end()), wanted);
        assert_eq!(table_of(format!("{text}\u{1a}")), wanted);
        assert_eq!(table_of(text.replace(';', "\t")), wanted);
        assert_eq!(table_of("Désignation,Prix\nŒufs à 3 €,\"3,20\"\nThé,4\n"), wanted);
        assert_eq!(table_of("\"Désignation\";\"Prix\"\n\"Œufs à 3 €\";\"3,20\"\n\"Thé\";\"4\"\n"), wanted);
    }

    #[test]
    fn a_separator_within_quotes_or_numbers_is_none() {
        let header = |text: &str| table_of(text).header;
        assert_eq!(header("\"Prix, HT, net\";Nom\n1,5;Thé\n"), ["Prix, HT, net", "Nom"]);
        assert_eq!(header("Nom;Prix, taxe, comprise\nThé;1,5\nCafé;2,5\n"), ["Nom", "Prix, taxe, comprise"]);
        assert_eq!(header("Nom,\"a;b;c\"\nThé,1\n"), ["Nom", "a;b;c"]);
        assert_eq!(header("Nom;Prix;;\nThé;1;;\n"), ["Nom", "Prix"]);
    }

    #[test]
    fn a_header_is_where_columns_are_named() {
        let table = table_of("sep=;\nCode;Nom\n1;Thé\n");
        assert_eq!((table.header.join("|").as_str(), rows(&table)), ("Code|Nom", vec![(3, vec!["1", "Thé"])]));
        let table = table_of("Articles au 01/12/2026\r\n\r\nCode,Nom,Prix\r\n1,Thé,\"3,20\"\r\n");
        assert_eq!((table.header.len(), rows(&table)), (3, vec![(4, vec!["1", "Thé", "3,20"])]));
        let header = |text: &str| table_of(text).header;
        assert_eq!(header("Nom;Nom;;Prix;\nThé;vert;x;1;\n"), ["Nom", "Nom (2)", "Colonne 3", "Prix"]);
        assert_eq!(header("D\u{fffd}signation;Prix\n\tThé;1\n"), ["D?signation", "Prix"]);
        assert_eq!(header(&format!("{};Prix\nThé;1\n", "x".repeat(5_000)))[0].len(), NAME_CAP);
    }

    #[test]
    fn lines_are_counted_as_a_person_does() {
        let text = "\n\nNom;Mot\nThé;\"vert\nde Chine\"\n\n;;\nCafé;\"dit \"\"noir\"\"\"\n\n\nEau;\n";
        let wanted = vec![(4, vec!["Thé", "vert\nde Chine"]), (8, vec!["Café", "dit \"noir\""]), (11, vec!["Eau", ""])];
        assert_eq!(rows(&table_of(text)), wanted);
        assert_eq!(rows(&table_of(text.replace('\n', "\r\n"))), wanted);
    }

    #[test]
    fn rows_are_as_wide_as_they_are() {
        let table = table_of("a;b;c\n1;2\n1;2;3;4\n1;2;3\n");
        assert_eq!(rows(&table).into_iter().map(|(_, cells)| cells.len()).collect::<Vec<_>>(), [2, 4, 3]);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(refused(b"PK\x03\x04\x14\x00\x06\x00"), Refused::Workbook);
        assert_eq!(refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Refused::Workbook);
        assert_eq!(refused(b"\xff\xfeN\x00o\x00m\x00"), Refused::Utf16);
        let wide: Vec<u8> = "Nom;Prix;TVA\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(refused(wide), Refused::Utf16);
        assert_eq!(refused(b"a;b\n1;\x00\n"), Refused::Binary { line: 2 });
        assert_eq!(refused(b"\x89PNG\r\n\x1a\n\x01\x02"), Refused::Binary { line: 2 });
        assert_eq!(refused(b"a;b\n1;\x07\n"), Refused::Binary { line: 2 });
        // Windows-1252 has nothing there.
        assert_eq!(refused(b"a;b\n\xe9;\x81\n"), Refused::Binary { line: 2 });
    }

    #[test]
    fn utf_8_that_was_broken_is_not_taken_for_another_encoding() {
        let mut cut = "Désignation;Qualité\nThé;été\ncafé;é".as_bytes().to_vec();
        cut.pop();
        assert_eq!(refused(&cut), Refused::Broken { line: 3 });
        assert_eq!(refused(b"\xef\xbb\xbfa;b\n\xe9;2\n"), Refused::Broken { line: 2 });
    }

    #[test]
    fn what_is_too_much_is_refused() {
        assert_eq!(refused(vec![b'a'; SIZE_CAP + 1]), Refused::TooLarge { bytes: SIZE_CAP + 1 });
        assert_eq!(refused(format!("a;b\n{};2\n", "x".repeat(LINE_CAP))), Refused::LongLine { line: 2 });
        let wide = vec!["a"; COLUMN_CAP + 1].join(";");
        assert_eq!(refused(format!("{wide}\n{wide}\n")), Refused::TooManyColumns { columns: COLUMN_CAP + 1 });
        assert_eq!(table_of(format!("a;b\n{}", "1;2\n".repeat(ROW_CAP))).rows.len(), ROW_CAP);
        assert_eq!(refused(format!("a;b\n{}", "1;2\n".repeat(ROW_CAP + 1))), Refused::TooManyRows);
        assert_eq!(refused(format!("a;b\n1;2{}", "\n;".repeat(300_000))), Refused::TooManyRows);
    }

    #[test]
    fn an_open_quote_swallows_nothing_silently() {
        assert_eq!(refused("a;b\n1;2\n\"3;4\n5;6\n"), Refused::OpenQuote { line: 3 });
        assert_eq!(refused(format!("a;b\n\"{}", "3;4\n".repeat(ROW_CAP))), Refused::OpenQuote { line: 2 });
        // An inch within a cell opens nothing.
        assert_eq!(rows(&table_of("a;b\nPlat 9\";2\n")), [(2, vec!["Plat 9\"", "2"])]);
    }

    #[test]
    fn what_holds_no_rows_is_refused() {
        assert_eq!(refused(""), Refused::Empty);
        assert_eq!(refused(MARK), Refused::Empty);
        assert_eq!(refused(" \r\n\r\n"), Refused::Empty);
        assert_eq!(refused("a;b\n;\n"), Refused::NoRows);
        assert_eq!(refused("une lettre\nbonjour\n"), Refused::NoSeparator);
    }
}
