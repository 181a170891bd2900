//! Which page an address is.
//!
//! Two kinds of pages: those of the app, which open without a network, and whose code comes in chapters; and still ones, which the server alone renders and
//! which need no app: before the door, of the office, to be printed. The browser does not even download the latter (docs/decisions/019).

use std::sync::Arc;

use leptos::leptos_dom::helpers::is_server;
use leptos::prelude::*;
use leptos::tachys::view::iterators::StaticVec;
use leptos_router::components::{Router, Routes, RoutesProps};
use leptos_router::{IntoChooseViewMaybeErased, NestedRoute, ParamSegment, PossibleRouteMatch, SsrMode, StaticSegment};

use crate::assembly::{
    AssembliesPage, AssemblyMinutesPage, CallsPage, DoorPage, LettersPage, PollPage, PreparingPage, ResultPage, SessionPage,
    VotePage,
};
use crate::auth::{CodePage, EmailPage, InstallPage, WhoPage};
use crate::brief::{ArchivePage, ArchivedPage};
use crate::brief_mail::BriefSendingPage;
use crate::brief_workshop::{WorkshopBlockPage, WorkshopPage, WorkshopPreviewPage};
use crate::chapters::{PageName, show};
use crate::coverage::CallingPage;
use crate::desk::QueuePage;
use crate::dossiers::{NewDossierPage, WriteDossierPage};
use crate::from_server::FromServer;
use crate::governance::{
    ConsultationPage, ConsultationsPage, GoverningDecisionPage, GoverningMeetingPage, GoverningPage, MandatesPage,
};
use crate::groups::GroupHandPage;
use crate::ledger::CertificatePage;
use crate::not_found::NotFound;
use crate::objectives::{ObjectivePage, ObjectivesPage};
use crate::office::{LedgerPage, LedgersPage, LetterPage, MachinePage, ReachPage, RequestsPage, RulesChangePage, RulesPage};
use crate::organising::{NewEventPage, OrganisedEventPage, OrganisingPage};
use crate::procedures::{ListPage, ProceduresPage, RecordsPage};
use crate::public_pages::{PublicPageEditPage, PublicPagesPage};
use crate::register::{
    ArrivalsPage, ArrivingPage, CapitalPage, DuplicatesPage, ErasuresPage, ForThemPage, InvitationsPage, MemberCardPage,
    MemberFilePage, MemberImportsPage, MemberLeavingPage, MemberTrailPage, MembersPage, NewMemberPage, OwnDataPage, PhotoPage,
    TrailPage,
};
use crate::supply::{
    SupplyFilePage, SupplyImportsPage, SupplyMarginPage, SupplyNewProductPage, SupplyNewSupplierPage, SupplyPage,
    SupplyProductPage, SupplyRangesPage, SupplySupplierPage, SupplySuppliersPage,
};

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
        page(named(""), || show(PageName::Home)),
        page(named("vacations"), || show(PageName::Week)),
        page((named("vacations"), named("miennes")), || show(PageName::Mine)),
        page((named("vacation"), ParamSegment("id")), || show(PageName::Shift)),
        page((named("vacation"), ParamSegment("id"), named("feuille")), || show(PageName::DaySheet)),
        page(named("echanges"), || show(PageName::Exchanges)),
        page((named("invitation"), ParamSegment("secret")), || show(PageName::Invitation)),
        page(named("moi"), || show(PageName::Profile)),
        page((named("moi"), named("actions")), || show(PageName::Actions)),
        page((named("moi"), named("profil")), || show(PageName::MyProfile)),
        page((named("moi"), named("carte")), || show(PageName::Card)),
        page((named("moi"), named("appareils")), || show(PageName::Devices)),
        page((named("moi"), named("prevenir")), || show(PageName::Telling)),
        page(named("couverture"), || show(PageName::Coverage)),
        page((named("moi"), named("engagement")), || show(PageName::Commitment)),
        page(named("coop"), || show(PageName::Coop)),
        page((named("groupe"), ParamSegment("group")), || show(PageName::Group)),
        page((named("groupe"), ParamSegment("group"), named("dossiers")), || show(PageName::Board)),
        page((named("dossier"), ParamSegment("dossier")), || show(PageName::Dossier)),
        page(named("comite"), || show(PageName::Committee)),
        page(named("coordination"), || show(PageName::Coordination)),
        page(named("decisions"), || show(PageName::Decisions)),
        page(named("ag"), || show(PageName::Assembly)),
        page((named("ag"), named("documents")), || show(PageName::Documents)),
        page((named("ag"), named("pouvoir")), || show(PageName::Proxy)),
        page((named("bureau"), named("fermer"), ParamSegment("id")), || show(PageName::Closing)),
        page(named("breve"), || show(PageName::NewestBrief)),
        page((named("breve"), named("proposer")), || show(PageName::Proposing)),
        page((named("breve"), named("proposer"), ParamSegment("block")), || show(PageName::MyBlock)),
        page((named("breve"), ParamSegment("monday")), || show(PageName::Issue)),
        page(named("sorties"), || show(PageName::Events)),
        page((named("sortie"), ParamSegment("event")), || show(PageName::Event)),
        page(named("rayons"), || show(PageName::Ranges)),
        page((named("rayons"), named("scanner")), || show(PageName::Scan)),
        page((named("rayons"), ParamSegment("range")), || show(PageName::Shelf)),
        page((named("produit"), ParamSegment("product")), || show(PageName::Product)),
        page((named("fournisseur"), ParamSegment("supplier")), || show(PageName::Supplier)),
        page(named("liste"), || show(PageName::List)),
        page(named("envies"), || show(PageName::Wishes)),
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
const STILL: usize = 77;

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
        Arc::new((named("communication"), named("pages"))),
        Arc::new((named("communication"), named("pages"), ParamSegment("page"))),
        Arc::new(named("organiser")),
        Arc::new((named("organiser"), named("nouvelle"))),
        Arc::new((named("organiser"), ParamSegment("event"))),
        Arc::new(named("approvisionnement")),
        Arc::new((named("approvisionnement"), named("produit"), named("nouveau"))),
        Arc::new((named("approvisionnement"), named("produit"), ParamSegment("product"))),
        Arc::new((named("approvisionnement"), named("fournisseurs"))),
        Arc::new((named("approvisionnement"), named("fournisseurs"), named("nouveau"))),
        Arc::new((named("approvisionnement"), named("fournisseurs"), ParamSegment("supplier"))),
        Arc::new((named("approvisionnement"), named("rayons"))),
        Arc::new((named("approvisionnement"), named("marge"))),
        Arc::new((named("approvisionnement"), named("importer"))),
        Arc::new((named("approvisionnement"), named("importer"), ParamSegment("import"))),
        Arc::new((named("groupe"), ParamSegment("group"), named("gerer"))),
        Arc::new(named("gouvernance")),
        Arc::new((named("gouvernance"), named("reunion"), ParamSegment("meeting"))),
        Arc::new((named("gouvernance"), named("mandats"))),
        Arc::new((named("gouvernance"), named("decision"), ParamSegment("decision"))),
        Arc::new(named("consultations")),
        Arc::new((named("consultations"), ParamSegment("consultation"))),
        Arc::new((named("groupe"), ParamSegment("group"), named("dossiers"), named("nouveau"))),
        Arc::new((named("dossier"), ParamSegment("dossier"), named("ecrire"))),
        Arc::new((named("bureau"), named("a-traiter"))),
        Arc::new(named("objectifs")),
        Arc::new((named("objectifs"), ParamSegment("objective"))),
        Arc::new((named("bureau"), named("membres"))),
        Arc::new((named("bureau"), named("membres"), named("nouveau"))),
        Arc::new((named("bureau"), named("membres"), named("doublons"))),
        Arc::new((named("bureau"), named("membres"), named("invitations"))),
        Arc::new((named("bureau"), named("membres"), named("effacements"))),
        Arc::new((named("bureau"), named("membres"), named("importer"))),
        Arc::new((named("bureau"), named("membres"), named("importer"), ParamSegment("import"))),
        Arc::new((named("bureau"), named("membres"), ParamSegment("member"))),
        Arc::new((named("bureau"), named("membres"), ParamSegment("member"), named("depart"))),
        Arc::new((named("bureau"), named("membres"), ParamSegment("member"), named("pour"))),
        Arc::new((named("bureau"), named("membres"), ParamSegment("member"), named("journal"))),
        Arc::new((named("bureau"), named("arrivees"))),
        Arc::new(named("capital")),
        Arc::new(named("arriver")),
        Arc::new((named("moi"), named("journal"))),
        Arc::new((named("moi"), named("photo"))),
        Arc::new((named("moi"), named("donnees"))),
        Arc::new((named("ag"), named("preparer"))),
        Arc::new((named("ag"), named("preparer"), ParamSegment("assembly"))),
        Arc::new((named("ag"), named("convocations"), ParamSegment("assembly"))),
        Arc::new((named("ag"), named("convocations"), ParamSegment("assembly"), named("lettres"))),
        Arc::new((named("ag"), named("seance"), ParamSegment("assembly"))),
        Arc::new((named("ag"), named("emargement"), ParamSegment("assembly"))),
        Arc::new((named("ag"), named("scrutin"), ParamSegment("resolution"))),
        Arc::new((named("ag"), named("compte-rendu"), ParamSegment("assembly"))),
        Arc::new((named("ag"), named("vote"), ParamSegment("resolution"))),
        Arc::new((named("ag"), named("resultat"), ParamSegment("resolution"))),
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
        || view! { <PublicPagesPage/> }.into_any(),
        || view! { <PublicPageEditPage/> }.into_any(),
        || view! { <OrganisingPage/> }.into_any(),
        || view! { <NewEventPage/> }.into_any(),
        || view! { <OrganisedEventPage/> }.into_any(),
        || view! { <SupplyPage/> }.into_any(),
        || view! { <SupplyNewProductPage/> }.into_any(),
        || view! { <SupplyProductPage/> }.into_any(),
        || view! { <SupplySuppliersPage/> }.into_any(),
        || view! { <SupplyNewSupplierPage/> }.into_any(),
        || view! { <SupplySupplierPage/> }.into_any(),
        || view! { <SupplyRangesPage/> }.into_any(),
        || view! { <SupplyMarginPage/> }.into_any(),
        || view! { <SupplyImportsPage/> }.into_any(),
        || view! { <SupplyFilePage/> }.into_any(),
        || view! { <GroupHandPage/> }.into_any(),
        || view! { <GoverningPage/> }.into_any(),
        || view! { <GoverningMeetingPage/> }.into_any(),
        || view! { <MandatesPage/> }.into_any(),
        || view! { <GoverningDecisionPage/> }.into_any(),
        || view! { <ConsultationsPage/> }.into_any(),
        || view! { <ConsultationPage/> }.into_any(),
        || view! { <NewDossierPage/> }.into_any(),
        || view! { <WriteDossierPage/> }.into_any(),
        || view! { <QueuePage/> }.into_any(),
        || view! { <ObjectivesPage/> }.into_any(),
        || view! { <ObjectivePage/> }.into_any(),
        || view! { <MembersPage/> }.into_any(),
        || view! { <NewMemberPage/> }.into_any(),
        || view! { <DuplicatesPage/> }.into_any(),
        || view! { <InvitationsPage/> }.into_any(),
        || view! { <ErasuresPage/> }.into_any(),
        || view! { <MemberImportsPage/> }.into_any(),
        || view! { <MemberFilePage/> }.into_any(),
        || view! { <MemberCardPage/> }.into_any(),
        || view! { <MemberLeavingPage/> }.into_any(),
        || view! { <ForThemPage/> }.into_any(),
        || view! { <MemberTrailPage/> }.into_any(),
        || view! { <ArrivalsPage/> }.into_any(),
        || view! { <CapitalPage/> }.into_any(),
        || view! { <ArrivingPage/> }.into_any(),
        || view! { <TrailPage/> }.into_any(),
        || view! { <PhotoPage/> }.into_any(),
        || view! { <OwnDataPage/> }.into_any(),
        || view! { <AssembliesPage/> }.into_any(),
        || view! { <PreparingPage/> }.into_any(),
        || view! { <CallsPage/> }.into_any(),
        || view! { <LettersPage/> }.into_any(),
        || view! { <SessionPage/> }.into_any(),
        || view! { <DoorPage/> }.into_any(),
        || view! { <PollPage/> }.into_any(),
        || view! { <AssemblyMinutesPage/> }.into_any(),
        || view! { <VotePage/> }.into_any(),
        || view! { <ResultPage/> }.into_any(),
    ];
    still_paths().into_iter().zip(shown).map(|(path, show)| at(path, show)).collect::<Vec<_>>().into()
}
