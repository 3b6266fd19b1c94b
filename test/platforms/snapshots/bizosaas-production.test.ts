import { bizosaas } from '../../../platforms/bizosaas';
import { PRODUCTION } from '../../helper';
import { snapshots } from './snapshots';

snapshots(bizosaas, PRODUCTION);
