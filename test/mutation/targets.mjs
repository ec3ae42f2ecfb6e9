/**
 * The files whose tests are tried with mutants, and the test files that hold each. A journey takes seconds for each mutant; name one only where
 * statements are what a file is.
 *
 * `equivalent`: mutants that change nothing anybody could see, by their description (`was → is`), each with the reason.
 */
export const targets = {
  'src/deliveries/plain-words.ts': { tests: ['src/deliveries/read-cause.spec.ts'] },
  'src/deliveries/read-cause.ts': {
    tests: ['src/deliveries/read-cause.spec.ts'],
    equivalent: {
      "'sender' → ''": 'no cause found in words: the phase says the same a line later',
      "'none' → ''": 'no code is called either',
    },
  },
  'src/deliveries/judge-outcome.ts': { tests: ['src/deliveries/judge-outcome.spec.ts'] },
  'src/mail/smtp-outcome.ts': {
    tests: ['src/mail/smtp-outcome.spec.ts'],
    equivalent: { "'0' → ''": 'both are the number 0' },
  },
  'src/mail/explain-no-session.ts': {
    tests: ['src/mail/explain-no-session.spec.ts'],
    equivalent: { "'' → 'mutant'": 'stands for a text that is missing: neither says anything' },
  },
  'src/deliveries/arm.ts': { tests: ['test/arm-and-settle.e2e-spec.ts'] },
  'src/deliveries/settle.ts': { tests: ['test/arm-and-settle.e2e-spec.ts'] },
  'src/deliveries/breaker.ts': { tests: ['test/doubts.e2e-spec.ts'] },
  'src/deliveries/pause-domain.ts': { tests: ['test/doubts.e2e-spec.ts'] },
  'src/deliveries/domain-evidence.ts': { tests: ['test/doubts.e2e-spec.ts'] },
  'src/tokens/tokens.ts': { tests: ['src/tokens/tokens.spec.ts'] },
  'src/tokens/form-time.ts': { tests: ['src/tokens/form-time.spec.ts'] },
  'src/lists/due-instant.ts': {
    tests: ['src/lists/due-instant.spec.ts'],
    equivalent: {
      ':25: 1 → 2': 'the day before yesterday is never due after now',
      ':27: < → <=': 'both are the same day',
      ':27: 0 → 1': 'both are the same day',
      ':28: 0 → 1': '15 days are enough: one weekday, once skipped by its zone',
      ':28: < → <=': 'more days than enough',
      ':28: 16 → 17': 'more days than enough',
    },
  },
  'src/subscribers/regime.ts': {
    tests: ['src/subscribers/regime.spec.ts'],
    equivalent: { 'isFrom(owed.at, now) → true': 'what is overdue today comes before the next day either way' },
  },
  'src/subscribers/sign-up-caps.ts': {
    tests: ['src/subscribers/sign-up-caps.spec.ts', 'test/sign-up-caps.e2e-spec.ts'],
    equivalent: { ':42: false → true': 'the library would delete what is over, too' },
  },
  'src/fetching/decode-text.ts': {
    tests: ['src/fetching/decode-text.spec.ts'],
    equivalent: {
      "'windows-1252' → ''": 'it is the last resort a step later',
      ':12: false → true': 'windows-1252 has a character for every byte',
      ':33: 2_000 → 2001': 'how far a declaration is looked for; one byte more shows nothing',
      ':41: 0 → 1': 'there is more than one zero in UTF-16',
      ':41: 200 → 201': 'how far zeros are looked for; one byte more shows nothing',
    },
  },
  'src/fetching/explain-failure.ts': { tests: ['src/fetching/explain-failure.spec.ts'] },
  'src/fetching/fetch-document.ts': {
    tests: ['src/fetching/fetch-document.spec.ts'],
    equivalent: {
      ':50: 10_000 → 10001': 'a millisecond',
      ':51: 3_000 → 3001': 'a millisecond',
      ":80: response.body.on('error', () => {}).destroy()":
        'earlier than at the end, where the dispatcher takes all with it',
      ":80: 'error' → ''": 'the dispatcher takes all with it in silence',
    },
  },
  'src/fetching/guarded-connector.ts': {
    tests: ['src/fetching/guarded-connector.spec.ts'],
    equivalent: {
      '/^https?:$/ → /^https?:/': 'a protocol ends at its colon',
      ':35: /^': 'a host name has brackets at its ends only',
      ":66: '' → 'mutant'": 'neither is an address',
    },
  },
  'src/fetching/host-turns.ts': {
    tests: ['src/fetching/host-turns.spec.ts'],
    equivalent: {
      ':18: false → true': 'a process that ends waits for one pause, a second or two',
      ':21: void over': 'a turn that is over keeps nobody waiting, only a little memory',
    },
  },
  'src/fetching/post-json.ts': { tests: ['src/fetching/post-json.spec.ts'] },
  'src/fetching/public-address.ts': { tests: ['src/fetching/public-address.spec.ts'] },
  'src/fetching/read-body.ts': { tests: ['src/fetching/read-body.spec.ts'] },
  'src/fetching/refusal-of.ts': {
    tests: ['src/fetching/refusal-of.spec.ts'],
    equivalent: {
      'error instanceof RefusedTarget → true': 'nothing else is thrown there',
      ':20: /^': 'a host name has brackets at its ends only',
    },
  },
};
