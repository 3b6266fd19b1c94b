import { bizosaas } from './bizosaas';
import { bizosaasTests } from './bizosaas-tests';
import { configService } from './config-service';
import { describePlatform } from './platform-suite';
import { describeSideBySide } from './side-by-side';
import { zakupai } from './zakupai';
import { zakupaiTests } from './zakupai-tests';

// One file, because all of it shares one Docker engine and its names and ports; jest runs files in parallel.
jest.setTimeout(15 * 60 * 1000);

describeSideBySide([bizosaas, zakupai, configService]);
describePlatform(bizosaas, bizosaasTests);
describePlatform(zakupai, zakupaiTests);
describePlatform(configService);
