/** Parameters that say who shared a link, not what it leads to. */
const tracking =
  /^(?:utm_.+|at_(?:medium|campaign|link|custom\d*|bbc.*|ptr_.*|format)|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|vero_id|oly_(?:anon|enc)_id|wt[._]mc|xtor|ocid|cmpid|smid|ns_(?:campaign|mchannel|source))$/i;

const maxLength = 2_000;

/**
 * The one way to write an article's address: absolute http(s), host in lower case, without default port,
 * fragment, user name, tracking parameters and marks of AMP. Null for what is no such address.
 */
export function canonicalUrl(address: string, base?: string): string | null {
  const url = URL.parse(address.trim(), base);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return null;
  url.hash = '';
  url.hostname = url.hostname.replace(/\.$/, '');
  leaveAmp(url);
  const kept = url.search
    .slice(1)
    .split('&')
    .filter(
      (pair) => pair !== '' && !tracking.test(nameOf(pair)) && !/^(?:amp(?:=1|=true)?|outputType=amp)$/i.test(pair),
    );
  url.search = kept.join('&');
  return url.href.length <= maxLength ? url.href : null;
}

/** The copy of a page for phones (AMP) → the page, where its address says which one it is. */
function leaveAmp(url: URL): void {
  url.hostname = url.hostname.replace(/^amp\./, '');
  const path = url.pathname.replace(/\/amp\/?$/, '').replace(/\.amp(?=\.html?$|$)/, '');
  if (path !== '') url.pathname = path;
}

function nameOf(pair: string): string {
  return pair.split('=', 1)[0]!;
}
