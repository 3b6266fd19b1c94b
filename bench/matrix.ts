// What main.ts declares, with what it cost.
import '../main';
import { printUsage } from './usage';

printUsage();
