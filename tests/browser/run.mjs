// Drives a browser through a running `newsearch serve` over an index of corpus/.
//
//   npm ci
//   node run.mjs --base http://127.0.0.1:PORT [--chromium PATH] [--out DIR]
//
// Prints one line per check and leaves screenshots in DIR. Exit codes: 0 all
// passed, 1 a check failed, 2 the checks could not start.

import assert from 'node:assert/strict';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const USAGE = 'usage: node run.mjs --base http://127.0.0.1:PORT [--chromium PATH] [--out DIR]';
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'];
const WAIT_MS = 10_000;
const FIRST_VIEW_BYTES = 100_000;
const WIDE = { viewport: { width: 1280, height: 900 } };
// The layout of a phone: without a viewport meta element, it would be 980 pixels wide.
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

const HAYLEY = '/search?q=Hayley+Atwell';
const PAGED = '/search?q=film';
const PERSON = '/entity/person/Hayley%20Atwell';
const WORK = '/entity/work/Mission%3A%20Impossible%207';
const NOT_FOUND = '/no-such-view';

// ---- setup

function stop(message) {
  console.error(message);
  process.exit(2);
}

function options() {
  const strings = Object.fromEntries(['base', 'chromium', 'out'].map((name) => [name, { type: 'string' }]));
  try {
    return parseArgs({ options: strings }).values;
  } catch (error) {
    return stop(`${error.message}\n${USAGE}`);
  }
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findBrowser() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return BROWSERS.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

const given = options();
if (!given.base) stop(USAGE);
const base = given.base.replace(/\/+$/, '');
const out = given.out ?? fileURLToPath(new URL('out', import.meta.url));
const executablePath = given.chromium ?? findBrowser();
if (!executablePath) stop(`none of ${BROWSERS.join(', ')} is on PATH; name a browser with --chromium`);
mkdirSync(out, { recursive: true });
await fetch(base).catch(() => stop(`${base} does not answer; start \`newsearch serve\` first`));

// The sandbox does not work for root, as which CI may run.
const browser = await chromium
  .launch({ executablePath, args: ['--no-sandbox'] })
  .catch((error) => stop(`${executablePath} does not start: ${error.message}`));

// ---- the harness

let failed = 0;
let passed = 0;

/** Runs a check on a new page; errors on the page during the check fail it too. */
async function check(name, run, settings = {}) {
  const problems = [];
  const context = await browser.newContext({ baseURL: base, reducedMotion: 'reduce', ...WIDE, ...settings });
  context.setDefaultTimeout(WAIT_MS);
  watch(context, problems);
  const page = await context.newPage();
  try {
    await run(page, context);
  } catch (error) {
    problems.push(error.message);
    const file = `failed-${name.replace(/\W+/g, '-')}.png`;
    await page.screenshot({ path: join(out, file) }).catch(() => {});
  }
  await context.close();
  if (problems.length === 0) passed += 1;
  else failed += 1;
  console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  for (const problem of problems) console.log(`       ${problem.trimEnd().replace(/\n/g, '\n       ')}`);
}

/** Collects errors on all pages of a context. */
function watch(context, problems) {
  context.on('console', (message) => {
    // The browser reports the 404 of the view that is missing on purpose.
    const { url } = message.location();
    const expected = url === base + NOT_FOUND && message.text().includes('404');
    if (message.type() === 'error' && !expected) problems.push(`console: ${message.text()} (${url})`);
  });
  context.on('weberror', (event) => problems.push(`page error: ${event.error().message}`));
  context.on('requestfailed', (request) => {
    // The page aborts requests for completions of text that has changed since.
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED') problems.push(`request failed: ${request.url()}: ${reason}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 500) problems.push(`status ${response.status()}: ${response.url()}`);
  });
  context.on('dialog', (dialog) => {
    problems.push(`a dialog opened: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
}

/** Waits until a condition holds; errors while the page is being replaced are retried. */
async function until(what, condition) {
  const end = Date.now() + WAIT_MS;
  for (;;) {
    const last = await condition().catch((error) => ({ error }));
    if (last === true) return;
    if (Date.now() > end) throw new Error(`timed out: ${what}${last?.error ? ` (${last.error.message})` : ''}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

// ---- elements of a page

const titles = (page) => page.locator('li.hit a.title').allInnerTexts();
const facet = (page) => page.locator('section.facet[data-kind=person]');
const filters = (page) => page.locator('ul.filters a.filter');
const plain = (text) => text.replace(/\s+/g, ' ').trim();
const sameTitles = async (page, expected) => JSON.stringify(await titles(page)) === JSON.stringify(expected);

async function open(page, address, status = 200) {
  const response = await page.goto(address);
  assert.equal(response.status(), status, `status of ${address}`);
}

async function total(page) {
  const text = await page.locator('#total').innerText();
  const number = /(\d[\d,]*) articles?/.exec(text);
  assert.ok(number, `#total has no number of articles: ${text}`);
  return Number(number[1].replaceAll(',', ''));
}

/** On a phone the facets are in a closed `details`. */
async function showFacets(page) {
  if (await facet(page).isVisible()) return;
  await page.locator('details:not([open])', { has: page.locator('section.facet') }).locator('summary').first().click();
  await facet(page).waitFor();
}

/** Removes the focus from the element that has it. */
const blur = (page) => page.evaluate(() => document.activeElement.blur());

const focused = (page, locator) =>
  until('the focus is where it should be', () => locator.evaluate((element) => element === document.activeElement));

/** Adds a name of the facet as a filter, and removes it again. */
async function filterAndBack(page, name) {
  const before = await total(page);
  const titlesBefore = await titles(page);
  await facet(page).locator('ul li a', { hasText: name }).first().click();
  await filters(page).filter({ hasText: name }).waitFor();
  const fewer = await total(page);
  assert.ok(fewer > 0 && fewer <= before, `${fewer} articles with the filter, ${before} without`);
  await filters(page).filter({ hasText: name }).click();
  await until('the filter is gone', async () => (await filters(page).count()) === 0);
  await until('all hits are back', () => sameTitles(page, titlesBefore));
  assert.equal(await total(page), before);
}

/** Goes to the next page, whose titles must differ. */
async function nextPage(page) {
  const before = await titles(page);
  assert.ok(before.length > 0, 'no hits');
  await page.locator('a[rel=next]').first().click();
  await until('the next page has other titles', async () => {
    const now = await titles(page);
    return now.length > 0 && now.every((title) => !before.includes(title));
  });
}

async function complete(page, text) {
  await page.locator('#q').pressSequentially(text, { delay: 20 });
  await page.locator('#completions [role=option]').first().waitFor();
  // A list for fewer letters may still be replaced, which would lose the selection.
  await page.waitForTimeout(300);
}

async function firstArticle(page) {
  await open(page, HAYLEY);
  await page.locator('li.hit a.title').first().click();
  await page.locator('article.story h1').waitFor();
}

/** The views, each with a function that opens it. */
const VIEWS = {
  home: (page) => open(page, '/'),
  completions: async (page) => {
    await open(page, '/');
    await complete(page, 'hayley at');
  },
  results: async (page) => {
    await open(page, HAYLEY);
    await showFacets(page);
  },
  nothing: (page) => open(page, '/search?q=xyzzyqqq'),
  article: firstArticle,
  person: (page) => open(page, PERSON),
  work: (page) => open(page, WORK),
  help: (page) => open(page, '/help'),
  'not-found': (page) => open(page, NOT_FOUND, 404),
};

// ---- the checks

await check('home: a small first view', async (page, context) => {
  const protocol = await context.newCDPSession(page);
  let bytes = 0;
  protocol.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength));
  await protocol.send('Network.enable');
  await open(page, '/');
  await page.waitForLoadState('networkidle');
  await page.locator('form#search[role=search] input#q[name=q]').waitFor();
  assert.ok(bytes > 0 && bytes < FIRST_VIEW_BYTES, `${bytes} bytes, of at most ${FIRST_VIEW_BYTES}`);
});

await check('home: / goes to the box, a completion is chosen by keys', async (page) => {
  await open(page, '/');
  await blur(page);
  await page.keyboard.press('/');
  await focused(page, page.locator('#q'));
  assert.equal(await page.locator('#q').inputValue(), '', 'the key itself is not typed');
  await complete(page, 'hayley at');
  await page.locator('#completions [role=option]', { hasText: 'Hayley Atwell' }).first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await filters(page).filter({ hasText: 'Hayley Atwell' }).waitFor();
  assert.ok((await titles(page)).length > 0, 'no hits');
});

await check('results: title, marked snippet, a filter and back', async (page) => {
  await open(page, HAYLEY);
  const first = page.locator('ol.hits > li.hit').first();
  assert.match(await first.locator('h2 a.title').innerText(), /Hayley Atwell/);
  assert.match((await first.locator('p.snippet mark').allInnerTexts()).join(' '), /Hayley|Atwell/);
  await filterAndBack(page, 'Tom Cruise');
});

await check('results: search inside a facet, without a reload', async (page) => {
  await open(page, HAYLEY);
  const shown = () => facet(page).locator('ul li a:visible').allInnerTexts();
  const before = await shown();
  await page.evaluate(() => (window.stillHere = true));
  await facet(page).locator('input.find').pressSequentially('pom');
  await until('only names with “pom” are shown', async () => {
    const names = await shown();
    return names.length > 0 && names.length < before.length && names.every((name) => /pom/i.test(name));
  });
  assert.equal(await page.evaluate(() => window.stillHere), true, 'the page was loaded anew');
});

await check('results: paging, history, a link to page 2', async (page, context) => {
  await open(page, PAGED);
  const one = await titles(page);
  await nextPage(page);
  const two = await titles(page);
  const link = page.url();
  await page.locator('a[rel=prev]').first().click();
  await until('the previous page is the first', () => sameTitles(page, one));
  await nextPage(page);
  // Deferred, so that the call returns before the page is unloaded.
  await page.evaluate(() => void setTimeout(() => history.back()));
  await until('history.back() restores the first page', () => sameTitles(page, one));
  const tab = await context.newPage();
  await open(tab, link);
  assert.deepEqual(await titles(tab), two);
});

await check('results: arrows, Enter and back', async (page) => {
  await open(page, HAYLEY);
  const before = await titles(page);
  const title = page.locator('li.hit a.title');
  await blur(page);
  await page.keyboard.press('ArrowDown');
  await focused(page, title.nth(0));
  await page.keyboard.press('ArrowDown');
  await focused(page, title.nth(1));
  const path = await title.nth(1).evaluate((link) => new URL(link.href).pathname);
  await page.keyboard.press('Enter');
  await page.locator('article.story h1').waitFor();
  assert.equal(new URL(page.url()).pathname, path);
  await page.goBack();
  await until('the results are back', () => sameTitles(page, before));
});

await check('article: names, similar articles, a name leads to its view', async (page) => {
  await firstArticle(page);
  assert.ok((await page.locator('article.story a.name[data-kind]').count()) > 1, 'no names');
  assert.ok((await page.locator('section.similar a').count()) > 0, 'no similar articles');
  const name = page.locator('article.story a.name[data-kind=person]').first();
  const path = await name.evaluate((link) => new URL(link.href).pathname);
  assert.match(path, /^\/entity\/person\/./);
  await name.click();
  await page.waitForURL((url) => url.pathname === path);
  await page.locator('section.neighbors').waitFor();
  assert.notEqual(plain(await page.locator('h1').first().innerText()), '');
});

await check('article: the passage that was found is marked', async (page) => {
  await open(page, HAYLEY);
  const hit = page.locator('li.hit', { has: page.locator('p.snippet') }).first();
  assert.match(await hit.locator('a.title').getAttribute('href'), /\?at=/);
  // A long snippet has gaps; its longest piece must occur in the article verbatim.
  const pieces = plain(await hit.locator('p.snippet').first().textContent()).split('…');
  const snippet = plain(pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest)));
  assert.ok(snippet.length > 20, `a short snippet: ${snippet}`);
  await hit.locator('a.title').click();
  await page.locator('mark#passage').waitFor();
  const passage = plain(await page.locator('mark#passage').textContent());
  assert.ok(passage.includes(snippet), `“${passage}” does not have “${snippet}”`);
});

for (const [kind, address, name, credits] of [
  ['person', PERSON, 'Hayley Atwell', 'section.roles'],
  ['work', WORK, 'Mission: Impossible 7', 'section.cast'],
]) {
  await check(`entity: a ${kind}`, async (page) => {
    await open(page, address);
    assert.match(plain(await page.locator('h1').first().innerText()), new RegExp(name));
    assert.notEqual(plain(await page.locator(credits).innerText()), '');
    assert.ok((await page.locator('section.neighbors a').count()) > 0, 'no neighbors');
    // A name may have no aliases; then the section is missing, not empty.
    const aliases = await page.locator('section.aliases li, section.aliases p, section.aliases a').allInnerTexts();
    const sections = await page.locator('section.aliases').count();
    assert.ok(sections === 0 || aliases.some((alias) => plain(alias) !== ''), 'an empty section of aliases');
  });
}

await check('nothing found says so', async (page) => {
  await open(page, '/search?q=xyzzyqqq');
  assert.notEqual(plain(await page.locator('p.nothing').innerText()), '');
  assert.deepEqual(await titles(page), []);
});

await check('a slip is answered with a suggestion', async (page) => {
  await open(page, '/search?q=haley+atwel');
  const suggestion = page.locator('p.suggestion a').first();
  assert.match(await suggestion.innerText(), /hayley atwell/i);
  await suggestion.click();
  await until('the box has the suggestion', async () => /^hayley atwell$/i.test(await page.locator('#q').inputValue()));
  assert.ok((await titles(page)).length > 0, 'no hits');
});

await check('markup in a query is text', async (page) => {
  const script = '<script>alert(1)</script>';
  const image = '<img src=x onerror=alert(1)>';
  for (const [address, query] of [
    ['/search?q=%3Cscript%3Ealert(1)%3C/script%3E', script],
    [`/search?q=${encodeURIComponent(image)}`, image],
  ]) {
    await open(page, address);
    assert.equal(await page.locator('#q').inputValue(), query);
    const text = await page.locator('script, img[src=x]').evaluateAll((found) => found.map((it) => it.outerHTML));
    assert.ok(!text.some((html) => html.includes('alert(1)')), 'the query became markup');
  }
  await open(page, '/');
  await page.locator('#q').pressSequentially(image);
  // Nothing should happen, so there is no event to wait for.
  await page.waitForTimeout(500);
  assert.equal(await page.locator('img[src=x]').count(), 0, 'what is typed became markup');
});

await check(
  'without JavaScript: search, paging, filters',
  async (page) => {
    await open(page, '/');
    await page.locator('#q').fill('film');
    await page.locator('#q').press('Enter');
    await page.locator('li.hit').first().waitFor();
    const one = await titles(page);
    await nextPage(page);
    await page.locator('a[rel=prev]').first().click();
    await until('the previous page is the first', () => sameTitles(page, one));
    await showFacets(page);
    await filterAndBack(page, 'Tom Cruise');
  },
  { javaScriptEnabled: false },
);

for (const [view, visit] of Object.entries(VIEWS)) {
  await check(
    `phone: ${view} does not scroll sideways`,
    async (page) => {
      await visit(page);
      // Compared with the screen: a layout that is too wide also widens window.innerWidth.
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= PHONE.viewport.width, `${width} wide, on a screen of ${PHONE.viewport.width}`);
    },
    PHONE,
  );
}

