//! A file that waits, whatever is in it: why it is not read, what is wrong with it, what it came to.

use domain::import::{COLUMN_CAP, Fault, LINE_CAP, NotUndone, ROW_CAP, Refused, SIZE_CAP};

use super::nb;
use super::typography::counted;

/// What a file is called.
pub fn called(file: &str) -> String {
    if file.is_empty() { nb("Un fichier sans nom") } else { file.to_owned() }
}

/// Why a file is not read at all, and what to do.
pub fn refused(refused: Refused) -> String {
    nb(&match refused {
        Refused::TooLarge { .. } => format!("Ce fichier est trop grand : {} Mo au plus.", SIZE_CAP / 1024 / 1024),
        Refused::Empty => "Ce fichier est vide.".to_owned(),
        Refused::NoRows => "Ce fichier a des titres de colonnes, et rien en dessous.".to_owned(),
        Refused::Workbook => {
            "C’est un classeur ou une archive : enregistre-le en CSV dans ton tableur, puis envoie ce fichier-là.".to_owned()
        }
        Refused::Utf16 => "Ce fichier est en UTF-16 (« texte Unicode ») : enregistre-le en « CSV UTF-8 ».".to_owned(),
        Refused::Binary { line } => format!("Ce n’est pas du texte, à partir de la ligne {line} : envoie un CSV."),
        Refused::Broken { line } => {
            format!("Des lettres sont abîmées, à partir de la ligne {line} : exporte de nouveau, en une seule fois.")
        }
        Refused::LongLine { line } => format!("La ligne {line} est trop longue : {} ko au plus.", LINE_CAP / 1024),
        Refused::OpenQuote { line } => format!("Un guillemet ouvert à la ligne {line} n’est pas refermé."),
        Refused::NoSeparator => {
            "Il n’y a qu’une colonne : il faut un point-virgule, une virgule ou une tabulation entre les cases.".to_owned()
        }
        Refused::TooManyRows => format!("Il y a trop de lignes : {ROW_CAP} au plus."),
        Refused::TooManyColumns { columns } => format!("Il y a {columns} colonnes : {COLUMN_CAP} au plus."),
    })
}

/// What is wrong where several columns are of one field.
pub fn twice(field: &str, columns: &[String]) -> String {
    let columns: Vec<String> = columns.iter().map(|column| format!("« {column} »")).collect();
    format!("Plusieurs colonnes disent : {field} ({}). Gardes-en une.", columns.join(", "))
}

/// « Ligne 12, colonne « TVA » : ce n’est pas un nombre (« vingt »). »; `reason` without a capital or a point.
pub fn fault<R>(fault: &Fault<R>, reason: &str) -> String {
    let place = match &fault.column {
        Some(column) => format!("Ligne {}, colonne « {column} »", fault.line),
        None => format!("Ligne {}", fault.line),
    };
    let said = if fault.said.is_empty() { String::new() } else { format!(" (« {} »)", fault.said) };
    nb(&format!("{place} : {reason}{said}."))
}

/// « 3 fautes dans ce fichier »
pub fn faults_counted(faults: usize) -> String {
    nb(&format!("{} dans ce fichier", counted(faults, "faute", "fautes")))
}

/// « 600 lignes : 12 nouveaux, 3 changés »; each part with its words for one and for many.
pub fn counts(rows: u32, parts: &[(u32, &str, &str)]) -> String {
    let rows = counted(number(rows), "ligne", "lignes");
    let said: Vec<String> =
        parts.iter().filter(|(count, _, _)| *count > 0).map(|(count, one, many)| counted(number(*count), one, many)).collect();
    let said = if said.is_empty() { "rien n’a changé".to_owned() } else { said.join(", ") };
    nb(&format!("{rows} : {said}"))
}

/// Why an import is not taken back.
pub fn not_undone(why: NotUndone) -> String {
    nb(match why {
        NotUndone::NotTheLast => "Un autre import est venu après : seul le dernier s’annule.",
        NotUndone::Already => "Cet import est déjà annulé.",
    })
}

pub(super) fn number(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
