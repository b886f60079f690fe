//! The sentences of `locales/`, by language and key. What arguments look like is `format`'s
//! business; what may be shown is `disclosure`'s.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};
use unic_langid::LanguageIdentifier;

use super::{Reader, format};
use crate::message::{Disclosure, Phrase};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/locales");

/// A language the program speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    #[default]
    Vi,
    En,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::Vi, Lang::En];

    /// The code used in the database, in settings and as the folder's name: `vi` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Vi => "vi",
            Lang::En => "en",
        }
    }

    fn identifier(self) -> LanguageIdentifier {
        self.code().parse().unwrap_or_default()
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The program has no sentences in this language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such language: {0:?}; known are vi and en")]
pub struct UnknownLang(pub String);

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Lang::ALL
            .into_iter()
            .find(|lang| lang.code() == code)
            .ok_or_else(|| UnknownLang(code.to_owned()))
    }
}

/// Every sentence in every language.
pub struct Locales {
    vi: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

impl Locales {
    /// The sentences that travel inside the binary, read once.
    pub fn embedded() -> &'static Locales {
        static LOCALES: LazyLock<Locales> =
            LazyLock::new(|| Locales::new(embedded_files(Lang::Vi), embedded_files(Lang::En)));
        &LOCALES
    }

    /// Reads Fluent sources. What cannot be read is logged and left out.
    pub(super) fn new<'s>(
        vi: impl IntoIterator<Item = &'s str>,
        en: impl IntoIterator<Item = &'s str>,
    ) -> Self {
        Self { vi: bundle(Lang::Vi, vi), en: bundle(Lang::En, en) }
    }

    fn of(&self, lang: Lang) -> &FluentBundle<FluentResource> {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    /// The sentence with its arguments put in. A key this language lacks is said in Vietnamese, a
    /// key nobody knows stands in brackets, an argument nobody gave in braces; each is logged.
    pub(super) fn sentence(&self, lang: Lang, key: &str, args: &FluentArgs) -> String {
        for candidate in [lang, Lang::Vi] {
            match self.written(candidate, key, None, args) {
                Some(text) => return text,
                None => tracing::error!(key, lang = candidate.code(), "no such sentence"),
            }
        }
        format!("[{key}]")
    }

    /// An attribute of a sentence, if it has that attribute.
    fn attribute(&self, lang: Lang, key: &str, name: &str, args: &FluentArgs) -> Option<String> {
        self.written(lang, key, Some(name), args)
            .or_else(|| self.written(Lang::Vi, key, Some(name), args))
    }

    fn written(
        &self,
        lang: Lang,
        key: &str,
        attribute: Option<&str>,
        args: &FluentArgs,
    ) -> Option<String> {
        let bundle = self.of(lang);
        let message = bundle.get_message(key)?;
        let pattern = match attribute {
            None => message.value()?,
            Some(name) => message.get_attribute(name)?.value(),
        };
        let mut errors: Vec<FluentError> = Vec::new();
        let text = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        for error in errors {
            tracing::error!(key, lang = lang.code(), %error, "a sentence has a gap");
        }
        Some(text)
    }
}

fn embedded_files(lang: Lang) -> impl Iterator<Item = &'static str> {
    FILES
        .get_dir(lang.code())
        .into_iter()
        .flat_map(Dir::files)
        .filter(|file| file.path().extension().is_some_and(|extension| extension == "ftl"))
        .filter_map(|file| file.contents_utf8())
}

fn bundle<'s>(
    lang: Lang,
    sources: impl IntoIterator<Item = &'s str>,
) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![lang.identifier()]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::Vi => |value, _| format::fluent_number(value, Lang::Vi),
        Lang::En => |value, _| format::fluent_number(value, Lang::En),
    }));
    // `NUMBER($year, useGrouping: "false")` writes 2018, not 2.018.
    if let Err(error) = bundle.add_builtins() {
        tracing::error!(%error, "Fluent's functions are missing");
    }
    for source in sources {
        let resource =
            FluentResource::try_new(source.to_owned()).unwrap_or_else(|(rest, errors)| {
                tracing::error!(
                    lang = lang.code(),
                    ?errors,
                    "a locale file cannot be read in full"
                );
                rest
            });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(lang = lang.code(), ?errors, "a key stands in two locale files");
        }
    }
    bundle
}

