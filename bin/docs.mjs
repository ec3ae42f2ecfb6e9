// npm run docs: writes the files that are made from the sources: schema.sql and two pages of docs/.
import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeEmbedded } from '../test/support/remove-embedded.mjs';
import { root } from './root.mjs';

const { startEmbedded } = await import('../dist/database/embedded.js');
const { migrate } = await import('../dist/database/migrate.js');
const { openDataSource } = await import('../dist/database/data-source.js');
const { describeSchema } = await import('../dist/database/describe-schema.js');
const { describeEntities } = await import('../dist/database/describe-entities.js');
const { describeSettings } = await import('../dist/describe-settings.js');

const dataDir = mkdtempSync(join(realpathSync(tmpdir()), 'brief-docs-'));
const postgres = await startEmbedded(dataDir);
try {
  await migrate(postgres.url);
  const dataSource = await openDataSource(postgres.url);
  write('schema.sql', await describeSchema(dataSource));
  write('docs/ENTITIES.md', await describeEntities(dataSource));
  write('docs/SETTINGS.md', describeSettings());
  await dataSource.destroy();
} finally {
  await postgres.stop();
  removeEmbedded(dataDir);
}

function write(file, text) {
  writeFileSync(join(root, file), text);
  console.log(`${file} is written.`);
}
