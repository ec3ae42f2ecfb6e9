import net from 'node:net';
import { ConfigError, usesBuiltInMailbox, type Config } from '../config.js';

/** Looks whether the ports this process needs are free, before anything is started. @throws {ConfigError} naming the first taken one */
export async function checkPorts(config: Readonly<Config>): Promise<void> {
  if (config.ROLES.includes('web')) await check('PORT', config.PORT, config.HOST);
  if (!usesBuiltInMailbox(config)) return;
  await check('MAILBOX_PORT', config.MAILBOX_PORT, '127.0.0.1');
  await check('MAILBOX_SMTP_PORT', config.MAILBOX_SMTP_PORT, '127.0.0.1');
}

function check(name: string, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new ConfigError(explain(name, port, host, error.code))),
    );
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve()));
  });
}

function explain(name: string, port: number, host: string, code?: string): string {
  if (code === 'EADDRINUSE')
    return `${name}: port ${port} is taken by another program. Stop that one, or set ${name} to a free port.`;
  if (code === 'EACCES')
    return `${name}: port ${port} may not be opened by this user. Set ${name} to a port above 1023.`;
  return `${name}: cannot listen on ${host}:${port} (${code ?? 'unknown error'}). Check HOST and ${name}.`;
}
