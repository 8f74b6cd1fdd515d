//! Fluent messages in, Rust methods out; every fault names the file and the key.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant, VariantKey};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The messages of one topic in both languages.
pub struct Source {
    /// Name of the file without `.ftl`; each of its keys begins with it.
    pub topic: String,
    /// Text of `messages/vi/<topic>.ftl`.
    pub vi: String,
    /// Text of `messages/en/<topic>.ftl`.
    pub en: String,
}

/// A piece of a message after terms are resolved.
#[derive(Debug, PartialEq)]
enum Piece {
    Text(String),
    Variable(String),
    /// Chosen by the value of a variable; the last is the default.
    Select {
        variable: String,
        arms: Vec<(String, Vec<Piece>)>,
        default: Vec<Piece>,
    },
}

type Messages = BTreeMap<String, Vec<Piece>>;

/// The code of `impl Words`, or everything that is wrong with the messages.
pub fn rust(sources: &[Source]) -> Result<String, Vec<String>> {
    let mut faults = Vec::new();
    let vi = read_language("vi", sources.iter().map(|s| (s.topic.as_str(), s.vi.as_str())), &mut faults);
    let en = read_language("en", sources.iter().map(|s| (s.topic.as_str(), s.en.as_str())), &mut faults);
    let mut code = String::from("impl Words {\n");
    let mut plain = Vec::new();
    for (key, vi_pieces) in &vi {
        let Some(en_pieces) = en.get(key) else {
            faults.push(format!(
                "messages/en/{}.ftl: `{key}` is missing (it is in vi)",
                topic_of(key, sources)
            ));
            continue;
        };
        let (vi_vars, en_vars) = (variables(vi_pieces), variables(en_pieces));
        if vi_vars != en_vars {
            faults.push(format!(
                "messages/en/{}.ftl: `{key}` has variables {en_vars:?}, vi has {vi_vars:?}",
                topic_of(key, sources)
            ));
            continue;
        }
        method(&mut code, key, vi_pieces, en_pieces, &vi_vars);
        if vi_vars.is_empty() {
            plain.push(key);
        }
    }
    for key in en.keys().filter(|k| !vi.contains_key(*k)) {
        faults.push(format!(
            "messages/vi/{}.ftl: `{key}` is missing (it is in en)",
            topic_of(key, sources)
        ));
    }
    let _ = writeln!(
        code,
        "    /// The message of a key that is known only at run time; none when there is no such message without variables."
    );
    let _ = writeln!(
        code,
        "    #[must_use]\n    pub fn by_key(self, key: &str) -> Option<&'static str> {{\n        Some(match key {{"
    );
    for key in plain {
        let _ = writeln!(code, "            {key:?} => self.{}(),", key.replace('-', "_"));
    }
    code.push_str("            _ => return None,\n        })\n    }\n}\n");
    if faults.is_empty() { Ok(code) } else { Err(faults) }
}

fn topic_of<'a>(key: &str, sources: &'a [Source]) -> &'a str {
    sources
        .iter()
        .map(|s| s.topic.as_str())
        .find(|t| has_prefix(key, t))
        .unwrap_or("?")
}

fn has_prefix(key: &str, topic: &str) -> bool {
    key.strip_prefix(topic).is_some_and(|rest| rest.starts_with('-'))
}

fn read_language<'a>(lang: &str, files: impl Iterator<Item = (&'a str, &'a str)>, faults: &mut Vec<String>) -> Messages {
    let mut terms = BTreeMap::new();
    let mut found = Vec::new();
    for (topic, text) in files {
        let file = format!("messages/{lang}/{topic}.ftl");
        let resource = fluent_syntax::parser::parse(text).unwrap_or_else(|(resource, errors)| {
            for error in errors {
                let line = text.get(..error.pos.start).unwrap_or(text).matches('\n').count() + 1;
                faults.push(format!("{file}: line {line}: {error}"));
            }
            resource
        });
        for entry in resource.body {
            match entry {
                Entry::Term(term) => {
                    terms.insert(term.id.name, term.value);
                }
                Entry::Message(message) => found.push((file.clone(), topic, message)),
                _ => {}
            }
        }
    }
    let mut messages = Messages::new();
    for (file, topic, message) in found {
        let key = message.id.name;
        if !has_prefix(key, topic) || key.bytes().any(|b| b.is_ascii_uppercase() || b == b'_') {
            faults.push(format!("{file}: `{key}` must be kebab-case and begin with `{topic}-`"));
        }
        if !message.attributes.is_empty() {
            faults.push(format!("{file}: `{key}` has attributes; write each as a message of its own"));
        }
        let mut pieces = Vec::new();
        match &message.value {
            Some(value) => flatten(value, &terms, &mut pieces, &mut |fault| {
                faults.push(format!("{file}: `{key}` {fault}"))
            }),
            None => faults.push(format!("{file}: `{key}` has no text")),
        }
        if messages.insert(key.to_owned(), pieces).is_some() {
            faults.push(format!("{file}: `{key}` is there twice"));
        }
    }
    messages
}

