import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Brand } from '../letters/brand.js';

export const unknownPolicies = ['hold', 'resend once'] as const;
export type UnknownPolicy = (typeof unknownPolicies)[number];

/** Whether an issue needs a second person's word before it goes out, and what happens at the due instant without it. */
export const approvals = ['none', 'second person'] as const;
export type Approval = (typeof approvals)[number];
export const cutOffRules = ['send as composed', 'send last approved', 'skip'] as const;
export type CutOffRule = (typeof cutOffRules)[number];

/** Whether each issue is rehearsed before it is due, and whether a red rehearsal keeps it from going out. */
export const rehearsalRules = ['off', 'warn', 'block'] as const;
export type RehearsalRule = (typeof rehearsalRules)[number];

/** A publication that can be subscribed to. */
@Entity('list')
export class List {
  @PrimaryColumn({ type: 'bigint', generated: 'identity' })
  id: string;

  @Column({ type: 'text' })
  slug: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  tagline: string;

  /** Language of readers who chose none. */
  @Column({ type: 'text' })
  locale: string;

  @Column({ name: 'time_zone', type: 'text' })
  timeZone: string;

  /** `HH:MM:SS` */
  @Column({ name: 'local_time', type: 'time' })
  localTime: string;

  /** ISO weekdays, 1 Monday … 7 Sunday, ascending. */
  @Column({ type: 'smallint', array: true })
  weekdays: number[];

  @Column({ type: 'text', array: true })
  sections: string[];

  @Column({ name: 'min_stories', type: 'smallint' })
  minStories: number;

  @Column({ name: 'max_stories', type: 'smallint' })
  maxStories: number;

  /** Score below which a story is not worth a slot; 0: none is. */
  @Column({ type: 'real' })
  floor: number;

  @Column({ name: 'fresh_for_seconds', type: 'integer' })
  freshForSeconds: number;

  @Column({ name: 'unknown_policy', type: 'text' })
  unknownPolicy: UnknownPolicy;

  @Column({ type: 'text' })
  approval: Approval;

  @Column({ name: 'at_cut_off', type: 'text' })
  atCutOff: CutOffRule;

  @Column({ type: 'text' })
  rehearsal: RehearsalRule;

  /** `Name <address>`; null: the service's MAIL_FROM. */
  @Column({ name: 'mail_from', type: 'text', nullable: true })
  mailFrom: string | null;

  @Column({ type: 'jsonb' })
  brand: Brand;

  /** `Name <address>`; null: answers go to the sender. */
  @Column({ name: 'reply_to', type: 'text', nullable: true })
  replyTo: string | null;

  @Column({ name: 'postal_address', type: 'text' })
  postalAddress: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null;
}
