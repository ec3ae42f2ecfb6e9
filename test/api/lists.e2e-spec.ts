import { beforeAll, describe, expect, it } from '@jest/globals';
import { Admin } from '../support/admin.js';
import { startService } from '../support/service.js';

let admin: Admin;

beforeAll(async () => {
  admin = new Admin(await startService());
});

describe('lists', () => {
  it('are made, changed and archived; an archived one takes nobody', async () => {
    const made = await admin.post<{ nextDueAt: string; localTime: string }>('/lists', {
      slug: 'evening',
      name: 'Evening',
      timeZone: 'Asia/Tokyo',
      localTime: '18:30',
    });
    expect(made.status).toBe(201);
    expect(Temporal.Instant.from(made.json.nextDueAt).toZonedDateTimeISO('Asia/Tokyo').toPlainTime().toString()).toBe(
      '18:30:00',
    );
    expect((await admin.post('/lists', { slug: 'evening', name: 'Again' })).status).toBe(409);
    const changed = await admin.ask<{ nextDueAt: string; weekdays: number[]; freshFor: string }>('/lists/evening', {
      method: 'PATCH',
      body: { localTime: '06:15', timeZone: 'Europe/London', weekdays: [5, 1], freshFor: 'PT90M' },
    });
    expect(changed.json).toMatchObject({ weekdays: [1, 5], freshFor: 'PT1H30M' });
    expect(
      Temporal.Instant.from(changed.json.nextDueAt).toZonedDateTimeISO('Europe/London').toPlainTime().toString(),
    ).toBe('06:15:00');
    expect((await admin.ask('/lists/evening', { method: 'DELETE' })).status).toBe(204);
    expect((await admin.post('/subscribers', { address: 'x@example.org', list: 'evening' })).status).toBe(422);
    expect((await admin.ask('/lists/evening', { method: 'PATCH', body: { name: 'Late' } })).status).toBe(409);
  });

  it.each([
    [{ slug: 'Bad Slug', name: 'x' }, 'slug'],
    [{ slug: 'x', name: 'x', timeZone: '+01:00' }, 'timeZone'],
    [{ slug: 'x', name: 'x', localTime: '25:00' }, 'localTime'],
    [{ slug: 'x', name: 'x', weekdays: [8] }, 'weekdays.0'],
    [{ slug: 'x', name: 'x', minStories: 9, maxStories: 3 }, 'minStories'],
    [{ slug: 'x', name: 'x', freshFor: 'soon' }, 'freshFor'],
    [{ slug: 'x', name: 'x', mailFrom: 'a@b.example, c@d.example' }, 'mailFrom'],
    [{ slug: 'x', name: 'a\u202eb' }, 'name'],
  ])('refuse %j', async (body, path) => {
    const answer = await admin.post<{ errors: { path: string; fix: string }[] }>('/lists', body);
    expect([answer.status, answer.json.errors[0]!.path]).toEqual([422, path]);
  });
});
