// node login.js ADDRESS USER PASSWORD: the login of a gateway that others can reach.
import { check, end, launch, must, open } from './browser.js';

const [address, user, password] = process.argv.slice(2);
const browser = await launch();
const page = await open(browser, address);
const form = page.locator('form.login');

const send = async (name, secret) => {
  await form.locator('input[name=user]').fill(name);
  await form.locator('input[name=password]').fill(secret);
  await form.locator('button').click();
};

await check('the page asks for a login and shows nothing before', async () => {
  await form.waitFor();
  must(await page.locator('table').count() === 0, 'figures before the login');
});

await check('a wrong password is refused in words', async () => {
  await send(user, 'not the password');
  await page.locator('.error', { hasText: 'wrong' }).waitFor();
});

await check('the right one opens the page, and no script reads the cookie', async () => {
  await send(user, password);
  await page.getByText('Today').first().waitFor();
  must(await page.evaluate(() => document.cookie) === '', 'a script can read the cookie');
});

await check('logging out closes it again', async () => {
  await page.getByText('Log out').click();
  await form.waitFor();
});

await browser.close();
end();
