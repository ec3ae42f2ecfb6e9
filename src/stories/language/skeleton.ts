/** Latin spellings of one sound, the longer first; what stands here is how Arabic newsrooms write that sound, in classes. */
const sounds: [RegExp, string][] = [
  [/tch|sch|ch|sh/g, 's'],
  [/kh/g, 'k'],
  [/gh/g, 'g'],
  [/ph/g, 'f'],
  [/th/g, 't'],
  [/dj/g, 'g'],
  [/qu/g, 'k'],
  [/c(?=[eiy])/g, 's'],
  [/[cq]/g, 'k'],
  [/x/g, 'ks'],
  [/z/g, 's'],
  [/[jg]/g, 'g'],
  [/v/g, 'f'],
  [/p/g, 'b'],
  [/[aeiouyhw]/g, ''],
];

const letters: Record<string, string> = {
  ...{ ب: 'b', پ: 'b', ت: 't', ط: 't', ث: 't', ج: 'g', گ: 'g', غ: 'g', خ: 'k', ك: 'k', ق: 'k', د: 'd', ض: 'd', ذ: 'd', ر: 'r' },
  ...{ ز: 's', س: 's', ش: 's', ص: 's', ظ: 's', ف: 'f', ڤ: 'f', ل: 'l', م: 'm', ن: 'n' },
}; // prettier-ignore

/**
 * The consonants of a name in classes that both scripts share: Shafei, Chafei and الشافعي all become `sf`. Vowels, h, w and y are left out, doubles
 * count once. Two names of one skeleton are not one name: it is a hint among others.
 */
export function skeleton(form: string, script: 'latin' | 'arabic'): string {
  const classes =
    script === 'arabic'
      ? [...form.replace(/تش/g, 'ش')].map((letter) => letters[letter] ?? '').join('')
      : sounds.reduce((text, [sound, letter]) => text.replace(sound, letter), form);
  return classes.replace(/(.)\1+/g, '$1');
}
