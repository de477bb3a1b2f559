// node roles.js ADDRESS PASSWORD: what viewer, operator and admin find on the page, and what the gateway refuses them.
import { check, end, launch, must, open } from './browser.js';

const [address, password] = process.argv.slice(2);
const browser = await launch();

/** Logs in as somebody and goes to a view. */
async function as(user, view, language = 'en') {
  const page = await open(browser, address, { language });
  const form = page.locator('form.login');
  await form.locator('input[name=user]').fill(user);
  await form.locator('input[name=password]').fill(password);
  await form.locator('button').click();
  await page.getByText(language === 'en' ? 'Today' : '今日').first().waitFor();
  await page.evaluate(v => { location.hash = '#/' + v; }, view);
  return page;
}

/** Asks for an action as a script of the page would, with or without its token. */
const post = (page, action, body, token, language = 'en') => page.evaluate(async ([a, b, t, l]) => {
  const session = await (await fetch('/api/v1/session')).json();
  const response = await fetch('/api/v1/actions/' + a, { method: 'POST', headers: { 'content-type': 'application/json', 'accept-language': l, ...(t ? { 'x-csrf': session.csrf } : {}) }, body: JSON.stringify(b) });
  return [response.status, await response.text()];
}, [action, body, token, language]);

const audit = page => page.evaluate(async () => (await (await fetch('/api/v1/events?kind=operator')).json()).events.map(e => `${e.details.verb} ${e.details.by}`));
const quarantine = page => page.locator('section', { has: page.getByRole('heading', { name: 'Quarantine' }) });

await check('a viewer sees no button and is refused whatever he sends', async () => {
  const page = await as('vera', 'devices');
  await quarantine(page).locator('tbody tr').first().waitFor();
  for (const name of ['Send again', 'Send all again', 'Drop', 'The clock is right', 'Reload the map']) must(await page.getByRole('button', { name, exact: true }).count() === 0, `a viewer is offered '${name}'`);
  must(await page.getByText('Users and tokens').count() === 0, 'a viewer sees the users');
  await page.evaluate(() => { location.hash = '#/point?point=meter.energy'; });
  await page.getByText('without').first().waitFor();
  must(await page.getByText('The meter was replaced').count() === 0, 'a viewer may say that a meter was replaced');
  const [status, text] = await post(page, 'replace', { point: 'meter.energy' }, true);
  must(status === 403 && text.includes('vera is viewer'), `${status} ${text}`);
  await page.context().close();
});

await check('an operator says that a meter was replaced, in words that he is told, and the audit keeps his name', async () => {
  const page = await as('otto', 'point?point=meter.energy');
  await page.getByText('The meter was replaced').click();
  const form = page.locator('form.fields');
  await form.locator('input[name=final]').fill('not a number');
  await form.getByRole('button').click();
  await page.getByRole('status').filter({ hasText: 'is no reading' }).waitFor();
  await form.locator('input[name=final]').fill('');
  await form.locator('input[name=initial]').fill('0');
  await form.getByRole('button').click();
  await page.getByRole('status').filter({ hasText: 'the total goes on' }).waitFor();
  await page.evaluate(() => { location.hash = '#/events'; });
  await page.getByRole('button', { name: 'Audit' }).click();
  await page.getByText('otto (operator, page)').waitFor();
  must(page.complaints.filter(c => !c.includes('409')).length === 0, page.complaints.join(' | '));
  await page.context().close();
});

await check('an operator sends again what was refused, and does not drop it', async () => {
  const page = await as('otto', 'devices');
  const sheet = quarantine(page);
  await sheet.getByRole('button', { name: 'Send all again' }).click();
  await sheet.getByRole('button', { name: 'No' }).click();
  must(!(await audit(page)).some(a => a.startsWith('quarantine_replay')), 'No meant yes');
  await sheet.getByRole('button', { name: 'Send all again' }).click();
  await sheet.getByRole('button', { name: 'Yes' }).click();
  await sheet.getByRole('status').filter({ hasText: 'sent once more' }).waitFor();
  must((await audit(page)).some(a => a === 'quarantine_replay otto (operator, page)'), 'the audit does not know of it');
  must(await sheet.getByRole('button', { name: 'Drop' }).count() === 0, 'an operator is offered to drop');
  const [status, text] = await post(page, 'quarantine_drop', { publisher: 'platform', all: 'true' }, true);
  must(status === 403 && text.includes('otto is operator'), `${status} ${text}`);
  await page.context().close();
});

