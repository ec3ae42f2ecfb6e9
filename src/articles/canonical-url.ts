/** Parameters that say who shared a link, not what it leads to. */
const tracking =
  /^(?:utm_.+|at_(?:medium|campaign|link|custom\d*|bbc.*|ptr_.*|format)|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|vero_id|oly_(?:anon|enc)_id|wt[._]mc|xtor|ocid|cmpid|smid|ns_(?:campaign|mchannel|source))$/i;

const maxLength = 2_000;

/**
 * The one way to write an article's address: absolute http(s), host in lower case, without default port,
 * fragment, user name and tracking parameters. Null for what is no such address.
 */
export function canonicalUrl(address: string, base?: string): string | null {
  const url = URL.parse(address.trim(), base);
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return null;
  url.hash = '';
  url.hostname = url.hostname.replace(/\.$/, '');
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !tracking.test(nameOf(pair)));
  url.search = kept.join('&');
  return url.href.length <= maxLength ? url.href : null;
}

function nameOf(pair: string): string {
  return pair.split('=', 1)[0]!;
}
