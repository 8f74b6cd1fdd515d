//! Rows read by the names of their columns.
//!
//! sqlx's own derive does the same, but brings both drivers, with the whole of SQLite, a second time into the build: for
//! the compiler.

/// Declares a struct whose fields are columns, readable from both engines.
macro_rules! row {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$field_meta:meta])* $field_vis:vis $field:ident: $kind:ty),+ $(,)? }) => {
        $(#[$meta])*
        $vis struct $name {
            $($(#[$field_meta])* $field_vis $field: $kind),+
        }
        $crate::row::row!(@from sqlx::sqlite::SqliteRow, $name { $($field),+ });
        $crate::row::row!(@from sqlx::postgres::PgRow, $name { $($field),+ });
    };
    (@from $row:ty, $name:ident { $($field:ident),+ }) => {
        impl<'r> sqlx::FromRow<'r, $row> for $name {
            fn from_row(row: &'r $row) -> sqlx::Result<Self> {
                use sqlx::Row as _;
                Ok(Self { $($field: row.try_get(stringify!($field))?),+ })
            }
        }
    };
}
pub(crate) use row;
