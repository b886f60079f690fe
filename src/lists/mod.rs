//! Lists that offices keep: the bytes of a file in, typed rows out.
//!
//! [`file::open`] reads the cells, [`table::propose`] finds the tables and what their columns mean, a person
//! may correct that, and [`records::read`] reads the rows; [`sources::Sources`] are the files of one call. Nothing here knows a database, and nothing here
//! speaks to people: what is wrong comes out as values, the sentences for them are in `locales/`.

pub mod file;
pub mod form;
pub mod headings;
mod legacy;
pub mod records;
pub mod sources;
pub mod table;
pub mod values;
