// The browser's mirror of the form language against the cases that the model's tests run, too.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const source = readFileSync(new URL("../crates/web/assets/condition.js", import.meta.url), "utf8");
const { answersOf, holds, calculate } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
const cases = JSON.parse(readFileSync(new URL("../crates/model/tests/it/mirror.json", import.meta.url), "utf8"));

test("the page shows what the server will decide", () => {
  assert.ok(cases.length >= 40);
  for (const { why, kinds, typed, when, holds: expected, formula, value } of cases) {
    const answers = answersOf(kinds, typed);
    if (when) assert.equal(holds(when, answers), expected, why);
    if (formula) assert.equal(calculate(formula, answers), value, why);
  }
});
