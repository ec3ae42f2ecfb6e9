import { describe, expect, it } from '@jest/globals';
import { wrapText } from './wrap-text.js';

describe('wrapText', () => {
  it('breaks at spaces and keeps the line ends there are', () => {
    expect(wrapText('one two three four\n\nfive', 9)).toBe('one two\nthree\nfour\n\nfive');
  });

  it('gives a link a line of its own rather than break it', () => {
    const link = `https://news.example/${'x'.repeat(90)}`;
    expect(wrapText(`Read on: ${link}`, 74)).toBe(`Read on:\n${link}`);
  });
});
