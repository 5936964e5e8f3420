/** What the address `/enter#SECRET&name=NAME` says, and whether somebody has to introduce themselves. */

/** The secret behind the `#`; `null` when there is none. */
export function secretOf(hash: string): string | null {
  const secret = hash.replace(/^#/, '').split('&')[0]?.trim() ?? '';
  return secret === '' ? null : secret;
}

/** Whom the link was made for; `null` when it does not say. */
export function invitedName(hash: string): string | null {
  const [, ...fields] = hash.split('&');
  const name = new URLSearchParams(fields.join('&')).get('name')?.trim() ?? '';
  return name === '' ? null : name;
}

/**
 * Whether a name is asked for. The app's window and a browser on the same machine belong to its
 * owner, who has a name; whoever comes over the network was invited and is new.
 */
export function asksForName(hostname: string, isDesktop: boolean): boolean {
  return !isDesktop && !isLoopback(hostname);
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}
