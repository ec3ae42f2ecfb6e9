import { Controller, Get, Header, NotFoundException } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ProofOfWork } from './proof-of-work.js';

/** What the script of the box asks for before a sign-up, where PROOF_OF_WORK is on; on other people's sites too. */
@ApiExcludeController()
@Controller('subscribe/challenge')
export class ChallengeController {
  constructor(private readonly proofOfWork: ProofOfWork) {}

  @Get()
  @Header('access-control-allow-origin', '*')
  @Header('cache-control', 'no-store')
  challenge(): Promise<object> {
    if (!this.proofOfWork.isOn) throw new NotFoundException();
    return this.proofOfWork.challenge();
  }
}
