// node reconnect.js ADDRESS: says `lost?` on standard output when the gateway may be stopped, and `back?` when it may be started again; reads a line each time it has happened.
import { createInterface } from 'node:readline';
import { check, end, launch, must, open } from './browser.js';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const browser = await launch();
const page = await open(browser, process.argv[2], { path: '#/overview' });
await page.locator('.pulse:not(.lost)').waitFor({ timeout: 20000 });
await page.locator('tbody tr').first().waitFor({ timeout: 20000 });

await check('a lost connection is said within two seconds', async () => {
  // The page itself notes when it said so: how long this script takes to look is of no weight.
  await page.evaluate(() => new MutationObserver(() => { if (document.querySelector('.lost-line')) window.said ??= Date.now(); }).observe(document.body, { childList: true, subtree: true }));
  console.log('lost?');
  const stopped = Number((await lines.next()).value);
  await page.locator('.lost-line').waitFor({ timeout: 20000 });
  const late = await page.evaluate(() => window.said) - stopped;
  console.log(`# said after ${late} ms`);
  must(late < 2500, `${late} ms after the gateway was ended`);
});

await check('the page catches up by itself', async () => {
  console.log('back?');
  await lines.next();
  await page.locator('.lost-line').waitFor({ state: 'detached', timeout: 60000 });
  await page.locator('tbody tr').first().waitFor({ timeout: 20000 });
});

await browser.close();
end();
