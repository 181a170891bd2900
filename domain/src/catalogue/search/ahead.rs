//! What one letter finds, known ahead: it begins a word of thousands of products, which are all weighed for the few that are shown.

use std::sync::OnceLock;

use super::typed::Asked;
use super::{Index, least};

/// So many are known; whoever asks for more waits for them.
const KNOWN: usize = 64;

/// The best keys of each letter from a to z, from the first time that they are asked for.
#[derive(Debug, Clone, Default)]
pub struct Letters([OnceLock<Vec<u64>>; 26]);

impl Letters {
    pub fn bytes(&self) -> usize {
        self.0.iter().filter_map(OnceLock::get).map(|keys| size_of_val(keys.as_slice())).sum()
    }
}

/// What was asked before makes no other index.
impl PartialEq for Letters {
    fn eq(&self, _: &Letters) -> bool {
        true
    }
}

impl Eq for Letters {}

impl Index {
    /// This letter is answered at once from here on.
    pub fn look_ahead(&self, letter: char) {
        self.of_letter(&Asked::of(letter.encode_utf8(&mut [0; 4])), KNOWN);
    }

    /// Where one letter is all that is asked for.
    pub(super) fn of_letter(&self, asked: &Asked, most: usize) -> Option<&[u64]> {
        let [word] = asked.words() else { return None };
        let [letter @ b'a'..=b'z'] = word.as_bytes() else { return None };
        if most > KNOWN {
            return None;
        }
        let known = self.letters.0[usize::from(*letter - b'a')].get_or_init(|| least(self.answers(asked), KNOWN));
        Some(&known[..most.min(known.len())])
    }
}
