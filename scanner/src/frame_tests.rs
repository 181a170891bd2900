use super::decode;
use crate::drawing::{Chance, Taken, WELL, modules};

const EAN_13: &str = "3760012345678";

fn read(taken: Taken, code: &str) -> Option<String> {
    decode(&taken.of(code, &mut Chance(0x5eed)), taken.width, taken.height)
}

/// How many of so many are read; none is ever read as another.
#[track_caller]
fn share(taken: Taken, digits: usize, codes: usize) -> f32 {
    let mut chance = Chance(0x00c0_ffee ^ digits as u64);
    let mut right = 0;
    for _ in 0..codes {
        let code = chance.code(digits);
        // Where exactly the modules meet the pixels differs too.
        let taken = Taken { scale: taken.scale * (1.0 + 0.04 * chance.part()), ..taken };
        if let Some(read) = decode(&taken.of(&code, &mut chance), taken.width, taken.height) {
            assert_eq!(read, code);
            right += 1;
        }
    }
    right as f32 / codes as f32
}

#[test]
fn a_code_is_drawn_as_it_is_printed() {
    let drawn: String = modules("5901234123457").iter().map(|dark| if *dark { '1' } else { '0' }).collect();
    assert_eq!(drawn, "10100010110100111011001100100110111101001110101010110011011011001000010101110010011101000100101");
}

#[test]
fn both_symbols_are_read_and_a_upc_begins_with_0() {
    for code in ["5901234123457", "3760012345670", "0036000291452", "96385074", "2112345003429"] {
        assert_eq!(read(WELL, code).as_deref(), Some(code));
    }
}

#[test]
fn a_digit_that_does_not_check_is_nothing() {
    assert_eq!(read(WELL, EAN_13), None);
    assert_eq!(read(WELL, "96385075"), None);
    assert_eq!(read(WELL, "00000000"), None);
}

#[test]
fn either_way_round_and_standing() {
    for tilt in [180.0, 90.0, 270.0] {
        for code in ["5901234123457", "96385074"] {
            assert_eq!(read(Taken { tilt, width: 480, ..WELL }, code).as_deref(), Some(code), "{tilt}°");
        }
    }
}

#[test]
fn near_and_far() {
    for scale in [2.0, 2.5, 3.0, 4.0, 5.0, 6.0] {
        for digits in [8, 13] {
            let share = share(Taken { scale, width: 800, height: 200, noise: 4.0, blur: 0.4, ..WELL }, digits, 10);
            assert!(share >= 0.95, "{digits} digits at {scale} pixels a module: {share}");
        }
    }
}

#[test]
fn blurred() {
    for (scale, blur) in [(2.0, 0.9), (3.0, 1.5), (4.0, 2.0), (6.0, 3.0)] {
        for digits in [8, 13] {
            let share = share(Taken { scale, width: 800, height: 200, blur, noise: 2.0, ..WELL }, digits, 10);
            assert!(share >= 0.9, "{digits} digits at {scale} pixels a module, blurred by {blur}: {share}");
        }
    }
}

#[test]
fn noisy() {
    for (scale, noise) in [(2.0, 12.0), (3.0, 20.0), (5.0, 25.0)] {
        for digits in [8, 13] {
            let share = share(Taken { scale, width: 800, height: 200, noise, ..WELL }, digits, 10);
            assert!(share >= 0.9, "{digits} digits at {scale} pixels a module, noise {noise}: {share}");
        }
    }
}

#[test]
fn tilted() {
    for tilt in [-12.0, -5.0, 3.0, 8.0, 15.0, 97.0, 173.0] {
        for digits in [8, 13] {
            let share = share(Taken { tilt, width: 480, noise: 5.0, blur: 0.6, ..WELL }, digits, 10);
            assert!(share >= 0.9, "{digits} digits tilted by {tilt}°: {share}");
        }
    }
}

#[test]
fn badly_lit_and_badly_printed() {
    let cases = [
        ("shade", Taken { shade: 0.25, ..WELL }),
        ("dim", Taken { levels: (35.0, 85.0), ..WELL }),
        ("glaring", Taken { levels: (190.0, 250.0), ..WELL }),
        ("wide bars", Taken { spread: 0.4, ..WELL }),
        ("all at once", Taken { shade: 0.4, levels: (40.0, 190.0), spread: 0.2, blur: 1.0, tilt: 4.0, ..WELL }),
    ];
    for (what, taken) in cases {
        for digits in [8, 13] {
            let share = share(Taken { noise: 4.0, height: 200, ..taken }, digits, 10);
            assert!(share >= 0.9, "{digits} digits, {what}: {share}");
        }
    }
}

#[test]
fn what_is_no_barcode_is_nothing() {
    let mut chance = Chance(0xfa15e);
    let (width, height) = (320, 240);
    for round in 0..2_000 {
        let picture: Vec<u8> = match round % 4 {
            // Noise.
            0 => (0..width * height).map(|_| (chance.next() >> 32) as u8).collect(),
            // Stripes of any width and level.
            1 => stripes(&mut chance, width, height, 1.0, 9.0),
            // Bars of whole modules, as another symbol has them.
            2 => {
                let module = 2 + (chance.next() >> 32) as usize % 3;
                let mut row: Vec<u8> = vec![220; 20];
                while row.len() < width - 20 {
                    let level = if row.len() == 20 || *row.last().unwrap_or(&0) == 220 { 30 } else { 220 };
                    row.extend(std::iter::repeat_n(level, module * (1 + (chance.next() >> 32) as usize % 4)));
                }
                row.resize(width, 220);
                row.repeat(height)
            }
            // Spots of light and dark.
            _ => {
                let (a, b, c) = (chance.part() * 0.6, chance.part() * 0.6, chance.part() * 40.0);
                let spot = |at: usize| ((at % width) as f32 * a + (((at / width) as f32) * b).sin() * c).sin();
                (0..width * height).map(|at| (128.0 + 100.0 * spot(at)) as u8).collect()
            }
        };
        assert_eq!(decode(&picture, width, height), None, "picture {round}");
    }
}

fn stripes(chance: &mut Chance, width: usize, height: usize, least: f32, most: f32) -> Vec<u8> {
    let mut row = Vec::new();
    while row.len() < width {
        let level = (chance.next() >> 32) as u8;
        row.extend(std::iter::repeat_n(level, (least + chance.part() * (most - least)) as usize));
    }
    row.truncate(width);
    row.repeat(height)
}

#[test]
fn a_picture_that_is_none_is_nothing() {
    assert_eq!(decode(&[], 0, 0), None);
    assert_eq!(decode(&[0; 100], 10, 10), None);
    assert_eq!(decode(&[0; 100], 1000, 1000), None);
    assert_eq!(decode(&[0; 100], usize::MAX, 2), None);
    assert_eq!(decode(&[255; 9], 3, 3), None);
}
