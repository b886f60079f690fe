//! Where settings come from, and the error that names the place: the built-in file, a file of the
//! administrator's, environment variables, and files that variables point to.
//!
//! The `config` crate merges; this file remembers the origin of each value, refuses keys that do
//! not exist and keeps secrets out of what is printed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use ::config::builder::{ConfigBuilder, DefaultState};
use ::config::{ConfigError, File, FileFormat, Map, Source, Value, ValueKind};
use serde::de::DeserializeOwned;

use super::SECRETS;

const BUILT_IN: &str = include_str!("../../config/default.toml");
const PREFIX: &str = "DIUDAT__";
const FROM_FILE: &str = "_FILE";

/// Where a value was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    BuiltIn,
    File(PathBuf),
    Variable(String),
    /// The variable names the file that holds the value.
    VariableFile {
        variable: String,
        path: PathBuf,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::BuiltIn => f.write_str("config/default.toml, built in"),
            Origin::File(path) => write!(f, "file {}", path.display()),
            Origin::Variable(name) => write!(f, "environment variable {name}"),
            Origin::VariableFile { variable, path } => {
                write!(f, "file {}, named by environment variable {variable}", path.display())
            }
        }
    }
}

impl Origin {
    /// The key as it is spelled at this kind of place.
    fn spell(&self, key: &str) -> String {
        match self {
            Origin::BuiltIn | Origin::File(_) => key.to_owned(),
            Origin::Variable(_) | Origin::VariableFile { .. } => variable(key),
        }
    }
}

/// Why the settings cannot be used. Written for the administrator; never shows a secret.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot read the settings file {}: {cause}", path.display())]
    Unreadable { path: PathBuf, cause: io::Error },
    #[error("{origin} is not TOML: {reason}")]
    Syntax { origin: Origin, reason: String },
    #[error(
        "unknown setting {key} ({origin}){}",
        nearest.as_ref().map(|key| format!("; did you mean {key}?")).unwrap_or_default()
    )]
    Unknown {
        key: String,
        origin: Origin,
        /// Spelled as at the origin.
        nearest: Option<String>,
    },
    /// `value` is `None` if it is a secret or no single value.
    #[error(
        "wrong setting {key}{} ({origin}): {reason}",
        value.as_ref().map(|value| format!(" = {value:?}")).unwrap_or_default()
    )]
    Wrong { key: String, value: Option<String>, origin: Origin, reason: String },
    #[error("setting {key} is given twice: by {first} and by {second}")]
    Twice { key: String, first: Box<Origin>, second: Box<Origin> },
    #[error("cannot read {origin}: {cause}")]
    VariableFile { origin: Origin, cause: io::Error },
}

/// All values, merged, with the origin of each.
pub(super) struct Settings {
    merged: ::config::Config,
    /// By key, `section.name`.
    found: BTreeMap<String, Found>,
}

struct Found {
    text: String,
    origin: Origin,
}

pub(super) fn gather(
    file: Option<&Path>,
    variables: impl IntoIterator<Item = (String, String)>,
) -> Result<Settings, Error> {
    let mut gathering = Gathering::built_in()?;
    if let Some(path) = file {
        gathering.file(path)?;
    }
    gathering.variables(variables)?;
    gathering.merged()
}

impl Settings {
    /// Gives the values their types.
    pub(super) fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_path_to_error::deserialize(self.merged.clone()).map_err(|error| {
            let path = error.path().to_string();
            // An entry of a list is reported under the list.
            let key = path.split('[').next().unwrap_or_default();
            self.wrong(key, &reason(error.into_inner()))
        })
    }

    /// The names of a section that were set anywhere but in the built-in file.
    pub(super) fn chosen(&self, section: &str) -> BTreeSet<String> {
        let set = self.found.iter().filter(|(_, found)| found.origin != Origin::BuiltIn);
        let names = set.filter_map(|(key, _)| key.strip_prefix(section)?.strip_prefix('.'));
        names.map(str::to_owned).collect()
    }

    pub(super) fn wrong(&self, key: &str, reason: &str) -> Error {
        let found = self.found.get(key);
        Error::Wrong {
            key: key.to_owned(),
            value: found
                .filter(|_| !SECRETS.concat().contains(&key))
                .map(|found| found.text.clone()),
            origin: found.map_or(Origin::BuiltIn, |found| found.origin.clone()),
            reason: reason.to_owned(),
        }
    }
}

struct Gathering {
    builder: ConfigBuilder<DefaultState>,
    /// The keys that exist, with their defaults.
    defaults: BTreeMap<String, Value>,
    found: BTreeMap<String, Found>,
}

impl Gathering {
    fn built_in() -> Result<Self, Error> {
        let (source, table) = parse(BUILT_IN, &Origin::BuiltIn)?;
        let mut defaults = BTreeMap::new();
        for (section, value) in table {
            let ValueKind::Table(entries) = value.kind else { continue };
            for (name, value) in entries {
                defaults.insert(format!("{section}.{name}"), value);
            }
        }
        let found = defaults
            .iter()
            .map(|(key, value)| (key.clone(), Found::new(value, Origin::BuiltIn)))
            .collect();
        Ok(Self { builder: ::config::Config::builder().add_source(source), defaults, found })
    }

