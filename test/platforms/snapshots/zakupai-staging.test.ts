import { zakupai } from '../../../platforms/zakupai';
import { STAGING } from '../../helper';
import { snapshots } from './snapshots';

snapshots(zakupai, STAGING);
