import { Environment } from '../../../constructs/environment';
import { configService } from '../../../platforms/config-service';
import { snapshots } from './snapshots';

snapshots(configService, Environment.development());
