// Opens the pages in headless Chromium: `node --test tests/browser` with the binary's path in ROLECALL.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

import { chromium } from "playwright-core";

import { FORMULA, SCRIPT, hostile, large } from "./corpora.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
const BINARY = resolve(process.env.ROLECALL ?? join(ROOT, "target/debug/rolecall"));
const DOCUMENTS = Number(process.env.DOCUMENTS ?? 100_000);
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

let browser, folder;
const pages = {};

async function rolecall(...args) {
  try {
    await promisify(execFile)(BINARY, [...args, "--quiet"], { cwd: ROOT });
  } catch (error) {
    // 3: finished, but some inputs failed, as the fixtures want it.
    if (error.code !== 3) throw error;
  }
}

async function analyze(name, input) {
  const out = join(folder, name);
  await rolecall("analyze", input, "--out", out);
  pages[name] = join(out, "report.html");
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "rolecall-browser-"));
  const made = { large: join(folder, "large.csv"), hostile: join(folder, "hostile.csv") };
  await large(made.large, DOCUMENTS);
  await hostile(made.hostile);
  await analyze("fixtures", "fixtures/postings.csv");
  await analyze("hostile", made.hostile);
  await analyze("large", made.large);
  await rolecall("check", "fixtures/essays", "--format", "jsonl", "--out", join(folder, "essays"));
  pages.essays = join(folder, "essays", "report.html");
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
});

after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/// Opens a page, calls `use`, and then requires that there was no error, dialog or request.
async function open(name, use, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  const url = pathToFileURL(pages[name]).href;
  page.on("console", (message) => wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => { wrong.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    const known = request.url() === url || /^(data|blob):/.test(request.url());
    if (!known) wrong.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  try {
    await use(page);
  } finally {
    await context.close();
  }
  assert.deepEqual(wrong, []);
}

const NAMES = ["fixtures", "hostile", "large", "essays"];

for (const name of NAMES) {
  for (const colorScheme of ["light", "dark"]) {
    test(`${name} is accessible in ${colorScheme}`, () => open(name, async (page) => {
      await page.evaluate(() => document.querySelectorAll("details").forEach((item, at) => { item.open = at < 25; }));
      // axe is run by the driver, outside the page's own policy.
      await page.evaluate(await readFile(AXE, "utf8"));
      const { violations } = await page.evaluate(() => axe.run());
      const grave = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
      const told = grave.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html, failureSummary }) => `${html} ${failureSummary}`).join("; ")}`);
      assert.deepEqual(told, []);
    }, { colorScheme, bypassCSP: true }));
  }
  test(`${name} fits a phone and is below 2 MB`, () => open(name, async (page) => {
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.equal(over, 0);
    assert.ok((await stat(pages[name])).size < 2_000_000);
  }, { viewport: { width: 375, height: 800 } }));
}

const column = (page, table, at) => page.$$eval(`${table} tbody tr`, (rows, at) => rows.map((row) => Number(row.cells[at].dataset.value)), at);
const isSorted = (values, sign) => values.every((value, at) => at === 0 || sign * (values[at - 1] - value) <= 0);

test("tables are sorted by mouse and by keyboard", () => open("large", async (page) => {
  const table = "#table-responsibilities";
  const head = page.locator(`${table} thead th`).nth(4);
  await head.locator("button").click();
  assert.equal(await head.getAttribute("aria-sort"), "descending");
  assert.ok(isSorted(await column(page, table, 4), -1));
  await head.locator("button").press("Enter");
  assert.equal(await head.getAttribute("aria-sort"), "ascending");
  assert.ok(isSorted(await column(page, table, 4), 1));
}));

test("tables and documents are filtered", () => open("large", async (page) => {
  const rows = page.locator("#table-responsibilities tbody tr");
  const all = await rows.count();
  await page.locator('[data-filter="table-responsibilities"]').fill("roadmap");
  const left = await rows.filter({ visible: true }).count();
  assert.ok(left > 0 && left < all, `${left} of ${all}`);
  assert.equal(await page.locator("#table-responsibilities-shown").textContent(), `${left} of ${all} shown`);
  await page.locator('[data-pick="declared"]').selectOption("program");
  const cases = page.locator("#cases > details").filter({ visible: true });
  assert.ok((await cases.count()) > 0);
  for (const declared of await cases.evaluateAll((items) => items.map((item) => item.dataset.declared))) assert.equal(declared, "program");
  await page.locator('[data-filter="cases"]').fill("no such words");
  assert.equal(await cases.count(), 0);
}));

test("documents open by keyboard and say why", () => open("fixtures", async (page) => {
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
  const first = page.locator("#cases > details").first();
  await first.locator("summary").focus();
  await page.keyboard.press("Enter");
  assert.ok(await first.locator("mark").first().isVisible());
  assert.ok(await first.locator(".reasons code").first().isVisible());
}));

test("light and dark follow the system until the button is used", () => open("fixtures", async (page) => {
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await paper();
  await page.locator("#theme").press("Space");
  assert.notEqual(await paper(), dark);
  assert.equal(await page.locator("#theme").getAttribute("aria-pressed"), "false");
}, { colorScheme: "dark" }));

test("charts are saved as SVG and PNG", () => open("fixtures", async (page) => {
  for (const button of await page.locator("[data-chart]").all()) {
    const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
    const bytes = await readFile(await download.path());
    const name = download.suggestedFilename();
    if (name.endsWith(".svg")) {
      assert.ok(bytes.toString().startsWith("<svg") && bytes.includes("fill:#") && !bytes.includes("var("), name);
    } else {
      assert.equal(bytes.subarray(1, 4).toString(), "PNG");
      assert.ok(bytes.length > 5_000, `${name} is empty`);
    }
  }
}));

test("what documents say stays text", () => open("hostile", async (page) => {
  assert.equal(await page.locator("script").count(), 1);
  assert.equal(await page.locator("#cases img, #cases [onclick], #cases [onmouseover], #cases svg, #cases b[onclick]").count(), 0);
  const said = await page.locator("#cases").textContent();
  assert.ok(said.includes(SCRIPT) && said.includes(FORMULA), "the documents are shown as they are written");
}));

test("printed, the page has no controls and every chart", () => open("fixtures", async (page) => {
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("button:not(thead button)").filter({ visible: true }).count(), 0);
  assert.equal(await page.locator("svg.chart").filter({ visible: true }).count(), await page.locator("svg.chart").count());
}));
