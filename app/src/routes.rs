//! Which page an address is.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::tachys::view::iterators::StaticVec;
use leptos_router::{IntoChooseViewMaybeErased, NestedRoute, ParamSegment, PossibleRouteMatch, SsrMode, StaticSegment};

use crate::auth::{CodePage, EmailPage, InstallPage, WhoPage};
use crate::coverage::{CallingPage, CoveragePage};
use crate::groups::CoopPage;
use crate::home_page::HomePage;
use crate::ledger::{CertificatePage, CommitmentPage};
use crate::members::{ActionsPage, CardPage, DevicesPage, ProfilePage, TellingPage};
use crate::office::{LedgerPage, LedgersPage, LetterPage, MachinePage, ReachPage, RequestsPage, RulesChangePage, RulesPage};
use crate::procedures::{ListPage, ProceduresPage, RecordsPage};
use crate::sheet::DaySheetPage;
use crate::shifts::{ClosingPage, MinePage, ShiftPage, WeekPage};
use crate::soon_page::{BriefPage, EventsPage, RangesPage};
use crate::swaps::{ExchangesPage, InvitationPage};

type Show = fn() -> AnyView;
type Path = Arc<dyn PossibleRouteMatch + Send + Sync>;
/// One type for all: a type of its own for each page would be downloaded as many times.
type Page = NestedRoute<Path, (), (), <Show as IntoChooseViewMaybeErased>::Output>;

fn page(path: impl PossibleRouteMatch + Send + Sync + 'static, show: Show) -> Page {
    NestedRoute::new(Arc::new(path) as Path, show).ssr_mode(SsrMode::Async)
}

/// Every page of members and before the door.
pub fn pages() -> StaticVec<Page> {
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
        page((named("couverture"), ParamSegment("id")), || view! { <CallingPage/> }.into_any()),
        page((named("moi"), named("engagement")), || view! { <CommitmentPage/> }.into_any()),
        page((named("moi"), named("engagement"), named("attestation")), || view! { <CertificatePage/> }.into_any()),
        page(named("coop"), || view! { <CoopPage/> }.into_any()),
        page((named("bureau"), named("fermer"), ParamSegment("id")), || view! { <ClosingPage/> }.into_any()),
        page((named("bureau"), named("joindre")), || view! { <ReachPage/> }.into_any()),
        page((named("bureau"), named("joindre"), ParamSegment("member"), named("lettre")), || view! { <LetterPage/> }.into_any()),
        page((named("bureau"), named("demandes")), || view! { <RequestsPage/> }.into_any()),
        page((named("bureau"), named("engagement")), || view! { <LedgersPage/> }.into_any()),
        page((named("bureau"), named("engagement"), ParamSegment("member")), || view! { <LedgerPage/> }.into_any()),
        page((named("bureau"), named("machine")), || view! { <MachinePage/> }.into_any()),
        page((named("distribution"), named("procedures")), || view! { <ProceduresPage/> }.into_any()),
        page((named("distribution"), named("procedures"), named("liste")), || view! { <ListPage/> }.into_any()),
        page((named("distribution"), named("releves")), || view! { <RecordsPage/> }.into_any()),
        page((named("bureau"), named("regles")), || view! { <RulesPage/> }.into_any()),
        page((named("bureau"), named("regles"), named("changer")), || view! { <RulesChangePage/> }.into_any()),
        page(named("breve"), || view! { <BriefPage/> }.into_any()),
        page(named("sorties"), || view! { <EventsPage/> }.into_any()),
        page(named("rayons"), || view! { <RangesPage/> }.into_any()),
        page(named("connexion"), || view! { <EmailPage/> }.into_any()),
        page((named("connexion"), named("code")), || view! { <CodePage/> }.into_any()),
        page((named("connexion"), named("qui")), || view! { <WhoPage/> }.into_any()),
        page(named("installer"), || view! { <InstallPage/> }.into_any()),
    ]
    .into()
}
