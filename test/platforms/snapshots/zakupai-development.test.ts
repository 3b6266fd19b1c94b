import { Environment } from '../../../constructs/environment';
import { zakupai } from '../../../platforms/zakupai';
import { snapshots } from './snapshots';

snapshots(zakupai, Environment.development());
