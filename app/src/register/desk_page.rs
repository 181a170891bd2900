//! « Membres »: a search, those who need something, and the ways to everything else.

use domain::register::{Desk, Filter, Line};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::form::{ARRIVALS, CAPITAL, DUPLICATES, ERASURES, IMPORT, INVITATIONS, MEMBERS, NEW, NotDone, apart};
use super::register_desk;
use crate::acts::Noted;
use crate::api::ApiError;
use crate::asked::Asked;
use crate::french::nb;
use crate::french::register::{card_of, done, filter as called, found, number, paid, status, step};
use crate::french::typography::counted;
use crate::still::Still;
use crate::ui::{Chip, ChipLook, Icon, RowLink, TextField, Width};

/// What the address asks for.
#[derive(Clone, PartialEq)]
struct Wanted {
    filter: String,
    typed: String,
    page: usize,
}

impl Wanted {
    /// Where the same is asked for otherwise.
    fn address(&self, filter: Filter, page: usize) -> String {
        let typed: String = url_of(&self.typed);
        format!("{MEMBERS}?qui={}&q={typed}&page={page}", filter.slug())
    }
}

/// A text as an address carries it.
fn url_of(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[component]
pub fn MembersPage() -> impl IntoView {
    let query = use_query_map();
    let get = move |name: &'static str| query.with(|query| query.get(name)).unwrap_or_default();
    let wanted = move || Wanted { filter: get("qui"), typed: get("q"), page: get("page").parse().unwrap_or(1) };
    let asked = Asked::new_blocking(wanted, |wanted: Wanted| register_desk(wanted.filter, wanted.typed, wanted.page));
    view! {
        <Still title="Membres" back=("/moi", "Moi") width=Width::Wide>
            {move || {
                let (fait, wanted) = (get("fait"), wanted());
                asked.get().map(|answer| page(answer, &fait, &wanted))
            }}
        </Still>
    }
}

fn page(answer: Result<Desk, ApiError>, fait: &str, wanted: &Wanted) -> AnyView {
    let desk = match answer {
        Ok(desk) => desk,
        Err(error) => return apart(&error),
    };
    let filter = Filter::named(&wanted.filter);
    let said = done(fait).map(|said| view! { <Noted>{nb(said)}</Noted> });
    let rows: Vec<_> = desk.lines.iter().map(row).collect();
    let title = found(desk.found);
    view! {
        {said}
        <NotDone/>
        {search(wanted)}
        {filters(&desk, wanted, filter)}
        <p class="cluster">
            <a class="button button--main" href=NEW>"Ajouter un membre"</a>
        </p>
        <section class="section" aria-labelledby="trouves">
            <h2 id="trouves">{title}</h2>
            <ul class="list">{rows}</ul>
            {pages(&desk, wanted, filter)}
        </section>
        {ways(&desk)}
    }
    .into_any()
}

fn search(wanted: &Wanted) -> AnyView {
    let filter = wanted.filter.clone();
    view! {
        <form method="get" action=MEMBERS class="supply__search" role="search">
            <input type="hidden" name="qui" value=filter/>
            <TextField
                id="q"
                name="q"
                kind="search"
                label="Chercher"
                value=wanted.typed.clone()
                hint=nb("Un nom, un numéro, un e-mail ou un téléphone")
            />
            <button class="button" type="submit">
                "Chercher"
            </button>
        </form>
    }
    .into_any()
}

fn filters(desk: &Desk, wanted: &Wanted, current: Filter) -> AnyView {
    let links: Vec<_> = Filter::ALL
        .into_iter()
        .map(|filter| {
            let href = wanted.address(filter, 1);
            let on = (filter == current).then_some("true");
            let label = nb(&format!("{} ({})", called(filter), desk.count(filter)));
            view! {
                <a class="filter" href=href aria-current=on>
                    <Icon name="check"/>
                    {label}
                </a>
            }
        })
        .collect();
    view! {
        <nav class="filters" aria-label="Qui">
            {links}
        </nav>
    }
    .into_any()
}

fn row(line: &Line) -> AnyView {
    let mut about = vec![number(line.number), status(line.status)];
    about.extend((!line.employee).then(|| paid(line.share)));
    about.extend(line.next.map(|next| format!("arrive, prochaine étape : {}", step(next))));
    about.extend((line.email.is_empty()).then(|| "sans e-mail".to_owned()));
    let there = line.status.is_there() && !line.employee;
    let uninsured = (there && !line.insured).then(|| view! { <Chip look=ChipLook::Missing>{nb("Non assuré·e")}</Chip> });
    let stuck = line.stuck.then(|| view! { <Chip look=ChipLook::Waiting>{nb("N’avance plus")}</Chip> });
    let erasing = line.erasing.then(|| view! { <Chip look=ChipLook::Missing>{nb("Demande l’effacement")}</Chip> });
    let name = nb(&format!("{} {}", line.last_name, line.first_name));
    view! {
        <li class="row">
            <span class="row__body">
                <a class="row__link row__title" href=card_of(line.id)>
                    {name}
                </a>
                <span class="row__soft">{nb(&about.join(" · "))}</span>
                <span class="register__chips">{uninsured} {stuck} {erasing}</span>
            </span>
        </li>
    }
    .into_any()
}

fn pages(desk: &Desk, wanted: &Wanted, filter: Filter) -> AnyView {
    let last = desk.pages();
    if last < 2 {
        return ().into_any();
    }
    let before = (desk.page > 1).then(|| {
        let href = wanted.address(filter, desk.page - 1);
        view! { <a class="button" rel="prev" href=href>"Page précédente"</a> }
    });
    let after = (desk.page < last).then(|| {
        let href = wanted.address(filter, desk.page + 1);
        view! { <a class="button" rel="next" href=href>"Page suivante"</a> }
    });
    let place = format!("Page {} sur {last}", desk.page);
    view! {
        <nav class="cluster" aria-label="Pages">
            {before}
            <span class="soft">{nb(&place)}</span>
            {after}
        </nav>
    }
    .into_any()
}

fn ways(desk: &Desk) -> AnyView {
    let arriving = counted(desk.count(Filter::Arriving), "personne en chemin", "personnes en chemin");
    let never = counted(desk.count(Filter::NeverSignedIn), "personne n’est jamais entrée", "personnes ne sont jamais entrées");
    let alike = counted(desk.duplicates, "paire à regarder", "paires à regarder");
    let asked = counted(desk.erasures, "demande attend", "demandes attendent");
    view! {
        <nav class="section section--apart" aria-label="Le reste">
            <ul class="list">
                <RowLink icon="handshake" href=ARRIVALS title="Arrivées" soft=arriving/>
                <RowLink icon="mail" href=INVITATIONS title="Inviter à entrer dans l’application" soft=never/>
                <RowLink icon="download" href=IMPORT title="Importer, exporter" soft="Elefan, Odoo, un tableur"/>
                <RowLink icon="copy" href=DUPLICATES title="Doublons, adresses partagées" soft=alike/>
                <RowLink icon="circle-x" href=ERASURES title="Effacements demandés" soft=asked/>
                <RowLink icon="scale" href=CAPITAL title="Le capital" soft="Parts, subventions, aides, prêts"/>
            </ul>
        </nav>
    }
    .into_any()
}
