// node shots.js ADDRESS FOLDER: pictures of the real page for the documents; docs/images/make.sh runs it.
import { launch, open } from './browser.js';

const [address, folder] = process.argv.slice(2);
const shots = [
  ['overview-zh', { language: 'zh', path: '#/overview' }],
  ['overview-en', { language: 'en', path: '#/overview' }],
  ['units-zh', { language: 'zh', path: '#/units?unit=line-1&span=15m', theme: 'dark' }],
  ['units-en', { language: 'en', path: '#/units?unit=line-1&span=15m', theme: 'dark' }],
];
const browser = await launch();
for (const [name, how] of shots) {
  const page = await open(browser, address, how);
  await page.waitForFunction(() => document.querySelector('main') && !/reading…|正在读取/.test(document.querySelector('main').textContent), null, { timeout: 30000 });
  await page.waitForTimeout(1200);
  await page.screenshot({ path: `${folder}/${name}.png` });
  await page.context().close();
}
await browser.close();
