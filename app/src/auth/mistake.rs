//! What went wrong on the way in, from the key that the server put into the address.

use leptos_router::params::ParamsMap;

use crate::french::nb;
use crate::french::typography::counted;

/// The sentence of `?erreur=…`, if there is one.
pub fn sentence(query: &ParamsMap) -> Option<String> {
    let figure = |name: &str| query.get(name).and_then(|text| text.parse::<usize>().ok());
    let told = match query.get("erreur")?.as_str() {
        "code-faux" => match figure("reste") {
            Some(0) | None => "Ce n’est pas ce code.".to_owned(),
            Some(left) => format!("Ce n’est pas ce code. Il te reste {}.", counted(left, "essai", "essais")),
        },
        "code-expire" => "Ce code n’est plus valable : il vaut 10 minutes. Demandes-en un autre.".to_owned(),
        "trop-d-essais" => "Trop d’essais avec ce code. Demandes-en un autre.".to_owned(),
        "trop-de-demandes" => match figure("attends").map(|seconds| seconds.div_ceil(60).max(1)) {
            Some(minutes) => {
                format!("Trop de demandes d’affilée. Réessaie dans {}.", counted(minutes, "minute", "minutes"))
            }
            None => "Trop de demandes d’affilée. Réessaie dans quelques minutes.".to_owned(),
        },
        "adresse" => "Cette adresse n’a pas la forme nom@exemple.fr.".to_owned(),
        "session" => "Ta connexion a pris fin. Reconnecte-toi, rien n’est perdu.".to_owned(),
        _ => "Ça n’a pas marché. Réessaie.".to_owned(),
    };
    Some(nb(&told))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(query: &[(&str, &str)]) -> Option<String> {
        let mut map = ParamsMap::new();
        for (name, value) in query {
            map.insert((*name).to_owned(), (*value).to_owned());
        }
        sentence(&map)
    }

    #[test]
    fn a_wrong_code_says_how_many_tries_are_left() {
        assert_eq!(told(&[]), None);
        let wrong = told(&[("erreur", "code-faux"), ("reste", "3")]).unwrap_or_default();
        assert!(wrong.contains("3") && wrong.contains("essais"), "{wrong}");
        let last = told(&[("erreur", "code-faux"), ("reste", "1")]).unwrap_or_default();
        assert!(!last.contains("essais"), "{last}");
        let waiting = told(&[("erreur", "trop-de-demandes"), ("attends", "61")]).unwrap_or_default();
        assert!(waiting.contains('2'), "{waiting}");
    }
}
