//! Reads Rust source just well enough to tell code from comments, text and tests: which paths of
//! this crate a file names, which words its code uses, which texts it holds. It knows nothing of
//! the rules; they are in `tests/architecture.rs`.

use std::collections::BTreeSet;
use std::path::Path;

/// A file of `src/`, without its comments and its `#[cfg(test)]` items.
pub struct Source {
    /// From the repository's root, with slashes: `src/store/outbox.rs`.
    pub file: String,
    /// Where the file stands in the crate: `["store", "outbox"]`. The roots are `lib` and `main`.
    pub module: Vec<String>,
    /// The code, with a space for each byte of comments, texts and tests; line breaks stay.
    code: String,
    /// Each string literal outside tests: where it begins, and what stands between the quotes.
    texts: Vec<(usize, String)>,
    /// Every path of the code as it is written, the braces of `use` spread out.
    spread: Vec<Named>,
}

/// A path that a file names: as written, or, of this crate, from its root:
/// `["store", "outbox", "Held"]`.
#[derive(Debug, PartialEq, Eq)]
pub struct Named {
    pub line: usize,
    pub path: Vec<String>,
    /// What the file calls it: the last of the path, or the new name after `as`.
    pub local: String,
}

/// A function that takes arguments, and has a body.
pub struct Function<'s> {
    pub name: &'s str,
    /// Whether every part of the program may call it, and waits for it.
    pub open_to_all: bool,
    /// What stands in its parentheses.
    pub takes: &'s str,
    pub body: &'s str,
}

impl Function<'_> {
    /// Whether it takes a value of a type, or a reference to one.
    pub fn takes_a(&self, name: &str) -> bool {
        tokens(self.takes).iter().any(|(_, token)| *token == name)
    }
}

/// Every file of `src/` that is not only tests, in the order of their names.
pub fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &String| {
        let text = std::fs::read_to_string(root.join(path)).expect("a source file is text");
        Source::new(path, &text)
    };
    let mut files = files(root, "src", ".rs");
    files.retain(|path| !path.ends_with("/tests.rs"));
    assert!(files.len() > 20, "src/ was not found");
    files.iter().map(read).collect()
}

