interface Item {
  event: string;
  story: string;
}
interface Score {
  precision: number;
  recall: number;
  f1: number;
}
export function bCubed(items: Item[]): Score;
export function pairScore<T extends Item>(items: T[], wanted: (a: T, b: T) => boolean): Score;
export function hardNegatives(items: (Item & { group: string })[]): { pairs: number; merged: number; share: number };
