/**
 * The architecture rule (docs/ARCHITECTURE.md): a stage never imports a stage that comes after it, and a leaf imports
 * no stage. A package with side effects on the world outside is imported in one folder.
 */
const stages = [
  'lists',
  'subscribers',
  'articles',
  'stories',
  'editions',
  'deliveries',
  'feedback',
  'admin',
  'privacy',
];
const leaves = [
  'config',
  'environment',
  'database',
  'queue',
  'fetching',
  'mail',
  'letters',
  'suppressions',
  'pages',
  'tokens',
  'limits',
  'threads',
  'locales',
  'api',
];

const folder = (names) => `^src/(${names.join('|')})(/|[.]ts$)`;

const upstreamOnly = stages.slice(0, -1).map((stage, index) => ({
  name: `${stage}-imports-a-later-stage`,
  severity: 'error',
  comment: 'Read upstream, write at home: data passes the stages in one direction.',
  from: { path: folder([stage]) },
  to: { path: folder(stages.slice(index + 1)) },
}));

const onlyIn = (name, home, packages) => ({
  name: `${name}-only-in-${home}`,
  severity: 'error',
  comment: `${name} is imported in ${home}/ alone, so that the way out of the process is in one place.`,
  from: { path: '^src/', pathNot: [`^src/${home}/`, '[.]spec[.]ts$'] },
  to: { path: packages },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...upstreamOnly,
    {
      name: 'leaf-imports-a-stage',
      severity: 'error',
      comment: 'Leaves may be imported by all, and import no stage.',
      from: { path: folder(leaves) },
      to: { path: folder(stages) },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'go-to-definition must walk one way.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'unresolvable',
      severity: 'error',
      comment: 'An import that leads nowhere would hide from every rule above.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'tests-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '[.]spec[.]ts$' },
      to: { path: '([.]spec[.]ts$|^test/|^bench/)' },
    },
    onlyIn('nodemailer', 'mail', 'node_modules/nodemailer/'),
    onlyIn('undici', 'fetching', 'node_modules/undici/'),
    onlyIn('mjml', 'letters', 'node_modules/mjml'),
    onlyIn('pg-boss', 'queue', 'node_modules/pg-boss/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/pages/assets/' },
    tsPreCompilationDeps: true, // type-only imports are arrows too
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
