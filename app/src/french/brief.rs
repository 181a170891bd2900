//! What is wrong with what was typed for the brief.

use domain::brief::SaidMistake;

/// « Il manque un titre. »
pub fn mistake(mistake: &SaidMistake) -> String {
    match mistake {
        SaidMistake::TitleMissing => "Il manque un titre.".into(),
        SaidMistake::TitleWithoutWords => "Le titre n’a pas de mots : on ne peut pas le lire à voix haute.".into(),
        SaidMistake::TitleTooLong { cap } => format!("Le titre est trop long : {cap} caractères au plus."),
        SaidMistake::NothingSaid => "Il manque un texte, ou une image.".into(),
        SaidMistake::TextTooLong { cap, long } => {
            format!("Le texte est trop long : {long} caractères, et {cap} au plus. Coupe-le en deux.")
        }
        SaidMistake::AltMissing => "Dis en quelques mots ce que montre l’image, pour qui ne la voit pas.".into(),
        SaidMistake::AltTooLong { cap } => format!("La description de l’image est trop longue : {cap} caractères au plus."),
        SaidMistake::PictureTooLarge { cap } => {
            format!("L’image est trop grande : {cap} pixels de côté au plus. Choisis-la de nouveau.")
        }
        SaidMistake::LinkNotAllowed => {
            "Ce lien ne marche pas : une adresse commence par https://, mailto: ou, dans l’application, par /.".into()
        }
        SaidMistake::LinkWithoutWords => "Il manque les mots du lien : où mène-t-il ?".into(),
        SaidMistake::LinkTooLong { cap } => format!("Le lien est trop long : {cap} caractères au plus."),
    }
}
