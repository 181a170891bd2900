//! Which page an address is.
//!
//! Two kinds of pages: those of the app, which open without a network; and still ones, which the server alone renders and
//! which need no app: before the door, of the office, to be printed. The browser does not even download the latter (docs/decisions/019).

use std::sync::Arc;

use leptos::leptos_dom::helpers::is_server;
use leptos::prelude::*;
use leptos::tachys::view::iterators::StaticVec;
use leptos_router::components::{Router, Routes, RoutesProps};
use leptos_router::{IntoChooseViewMaybeErased, NestedRoute, ParamSegment, PossibleRouteMatch, SsrMode, StaticSegment};

use crate::auth::{CodePage, EmailPage, InstallPage, WhoPage};
use crate::brief::{ArchivePage, ArchivedPage, IssuePage, MyBlockPage, NewestPage, ProposingPage};
use crate::brief_mail::BriefSendingPage;
use crate::brief_workshop::{WorkshopBlockPage, WorkshopPage, WorkshopPreviewPage};
use crate::coverage::{CallingPage, CoveragePage};
use crate::events::{EventPage, EventsPage};
use crate::from_server::FromServer;
use crate::groups::CoopPage;
use crate::home_page::HomePage;
use crate::ledger::{CertificatePage, CommitmentPage};
use crate::members::{ActionsPage, CardPage, DevicesPage, ProfilePage, TellingPage};
use crate::not_found::NotFound;
use crate::office::{LedgerPage, LedgersPage, LetterPage, MachinePage, ReachPage, RequestsPage, RulesChangePage, RulesPage};
use crate::organising::{NewEventPage, OrganisedEventPage, OrganisingPage};
use crate::procedures::{ListPage, ProceduresPage, RecordsPage};
use crate::sheet::DaySheetPage;
use crate::shifts::{ClosingPage, MinePage, ShiftPage, WeekPage};
use crate::soon_page::RangesPage;
use crate::swaps::{ExchangesPage, InvitationPage};

type Show = fn() -> AnyView;
type Path = Arc<dyn PossibleRouteMatch + Send + Sync>;
/// One type for all: a type of its own for each page would be downloaded as many times.
pub type Page = NestedRoute<Path, (), (), <Show as IntoChooseViewMaybeErased>::Output>;

fn page(path: impl PossibleRouteMatch + Send + Sync + 'static, show: Show) -> Page {
    at(Arc::new(path), show)
}

fn at(path: Path, show: Show) -> Page {
    NestedRoute::new(path, show).ssr_mode(SsrMode::Async)
}

/// Shows the one of `pages` that the address names.
pub fn router(pages: fn() -> StaticVec<Page>) -> impl IntoView {
    let pages =
        RoutesProps::builder().fallback(|| view! { <NotFound/> }.into_any()).children(ToChildren::to_children(pages)).build();
    view! { <Router>{Routes(pages)}</Router> }
}

/// Every page of the app.
fn of_the_app() -> Vec<Page> {
    let named = StaticSegment::<&'static str>;
    vec![
        page(named(""), || view! { <HomePage/> }.into_any()),
        page(named("vacations"), || view! { <WeekPage/> }.into_any()),
        page((named("vacations"), named("miennes")), || view! { <MinePage/> }.into_any()),
        page((named("vacation"), ParamSegment("id")), || view! { <ShiftPage/> }.into_any()),
        page((named("vacation"), ParamSegment("id"), named("feuille")), || view! { <DaySheetPage/> }.into_any()),
        page(named("echanges"), || view! { <ExchangesPage/> }.into_any()),
        page((named("invitation"), ParamSegment("secret")), || view! { <InvitationPage/> }.into_any()),
        page(named("moi"), || view! { <ProfilePage/> }.into_any()),
        page((named("moi"), named("actions")), || view! { <ActionsPage/> }.into_any()),
        page((named("moi"), named("carte")), || view! { <CardPage/> }.into_any()),
        page((named("moi"), named("appareils")), || view! { <DevicesPage/> }.into_any()),
        page((named("moi"), named("prevenir")), || view! { <TellingPage/> }.into_any()),
        page(named("couverture"), || view! { <CoveragePage/> }.into_any()),
        page((named("moi"), named("engagement")), || view! { <CommitmentPage/> }.into_any()),
        page(named("coop"), || view! { <CoopPage/> }.into_any()),
        page((named("bureau"), named("fermer"), ParamSegment("id")), || view! { <ClosingPage/> }.into_any()),
        page(named("breve"), || view! { <NewestPage/> }.into_any()),
        page((named("breve"), named("proposer")), || view! { <ProposingPage/> }.into_any()),
        page((named("breve"), named("proposer"), ParamSegment("block")), || view! { <MyBlockPage/> }.into_any()),
        page((named("breve"), ParamSegment("monday")), || view! { <IssuePage/> }.into_any()),
        page(named("sorties"), || view! { <EventsPage/> }.into_any()),
        page((named("sortie"), ParamSegment("event")), || view! { <EventPage/> }.into_any()),
        page(named("rayons"), || view! { <RangesPage/> }.into_any()),
    ]
}

