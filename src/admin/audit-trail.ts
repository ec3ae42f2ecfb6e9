import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { networkOf } from '../api/network.js';
import { sql } from '../database/sql.js';
import { auditTarget } from './audit-target.js';
import { callerOf, routeOf } from '../api/caller.js';

/**
 * Records every request of a key that is not a mere reading, refused ones too, before its answer leaves: who has
 * seen an answer finds its record. Never a body, a query or an address.
 *
 * A hook of Fastify, because Nest's interceptors do not see what its guards refuse.
 */
@Injectable()
export class AuditTrail implements OnModuleInit {
  private readonly log = new Logger('Audit');

  constructor(
    private readonly db: DataSource,
    private readonly host: HttpAdapterHost<FastifyAdapter>,
  ) {}

  onModuleInit(): void {
    this.host.httpAdapter.getInstance().addHook('onSend', async (request, reply) => {
      if (request.method !== 'GET' && request.method !== 'HEAD') await this.record(request, reply.statusCode);
    });
  }

  private async record(request: FastifyRequest, status: number): Promise<void> {
    const caller = callerOf(request);
    if (!caller) return;
    const route = routeOf(request);
    try {
      await sql(
        this.db,
        `insert into audit_event (at, key_id, method, route, target, action, status, network) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          caller.now,
          caller.key.id,
          request.method,
          route,
          auditTarget(route, request.params),
          caller.action ?? null,
          status,
          networkOf(request.ip),
        ],
      );
    } catch (error) {
      // The change is done: the caller must hear of it even if it could not be recorded.
      this.log.error(
        { err: error, keyId: caller.key.id, method: request.method, route, status },
        'An event could not be recorded',
      );
    }
  }
}
