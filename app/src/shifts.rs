//! Pages of the slice shifts.

pub mod closing_page;
pub mod find;
pub mod hero;
pub mod mine_page;
pub mod moment_fields;
pub mod seat;
pub mod sheets;
pub mod shift;
pub mod shift_card;
pub mod shift_page;
pub mod views;
pub mod week;
pub mod week_page;

pub use closing_page::ClosingPage;
pub use hero::NextShift;
pub use mine_page::MinePage;
pub use moment_fields::MomentFields;
pub use seat::{SeatRow, SeatSign};
pub use shift_card::ShiftCard;
pub use shift_page::ShiftPage;
pub use views::ShiftViews;
pub use week_page::WeekPage;
