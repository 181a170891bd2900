//! « Changer les règles »: type, see whom it would put elsewhere, then save. For the office.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::rules_form::RulesForm;
use super::rules_page::{closed, differences};
use crate::api::ApiError;
use crate::api::rules::{self, CHANGE, ChangeView, Moved, RULES, Start, Tried};
use crate::asked::Asked;
use crate::french::nb;
use crate::french::standing::level;
use crate::french::typography::counted;
use crate::still::Still;
use crate::ui::{EffectLine, Icon, TextField};

/// So many are shown; the others are folded.
const SHOWN: usize = 20;

#[component]
pub fn RulesChangePage() -> impl IntoView {
    let query = use_query_map();
    let asked = move || query.with(|query| (query.get("depuis").unwrap_or_default(), query.get("modele").unwrap_or_default()));
    let change = Asked::new_blocking(asked, |(day, start)| rules::rules_change(day, start));
    view! {
        <Still title="Changer les règles" back=(RULES, "Les règles")>
            {move || change.get().map(shown)}
        </Still>
    }
}

fn shown(answer: Result<ChangeView, ApiError>) -> AnyView {
    let ChangeView { base, day, starts, wrong, tried, head, sections } = match answer {
        Ok(change) => change,
        Err(error) => return closed(&error),
    };
    let wrong = (!wrong.is_empty()).then(|| mistakes(wrong));
    if let Some(tried) = tried {
        return view! {
            {wrong}
            {preview(tried)}
            <details class="section--apart rules__section">
                <summary class="rules__fold">
                    <Icon name="chevron-down"/>
                    "Changer encore quelque chose"
                </summary>
                <RulesForm head=head sections=sections/>
            </details>
        }
        .into_any();
    }
    let lead = "Rien n’est enregistré avant que tu aies vu ce que ça changerait.";
    view! {
        {wrong}
        <p class="page__lead">{nb(&format!("{lead} {base}"))}</p>
        <Starts starts=starts day=day/>
        <RulesForm head=head sections=sections/>
    }
    .into_any()
}

fn mistakes(wrong: Vec<(String, String)>) -> AnyView {
    let title = match wrong.len() {
        1 => "1 réponse à revoir".to_owned(),
        many => format!("{many} réponses à revoir"),
    };
    // The browser's own jump: the router would only scroll.
    let lines =
        wrong.into_iter().map(|(id, said)| view! { <li><a href=format!("#{id}") rel="external">{said}</a></li> }).collect_view();
    view! {
        <section class="card card--refused" role="alert" aria-labelledby="a-revoir">
            <h2 class="card__title" id="a-revoir">{title}</h2>
            <p class="card__soft">"Rien n’est enregistré, et tout ce que tu as écrit est encore là."</p>
            <ul class="rules__wrong">{lines}</ul>
        </section>
    }
    .into_any()
}

/// Real navigations: each gives the form its values anew.
#[component]
fn Starts(starts: Vec<Start>, day: String) -> impl IntoView {
    let links = starts
        .into_iter()
        .map(|start| {
            let href = format!("{CHANGE}?modele={}&depuis={day}", start.slug);
            view! {
                <li>
                    <a class="choice" href=href rel="external">
                        <span class="choice__body">
                            <span class="choice__title">{start.title}</span>
                            <span class="choice__soft">{start.soft}</span>
                        </span>
                        <Icon name="chevron-right"/>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="card rules__section">
            <summary class="rules__fold">
                <Icon name="chevron-down"/>
                <span class="card__title">"Partir d’ailleurs"</span>
            </summary>
            <p class="card__soft">{nb("Un exemple remplit le formulaire ; tu changes ensuite ce que tu veux.")}</p>
            <ul class="stack">{links}</ul>
            <form class="stack" method="get" action=CHANGE>
                <TextField
                    id="depuis"
                    name="depuis"
                    label="Ou des règles d’un jour à venir"
                    kind="date"
                    value=day
                    hint="Le formulaire prend ce qui vaudra ce jour-là."
                />
                <button class="button" type="submit">
                    "Partir de ce jour"
                </button>
            </form>
        </details>
    }
}

fn preview(tried: Tried) -> AnyView {
    let Tried { summary, totals, since, mut moved, from, changes, id, fields } = tried;
    let rest = moved.split_off(moved.len().min(SHOWN));
    let table = (!moved.is_empty()).then(|| people(moved, "Qui changerait de situation"));
    let rest = (!rest.is_empty()).then(|| {
        let more = format!("Voir {} de plus", counted(rest.len(), "membre", "membres"));
        view! {
            <details>
                <summary class="rules__fold">
                    <Icon name="chevron-down"/>
                    {nb(&more)}
                </summary>
                {people(rest, "La suite")}
            </details>
        }
    });
    let hidden = fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    view! {
        <section class="section" aria-labelledby="essai">
            <h2 id="essai">{nb("Ce que ça changerait")}</h2>
            <div class="card" role="status">
                <p class="card__title">{summary}</p>
                <p>{totals}</p>
                <p class="card__soft">{since}</p>
            </div>
            {table}
            {rest}
        </section>
        <section class="section section--apart" aria-labelledby="regles">
            <h2 id="regles">"Ce qui change dans les règles"</h2>
            <div class="card">{differences(changes)}</div>
        </section>
        <form class="stack section--apart" method="post" action=CHANGE>
            {hidden}
            <input type="hidden" name="id" value=id/>
            <EffectLine icon="calendar-days">
                {nb(&format!("{from}. Ce qui est déjà dû ou compté ne change pas."))}
            </EffectLine>
            <div class="page__acts">
                <button class="button button--main button--block" type="submit" name="faire" value="enregistrer">
                    "Enregistrer"
                </button>
            </div>
        </form>
    }
    .into_any()
}

fn people(moved: Vec<Moved>, caption: &'static str) -> AnyView {
    let rows = moved
        .into_iter()
        .map(|moved| {
            view! {
                <tr>
                    <th scope="row">{moved.name}</th>
                    <td>{level(moved.from)}</td>
                    <td>{level(moved.to)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="rules__people">
            <caption>{nb(caption)}</caption>
            <thead>
                <tr>
                    <th scope="col">"Membre"</th>
                    <th scope="col">{nb("Aujourd’hui")}</th>
                    <th scope="col">"Avec ces règles"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
