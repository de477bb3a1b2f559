// node reconnect.js ADDRESS: says on standard output what is to happen to the gateway: `silent?` and `speak!` (up to three times), `lost?`, `back?`; reads a line each time it has happened.
import { createInterface } from 'node:readline';
import { check, end, launch, must, mustBeUsable, open } from './browser.js';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const browser = await launch();
const page = await open(browser, process.argv[2], { path: '#/overview' });
await page.locator('.pulse:not(.lost)').waitFor();
await page.locator('tbody tr').first().waitFor();

const lost = page.locator('.lost-line');
// The page itself notes when it said so: how long this script takes to look is of no weight.
await page.evaluate(() => new MutationObserver(() => { window.said = document.querySelector('.lost-line') ? window.said ?? Date.now() : undefined; }).observe(document.body, { childList: true, subtree: true }));

await check('a gateway that falls silent is said within two seconds', async () => {
  // A busy machine is late by itself: the best of three silences counts.
  let best = Infinity;
  for (let i = 0; i < 3 && best >= 2500; i++) {
    console.log('silent?');
    const since = Number((await lines.next()).value);
    await lost.waitFor();
    best = Math.min(best, await page.evaluate(() => window.said) - since);
    console.log(`# said after ${best} ms`);
    console.log('speak!');
    await lines.next();
    await lost.waitFor({ state: 'detached' });
  }
  must(best < 2500, `${best} ms after the gateway fell silent`);
});

await check('so is one that is ended', async () => {
  console.log('lost?');
  await lines.next();
  await lost.waitFor();
  await page.evaluate(() => Promise.all(document.getAnimations().map(a => a.finished)));
});

await check('a page without its gateway can still be used by everybody', () => mustBeUsable(page));

await check('the page catches up by itself', async () => {
  console.log('back?');
  await lines.next();
  await page.locator('.lost-line').waitFor({ state: 'detached' });
  await page.locator('tbody tr').first().waitFor();
});

await browser.close();
end();
