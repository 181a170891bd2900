//! EAN-13 and EAN-8 from bars and spaces; a UPC-A is an EAN-13 that begins with 0. As ISO/IEC 15420 describes them.

use crate::line::Edges;

/// The widths of the four runs of each digit, in modules, as the left half has it (« L »). « R » is the same with bars for spaces;
/// « G » is « R » backwards.
const WIDTHS: [[f32; 4]; 10] = [
    [3.0, 2.0, 1.0, 1.0],
    [2.0, 2.0, 2.0, 1.0],
    [2.0, 1.0, 2.0, 2.0],
    [1.0, 4.0, 1.0, 1.0],
    [1.0, 1.0, 3.0, 2.0],
    [1.0, 2.0, 3.0, 1.0],
    [1.0, 1.0, 1.0, 4.0],
    [1.0, 3.0, 1.0, 2.0],
    [1.0, 2.0, 1.0, 3.0],
    [3.0, 1.0, 1.0, 2.0],
];

/// The first digit of thirteen, by which of the six after it are « G »: the first of them counts 32.
const FIRST: [u8; 10] =
    [0b00_0000, 0b00_1011, 0b00_1101, 0b00_1110, 0b01_0011, 0b01_1001, 0b01_1100, 0b01_0101, 0b01_0110, 0b01_1010];

/// The light before and after it, in modules: less than is printed, since thumbs and edges take some of it.
const QUIET: f32 = 4.5;
/// How far the runs of a digit may be from what they should be, all four together, in modules.
const FAR: f32 = 1.5;
/// By how much the next best digit must be farther.
const SURE: f32 = 0.3;
/// The most that all digits may be off in the mean.
const FAR_IN_THE_MEAN: f32 = 0.8;

/// One of the two symbols.
struct Kind {
    /// Digits in each half.
    half: usize,
    /// Wide, in modules.
    modules: f32,
}

const KINDS: [Kind; 2] = [Kind { half: 6, modules: 95.0 }, Kind { half: 4, modules: 67.0 }];

/// Most runs that a symbol has.
const MOST: usize = 59;

/// The digits of the first symbol on the line.
pub fn read(edges: &Edges) -> Option<String> {
    let at = &edges.at;
    // Bars begin at every other edge; before the first there is the picture's own.
    let first = if edges.dark_first { 2 } else { 1 };
    (first..at.len()).step_by(2).find_map(|from| KINDS.iter().find_map(|kind| kind.read(at, from)))
}

impl Kind {
    fn runs(&self) -> usize {
        3 + 4 * self.half + 5 + 4 * self.half + 3
    }

    /// The digits, where such a symbol begins at this edge.
    fn read(&self, at: &[f32], from: usize) -> Option<String> {
        let edges = at.get(from - 1..=from + self.runs() + 1)?;
        let (before, edges, after) =
            (edges[1] - edges[0], &edges[1..edges.len() - 1], edges[edges.len() - 1] - edges[edges.len() - 2]);
        let module = (edges[self.runs()] - edges[0]) / self.modules;
        if before.min(after) < QUIET * module {
            return None;
        }
        let mut runs = [0.0; MOST];
        let runs = &mut runs[..self.runs()];
        for (run, pair) in runs.iter_mut().zip(edges.windows(2)) {
            *run = (pair[1] - pair[0]) / module;
        }
        self.even(runs)?;
        self.digits(runs).or_else(|| {
            runs.reverse();
            self.digits(runs)
        })
    }

    /// Takes from the bars what light or ink added to them, which the guards tell; none where they are no guards.
    fn even(&self, runs: &mut [f32]) -> Option<()> {
        let middle = 3 + 4 * self.half;
        let last = self.runs() - 3;
        let guards = || (0..3).chain(middle..middle + 5).chain(last..last + 3);
        let mean = |dark: bool| {
            let (sum, count) =
                guards().filter(|at| (at % 2 == 0) == dark).fold((0.0, 0.0), |(sum, count), at| (sum + runs[at], count + 1.0));
            sum / count
        };
        let (dark, light) = (mean(true), mean(false));
        let spread = (dark - light) / 2.0;
        if !(0.7..1.4).contains(&f32::midpoint(dark, light)) || spread.abs() > 0.7 {
            return None;
        }
        for (at, run) in runs.iter_mut().enumerate() {
            *run += if at % 2 == 0 { -spread } else { spread };
        }
        guards().all(|at| (0.4..1.8).contains(&runs[at])).then_some(())
    }

    fn digits(&self, runs: &[f32]) -> Option<String> {
        let half = 4 * self.half;
        let (left, right) = (&runs[3..3 + half], &runs[8 + half..8 + 2 * half]);
        let mut digits = Vec::with_capacity(13);
        let (mut backwards, mut off) = (0_u8, 0.0);
        for digit in left.as_chunks().0.iter().chain(right.as_chunks().0) {
            let is_left = digits.len() < self.half;
            let found = nearest(digit, is_left && self.half == 6)?;
            digits.push(found.digit);
            off += found.off;
            if is_left {
                backwards = backwards << 1 | u8::from(found.backwards);
            }
        }
        if off > FAR_IN_THE_MEAN * digits.len() as f32 {
            return None;
        }
        if self.half == 6 {
            let first = FIRST.iter().zip(0..).find_map(|(pattern, digit)| (*pattern == backwards).then_some(digit))?;
            digits.insert(0, first);
        }
        let something = digits.iter().any(|digit| *digit != 0);
        (something && is_checked(&digits)).then(|| digits.iter().map(|digit| char::from(b'0' + digit)).collect())
    }
}

struct Found {
    digit: u8,
    /// Whether it is a « G ».
    backwards: bool,
    off: f32,
}

/// The digit that four runs are nearest to, where that is near and no other is about as near.
fn nearest(runs: &[f32; 4], may_be_backwards: bool) -> Option<Found> {
    let whole: f32 = runs.iter().sum();
    if !(5.6..8.4).contains(&whole) {
        return None;
    }
    let mut best = Found { digit: 0, backwards: false, off: f32::MAX };
    let mut next = f32::MAX;
    for backwards in [false, true].into_iter().take(1 + usize::from(may_be_backwards)) {
        for (widths, digit) in WIDTHS.iter().zip(0..) {
            let wanted = |at: usize| widths[if backwards { 3 - at } else { at }];
            let off = runs.iter().enumerate().map(|(at, run)| (run * 7.0 / whole - wanted(at)).abs()).sum();
            if off < best.off {
                next = best.off;
                best = Found { digit, backwards, off };
            } else if off < next {
                next = off;
            }
        }
    }
    (best.off < FAR && next - best.off > SURE).then_some(best)
}

/// Whether the last digit checks the others.
fn is_checked(digits: &[u8]) -> bool {
    let weighed = digits.iter().rev().enumerate().map(|(at, digit)| u32::from(*digit) * if at % 2 == 0 { 1 } else { 3 });
    weighed.sum::<u32>() % 10 == 0
}
