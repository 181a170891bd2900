//! Who asks to be erased: what that does, and the answer of the office.

use domain::register::{ErasureInHand, ErasureState, WHY_CAP};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::filled::Filled;
use super::form::{MEMBERS, NotDone, apart};
use super::register_erasures;
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::dates::date_with_year;
use crate::french::nb;
use crate::french::register::{card_of, done, number, status};
use crate::french::shares::euros;
use crate::procedures::form::Posted;
use crate::still::Still;
use crate::ui::{Field, Tick};

#[component]
pub fn ErasuresPage() -> impl IntoView {
    let query = use_query_map();
    let asked = Asked::new_blocking(|| (), |()| register_erasures());
    view! {
        <Still title="Effacements demandés" back=(MEMBERS, "Membres")>
            {move || {
                let fait = query.with(|query| query.get("fait")).unwrap_or_default();
                asked.get().map(|answer| page(answer, &fait))
            }}
        </Still>
    }
}

fn page(answer: Result<Vec<ErasureInHand>, ApiError>, fait: &str) -> AnyView {
    let all = match answer {
        Ok(all) => all,
        Err(error) => return apart(&error),
    };
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let (pending, ended): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.erasure.state == ErasureState::Pending);
    let cards: Vec<_> = pending.iter().map(card).collect();
    let none = cards.is_empty().then(|| view! { <p class="soft">{nb("Personne ne demande l’effacement de son compte.")}</p> });
    let before: Vec<_> = ended.iter().map(past).collect();
    let before = (!before.is_empty()).then(|| {
        view! {
            <section class="section section--apart" aria-labelledby="avant">
                <h2 id="avant">"Déjà répondu"</h2>
                <ul class="list">{before}</ul>
            </section>
        }
    });
    view! {
        {said}
        <NotDone/>
        <p>
            {nb(
                "Effacer enlève le nom, l’adresse, les mots écrits et les appareils, et remplace la personne par « Membre effacé » partout \
                 où elle était nommée. Les sommes restent : vacations comptées, parts, places tenues. Ça ne se défait pas.",
            )}
        </p>
        {none}
        <div class="stack">{cards}</div>
        {before}
    }
    .into_any()
}

fn card(asked: &ErasureInHand) -> AnyView {
    let id = asked.erasure.id.to_string();
    let title = format!("effacement-{id}");
    let labelled = title.clone();
    let name = format!("{} {}, {}", asked.first_name, asked.last_name, number(asked.number));
    let word = (!asked.erasure.word.is_empty()).then(|| nb(&format!("« {} »", asked.erasure.word)));
    let when = date_with_year(domain::time::paris_day(asked.erasure.asked_at));
    let about = format!("{}. Demandé le {when}.", status(asked.status));
    let owed = (asked.paid.0 > 0).then(|| {
        let said =
            format!("Sa part, {}, n’est pas encore remboursée : note le départ, rembourse, puis efface.", euros(asked.paid));
        view! { <p class="register__missing">{nb(&said)}</p> }
    });
    let answers = if asked.own {
        view! { <p class="soft">{nb("C’est ton propre compte : quelqu’un d’autre du bureau répond.")}</p> }.into_any()
    } else {
        answers(asked, &id)
    };
    view! {
        <article class="card" aria-labelledby=labelled>
            <h2 class="card__title" id=title>
                <a class="register__link" href=card_of(asked.erasure.member)>{nb(&name)}</a>
            </h2>
            <p class="card__soft">{nb(&about)}</p>
            {word.map(|word| view! { <p>{word}</p> })}
            {owed}
            {answers}
        </article>
    }
    .into_any()
}

fn answers(asked: &ErasureInHand, id: &str) -> AnyView {
    let with = || vec![("erasure", id.to_owned())];
    let erasing = (asked.paid.0 == 0).then(|| {
        view! {
            <Posted to=MEMBERS act="effacer" of=id.to_owned() with=with() class="stack">
                <Tick name="sur" value="oui" title="J’ai vérifié : ça ne se défait pas" required=true/>
                <button class="button" type="submit">
                    "Effacer ce compte"
                </button>
            </Posted>
        }
    });
    let field = format!("mot-{id}");
    let filled = Filled::of("refuser-effacement", Vec::new());
    let wrong = if filled.ticks("erasure", id) { filled.wrong("text") } else { None };
    let hint = format!("{field}-aide");
    view! {
        {erasing}
        <Posted to=MEMBERS act="refuser-effacement" of=id.to_owned() with=with() class="stack">
            <Field id=field.clone() label="Répondre non, parce que" hint="La personne le lit." error=wrong>
                <input class="field__input" id=field name="word" required maxlength=WHY_CAP.to_string() aria-describedby=hint/>
            </Field>
            <button class="button" type="submit">
                "Répondre non"
            </button>
        </Posted>
    }
    .into_any()
}

fn past(ended: &ErasureInHand) -> AnyView {
    let became = match ended.erasure.state {
        ErasureState::Done => "effacé",
        ErasureState::Refused => "réponse : non",
        ErasureState::Withdrawn => "retiré",
        ErasureState::Pending => "attend",
    };
    let name = format!("{} {}, {}", ended.first_name, ended.last_name, number(ended.number));
    let when = ended.erasure.ended_at.map(|at| date_with_year(domain::time::paris_day(at))).unwrap_or_default();
    view! {
        <li class="row">
            <span class="row__body">
                <span class="row__title">{nb(&name)}</span>
                <span class="row__soft">{nb(&format!("{became}, {when}"))}</span>
            </span>
        </li>
    }
    .into_any()
}
