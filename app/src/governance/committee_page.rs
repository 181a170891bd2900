//! The committee: twelve seats, who has each, since when, until when and how; and who had them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::governance::{Mandate, Seat};
use domain::id::MemberId;
use domain::members::ShortName;
use domain::time::paris_day;
use domain::view::governance::CommitteeView;
use leptos::prelude::*;
use leptos_meta::Title;

use super::form::MANDATES;
use crate::french::dates::date_with_year;
use crate::french::governance::{chosen, lapses, mandate as spoken};
use crate::french::nb;
use crate::french::typography::counted;
use crate::page_top::PageTop;
use crate::screen::Screen;
use crate::selection::{Query, View};
use crate::ui::{Chip, ChipLook, Frame, Icon, PageHead, RowLink, Width};

#[component]
pub fn CommitteePage() -> impl IntoView {
    view! {
        <Title text="Le comité · Alpar"/>
        <Screen query=|| Query::Committee title="Le comité" coming="Les sièges arrivent." show=show/>
    }
}

fn show(view: View) -> AnyView {
    view.shown(page)
}

type Names = BTreeMap<MemberId, ShortName>;

fn name_of(names: &Names, member: MemberId) -> ShortName {
    names.get(&member).cloned().unwrap_or_else(|| ShortName::new("Quelqu’un", ""))
}

fn page(view: CommitteeView) -> AnyView {
    let CommitteeView { now, me, seats, past, names, governs, .. } = view;
    let today = paris_day(now);
    let held = seats.iter().filter(|seat| seat.mandate.is_some()).count();
    let vacant = seats.len() - held;
    let mut lead = counted(held, "siège pourvu", "sièges pourvus");
    if vacant > 0 {
        lead.push_str(&format!(", {}", counted(vacant, "siège vacant", "sièges vacants")));
    }
    lead.push_str(". Un mandat dure deux ans ; entre deux assemblées, le comité choisit qui remplace.");
    let rows: Vec<_> = seats.into_iter().map(|seat| row(seat, &names, me, today)).collect();
    let door = governs.then(|| {
        view! {
            <nav class="no-print section--apart" aria-label="Tenir les mandats">
                <ul class="list">
                    <RowLink
                        icon="id-card"
                        href=MANDATES
                        title="Tenir les mandats"
                        soft="Élections, cooptations, fins de mandat"
                        external=true
                    />
                </ul>
            </nav>
        }
    });
    view! {
        <Frame width=Width::Alone>
            <PageHead title="Le comité" back=("/coop".to_owned(), "La coop".to_owned())/>
            <PageTop/>
            <p class="page__lead">{nb(&lead)}</p>
            {door}
            <section class="section" aria-labelledby="sieges">
                <h2 id="sieges">"Les douze sièges"</h2>
                <ol class="list">{rows}</ol>
            </section>
            {history(past, &names)}
        </Frame>
    }
    .into_any()
}

fn row(seat: Seat, names: &Names, me: MemberId, today: NaiveDate) -> AnyView {
    let Seat { number, mandate, next, empty_since } = seat;
    let after = next.map(|next| {
        let said = format!("Ensuite : {}, {}", name_of(names, next.member), spoken(&next));
        view! { <span class="row__soft">{nb(&said)}</span> }
    });
    let Some(mandate) = mandate else {
        let since = empty_since.map(|since| format!(" depuis le {}", date_with_year(since))).unwrap_or_default();
        return view! {
            <li class="row">
                <span class="seat seat--large" aria-hidden="true">{number.to_string()}</span>
                <span class="row__body">
                    <span class="row__title">{nb(&format!("Siège {number} : vacant{since}"))}</span>
                    {after}
                </span>
                <span class="row__end"><Chip look=ChipLook::Missing>"À pourvoir"</Chip></span>
            </li>
        }
        .into_any();
    };
    let name = name_of(names, mandate.member);
    let title = if mandate.member == me { format!("{name} (toi)") } else { name.to_string() };
    let soon =
        mandate.lapses_in(today).map(|days| view! { <Chip look=ChipLook::Waiting icon="clock">{nb(&lapses(days))}</Chip> });
    view! {
        <li class="row">
            <span class="seat seat--large" aria-hidden="true">{name.initials()}</span>
            <span class="row__body">
                <span class="row__title">{nb(&title)}</span>
                <span class="row__soft">{nb(&format!("Siège {number}, {}", spoken(&mandate)))}</span>
                <span class="row__soft">{chosen(&mandate)}</span>
                {after}
            </span>
            <span class="row__end">{soon}</span>
        </li>
    }
    .into_any()
}

fn history(past: Vec<Mandate>, names: &Names) -> Option<AnyView> {
    let rows: Vec<_> = past
        .iter()
        .map(|mandate| {
            let name = name_of(names, mandate.member).to_string();
            let seat = mandate.seat.map_or_else(|| "–".to_owned(), |seat| seat.to_string());
            let ended = mandate.ended.as_ref().map(|ended| nb(&ended.why)).unwrap_or_default();
            view! {
                <tr>
                    <th scope="row">{nb(&name)}</th>
                    <td>{seat}</td>
                    <td>{date_with_year(mandate.from)}</td>
                    <td>{date_with_year(mandate.last_day())}</td>
                    <td>{chosen(mandate)}</td>
                    <td>{ended}</td>
                </tr>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <details class="history section--apart">
                <summary class="history__head">
                    "Les mandats passés"
                    <Icon name="chevron-down"/>
                </summary>
                <div class="governance__table" role="region" aria-label="Les mandats passés" tabindex="0">
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">"Qui"</th>
                                <th scope="col">"Siège"</th>
                                <th scope="col">"Du"</th>
                                <th scope="col">"Au"</th>
                                <th scope="col">"Comment"</th>
                                <th scope="col">{nb("Fini avant l’heure")}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
        }
        .into_any()
    })
}