    fn file(&mut self, path: &Path) -> Result<(), Error> {
        let text = std::fs::read_to_string(path)
            .map_err(|cause| Error::Unreadable { path: path.to_owned(), cause })?;
        let origin = Origin::File(path.to_owned());
        let (source, table) = parse(&text, &origin)?;
        for (section, value) in table {
            match value.kind {
                ValueKind::Table(entries) if self.is_section(&section) => {
                    for (name, value) in entries {
                        let key = format!("{section}.{name}");
                        if !self.defaults.contains_key(&key) {
                            return Err(self.unknown(&key, origin));
                        }
                        self.found.insert(key, Found::new(&value, origin.clone()));
                    }
                }
                _ if self.is_section(&section) => {
                    let reason = format!("is a section: write [{section}] and its settings below");
                    return Err(Error::Wrong { key: section, value: None, origin, reason });
                }
                _ => return Err(self.unknown(&section, origin)),
            }
        }
        self.builder = std::mem::take(&mut self.builder).add_source(source);
        Ok(())
    }

    fn variables(
        &mut self,
        variables: impl IntoIterator<Item = (String, String)>,
    ) -> Result<(), Error> {
        let mut seen: BTreeMap<String, Origin> = BTreeMap::new();
        for (name, text) in variables {
            if !name.starts_with(PREFIX) {
                continue;
            }
            let (key, text, origin) = self.variable(name, text)?;
            if let Some(first) = seen.insert(key.clone(), origin.clone()) {
                let (first, second) = (Box::new(first), Box::new(origin));
                return Err(Error::Twice { key, first, second });
            }
            self.set(key, text, origin)?;
        }
        Ok(())
    }

    /// The key a variable sets, and the text it sets it to.
    fn variable(&self, name: String, text: String) -> Result<(String, String, Origin), Error> {
        let key = key(&name);
        if self.defaults.contains_key(&key) {
            return Ok((key, text, Origin::Variable(name)));
        }
        let plain = name.strip_suffix(FROM_FILE).map(self::key);
        let Some(key) = plain.filter(|key| self.defaults.contains_key(key)) else {
            return Err(self.unknown(&key, Origin::Variable(name)));
        };
        let path = PathBuf::from(text);
        let value = std::fs::read_to_string(&path);
        let origin = Origin::VariableFile { variable: name, path };
        match value {
            Ok(text) => Ok((key, text.trim_end_matches(['\r', '\n']).to_owned(), origin)),
            Err(cause) => Err(Error::VariableFile { origin, cause }),
        }
    }

    fn set(&mut self, key: String, text: String, origin: Origin) -> Result<(), Error> {
        let is_list = self
            .defaults
            .get(&key)
            .is_some_and(|default| matches!(default.kind, ValueKind::Array(_)));
        let value = if is_list { list(&text) } else { Value::new(None, text.as_str()) };
        let builder = std::mem::take(&mut self.builder).set_override(&key, value);
        self.builder = builder.map_err(|error| Error::Wrong {
            key: key.clone(),
            value: None,
            origin: origin.clone(),
            reason: reason(error),
        })?;
        self.found.insert(key, Found { text, origin });
        Ok(())
    }

    fn merged(self) -> Result<Settings, Error> {
        let merged = self
            .builder
            .build()
            .map_err(|error| Error::Syntax { origin: Origin::BuiltIn, reason: reason(error) })?;
        Ok(Settings { merged, found: self.found })
    }

    fn is_section(&self, name: &str) -> bool {
        self.defaults.keys().any(|key| section(key) == name)
    }

    fn unknown(&self, key: &str, origin: Origin) -> Error {
        let known = self.defaults.keys().map(|known| match key.contains('.') {
            true => known.as_str(),
            false => section(known),
        });
        let nearest = known
            .map(|known| (strsim::levenshtein(key, known), known))
            .min()
            .filter(|(distance, known)| *distance <= (known.len() / 3).max(2))
            .map(|(_, known)| origin.spell(known));
        Error::Unknown { key: origin.spell(key), origin, nearest }
    }
}

impl Found {
    fn new(value: &Value, origin: Origin) -> Self {
        let text = match &value.kind {
            ValueKind::Array(entries) => {
                entries.iter().map(Value::to_string).collect::<Vec<_>>().join(",")
            }
            _ => value.to_string(),
        };
        Self { text, origin }
    }
}

type Toml = File<::config::FileSourceString, FileFormat>;

fn parse(text: &str, origin: &Origin) -> Result<(Toml, Map<String, Value>), Error> {
    let source = File::from_str(text, FileFormat::Toml);
    match source.collect() {
        Ok(table) => Ok((source, table)),
        Err(error) => {
            Err(Error::Syntax { origin: origin.clone(), reason: without_excerpt(&reason(error)) })
        }
    }
}

/// A parser's message without the lines it quotes, in which a secret may stand.
fn without_excerpt(message: &str) -> String {
    message.lines().filter(|line| !line.contains('|')).collect::<Vec<_>>().join(": ")
}

/// What was expected, without the key and the value that the caller adds.
fn reason(error: ConfigError) -> String {
    match error {
        ConfigError::Type { expected, .. } => format!("expected {expected}"),
        ConfigError::At { error, .. } => reason(*error),
        ConfigError::FileParse { cause, .. } => cause.to_string(),
        error => error.to_string(),
    }
}

/// `3,1` or `[3, 1]`; an empty text is an empty list.
fn list(text: &str) -> Value {
    let text = text.trim().trim_start_matches('[').trim_end_matches(']').trim();
    let entries = text.split(',').map(str::trim).filter(|_| !text.is_empty());
    Value::new(None, entries.map(|entry| Value::new(None, entry)).collect::<Vec<_>>())
}

fn section(key: &str) -> &str {
    key.split('.').next().unwrap_or_default()
}

/// `DIUDAT__HTTP__LISTEN` for `http.listen`, and back.
fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "__").to_uppercase())
}

fn key(variable: &str) -> String {
    variable.strip_prefix(PREFIX).unwrap_or(variable).replace("__", ".").to_lowercase()
}
