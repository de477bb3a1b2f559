// node figure.js ADDRESS (PLACE VALUE)…: each place of the page must show the value, digit by digit.
import { check, end, launch, must, open } from './browser.js';

const [address, ...pairs] = process.argv.slice(2);
const browser = await launch();
const page = await open(browser, address);

for (let i = 0; i < pairs.length; i += 2) {
  await check(`${pairs[i]} shows ${pairs[i + 1]}`, async () => {
    await page.evaluate(place => { location.hash = place; }, pairs[i]);
    const figure = page.locator('.answer .middle .digits').first();
    await page.getByText(new URLSearchParams(pairs[i].split('?')[1]).get('start')).waitFor();
    const shown = (await figure.textContent()).replaceAll('\u202f', '');
    const [whole, fraction = ''] = pairs[i + 1].split('.');
    must(shown === `${whole}.${fraction.padEnd(6, '0')}`, `it shows ${shown}`);
  });
}

await browser.close();
end();
