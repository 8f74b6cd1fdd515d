// The mirror of the form language: the same conditions and formulas that the server evaluates, so that the page shows at
// once what the next save will decide. The server decides; `model/tests/it/mirror.json` holds both to the same cases.

const UNITS = ["đồng", "₫", "đ", "vnđ", "VND", "VNĐ", "m²", "m2"];

/** A whole number as people type it: `50.000.000`, `1 250 đ`; null where it is none. */
export function whole(typed) {
  let text = typed.trim();
  const unit = UNITS.find((u) => text.endsWith(u));
  if (unit) text = text.slice(0, -unit.length).trimEnd();
  const negative = text.startsWith("-");
  if (negative) text = text.slice(1);
  const mark = text.match(/[^0-9]/);
  if (mark && ![".", ",", " ", "\u00a0"].includes(mark[0])) return null;
  const parts = mark ? text.split(mark[0]) : [text];
  if (!parts.every((p) => /^[0-9]+$/.test(p))) return null;
  if (parts.length > 1 && (parts[0].length > 3 || !parts.slice(1).every((p) => p.length === 3))) return null;
  const number = Number(parts.join(""));
  if (!Number.isSafeInteger(number)) return null;
  return negative ? -number : number;
}

/** First and last day that a date can mean, as numbers that compare: `3/1985` is from 19850301 to 19850331. */
export function days(typed) {
  const parts = typed.trim().split(/[/.-]/).map((p) => p.trim());
  if (!parts.every((p) => /^[0-9]+$/.test(p))) return null;
  const n = parts.map(Number);
  let [y, m, d] = [0, 0, 0];
  if (parts.length === 1) y = n[0];
  else if (parts.length === 2) [m, y] = n;
  else if (parts.length === 3) [d, m, y] = parts[0].length === 4 ? [n[2], n[1], n[0]] : n;
  else return null;
  if (y < 1800 || y > 9999 || m > 12 || (parts.length === 2 && m === 0)) return null;
  // Two noughts say that it is not known; a single one is a slip of the pen.
  if (parts.length === 3 && ((d === 0 && parts[0] !== "00") || (m === 0 && (parts[1] !== "00" || d !== 0)))) return null;
  if (m === 0) return d === 0 ? [y * 10000 + 101, y * 10000 + 1231] : null;
  const last = new Date(Date.UTC(y, m, 0)).getUTCDate();
  if (d > last) return null;
  return d === 0 ? [y * 10000 + m * 100 + 1, y * 10000 + m * 100 + last] : [y * 10000 + m * 100 + d, y * 10000 + m * 100 + d];
}

/** The answers that are typed: `kinds` tells how each field is read, `typed` gives the values of an input. */
export function answersOf(kinds, typed) {
  const answers = {};
  for (const [id, kind] of Object.entries(kinds)) {
    const values = (typed[id] ?? []).map((v) => v.trim()).filter((v) => v !== "");
    const value = values.at(-1);
    const inner = Object.entries(typed).filter(([name, v]) => name.startsWith(`${id}.`) && v.some((t) => t.trim() !== ""));
    if (kind === "number" && value !== undefined && whole(value) !== null) answers[id] = whole(value);
    else if (kind === "date" && value !== undefined && days(value)) answers[id] = value;
    else if (kind === "checkbox" && (value === "on" || value === "true")) answers[id] = true;
    else if (kind === "choices" && values.length > 0) answers[id] = values;
    else if (kind === "text" && value !== undefined) answers[id] = value;
    else if (kind === "parts" && inner.length > 0) answers[id] = {};
    else if ((kind === "group" || kind === "table") && inner.length > 0) {
      const entries = {};
      for (const [name, v] of inner) {
        const [, entry, field] = name.split(".");
        entries[entry] ??= {};
        entries[entry][field] = whole(v.at(-1)) ?? v.at(-1);
      }
      answers[id] = Object.values(entries);
    }
  }
  return answers;
}

const has = (answer, value) =>
  Array.isArray(answer) ? answer.includes(value) : typeof answer === "number" ? String(answer) === value : answer === value;

/** Whether a condition holds for the answers. */
export function holds(condition, answers) {
  const [[kind, c]] = Object.entries(condition);
  const number = (id) => (typeof answers[id] === "number" ? answers[id] : undefined);
  switch (kind) {
    case "is":
      return has(answers[c.field], c.value);
    case "in":
      return c.values.some((v) => has(answers[c.field], v));
    case "filled":
      return answers[c] !== undefined;
    case "ticked":
      return answers[c] === true;
    case "at_least":
      return number(c.field) >= c.value;
    case "at_most":
      return number(c.field) <= c.value;
    case "less": {
      const [a, b] = [answers[c.field], answers[c.than]];
      if (typeof a === "string" && typeof b === "string") {
        const [first, then] = [days(a), days(b)];
        return Boolean(first && then && first[1] < then[0]);
      }
      return number(c.field) < number(c.than);
    }
    case "all":
      return c.every((one) => holds(one, answers));
    case "any":
      return c.some((one) => holds(one, answers));
    case "not":
      return !holds(c, answers);
    default:
      return true;
  }
}

/** The value of a formula; null while there is nothing to calculate with. */
export function calculate(formula, answers) {
  const [[kind, f]] = Object.entries(formula);
  const number = (id) => (typeof answers[id] === "number" ? answers[id] : null);
  const entries = (id) => (Array.isArray(answers[id]) ? answers[id] : null);
  const safe = (n) => (Number.isSafeInteger(n) ? n : null);
  switch (kind) {
    case "total": {
      const known = f.map(number).filter((n) => n !== null);
      return known.length === 0 ? null : safe(known.reduce((a, b) => a + b, 0));
    }
    case "product":
      return f.some((id) => number(id) === null) ? null : safe(f.map(number).reduce((a, b) => a * b, 1));
    case "sum": {
      const rows = entries(f.group);
      return rows && safe(rows.map((r) => r[f.field]).filter((n) => typeof n === "number").reduce((a, b) => a + b, 0));
    }
    case "count":
      return entries(f)?.length ?? null;
    case "difference":
      return number(f.of) === null || number(f.less) === null ? null : safe(number(f.of) - number(f.less));
    case "quotient":
      return number(f.of) === null || !number(f.by) ? null : Math.floor(number(f.of) / number(f.by));
    default:
      return null;
  }
}

