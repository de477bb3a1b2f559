import { useEffect, useState } from 'preact/hooks';
import { ask } from './api';

export interface SessionInfo { user: string | null; role: 'viewer' | 'operator' | 'admin'; csrf: string }

const order = ['viewer', 'operator', 'admin'];

export function useSession(): SessionInfo | null {
  const [session, setSession] = useState<SessionInfo | null>(null);
  useEffect(() => { ask<SessionInfo>('/api/v1/session').then(setSession, () => setSession(null)); }, []);
  return session;
}

/** Whether whoever is logged in has at least this role. Without a login nobody has more than a viewer's. */
export function may(session: SessionInfo | null, role: SessionInfo['role']): boolean {
  return session?.user != null && order.indexOf(session.role) >= order.indexOf(role);
}

/** Has something done; the gateway looks at the role again. Returns what it says, and throws what it refuses. */
export async function act(session: SessionInfo, action: string, args: Record<string, string>): Promise<string[]> {
  const answer = await ask<{ lines: string[] }>(`/api/v1/actions/${action}`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf': session.csrf }, body: JSON.stringify(args) });
  return answer.lines;
}
