import type { MigrationInterface, QueryRunner } from 'typeorm';

const renamed = [
  ['Africa/Asmera', 'Africa/Asmara'],
  ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['America/Catamarca', 'America/Argentina/Catamarca'],
  ['America/Coral_Harbour', 'America/Atikokan'],
  ['America/Cordoba', 'America/Argentina/Cordoba'],
  ['America/Godthab', 'America/Nuuk'],
  ['America/Indianapolis', 'America/Indiana/Indianapolis'],
  ['America/Jujuy', 'America/Argentina/Jujuy'],
  ['America/Louisville', 'America/Kentucky/Louisville'],
  ['America/Mendoza', 'America/Argentina/Mendoza'],
  ['Asia/Calcutta', 'Asia/Kolkata'],
  ['Asia/Katmandu', 'Asia/Kathmandu'],
  ['Asia/Rangoon', 'Asia/Yangon'],
  ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
  ['Atlantic/Faeroe', 'Atlantic/Faroe'],
  ['Europe/Kiev', 'Europe/Kyiv'],
  ['Pacific/Enderbury', 'Pacific/Kanton'],
  ['Pacific/Ponape', 'Pacific/Pohnpei'],
  ['Pacific/Truk', 'Pacific/Chuuk'],
];

/** Zones were kept under the older names that Intl gives them; readers had chosen today's. */
export class RenameZones1779821000003 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    const names = [renamed.map(([before]) => before), renamed.map(([, after]) => after)];
    const named = `unnest($1::text[], $2::text[]) as n (before, after)`;
    for (const table of ['list', 'schedule', 'subscriber'])
      await db.query(`update ${table} t set time_zone = n.after from ${named} where t.time_zone = n.before`, names);
    await db.query(`update schedule t set chosen_zone = n.after from ${named} where t.chosen_zone = n.before`, names);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only: write a new one instead of going back.');
  }
}
