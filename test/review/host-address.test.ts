import { isLoopback, isPlainHttp } from '../../review/host-address';

test.each([
  ['127.0.0.1:8200', true],
  ['127.1.2.3', true],
  ['[::1]:8200', true],
  ['localhost:8200', true],
  ['0.0.0.0:8200', false],
  ['[::]:8200', false],
  ['localhost.example:8200', false],
])('%s is of this machine: %p', (address, expected) => {
  expect(isLoopback(address)).toBe(expected);
});

test.each([
  ['http://vault:8200', true],
  ['HTTP://vault', true],
  ['http://localhost.example/', true],
  ['http://127.0.0.1:8100', false],
  ['http://localhost/v1', false],
  ['https://vault:8200', false],
  ['http://\u27e8var.host\u27e9:8200', false],
  ['', false],
])('%s can be read on the way: %p', (url, expected) => {
  expect(isPlainHttp(url)).toBe(expected);
});
