import {
  BadRequestException,
  Body,
  Controller,
  Get,
  GoneException,
  Module,
  NotFoundException,
  Post,
} from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CONFIG } from '../config.js';
import { AssetsController } from './assets.controller.js';
import { ErrorPageFilter } from './error-page.filter.js';
import { FormTime } from '../tokens/form-time.js';
import { Tokens } from '../tokens/tokens.js';
import { Pages } from './pages.js';

@Controller('made-to-fail')
class FailingController {
  @Get('gone')
  gone(): void {
    throw new GoneException('what an exception says');
  }

  @Get('bad')
  bad(): void {
    throw new BadRequestException('what an exception says');
  }

  @Get('broken/:token')
  broken(): void {
    throw new Error('the secret of the house');
  }

  @Get('away')
  away(): void {
    throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  }

  @Get('missing')
  missing(): void {
    throw new NotFoundException();
  }

  @Post()
  take(@Body() body: unknown): unknown {
    return body;
  }
}

@Module({
  controllers: [FailingController, AssetsController],
  providers: [
    Tokens,
    FormTime,
    Pages,
    ErrorPageFilter,
    { provide: CONFIG, useValue: { PUBLIC_URL: 'https://brief.example', SECRET: `k1:${'s'.repeat(32)}` } },
    { provide: APP_FILTER, useExisting: ErrorPageFilter },
  ],
})
class FailingModule {}

let app: NestFastifyApplication;
const logged: unknown[] = [];

beforeAll(async () => {
  const logger = { log() {}, warn() {}, error: (entry: unknown) => void logged.push(entry) };
  app = await NestFactory.create<NestFastifyApplication>(FailingModule, new FastifyAdapter({ bodyLimit: 1000 }), {
    logger,
  });
  await app.init();
});
afterAll(() => app.close());

const get = (url: string, headers = {}) => app.inject({ method: 'GET', url, headers });

describe('an error on a public path', () => {
  it.each([
    ['/nothing/here', 404, 'There is nothing here'],
    ['//', 404, 'There is nothing here'],
    ['//evil.example/%5c', 404, 'There is nothing here'],
    ['/made-to-fail/missing', 404, 'There is nothing here'],
    ['/made-to-fail/gone', 410, 'This is no longer here'],
    ['/made-to-fail/bad', 400, 'We could not read that'],
    ['/made-to-fail/broken/t', 500, 'Something broke on our side'],
    ['/made-to-fail/away', 503, 'We will be back in a moment'],
  ])('%s is answered with %i and a page', async (url, status, title) => {
    const response = await get(url);
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(response.body).toContain(`<h1>${title}</h1>`);
    expect(response.body).toContain('href="/archive"');
    expect(response.body).not.toMatch(/what an exception says|the secret of the house/);
  });

  it('speaks the reader’s language', async () => {
    expect((await get('/nothing', { 'accept-language': 'ar' })).body).toContain('<h1>لا يوجد شيء هنا</h1>');
    expect((await get('/nothing?lang=es')).body).toContain('<h1>Aquí no hay nada</h1>');
  });

  it('is answered with a page too when the form is too large, of a strange kind, or no form at all', async () => {
    const post = (type: string, payload: string) =>
      app.inject({ method: 'POST', url: '/made-to-fail', headers: { 'content-type': type }, payload });
    expect(await post('application/json', `"${'x'.repeat(2000)}"`)).toMatchObject({
      statusCode: 413,
      body: expect.stringContaining('too much'),
    });
    expect(await post('application/json', '{')).toMatchObject({
      statusCode: 400,
      body: expect.stringContaining('<h1>'),
    });
    expect(await post('image/png', 'x')).toMatchObject({
      statusCode: 415,
      body: expect.stringContaining('ordinary forms'),
    });
  });

  it('has no body when asked by HEAD', async () => {
    const response = await app.inject({ method: 'HEAD', url: '/made-to-fail/gone' });
    expect(response).toMatchObject({ statusCode: 410, body: '' });
  });

  it('is logged by its route, never by an address that may hold a token, and only if it is ours', () => {
    expect(logged).toEqual([
      { err: new Error('the secret of the house'), method: 'GET', route: '/made-to-fail/broken/:token' },
      { err: expect.any(Error), method: 'GET', route: '/made-to-fail/away' },
    ]);
  });
});

describe('assets', () => {
  it('are kept for ever under their hash, and asked for again under any other name', async () => {
    const html = (await get('/nothing')).body;
    const url = /href="(\/assets\/site\.[0-9a-f]{8}\.css)"/.exec(html)![1]!;
    expect((await get(url)).headers).toMatchObject({
      'cache-control': expect.stringContaining('immutable'),
      'content-type': 'text/css; charset=utf-8',
    });
    expect((await get('/assets/site.00000000.css')).headers['cache-control']).toBe('no-cache');
  });

  it.each(['/assets/nothing.css', '/assets/..%2fpages.ts', '/assets/site.css.map'])('%s is a 404 page', async (url) => {
    expect((await get(url)).statusCode).toBe(404);
  });

  it('answer what browsers and crawlers ask for unasked', async () => {
    expect((await get('/favicon.ico')).headers['content-type']).toBe('image/svg+xml');
    expect((await get('/robots.txt')).body).toContain('Disallow: /confirm/');
  });
});
