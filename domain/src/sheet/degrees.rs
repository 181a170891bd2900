//! Temperatures as people write them.

/// « 6,2 », « -18 » in tenths of a degree.
pub fn tenths(text: &str) -> Option<i16> {
    let text = text.trim().replace(',', ".").replace('−', "-");
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let figures = |text: &str| !text.is_empty() && text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !figures(whole) || !figures(part) {
        return None;
    }
    let tenth: i16 = part.get(..1)?.parse().ok()?;
    Some(sign * (whole.parse::<i16>().ok()? * 10 + tenth))
}
