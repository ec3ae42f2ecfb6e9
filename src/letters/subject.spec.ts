import { describe, expect, it } from '@jest/globals';
import { subjectFor } from './subject.js';

const story = (title: string, standfirst = '') => ({ title, standfirst });

describe('subjectFor', () => {
  it('takes the subject from the lead and the preheader from the headlines that follow', () => {
    expect(subjectFor([story('Votes are counted again'), story('Talks end'), story('Rates fall')], 'en')).toEqual({
      subject: 'Votes are counted again',
      preheader: 'Also: Talks end · Rates fall',
    });
  });

  it('cuts a long headline between words', () => {
    const { subject } = subjectFor(
      [story('Iraq holds to year-end deadline as the fate of 3,000 at Camp Ashraf hangs in the balance')],
      'en',
    );
    expect(subject).toBe('Iraq holds to year-end deadline as the fate of 3,000 at Camp Ashraf…');
  });

  it('speaks the reader’s language', () => {
    expect(subjectFor([story('أ'), story('محادثات ديربان'), story('اليورو')], 'ar').preheader).toBe(
      'أيضًا: محادثات ديربان · اليورو',
    );
  });

  it('stops adding headlines where an inbox stops showing them, but shows one', () => {
    const long = 'Delegates from one hundred and ninety-four countries agree';
    expect(subjectFor([story('Lead'), story(long), story(long), story(long)], 'en').preheader).toBe(
      `Also: ${long} · ${long}`,
    );
    expect(subjectFor([story('Lead'), story('x'.repeat(200))], 'en').preheader).toHaveLength('Also: '.length + 70);
  });

  it('uses the lead’s own words when it stands alone', () => {
    expect(subjectFor([story('Lead', 'What it says.')], 'en').preheader).toBe('What it says.');
  });

  it('puts no line end into a header', () => {
    expect(subjectFor([story('Lead\r\nBcc: a@example.org')], 'en').subject).toBe('Lead Bcc: a@example.org');
  });
});
