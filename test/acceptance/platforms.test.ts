import { bizosaas } from './bizosaas';
import { bizosaasTests } from './bizosaas-tests';
import { configService } from './config-service';
import { outsideDevelopment } from './outside-development';
import { describePlatform } from './platform-suite';
import { describeProduction } from './production-suite';
import { describeSideBySide } from './side-by-side';
import { describeStaging } from './staging-suite';
import { zakupai } from './zakupai';
import { zakupaiTests } from './zakupai-tests';

// One file, because all of it shares one Docker engine and its names and ports; jest runs files in parallel.
jest.setTimeout(15 * 60 * 1000);

describeSideBySide([bizosaas, zakupai, configService]);
describePlatform(bizosaas, bizosaasTests);
describePlatform(zakupai, zakupaiTests);
describePlatform(configService);

describeProduction(outsideDevelopment(bizosaas, 'production', 3), {
  ceremony: 'age',
  ownTests: bizosaasTests,
});
describeProduction(outsideDevelopment(zakupai, 'production', 1), { ceremony: 'pgp', ownTests: zakupaiTests });
describeProduction(outsideDevelopment(configService, 'production', 1), { ceremony: 'in clear' });
describeStaging(outsideDevelopment(configService, 'staging', 1));
