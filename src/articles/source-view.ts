import type { Source } from './source.entity.js';

/** A source as the API shows it. `problem` is null while it is well; `failures` counts bad polls in a row. */
export function sourceView(source: Source) {
  const { id, kind, url, title, section, language, weight, show, complete, state, failures, problem } = source;
  return {
    ...{ id, kind, url, title, section, language, weight, show, complete, state, failures, problem },
    createdAt: source.createdAt,
    health: source.health,
    healthDetail: source.healthDetail,
    polledAt: source.polledAt,
    intervalMinutes: source.intervalMinutes,
    nextPollAt: source.state === 'active' ? source.nextPollAt : null,
  };
}

export type SourceView = ReturnType<typeof sourceView>;
