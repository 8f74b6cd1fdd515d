//! One entry of a file as a form: what it asks, and what stands there.

use super::condition::{self, OPERATORS, Row};
use super::list;
use super::shape::{Ask, Key};
use std::collections::BTreeMap;
use toml_edit::{DocumentMut, InlineTable, Item, Table, TableLike, Value};

/// What was typed, by the name of its input.
pub type Typed = BTreeMap<String, String>;

/// One input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// How it is drawn.
    pub draw: Draw,
    /// What stands there.
    pub value: String,
}

/// How an input is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Draw {
    /// One line.
    Line,
    /// Several lines.
    Area,
    /// A box to tick.
    Tick,
    /// One of these.
    OneOf(Vec<&'static str>),
}

/// Entries with pages of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entries {
    /// Name of the list in its table.
    pub name: &'static str,
    /// What each is known by.
    pub entries: Vec<String>,
}

/// An entry as a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What the entry is known by; empty for the file itself.
    pub title: String,
    /// The inputs.
    pub inputs: Vec<Input>,
    /// The lists.
    pub lists: Vec<Entries>,
}

/// The table at `at` (`step:0/field:2`) with its keys; none where there is no such entry.
pub(super) fn find<'a>(mut table: &'a mut Table, mut keys: &'static [Key], at: &str) -> Option<(&'a mut Table, &'static [Key])> {
    for part in at.split('/').filter(|p| !p.is_empty()) {
        let (name, index) = part.rsplit_once(':')?;
        keys = keys.iter().find_map(|k| match &k.ask {
            Ask::Entries(keys) if k.name == name => Some(*keys),
            _ => None,
        })?;
        table = list::tables(table, name)?.get_mut(index.parse().ok()?)?;
    }
    Some((table, keys))
}

pub(super) fn get<'a>(table: &'a dyn TableLike, name: &str) -> Option<&'a Item> {
    match name.split_once('.') {
        Some((outer, rest)) => get(table.get(outer)?.as_table_like()?, rest),
        None => table.get(name),
    }
}

/// Sets or removes; a table that becomes empty goes with its last key.
pub(super) fn set(table: &mut dyn TableLike, name: &str, value: Option<Value>) {
    let Some((outer, rest)) = name.split_once('.') else {
        let Some(mut value) = value else {
            table.remove(name);
            return;
        };
        if let Some(Item::Value(known)) = table.get_mut(name) {
            *value.decor_mut() = known.decor().clone();
            *known = value;
        } else {
            table.insert(name, Item::Value(value));
        }
        return;
    };
    if table.get(outer).is_none() && value.is_some() {
        table.insert(outer, Item::Value(InlineTable::new().into()));
    }
    if let Some(inner) = table.get_mut(outer).and_then(Item::as_table_like_mut) {
        set(inner, rest, value);
        if inner.is_empty() {
            table.remove(outer);
        }
    }
}

pub(super) fn plain(item: Option<&Item>) -> String {
    match item {
        Some(Item::Value(value)) => value_text(value),
        Some(item) => item
            .clone()
            .into_value()
            .map_or_else(|_| String::new(), |v| v.to_string().trim().to_owned()),
        None => String::new(),
    }
}

fn value_text(value: &Value) -> String {
    match value {
        Value::String(s) => s.value().clone(),
        Value::Integer(n) => n.value().to_string(),
        Value::Boolean(b) => b.value().to_string(),
        other => other.to_string().trim().to_owned(),
    }
}

