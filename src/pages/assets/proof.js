/**
 * Solves the proof of work that the box may ask for (ALTCHA, version 2, SHA-256): finds the counter whose key, the hash of
 * salt, nonce and counter hashed some times over, begins as wanted. By hand, for `crypto.subtle` answers one hash at a time and on https only.
 */
const k = Uint32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)));
const start = Uint32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)));
const w = new Uint32Array(64);
const restMs = 30;

/** @returns what the form sends as `proof`: the challenge and its solution, as base64 of JSON */
export async function solve(challenge) {
  const { salt, nonce, cost, keyPrefix } = challenge.parameters;
  const fixed = bytesOf(salt + nonce);
  const message = new Uint8Array(fixed.length + 4);
  message.set(fixed);
  const view = new DataView(message.buffer);
  let rested = performance.now();
  for (let counter = 0; ; counter += 1) {
    view.setUint32(fixed.length, counter);
    let key = sha256(message);
    for (let n = 1; n < cost; n += 1) key = sha256(key);
    const derivedKey = hexOf(key, keyPrefix.length);
    if (derivedKey.startsWith(keyPrefix)) return payload(challenge, counter, hexOf(key, 64));
    if (counter % 256 === 0 && performance.now() - rested > restMs) {
      await rest();
      rested = performance.now();
    }
  }
}

/** Lets the page go on. By a message, for browsers keep the timers of a tab in the background waiting for a second each. */
function rest() {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => resolve(port1.close());
    port2.postMessage(null);
  });
}

const payload = (challenge, counter, derivedKey) =>
  btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));

/** @param {Uint8Array} bytes at most 55, so that they fit into one block */
function sha256(bytes) {
  const block = new Uint8Array(64);
  block.set(bytes);
  block[bytes.length] = 0x80;
  const view = new DataView(block.buffer);
  view.setUint32(60, bytes.length * 8);
  for (let i = 0; i < 16; i += 1) w[i] = view.getUint32(i * 4);
  for (let i = 16; i < 64; i += 1) {
    const a = w[i - 15];
    const b = w[i - 2];
    w[i] = w[i - 16] + w[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
  }
  return compress();
}

function compress() {
  let [a, b, c, d, e, f, g, h] = start;
  for (let i = 0; i < 64; i += 1) {
    const x = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
    const y = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + x) | 0;
    d = c;
    c = b;
    b = a;
    a = (x + y) | 0;
  }
  const key = new DataView(new ArrayBuffer(32));
  [a, b, c, d, e, f, g, h].forEach((word, i) => key.setUint32(i * 4, start[i] + word));
  return new Uint8Array(key.buffer);
}

function turn(word, by) {
  return (word >>> by) | (word << (32 - by));
}

function fraction(root) {
  return Math.floor((root % 1) * 2 ** 32);
}

function primes(count) {
  const found = [];
  for (let n = 2; found.length < count; n += 1) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

const bytesOf = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));

function hexOf(bytes, digits) {
  let hex = '';
  for (let i = 0; i * 2 < digits; i += 1) hex += bytes[i].toString(16).padStart(2, '0');
  return hex.slice(0, digits);
}
