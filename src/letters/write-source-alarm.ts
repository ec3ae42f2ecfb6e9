import type { Letter, LetterList } from './letter.js';
import { writeNotice } from './write-notice.js';

export interface SourceAlarm {
  list: LetterList;
  source: { title: string; url: string; health: string; detail: string };
  /** What the next edition will miss, a sentence; may be empty. */
  missed: string;
  logUrl: string;
}

/** A word to the newsroom, in English as all that operators read. */
export function writeSourceAlarm({ list, source, missed, logUrl }: SourceAlarm): Promise<Letter> {
  const name = source.title || source.url;
  return writeNotice({
    locale: 'en',
    list,
    subject: `${name} is ${source.health}`,
    preheader: source.detail,
    title: `${name} is ${source.health}`,
    lines: [`${source.detail}.`, ...(missed ? [missed] : [])],
    button: { label: 'Open the API', url: logUrl, fallback: null },
    smallprint: [`Its address: ${source.url}. GET /api/v1/sources/:id/log tells what became of its last polls.`],
    why: 'You get this letter because the setting DESK_MAIL of the service names this address.',
    links: [],
  });
}
