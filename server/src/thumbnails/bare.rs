//! A picture's file without all that it may hold besides: what a camera or a program wrote into it, what stands behind its end.

/// Marks of a JPEG: the beginning of what is drawn, and the end.
const SCAN: u8 = 0xda;
const END: [u8; 2] = [0xff, 0xd9];

/// The same picture and nothing else; none where a JPEG's or a WebP's parts do not follow each other as they must.
pub fn bare(file: &[u8]) -> Option<Vec<u8>> {
    jpeg(file).or_else(|| webp(file))
}

/// Its segments, each of which says how long it is, until the mark of its end.
fn jpeg(file: &[u8]) -> Option<Vec<u8>> {
    let mut rest = file.strip_prefix(b"\xff\xd8")?;
    let mut bare = vec![0xff, 0xd8];
    let mut is_drawn = false;
    loop {
        if rest.starts_with(&END) {
            bare.extend_from_slice(&END);
            return is_drawn.then_some(bare);
        }
        let [0xff, mark, high, low, ..] = rest else { return None };
        let long = usize::from(u16::from_be_bytes([*high, *low]));
        let head = 2 + long;
        // How long it is counts its own two bytes.
        let end = match *mark {
            SCAN => head + drawn(rest.get(head..)?),
            _ => head,
        };
        let segment = rest.get(..end).filter(|_| long >= 2)?;
        match *mark {
            // What the picture is made of; its application segments of JFIF, of colours, and of how colours are to be understood.
            0xc0..=0xcf | SCAN | 0xdb | 0xdd | 0xe0 | 0xe2 | 0xee => bare.extend_from_slice(segment),
            // What a camera or a program says of it.
            0xe1 | 0xe3..=0xed | 0xef | 0xfe => {}
            _ => return None,
        }
        is_drawn |= *mark == SCAN;
        rest = rest.get(end..)?;
    }
}

/// How many bytes are drawn before the next mark: `ff 00` is a byte of them, and so are the marks between their parts.
fn drawn(bytes: &[u8]) -> usize {
    let is_mark = |pair: &[u8]| matches!(pair, [0xff, second] if !matches!(*second, 0x00 | 0xd0..=0xd7));
    bytes.windows(2).position(is_mark).unwrap_or(bytes.len())
}

/// Its chunks, each of which says how long it is, as far as the whole says that it goes.
fn webp(file: &[u8]) -> Option<Vec<u8>> {
    let [b'R', b'I', b'F', b'F', a, b, c, d, b'W', b'E', b'B', b'P', ..] = file else { return None };
    let whole = usize::try_from(u32::from_le_bytes([*a, *b, *c, *d])).ok()?;
    let mut rest = file.get(12..8_usize.checked_add(whole)?)?;
    let mut chunks = Vec::new();
    let mut is_drawn = false;
    while let [k, l, m, n, a, b, c, d, ..] = rest {
        let long = usize::try_from(u32::from_le_bytes([*a, *b, *c, *d])).ok()?;
        // An odd one is followed by a byte that fills it up.
        let end = long.checked_next_multiple_of(2)?.checked_add(8)?;
        let chunk = rest.get(..end)?;
        match &[*k, *l, *m, *n] {
            b"VP8 " | b"VP8L" => {
                chunks.extend_from_slice(chunk);
                is_drawn = true;
            }
            b"ALPH" | b"ICCP" => chunks.extend_from_slice(chunk),
            b"VP8X" => chunks.extend(still(chunk)),
            // What a camera or a program says of it.
            b"EXIF" | b"XMP " => {}
            // One that moves is none for a row.
            _ => return None,
        }
        rest = rest.get(end..)?;
    }
    if !is_drawn || !rest.is_empty() {
        return None;
    }
    let mut bare = b"RIFF".to_vec();
    bare.extend_from_slice(&u32::try_from(chunks.len() + 4).ok()?.to_le_bytes());
    bare.extend_from_slice(b"WEBP");
    bare.extend(chunks);
    Some(bare)
}

