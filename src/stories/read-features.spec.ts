import { describe, expect, it } from '@jest/globals';
import { readFeatures } from './read-features.js';

const features = (title: string) => [...readFeatures({ title, standfirst: '', body: '' }).keys()];

describe('readFeatures', () => {
  it.each(['Earthquake hits Japan', 'Japon : un séisme', 'Un terremoto sacude Japón', 'زلزال يضرب اليابان'])(
    'says the same of %s',
    (title) => {
      expect(features(title)).toEqual(expect.arrayContaining(['c:quake', 'p:JP']));
    },
  );

  it.each([
    ['400,000 people', '#400000'],
    ['400.000 personas', '#400000'],
    ['400 000 habitants', '#400000'],
    ['magnitude 7,6', '#7.6'],
    ['بقوة ٧٫٦', '#7.6'],
  ])('reads the number in %s', (title, number) => {
    expect(features(title)).toContain(number);
  });

  it('takes no year for a number of the event', () => {
    expect(features('Since 2019')).toEqual([]);
  });

  it.each([
    ['They freed the journalist Hoda al-Shafei today', 'الإفراج عن هدى الشافعي', 'n:sf', true],
    ['Water returns to the city of Oran', 'عودة المياه إلى مدينة وهران', 'n:rn', true],
    ['Colonel Rakoto speaks to the crowd', 'العقيد راكوتو', 'n:rkt', true],
    ['They speak with the general Bao again', 'الجنرال باو', 'n:b', false],
  ])('knows the name in “%s” in Arabic, if it has two consonants', (latin, arabic, name, known) => {
    expect([features(latin).includes(name), features(arabic).includes(name)]).toEqual([known, known]);
  });

  it('counts a city for its country, whatever it is called', () => {
    for (const title of ['Flights to Beijing', 'Des vols vers Pékin', 'رحلات إلى بكين'])
      expect(features(title)).toEqual(expect.arrayContaining(['p:CN/beijing', 'p:CN']));
  });

  it('does not take Title Case for names', () => {
    expect(features('Strong Storm Brings Terrible Kittens')).not.toContainEqual(expect.stringMatching(/^n:/));
  });
});
