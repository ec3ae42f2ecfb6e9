import { describe, expect, it } from '@jest/globals';
import { cell } from './delivery-csv.js';

describe('a cell of the CSV', () => {
  it.each<[unknown, string]>([
    ['250 ok', '250 ok'],
    [null, ''],
    [7, '7'],
    [new Date('2026-11-24T06:00:00Z'), '2026-11-24T06:00:00.000Z'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@sum', "'@sum"],
    ['\tx', "'\tx"],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['=a,"b"', '"\'=a,""b"""'],
    ['two\r\nlines', '"two\r\nlines"'],
  ])('%p is %p', (value, text) => expect(cell(value)).toBe(text));
});