/// The head of a file with several chunks, which says of none that it moves, or what a camera said.
fn still(chunk: &[u8]) -> Vec<u8> {
    let mut chunk = chunk.to_vec();
    if let Some(said) = chunk.get_mut(8) {
        *said &= !(0x02 | 0x04 | 0x08);
    }
    chunk
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(mark: u8, body: &[u8]) -> Vec<u8> {
        let long = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
        [&[0xff, mark][..], &long, body].concat()
    }

    fn jpeg_of(parts: &[Vec<u8>]) -> Vec<u8> {
        [b"\xff\xd8", parts.concat().as_slice(), &END].concat()
    }

    fn chunk(name: &[u8; 4], body: &[u8]) -> Vec<u8> {
        let filled: &[u8] = if body.len() % 2 == 1 { &[0] } else { &[] };
        [name, &u32::try_from(body.len()).unwrap().to_le_bytes()[..], body, filled].concat()
    }

    fn webp_of(chunks: &[Vec<u8>]) -> Vec<u8> {
        let chunks = chunks.concat();
        [b"RIFF", &u32::try_from(chunks.len() + 4).unwrap().to_le_bytes()[..], b"WEBP", chunks.as_slice()].concat()
    }

    #[test]
    fn of_a_jpeg_its_picture_is_left() {
        let (jfif, frame) = (segment(0xe0, b"JFIF\0"), segment(0xc0, &[8, 0, 120, 0, 160, 3]));
        // What is drawn holds a byte like a mark, and a mark between its parts.
        let scan = [segment(SCAN, &[3, 1, 0]), vec![1, 0xff, 0x00, 2, 0xff, 0xd3, 9]].concat();
        let plain = jpeg_of(&[jfif.clone(), frame.clone(), scan.clone()]);
        assert_eq!(bare(&plain), Some(plain.clone()));
        let (place, words) = (segment(0xe1, b"Exif\0\0 45.899,6.129"), segment(0xfe, b"<script>"));
        let said = jpeg_of(&[jfif.clone(), place, frame.clone(), words, scan.clone()]);
        assert_eq!(bare(&said), Some(plain.clone()));
        // Several scans, and another file behind the end.
        let twice = jpeg_of(&[jfif, frame.clone(), scan.clone(), segment(0xc4, &[0xff, 0xd9, 1]), scan.clone()]);
        assert_eq!(bare(&[twice.as_slice(), b"PK\x03\x04"].concat()), Some(twice.clone()));
        for cut in 0..plain.len() {
            assert_eq!(bare(&plain[..cut]), None, "{cut}");
        }
        assert_eq!(bare(&jpeg_of(&[frame])), None, "nothing is drawn");
        assert_eq!(bare(&jpeg_of(&[segment(0x01, b"?"), scan])), None, "no such mark");
        assert_eq!(bare(&[0xff, 0xd8, 0xff, 0xe0, 0, 1, 0xff, 0xd9]), None, "shorter than its own length");
    }

    #[test]
    fn of_a_webp_its_picture_is_left() {
        let drawn = chunk(b"VP8 ", &[1, 2, 3]);
        let plain = webp_of(std::slice::from_ref(&drawn));
        assert_eq!(bare(&plain), Some(plain.clone()));
        assert_eq!(bare(&[plain.as_slice(), b"<svg onload=alert(1)>"].concat()), Some(plain.clone()), "nothing stands behind it");
        let head = |said: u8| chunk(b"VP8X", &[said, 0, 0, 0, 159, 0, 0, 119, 0, 0]);
        let said = webp_of(&[head(0x3e), drawn.clone(), chunk(b"EXIF", b"45.899,6.129"), chunk(b"XMP ", b"<x>")]);
        assert_eq!(bare(&said), Some(webp_of(&[head(0x30), drawn.clone()])));
        assert_eq!(bare(&webp_of(&[head(0x02), chunk(b"ANIM", &[0; 6]), drawn.clone()])), None, "it moves");
        assert_eq!(bare(&webp_of(&[head(0)])), None, "nothing is drawn");
        for cut in 0..plain.len() {
            assert_eq!(bare(&plain[..cut]), None, "{cut}");
        }
        let mut long = plain;
        long[16..20].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(bare(&long), None, "longer than the file");
        assert_eq!(bare(b"<svg>"), None);
        assert_eq!(bare(b""), None);
    }
}
