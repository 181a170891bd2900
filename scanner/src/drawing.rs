//! Pictures of barcodes as a phone takes them, for the tests.

const LEFT: [&str; 10] =
    ["0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011"];
const FIRST: [&str; 10] = ["LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL"];

/// Chance that is the same each time (xorshift).
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// At least 0, less than 1.
    pub fn part(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }

    /// About normal, of deviation 1.
    fn normal(&mut self) -> f32 {
        (0..4).map(|_| self.part() - 0.5).sum::<f32>() * 1.732
    }

    /// So many digits, with the one that checks them.
    pub fn code(&mut self, digits: usize) -> String {
        let body: Vec<u8> = (1..digits).map(|_| (self.next() >> 32) as u8 % 10).collect();
        let weighed = body.iter().rev().enumerate().map(|(at, digit)| u32::from(*digit) * if at % 2 == 0 { 3 } else { 1 });
        let check = (10 - weighed.sum::<u32>() % 10) % 10;
        body.iter().map(u8::to_string).collect::<String>() + &check.to_string()
    }
}

/// The modules of a code of 8 or 13 digits: whether each is dark.
pub fn modules(code: &str) -> Vec<bool> {
    let digits: Vec<usize> = code.bytes().map(|byte| usize::from(byte - b'0')).collect();
    let (sets, digits) = match digits.len() {
        8 => ("LLLL", &digits[..]),
        _ => (FIRST[digits[0]], &digits[1..]),
    };
    let turned = |pattern: &str| pattern.chars().map(|module| if module == '0' { '1' } else { '0' }).collect::<String>();
    let right = |digit: usize| turned(LEFT[digit]);
    let left = |(set, digit): (char, &usize)| match set {
        'L' => LEFT[*digit].to_owned(),
        _ => right(*digit).chars().rev().collect(),
    };
    let half = sets.len();
    let drawn: String = ["101".to_owned()]
        .into_iter()
        .chain(sets.chars().zip(&digits[..half]).map(left))
        .chain(["01010".to_owned()])
        .chain(digits[half..].iter().map(|digit| right(*digit)))
        .chain(["101".to_owned()])
        .collect();
    drawn.chars().map(|module| module == '1').collect()
}

/// How a picture is taken.
#[derive(Clone, Copy)]
pub struct Taken {
    pub width: usize,
    pub height: usize,
    /// Pixels for each module.
    pub scale: f32,
    /// Degrees; 180 is upside down, 90 a phone held upright.
    pub tilt: f32,
    /// Deviation of the blur, in pixels.
    pub blur: f32,
    /// Deviation of the noise, in levels of 256.
    pub noise: f32,
    /// Levels of what is dark and what is light.
    pub levels: (f32, f32),
    /// What part of the light is left at the right edge.
    pub shade: f32,
    /// How much wider than they should be bars are printed, in modules.
    pub spread: f32,
}

pub const WELL: Taken = Taken {
    width: 640,
    height: 480,
    scale: 3.0,
    tilt: 0.0,
    blur: 0.0,
    noise: 0.0,
    levels: (30.0, 220.0),
    shade: 1.0,
    spread: 0.0,
};

impl Taken {
    /// The picture, one byte for each pixel.
    pub fn of(self, code: &str, chance: &mut Chance) -> Vec<u8> {
        const SAMPLES: usize = 2;
        let modules = modules(code);
        let (sin, cos) = self.tilt.to_radians().sin_cos();
        let high = if modules.len() == 95 { 70.0 } else { 55.0 };
        let is_dark = |x: f32, y: f32| {
            let (x, y) = (x - self.width as f32 / 2.0, y - self.height as f32 / 2.0);
            let along = (x * cos + y * sin) / self.scale + modules.len() as f32 / 2.0;
            let across = (y * cos - x * sin) / self.scale;
            let near = |at: f32| at >= 0.0 && modules.get(at as usize).is_some_and(|dark| *dark);
            // Around the label there is something else.
            if across.abs() > high / 2.0 + 6.0 || along < -12.0 || along > modules.len() as f32 + 12.0 {
                return (along * 0.11).sin() * (across * 0.07).sin() > 0.6;
            }
            across.abs() < high / 2.0 && (near(along - self.spread / 2.0) || near(along + self.spread / 2.0))
        };
        let (dark, light) = self.levels;
        let mut picture: Vec<f32> = Vec::with_capacity(self.width * self.height);
        for y in 0..self.height {
            for x in 0..self.width {
                let part = |at: usize| (at as f32 + 0.5) / SAMPLES as f32;
                let spots = (0..SAMPLES * SAMPLES).map(|at| (x as f32 + part(at % SAMPLES), y as f32 + part(at / SAMPLES)));
                let share = spots.filter(|(x, y)| is_dark(*x, *y)).count() as f32 / (SAMPLES * SAMPLES) as f32;
                picture.push(share * dark + (1.0 - share) * light);
            }
        }
        if self.blur > 0.0 {
            picture = self.blurred(&picture, 1);
            picture = self.blurred(&picture, self.width);
        }
        picture
            .iter()
            .enumerate()
            .map(|(at, level)| {
                let lit = 1.0 - (1.0 - self.shade) * (at % self.width) as f32 / self.width as f32;
                (level * lit + chance.normal() * self.noise).clamp(0.0, 255.0) as u8
            })
            .collect()
    }

    /// One way: along rows with a step of 1, along columns with that of the width.
    fn blurred(self, picture: &[f32], step: usize) -> Vec<f32> {
        let reach = (self.blur * 3.0).ceil() as usize;
        let weight = |away: usize| (-(away as f32).powi(2) / (2.0 * self.blur * self.blur)).exp();
        let weights: Vec<f32> = (0..=reach).map(weight).collect();
        let sum: f32 = weights[0] + 2.0 * weights[1..].iter().sum::<f32>();
        let last = picture.len() - 1;
        let mean = |at: usize| {
            let beside =
                weights.iter().enumerate().skip(1).map(|(away, weight)| {
                    (picture[at.saturating_sub(away * step)] + picture[(at + away * step).min(last)]) * weight
                });
            (picture[at] * weights[0] + beside.sum::<f32>()) / sum
        };
        (0..picture.len()).map(mean).collect()
    }
}
