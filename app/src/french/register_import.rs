//! A file of members: what is wrong with it, what it would change, and what is to be answered first.

use domain::id::MemberId;
use domain::members::Rhythm;
use domain::register::import::{
    Change, Changed, Counts, Diff, Fact, Fault, Field, New, Problem, Reason, ShareFact, Since, Warning,
};

use super::dates::date_with_year;
use super::shares::euros;
use super::typography::counted;
use super::{import, nb};

pub const fn field(field: Field) -> &'static str {
    match field {
        Field::Number => "numéro de membre",
        Field::LastName => "nom",
        Field::FirstName => "prénom",
        Field::FullName => "prénom et nom ensemble",
        Field::Email => "e-mail",
        Field::Phone => "téléphone",
        Field::Mobile => "téléphone portable",
        Field::Street => "adresse : rue",
        Field::MoreStreet => "adresse : complément",
        Field::Zip => "code postal",
        Field::City => "ville",
        Field::JoinedOn => "jour d’adhésion",
        Field::Rhythm => "fixe ou volant·e",
        Field::Share => "part payée",
        Field::ShareOn => "jour de la part",
        Field::Association => "adhésion à l’association",
        Field::Active => "est membre",
    }
}

/// What is missing among the columns.
pub fn problem(problem: &Problem) -> String {
    nb(&match problem {
        Problem::NoName => "Aucune colonne ne dit qui c’est : il faut le prénom et le nom, ensemble ou séparés.".to_owned(),
        Problem::Twice { field: of, columns } => import::twice(field(*of), columns),
    })
}

/// « Ligne 12, colonne « E-mail » : ce n’est pas une adresse (« marie@ »). »
pub fn fault(fault: &Fault) -> String {
    import::fault(fault, &reason(fault.reason))
}

/// Without a capital or a point, to go on after « : ».
fn reason(reason: Reason) -> String {
    match reason {
        Reason::Cells { found, wanted } => format!("{found} cases pour {wanted} colonnes, tout a glissé"),
        Reason::Missing => "il n’y a rien".to_owned(),
        Reason::OneName => "il faut un prénom et un nom".to_owned(),
        Reason::TooLong { cap } => format!("c’est trop long, {cap} caractères au plus"),
        Reason::Formula => "ça commence comme une formule".to_owned(),
        Reason::Garbled => "des lettres sont abîmées".to_owned(),
        Reason::NotANumber => "ce n’est pas un numéro".to_owned(),
        Reason::NotAnAddress => "ce n’est pas une adresse e-mail".to_owned(),
        Reason::NotAPhone => "ce n’est pas un numéro de téléphone".to_owned(),
        Reason::NotADay => "ce n’est pas une date, écris par exemple 13/12/2018".to_owned(),
        Reason::SerialDay => "le tableur a changé cette date en nombre, mets la colonne en texte ou en date".to_owned(),
        Reason::DayTooEarly { first } => format!("c’est avant le {}", date_with_year(first)),
        Reason::DayTooLate { last } => format!("c’est après le {}", date_with_year(last)),
        Reason::NotAnAmount => "ce n’est pas un montant, écris par exemple 100 ou 12,50".to_owned(),
        Reason::AmountTooLarge { cap } => format!("c’est plus que {}", euros(cap)),
        Reason::NotARhythm => "pas compris, écris fixe ou volant".to_owned(),
        Reason::NotYesOrNo => "pas compris, écris oui ou non".to_owned(),
        Reason::NotAYear => "pas compris, écris une année, un jour, oui ou un montant".to_owned(),
        Reason::SamePerson { line } => format!("la même personne qu’à la ligne {line}"),
    }
}

/// « 12 nouveaux, 3 changés, 540 inchangés »
pub fn summary(diff: &Diff) -> String {
    let parts = [
        (diff.new.len(), "nouveau membre", "nouveaux membres"),
        (diff.changed.len(), "fiche changée", "fiches changées"),
        (import::number(diff.same), "inchangée", "inchangées"),
        (
            import::number(diff.left_out),
            "ligne laissée de côté (n’est pas membre)",
            "lignes laissées de côté (ne sont pas membres)",
        ),
    ];
    let said: Vec<String> =
        parts.into_iter().filter(|(count, _, _)| *count > 0).map(|(count, one, many)| counted(count, one, many)).collect();
    let absent = import::number(diff.absent);
    let absent = if absent == 0 {
        String::new()
    } else {
        format!(" {} d’ici ne sont pas dans le fichier : rien ne change pour eux.", counted(absent, "membre", "membres"))
    };
    nb(&format!("{}.{absent}", if said.is_empty() { "Rien".to_owned() } else { said.join(", ") }))
}

/// « Marie Dupont, n° 0042, marie@exemple.fr, part de 100 € »
pub fn new(new: &New) -> String {
    let facts = &new.facts;
    let mut about = vec![format!("{}, {}", facts.name(), super::register::number(facts.number))];
    about.extend((!facts.email.is_empty()).then(|| facts.email.clone()));
    about.extend(facts.share.map(share));
    nb(&about.join(", "))
}

