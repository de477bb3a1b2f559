import { useState } from 'preact/hooks';
import { ask, Refused } from './api';
import { reopen } from './live';
import { t } from './words';

export function LoginView({ again }: { again: () => void }) {
  const [error, setError] = useState<string | null>(null);
  const send = async (form: HTMLFormElement): Promise<void> => {
    const data = new FormData(form);
    try {
      await ask('/api/v1/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ user: data.get('user'), password: data.get('password') }) });
      reopen();
      again();
    } catch (e) {
      setError(e instanceof Refused ? e.message : t('lost'));
    }
  };
  return <main><form class="sheet login" onSubmit={e => { e.preventDefault(); void send(e.currentTarget); }}>
    <h1>EdgeGateway</h1>
    <label>{t('user')}<input name="user" autocomplete="username" required autofocus /></label>
    <label>{t('password')}<input name="password" type="password" autocomplete="current-password" required /></label>
    <p role="alert" class="error">{error}</p>
    <button type="submit">{t('login')}</button>
    <p class="small soft">{t('loginHint')}</p>
  </form></main>;
}
