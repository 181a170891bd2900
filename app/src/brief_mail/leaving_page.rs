//! The page behind the link that ends the brief by mail. One button; it says what stays.

use leptos::prelude::*;

use crate::door_document::door_document;
use crate::french::nb;
use crate::visit::Assets;

/// How things stand for whoever has the link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stands {
    /// The brief comes; `came_back`: again, as was just asked.
    Receives {
        address: String,
        came_back: bool,
    },
    /// A member no longer has it by mail.
    MemberLeft {
        address: String,
    },
    /// Somebody of the public: nothing of them is known any more.
    Forgotten,
    Nowhere,
}

/// The whole document. `answer` is where its form posts.
pub fn brief_leaving_page(stands: Stands, answer: String, assets: &Assets) -> impl IntoView + use<> {
    let (heading, inside) = match stands {
        Stands::Receives { address, came_back } => receives(&address, came_back, answer),
        Stands::MemberLeft { address } => left(&address, answer),
        Stands::Forgotten => forgotten(),
        Stands::Nowhere => nowhere(),
    };
    door_document(nb(heading), false, inside, assets)
}

fn receives(address: &str, came_back: bool, answer: String) -> (&'static str, AnyView) {
    let comes = format!("Elle part chaque lundi à 7 h à {address}.");
    let inside = view! {
        <p>{nb(&comes)}</p>
        <form class="door__form" method="post" action=answer>
            <button class="button button--main button--block" type="submit">"Ne plus la recevoir par mail"</button>
        </form>
        <p class="door__soft small">"Rien d’autre ne change, et dans l’application la brève est toujours là."</p>
    };
    (if came_back { "Te revoilà" } else { "Ne plus recevoir la brève ?" }, inside.into_any())
}

fn left(address: &str, answer: String) -> (&'static str, AnyView) {
    let over =
        format!("La brève ne part plus à {address}. Rien d’autre n’a changé : tu la lis dans l’application quand tu veux.");
    let inside = view! {
        <p>{nb(&over)}</p>
        <form class="door__form" method="post" action=answer>
            <input type="hidden" name="geste" value="reabonner"/>
            <button class="button button--block" type="submit">"Me réabonner"</button>
        </form>
        <a class="button button--quiet" href="/breve">"Lire la brève dans Alpar"</a>
    };
    ("C’est fait", inside.into_any())
}

fn forgotten() -> (&'static str, AnyView) {
    let inside = view! {
        <p>{nb("La brève ne part plus chez toi, et ton adresse est oubliée : nous n’en gardons rien.")}</p>
        <a class="button button--block" href="/breve/publique#abonnement">"Me réabonner"</a>
    };
    ("C’est fait", inside.into_any())
}

fn nowhere() -> (&'static str, AnyView) {
    let inside = view! {
        <p>{nb("Il est incomplet, ou l’adresse a changé depuis. Rien n’a changé. Dans Alpar, « Préviens-moi » dit ce que tu reçois.")}</p>
        <a class="button button--main button--block" href="/moi/prevenir">"Ouvrir Alpar"</a>
    };
    ("Ce lien ne mène à rien", inside.into_any())
}
