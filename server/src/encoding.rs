//! What is compressed on the way out, and how hard: levels chosen on purpose, since compressing a
//! page costs as much as rendering it.

use std::io::Write;

use axum::http::{HeaderMap, header};
use flate2::Compression;
use flate2::write::GzEncoder;

/// What both sides speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Brotli,
    Gzip,
    Plain,
}

/// How much a text is worth compressing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Made for one answer.
    Once,
    /// Made once, sent to everybody.
    Shared,
}

impl Encoding {
    /// The best one that the browser accepts.
    pub fn accepted(headers: &HeaderMap) -> Encoding {
        let accepts = |name: &str| {
            headers
                .get_all(header::ACCEPT_ENCODING)
                .iter()
                .filter_map(|value| value.to_str().ok())
                .flat_map(|list| list.split(','))
                .any(|one| {
                    let (coding, weight) = one.split_once(';').unwrap_or((one, ""));
                    coding.trim().eq_ignore_ascii_case(name) && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
                })
        };
        if accepts("br") {
            Encoding::Brotli
        } else if accepts("gzip") {
            Encoding::Gzip
        } else {
            Encoding::Plain
        }
    }

    /// As `Content-Encoding` says it.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Encoding::Brotli => Some("br"),
            Encoding::Gzip => Some("gzip"),
            Encoding::Plain => None,
        }
    }

    pub fn pack(self, text: &[u8], effort: Effort) -> Vec<u8> {
        match self {
            Encoding::Plain => text.to_vec(),
            Encoding::Gzip => gzip(text, if effort == Effort::Once { 4 } else { 6 }),
            Encoding::Brotli => brotli(text, if effort == Effort::Once { 3 } else { 5 }),
        }
    }
}

fn gzip(text: &[u8], level: u32) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::with_capacity(text.len() / 4), Compression::new(level));
    // Writing to memory does not fail.
    let _ = packed.write_all(text);
    packed.finish().unwrap_or_default()
}

fn brotli(text: &[u8], quality: i32) -> Vec<u8> {
    // A window as large as the text and no larger: its memory is cleared for every answer.
    let bits = usize::BITS - text.len().leading_zeros();
    let lgwin = i32::try_from(bits).unwrap_or(22).clamp(16, 22);
    let parameters = brotli::enc::BrotliEncoderParams { quality, lgwin, size_hint: text.len(), ..Default::default() };
    let mut packed = Vec::with_capacity(text.len() / 4);
    let _ = brotli::BrotliCompress(&mut &text[..], &mut packed, &parameters);
    packed
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn accepting(value: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, value.parse().unwrap())])
    }

    #[test]
    fn the_browser_gets_what_it_accepts() {
        assert_eq!(Encoding::accepted(&accepting("gzip, deflate, br")), Encoding::Brotli);
        assert_eq!(Encoding::accepted(&accepting("gzip, br;q=0")), Encoding::Gzip);
        assert_eq!(Encoding::accepted(&accepting("identity")), Encoding::Plain);
        assert_eq!(Encoding::accepted(&HeaderMap::new()), Encoding::Plain);
    }

    #[test]
    fn what_is_packed_comes_out_again() {
        let text = "Léa → Karim → toi. ".repeat(900);
        let mut back = String::new();
        flate2::read::GzDecoder::new(&Encoding::Gzip.pack(text.as_bytes(), Effort::Once)[..]).read_to_string(&mut back).unwrap();
        assert_eq!(back, text);
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &Encoding::Brotli.pack(text.as_bytes(), Effort::Shared)[..], &mut back).unwrap();
        assert_eq!(back, text.as_bytes());
    }
}
