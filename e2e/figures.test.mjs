// What people say, and what everybody may read: a complaint with its code, open figures, indices, campaigns.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { look, PROGRAM, signIn, start } from "./world.mjs";

test("a complaint, open figures, indices, satisfaction and campaigns fit a phone and a desk", async () => {
  const world = await start();
  try {
    execFileSync(PROGRAM, ["simulate", "--data", world.data, "--count", "300", "--days", "200"], { stdio: "ignore" });
    const anybody = await world.person({ viewport: { width: 360, height: 780 } });
    for (const [path, name] of [["/so-lieu", "so-lieu"], ["/phan-anh", "phan-anh"], ["/hai-long", "hai-long"]]) {
      await anybody.goto(path);
      await look(anybody, name);
    }
    const open = await anybody.request.get("/du-lieu/ho-so-theo-thang.json");
    assert.equal(open.status(), 200);
    assert.ok(JSON.parse(await open.text()));
    const citizen = await world.person({ viewport: { width: 360, height: 780 } });
    await signIn(citizen, "0912345678");
    await citizen.goto("/tai-khoan/bao-tin");
    await look(citizen, "tai-khoan-bao-tin");
    const chairman = await world.person();
    await signIn(chairman, "giamsat");
    for (const [path, name] of [["/bang/hai-long", "bang-hai-long"], ["/bang/chi-so", "bang-chi-so"], ["/bang/chien-dich", "bang-chien-dich"]]) {
      await chairman.goto(path);
      await look(chairman, name);
    }
    const head = await world.person();
    await signIn(head, "lanhdao.vonhai");
    await head.goto("/ban/phan-anh");
    await look(head, "ban-phan-anh");
    await head.goto("/bang/hom-nay");
    await look(head, "bang-hom-nay-vonhai");
  } finally {
    await world.stop();
  }
});
