interface SessionError {
  message?: string;
  code?: string;
  responseCode?: number;
}

export interface NoSession {
  /** one sentence that an operator understands; nothing of a server's own words but its three digits */
  sentence: string;
  /** waiting will not mend it: a setting or a certificate is wrong */
  needsHands: boolean;
}

const certificate = /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME/;
/** What a relay says of a user name or password (RFC 4954 §6). Its other answers to AUTH are about the relay. */
const wrongPassword = [530, 534, 535];
const lineLost = /closed|ECONNRESET|TIMEDOUT|timeout/i;

/**
 * Why no session with the relay could be had, by the codes of nodemailer and of Node's own net, dns and tls.
 * @param setting where the relay's URL stands
 */
export function explainNoSession(error: unknown, setting: 'SMTP_URL' | 'CHANNELS_FILE'): NoSession {
  const { message = '', code = '', responseCode } = (error ?? {}) as SessionError;
  const said = `${code} ${message}`;
  // 4xx is temporary in every phase, 454 to AUTH and to STARTTLS too (RFC 4954 §4.7, RFC 3207 §4).
  if (responseCode && responseCode < 500) return answers(responseCode);
  if (responseCode ? wrongPassword.includes(responseCode) : code === 'EAUTH')
    return {
      sentence: `The relay refuses the user name or password of ${setting}: correct them and start again.`,
      needsHands: true,
    };
  if (!responseCode && (certificate.test(said) || /certificate/i.test(message)))
    return { sentence: `The certificate of the relay is not valid for the host in ${setting}.`, needsHands: true };
  if (code === 'ETLS' && !lineLost.test(message))
    return { sentence: 'The relay offers no TLS, and letters do not go without.', needsHands: true };
  if (/ENOTFOUND|EDNS|EAI_AGAIN/.test(said))
    return { sentence: `The name of the relay in ${setting} is not found.`, needsHands: false };
  if (responseCode) return answers(responseCode);
  if (/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/.test(said))
    return { sentence: `The relay cannot be reached: nobody listens at ${setting}.`, needsHands: false };
  if (/TIMEDOUT|timeout|greeting/i.test(said))
    return { sentence: 'The relay does not answer in time.', needsHands: false };
  return { sentence: 'The relay ends the line before a letter can be handed over.', needsHands: false };
}

const answers = (responseCode: number): NoSession => ({
  sentence: `The relay does not take letters now: it answers ${responseCode}.`,
  needsHands: false,
});
