import { ApiExtension } from '@nestjs/swagger';

export type Refusal = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503;

export const refusesKey = 'x-refuses';

/** Names refusals in the API's document that the method and path of a step do not tell, such as a 422 of a DELETE. */
export const Refuses = (...statuses: Refusal[]) => ApiExtension(refusesKey, statuses);
