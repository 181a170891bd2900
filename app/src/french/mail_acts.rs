//! The words of a mail's link, and of the page behind it.

use domain::notice::Notice;
use domain::notify::Choice;
use domain::view::choices::Bearing;

use super::{bearing, nb};

/// What the link in the mail says.
pub fn link(notice: &Notice) -> &'static str {
    match notice {
        Notice::ProposalReceived { .. } => "Accepter ou refuser l’échange",
        Notice::LoopSuggested { .. } => "Accepter l’échange ou le laisser passer",
        Notice::SeatOffered { .. } => "Prendre la place",
        Notice::SeatHeld { .. } => "Prendre la place ou la laisser",
        Notice::UrgentCall { .. } | Notice::SeatOpened { .. } => "Prendre une place",
        Notice::LeadMissing { .. } => "Animer cette vacation",
        Notice::Reminder { .. } => "Je ne peux pas venir",
        Notice::EventSeatsFree { .. } => "Prendre la place ou la laisser",
        Notice::EventReminder { .. } => "Je ne viens plus",
        _ => "J’ai vu",
    }
}

/// What the page's button says.
pub fn button(choice: Choice, notice: &Notice) -> &'static str {
    match (choice, notice) {
        (Choice::Accept, _) => "Accepter",
        (Choice::Refuse, Notice::LoopSuggested { .. }) => "Pas cette fois",
        (Choice::Refuse, Notice::SeatHeld { .. }) => "Laisser à la suivante",
        (Choice::Refuse, Notice::EventSeatsFree { .. } | Notice::EventReminder { .. }) => "Je ne viens plus",
        (Choice::Refuse, _) => "Refuser",
        (Choice::Take, Notice::LeadMissing { .. }) => "Prendre la place d’animation",
        (Choice::Take, _) => "Prendre la place",
        (Choice::Give, _) => "Donner ma place",
        (Choice::Warn, _) => "Prévenir l’équipe",
        (Choice::Seen, _) => "J’ai vu",
    }
}

/// What it does, said before it is pressed.
pub fn effect(choice: Choice, owed: Option<&Bearing>) -> Option<String> {
    let said = match (choice, owed) {
        (Choice::Take, Some(owed)) => bearing::sentence(owed),
        (Choice::Give, owed) => {
            let whose = "Elle reste la tienne tant que personne ne l’a prise.";
            match owed {
                Some(owed) => format!("{} {whose}", bearing::after("Tu donnes", owed)),
                None => whose.to_owned(),
            }
        }
        (Choice::Accept, Some(owed)) => bearing::after("Une vacation pour une autre", owed),
        (Choice::Warn, Some(owed)) => format!(
            "L’équipe est prévenue tout de suite. {}",
            bearing::after("Si personne ne prend ta place, ça compte comme une absence", owed)
        ),
        (Choice::Warn, None) => {
            "L’équipe est prévenue tout de suite. Compte comme une absence si personne ne prend ta place.".to_owned()
        }
        _ => return None,
    };
    Some(nb(&said))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::ShiftId;

    #[test]
    fn a_choice_says_what_it_does() {
        let plain = |text: Option<String>| text.unwrap_or_default().replace(['\u{a0}', '\u{202f}'], " ");
        assert_eq!(
            plain(effect(Choice::Give, Some(&Bearing::Nothing))),
            "Tu donnes : rien à rattraper. Elle reste la tienne tant que personne ne l’a prise."
        );
        assert_eq!(
            plain(effect(Choice::Take, Some(&Bearing::Ahead { shifts: 1 }))),
            "Compte comme une avance sur le cycle suivant."
        );
        assert_eq!(effect(Choice::Accept, None), None);
    }

    #[test]
    fn a_reminder_s_link_says_what_one_would_say() {
        assert_eq!(link(&Notice::Reminder { shift: ShiftId(uuid::Uuid::nil()) }), "Je ne peux pas venir");
    }
}
