//! How long a mail is once it is written for the wire.

/// What the two parts may take, in bytes. With its heads a mail stays under 100 kB, beyond which some readers cut it.
const CAP: usize = 94_000;

/// Bytes of a text as quoted-printable (RFC 2045), or more.
pub fn size(text: &str) -> usize {
    let bytes: usize = text.bytes().map(|byte| if byte.is_ascii() && byte != b'=' { 1 } else { 3 }).sum();
    // A line ends after 76 at the latest, and before a character that would be cut; the end of a line is two bytes.
    bytes + bytes / 64 * 3 + text.matches('\n').count()
}

/// How many of the first parts may stay whole, so that all fit, the others being short. `around` is what they stand in.
pub fn whole_ones(around: usize, whole: &[usize], short: &[usize]) -> usize {
    let with = |how_many: usize| around + whole[..how_many].iter().sum::<usize>() + short[how_many..].iter().sum::<usize>();
    (0..=whole.len()).rev().find(|how_many| with(*how_many) <= CAP).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_ones_become_short_until_all_fit() {
        assert_eq!(whole_ones(1_000, &[10_000, 20_000, 30_000], &[100, 100, 100]), 3);
        assert_eq!(whole_ones(1_000, &[60_000, 30_000, 30_000], &[100, 100, 100]), 2);
        assert_eq!(whole_ones(1_000, &[95_000, 10], &[100, 100]), 0);
    }

    #[test]
    fn an_accent_takes_six_bytes() {
        assert_eq!(size("été"), 13);
        assert_eq!(size("a=b\n"), 7);
    }
}
