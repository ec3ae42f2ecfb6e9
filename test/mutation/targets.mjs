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
};
