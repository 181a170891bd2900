//! « Ton pouvoir »: who votes for me, and for whom I vote. Given and taken back without a network, too, until it opens.

use std::sync::Arc;

use domain::assembly::{Proxy, Stage};
use domain::command::Command;
use domain::id::{AssemblyId, MemberId, ProxyId};
use domain::members::ShortName;
use domain::view::assembly::{AssemblyMoving, AssemblyView};
use leptos::prelude::*;
use leptos_meta::Title;
use uuid::Uuid;
use web_sys::FormData;

use super::coming::{WaitingChip, given_back};
use super::form::{AG, PROXY};
use super::page::following;
use crate::acts::{ActForm, Read, number};
use crate::french::assembly::{cap, when};
use crate::french::nb;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Chip, ChipLook, Empty, Field, Frame, PageHead, Width};

#[component]
pub fn AssemblyProxyPage() -> impl IntoView {
    view! {
        <Title text="Ton pouvoir · Alpar"/>
        <Screen query=|| Query::Assembly { others: true } title="Ton pouvoir" coming="Ton pouvoir arrive." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(page)
}

/// Somebody whom I might ask.
type Other = (MemberId, ShortName);

/// What is mine of it, and how far it is.
#[derive(Debug, Clone, PartialEq)]
struct Mine {
    assembly: AssemblyId,
    title: String,
    stage: Stage,
    called: bool,
    cap: u8,
    /// The one that I gave, with who carries it.
    given: Option<(Proxy, String)>,
    /// Who was to carry it, and gave it back.
    returned: Option<String>,
    /// Those that I carry, with whose they are.
    carried: Vec<(Proxy, String)>,
}

fn mine_of(moving: &AssemblyMoving, me: MemberId) -> Option<Mine> {
    let assembly = moving.assembly.as_ref()?;
    let known = moving.mine.as_ref();
    let proxies = known.map(|known| known.proxies.as_slice()).unwrap_or_default();
    let named = |proxy: &Proxy, who: MemberId| (proxy.clone(), moving.name(who).to_string());
    Some(Mine {
        assembly: assembly.id,
        title: nb(&format!("{}, {}", assembly.title, when(assembly.starts_at))),
        stage: assembly.stage.clone(),
        called: known.is_none_or(|known| known.called),
        cap: assembly.terms.proxies,
        given: proxies.iter().find(|proxy| proxy.from == me).map(|proxy| named(proxy, proxy.to)),
        returned: known.and_then(|known| known.returned).map(|member| moving.name(member).to_string()),
        carried: proxies.iter().filter(|proxy| proxy.to == me).map(|proxy| named(proxy, proxy.from)).collect(),
    })
}

/// Who said that they do not come: nobody has them vote.
fn away_of(moving: &AssemblyMoving) -> Vec<MemberId> {
    moving.assembly.as_ref().map(|assembly| assembly.away.clone()).unwrap_or_default()
}

fn page(view: AssemblyView) -> AnyView {
    let AssemblyView { me, moving, others, .. } = view;
    let moving = following(moving);
    let mine = Memo::new(move |_| moving.with(|moving| mine_of(moving, me)));
    let away = Memo::new(move |_| moving.with(away_of));
    let others = StoredValue::new(others);
    let inside = move || match mine.get() {
        None => view! {
            <Empty
                id="pas-d-assemblee"
                icon="handshake"
                title="Aucune assemblée n’est convoquée"
                text=nb("Un pouvoir se donne pour une assemblée, dès qu’on y est convoqué.")
            />
        }
        .into_any(),
        Some(mine) => shown(mine, others, away),
    };
    view! {
        <Frame width=Width::Alone>
            <PageHead title="Ton pouvoir" back=(AG.to_owned(), "L’assemblée".to_owned())/>
            <PageTop/>
            {inside}
        </Frame>
    }
    .into_any()
}

fn shown(mine: Mine, others: StoredValue<Vec<Other>>, away: Memo<Vec<MemberId>>) -> AnyView {
    let open = mine.stage.is_convoked();
    let giving = match &mine.given {
        Some((proxy, by)) => given(proxy, by, &mine.stage),
        None if !mine.called => {
            let said =
                "Tu as rejoint la coop après la convocation : tu n’as pas de voix à donner, ni à porter, à cette assemblée-là.";
            view! { <p>{nb(said)}</p> }.into_any()
        }
        None if mine.stage == Stage::Lapsed => view! { <p>{nb("Cette assemblée n’a pas eu lieu.")}</p> }.into_any(),
        None if !open => view! { <p>{nb("Les pouvoirs se donnent de la convocation à l’ouverture.")}</p> }.into_any(),
        None if mine.cap == 0 => view! { <p>{cap(0)}</p> }.into_any(),
        None if !mine.carried.is_empty() => {
            let said = "Tu portes un pouvoir : tu viens, et tu votes. Pour donner le tien, rends d’abord ce qu’on t’a confié.";
            view! { <p>{nb(said)}</p> }.into_any()
        }
        None => form(mine.assembly, mine.cap, others, away),
    };
    let alone = mine.returned.as_deref().filter(|_| open && mine.given.is_none()).map(given_back);
    let carried: Vec<_> = mine.carried.iter().map(|(proxy, of)| one_carried(proxy, of, open)).collect();
    let carried = (!carried.is_empty()).then(|| {
        view! {
            <section class="section section--apart" aria-labelledby="portes">
                <h2 id="portes">"Ceux que tu portes"</h2>
                <ul class="list">{carried}</ul>
            </section>
        }
    });
    view! {
        <p class="page__lead">{mine.title.clone()}</p>
        <section class="section" aria-labelledby="donne">
            <h2 id="donne">"Ta voix"</h2>
            {alone}
            {giving}
            <WaitingChip assembly=mine.assembly/>
        </section>
        {carried}
    }
    .into_any()
}

fn given(proxy: &Proxy, by: &str, stage: &Stage) -> AnyView {
    let open = stage.is_convoked();
    let how = if proxy.paper { " Il est venu sur papier." } else { "" };
    let said = nb(&format!("{by} vote pour toi.{how}"));
    let command = Command::WithdrawProxy { proxy: proxy.id, assembly: proxy.assembly };
    let intent = nb(&format!("Retirer ton pouvoir à {by}"));
    let label = nb(&format!("Retirer mon pouvoir à {by}"));
    let back = open.then(|| {
        view! {
            <ActForm command=command intent=intent back=PROXY>
                <button class="button" type="submit" aria-label=label>"Retirer mon pouvoir"</button>
            </ActForm>
        }
    });
    let until = match stage {
        Stage::Convoked { .. } => "Tu peux le retirer jusqu’à l’ouverture. Si tu viens avant, ta voix te revient à l’entrée.",
        Stage::Lapsed => "Cette assemblée n’a pas eu lieu.",
        _ => "Depuis l’ouverture, il ne se retire plus.",
    };
    view! {
        <p><Chip look=ChipLook::Done icon="handshake">"Pouvoir donné"</Chip></p>
        <p>{said}</p>
        <p class="soft">{nb(until)}</p>
        {back}
    }
    .into_any()
}

fn one_carried(proxy: &Proxy, of: &str, open: bool) -> AnyView {
    let command = Command::WithdrawProxy { proxy: proxy.id, assembly: proxy.assembly };
    let intent = nb(&format!("Rendre le pouvoir de {of}"));
    let label = intent.clone();
    let back = open.then(|| {
        view! {
            <ActForm command=command intent=intent back=PROXY class="row__end">
                <button class="button button--quiet" type="submit" aria-label=label>"Rendre"</button>
            </ActForm>
        }
    });
    view! {
        <li class="row">
            <span class="row__body">
                <span class="row__title">{nb(of)}</span>
                <span class="row__soft">{nb("Tu votes aussi pour cette personne")}</span>
            </span>
            {back}
        </li>
    }
    .into_any()
}

/// Those among whom somebody chooses.
fn offered(others: &[Other], away: &[MemberId]) -> Vec<Other> {
    others.iter().filter(|(member, _)| !away.contains(member)).cloned().collect()
}

fn option((member, name): Other) -> impl IntoView {
    view! { <option value=member.to_string()>{name.to_string()}</option> }
}

/// To whom: somebody whom the planning names, and who has not said that they do not come.
fn form(assembly: AssemblyId, most: u8, others: StoredValue<Vec<Other>>, away: Memo<Vec<MemberId>>) -> AnyView {
    let nil = ProxyId(Uuid::nil());
    let read: Read = Arc::new(move |data: &FormData| {
        let to: MemberId = number(data, "to")?;
        let name = others.with_value(|others| {
            others.iter().find(|(member, _)| *member == to).map(|(_, name)| name.to_string()).unwrap_or_default()
        });
        Some((Command::GiveProxy { proxy: nil, assembly, to }, nb(&format!("Donner ton pouvoir à {name}"))))
    });
    let command = Command::GiveProxy { proxy: nil, assembly, to: MemberId(Uuid::nil()) };
    let list = move || others.with_value(|others| away.with(|away| offered(others, away)));
    view! {
        <p>{nb("Tu ne peux pas venir ? Un membre qui vient vote pour toi. Demande-lui d’abord : vous êtes prévenus tous les deux.")}</p>
        <p class="soft">{nb("Qui a dit ne pas venir n’est pas dans la liste.")}</p>
        <ActForm command=command intent="" back=PROXY read=read class="stack">
            <Field id="pouvoir-a" label="À qui" hint=cap(most)>
                <select class="field__input" id="pouvoir-a" name="to" required aria-describedby="pouvoir-a-aide">
                    <option value="">"Choisis un membre"</option>
                    // What is chosen stays while others say whether they come.
                    <For each=list key=|(member, _): &Other| *member children=option/>
                </select>
            </Field>
            <button class="button button--main" type="submit">"Donner mon pouvoir"</button>
        </ActForm>
    }
    .into_any()
}
