// Preloaded into a worker: relay.test is this machine, so that a relay has a name, as one that must show a certificate has.
import dns from 'node:dns';

const lookup = dns.lookup;
dns.lookup = (host, ...rest) => lookup(host === 'relay.test' ? '127.0.0.1' : host, ...rest);

const { resolve4, resolve6 } = dns.Resolver.prototype;
const isRelay = (host) => host === 'relay.test';
dns.Resolver.prototype.resolve4 = function (host, ...rest) {
  return isRelay(host) ? rest.at(-1)(null, ['127.0.0.1']) : resolve4.call(this, host, ...rest);
};
dns.Resolver.prototype.resolve6 = function (host, ...rest) {
  return isRelay(host) ? rest.at(-1)(null, []) : resolve6.call(this, host, ...rest);
};
