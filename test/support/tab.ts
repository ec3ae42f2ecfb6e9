import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@jest/globals';
import type { Page, Response } from 'playwright-core';
import { faultsOf } from './valid-html.js';

/** A tab that looks each page over: valid html, nothing for axe to find, nothing wider than the window, no fault in the console. */
export class Tab {
  readonly errors: string[] = [];

  constructor(
    readonly page: Page,
    private readonly baseUrl: string,
    private readonly lang: string,
    private readonly js: boolean,
  ) {
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (entry) => entry.type() === 'error' && this.errors.push(entry.text()));
  }

  async open(path: string): Promise<void> {
    await this.look(await this.page.goto(this.baseUrl + path));
  }

  /** Presses a button of the form with these hidden fields, or the first one. */
  async press(fields: Record<string, string> = {}, status = 200): Promise<void> {
    const form = Object.entries(fields).map(([name, value]) => `:has(input[name="${name}"][value="${value}"])`);
    const answer = this.page.waitForResponse((response) => response.request().method() === 'POST');
    await this.page.click(`main form${form.join('')} button`);
    await this.look(await answer, status);
  }

  /** Presses a button of the preferences, which are one form. */
  async choose(value: string, status = 200): Promise<void> {
    const answer = this.page.waitForResponse((response) => response.request().method() === 'POST');
    await this.page.click(`main button[name="do"][value="${value}"]:not(.unseen)`);
    await this.look(await answer, status);
  }

  private async look(response: Response | null, status = 200): Promise<void> {
    await this.page.waitForLoadState();
    expect([this.page.url(), response?.status()]).toEqual([this.page.url(), status]);
    expect(await faultsOf(await response!.text())).toEqual([]);
    await this.lookWithAxe();
    expect(await this.page.locator('html').getAttribute('lang')).toBe(this.lang);
    expect(await this.page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  }

  /** axe itself needs JavaScript; the markup is the same without. */
  async lookWithAxe(): Promise<void> {
    if (!this.js) return;
    const { violations } = await new AxeBuilder({ page: this.page })
      .options({ rules: { 'target-size': { enabled: true } } }) // WCAG 2.2, not among axe's own defaults
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  }

  said = () => this.page.locator('[role=status]').first().innerText();
}