/// What the app shows. In the browser a still page's address leads to the server, which alone has it.
pub fn pages() -> StaticVec<Page> {
    let mut pages = Vec::new();
    if !is_server() {
        // First: `/breve/archives` is the brief of no Monday.
        pages.extend(still_paths().map(|path| at(path, || view! { <FromServer/> }.into_any())));
    }
    pages.extend(of_the_app());
    pages.into()
}

/// How many pages are still.
const STILL: usize = 26;

/// Where the still pages are.
fn still_paths() -> [Path; STILL] {
    let named = StaticSegment::<&'static str>;
    [
        Arc::new(named("connexion")),
        Arc::new((named("connexion"), named("code"))),
        Arc::new((named("connexion"), named("qui"))),
        Arc::new(named("installer")),
        Arc::new((named("couverture"), ParamSegment("id"))),
        Arc::new((named("moi"), named("engagement"), named("attestation"))),
        Arc::new((named("bureau"), named("joindre"))),
        Arc::new((named("bureau"), named("joindre"), ParamSegment("member"), named("lettre"))),
        Arc::new((named("bureau"), named("demandes"))),
        Arc::new((named("bureau"), named("engagement"))),
        Arc::new((named("bureau"), named("engagement"), ParamSegment("member"))),
        Arc::new((named("bureau"), named("machine"))),
        Arc::new((named("distribution"), named("procedures"))),
        Arc::new((named("distribution"), named("procedures"), named("liste"))),
        Arc::new((named("distribution"), named("releves"))),
        Arc::new((named("bureau"), named("regles"))),
        Arc::new((named("bureau"), named("regles"), named("changer"))),
        Arc::new((named("breve"), named("archives"))),
        Arc::new((named("breve"), named("archives"), ParamSegment("monday"))),
        Arc::new((named("communication"), named("breve"))),
        Arc::new((named("communication"), named("breve"), named("apercu"))),
        Arc::new((named("communication"), named("breve"), named("bloc"), ParamSegment("block"))),
        Arc::new((named("communication"), named("breve"), named("envoi"), ParamSegment("monday"))),
        Arc::new(named("organiser")),
        Arc::new((named("organiser"), named("nouvelle"))),
        Arc::new((named("organiser"), ParamSegment("event"))),
    ]
}

/// Every still page.
pub fn still_pages() -> StaticVec<Page> {
    let shown: [Show; STILL] = [
        || view! { <EmailPage/> }.into_any(),
        || view! { <CodePage/> }.into_any(),
        || view! { <WhoPage/> }.into_any(),
        || view! { <InstallPage/> }.into_any(),
        || view! { <CallingPage/> }.into_any(),
        || view! { <CertificatePage/> }.into_any(),
        || view! { <ReachPage/> }.into_any(),
        || view! { <LetterPage/> }.into_any(),
        || view! { <RequestsPage/> }.into_any(),
        || view! { <LedgersPage/> }.into_any(),
        || view! { <LedgerPage/> }.into_any(),
        || view! { <MachinePage/> }.into_any(),
        || view! { <ProceduresPage/> }.into_any(),
        || view! { <ListPage/> }.into_any(),
        || view! { <RecordsPage/> }.into_any(),
        || view! { <RulesPage/> }.into_any(),
        || view! { <RulesChangePage/> }.into_any(),
        || view! { <ArchivePage/> }.into_any(),
        || view! { <ArchivedPage/> }.into_any(),
        || view! { <WorkshopPage/> }.into_any(),
        || view! { <WorkshopPreviewPage/> }.into_any(),
        || view! { <WorkshopBlockPage/> }.into_any(),
        || view! { <BriefSendingPage/> }.into_any(),
        || view! { <OrganisingPage/> }.into_any(),
        || view! { <NewEventPage/> }.into_any(),
        || view! { <OrganisedEventPage/> }.into_any(),
    ];
    still_paths().into_iter().zip(shown).map(|(path, show)| at(path, show)).collect::<Vec<_>>().into()
}