await check('without the token of the page even an admin is refused', async () => {
  const page = await as('ada', 'devices');
  const [status] = await post(page, 'reload', { dry_run: 'true' }, false);
  must(status === 403, `${status}`);
  await page.context().close();
});

await check('an admin drops, looks what a reload would change, and sees who may log in', async () => {
  const page = await as('ada', 'devices');
  await page.getByText('Users and tokens').waitFor();
  for (const name of ['vera', 'otto', 'ada']) await page.getByRole('cell', { name, exact: true }).waitFor();
  await page.getByRole('button', { name: 'What would a reload change?' }).click();
  await page.getByRole('button', { name: 'Yes' }).click();
  await page.getByRole('status').filter({ hasText: 'Nothing is to change' }).waitFor();
  const sheet = quarantine(page);
  await sheet.getByRole('button', { name: 'Drop all' }).click();
  await sheet.getByRole('button', { name: 'Yes' }).click();
  for (let i = 0; !(await audit(page)).some(a => a === 'quarantine_drop ada (admin, page)'); i++) {
    must(i < 100, (await audit(page)).join(' | '));
    await page.waitForTimeout(100);
  }
  await page.context().close();
});

await check('in Chinese the gateway answers in Chinese: what it has done, what it does not do, and who is not let in', async () => {
  const stranger = await open(browser, address, { language: 'zh' });
  const login = stranger.locator('form.login');
  await login.locator('input[name=user]').fill('ada');
  await login.locator('input[name=password]').fill('not the password');
  await login.locator('button').click();
  await stranger.getByRole('alert').filter({ hasText: '用户名或密码错误。' }).waitFor();
  await stranger.context().close();

  const page = await as('ada', 'point?point=meter.energy', 'zh');
  await page.getByText('电表已更换').click();
  const form = page.locator('form.fields');
  await form.locator('input[name=final]').fill('not a number');
  await form.getByRole('button').click();
  await page.getByRole('status').filter({ hasText: '未执行： “not a number”不是读数' }).waitFor();
  await form.locator('input[name=final]').fill('');
  await form.getByRole('button').click();
  await page.getByRole('status').filter({ hasText: '累计量从该时间之后新表的首个读数起继续' }).waitFor();
  await page.evaluate(() => { location.hash = '#/devices'; });
  const sheet = page.locator('section', { has: page.getByRole('heading', { name: '隔离区' }) });
  await sheet.getByRole('button', { name: '全部重新发送' }).click();
  await sheet.getByRole('button', { name: '确定' }).click();
  await sheet.getByRole('status').filter({ hasText: /重新发送 \d+ 条|已在补发数据/ }).waitFor();
  await page.getByRole('button', { name: '检查配置变更' }).click();
  await page.getByRole('button', { name: '确定' }).click();
  await page.getByRole('status').filter({ hasText: '没有变更：配置与运行中的一致。' }).waitFor();
  const [dropped, told] = await post(page, 'quarantine_drop', { publisher: 'platform', all: 'true' }, true, 'zh-CN');
  must(dropped === 200 && /platform：已丢弃 \d+ 条。/.test(told), `${dropped} ${told}`);
  const [trusted, clock] = await post(page, 'clock_trust', {}, true, 'zh-CN');
  must(trusted === 200 && clock.includes('启动以来的跳变次数'), `${trusted} ${clock}`);
  const [refused, why] = await post(page, 'reload', {}, false, 'zh-CN');
  must(refused === 403 && why.includes('请求不是来自已登录的页面'), `${refused} ${why}`);
  await page.context().close();
});

await check('the same in Chinese', async () => {
  const page = await as('ada', 'devices', 'zh');
  for (const text of ['用户与令牌', '重新加载配置', '管理员']) await page.getByText(text).first().waitFor();
  await page.evaluate(() => { location.hash = '#/point?point=meter.energy'; });
  await page.getByText('电表已更换').click();
  await page.getByText('旧表止码').waitFor();
  await page.context().close();
});

await browser.close();
end();
