/** How the server takes requests. */
export class Listener {
  /**
   * Plain HTTP, for development alone: tokens cross the container network unencrypted.
   * @param port inside the network; default 8200
   */
  public static http(port = 8200): Listener {
    return new Listener('http', port);
  }

  private constructor(
    public readonly scheme: 'http' | 'https',
    public readonly port: number,
  ) {}

  /** The address of a server at this host name, at another port where one is published. */
  public address(hostName: string, port = this.port): string {
    return `${this.scheme}://${hostName}:${port}`;
  }
}
