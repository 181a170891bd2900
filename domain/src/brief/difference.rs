//! What changed between two texts, word by word.

/// A stretch of text, as one of two versions has it, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    Same(String),
    /// Only in the version before.
    Gone(String),
    /// Only in the version after.
    Come(String),
}

/// More comparisons than this are not made: what differs is then gone and come as a whole.
const COMPARED: usize = 4_000_000;

/// The runs that make `before` (same and gone) and `after` (same and come), in reading order.
pub fn difference(before: &str, after: &str) -> Vec<Run> {
    let (old, new) = (pieces(before), pieces(after));
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (old_middle, new_middle) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let mut runs = Runs::default();
    old[..head].iter().for_each(|word| runs.push(Run::Same, word));
    middle(old_middle, new_middle, &mut runs);
    old[old.len() - tail..].iter().for_each(|word| runs.push(Run::Same, word));
    runs.0
}

/// Words and what stands between them, so that nothing of a text is lost.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut last = None;
    for (at, letter) in text.char_indices() {
        let kind = (letter.is_alphanumeric(), letter.is_whitespace());
        if last.is_some_and(|last| last != kind) {
            pieces.push(&text[from..at]);
            from = at;
        }
        last = Some(kind);
    }
    if from < text.len() {
        pieces.push(&text[from..]);
    }
    pieces
}

/// The longest common subsequence of what is left.
fn middle(old: &[&str], new: &[&str], runs: &mut Runs) {
    if old.len().saturating_mul(new.len()) > COMPARED {
        old.iter().for_each(|word| runs.push(Run::Gone, word));
        new.iter().for_each(|word| runs.push(Run::Come, word));
        return;
    }
    let wide = new.len() + 1;
    // How much is common from here on.
    let mut common = vec![0_u16; (old.len() + 1) * wide];
    for at in (0..old.len()).rev() {
        for to in (0..new.len()).rev() {
            common[at * wide + to] = if old[at] == new[to] {
                common[(at + 1) * wide + to + 1].saturating_add(1)
            } else {
                common[(at + 1) * wide + to].max(common[at * wide + to + 1])
            };
        }
    }
    let (mut at, mut to) = (0, 0);
    while at < old.len() || to < new.len() {
        let both = at < old.len() && to < new.len();
        if both && old[at] == new[to] {
            runs.push(Run::Same, old[at]);
            (at, to) = (at + 1, to + 1);
        } else if to == new.len() || both && common[(at + 1) * wide + to] >= common[at * wide + to + 1] {
            runs.push(Run::Gone, old[at]);
            at += 1;
        } else {
            runs.push(Run::Come, new[to]);
            to += 1;
        }
    }
}

#[derive(Default)]
struct Runs(Vec<Run>);

impl Runs {
    /// Neighbours of one kind become one run.
    fn push(&mut self, kind: fn(String) -> Run, word: &str) {
        let run = kind(word.to_owned());
        match (self.0.last_mut(), run) {
            (Some(Run::Same(text)), Run::Same(word))
            | (Some(Run::Gone(text)), Run::Gone(word))
            | (Some(Run::Come(text)), Run::Come(word)) => text.push_str(&word),
            (_, run) => self.0.push(run),
        }
    }
}