fn share(fact: ShareFact) -> String {
    format!("part de {}", euros(fact.cents))
}

/// « Marie Dupont : téléphone 06… → 07… »
pub fn changed(changed: &Changed) -> String {
    let changes: Vec<String> = changed.changes.iter().map(change).collect();
    nb(&format!("{} : {}", changed.name, changes.join(" ; ")))
}

fn change(change: &Change) -> String {
    format!("{} {} → {}", word(&change.new), told(&change.old), told(&change.new))
}

fn word(fact: &Fact) -> &'static str {
    match fact {
        Fact::Address(_) => "adresse",
        Fact::Share(_) => "part",
        Fact::Years(_) => "association",
        other => field(other.field()),
    }
}

fn told(fact: &Fact) -> String {
    let or_nothing = |text: &str| if text.is_empty() { "rien".to_owned() } else { format!("« {text} »") };
    match fact {
        Fact::FirstName(text) | Fact::LastName(text) | Fact::Email(text) | Fact::Address(text) => or_nothing(text),
        Fact::Phone(phone) => or_nothing(phone.as_deref().unwrap_or_default()),
        Fact::JoinedOn(on) => date_with_year(*on),
        Fact::Rhythm(Rhythm::Regular) => "fixe".to_owned(),
        Fact::Rhythm(Rhythm::Floating) => "volant·e".to_owned(),
        Fact::Share(None) => "rien".to_owned(),
        Fact::Share(Some(fact)) => euros(fact.cents),
        Fact::Years(years) if years.is_empty() => "rien".to_owned(),
        Fact::Years(years) => years.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    }
}

pub fn warning(warning: &Warning) -> String {
    nb(&match warning {
        Warning::NumberTaken { line, name, number, given } => format!(
            "Ligne {line}, {name} : le {} est déjà à quelqu’un, ce sera le {}.",
            super::register::number(*number),
            super::register::number(*given)
        ),
        Warning::ShareDiffers { line, name, file, ours } => {
            format!("Ligne {line}, {name} : le fichier dit {}, ici la part est de {}, et le reste.", euros(*file), euros(*ours))
        }
        Warning::AddressKept { line, name } => {
            format!("Ligne {line}, {name} : cette adresse est celle de quelqu’un d’autre, sa fiche reste sans adresse.")
        }
        Warning::HasLeft { line, name } => format!("Ligne {line}, {name} : n’est plus membre, rien ne change."),
        Warning::NoAddress { line, name } => format!("Ligne {line}, {name} : sans e-mail, on ne pourra pas lui écrire."),
    })
}

/// « Marie Dupont garde ce qui a changé depuis : téléphone. »
pub fn since(since: &Since) -> String {
    if since.name.is_empty() {
        return nb("Une fiche réunie à une autre depuis reste comme elle est.");
    }
    if since.fields.is_empty() {
        return nb(&format!("{} reste : quelque chose s’est passé avec sa fiche depuis.", since.name));
    }
    let fields: Vec<&str> = since.fields.iter().map(|of| field(*of)).collect();
    nb(&format!("{} garde ce qui a changé depuis : {}.", since.name, fields.join(", ")))
}

/// « 1 fiche a été effacée depuis : elle le reste. »
pub fn erased(count: usize) -> String {
    let said = counted(count, "fiche a été effacée depuis : elle le reste", "fiches ont été effacées depuis : elles le restent");
    nb(&format!("{said}."))
}

/// « 600 lignes : 12 nouveaux, 3 changés »
pub fn counts(counts: &Counts) -> String {
    import::counts(counts.rows, &[(counts.new, "nouveau", "nouveaux"), (counts.changed, "changé", "changés")])
}

/// What somebody is called, of those whom the questions name.
pub fn name_of(names: &[(MemberId, String)], id: MemberId) -> String {
    names.iter().find(|(known, _)| *known == id).map(|(_, name)| nb(name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_named_by_its_line_its_column_and_why() {
        let bad = Fault { line: 12, column: Some("Email".into()), said: "marie@".into(), reason: Reason::NotAnAddress };
        let said = fault(&bad).replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(said, "Ligne 12, colonne « Email » : ce n’est pas une adresse e-mail (« marie@ »).");
    }

    #[test]
    fn what_an_undo_leaves_is_said_of_those_who_have_no_card_any_more_too() {
        let plain = |said: String| said.replace(['\u{a0}', '\u{202f}'], " ");
        let of = |name: &str| Since { id: MemberId(uuid::Uuid::nil()), name: name.into(), fields: Vec::new() };
        assert_eq!(plain(since(&of("Marie Blanc"))), "Marie Blanc reste : quelque chose s’est passé avec sa fiche depuis.");
        assert_eq!(plain(since(&of(""))), "Une fiche réunie à une autre depuis reste comme elle est.");
        assert_eq!(plain(erased(1)), "1 fiche a été effacée depuis : elle le reste.");
        assert_eq!(plain(erased(2)), "2 fiches ont été effacées depuis : elles le restent.");
    }
}
