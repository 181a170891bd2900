//! The words of a text, as they are looked up: accents, ligatures and plurals do not matter.

/// Lower case, without accents, ligatures opened, plurals and short words off.
pub fn words(text: &str) -> Vec<String> {
    let folded: String = text.chars().flat_map(char::to_lowercase).flat_map(folded).collect();
    let apart = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    apart.map(|word| singular(word).to_owned()).collect()
}

pub fn singular(word: &str) -> &str {
    let long = word.chars().count() > 3;
    word.strip_suffix(['s', 'x']).filter(|_| long).unwrap_or(word)
}

/// A letter in lower case without its accent; two letters for a ligature.
pub fn folded(letter: char) -> impl Iterator<Item = char> {
    let text = match letter {
        'à' | 'â' | 'ä' | 'á' | 'ã' => "a",
        'ç' => "c",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'î' | 'ï' | 'í' => "i",
        'ô' | 'ö' | 'ó' | 'õ' => "o",
        'ù' | 'û' | 'ü' | 'ú' => "u",
        'ÿ' => "y",
        'ñ' => "n",
        'œ' => "oe",
        'æ' => "ae",
        _ => "",
    };
    let kept = text.is_empty().then_some(letter);
    text.chars().chain(kept)
}
