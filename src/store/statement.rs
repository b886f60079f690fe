//! Statements as values: their text, and the kinds of argument they take.

use chrono::NaiveDate;

use crate::clock::Instant;

/// One SQL statement. Where the engines differ, both texts are written side by side.
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    pub name: &'static str,
    pub sqlite: &'static str,
    pub postgres: &'static str,
    pub takes: &'static [Sample],
}

impl Statement {
    /// The table that it changes; `None`: it only reads.
    pub fn writes(&self) -> Option<&'static str> {
        let mut before = "";
        let mut words = words_of(self.sqlite);
        while let Some(word) = words.next() {
            match (before, word) {
                ("INSERT" | "REPLACE", "INTO") | ("DELETE", "FROM") => return words.next(),
                // Not of a conflict, and not of a lock.
                (before, "UPDATE") if !matches!(before, "DO" | "FOR") => return words.next(),
                _ => before = word,
            }
        }
        None
    }

    /// The tables that it looks at. What it gives a name itself is among them.
    pub fn reads(&self) -> impl Iterator<Item = &'static str> {
        let mut words = words_of(self.sqlite);
        std::iter::from_fn(move || {
            words.find(|word| matches!(*word, "FROM" | "JOIN"))?;
            words.next()
        })
    }
}

fn words_of(sql: &'static str) -> impl Iterator<Item = &'static str> {
    sql.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// The kind of an argument; the registry test binds one sample of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    Text,
    /// Text that may be NULL.
    MaybeText,
    Int,
    MaybeInt,
    Bool,
    /// A date, YYYY-MM-DD.
    Date,
    /// A JSON array of rows, for statements that write or find sets.
    Rows,
}

impl Sample {
    /// An argument of this kind.
    pub fn value(&self) -> Value {
        match self {
            Self::Text => Value::from("text"),
            Self::MaybeText => Value::Text(None),
            Self::Int => Value::from(1_i64),
            Self::MaybeInt => Value::Int(None),
            Self::Bool => Value::from(true),
            Self::Date => Value::from(NaiveDate::default()),
            Self::Rows => Value::from("[]"),
        }
    }
}

/// An argument on its way to the database.
#[derive(Clone, Debug)]
pub enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Bool(bool),
}

impl Value {
    /// The same without NUL, which PostgreSQL keeps in no text and SQLite's functions stop at. It is
    /// dropped where typed text comes in; this is for every other way into a statement.
    pub fn storable(self, sample: Sample) -> Self {
        match self {
            Value::Text(Some(text)) if text.contains('\0') => {
                Value::Text(Some(text.replace('\0', "")))
            }
            Value::Text(Some(rows)) if sample == Sample::Rows && rows.contains(NUL_IN_JSON) => {
                Value::Text(Some(without_nul(&rows)))
            }
            value => value,
        }
    }

    pub fn fits(&self, sample: Sample) -> bool {
        match self {
            Value::Text(text) => match sample {
                Sample::Text | Sample::Date | Sample::Rows => text.is_some(),
                Sample::MaybeText => true,
                _ => false,
            },
            Value::Int(int) => match sample {
                Sample::Int => int.is_some(),
                Sample::MaybeInt => true,
                _ => false,
            },
            Value::Bool(_) => sample == Sample::Bool,
        }
    }
}

/// How JSON writes NUL.
const NUL_IN_JSON: &str = "\\u0000";

/// JSON without NUL in its texts.
fn without_nul(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix(NUL_IN_JSON) {
            rest = after;
            continue;
        }
        // A backslash and what it stands before belong together: `\\u0000` is text.
        let pair: usize = rest.chars().take(2).map(char::len_utf8).sum();
        out.push_str(&rest[..pair]);
        rest = &rest[pair..];
    }
    out.push_str(rest);
    out
}

macro_rules! value_from {
    ($($from:ty => |$v:ident| $make:expr),* $(,)?) => {$(
        impl From<$from> for Value {
            fn from($v: $from) -> Self { $make }
        }
    )*};
}
value_from! {
    &str => |v| Value::Text(Some(v.to_owned())),
    &String => |v| Value::Text(Some(v.clone())),
    String => |v| Value::Text(Some(v)),
    Option<&str> => |v| Value::Text(v.map(str::to_owned)),
    Option<String> => |v| Value::Text(v),
    i64 => |v| Value::Int(Some(v)),
    u32 => |v| Value::Int(Some(v.into())),
    Option<i64> => |v| Value::Int(v),
    bool => |v| Value::Bool(v),
    NaiveDate => |v| Value::Text(Some(v.to_string())),
    Option<NaiveDate> => |v| Value::Text(v.map(|d| d.to_string())),
    Instant => |v| Value::Int(Some(v.timestamp_millis())),
    Option<Instant> => |v| Value::Int(v.map(|at| at.timestamp_millis())),
}

/// Collects arguments of different types: `args![unit.0, date, "text"]`.
macro_rules! args {
    ($($arg:expr),* $(,)?) => { vec![$($crate::store::statement::Value::from($arg)),*] };
}
pub(crate) use args;

