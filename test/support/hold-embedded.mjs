// Starts the embedded database and holds it until SIGTERM: hold-embedded.mjs DATA_DIR
import { startEmbedded } from '../../dist/database/embedded.js';

try {
  const postgres = await startEmbedded(process.argv[2]);
  process.once('SIGTERM', () => void postgres.stop().then(() => process.exit(0)));
  console.log(`url ${postgres.url}`);
  setInterval(() => {}, 60_000);
} catch (error) {
  console.log(`refused ${error.message}`);
  process.exitCode = 1;
}
