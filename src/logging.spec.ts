import { describe, expect, it } from '@jest/globals';
import { pinoHttp, type Options } from 'pino-http';
import type { DestinationStream } from 'pino';
import { loggerParams } from './logging.js';
import type { Config } from './config.js';

function logger(isTTY: boolean, level: Config['LOG_LEVEL'] = 'info') {
  const lines: string[] = [];
  const out = { isTTY, write: (line: string) => lines.push(line) } as unknown as NodeJS.WriteStream;
  const [options, stream] = loggerParams({ LOG_LEVEL: level }, out).pinoHttp as [Options, DestinationStream];
  return { lines, log: pinoHttp(options, stream).logger };
}

describe('the log', () => {
  it('is JSON at info where no person reads', () => {
    const { log, lines } = logger(false);
    log.info({ context: 'Clock' }, 'ticked');
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: 30, context: 'Clock', msg: 'ticked' });
  });

  it('is a line in words on a terminal, for warnings and worse', () => {
    const { log, lines } = logger(true);
    log.info('ticked');
    log.warn({ context: 'Database' }, 'lost a connection');
    expect(lines).toEqual(['warning (Database): lost a connection\n']);
  });

  it('obeys another LOG_LEVEL on a terminal', () => {
    const { log, lines } = logger(true, 'debug');
    log.debug('claimed');
    expect(lines).toEqual(['debug: claimed\n']);
  });

  it('never holds a mail address or a credential', () => {
    const { log, lines } = logger(false);
    log.warn(
      { headers: { authorization: 'Bearer dnb_1' }, email: 'x' },
      "RCPT TO:<gräfin.o'hara+news@bücher.example> refused, or mailto:ada@example.org?",
    );
    expect(lines[0]).not.toMatch(/dnb_1|hara|ada|bücher/);
    expect(lines[0]).toContain('[address]');
  });

  it('leaves the paths of packages readable', () => {
    const { log, lines } = logger(false);
    log.warn('at node_modules/@nestjs/core/router.js and pg@8.23.1');
    expect(lines[0]).toContain('node_modules/@nestjs/core/router.js and pg@8.23.1');
  });
});
