export function removeEmbedded(dataDir: string): void;
