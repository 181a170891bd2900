//! How near what is typed is to a word that is known.

pub const EXACT: u16 = 0;
pub const PREFIX: u16 = 8;
/// One mistake in the whole word.
pub const MISTYPED: u16 = 13;
/// One mistake in what begins a longer one.
const MISTYPED_PREFIX: u16 = 18;
/// The last letter typed is the mistake: the next one will tell.
const MISTYPED_LAST: u16 = 22;

/// One letter too many, one that lacks, another one, or two that changed places.
pub fn mistyped(typed: &[u8], known: &[u8]) -> Option<u16> {
    let same = typed.iter().zip(known).take_while(|(a, b)| a == b).count();
    let (typed, known) = (&typed[same..], &known[same..]);
    let swapped = typed.len() > 1 && known.len() > 1 && typed[0] == known[1] && typed[1] == known[0];
    let ways = [(0, 1, true), (2, 2, swapped), (1, 0, true), (1, 1, true)];
    let closeness = |(of_typed, of_known, possible): (usize, usize, bool)| {
        let rest = typed.get(of_typed..).filter(|_| possible && !typed.is_empty())?;
        let left = known.get(of_known..)?.strip_prefix(rest)?;
        Some(match left {
            [] | [b's' | b'x'] => MISTYPED,
            _ if rest.is_empty() && of_typed == 1 => MISTYPED_LAST,
            _ => MISTYPED_PREFIX,
        })
    };
    ways.into_iter().filter_map(closeness).min()
}

/// How many mistakes there are between two words, `most` of them at most.
pub fn distance(typed: &[u8], known: &[u8], most: usize) -> Option<usize> {
    if typed.len().abs_diff(known.len()) > most {
        return None;
    }
    let mut before = Vec::new();
    let mut above: Vec<usize> = (0..=known.len()).collect();
    for (i, letter) in typed.iter().enumerate() {
        let mut row = Vec::with_capacity(above.len());
        row.push(i + 1);
        for (j, other) in known.iter().enumerate() {
            let mut least = (above[j] + usize::from(letter != other)).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && typed[i - 1] == *other && known[j - 1] == *letter {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        if row.iter().all(|least| *least > most) {
            return None;
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().filter(|least| *least <= most)
}