/// What an entry is known by.
pub(super) fn title(table: &dyn TableLike) -> String {
    let first = |keys: &[&str]| {
        let texts = keys.iter().map(|k| plain(get(table, k)));
        texts.into_iter().find(|t| !t.is_empty())
    };
    let name = first(&["label.vi", "title.vi", "name.vi", "ask.vi", "say.vi", "note.vi"]);
    let id = first(&["id", "code", "service", "field", "to", "from"]);
    [name, id].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The table at `at` as a form; none where there is no such entry, or the text is no TOML.
pub(super) fn read(text: &str, keys: &'static [Key], at: &str) -> Option<Node> {
    let mut doc: DocumentMut = text.parse().ok()?;
    let (table, keys) = find(doc.as_table_mut(), keys, at)?;
    let mut node = Node {
        title: if at.is_empty() { String::new() } else { title(table) },
        inputs: Vec::new(),
        lists: Vec::new(),
    };
    for key in keys {
        if let Ask::Entries(_) = key.ask {
            node.lists.push(Entries {
                name: key.name,
                entries: titles(get(table, key.name)),
            });
        } else {
            inputs(key, key.name, get(table, key.name), &mut node.inputs);
        }
    }
    Some(node)
}

fn titles(item: Option<&Item>) -> Vec<String> {
    match item {
        Some(Item::ArrayOfTables(list)) => list.iter().map(|t| title(t)).collect(),
        Some(Item::Value(Value::Array(list))) => list.iter().filter_map(|v| Some(title(v.as_inline_table()?))).collect(),
        _ => Vec::new(),
    }
}

/// The inputs of a key.
pub(super) fn inputs(key: &Key, name: &str, item: Option<&Item>, out: &mut Vec<Input>) {
    let mut push = |name: String, draw, value| out.push(Input { name, draw, value });
    match &key.ask {
        Ask::Line | Ask::Number => push(name.to_owned(), Draw::Line, plain(item)),
        Ask::Toml => push(name.to_owned(), Draw::Area, plain(item)),
        Ask::Tick => push(name.to_owned(), Draw::Tick, plain(item)),
        Ask::OneOf(options) => push(name.to_owned(), Draw::OneOf(options.to_vec()), plain(item)),
        Ask::Words => {
            for lang in ["vi", "en"] {
                let value = plain(item.and_then(Item::as_table_like).and_then(|t| t.get(lang)));
                let draw = if value.contains('\n') { Draw::Area } else { Draw::Line };
                push(format!("{name}.{lang}"), draw, value);
            }
        }
        Ask::Lines => {
            let list = item.and_then(Item::as_array).into_iter().flatten();
            let lines: Vec<_> = list.map(value_text).collect();
            push(name.to_owned(), Draw::Area, lines.join("\n"));
        }
        Ask::Rows(columns) => match rows_text(item, columns) {
            Some(text) => push(name.to_owned(), Draw::Area, text),
            None => push(format!("{name}.toml"), Draw::Area, plain(item)),
        },
        Ask::Condition => match item.map(condition::rows) {
            Some(None) => push(format!("{name}.toml"), Draw::Area, plain(item)),
            known => {
                let (mut rows, any) = known.flatten().unwrap_or_default();
                rows.push(Row::default());
                for (i, row) in rows.into_iter().enumerate() {
                    push(format!("{name}.{i}.field"), Draw::Line, row.field);
                    push(format!("{name}.{i}.operator"), Draw::OneOf(OPERATORS.to_vec()), row.operator);
                    push(format!("{name}.{i}.value"), Draw::Line, row.value);
                }
                let any = if any { "true".into() } else { String::new() };
                push(format!("{name}.any"), Draw::Tick, any);
            }
        },
        Ask::Kind(variants) => {
            let (chosen, inner) = variant_of(item);
            let names = variants.iter().map(|v| v.name).collect();
            push(name.to_owned(), Draw::OneOf(names), chosen.clone());
            for option in variants.iter().filter(|v| v.name == chosen).flat_map(|v| v.options) {
                let (at, item) = match option.name {
                    "" => (format!("{name}.so"), inner.as_ref()),
                    key => (
                        format!("{name}.{key}"),
                        inner.as_ref().and_then(Item::as_table_like).and_then(|t| t.get(key)),
                    ),
                };
                inputs(option, &at, item, out);
            }
        }
        Ask::Entries(_) => {}
    }
}

/// Which variant is written, and what stands in it.
pub(super) fn variant_of(item: Option<&Item>) -> (String, Option<Item>) {
    match item {
        Some(item) if item.is_str() => (plain(Some(item)), None),
        Some(item) => match item.as_table_like().and_then(|t| t.iter().next()) {
            Some((name, inner)) => (name.to_owned(), Some(inner.clone())),
            None => (String::new(), None),
        },
        None => (String::new(), None),
    }
}

/// Tables as lines of cells; none where a cell holds what separates cells.
fn rows_text(item: Option<&Item>, columns: &[&str]) -> Option<String> {
    let row = |row: &dyn TableLike| {
        let cells: Vec<_> = columns.iter().map(|c| plain(get(row, c))).collect();
        let fits = cells.iter().all(|c| !c.contains(['|', '\n']));
        fits.then(|| cells.join(" | ").trim_end_matches([' ', '|']).to_owned())
    };
    let lines: Option<Vec<String>> = match item {
        Some(Item::ArrayOfTables(list)) => list.iter().map(|t| row(t)).collect(),
        Some(Item::Value(Value::Array(list))) => list.iter().map(|v| row(v.as_inline_table()?)).collect(),
        _ => Some(Vec::new()),
    };
    lines.map(|lines| lines.join("\n"))
}
