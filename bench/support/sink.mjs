// A mail server that takes everything and keeps nothing: a process of its own, told its settings as JSON, asked by messages.
// { delayMs: before every reply, pipelining: whether RFC 2920 is offered }
import { createServer } from 'node:net';

const { delayMs = 0, pipelining = true } = JSON.parse(process.argv[2] ?? '{}');
const finalDot = Buffer.from('\r\n.\r\n');
const greeting = ['250-sink', ...(pipelining ? ['250-PIPELINING'] : []), '250-8BITMIME', '250 SMTPUTF8'].join('\r\n');
const seen = { letters: 0, firstAt: 0, lastAt: 0 };

const server = createServer({ noDelay: true }, (socket) => {
  let rest = Buffer.alloc(0);
  let inLetter = false;
  const write = (text) => socket.writable && socket.write(`${text}\r\n`);
  const reply = (text) => (delayMs > 0 ? setTimeout(write, delayMs, text) : write(text));

  function obey(line) {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'DATA') inLetter = true;
    if (verb === 'QUIT') return socket.end('221 bye\r\n');
    reply(verb === 'EHLO' ? greeting : inLetter ? '354 go on' : '250 ok');
  }

  function endLetter() {
    inLetter = false;
    seen.letters += 1;
    seen.lastAt = performance.now();
    seen.firstAt ||= seen.lastAt;
    reply('250 2.0.0 taken');
  }

  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    socket.cork(); // what answers one group of commands goes as a unit (RFC 2920 §3.2)
    for (;;) {
      const end = inLetter ? rest.indexOf(finalDot) : rest.indexOf('\r\n');
      if (end === -1) break;
      const line = rest.subarray(0, end);
      rest = rest.subarray(end + (inLetter ? finalDot.length : 2));
      if (inLetter) endLetter();
      else obey(line.toString('latin1'));
    }
    socket.uncork();
    if (inLetter && rest.length > 4) rest = rest.subarray(-4); // a final dot may begin in it
  });
  reply('220 sink');
});

server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('message', (asked) => {
  process.send({ ...seen });
  if (asked === 'again') Object.assign(seen, { letters: 0, firstAt: 0, lastAt: 0 });
});
process.on('disconnect', () => process.exit());
