import { Seal } from '../../constructs/seal';

test('a server that unseals itself starts in development mode, with the root token and without a file for it', () => {
  expect(Seal.selfUnsealing().serverFlags('shop-dev-root-token')).toEqual([
    '-dev',
    '-dev-no-store-token',
    '-dev-root-token-id=shop-dev-root-token',
  ]);
});
