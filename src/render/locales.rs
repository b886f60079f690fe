//! The sentences of `locales/`, by language and key. What arguments look like is `format`'s
//! business; what may be shown is `disclosure`'s.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use include_dir::{Dir, include_dir};
use unic_langid::LanguageIdentifier;

use super::{Reader, format};
use crate::domain::fit::meant;
use crate::domain::language::Language;
use crate::message::{Disclosure, Phrase};

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/locales");

/// Every sentence in every language.
pub struct Locales {
    vi: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

impl Locales {
    /// The sentences that travel inside the binary, read once.
    pub fn embedded() -> &'static Locales {
        static LOCALES: LazyLock<Locales> = LazyLock::new(|| {
            Locales::new(embedded_files(Language::Vi), embedded_files(Language::En))
        });
        &LOCALES
    }

    /// Reads Fluent sources. What cannot be read is logged and left out.
    pub(super) fn new<'s>(
        vi: impl IntoIterator<Item = &'s str>,
        en: impl IntoIterator<Item = &'s str>,
    ) -> Self {
        Self { vi: bundle(Language::Vi, vi), en: bundle(Language::En, en) }
    }

    fn of(&self, lang: Language) -> &FluentBundle<FluentResource> {
        match lang {
            Language::Vi => &self.vi,
            Language::En => &self.en,
        }
    }

    /// The sentence with its arguments put in. A key this language lacks is said in Vietnamese, a
    /// key nobody knows stands in brackets, an argument nobody gave in braces; each is logged.
    pub(super) fn sentence(&self, lang: Language, key: &str, args: &FluentArgs) -> String {
        for candidate in [lang, Language::Vi] {
            match self.written(candidate, key, None, args) {
                Some(text) => return text,
                None => tracing::error!(key, lang = candidate.as_str(), "no such sentence"),
            }
        }
        format!("[{key}]")
    }

    /// An attribute of a sentence, if it has that attribute.
    fn attribute(
        &self,
        lang: Language,
        key: &str,
        name: &str,
        args: &FluentArgs,
    ) -> Option<String> {
        self.written(lang, key, Some(name), args)
            .or_else(|| self.written(Language::Vi, key, Some(name), args))
    }

    fn written(
        &self,
        lang: Language,
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
            tracing::error!(key, lang = lang.as_str(), %error, "a sentence has a gap");
        }
        Some(text)
    }
}

fn embedded_files(lang: Language) -> impl Iterator<Item = &'static str> {
    FILES
        .get_dir(lang.as_str())
        .into_iter()
        .flat_map(Dir::files)
        .filter(|file| file.path().extension().is_some_and(|extension| extension == "ftl"))
        .filter_map(|file| file.contents_utf8())
}

fn identifier(language: Language) -> LanguageIdentifier {
    language.as_str().parse().unwrap_or_default()
}

fn bundle<'s>(
    lang: Language,
    sources: impl IntoIterator<Item = &'s str>,
) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![identifier(lang)]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Language::Vi => |value, _| format::fluent_number(value, Language::Vi),
        Language::En => |value, _| format::fluent_number(value, Language::En),
    }));
    // `NUMBER($year, useGrouping: "false")` writes 2018, not 2.018.
    if let Err(error) = bundle.add_builtins() {
        tracing::error!(%error, "Fluent's functions are missing");
    }
    for source in sources {
        let resource =
            FluentResource::try_new(source.to_owned()).unwrap_or_else(|(rest, errors)| {
                tracing::error!(
                    lang = lang.as_str(),
                    ?errors,
                    "a locale file cannot be read in full"
                );
                rest
            });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(lang = lang.as_str(), ?errors, "a key stands in two locale files");
        }
    }
    bundle
}

/// One reader's way of being spoken to: the language, and what may be disclosed.
pub(super) struct Voice<'a> {
    pub(super) locales: &'a Locales,
    pub(super) lang: Language,
    pub(super) disclosure: Disclosure,
    pub(super) reader: &'a Reader,
}

impl<'a> Voice<'a> {
    pub(super) fn new(lang: Language, disclosure: Disclosure, reader: &'a Reader) -> Self {
        Self { locales: Locales::embedded(), lang, disclosure, reader }
    }

    pub(super) fn say(&self, phrase: &Phrase) -> String {
        // What was stored by an older version may hold what is taken in no more.
        meant(&format::tidied(self.sentence(phrase))).into_owned()
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

    fn said(locales: &Locales, lang: Language, phrase: Phrase) -> String {
        let reader = Reader::default();
        let voice = Voice { locales, lang, disclosure: Disclosure::Codes, reader: &reader };
        voice.say(&phrase)
    }

    #[test]
    fn languages_are_named_by_their_code() {
        for &lang in Language::ALL {
            assert_eq!(lang.to_string().parse(), Ok(lang));
        }
        assert_eq!("fr".parse::<Language>(), Err("fr".to_owned()));
    }

    #[test]
    fn what_is_missing_is_visible_and_never_a_panic() {
        let locales = Locales::new(
            ["a-both = Cả hai { $x }\na-vi = Chỉ có { $x }\na-bare =\n    .word = CM"],
            ["a-both = Both { $x }"],
        );
        assert_eq!(said(&locales, Language::En, Phrase::new("a-both").with("x", "1")), "Both 1");
        assert_eq!(said(&locales, Language::En, Phrase::new("a-vi").with("x", "1")), "Chỉ có 1");
        assert_eq!(said(&locales, Language::En, Phrase::new("a-none")), "[a-none]");
        assert_eq!(said(&locales, Language::Vi, Phrase::new("a-bare")), "[a-bare]");
        assert_eq!(said(&locales, Language::Vi, Phrase::new("a-both")), "Cả hai {$x}");
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
        assert_eq!(said(&locales, Language::Vi, n(0)), "không có");
        assert_eq!(said(&locales, Language::Vi, n(1234)), "có 1.234");
        assert_eq!(said(&locales, Language::En, n(1)), "one, 1");
        assert_eq!(said(&locales, Language::En, n(1234567)), "1,234,567 all");
        assert_eq!(said(&locales, Language::Vi, n(i64::MIN)), "có -9.223.372.036.854.775.808");
        assert_eq!(said(&locales, Language::Vi, Phrase::new("y").with("y", 2018)), "năm 2018");
    }

    #[test]
    fn no_isolating_marks_surround_arguments() {
        let locales = Locales::new(["a = x { $x } y"], []);
        assert_eq!(said(&locales, Language::Vi, Phrase::new("a").with("x", "1")), "x 1 y");
    }
}
