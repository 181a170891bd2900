//! What each page says until somebody publishes another text, and where the shop is until somebody says otherwise: what the
//! co-op wrote of itself.

use domain::public_page::{Page, Place, Said};

/// A title, a description, then the text.
fn file(page: Page) -> &'static str {
    match page {
        Page::Project => include_str!("texts/le-projet.md"),
        Page::How => include_str!("texts/comment-ca-marche.md"),
        Page::FindUs => include_str!("texts/nous-trouver.md"),
        Page::Join => include_str!("texts/devenir-membre.md"),
        Page::History => include_str!("texts/histoire.md"),
        Page::Funding => include_str!("texts/financement.md"),
    }
}

/// The text of revision 0.
pub(crate) fn first(page: Page) -> Said {
    let (title, rest) = file(page).split_once('\n').unwrap_or_default();
    let (description, text) = rest.split_once('\n').unwrap_or_default();
    Said { title: title.to_owned(), description: description.to_owned(), text: text.trim().to_owned() }
}

pub(super) fn first_place() -> Place {
    Place {
        street: "7, rue du Vieux Moulin".to_owned(),
        area: "Zone Actigone".to_owned(),
        postal_code: String::new(),
        town: "Meythet".to_owned(),
        region: "Haute-Savoie".to_owned(),
        map: None,
        email: None,
        phone: None,
    }
}

#[cfg(test)]
mod tests {
    use domain::public_page::Typed;

    use super::*;

    #[test]
    fn what_came_with_the_app_could_have_been_typed() {
        for page in Page::ALL {
            let said = first(page);
            let typed = Typed { title: &said.title, description: &said.description, text: &said.text };
            assert_eq!(Said::read(typed), Ok(said.clone()), "{page}");
        }
    }
}
