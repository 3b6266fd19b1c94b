import { Environment } from '../../constructs/environment';

test('development allows conveniences, and all its platforms share one host', () => {
  expect(Environment.development()).toMatchObject({
    name: 'development',
    isDevelopment: true,
    host: 'development',
  });
});
