import { bizosaas } from '../../../platforms/bizosaas';
import { STAGING } from '../../helper';
import { snapshots } from './snapshots';

snapshots(bizosaas, STAGING);
