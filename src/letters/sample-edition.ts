import type { Locale } from '../locales/messages.js';
import type { EditionLetter, LetterStory } from './write-edition.js';

const story = (number: number, change: Partial<LetterStory> = {}): LetterStory => ({
  ...{ title: `Sample headline ${number}`, standfirst: 'What happened, and why it matters.', section: 'World' },
  ...{ publisher: 'The Paper', minutes: 3, language: 'en', picture: null },
  url: `https://news.example/articles/sample-${number}`,
  ...change,
});

/** An edition in which every part of a letter is there: what a template of a list's own is tried with. */
export const sampleEdition = (locale: Locale, list: EditionLetter['list']): EditionLetter => ({
  ...{ locale, kind: 'welcome', list, localDate: '2011-12-21', subject: 'A sample', preheader: 'Also: more' },
  ...{ deskNote: 'A note from the desk.', nextAt: 'tomorrow, 07:00', origin: { kind: 'confirmed', on: '2011-12-20' } },
  corrections: [
    { title: 'Sample headline 9', now: 'Sample headline 10', text: 'It was three, not thirty.', url: null },
  ],
  stories: [
    story(1, {
      picture: { src: 'https://news.example/pictures/1.jpg', alt: 'A sample', width: 1200, height: 800, credit: '' },
    }),
    story(2, { also: ['The Gazette'], update: true }),
    story(3, { minutes: null, standfirst: '' }),
  ],
  links: {
    web: 'https://news.example/letters/sample',
    preferences: 'https://news.example/preferences/sample',
    unsubscribe: 'https://news.example/unsubscribe/sample',
    archive: 'https://news.example/archive',
  },
});
