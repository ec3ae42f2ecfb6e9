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

/**
 * Why no session with the relay could be had, by the codes of nodemailer and of Node's own net, dns and tls.
 * @param setting where the relay's URL stands
 */
export function explainNoSession(error: unknown, setting: 'SMTP_URL' | 'CHANNELS_FILE'): NoSession {
  const { message = '', code = '', responseCode } = (error ?? {}) as SessionError;
  const said = `${code} ${message}`;
  if (code === 'EAUTH' || responseCode === 535)
    return {
      sentence: `The relay refuses the user name or password of ${setting}: correct them and start again.`,
      needsHands: true,
    };
  if (certificate.test(said) || /certificate/i.test(message))
    return { sentence: `The certificate of the relay is not valid for the host in ${setting}.`, needsHands: true };
  if (code === 'ETLS') return { sentence: 'The relay offers no TLS, and letters do not go without.', needsHands: true };
  if (/ENOTFOUND|EDNS|EAI_AGAIN/.test(said))
    return { sentence: `The name of the relay in ${setting} is not found.`, needsHands: false };
  if (responseCode)
    return { sentence: `The relay does not take letters now: it answers ${responseCode}.`, needsHands: false };
  if (/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/.test(said))
    return { sentence: `The relay cannot be reached: nobody listens at ${setting}.`, needsHands: false };
  if (/TIMEDOUT|timeout|greeting/i.test(said))
    return { sentence: 'The relay does not answer in time.', needsHands: false };
  return { sentence: 'The relay ends the line before a letter can be handed over.', needsHands: false };
}