/// Declares the statements of a module and its `STATEMENTS` list.
///
/// ```text
/// statements! {
///     /// What it asks.
///     FIND(Text, Int) = ["SELECT …"];
///     /// Both engines, where they differ.
///     ODD(Int) = [sqlite "…" postgres "…"];
///     /// Rows of the JSON array `$1`, each as `value`.
///     MANY(Rows) = ["INSERT … SELECT value->>'a' FROM " ROWS " WHERE …"];
///     /// Ids of the JSON array `$1`. An array on PostgreSQL, which guesses that a set of unknown
///     /// size is large and walks through the whole table.
///     THESE(Rows) = ["UPDATE … WHERE id " IDS " AND …"];
///     /// The same of another argument.
///     THERE(Rows, Rows) = ["SELECT … WHERE id " IDS " AND unit_id " (ids 2)];
///     /// Rows of a period that hold on the day `$2`; `until`: on that day or later.
///     HELD(Int, Date) = ["SELECT … FROM office o WHERE o.unit_id = $1 AND " (o on 2)];
///     /// The one placement (`placed`) and standing (`stands`) that counts of each person on a day,
///     /// and whether the person of a row has not left by then (`here`), nor since it began (`still`) or was
///     /// given to them (`kept`).
///     STAFF(Int, Date) = ["SELECT … FROM placement l WHERE l.unit_id = $1 AND " (l placed 2)];
///     /// The same with texts.
///     NAMED(Rows) = ["SELECT … WHERE name " TEXTS];
/// }
/// ```
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident ( $($sample:ident),* $(,)? ) = [ $($sql:tt)+ ];)*) => {
        $($(#[$doc])* const $name: $crate::store::Statement = $crate::store::Statement {
            name: stringify!($name),
            sqlite: $crate::store::statement::sql_of!(sqlite: $($sql)+),
            postgres: $crate::store::statement::sql_of!(postgres: $($sql)+),
            takes: &[$($crate::store::Sample::$sample),*],
        };)*

        /// The module's statements, for the registry.
        pub const STATEMENTS: &[$crate::store::Statement] = &[$($name),*];
    };
}
pub(crate) use statements;

/// The text for one engine.
macro_rules! sql_of {
    (sqlite: sqlite $a:literal postgres $b:literal) => {
        $a
    };
    (postgres: sqlite $a:literal postgres $b:literal) => {
        $b
    };
    ($engine:ident: $($piece:tt)+) => {
        concat!($($crate::store::statement::piece_of!($engine $piece)),+)
    };
}
pub(crate) use sql_of;

/// A piece of a text, as [`statements!`] lists them.
macro_rules! piece_of {
    ($engine:ident $sql:literal) => {
        $sql
    };
    (sqlite ROWS) => {
        "json_each($1)"
    };
    (postgres ROWS) => {
        "jsonb_array_elements(CAST($1 AS JSONB))"
    };
    (sqlite TEXTS) => {
        "IN (SELECT value FROM json_each($1))"
    };
    (postgres TEXTS) => {
        "= ANY (ARRAY(SELECT jsonb_array_elements_text(CAST($1 AS JSONB))))"
    };
    ($engine:ident IDS) => {
        $crate::store::statement::piece_of!($engine (ids 1))
    };
    (sqlite (ids $at:literal)) => {
        concat!("IN (SELECT CAST(value AS BIGINT) FROM json_each($", $at, "))")
    };
    (postgres (ids $at:literal)) => {
        concat!(
            "= ANY (ARRAY(SELECT CAST(value AS BIGINT) FROM jsonb_array_elements(CAST($",
            $at,
            " AS JSONB))))"
        )
    };
    ($engine:ident (on $day:literal)) => {
        concat!("from_on <= $", $day, " AND (to_on IS NULL OR to_on > $", $day, ")")
    };
    ($engine:ident ($row:ident on $day:literal)) => {
        concat!(
            stringify!($row),
            ".from_on <= $",
            $day,
            " AND (",
            stringify!($row),
            ".to_on IS NULL OR ",
            stringify!($row),
            ".to_on > $",
            $day,
            ")"
        )
    };
    ($engine:ident (until $day:literal)) => {
        concat!("(to_on IS NULL OR to_on > $", $day, ")")
    };
    ($engine:ident ($row:ident until $day:literal)) => {
        concat!(
            "(",
            stringify!($row),
            ".to_on IS NULL OR ",
            stringify!($row),
            ".to_on > $",
            $day,
            ")"
        )
    };
    // The one placement of a person that counts on a day: of several the newest.
    ($engine:ident ($row:ident placed $day:literal)) => {
        $crate::store::statement::newest_of!("placement" $row $day)
    };
    // The one standing that counts on a day.
    ($engine:ident ($row:ident stands $day:literal)) => {
        $crate::store::statement::newest_of!("standing" $row $day)
    };
    // Whether the person of a row has not left: who died, went elsewhere or was let go has a placement
    // that ended, and none that runs or begins later.
    ($engine:ident ($row:ident here $day:literal)) => {
        concat!(
            "(NOT EXISTS (SELECT 1 FROM placement ended WHERE ended.person_id = ",
            stringify!($row),
            ".person_id AND ended.to_on <= $",
            $day,
            ") OR EXISTS (SELECT 1 FROM placement there WHERE there.person_id = ",
            stringify!($row),
            ".person_id AND (there.to_on IS NULL OR there.to_on > $",
            $day,
            ")))"
        )
    };
    // The same of a row that began on a day: who has left since then and come back holds it no more.
    ($engine:ident ($row:ident still $day:literal)) => {
        $crate::store::statement::staying_since!(
            $engine $row $day, concat!(stringify!($row), ".from_on")
        )
    };
    // The same of a row that was given to somebody at an instant, `set_at`.
    ($engine:ident ($row:ident kept $day:literal)) => {
        $crate::store::statement::staying_since!(
            $engine $row $day, $crate::store::statement::day_given!($engine $row)
        )
    };
    // What several statements of a file say alike, as a macro of that file.
    ($engine:ident ($piece:ident!)) => {
        $piece!()
    };
}
pub(crate) use piece_of;

