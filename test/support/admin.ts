import type { Service } from './service.js';

/** An admin with a key: asks the API by paths below /api/v1. */
export class Admin {
  constructor(private readonly service: Service) {}

  /** `json` is null where the answer is none. */
  async ask<T>(
    path: string,
    init: Parameters<Service['api']>[1] = {},
  ): Promise<{ status: number; json: T; text: string }> {
    const response = await this.service.api(`/api/v1${path}`, init);
    const text = await response.text();
    return { status: response.status, json: (/^[{[]/.test(text) ? JSON.parse(text) : null) as T, text };
  }

  post<T>(path: string, body: unknown) {
    return this.ask<T>(path, { method: 'POST', body });
  }
}
