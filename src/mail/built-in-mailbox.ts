import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config.js';

/** The mailbox of a laptop: a real SMTP server and a page to read the mail, both on 127.0.0.1. */
export async function startBuiltInMailbox(config: Readonly<Config>): Promise<{ stop(): Promise<void> }> {
  const mailDirectory = path.resolve(config.DATA_DIR, 'mailbox');
  await mkdir(mailDirectory, { recursive: true });
  const { MailDev } = await import('maildev'); // 60 MB: loaded only where it is used
  const mailbox = new MailDev({
    smtp: config.MAILBOX_SMTP_PORT,
    web: config.MAILBOX_PORT,
    ip: '127.0.0.1',
    webIp: '127.0.0.1',
    mailDirectory,
    silent: true,
  });
  await quietly(() => mailbox.start());
  return { stop: () => mailbox.stop() };
}

/** maildev greets on the console whatever it is told; the banner says where the mailbox is. */
async function quietly(start: () => Promise<unknown>): Promise<void> {
  const { info } = console;
  console.info = () => undefined;
  try {
    await start();
  } finally {
    console.info = info;
  }
}