/// That the person of a row has not left by a day, nor left and come back since another.
macro_rules! staying_since {
    ($engine:ident $row:ident $day:literal, $since:expr) => {
        concat!(
            $crate::store::statement::piece_of!($engine ($row here $day)),
            " AND NOT EXISTS (SELECT 1 FROM placement gone WHERE gone.person_id = ",
            stringify!($row),
            ".person_id AND gone.to_on > ",
            $since,
            " AND gone.to_on > gone.from_on AND gone.to_on <= $",
            $day,
            " AND NOT EXISTS (SELECT 1 FROM placement went_on WHERE went_on.person_id = gone.person_id",
            " AND went_on.from_on <= gone.to_on",
            " AND (went_on.to_on IS NULL OR went_on.to_on > gone.to_on)))"
        )
    };
}
pub(crate) use staying_since;

/// The day on which a row was given to somebody, or the one before: engines know no zone of ours. Either will do,
/// because whoever was given something was there on that day.
macro_rules! day_given {
    (sqlite $row:ident) => {
        concat!("date((", stringify!($row), ".set_at - 43200000) / 1000, 'unixepoch')")
    };
    (postgres $row:ident) => {
        concat!(
            "to_char(to_timestamp((",
            stringify!($row),
            ".set_at - 43200000) / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD')"
        )
    };
}
pub(crate) use day_given;

/// That a row holds on a day, and no newer one of the same person in its table does.
macro_rules! newest_of {
    ($table:literal $row:ident $day:literal) => {
        concat!(
            stringify!($row),
            ".from_on <= $",
            $day,
            " AND (",
            stringify!($row),
            ".to_on IS NULL OR ",
            stringify!($row),
            ".to_on > $",
            $day,
            ") AND NOT EXISTS (SELECT 1 FROM ",
            $table,
            " newer WHERE newer.person_id = ",
            stringify!($row),
            ".person_id AND newer.from_on <= $",
            $day,
            " AND (newer.to_on IS NULL OR newer.to_on > $",
            $day,
            ") AND (newer.from_on > ",
            stringify!($row),
            ".from_on OR (newer.from_on = ",
            stringify!($row),
            ".from_on AND newer.id > ",
            stringify!($row),
            ".id)))"
        )
    };
}
pub(crate) use newest_of;

#[cfg(test)]
mod tests {
    use super::{Sample, Value};
    #[test]
    fn what_holds_on_a_day_is_written_out() {
        let of_a_row = sql_of!(sqlite: "WHERE " (s on 2) " AND s.id = $1");
        let written = "WHERE s.from_on <= $2 AND (s.to_on IS NULL OR s.to_on > $2) AND s.id = $1";
        assert_eq!(of_a_row, written);
        let of_the_table = sql_of!(postgres: "id " IDS " AND " (on 3));
        assert!(of_the_table.ends_with(" AND from_on <= $3 AND (to_on IS NULL OR to_on > $3)"));
        assert_eq!(sql_of!(sqlite: (until 2)), "(to_on IS NULL OR to_on > $2)");
        assert_eq!(sql_of!(sqlite: (o until 2)), "(o.to_on IS NULL OR o.to_on > $2)");
    }

    #[test]
    fn nul_is_in_no_argument() {
        for (given, sample, kept) in [
            ("a\0b", Sample::Text, "ab"),
            (r#"[{"a":"x\u0000y"}]"#, Sample::Rows, r#"[{"a":"xy"}]"#),
            (r#"["\\u0000","\\\u0000ạ\n"]"#, Sample::Rows, r#"["\\u0000","\\ạ\n"]"#),
            (r"a\u0000b", Sample::Text, r"a\u0000b"),
        ] {
            let Value::Text(Some(text)) = Value::from(given).storable(sample) else { panic!() };
            assert_eq!(text, kept);
        }
    }
}
