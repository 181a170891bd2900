//! What a secret vote came to, with all its ballots: anybody finds theirs, and counts again.

use domain::assembly::{Ballot, Choice, Published, code_of};
use domain::id::ResolutionId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::assembly_published;
use super::form::{AG, no_vote};
use super::results::result;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::assembly::way;
use crate::french::nb;
use crate::french::typography::counted;
use crate::still::{Print, Still};
use crate::ui::{Banner, BannerLook};

#[component]
pub fn ResultPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || {
        params.with(|params| params.get("resolution")).and_then(|id| id.parse().ok()).unwrap_or(ResolutionId(Uuid::nil()))
    };
    let asked = Asked::new_blocking(id, assembly_published);
    view! {
        <Still title="Tous les bulletins" back=(AG, "L’assemblée")>
            {move || asked.get().map(page)}
        </Still>
    }
}

fn page(answer: Result<Published, ApiError>) -> AnyView {
    let published = match answer {
        Ok(published) => published,
        Err(error) => return no_vote(&error),
    };
    let resolution = &published.resolution;
    let came = resolution.result.as_ref().map(|counted| result(counted, &|member| published.name(member)));
    let ballots = counted(published.ballots.len(), "bulletin de l’app", "bulletins de l’app");
    let (look, icon, said) = if published.is_right() {
        (
            BannerLook::Plain,
            "circle-check",
            format!(
                "{ballots}, recomptés à l’instant depuis l’urne : autant que de voix qui ont voté dans l’app, et le même résultat."
            ),
        )
    } else {
        (
            BannerLook::Refused,
            "circle-alert",
            format!(
                "{ballots}, recomptés à l’instant : ils ne donnent pas le résultat proclamé. Préviens la présidence de séance."
            ),
        )
    };
    let paper = (published.cast.paper > 0).then(|| {
        let said = format!(
            "{} papier ont aussi été remis : c’est le scrutin qui les a comptés, et qui les garde.",
            counted(usize::try_from(published.cast.paper).unwrap_or(usize::MAX), "bulletin", "bulletins")
        );
        view! { <p class="soft">{nb(&said)}</p> }
    });
    let rows: Vec<_> = published
        .ballots
        .iter()
        .map(|(id, ballot)| {
            let code = code_of(*id);
            view! {
                <tr>
                    <th scope="row" class="receipt__code">{code}</th>
                    <td>{nb(&said_by(ballot, &published))}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <h2 class="workshop__title">{nb(&resolution.title)}</h2>
        <p class="soft">{nb(&format!("{} · {}", published.title, way(resolution.way)))}</p>
        {came}
        <Banner icon=icon look=look>{nb(&said)}</Banner>
        {paper}
        <section class="section section--apart" aria-labelledby="bulletins">
            <h3 id="bulletins">"Les bulletins"</h3>
            <p class="soft">
                {nb("Le code est celui du reçu. Il ne dit pas de qui est un bulletin : qui le connaît l’a lu, ou l’a reçu de quelqu’un.")}
            </p>
            <div class="cluster no-print"><Print/></div>
            <div class="governance__table" role="group" aria-label="Chaque bulletin" tabindex="0">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Code"</th>
                            <th scope="col">"Ce qu’il dit"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn said_by(ballot: &Ballot, published: &Published) -> String {
    match ballot {
        Ballot::Choice(Choice::For) => "Pour".to_owned(),
        Ballot::Choice(Choice::Against) => "Contre".to_owned(),
        Ballot::Choice(Choice::Abstain) => "Abstention".to_owned(),
        Ballot::Names(names) if names.is_empty() => "Blanc".to_owned(),
        Ballot::Names(names) => names.iter().map(|member| published.name(*member)).collect::<Vec<String>>().join(", "),
    }
}
