// Shared by the checks: one Chromium, pages of a size and language, and a line for each check: `ok NAME` or `not ok NAME: why`.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1366, height: 850 }, wall: { width: 1920, height: 1080 } };

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
});

/** A page that remembers everything it complained of, and every host it asked. */
export async function open(browser, address, { size = 'desk', language = 'en', theme = 'light', path = '', ...more } = {}) {
  const context = await browser.newContext({ viewport: sizes[size], ignoreHTTPSErrors: true, timezoneId: 'America/New_York', ...more });
  await context.addInitScript(([l, t]) => { localStorage.setItem('language', l); localStorage.setItem('theme', t); }, [language, theme]);
  const page = await context.newPage();
  // The machine may have other things to do.
  page.setDefaultTimeout(90000);
  page.complaints = [];
  page.hosts = new Set();
  page.on('pageerror', e => page.complaints.push(String(e)));
  page.on('console', m => { if (m.type() === 'error' && !/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY|401 \(Unauthorized\)/.test(m.text())) page.complaints.push(m.text()); });
  page.on('request', r => page.hosts.add(new URL(r.url()).host));
  await page.goto(address + path);
  return page;
}

let failed = 0;

export async function check(name, work) {
  try {
    await work();
    console.log(`ok ${name}`);
  } catch (e) {
    failed++;
    console.log(`not ok ${name}: ${String(e.message ?? e).replaceAll('\n', ' | ').slice(0, 800)}`);
  }
}

export function must(holds, why) {
  if (!holds) throw new Error(why);
}

/** Whether everybody can use the page as it stands: nothing serious for axe. */
export async function mustBeUsable(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  const serious = found.violations.filter(v => ['serious', 'critical'].includes(v.impact));
  must(serious.length === 0, serious.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 120)).slice(0, 2).join(' ; ')}`).join(' | '));
}

/** Ends the script, also where it still listens to its input. */
export function end() {
  process.exit(failed > 0 ? 1 : 0);
}