/// One reader's way of being spoken to: the language, and what may be disclosed.
pub(super) struct Voice<'a> {
    pub(super) locales: &'a Locales,
    pub(super) lang: Lang,
    pub(super) disclosure: Disclosure,
    pub(super) reader: &'a Reader,
}

impl<'a> Voice<'a> {
    pub(super) fn new(lang: Lang, disclosure: Disclosure, reader: &'a Reader) -> Self {
        Self { locales: Locales::embedded(), lang, disclosure, reader }
    }

    pub(super) fn say(&self, phrase: &Phrase) -> String {
        format::tidied(self.sentence(phrase))
    }

    /// The sentence as it stands in another one.
    pub(super) fn sentence(&self, phrase: &Phrase) -> String {
        self.locales.sentence(self.lang, &phrase.key, &self.arguments(phrase))
    }

    /// The attribute `.word` of a button's label.
    pub(super) fn word(&self, label: &Phrase) -> Option<String> {
        self.locales.attribute(self.lang, &label.key, "word", &self.arguments(label))
    }

    /// A sentence of rendering itself, whose arguments are ready text or numbers.
    pub(super) fn fixed<const N: usize>(
        &self,
        key: &str,
        args: [(&'static str, FluentValue<'_>); N],
    ) -> String {
        self.locales.sentence(self.lang, key, &args.into_iter().collect())
    }

    fn arguments<'p>(&self, phrase: &'p Phrase) -> FluentArgs<'p> {
        phrase.args.iter().map(|(name, arg)| (name.as_str(), self.argument(arg))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(locales: &Locales, lang: Lang, phrase: Phrase) -> String {
        let reader = Reader::default();
        let voice = Voice { locales, lang, disclosure: Disclosure::Codes, reader: &reader };
        voice.say(&phrase)
    }

    #[test]
    fn languages_are_named_by_their_code() {
        for lang in Lang::ALL {
            assert_eq!(lang.to_string().parse(), Ok(lang));
        }
        assert_eq!("fr".parse::<Lang>(), Err(UnknownLang("fr".into())));
    }

    #[test]
    fn what_is_missing_is_visible_and_never_a_panic() {
        let locales = Locales::new(
            ["a-both = Cả hai { $x }\na-vi = Chỉ có { $x }\na-bare =\n    .word = CM"],
            ["a-both = Both { $x }"],
        );
        assert_eq!(said(&locales, Lang::En, Phrase::new("a-both").with("x", "1")), "Both 1");
        assert_eq!(said(&locales, Lang::En, Phrase::new("a-vi").with("x", "1")), "Chỉ có 1");
        assert_eq!(said(&locales, Lang::En, Phrase::new("a-none")), "[a-none]");
        assert_eq!(said(&locales, Lang::Vi, Phrase::new("a-bare")), "[a-bare]");
        assert_eq!(said(&locales, Lang::Vi, Phrase::new("a-both")), "Cả hai {$x}");
    }

    #[test]
    fn numbers_select_and_are_grouped() {
        let locales = Locales::new(
            [
                "n = { $n ->\n [0] không có\n *[other] có { $n }\n }\ny = năm { NUMBER($y, useGrouping: \"false\") }",
            ],
            ["n = { $n ->\n [0] none\n [one] one, { $n }\n *[other] { $n } all\n }"],
        );
        let n = |n: i64| Phrase::new("n").with("n", n);
        assert_eq!(said(&locales, Lang::Vi, n(0)), "không có");
        assert_eq!(said(&locales, Lang::Vi, n(1234)), "có 1.234");
        assert_eq!(said(&locales, Lang::En, n(1)), "one, 1");
        assert_eq!(said(&locales, Lang::En, n(1234567)), "1,234,567 all");
        assert_eq!(said(&locales, Lang::Vi, n(i64::MIN)), "có -9.223.372.036.854.775.808");
        assert_eq!(said(&locales, Lang::Vi, Phrase::new("y").with("y", 2018)), "năm 2018");
    }

    #[test]
    fn no_isolating_marks_surround_arguments() {
        let locales = Locales::new(["a = x { $x } y"], []);
        assert_eq!(said(&locales, Lang::Vi, Phrase::new("a").with("x", "1")), "x 1 y");
    }
}
