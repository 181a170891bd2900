//! Temperatures: « 6,2 °C », « −18 °C ».

use super::typography::NO_BREAK;

pub fn degrees(tenths: i16) -> String {
    let sign = if tenths < 0 { "−" } else { "" };
    let (whole, part) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    match part {
        0 => format!("{sign}{whole}{NO_BREAK}°C"),
        part => format!("{sign}{whole},{part}{NO_BREAK}°C"),
    }
}

#[cfg(test)]
mod tests {
    use super::degrees;

    #[test]
    fn temperatures_are_written_the_french_way() {
        assert_eq!(degrees(62), "6,2\u{a0}°C");
        assert_eq!(degrees(-185), "−18,5\u{a0}°C");
        assert_eq!(degrees(-5), "−0,5\u{a0}°C");
        assert_eq!(degrees(40), "4\u{a0}°C");
    }
}
