//! Where the app is split: each function below is the one way into its chapter, and what it alone reaches is a module of its
//! own, made by the build (`xtask/src/split.rs`). On the server it is called like any other.

use leptos::wasm_split::{SplitLoaderError, wasm_split};

use super::Contents;

/// The chapter did not come.
pub struct NotCome;

impl From<SplitLoaderError> for NotCome {
    fn from(_: SplitLoaderError) -> NotCome {
        NotCome
    }
}

macro_rules! chapters {
    ($($chapter:ident $module:ident $contents:path,)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Chapter {
            $($chapter,)*
        }

        impl Chapter {
            pub const COUNT: usize = [$(Chapter::$chapter),*].len();

            /// Its module's name, as `public/member-pages.json` says it.
            pub fn module(self) -> &'static str {
                match self {
                    $(Chapter::$chapter => stringify!($module),)*
                }
            }

            pub fn named(module: &str) -> Option<Chapter> {
                [$(Chapter::$chapter),*].into_iter().find(|chapter| chapter.module() == module)
            }
        }

        $(
            #[wasm_split($module, fallible, wasm_split_path = ::leptos::wasm_split)]
            fn $module() -> Result<&'static Contents, NotCome> {
                Ok(&$contents)
            }
        )*

        /// What a chapter brings, once its module is here.
        pub async fn open(chapter: Chapter) -> Result<&'static Contents, NotCome> {
            match chapter {
                $(Chapter::$chapter => $module().await,)*
            }
        }
    };
}

chapters! {
    Home home crate::home_page::CHAPTER,
    Week week crate::shifts::WEEK,
    Shift shift crate::shifts::SHIFT,
    Swaps swaps crate::swaps::CHAPTER,
    Sheet sheet crate::sheet::CHAPTER,
    Me me crate::members::CHAPTER,
    Coop coop crate::groups::CHAPTER,
    Dossiers dossiers crate::dossiers::CHAPTER,
    Assembly assembly crate::assembly::CHAPTER,
    Commitment commitment crate::ledger::CHAPTER,
    Brief brief crate::brief::CHAPTER,
    Events events crate::events::CHAPTER,
    Shop shop crate::catalogue::CHAPTER,
}
