//! Writing back what was typed into an entry. Only what changed is written, so that remarks, order and spelling of the
//! rest stay as their author left them.

use super::condition::{self, Row};
use super::node::{Draw, Input, Typed, find, get, inputs, plain, set, variant_of};
use super::shape::{Ask, Key, Variant};
use toml_edit::{Array, DocumentMut, InlineTable, Item, TableLike, Value};

/// Most rows of a condition that are read.
const ROWS: usize = 20;

/// The text with what was typed into the table at `at`; none where there is no such entry.
pub(super) fn write(text: &str, keys: &'static [Key], at: &str, typed: &Typed) -> Option<String> {
    let mut doc: DocumentMut = text.parse().ok()?;
    let (table, keys) = find(doc.as_table_mut(), keys, at)?;
    for key in keys {
        let mut now = Vec::new();
        inputs(key, key.name, get(table, key.name), &mut now);
        let same = |input: &Input| match (&input.draw, typed.get(&input.name)) {
            (Draw::Tick, ticked) => ticked.is_some() == (input.value == "true"),
            (_, None) => true,
            (_, Some(typed)) => unlined(typed) == unlined(&input.value),
        };
        if !now.iter().all(same) {
            put(table, key, key.name, typed);
        }
    }
    Some(doc.to_string())
}

/// As a browser sends it: lines end as the network ends them, and what stands around is not meant.
fn unlined(typed: &str) -> String {
    typed.replace("\r\n", "\n").trim().to_owned()
}

fn put(table: &mut dyn TableLike, key: &Key, name: &str, typed: &Typed) {
    let said = |name: &str| typed.get(name).map_or_else(String::new, |t| unlined(t));
    match &key.ask {
        Ask::Words => {
            for lang in ["vi", "en"] {
                let part = format!("{name}.{lang}");
                let text = said(&part);
                set(table, &part, (!text.is_empty()).then(|| text.into()));
            }
        }
        Ask::Condition => {
            let value = match typed.get(&format!("{name}.toml")) {
                Some(raw) => raw_value(raw),
                None => condition::value(&condition_rows(name, typed), typed.contains_key(&format!("{name}.any"))),
            };
            set(table, name, value);
        }
        Ask::Kind(variants) => {
            let chosen = said(name);
            let (before, inner) = variant_of(get(table, name));
            if let Some(variant) = variants.iter().find(|v| v.name == chosen) {
                let inner = if before == chosen { inner } else { None };
                set(table, name, Some(variant_value(variant, inner, name, typed)));
            }
        }
        ask => {
            let value = single(ask, name, get(table, name), typed);
            set(table, name, value);
        }
    }
}

/// The value of a key that is one input; none where nothing was typed.
fn single(ask: &Ask, name: &str, before: Option<&Item>, typed: &Typed) -> Option<Value> {
    if let Some(raw) = typed.get(&format!("{name}.toml")) {
        return raw_value(raw);
    }
    let text = typed.get(name).map_or_else(String::new, |t| unlined(t));
    if text.is_empty() {
        return None;
    }
    let lines = || text.lines().map(str::trim).filter(|l| !l.is_empty());
    Some(match ask {
        Ask::Number => number(&text),
        Ask::Tick => Value::from(true),
        Ask::Lines => spread(lines().map(Value::from), before),
        Ask::Rows(columns) => spread(lines().map(|line| row(columns, line, before)), before),
        Ask::Toml => raw_value(&text)?,
        _ => Value::from(text),
    })
}

/// A number as people type it; what is none stays as it was typed, and the check names it.
pub(super) fn number(text: &str) -> Value {
    let plain: String = text.chars().filter(|c| !matches!(c, '_' | '.' | ' ' | '\u{a0}')).collect();
    plain.parse::<i64>().map_or_else(|_| Value::from(text), Value::from)
}