for (const [size, layout] of [['wide', WIDE], ['phone', PHONE]]) {
  for (const colorScheme of ['light', 'dark']) {
    for (const [view, visit] of Object.entries(VIEWS)) {
      await check(
        `axe: ${view}, ${colorScheme}, ${size}`,
        async (page) => {
          await visit(page);
          await page.evaluate(axe.source);
          const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }));
          const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
          assert.ok(grave.length === 0, grave.map(describe).join('\n'));
        },
        // The page's Content-Security-Policy would block axe.
        { ...layout, colorScheme, bypassCSP: true },
      );
    }
  }
}

function describe({ impact, id, help, nodes }) {
  const places = nodes.slice(0, 3).map(({ target, any }) => `\n  ${target.join(' ')}: ${any[0]?.message ?? ''}`);
  return `${impact}: ${id}: ${help}, ${nodes.length} times${places.join('')}`;
}

for (const [look, settings] of [
  ['light', { ...WIDE, colorScheme: 'light' }],
  ['dark', { ...WIDE, colorScheme: 'dark' }],
  ['phone', { ...PHONE, colorScheme: 'light' }],
]) {
  await check(
    `screenshots: ${look}`,
    async (page) => {
      const shoot = (name, fullPage) => page.screenshot({ path: join(out, `${name}-${look}.png`), fullPage });
      await open(page, '/');
      await shoot('home', false);
      // The initial state: on a phone the facets are closed.
      await open(page, HAYLEY);
      await shoot('results', false);
      await shoot('results-full', true);
      await firstArticle(page);
      await shoot('article', false);
      for (const [name, address] of [['person', PERSON], ['work', WORK]]) {
        await open(page, address);
        await shoot(name, false);
        await shoot(`${name}-full`, true);
      }
    },
    settings,
  );
}

await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
