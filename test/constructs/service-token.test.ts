import { ServiceToken } from '../../constructs/service-token';
import { testPlatform } from '../helper';
import { only } from './synthesized';

test('a token is periodic, of one policy, and outlives the one that made it', () => {
  const platform = testPlatform();
  const identity = platform.addPolicy('billing', { lists: [platform.addMount('apps').everything()] });
  const [, , services] = platform.stacks;
  const token = new ServiceToken(services, 'token', identity);
  expect(only(services, 'vault_token')).toEqual({
    policies: ['shop-billing'],
    display_name: 'shop-billing',
    no_parent: true,
    period: '768h',
    renewable: true,
  });
  expect(token.value).toContain('TfToken');
});
