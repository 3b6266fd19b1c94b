import { Environment } from '../../../constructs/environment';
import { bizosaas } from '../../../platforms/bizosaas';
import { snapshots } from './snapshots';

snapshots(bizosaas, Environment.development());
