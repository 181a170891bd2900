//! One line across the picture: where it turns from light to dark and back.

/// Pixels that are looked at together for how much light and dark differ there.
const BLOCK: usize = 16;
/// Blocks to each side that count with one.
const AROUND: usize = 3;
/// What part of that difference a turn must have.
const TURN: f32 = 0.2;
/// And how many levels at least: less is noise.
const LEAST: f32 = 14.0;

/// Where bars and spaces begin and end, in pixels and parts of them.
#[derive(Default)]
pub struct Edges {
    /// The first and the last are the picture's own.
    pub at: Vec<f32>,
    /// Whether what lies between the first two is dark.
    pub dark_first: bool,
    blocks: Vec<(f32, f32)>,
    turns: Vec<usize>,
}

impl Edges {
    /// Between a darkest and a lightest place that follow each other, the edge is where the line crosses the middle of the two:
    /// so uneven light moves none, and a bar that blur made grey has two all the same.
    pub fn find(&mut self, line: &[f32]) {
        self.at.clear();
        self.turns.clear();
        self.find_turns(line);
        self.at.push(0.0);
        for pair in self.turns.windows(2) {
            self.at.push(crossing(line, pair[0], pair[1]));
        }
        self.at.push(line.len() as f32);
        self.dark_first = matches!(self.turns[..], [first, second, ..] if line[first] < line[second]);
    }

    /// The places that are darkest or lightest between their neighbours, in turn.
    fn find_turns(&mut self, line: &[f32]) {
        self.measure(line);
        let Some(&first) = line.first() else { return };
        let (mut lowest, mut highest) = ((0, first), (0, first));
        // Whether it goes up, once that is known.
        let mut rises = None;
        for (at, &level) in line.iter().enumerate() {
            let enough = self.enough(at / BLOCK);
            if level < lowest.1 {
                lowest = (at, level);
            }
            if level > highest.1 {
                highest = (at, level);
            }
            if rises != Some(false) && highest.1 - level > enough {
                self.turns.push(highest.0);
                (rises, lowest, highest) = (Some(false), (at, level), (at, level));
            } else if rises != Some(true) && level - lowest.1 > enough {
                self.turns.push(lowest.0);
                (rises, lowest, highest) = (Some(true), (at, level), (at, level));
            }
        }
        match rises {
            Some(true) => self.turns.push(highest.0),
            Some(false) => self.turns.push(lowest.0),
            None => {}
        }
    }

    fn measure(&mut self, line: &[f32]) {
        self.blocks.clear();
        let range =
            |block: &[f32]| block.iter().fold((f32::MAX, f32::MIN), |(low, high), &level| (low.min(level), high.max(level)));
        self.blocks.extend(line.chunks(BLOCK).map(range));
        // The level from which a turn is one takes the place of the range.
        let near = |at: usize| at.saturating_sub(AROUND)..(at + AROUND + 1).min(self.blocks.len());
        let enough = (0..self.blocks.len()).map(|at| {
            let (low, high) = self.blocks[near(at)]
                .iter()
                .fold((f32::MAX, f32::MIN), |(low, high), block| (low.min(block.0), high.max(block.1)));
            ((high - low) * TURN).max(LEAST)
        });
        let enough: Vec<f32> = enough.collect();
        for (block, enough) in self.blocks.iter_mut().zip(enough) {
            *block = (enough, enough);
        }
    }

    fn enough(&self, block: usize) -> f32 {
        self.blocks[block].0
    }
}

/// Where the line passes the middle of its levels at `from` and `to`: noise may pass it more than once, the mean is taken.
fn crossing(line: &[f32], from: usize, to: usize) -> f32 {
    let middle = f32::midpoint(line[from], line[to]);
    let rises = line[to] > line[from];
    let passed = |level: f32| (level >= middle) == rises;
    let between = |at: usize| at as f32 + 0.5 + (middle - line[at]) / (line[at + 1] - line[at]);
    let first = (from..to).find(|&at| passed(line[at + 1]));
    let last = (from..to).rev().find(|&at| !passed(line[at]));
    match (first, last) {
        (Some(first), Some(last)) => f32::midpoint(between(first), between(last)),
        _ => (from + to) as f32 / 2.0,
    }
}
