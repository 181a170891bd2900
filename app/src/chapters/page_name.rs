//! The pages of the app by name, and where each of them is.

use super::Chapter;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageName {
    Home,
    Week,
    Mine,
    Shift,
    Closing,
    DaySheet,
    Exchanges,
    Invitation,
    Profile,
    Actions,
    MyProfile,
    Card,
    Devices,
    Telling,
    Coverage,
    Coop,
    Group,
    Committee,
    Coordination,
    Decisions,
    Board,
    Dossier,
    Assembly,
    Documents,
    Proxy,
    Commitment,
    NewestBrief,
    Proposing,
    MyBlock,
    Issue,
    Events,
    Event,
    Ranges,
    Scan,
    Shelf,
    Product,
    Supplier,
    List,
    Wishes,
}

impl PageName {
    pub fn chapter(self) -> Chapter {
        match self {
            PageName::Home => Chapter::Home,
            PageName::Week | PageName::Mine => Chapter::Week,
            PageName::Shift | PageName::Closing => Chapter::Shift,
            PageName::DaySheet => Chapter::Sheet,
            PageName::Exchanges | PageName::Invitation => Chapter::Swaps,
            PageName::Profile
            | PageName::Actions
            | PageName::MyProfile
            | PageName::Card
            | PageName::Devices
            | PageName::Telling => Chapter::Me,
            PageName::Coverage
            | PageName::Coop
            | PageName::Group
            | PageName::Committee
            | PageName::Coordination
            | PageName::Decisions => Chapter::Coop,
            PageName::Board | PageName::Dossier => Chapter::Dossiers,
            PageName::Assembly | PageName::Documents | PageName::Proxy => Chapter::Assembly,
            PageName::Commitment => Chapter::Commitment,
            PageName::NewestBrief | PageName::Proposing | PageName::MyBlock | PageName::Issue => Chapter::Brief,
            PageName::Events | PageName::Event => Chapter::Events,
            PageName::Ranges
            | PageName::Scan
            | PageName::Shelf
            | PageName::Product
            | PageName::Supplier
            | PageName::List
            | PageName::Wishes => Chapter::Shop,
        }
    }
}
