import { useEffect, useState } from 'preact/hooks';

/** Where the reader is: the page and what it shows, in the address, so that it can be sent to somebody. */
export interface Place { view: string; query: Record<string, string | undefined> }

function read(): Place {
  const [path = '', parts = ''] = location.hash.replace(/^#\/?/, '').split('?');
  return { view: path || 'overview', query: Object.fromEntries(new URLSearchParams(parts)) };
}

export function go(view: string, parts: Record<string, string> = {}): void {
  location.hash = `#/${view}?${new URLSearchParams(parts)}`;
}

export function usePlace(): Place {
  const [place, setPlace] = useState(read);
  useEffect(() => {
    const moved = (): void => setPlace(read());
    addEventListener('hashchange', moved);
    return () => removeEventListener('hashchange', moved);
  }, []);
  return place;
}
