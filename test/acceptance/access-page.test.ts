import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { accessMatrix } from '../../access/matrix';
import { matrixHtml } from '../../access/report-html';
import { type MadeAccess, madeAccess, manyServices } from '../access/made-access';
import { Browser, installedBrowser, type Page } from './browser';
import { progress } from './command';

/*
 * The page of `npm run access` in a real browser. It needs neither Docker nor Terraform. SCREENSHOTS names a folder for
 * pictures of the page, for people to look at.
 */

jest.setTimeout(2 * 60 * 1000);

const program = installedBrowser();

if (program === undefined) {
  const missing = 'no Chromium is installed';
  if (process.env.REQUIRE_ACCEPTANCE) throw new Error(`REQUIRE_ACCEPTANCE is set and ${missing}`);
  progress(`the access page skipped: ${missing}`);
  describe.skip(`the access page (skipped: ${missing})`, () => pageTests(''));
} else {
  describe('the access page', () => pageTests(program));
}

const EVIL = '</script><img src=x onerror="document.title=1">\u202e"\'';

const ENVIRONMENTS: readonly MadeAccess[] = [
  { name: 'bank-production', policies: { teller: { 'kv/data/vault': ['read'] } }, secrets: ['vault'] },
  {
    name: 'shop-staging',
    policies: { web: { 'kv/data/staging-only': ['read'] } },
    secrets: ['staging-only'],
    unknown: ['vault_policy.x: its text is not known'],
  },
  {
    name: 'shop-production',
    policies: {
      default: { 'sys/tools/hash': ['update'] },
      ...Object.fromEntries(
        Array.from({ length: 15 }, (_, i) => [
          `service-with-a-long-name-${i}`,
          {
            'kv/data/platform/database': ['read'],
            [`kv/data/services/service-with-a-long-name-${i}/credentials`]: ['create', 'read', 'update'],
            [`kv/metadata/services/service-with-a-long-name-${i}/*`]: ['read', 'list', 'delete'],
          },
        ]),
      ),
      once: { 'kv/data/platform/once': { capabilities: ['read'], conditions: { minWrappingTtl: 1 } } },
      never: { 'kv/data/platform/once': ['deny'] },
      [EVIL]: { [`kv/data/${EVIL}`]: ['read'] },
    },
    secrets: [
      'platform/database',
      'platform/once',
      'platform/unused',
      EVIL,
      ...Array.from({ length: 15 }, (_, i) => `services/service-with-a-long-name-${i}/credentials`),
    ],
  },
];

