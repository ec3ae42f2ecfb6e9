/** The embedded server cannot be used. `message` is for the operator: what is wrong and what to do, then the server's own words. */
export class EmbeddedError extends Error {
  constructor(line: string, serverLines: string[] = []) {
    super([line, ...serverLines.map((text) => `  ${text}`)].join('\n'));
  }
}
