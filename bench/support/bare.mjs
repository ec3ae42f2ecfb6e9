// nodemailer's bare connection with prebuilt bytes and nothing else: as many letters as told, over as many connections.
import SMTPConnection from 'nodemailer/lib/smtp-connection';

const { port, connections, letters, bytes } = JSON.parse(process.argv[2]);
const line = `${'letter '.repeat(10)}\r\n`;
const raw = Buffer.from(`Subject: bare\r\n\r\n${line.repeat(Math.ceil(bytes / line.length))}`);
let left = letters;

async function lane() {
  const connection = new SMTPConnection({ host: '127.0.0.1', port, ignoreTLS: true });
  await new Promise((resolve, reject) => connection.once('error', reject).connect(resolve));
  while (left-- > 0)
    await new Promise((resolve, reject) =>
      connection.send({ from: 'brief@news.example', to: ['reader@example.org'] }, raw, (error) =>
        error ? reject(error) : resolve(),
      ),
    );
  connection.quit();
}

const began = performance.now();
await Promise.all(Array.from({ length: connections }, lane));
const { userCPUTime, systemCPUTime } = process.resourceUsage(); // microseconds
process.send({
  rate: (letters / (performance.now() - began)) * 1000,
  cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
});
process.disconnect();
