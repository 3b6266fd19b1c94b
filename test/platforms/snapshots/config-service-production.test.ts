import { configService } from '../../../platforms/config-service';
import { PRODUCTION } from '../../helper';
import { snapshots } from './snapshots';

snapshots(configService, PRODUCTION);