/// A list as its file writes it: one value a line, where it was so before or has more than one value.
fn spread(values: impl Iterator<Item = Value>, before: Option<&Item>) -> Value {
    let values: Vec<Value> = values.collect();
    let on_one_line = |item: &Item| item.as_array().is_some_and(|a| !a.to_string().contains('\n'));
    if values.len() < 2 || before.is_some_and(on_one_line) && values.iter().all(Value::is_str) {
        return Array::from_iter(values).into();
    }
    let mut list = Array::new();
    for mut value in values {
        value.decor_mut().set_prefix("\n    ");
        value.decor_mut().set_suffix("");
        list.push_formatted(value);
    }
    list.set_trailing("\n");
    list.set_trailing_comma(true);
    list.into()
}

/// A table of a list, from its line. What the line does not show, such as a condition of a choice, stays with the table
/// that begins with the same cell.
fn row(columns: &[&str], line: &str, before: Option<&Item>) -> Value {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let known = |t: &&InlineTable| {
        let first = columns.first().map(|c| plain(get(*t, c)));
        first.as_deref() == cells.first().copied()
    };
    let old = before.and_then(Item::as_array).into_iter().flatten();
    let mut row = old
        .filter_map(Value::as_inline_table)
        .find(known)
        .cloned()
        .unwrap_or_default();
    for (column, cell) in columns.iter().zip(cells.into_iter().map(Some).chain(std::iter::repeat(None))) {
        if cell.unwrap_or("") != plain(get(&row, column)) {
            set(&mut row, column, cell.filter(|c| !c.is_empty()).map(Value::from));
        }
    }
    row.into()
}

/// A value as it stands in a file; what cannot be read stays as a text, which the check names.
fn raw_value(raw: &str) -> Option<Value> {
    let raw = raw.replace("\r\n", "\n");
    let raw = raw.trim();
    (!raw.is_empty()).then(|| raw.parse().unwrap_or_else(|_| Value::from(raw)))
}

fn condition_rows(name: &str, typed: &Typed) -> Vec<Row> {
    let part = |i: usize, part: &str| typed.get(&format!("{name}.{i}.{part}")).cloned().unwrap_or_default();
    let row = |i| Row {
        field: part(i, "field"),
        operator: part(i, "operator"),
        value: part(i, "value"),
    };
    (0..ROWS).map(row).collect()
}

/// A variant with its options as they were typed; one that was just chosen begins as the table of shapes says.
pub(super) fn variant_value(variant: &Variant, inner: Option<Item>, name: &str, typed: &Typed) -> Value {
    if variant.first.is_empty() {
        return variant.name.into();
    }
    let known = inner.is_some();
    let mut value: Value = match inner.and_then(|i| i.into_value().ok()) {
        Some(value) => value,
        None => variant.first.parse().unwrap_or_else(|_| InlineTable::new().into()),
    };
    for option in variant.options.iter().filter(|_| known) {
        if option.name.is_empty() {
            value = single(&option.ask, &format!("{name}.so"), None, typed).unwrap_or(value);
        } else if let Some(table) = value.as_inline_table_mut() {
            let mut now = Vec::new();
            let at = format!("{name}.{}", option.name);
            inputs(
                option,
                &at,
                table.get(option.name).map(|v| Item::Value(v.clone())).as_ref(),
                &mut now,
            );
            let same = |i: &Input| match i.draw {
                Draw::Tick => typed.contains_key(&i.name) == (i.value == "true"),
                _ => typed.get(&i.name).is_none_or(|t| unlined(t) == unlined(&i.value)),
            };
            if !now.iter().all(same) {
                let before = table.get(option.name).map(|v| Item::Value(v.clone()));
                let value = single(&option.ask, &at, before.as_ref(), typed);
                set(table, option.name, value);
            }
        }
    }
    value.decor_mut().clear();
    let mut outer = InlineTable::new();
    outer.insert(variant.name, value);
    outer.into()
}
