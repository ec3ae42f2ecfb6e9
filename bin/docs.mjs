// npm run docs: writes what is made from the sources: schema.sql, and the table of settings in README.md.
import { mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeEmbedded } from '../test/support/remove-embedded.mjs';
import { root } from './root.mjs';

const { startEmbedded } = await import('../dist/database/embedded.js');
const { migrate } = await import('../dist/database/migrate.js');
const { openDataSource } = await import('../dist/database/data-source.js');
const { describeSchema } = await import('../dist/database/describe-schema.js');
const { describeSettings } = await import('../dist/describe-settings.js');

const dataDir = mkdtempSync(join(realpathSync(tmpdir()), 'brief-docs-'));
const postgres = await startEmbedded(dataDir);
try {
  await migrate(postgres.url);
  const dataSource = await openDataSource(postgres.url);
  writeFileSync(join(root, 'schema.sql'), await describeSchema(dataSource));
  await dataSource.destroy();
} finally {
  await postgres.stop();
  removeEmbedded(dataDir);
}

const readme = join(root, 'README.md');
const [before, after] = [/^[\s\S]*<!-- settings -->\n/, /\n<!-- \/settings -->[\s\S]*$/].map(
  (part) => part.exec(readFileSync(readme, 'utf8'))[0],
);
writeFileSync(readme, before + describeSettings() + after);
console.log('schema.sql and README.md are written.');
