import { Environment } from './constructs/environment';
import { StateBackend } from './constructs/state-backend';
import { bizosaas } from './platforms/bizosaas';
import { configService } from './platforms/config-service';
import { zakupai } from './platforms/zakupai';
import { synthesize } from './stacks/platform-app';

const state = StateBackend.pg();

synthesize((app) => {
  for (const environment of [
    Environment.development(),
    Environment.staging({ state }),
    Environment.production({ state }),
  ]) {
    bizosaas(app, environment);
    zakupai(app, environment);
    configService(app, environment);
  }
});
