import { configService } from '../../../platforms/config-service';
import { STAGING } from '../../helper';
import { snapshots } from './snapshots';

snapshots(configService, STAGING);
