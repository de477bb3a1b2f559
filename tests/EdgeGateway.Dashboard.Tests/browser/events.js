// node events.js ADDRESS: what happened, in words.
import { check, end, launch, must, open } from './browser.js';

const address = process.argv[2];
const browser = await launch();

await check('a clock that somebody vouched for and one that nobody did are two things, in both languages', async () => {
  for (const [language, taken, vouched] of [['en', /Clock trusted by nobody: clock_wait ran out/, /Clock trusted.*source network time/], ['zh', /clock_wait 到期仍无来源作证，暂用本机时间/, /时钟可信.*来源 网络校时/]]) {
    const page = await open(browser, address, { language });
    await page.route('**/api/v1/events*', route => route.fulfill({ json: { before: null, events: [['unverified', 2], ['ntp', 1]].map(([source, id]) => ({ id, event: 'clock_trusted', at: '2026-11-24T00:00:00Z', subject: '', details: { source } })) } }));
    await page.evaluate(() => { location.hash = '#/events'; });
    const rows = page.locator('table.log tbody tr');
    await rows.nth(1).waitFor();
    const [first, second] = await rows.allTextContents();
    must(taken.test(first) && !/source|来源 /.test(first), first);
    must(vouched.test(second), second);
    await page.context().close();
  }
});

await browser.close();
end();
