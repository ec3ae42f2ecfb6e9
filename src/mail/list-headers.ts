/** Shapes of header fields that every letter of an edition carries (MAIL.md, "Headers of an edition's letter"). */
export interface ListHeaderData {
  list: { slug: string; name: string; replyTo: string | null };
  /** Domain of the sender. */
  domain: string;
  edition: { id: string; kind: string };
  locale: string;
  links: { unsubscribe: string; preferences: string; web: string };
}

/**
 * List-* and machine headers: RFC 2919 (List-ID), 2369 (List-Help …), 8058 (one-click), 5064 (Archived-At), 3834
 * (Auto-Submitted); Feedback-ID as Gmail reads it. No mailto in List-Unsubscribe: nobody reads inbound mail yet.
 */
export function listHeaders(data: ListHeaderData): Record<string, string> {
  return {
    'List-ID': `${encodePhrase(data.list.name)} <${data.list.slug}.${data.domain}>`,
    'List-Unsubscribe': `<${data.links.unsubscribe}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'List-Help': `<${data.links.preferences}>`,
    'List-Post': 'NO',
    'Archived-At': `<${data.links.web}>`,
    'Feedback-ID': `${data.edition.id}:${data.list.slug}:${data.edition.kind}:${data.domain.slice(0, 64)}`,
    Precedence: 'bulk',
    ...automaticHeaders(data.locale),
    ...replyTo(data.list),
  };
}

/** What every letter of ours carries, confirmations included. */
export function automaticHeaders(locale: string): Record<string, string> {
  return {
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'OOF, AutoReply',
    'Content-Language': locale,
  };
}

/** Where answers go, if not to the sender (RFC 5322 §3.6.2): a mailbox as `formatMailbox` writes it; `buildRaw` encodes it. */
export const replyTo = (list: { replyTo: string | null }): Record<string, string> =>
  list.replyTo ? { 'Reply-To': list.replyTo } : {};

/** M3AAWG's Form-Sub: receivers recognise list-bombing by it. `network` is the truncated address of who typed. */
export const formSubHeader = (network: string | null): Record<string, string> =>
  network ? { 'Form-Sub': `v=1; ip=${network}` } : {};

/** A name as RFC 5322 phrase: quoted, or left out where it is not plain ASCII (encoded words are not allowed in every List-ID reader). */
function encodePhrase(name: string): string {
  return /^[\x20-\x7e]+$/.test(name) ? `"${name.replace(/(["\\])/g, '\\$1')}"` : '';
}