/// Files below `folder` with this ending, named from the repository's root, sorted.
pub fn files(root: &Path, folder: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(root.join(&folder)).expect("a folder of the repository") {
            let entry = entry.expect("a readable folder");
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push(path);
            } else if path.ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

impl Source {
    pub fn new(file: &str, text: &str) -> Self {
        let (code, mut texts) = code_and_texts(text);
        let code = without_tests(code);
        // Where a test stood nothing is left, not even the quotes that begin a text.
        texts.retain(|(at, _)| code.as_bytes()[*at] == b'"');
        let module = file.trim_start_matches("src/").trim_end_matches(".rs");
        let module = module.trim_end_matches("/mod").split('/').map(str::to_owned).collect();
        let mut source = Self { file: file.to_owned(), module, code, texts, spread: Vec::new() };
        source.spread = source.spread();
        source
    }

    /// The module right below the crate's root.
    pub fn part(&self) -> &str {
        &self.module[0]
    }

    /// String literals with the line each begins on.
    pub fn texts(&self) -> impl Iterator<Item = (usize, &str)> {
        self.texts.iter().map(|(at, text)| (self.line(*at), text.as_str()))
    }

    /// The lines on which the code names `path`, as whole words: `sqlx`, `Utc::now`; also where
    /// the braces of `use` or a new name after `as` hide it.
    pub fn lines_naming(&self, path: &str) -> BTreeSet<usize> {
        let whole = |(at, _): &(usize, &str)| {
            let before = self.code[..*at].chars().next_back();
            let after = self.code[at + path.len()..].chars().next();
            !before.is_some_and(in_word) && !after.is_some_and(in_word)
        };
        let written = self.code.match_indices(path).filter(whole).map(|(at, _)| self.line(at));
        let segments: Vec<&str> = path.split("::").collect();
        let spread = self.spread.iter().filter(|named| {
            segments.len() > 1 && named.path.windows(segments.len()).any(|part| *part == segments)
        });
        written.chain(spread.map(|named| named.line)).collect()
    }

    /// Whether the code holds a text that is not the end of a longer word.
    pub fn calls(&self, call: &str) -> bool {
        let whole = |at: usize| !self.code[..at].ends_with(in_word);
        self.code.match_indices(call).any(|(at, _)| whole(at))
    }

    /// The lines on which the code reads a field, `.offices`, or calls a method, `.leads(`.
    pub fn lines_reading(&self, member: &str) -> BTreeSet<usize> {
        let ends = |at: usize| {
            let after = self.code[at + member.len()..].chars().next();
            member.ends_with('(') || !after.is_some_and(in_word)
        };
        let found = self.code.match_indices(member).filter(|(at, _)| ends(*at));
        found.map(|(at, _)| self.line(at)).collect()
    }

    /// The lines that hold a text in whatever case, as a piece of a word or inside a literal;
    /// comments do not count.
    pub fn lines_holding(&self, text: &str) -> BTreeSet<usize> {
        let code = self.code.lines().enumerate().map(|(at, line)| (at + 1, line));
        code.chain(self.texts())
            .filter(|(_, found)| found.to_lowercase().contains(text))
            .map(|(line, _)| line)
            .collect()
    }

    /// The functions of the file.
    pub fn functions(&self) -> Vec<Function<'_>> {
        let tokens = tokens(&self.code);
        let mut found = Vec::new();
        for at in 2..tokens.len().saturating_sub(2) {
            if tokens[at].1 != "fn" {
                continue;
            }
            let open = behind_generics(&tokens, at + 2);
            let Some(close) = closing(&tokens, open) else { continue };
            let ends = |token: &&(usize, &str)| matches!(token.1, "{" | ";");
            let Some(begins) = tokens[close..].iter().position(|token| ends(&token)) else {
                continue;
            };
            let Some(end) = closing(&tokens, close + begins) else { continue };
            found.push(Function {
                name: tokens[at + 1].1,
                open_to_all: tokens[at - 1].1 == "async" && tokens[at - 2].1 == "pub",
                takes: &self.code[tokens[open].0 + 1..tokens[close].0],
                body: &self.code[tokens[close + begins].0..tokens[end].0],
            });
        }
        found
    }

    /// The paths from the crate's root of the functions that one of this file may call.
    pub fn calls_in(&self, function: &Function<'_>) -> BTreeSet<String> {
        let tokens = tokens(function.body);
        let mut found = BTreeSet::new();
        for at in 1..tokens.len().saturating_sub(1) {
            if tokens[at + 1].1 != "("
                || !tokens[at].1.starts_with(in_word)
                || tokens[at - 1].1 == "."
            {
                continue;
            }
            let mut path = vec![tokens[at].1.to_owned()];
            let mut before = at;
            while before > 1 && tokens[before - 1].1 == "::" {
                before -= 2;
                path.insert(0, tokens[before].1.to_owned());
            }
            found.insert(self.called(path).join("::"));
        }
        found
    }

    /// A path as it is called, from the crate's root: by an import, or from the file itself.
    fn called(&self, path: Vec<String>) -> Vec<String> {
        if let Some(resolved) = self.resolve(&path) {
            return resolved;
        }
        let imported = self.paths().into_iter().find(|named| named.local == path[0]);
        let mut from = imported.map_or_else(
            || [&self.module[..], &path[..1]].concat(),
            |named| named.path.into_iter().filter(|segment| segment != "self").collect(),
        );
        from.extend_from_slice(&path[1..]);
        from
    }

    /// What stands between the braces, or parentheses, of a public type with fields.
    pub fn fields_of(&self, name: &str) -> Option<&str> {
        let tokens = tokens(&self.code);
        let is_it = |three: &[(usize, &str)]| {
            three[0].1 == "pub" && three[1].1 == "struct" && three[2].1 == name
        };
        let open = tokens.windows(3).position(is_it)? + 3;
        let close = closing(&tokens, open)?;
        Some(&self.code[tokens[open].0 + 1..tokens[close].0])
    }

    /// The functions that take a `bool`.
    pub fn functions_with_flags(&self) -> BTreeSet<&str> {
        let tokens = tokens(&self.code);
        let declared = tokens.windows(2).enumerate().filter(|(_, pair)| pair[0].1 == "fn");
        let flagged = declared.filter(|(at, _)| {
            let is_flag = |one: &[(usize, &str)]| {
                one.len() > 2 && one[one.len() - 2].1 == ":" && one[one.len() - 1].1 == "bool"
            };
            arguments(&tokens, behind_generics(&tokens, at + 2)).into_iter().any(is_flag)
        });
        flagged.map(|(_, pair)| pair[1].1).collect()
    }

    /// The lines on which one of these functions is called with `true` or `false` itself.
    pub fn lines_flagging(&self, functions: &BTreeSet<&str>) -> BTreeSet<usize> {
        let tokens = tokens(&self.code);
        let is_call = |at: usize| functions.contains(tokens[at].1) && tokens[at - 1].1 != "fn";
        let flagged = (1..tokens.len()).filter(|at| {
            let is_literal = |one: &[(usize, &str)]| matches!(one, [(_, "true" | "false")]);
            is_call(*at) && arguments(&tokens, at + 1).into_iter().any(is_literal)
        });
        flagged.map(|at| self.line(tokens[at].0)).collect()
    }

    /// Every path that begins with `crate`, `self`, `super` or the crate's name, resolved.
    pub fn paths(&self) -> Vec<Named> {
        let resolved = |named: &Named| {
            let path = self.resolve(&named.path)?;
            Some(Named { line: named.line, path, local: named.local.clone() })
        };
        self.spread.iter().filter_map(resolved).collect()
    }

    /// Every path of the code, with the braces of `use` spread out.
    fn spread(&self) -> Vec<Named> {
        let tokens = tokens(&self.code);
        let mut found = Vec::new();
        for (at, (_, token)) in tokens.iter().enumerate() {
            let continued = at > 0 && tokens[at - 1].1 == "::";
            let goes_on = tokens.get(at + 1).is_some_and(|(_, next)| *next == "::");
            if token.starts_with(in_word) && !continued && goes_on {
                self.branches(&tokens, at, Vec::new(), &mut found);
            }
        }
        found
    }

    /// Follows a path from the token `at`, and every branch of its braces; the token behind it.
    fn branches(
        &self,
        tokens: &[(usize, &str)],
        mut at: usize,
        mut path: Vec<String>,
        found: &mut Vec<Named>,
    ) -> usize {
        let begins = tokens[at].0;
        while let Some((_, token)) = tokens.get(at) {
            if *token == "{" {
                return self.each_branch(tokens, at + 1, &path, found);
            }
            if !token.starts_with(in_word) {
                break;
            }
            path.push((*token).to_owned());
            at += 1;
            if tokens.get(at).is_none_or(|(_, token)| *token != "::") {
                break;
            }
            at += 1;
        }
        let renamed = tokens.get(at).filter(|(_, token)| *token == "as");
        let local = match renamed.and_then(|_| tokens.get(at + 1)) {
            Some((_, name)) => (*name).to_owned(),
            None => {
                let last = path.iter().rfind(|segment| *segment != "self");
                last.cloned().unwrap_or_default()
            }
        };
        found.push(Named { line: self.line(begins), path, local });
        at
    }

    /// Follows what stands in braces from the token `at` on; the token behind them.
    fn each_branch(
        &self,
        tokens: &[(usize, &str)],
        mut at: usize,
        path: &[String],
        found: &mut Vec<Named>,
    ) -> usize {
        loop {
            at = match tokens.get(at).map(|(_, token)| *token) {
                None | Some("}") => return at + 1,
                Some(",") => at + 1,
                Some("as") => at + 2,
                Some(_) => self.branches(tokens, at, path.to_vec(), found).max(at + 1),
            };
        }
    }

    fn resolve(&self, path: &[String]) -> Option<Vec<String>> {
        let is_root = matches!(self.part(), "lib" | "main");
        let mut resolved = match path.first()?.as_str() {
            "crate" | "diudat" => Vec::new(),
            "self" | "super" if !is_root => self.module.clone(),
            _ => return None,
        };
        for segment in path {
            match segment.as_str() {
                "crate" | "diudat" | "self" => {}
                "super" => drop(resolved.pop()),
                name => resolved.push(name.to_owned()),
            }
        }
        Some(resolved)
    }

    fn line(&self, at: usize) -> usize {
        self.code[..at].matches('\n').count() + 1
    }
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Words, `::`, and every other sign by itself, each with where it begins.
fn tokens(code: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = code[at..].chars().next() {
        let rest = &code[at..];
        let length = if in_word(first) {
            rest.find(|c| !in_word(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        if !first.is_whitespace() {
            found.push((at, &rest[..length]));
        }
        at += length;
    }
    found
}

/// The token behind the generic parameters that may begin at a token.
fn behind_generics(tokens: &[(usize, &str)], begins: usize) -> usize {
    let mut depth = 0;
    for at in begins..tokens.len() {
        match tokens[at].1 {
            "<" => depth += 1,
            ">" if tokens[at - 1].1 != "-" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return if tokens[at].1 == ">" { at + 1 } else { at };
        }
    }
    tokens.len()
}

/// The token that closes the bracket at a token; `None`: there is no bracket.
fn closing(tokens: &[(usize, &str)], open: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, (_, token)) in tokens.iter().enumerate().skip(open) {
        match *token {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return (at > open).then_some(at);
        }
    }
    None
}

/// What stands between the commas of the parentheses that open at a token; nothing where none do.
fn arguments<'t, 'c>(tokens: &'t [(usize, &'c str)], open: usize) -> Vec<&'t [(usize, &'c str)]> {
    let mut found = Vec::new();
    if tokens.get(open).is_none_or(|(_, token)| *token != "(") {
        return found;
    }
    let (mut depth, mut from) = (0, open + 1);
    for at in open..tokens.len() {
        match tokens[at].1 {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 || depth == 1 && tokens[at].1 == "," {
            found.push(&tokens[from..at]);
            from = at + 1;
        }
        if depth == 0 {
            break;
        }
    }
    found
}

/// The source with comments and the insides of literals blanked, byte for byte; and the string
/// literals.
fn code_and_texts(source: &str) -> (String, Vec<(usize, String)>) {
    let mut code = String::with_capacity(source.len());
    let mut texts = Vec::new();
    let mut at = 0;
    while at < source.len() {
        let rest = &source[at..];
        let after_word = code.chars().next_back().is_some_and(in_word);
        if rest.starts_with("//") {
            let length = rest.find('\n').unwrap_or(rest.len());
            blank(&mut code, &rest[..length]);
            at += length;
        } else if rest.starts_with("/*") {
            let length = block_comment(rest);
            blank(&mut code, &rest[..length]);
            at += length;
        } else if let Some((before, inside, length)) = string(rest, after_word) {
            blank(&mut code, &rest[..before - 1]);
            texts.push((code.len(), rest[before..before + inside].to_owned()));
            code.push('"');
            blank(&mut code, &rest[before..length]);
            at += length;
        } else if let Some(length) = character(rest) {
            blank(&mut code, &rest[..length]);
            at += length;
        } else {
            let c = rest.chars().next().expect("not at the end");
            code.push(c);
            at += c.len_utf8();
        }
    }
    (code, texts)
}

fn blank(code: &mut String, text: &str) {
    code.extend(text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
}

/// The length of the block comment that `rest` begins with; they nest.
fn block_comment(rest: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < rest.len() {
        let (step, length) = match &rest.as_bytes()[at..] {
            [b'/', b'*', ..] => (1, 2),
            [b'*', b'/', ..] => (-1, 2),
            _ => (0, 1),
        };
        depth += step;
        at += length;
        if depth == 0 {
            break;
        }
    }
    at
}

/// If `rest` begins with a string literal, plain, raw, of bytes or of C: the bytes up to its text,
/// the length of its text, and the length of all of it.
fn string(rest: &str, after_word: bool) -> Option<(usize, usize, usize)> {
    let prefix = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    if prefix > 0 && (after_word || !matches!(&rest[..prefix], "r" | "b" | "br" | "c" | "cr")) {
        return None;
    }
    let hashes = rest[prefix..].find(|c| c != '#').unwrap_or(0);
    let raw = rest[..prefix].contains('r');
    let before = prefix + hashes + 1;
    if !rest[prefix + hashes..].starts_with('"') || (hashes > 0 && !raw) {
        return None;
    }
    let text = &rest[before..];
    if raw {
        let end = format!("\"{}", "#".repeat(hashes));
        let inside = text.find(&end).unwrap_or(text.len());
        return Some((before, inside, (before + inside + end.len()).min(rest.len())));
    }
    let mut escaped = false;
    let closes = |c: char| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    };
    let inside = text.find(closes).unwrap_or(text.len());
    Some((before, inside, (before + inside + 1).min(rest.len())))
}

/// The length of the character literal that `rest` begins with; a lifetime is none.
fn character(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    let end = match inside.strip_prefix('\\') {
        // The sign right after the backslash may itself be a quote.
        Some(escaped) => 2 + escaped.char_indices().skip(1).find(|(_, c)| *c == '\'')?.0,
        None => {
            let c = inside.chars().next()?;
            inside[c.len_utf8()..].starts_with('\'').then_some(1 + c.len_utf8())?
        }
    };
    Some(end + 1)
}

/// Blanks each item marked `#[cfg(test)]`: up to its `;`, or to the end of its braces.
fn without_tests(mut code: String) -> String {
    const MARK: &str = "#[cfg(test)]";
    while let Some(begins) = code.find(MARK) {
        let mut depth = 0;
        let ends_item = |c: char| {
            depth += i32::from("([{".contains(c)) - i32::from(")]}".contains(c));
            depth == 0 && (c == ';' || c == '}')
        };
        let behind = begins + MARK.len();
        let length = code[behind..].find(ends_item).map_or(code.len() - behind, |at| at + 1);
        let mut blanked = String::new();
        blank(&mut blanked, &code[begins..behind + length]);
        code.replace_range(begins..behind + length, &blanked);
    }
    code
}
