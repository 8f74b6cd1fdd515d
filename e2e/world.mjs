// Starts the demo on a folder of its own and a browser; what every story needs.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { chromium } from "playwright-core";

export const PASSWORD = "motcua-2020";
export const PROGRAM = process.env.MOTCUA ?? new URL("../target/debug/motcua", import.meta.url).pathname;
const OUT = new URL("./out/", import.meta.url).pathname;
mkdirSync(OUT, { recursive: true });

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

export async function start() {
  const data = mkdtempSync(join(tmpdir(), "motcua-e2e-"));
  const port = await freePort();
  const program = spawn(PROGRAM, ["demo", "--data", data, "--port", String(port)], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  for await (const chunk of program.stdout) {
    said += chunk;
    if (said.includes("Ctrl+C")) break;
  }
  const control = (name) => said.match(new RegExp(`${name}[^\\n]*: (http://127\\.0\\.0\\.1:\\d+)/control`))[1];
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    gateway: control("Cổng thanh toán"),
    post: control("Bưu điện"),
    data,
    browser,
    program,
    async person(options = {}) {
      const context = await browser.newContext({ baseURL: url, locale: "vi-VN", viewport: { width: 1280, height: 900 }, ...options });
      context.setDefaultTimeout(10_000);
      return context.newPage();
    },
    async stop() {
      await browser.close();
      program.kill("SIGTERM");
      if (program.exitCode === null) await once(program, "exit");
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/// Signs in as one of the demo's people.
export async function signIn(page, login) {
  await page.goto("/dang-nhap");
  await page.locator("#login").fill(login);
  await page.locator("#password").fill(PASSWORD);
  await page.getByRole("button", { name: "Đăng nhập" }).click();
  await page.waitForURL((u) => !u.pathname.startsWith("/dang-nhap"));
}

/// Looks at a page as axe does, and takes its picture on a phone's and on a desk's width.
export async function look(page, name) {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).exclude("iframe").withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  const said = violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`);
  if (said.length) throw new Error(`${name}: ${said.join("; ")}`);
  const size = page.viewportSize();
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) {
      const out = await page.evaluate((w) => [...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > w).map((e) => `${e.tagName}.${e.className}`), width);
      throw new Error(`${name} is ${wide} wide on a screen of ${width}: ${out.slice(0, 9).join(", ")}`);
    }
    await page.screenshot({ path: `${OUT}${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize(size);
}

/// A small real picture.
export const PICTURE = {
  name: "cccd.png",
  mimeType: "image/png",
  buffer: Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64"),
};
