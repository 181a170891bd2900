//! French spaces and apostrophes, done by code: text is typed plainly and leaves here right.

/// Narrow no-break space: before « ; : ! ? », inside guillemets, between a figure and « h ».
pub const NARROW: char = '\u{202f}';
/// No-break space: around a dash between hours, between a figure and its word.
pub const NO_BREAK: char = '\u{a0}';

/// Words that a figure never leaves alone at the end of a line.
const WITH_FIGURES: [&str; 34] = [
    "h",
    "min",
    "s",
    "%",
    "€",
    "kg",
    "places",
    "place",
    "libres",
    "libre",
    "jours",
    "jour",
    "vacations",
    "vacation",
    "personnes",
    "personne",
    "membres",
    "janv.",
    "févr.",
    "mars",
    "avril",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
    "janvier",
    "février",
    "novembre",
    "décembre",
    "heures",
];

/// Words that a following figure never leaves: weekdays, « semaine A ».
const BEFORE_FIGURES: [&str; 14] = [
    "lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi",
    "dimanche",
];

/// The text with French typography: « l'app : 9 h » becomes « l’app : 9 h », its spaces unbreakable
/// where a line must not end. Text that is already right comes out unchanged.
pub fn nb(text: &str) -> String {
    let pieces: Vec<&str> = text.split(' ').collect();
    let mut out = String::with_capacity(text.len() + 16);
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            out.push(space(pieces[at - 1], piece));
        }
        out.extend(piece.chars().map(|c| if c == '\'' { '’' } else { c }));
    }
    out
}

/// The space between two pieces of text.
fn space(before: &str, after: &str) -> char {
    let opens = |text: &str, marks: &[char]| text.starts_with(marks);
    if opens(after, &[';', ':', '!', '?', '»']) || before.ends_with('«') {
        return NARROW;
    }
    let figure_before = before.ends_with(|c: char| c.is_ascii_digit()) || before.ends_with("1er");
    let bare_after = after.trim_end_matches([',', ';', ')', '…']);
    if figure_before && (bare_after == "h" || bare_after == "h.") {
        return NARROW;
    }
    let figure_after = opens(after, &['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    if before == "h" && figure_after {
        return NARROW;
    }
    let is = |words: &[&str], word: &str| {
        let word = word.trim_start_matches(['(', '«', '’']);
        words.iter().any(|known| word.eq_ignore_ascii_case(known))
    };
    let with_its_word = figure_before && (is(&WITH_FIGURES, bare_after) || is(&WITH_FIGURES, bare_after.trim_end_matches('.')));
    let with_its_figure = figure_after && is(&BEFORE_FIGURES, before);
    let dash = before == "–" && figure_after || after == "–" && (before == "h" || figure_before);
    if with_its_word || with_its_figure || dash || opens(after, &['·']) || before.ends_with("N°") {
        return NO_BREAK;
    }
    ' '
}

/// A whole sentence with French typography. A date's own point ends it too: « avant le 20 déc. »,
/// never « déc.. ».
pub fn finished(sentence: &str) -> String {
    nb(&sentence.replace("..", "."))
}

/// The text with its first letter as a capital: « samedi 28 nov. » begins a heading.
pub fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect()
}

/// « 1 place », « 3 places »: none and one are singular in French.
pub fn counted(figure: usize, one: &str, many: &str) -> String {
    format!("{figure}{NO_BREAK}{}", if figure < 2 { one } else { many })
}

/// « Théo », « Théo et Léa », « Théo, Léa et 3 autres ».
pub fn listed(names: &[String], shown: usize) -> String {
    let rest = names.len().saturating_sub(shown);
    let mut parts: Vec<String> = names.iter().take(shown).cloned().collect();
    match rest {
        0 => {}
        1 => parts.push("une autre personne".to_owned()),
        rest => parts.push(format!("{rest}{NO_BREAK}autres")),
    }
    match parts.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, first)) => format!("{} et {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `_` stands for the narrow no-break space, `~` for the wide one.
    fn shown(text: &str) -> String {
        nb(text).replace(NARROW, "_").replace(NO_BREAK, "~")
    }

    #[test]
    fn spaces_do_not_break_where_a_line_must_not_end() {
        let cases = [
            ("Bonjour ! C'est toi ?", "Bonjour_! C’est toi_?"),
            ("Tu cherches « Hugo » : oui ; non", "Tu cherches «_Hugo_»_: oui_; non"),
            ("9 h – 12 h", "9_h~–~12_h"),
            ("de 9 h 30, puis 12 h.", "de 9_h_30, puis 12_h."),
            ("sam. 28 nov., 9 h – 12 h", "sam.~28~nov., 9_h~–~12_h"),
            ("Samedi 28 novembre", "Samedi~28~novembre"),
            ("le 1er déc.", "le 1er~déc."),
            ("2 places libres, 1 libre", "2~places libres, 1~libre"),
            ("À jour · prochaine avant le 20 déc.", "À jour~· prochaine avant le 20~déc."),
            ("dans 5 jours", "dans 5~jours"),
            ("il y a 3 heures et la suite", "il y a 3~heures et la suite"),
            ("un mot, puis un autre", "un mot, puis un autre"),
        ];
        for (typed, wanted) in cases {
            assert_eq!(shown(typed), wanted);
        }
    }

    #[test]
    fn right_text_stays_as_it_is() {
        let once = nb("« Neige » : fermé de 9 h à 12 h !");
        assert_eq!(nb(&once), once);
    }

    #[test]
    fn figures_agree_with_their_word() {
        assert_eq!(counted(0, "place", "places"), "0\u{a0}place");
        assert_eq!(counted(1, "place", "places"), "1\u{a0}place");
        assert_eq!(counted(2, "place", "places"), "2\u{a0}places");
    }

    #[test]
    fn names_are_listed_with_an_and() {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(listed(&names(&[]), 2), "");
        assert_eq!(listed(&names(&["Théo"]), 2), "Théo");
        assert_eq!(listed(&names(&["Théo", "Léa"]), 2), "Théo et Léa");
        assert_eq!(listed(&names(&["Théo", "Léa", "Max"]), 2), "Théo, Léa et une autre personne");
        assert_eq!(listed(&names(&["A", "B", "C", "D", "E"]), 2), "A, B et 3\u{a0}autres");
    }
}