fn push_text(out: &mut Vec<Piece>, text: &str) {
    if let Some(Piece::Text(last)) = out.last_mut() {
        last.push_str(text);
    } else {
        out.push(Piece::Text(text.to_owned()));
    }
}

fn flatten(pattern: &Pattern<&str>, terms: &BTreeMap<&str, Pattern<&str>>, out: &mut Vec<Piece>, fault: &mut dyn FnMut(&str)) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => push_text(out, value),
            PatternElement::Placeable { expression } => flatten_expression(expression, terms, out, fault),
        }
    }
}

fn flatten_expression(
    expression: &Expression<&str>,
    terms: &BTreeMap<&str, Pattern<&str>>,
    out: &mut Vec<Piece>,
    fault: &mut dyn FnMut(&str),
) {
    match expression {
        Expression::Inline(InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value }) => {
            push_text(out, value)
        }
        Expression::Inline(InlineExpression::VariableReference { id }) => out.push(Piece::Variable(snake(id.name))),
        Expression::Inline(InlineExpression::TermReference {
            id,
            attribute: None,
            arguments: None,
        }) => match terms.get(id.name) {
            Some(term) => flatten(term, &BTreeMap::new(), out, fault),
            None => fault(&format!(
                "uses the term `-{}`, which is not there (a term cannot use another)",
                id.name
            )),
        },
        Expression::Inline(_) => fault("uses something else than text, a variable, a term or a choice"),
        Expression::Select {
            selector: InlineExpression::VariableReference { id },
            variants,
        } => {
            let mut arms = Vec::new();
            let mut default = Vec::new();
            for Variant {
                key,
                value,
                default: is_default,
            } in variants
            {
                let mut pieces = Vec::new();
                flatten(value, terms, &mut pieces, fault);
                let (VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name }) = key;
                if *is_default {
                    default = pieces;
                } else {
                    arms.push((if *name == "one" { "1".to_owned() } else { (*name).to_owned() }, pieces));
                }
            }
            out.push(Piece::Select {
                variable: snake(id.name),
                arms,
                default,
            });
        }
        Expression::Select { .. } => fault("chooses by something else than a variable"),
    }
}

fn snake(name: &str) -> String {
    name.replace('-', "_").to_lowercase()
}

fn variables(pieces: &[Piece]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for piece in pieces {
        match piece {
            Piece::Text(_) => {}
            Piece::Variable(name) => {
                all.insert(name.clone());
            }
            Piece::Select { variable, arms, default } => {
                all.insert(variable.clone());
                arms.iter()
                    .map(|(_, p)| p)
                    .chain([default])
                    .for_each(|p| all.extend(variables(p)));
            }
        }
    }
    all
}

fn shown(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|p| match p {
            Piece::Text(text) => text.replace('\n', " "),
            Piece::Variable(name) => format!("{{{name}}}"),
            Piece::Select { default, .. } => shown(default),
        })
        .collect()
}

fn method(code: &mut String, key: &str, vi: &[Piece], en: &[Piece], variables: &BTreeSet<String>) {
    let name = key.replace('-', "_");
    let _ = writeln!(
        code,
        "    /// `{}` / `{}`\n    #[must_use]",
        shown(vi).replace('`', "'"),
        shown(en).replace('`', "'")
    );
    if variables.is_empty() {
        let _ = writeln!(
            code,
            "    pub fn {name}(self) -> &'static str {{\n        match self.0 {{\n            Lang::Vi => {:?},\n            Lang::En => {:?},\n        }}\n    }}\n",
            shown_plain(vi),
            shown_plain(en)
        );
        return;
    }
    let arguments: String = variables.iter().map(|v| format!(", {v}: impl ::std::fmt::Display")).collect();
    let _ = writeln!(code, "    pub fn {name}(self{arguments}) -> String {{");
    for variable in variables {
        let _ = writeln!(code, "        let {variable} = {variable}.to_string();");
    }
    code.push_str("        let mut out = String::new();\n        match self.0 {\n            Lang::Vi => {\n");
    body(code, vi);
    code.push_str("            }\n            Lang::En => {\n");
    body(code, en);
    code.push_str("            }\n        }\n        out\n    }\n\n");
}

fn shown_plain(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|p| if let Piece::Text(text) = p { text.as_str() } else { "" })
        .collect()
}

fn body(code: &mut String, pieces: &[Piece]) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => {
                let _ = writeln!(code, "                out += {text:?};");
            }
            Piece::Variable(name) => {
                let _ = writeln!(code, "                out.push_str(&{name});");
            }
            Piece::Select { variable, arms, default } => {
                let _ = writeln!(code, "                match {variable}.as_str() {{");
                for (key, pieces) in arms {
                    let _ = writeln!(code, "                {key:?} => {{");
                    body(code, pieces);
                    code.push_str("                }\n");
                }
                code.push_str("                _ => {\n");
                body(code, default);
                code.push_str("                }\n                }\n");
            }
        }
    }
}
