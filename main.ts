import { Environment } from './constructs/environment';
import { bizosaas } from './platforms/bizosaas';
import { configService } from './platforms/config-service';
import { zakupai } from './platforms/zakupai';
import { synthesize } from './stacks/platform-app';

synthesize((app) => {
  for (const environment of [Environment.development()]) {
    bizosaas(app, environment);
    zakupai(app, environment);
    configService(app, environment);
  }
});