function pageTests(executable: string): void {
  let browser: Browser;
  let page: Page;
  let folder: string;
  let file: string;
  let many: string;

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'access-page-'));
    file = path.join(folder, 'access.html');
    many = path.join(folder, 'many.html');
    fs.writeFileSync(file, matrixHtml(accessMatrix(ENVIRONMENTS.map(madeAccess))));
    fs.writeFileSync(many, matrixHtml(accessMatrix([manyServices(1000)])));
    browser = await Browser.start(executable);
    page = await browser.page();
  });

  afterAll(async () => {
    await browser?.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    page.complaints.length = 0;
    await page.view({ width: 1400, height: 900 });
    await page.open(file, '#platform=shop');
  });

  afterEach(() => {
    expect(page.complaints).toEqual([]);
  });

  const paths = () => page.texts('tbody th[scope=row]');
  const columns = () => page.texts('thead th');
  const count = async () => (await page.texts('#count'))[0];

  test('nothing is fetched but the file itself', async () => {
    await page.open(file);
    expect(page.requests).toEqual([expect.stringMatching(/^file:.*access\.html$/)]);
  });

  test("the page's own policy is in force", async () => {
    const refused = await page.value<string>(`new Promise((done) => {
      document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective));
      const image = document.createElement('img');
      image.src = 'http://127.0.0.1:9/x.png';
      document.body.append(image);
      setTimeout(() => done('nothing'), 5000);
    })`);
    expect(refused).toBe('img-src');
    page.complaints.length = 0;
  });

  test('names of strangers are text and nothing else', async () => {
    expect(await page.value('document.images.length')).toBe(0);
    expect(await page.value('document.title')).toBe('Who can reach what in Vault');
    expect((await paths()).some((text) => text.includes('<img src=x') && text.includes('\\u{202e}'))).toBe(
      true,
    );
  });

  test('search leaves the rows that have the words, and the count says so', async () => {
    await page.set('#search', 'PLATFORM database');
    expect(await paths()).toEqual([expect.stringContaining('kv/platform/database')]);
    expect(await count()).toMatch(/^1 of \d+ paths, reached by 15 of \d+ identities$/);
    await page.set('#search', 'no such path');
    expect(await paths()).toEqual([]);
    expect(await count()).toMatch(/^0 of \d+ paths, reached by 0 of \d+ identities$/);
  });

  test('filters leave rows and columns, and the button shows all again', async () => {
    const all = await paths();
    await page.set('#identity', 'service-with-a-long-name-1');
    expect(await columns()).toEqual(['Path', 'service-with-a-long-name-1 (policy)']);
    await page.set('#capability', 'update');
    expect(await paths()).toEqual([
      expect.stringContaining('kv/services/service-with-a-long-name-1/credentials'),
    ]);
    await page.value(`document.querySelector('#reset').click()`);
    expect(await paths()).toEqual(all);
    expect(await page.value('document.activeElement.id')).toBe('search');
  });

  test('paths of policy default are shown when asked for', async () => {
    const isShown = async () => (await paths()).some((text) => text.includes('sys/tools/hash'));
    expect(await isShown()).toBe(false);
    await page.set('#kind', 'all');
    expect(await isShown()).toBe(true);
    await page.set('#kind', 'secrets');
    expect((await paths()).every((text) => text.includes('kv/data/'))).toBe(true);
  });

  test('another platform and environment show their own paths and warnings', async () => {
    expect(await page.texts('#results-title')).toEqual(['Paths of shop-production (HashiCorp Vault)']);
    expect(await page.value(`document.querySelector('#warnings').hidden`)).toBe(true);
    await page.set('#environment', 'staging');
    expect(await paths()).toEqual([expect.stringContaining('kv/staging-only')]);
    expect(await page.value(`document.querySelector('#warnings').hidden`)).toBe(false);
    expect(await page.texts('#warnings li')).toEqual(['vault_policy.x: its text is not known']);
    await page.set('#platform', 'bank');
    expect(await page.texts('#environment option')).toEqual(['production']);
    expect(await paths()).toEqual([expect.stringContaining('kv/vault')]);
  });

  test('the address keeps what was asked for', async () => {
    await page.set('#environment', 'staging');
    await page.set('#search', 'only');
    const fragment = await page.value<string>('location.hash');
    await page.open(file, fragment);
    expect(await page.value(`document.querySelector('#search').value`)).toBe('only');
    expect(await page.texts('#results-title')).toEqual(['Paths of shop-staging (HashiCorp Vault)']);
  });

  test('an address with what there is not is passed by', async () => {
    await page.open(file, '#platform=none&environment=x&capability=write&kind=y&search=<b>');
    expect(await page.texts('#results-title')).toEqual(['Paths of bank-production (HashiCorp Vault)']);
    expect(await page.value(`document.querySelector('#capability').value`)).toBe('');
  });

  test('conditions and denials are told in their cells', async () => {
    await page.set('#search', 'platform/once');
    expect(await page.texts('td.denied')).toEqual(['deny\ndenied']);
    expect(await page.texts('td.reads small')).toEqual(['wrapped 1s..']);
  });

  test('the picture joins who reads with what, and whoever is focused stands out', async () => {
    await page.set('#identity', 'service-with-a-long-name-3');
    expect(await page.value(`document.querySelectorAll('svg .line').length`)).toBe(2);
    await page.value(`document.querySelector('svg .node').focus()`);
    expect(await page.value(`document.querySelectorAll('svg.choosing .line.on').length`)).toBe(2);
    expect(await page.value(`document.activeElement.getAttribute('aria-label')`)).toMatch(
      /^service-with-a-long-name-3 \(policy\) may read kv\/platform\/database, kv\/services/,
    );
  });

  test('Tab goes from the skip link to search, filters, table and picture', async () => {
    const seen: string[] = [];
    for (let i = 0; i < 12; i += 1) {
      await page.press('Tab', 9);
      seen.push(
        await page.value(
          `(() => { const one = document.activeElement; return one.id || one.getAttribute('class') || one.tagName; })()`,
        ),
      );
      const outline = await page.value<string>(
        `(() => { const one = document.activeElement; const hit = one.querySelector?.('.hit') ?? one; const style = getComputedStyle(hit); return style.outlineStyle + ' ' + style.strokeWidth; })()`,
      );
      expect(outline).toMatch(/^solid|3px$/);
    }
    expect(seen).toEqual([
      'skip',
      'search',
      'platform',
      'environment',
      'identity',
      'capability',
      'kind',
      'reset',
      'scroll',
      'node on',
      'node on',
      'node on',
    ]);
  });

  test('the skip link leads to the paths', async () => {
    await page.press('Tab', 9);
    await page.press('Enter', 13);
    expect(await page.value('document.activeElement.id')).toBe('results');
  });

  test('a screen reader finds labelled controls and a table with headers', async () => {
    const nodes = await page.accessible();
    const named = (role: string) => nodes.filter((node) => node.role === role).map(({ name }) => name);
    expect(named('searchbox')).toEqual(['Search paths']);
    expect(named('combobox')).toEqual(['Platform', 'Environment', 'Identity', 'Capability', 'Paths']);
    expect(named('search')).toEqual(['What is shown']);
    expect(named('table')).toEqual(['What each identity of shop-production may do']);
    expect(named('columnheader')).toContain('service-with-a-long-name-1 (policy)');
    expect(named('rowheader')).toContain('kv/platform/database kv/data/platform/database');
    expect(named('cell')).toContain('create, read, update');
    expect(named('status')).toHaveLength(1);
    expect(named('heading')).toContain('Who can reach what');
    expect(named('image').some((name) => name.startsWith('kv/platform/database: '))).toBe(true);
  });

  test.each([
    [360, 'light'],
    [360, 'dark'],
    [700, 'light'],
    [1400, 'light'],
    [1400, 'dark'],
  ] as const)('at %i pixels nothing is wider than the page (%s)', async (width, scheme) => {
    await page.view({ width, height: 900, scheme });
    await page.open(file, '#platform=shop');
    expect(await page.value('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    const beyond = await page.value(`[...document.querySelectorAll('body *')]
      .filter((one) => !one.closest('.scroll, .skip, .visually-hidden') && one.getBoundingClientRect().right > ${width} + 1)
      .map((one) => one.tagName + ' ' + one.textContent.slice(0, 40))`);
    expect(beyond).toEqual([]);
    if (process.env.SCREENSHOTS) {
      await page.screenshot(path.join(process.env.SCREENSHOTS, `access-${width}-${scheme}.png`));
    }
  });

  test('narrow windows have cards, wide ones a table, also when they change', async () => {
    await page.view({ width: 360, height: 800 });
    expect(await page.value(`document.querySelectorAll('table').length`)).toBe(0);
    const cards = await page.texts('.card');
    expect(cards.find((text) => text.includes('platform/unused'))).toContain('nobody');
    expect(await count()).toMatch(/reached by 17 of 19 identities$/);
    expect(cards.find((text) => text.includes('platform/database'))).toMatch(/read service-with/);
    await page.view({ width: 1400, height: 800 });
    expect(await page.value(`document.querySelectorAll('table').length`)).toBe(1);
  });

  test('headers stay in sight when the table is scrolled', async () => {
    const tops = await page.value(`(() => {
      const box = document.querySelector('.scroll');
      box.scrollTo(500, 400);
      const head = document.querySelectorAll('thead th')[5].getBoundingClientRect();
      const first = document.querySelectorAll('tbody th[scope=row]')[8].getBoundingClientRect();
      const area = box.getBoundingClientRect();
      return [box.scrollTop > 0, Math.round(head.top - area.top), Math.round(first.left - area.left)];
    })()`);
    expect(tops).toEqual([true, 1, 1]);
    // Not every browser lets a keyboard reach what scrolls.
    expect(await page.value(`document.querySelector('.scroll').tabIndex`)).toBe(0);
  });

  test.each([
    ['--text', '--back', 7],
    ['--text', '--raised', 7],
    ['--text', '--read', 7],
    ['--text', '--write', 7],
    ['--text', '--denied', 7],
    ['--text', '--warning', 7],
    ['--muted', '--back', 4.5],
    ['--muted', '--raised', 4.5],
    ['--accent', '--back', 4.5],
  ])('%s on %s has a contrast of at least %f, in light and dark', async (text, back, least) => {
    for (const scheme of ['light', 'dark'] as const) {
      await page.view({ width: 1400, height: 900, scheme });
      const colours = await page.value<string[]>(
        `['${text}', '${back}'].map((name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim())`,
      );
      const [a = 0, b = 0] = colours.map(luminance).sort((x, y) => y - x);
      expect({ scheme, enough: (a + 0.05) / (b + 0.05) >= least }).toEqual({ scheme, enough: true });
    }
  });

  test('without JavaScript a sentence says so', async () => {
    await page.call('Emulation.setScriptExecutionDisabled', { value: true });
    try {
      await page.open(file, '', false);
      let told = '';
      // Without programs the page cannot tell when it was drawn.
      for (let i = 0; i < 50 && told === ''; i += 1) {
        const texts = (await page.accessible()).filter(({ role }) => role === 'StaticText');
        told = texts.map(({ name }) => name).join(' ');
        await setTimeout(100);
      }
      expect(told).toContain('This page draws its tables with JavaScript, which is off.');
    } finally {
      await page.call('Emulation.setScriptExecutionDisabled', { value: false });
    }
  });

  test('a thousand services load and are filtered in reasonable time', async () => {
    const load = await page.open(many);
    const times: Record<string, number> = {};
    for (const [what, selector, value] of [
      ['search', '#search', 'service-07'],
      ['search of all', '#search', ''],
      ['capability', '#capability', 'update'],
      ['everything', '#kind', 'all'],
      ['identity', '#identity', 'service-0500'],
    ] as const) {
      times[what] = await page.set(selector, value);
    }
    const told = Object.entries(times).map(([what, took]) => `${what} ${took.toFixed(0)} ms`);
    progress(`the access page of 1,000 services: loaded in ${load.toFixed(0)} ms; ${told.join(', ')}`);
    expect(load).toBeLessThan(5000);
    for (const took of Object.values(times)) expect(took).toBeLessThan(1000);
    expect(await columns()).toEqual(['Path', 'service-0500']);
    // One secret, and what policy default lets it update.
    expect(await count()).toMatch(/^8 of 3,028 paths, reached by 1 of 1,000 identities$/);
  });

  test('many paths and identities are on pages, and nothing of them is lost', async () => {
    await page.open(many, '#kind=all');
    expect(await page.texts('#row-pages span')).toEqual(['1–80 of 3,028 paths']);
    const turn = (id: string) =>
      page.value(
        `[...document.querySelectorAll('#${id} button')].find((one) => one.textContent.startsWith('Next')).click()`,
      );
    await turn('row-pages');
    expect(await page.texts('#row-pages span')).toEqual(['81–160 of 3,028 paths']);
    expect(await page.value('document.activeElement.textContent')).toBe('Next paths');
    await page.set('#search', 'service');
    expect((await page.texts('#row-pages span'))[0]).toMatch(/^1–80 of /);
    await page.set('#search', 'sys/tools/hash');
    expect(await page.texts('#column-pages span')).toEqual(['1–40 of 1,000 identities']);
    for (let i = 1; i < 25; i += 1) await turn('column-pages');
    expect(await page.texts('#column-pages span')).toEqual(['961–1,000 of 1,000 identities']);
    expect(await columns()).toContain('service-1000');
    // At the end there is no next page to go on from.
    expect(await page.value('document.activeElement.textContent')).toBe('Previous identities');
    expect(await page.texts('#picture-count')).toEqual(['Nobody may read any of these paths.']);
    await page.set('#capability', 'update');
    expect((await page.texts('#picture-count'))[0]).toContain('Left out: 960 identities and 0 paths');
  });
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((i) => Number.parseInt(colour.slice(i, i + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
