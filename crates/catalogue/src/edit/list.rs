//! Lists of entries: adding, moving, removing.

use super::node::{Typed, find, set};
use super::shape::{Ask, Key};
use super::write::variant_value;
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

/// What is done to a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A new entry at the end.
    Add,
    /// One place up.
    Up(usize),
    /// One place down.
    Down(usize),
    /// Away.
    Remove(usize),
}

impl Change {
    /// Does it to any list.
    pub(super) fn apply<T>(self, all: &mut Vec<T>, new: impl FnOnce() -> T) {
        match self {
            Self::Add => all.push(new()),
            Self::Up(i) if i > 0 && i < all.len() => all.swap(i - 1, i),
            Self::Down(i) if i + 1 < all.len() => all.swap(i, i + 1),
            Self::Remove(i) if i < all.len() => drop(all.remove(i)),
            _ => {}
        }
    }
}

/// The entries of a list, `fee.line` being the list `line` of the table `fee`. A list that was written on one line is
/// written as tables from now on.
pub(super) fn tables<'a>(table: &'a mut Table, name: &str) -> Option<&'a mut ArrayOfTables> {
    let (table, name) = match name.split_once('.') {
        Some((outer, name)) => {
            let item = table.get_mut(outer)?;
            if item.is_inline_table() {
                let inline = std::mem::take(item);
                *item = inline.into_table().map_or_else(|item| item, Item::Table);
            }
            (item.as_table_mut()?, name)
        }
        None => (table, name),
    };
    let item = table.get_mut(name)?;
    if item.as_array().is_some_and(toml_edit::Array::is_empty) {
        *item = Item::ArrayOfTables(ArrayOfTables::new());
    } else if item.is_array() {
        let inline = std::mem::take(item);
        *item = inline.into_array_of_tables().map_or_else(|item| item, Item::ArrayOfTables);
    }
    item.as_array_of_tables_mut()
}

/// The text with a list of the table at `at` changed; none where there is no such entry.
pub(super) fn change(text: &str, keys: &'static [Key], at: &str, list: &str, what: Change) -> Option<String> {
    let mut doc: DocumentMut = text.parse().ok()?;
    let (table, keys) = find(doc.as_table_mut(), keys, at)?;
    let entry = keys.iter().find(|k| k.name == list)?;
    let (outer, name) = list.split_once('.').map_or((None, list), |(outer, name)| (Some(outer), name));
    let holder = match outer {
        Some(outer) => table
            .entry(outer)
            .or_insert_with(|| Item::Table(Table::new()))
            .as_table_like_mut()?,
        None => table as &mut dyn toml_edit::TableLike,
    };
    if holder.get(name).is_none() {
        holder.insert(name, Item::ArrayOfTables(ArrayOfTables::new()));
    }
    let tables = tables(table, list)?;
    let mut all: Vec<Table> = std::mem::take(tables).into_iter().collect();
    let number = all.len() + 1;
    let ids: Vec<String> = all.iter().filter_map(|t| Some(t.get("id")?.as_str()?.to_owned())).collect();
    what.apply(&mut all, || first(entry, number, &ids));
    for mut table in all {
        // Where each is written follows from its place in the list, not from where it stood.
        unplace(&mut table);
        tables.push(table);
    }
    if tables.is_empty() {
        match outer {
            Some(outer) => drop(table.get_mut(outer)?.as_table_like_mut()?.remove(name)),
            None => drop(table.remove(name)),
        }
    }
    Some(doc.to_string())
}

fn unplace(table: &mut Table) {
    table.set_position(None);
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(inner) => unplace(inner),
            Item::ArrayOfTables(list) => list.iter_mut().for_each(unplace),
            _ => {}
        }
    }
}

/// A new entry: what it cannot be without, to be changed.
fn first(entry: &Key, number: usize, ids: &[String]) -> Table {
    let mut table = Table::new();
    let Ask::Entries(keys) = &entry.ask else { return table };
    let free = (number..)
        .map(|n| format!("moi{n}"))
        .find(|id| !ids.contains(id))
        .unwrap_or_default();
    let named = |k: &&Key| matches!(k.name, "id" | "code");
    for key in keys.iter().filter(named).chain(keys.iter().filter(|k| !named(k))) {
        let value: Option<Value> = match (&key.ask, key.name) {
            (Ask::Line, "id") if entry.name != "question" => Some(free.as_str().into()),
            (Ask::Line, "code") => Some(format!("99.{number:02}").into()),
            (Ask::Line, "from") => Some("1/5".into()),
            (Ask::Line, "to") if entry.name == "season" => Some("30/9".into()),
            (Ask::Line, "field" | "to") => Some("".into()),
            (Ask::Words, "label" | "title" | "name" | "ask" | "otherwise" | "say" | "lead") => {
                set(&mut table, &format!("{}.vi", key.name), Some("Mới".into()));
                None
            }
            (Ask::Condition, "refuse") => Some(nothing()),
            (Ask::Condition, "when") if entry.name == "fee.exempt" => Some(nothing()),
            (Ask::Rows(_), "step") => Some(toml_edit::Array::new().into()),
            (Ask::Kind(variants), _) => variants.first().map(|v| variant_value(v, None, key.name, &Typed::new())),
            (Ask::OneOf(options), "role" | "kind") => options.first().map(|o| (*o).into()),
            (Ask::Number, "hours" | "amount" | "max") if entry.name != "fee.line" || key.name == "amount" => Some(1i64.into()),
            _ => None,
        };
        if value.is_some() {
            set(&mut table, key.name, value);
        }
    }
    table
}

/// A condition that looks at no field yet: the check asks for one.
fn nothing() -> Value {
    let mut table = InlineTable::new();
    table.insert("filled", "".into());
    table.into()
}
