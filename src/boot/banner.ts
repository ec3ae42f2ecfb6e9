import { usesBuiltInMailbox, type Config } from '../config.js';

/** The lines a person wants after the start. The admin key is shown once, when it was made. */
export function banner(config: Readonly<Config>, adminKey: string | null): string {
  const lines: [string, string][] = [
    ['Sign-up page', `${config.PUBLIC_URL}/`],
    [
      'Mailbox',
      usesBuiltInMailbox(config)
        ? `http://localhost:${config.MAILBOX_PORT}/`
        : config.CHANNELS.map(({ url }) => new URL(url).host).join(', '),
    ],
    ['Desk', `${config.PUBLIC_URL}/desk`],
    ['API docs', `${config.PUBLIC_URL}/api/docs`],
    ...(adminKey ? [['Admin key', `${adminKey}  (shown this once: keep it)`] as [string, string]] : []),
    ['To stop', 'Ctrl-C'],
  ];
  return ['', ...lines.map(([name, value]) => `  ${name.padEnd(14)}${value}`), ''].join('\n');
}
