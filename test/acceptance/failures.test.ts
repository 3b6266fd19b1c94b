import { clusterTests } from './cluster-tests';
import { hostGateway } from './external-server';
import { externalTests } from './external-tests';
import { destroyTests } from './failure-destroy';
import { networkTests } from './failure-network';
import { preflightTests } from './failure-preflight';
import { replacementTests } from './failure-replacements';
import { restartTests } from './failure-restarts';
import { describeFailures } from './failure-suite';
import { theftTests } from './failure-theft';
import { staticSealTests, transitSealTests } from './seal-tests';

jest.setTimeout(15 * 60 * 1000);

/** Why no server can run here that belongs to no platform and that the containers of one reach. */
const noOtherServer = hostGateway() === undefined ? 'the engine is on another machine' : undefined;

// All names, ports and subnets are of these tests alone, so that the file may run beside the others.
describeFailures('one server', 'solo', (current) => {
  describe('before Terraform starts', () => preflightTests(current));
  describe('restarts', () => restartTests(current));
  describe('a server that is replaced', () => replacementTests(current));
  describe('a stolen secret-id', () => theftTests(current));
  describe('another network', () => networkTests(current));
  describe('what holds data', () => destroyTests(current));
});
describeFailures('three servers that keep the same', 'trio', clusterTests);
describeFailures('a seal by a key in a file', 'staticSeal', staticSealTests);
describeFailures('a seal by another server', 'transitSeal', transitSealTests, noOtherServer);
describeFailures("somebody else's server", 'guest', externalTests, noOtherServer);
