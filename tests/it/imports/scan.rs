//! Rust source to what a module defines, imports and names. Comments, strings
//! and code under `#[cfg(test)]` do not count.

/// One module: a file, or an inline `mod` in it.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Module {
    /// Names of items defined here, modules excepted.
    pub items: Vec<String>,
    /// Inline modules.
    pub inline: Vec<(String, Module)>,
    /// Names of file modules that are declared under `#[cfg(test)]`.
    pub tests: Vec<String>,
    pub uses: Vec<Use>,
    /// Paths of two or more segments outside of `use`.
    pub paths: Vec<Vec<String>>,
    /// All identifiers outside of `use`.
    pub words: Vec<String>,
}

/// One name of a `use`.
#[derive(Debug, Clone, PartialEq)]
pub struct Use {
    pub path: Vec<String>,
    /// The name it is imported as; `*` for all names of a module.
    pub alias: String,
    pub is_reexport: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    /// `::`
    Path,
    Mark(char),
}

/// Scans the source of a file.
pub fn scan(source: &str) -> Module {
    let tokens = without_tests(&tokens(source));
    let mut module = Module { tests: tokens.1, ..Module::default() };
    Scanner { tokens: &tokens.0, at: 0 }.items(&mut module);
    module
}

/// The tokens of a source; literals, lifetimes and comments are left out.
fn tokens(source: &str) -> Vec<Token> {
    let chars: Vec<char> = source.chars().collect();
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let starts = |at: usize, text: &str| text.chars().enumerate().all(|(step, c)| chars.get(at + step) == Some(&c));
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        if starts(at, "//") {
            at += chars[at..].iter().take_while(|c| **c != '\n').count();
        } else if starts(at, "/*") {
            at = block_comment_end(&chars, at);
        } else if let Some(end) = literal_end(&chars, at) {
            at = end;
        } else if is_word(c) {
            let word: String = chars[at..].iter().take_while(|c| is_word(**c)).collect();
            at += word.chars().count();
            tokens.push(Token::Word(word));
        } else if starts(at, "::") {
            tokens.push(Token::Path);
            at += 2;
        } else {
            if !c.is_whitespace() {
                tokens.push(Token::Mark(c));
            }
            at += 1;
        }
    }
    tokens
}

