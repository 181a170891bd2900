//! One page in the hands of Communication: its text, what was published of it, and the way back to any of it.

use domain::public_page::InHand;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::fields::{Text, fields};
use super::form::{NotDone, POSTED_TO, apart};
use super::public_page_in_hand;
use super::versions::{beside, history, signed};
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::dates::since;
use crate::french::nb;
use crate::french::public_pages::{done, name};
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::Icon;
use crate::visit::{Assets, Signed};

#[component]
pub fn PublicPageEditPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let slug = move || params.with(|params| params.get("page")).unwrap_or_default();
    let asked = Asked::new_blocking(slug, public_page_in_hand);
    view! {
        <Still title="Une page publique" back=(POSTED_TO, "Les pages publiques")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<InHand, ApiError>, fait: &str) -> AnyView {
    let in_hand = match answer {
        Ok(in_hand) => in_hand,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let assets = use_context::<Assets>().unwrap_or_default();
    let read = in_hand.versions.first().and_then(|version| signed(&version.signed, in_hand.now));
    let read = match read {
        Some(signed) => format!("Publié par {signed}."),
        None => "C’est encore le texte de départ.".to_owned(),
    };
    let others: Vec<_> = in_hand
        .others
        .iter()
        .map(|other| {
            let line = format!("{} écrit aussi : un texte attend {}.", other.name, since(other.at, in_hand.now));
            view! {
                <p class="effect effect--info">
                    <Icon name="info"/>
                    {nb(&line)}
                </p>
            }
        })
        .collect();
    let shown = in_hand.page.path();
    view! {
        <h2 class="workshop__title">{name(in_hand.page)}</h2>
        <p class="soft">
            {nb(&read)} " "
            <a href=shown>"Voir la page"</a>
        </p>
        {said}
        <NotDone/>
        {others}
        {beside(&in_hand)}
        {writing(&in_hand)}
        {history(&in_hand)}
        <script type="module" src=assets.workshop></script>
    }
    .into_any()
}

/// The form, which saves itself for its writer alone; nothing is read of it before it is published.
fn writing(in_hand: &InHand) -> AnyView {
    let text = Text::of(in_hand);
    let page = in_hand.page;
    let own = format!("{POSTED_TO}/{page}");
    let preview = format!("{own}/apercu");
    let member = use_context::<Signed>().map(|signed| signed.member.to_string()).unwrap_or_default();
    let key = format!("page-publique/{member}/{page}");
    let with = vec![("page", page.slug().to_owned()), ("base", text.base.to_string())];
    let waits = in_hand.draft.as_ref().map(|draft| {
        let line = format!("Ton texte attend {}. Toi seul·e le vois.", since(draft.at, in_hand.now));
        let with = vec![("page", page.slug().to_owned())];
        view! {
            <div class="card">
                <p>{nb(&line)}</p>
                <div class="cluster">
                    <a class="button" href=preview>
                        "Aperçu"
                    </a>
                    <Posted to=POSTED_TO act="oublier" of=page.slug() with=with>
                        <button class="button button--quiet" type="submit">
                            "Oublier mon texte"
                        </button>
                    </Posted>
                </div>
            </div>
        }
    });
    let refused = text.is_refused().then_some("");
    // Somebody was faster: what came back waits on the server.
    let waits_there = (text.back && refused.is_none()).then_some("");
    let shown = fields(&text);
    view! {
        <section class="section section--apart" aria-labelledby="ecrire">
            <h3 id="ecrire" tabindex="-1">"Le texte"</h3>
            {waits}
            <div class="workshop__writing" data-saved=key data-own=own data-refused=refused data-waits=waits_there>
                <Posted to=POSTED_TO act="texte" of=page.slug() with=with class="stack">
                    {shown}
                    <p class="workshop__state" role="status" data-state></p>
                    <div class="cluster" data-found hidden>
                        <button class="button" type="button" data-restore>"Reprendre ce que j’avais écrit"</button>
                        <button class="button button--quiet" type="button" data-forget>"L’oublier"</button>
                    </div>
                    <div class="cluster">
                        <button class="button" type="submit" name="puis" value="apercu">
                            "Aperçu"
                        </button>
                        <button class="button button--main" type="submit" name="puis" value="publier">
                            "Publier"
                        </button>
                        <button class="button button--quiet" type="submit">
                            "Enregistrer pour plus tard"
                        </button>
                    </div>
                </Posted>
            </div>
        </section>
    }
    .into_any()
}
