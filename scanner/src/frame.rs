//! A picture: lines across it, and what at least two of them say.

use crate::line::Edges;
use crate::symbol;

/// Lines each way.
const LINES: usize = 15;
/// Each is the mean of so many side by side, against noise.
const THICK: usize = 3;
/// How many lines must say the same.
const AGREED: usize = 2;

/// How a line is looked at: as it is; with what blur took given back; with noise smoothed away.
#[derive(Clone, Copy)]
enum Look {
    Plain,
    Sharp,
    /// The same for modules of many pixels.
    Sharper,
    Smooth,
}

/// The digits of the barcode that lies or stands in the picture, either way round: 8, or 13 with the leading 0 of a UPC-A.
pub fn decode(luma: &[u8], width: usize, height: usize) -> Option<String> {
    if width < THICK || height < THICK || width.checked_mul(height)? > luma.len() {
        return None;
    }
    let mut heard = Heard::default();
    let mut profile = Vec::with_capacity(width.max(height));
    let mut edges = Edges::default();
    for look in [Look::Plain, Look::Sharp, Look::Smooth, Look::Sharper] {
        for step in 0..LINES {
            for stands in [false, true] {
                let (along, across) = if stands { (height, width) } else { (width, height) };
                let at = place(step, across);
                profile.clear();
                let grey = |x: usize| -> f32 {
                    let pixel = |y: usize| luma[if stands { x * width + y } else { y * width + x }];
                    (at..at + THICK).map(|y| f32::from(pixel(y))).sum::<f32>() / THICK as f32
                };
                profile.extend((0..along).map(grey));
                look.at(&mut profile);
                edges.find(&profile);
                if let Some(agreed) = symbol::read(&edges).and_then(|digits| heard.note(digits)) {
                    return Some(agreed);
                }
            }
        }
    }
    None
}

impl Look {
    fn at(self, line: &mut [f32]) {
        match self {
            Look::Plain => {}
            Look::Sharp => weigh(line, 1, -1.0 / 3.0),
            Look::Sharper => {
                weigh(line, 1, 0.25);
                weigh(line, 2, -0.5);
            }
            Look::Smooth => {
                weigh(line, 1, 0.25);
                weigh(line, 1, 0.25);
            }
        }
    }
}

/// Each level becomes a mean of itself and the two that are so `far` from it, 2 at most, each of which weighs `side`.
fn weigh(line: &mut [f32], far: usize, side: f32) {
    // What stood at the last two places.
    let mut before = [line.first().copied().unwrap_or_default(); 2];
    for at in 0..line.len() {
        let here = line[at];
        let after = line.get(at + far).copied().unwrap_or(here);
        line[at] = side * (before[far - 1] + after) + (1.0 - 2.0 * side) * here;
        before = [here, before[0]];
    }
}

/// Where a line lies: the first in the middle, the others in turn above and below.
fn place(step: usize, across: usize) -> usize {
    let away = step.div_ceil(2);
    let slot = if step.is_multiple_of(2) { LINES / 2 + away } else { LINES / 2 - away };
    (across - THICK) * (slot + 1) / (LINES + 1)
}

/// What the lines said until now.
#[derive(Default)]
struct Heard(Vec<(String, usize)>);

impl Heard {
    /// The digits, once enough lines say them and no other has been heard as often.
    fn note(&mut self, digits: String) -> Option<String> {
        if !self.0.iter().any(|(known, _)| *known == digits) {
            self.0.push((digits.clone(), 0));
        }
        let (mut times, mut others) = (0, 0);
        for (known, heard) in &mut self.0 {
            if *known == digits {
                *heard += 1;
                times = *heard;
            } else {
                others = others.max(*heard);
            }
        }
        (times >= AGREED + others).then_some(digits)
    }
}

#[cfg(test)]
#[path = "frame_tests.rs"]
mod tests;
