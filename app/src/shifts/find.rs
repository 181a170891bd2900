//! Finding somebody by what one types: accents and capitals do not matter.

/// The text without accents or capitals.
fn folded(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .map(|c| match c {
            'à' | 'â' | 'ä' | 'á' | 'ã' => 'a',
            'ç' => 'c',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' | 'í' => 'i',
            'ñ' => 'n',
            'ô' | 'ö' | 'ó' => 'o',
            'ù' | 'û' | 'ü' | 'ú' => 'u',
            'ÿ' => 'y',
            '’' | '-' => ' ',
            c => c,
        })
        .collect()
}

/// Whether a name answers to what was typed: one of its words begins with it.
pub fn answers(name: &str, typed: &str) -> bool {
    let typed = folded(typed.trim());
    let name = folded(name);
    typed.is_empty() || name.starts_with(&typed) || name.split(' ').any(|word| word.starts_with(&typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_capitals_do_not_matter() {
        for (name, typed) in [("Élise L.", "el"), ("Léa G.", "LEA"), ("Jean-Luc P.", "luc"), ("Anne P.", "")] {
            assert!(answers(name, typed), "{name} {typed}");
        }
        assert!(!answers("Hugo V.", "lé"));
    }
}
