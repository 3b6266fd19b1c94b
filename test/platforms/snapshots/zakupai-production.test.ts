import { zakupai } from '../../../platforms/zakupai';
import { PRODUCTION } from '../../helper';
import { snapshots } from './snapshots';

snapshots(zakupai, PRODUCTION);
