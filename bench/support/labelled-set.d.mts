export interface LabelledArticle {
  id: string;
  event: string;
  group: string;
  half: 'tuning' | 'reporting';
  language: string;
  publisher: string;
  at: number;
  title: string;
  standfirst: string;
  body: string;
}
export function readLabelledSet(name?: string): LabelledArticle[];
