//! « Recevoir la brève du lundi ? »: the page behind the link of the mail that asks somebody of the public.

use leptos::prelude::*;

use crate::door_document::door_document;
use crate::french::nb;
use crate::visit::Assets;

/// Where things are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Yes {
    Asked,
    Said,
    Nowhere,
}

/// The whole document. `answer` is where its form posts.
pub fn brief_yes_page(yes: Yes, answer: String, assets: &Assets) -> impl IntoView + use<> {
    let (heading, inside) = match yes {
        Yes::Asked => ("Recevoir la brève du lundi ?", asked(answer)),
        Yes::Said => ("C’est fait", said()),
        Yes::Nowhere => ("Ce lien ne mène à rien", nowhere()),
    };
    door_document(nb(heading), false, inside, assets)
}

fn asked(answer: String) -> AnyView {
    view! {
        <p>"Un mail par semaine, le lundi matin : les nouvelles de l’épicerie qui sont pour tout le monde."</p>
        <form class="door__form" method="post" action=answer>
            <button class="button button--main button--block" type="submit">"Oui, je la veux"</button>
        </form>
        <p class="door__soft small">
            {nb("Chaque mail porte un lien pour ne plus la recevoir : ton adresse est alors oubliée. Elle ne sert qu’à cela.")}
        </p>
    }
    .into_any()
}

fn said() -> AnyView {
    view! {
        <p>"La prochaine brève publique arrive chez toi un lundi matin."</p>
        <a class="button button--block" href="/breve/publique">"Lire la dernière"</a>
    }
    .into_any()
}

fn nowhere() -> AnyView {
    view! {
        <p>"Il est incomplet, trop vieux, ou un mail plus récent l’a remplacé. Rien n’a changé."</p>
        <a class="button button--main button--block" href="/breve/publique#abonnement">"Demander la brève"</a>
    }
    .into_any()
}