/// Block comments nest.
fn block_comment_end(chars: &[char], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// The end of a string, character or lifetime that starts here.
fn literal_end(chars: &[char], start: usize) -> Option<usize> {
    let prefix = chars[start..].iter().take_while(|c| matches!(c, 'b' | 'c' | 'r')).count().min(2);
    let mut at = start + prefix;
    let is_raw = chars[start..at].contains(&'r');
    let hashes = if is_raw { chars[at..].iter().take_while(|c| **c == '#').count() } else { 0 };
    at += hashes;
    match chars.get(at)? {
        '"' if is_raw => {
            let close = |at: &usize| chars[*at] == '"' && chars[at + 1..].iter().take(hashes).all(|c| *c == '#');
            (at + 1..chars.len()).find(close).map(|end| end + 1 + hashes)
        }
        '"' => quoted_end(chars, at, '"'),
        '\'' if !is_raw => {
            // 'a' and '\n' are characters, 'a is a lifetime.
            let is_char = chars.get(at + 1) == Some(&'\\') || chars.get(at + 2) == Some(&'\'');
            let lifetime = || at + 1 + chars[at + 1..].iter().take_while(|c| c.is_alphanumeric() || **c == '_').count();
            if is_char { quoted_end(chars, at, '\'') } else { Some(lifetime()) }
        }
        _ => None,
    }
}

fn quoted_end(chars: &[char], start: usize, mark: char) -> Option<usize> {
    let mut at = start + 1;
    while *chars.get(at)? != mark {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    Some(at + 1)
}

/// The tokens without items under `#[cfg(test)]`, and the file modules among these.
fn without_tests(tokens: &[Token]) -> (Vec<Token>, Vec<String>) {
    let (mut kept, mut tests) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < tokens.len() {
        let Some(end) = attribute_end(tokens, at) else {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        };
        let word = |word: &str| tokens[at..end].contains(&Token::Word(word.to_owned()));
        if !(word("cfg") && word("test")) || word("not") {
            kept.extend_from_slice(&tokens[at..end]);
            at = end;
            continue;
        }
        at = end;
        while let Some(end) = attribute_end(tokens, at) {
            at = end;
        }
        let end = item_end(tokens, at);
        if let [.., Token::Word(module), Token::Word(name), Token::Mark(';')] = &tokens[at..end]
            && module == "mod"
        {
            tests.push(name.clone());
        }
        at = end;
    }
    (kept, tests)
}

/// The end of an attribute `#[…]` or `#![…]` that starts here.
fn attribute_end(tokens: &[Token], start: usize) -> Option<usize> {
    (tokens.get(start)? == &Token::Mark('#')).then_some(())?;
    let open = start + 1 + usize::from(tokens.get(start + 1) == Some(&Token::Mark('!')));
    (tokens.get(open)? == &Token::Mark('[')).then(|| group_end(tokens, open))
}

/// The end of an item: its `;` or its block.
fn item_end(tokens: &[Token], start: usize) -> usize {
    const FIELD_MARK: Token = Token::Mark(':');
    let is_field = tokens.get(start + 1) == Some(&FIELD_MARK) || tokens.get(start + 2) == Some(&FIELD_MARK);
    let mut at = start;
    while at < tokens.len() {
        match tokens[at] {
            Token::Mark(';') => return at + 1,
            Token::Mark(',') if is_field => return at + 1,
            Token::Mark('{') => return group_end(tokens, at),
            Token::Mark('(' | '[') => at = group_end(tokens, at),
            _ => at += 1,
        }
    }
    at
}

/// The end of the group whose opening bracket is here.
fn group_end(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token {
            Token::Mark('(' | '[' | '{') => depth += 1,
            Token::Mark(')' | ']' | '}') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// A position in tokens.
struct Scanner<'t> {
    tokens: &'t [Token],
    at: usize,
}

impl Scanner<'_> {
    fn word(&self, at: usize) -> Option<&str> {
        match self.tokens.get(at) {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    fn is(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at) == Some(&Token::Mark(mark))
    }

    /// Scans all tokens into a module; blocks count as part of it.
    fn items(&mut self, module: &mut Module) {
        let mut depth = 0_usize;
        let mut is_public = false;
        while self.at < self.tokens.len() {
            match &self.tokens[self.at] {
                Token::Mark('{') => (depth, self.at) = (depth + 1, self.at + 1),
                Token::Mark('}') => (depth, self.at) = (depth.saturating_sub(1), self.at + 1),
                Token::Word(word) if word == "pub" => {
                    is_public = true;
                    self.at += 1;
                    if self.is(self.at, '(') {
                        self.at = group_end(self.tokens, self.at);
                    }
                    continue;
                }
                Token::Word(word) if word == "use" && !self.is(self.at + 1, '<') => self.use_tree(module, is_public),
                Token::Word(word) if word == "mod" && self.word(self.at + 1).is_some() => self.module(module),
                Token::Word(_) => self.path_or_item(module, depth == 0),
                _ => self.at += 1,
            }
            is_public = false;
        }
    }

    fn module(&mut self, module: &mut Module) {
        let name = self.word(self.at + 1).unwrap_or_default().to_owned();
        self.at += 2;
        if self.is(self.at, '{') {
            let end = group_end(self.tokens, self.at);
            let mut inner = Module::default();
            Scanner { tokens: &self.tokens[self.at + 1..end - 1], at: 0 }.items(&mut inner);
            module.inline.push((name, inner));
            self.at = end;
        }
    }

    fn use_tree(&mut self, module: &mut Module, is_reexport: bool) {
        self.at += 1;
        let end = item_end_of_use(self.tokens, self.at);
        let mut found = Vec::new();
        use_names(&self.tokens[self.at..end], &[], &mut found);
        module.uses.extend(found.into_iter().map(|(path, alias)| Use { path, alias, is_reexport }));
        self.at = end + 1;
    }

    fn path_or_item(&mut self, module: &mut Module, is_top: bool) {
        const ITEMS: [&str; 9] = ["struct", "enum", "union", "fn", "trait", "type", "const", "static", "macro_rules"];
        let first = self.word(self.at).unwrap_or_default();
        if is_top && ITEMS.contains(&first) {
            let name = self.at + 1 + usize::from(first == "macro_rules");
            let is_keyword = |word: &str| ["fn", "mut", "unsafe", "async", "extern"].contains(&word);
            if let Some(name) = self.word(name).filter(|word| !is_keyword(word)) {
                module.items.push(name.to_owned());
                self.at += 2 + usize::from(first == "macro_rules");
                return;
            }
        }
        // `.name` is a field or method, `..name` is not.
        let is_dot = |back: usize| self.at.checked_sub(back).is_some_and(|at| self.is(at, '.'));
        let is_member = is_dot(1) && !is_dot(2);
        let mut path = vec![first.to_owned()];
        self.at += 1;
        while self.tokens.get(self.at) == Some(&Token::Path) {
            let Some(next) = self.word(self.at + 1) else { break };
            path.push(next.to_owned());
            self.at += 2;
        }
        if is_member {
            return;
        }
        module.words.extend(path.iter().cloned());
        if path.len() > 1 {
            module.paths.push(path);
        }
    }
}

/// The `;` of a `use`.
fn item_end_of_use(tokens: &[Token], start: usize) -> usize {
    (start..tokens.len()).find(|at| tokens[*at] == Token::Mark(';')).unwrap_or(tokens.len())
}

/// The names of a use tree, each with its full path.
fn use_names(tokens: &[Token], prefix: &[String], found: &mut Vec<(Vec<String>, String)>) {
    let mut path = prefix.to_vec();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            Token::Word(word) if word == "as" => {
                if let Some(Token::Word(alias)) = tokens.get(at + 1) {
                    found.push((path, alias.clone()));
                }
                return;
            }
            Token::Word(word) => path.push(word.clone()),
            Token::Mark('*') => return found.push((path, "*".to_owned())),
            Token::Mark('{') => {
                let inner = &tokens[at + 1..group_end(tokens, at) - 1];
                return split_at_commas(inner).into_iter().for_each(|part| use_names(part, &path, found));
            }
            _ => {}
        }
        at += 1;
    }
    if path.last().is_some_and(|last| last == "self") {
        path.pop();
    }
    if let Some(alias) = path.last().cloned() {
        found.push((path, alias));
    }
}

fn split_at_commas(tokens: &[Token]) -> Vec<&[Token]> {
    let (mut parts, mut start, mut at) = (Vec::new(), 0, 0);
    while at < tokens.len() {
        match tokens[at] {
            Token::Mark('{') => at = group_end(tokens, at),
            Token::Mark(',') => {
                parts.push(&tokens[start..at]);
                at += 1;
                start = at;
            }
            _ => at += 1,
        }
    }
    parts.push(&tokens[start..]);
    parts.retain(|part| !part.is_empty());
    parts
}
